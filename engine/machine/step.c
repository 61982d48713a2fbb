/* SPDX-License-Identifier: Apache-2.0 */

/* The hook before each instruction: steps and exact stops of conditions. */
#include "config.h"

#include "engine/machine/control-private.h"

#include "engine/proc/process-table.h"

static gboolean
is_virtual (Control *control)
{
  return control->vm->options.clock == VM_CLOCK_VIRTUAL;
}

/* --- steps ------------------------------------------------------------------- */

static void
count_step (StepState *step)
{
  if (step->left > 0)
    step->left--;
}

/* A step that follows nobody in particular does not go into the boot's processes. */
static gboolean
is_followed (Control *control, VmPid pid)
{
  Process *p;

  if (control->step.pid != VM_PID_NONE)
    return control->step.pid == pid;
  p = process_table_lookup (control->vm, pid);
  return p == NULL || (atomic_load (&p->state) & PS_SYSTEM) == 0;
}

static void
feed_step (Control *control, const VmEvent *event)
{
  StepState *step = &control->step;
  gboolean   counts = FALSE;

  if (!is_followed (control, event->pid))
    return;
  switch (step->unit)
    {
    case VM_STEP_SLICE:
      counts = event->kind == VM_EVENT_IN;
      break;
    case VM_STEP_COLLECTION:
      counts = event->kind == VM_EVENT_GC_MINOR_END || event->kind == VM_EVENT_GC_MAJOR_END;
      break;
    case VM_STEP_MESSAGE:
      counts = event->kind == VM_EVENT_SEND || event->kind == VM_EVENT_RECEIVE;
      break;
    default:
      break;
    }
  if (counts)
    count_step (step);
}

static gboolean
current_line (Control *control, const Cell *pc, guint *file, guint64 *line)
{
  const Module    *module = code_table_find_pc (control->vm->code, pc);
  const LineEntry *entry = module != NULL ? module_find_line (module, pc) : NULL;

  if (entry == NULL || entry->line == 0)
    return FALSE;
  /* the same line of two modules is two lines */
  *file = entry->file + (atom_index (module->name) << 8);
  *line = entry->line;
  return TRUE;
}

/* Before each instruction of line and reduction steps: did the base change? */
static void
compare_base (Control *control, StepState *step, Process *p, const Cell *pc)
{
  guint   file = 0;
  guint64 now = 0;

  if (step->base_pid != VM_PID_NONE && step->base_pid != p->id)
    {
      if (process_table_lookup (control->vm, step->base_pid) == NULL)
        step->left = 0; /* who was followed is gone */
      return;
    }
  if (step->unit == VM_STEP_REDUCTION)
    now = control_process_reductions (p);
  else if (!current_line (control, pc, &file, &now))
    return;
  if (step->begun && (now != step->base || file != step->base_file))
    {
      guint64 steps = step->unit == VM_STEP_REDUCTION ? now - step->base : 1;
      step->left -= (guint) MIN (steps, step->left);
    }
  step->begun = TRUE;
  step->base_pid = p->id;
  step->base = now;
  step->base_file = file;
}

void
control_begin_step (Control *control, const Command *command)
{
  StepState *step = &control->step;

  step->unit = command->unit;
  step->pid = command->pid;
  step->left = MAX (1, command->count);
  step->base_pid = VM_PID_NONE;
  step->begun = FALSE;
  /* what is followed is the process it stopped in, if that is still there */
  if (step->pid == VM_PID_NONE && control->stop_pid != VM_PID_NONE &&
      process_table_lookup (control->vm, control->stop_pid) != NULL)
    step->base_pid = step->unit == VM_STEP_LINE || step->unit == VM_STEP_REDUCTION
                       ? control->stop_pid
                       : VM_PID_NONE;
}

static gboolean
step_hook (Control *control, Process *p, const Cell *pc)
{
  StepState *step = &control->step;

  if (step->left > 0 && (step->unit == VM_STEP_LINE || step->unit == VM_STEP_REDUCTION) &&
      is_followed (control, p->id))
    compare_base (control, step, p, pc);
  if (step->left == 0)
    return TRUE;
  if (step->unit == VM_STEP_INSTRUCTION && is_followed (control, p->id))
    count_step (step); /* this one runs now; the stop is before the next */
  return FALSE;
}

/* --- events ------------------------------------------------------------------ */

gboolean
control_observe (Control *control, guint scheduler)
{
  EventRing *ring = recorder_get_ring (control->vm->recorder, scheduler);
  guint64    head = atomic_load_explicit (&ring->head, memory_order_acquire);
  guint64    seen = control->ring_seen[scheduler];

  if (head == seen)
    return FALSE;
  /* only what the ring still holds; looks are close enough together for that */
  if (head - seen > ring->mask)
    seen = head - ring->mask;
  for (; seen < head; seen++)
    {
      const VmEvent *event = &ring->events[seen & ring->mask];

      if (event->kind == VM_EVENT_MORE)
        continue;
      if (control->mode == MODE_STEP || control->mode == MODE_SCAN)
        feed_step (control, event);
      else if (control->mode == MODE_UNTIL)
        condition_feed (&control->watch, event);
    }
  control->ring_seen[scheduler] = head;
  return TRUE;
}

