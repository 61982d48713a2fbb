/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/trace/recorder.h"
#include "engine/trace/recording.h"
#include "engine/vm-error.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>

static const char *const atoms[] = { "?", "lists", "map", "-f/1-fun-0-", "Elixir.Foo" };

static const char *
atom_name_func (VmMachine *vm, guint64 index)
{
  return index < G_N_ELEMENTS (atoms) ? atoms[index] : NULL;
}

static Recorder *
make_recorder (guint n, gboolean is_virtual, gboolean keep)
{
  Recorder *recorder = recorder_new (NULL, n, is_virtual, keep);

  recorder_set_atom_names (recorder, atom_name_func);
  return recorder;
}

static void
slice (Recorder *recorder, guint scheduler, VmPid pid, gint64 begin, gint64 end, guint8 why)
{
  EventRing *ring = recorder_get_ring (recorder, scheduler);

  event_ring_emit (ring, begin, pid, VM_EVENT_IN, 0, EVENT_MFA (1, 2, 2), EVENT_PAIR (10, 3));
  event_ring_emit (ring, end, pid, VM_EVENT_OUT, why, EVENT_MFA (4, 3, 1), EVENT_PAIR (20, 5));
}

static void
test_merge (void)
{
  Recorder    *recorder = make_recorder (3, TRUE, TRUE);
  VmRecording *recording = recorder_get_recording (recorder);
  gint64       last = -1;

  for (gint64 t = 0; t < 9000; t++)
    event_ring_emit (recorder_get_ring (recorder, (guint) (t * 7 % 3) + 1), t, 5, VM_EVENT_TIMEOUT,
                     0, 0, 0);
  recorder_drain_until (recorder, 4000);
  g_assert_cmpuint (vm_recording_get_n_records (recording), ==, 4000);
  recorder_drain (recorder);
  g_assert_cmpuint (vm_recording_get_n_records (recording), ==, 9000);
  for (guint64 i = 0; i < 9000; i++)
    {
      const VmEvent *event = vm_recording_peek (recording, i);
      g_assert_cmpint (event->t_ns, ==, last + 1);
      last = event->t_ns;
    }
  for (gint64 t = -5; t < 9010; t += 3)
    g_assert_cmpuint (vm_recording_find_time (recording, t), ==, (guint64) CLAMP (t, 0, 9000));
  g_assert_cmpint (vm_recording_get_end_ns (recording), ==, 8999);
  recorder_free (recorder);
}

/* Under the virtual clock a full ring loses nothing. */
static void
test_full_ring (void)
{
  Recorder *recorder = make_recorder (1, TRUE, TRUE), *live = make_recorder (1, FALSE, TRUE);

  for (gint64 t = 0; t < 300000; t++)
    {
      event_ring_emit (recorder_get_ring (recorder, 1), t, 1, VM_EVENT_TIMEOUT, 0, 0, 0);
      event_ring_emit (recorder_get_ring (live, 1), t, 1, VM_EVENT_TIMEOUT, 0, 0, 0);
    }
  recorder_drain (recorder);
  recorder_drain (live);
  g_assert_cmpuint (vm_recording_get_n_records (recorder_get_recording (recorder)), ==, 300000);
  g_assert_cmpuint (vm_recording_get_n_dropped (recorder_get_recording (recorder)), ==, 0);
  g_assert_cmpuint (vm_recording_get_n_records (recorder_get_recording (live)) +
                      vm_recording_get_n_dropped (recorder_get_recording (live)),
                    ==, 300000);
  g_assert_cmpuint (vm_recording_get_n_dropped (recorder_get_recording (live)), >, 0);
  recorder_free (recorder);
  recorder_free (live);
}

static void
test_not_kept (void)
{
  Recorder *recorder = make_recorder (2, TRUE, FALSE);

  for (gint64 t = 0; t < 100000; t++)
    event_ring_emit (recorder_get_ring (recorder, 1), t, 1, VM_EVENT_TIMEOUT, 0, 0, 0);
  recorder_drain (recorder);
  g_assert_cmpuint (recorder_get_n_events (recorder), ==, 100000);
  g_assert_cmpuint (vm_recording_get_n_records (recorder_get_recording (recorder)), ==, 0);
  recorder_free (recorder);
}

