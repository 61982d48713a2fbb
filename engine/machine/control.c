/* SPDX-License-Identifier: Apache-2.0 */

/* Commands become state when the driver attends: all schedulers stand still
 * then. Schedulers that end the machine leave a note (`ended`) and ask the
 * driver to attend. */
#include "config.h"

#include "engine/machine/control-private.h"

#include "engine/data/data.h"
#include "engine/machine/call.h"
#include "engine/proc/process-table.h"
#include "engine/term/term-order.h"
#include "engine/trace/console.h"
#include "engine/trace/recorder.h"
#include "engine/view/snapshot.h"

#include <time.h>

#define BOOT_TIMEOUT_US (60 * G_USEC_PER_SEC)

static void
input_text_free (gpointer text)
{
  if (text != NULL)
    g_bytes_unref (text);
}

Control *
control_new (VmMachine *vm)
{
  Control           *control = g_new0 (Control, 1);
  pthread_condattr_t attributes;

  control->vm = vm;
  control->step_control = (StepControl){ control_hook, control };
  lock_init (&control->lock);
  lock_init (&control->step_lock);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&control->cond, &attributes);
  pthread_condattr_destroy (&attributes);
  control->names = g_array_new (FALSE, TRUE, sizeof (NameRule));
  g_array_set_clear_func (control->names, name_rule_clear);
  control->inputs = inputs_new ();
  control->typed = g_ptr_array_new_with_free_func (input_text_free);
  control->ring_seen = g_new0 (guint64, vm->options.n_schedulers + 1);
  control->status.stop_pid = control->main_pid = control->stop_pid = VM_PID_NONE;
  control->counted_pid = VM_PID_NONE;
  return control;
}

static void
drop_watch (Control *control)
{
  if (control->watch.condition != NULL)
    condition_state_clear (&control->watch);
  g_clear_pointer (&control->condition, vm_condition_free);
  control->watch_flags = 0;
}

void
control_free (Control *control)
{
  if (control == NULL)
    return;
  drop_watch (control);
  vm_condition_free (control->command.condition);
  if (control->snapshot != NULL)
    vm_snapshot_unref (control->snapshot);
  control_clear_words (control);
  vm_binaries_unref (control->binaries);
  g_array_unref (control->names);
  vm_inputs_unref (control->inputs);
  g_ptr_array_unref (control->typed);
  scan_clear (&control->scan);
  g_free (control->ring_seen);
  g_free (control->result);
  g_free (control->failure);
  pthread_cond_destroy (&control->cond);
  lock_clear (&control->lock);
  lock_clear (&control->step_lock);
  g_free (control);
}

/* --- the driver -------------------------------------------------------------- */

static void
stop_locked (Control *control, VmStopReason reason, VmPid pid, guint scheduler)
{
  if (control->status.state == VM_STATE_RUNNING)
    control->status.state = VM_STATE_PAUSED;
  control->status.stop_reason = reason;
  control->status.stop_pid = pid;
  control->status.stop_scheduler = scheduler;
  /* here only what no slice's end has counted yet; see vm_machine_get_status() */
  control->status.n_reductions = scheduler_set_get_slice_reductions (control->vm->schedulers);
  control_get_moment (control, &control->status.moment);
  control->status.serial++;
  control->mode = MODE_RUN;
  pthread_cond_broadcast (&control->cond);
}

static void
take_end_locked (Control *control)
{
  if (!control->ended)
    return;
  control->ended = FALSE;
  control->status.state = control->end_state;
  stop_locked (control, VM_STOP_END, control->main_pid, 0);
  if (control->end_state == VM_STATE_FINISHED || control->end_state == VM_STATE_FAILED)
    recorder_drain (control->vm->recorder);
}

