/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/frame.h"

#include <math.h>

static double
add_line (UiDraw *dc, UiRect place, UiFont font, UiRgba colour, const char *string)
{
  const UiMeasure *measure = ui_text_get_measure (dc->text);
  g_autofree char *fitted = NULL;

  if (string == NULL || *string == '\0')
    return 0;
  fitted = ui_fit_text (measure, font, string, place.w);
  if (fitted == NULL)
    return 0;
  ui_draw_set (dc, colour);
  ui_text_show (dc->text, dc->cr, font, fitted, place.x, place.y);
  return ui_measure_height (measure, font);
}

UiRect
ui_draw_frame (UiDraw *dc, double width, double height, const char *title, const char *caption)
{
  double margin = CLAMP (round (MIN (width, height) * 0.04), 12, 32);
  UiRect rest = { margin, margin * 0.75, width - 2 * margin, height - 1.5 * margin };
  double used;

  ui_draw_background (dc, width, height);
  used = add_line (dc, rest, height < 360 ? UI_FONT_BOLD : UI_FONT_TITLE, dc->theme->text, title);
  rest = ui_rect_inset (rest, 0, used, 0, 0);
  used +=
    add_line (dc, rest, height < 360 ? UI_FONT_SMALL : UI_FONT_LABEL, dc->theme->dim, caption);
  if (used > 0)
    used += height < 360 ? 8 : 14;
  rest = (UiRect){ margin, margin * 0.75 + used, width - 2 * margin, height - 1.5 * margin - used };
  return rest;
}