static Recorder *
make_example (void)
{
  Recorder *recorder = make_recorder (2, TRUE, TRUE);
  guint64   keys[VM_N_GC_KEYS];

  for (guint i = 0; i < VM_N_GC_KEYS; i++)
    keys[i] = 100 + i;
  event_ring_emit (recorder_get_ring (recorder, 1), 1, 7, VM_EVENT_SPAWNED, 0, EVENT_PAIR (6, 233),
                   EVENT_MFA (1, 2, 2));
  slice (recorder, 1, 7, 10, 20, 0);
  event_ring_emit (recorder_get_ring (recorder, 2), 12, 8, VM_EVENT_MIGRATE, 0, EVENT_PAIR (1, 2),
                   0);
  slice (recorder, 2, 8, 15, 40, 1);
  event_ring_emit (recorder_get_ring (recorder, 1), 25, 7, VM_EVENT_REGISTER, 0,
                   recorder_intern (recorder, "sor\"ter"), 0);
  event_ring_emit (recorder_get_ring (recorder, 1), 26, 7, VM_EVENT_SEND, 0, EVENT_PAIR (8, 12), 0);
  event_ring_emit_gc (recorder_get_ring (recorder, 1), 30, 7, VM_EVENT_GC_MAJOR_START, keys, 0, 0);
  keys[VM_GC_WORDSIZE] = 55;
  keys[VM_GC_HEAP_SIZE] = G_GUINT64_CONSTANT (1) << 40;
  event_ring_emit_gc (recorder_get_ring (recorder, 1), 33, 7, VM_EVENT_GC_MAJOR_END, keys, 9, 0);
  event_ring_emit (recorder_get_ring (recorder, 1), 50, 9, VM_EVENT_IN, 0, 0, 0);
  recorder_drain (recorder);
  return recorder;
}

static void
check_example (VmRecording *recording)
{
  g_autoptr (GArray) slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));
  g_autoptr (GArray) collections = g_array_new (FALSE, FALSE, sizeof (VmCollection));
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  g_autoptr (GArray) sends = g_array_new (FALSE, FALSE, sizeof (VmSend));
  char          buffer[200];
  VmCollection *gc;

  vm_recording_get_slices (recording, 0, VM_PID_NONE, 0, 1000, slices);
  g_assert_cmpuint (slices->len, ==, 3);
  g_assert_cmpint (g_array_index (slices, VmSlice, 0).begin_ns, ==, 10);
  g_assert_false (g_array_index (slices, VmSlice, 0).is_stolen);
  g_assert_true (g_array_index (slices, VmSlice, 1).is_stolen);
  g_assert_cmpuint (g_array_index (slices, VmSlice, 1).end_reason, ==, 1);
  g_assert_cmpuint (g_array_index (slices, VmSlice, 1).scheduler, ==, 2);
  g_assert_cmpint (g_array_index (slices, VmSlice, 2).end_ns, ==, G_MAXINT64);
  g_assert_cmpuint (g_array_index (slices, VmSlice, 2).end_reason, ==, 255);
  g_array_set_size (slices, 0);
  vm_recording_get_slices (recording, 1, VM_PID_NONE, 21, 50, slices);
  g_assert_cmpuint (slices->len, ==, 0);
  vm_recording_get_slices (recording, 0, 8, 39, 41, slices);
  g_assert_cmpuint (slices->len, ==, 1);

  vm_recording_get_collections (recording, 7, 31, 32, collections);
  g_assert_cmpuint (collections->len, ==, 1);
  gc = &g_array_index (collections, VmCollection, 0);
  g_assert_cmpint (gc->begin_ns, ==, 30);
  g_assert_true (gc->is_major);
  g_assert_cmpuint (gc->reclaimed_words, ==, 55);
  g_assert_cmpuint (
    vm_recording_get_gc_value (recording, gc->index, VM_GC_BIN_OLD_VHEAP_BLOCK_SIZE), ==, 111);
  g_assert_cmpuint (vm_recording_get_gc_value (recording, gc->index, VM_GC_HEAP_SIZE), ==,
                    G_MAXUINT32);

  vm_recording_get_heap_samples (recording, 7, 31, 100, samples);
  g_assert_cmpuint (samples->len, ==, 2); /* the last before 31 is in it */
  g_assert_cmpuint (g_array_index (samples, VmHeapSample, 0).young_used, ==, 107);
  g_assert_cmpuint (g_array_index (samples, VmHeapSample, 0).old_block, ==, 101);

  vm_recording_get_sends (recording, 0, 100, 10, sends);
  g_assert_cmpuint (sends->len, ==, 1);
  g_assert_cmpuint (g_array_index (sends, VmSend, 0).words, ==, 12);
  g_assert_cmpuint (g_array_index (sends, VmSend, 0).to, ==, 8);

  g_assert_cmpstr (vm_recording_format_process (recording, 7, buffer, sizeof buffer), ==,
                   "sor\"ter");
  g_assert_cmpstr (vm_recording_format_mfa (recording, EVENT_MFA (4, 3, 1), buffer, sizeof buffer),
                   ==, "'Elixir.Foo':'-f/1-fun-0-'/1");
}

