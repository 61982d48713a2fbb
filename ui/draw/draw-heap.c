/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

#include <math.h>

static UiRgba
get_frame (const UiTheme *theme)
{
  return ui_rgba_mix (theme->line, theme->dim, 0.6);
}

/* Committed but unused memory is ground with a faint hatch: plainly not data. */
static void
draw_free (UiDraw *dc, UiRect rect)
{
  ui_draw_fill (dc, rect, dc->theme->roles[UI_ROLE_FREE]);
}

static void
draw_block (UiDraw *dc, const UiRect *block)
{
  if (block->w <= 0)
    return;
  cairo_rectangle (dc->cr, floor (block->x) + 0.5, floor (block->y) + 0.5,
                   MAX (1, round (block->w)), block->h);
  ui_draw_set (dc, get_frame (dc->theme));
  cairo_set_line_width (dc->cr, 1);
  cairo_stroke (dc->cr);
}

/* The place where a block will be. */
static void
draw_no_block (UiDraw *dc, const UiRect *place, double width)
{
  static const double dashes[] = { 3, 4 };

  cairo_save (dc->cr);
  cairo_set_dash (dc->cr, dashes, 2, 0);
  cairo_rectangle (dc->cr, place->x + 0.5, floor (place->y) + 0.5, width - 2, place->h - 1);
  ui_draw_set (dc, dc->theme->line);
  cairo_set_line_width (dc->cr, 1);
  cairo_stroke (dc->cr);
  cairo_restore (dc->cr);
}

static void
draw_high_water (UiDraw *dc, const UiHeapStrip *strip)
{
  const UiRect *young = &strip->blocks[UI_HEAP_YOUNG];
  double        x = floor (strip->high_water_x) + 0.5;
  double        bottom = young->y + young->h;
  cairo_t      *cr = dc->cr;

  ui_draw_set (dc, dc->theme->roles[UI_ROLE_HIGH_WATER]);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, x, young->y - 3);
  cairo_line_to (cr, x, bottom + 3);
  cairo_stroke (cr);
  cairo_move_to (cr, x, bottom + 2);
  cairo_line_to (cr, x - 4.5, bottom + 10);
  cairo_line_to (cr, x + 4.5, bottom + 10);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
