/* SPDX-License-Identifier: Apache-2.0 */

/* An engine of cardboard for the tests of widgets alone: it takes every command,
 * keeps a clock, and hands out the made-up data of tests/ui/sample.c. Whatever a
 * test says about what programs do belongs to test-session.c and the real engine. */

#include "config.h"

#include "engine/vm-binaries.h"
#include "engine/vm-gc-walk.h"
#include "engine/vm-error.h"
#include "engine/vm-recording.h"
#include "engine/vm-words.h"
#include "engine/vm.h"
#include "tests/ui/sample.h"

#define TICK_NS 20000

struct _VmMachine
{
  VmStatus          status;
  VmSnapshotRequest request;
  gboolean          is_requested;
  VmRecording      *recording;
};

struct _VmRecording
{
  gatomicrefcount ref_count;
  SampleHistory   history;
  SampleLanes     lanes;
  gint64          end_ns;
};

/* A snapshot with the sample that owns its arrays. */
typedef struct
{
  VmSnapshot      snapshot;
  SampleVillage   village;
  VmProcessDetail detail;
} FakeSnapshot;

VmMachine *
vm_machine_new (const VmOptions *options, GError **error)
{
  VmMachine *vm = g_new0 (VmMachine, 1);

  vm->status.n_processes = 13;
  vm->status.stop_pid = VM_PID_NONE;
  vm->recording = g_new0 (VmRecording, 1);
  g_atomic_ref_count_init (&vm->recording->ref_count);
  sample_history_init (&vm->recording->history, 9);
  sample_lanes_init (&vm->recording->lanes, 2, 10, 380);
  return vm;
}

void
vm_machine_free (VmMachine *vm)
{
  vm_recording_unref (vm->recording);
  g_free (vm);
}

gboolean
vm_machine_spawn_main (
  VmMachine *vm, const char *module, const char *function, const char *const *args, GError **error)
{
  return TRUE;
}

VmPid
vm_machine_get_main_pid (VmMachine *vm)
{
  return 80;
}

gboolean
vm_machine_name_process (VmMachine *vm, const char *name, const char *rule, GError **error)
{
  return TRUE;
}

GBytes *
vm_machine_dup_output (VmMachine *vm, gsize from)
{
  const char *text = "Opening the bank\nledger: 128 letters waiting\n";
  gsize       len = vm->status.time_ns > 0 ? strlen (text) : 0;

  return g_bytes_new (text + MIN (from, len), len - MIN (from, len));
}

/* The cardboard program does what it is told: "limit", "fail" or "finish". */
void
vm_machine_feed_input (VmMachine *vm, const char *text, gssize len)
{
  if (g_str_has_prefix (text, "limit"))
    vm->status.state = VM_STATE_LIMIT;
  else if (g_str_has_prefix (text, "fail"))
    vm->status.state = VM_STATE_FAILED;
  else
    vm->status.state = VM_STATE_FINISHED;
  vm->status.stop_reason = VM_STOP_END;
  vm->status.serial++;
}

char *
vm_machine_dup_result (VmMachine *vm)
{
  return vm->status.state == VM_STATE_FINISHED ? g_strdup ("[normal,done]") : NULL;
}

char *
vm_machine_dup_failure (VmMachine *vm)
{
  if (vm->status.state == VM_STATE_LIMIT)
    return g_strdup ("262144 processes, in bank:crowd/1");
  return vm->status.state == VM_STATE_FAILED ? g_strdup ("exception error: badarg") : NULL;
}

int
vm_machine_get_exit_status (VmMachine *vm)
{
  return 0;
}

VmRecording *
vm_machine_ref_recording (VmMachine *vm)
{
  return vm_recording_ref (vm->recording);
}

const char *
vm_machine_get_otp_version (VmMachine *vm)
{
  return "25.2.3";
}

static void
stop (VmMachine *vm, VmStopReason reason)
{
  vm->status.state = VM_STATE_PAUSED;
  vm->status.stop_reason = reason;
  vm->status.serial++;
}

void
vm_machine_resume (VmMachine *vm)
{
  vm->status.state = VM_STATE_RUNNING;
  vm->status.serial++;
}

void
vm_machine_pause (VmMachine *vm)
{
  if (vm->status.state == VM_STATE_RUNNING)
    stop (vm, VM_STOP_USER);
}

