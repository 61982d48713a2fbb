/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/trace/recording.h"

#include "engine/trace/events.h"

#define OUT_EXITED 2 /* an OUT's extra */

VmRecording *
recording_new (guint n_schedulers)
{
  VmRecording *recording = g_new0 (VmRecording, 1);

  g_atomic_ref_count_init (&recording->ref_count);
  recording->n_schedulers = n_schedulers;
  chunked_init (&recording->records, sizeof (VmEvent), 12);
  chunked_init (&recording->high, 1, 12);
  chunked_init (&recording->strings, sizeof (char *), 8);
  chunked_init (&recording->sends, sizeof (guint64), 10);
  chunked_init (&recording->collections, sizeof (CollectionRecord), 8);
  chunked_init (&recording->pids, sizeof (VmPid), 8);
  recording->slices = g_new (Chunked, n_schedulers + 1);
  for (guint i = 0; i <= n_schedulers; i++)
    chunked_init (&recording->slices[i], sizeof (SliceRecord), 6);
  lock_init (&recording->lock);
  recording->string_index = g_hash_table_new (g_str_hash, g_str_equal);
  *(char **) chunked_reserve (&recording->strings) = NULL;
  chunked_push (&recording->strings);
  return recording;
}

VmRecording *
vm_recording_ref (VmRecording *recording)
{
  g_atomic_ref_count_inc (&recording->ref_count);
  return recording;
}

static void
free_processes (VmRecording *recording)
{
  for (guint i = 0; i < N_PID_CHUNKS; i++)
    {
      PidChunk *chunk = atomic_load_explicit (&recording->processes[i], memory_order_relaxed);

      if (chunk == NULL)
        continue;
      for (guint j = 0; j < PID_CHUNK; j++)
        {
          ProcessRecord *process = atomic_load_explicit (&chunk->items[j], memory_order_relaxed);
          if (process != NULL)
            {
              chunked_clear (&process->samples);
              recording_free_more (process);
              g_free (process);
            }
        }
      g_free (chunk);
    }
}

void
vm_recording_unref (VmRecording *recording)
{
  if (recording == NULL || !g_atomic_ref_count_dec (&recording->ref_count))
    return;
  free_processes (recording);
  for (guint i = 0; i < N_ATOM_CHUNKS; i++)
    g_free (atomic_load_explicit (&recording->atoms[i], memory_order_relaxed));
  for (guint64 i = 1; i < chunked_n (&recording->strings); i++)
    g_free (*(char **) chunked_at (&recording->strings, i));
  for (guint i = 0; i <= recording->n_schedulers; i++)
    chunked_clear (&recording->slices[i]);
  g_free (recording->slices);
  chunked_clear (&recording->records);
  chunked_clear (&recording->high);
  chunked_clear (&recording->strings);
  chunked_clear (&recording->sends);
  chunked_clear (&recording->collections);
  chunked_clear (&recording->pids);
  g_hash_table_unref (recording->string_index);
  lock_clear (&recording->lock);
  g_free (recording);
}

guint64
recording_intern (VmRecording *recording, const char *text)
{
  gpointer index = NULL;

  lock_take (&recording->lock);
  if (!g_hash_table_lookup_extended (recording->string_index, text, NULL, &index))
    {
      char *copy = g_strdup (text);

      index = GSIZE_TO_POINTER (chunked_n (&recording->strings));
      *(char **) chunked_reserve (&recording->strings) = copy;
      chunked_push (&recording->strings);
      g_hash_table_insert (recording->string_index, copy, index);
    }
  lock_drop (&recording->lock);
  return GPOINTER_TO_SIZE (index);
}

ProcessRecord *
recording_find_process (VmRecording *recording, VmPid pid)
{
  PidChunk *chunk;

  if (pid >= N_PID_CHUNKS * PID_CHUNK)
    return NULL;
  chunk = atomic_load_explicit (&recording->processes[pid / PID_CHUNK], memory_order_acquire);
  if (chunk == NULL)
    return NULL;
  return atomic_load_explicit (&chunk->items[pid % PID_CHUNK], memory_order_acquire);
}

