/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/heap-history.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define RULER_H  20.0
#define MARK_H   16.0
#define MARK_GAP 10.0 /* px: closer marks are folded into one */
#define OLD_MIN  0.12 /* of the plot, so that "no old heap" is seen as such */

typedef struct
{
  UiHeapHistory            *history;
  const UiHeapHistoryInput *input;
  const UiMeasure          *measure;
} Build;

static guint64
get_top (const VmHeapSample *sample)
{
  return (guint64) sample->young_block + sample->fragments;
}

static void
find_limits (const UiHeapHistoryInput *input, double *young, double *old)
{
  *young = 1;
  *old = 0;
  for (guint i = 0; i < input->n_samples; i++)
    {
      /* one that ended before the window does not stretch the scale */
      if (i + 1 < input->n_samples && input->samples[i + 1].t_ns < input->from_ns)
        continue;
      *young = MAX (*young, (double) get_top (&input->samples[i]));
      *old = MAX (*old, (double) MAX (input->samples[i].old_block, input->samples[i].old_used));
    }
}

static void
place_plot (Build *build)
{
  UiHeapHistory            *h = build->history;
  const UiHeapHistoryInput *input = build->input;
  double                    small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double                    young, old;
  char                      text[UI_NUMBER_SIZE];

  find_limits (input, &young, &old);

  double gutter = 14 + ui_measure_width (build->measure, UI_FONT_SMALL,
                                         ui_number_count ((guint64) MAX (young, old), text));
  double top = MARK_H + small + 4;
  double legend_h = h->legend.rect.h;

  gutter = MAX (gutter, 14 + MAX (ui_measure_width (build->measure, UI_FONT_SMALL, _ ("young")),
                                  ui_measure_width (build->measure, UI_FONT_SMALL, _ ("words"))));
  h->plot = ui_rect_inset (h->area, gutter, top, 6, RULER_H + (legend_h > 0 ? legend_h + 4 : 0));
  h->marks_lane = (UiRect){ h->plot.x, h->area.y, h->plot.w, top };

  young *= 1.04;
  old = MAX (old * 1.04, young * OLD_MIN / (1 - OLD_MIN));
  h->words = (UiAxis){ -old, young, h->plot.y + h->plot.h, h->plot.y };
  h->zero_y = ui_axis_to_px (&h->words, 0);
  h->time = (UiAxis){ input->from_ns, MAX (input->to_ns, input->from_ns + 1), h->plot.x,
                      h->plot.x + h->plot.w };
}