void
vm_machine_step (VmMachine *vm, VmStepUnit unit, VmPid pid, guint count)
{
  vm->status.time_ns += TICK_NS;
  vm->status.n_reductions += count;
  vm->status.stop_pid = pid;
  stop (vm, VM_STOP_STEP);
}

void
vm_machine_run_until (VmMachine *vm, const VmCondition *condition)
{
  vm->status.time_ns += 60 * TICK_NS;
  stop (vm, VM_STOP_CONDITION);
}

void
vm_machine_set_speed (VmMachine *vm, double ns_per_second)
{
}

void
vm_machine_get_status (VmMachine *vm, VmStatus *status)
{
  if (vm->status.state == VM_STATE_RUNNING)
    {
      vm->status.time_ns += TICK_NS;
      vm->status.n_reductions += 17;
    }
  vm->recording->end_ns = vm->status.time_ns;
  *status = vm->status;
}

gboolean
vm_machine_wait_stopped (VmMachine *vm, gint64 timeout_us)
{
  g_assert_not_reached (); /* not for the window's thread */
}

VmSnapshot *
vm_machine_wait_snapshot (VmMachine *vm, const VmSnapshotRequest *request)
{
  g_assert_not_reached ();
}

gboolean
vm_machine_holds (VmMachine *vm, const VmCondition *condition)
{
  return vm->status.time_ns > 0;
}

gboolean
vm_machine_measure (VmMachine *vm, const VmQuantity *quantity, gint64 *value, GError **error)
{
  *value = 226;
  return TRUE;
}

void
vm_machine_request_snapshot (VmMachine *vm, const VmSnapshotRequest *request)
{
  vm->request = *request;
  vm->is_requested = TRUE;
}

static void
fill_detail (VmProcessDetail *detail, VmPid pid)
{
  static const VmValue       registers[] = { { "x0", "[7,8,9,10,11,12,13,14,15,16]", 20 },
                                             { "x1", "{account,alice,<0.83.0>}", 4 },
                                             { "x2", "<<\"2024-01-01T00:00:00Z\">>", 5 } };
  static const VmValue       slots[] = { { "y0", "[]", 0 }, { "y1", "#{alice => 100}", 5 } };
  static const VmFrame       frames[] = { { "bank:teller/1", "twice.erl", 41, 2, slots },
                                          { "proc_lib:init_p_do_apply/3", "proc_lib.erl", 240, 0,
                                            NULL } };
  static const VmInstruction code[] = { { 0, "allocate 2 live 1", 40, FALSE },
                                        { 3, "move x0 y1", 41, TRUE },
                                        { 6, "call bank:deposit/2", 41, FALSE } };

  if (pid == 83)
    *detail = *sample_get_mailbox ();
  detail->pid = pid;
  detail->is_alive = TRUE;
  detail->registers = registers;
  detail->n_registers = G_N_ELEMENTS (registers);
  detail->frames = frames;
  detail->n_frames = G_N_ELEMENTS (frames);
  detail->instructions = code;
  detail->n_instructions = G_N_ELEMENTS (code);
}

void
vm_machine_request_binaries (VmMachine *vm)
{
}

VmBinaries *
vm_machine_take_binaries (VmMachine *vm)
{
  return NULL;
}

VmBinaries *
vm_binaries_ref (VmBinaries *binaries)
{
  return binaries;
}

void
vm_binaries_unref (VmBinaries *binaries)
{
}

void
vm_machine_watch_collections (VmMachine *vm, const char *who, guint64 number)
{
}

VmGcWalk *
vm_machine_take_gc_walk (VmMachine *vm)
{
  return NULL;
}

