/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/words-view.h"

#include <math.h>

/* Room that is left for growth when the scale must change. */
#define ROOM_FOR_GROWTH 1.7
/* How far a lane's end may be dragged into the picture, as a share of its width. */
#define OVERHANG 0.5

VmArea
ui_words_lane_get_area (UiWordsLane lane)
{
  static const VmArea areas[] = { VM_AREA_YOUNG, VM_AREA_OLD, VM_AREA_FRAGMENT };

  return (guint) lane < G_N_ELEMENTS (areas) ? areas[lane] : VM_AREA_NONE;
}

gboolean
ui_words_area_get_lane (VmArea area, UiWordsLane *lane)
{
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    if (ui_words_lane_get_area ((UiWordsLane) i) == area)
      {
        *lane = (UiWordsLane) i;
        return TRUE;
      }
  return FALSE;
}

/* The next of 1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.4, 8 times a power of ten. */
static double
round_up (double value)
{
  static const double steps[] = { 1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.4, 8, 10 };
  double              power = pow (10, floor (log10 (MAX (value, 1))));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (value <= steps[i] * power * (1 + 1e-9))
      return steps[i] * power;
  return 10 * power;
}

void
ui_words_view_set_sizes (UiWordsView       *view,
                         const VmHeapSizes *sizes,
                         guint64            n_fragment_words)
{
  double largest;

  view->blocks[UI_WORDS_YOUNG] = sizes->young_block;
  view->blocks[UI_WORDS_OLD] = sizes->old_block;
  view->blocks[UI_WORDS_FRAGMENT] = MAX (sizes->fragments, n_fragment_words);
  largest = MAX (MAX (view->blocks[0], view->blocks[1]), MAX (view->blocks[2], 1));
  if (largest > view->capacity)
    view->capacity = round_up (view->capacity == 0 ? largest : largest * ROOM_FOR_GROWTH);
}

void
ui_words_view_reset (UiWordsView *view)
{
  *view = (UiWordsView) UI_WORDS_VIEW_INIT;
}

static double
whole_scale (const UiWordsView *view, double width)
{
  return MAX (width, 1) / MAX (view->capacity, 1);
}

double
ui_words_view_get_scale (const UiWordsView *view, double width)
{
  return view->scale > 0 ? view->scale : whole_scale (view, width);
}

gboolean
ui_words_view_is_whole (const UiWordsView *view, double width)
{
  return view->scale <= 0;
}

double
ui_words_view_to_px (const UiWordsView *view, UiWordsLane lane, double offset, double width)
{
  return (offset - view->from[lane]) * ui_words_view_get_scale (view, width);
}

double
ui_words_view_to_word (const UiWordsView *view, UiWordsLane lane, double px, double width)
{
  return view->from[lane] + px / ui_words_view_get_scale (view, width);
}

static void
limit (UiWordsView *view, double width)
{
  double scale = ui_words_view_get_scale (view, width);
  double shown = width / scale;

  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    {
      double last = MAX (0, (double) view->blocks[i] - shown);

      if (shown >= view->capacity)
        last = 0;
      view->from[i] =
        CLAMP (view->from[i], 0, last > 0 ? last + shown * (1 - OVERHANG) * 0.1 : 0);
    }
}

void
ui_words_view_zoom (UiWordsView *view, double px, double factor, double width)
{
  double before = ui_words_view_get_scale (view, width);
  double whole = whole_scale (view, width);
  double scale = CLAMP (before * factor, whole, MAX (whole, UI_WORDS_MAX_CELL));

  if (!isfinite (scale) || scale <= 0)
    return;
  if (scale <= whole * 1.001)
    {
      ui_words_view_fit (view);
      return;
    }
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    view->from[i] += px / before - px / scale;
  view->scale = scale;
  limit (view, width);
}

void
ui_words_view_pan (UiWordsView *view, UiWordsLane lane, double dx, double width)
{
  double scale = ui_words_view_get_scale (view, width);

  if (view->scale <= 0 || !isfinite (dx))
    return;
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    if (lane == UI_N_WORDS_LANES || lane == i)
      view->from[i] -= dx / scale;
  limit (view, width);
}

void
ui_words_view_fit (UiWordsView *view)
{
  view->scale = 0;
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    view->from[i] = 0;
}

void
ui_words_view_show (UiWordsView *view,
                    UiWordsLane  lane,
                    guint64      offset,
                    guint64      n_words,
                    gboolean     closer,
                    double       width)
{
  double scale = ui_words_view_get_scale (view, width);
  double left = ui_words_view_to_px (view, lane, (double) offset, width);
  double right = left + (double) n_words * scale;

  if (closer)
    {
      double wanted = width / ((double) MAX (n_words, 1) + 4);

      scale = CLAMP (wanted, whole_scale (view, width), 90);
    }
  else if (left >= 0 && right <= width)
    return;
  if (scale <= whole_scale (view, width) * 1.001)
    {
      ui_words_view_fit (view);
      return;
    }
  view->scale = scale;
  view->from[lane] = (double) offset + (double) n_words / 2 - width / scale / 2;
  if (n_words * scale > width)
    view->from[lane] = (double) offset;
  limit (view, width);
}

void
ui_words_view_fill_request (const UiWordsView *view, double width, VmWordsRequest *request)
{
  double scale = ui_words_view_get_scale (view, width);

  request->n_stretches = 0;
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    {
      VmWordStretch *stretch = &request->stretches[request->n_stretches];
      double         from = MAX (0, floor (view->from[i]));
      double         to = MIN (ceil (view->from[i] + width / scale), (double) view->blocks[i]);

      if (to <= from)
        continue;
      stretch->area = ui_words_lane_get_area ((UiWordsLane) i);
      stretch->offset = (guint64) from;
      stretch->n_words = (guint64) (to - from);
      stretch->n_buckets =
        scale >= UI_WORDS_MIN_CELL && to - from <= VM_MAX_WORDS
          ? 0
          : (guint) CLAMP ((to - from) * scale, 1, VM_MAX_WORDS);
      request->n_stretches++;
    }
}
