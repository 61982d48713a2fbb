/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

#include <math.h>

static UiRgba
get_fill (const UiTheme *theme, const UiGcCell *cell)
{
  UiRgba role = theme->roles[cell->role];
  double share = 1;

  switch (cell->state)
    {
    case UI_GC_CELL_FREE:
      return cell->is_gone ? theme->plot : theme->roles[UI_ROLE_FREE];
    case UI_GC_CELL_UNKNOWN:
      return theme->roles[UI_ROLE_FOLDED];
    case UI_GC_CELL_MARK:
      share = 0.45;
      break;
    case UI_GC_CELL_COPIED:
      share = 0.3;
      break;
    case UI_GC_CELL_MOVED:
      share = 0.2;
      break;
    case UI_GC_CELL_GARBAGE:
      share = 0.12;
      break;
    default:
      break;
    }
  if (cell->is_gone)
    share *= 0.5;
  return ui_rgba_mix (theme->plot, role, share);
}

static void
draw_cell (UiDraw *dc, const UiGcCell *cell, double gap)
{
  UiRect rect = { cell->rect.x, cell->rect.y, MAX (1, cell->rect.w - gap),
                  MAX (1, cell->rect.h - gap) };

  ui_draw_fill (dc, rect, get_fill (dc->theme, cell));
  if (cell->state == UI_GC_CELL_COPIED || cell->state == UI_GC_CELL_MARK)
    {
      cairo_rectangle (dc->cr, rect.x + 0.5, rect.y + 0.5, rect.w - 1, rect.h - 1);
      ui_draw_set (dc, dc->theme->roles[cell->role]);
      cairo_set_line_width (dc->cr, 1);
      cairo_stroke (dc->cr);
    }
  else if (cell->state == UI_GC_CELL_GARBAGE && rect.w >= 6)
    {
      ui_draw_hatch_path (dc, rect, rect.w > 30 ? 7 : 4);
      ui_draw_set (dc, ui_rgba_mix (dc->theme->plot, dc->theme->roles[cell->role], 0.5));
      cairo_set_line_width (dc->cr, 1);
      cairo_stroke (dc->cr);
    }
}

static void
draw_marker (UiDraw *dc, const UiGcMarker *marker)
{
  cairo_t *cr = dc->cr;
  double   x = floor (marker->x), y = marker->y;
  double   side = CLAMP (marker->h / 2.5, 4, 6.5);

  ui_draw_set (dc, marker->is_scan ? dc->theme->roles[UI_ROLE_MAJOR] : dc->theme->text);
  cairo_rectangle (cr, x - 1, y - 1, 2, marker->h + 1);
  if (marker->is_scan)
    {
      cairo_move_to (cr, x - side, y - side);
      cairo_line_to (cr, x + side, y - side);
      cairo_line_to (cr, x, y + 1);
      cairo_close_path (cr);
    }
  else
    cairo_rectangle (cr, x - side * 0.7, y - side, side * 1.4, side);
  cairo_fill (cr);
}

static void
draw_arrow (UiDraw *dc, const UiGcArrow *arrow)
{
  cairo_t *cr = dc->cr;
  double   dx = arrow->x2 - arrow->x1, dy = arrow->y2 - arrow->y1;
  double   length = MAX (1, hypot (dx, dy));
  double   bend = MIN (40, length * 0.2);
  double   mx = (arrow->x1 + arrow->x2) / 2 - dy / length * bend;
  double   my = (arrow->y1 + arrow->y2) / 2 + dx / length * bend;
  double   angle = atan2 (arrow->y2 - my, arrow->x2 - mx);
  UiRgba   colour = arrow->is_move ? dc->theme->accent : dc->theme->text;

  for (guint pass = 0; pass < 2; pass++)
    {
      ui_draw_set (dc, pass == 0 ? ui_rgba_fade (dc->theme->background, 0.85) : colour);
      cairo_set_line_width (cr, pass == 0 ? 5 : arrow->is_move ? 2.2
                                                               : 1.4);
      cairo_move_to (cr, arrow->x1, arrow->y1);
      cairo_curve_to (cr, (arrow->x1 + 2 * mx) / 3, (arrow->y1 + 2 * my) / 3,
                      (arrow->x2 + 2 * mx) / 3, (arrow->y2 + 2 * my) / 3, arrow->x2, arrow->y2);
      cairo_stroke (cr);
    }
  cairo_move_to (cr, arrow->x2, arrow->y2);
  cairo_line_to (cr, arrow->x2 - 9 * cos (angle - 0.42), arrow->y2 - 9 * sin (angle - 0.42));
  cairo_line_to (cr, arrow->x2 - 9 * cos (angle + 0.42), arrow->y2 - 9 * sin (angle + 0.42));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_band (UiDraw *dc, const UiGcBand *band)
{
  static const double dashes[] = { 3, 4 };

  cairo_save (dc->cr);
  if (!band->exists)
    cairo_set_dash (dc->cr, dashes, 2, 0);
  cairo_rectangle (dc->cr, floor (band->rect.x) - 1.5, floor (band->rect.y) - 1.5,
                   band->rect.w + 2, band->rect.h + 2);
  ui_draw_set (dc, dc->theme->line);
  cairo_set_line_width (dc->cr, 1);
  cairo_stroke (dc->cr);
  cairo_restore (dc->cr);
}

void
ui_draw_gc_picture (UiDraw *dc, const UiGcPicture *picture)
{
  double gap = picture->has_text ? 2 : 1;

  if (picture->panel.w > 0)
    {
      ui_draw_round_path (dc, picture->panel, 8);
      ui_draw_set (dc, dc->theme->plot);
      cairo_fill (dc->cr);
    }
  for (guint i = 0; i < picture->bands->len; i++)
    draw_band (dc, &g_array_index (picture->bands, UiGcBand, i));
  for (guint i = 0; i < picture->cells->len; i++)
    draw_cell (dc, &g_array_index (picture->cells, UiGcCell, i), gap);
  for (guint i = 0; i < picture->chosen->len; i++)
    ui_draw_highlight (dc, g_array_index (picture->chosen, UiRect, i));
  ui_draw_labels (dc, &picture->labels);
  for (guint i = 0; i < picture->markers->len; i++)
    draw_marker (dc, &g_array_index (picture->markers, UiGcMarker, i));
  for (guint i = 0; i < picture->arrows->len; i++)
    draw_arrow (dc, &g_array_index (picture->arrows, UiGcArrow, i));
  ui_draw_legend (dc, &picture->legend);
}
