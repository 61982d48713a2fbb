/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

#include <math.h>

void
ui_draw_set (UiDraw *dc, UiRgba colour)
{
  cairo_set_source_rgba (dc->cr, colour.r, colour.g, colour.b, colour.a);
}

void
ui_draw_fill (UiDraw *dc, UiRect rect, UiRgba colour)
{
  ui_draw_set (dc, colour);
  cairo_rectangle (dc->cr, rect.x, rect.y, rect.w, rect.h);
  cairo_fill (dc->cr);
}

void
ui_draw_fill_sharp (UiDraw *dc, UiRect rect, UiRgba colour)
{
  double x0 = round (rect.x);
  double y0 = round (rect.y);

  ui_draw_fill (dc,
                (UiRect){ x0, y0, MAX (1, round (rect.x + rect.w) - x0),
                          MAX (1, round (rect.y + rect.h) - y0) },
                colour);
}

void
ui_draw_background (UiDraw *dc, double width, double height)
{
  if (!dc->is_transparent)
    ui_draw_fill (dc, (UiRect){ 0, 0, width, height }, dc->theme->background);
}

void
ui_draw_round_path (UiDraw *dc, UiRect rect, double radius)
{
  double   r = MIN (radius, MIN (rect.w, rect.h) / 2);
  cairo_t *cr = dc->cr;

  cairo_new_sub_path (cr);
  cairo_arc (cr, rect.x + rect.w - r, rect.y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, rect.x + rect.w - r, rect.y + rect.h - r, r, 0, G_PI / 2);
  cairo_arc (cr, rect.x + r, rect.y + rect.h - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, rect.x + r, rect.y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

void
ui_draw_hatch_path (UiDraw *dc, UiRect rect, double gap)
{
  /* tied to the picture, not to the mark: neighbours' lines meet */
  double first = floor ((rect.x - rect.h) / gap) * gap;

  for (double c = first; c < rect.x + rect.w; c += gap)
    {
      double t0 = MAX (0, rect.x - c);
      double t1 = MIN (rect.h, rect.x + rect.w - c);

      if (t1 <= t0)
        continue;
      cairo_move_to (dc->cr, c + t0, rect.y + rect.h - t0);
      cairo_line_to (dc->cr, c + t1, rect.y + rect.h - t1);
    }
}

static UiRgba
get_label_colour (const UiTheme *theme, const UiLabel *label)
{
  switch (label->tone)
    {
    case UI_TONE_DIM:
      return theme->dim;
    case UI_TONE_ACCENT:
      return theme->accent;
    case UI_TONE_ON_ROLE:
      return ui_rgba_get_ink (label->on == UI_ROLE_NONE ? theme->accent : theme->roles[label->on]);
    case UI_TONE_ON_PID:
      return ui_rgba_get_ink (ui_theme_get_process (theme, label->on));
    case UI_TONE_NORMAL:
    default:
      return theme->text;
    }
}

void
ui_draw_labels (UiDraw *dc, const UiLabels *labels)
{
  for (guint i = 0; i < labels->items->len; i++)
    {
      const UiLabel *label = &g_array_index (labels->items, UiLabel, i);

      ui_draw_set (dc, get_label_colour (dc->theme, label));
      ui_text_show (dc->text, dc->cr, label->font, label->text, label->rect.x, label->rect.y);
    }
}

void
ui_draw_labels_haloed (UiDraw *dc, const UiLabels *labels)
{
  cairo_save (dc->cr);
  cairo_set_line_width (dc->cr, 2.5);
  cairo_set_line_join (dc->cr, CAIRO_LINE_JOIN_ROUND);
  ui_draw_set (dc, ui_rgba_fade (dc->theme->background, 0.6));
  for (guint i = 0; i < labels->items->len; i++)
    {
      const UiLabel *label = &g_array_index (labels->items, UiLabel, i);

      if (label->tone == UI_TONE_ON_ROLE || label->tone == UI_TONE_ON_PID)
        continue;
      ui_text_path (dc->text, dc->cr, label->font, label->text, label->rect.x, label->rect.y);
      cairo_stroke (dc->cr);
    }
  cairo_restore (dc->cr);
  ui_draw_labels (dc, labels);
}

void
ui_draw_ruler (UiDraw *dc, const UiRuler *ruler)
{
  cairo_t      *cr = dc->cr;
  const UiRect *r = &ruler->rect;

  ui_draw_set (dc, ui_rgba_mix (dc->theme->line, dc->theme->dim, 0.35));
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < ruler->ticks->len; i++)
    {
      double px = floor (g_array_index (ruler->ticks, UiTick, i).px) + 0.5;

      if (ruler->is_vertical)
        {
          cairo_move_to (cr, r->x + r->w - 4, px);
          cairo_line_to (cr, r->x + r->w, px);
        }
      else
        {
          cairo_move_to (cr, px, r->y);
          cairo_line_to (cr, px, r->y + 4);
        }
    }
  cairo_stroke (cr);
  ui_draw_labels (dc, &ruler->labels);
}

void
ui_draw_grid (UiDraw *dc, const UiRuler *ruler, UiRect plot)
{
  cairo_t *cr = dc->cr;

  ui_draw_set (dc, ui_rgba_fade (dc->theme->line, 0.7));
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < ruler->ticks->len; i++)
    {
      double px = floor (g_array_index (ruler->ticks, UiTick, i).px) + 0.5;

      if (ruler->is_vertical)
        {
          cairo_move_to (cr, plot.x, px);
          cairo_line_to (cr, plot.x + plot.w, px);
        }
      else
        {
          cairo_move_to (cr, px, plot.y);
          cairo_line_to (cr, px, plot.y + plot.h);
        }
    }
  cairo_stroke (cr);
}