static UiHeapPoint
make_point (const UiHeapHistory *h, double t_ns, const VmHeapSample *sample)
{
  const UiAxis *w = &h->words;
  double        x = ui_axis_to_px (&h->time, t_ns);
  guint32       survived = MIN (sample->high_water, sample->young_used);
  guint32       stack = MIN (sample->stack_used, sample->young_block);

  return (UiHeapPoint){
    .x = CLAMP (x, h->plot.x, h->plot.x + h->plot.w),
    .survived = ui_axis_to_px (w, survived),
    .used = ui_axis_to_px (w, sample->young_used),
    .stack = ui_axis_to_px (w, sample->young_block - stack),
    .block = ui_axis_to_px (w, sample->young_block),
    .fragment = ui_axis_to_px (w, get_top (sample)),
    .old = ui_axis_to_px (w, -(double) sample->old_used),
    .old_block = ui_axis_to_px (w, -(double) sample->old_block),
  };
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

/* Of the samples [@first, @last] in one pixel column only those that show are
 * kept: first, lowest, highest, last. */
static guint
pick_column (const VmHeapSample *samples, guint first, guint last, guint picks[4])
{
  guint low = first, high = first;
  guint n = 0;

  for (guint i = first; i <= last; i++)
    {
      if (samples[i].young_used < samples[low].young_used)
        low = i;
      if (samples[i].young_used > samples[high].young_used)
        high = i;
    }
  const guint order[4] = { first, MIN (low, high), MAX (low, high), last };

  for (guint i = 0; i < 4; i++)
    if (n == 0 || picks[n - 1] != order[i])
      picks[n++] = order[i];
  return n;
}

static void
add_points (Build *build)
{
  UiHeapHistory            *h = build->history;
  const UiHeapHistoryInput *input = build->input;
  const VmHeapSample       *last = NULL;
  guint                     i = 0;

  while (i < input->n_samples)
    {
      double column = floor (ui_axis_to_px (&h->time, input->samples[i].t_ns));
      guint  end = i;
      guint  picks[4];

      if (input->samples[i].t_ns >= input->from_ns)
        while (end + 1 < input->n_samples &&
               floor (ui_axis_to_px (&h->time, input->samples[end + 1].t_ns)) == column)
          end++;

      guint n = pick_column (input->samples, i, end, picks);

      for (guint k = 0; k < n; k++)
        {
          const VmHeapSample *sample = &input->samples[picks[k]];

          if (last != NULL)
            add_stretch (build, last, sample);
          else if (sample->t_ns <= input->to_ns)
            add_point (h, MAX (sample->t_ns, input->from_ns), sample);
          last = sample;
        }
      if (last->t_ns >= input->to_ns)
        return;
      i = end + 1;
    }
  if (last != NULL)
    add_point (h, input->to_ns, last);
}

static void
add_marks (Build *build)
{
  UiHeapHistory            *h = build->history;
  const UiHeapHistoryInput *input = build->input;

  for (guint i = 0; i < input->n_collections; i++)
    {
      const VmCollection *c = &input->collections[i];
      double              x = ui_axis_to_px (&h->time, c->begin_ns);
      double              x_to = ui_axis_to_px (&h->time, c->end_ns);
      UiHeapMark         *last =
        h->marks->len == 0 ? NULL : &g_array_index (h->marks, UiHeapMark, h->marks->len - 1);

      if (c->begin_ns >= input->to_ns || c->end_ns < input->from_ns)
        continue;
      x = CLAMP (x, h->plot.x, h->plot.x + h->plot.w);
      x_to = CLAMP (x_to, x, h->plot.x + h->plot.w);
      if (last == NULL || x - last->x >= MARK_GAP + (last->n_minor + last->n_major > 1 ? 8 : 0))
        {
          UiHeapMark mark = { .x = x, .first = i };

          g_array_append_val (h->marks, mark);
          last = &g_array_index (h->marks, UiHeapMark, h->marks->len - 1);
        }
      last->x_to = MAX (last->x_to, x_to);
      last->n_minor += !c->is_major;
      last->n_major += c->is_major;
      last->reclaimed_words += c->reclaimed_words;
    }
}

/* Reclaimed words stand over the marks, as many as fit, major ones first. */
static void
add_mark_labels (Build *build)
{
  UiHeapHistory *h = build->history;
  double         height = ui_measure_height (build->measure, UI_FONT_SMALL);
  UiRect         lane = { h->plot.x, h->area.y, h->plot.w, height };
  guint          first_label = h->labels.items->len;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < h->marks->len; i++)
      {
        const UiHeapMark *mark = &g_array_index (h->marks, UiHeapMark, i);
        guint             n = mark->n_minor + mark->n_major;
        char              count[UI_NUMBER_SIZE];
        char              text[UI_NUMBER_SIZE + 24];

        if ((pass == 0) != (mark->n_major > 0))
          continue;
        ui_number_count (mark->reclaimed_words, count);
        if (n > 1)
          g_snprintf (text, sizeof text, "%u× −%s", n, count);
        else
          g_snprintf (text, sizeof text, mark->reclaimed_words > 0 ? "−%s" : "%s", count);

        double   w = ui_measure_width (build->measure, UI_FONT_SMALL, text);
        double   x = CLAMP (mark->x - w / 2, lane.x, MAX (lane.x, lane.x + lane.w - w));
        UiRect   place = { x, lane.y, w + 0.01, height };
        UiRect   wide = { place.x - 8, place.y, place.w + 16, place.h };
        gboolean is_free = w <= lane.w;

        for (guint k = first_label; k < h->labels.items->len && is_free; k++)
          is_free = !ui_rect_overlaps (&wide, &g_array_index (h->labels.items, UiLabel, k).rect);
        if (is_free)
          ui_labels_add (&h->labels, build->measure, place, UI_FONT_SMALL, 0, text);
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
                             h->plot.y + h->plot.h + 2, w, RULER_H - 3 };

  /* it covers the ruler's labels, so those go */
  GArray *items = h->time_ruler.labels.items;

  for (guint i = items->len; i > 0; i--)
    if (ui_rect_overlaps (&h->cursor_flag, &g_array_index (items, UiLabel, i - 1).rect))
      g_array_remove_index (items, i - 1);
  ui_labels_add (&h->time_ruler.labels, build->measure, h->cursor_flag, UI_FONT_SMALL, 0.5, text)
    ->tone = UI_TONE_ON_ROLE;
}

