/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/lanes.h"

#include "ui/layout/lane-states.h"
#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define RULER_H       20.0
#define SCHEDULER_H   28.0
#define QUEUE_H       14.0
#define SCHEDULER_GAP 12.0
#define PROCESS_H     14.0
#define PROCESS_GAP   6.0
#define SECTION_GAP   14.0
#define GUTTER_MIN    64.0
#define GUTTER_MAX    170.0
#define MIGRATION_GAP 9.0 /* px between marks of one lane */

typedef struct
{
  UiLanes            *l;
  const UiLanesInput *input;
  const UiMeasure    *measure;
  double              top;     /* y of the content's start, scrolled */
  int                *lane_of; /* scheduler (from 1) to index in lanes, -1: out of sight */
  double             *busy_ns; /* by scheduler */
} Build;

static double
scheduler_pitch (void)
{
  return SCHEDULER_H + QUEUE_H + SCHEDULER_GAP;
}

static double
get_section_h (const Build *build)
{
  return SECTION_GAP + ui_measure_height (build->measure, UI_FONT_BOLD) + 6;
}

static double
get_processes_y (const Build *build)
{
  return 4 + build->input->n_schedulers * scheduler_pitch () + get_section_h (build);
}

static double
choose_gutter (const Build *build)
{
  const UiLanesInput *input = build->input;
  char                name[96];
  double              w = ui_measure_width (build->measure, UI_FONT_LABEL, _ ("Scheduler 88"));

  for (guint i = 0; i < MIN (input->n_pids, 100); i++)
    {
      input->get_name (input->pids[i], name, sizeof name, input->name_data);
      w = MAX (w, ui_measure_width (build->measure, UI_FONT_SMALL, name));
    }
  return CLAMP (w + 14, GUTTER_MIN, MIN (GUTTER_MAX, build->l->area.w * 0.3));
}

static gboolean
is_in_sight (const Build *build, double y, double h)
{
  return y < build->l->plot.y + build->l->plot.h && y + h > build->l->plot.y;
}

/* Gutter text that scrolled out half way is left out: it could not be read. */
static gboolean
is_readable (const Build *build, double y, double h)
{
  return y >= build->l->plot.y - 1 && y + h <= build->l->plot.y + build->l->plot.h + 1;
}

static void
add_scheduler_lanes (Build *build)
{
  UiLanes *l = build->l;
  char     text[64];

  for (guint i = 1; i <= build->input->n_schedulers; i++)
    {
      double y = build->top + 4 + (i - 1) * scheduler_pitch ();
      UiLane lane = {
        .rect = { l->plot.x, y, l->plot.w, SCHEDULER_H },
        .scheduler = i,
        .pid = VM_PID_NONE,
      };
      UiRect gutter = { l->area.x, y, l->plot.x - l->area.x - 8, SCHEDULER_H };

      build->lane_of[i] = -1;
      if (!is_in_sight (build, y, SCHEDULER_H + QUEUE_H))
        continue;
      build->lane_of[i] = (int) l->lanes->len;
      g_array_append_val (l->lanes, lane);
      if (!is_readable (build, y, SCHEDULER_H))
        continue;
      g_snprintf (text, sizeof text, _ ("Scheduler %u"), i);
      ui_labels_add (&l->labels, build->measure, gutter, UI_FONT_LABEL, 0, text);
    }
}