static void
end_slice (EventRing *ring, gint64 t_ns, guint8 why, guint64 reds, guint64 outside, guint64 bins)
{
  VmEvent events[2] = { { .t_ns = t_ns, .kind = VM_EVENT_OUT, .n_more = 1, .extra = why },
                        { .t_ns = (gint64) reds, .kind = VM_EVENT_MORE } };

  events[0].pid = events[1].pid = 7;
  events[0].b = EVENT_PAIR (40, 4);
  events[1].a = outside;
  events[1].b = bins;
  event_ring_emit_long (ring, events);
}

static VmHeapSample
heap_at (VmRecording *recording, VmPid pid, gint64 t_ns)
{
  VmHeapSample sample;

  g_assert_true (vm_recording_get_heap_at (recording, pid, t_ns, &sample));
  return sample;
}

/* Messages are counted from their sending to their taking; what lies outside the
 * blocks, reductions and sums are those of the moment asked for. */
static void
test_moments (void)
{
  Recorder       *recorder = make_recorder (1, TRUE, TRUE);
  EventRing      *ring = recorder_get_ring (recorder, 1);
  VmRecording    *recording = recorder_get_recording (recorder);
  guint64         keys[VM_N_GC_KEYS] = { [VM_GC_HEAP_BLOCK_SIZE] = 233, [VM_GC_MBUF_SIZE] = 30 };
  VmProcessTotals totals;
  VmHeapSample    sample;
  gint64          born_ns, ended_ns;

  event_ring_emit (ring, 5, 7, VM_EVENT_SPAWNED, 0, EVENT_PAIR (1, 233), EVENT_MFA (1, 2, 2));
  event_ring_emit (ring, 10, 7, VM_EVENT_IN, 0, 0, EVENT_PAIR (10, 3));
  event_ring_emit (ring, 20, 9, VM_EVENT_SEND, 0, EVENT_PAIR (7, 12), 0);
  event_ring_emit (ring, 21, 9, VM_EVENT_SEND, 0, EVENT_PAIR (7, 5), 0);
  end_slice (ring, 30, 0, 4000, EVENT_PAIR (17, 0), EVENT_PAIR (100, 28));
  event_ring_emit (ring, 31, 7, VM_EVENT_RECEIVE, 0, EVENT_PAIR (9, 12), 0);
  event_ring_emit (ring, 32, 7, VM_EVENT_RECEIVE, 0, EVENT_PAIR (9, 5), 0);
  end_slice (ring, 40, 1, 4100, EVENT_PAIR (17, 17), 0);
  event_ring_emit (ring, 41, 7, VM_EVENT_TAKE, 0, EVENT_PAIR (9, 12), 1);
  event_ring_emit_gc (ring, 42, 7, VM_EVENT_GC_MINOR_START, keys, 5, 0);
  keys[VM_GC_WORDSIZE] = 55;
  keys[VM_GC_MBUF_SIZE] = 0;
  event_ring_emit_gc (ring, 44, 7, VM_EVENT_GC_MINOR_END, keys, 0, 0);
  event_ring_emit_gc (ring, 50, 7, VM_EVENT_GC_MAJOR_START, keys, 0, 0);
  event_ring_emit_gc (ring, 57, 7, VM_EVENT_GC_MAJOR_END, keys, 0, 0);
  end_slice (ring, 60, 2, 5000, 0, 0);
  recorder_drain (recorder);

  g_assert_false (vm_recording_get_heap_at (recording, 7, 9, &sample));
  g_assert_false (vm_recording_get_heap_at (recording, 8, 9, &sample));
  sample = heap_at (recording, 7, 10);
  g_assert_cmpuint (sample.n_messages, ==, 0);
  sample = heap_at (recording, 7, 30);
  g_assert_cmpuint (sample.n_messages, ==, 2);
  g_assert_cmpuint (sample.message_words, ==, 17);
  g_assert_cmpuint (sample.fragments, ==, 17);
  g_assert_cmpuint (vm_heap_sample_get_binary_bytes (&sample), ==, 8 * 128);
  g_assert_cmpuint (vm_heap_sample_get_words (&sample), ==, 233 + 17 + 17);
  sample = heap_at (recording, 7, 41);
  g_assert_cmpint (sample.t_ns, ==, 40);
  g_assert_cmpuint (sample.n_messages, ==, 2);
  g_assert_cmpuint (sample.message_words, ==, 17);
  sample = heap_at (recording, 7, 43);
  g_assert_cmpuint (sample.n_messages, ==, 1);
  g_assert_cmpuint (sample.fragments, ==, 30);
  g_assert_cmpuint (sample.message_words, ==, 5);
  sample = heap_at (recording, 7, 1000);
  g_assert_cmpuint (sample.n_messages, ==, 0);
  g_assert_cmpuint (sample.message_words, ==, 0);
  g_assert_cmpuint (sample.n_reductions, ==, 5000);

  g_assert_false (vm_recording_get_totals (recording, 8, 100, &totals));
  g_assert_true (vm_recording_get_totals (recording, 7, 43, &totals));
  g_assert_cmpuint (totals.n_minor + totals.n_major, ==, 0);
  g_assert_cmpuint (totals.n_reductions, ==, 4100);
  g_assert_true (vm_recording_get_totals (recording, 7, 44, &totals));
  g_assert_cmpuint (totals.n_minor, ==, 1);
  g_assert_cmpint (totals.gc_ns, ==, 2);
  g_assert_true (vm_recording_get_totals (recording, 7, G_MAXINT64, &totals));
  g_assert_cmpuint (totals.n_major, ==, 1);
  g_assert_cmpuint (totals.reclaimed_words, ==, 110);
  g_assert_cmpint (totals.gc_ns, ==, 9);
  g_assert_cmpuint (totals.peak_words, ==, 233 + 30 + 5);

  g_assert_true (vm_recording_get_life (recording, 7, &born_ns, &ended_ns));
  g_assert_cmpint (born_ns, ==, 5);
  g_assert_cmpint (ended_ns, ==, 60);
  g_assert_false (vm_recording_get_life (recording, 8, &born_ns, &ended_ns));
  recorder_free (recorder);
}