/* A watch begins: what was before does not count. */
void
control_skip_events (Control *control)
{
  for (guint i = 0; i <= control->vm->options.n_schedulers; i++)
    control->ring_seen[i] = atomic_load_explicit (
      &recorder_get_ring (control->vm->recorder, i)->head, memory_order_acquire);
}

/* --- the hook ---------------------------------------------------------------- */

static gboolean
until_hook (Control *control, Process *p, const Cell *pc)
{
  gboolean happened = control_observe (control, p->run->scheduler);
  gboolean is_counted = p->id == control->counted_pid && pc == control->counted_pc;

  if (p->id == control->counted_pid)
    control->counted_pid = VM_PID_NONE;
  happened |= !is_counted && (control->watch_flags & WATCH_INSTRUCTIONS) != 0 &&
              condition_feed_instruction (&control->watch, pc);
  if (scheduler_set_get_break_time (control->vm->schedulers) <= process_now_ns (p->vm, p))
    return TRUE; /* whether it is true is asked when the machine stands */
  if ((control->watch_flags & WATCH_INSTRUCTIONS) != 0 &&
      (control->watch_flags & WATCH_LEVELS) != 0)
    happened = TRUE;
  return happened && condition_evaluate (&control->watch);
}

static bool
hook_live (Control *control, Process *p, const Cell *pc)
{
  gboolean stop = FALSE;

  if (scheduler_set_is_stopping (control->vm->schedulers))
    return TRUE;
  if (control->mode == MODE_UNTIL) /* the rest is looked at when all stand still */
    stop = (control->watch_flags & WATCH_INSTRUCTIONS) != 0 &&
           condition_feed_instruction (&control->watch, pc);
  else if (control->mode == MODE_STEP)
    {
      lock_take (&control->step_lock);
      control_observe (control, p->run->scheduler);
      stop = step_hook (control, p, pc);
      if (stop && !atomic_load (&control->reached))
        control->stop_pid = p->id;
      if (stop)
        atomic_store (&control->reached, TRUE);
      lock_drop (&control->step_lock);
    }
  return stop;
}

static gboolean
scan_hook (Control *control, Process *p, const Cell *pc)
{
  guint left = control->step.left;

  if (moment_is_reached (control))
    return TRUE;
  if (control->scan.grain == SCAN_TURNS)
    return FALSE;
  control_observe (control, p->run->scheduler);
  step_hook (control, p, pc);
  scan_note (control, left);
  return FALSE;
}

/* TRUE: the process is to stop here. */
static gboolean
hook_virtual (Control *control, Process *p, const Cell *pc)
{
  switch (control->mode)
    {
    case MODE_STEP:
      control_observe (control, p->run->scheduler);
      if (!step_hook (control, p, pc))
        return FALSE;
      atomic_store (&control->reached, TRUE);
      return TRUE;
    case MODE_UNTIL:
      return until_hook (control, p, pc);
    case MODE_MOMENT:
      return moment_is_reached (control);
    case MODE_SCAN:
      return scan_hook (control, p, pc);
    default:
      return FALSE;
    }
}

static gboolean
stops_virtual (Control *control, Process *p, const Cell *pc)
{
  guint64 turn = scheduler_set_get_turn (control->vm->schedulers);

  if (control->turn != turn)
    control->turn_instructions = 0;
  control->turn = turn;
  if (inputs_are_due_here (control))
    return TRUE; /* it is asked again when they came in */
  if (hook_virtual (control, p, pc))
    {
      control->counted_pid = control->stop_pid = p->id;
      control->counted_pc = pc;
      return TRUE;
    }
  control->turn_instructions++;
  return FALSE;
}

bool
control_hook (Process *p, const Cell *pc, gpointer data)
{
  Control *control = data;

  if (is_virtual (control) ? stops_virtual (control, p, pc) : hook_live (control, p, pc))
    return TRUE;
  atomic_fetch_add_explicit (&control->n_instructions, 1, memory_order_relaxed);
  return FALSE;
}

gboolean
control_needs_hook (Control *control)
{
  if (control->mode == MODE_STEP)
    return TRUE;
  if (is_virtual (control) && moment_needs_hook (control))
    return TRUE;
  if (control->mode != MODE_UNTIL)
    return FALSE;
  if (is_virtual (control))
    return (control->watch_flags & (WATCH_INSTRUCTIONS | WATCH_EVENTS)) != 0;
  return (control->watch_flags & WATCH_INSTRUCTIONS) != 0;
}
