/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/heap-history.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define RULER_H         20.0
#define MARK_H          16.0
#define MARK_GAP        10.0 /* px: closer marks are folded into one */
#define OLD_MIN         0.12 /* of the plot, so that "no old heap" is seen as such */
#define MAX_LONG_LABELS 40
#define MAX_PER_PX      1.5 /* samples: with more, those of one pixel become one */
#define LANE_H          28.0
#define LANE_GAP        4.0
#define PIN_W           6.0 /* px around a bookmark where it is hit */
#define PIN_H           18.0
#define MIN_PLOT        96.0 /* px that lanes leave to the plot */

typedef struct
{
  UiHeapHistory            *history;
  const UiHeapHistoryInput *input;
  const UiMeasure          *measure;
  UiHistoryScale            scale;
} Build;

static const UiHeapBand block_bands[] = {
  { UI_ROLE_FREE, UI_BORDER_BLOCK, UI_BORDER_ZERO },
  { UI_ROLE_FREE, UI_BORDER_ZERO, UI_BORDER_OLD_BLOCK },
  { UI_ROLE_FRESH, UI_BORDER_USED, UI_BORDER_LOW, TRUE },
  { UI_ROLE_FRESH, UI_BORDER_LOW, UI_BORDER_ZERO },
  { UI_ROLE_SURVIVED, UI_BORDER_SURVIVED, UI_BORDER_ZERO },
  { UI_ROLE_STACK, UI_BORDER_BLOCK, UI_BORDER_STACK },
  { UI_ROLE_FRAGMENT, UI_BORDER_FRAGMENT, UI_BORDER_BLOCK },
  { UI_ROLE_MAILBOX, UI_BORDER_MESSAGE, UI_BORDER_FRAGMENT },
  { UI_ROLE_OLD, UI_BORDER_ZERO, UI_BORDER_OLD },
  { UI_ROLE_BINARY, UI_BORDER_BINARY, UI_BORDER_BINARY_ZERO },
  { UI_ROLE_MAILBOX, UI_BORDER_MAILBOX, UI_BORDER_MAILBOX_ZERO },
};

static const UiHeapBand stacked_bands[] = {
  { UI_ROLE_OLD, UI_BORDER_OLD, UI_BORDER_ZERO },
  { UI_ROLE_SURVIVED, UI_BORDER_SURVIVED, UI_BORDER_OLD },
  { UI_ROLE_FRESH, UI_BORDER_USED, UI_BORDER_SURVIVED },
  { UI_ROLE_STACK, UI_BORDER_STACK, UI_BORDER_USED },
  { UI_ROLE_FRAGMENT, UI_BORDER_FRAGMENT, UI_BORDER_STACK },
  { UI_ROLE_MAILBOX, UI_BORDER_MESSAGE, UI_BORDER_FRAGMENT },
  { UI_ROLE_FREE, UI_BORDER_BLOCK, UI_BORDER_MESSAGE },
  { UI_ROLE_BINARY, UI_BORDER_BINARY, UI_BORDER_BLOCK },
  { UI_ROLE_MAILBOX, UI_BORDER_MAILBOX, UI_BORDER_MAILBOX_ZERO },
};

static double
get_top (const VmHeapSample *sample)
{
  return (double) sample->young_block + sample->fragments + sample->message_words;
}

static double
get_binaries (const VmHeapSample *sample)
{
  return (double) vm_heap_sample_get_binary_bytes (sample);
}

static double
get_stacked (const VmHeapSample *sample)
{
  return (double) vm_heap_sample_get_words (sample) + get_binaries (sample) / 8;
}

void
ui_heap_history_widen_scale (const UiHeapHistoryInput *input, UiHistoryScale *scale)
{
  for (guint i = 0; i < input->n_samples; i++)
    {
      const VmHeapSample *sample = &input->samples[i];

      /* one that ended before the window does not stretch the scale */
      if ((i + 1 < input->n_samples && input->samples[i + 1].t_ns < input->from_ns) ||
          sample->t_ns > input->to_ns)
        continue;
      scale->young = MAX (scale->young, get_top (sample));
      scale->old = MAX (scale->old, (double) MAX (sample->old_block, sample->old_used));
      scale->stacked = MAX (scale->stacked, get_stacked (sample));
      scale->binary_bytes = MAX (scale->binary_bytes, get_binaries (sample));
      scale->n_messages = MAX (scale->n_messages, (double) sample->n_messages);
    }
}

