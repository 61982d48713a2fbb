/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/recording-arrays.h"

#define MAX_SPANS 2000  /* of each a few samples: more than can be told apart */
#define LIFE_AIR  40    /* of a life's length, left free at its ends */
#define LOOK_BACK 20000 /* records before the window: a few slices of every scheduler */

void
ui_recording_get_queues (
  VmRecording *recording, gint64 from_ns, gint64 to_ns, GArray *queues, GArray *wakes)
{
  guint64 n = vm_recording_get_n_records (recording);
  guint64 first = vm_recording_find_time (recording, from_ns);
  guint64 i = first > LOOK_BACK ? first - LOOK_BACK : 0;

  /* MORE records look like any other from the middle: start at an event */
  while (i > 0 && i < n && vm_recording_peek (recording, i)->kind == VM_EVENT_MORE)
    i++;
  while (i < n)
    {
      const VmEvent *event = vm_recording_peek (recording, i);

      if (event->t_ns >= to_ns && event->kind != VM_EVENT_MORE)
        break;
      if (event->kind == VM_EVENT_QUEUE)
        {
          UiQueuePoint point = { event->t_ns, event->scheduler, (guint32) event->a };

          g_array_append_val (queues, point);
        }
      else if (event->kind == VM_EVENT_RUNNABLE || event->kind == VM_EVENT_SPAWNED)
        {
          UiWake wake = { event->t_ns, event->pid };

          g_array_append_val (wakes, wake);
        }
      i += 1 + event->n_more;
    }
}

static int
compare_pids (gconstpointer a, gconstpointer b)
{
  VmPid left = *(const VmPid *) a, right = *(const VmPid *) b;

  return left < right ? -1 : left > right;
}

void
ui_recording_get_active_pids (const GArray *slices, const GArray *wakes, GArray *pids)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer       key;

  for (guint i = 0; i < slices->len; i++)
    g_hash_table_add (seen, GUINT_TO_POINTER (g_array_index (slices, VmSlice, i).pid));
  for (guint i = 0; i < wakes->len; i++)
    g_hash_table_add (seen, GUINT_TO_POINTER (g_array_index (wakes, UiWake, i).pid));
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      VmPid pid = GPOINTER_TO_UINT (key);

      g_array_append_val (pids, pid);
    }
  g_array_sort (pids, compare_pids);
}

/* Every process has a word of stack while it lives. */
static gboolean
is_end (const VmHeapSample *sample)
{
  return sample->kind == VM_EVENT_OUT && sample->stack_used == 0 && sample->young_used == 0;
}

static guint32
find_first_block (const GArray *samples, guint64 known_block)
{
  guint32 most = (guint32) MIN (known_block, G_MAXUINT32);

  for (guint i = 0; i < samples->len; i++)
    {
      const VmHeapSample *sample = &g_array_index (samples, VmHeapSample, i);

      if (sample->young_block > 0)
        return sample->young_block;
      most = MAX (most, sample->young_used + sample->stack_used);
    }
  return most;
}

void
ui_recording_complete_heap_samples (GArray *samples, guint64 known_block)
{
  guint32      block = find_first_block (samples, known_block);
  VmHeapSample before;

  for (guint i = 0; i < samples->len; i++)
    {
      VmHeapSample *sample = &g_array_index (samples, VmHeapSample, i);

      if (sample->young_block == 0 && !is_end (sample))
        sample->young_block = block;
    }
  if (samples->len == 0 || !is_end (&g_array_index (samples, VmHeapSample, samples->len - 1)))
    return;
  if (samples->len > 1)
    {
      before = g_array_index (samples, VmHeapSample, samples->len - 2);
      before.t_ns = g_array_index (samples, VmHeapSample, samples->len - 1).t_ns;
      g_array_insert_val (samples, samples->len - 1, before);
    }
  before = (VmHeapSample){
    .t_ns = g_array_index (samples, VmHeapSample, samples->len - 1).t_ns,
    .kind = VM_EVENT_OUT,
  };
  g_array_index (samples, VmHeapSample, samples->len - 1) = before;
}

static void
get_sizes (const VmHeapSample *sample, VmHeapSizes *sizes)
{
  *sizes = (VmHeapSizes){ .young_block = sample->young_block,
                          .young_used = sample->young_used,
                          .high_water = sample->high_water,
                          .stack_used = sample->stack_used,
                          .old_block = sample->old_block,
                          .old_used = sample->old_used,
                          .fragments = sample->fragments,
                          .offheap_bytes = vm_heap_sample_get_binary_bytes (sample),
                          .vheap_used = sample->vheap_used,
                          .vheap_block = sample->vheap_block,
                          .old_vheap_used = sample->old_vheap_used,
                          .old_vheap_block = sample->old_vheap_block };
}

