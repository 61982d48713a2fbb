/* SPDX-License-Identifier: Apache-2.0 */

/* What a recording knows of one process's memory. A window of a long run holds
 * more than a picture can show, so it is thinned out, but never so that a peak or
 * a sum is lost: blocks of samples know their extremes, collections their sums. */
#include "config.h"

#include "engine/trace/recording.h"

#include <string.h>

static ProcessLong *
get_more (ProcessRecord *process)
{
  return process != NULL ? atomic_load_explicit (&process->more, memory_order_acquire) : NULL;
}

static ProcessLong *
make_more (ProcessRecord *process)
{
  ProcessLong *more = get_more (process);

  if (more != NULL)
    return more;
  more = g_new0 (ProcessLong, 1);
  chunked_init (&more->collections, sizeof (ProcessCollection), 2);
  chunked_init (&more->blocks, sizeof (SampleExtremes), 2);
  atomic_store_explicit (&process->more, more, memory_order_release);
  return more;
}

void
recording_free_more (ProcessRecord *process)
{
  ProcessLong *more = get_more (process);

  if (more == NULL)
    return;
  chunked_clear (&more->collections);
  chunked_clear (&more->blocks);
  g_free (more);
}

/* --- collections ------------------------------------------------------------- */

void
recording_note_collection (ProcessRecord      *process,
                           const VmCollection *collection,
                           guint64             index,
                           guint8              kind)
{
  Chunked          *list = &make_more (process)->collections;
  guint64           n = chunked_n (list);
  ProcessCollection sums = { 0 };

  if (n > 0)
    sums = *(ProcessCollection *) chunked_at (list, n - 1);
  sums.index = index;
  sums.reclaimed_words += collection->reclaimed_words;
  sums.gc_ns += collection->end_ns - collection->begin_ns;
  /* one that would have passed max_heap_size was not done */
  sums.n_minor += kind == VM_EVENT_GC_MINOR_END;
  sums.n_major += kind == VM_EVENT_GC_MAJOR_END;
  *(ProcessCollection *) chunked_reserve (list) = sums;
  chunked_push (list);
}

static guint64
count_collections (ProcessRecord *process)
{
  ProcessLong *more = get_more (process);

  return more != NULL ? chunked_n (&more->collections) : 0;
}

static const VmCollection *
own_collection (VmRecording *recording, ProcessRecord *process, guint64 i)
{
  const ProcessCollection *own = chunked_at (&get_more (process)->collections, i);

  return &((CollectionRecord *) chunked_at (&recording->collections, own->index))->collection;
}

