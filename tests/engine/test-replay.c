/* SPDX-License-Identifier: Apache-2.0 */

/* A moment reached backward is the same as reached forward, to the word: programs of
 * tests/lang, stopped at random moments. The seed is printed; TEST_SEED sets it. */
#include "config.h"

#include "engine/vm-recording.h"
#include "engine/vm-replay.h"
#include "engine/vm.h"

#include <stdlib.h>
#include <string.h>

static GRand *dice;

typedef struct
{
  const char *module;
  guint       n_schedulers;
  guint64     seed;
} Program;

static const char *const modules[] = { "ring", "supervision_tree", "request_reply", "hash",
                                       "timers", "try_catch", "queues_and_sets", "append",
                                       "link_chain", "selective_receive", "tail_calls", "tables",
                                       "big_integers" };

static VmMachine *
build (gpointer data, GError **error)
{
  const Program    *p = data;
  const char *const path[] = { g_getenv ("LANG_BEAMS"), g_getenv ("TYPED_BEAMS"), NULL };
  VmOptions         options = VM_OPTIONS_INIT;
  g_autoptr (VmMachine) vm = NULL;

  options.code_path = path;
  options.n_schedulers = p->n_schedulers;
  options.seed = p->seed;
  vm = vm_machine_new (&options, error);
  if (vm == NULL || !vm_machine_spawn_main (vm, p->module, "start", NULL, error))
    return NULL;
  return g_steal_pointer (&vm);
}

static VmMachine *
build_or_die (const Program *p)
{
  g_autoptr (GError) error = NULL;
  VmMachine *vm = build ((gpointer) p, &error);

  g_assert_no_error (error);
  return vm;
}

/* --- what a machine looks like ----------------------------------------------- */

static void
add_text (GString *sum, const char *text)
{
  g_string_append (sum, text != NULL ? text : "-");
  g_string_append_c (sum, '\n');
}

static void
add_number (GString *sum, guint64 n)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, n);
  add_text (sum, text);
}

static void
add_values (GString *sum, const VmValue *values, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      add_text (sum, values[i].name);
      add_text (sum, values[i].text);
      add_number (sum, values[i].words);
    }
}

static void
add_info (GString *sum, const VmProcessInfo *info)
{
  const VmHeapSizes *heap = &info->heap;
  const guint64      numbers[] = { info->pid, info->line,
                                   info->state, info->scheduler,
                                   info->n_messages, info->n_links,
                                   info->n_reductions, info->n_minor,
                                   info->n_major, heap->young_block,
                                   heap->young_used, heap->high_water,
                                   heap->stack_used, heap->old_block,
                                   heap->old_used, heap->fragments,
                                   heap->vheap_used, heap->old_vheap_used,
                                   heap->memory_bytes, heap->offheap_bytes };

  add_text (sum, info->current);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (sum, numbers[i]);
}

static void
add_detail (GString *sum, const VmProcessDetail *detail)
{
  add_values (sum, detail->registers, detail->n_registers);
  add_values (sum, detail->dictionary, detail->n_dictionary);
  for (guint i = 0; i < detail->n_frames; i++)
    {
      add_text (sum, detail->frames[i].function);
      add_values (sum, detail->frames[i].slots, detail->frames[i].n_slots);
    }
  for (guint i = 0; i < detail->n_messages; i++)
    {
      add_text (sum, detail->messages[i].text);
      add_number (sum, detail->messages[i].words);
    }
}

static void
add_recording (GString *sum, VmMachine *vm)
{
  g_autoptr (VmRecording) recording = vm_machine_ref_recording (vm);
  guint64 n = vm_recording_get_n_records (recording);

  add_number (sum, n);
  for (guint64 i = 0; i < n; i++)
    {
      const VmEvent *event = vm_recording_peek (recording, i);

      add_number (sum, (guint64) event->t_ns);
      add_number (sum, event->kind);
      add_number (sum, event->pid);
    }
}

/* (transfer full) */
static char *
describe (VmMachine *vm)
{
  GString          *sum = g_string_new (NULL);
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;
  g_autoptr (VmSnapshot) snapshot = vm_machine_wait_snapshot (vm, &request);
  g_autoptr (GBytes) output = vm_machine_dup_output (vm, 0);

  add_number (sum, snapshot->status.state);
  add_number (sum, snapshot->status.n_reductions);
  add_number (sum, (guint64) snapshot->status.time_ns);
  for (guint i = 0; i < snapshot->n_processes; i++)
    {
      const VmProcessInfo *info = &snapshot->processes[i];
      g_autoptr (VmSnapshot) inside = NULL;

      add_info (sum, info);
      request.focus = info->pid;
      inside = vm_machine_wait_snapshot (vm, &request);
      if (inside->focus != NULL)
        add_detail (sum, inside->focus);
    }
  g_string_append_len (sum, g_bytes_get_data (output, NULL), (gssize) g_bytes_get_size (output));
  add_recording (sum, vm);
  return g_string_free (sum, FALSE);
}