/* From the plot's bottom upwards, as many lanes as have something to show and find room. */
static void
place_lanes (Build *build)
{
  UiHeapHistory *h = build->history;
  const double   most[UI_N_LANES] = { h->form == UI_HISTORY_STACKED ? 0 : build->scale.binary_bytes,
                                    build->scale.n_messages };

  for (guint i = UI_N_LANES; i > 0; i--)
    {
      UiRect *lane = &h->lanes[i - 1];
      double  bottom = h->plot.y + h->plot.h;
      double  head = ui_measure_height (build->measure, UI_FONT_SMALL) + 2 * LANE_GAP;

      *lane = (UiRect){ h->plot.x, bottom, h->plot.w, 0 };
      if (most[i - 1] > 0 && h->plot.h - LANE_H - head >= MIN_PLOT)
        {
          *lane = (UiRect){ h->plot.x, bottom - LANE_H, h->plot.w, LANE_H };
          h->plot.h -= LANE_H + head;
        }
      h->lane_axes[i - 1] =
        (UiAxis){ 0, MAX (most[i - 1] * 1.1, 1), lane->y + lane->h, lane->y };
    }
}

static void
place_plot (Build *build)
{
  UiHeapHistory            *h = build->history;
  const UiHeapHistoryInput *input = build->input;
  double                    small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double                    young = MAX (build->scale.young, 1), old = build->scale.old;
  char                      text[UI_NUMBER_SIZE];

  if (h->form == UI_HISTORY_STACKED)
    {
      young = MAX (build->scale.stacked, 1);
      old = 0;
    }

  double gutter = 14 + ui_measure_width (build->measure, UI_FONT_SMALL,
                                         ui_number_count ((guint64) MAX (young, old), text));
  double top = MARK_H + small + 4;
  double legend_h = h->legend.rect.h;

  gutter = MAX (gutter, 14 + MAX (ui_measure_width (build->measure, UI_FONT_SMALL, _ ("young")),
                                  ui_measure_width (build->measure, UI_FONT_SMALL, _ ("words"))));
  h->plot = ui_rect_inset (h->area, gutter, top, 6, RULER_H + (legend_h > 0 ? legend_h + 4 : 0));
  h->marks_lane = (UiRect){ h->plot.x, h->area.y, h->plot.w, top };
  h->time = (UiAxis){ input->from_ns, MAX (input->to_ns, input->from_ns + 1), h->plot.x,
                      h->plot.x + h->plot.w };
  h->time_ruler.rect = (UiRect){ h->plot.x, h->plot.y + h->plot.h, h->plot.w, RULER_H };
  place_lanes (build);

  young *= 1.04;
  old = h->form == UI_HISTORY_STACKED ? 0 : MAX (old * 1.04, young * OLD_MIN / (1 - OLD_MIN));
  h->words = (UiAxis){ -old, young, h->plot.y + h->plot.h, h->plot.y };
  h->zero_y = ui_axis_to_px (&h->words, 0);
}

static void
stack_borders (const UiHeapHistory *h, const VmHeapSample *sample, double *y)
{
  const UiAxis *w = &h->words;
  double        survived = MIN (sample->high_water, sample->young_used);
  double        sum = sample->old_used;

  y[UI_BORDER_OLD] = ui_axis_to_px (w, sum);
  y[UI_BORDER_SURVIVED] = ui_axis_to_px (w, sum + survived);
  y[UI_BORDER_USED] = ui_axis_to_px (w, sum += sample->young_used);
  y[UI_BORDER_LOW] = y[UI_BORDER_USED];
  y[UI_BORDER_STACK] = ui_axis_to_px (w, sum += sample->stack_used);
  y[UI_BORDER_FRAGMENT] = ui_axis_to_px (w, sum += sample->fragments);
  y[UI_BORDER_MESSAGE] = ui_axis_to_px (w, sum += sample->message_words);
  sum = MAX (sum, (double) vm_heap_sample_get_words (sample));
  y[UI_BORDER_BLOCK] = y[UI_BORDER_OLD_BLOCK] = ui_axis_to_px (w, sum);
  y[UI_BORDER_BINARY] = ui_axis_to_px (w, sum + get_binaries (sample) / 8);
}

