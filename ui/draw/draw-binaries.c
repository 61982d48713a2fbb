/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

void
ui_draw_binary_list (UiDraw *dc, const UiBinaryList *list)
{
  const UiTheme *theme = dc->theme;

  for (guint i = 0; i < list->parts->len; i++)
    {
      const UiBinaryPart *part = &g_array_index (list->parts, UiBinaryPart, i);
      UiRgba              role = theme->roles[part->role];

      if (part->role == UI_ROLE_FREE)
        {
          ui_draw_fill (dc, part->rect, role);
          continue;
        }
      if (part->is_pinned)
        role = ui_rgba_mix (theme->plot, role, part->is_garbage ? 0.12 : 0.25);
      ui_draw_fill (dc, part->rect, role);
      if (part->is_pinned && part->rect.w >= 6)
        {
          ui_draw_hatch_path (dc, part->rect, 6);
          ui_draw_set (dc, ui_rgba_mix (theme->plot, theme->roles[part->role], 0.6));
          cairo_set_line_width (dc->cr, 1);
          cairo_stroke (dc->cr);
        }
    }
  for (guint i = 0; i < list->rows->len; i++)
    {
      const UiBinaryRow *row = &g_array_index (list->rows, UiBinaryRow, i);

      if (row->mark.w > 0)
        ui_draw_fill (dc, row->mark, theme->accent);
    }
  ui_draw_legend (dc, &list->legend);
  ui_draw_labels (dc, &list->labels);
}