static void
add_process_lanes (Build *build)
{
  UiLanes            *l = build->l;
  const UiLanesInput *input = build->input;
  double              first = build->top + get_processes_y (build);
  double              pitch = PROCESS_H + PROCESS_GAP;
  char                name[96];

  if (input->n_pids == 0)
    return;

  double title_h = ui_measure_height (build->measure, UI_FONT_BOLD);
  UiRect title = { l->area.x, first - title_h - 6, l->area.w, title_h };

  if (is_readable (build, title.y, title.h))
    ui_labels_add (&l->labels, build->measure, title, UI_FONT_BOLD, 0, _ ("Processes"));
  for (guint i = 0; i < input->n_pids; i++)
    {
      double y = first + i * pitch;
      UiLane lane = {
        .rect = { l->plot.x, y, l->plot.w, PROCESS_H },
        .pid = input->pids[i],
        .is_selected = input->pids[i] == input->selected,
      };
      UiRect gutter = { l->area.x, y - 1, l->plot.x - l->area.x - 8, PROCESS_H + 2 };

      if (!is_in_sight (build, y, PROCESS_H))
        continue;
      g_array_append_val (l->lanes, lane);
      if (!is_readable (build, y, PROCESS_H))
        continue;
      input->get_name (input->pids[i], name, sizeof name, input->name_data);

      UiLabel *label = ui_labels_add (&l->labels, build->measure, gutter, UI_FONT_SMALL, 0, name);

      if (label != NULL && lane.is_selected)
        label->tone = UI_TONE_ACCENT;
    }
}

/* Where the slice before @index of the same process ended, if on another lane in sight. */
static UiRect
find_origin (const Build *build, guint index)
{
  const VmSlice *slices = build->input->slices;

  for (guint i = index; i > 0 && index - i < 4096; i--)
    {
      const VmSlice *before = &slices[i - 1];
      int            lane =
        before->scheduler <= build->input->n_schedulers ? build->lane_of[before->scheduler] : -1;

      if (before->pid != slices[index].pid)
        continue;
      if (lane < 0 || before->scheduler == slices[index].scheduler)
        break;

      const UiRect *rect = &g_array_index (build->l->lanes, UiLane, lane).rect;

      return (UiRect){ ui_axis_to_px (&build->l->time, before->end_ns), rect->y, 1, rect->h };
    }
  return (UiRect){ 0, 0, 0, 0 };
}

static void
add_migrations (Build *build)
{
  UiLanes *l = build->l;
  guint   *last = g_new0 (guint, build->input->n_schedulers + 1); /* 1 + index of the mark */

  for (guint i = 0; i < build->input->n_slices; i++)
    {
      const VmSlice *slice = &build->input->slices[i];
      double         x = ui_axis_to_px (&l->time, slice->begin_ns);
      int            lane =
        slice->scheduler <= build->input->n_schedulers ? build->lane_of[slice->scheduler] : -1;

      if (!slice->is_stolen || lane < 0 || x < l->plot.x || x > l->plot.x + l->plot.w)
        continue;
      if (last[slice->scheduler] > 0)
        {
          UiMigration *before =
            &g_array_index (l->migrations, UiMigration, last[slice->scheduler] - 1);

          if (x - before->x < MIGRATION_GAP)
            {
              before->n++;
              continue;
            }
        }

      const UiRect *rect = &g_array_index (l->lanes, UiLane, lane).rect;
      UiMigration   m = { .x = x, .y = rect->y + rect->h / 2, .pid = slice->pid, .n = 1 };

      m.from = find_origin (build, i);
      g_array_append_val (l->migrations, m);
      last[slice->scheduler] = l->migrations->len;
    }
  g_free (last);
}