ui_draw_heap_strip (UiDraw *dc, const UiHeapStrip *strip)
{
  const UiRect *binaries = &strip->blocks[UI_HEAP_BINARIES];

  if (binaries->w > 0)
    draw_free (dc, *binaries);
  for (guint i = 0; i < strip->parts->len; i++)
    {
      const UiHeapPart *part = &g_array_index (strip->parts, UiHeapPart, i);

      if (part->role == UI_ROLE_FREE)
        draw_free (dc, part->rect);
      else
        ui_draw_fill (dc, part->rect, dc->theme->roles[part->role]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (strip->blocks); i++)
    draw_block (dc, &strip->blocks[i]);
  if (strip->blocks[UI_HEAP_OLD].w <= 0)
    draw_no_block (dc, &strip->blocks[UI_HEAP_OLD], strip->area.w);
  if (strip->has_high_water)
    draw_high_water (dc, strip);
  ui_draw_ruler (dc, &strip->ruler);
  ui_draw_legend (dc, &strip->legend);
  ui_draw_labels (dc, &strip->labels);
}

/* Of very many points a polygon takes long; rectangles do not. */
static void
add_steps (UiDraw *dc, const UiHeapHistory *h, UiBorder upper, UiBorder lower, double thick)
{
  for (guint i = 0; i + 1 < h->points->len; i++)
    {
      const UiHeapPoint *p = &g_array_index (h->points, UiHeapPoint, i);
      double             x = round (p->x), w = round (p[1].x) - x;
      double             y = p->y[upper], height = p->y[lower] - y;

      if (w > 0 && height + thick > 0)
        cairo_rectangle (dc->cr, x, y - thick / 2, w, height + thick);
    }
}

static void
fill_band (UiDraw *dc, const UiHeapHistory *h, const UiHeapBand *band)
{
  cairo_t *cr = dc->cr;
  guint    n = h->points->len;

  if (h->is_dense)
    add_steps (dc, h, band->upper, band->lower, 0);
  for (guint i = 0; i < n && !h->is_dense; i++)
    {
      const UiHeapPoint *p = &g_array_index (h->points, UiHeapPoint, i);

      cairo_line_to (cr, p->x, p->y[band->upper]);
    }
  for (guint i = n; i > 0 && !h->is_dense; i--)
    {
      const UiHeapPoint *p = &g_array_index (h->points, UiHeapPoint, i - 1);

      cairo_line_to (cr, p->x, p->y[band->lower]);
    }
  if (!h->is_dense)
    cairo_close_path (cr);
  ui_draw_set (dc, ui_rgba_fade (dc->theme->roles[band->role], band->is_faint ? 0.5 : 1));
  cairo_fill (cr);
}

static void
stroke_border (UiDraw *dc, const UiHeapHistory *h, UiBorder border, double width, UiRgba colour)
{
  if (h->is_dense)
    {
      add_steps (dc, h, border, border, width);
      ui_draw_set (dc, colour);
      cairo_fill (dc->cr);
      return;
    }
  for (guint i = 0; i < h->points->len; i++)
    {
      const UiHeapPoint *p = &g_array_index (h->points, UiHeapPoint, i);

      cairo_line_to (dc->cr, p->x, p->y[border]);
    }
  ui_draw_set (dc, colour);
  cairo_set_line_width (dc->cr, width);
  cairo_set_line_join (dc->cr, CAIRO_LINE_JOIN_MITER);
  cairo_stroke (dc->cr);
}

static gboolean
is_lane_band (const UiHeapHistory *h, const UiHeapBand *band, UiRect *where)
{
  int lane = band->lower == UI_BORDER_BINARY_ZERO    ? UI_LANE_BINARIES
             : band->lower == UI_BORDER_MAILBOX_ZERO ? UI_LANE_MAILBOX
                                                     : -1;

  *where = lane >= 0 ? h->lanes[lane] : h->plot;
  return lane >= 0;
}

static void
draw_areas (UiDraw *dc, const UiHeapHistory *h)
{
  cairo_t *cr = dc->cr;

  for (guint i = 0; i < h->n_bands; i++)
    {
      const UiHeapBand *band = &h->bands[i];
      UiRect            where;

      if (is_lane_band (h, band, &where) && where.h <= 0)
        continue;
      cairo_save (cr);
      cairo_rectangle (cr, where.x, where.y, where.w, where.h);
      cairo_clip (cr);
      fill_band (dc, h, band);
      cairo_restore (cr);
    }
  cairo_save (cr);
  cairo_rectangle (cr, h->plot.x, h->plot.y, h->plot.w, h->plot.h);
  cairo_clip (cr);
  stroke_border (dc, h, UI_BORDER_BLOCK, 1.2, get_frame (dc->theme));
  stroke_border (dc, h, UI_BORDER_OLD_BLOCK, 1.2, get_frame (dc->theme));
  cairo_restore (cr);
}

/* Several collections as one: hatched, as wide as they reach, in the colour of minor
 * ones; with a full bar on top when there are major ones among them. */
static void
draw_folded_mark (UiDraw *dc, const UiHeapMark *mark, double top)
{
  const UiRgba *roles = dc->theme->roles;
  UiRgba        colour = roles[mark->n_minor > 0 ? UI_ROLE_MINOR : UI_ROLE_MAJOR];
  UiRect        bar = { mark->x - 3, top - 12, MAX (6, mark->x_to - mark->x + 4), 11 };

  ui_draw_fill (dc, bar, ui_rgba_fade (colour, 0.25));
  ui_draw_hatch_path (dc, bar, 4);
  ui_draw_set (dc, colour);
  cairo_set_line_width (dc->cr, 1);
  cairo_stroke (dc->cr);
  if (mark->n_major > 0)
    ui_draw_fill (dc, (UiRect){ bar.x, bar.y - 3, bar.w, 4 }, roles[UI_ROLE_MAJOR]);
}

static void
draw_marks (UiDraw *dc, const UiHeapHistory *h)
{
  double bottom = h->plot.y + h->plot.h;
  double top = h->plot.y;

  for (guint i = 0; i < h->marks->len; i++)
    {
      const UiHeapMark *mark = &g_array_index (h->marks, UiHeapMark, i);
      gboolean          is_major = mark->n_major > 0;
      gboolean          is_folded = mark->n_minor + mark->n_major > 1;
      UiRgba            colour = dc->theme->roles[is_major ? UI_ROLE_MAJOR : UI_ROLE_MINOR];
      UiRect            band = { mark->x, top, mark->x_to - mark->x, bottom - top };

      if (is_folded)
        {
          draw_folded_mark (dc, mark, top);
          continue;
        }
      if (band.w >= 1.5)
        ui_draw_fill (dc, band, ui_rgba_fade (colour, is_major ? 0.22 : 0.16));
      ui_draw_fill (dc, (UiRect){ floor (mark->x), top, is_major ? 1.5 : 1, band.h },
                    ui_rgba_fade (colour, is_major ? 0.9 : 0.6));
      ui_draw_gc_mark (dc, mark->x + 0.5, top - 2, is_major);
    }
}

static void
draw_pins (UiDraw *dc, const UiHeapHistory *h)
{
  cairo_t *cr = dc->cr;

  for (guint i = 0; i < h->pins->len; i++)
    {
      double x = floor (g_array_index (h->pins, UiHeapPin, i).x) + 0.5;
      double y = h->plot.y;

      ui_draw_set (dc, ui_rgba_fade (dc->theme->accent, 0.75));
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x, y + h->plot.h);
      cairo_stroke (cr);
      /* a ribbon */
      cairo_move_to (cr, x - 4.5, y - 1);
      cairo_line_to (cr, x + 4.5, y - 1);
      cairo_line_to (cr, x + 4.5, y + 14);
      cairo_line_to (cr, x, y + 10);
      cairo_line_to (cr, x - 4.5, y + 14);
      cairo_close_path (cr);
      ui_draw_set (dc, dc->theme->accent);
      cairo_fill (cr);
    }
}

