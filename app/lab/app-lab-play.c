/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-player.h"
#include "engine/vm-snapshot.h"
#include <string.h>

/* The headless player: what the window does when every button is pressed in
 * order, with a wait after each. */

typedef struct
{
  const AppLab   *lab;
  const char     *beams;
  AppLabSettings *settings;
  VmMachine      *vm; /* (nullable): it could not be made again */
  GPtrArray      *verdicts;
} Play;

static void
verdict_free (gpointer data)
{
  AppLabVerdict *verdict = data;

  g_free (verdict->name);
  g_free (verdict->text);
  g_free (verdict);
}

static const char *
control_name (const AppLabControl *control)
{
  static const char *const names[] = {
    [APP_LAB_RUN_UNTIL] = "run until",
    [APP_LAB_STEP_BY] = "step",
    [APP_LAB_PREDICT] = "predict",
    [APP_LAB_TUNE] = "tune",
    [APP_LAB_OBSERVE] = "observe",
    [APP_LAB_CHECK] = "check",
    [APP_LAB_HINT] = "hint",
    [APP_LAB_RESTART] = "restart",
    [APP_LAB_TRY_GOAL] = "goal",
  };

  return names[control->kind];
}

/* @text: (transfer full) (nullable) */
static void
judge (
  Play *play, const AppLabStep *step, const AppLabControl *control, gboolean is_good, char *text)
{
  AppLabVerdict *verdict = g_new0 (AppLabVerdict, 1);
  GString       *name = g_string_new ("start");

  if (step != NULL)
    g_string_printf (name, "%s: %s", step->id, control_name (control));
  if (control != NULL && control->source != NULL)
    g_string_append_printf (name, " %s", control->source);
  verdict->step = step;
  verdict->control = control;
  verdict->is_good = is_good;
  verdict->name = g_string_free (name, FALSE);
  verdict->text = text;
  g_ptr_array_add (play->verdicts, verdict);
}

static gboolean
renew (Play *play, const AppLabStep *step, const AppLabControl *control)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&play->vm, vm_machine_free);
  play->vm = app_lab_machine_new (play->lab, play->settings, play->beams, -1, &error);
  if (play->vm == NULL)
    judge (play, step, control, FALSE, g_strdup (error->message));
  return play->vm != NULL;
}

static VmSnapshot *
look (VmMachine *vm)
{
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;

  return vm_machine_wait_snapshot (vm, &request);
}

/* A machine that does not stop in time is paused, so that the next control
 * finds it at rest; what it reached is judged as it is. */
static void
wait_stopped (VmMachine *vm, guint timeout_seconds)
{
  if (vm_machine_wait_stopped (vm, (gint64) timeout_seconds * G_USEC_PER_SEC))
    return;
  vm_machine_pause (vm);
  vm_machine_wait_stopped (vm, -1);
}

static void
play_control (Play *play, const AppLabStep *step, const AppLabControl *control)
{
  g_autoptr (GError) error = NULL;
  AppLabOutcome outcome;

  if (app_lab_control_restarts (control))
    {
      if (control->kind == APP_LAB_TUNE)
        app_lab_settings_tune (play->settings, control, control->proposed);
      else
        {
          app_lab_settings_free (play->settings);
          play->settings = app_lab_settings_new (play->lab);
        }
      renew (play, step, control);
      return;
    }
  if (play->vm == NULL)
    return;
  if (app_lab_control_moves (control))
    {
      g_autoptr (VmSnapshot) before = look (play->vm);

      if (!app_lab_control_start (control, play->vm, before, &error))
        {
          judge (play, step, control, FALSE, g_strdup (error->message));
          return;
        }
      wait_stopped (play->vm, play->lab->timeout_seconds);
    }
  {
    g_autoptr (VmSnapshot) after = look (play->vm);

    app_lab_control_finish (control, play->vm, after, &outcome);
    judge (play, step, control, outcome.is_good, g_steal_pointer (&outcome.text));
    app_lab_outcome_clear (&outcome);
  }
}