/* --- moving ------------------------------------------------------------------- */

static VmStatus
stopped (VmMachine *vm)
{
  VmStatus status;

  g_assert_true (vm_machine_wait_stopped (vm, -1));
  vm_machine_get_status (vm, &status);
  return status;
}

/* Where two descriptions part is more telling than both in full. */
static void
assert_equal (const char *seen, const char *expected)
{
  g_auto (GStrv) seen_lines = g_strsplit (seen, "\n", -1);
  g_auto (GStrv) lines = g_strsplit (expected, "\n", -1);
  guint at = 0;

  while (lines[at] != NULL && g_strcmp0 (seen_lines[at], lines[at]) == 0)
    at++;
  if (lines[at] == NULL && seen_lines[at] == NULL)
    return;
  for (guint i = at > 25 ? at - 25 : 0; i < at; i++)
    g_test_message ("%s", lines[i]);
  g_error ("line %u: seen %s, expected %s", at, seen_lines[at], lines[at]);
}

static void
assert_same (const Program *p, const VmMoment *moment, const char *expected)
{
  const VmReplay replay = { build, (gpointer) p, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (VmMachine) vm = vm_replay_to (&replay, moment, NULL, &error);
  g_autofree char *seen = NULL;
  VmStatus         status;

  g_assert_no_error (error);
  status = stopped (vm);
  g_assert_cmpuint (status.moment.turn, ==, moment->turn);
  g_assert_cmpuint (status.moment.instruction, ==, moment->instruction);
  g_assert_cmpint (status.moment.t_ns, ==, moment->t_ns);
  seen = describe (vm);
  assert_equal (seen, expected);
}

static VmMoment
end_of (const Program *p)
{
  g_autoptr (VmMachine) vm = build_or_die (p);

  vm_machine_resume (vm);
  return stopped (vm).moment;
}

/* Forward in uneven ways, then back to each place. */
static void
check_program (const Program *p, guint n_moments)
{
  const VmMoment end = end_of (p);

  for (guint i = 0; i < n_moments; i++)
    {
      g_autoptr (VmMachine) vm = build_or_die (p);
      VmMoment         wanted = { .t_ns = 0 }, first, second;
      g_autofree char *at_first = NULL, *at_second = NULL;

      wanted.turn = end.turn == 0 ? 0 : (guint64) (g_rand_double (dice) * (double) end.turn);
      wanted.instruction = (guint64) g_rand_int_range (dice, 0, 300);
      vm_machine_run_to (vm, &wanted);
      first = stopped (vm).moment;
      at_first = describe (vm);
      if (g_rand_boolean (dice))
        vm_machine_step (vm, (VmStepUnit) g_rand_int_range (dice, 0, 6), VM_PID_NONE,
                         (guint) g_rand_int_range (dice, 1, 20));
      else
        {
          g_autofree char *text =
            g_strdup_printf ("time >= %" G_GINT64_FORMAT "ns",
                             first.t_ns + (gint64) g_rand_int_range (dice, 0, 100000));
          g_autoptr (VmCondition) condition = vm_condition_parse (text, NULL);

          vm_machine_run_until (vm, condition);
        }
      second = stopped (vm).moment;
      at_second = describe (vm);
      assert_same (p, &first, at_first);
      assert_same (p, &second, at_second);
    }
}

static void
test_moments (gconstpointer data)
{
  const char *module = data;

  for (guint n = 1; n <= 4; n += 3)
    {
      const Program p = { module, n, g_rand_int (dice) };

      check_program (&p, 1);
    }
}

/* --- the backward twins ------------------------------------------------------- */

static const char *const unit_names[] = { "instruction", "line", "reduction",
                                          "slice", "collection", "message" };

/* Forward by single steps, noting each stop; back again must visit the same. */
static void
test_twin (gconstpointer data)
{
  const VmStepUnit unit = (VmStepUnit) GPOINTER_TO_INT (data);
  const Program    p = { "request_reply", 1 + g_rand_int_range (dice, 0, 3), g_rand_int (dice) };
  const VmReplay   replay = { build, (gpointer) &p, NULL };
  g_autoptr (VmMachine) vm = build_or_die (&p);
  VmMoment         stops[6];
  g_autofree char *described[G_N_ELEMENTS (stops)] = { NULL };
  VmPid            pid = vm_machine_get_main_pid (vm);
  guint            n = 0;

  if (unit == VM_STEP_COLLECTION)
    pid = VM_PID_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      VmStatus status;

      vm_machine_step (vm, unit, pid, 1);
      status = stopped (vm);
      if (status.stop_reason != VM_STOP_STEP)
        break;
      stops[n] = status.moment;
      described[n++] = describe (vm);
    }
  if (unit != VM_STEP_COLLECTION)
    g_assert_cmpuint (n, >=, 3);
  for (guint i = n; i-- > 1;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (VmMachine) back =
        vm_replay_back (&replay, &stops[i], unit, pid, 1, NULL, &error);
      g_autofree char *seen = NULL;
      VmStatus         status;

      g_assert_no_error (error);
      status = stopped (back);
      g_assert_cmpint (vm_moment_compare (&status.moment, &stops[i]), <, 0);
      if (unit != VM_STEP_INSTRUCTION)
        {
          g_assert_cmpint (vm_moment_compare (&status.moment, &stops[i - 1]), ==, 0);
          seen = describe (back);
          assert_equal (seen, described[i - 1]);
        }
      /* and forward again */
      vm_machine_step (back, unit, pid, 1);
      status = stopped (back);
      g_assert_cmpint (vm_moment_compare (&status.moment, &stops[i]), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    g_clear_pointer (&described[i], g_free);
}

static void
test_to_the_beginning (void)
{
  const Program  p = { "ring", 2, 5 };
  const VmReplay replay = { build, (gpointer) &p, NULL };
  const VmMoment end = end_of (&p);
  g_autoptr (GError) error = NULL;
  g_autoptr (VmMachine) vm =
    vm_replay_back (&replay, &end, VM_STEP_SLICE, VM_PID_NONE, G_MAXUINT / 2, NULL, &error);
  VmStatus status;

  g_assert_no_error (error);
  status = stopped (vm);
  g_assert_cmpuint (status.moment.turn, ==, 0);
  g_assert_cmpuint (status.moment.instruction, ==, 0);
}

static void
test_cancelled (void)
{
  const Program  p = { "ring", 1, 1 };
  const VmReplay replay = { build, (gpointer) &p, NULL };
  const VmMoment end = end_of (&p);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (vm_replay_back (&replay, &end, VM_STEP_LINE, 0, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- typed text ---------------------------------------------------------------- */

static VmMoment
feed_at_rest (VmMachine *vm, const char *text)
{
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;

  vm_machine_feed_input (vm, text, -1);
  vm_snapshot_unref (vm_machine_wait_snapshot (vm, &request)); /* it was attended to */
  vm_machine_resume (vm);
  return stopped (vm).moment;
}

static void
test_input (void)
{
  const Program p = { "typed", 2, 3 };
  g_autoptr (VmMachine) vm = build_or_die (&p);
  g_autoptr (VmInputs) inputs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *at_second = NULL, *at_end = NULL, *result = NULL;
  VmMoment         second, end;

  vm_machine_resume (vm);
  g_assert_cmpint (stopped (vm).stop_reason, ==, VM_STOP_IDLE);
  second = feed_at_rest (vm, "one\n");
  at_second = describe (vm);
  end = feed_at_rest (vm, "two\n");
  at_end = describe (vm);
  result = vm_machine_dup_result (vm);
  g_assert_cmpstr (result, ==, "[[111,110,101,10],[116,119,111,10]]");
  inputs = vm_machine_dup_inputs (vm);
  for (guint i = 0; i < 2; i++)
    {
      const VmReplay   replay = { build, (gpointer) &p, inputs };
      const VmMoment  *moment = i == 0 ? &second : &end;
      g_autofree char *seen = NULL;
      g_autoptr (VmMachine) again = vm_replay_to (&replay, moment, NULL, &error);

      g_assert_no_error (error);
      seen = describe (again);
      assert_equal (seen, i == 0 ? at_second : at_end);
    }
}

int
main (int argc, char **argv)
{
  const char *given = g_getenv ("TEST_SEED");
  guint32     seed = given != NULL ? (guint32) strtoul (given, NULL, 10) : g_random_int ();
  int         status;

  g_test_init (&argc, &argv, NULL);
  g_test_message ("TEST_SEED=%u", seed);
  dice = g_rand_new_with_seed (seed);
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autofree char *path = g_strdup_printf ("/replay/moments/%s", modules[i]);

      g_test_add_data_func (path, modules[i], test_moments);
    }
  for (guint i = 0; i < G_N_ELEMENTS (unit_names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/replay/twin/%s", unit_names[i]);

      g_test_add_data_func (path, GINT_TO_POINTER (i), test_twin);
    }
  g_test_add_func ("/replay/to-the-beginning", test_to_the_beginning);
  g_test_add_func ("/replay/cancelled", test_cancelled);
  g_test_add_func ("/replay/input", test_input);
  status = g_test_run ();
  g_rand_free (dice);
  return status;
}