gboolean
ui_recording_get_last_sizes (const GArray *samples, VmHeapSizes *sizes)
{
  const VmHeapSample *sample = NULL;

  for (guint i = samples->len; i > 0 && sample == NULL; i--)
    if (!is_end (&g_array_index (samples, VmHeapSample, i - 1)))
      sample = &g_array_index (samples, VmHeapSample, i - 1);
  if (sample == NULL)
    return FALSE;
  get_sizes (sample, sizes);
  return TRUE;
}

void
ui_history_arrays_init (UiHistoryArrays *arrays)
{
  arrays->samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  arrays->folds = g_array_new (FALSE, FALSE, sizeof (VmCollectionFold));
  arrays->slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));
}

void
ui_history_arrays_clear (UiHistoryArrays *arrays)
{
  g_clear_pointer (&arrays->samples, g_array_unref);
  g_clear_pointer (&arrays->folds, g_array_unref);
  g_clear_pointer (&arrays->slices, g_array_unref);
}

void
ui_history_arrays_read (UiHistoryArrays *arrays,
                        VmRecording     *recording,
                        VmPid            pid,
                        gint64           from_ns,
                        gint64           to_ns,
                        guint64          known_block)
{
  gint64 step = (to_ns - from_ns) / MAX_SPANS;

  g_array_set_size (arrays->samples, 0);
  g_array_set_size (arrays->folds, 0);
  g_array_set_size (arrays->slices, 0);
  if (recording == NULL || pid == VM_PID_NONE)
    return;
  vm_recording_sample_heap (recording, pid, from_ns, to_ns + 1, step, arrays->samples);
  ui_recording_complete_heap_samples (arrays->samples, known_block);
  vm_recording_fold_collections (recording, pid, from_ns, to_ns + 1, step, arrays->folds);
  vm_recording_sample_slices (recording, 0, pid, from_ns, to_ns + 1, step, arrays->slices);
}

void
ui_history_arrays_fill (const UiHistoryArrays *arrays,
                        gint64                 from_ns,
                        gint64                 to_ns,
                        UiHeapHistoryInput    *input)
{
  input->samples = (const VmHeapSample *) (void *) arrays->samples->data;
  input->n_samples = arrays->samples->len;
  input->folds = (const VmCollectionFold *) (void *) arrays->folds->data;
  input->n_folds = arrays->folds->len;
  input->slices = (const VmSlice *) (void *) arrays->slices->data;
  input->n_slices = arrays->slices->len;
  input->from_ns = from_ns;
  input->to_ns = to_ns;
}

/* The block before the first collection is told by the first sample that knows it. */
static guint32
find_block (VmRecording *recording, VmPid pid, const VmHeapSample *sample)
{
  g_autoptr (GArray) samples = NULL;

  if (sample->young_block > 0)
    return sample->young_block;
  samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  vm_recording_sample_heap (recording, pid, sample->t_ns, G_MAXINT64, G_MAXINT64, samples);
  return find_first_block (samples, 0);
}

gboolean
ui_recording_get_sizes_at (
  VmRecording *recording, VmPid pid, gint64 t_ns, VmHeapSizes *sizes, gint64 *measured_ns)
{
  VmHeapSample sample;

  if (!vm_recording_get_heap_at (recording, pid, t_ns, &sample))
    return FALSE;
  if (is_end (&sample))
    vm_recording_get_heap_at (recording, pid, sample.t_ns - 1, &sample);
  sample.young_block = find_block (recording, pid, &sample);
  get_sizes (&sample, sizes);
  *measured_ns = sample.t_ns;
  return TRUE;
}

void
ui_moment_read (VmRecording *recording, VmPid pid, UiMoment *moment)
{
  VmHeapSample sample;

  moment->is_known = ui_recording_get_sizes_at (recording, pid, moment->t_ns, &moment->sizes,
                                                &moment->measured_ns);
  if (vm_recording_get_heap_at (recording, pid, moment->measured_ns, &sample))
    {
      moment->n_messages = sample.n_messages;
      moment->message_words = sample.message_words;
    }
  vm_recording_get_totals (recording, pid, moment->t_ns, &moment->totals);
}

void
ui_recording_get_life (
  VmRecording *recording, VmPid pid, gint64 end_ns, gint64 *from_ns, gint64 *to_ns)
{
  gint64 born_ns, ended_ns, air_ns;

  *from_ns = 0;
  *to_ns = MAX (end_ns, 1);
  if (!vm_recording_get_life (recording, pid, &born_ns, &ended_ns) || born_ns >= *to_ns)
    return;
  *to_ns = MIN (*to_ns, ended_ns);
  air_ns = MAX ((*to_ns - born_ns) / LIFE_AIR, 1);
  /* what is cut off must be worth it */
  if (born_ns > 2 * air_ns)
    *from_ns = born_ns - air_ns;
  if (ended_ns <= end_ns)
    *to_ns = MIN (*to_ns + air_ns, MAX (end_ns, *to_ns + 1));
}