static void
draw_now (UiDraw *dc, const UiHeapHistory *h)
{
  static const double dashes[] = { 4, 3 };
  double              x = floor (h->now_x) + 0.5;

  cairo_save (dc->cr);
  cairo_set_dash (dc->cr, dashes, 2, 0);
  cairo_move_to (dc->cr, x, h->plot.y);
  cairo_line_to (dc->cr, x, h->time_ruler.rect.y);
  ui_draw_set (dc, dc->theme->dim);
  cairo_set_line_width (dc->cr, 1);
  cairo_stroke (dc->cr);
  cairo_restore (dc->cr);
}

void
ui_draw_heap_history (UiDraw *dc, const UiHeapHistory *h)
{
  UiRect whole = { h->plot.x, h->plot.y, h->plot.w, h->time_ruler.rect.y - h->plot.y };

  if (h->plot.w <= 1 || h->plot.h <= 1)
    return;
  ui_draw_fill (dc, h->plot, dc->theme->plot);
  for (guint i = 0; i < UI_N_LANES; i++)
    if (h->lanes[i].h > 0)
      ui_draw_fill (dc, h->lanes[i], dc->theme->plot);
  ui_draw_grid (dc, &h->words_ruler, h->plot);
  if (h->points->len > 0)
    draw_areas (dc, h);
  ui_draw_fill_sharp (dc, (UiRect){ h->plot.x, h->zero_y - 0.5, h->plot.w, 1 }, dc->theme->text);
  draw_marks (dc, h);
  draw_pins (dc, h);
  if (h->has_now)
    draw_now (dc, h);
  if (h->has_cursor)
    ui_draw_cursor (dc, h->cursor_x, whole, h->cursor_flag);
  ui_draw_ruler (dc, &h->time_ruler);
  ui_draw_ruler (dc, &h->words_ruler);
  ui_draw_legend (dc, &h->legend);
  ui_draw_labels_haloed (dc, &h->labels);
}

void
ui_draw_heap_compare (UiDraw *dc, const UiHeapCompare *compare)
{
  for (guint i = 0; i < compare->rows->len; i++)
    {
      const UiCompareRow *row = &g_array_index (compare->rows, UiCompareRow, i);

      if (row->is_other)
        ui_draw_fill (dc, row->rect, dc->theme->plot);
    }
  for (guint i = 0; i < 2; i++)
    {
      if (compare->strips[i] != NULL)
        ui_draw_heap_strip (dc, compare->strips[i]);
      if (compare->histories[i] != NULL)
        ui_draw_heap_history (dc, compare->histories[i]);
    }
  ui_draw_labels (dc, &compare->labels);
}