ProcessRecord *
recording_get_process (VmRecording *recording, VmPid pid)
{
  ProcessRecord        *process = recording_find_process (recording, pid), *none = NULL;
  _Atomic (PidChunk *) *place;
  PidChunk             *chunk;

  if (process != NULL || pid >= N_PID_CHUNKS * PID_CHUNK)
    return process;
  place = &recording->processes[pid / PID_CHUNK];
  chunk = atomic_load_explicit (place, memory_order_acquire);
  if (chunk == NULL)
    {
      PidChunk *fresh = g_new0 (PidChunk, 1);
      if (atomic_compare_exchange_strong (place, &chunk, fresh))
        chunk = fresh;
      else
        g_free (fresh);
    }
  process = g_new0 (ProcessRecord, 1);
  process->pid = pid;
  atomic_init (&process->ended_ns, G_MAXINT64);
  chunked_init (&process->samples, sizeof (VmHeapSample), 2);
  if (!atomic_compare_exchange_strong (&chunk->items[pid % PID_CHUNK], &none, process))
    {
      g_free (process);
      process = none;
    }
  return process;
}

const char *
recording_get_atom (VmRecording *recording, guint64 index)
{
  AtomChunk *chunk;

  if (index >= (guint64) N_ATOM_CHUNKS * ATOM_CHUNK)
    return NULL;
  chunk = atomic_load_explicit (&recording->atoms[index / ATOM_CHUNK], memory_order_acquire);
  if (chunk == NULL)
    return NULL;
  return atomic_load_explicit (&chunk->items[index % ATOM_CHUNK], memory_order_acquire);
}

/* Thread: the writer alone. */
void
recording_set_atom (VmRecording *recording, guint64 index, const char *name)
{
  AtomChunk *chunk;
  guint64    string;

  if (index >= (guint64) N_ATOM_CHUNKS * ATOM_CHUNK)
    return;
  string = recording_intern (recording, name);
  chunk = atomic_load_explicit (&recording->atoms[index / ATOM_CHUNK], memory_order_relaxed);
  if (chunk == NULL)
    {
      chunk = g_new0 (AtomChunk, 1);
      atomic_store_explicit (&recording->atoms[index / ATOM_CHUNK], chunk, memory_order_release);
    }
  atomic_store_explicit (&chunk->items[index % ATOM_CHUNK],
                         vm_recording_get_string (recording, string), memory_order_release);
}

/* --- what is kept beside the records --------------------------------------- */

static guint64
gc_value (const VmEvent *event, VmGcKey key)
{
  guint64 word;

  if (event->n_more < 2)
    return 0;
  switch (key / 2)
    {
    case 0:
      word = event->a;
      break;
    case 1:
      word = event->b;
      break;
    case 2:
      word = (guint64) event[1].t_ns;
      break;
    case 3:
      word = event[1].a;
      break;
    case 4:
      word = event[1].b;
      break;
    default:
      word = (guint64) event[2].t_ns;
      break;
    }
  return key % 2 == 0 ? word & 0xffffffffu : word >> 32;
}

/* Completes @sample with what lies outside the blocks. */
static void
add_sample (ProcessRecord *process, VmHeapSample *sample)
{
  sample->fragments = process->fragments;
  sample->message_words =
    (guint32) MIN (process->message_words + process->outer_words, G_MAXUINT32);
  sample->n_messages = process->n_inner + process->n_outer;
  sample->vheap_used = process->vheap_used;
  sample->vheap_block = process->vheap_block;
  sample->old_vheap_used = process->old_vheap_used;
  sample->old_vheap_block = process->old_vheap_block;
  sample->n_reductions = process->n_reductions;
  process->peak_words = MAX (process->peak_words, vm_heap_sample_get_words (sample));
  sample->peak_words = process->peak_words;
  recording_note_sample (process, sample);
}

/* A message comes to @process: sent, then fetched, then taken. Not all that are
 * fetched were sent by a process (timers, exits), so what is left after each one
 * taken puts the counts right. */