/* Asking for one process's collections gives what filtering all would. */
static void
test_own_collections (void)
{
  Recorder    *recorder = make_recorder (1, TRUE, TRUE);
  EventRing   *ring = recorder_get_ring (recorder, 1);
  VmRecording *recording = recorder_get_recording (recorder);
  guint64      keys[VM_N_GC_KEYS] = { 1 };

  for (gint64 i = 0; i < 60000; i++)
    {
      VmPid pid = 5 + (VmPid) (i * 7 % 3);

      event_ring_emit_gc (ring, 10 * i, pid, VM_EVENT_GC_MINOR_START, keys, 0, 0);
      event_ring_emit_gc (ring, 10 * i + 4, pid, VM_EVENT_GC_MINOR_END, keys, 0, 0);
    }
  recorder_drain (recorder);
  for (gint64 from = 0; from < 600000; from += 77777)
    for (gint64 span = 1; span < 900000; span *= 30)
      {
        g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (VmCollection));
        g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (VmCollection));
        guint n = 0;

        vm_recording_get_collections (recording, VM_PID_NONE, from, from + span, all);
        vm_recording_get_collections (recording, 6, from, from + span, own);
        for (guint i = 0; i < all->len; i++)
          if (g_array_index (all, VmCollection, i).pid == 6)
            g_assert_cmpint (g_array_index (own, VmCollection, n++).begin_ns, ==,
                             g_array_index (all, VmCollection, i).begin_ns);
        g_assert_cmpuint (own->len, ==, n);
        g_array_set_size (own, 0);
        vm_recording_sample_collections (recording, 6, from, from + span, span / 100, own);
        g_assert_cmpuint (own->len, <=, MAX (n, 102));
        g_assert_cmpuint (own->len, >=, MIN (n, 50));
      }
  recorder_free (recorder);
}