VmSnapshot *
vm_machine_take_snapshot (VmMachine *vm)
{
  static const VmSchedulerInfo schedulers[] = { { .id = 1, .is_running = TRUE }, { .id = 2 } };
  FakeSnapshot                *fake;

  if (!vm->is_requested)
    return NULL;
  vm->is_requested = FALSE;
  fake = g_new0 (FakeSnapshot, 1);
  sample_village_init_bank (&fake->village);
  for (guint i = 0; i < fake->village.processes->len; i++)
    {
      VmProcessInfo *info = &g_array_index (fake->village.processes, VmProcessInfo, i);

      info->file = "twice.erl";
      info->line = 18 + i;
      if (info->pid == 80)
        sample_heap_sizes (&info->heap);
    }
  fake->snapshot = fake->village.snapshot;
  fake->snapshot.status = vm->status;
  fake->snapshot.schedulers = schedulers;
  fake->snapshot.n_schedulers = 2;
  g_atomic_ref_count_init (&fake->snapshot.ref_count);
  fill_detail (&fake->detail, vm->request.focus);
  fake->snapshot.focus = &fake->detail;
  return &fake->snapshot;
}

VmSnapshot *
vm_snapshot_ref (VmSnapshot *snapshot)
{
  g_atomic_ref_count_inc (&snapshot->ref_count);
  return snapshot;
}

void
vm_snapshot_unref (VmSnapshot *snapshot)
{
  if (!g_atomic_ref_count_dec (&snapshot->ref_count))
    return;
  sample_village_clear (&((FakeSnapshot *) snapshot)->village);
  g_free (snapshot);
}

const VmProcessInfo *
vm_snapshot_find (const VmSnapshot *snapshot, VmPid pid)
{
  for (guint i = 0; i < snapshot->n_processes; i++)
    if (snapshot->processes[i].pid == pid)
      return &snapshot->processes[i];
  return NULL;
}

const VmProcessInfo *
vm_snapshot_find_name (const VmSnapshot *snapshot, const char *name)
{
  for (guint i = 0; i < snapshot->n_processes; i++)
    if (g_strcmp0 (snapshot->processes[i].name, name) == 0)
      return &snapshot->processes[i];
  return NULL;
}

VmRecording *
vm_recording_ref (VmRecording *recording)
{
  g_atomic_ref_count_inc (&recording->ref_count);
  return recording;
}

void
vm_recording_unref (VmRecording *recording)
{
  if (!g_atomic_ref_count_dec (&recording->ref_count))
    return;
  sample_history_clear (&recording->history);
  sample_lanes_clear (&recording->lanes);
  g_free (recording);
}

guint64
vm_recording_get_n_records (VmRecording *recording)
{
  return 0;
}

const VmEvent *
vm_recording_peek (VmRecording *recording, guint64 index)
{
  g_assert_not_reached ();
}

guint64
vm_recording_find_time (VmRecording *recording, gint64 t_ns)
{
  return 0;
}

gint64
vm_recording_get_end_ns (VmRecording *recording)
{
  return recording->end_ns;
}

guint
vm_recording_get_n_schedulers (VmRecording *recording)
{
  return 2;
}

guint64
vm_recording_get_n_dropped (VmRecording *recording)
{
  return 0;
}

const char *
vm_recording_format_process (VmRecording *recording, VmPid pid, char *buffer, gsize size)
{
  return sample_get_name (pid, buffer, size, NULL);
}

void
vm_recording_get_slices (
  VmRecording *recording, guint scheduler, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *slices)
{
  const GArray *all = pid == 80 ? recording->history.slices : recording->lanes.slices;

  for (guint i = 0; i < all->len; i++)
    {
      VmSlice slice = g_array_index (all, VmSlice, i);

      if ((pid == VM_PID_NONE || slice.pid == pid) && slice.end_ns >= from_ns &&
          slice.begin_ns < MIN (to_ns, recording->end_ns))
        g_array_append_val (slices, slice);
    }
}

void
vm_recording_get_collections (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *collections)
{
  const GArray *own = recording->history.folds, *all = recording->lanes.collections;

  for (guint i = 0; i < (pid == 80 ? own : all)->len; i++)
    {
      VmCollection collection;

      if (pid == 80)
        {
          const VmCollectionFold *fold = &g_array_index (own, VmCollectionFold, i);

          collection = (VmCollection){ .begin_ns = fold->begin_ns,
                                       .end_ns = fold->end_ns,
                                       .pid = pid,
                                       .is_major = fold->n_major > 0,
                                       .reclaimed_words = fold->reclaimed_words };
        }
      else
        collection = g_array_index (all, VmCollection, i);
      collection.index = i + 1;
      if ((pid == VM_PID_NONE || collection.pid == pid) && collection.end_ns >= from_ns &&
          collection.begin_ns < MIN (to_ns, recording->end_ns))
        g_array_append_val (collections, collection);
    }
}