/* One fold per lane runs beside the others, so the arrays are walked once. */
static void
add_scheduler_spans (Build *build)
{
  UiLanes            *l = build->l;
  const UiLanesInput *input = build->input;
  guint               n = l->lanes->len;
  UiFold             *slices = g_new0 (UiFold, n);
  UiFold             *collections = g_new0 (UiFold, n);

  for (guint i = 0; i < n; i++)
    {
      const UiLane *lane = &g_array_index (l->lanes, UiLane, i);

      ui_fold_begin (&slices[i], l->spans, lane->rect);
      ui_fold_begin (&collections[i], l->collections, lane->rect);
    }
  for (guint i = 0; i < input->n_slices; i++)
    {
      const VmSlice *s = &input->slices[i];
      double         end = MIN ((double) s->end_ns, input->end_ns);

      if (s->scheduler == 0 || s->scheduler > input->n_schedulers)
        continue;
      build->busy_ns[s->scheduler] +=
        MAX (0, MIN (end, input->to_ns) - MAX ((double) s->begin_ns, input->from_ns));
      if (build->lane_of[s->scheduler] >= 0)
        ui_fold_add (&slices[build->lane_of[s->scheduler]], ui_axis_to_px (&l->time, s->begin_ns),
                     ui_axis_to_px (&l->time, end), UI_ROLE_RUNNING, s->pid, i);
    }
  for (guint i = 0; i < input->n_collections; i++)
    {
      const VmCollection *c = &input->collections[i];

      if (c->scheduler == 0 || c->scheduler > input->n_schedulers ||
          build->lane_of[c->scheduler] < 0)
        continue;
      ui_fold_add (&collections[build->lane_of[c->scheduler]],
                   ui_axis_to_px (&l->time, c->begin_ns), ui_axis_to_px (&l->time, c->end_ns),
                   c->is_major ? UI_ROLE_MAJOR : UI_ROLE_MINOR, c->pid, i);
    }
  for (guint i = 0; i < n; i++)
    {
      ui_fold_end (&slices[i]);
      ui_fold_end (&collections[i]);
    }
  g_free (slices);
  g_free (collections);
}

/* The whole name, its first word (a pid without its function), or what fits of
 * it when that says enough. */
static UiLabel *
add_span_name (Build *build, UiRect place, char *name)
{
  UiLabels *labels = &build->l->span_labels;
  UiLabel  *label = ui_labels_add_whole (labels, build->measure, place, UI_FONT_SMALL, 0, name);
  char     *space = strchr (name, ' ');

  if (label == NULL && space != NULL)
    {
      *space = '\0';
      label = ui_labels_add_whole (labels, build->measure, place, UI_FONT_SMALL, 0, name);
    }
  if (label == NULL && place.w >= 44)
    label = ui_labels_add (labels, build->measure, place, UI_FONT_SMALL, 0, name);
  return label;
}

static void
add_span_labels (Build *build)
{
  UiLanes *l = build->l;
  char     name[96];

  for (guint i = 0; i < l->spans->len; i++)
    {
      const UiSpan *span = &g_array_index (l->spans, UiSpan, i);
      UiRect        place = ui_rect_inset (span->rect, 6, 0, 6, 0);

      if (span->n_folded > 1 || span->rect.w < 24 || !is_readable (build, place.y, place.h))
        continue;
      if (build->input->slices[span->index].is_stolen)
        place = ui_rect_inset (place, 4, 0, 0, 0);
      build->input->get_name (span->pid, name, sizeof name, build->input->name_data);

      UiLabel *label = add_span_name (build, place, name);
      if (label != NULL)
        {
          label->tone = UI_TONE_ON_PID;
          label->on = span->pid;
        }
    }
}

/* A queue's length as bars, one for each stretch of pixels in which it is the same. */
typedef struct
{
  double x;      /* of the bar that grows */
  guint  length; /* its height's value: the longest within a pixel */
  guint  now;
  guint  max; /* in the window */
} QueueWalk;

static void
close_bar (Build *build, guint scheduler, QueueWalk *walk, double x, guint scale)
{
  UiLanes      *l = build->l;
  const UiRect *lane = &g_array_index (l->lanes, UiLane, build->lane_of[scheduler]).rect;
  double        ground = lane->y + lane->h + QUEUE_H;
  double        from = MAX (walk->x, l->plot.x);
  double        to = MIN (x, l->plot.x + l->plot.w);
  double        h = (QUEUE_H - 2) * walk->length / MAX (scale, 1);

  if (to <= from || walk->length == 0)
    return;

  UiSpan bar = {
    .rect = { from, ground - h, to - from, h },
    .role = UI_ROLE_QUEUE,
    .pid = VM_PID_NONE,
    .n_folded = 1,
    .index = walk->length,
  };
  g_array_append_val (l->queues, bar);
}

