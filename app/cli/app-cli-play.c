/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli-play.h"

#include "app/lab/app-lab-build.h"
#include "app/lab/app-lab-catalog.h"
#include "engine/vm-error.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void
app_cli_play_clear (AppCliPlay *play)
{
  g_clear_pointer (&play->snapshot, vm_snapshot_unref);
  g_clear_pointer (&play->recording, vm_recording_unref);
  g_clear_pointer (&play->vm, vm_machine_free);
  g_clear_pointer (&play->lab, app_lab_free);
}

VmPid
app_cli_play_find (VmRecording *recording, const char *name)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  char buffer[256], text[32];

  vm_recording_get_pids (recording, pids);
  for (guint i = 0; i < pids->len; i++)
    {
      VmPid pid = g_array_index (pids, VmPid, i);

      if (strcmp (vm_recording_format_process (recording, pid, buffer, sizeof buffer), name) == 0 ||
          strcmp (vm_pid_format (pid, text), name) == 0)
        return pid;
    }
  return VM_PID_NONE;
}

gboolean
app_cli_parse_time (const char *text, gint64 *t_ns)
{
  static const struct
  {
    const char *name;
    double      ns;
  } units[] = { { "ns", 1 }, { "us", 1e3 }, { "µs", 1e3 }, { "ms", 1e6 }, { "s", 1e9 } };
  char  *end;
  double value = g_ascii_strtod (text, &end);

  if (end == text || !isfinite (value) || value < 0)
    return FALSE;
  while (*end == ' ')
    end++;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (end, units[i].name) == 0 && value * units[i].ns < 9e18)
      {
        *t_ns = (gint64) llround (value * units[i].ns);
        return TRUE;
      }
  return FALSE;
}

/* --- knobs -------------------------------------------------------------------- */

static gboolean
refuse_knob (const char *knob, GError **error)
{
  g_set_error (error, VM_ERROR, VM_ERROR_USAGE,
               "'%s' is no knob: min_heap_words=N, fullsweep_after=N, min_bin_vheap_words=N, "
               "schedulers=N, or argI=N for the lab's argument I",
               knob);
  return FALSE;
}

static gboolean
turn_knob (AppLabSettings *settings, const char *knob, GError **error)
{
  static const struct
  {
    AppLabKnob knob;
    gint64     low, high;
  } knobs[] = {
    { APP_LAB_KNOB_MIN_HEAP_WORDS, 12, 100000000 },
    { APP_LAB_KNOB_FULLSWEEP_AFTER, 0, 65535 },
    { APP_LAB_KNOB_MIN_BIN_VHEAP_WORDS, 12, 1000000000 },
    { APP_LAB_KNOB_SCHEDULERS, 1, 1024 },
    { APP_LAB_KNOB_ARG, G_MININT64, G_MAXINT64 },
  };
  g_auto (GStrv) parts = g_strsplit (knob, "=", 2);
  gint64 value;

  if (parts[0] == NULL || parts[1] == NULL)
    return refuse_knob (knob, error);
  for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
    {
      const char   *name = app_lab_knob_get_name (knobs[i].knob);
      AppLabControl control = { .kind = APP_LAB_TUNE, .knob = knobs[i].knob, .arg = 1 };
      guint64       arg = 0;

      if (knobs[i].knob == APP_LAB_KNOB_ARG
            ? !g_str_has_prefix (parts[0], name) ||
                !g_ascii_string_to_unsigned (parts[0] + strlen (name), 10, 1,
                                             g_strv_length (settings->args), &arg, NULL)
            : strcmp (parts[0], name) != 0)
        continue;
      if (!g_ascii_string_to_signed (parts[1], 10, knobs[i].low, knobs[i].high, &value, error))
        {
          g_prefix_error (error, "%s: ", parts[0]);
          return FALSE;
        }
      control.arg = (guint) MAX (arg, 1);
      app_lab_settings_tune (settings, &control, value);
      return TRUE;
    }
  return refuse_knob (knob, error);
}