static void
take_command_locked (Control *control)
{
  Command command = control->command;
  VmState state = control->status.state;

  control->command = (Command){ .kind = COMMAND_NONE };
  pthread_cond_broadcast (
    &control->cond); /* who waits for a stop waits for the command to be taken */
  if (command.kind == COMMAND_NONE || (state != VM_STATE_RUNNING && state != VM_STATE_PAUSED))
    {
      vm_condition_free (command.condition);
      return;
    }
  if (command.kind == COMMAND_PAUSE)
    {
      if (state == VM_STATE_RUNNING)
        stop_locked (control, VM_STOP_USER, VM_PID_NONE, 0);
      return;
    }
  drop_watch (control);
  if (command.kind != COMMAND_UNTIL)
    control->counted_pid = VM_PID_NONE;
  scheduler_set_limit_time (control->vm->schedulers, G_MAXINT64);
  atomic_store (&control->reached, FALSE);
  control_skip_events (control);
  control->mode = MODE_RUN;
  if (command.kind == COMMAND_STEP)
    {
      control->mode = MODE_STEP;
      control_begin_step (control, &command);
    }
  else if (command.kind == COMMAND_UNTIL)
    {
      control->mode = MODE_UNTIL;
      control->condition = command.condition;
      condition_state_init (&control->watch, control->vm, control->condition);
      control->watch_flags = condition_get_watch (control->condition);
    }
  else if (command.kind == COMMAND_MOMENT || command.kind == COMMAND_SCAN)
    {
      control->mode = command.kind == COMMAND_MOMENT ? MODE_MOMENT : MODE_SCAN;
      control->target = command.moment;
      if (command.kind == COMMAND_SCAN)
        {
          control_begin_step (control, &command);
          scan_begin (control, &command);
        }
    }
  if (state != VM_STATE_RUNNING)
    control->status.serial++;
  control->status.state = VM_STATE_RUNNING;
}

/* While all stand still: is what was asked for reached? */
static void
check_goal_locked (Control *control, AttendEvent event, guint scheduler)
{
  if (control->status.state != VM_STATE_RUNNING)
    return;
  if (control->mode == MODE_UNTIL && condition_evaluate (&control->watch))
    stop_locked (control, VM_STOP_CONDITION, control->stop_pid, scheduler);
  else if (control->mode == MODE_STEP && atomic_load (&control->reached))
    stop_locked (control, VM_STOP_STEP, control->stop_pid, scheduler);
  else if ((control->mode == MODE_MOMENT || control->mode == MODE_SCAN) &&
           moment_is_reached (control))
    stop_locked (control, VM_STOP_MOMENT, control->stop_pid, scheduler);
  else if (event == ATTEND_IDLE)
    stop_locked (control, VM_STOP_IDLE, VM_PID_NONE, 0);
}

static void
serve_snapshot (Control *control)
{
  VmSnapshotRequest request;
  VmSnapshot       *snapshot, *old;
  guint64           serial;
  VmStatus          status;

  lock_take (&control->lock);
  if (!control->has_request)
    {
      lock_drop (&control->lock);
      return;
    }
  control->has_request = FALSE;
  request = control->request;
  serial = control->request_serial;
  lock_drop (&control->lock);

  vm_machine_get_status (control->vm, &status);
  snapshot = snapshot_make (control->vm, &request, &status, names_of);

  lock_take (&control->lock);
  old = control->snapshot;
  control->snapshot = snapshot;
  control->snapshot_serial = serial;
  pthread_cond_broadcast (&control->cond);
  lock_drop (&control->lock);
  if (old != NULL)
    vm_snapshot_unref (old);
}

/* The virtual driver has no other way to see a time than to stop at it. */
static void
set_time_limit (Control *control)
{
  SchedulerSet *set = control->vm->schedulers;

  scheduler_set_limit_time (
    set, control->mode == MODE_UNTIL
           ? condition_next_time (control->condition, scheduler_set_get_time (set))
           : G_MAXINT64);
}

/* Tells who reads the console that there is something. TRUE: it was told. */
static gboolean
deliver_input (VmMachine *vm)
{
  Term words[] = { (Term) 2 << 6, /* the header of a pair */
                   atom_from_string (vm->atoms, "beamlab_console"),
                   atom_from_string (vm->atoms, "input") };
  bool found = false;

  if (vm->user_pid != VM_PID_NONE && console_take_news (vm->console))
    process_send (vm, NULL, vm->user_pid, make_boxed (words), &found);
  return found;
}

