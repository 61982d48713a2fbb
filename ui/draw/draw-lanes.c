/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

#include <math.h>

#define MAX_MIGRATION_LINES 40

static void
draw_ground (UiDraw *dc, const UiLanes *l)
{
  for (guint i = 0; i < l->lanes->len; i++)
    {
      const UiLane *lane = &g_array_index (l->lanes, UiLane, i);
      UiRect        rect = lane->rect;

      rect.w = l->end_x - rect.x;
      if (lane->scheduler > 0)
        {
          ui_draw_fill_sharp (dc, rect, dc->theme->roles[UI_ROLE_IDLE]);
          ui_draw_fill_sharp (dc, (UiRect){ rect.x, rect.y + rect.h + 14, rect.w, 1 },
                              dc->theme->line);
        }
      else if (lane->is_selected)
        ui_draw_fill_sharp (dc, ui_rect_inset (lane->rect, 0, -2, 0, -2),
                            ui_rgba_fade (dc->theme->accent, 0.14));
    }
}

static gboolean
is_process_lane (const UiSpan *span)
{
  return span->rect.h < 20;
}

/* Running fills the lane, being runnable is half as high, waiting a line: the
 * eye adds up the ink. */
static void
draw_span (UiDraw *dc, const UiSpan *span)
{
  UiRect r = span->rect;
  UiRgba colour = dc->theme->roles[span->role];

  switch ((int) span->role)
    {
    case UI_ROLE_RUNNING:
      ui_draw_fill_sharp (dc, r, ui_theme_get_process (dc->theme, span->pid));
      return;
    case UI_ROLE_RUNNABLE:
      ui_draw_fill_sharp (dc, (UiRect){ r.x, r.y + r.h * 0.3, r.w, r.h * 0.4 },
                          ui_rgba_fade (colour, 0.75));
      return;
    case UI_ROLE_WAITING:
    case UI_ROLE_SUSPENDED:
      ui_draw_fill_sharp (dc, (UiRect){ r.x, r.y + r.h / 2 - 0.75, r.w, 1.5 }, colour);
      return;
    default:
      ui_draw_fill_sharp (dc, r, colour);
    }
}

/* Ends of slices of one process that follow each other must be seen. */
static void
draw_seams (UiDraw *dc, const UiLanes *l)
{
  for (guint i = 0; i < l->spans->len; i++)
    {
      const UiSpan *span = &g_array_index (l->spans, UiSpan, i);

      if (span->n_folded == 1 && span->role == UI_ROLE_RUNNING && span->rect.w >= 4)
        cairo_rectangle (dc->cr, round (span->rect.x + span->rect.w) - 1, round (span->rect.y), 1,
                         round (span->rect.h));
    }
  ui_draw_set (dc, dc->theme->background);
  cairo_fill (dc->cr);
}

static void
draw_spans (UiDraw *dc, const UiLanes *l)
{
  cairo_t *cr = dc->cr;

  for (guint i = 0; i < l->spans->len; i++)
    {
      const UiSpan *span = &g_array_index (l->spans, UiSpan, i);

      if (span->n_folded == 1)
        draw_span (dc, span);
      else
        {
          UiRgba colour = span->pid == VM_PID_NONE ? dc->theme->roles[UI_ROLE_FOLDED]
                                                   : ui_theme_get_process (dc->theme, span->pid);

          ui_draw_fill_sharp (dc, span->rect,
                              ui_rgba_mix (dc->theme->background, colour, 0.2 + 0.6 * span->cover));
        }
    }
  draw_seams (dc, l);
  for (guint i = 0; i < l->spans->len; i++)
    {
      const UiSpan *span = &g_array_index (l->spans, UiSpan, i);

      if (span->n_folded > 1)
        ui_draw_hatch_path (dc, span->rect, 4);
    }
  ui_draw_set (dc, ui_rgba_fade (dc->theme->text, 0.6));
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}