static UiHeapPoint
make_point (const UiHeapHistory *h, double t_ns, const VmHeapSample *sample)
{
  const UiAxis *w = &h->words;
  double        x = ui_axis_to_px (&h->time, t_ns);
  guint32       survived = MIN (sample->high_water, sample->young_used);
  guint32       stack = MIN (sample->stack_used, sample->young_block);
  UiHeapPoint   point = { .x = CLAMP (x, h->plot.x, h->plot.x + h->plot.w) };
  double       *y = point.y;

  y[UI_BORDER_ZERO] = h->zero_y;
  y[UI_BORDER_MAILBOX] = ui_axis_to_px (&h->lane_axes[UI_LANE_MAILBOX], sample->n_messages);
  y[UI_BORDER_MAILBOX_ZERO] = ui_axis_to_px (&h->lane_axes[UI_LANE_MAILBOX], 0);
  if (h->form == UI_HISTORY_STACKED)
    {
      stack_borders (h, sample, y);
      return point;
    }
  y[UI_BORDER_SURVIVED] = ui_axis_to_px (w, survived);
  y[UI_BORDER_USED] = ui_axis_to_px (w, sample->young_used);
  y[UI_BORDER_LOW] = y[UI_BORDER_USED];
  y[UI_BORDER_STACK] = ui_axis_to_px (w, (double) sample->young_block - stack);
  y[UI_BORDER_BLOCK] = ui_axis_to_px (w, sample->young_block);
  y[UI_BORDER_FRAGMENT] = ui_axis_to_px (w, (double) sample->young_block + sample->fragments);
  y[UI_BORDER_MESSAGE] = ui_axis_to_px (w, get_top (sample));
  y[UI_BORDER_OLD] = ui_axis_to_px (w, -(double) sample->old_used);
  y[UI_BORDER_OLD_BLOCK] = ui_axis_to_px (w, -(double) sample->old_block);
  y[UI_BORDER_BINARY] =
    ui_axis_to_px (&h->lane_axes[UI_LANE_BINARIES], get_binaries (sample));
  y[UI_BORDER_BINARY_ZERO] = ui_axis_to_px (&h->lane_axes[UI_LANE_BINARIES], 0);
  return point;
}

static void
add_point (UiHeapHistory *h, double t_ns, const VmHeapSample *sample)
{
  UiHeapPoint point = make_point (h, t_ns, sample);

  g_array_append_val (h->points, point);
}