/* The first of the process's @n collections that ended at or after @t_ns. */
static guint64
find_own_collection (VmRecording *recording, ProcessRecord *process, guint64 n, gint64 t_ns)
{
  guint64 lo = 0, hi = n;

  while (lo < hi)
    {
      guint64 mid = lo + (hi - lo) / 2;

      if (own_collection (recording, process, mid)->end_ns < t_ns)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo;
}

/* Of one process: its own list, in the order of their ends. */
void
recording_sample_own_collections (VmRecording *recording,
                                  VmPid        pid,
                                  gint64       from_ns,
                                  gint64       to_ns,
                                  gint64       step_ns,
                                  GArray      *collections)
{
  ProcessRecord *process = recording_find_process (recording, pid);
  guint64        n = count_collections (process);
  guint64        lo = find_own_collection (recording, process, n, from_ns);
  guint64        hi = find_own_collection (recording, process, n, to_ns);
  gboolean       is_sparse = step_ns > 0 && hi - lo > RECORDING_MAX_UNSAMPLED;

  while (lo < n)
    {
      const VmCollection *collection = own_collection (recording, process, lo);

      if (collection->begin_ns >= to_ns)
        break;
      g_array_append_vals (collections, collection, 1);
      lo = is_sparse ? MAX (find_own_collection (recording, process, n,
                                                 collection->end_ns + step_ns),
                            lo + 1)
                     : lo + 1;
    }
}

/* The process's collections @first … @last - 1, as one. */
static VmCollectionFold
make_fold (VmRecording *recording, ProcessRecord *process, guint64 first, guint64 last)
{
  const ProcessCollection *end = chunked_at (&get_more (process)->collections, last - 1);
  ProcessCollection        before = { 0 };

  if (first > 0)
    before = *(ProcessCollection *) chunked_at (&get_more (process)->collections, first - 1);
  return (VmCollectionFold){
    .begin_ns = own_collection (recording, process, first)->begin_ns,
    .end_ns = own_collection (recording, process, last - 1)->end_ns,
    .n_minor = end->n_minor - before.n_minor,
    .n_major = end->n_major - before.n_major,
    .reclaimed_words = end->reclaimed_words - before.reclaimed_words,
    .gc_ns = end->gc_ns - before.gc_ns,
  };
}

void
vm_recording_fold_collections (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, gint64 step_ns, GArray *folds)
{
  ProcessRecord *process = recording_find_process (recording, pid);
  guint64        n = count_collections (process);
  guint64        i = find_own_collection (recording, process, n, from_ns);
  gboolean       is_sparse =
    step_ns > 0 &&
    find_own_collection (recording, process, n, to_ns) - i > RECORDING_MAX_UNSAMPLED;

  while (i < n && own_collection (recording, process, i)->begin_ns < to_ns)
    {
      guint64          next = i + 1;
      VmCollectionFold fold;

      if (is_sparse)
        next = MAX (next, find_own_collection (
                            recording, process, n,
                            own_collection (recording, process, i)->end_ns + step_ns));
      fold = make_fold (recording, process, i, next);
      if (fold.n_minor + fold.n_major > 0)
        g_array_append_val (folds, fold);
      i = next;
    }
}

/* --- samples ----------------------------------------------------------------- */

static VmHeapSample *
sample_at (ProcessRecord *process, guint64 i)
{
  return chunked_at (&process->samples, i);
}

/* The first sample at or after @t_ns. */
static guint64
find_sample (ProcessRecord *process, guint64 n, gint64 t_ns)
{
  guint64 lo = 0, hi = n;

  while (lo < hi)
    {
      guint64 mid = lo + (hi - lo) / 2;

      if (sample_at (process, mid)->t_ns < t_ns)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo;
}

static void
note_extremes (ProcessLong *more, const VmHeapSample *sample, guint64 index)
{
  SampleExtremes *extremes = &more->extremes;
  guint           at = index % SAMPLE_BLOCK;
  const guint64   values[N_SAMPLE_EXTREMES] = { G_MAXUINT64 - sample->young_used,
                                                sample->young_used,
                                                sample->old_used,
                                                vm_heap_sample_get_words (sample),
                                                vm_heap_sample_get_binary_bytes (sample),
                                                sample->n_messages };

  for (guint i = 0; i < N_SAMPLE_EXTREMES; i++)
    if (at == 0 || values[i] > extremes->values[i])
      {
        extremes->values[i] = values[i];
        extremes->at[i] = (guint8) at;
      }
  if (at != SAMPLE_BLOCK - 1)
    return;
  *(SampleExtremes *) chunked_reserve (&more->blocks) = *extremes;
  chunked_push (&more->blocks);
}

void
recording_note_sample (ProcessRecord *process, const VmHeapSample *sample)
{
  guint64      n = chunked_n (&process->samples);
  ProcessLong *more;

  *(VmHeapSample *) chunked_reserve (&process->samples) = *sample;
  chunked_push (&process->samples);
  if (n + 1 < SAMPLE_BLOCK)
    return;
  more = make_more (process);
  /* the first block is looked at when it is whole */
  for (guint64 i = n + 1 == SAMPLE_BLOCK ? 0 : n; i <= n; i++)
    note_extremes (more, chunked_at (&process->samples, i), i);
}

static int
compare_indices (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* Of the whole blocks [@first, @last): first and last sample and the extremes. */
static void
append_blocks (ProcessRecord *process, guint64 first, guint64 last, GArray *samples)
{
  guint64        picks[N_SAMPLE_EXTREMES + 2];
  SampleExtremes most = *(SampleExtremes *) chunked_at (&get_more (process)->blocks, first);

  for (guint k = 0; k < N_SAMPLE_EXTREMES; k++)
    picks[k] = first * SAMPLE_BLOCK + most.at[k];
  for (guint64 block = first + 1; block < last; block++)
    {
      const SampleExtremes *one = chunked_at (&get_more (process)->blocks, block);

      for (guint k = 0; k < N_SAMPLE_EXTREMES; k++)
        if (one->values[k] > most.values[k])
          {
            most.values[k] = one->values[k];
            picks[k] = block * SAMPLE_BLOCK + one->at[k];
          }
    }
  picks[N_SAMPLE_EXTREMES] = first * SAMPLE_BLOCK;
  picks[N_SAMPLE_EXTREMES + 1] = last * SAMPLE_BLOCK - 1;
  qsort (picks, G_N_ELEMENTS (picks), sizeof picks[0], compare_indices);
  for (guint k = 0; k < G_N_ELEMENTS (picks); k++)
    if (k == 0 || picks[k] != picks[k - 1])
      g_array_append_vals (samples, sample_at (process, picks[k]), 1);
}

void
vm_recording_get_heap_samples (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *samples)
{
  vm_recording_sample_heap (recording, pid, from_ns, to_ns, 0, samples);
}

void
vm_recording_sample_heap (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, gint64 step_ns, GArray *samples)
{
  ProcessRecord *process = recording_find_process (recording, pid);
  guint64        n, i, end, n_blocks = 0;
  gboolean       is_sparse;

  if (process == NULL)
    return;
  n = chunked_n (&process->samples);
  i = find_sample (process, n, from_ns);
  end = find_sample (process, n, to_ns);
  is_sparse = step_ns > 0 && end - i > RECORDING_MAX_UNSAMPLED;
  i -= i > 0;
  if (get_more (process) != NULL)
    n_blocks = MIN (chunked_n (&get_more (process)->blocks), end / SAMPLE_BLOCK);
  while (i < end)
    {
      guint64 block = i / SAMPLE_BLOCK, last = block;
      gint64  until_ns;

      if (!is_sparse || i % SAMPLE_BLOCK != 0 || block >= n_blocks)
        {
          g_array_append_vals (samples, sample_at (process, i++), 1);
          continue;
        }
      until_ns = sample_at (process, i)->t_ns + step_ns;
      do
        last++;
      while (last < n_blocks &&
             sample_at (process, (last + 1) * SAMPLE_BLOCK - 1)->t_ns < until_ns);
      append_blocks (process, block, last, samples);
      i = last * SAMPLE_BLOCK;
    }
}

gboolean
vm_recording_get_heap_at (VmRecording *recording, VmPid pid, gint64 t_ns, VmHeapSample *sample)
{
  ProcessRecord *process = recording_find_process (recording, pid);
  guint64        lo = 0;

  if (process != NULL)
    lo = find_sample (process, chunked_n (&process->samples),
                      t_ns < G_MAXINT64 ? t_ns + 1 : t_ns);
  if (lo == 0)
    return FALSE;
  *sample = *sample_at (process, lo - 1);
  return TRUE;
}

gboolean
vm_recording_get_totals (VmRecording *recording, VmPid pid, gint64 t_ns, VmProcessTotals *totals)
{
  ProcessRecord *process = recording_find_process (recording, pid);
  VmHeapSample   sample;
  guint64        n;

  *totals = (VmProcessTotals){ 0 };
  if (process == NULL)
    return FALSE;
  if (vm_recording_get_heap_at (recording, pid, t_ns, &sample))
    {
      totals->n_reductions = sample.n_reductions;
      totals->peak_words = sample.peak_words;
    }
  n = find_own_collection (recording, process, count_collections (process),
                           t_ns < G_MAXINT64 ? t_ns + 1 : t_ns);
  if (n > 0)
    {
      const ProcessCollection *last = chunked_at (&get_more (process)->collections, n - 1);

      totals->n_minor = last->n_minor;
      totals->n_major = last->n_major;
      totals->reclaimed_words = last->reclaimed_words;
      totals->gc_ns = last->gc_ns;
    }
  return TRUE;
}

gboolean
vm_recording_get_life (VmRecording *recording, VmPid pid, gint64 *born_ns, gint64 *ended_ns)
{
  ProcessRecord *process = recording_find_process (recording, pid);

  if (process == NULL)
    return FALSE;
  *born_ns = atomic_load_explicit (&process->born_ns, memory_order_relaxed);
  *ended_ns = atomic_load_explicit (&process->ended_ns, memory_order_relaxed);
  return TRUE;
}
