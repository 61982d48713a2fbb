/* SPDX-License-Identifier: Apache-2.0 */

/* Moments of a run under the virtual clock: where it stands, on to a given one,
 * which moments were a step's end, and what comes in from outside at which.
 *
 * A moment counts turns, and instructions within one. Turns are always counted;
 * instructions only where the hook runs. It is asked for in each turn in which the
 * machine may stop midway, from the turn's beginning on, so that the count is right
 * wherever it stops. */
#include "config.h"

#include "engine/machine/control-private.h"

#include "engine/trace/console.h"
#include "engine/vm-replay.h"

/* Of a scan by turns at least so many are kept: a step's end may lie in an earlier one. */
#define MIN_TURNS 64

typedef struct
{
  VmMoment moment;
  GBytes  *text; /* NULL: the end of input */
} Input;

struct _VmInputs
{
  gatomicrefcount ref_count;
  GArray         *items; /* Input, in their order */
};

void
control_get_moment (Control *control, VmMoment *moment)
{
  SchedulerSet *set = control->vm->schedulers;

  moment->turn = scheduler_set_get_turn (set);
  moment->instruction = scheduler_set_is_in_turn (set) && control->turn == moment->turn
                          ? control->turn_instructions + 1
                          : 0;
  moment->t_ns = scheduler_set_get_time (set);
}

/* Times are compared only between turns: within one they follow from the rest. */
static gboolean
is_at_or_after (Control *control, const VmMoment *target)
{
  VmMoment now;

  control_get_moment (control, &now);
  if (now.turn != target->turn)
    return now.turn > target->turn;
  return now.instruction >= target->instruction;
}

gboolean
moment_is_reached (Control *control)
{
  if (!is_at_or_after (control, &control->target))
    return FALSE;
  if (control->target.instruction == 0 &&
      scheduler_set_get_turn (control->vm->schedulers) == control->target.turn)
    scheduler_set_pass_time (control->vm->schedulers, control->target.t_ns);
  return TRUE;
}

static const Input *
next_input (Control *control)
{
  GArray *items = control->inputs->items;

  return control->n_fed < items->len ? &g_array_index (items, Input, control->n_fed) : NULL;
}

gboolean
moment_needs_hook (Control *control)
{
  guint64      turn = scheduler_set_get_turn (control->vm->schedulers);
  const Input *input;

  if (control->mode == MODE_SCAN && control->scan.grain == SCAN_STEPS)
    return TRUE;
  if ((control->mode == MODE_MOMENT || control->mode == MODE_SCAN) &&
      control->target.turn == turn && control->target.instruction > 0)
    return TRUE;
  input = next_input (control);
  return input != NULL && input->moment.turn == turn && input->moment.instruction > 0;
}

/* --- scanning ------------------------------------------------------------------ */

void
scan_begin (Control *control, const Command *command)
{
  Scan *scan = &control->scan;

  scan_clear (scan);
  scan->grain = command->grain;
  scan->size = MAX (command->count, command->grain == SCAN_TURNS ? MIN_TURNS : 1);
  scan->moments = g_array_new (FALSE, FALSE, sizeof (VmMoment));
  control->step.left = G_MAXUINT;
}

void
scan_clear (Scan *scan)
{
  g_clear_pointer (&scan->moments, g_array_unref);
  scan->size = 0;
  scan->n = 0;
}

static void
note (Scan *scan, const VmMoment *moment)
{
  if (scan->moments->len < scan->size)
    g_array_append_vals (scan->moments, moment, 1);
  else
    g_array_index (scan->moments, VmMoment, scan->n % scan->size) = *moment;
  scan->n++;
}

void
scan_note (Control *control, guint left)
{
  VmMoment now;

  if (control->step.left == left)
    return;
  control->step.left = G_MAXUINT;
  control_get_moment (control, &now);
  note (&control->scan, &now);
}

void
scan_note_turn (Control *control, guint scheduler)
{
  const StepState *step = &control->step;
  guint64          turn = scheduler_set_get_turn (control->vm->schedulers) - 1;
  gboolean         may = step->left != G_MAXUINT;
  SchedulerView    view;

  control->step.left = G_MAXUINT;
  if (step->unit == VM_STEP_INSTRUCTION || step->unit == VM_STEP_LINE ||
      step->unit == VM_STEP_REDUCTION)
    {
      VmPid pid = step->pid != VM_PID_NONE ? step->pid : step->base_pid;

      may |= pid == VM_PID_NONE; /* whoever runs may be followed */
      if (!may && scheduler != 0)
        {
          scheduler_set_view (control->vm->schedulers, scheduler, &view);
          may = view.current != NULL && view.current->id == pid;
        }
    }
  if (may)
    note (&control->scan, &(VmMoment){ .turn = turn });
}

