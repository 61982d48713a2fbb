/* SPDX-License-Identifier: Apache-2.0 */

/* Who holds which bytes, and what a send costs: what is told of a program, against
 * what the program does. */
#include "config.h"

#include "engine/vm-binaries.h"
#include "engine/vm-recording.h"
#include "engine/vm-words.h"
#include "engine/vm.h"

#include <string.h>

static VmMachine *
start (const char *what, const char *until)
{
  const char *const path[] = { g_getenv ("SAMPLE_EBIN"), NULL };
  const char *const args[] = { what, NULL };
  VmOptions         options = VM_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (VmCondition) condition = vm_condition_parse (until, NULL);
  VmMachine *vm;

  options.code_path = path;
  options.record_terms = TRUE;
  vm = vm_machine_new (&options, &error);
  g_assert_no_error (error);
  vm_machine_spawn_main (vm, "binaries_sample", "start", args, &error);
  g_assert_no_error (error);
  vm_machine_run_until (vm, condition);
  g_assert_true (vm_machine_wait_stopped (vm, -1));
  return vm;
}

static const VmBinary *
find (const VmBinaries *binaries, guint64 bytes)
{
  for (guint i = 0; i < binaries->n_listed; i++)
    if (binaries->binaries[i].bytes == bytes)
      return &binaries->binaries[i];
  g_error ("no block of %" G_GUINT64_FORMAT " bytes", bytes);
}

static const VmHolder *
find_holder (const VmBinary *binary, const char *owner)
{
  for (guint i = 0; i < binary->n_listed; i++)
    if (strcmp (binary->holders[i].owner, owner) == 0)
      return &binary->holders[i];
  g_error ("%s holds nothing of it", owner);
}

static void
test_holders (void)
{
  g_autoptr (VmMachine) vm = start ("hold", "time >= 10ms");
  g_autoptr (VmBinaries) binaries = vm_machine_wait_binaries (vm);
  const VmBinary *binary;
  const VmHolder *holder;
  guint64         last = G_MAXUINT64, bytes = 0;

  g_assert_true (binaries->is_complete);
  for (guint i = 0; i < binaries->n_listed; i++)
    {
      g_assert_cmpuint (binaries->binaries[i].bytes, <=, last);
      last = binaries->binaries[i].bytes;
      bytes += last;
    }
  g_assert_cmpuint (bytes, ==, binaries->bytes);

  binary = find (binaries, 1000000);
  holder = find_holder (binary, "slicer");
  g_assert_cmpuint (binary->n_references, ==, 2);
  g_assert_cmpint (find_holder (binary, "main")->reach, ==, VM_REACH_GARBAGE);
  g_assert_cmpint (holder->reach, ==, VM_REACH_LIVE);
  g_assert_false (holder->is_whole);
  g_assert_cmpuint (holder->n_slices, ==, 2);
  g_assert_cmpuint (holder->bytes, ==, 200);
  g_assert_cmpstr (holder->root, ==, "dictionary slice");
  g_assert_cmpuint (binary->copy_frees, ==, 1000000 - 200);
  g_assert_cmpint (binary->freed_by, ==, VM_FREED_BY_NOTHING);

  binary = find (binaries, 3000);
  holder = find_holder (binary, "table");
  g_assert_cmpint (holder->place, ==, VM_HOLDER_TABLE);
  g_assert_cmpstr (holder->root, ==, "key key");
  g_assert_cmpuint (holder->bytes, ==, 3000);

  g_assert_cmpint (find_holder (find (binaries, 2500), "constant")->place, ==,
                   VM_HOLDER_PERSISTENT);

  /* one block, two processes: a slot of one, a message of the other */
  binary = find (binaries, 4000);
  g_assert_cmpuint (binary->n_references, ==, 2);
  g_assert_cmpuint (binary->n_elsewhere, ==, 0);
  g_assert_cmpstr (find_holder (binary, "keeper")->root, ==, "message 1");
  g_assert_true (g_str_has_prefix (find_holder (binary, "main")->root, "y"));
  g_assert_cmpuint (binary->copy_frees, ==, 0);

  /* garbage of the old generation */
  binary = find (binaries, 5000);
  holder = find_holder (binary, "dropper");
  g_assert_cmpint (holder->reach, ==, VM_REACH_GARBAGE);
  g_assert_cmpint (binary->freed_by, ==,
                   holder->place == VM_HOLDER_OLD ? VM_FREED_BY_FULL : VM_FREED_BY_ANY);
  g_assert_cmpuint (binaries->bytes_garbage, >=, 5000);
}