static Verdict
attend (VmMachine *vm, AttendEvent event, guint scheduler)
{
  Control *control = vm->control;
  gboolean running, is_virtual = vm->options.clock == VM_CLOCK_VIRTUAL;

  inputs_take_typed (control);
  if (event == ATTEND_IDLE && inputs_are_due (control))
    event = ATTEND_ASKED;
  if (deliver_input (vm) && event == ATTEND_IDLE)
    event = ATTEND_ASKED;
  lock_take (&control->lock);
  take_end_locked (control);
  check_goal_locked (control, event, scheduler);
  take_command_locked (control);
  /* what is true already stops at once */
  if (control->mode == MODE_UNTIL || control->mode == MODE_MOMENT || control->mode == MODE_SCAN)
    check_goal_locked (control, ATTEND_ASKED, scheduler);
  running = control->status.state == VM_STATE_RUNNING;
  lock_drop (&control->lock);
  if (running)
    {
      inputs_deliver (control);
      deliver_input (vm);
    }
  serve_snapshot (control);
  control_serve_words (control);
  control_serve_binaries (control);
  if (!running)
    return VERDICT_REST;
  if (is_virtual)
    {
      set_time_limit (control);
      for (guint i = 1; i <= vm->options.n_schedulers; i++)
        interp_set_stepping (scheduler_set_get_context (vm->schedulers, i),
                             control_needs_hook (control) ? &control->step_control : NULL);
    }
  return VERDICT_RUN;
}

static gboolean
check (VmMachine *vm, guint scheduler)
{
  Control *control = vm->control;
  gboolean happened;

  if (inputs_are_due (control))
    return TRUE;
  if (control->mode == MODE_RUN)
    return FALSE;
  if (vm->options.clock != VM_CLOCK_VIRTUAL)
    {
      if (control->mode == MODE_STEP)
        return FALSE; /* the hooks see to it */
      return TRUE;    /* the driver evaluates when all stand still */
    }
  if (control->mode == MODE_MOMENT)
    return scheduler_set_get_turn (vm->schedulers) >= control->target.turn;
  happened = control_observe (control, 0);
  if (scheduler != 0)
    happened |= control_observe (control, scheduler);
  if (control->mode == MODE_SCAN)
    {
      if (control->scan.grain == SCAN_STEPS)
        scan_note (control, G_MAXUINT);
      else
        scan_note_turn (control, scheduler);
      return scheduler_set_get_turn (vm->schedulers) >= control->target.turn;
    }
  if (control->mode == MODE_STEP)
    {
      /* a collection, slice or message outside of any instruction */
      if (control->step.left > 0 || control->step.unit == VM_STEP_INSTRUCTION ||
          control->step.unit == VM_STEP_LINE || control->step.unit == VM_STEP_REDUCTION)
        return FALSE;
      control->stop_pid = VM_PID_NONE;
      atomic_store (&control->reached, TRUE);
      return TRUE;
    }
  if (!happened || !condition_evaluate (&control->watch))
    return FALSE;
  control->stop_pid = VM_PID_NONE;
  return TRUE;
}

/* Live clock: the reader sees every event, kept or not. */
static void
tap (const VmEvent *event, gpointer data)
{
  Control *control = data;

  if (control->mode == MODE_UNTIL && control->watch.condition != NULL)
    condition_feed (&control->watch, event);
}

static void
interrupt (RunContext *context)
{
  interp_set_stepping (context, &context->vm->control->step_control);
}

static void
release (RunContext *context)
{
  Control *control = context->vm->control;

  interp_set_stepping (context, control_needs_hook (control) ? &control->step_control : NULL);
}

static guint64
get_mfa (Process *p)
{
  Module             *module = NULL;
  const FunctionInfo *function = interp_current_function (p, &module);

  if (function == NULL || module == NULL)
    return EVENT_MFA (atom_index (p->initial_module), atom_index (p->initial_function),
                      p->initial_arity);
  return EVENT_MFA (atom_index (module->name), atom_index (function->name), function->arity);
}

