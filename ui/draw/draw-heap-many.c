/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

#include <math.h>

/* The top of @part in column @i, stacked on those before it; its bottom with
 * @part - 1. */
static double
get_top (const UiHeapMany *many, const UiHeapManyRow *row, guint i, int part)
{
  const UiManyColumn *column = &many->input->rows[row->index].columns[i];
  double              sum = 0;

  for (int k = 0; k <= part; k++)
    sum += column->parts[k];
  return row->plot.y + row->plot.h - sum / many->words * row->plot.h;
}

static gboolean
is_empty (const UiHeapMany *many, const UiHeapManyRow *row, guint part)
{
  for (guint i = 0; i < many->input->n_columns; i++)
    if (many->input->rows[row->index].columns[i].parts[part] > 0)
      return FALSE;
  return TRUE;
}

static void
fill_part (UiDraw *dc, const UiHeapMany *many, const UiHeapManyRow *row, int part)
{
  guint  n = many->input->n_columns;
  double w = row->plot.w / n;

  for (guint i = 0; i < n; i++)
    {
      double y = get_top (many, row, i, part);

      cairo_line_to (dc->cr, row->plot.x + i * w, y);
      cairo_line_to (dc->cr, row->plot.x + (i + 1) * w, y);
    }
  for (guint i = n; i > 0; i--)
    {
      double y = get_top (many, row, i - 1, part - 1);

      cairo_line_to (dc->cr, row->plot.x + i * w, y);
      cairo_line_to (dc->cr, row->plot.x + (i - 1) * w, y);
    }
  cairo_close_path (dc->cr);
  ui_draw_set (dc, dc->theme->roles[ui_heap_many_get_role ((guint) part)]);
  cairo_fill (dc->cr);
}

/* Full sweeps stand out; minor ones would be a curtain. */
static void
draw_sweeps (UiDraw *dc, const UiHeapMany *many, const UiHeapManyRow *row)
{
  const UiManyRow *data = &many->input->rows[row->index];
  double           w = row->plot.w / many->input->n_columns;

  for (guint i = 0; i < many->input->n_columns; i++)
    if (data->columns[i].n_major > 0)
      ui_draw_fill (dc,
                    (UiRect){ floor (row->plot.x + i * w), row->plot.y,
                              MAX (1.5, MIN (w, 3)), row->plot.h },
                    ui_rgba_fade (dc->theme->roles[UI_ROLE_MAJOR], 0.75));
}

static void
draw_row (UiDraw *dc, const UiHeapMany *many, const UiHeapManyRow *row)
{
  ui_draw_fill (dc, row->plot, dc->theme->plot);
  for (int part = 0; part < UI_MANY_N; part++)
    if (!is_empty (many, row, (guint) part))
      fill_part (dc, many, row, part);
  draw_sweeps (dc, many, row);
  ui_draw_fill_sharp (
    dc,
    (UiRect){ row->plot.x, row->plot.y + row->plot.h - 0.5, row->plot.w, 1 },
    dc->theme->line);
  if (row->is_selected)
    ui_draw_highlight (dc, ui_rect_inset (row->rect, 2, 2, 2, 0));
}

void
ui_draw_heap_many (UiDraw *dc, const UiHeapMany *many)
{
  for (guint i = 0; many->input->n_columns > 0 && i < many->rows->len; i++)
    draw_row (dc, many, &g_array_index (many->rows, UiHeapManyRow, i));
  if (many->has_cursor)
    ui_draw_cursor (dc, many->cursor_x,
                    (UiRect){ many->plot.x, many->plot.y, many->plot.w,
                              many->time_ruler.rect.y - many->plot.y },
                    many->cursor_flag);
  ui_draw_ruler (dc, &many->time_ruler);
  ui_draw_legend (dc, &many->legend);
  ui_draw_labels (dc, &many->labels);
}