static void
play_step (Play *play, const AppLabStep *step)
{
  for (guint i = 0; i < step->controls->len; i++)
    {
      const AppLabControl *control = step->controls->pdata[i];

      if (control->kind != APP_LAB_PREDICT && control->kind != APP_LAB_HINT &&
          control->kind != APP_LAB_TRY_GOAL)
        play_control (play, step, control);
    }
  for (guint i = 0; i < step->controls->len; i++)
    {
      const AppLabControl *control = step->controls->pdata[i];

      if (control->kind == APP_LAB_PREDICT)
        play_control (play, step, control);
    }
}

GPtrArray *
app_lab_play (const AppLab *lab, const char *beams)
{
  Play play = { lab, beams, app_lab_settings_new (lab), NULL, NULL };

  play.verdicts = g_ptr_array_new_with_free_func (verdict_free);
  if (renew (&play, NULL, NULL))
    {
      judge (&play, NULL, NULL, TRUE, NULL);
      for (guint i = 0; i < lab->steps->len; i++)
        play_step (&play, lab->steps->pdata[i]);
    }
  g_clear_pointer (&play.vm, vm_machine_free);
  app_lab_settings_free (play.settings);
  return play.verdicts;
}

/* Runs a fresh machine until @condition, or to its end. (transfer full) (nullable) */
static VmMachine *
run_fresh (const AppLab *lab, const char *beams, const VmCondition *condition, char **why)
{
  g_autoptr (AppLabSettings) settings = app_lab_settings_new (lab);
  g_autoptr (GError) error = NULL;
  VmMachine *vm = app_lab_machine_new (lab, settings, beams, -1, &error);

  if (vm == NULL)
    {
      *why = g_strdup (error->message);
      return NULL;
    }
  if (condition != NULL)
    vm_machine_run_until (vm, condition);
  else
    vm_machine_resume (vm);
  wait_stopped (vm, lab->timeout_seconds);
  return vm;
}

static gboolean
stops_at (
  const AppLab *lab, const char *beams, const VmCondition *condition, gboolean *stops, char **why)
{
  g_autoptr (VmMachine) vm = run_fresh (lab, beams, condition, why);
  VmStatus status;

  if (vm == NULL)
    return FALSE;
  vm_machine_get_status (vm, &status);
  *stops = status.stop_reason == VM_STOP_CONDITION;
  return TRUE;
}

static gboolean
meets_end (const AppLab *lab, const char *beams, char **why)
{
  const AppLabGoal *goal = &lab->goal;
  g_autoptr (VmMachine) vm = run_fresh (lab, beams, NULL, why);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *result = NULL;
  g_autofree char *output = NULL;

  if (vm == NULL)
    return FALSE;
  result = vm_machine_dup_result (vm);
  bytes = vm_machine_dup_output (vm, 0);
  output = g_strndup (g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "",
                      g_bytes_get_size (bytes));
  if (goal->result != NULL && g_strcmp0 (goal->result, result) != 0)
    {
      g_autofree char *failure = result == NULL ? vm_machine_dup_failure (vm) : NULL;

      *why = g_strdup_printf ("the result is %s, not %s",
                              result != NULL    ? result
                              : failure != NULL ? failure
                                                : "none",
                              goal->result);
      return FALSE;
    }
  if (goal->output != NULL && strcmp (goal->output, output) != 0)
    {
      *why = g_strdup_printf ("the output is\n%s\nnot\n%s", output, goal->output);
      return FALSE;
    }
  return TRUE;
}

gboolean
app_lab_meets_goal (const AppLab *lab, const char *beams, char **why)
{
  const AppLabGoal *goal = &lab->goal;
  gboolean          stops;

  *why = NULL;
  if (goal->reach != NULL)
    {
      if (!stops_at (lab, beams, goal->reach, &stops, why))
        return FALSE;
      if (!stops)
        {
          *why = g_strdup_printf ("'%s' never becomes true", goal->reach_text);
          return FALSE;
        }
    }
  if (goal->never != NULL)
    {
      if (!stops_at (lab, beams, goal->never, &stops, why))
        return FALSE;
      if (stops)
        {
          *why = g_strdup_printf ("'%s' becomes true", goal->never_text);
          return FALSE;
        }
    }
  return (goal->result == NULL && goal->output == NULL) || meets_end (lab, beams, why);
}