/* Nothing is listed that nobody refers to. */
static void
test_references (void)
{
  g_autoptr (VmMachine) vm = start ("send", "time >= 1us");
  g_autoptr (VmBinaries) binaries = vm_machine_wait_binaries (vm);

  for (guint i = 0; i < binaries->n_listed; i++)
    g_assert_cmpuint (binaries->binaries[i].n_references, >, 0);
}

static VmPid
find_pid (VmMachine *vm, const char *name)
{
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;
  g_autoptr (VmSnapshot) snapshot = vm_machine_wait_snapshot (vm, &request);

  g_assert_nonnull (vm_snapshot_find_name (snapshot, name));
  return vm_snapshot_find_name (snapshot, name)->pid;
}

/* The second element of the dictionary's pair. */
static void
choose_term (VmMachine *vm, VmWordsRequest *request)
{
  g_autoptr (VmWords) words = vm_machine_wait_words (vm, request);
  const VmWordPage *page;

  for (guint i = 0; i < words->n_roots; i++)
    if (words->roots[i].kind == VM_ROOT_DICTIONARY && strcmp (words->roots[i].name, "term") == 0)
      {
        request->chosen_area = words->roots[i].area;
        request->chosen_offset = words->roots[i].offset;
      }
  g_assert_cmpint (request->chosen_area, !=, VM_AREA_NONE);
  page = vm_words_find_page (words, request->chosen_area);
  for (guint i = 0; i < page->n_words; i++)
    if (page->words[i].offset == request->chosen_offset + 2)
      {
        request->chosen_area = page->words[i].points_into;
        request->chosen_offset = page->words[i].points_to;
        return;
      }
  g_assert_not_reached ();
}

/* Words of the first message sent by @pid from record @from on. */
static guint64
find_sent_words (VmMachine *vm, VmPid pid, VmPid to)
{
  g_autoptr (VmRecording) recording = vm_machine_ref_recording (vm);

  for (guint64 i = 0; i < vm_recording_get_n_records (recording); i++)
    {
      const VmEvent *event = vm_recording_peek (recording, i);

      if (event->kind == VM_EVENT_SEND && event->pid == pid && (VmPid) event->a == to)
        return event->a >> 32;
    }
  g_assert_not_reached ();
}

static void
test_send (void)
{
  g_autoptr (VmMachine) vm = start ("send", "time >= 3ms");
  g_autoptr (VmWords) words = NULL;
  g_autoptr (VmSnapshot) before = NULL, after = NULL;
  g_autoptr (VmCondition) later = vm_condition_parse ("time >= 10ms", NULL);
  VmPid              sender = find_pid (vm, "sender"), sink = find_pid (vm, "sink");
  VmSnapshotRequest  snapshot = VM_SNAPSHOT_REQUEST_INIT;
  VmWordsRequest     request = { .pid = sender, .n_stretches = 3 };
  const VmSendCost  *cost;
  const VmHeapSizes *was, *is;
  guint64            grown;

  for (guint i = 0; i < 3; i++)
    request.stretches[i] = (VmWordStretch){ (VmArea) (VM_AREA_YOUNG + i), 0, G_MAXINT64, 0 };
  choose_term (vm, &request);
  words = vm_machine_wait_words (vm, &request);
  g_assert_true (words->chosen.is_known);
  cost = &words->chosen.send;
  g_assert_true (cost->is_known);
  g_assert_cmpuint (cost->lost_words, ==, cost->copied_words - cost->shared_words);
  g_assert_cmpuint (cost->lost_words, >, 40 * 39);
  g_assert_cmpuint (cost->literal_words, >, 0);
  g_assert_cmpuint (cost->n_binaries, ==, 1);
  g_assert_cmpuint (cost->binary_bytes, ==, 700);
  g_assert_cmpuint (cost->n_references, ==, 5);
  g_assert_cmpuint (cost->reductions, ==, 1 + cost->copied_words / 64);

  before = vm_machine_wait_snapshot (vm, &snapshot);
  vm_machine_run_until (vm, later);
  g_assert_true (vm_machine_wait_stopped (vm, -1));
  after = vm_machine_wait_snapshot (vm, &snapshot);
  g_assert_cmpuint (find_sent_words (vm, sender, sink), ==, cost->copied_words);
  /* where it was told to land */
  was = &vm_snapshot_find (before, sink)->heap;
  is = &vm_snapshot_find (after, sink)->heap;
  grown = is->young_used - was->young_used;
  if (grown == 0)
    g_assert_cmpuint (cost->n_on_heap, <, cost->n_on_heap + cost->n_in_fragment);
  else
    g_assert_cmpuint (grown, ==, cost->copied_words);
  g_assert_cmpuint (cost->n_on_heap + cost->n_in_fragment, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/binaries/holders", test_holders);
  g_test_add_func ("/binaries/references", test_references);
  g_test_add_func ("/binaries/send", test_send);
  return g_test_run ();
}