static void
add_queue_label (Build *build, guint scheduler, guint max)
{
  UiLanes         *l = build->l;
  const UiRect    *lane = &g_array_index (l->lanes, UiLane, build->lane_of[scheduler]).rect;
  double           range = MIN (build->input->to_ns, build->input->end_ns) - build->input->from_ns;
  double           small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double           y = lane->y + lane->h + (QUEUE_H - small) / 2;
  UiRect           place = { l->area.x, y, l->plot.x - l->area.x - 8, small };
  int              busy = range > 0 ? (int) (build->busy_ns[scheduler] * 100 / range + 0.5) : 0;
  char             count[UI_NUMBER_SIZE];
  g_autofree char *text = NULL;

  if (!is_readable (build, place.y, place.h))
    return;
  ui_number_count (max, count);
  text = g_strdup_printf (_ ("%d %% busy · queue ≤ %s"), MIN (busy, 100), count);
  if (ui_measure_width (build->measure, UI_FONT_SMALL, text) > place.w)
    {
      g_free (text);
      text = g_strdup_printf (_ ("queue ≤ %s"), count);
    }

  UiLabel *label = ui_labels_add (&l->labels, build->measure, place, UI_FONT_SMALL, 0, text);

  if (label != NULL)
    label->tone = UI_TONE_DIM;
}

static void
add_queues (Build *build)
{
  const UiLanesInput *input = build->input;
  UiLanes            *l = build->l;
  QueueWalk          *walks = g_new0 (QueueWalk, input->n_schedulers + 1);
  guint               scale = 1;

  /* one scale for all strips, or they could not be compared */
  for (guint i = 0; i < input->n_queues; i++)
    {
      const UiQueuePoint *q = &input->queues[i];

      if (q->scheduler == 0 || q->scheduler > input->n_schedulers || q->t_ns >= input->to_ns)
        continue;
      walks[q->scheduler].max =
        q->t_ns < input->from_ns ? q->length : MAX (walks[q->scheduler].max, q->length);
    }
  for (guint i = 1; i <= input->n_schedulers; i++)
    {
      scale = MAX (scale, walks[i].max);
      walks[i].x = l->plot.x;
    }
  for (guint i = 0; i < input->n_queues; i++)
    {
      const UiQueuePoint *q = &input->queues[i];

      if (q->scheduler == 0 || q->scheduler > input->n_schedulers || q->t_ns >= input->to_ns ||
          build->lane_of[q->scheduler] < 0)
        continue;

      QueueWalk *walk = &walks[q->scheduler];
      double     x = MAX (l->plot.x, ui_axis_to_px (&l->time, q->t_ns));

      walk->now = q->length;
      if (x - walk->x < 1)
        {
          walk->length = x <= l->plot.x ? q->length : MAX (walk->length, q->length);
          continue;
        }
      close_bar (build, q->scheduler, walk, x, scale);
      walk->x = x;
      walk->length = q->length;
    }
  for (guint i = 1; i <= input->n_schedulers; i++)
    if (build->lane_of[i] >= 0)
      {
        /* the longest of the last pixel does not go on to the window's end */
        close_bar (build, i, &walks[i], MIN (walks[i].x + 1, l->end_x), scale);
        walks[i].x += 1;
        walks[i].length = walks[i].now;
        close_bar (build, i, &walks[i], l->end_x, scale);
        add_queue_label (build, i, walks[i].max);
      }
  g_free (walks);
}