void
control_fill_ops (VmMachine *vm, SchedulerOps *ops)
{
  *ops = (SchedulerOps){
    .run = interp_run,
    .enter = interp_enter,
    .start_code = interp_start_code (),
    .get_mfa = get_mfa,
    .interrupt = interrupt,
    .release = release,
    .attend = attend,
    .check = check,
    .spawned = names_spawned,
  };
  if (vm->options.clock == VM_CLOCK_LIVE)
    recorder_set_tap (vm->recorder, tap, vm->control);
}

/* --- ends: called on schedulers ------------------------------------------------ */

/* Takes @text. The first end is the one that counts. */
static void
end (VmMachine *vm, VmState state, int exit_status, char *text)
{
  Control *control = vm->control;

  lock_take (&control->lock);
  if (control->ended || control->status.state == VM_STATE_FINISHED ||
      control->status.state == VM_STATE_FAILED || control->status.state == VM_STATE_LIMIT)
    g_free (text);
  else
    {
      control->ended = TRUE;
      control->end_state = state;
      control->exit_status = exit_status;
      if (state != VM_STATE_PAUSED)
        {
          g_free (state == VM_STATE_FINISHED ? control->result : control->failure);
          *(state == VM_STATE_FINISHED ? &control->result : &control->failure) = text;
        }
    }
  lock_drop (&control->lock);
  scheduler_set_request (vm->schedulers);
}

void
control_hook_halt (VmMachine *vm, int status, const char *message)
{
  end (vm, message != NULL ? VM_STATE_FAILED : VM_STATE_FINISHED, status, g_strdup (message));
}

void
control_hook_booted (VmMachine *vm)
{
  end (vm, VM_STATE_PAUSED, 0, NULL);
}

/* Runs the boot's processes until they are ready. Machine time begins then. */
gboolean
control_run_boot (VmMachine *vm, GError **error)
{
  Control *control = vm->control;

  recorder_set_booting (vm->recorder, TRUE);
  scheduler_set_boot (vm->schedulers);
  vm_machine_resume (vm);
  if (!vm_machine_wait_stopped (vm, BOOT_TIMEOUT_US) || !g_atomic_int_get (&vm->is_booted))
    {
      g_autofree char *failure = vm_machine_dup_failure (vm);
      g_autoptr (GBytes) output = vm_machine_dup_output (vm, 0);

      g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                   "the system processes could not be started with the OTP of %s: %s%.*s",
                   vm->otp_root, failure != NULL ? failure : "", (int) g_bytes_get_size (output),
                   (const char *) g_bytes_get_data (output, NULL));
      return FALSE;
    }
  recorder_set_booting (vm->recorder, FALSE);
  scheduler_set_begin (vm->schedulers);
  process_table_tell_heaps (vm);
  lock_take (&control->lock);
  control->status.stop_reason = VM_STOP_NONE;
  control->status.stop_pid = VM_PID_NONE;
  control->status.serial = 0;
  lock_drop (&control->lock);
  return TRUE;
}

/* As the shell words it, by OTP's own erl_error; by our own means where that fails. */
static char *
describe_failure (VmMachine *vm, Process *process)
{
  static const char *const classes[] = {
    [EXC_ERROR] = "error", [EXC_EXIT] = "exit", [EXC_THROW] = "throw"
  };
  Term  args[3];
  gsize len;
  char *text;

  if (process->uncaught_class == EXC_NONE) /* an exit signal */
    return failure_format (vm, process->exit_reason);
  args[0] = atom_from_string (vm->atoms, classes[process->uncaught_class]);
  args[1] = process->uncaught_reason;
  args[2] = process->uncaught_trace;
  text = machine_call_binary (vm, "beamlab_boot", "format_exception", args, 3, &len);
  return text != NULL ? text : failure_format (vm, process->exit_reason);
}

void
control_hook_main_exited (VmMachine *vm, Process *process, gboolean normal)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!normal)
    {
      end (vm, VM_STATE_FAILED, 1, describe_failure (vm, process));
      return;
    }
  term_print (vm, text, process->result, 0);
  end (vm, VM_STATE_FINISHED, 0, g_strdup (text->str));
}

void
control_hook_limit (VmMachine *vm, const char *message)
{
  end (vm, VM_STATE_LIMIT, 3, g_strdup (message));
}