/* The first slice that begins at or after @t_ns. */
static guint
find_slice (const UiHeapHistoryInput *input, gint64 t_ns)
{
  guint low = 0, high = input->n_slices;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (input->slices[middle].begin_ns < t_ns)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_growth (const VmHeapSample *a, const VmHeapSample *b)
{
  return a->young_block == b->young_block && a->old_block == b->old_block &&
         a->high_water == b->high_water && a->old_used == b->old_used;
}

static VmHeapSample
interpolate (const VmHeapSample *a, const VmHeapSample *b, gint64 t_ns)
{
  double       f = b->t_ns > a->t_ns ? (double) (t_ns - a->t_ns) / (b->t_ns - a->t_ns) : 0;
  VmHeapSample sample = *a;

  sample.t_ns = t_ns;
  sample.young_used = a->young_used + f * ((double) b->young_used - a->young_used);
  sample.stack_used = a->stack_used + f * ((double) b->stack_used - a->stack_used);
  sample.fragments = a->fragments + f * ((double) b->fragments - a->fragments);
  sample.vheap_used = a->vheap_used + f * ((double) b->vheap_used - a->vheap_used);
  return sample;
}

/* From @a to @b, both may lie outside the window. */
static void
add_stretch (Build *build, const VmHeapSample *a, const VmHeapSample *b)
{
  const UiHeapHistoryInput *input = build->input;
  UiHeapHistory            *h = build->history;
  VmHeapSample              start = *a;

  if (a->kind == VM_EVENT_OUT || !is_growth (a, b))
    {
      gint64 until = b->t_ns;

      if (a->kind == VM_EVENT_OUT && is_growth (a, b) && b->kind != VM_EVENT_IN)
        {
          guint i = find_slice (input, a->t_ns);

          if (i < input->n_slices && input->slices[i].begin_ns < b->t_ns)
            until = input->slices[i].begin_ns;
        }
      add_point (h, CLAMP (until, input->from_ns, input->to_ns), a);
      start.t_ns = until;
    }
  if (is_growth (a, b) && start.t_ns < input->to_ns && b->t_ns > input->from_ns)
    {
      VmHeapSample end = b->t_ns > input->to_ns ? interpolate (&start, b, input->to_ns) : *b;

      if (start.t_ns < input->from_ns)
        {
          start = interpolate (&start, b, input->from_ns);
          add_point (h, input->from_ns, &start);
        }
      add_point (h, end.t_ns, &end);
    }
  else if (b->t_ns <= input->to_ns && b->t_ns >= input->from_ns)
    add_point (h, b->t_ns, b);
}

static double
get_fullness (const VmHeapSample *sample)
{
  return get_stacked (sample) + ((double) sample->young_used + sample->old_used) / 1e9;
}

/* The samples [@first, @last] of one pixel column as one step: the fullest of them, with
 * the most messages and binaries of any. */
static void
add_column (Build *build, double x, guint first, guint last)
{
  UiHeapHistory      *h = build->history;
  const VmHeapSample *samples = build->input->samples;
  VmHeapSample        full = samples[first];
  guint32             low = samples[first].young_used, n_messages = 0, vheap = 0;
  UiHeapPoint         point;

  for (guint i = first; i <= last; i++)
    {
      if (get_fullness (&samples[i]) > get_fullness (&full))
        full = samples[i];
      low = MIN (low, samples[i].young_used);
      n_messages = MAX (n_messages, samples[i].n_messages);
      vheap = MAX (vheap, samples[i].vheap_used);
    }
  full.n_messages = n_messages;
  if (h->form != UI_HISTORY_STACKED)
    full.vheap_used = vheap;
  point = make_point (h, build->input->from_ns, &full);
  if (h->form != UI_HISTORY_STACKED)
    point.y[UI_BORDER_LOW] = ui_axis_to_px (&h->words, low);
  for (guint i = 0; i < 2; i++)
    {
      point.x = CLAMP (x + i, h->plot.x, h->plot.x + h->plot.w);
      g_array_append_val (h->points, point);
    }
}

static void
add_points (Build *build)
{
  UiHeapHistory            *h = build->history;
  const UiHeapHistoryInput *input = build->input;
  const VmHeapSample       *last = NULL;
  gboolean                  is_dense = input->n_samples > MAX_PER_PX * MAX (h->plot.w, 1);
  guint                     i = 0;

  h->is_dense = is_dense;
  while (i < input->n_samples)
    {
      double              column = floor (ui_axis_to_px (&h->time, input->samples[i].t_ns));
      const VmHeapSample *sample = &input->samples[i];
      guint               end = i;

      if (is_dense && sample->t_ns >= input->from_ns)
        while (end + 1 < input->n_samples &&
               floor (ui_axis_to_px (&h->time, input->samples[end + 1].t_ns)) == column)
          end++;
      if (end > i)
        add_column (build, column, i, end);
      else if (last != NULL)
        add_stretch (build, last, sample);
      else if (sample->t_ns <= input->to_ns)
        add_point (h, MAX (sample->t_ns, input->from_ns), sample);
      last = &input->samples[end];
      if (last->t_ns >= input->to_ns)
        return;
      i = end + 1;
    }
  if (last != NULL)
    add_point (h, input->end_ns > 0 ? MIN (input->end_ns, input->to_ns) : input->to_ns, last);
}

static void
add_marks (Build *build)
{
  UiHeapHistory            *h = build->history;
  const UiHeapHistoryInput *input = build->input;

  for (guint i = 0; i < input->n_folds; i++)
    {
      const VmCollectionFold *c = &input->folds[i];
      double                  x = ui_axis_to_px (&h->time, c->begin_ns);
      double                  x_to = ui_axis_to_px (&h->time, c->end_ns);
      UiHeapMark             *last =
        h->marks->len == 0 ? NULL : &g_array_index (h->marks, UiHeapMark, h->marks->len - 1);

      if (c->begin_ns >= input->to_ns || c->end_ns < input->from_ns)
        continue;
      x = CLAMP (x, h->plot.x, h->plot.x + h->plot.w);
      x_to = CLAMP (x_to, x, h->plot.x + h->plot.w);
      if (last == NULL || x - last->x >= MARK_GAP + (last->n_minor + last->n_major > 1 ? 8 : 0))
        {
          UiHeapMark mark = { .x = x, .first = i, .begin_ns = c->begin_ns };

          g_array_append_val (h->marks, mark);
          last = &g_array_index (h->marks, UiHeapMark, h->marks->len - 1);
        }
      last->x_to = MAX (last->x_to, x_to);
      last->end_ns = c->end_ns;
      last->n_minor += c->n_minor;
      last->n_major += c->n_major;
      last->reclaimed_words += c->reclaimed_words;
      last->gc_ns += c->gc_ns;
    }
}

static char *
format_mark (const UiHeapMark *mark, gboolean is_long)
{
  guint n = mark->n_minor + mark->n_major;
  char  count[UI_NUMBER_SIZE], time[UI_NUMBER_SIZE];

  ui_number_count (mark->reclaimed_words, count);
  if (n > 1 && is_long && mark->n_major > 0 && mark->n_minor > 0)
    return g_strdup_printf (mark->reclaimed_words > 0 ? _ ("%u minor, %u major: −%s")
                                                      : _ ("%u minor, %u major: %s"),
                            mark->n_minor, mark->n_major, count);
  if (n > 1)
    return g_strdup_printf (mark->reclaimed_words > 0 ? "%u× −%s" : "%u× %s", n, count);
  if (is_long && mark->gc_ns > 0)
    {
      ui_number_duration (mark->gc_ns, time);
      return g_strdup_printf (mark->reclaimed_words > 0 ? "−%s · %s" : "%s · %s", count, time);
    }
  return g_strdup_printf (mark->reclaimed_words > 0 ? "−%s" : "%s", count);
}

static gboolean
try_mark_label (Build *build, const UiHeapMark *mark, guint first_label, gboolean is_long)
{
  UiHeapHistory   *h = build->history;
  double           height = ui_measure_height (build->measure, UI_FONT_SMALL);
  UiRect           lane = { h->plot.x, h->area.y, h->plot.w, height };
  g_autofree char *text = format_mark (mark, is_long);
  double           w = ui_measure_width (build->measure, UI_FONT_SMALL, text);
  gboolean         is_folded = mark->n_minor + mark->n_major > 1;
  double           middle = is_folded ? (mark->x + mark->x_to) / 2 : mark->x;
  double           x = CLAMP (middle - w / 2, lane.x, MAX (lane.x, lane.x + lane.w - w));
  UiRect           place = { x, lane.y, w + 0.01, height };
  UiRect           wide = { place.x - 8, place.y, place.w + 16, place.h };

  if (w > lane.w)
    return FALSE;
  for (guint k = first_label; k < h->labels.items->len; k++)
    if (ui_rect_overlaps (&wide, &g_array_index (h->labels.items, UiLabel, k).rect))
      return FALSE;
  return ui_labels_add (&h->labels, build->measure, place, UI_FONT_SMALL, 0, text) != NULL;
}

/* Major ones first. FALSE: not all found room. */
static gboolean
add_mark_labels_as (Build *build, guint first_label, gboolean is_long)
{
  UiHeapHistory *h = build->history;
  gboolean       fits = TRUE;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < h->marks->len; i++)
      {
        const UiHeapMark *mark = &g_array_index (h->marks, UiHeapMark, i);

        if ((pass == 0) == (mark->n_major > 0))
          fits &= try_mark_label (build, mark, first_label, is_long);
      }
  return fits;
}