/* The collector's time lies over the slice as a band at its foot. */
static void
draw_collections (UiDraw *dc, const UiLanes *l)
{
  for (guint i = 0; i < l->collections->len; i++)
    {
      const UiSpan *span = &g_array_index (l->collections, UiSpan, i);
      UiRole        role = span->role;
      UiRgba        colour = dc->theme->roles[role];
      double        h = is_process_lane (span) ? span->rect.h : span->rect.h * 0.35;
      UiRect        band = { span->rect.x, span->rect.y + span->rect.h - h, span->rect.w, h };

      if (span->n_folded > 1)
        {
          /* many short ones: a thin band, as strong as they are dense */
          band = (UiRect){ band.x, span->rect.y + span->rect.h - 4, band.w, 4 };
          if (role == UI_ROLE_FOLDED)
            colour = dc->theme->roles[UI_ROLE_COLLECTING];
          ui_draw_fill_sharp (dc, band,
                              ui_rgba_mix (dc->theme->background, colour, 0.3 + 0.7 * span->cover));
          continue;
        }
      ui_draw_fill_sharp (dc, band, colour);
      if (!is_process_lane (span))
        ui_draw_fill (dc, span->rect, ui_rgba_fade (colour, 0.3));
      if (role == UI_ROLE_MAJOR && !is_process_lane (span))
        ui_draw_fill_sharp (dc, (UiRect){ span->rect.x, span->rect.y, MAX (1.5, span->rect.w), 3 },
                            colour);
    }
}

/* Where a process came from: only while there are few, else it is a tangle. */
static void
draw_migration_lines (UiDraw *dc, const UiLanes *l)
{
  cairo_t *cr = dc->cr;

  if (l->migrations->len > MAX_MIGRATION_LINES)
    return;
  ui_draw_set (dc, ui_rgba_fade (dc->theme->roles[UI_ROLE_STOLEN], 0.4));
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < l->migrations->len; i++)
    {
      const UiMigration *m = &g_array_index (l->migrations, UiMigration, i);
      double             y0 = m->from.y + m->from.h / 2;
      double             reach = MAX (8, (m->x - m->from.x) / 2);

      if (m->from.w <= 0)
        continue;
      cairo_move_to (cr, m->from.x, y0);
      cairo_curve_to (cr, m->from.x + reach, y0, m->x - reach, m->y, m->x, m->y);
    }
  cairo_stroke (cr);
}

static void
draw_migrations (UiDraw *dc, const UiLanes *l)
{
  cairo_t *cr = dc->cr;

  for (guint i = 0; i < l->migrations->len; i++)
    {
      const UiMigration *m = &g_array_index (l->migrations, UiMigration, i);

      /* one that stands for many is smaller: there are more beside it */
      double size = m->n > 1 ? 3 : 5;

      cairo_move_to (cr, m->x, m->y - size);
      cairo_line_to (cr, m->x + size * 1.2, m->y);
      cairo_line_to (cr, m->x, m->y + size);
      cairo_close_path (cr);
    }
  ui_draw_set (dc, dc->theme->background);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke_preserve (cr);
  ui_draw_set (dc, dc->theme->roles[UI_ROLE_STOLEN]);
  cairo_fill (cr);
}

void
ui_draw_lanes (UiDraw *dc, const UiLanes *l)
{
  cairo_t *cr = dc->cr;

  if (l->plot.w <= 1 || l->plot.h <= 1)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, l->plot.x, l->plot.y, l->plot.w, l->plot.h);
  cairo_clip (cr);
  ui_draw_grid (dc, &l->ruler, l->plot);
  draw_ground (dc, l);
  for (guint i = 0; i < l->queues->len; i++)
    ui_draw_fill_sharp (dc, g_array_index (l->queues, UiSpan, i).rect,
                        dc->theme->roles[UI_ROLE_QUEUE]);
  draw_spans (dc, l);
  draw_collections (dc, l);
  draw_migration_lines (dc, l);
  ui_draw_labels (dc, &l->span_labels);
  draw_migrations (dc, l);
  cairo_restore (cr);

  ui_draw_fill_sharp (dc, (UiRect){ l->plot.x, l->plot.y + l->plot.h, l->plot.w, 1 },
                      ui_rgba_mix (dc->theme->line, dc->theme->dim, 0.4));
  if (l->has_cursor)
    ui_draw_cursor (dc, l->cursor_x, l->plot, l->cursor_flag);
  ui_draw_ruler (dc, &l->ruler);
  ui_draw_legend (dc, &l->legend);
  ui_draw_labels (dc, &l->labels);
}