/* --- vm-control.h -------------------------------------------------------------- */

static void
command (VmMachine *vm, Command new_command)
{
  Control *control = vm->control;

  lock_take (&control->lock);
  vm_condition_free (control->command.condition);
  control->command = new_command;
  lock_drop (&control->lock);
  scheduler_set_request (vm->schedulers);
}

void
vm_machine_resume (VmMachine *vm)
{
  command (vm, (Command){ .kind = COMMAND_RESUME });
}

void
vm_machine_pause (VmMachine *vm)
{
  command (vm, (Command){ .kind = COMMAND_PAUSE });
}

void
vm_machine_step (VmMachine *vm, VmStepUnit unit, VmPid pid, guint count)
{
  command (vm, (Command){ .kind = COMMAND_STEP, .unit = unit, .pid = pid, .count = count });
}

void
vm_machine_run_to (VmMachine *vm, const VmMoment *moment)
{
  g_return_if_fail (vm->options.clock == VM_CLOCK_VIRTUAL);
  command (vm, (Command){ .kind = COMMAND_MOMENT, .moment = *moment });
}

void
control_scan (
  VmMachine *vm, ScanGrain grain, VmStepUnit unit, VmPid pid, guint count, const VmMoment *end)
{
  command (vm, (Command){ .kind = COMMAND_SCAN,
                          .grain = grain,
                          .unit = unit,
                          .pid = pid,
                          .count = count,
                          .moment = *end });
}

void
vm_machine_run_until (VmMachine *vm, const VmCondition *condition)
{
  g_return_if_fail (condition != NULL);
  command (vm, (Command){ .kind = COMMAND_UNTIL, .condition = vm_condition_copy (condition) });
}

void
vm_machine_set_speed (VmMachine *vm, double ns_per_second)
{
  scheduler_set_set_speed (vm->schedulers, MAX (0, ns_per_second));
}

void
vm_machine_get_status (VmMachine *vm, VmStatus *status)
{
  Control *control = vm->control;

  lock_take (&control->lock);
  *status = control->status;
  lock_drop (&control->lock);
  status->time_ns = scheduler_set_get_time (vm->schedulers);
  if (status->state == VM_STATE_RUNNING)
    status->n_reductions = 0;
  status->n_reductions += scheduler_set_get_reductions (vm->schedulers);
  status->n_instructions = atomic_load (&control->n_instructions);
  status->n_processes = process_table_get_count (vm);
  status->n_dropped = vm_recording_get_n_dropped (recorder_get_recording (vm->recorder));
}

/* Waits for `cond`; FALSE: @deadline_us passed. */
static gboolean
wait_locked (Control *control, gint64 deadline_us)
{
  struct timespec at = { deadline_us / G_USEC_PER_SEC, (deadline_us % G_USEC_PER_SEC) * 1000 };

  if (deadline_us == G_MAXINT64)
    return pthread_cond_wait (&control->cond, &control->lock.mutex) == 0;
  return pthread_cond_timedwait (&control->cond, &control->lock.mutex, &at) == 0;
}

gboolean
vm_machine_wait_stopped (VmMachine *vm, gint64 timeout_us)
{
  Control *control = vm->control;
  gint64   deadline = timeout_us < 0 ? G_MAXINT64 : g_get_monotonic_time () + timeout_us;
  gboolean stopped;

  lock_take (&control->lock);
  /* a command that the driver has not taken yet counts as running */
  while (!(stopped =
             control->status.state != VM_STATE_RUNNING && control->command.kind == COMMAND_NONE) &&
         wait_locked (control, deadline))
    ;
  lock_drop (&control->lock);
  return stopped;
}

gboolean
control_is_finished (VmMachine *vm)
{
  VmState state = vm->control->ended ? vm->control->end_state : vm->control->status.state;

  return state == VM_STATE_FINISHED || state == VM_STATE_FAILED;
}

void
control_set_main (VmMachine *vm, VmPid pid)
{
  lock_take (&vm->control->lock);
  vm->control->main_pid = pid;
  lock_drop (&vm->control->lock);
  names_set_main (vm, pid);
}