/* Reclaimed words stand over the marks, as many as fit; where there is room for that
 * at every mark, also how long it took. */
static void
add_mark_labels (Build *build)
{
  guint first_label = build->history->labels.items->len;

  if (build->history->marks->len <= MAX_LONG_LABELS &&
      add_mark_labels_as (build, first_label, TRUE))
    return;
  g_array_set_size (build->history->labels.items, first_label);
  add_mark_labels_as (build, first_label, FALSE);
}

/* Bookmarks stand in the plot, their texts where nothing else does. */
static void
add_pins (Build *build)
{
  const UiHeapHistoryInput *input = build->input;
  UiHeapHistory            *h = build->history;
  double                    small = ui_measure_height (build->measure, UI_FONT_SMALL);

  for (guint i = 0; i < input->n_pins; i++)
    {
      UiHeapPin pin = { ui_axis_to_px (&h->time, input->pins[i].t_ns), i };
      double    room = h->plot.x + h->plot.w - pin.x - 12;
      UiRect    place = { pin.x + 8, h->plot.y + 4, 0, small };
      gboolean  is_free;

      if (input->pins[i].t_ns < input->from_ns || input->pins[i].t_ns > input->to_ns)
        continue;
      g_array_append_val (h->pins, pin);
      if (input->pins[i].text == NULL || *input->pins[i].text == '\0' || room < 40)
        continue;
      place.w = MIN (room, 0.01 + ui_measure_width (build->measure, UI_FONT_SMALL,
                                                    input->pins[i].text));
      if (i + 1 < input->n_pins)
        place.w =
          MIN (place.w, ui_axis_to_px (&h->time, input->pins[i + 1].t_ns) - 6 - place.x);
      is_free = place.w > 24 && h->plot.h > 4 * small;
      for (guint k = 0; k < h->labels.items->len && is_free; k++)
        is_free = !ui_rect_overlaps (&place, &g_array_index (h->labels.items, UiLabel, k).rect);
      if (is_free)
        ui_labels_add (&h->labels, build->measure, place, UI_FONT_SMALL, 0, input->pins[i].text);
    }
}