static void
add_cursor (Build *build)
{
  UiLanes *l = build->l;
  gint64   t_ns = build->input->cursor_ns;
  char     text[UI_NUMBER_SIZE];

  if (t_ns == G_MININT64 || t_ns < build->input->from_ns || t_ns > build->input->to_ns)
    return;
  ui_number_time (t_ns, l->ruler.step / 100, build->input->to_ns, text);

  double w = ui_measure_width (build->measure, UI_FONT_SMALL, text) + 12;

  l->has_cursor = TRUE;
  l->cursor_x = ui_axis_to_px (&l->time, t_ns);
  if (w > l->plot.w)
    return;
  l->cursor_flag = (UiRect){ CLAMP (l->cursor_x - w / 2, l->plot.x, l->plot.x + l->plot.w - w),
                             l->plot.y + l->plot.h + 2, w, RULER_H - 3 };

  GArray *items = l->ruler.labels.items;

  for (guint i = items->len; i > 0; i--)
    if (ui_rect_overlaps (&l->cursor_flag, &g_array_index (items, UiLabel, i - 1).rect))
      g_array_remove_index (items, i - 1);

  UiLabel *label =
    ui_labels_add (&l->ruler.labels, build->measure, l->cursor_flag, UI_FONT_SMALL, 0.5, text);
  if (label != NULL)
    label->tone = UI_TONE_ON_ROLE;
}

static void
add_more_label (Build *build)
{
  UiLanes            *l = build->l;
  const UiLanesInput *input = build->input;
  double              small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double              first = build->top + get_processes_y (build);
  double              bottom = l->plot.y + l->plot.h;
  double              seen = floor ((bottom - first + PROCESS_GAP) / (PROCESS_H + PROCESS_GAP));
  char                count[UI_NUMBER_SIZE];
  g_autofree char    *text = NULL;

  if (seen >= input->n_pids)
    return;

  guint n = input->n_pids - (guint) MAX (0, seen);

  text =
    g_strdup_printf (g_dngettext (NULL, "… %s more process below", "… %s more processes below", n),
                     ui_number_count (n, count));

  UiRect   place = { l->area.x, bottom + 4, l->plot.x - l->area.x - 8, small };
  UiLabel *label = ui_labels_add (&l->labels, build->measure, place, UI_FONT_SMALL, 0, text);

  if (label != NULL)
    label->tone = UI_TONE_DIM;
}

static void
place_plot (Build *build, const UiLanesInput *input, UiRect area)
{
  UiLanes            *l = build->l;
  const UiLegendEntry entries[] = {
    { UI_ROLE_PROCESS, _ ("runs") },
    { UI_ROLE_RUNNABLE, _ ("runnable, waits for a scheduler") },
    { UI_ROLE_WAITING, _ ("waits") },
    { UI_ROLE_MINOR, _ ("minor collection") },
    { UI_ROLE_MAJOR, _ ("major collection") },
    { UI_ROLE_STOLEN, _ ("came from another scheduler") },
    { UI_ROLE_FOLDED, _ ("many, too short to show") },
  };
  double legend_h = ui_legend_get_height (entries, G_N_ELEMENTS (entries), area.w, build->measure);

  if (legend_h > area.h * 0.22)
    legend_h = 0;
  l->area = area;

  double gutter = choose_gutter (build);

  l->plot = ui_rect_inset (area, gutter, 0, 4, RULER_H + (legend_h > 0 ? legend_h + 4 : 0));
  l->time = (UiAxis){ input->from_ns, MAX (input->to_ns, input->from_ns + 1), l->plot.x,
                      l->plot.x + l->plot.w };
  l->end_x = CLAMP (ui_axis_to_px (&l->time, input->end_ns), l->plot.x, l->plot.x + l->plot.w);
  ui_legend_init (&l->legend, (UiRect){ area.x, area.y + area.h - legend_h + 4, area.w, legend_h },
                  entries, G_N_ELEMENTS (entries), build->measure);
  l->legend.is_lanes = TRUE;
  ui_ruler_init_time (&l->ruler, (UiRect){ l->plot.x, l->plot.y + l->plot.h, l->plot.w, RULER_H },
                      &l->time, build->measure);
}