/* --- where to stop ------------------------------------------------------------ */

typedef struct
{
  gint64 t_ns;
  int    change;
} Change;

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *x = a, *y = b;

  if (x->t_ns != y->t_ns)
    return x->t_ns < y->t_ns ? -1 : 1;
  return x->change < y->change ? -1 : x->change > y->change;
}

/* Those that were there before the recording are not the program's. */
static gboolean
is_program (VmRecording *recording, VmPid pid, gint64 born_ns)
{
  guint64 n = vm_recording_get_n_records (recording);

  for (guint64 i = vm_recording_find_time (recording, born_ns); i < n;)
    {
      const VmEvent *event = vm_recording_peek (recording, i);

      if (event->t_ns > born_ns && event->kind != VM_EVENT_MORE)
        return TRUE;
      if (event->pid == pid && event->kind == VM_EVENT_HEAP)
        return FALSE;
      i += 1 + event->n_more;
    }
  return TRUE;
}

/* The end of the last stretch in which the most of the program's processes lived. */
static gint64
find_village (VmRecording *recording)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  int    alive = 0, most = 0;
  gint64 found_ns = G_MININT64, begin_ns = 0;

  vm_recording_get_pids (recording, pids);
  for (guint i = 0; i < pids->len; i++)
    {
      VmPid  pid = g_array_index (pids, VmPid, i);
      gint64 born_ns, ended_ns;

      if (!vm_recording_get_life (recording, pid, &born_ns, &ended_ns) ||
          !is_program (recording, pid, born_ns))
        continue;
      g_array_append_vals (changes, (&(Change[]){ { born_ns, 1 }, { ended_ns, -1 } }), 2);
    }
  g_array_sort (changes, compare_changes);
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);

      /* a little before it is over, for it may be over with this very instruction */
      if (change->change < 0 && alive >= most && alive > 0)
        {
          most = alive;
          found_ns = change->t_ns - MAX ((change->t_ns - begin_ns) / 16, 1);
        }
      alive += change->change;
      begin_ns = change->t_ns;
    }
  return found_ns;
}

static gint64
find_fullest (VmRecording *recording, VmPid pid)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  gint64  found_ns = G_MININT64;
  guint32 most = 1;

  vm_recording_get_heap_samples (recording, pid, 0, G_MAXINT64, samples);
  for (guint i = 0; i < samples->len; i++)
    {
      const VmHeapSample *sample = &g_array_index (samples, VmHeapSample, i);

      if (sample->n_messages < most)
        continue;
      most = sample->n_messages;
      found_ns = sample->t_ns;
    }
  return found_ns;
}

static gboolean
has_program (const VmSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->n_processes; i++)
    if (!snapshot->processes[i].is_system)
      return TRUE;
  return FALSE;
}

/* --- playing ------------------------------------------------------------------ */

static const char *
get_first_name (const AppCliPlay *play)
{
  const GPtrArray *names = play->lab->names;

  return names != NULL && names->len > 0 ? ((AppLabName *) names->pdata[0])->name : NULL;
}

/* The process to look at must be known before the snapshot that shows its inside is
 * taken; a named one is looked up in a first, small one. */
static void
take_snapshot (AppCliPlay *play, const char *process)
{
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;
  g_autoptr (VmSnapshot) first = vm_machine_wait_snapshot (play->vm, &request);
  const VmProcessInfo *info = NULL;
  const char          *name = process != NULL ? process : get_first_name (play);

  if (name != NULL)
    info = vm_snapshot_find_name (first, name);
  for (guint i = 0; info == NULL && process == NULL && i < first->n_processes; i++)
    if (!first->processes[i].is_system)
      info = &first->processes[i];
  request.focus = info != NULL ? info->pid : VM_PID_NONE;
  g_clear_pointer (&play->snapshot, vm_snapshot_unref);
  play->snapshot = vm_machine_wait_snapshot (play->vm, &request);
}