static void
add_cursor (Build *build)
{
  UiHeapHistory *h = build->history;
  gint64         t_ns = build->input->cursor_ns;
  char           text[UI_NUMBER_SIZE];

  if (build->input->n_samples == 0 || t_ns == G_MININT64 || t_ns < build->input->from_ns ||
      t_ns > build->input->to_ns)
    return;
  h->has_cursor = TRUE;
  h->cursor_x = ui_axis_to_px (&h->time, t_ns);
  ui_number_time (t_ns, h->time_ruler.step / 100, build->input->to_ns, text);

  double w = ui_measure_width (build->measure, UI_FONT_SMALL, text) + 12;

  if (w > h->plot.w)
    return;
  h->cursor_flag = (UiRect){ CLAMP (h->cursor_x - w / 2, h->plot.x, h->plot.x + h->plot.w - w),
                             h->time_ruler.rect.y + 2, w, RULER_H - 3 };

  /* it covers the ruler's labels, so those go */
  GArray *items = h->time_ruler.labels.items;

  for (guint i = items->len; i > 0; i--)
    if (ui_rect_overlaps (&h->cursor_flag, &g_array_index (items, UiLabel, i - 1).rect))
      g_array_remove_index (items, i - 1);
  ui_labels_add (&h->time_ruler.labels, build->measure, h->cursor_flag, UI_FONT_SMALL, 0.5, text)
    ->tone = UI_TONE_ON_ROLE;
}

static void
add_now (Build *build)
{
  UiHeapHistory *h = build->history;
  gint64         t_ns = build->input->now_ns;

  h->has_now = t_ns != G_MININT64 && t_ns >= build->input->from_ns && t_ns <= build->input->to_ns &&
               t_ns != build->input->cursor_ns;
  h->now_x = ui_axis_to_px (&h->time, t_ns);
}