UiLanes *
ui_lanes_new (const UiLanesInput *input, UiRect area, const UiMeasure *measure)
{
  UiLanes *l = g_new0 (UiLanes, 1);
  Build    build = { .l = l, .input = input, .measure = measure };

  l->lanes = g_array_new (FALSE, FALSE, sizeof (UiLane));
  l->spans = g_array_new (FALSE, FALSE, sizeof (UiSpan));
  l->collections = g_array_new (FALSE, FALSE, sizeof (UiSpan));
  l->queues = g_array_new (FALSE, FALSE, sizeof (UiSpan));
  l->migrations = g_array_new (FALSE, FALSE, sizeof (UiMigration));
  ui_labels_init (&l->labels);
  ui_labels_init (&l->span_labels);
  build.lane_of = g_new (int, input->n_schedulers + 1);
  build.busy_ns = g_new0 (double, input->n_schedulers + 1);

  l->area = area;
  place_plot (&build, input, area);
  l->content_h = get_processes_y (&build) + input->n_pids * (PROCESS_H + PROCESS_GAP);
  build.top = l->plot.y - CLAMP (input->scroll_y, 0, MAX (0, l->content_h - l->plot.h));
  if (l->plot.w > 1 && l->plot.h > 1)
    {
      add_scheduler_lanes (&build);
      add_scheduler_spans (&build);
      add_migrations (&build);
      add_queues (&build);

      guint first = l->lanes->len;

      add_process_lanes (&build);
      add_span_labels (&build);
      ui_lane_states_add (l, input, first);
      add_more_label (&build);
    }
  add_cursor (&build);
  g_free (build.lane_of);
  g_free (build.busy_ns);
  return l;
}

void
ui_lanes_free (UiLanes *lanes)
{
  if (lanes == NULL)
    return;
  g_array_unref (lanes->lanes);
  g_array_unref (lanes->spans);
  g_array_unref (lanes->collections);
  g_array_unref (lanes->queues);
  g_array_unref (lanes->migrations);
  ui_ruler_clear (&lanes->ruler);
  ui_legend_clear (&lanes->legend);
  ui_labels_clear (&lanes->labels);
  ui_labels_clear (&lanes->span_labels);
  g_free (lanes);
}

static const UiSpan *
find_span (const GArray *spans, double x, double y)
{
  for (guint i = spans->len; i > 0; i--)
    {
      const UiSpan *span = &g_array_index (spans, UiSpan, i - 1);
      UiRect        rect = { span->rect.x - 1, span->rect.y, span->rect.w + 2, span->rect.h };

      if (ui_rect_contains (&rect, x, y))
        return span;
    }
  return NULL;
}

gboolean
ui_lanes_hit (const UiLanes *lanes, double x, double y, UiLanesHit *hit)
{
  *hit = (UiLanesHit){ .t_ns = (gint64) ui_axis_to_value (&lanes->time, x) };
  if (y < lanes->plot.y || y >= lanes->plot.y + lanes->plot.h || x < lanes->area.x ||
      x >= lanes->plot.x + lanes->plot.w)
    return FALSE;
  for (guint i = 0; i < lanes->lanes->len; i++)
    {
      const UiLane *lane = &g_array_index (lanes->lanes, UiLane, i);

      if (y >= lane->rect.y && y < lane->rect.y + lane->rect.h)
        hit->lane = lane;
    }
  if (hit->lane != NULL)
    hit->kind = UI_LANES_LANE;
  hit->span = find_span (lanes->collections, x, y);
  if (hit->span != NULL)
    hit->kind = UI_LANES_COLLECTION;
  else if ((hit->span = find_span (lanes->spans, x, y)) != NULL)
    hit->kind = UI_LANES_SPAN;
  return TRUE;
}
