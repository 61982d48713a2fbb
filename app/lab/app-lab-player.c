/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-player.h"
#include "engine/vm-error.h"
#include "engine/vm-snapshot.h"
#include <string.h>

AppLabSettings *
app_lab_settings_new (const AppLab *lab)
{
  AppLabSettings *settings = g_new0 (AppLabSettings, 1);

  settings->options = lab->options;
  settings->args = g_strdupv (lab->args);
  return settings;
}

void
app_lab_settings_free (AppLabSettings *settings)
{
  g_strfreev (settings->args);
  g_free (settings);
}

void
app_lab_settings_tune (AppLabSettings *settings, const AppLabControl *control, gint64 value)
{
  switch (control->knob)
    {
    case APP_LAB_KNOB_MIN_HEAP_WORDS:
      settings->options.min_heap_words = value;
      return;
    case APP_LAB_KNOB_FULLSWEEP_AFTER:
      settings->options.fullsweep_after = value;
      return;
    case APP_LAB_KNOB_MIN_BIN_VHEAP_WORDS:
      settings->options.min_bin_vheap_words = value;
      return;
    case APP_LAB_KNOB_SCHEDULERS:
      settings->options.n_schedulers = value;
      return;
    case APP_LAB_KNOB_ARG:
    default:
      g_free (settings->args[control->arg - 1]);
      settings->args[control->arg - 1] = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      return;
    }
}

VmMachine *
app_lab_machine_new (const AppLab         *lab,
                     const AppLabSettings *settings,
                     const char           *beams,
                     int                   output_fd,
                     GError              **error)
{
  const char *path[] = { beams, NULL };
  VmOptions   options = settings->options;
  g_autoptr (VmMachine) vm = NULL;

  options.code_path = path;
  options.output_fd = output_fd;
  options.keep_recording = TRUE;
  options.record_terms = TRUE;
  vm = vm_machine_new (&options, error);
  if (vm == NULL)
    return NULL;
  for (guint i = 0; i < lab->names->len; i++)
    {
      const AppLabName *name = lab->names->pdata[i];

      if (!vm_machine_name_process (vm, name->name, name->rule, error))
        return NULL;
    }
  if (!vm_machine_spawn_main (vm, lab->module, lab->function, (const char *const *) settings->args,
                              error))
    return NULL;
  return g_steal_pointer (&vm);
}

gboolean
app_lab_control_moves (const AppLabControl *control)
{
  return control->kind == APP_LAB_RUN_UNTIL || control->kind == APP_LAB_STEP_BY;
}

gboolean
app_lab_control_restarts (const AppLabControl *control)
{
  return control->kind == APP_LAB_RESTART || control->kind == APP_LAB_TUNE;
}

gboolean
app_lab_control_start (const AppLabControl *control,
                       VmMachine           *vm,
                       const VmSnapshot    *snapshot,
                       GError             **error)
{
  VmPid pid = VM_PID_NONE;

  if (control->kind == APP_LAB_RUN_UNTIL && control->condition != NULL)
    vm_machine_run_until (vm, control->condition);
  else if (control->kind == APP_LAB_RUN_UNTIL)
    vm_machine_resume (vm);
  else if (control->kind == APP_LAB_STEP_BY)
    {
      if (control->process != NULL)
        {
          const VmProcessInfo *info = vm_snapshot_find_name (snapshot, control->process);

          if (info == NULL)
            {
              g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                           "there is no process '%s' to step at this moment", control->process);
              return FALSE;
            }
          pid = info->pid;
        }
      vm_machine_step (vm, control->unit, pid, control->count);
    }
  return TRUE;
}

void
app_lab_outcome_clear (AppLabOutcome *outcome)
{
  g_clear_pointer (&outcome->text, g_free);
}

static char *
describe_stop (VmMachine *vm, const VmStatus *status)
{
  switch (status->state)
    {
    case VM_STATE_FINISHED:
      return g_strdup ("the program ended");
    case VM_STATE_FAILED:
    case VM_STATE_LIMIT:
      {
        char *failure = vm_machine_dup_failure (vm);

        return failure != NULL ? failure : g_strdup ("the program failed");
      }
    case VM_STATE_RUNNING:
      return g_strdup ("it was still running when the time was up");
    case VM_STATE_PAUSED:
    default:
      if (status->stop_reason == VM_STOP_IDLE)
        return g_strdup ("nothing can run any more: all processes wait, and no timer is set");
      return g_strdup ("it was stopped");
    }
}