void
ui_draw_gc_mark (UiDraw *dc, double x, double y, gboolean is_major)
{
  cairo_t *cr = dc->cr;
  double   w = is_major ? 5.5 : 4.5;
  double   h = is_major ? 9 : 8;

  ui_draw_set (dc, dc->theme->roles[is_major ? UI_ROLE_MAJOR : UI_ROLE_MINOR]);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - w, y - h);
  cairo_line_to (cr, x + w, y - h);
  cairo_close_path (cr);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  if (is_major)
    {
      cairo_fill (cr);
      /* a second stroke over it: told apart without colour, and when small */
      cairo_rectangle (cr, x - w, y - h - 3.5, 2 * w, 2);
      cairo_fill (cr);
    }
  else
    cairo_stroke (cr);
}

void
ui_draw_letter (UiDraw *dc, double x, double y, double w, guint count)
{
  cairo_t *cr = dc->cr;
  double   h = w * 0.7;
  UiRect   rect = { x - w / 2, y - h / 2, w, h };

  if (count > 1)
    {
      UiRect behind = { rect.x + 2.5, rect.y - 2.5, w, h };

      ui_draw_round_path (dc, behind, 1.5);
      ui_draw_set (dc, dc->theme->background);
      cairo_fill_preserve (cr);
      ui_draw_set (dc, dc->theme->roles[UI_ROLE_LETTER]);
      cairo_set_line_width (cr, 1.2);
      cairo_stroke (cr);
    }
  ui_draw_round_path (dc, rect, 1.5);
  ui_draw_set (dc, dc->theme->background);
  cairo_fill_preserve (cr);
  ui_draw_set (dc, dc->theme->roles[UI_ROLE_LETTER]);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
  cairo_move_to (cr, rect.x, rect.y + 1);
  cairo_line_to (cr, x, rect.y + h * 0.6);
  cairo_line_to (cr, rect.x + w, rect.y + 1);
  cairo_stroke (cr);
}