static void
add_side_labels (Build *build)
{
  UiHeapHistory *h = build->history;
  double         small = ui_measure_height (build->measure, UI_FONT_SMALL);
  UiRect         gutter = { h->area.x, h->plot.y - small - 6, h->plot.x - h->area.x - 6, small };
  UiLabel       *label =
    ui_labels_add_whole (&h->labels, build->measure, gutter, UI_FONT_SMALL, 1, _ ("words"));

  if (label != NULL)
    label->tone = UI_TONE_DIM;
  if (build->input->n_samples == 0)
    {
      label = ui_labels_add (&h->labels, build->measure, h->plot, UI_FONT_LABEL, 0.5,
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
    { _ ("young ↑"), h->plot.y + 3, h->zero_y - h->plot.y },
    { _ ("old ↓"), h->plot.y + h->plot.h - small - 3, h->plot.y + h->plot.h - h->zero_y },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      UiRect place = { h->plot.x + 6, sides[i].y, h->plot.w - 12, small };

      if (sides[i].room < small + 4)
        continue;
      label =
        ui_labels_add_whole (&h->labels, build->measure, place, UI_FONT_SMALL, 0, sides[i].text);
      if (label != NULL)
        label->tone = UI_TONE_DIM;
    }
}

static void
add_legend (Build *build)
{
  UiHeapHistory      *h = build->history;
  const UiLegendEntry all[] = {
    { UI_ROLE_SURVIVED, _ ("survived") },
    { UI_ROLE_FRESH, _ ("fresh") },
    { UI_ROLE_STACK, _ ("stack") },
    { UI_ROLE_FREE, _ ("free in the block") },
    { UI_ROLE_OLD, _ ("old") },
    { UI_ROLE_FRAGMENT, _ ("fragments") },
    { UI_ROLE_MINOR, _ ("minor collection") },
    { UI_ROLE_MAJOR, _ ("major collection") },
  };
  guint  skip = build->input->is_under_strip ? G_N_ELEMENTS (all) - 2 : 0;
  guint  n = G_N_ELEMENTS (all) - skip;
  double height = ui_legend_get_height (all + skip, n, h->area.w, build->measure);

  double line = 5 + ui_measure_height (build->measure, UI_FONT_SMALL);

  if (build->input->is_under_strip && h->area.h < 150)
    height = 0;
  else if (height > h->area.h * 0.3)
    height = h->area.h < 120 ? 0 : MIN (height, 2 * line);
  ui_legend_init (&h->legend,
                  (UiRect){ h->area.x, h->area.y + h->area.h - height + 4, h->area.w, height },

                  all + skip, n, build->measure);
}

UiHeapHistory *
ui_heap_history_new (const UiHeapHistoryInput *input, UiRect area, const UiMeasure *measure)
{
  UiHeapHistory *h = g_new0 (UiHeapHistory, 1);
  Build          build = { h, input, measure };

  h->area = area;
  h->points = g_array_new (FALSE, FALSE, sizeof (UiHeapPoint));
  h->marks = g_array_new (FALSE, FALSE, sizeof (UiHeapMark));
  ui_labels_init (&h->labels);

  add_legend (&build);
  place_plot (&build);
  if (h->plot.w > 1 && h->plot.h > 1)
    {
      add_points (&build);
      add_marks (&build);
    }
  ui_ruler_init_time (&h->time_ruler,
                      (UiRect){ h->plot.x, h->plot.y + h->plot.h, h->plot.w, RULER_H }, &h->time,
                      measure);
  ui_ruler_init_count (&h->words_ruler,
                       (UiRect){ h->area.x, h->plot.y, h->plot.x - h->area.x, h->plot.h },
                       input->n_samples > 0 ? &h->words : &(UiAxis){ 0 }, TRUE, measure);
  add_mark_labels (&build);
  add_side_labels (&build);
  add_cursor (&build);
  return h;
}

void
ui_heap_history_free (UiHeapHistory *history)
{
  if (history == NULL)
    return;
  g_array_unref (history->points);
  g_array_unref (history->marks);
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
                 history->plot.y + history->plot.h - history->marks_lane.y };
  int    low = 0, high = (int) input->n_samples;

  if (!ui_rect_contains (&all, x, y))
    return FALSE;
  *hit = (UiHeapHistoryHit){ .t_ns = (gint64) ui_axis_to_value (&history->time, x) };
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
  return TRUE;
}