static void
run (AppCliPlay *play, const AppCliPlayRequest *request, const VmCondition *until)
{
  if (request->prepare != NULL)
    request->prepare (play->vm, play->lab, request->prepare_data);
  if (until != NULL)
    vm_machine_run_until (play->vm, until);
  else
    vm_machine_resume (play->vm);
  if (vm_machine_wait_stopped (play->vm, (gint64) play->lab->timeout_seconds * G_USEC_PER_SEC))
    return;
  vm_machine_pause (play->vm);
  vm_machine_wait_stopped (play->vm, -1);
  g_printerr ("beamlab render: stopped after %u s; the picture shows how far it came\n",
              play->lab->timeout_seconds);
}

static void
keep (AppCliPlay *play, const char *process)
{
  take_snapshot (play, process);
  g_clear_pointer (&play->recording, vm_recording_unref);
  play->recording = vm_machine_ref_recording (play->vm);
}

/* The same program again, to the moment that tells more than its end. Only under the
 * virtual clock is it the same. */
static void
play_again (AppCliPlay              *play,
            const AppLabSettings    *settings,
            const char              *beams,
            const AppCliPlayRequest *request)
{
  const char      *name = request->process != NULL ? request->process : get_first_name (play);
  VmPid            pid = name != NULL ? app_cli_play_find (play->recording, name) : VM_PID_NONE;
  gint64           t_ns = request->tell == APP_CLI_TELL_MAILBOX && pid != VM_PID_NONE
                            ? find_fullest (play->recording, pid)
                            : find_village (play->recording);
  g_autofree char *text = g_strdup_printf ("time >= %" G_GINT64_FORMAT "ns", t_ns);
  g_autoptr (VmCondition) until = t_ns > 0 ? vm_condition_parse (text, NULL) : NULL;
  VmMachine *again = NULL;

  if (until == NULL || settings->options.clock != VM_CLOCK_VIRTUAL)
    return;
  again = app_lab_machine_new (play->lab, settings, beams, -1, NULL);
  if (again == NULL)
    return;
  vm_machine_free (play->vm);
  play->vm = again;
  run (play, request, until);
  keep (play, request->process);
}

static AppLab *
load (const char *name, GError **error)
{
  g_autofree char *path = app_lab_catalog_find (name, error);
  g_autoptr (AppLabProblems) problems = app_lab_problems_new (name);
  AppLab          *lab = path != NULL ? app_lab_load (path, problems) : NULL;
  g_autofree char *mistakes = NULL;

  if (path == NULL || lab != NULL)
    return lab;
  mistakes = app_lab_problems_format (problems);
  g_set_error (error, VM_ERROR, VM_ERROR_FORMAT, "the lab has mistakes:\n%s",
               g_strchomp (mistakes));
  return NULL;
}

gboolean
app_cli_play_lab (AppCliPlay              *play,
                  const char              *name,
                  const AppCliPlayRequest *request,
                  GError                 **error)
{
  g_autoptr (AppLabSettings) settings = NULL;
  g_autofree char *beams = NULL;
  VmStatus         status;

  play->lab = load (name, error);
  if (play->lab == NULL)
    return FALSE;
  settings = app_lab_settings_new (play->lab);
  if (request->knob != NULL && !turn_knob (settings, request->knob, error))
    return FALSE;
  beams = app_lab_build (play->lab, APP_LAB_START, NULL, error);
  if (beams == NULL)
    return FALSE;
  play->vm = app_lab_machine_new (play->lab, settings, beams, -1, error);
  if (play->vm == NULL)
    return FALSE;
  run (play, request, request->until);
  vm_machine_get_status (play->vm, &status);
  if (request->until != NULL && status.stop_reason != VM_STOP_CONDITION)
    g_printerr ("beamlab render: '%s' did not become true; the picture shows the end\n",
                request->until_text);
  keep (play, request->process);
  if (request->until == NULL && request->tell != APP_CLI_TELL_END && !has_program (play->snapshot))
    play_again (play, settings, beams, request);
  return TRUE;
}
