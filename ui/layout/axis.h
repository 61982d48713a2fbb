/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A straight map between values (nanoseconds, words) and pixels, and the ruler
 * that goes with it. Values are doubles: exact up to 2^53 ns, a hundred days. */

#include "ui/layout/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  double from, to;       /* values; from < to */
  double px_from, px_to; /* pixels; px_to may be above px_from (y axes) */
} UiAxis;

typedef struct
{
  double px;
  double value;
} UiTick;

typedef struct
{
  UiRect   rect;
  gboolean is_vertical;
  GArray  *ticks; /* UiTick */
  double   step;
  UiLabels labels; /* never overlapping; fewer than ticks when it is narrow */
} UiRuler;

double ui_axis_to_px (const UiAxis *axis, double value);
double ui_axis_to_value (const UiAxis *axis, double px);

/* The largest of 1, 2, 5 times a power of ten that is at least @value. */
double ui_nice_step (double value);

/* Zooms by @factor (> 1: closer) so that the value under @px stays there. The
 * result stays within [@low, @high] and at least 10 units wide. */
void ui_axis_zoom (UiAxis *axis, double px, double factor, double low, double high);

/* Moves the values by @px pixels (what was at x is then at x + @px), within the limits. */
void ui_axis_pan (UiAxis *axis, double px, double low, double high);

/* A time ruler under (or over) a picture: ticks and their labels in @rect. */
void ui_ruler_init_time (UiRuler *ruler, UiRect rect, const UiAxis *axis, const UiMeasure *measure);

/* A ruler of counts; vertical ones have their labels right-aligned in @rect. */
void ui_ruler_init_count (
  UiRuler *ruler, UiRect rect, const UiAxis *axis, gboolean is_vertical, const UiMeasure *measure);

void ui_ruler_clear (UiRuler *ruler);

G_END_DECLS