void
vm_recording_fold_collections (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, gint64 step_ns, GArray *folds)
{
  for (guint i = 0; pid == 80 && i < recording->history.folds->len; i++)
    {
      VmCollectionFold fold = g_array_index (recording->history.folds, VmCollectionFold, i);

      if (fold.end_ns >= from_ns && fold.begin_ns < MIN (to_ns, recording->end_ns))
        g_array_append_val (folds, fold);
    }
}

gboolean
vm_recording_get_heap_at (VmRecording *recording, VmPid pid, gint64 t_ns, VmHeapSample *sample)
{
  const GArray *all = recording->history.samples;
  guint         n = 0;

  while (n < all->len &&
         g_array_index (all, VmHeapSample, n).t_ns <= MIN (t_ns, recording->end_ns))
    n++;
  if (n > 0)
    *sample = g_array_index (all, VmHeapSample, n - 1);
  return n > 0;
}

gboolean
vm_recording_get_totals (VmRecording *recording, VmPid pid, gint64 t_ns, VmProcessTotals *totals)
{
  *totals = (VmProcessTotals){ 0 };
  for (guint i = 0; i < recording->history.folds->len; i++)
    {
      const VmCollectionFold *fold =
        &g_array_index (recording->history.folds, VmCollectionFold, i);

      if (fold->end_ns > t_ns)
        continue;
      totals->n_minor += fold->n_minor;
      totals->n_major += fold->n_major;
      totals->reclaimed_words += fold->reclaimed_words;
    }
  return TRUE;
}

gboolean
vm_recording_get_life (VmRecording *recording, VmPid pid, gint64 *born_ns, gint64 *ended_ns)
{
  *born_ns = g_array_index (recording->history.samples, VmHeapSample, 0).t_ns;
  *ended_ns = G_MAXINT64;
  return TRUE;
}

void
vm_recording_get_heap_samples (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *samples)
{
  for (guint i = 0; i < recording->history.samples->len; i++)
    {
      VmHeapSample sample = g_array_index (recording->history.samples, VmHeapSample, i);

      if (sample.t_ns < MIN (to_ns, recording->end_ns))
        g_array_append_val (samples, sample);
    }
}

void
vm_recording_get_sends (
  VmRecording *recording, gint64 from_ns, gint64 to_ns, guint max, GArray *sends)
{
}

void
vm_recording_get_pids (VmRecording *recording, GArray *pids)
{
}

VmRecording *
vm_recording_load (const char *path, GError **error)
{
  g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "cardboard");
  return NULL;
}

gboolean
vm_recording_save (VmRecording *recording, const char *path, GError **error)
{
  g_set_error (error, VM_ERROR, VM_ERROR_USAGE, "cardboard");
  return FALSE;
}

gboolean
vm_recording_write_json (VmRecording *recording, GOutputStream *stream, GError **error)
{
  g_set_error (error, VM_ERROR, VM_ERROR_USAGE, "cardboard");
  return FALSE;
}

void
vm_recording_sample_slices (VmRecording *recording,
                            guint        scheduler,
                            VmPid        pid,
                            gint64       from_ns,
                            gint64       to_ns,
                            gint64       step_ns,
                            GArray      *slices)
{
  vm_recording_get_slices (recording, scheduler, pid, from_ns, to_ns, slices);
}

void
vm_recording_sample_collections (VmRecording *recording,
                                 VmPid        pid,
                                 gint64       from_ns,
                                 gint64       to_ns,
                                 gint64       step_ns,
                                 GArray      *collections)
{
  vm_recording_get_collections (recording, pid, from_ns, to_ns, collections);
}

void
vm_recording_sample_heap (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, gint64 step_ns, GArray *samples)
{
  vm_recording_get_heap_samples (recording, pid, from_ns, to_ns, samples);
}

/* --- words: none --------------------------------------------------------------------- */

void
vm_machine_request_words (VmMachine *vm, const VmWordsRequest *request)
{
}

VmWords *
vm_machine_take_words (VmMachine *vm)
{
  return NULL;
}

VmWords *
vm_machine_wait_words (VmMachine *vm, const VmWordsRequest *request)
{
  return NULL;
}