static void
add_dim_label (Build *build, UiRect place, double align, const char *text)
{
  UiLabel *label = ui_labels_add_whole (&build->history->labels, build->measure, place,
                                        UI_FONT_SMALL, align, text);

  if (label != NULL)
    label->tone = UI_TONE_DIM;
}

static void
add_lane_labels (Build *build)
{
  UiHeapHistory *h = build->history;
  double         small = ui_measure_height (build->measure, UI_FONT_SMALL);
  char           most[UI_NUMBER_SIZE];
  char           text[UI_N_LANES][160];

  g_snprintf (text[UI_LANE_BINARIES], sizeof text[0], _ ("binaries off the heap, at most %s"),
              ui_number_bytes ((guint64) build->scale.binary_bytes, most));
  g_snprintf (text[UI_LANE_MAILBOX], sizeof text[0], _ ("messages waiting, at most %s"),
              ui_number_count ((guint64) build->scale.n_messages, most));
  for (guint i = 0; i < UI_N_LANES; i++)
    if (h->lanes[i].h > 0)
      add_dim_label (build,
                     (UiRect){ h->lanes[i].x, h->lanes[i].y - small - 2, h->lanes[i].w, small }, 0,
                     text[i]);
}

static void
add_side_labels (Build *build)
{
  UiHeapHistory *h = build->history;
  double         small = ui_measure_height (build->measure, UI_FONT_SMALL);
  UiRect         gutter = { h->area.x, h->plot.y - small - 6, h->plot.x - h->area.x - 6, small };
  gboolean       is_stacked = h->form == UI_HISTORY_STACKED;

  add_dim_label (build, gutter, 1, _ ("words"));
  if (build->input->n_samples == 0)
    {
      UiLabel *label = ui_labels_add (&h->labels, build->measure, h->plot, UI_FONT_LABEL, 0.5,
                                      _ ("Nothing recorded for this process yet"));

      if (label != NULL)
        label->tone = UI_TONE_DIM;
      return;
    }

  const struct
  {
    const char *text;
    double      y;
    double      room;
  } sides[] = {
    { is_stacked ? _ ("all, stacked") : _ ("young ↑"), h->plot.y + 3, h->zero_y - h->plot.y },
    { _ ("old ↓"), h->plot.y + h->plot.h - small - 3,
      is_stacked ? 0 : h->plot.y + h->plot.h - h->zero_y },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (sides[i].room >= small + 4)
      add_dim_label (build, (UiRect){ h->plot.x + 6, sides[i].y, h->plot.w - 12, small }, 0,
                     sides[i].text);
  add_lane_labels (build);
}

static void
add_legend (Build *build)
{
  UiHeapHistory      *h = build->history;
  gboolean            is_stacked = build->input->form == UI_HISTORY_STACKED;
  gboolean            has_messages = build->scale.n_messages > 0;
  const UiLegendEntry all[] = {
    { UI_ROLE_SURVIVED, _ ("survived") },
    { UI_ROLE_FRESH, _ ("fresh") },
    { UI_ROLE_STACK, _ ("stack") },
    { UI_ROLE_FREE, is_stacked ? _ ("free in the blocks") : _ ("free in the block") },
    { UI_ROLE_OLD, _ ("old") },
    { UI_ROLE_FRAGMENT, _ ("fragments") },
    { UI_ROLE_MAILBOX, has_messages ? _ ("waiting messages") : NULL },
    { UI_ROLE_BINARY, build->scale.binary_bytes > 0 ? _ ("binaries") : NULL },
    { UI_ROLE_MINOR, _ ("minor collection") },
    { UI_ROLE_MAJOR, _ ("major collection") },
  };
  UiLegendEntry some[G_N_ELEMENTS (all)];
  guint         skip = build->input->is_under_strip && !is_stacked ? 6 : 0, n = 0;
  double        line = 5 + ui_measure_height (build->measure, UI_FONT_SMALL), height;

  for (guint i = skip; i < G_N_ELEMENTS (all); i++)
    if (all[i].text != NULL)
      some[n++] = all[i];
  height = ui_legend_get_height (some, n, h->area.w, build->measure);
  if (h->area.h < (build->input->is_under_strip ? 150 : 230))
    height = 0;
  else if (height > h->area.h * 0.3)
    height = h->area.h < 120 ? 0 : MIN (height, 2 * line);
  ui_legend_init (&h->legend,
                  (UiRect){ h->area.x, h->area.y + h->area.h - height + 4, h->area.w, height },
                  some, n, build->measure);
}

static void
init (UiHeapHistory *h, const UiHeapHistoryInput *input, UiRect area)
{
  h->area = area;
  h->form = input->form;
  h->bands = h->form == UI_HISTORY_STACKED ? stacked_bands : block_bands;
  h->n_bands =
    h->form == UI_HISTORY_STACKED ? G_N_ELEMENTS (stacked_bands) : G_N_ELEMENTS (block_bands);
  h->points = g_array_new (FALSE, FALSE, sizeof (UiHeapPoint));
  h->marks = g_array_new (FALSE, FALSE, sizeof (UiHeapMark));
  h->pins = g_array_new (FALSE, FALSE, sizeof (UiHeapPin));
  ui_labels_init (&h->labels);
}

UiHeapHistory *
ui_heap_history_new (const UiHeapHistoryInput *input, UiRect area, const UiMeasure *measure)
{
  UiHeapHistory *h = g_new0 (UiHeapHistory, 1);
  Build          build = { .history = h, .input = input, .measure = measure };
  UiRect         ruler;

  if (input->least != NULL)
    build.scale = *input->least;
  ui_heap_history_widen_scale (input, &build.scale);
  init (h, input, area);
  add_legend (&build);
  place_plot (&build);
  if (h->plot.w > 1 && h->plot.h > 1)
    {
      add_points (&build);
      add_marks (&build);
    }
  ruler = h->time_ruler.rect;
  ui_ruler_init_time (&h->time_ruler, ruler, &h->time, measure);
  ui_ruler_init_count (&h->words_ruler,
                       (UiRect){ h->area.x, h->plot.y, h->plot.x - h->area.x, h->plot.h },
                       input->n_samples > 0 ? &h->words : &(UiAxis){ 0 }, TRUE, measure);
  add_mark_labels (&build);
  add_side_labels (&build);
  add_cursor (&build);
  add_now (&build);
  add_pins (&build);
  return h;
}

void
ui_heap_history_free (UiHeapHistory *history)
{
  if (history == NULL)
    return;
  g_array_unref (history->points);
  g_array_unref (history->marks);
  g_array_unref (history->pins);
  ui_ruler_clear (&history->time_ruler);
  ui_ruler_clear (&history->words_ruler);
  ui_legend_clear (&history->legend);
  ui_labels_clear (&history->labels);
  g_free (history);
}

gboolean
ui_heap_history_hit (const UiHeapHistory      *history,
                     const UiHeapHistoryInput *input,
                     double                    x,
                     double                    y,
                     UiHeapHistoryHit         *hit)
{
  UiRect all = { history->plot.x, history->marks_lane.y, history->plot.w,
                 history->time_ruler.rect.y - history->marks_lane.y };
  int    low = 0, high = (int) input->n_samples;

  if (!ui_rect_contains (&all, x, y))
    return FALSE;
  *hit = (UiHeapHistoryHit){ .t_ns = (gint64) ui_axis_to_value (&history->time, x), .pin = -1 };
  while (low < high)
    {
      int middle = (low + high) / 2;

      if (input->samples[middle].t_ns <= hit->t_ns)
        low = middle + 1;
      else
        high = middle;
    }
  hit->sample = low - 1;
  for (guint i = 0; i < history->marks->len; i++)
    {
      const UiHeapMark *mark = &g_array_index (history->marks, UiHeapMark, i);

      if (x >= mark->x - MARK_GAP / 2 && x <= mark->x_to + MARK_GAP / 2)
        hit->mark = mark;
    }
  for (guint i = 0; i < history->pins->len; i++)
    {
      const UiHeapPin *pin = &g_array_index (history->pins, UiHeapPin, i);

      if (fabs (x - pin->x) <= PIN_W && y <= history->plot.y + PIN_H)
        hit->pin = (int) pin->index;
    }
  return TRUE;
}