VmPid
control_get_main (VmMachine *vm)
{
  VmPid pid;

  lock_take (&vm->control->lock);
  pid = vm->control->main_pid;
  lock_drop (&vm->control->lock);
  return pid;
}

char *
vm_machine_dup_result (VmMachine *vm)
{
  char *text;

  lock_take (&vm->control->lock);
  text = g_strdup (vm->control->result);
  lock_drop (&vm->control->lock);
  return text;
}

char *
vm_machine_dup_failure (VmMachine *vm)
{
  char *text;

  lock_take (&vm->control->lock);
  text = g_strdup (vm->control->failure);
  lock_drop (&vm->control->lock);
  return text;
}

int
vm_machine_get_exit_status (VmMachine *vm)
{
  int status;

  lock_take (&vm->control->lock);
  status = vm->control->exit_status;
  lock_drop (&vm->control->lock);
  return status;
}

/* --- conditions and pictures of a machine ---------------------------------------- */

static void
feed_past (const VmEvent *event, gpointer data)
{
  condition_feed (data, event);
}

gboolean
vm_machine_holds (VmMachine *vm, const VmCondition *condition)
{
  VmRecording   *recording = recorder_get_recording (vm->recorder);
  ConditionState state;
  VmStatus       status;
  gboolean       holds;
  guint64        n;
  const VmEvent *event;

  vm_machine_get_status (vm, &status);
  if (status.state == VM_STATE_RUNNING)
    return FALSE;
  condition_state_init (&state, vm, condition);
  state.look_back = TRUE;
  if ((condition_get_watch (condition) & WATCH_EVENTS) != 0)
    {
      n = vm_recording_get_n_records (recording);
      for (guint64 i = 0; i < n; i += 1 + (guint64) event->n_more)
        {
          event = vm_recording_peek (recording, i);
          condition_feed (&state, event);
        }
      recorder_foreach_pending (vm->recorder, feed_past, &state);
    }
  holds = condition_evaluate (&state);
  condition_state_clear (&state);
  return holds;
}

gboolean
vm_machine_measure (VmMachine *vm, const VmQuantity *quantity, gint64 *value, GError **error)
{
  VmCondition    alone = { .root = quantity->root, .n_atoms = 1 };
  ConditionState state;
  VmStatus       status;
  gboolean       measured;

  vm_machine_get_status (vm, &status);
  if (status.state == VM_STATE_RUNNING)
    {
      g_set_error_literal (error, VM_ERROR, VM_ERROR_USAGE,
                           "the program is running: only what stands still is measured");
      return FALSE;
    }
  condition_state_init (&state, vm, &alone);
  state.look_back = TRUE;
  measured = condition_measure (&state, quantity, value, error);
  condition_state_clear (&state);
  return measured;
}

static guint64
request (VmMachine *vm, const VmSnapshotRequest *snapshot_request)
{
  Control *control = vm->control;
  guint64  serial;

  lock_take (&control->lock);
  control->request = *snapshot_request;
  control->has_request = TRUE;
  serial = ++control->request_serial;
  lock_drop (&control->lock);
  scheduler_set_request (vm->schedulers);
  return serial;
}

void
vm_machine_request_snapshot (VmMachine *vm, const VmSnapshotRequest *snapshot_request)
{
  request (vm, snapshot_request);
}

VmSnapshot *
vm_machine_take_snapshot (VmMachine *vm)
{
  VmSnapshot *snapshot;

  lock_take (&vm->control->lock);
  snapshot = g_steal_pointer (&vm->control->snapshot);
  lock_drop (&vm->control->lock);
  return snapshot;
}

VmSnapshot *
vm_machine_wait_snapshot (VmMachine *vm, const VmSnapshotRequest *snapshot_request)
{
  Control    *control = vm->control;
  guint64     serial = request (vm, snapshot_request);
  VmSnapshot *snapshot;

  lock_take (&control->lock);
  while (control->snapshot == NULL || control->snapshot_serial < serial)
    wait_locked (control, G_MAXINT64);
  snapshot = g_steal_pointer (&control->snapshot);
  lock_drop (&control->lock);
  return snapshot;
}
