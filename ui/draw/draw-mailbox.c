/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

static void
draw_envelope (UiDraw *dc, const UiLetter *letter)
{
  cairo_t *cr = dc->cr;
  UiRect   r = ui_rect_inset (letter->rect, 0.5, 0.5, 0.5, 0.5);
  UiRgba   frame =
    letter->index == 0 ? dc->theme->accent : ui_rgba_mix (dc->theme->line, dc->theme->dim, 0.3);

  ui_draw_round_path (dc, r, 6);
  ui_draw_set (dc, dc->theme->plot);
  cairo_fill_preserve (cr);
  ui_draw_set (dc, frame);
  cairo_set_line_width (cr, letter->index == 0 ? 2 : 1);
  cairo_stroke (cr);
  if (letter->message == NULL)
    return;

  /* the edge says where the letter lies: in the heap or in a fragment */
  UiRole role = letter->message->is_in_heap ? UI_ROLE_FRESH : UI_ROLE_FRAGMENT;

  cairo_save (cr);
  ui_draw_round_path (dc, r, 6);
  cairo_clip (cr);
  ui_draw_fill (dc, (UiRect){ r.x, r.y + r.h - 4, r.w, 4 }, dc->theme->roles[role]);
  cairo_restore (cr);
}

void
ui_draw_mailbox (UiDraw *dc, const UiMailbox *mailbox)
{
  for (guint i = 0; i < mailbox->letters->len; i++)
    draw_envelope (dc, &g_array_index (mailbox->letters, UiLetter, i));
  ui_draw_labels (dc, &mailbox->labels);
}
