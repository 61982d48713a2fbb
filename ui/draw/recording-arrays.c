/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/recording-arrays.h"

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

gboolean
ui_recording_get_last_sizes (const GArray *samples, VmHeapSizes *sizes)
{
  const VmHeapSample *sample = NULL;

  for (guint i = samples->len; i > 0 && sample == NULL; i--)
    if (!is_end (&g_array_index (samples, VmHeapSample, i - 1)))
      sample = &g_array_index (samples, VmHeapSample, i - 1);
  if (sample == NULL)
    return FALSE;
  *sizes = (VmHeapSizes){ .young_block = sample->young_block,
                          .young_used = sample->young_used,
                          .high_water = sample->high_water,
                          .stack_used = sample->stack_used,
                          .old_block = sample->old_block,
                          .old_used = sample->old_used,
                          .fragments = sample->fragments };
  return TRUE;
}