/* However coarsely a window is read, no collection and no peak is lost. */
static void
test_folds (void)
{
  Recorder    *recorder = make_recorder (1, TRUE, TRUE);
  EventRing   *ring = recorder_get_ring (recorder, 1);
  VmRecording *recording = recorder_get_recording (recorder);
  guint64      keys[VM_N_GC_KEYS] = { 0 };
  const gint64 n = 50000, peak_at = 31234;

  for (gint64 i = 0; i < n; i++)
    {
      gboolean is_major = i % 9 == 4;

      keys[VM_GC_WORDSIZE] = 0;
      keys[VM_GC_HEAP_SIZE] = i == peak_at ? 999999 : (guint64) (100 + i % 50);
      keys[VM_GC_HEAP_BLOCK_SIZE] = 1000;
      keys[VM_GC_OLD_HEAP_SIZE] = i == peak_at / 2 ? 777777 : 5;
      event_ring_emit_gc (ring, 10 * i, 7,
                          is_major ? VM_EVENT_GC_MAJOR_START : VM_EVENT_GC_MINOR_START, keys, 0, 0);
      keys[VM_GC_WORDSIZE] = (guint64) (i % 7);
      event_ring_emit_gc (ring, 10 * i + 3, 7,
                          is_major ? VM_EVENT_GC_MAJOR_END : VM_EVENT_GC_MINOR_END, keys,
                          i == peak_at ? 44 : 0, 0);
    }
  recorder_drain (recorder);
  for (gint64 step = 0; step < 10 * n; step = step * 12 + 50)
    for (gint64 from = 0; from < 10 * n; from += 150001)
      {
        g_autoptr (GArray) folds = g_array_new (FALSE, FALSE, sizeof (VmCollectionFold));
        g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (VmCollection));
        g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
        guint64 reclaimed = 0, minor = 0, major = 0;
        guint32 young = 0, old = 0;
        gint64  spent = 0, last = -1;

        vm_recording_fold_collections (recording, 7, from, 10 * n, step, folds);
        vm_recording_get_collections (recording, 7, from, 10 * n, all);
        for (guint i = 0; i < folds->len; i++)
          {
            const VmCollectionFold *fold = &g_array_index (folds, VmCollectionFold, i);

            g_assert_cmpint (fold->begin_ns, >, last);
            last = fold->end_ns;
            minor += fold->n_minor;
            major += fold->n_major;
            reclaimed += fold->reclaimed_words;
            spent += fold->gc_ns;
          }
        for (guint i = 0; i < all->len; i++)
          {
            const VmCollection *one = &g_array_index (all, VmCollection, i);

            minor -= !one->is_major;
            major -= one->is_major;
            reclaimed -= one->reclaimed_words;
            spent -= one->end_ns - one->begin_ns;
          }
        g_assert_true (minor == 0 && major == 0 && reclaimed == 0 && spent == 0);
        vm_recording_sample_heap (recording, 7, from, 10 * n, step, samples);
        if (step > 1000)
          g_assert_cmpuint (samples->len, <=, MAX (16385, 8 * (10 * n / step + 3) + 256));
        for (guint i = 0; i < samples->len; i++)
          {
            const VmHeapSample *sample = &g_array_index (samples, VmHeapSample, i);

            young = MAX (young, sample->young_used);
            old = MAX (old, sample->old_used);
            if (i > 0)
              g_assert_cmpint (sample->t_ns, >, g_array_index (samples, VmHeapSample, i - 1).t_ns);
          }
        g_assert_cmpuint (young, ==, from <= 10 * peak_at ? 999999 : 149);
        g_assert_cmpuint (old, ==, from <= 10 * (peak_at / 2) ? 777777 : 5);
      }
  recorder_free (recorder);
}

static char *
to_json (VmRecording *recording)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  g_assert_true (vm_recording_write_json (recording, stream, NULL));
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

static void
test_queries (void)
{
  Recorder *recorder = make_example ();

  check_example (recorder_get_recording (recorder));
  recorder_free (recorder);
}

static void
test_json (void)
{
  Recorder        *recorder = make_example ();
  g_autofree char *json = to_json (recorder_get_recording (recorder));
  g_auto (GStrv) lines = g_strsplit (json, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==,
                    12); /* 11 events, and nothing after the last newline */
  g_assert_cmpstr (lines[0], ==,
                   "{\"t\":1,\"scheduler\":1,\"pid\":\"<0.7.0>\",\"event\":\"spawned\","
                   "\"parent\":\"<0.6.0>\",\"heap\":233,\"mfa\":\"lists:map/2\"}");
  g_assert_cmpstr (
    lines[2], ==,
    "{\"t\":12,\"scheduler\":2,\"pid\":\"<0.8.0>\",\"event\":\"migrate\",\"from\":1,\"to\":2,"
    "\"reason\":\"stolen\"}");
  g_assert_cmpstr (lines[5], ==,
                   "{\"t\":25,\"scheduler\":1,\"pid\":\"<0.7.0>\",\"event\":\"register\",\"name\":"
                   "\"sor\\\"ter\"}");
  g_assert_nonnull (
    strstr (lines[7], "\"event\":\"gc_major_start\",\"wordsize\":100,\"old_heap_block_size\":101,"
                      "\"heap_block_size\":102,\"mbuf_size\":103,"));
  recorder_free (recorder);
}