static void
note_message (ProcessRecord *process, const VmEvent *event)
{
  guint32 words = (guint32) (event->a >> 32);

  switch ((int) event->kind)
    {
    case VM_EVENT_SEND:
      process->n_outer++;
      process->outer_words += words;
      break;
    case VM_EVENT_RECEIVE:
      process->n_inner++;
      if (process->n_outer > 0 && (VmPid) event->a != VM_PID_NONE)
        process->n_outer--;
      process->outer_words -= MIN (words, process->outer_words);
      break;
    default:
      if (process->n_inner > 0)
        process->n_inner--;
      process->n_outer =
        event->b > process->n_inner ? (guint32) event->b - process->n_inner : 0;
      break;
    }
  if (process->n_outer == 0)
    process->outer_words = 0;
}

/* What an OUT tells beside the blocks; those of older files tell nothing. */
static void
note_outside (ProcessRecord *process, const VmEvent *event)
{
  if (event->extra == OUT_EXITED)
    {
      process->n_inner = process->n_outer = 0;
      process->outer_words = 0;
      atomic_store_explicit (&process->ended_ns, event->t_ns, memory_order_relaxed);
    }
  if (event->n_more < 1)
    return;
  process->n_reductions = (guint64) event[1].t_ns;
  process->fragments = (guint32) event[1].a;
  process->message_words = (guint32) (event[1].a >> 32);
  process->vheap_used = (guint32) event[1].b;
  process->old_vheap_used = (guint32) (event[1].b >> 32);
}

static void
note_switch (VmRecording *recording, ProcessRecord *process, const VmEvent *event, guint scheduler)
{
  Chunked     *slices = &recording->slices[scheduler];
  guint64      n = chunked_n (slices), n_samples = chunked_n (&process->samples);
  VmHeapSample sample = { 0 };

  if (event->kind == VM_EVENT_IN)
    {
      SliceRecord *slice = chunked_reserve (slices);

      slice->begin_ns = event->t_ns;
      slice->pid = event->pid;
      slice->is_stolen = process->stolen;
      atomic_init (&slice->end_ns, G_MAXINT64);
      atomic_init (&slice->end_reason, 255);
      process->stolen = FALSE;
      chunked_push (slices);
    }
  else if (n > 0)
    {
      SliceRecord *slice = chunked_at (slices, n - 1);

      if (slice->pid == event->pid)
        {
          atomic_store_explicit (&slice->end_reason, event->extra, memory_order_relaxed);
          atomic_store_explicit (&slice->end_ns, event->t_ns, memory_order_release);
        }
    }
  sample.young_block = process->first_block; /* until a collection says another */
  if (n_samples > 0)
    sample = *(VmHeapSample *) chunked_at (&process->samples, n_samples - 1);
  sample.t_ns = event->t_ns;
  sample.young_used = (guint32) event->b;
  sample.stack_used = (guint32) (event->b >> 32);
  sample.kind = event->kind;
  if (event->kind == VM_EVENT_OUT)
    note_outside (process, event);
  add_sample (process, &sample);
}

/* A minor collection that finds no room in the old heap gives up, and a major one
 * follows at once: the two are one. Then nothing has moved; one that was done moves
 * the high-water mark, at least, or promotes. */
static gboolean
is_given_up (ProcessRecord *process, const VmEvent *event)
{
  guint64             n = chunked_n (&process->samples);
  const VmHeapSample *before, *after;

  if (event->kind != VM_EVENT_GC_MINOR_END || n < 2 || gc_value (event, VM_GC_WORDSIZE) != 0)
    return FALSE;
  before = chunked_at (&process->samples, n - 2);
  after = chunked_at (&process->samples, n - 1);
  return before->kind == VM_EVENT_GC_MINOR_START && before->young_used == after->young_used &&
         before->young_block == after->young_block && before->old_used == after->old_used &&
         before->high_water == after->high_water &&
         before->fragments == after->fragments && after->young_used > 0;
}