/* --- what comes in --------------------------------------------------------------- */

static void
input_clear (gpointer data)
{
  Input *input = data;

  g_clear_pointer (&input->text, g_bytes_unref);
}

VmInputs *
inputs_new (void)
{
  VmInputs *inputs = g_new0 (VmInputs, 1);

  g_atomic_ref_count_init (&inputs->ref_count);
  inputs->items = g_array_new (FALSE, FALSE, sizeof (Input));
  g_array_set_clear_func (inputs->items, input_clear);
  return inputs;
}

VmInputs *
vm_inputs_ref (VmInputs *inputs)
{
  g_atomic_ref_count_inc (&inputs->ref_count);
  return inputs;
}

void
vm_inputs_unref (VmInputs *inputs)
{
  if (!g_atomic_ref_count_dec (&inputs->ref_count))
    return;
  g_array_unref (inputs->items);
  g_free (inputs);
}

static void
add (VmInputs *inputs, const VmMoment *moment, GBytes *text)
{
  Input input = { *moment, text != NULL ? g_bytes_ref (text) : NULL };

  g_array_append_val (inputs->items, input);
}

static VmInputs *
copy (VmInputs *inputs)
{
  VmInputs *own = inputs_new ();

  for (guint i = 0; i < inputs->items->len; i++)
    {
      const Input *input = &g_array_index (inputs->items, Input, i);

      add (own, &input->moment, input->text);
    }
  return own;
}

VmInputs *
vm_machine_dup_inputs (VmMachine *vm)
{
  VmInputs *inputs;

  lock_take (&vm->control->lock);
  inputs = copy (vm->control->inputs);
  lock_drop (&vm->control->lock);
  return inputs;
}

void
vm_machine_set_inputs (VmMachine *vm, VmInputs *inputs)
{
  lock_take (&vm->control->lock);
  vm_inputs_unref (vm->control->inputs);
  vm->control->inputs = copy (inputs);
  vm->control->n_fed = 0;
  lock_drop (&vm->control->lock);
}

void
control_feed (Control *control, GBytes *text)
{
  lock_take (&control->lock);
  g_ptr_array_add (control->typed, text != NULL ? g_bytes_ref (text) : NULL);
  lock_drop (&control->lock);
  scheduler_set_request (control->vm->schedulers);
}

gsize
control_get_n_typed (Control *control)
{
  gsize n = 0;

  lock_take (&control->lock);
  for (guint i = 0; i < control->typed->len; i++)
    if (control->typed->pdata[i] != NULL)
      n += g_bytes_get_size (control->typed->pdata[i]);
  lock_drop (&control->lock);
  return n;
}

/* From here on it is another run: what a replay had still to come does not come any more. */
void
inputs_take_typed (Control *control)
{
  gboolean any;
  VmMoment now;

  control_get_moment (control, &now);
  lock_take (&control->lock);
  any = control->typed->len > 0;
  if (any)
    g_array_set_size (control->inputs->items, control->n_fed);
  for (guint i = 0; i < control->typed->len; i++)
    add (control->inputs, &now, control->typed->pdata[i]);
  g_ptr_array_set_size (control->typed, 0);
  lock_drop (&control->lock);
  if (any)
    inputs_deliver (control);
}

void
inputs_deliver (Control *control)
{
  const Input *input;

  while ((input = next_input (control)) != NULL && is_at_or_after (control, &input->moment))
    {
      gsize         len = 0;
      gconstpointer text = input->text != NULL ? g_bytes_get_data (input->text, &len) : NULL;

      if (input->moment.instruction == 0)
        scheduler_set_pass_time (control->vm->schedulers, input->moment.t_ns);
      control->n_fed++;
      if (len > 0)
        console_feed (control->vm->console, text, len);
      else
        console_close_input (control->vm->console);
    }
}

gboolean
inputs_are_due (Control *control)
{
  const Input *input = next_input (control);

  return input != NULL && input->moment.turn <= scheduler_set_get_turn (control->vm->schedulers);
}

gboolean
inputs_are_due_here (Control *control)
{
  const Input *input = next_input (control);

  return input != NULL && is_at_or_after (control, &input->moment);
}