static void
finish_run (const AppLabControl *control, VmMachine *vm, AppLabOutcome *outcome)
{
  VmStatus         status;
  g_autofree char *stop = NULL;

  vm_machine_get_status (vm, &status);
  if (control->kind == APP_LAB_STEP_BY)
    outcome->is_good = status.stop_reason == VM_STOP_STEP;
  else if (control->condition != NULL)
    outcome->is_good = status.stop_reason == VM_STOP_CONDITION;
  else
    outcome->is_good = status.state == VM_STATE_FINISHED;
  if (outcome->is_good)
    return;
  stop = describe_stop (vm, &status);
  if (control->kind == APP_LAB_STEP_BY)
    outcome->text = g_strdup_printf ("the step was not completed: %s", stop);
  else if (control->condition != NULL)
    outcome->text = g_strdup_printf ("'%s' did not become true: %s", control->source, stop);
  else
    outcome->text = g_strdup_printf ("the program did not come to its end: %s", stop);
}

static void
finish_check (const AppLabControl *control, VmMachine *vm, AppLabOutcome *outcome)
{
  outcome->is_good = vm_machine_holds (vm, control->condition);
  if (!outcome->is_good)
    outcome->text = g_strdup_printf ("'%s' does not hold", control->source);
}

/* The choice that is right: by its condition, or by the number. */
static void
find_choice (const AppLabControl *control, VmMachine *vm, AppLabOutcome *outcome)
{
  guint n_right = 0;

  for (guint i = 0; i < control->choices->len; i++)
    {
      const AppLabChoice *choice = control->choices->pdata[i];
      gboolean            is_right = choice->number == outcome->number;

      if (choice->condition != NULL)
        is_right = vm_machine_holds (vm, choice->condition);
      if (!is_right)
        continue;
      outcome->choice = i;
      n_right++;
    }
  if (n_right == 1)
    return;
  outcome->is_good = FALSE;
  outcome->choice = -1;
  g_free (outcome->text);
  if (outcome->has_number)
    outcome->text = g_strdup_printf ("the answer, %" G_GINT64_FORMAT ", is not one of the choices",
                                     outcome->number);
  else
    outcome->text =
      g_strdup_printf ("%u of the choices are right, not one%s", n_right,
                       n_right > 0 ? "" : " (a process that has ended has no heap and no mailbox)");
}

static void
finish_predict (const AppLabControl *control, VmMachine *vm, AppLabOutcome *outcome)
{
  g_autoptr (GError) error = NULL;

  outcome->is_good = TRUE;
  if (control->answer != NULL)
    {
      outcome->has_number =
        app_lab_value_evaluate (control->answer, vm, &outcome->number, &error);
      if (!outcome->has_number)
        {
          outcome->is_good = FALSE;
          outcome->text = g_strdup (error->message);
          return;
        }
      outcome->text = g_strdup_printf ("%" G_GINT64_FORMAT "%s%s", outcome->number,
                                       control->unit_name != NULL ? " " : "",
                                       control->unit_name != NULL ? control->unit_name : "");
    }
  if (control->choices != NULL)
    find_choice (control, vm, outcome);
}

static void
finish_observe (const AppLabControl *control,
                VmMachine           *vm,
                const VmSnapshot    *snapshot,
                AppLabOutcome       *outcome)
{
  g_autoptr (GError) error = NULL;
  gint64 words;

  outcome->is_good =
    control->process == NULL || vm_snapshot_find_name (snapshot, control->process) != NULL;
  if (!outcome->is_good)
    outcome->text = g_strdup_printf ("there is no process '%s' at this moment: look at it behind a "
                                     "run_until that lets it begin",
                                     control->process);
  else if (control->answer != NULL && !app_lab_value_evaluate (control->answer, vm, &words, &error))
    {
      outcome->is_good = FALSE;
      outcome->text = g_strdup (error->message);
    }
}

void
app_lab_control_finish (const AppLabControl *control,
                        VmMachine           *vm,
                        const VmSnapshot    *snapshot,
                        AppLabOutcome       *outcome)
{
  *outcome = (AppLabOutcome){ .choice = -1 };
  switch (control->kind)
    {
    case APP_LAB_RUN_UNTIL:
    case APP_LAB_STEP_BY:
      finish_run (control, vm, outcome);
      return;
    case APP_LAB_CHECK:
      finish_check (control, vm, outcome);
      return;
    case APP_LAB_PREDICT:
      finish_predict (control, vm, outcome);
      return;
    case APP_LAB_OBSERVE:
      finish_observe (control, vm, snapshot, outcome);
      return;
    case APP_LAB_TUNE:
    case APP_LAB_HINT:
    case APP_LAB_RESTART:
    case APP_LAB_TRY_GOAL:
    default:
      outcome->is_good = TRUE;
      return;
    }
}