static void
test_file (void)
{
  Recorder        *recorder = make_example ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "beamlab-test-recording", NULL);
  g_autofree char *before = to_json (recorder_get_recording (recorder)), *after = NULL,
                  *data = NULL;
  g_autoptr (GError) error = NULL;
  VmRecording *loaded;
  gsize        size;

  g_assert_true (vm_recording_save (recorder_get_recording (recorder), path, &error));
  g_assert_no_error (error);
  recorder_free (recorder);
  loaded = vm_recording_load (path, &error);
  g_assert_no_error (error);
  after = to_json (loaded);
  g_assert_cmpstr (before, ==, after);
  check_example (loaded);
  vm_recording_unref (loaded);

  /* every shorter file is refused, and every changed one is refused or read: never a crash */
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize n = 0; n < size; n++)
    {
      g_assert_true (g_file_set_contents (path, data, (gssize) n, NULL));
      loaded = vm_recording_load (path, &error);
      g_assert_null (loaded);
      g_assert_error (error, VM_ERROR, VM_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "offset"));
      g_clear_error (&error);
    }
  for (gsize i = 0; i < size; i++)
    {
      data[i] ^= 0xa5;
      g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
      loaded = vm_recording_load (path, NULL);
      vm_recording_unref (loaded);
      data[i] ^= 0xa5;
    }
  g_remove (path);
}

/* --- writers, reader and readers of the recording at once (for the thread sanitizer) --- */

#define LIVE_EVENTS 200000

static void *
write_events (void *data)
{
  EventRing *ring = data;

  for (gint64 t = 0; t < LIVE_EVENTS; t += 2)
    {
      event_ring_emit (ring, t, ring->scheduler, VM_EVENT_IN, 0, EVENT_MFA (1, 2, 2), 0);
      event_ring_emit (ring, t + 1, ring->scheduler, VM_EVENT_OUT, 1, EVENT_MFA (1, 2, 2), 0);
    }
  return NULL;
}

static void
test_threads (void)
{
  Recorder    *recorder = make_recorder (2, FALSE, TRUE);
  VmRecording *recording = vm_recording_ref (recorder_get_recording (recorder));
  pthread_t    threads[2];
  guint64      n = 0;

  for (guint i = 0; i < 2; i++)
    pthread_create (&threads[i], NULL, write_events, recorder_get_ring (recorder, i + 1));
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GArray) slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));
      recorder_drain (recorder);
      vm_recording_get_slices (recording, 0, VM_PID_NONE, LIVE_EVENTS - 100, G_MAXINT64, slices);
    }
  for (guint i = 0; i < 2; i++)
    pthread_join (threads[i], NULL);
  recorder_drain (recorder);
  n = vm_recording_get_n_records (recording) + vm_recording_get_n_dropped (recording);
  g_assert_cmpuint (n, ==, 2 * LIVE_EVENTS);
  recorder_free (recorder);
  for (guint64 i = 1; i < vm_recording_get_n_records (recording); i++)
    g_assert_cmpint (vm_recording_peek (recording, i)->t_ns, >=,
                     vm_recording_peek (recording, i - 1)->t_ns);
  vm_recording_unref (recording);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/merge", test_merge);
  g_test_add_func ("/recording/full-ring", test_full_ring);
  g_test_add_func ("/recording/not-kept", test_not_kept);
  g_test_add_func ("/recording/queries", test_queries);
  g_test_add_func ("/recording/moments", test_moments);
  g_test_add_func ("/recording/own-collections", test_own_collections);
  g_test_add_func ("/recording/folds", test_folds);
  g_test_add_func ("/recording/json", test_json);
  g_test_add_func ("/recording/file", test_file);
  g_test_add_func ("/recording/threads", test_threads);
  return g_test_run ();
}
