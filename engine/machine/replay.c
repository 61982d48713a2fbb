/* SPDX-License-Identifier: Apache-2.0 */

/* Going back: a second machine is run to where one wants to be. To find where that is
 * (the end of the step before this one), another is run first and notes the ends of
 * steps: in the last turns only, for all but the nearest ones this would be slow. When
 * none of them lies there, a run at full speed tells in which turn it must be. */
#include "config.h"

#include "engine/machine/control-private.h"

#include "engine/vm.h"

/* Scanned first: so many turns back. */
#define NEAR_TURNS 2

static void
cancelled (GCancellable *cancellable, gpointer data)
{
  vm_machine_pause (data);
}

/* Builds a machine that gets the inputs. */
static VmMachine *
build (const VmReplay *replay, GError **error)
{
  VmMachine *vm = replay->build (replay->data, error);

  if (vm != NULL && replay->inputs != NULL)
    vm_machine_set_inputs (vm, replay->inputs);
  return vm;
}

/* Waits for what was commanded; FALSE, with @error: it was cancelled. */
static gboolean
wait (VmMachine *vm, GCancellable *cancellable, GError **error)
{
  gulong id = 0;

  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled), vm, NULL);
  vm_machine_wait_stopped (vm, -1);
  g_cancellable_disconnect (cancellable, id);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

VmMachine *
vm_replay_to (const VmReplay *replay,
              const VmMoment *moment,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autoptr (VmMachine) vm = build (replay, error);

  if (vm == NULL)
    return NULL;
  vm_machine_run_to (vm, moment);
  return wait (vm, cancellable, error) ? g_steal_pointer (&vm) : NULL;
}

typedef struct
{
  const VmReplay *replay;
  const VmMoment *from;
  VmStepUnit      unit;
  VmPid           pid;
  guint           count;
  GCancellable   *cancellable;
} Search;

/* Notes the ends of steps from @begin_turn to where the search begins. NULL: @error. */
static VmMachine *
scan (const Search *search, ScanGrain grain, guint64 begin_turn, GError **error)
{
  const VmMoment begin = { .turn = begin_turn, .t_ns = G_MININT64 };
  g_autoptr (VmMachine) vm = vm_replay_to (search->replay, &begin, search->cancellable, error);

  if (vm == NULL)
    return NULL;
  control_scan (vm, grain, search->unit, search->pid, search->count, search->from);
  return wait (vm, search->cancellable, error) ? g_steal_pointer (&vm) : NULL;
}

/* TRUE: @moment is that of the @count-th last step's end, as @vm noted them. */
static gboolean
take_noted (VmMachine *vm, guint count, VmMoment *moment)
{
  const Scan *noted = &vm->control->scan;

  if (noted->n < count)
    return FALSE;
  *moment = g_array_index (noted->moments, VmMoment, (noted->n - count) % noted->size);
  return TRUE;
}

/* Searches the turns before, nearest first; they were found by a run at full speed. */
static gboolean
search_far (const Search *search, VmMoment *moment, GError **error)
{
  g_autoptr (VmMachine) turns = scan (search, SCAN_TURNS, 0, error);
  guint64 n;

  if (turns == NULL)
    return FALSE;
  n = MIN (turns->control->scan.n, turns->control->scan.size);
  *moment = (VmMoment){ 0 };
  for (guint64 back = search->count; n > 0; back *= 8)
    {
      VmMoment begin = { 0 };
      g_autoptr (VmMachine) vm = NULL;

      if (back <= n)
        take_noted (turns, (guint) back, &begin);
      vm = scan (search, SCAN_STEPS, begin.turn, error);
      if (vm == NULL)
        return FALSE;
      if (take_noted (vm, search->count, moment) || begin.turn == 0)
        return TRUE;
    }
  return TRUE;
}

static gboolean
search_back (const Search *search, VmMoment *moment, GError **error)
{
  guint64 near = search->from->turn - MIN (search->from->turn, NEAR_TURNS);
  g_autoptr (VmMachine) vm = scan (search, SCAN_STEPS, near, error);

  if (vm == NULL)
    return FALSE;
  if (take_noted (vm, search->count, moment))
    return TRUE;
  if (near > 0)
    return search_far (search, moment, error);
  *moment = (VmMoment){ 0 };
  return TRUE;
}

VmMachine *
vm_replay_back (const VmReplay *replay,
                const VmMoment *from,
                VmStepUnit      unit,
                VmPid           pid,
                guint           count,
                GCancellable   *cancellable,
                GError        **error)
{
  const Search search = { replay, from, unit, pid, MAX (count, 1), cancellable };
  VmMoment     moment;

  if (!search_back (&search, &moment, error))
    return NULL;
  return vm_replay_to (replay, &moment, cancellable, error);
}