static void
note_gc (VmRecording *recording, ProcessRecord *process, const VmEvent *event, guint scheduler)
{
  guint64      n = chunked_n (&recording->records);
  VmHeapSample sample = {
    .t_ns = event->t_ns,
    .young_used = (guint32) gc_value (event, VM_GC_HEAP_SIZE),
    .young_block = (guint32) gc_value (event, VM_GC_HEAP_BLOCK_SIZE),
    .stack_used = (guint32) gc_value (event, VM_GC_STACK_SIZE),
    .old_used = (guint32) gc_value (event, VM_GC_OLD_HEAP_SIZE),
    .old_block = (guint32) gc_value (event, VM_GC_OLD_HEAP_BLOCK_SIZE),
    .high_water = (guint32) gc_value (event, VM_GC_RECENT_SIZE),
    .kind = event->kind,
  };

  process->fragments = (guint32) gc_value (event, VM_GC_MBUF_SIZE);
  process->vheap_used = (guint32) gc_value (event, VM_GC_BIN_VHEAP_SIZE);
  process->vheap_block = (guint32) gc_value (event, VM_GC_BIN_VHEAP_BLOCK_SIZE);
  process->old_vheap_used = (guint32) gc_value (event, VM_GC_BIN_OLD_VHEAP_SIZE);
  process->old_vheap_block = (guint32) gc_value (event, VM_GC_BIN_OLD_VHEAP_BLOCK_SIZE);
  process->message_words = event->n_more < 2 ? 0 : (guint32) MIN (event[2].a, G_MAXUINT32);
  if (event->n_more >= 2)
    process->n_reductions = MAX (process->n_reductions, event[2].b);
  add_sample (process, &sample);
  if (event->kind == VM_EVENT_GC_MINOR_START || event->kind == VM_EVENT_GC_MAJOR_START)
    {
      process->gc_begin_ns = event->t_ns;
      process->gc_open = TRUE;
    }
  else if (is_given_up (process, event))
    process->gc_open = FALSE;
  else if (process->gc_open)
    {
      CollectionRecord *record = chunked_reserve (&recording->collections);
      guint64           n_before = chunked_n (&recording->collections);
      gint64            longest = 0;

      if (n_before > 0)
        longest =
          ((CollectionRecord *) chunked_at (&recording->collections, n_before - 1))->longest_ns;
      record->collection = (VmCollection){
        .begin_ns = process->gc_begin_ns,
        .end_ns = event->t_ns,
        .pid = event->pid,
        .scheduler = (guint16) scheduler,
        .is_major = event->kind == VM_EVENT_GC_MAJOR_END,
        .reclaimed_words =
          event->kind == VM_EVENT_GC_MAX_HEAP_SIZE ? 0 : gc_value (event, VM_GC_WORDSIZE),
        .index = n,
      };
      record->longest_ns = MAX (longest, event->t_ns - process->gc_begin_ns);
      process->gc_open = FALSE;
      chunked_push (&recording->collections);
      recording_note_collection (process, &record->collection, n_before, event->kind);
    }
}

static void
note_event (VmRecording *recording, const VmEvent *event, guint scheduler)
{
  ProcessRecord *process;
  guint64        mfa;

  if (event->pid == VM_PID_NONE ||
      (process = recording_get_process (recording, event->pid)) == NULL)
    return;
  if (!process->seen)
    {
      process->seen = TRUE;
      atomic_store_explicit (&process->born_ns, event->t_ns, memory_order_relaxed);
      *(VmPid *) chunked_reserve (&recording->pids) = event->pid;
      chunked_push (&recording->pids);
    }
  if (event->kind == VM_EVENT_IN || event->kind == VM_EVENT_OUT)
    note_switch (recording, process, event, scheduler);
  else if (event_is_gc (event->kind))
    note_gc (recording, process, event, scheduler);
  else if (event->kind == VM_EVENT_SEND)
    {
      ProcessRecord *to = recording_get_process (recording, (VmPid) event->a);

      *(guint64 *) chunked_reserve (&recording->sends) = chunked_n (&recording->records);
      chunked_push (&recording->sends);
      if (to != NULL)
        note_message (to, event);
    }
  else if (event->kind == VM_EVENT_RECEIVE || event->kind == VM_EVENT_TAKE)
    note_message (process, event);
  else if (event->kind == VM_EVENT_MIGRATE)
    process->stolen = event->extra == 0;
  else if (event->kind == VM_EVENT_HEAP)
    process->first_block = (guint32) event->a;
  else if (event->kind == VM_EVENT_SPAWNED)
    {
      process->first_block = (guint32) (event->a >> 32);
      if (event_has_mfa (event->kind, event, &mfa))
        atomic_store_explicit (&process->mfa, mfa, memory_order_relaxed);
    }
  else if (event->kind == VM_EVENT_REGISTER && atomic_load (&process->name) == NULL)
    atomic_store_explicit (&process->name, vm_recording_get_string (recording, event->a),
                           memory_order_release);
}