static void
draw_line_swatch (UiDraw *dc, UiRole role, UiRect s)
{
  static const double dashes[] = { 3, 2 };
  static const double dots[] = { 1, 2.5 };
  cairo_t            *cr = dc->cr;

  cairo_save (cr);
  ui_draw_set (dc, dc->theme->roles[role]);
  cairo_set_line_width (cr, role == UI_ROLE_LINK ? 1.8 : 1.4);
  if (role == UI_ROLE_MONITOR)
    cairo_set_dash (cr, dashes, 2, 0);
  if (role == UI_ROLE_PARENT)
    cairo_set_dash (cr, dots, 2, 0);
  cairo_move_to (cr, s.x, s.y + s.h / 2);
  cairo_line_to (cr, s.x + s.w, s.y + s.h / 2);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_lane_swatch (UiDraw *dc, UiRole role, UiRect s)
{
  cairo_t *cr = dc->cr;

  if (role == UI_ROLE_STOLEN)
    {
      ui_draw_set (dc, dc->theme->roles[role]);
      cairo_move_to (cr, s.x + 3, s.y + 1);
      cairo_line_to (cr, s.x + 3 + 7, s.y + s.h / 2);
      cairo_line_to (cr, s.x + 3, s.y + s.h - 1);
      cairo_close_path (cr);
      cairo_fill (cr);
      return;
    }
  ui_draw_fill (dc, s, ui_rgba_fade (dc->theme->roles[role], 0.35));
  ui_draw_hatch_path (dc, s, 4);
  ui_draw_set (dc, dc->theme->roles[role]);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* FALSE: it looks as everywhere. */
static gboolean
draw_band_swatch (UiDraw *dc, UiRole role, UiRect s)
{
  UiRgba colour = dc->theme->roles[role];

  switch ((int) role)
    {
    case UI_ROLE_RUNNABLE:
      ui_draw_fill_sharp (dc, (UiRect){ s.x, s.y + s.h * 0.3, s.w, s.h * 0.4 }, colour);
      return TRUE;
    case UI_ROLE_WAITING:
      ui_draw_fill_sharp (dc, (UiRect){ s.x, s.y + s.h / 2 - 1, s.w, 2 }, colour);
      return TRUE;
    case UI_ROLE_MINOR:
    case UI_ROLE_MAJOR:
      ui_draw_fill (dc, s, ui_rgba_mix (dc->theme->background, colour, 0.3));
      ui_draw_fill_sharp (dc, (UiRect){ s.x, s.y + s.h * 0.65, s.w, s.h * 0.35 }, colour);
      if (role == UI_ROLE_MAJOR)
        ui_draw_fill_sharp (dc, (UiRect){ s.x, s.y, s.w, 3 }, colour);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
draw_swatch (UiDraw *dc, UiRole role, UiRect s)
{
  switch ((int) role)
    {
    case UI_ROLE_LINK:
    case UI_ROLE_MONITOR:
    case UI_ROLE_PARENT:
      draw_line_swatch (dc, role, s);
      return;
    case UI_ROLE_LETTER:
      ui_draw_letter (dc, s.x + s.w / 2, s.y + s.h / 2, s.w, 1);
      return;
    case UI_ROLE_MINOR:
    case UI_ROLE_MAJOR:
      ui_draw_gc_mark (dc, s.x + s.w / 2, s.y + s.h - 1, role == UI_ROLE_MAJOR);
      return;
    case UI_ROLE_PROCESS:
      for (guint i = 0; i < 3; i++)
        ui_draw_fill (dc, (UiRect){ s.x + s.w / 3 * i, s.y, s.w / 3, s.h },
                      dc->theme->processes[i]);
      return;
    case UI_ROLE_STOLEN:
    case UI_ROLE_FOLDED:
      draw_lane_swatch (dc, role, s);
      return;
    default:
      break;
    }
  ui_draw_round_path (dc, s, 2.5);
  ui_draw_set (dc, dc->theme->roles[role]);
  cairo_fill (dc->cr);
  if (role == UI_ROLE_FREE)
    {
      ui_draw_round_path (dc, ui_rect_inset (s, 0.5, 0.5, 0.5, 0.5), 2.5);
      ui_draw_set (dc, ui_rgba_mix (dc->theme->line, dc->theme->dim, 0.4));
      cairo_set_line_width (dc->cr, 1);
      cairo_stroke (dc->cr);
    }
}

void
ui_draw_legend (UiDraw *dc, const UiLegend *legend)
{
  for (guint i = 0; i < legend->items->len; i++)
    {
      const UiLegendItem *item = &g_array_index (legend->items, UiLegendItem, i);

      if (!legend->is_lanes || !draw_band_swatch (dc, item->role, item->swatch))
        draw_swatch (dc, item->role, item->swatch);
    }
  ui_draw_labels (dc, &legend->labels);
}

void
ui_draw_cursor (UiDraw *dc, double x, UiRect plot, UiRect flag)
{
  ui_draw_fill (dc, (UiRect){ floor (x), plot.y, 1.5, plot.h + 3 }, dc->theme->accent);
  if (flag.w <= 0)
    return;
  ui_draw_round_path (dc, flag, 4);
  ui_draw_set (dc, dc->theme->accent);
  cairo_fill (dc->cr);
}

void
ui_draw_highlight (UiDraw *dc, UiRect rect)
{
  ui_draw_round_path (dc, ui_rect_inset (rect, -1, -1, -1, -1), 3);
  ui_draw_set (dc, dc->theme->accent);
  cairo_set_line_width (dc->cr, 2);
  cairo_stroke (dc->cr);
}
