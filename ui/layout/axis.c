/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/axis.h"

#include "ui/layout/number.h"

#include <math.h>

#define TICK_GAP  14.0 /* px between labels */
#define MIN_RANGE 10.0 /* values: closer than 10 ns there is nothing to see */
#define MAX_TICKS 1000

double
ui_axis_to_px (const UiAxis *axis, double value)
{
  return axis->px_from +
         (value - axis->from) / (axis->to - axis->from) * (axis->px_to - axis->px_from);
}

double
ui_axis_to_value (const UiAxis *axis, double px)
{
  double share = (px - axis->px_from) / (axis->px_to - axis->px_from);

  return axis->from + share * (axis->to - axis->from);
}

double
ui_nice_step (double value)
{
  if (!(value > 0))
    return 1;

  double power = pow (10, floor (log10 (value)));
  double rest = value / power;

  if (rest <= 1.0000001)
    return power;
  if (rest <= 2.0000001)
    return 2 * power;
  if (rest <= 5.0000001)
    return 5 * power;
  return 10 * power;
}

static void
limit (UiAxis *axis, double low, double high)
{
  double range = axis->to - axis->from;

  if (range >= high - low)
    {
      axis->from = low;
      axis->to = MAX (high, low + MIN_RANGE);
      return;
    }
  if (axis->from < low)
    axis->from = low;
  if (axis->from + range > high)
    axis->from = high - range;
  axis->to = axis->from + range;
}

void
ui_axis_zoom (UiAxis *axis, double px, double factor, double low, double high)
{
  double fixed = ui_axis_to_value (axis, px);
  double range = axis->to - axis->from;

  if (!(factor > 0))
    return;
  factor = MIN (factor, range / MIN_RANGE);
  axis->from = fixed - (fixed - axis->from) / factor;
  axis->to = axis->from + range / factor;
  limit (axis, low, high);
}

void
ui_axis_pan (UiAxis *axis, double px, double low, double high)
{
  double shift = px / (axis->px_to - axis->px_from) * (axis->to - axis->from);

  axis->from -= shift;
  axis->to -= shift;
  limit (axis, low, high);
}

static void
add_ticks (UiRuler *ruler, const UiAxis *axis, double step)
{
  double first = ceil (axis->from / step - 1e-9);

  ruler->step = step;
  for (double i = first; i * step <= axis->to + step * 1e-9; i++)
    {
      UiTick tick = { .px = ui_axis_to_px (axis, i * step), .value = i * step };

      if (ruler->ticks->len >= MAX_TICKS)
        break;
      g_array_append_val (ruler->ticks, tick);
    }
}

static void
init (UiRuler *ruler, UiRect rect, gboolean is_vertical)
{
  ruler->rect = rect;
  ruler->is_vertical = is_vertical;
  ruler->ticks = g_array_new (FALSE, FALSE, sizeof (UiTick));
  ruler->step = 0;
  ui_labels_init (&ruler->labels);
}

/* Labels of neighbours may not touch, and none leaves the ruler. */
static void
add_horizontal_label (UiRuler *ruler, double px, const char *text, const UiMeasure *measure)
{
  double  w = ui_measure_width (measure, UI_FONT_SMALL, text);
  UiRect  place = { px - w / 2, ruler->rect.y + 4, w + 0.01, ruler->rect.h - 4 };
  GArray *items = ruler->labels.items;

  place.x = CLAMP (place.x, ruler->rect.x, MAX (ruler->rect.x, ruler->rect.x + ruler->rect.w - w));
  if (w > ruler->rect.w)
    return;
  if (items->len > 0)
    {
      UiRect *last = &g_array_index (items, UiLabel, items->len - 1).rect;

      if (place.x < last->x + last->w + TICK_GAP / 2)
        return;
    }

  UiLabel *label = ui_labels_add (&ruler->labels, measure, place, UI_FONT_SMALL, 0.5, text);
  if (label != NULL)
    label->tone = UI_TONE_DIM;
}

void
ui_ruler_init_time (UiRuler *ruler, UiRect rect, const UiAxis *axis, const UiMeasure *measure)
{
  char   text[UI_NUMBER_SIZE];
  double range = axis->to - axis->from;
  double px = fabs (axis->px_to - axis->px_from);
  double span = MAX (fabs (axis->from), fabs (axis->to));

  init (ruler, rect, FALSE);
  if (!(px > 0) || !(range > 0))
    return;

  /* a finer step has longer labels, so widen until they fit */
  double step = ui_nice_step (range / px * 40);

  for (;;)
    {
      double w =
        ui_measure_width (measure, UI_FONT_SMALL, ui_number_time (axis->to, step, span, text));

      if (w + TICK_GAP <= step / range * px || step > range)
        break;
      step = ui_nice_step (step * 1.5);
    }
  add_ticks (ruler, axis, step);
  for (guint i = 0; i < ruler->ticks->len; i++)
    {
      UiTick *tick = &g_array_index (ruler->ticks, UiTick, i);

      add_horizontal_label (ruler, tick->px, ui_number_time (tick->value, step, span, text),
                            measure);
    }
}

void
ui_ruler_init_count (
  UiRuler *ruler, UiRect rect, const UiAxis *axis, gboolean is_vertical, const UiMeasure *measure)
{
  char   text[UI_NUMBER_SIZE];
  double range = axis->to - axis->from;
  double px = fabs (axis->px_to - axis->px_from);
  double h = ui_measure_height (measure, UI_FONT_SMALL);

  init (ruler, rect, is_vertical);
  if (!(px > 0) || !(range > 0))
    return;

  double label = is_vertical
                   ? h * 1.6
                   : TICK_GAP * 2 + ui_measure_width (measure, UI_FONT_SMALL,
                                                      ui_number_count ((guint64) axis->to, text));

  add_ticks (ruler, axis, MAX (1, ui_nice_step (range / px * label)));
  for (guint i = 0; i < ruler->ticks->len; i++)
    {
      UiTick *tick = &g_array_index (ruler->ticks, UiTick, i);

      ui_number_count ((guint64) MAX (0, fabs (tick->value)), text);
      if (is_vertical)
        {
          UiRect   place = { rect.x, tick->px - h / 2, rect.w - 6, h };
          UiLabel *made =
            ui_labels_add_whole (&ruler->labels, measure, place, UI_FONT_SMALL, 1, text);
          if (made != NULL)
            made->tone = UI_TONE_DIM;
        }
      else
        add_horizontal_label (ruler, tick->px, text, measure);
    }
}

void
ui_ruler_clear (UiRuler *ruler)
{
  g_clear_pointer (&ruler->ticks, g_array_unref);
  ui_labels_clear (&ruler->labels);
}
