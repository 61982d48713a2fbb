/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/lane-states.h"

#define OUT_BUDGET    0
#define OUT_WAITS     1
#define OUT_EXITS     2
#define OUT_SUSPENDED 3

typedef struct
{
  UiFold   fold;
  UiFold   collections;
  gboolean is_known; /* seen: it has a state since `since` */
  gboolean is_dead;
  UiRole   role;  /* WAITING, RUNNABLE or SUSPENDED */
  double   since; /* px */
} Walk;

typedef struct
{
  UiLanes            *lanes;
  const UiLanesInput *input;
  Walk               *walks;
  GHashTable         *by_pid; /* pid to 1 + index of walk */
} States;

static Walk *
find_walk (States *states, VmPid pid)
{
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (states->by_pid, GUINT_TO_POINTER (pid + 1)));

  return i == 0 ? NULL : &states->walks[i - 1];
}

/* The state that held until @x. */
static void
close_state (Walk *walk, VmPid pid, double x, guint index)
{
  if (walk->is_known && !walk->is_dead && x > walk->since)
    ui_fold_add (&walk->fold, walk->since, x, walk->role, pid, index);
}

static void
wake (States *states, const UiWake *wakeup, guint index)
{
  Walk  *walk = find_walk (states, wakeup->pid);
  double x = ui_axis_to_px (&states->lanes->time, wakeup->t_ns);

  if (walk == NULL || walk->is_dead || (walk->is_known && x < walk->since))
    return;
  if (walk->is_known && walk->role == UI_ROLE_RUNNABLE)
    return;
  close_state (walk, wakeup->pid, x, index);
  walk->is_known = TRUE;
  walk->role = UI_ROLE_RUNNABLE;
  walk->since = x;
}

static void
run (States *states, const VmSlice *slice, guint index)
{
  Walk *walk = find_walk (states, slice->pid);

  if (walk == NULL)
    return;

  const UiAxis *time = &states->lanes->time;
  double        x0 = ui_axis_to_px (time, slice->begin_ns);
  double        x1 = ui_axis_to_px (time, MIN ((double) slice->end_ns, states->input->end_ns));

  close_state (walk, slice->pid, x0, index);
  ui_fold_add (&walk->fold, x0, x1, UI_ROLE_RUNNING, slice->pid, index);
  walk->is_known = slice->end_ns != G_MAXINT64;
  walk->since = x1;
  walk->is_dead = slice->end_reason == OUT_EXITS;
  walk->role = slice->end_reason == OUT_WAITS       ? UI_ROLE_WAITING
               : slice->end_reason == OUT_SUSPENDED ? UI_ROLE_SUSPENDED
                                                    : UI_ROLE_RUNNABLE;
}

static void
walk_events (States *states)
{
  const UiLanesInput *input = states->input;
  guint               wakeup = 0;

  for (guint i = 0; i < input->n_slices; i++)
    {
      while (wakeup < input->n_wakes && input->wakes[wakeup].t_ns <= input->slices[i].begin_ns)
        {
          wake (states, &input->wakes[wakeup], i);
          wakeup++;
        }
      run (states, &input->slices[i], i);
    }
  for (; wakeup < input->n_wakes; wakeup++)
    wake (states, &input->wakes[wakeup], 0);

  for (guint i = 0; i < input->n_collections; i++)
    {
      const VmCollection *c = &input->collections[i];
      Walk               *walk = find_walk (states, c->pid);

      if (walk != NULL)
        ui_fold_add (&walk->collections, ui_axis_to_px (&states->lanes->time, c->begin_ns),
                     ui_axis_to_px (&states->lanes->time, c->end_ns),
                     c->is_major ? UI_ROLE_MAJOR : UI_ROLE_MINOR, c->pid, i);
    }
}

void
ui_lane_states_add (UiLanes *lanes, const UiLanesInput *input, guint first_lane)
{
  guint  n = lanes->lanes->len - first_lane;
  States states = { lanes, input, g_new0 (Walk, n), g_hash_table_new (NULL, NULL) };

  for (guint i = 0; i < n; i++)
    {
      const UiLane *lane = &g_array_index (lanes->lanes, UiLane, first_lane + i);
      UiRect        tint = { lane->rect.x, lane->rect.y, lane->rect.w, lane->rect.h };

      ui_fold_begin (&states.walks[i].fold, lanes->spans, lane->rect);
      ui_fold_begin (&states.walks[i].collections, lanes->collections, tint);
      g_hash_table_insert (states.by_pid, GUINT_TO_POINTER (lane->pid + 1),
                           GUINT_TO_POINTER (i + 1));
    }
  walk_events (&states);
  for (guint i = 0; i < n; i++)
    {
      const UiLane *lane = &g_array_index (lanes->lanes, UiLane, first_lane + i);

      close_state (&states.walks[i], lane->pid, lanes->end_x, 0);
      ui_fold_end (&states.walks[i].fold);
      ui_fold_end (&states.walks[i].collections);
    }
  g_hash_table_unref (states.by_pid);
  g_free (states.walks);
}