void
recording_append (VmRecording *recording, const VmEvent *event, guint scheduler)
{
  guint64 n = chunked_n (&recording->records);

  for (guint i = 0; i <= event->n_more; i++)
    {
      *(VmEvent *) chunked_slot (&recording->records, n + i) = event[i];
      if (recording->n_schedulers > 255)
        {
          *(guint8 *) chunked_slot (&recording->high, n + i) = (guint8) (scheduler >> 8);
          chunked_publish (&recording->high, n + i + 1);
        }
    }
  note_event (recording, event, scheduler);
  atomic_store_explicit (&recording->end_ns, event->t_ns, memory_order_relaxed);
  chunked_publish (&recording->records, n + 1 + event->n_more);
}

/* --- reading ----------------------------------------------------------------- */

guint64
vm_recording_get_n_records (VmRecording *recording)
{
  return chunked_n (&recording->records);
}

const VmEvent *
vm_recording_peek (VmRecording *recording, guint64 index)
{
  g_return_val_if_fail (index < chunked_n (&recording->records), NULL);
  return chunked_at (&recording->records, index);
}

guint
recording_get_scheduler (VmRecording *recording, guint64 index)
{
  guint low = vm_recording_peek (recording, index)->scheduler;

  if (recording->n_schedulers > 255)
    low |= (guint) * (guint8 *) chunked_at (&recording->high, index) << 8;
  return low;
}

guint64
vm_recording_find_time (VmRecording *recording, gint64 t_ns)
{
  guint64 lo = 0, hi = chunked_n (&recording->records);

  /* the first event at or after t_ns lies in [lo, hi]; both are events' starts */
  while (lo < hi)
    {
      guint64        mid = lo + (hi - lo) / 2;
      const VmEvent *event;

      while (((const VmEvent *) chunked_at (&recording->records, mid))->kind == VM_EVENT_MORE)
        mid--;
      event = chunked_at (&recording->records, mid);
      if (event->t_ns < t_ns)
        lo = mid + 1 + event->n_more;
      else
        hi = mid;
    }
  return lo;
}

gint64
vm_recording_get_end_ns (VmRecording *recording)
{
  return atomic_load_explicit (&recording->end_ns, memory_order_relaxed);
}

guint
vm_recording_get_n_schedulers (VmRecording *recording)
{
  return recording->n_schedulers;
}

guint64
vm_recording_get_n_dropped (VmRecording *recording)
{
  return atomic_load_explicit (&recording->n_dropped, memory_order_relaxed);
}

const char *
vm_recording_get_string (VmRecording *recording, guint64 index)
{
  if (index == 0 || index >= chunked_n (&recording->strings))
    return NULL;
  return *(char **) chunked_at (&recording->strings, index);
}

guint64
vm_recording_get_gc_value (VmRecording *recording, guint64 index, VmGcKey key)
{
  const VmEvent *event = vm_recording_peek (recording, index);
  VmEvent        copy[3] = { { 0 } };

  g_return_val_if_fail (event != NULL && event_is_gc (event->kind), 0);
  g_return_val_if_fail ((guint) key < VM_N_GC_KEYS, 0);
  if (event->n_more < 2)
    return 0;
  /* neighbours may lie in different chunks */
  for (guint i = 0; i < 3; i++)
    copy[i] = *(const VmEvent *) chunked_at (&recording->records, index + i);
  return gc_value (copy, key);
}
