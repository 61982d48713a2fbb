/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/trace/recorder.h"

#include "engine/base/debug.h"
#include "engine/base/lock.h"
#include "engine/trace/recording.h"

#include <string.h>

#define MAX_RING_RECORDS 65536u /* 2 MiB a scheduler */
#define MIN_RING_RECORDS 1024u  /* with 1024 schedulers */
#define ALL_RING_RECORDS (1u << 20)

/* What the reader took from a ring and could not merge yet: an event of another
 * scheduler with an earlier time may still come. */
typedef struct
{
  VmEvent *events;
  gsize    first, n, size;
} Stage;

struct _Recorder
{
  /* immutable */
  VmMachine           *vm;
  guint                n_rings; /* n_schedulers + 1 */
  gboolean             is_virtual;
  gboolean             keep;
  gboolean             is_booting; /* driver */
  EventRing           *rings;
  VmRecording         *recording;
  RecorderAtomNameFunc atom_name;
  RecorderEventFunc    tap;
  gpointer             tap_data;
  /* reader; under the live clock lock:read */
  Lock   read_lock;
  Stage *stages;
  guint *heap; /* rings with staged events, by (time of first, number) */
  guint  n_heap;
  gint64 last_ns;
  /* lock: outside */
  Lock outside_lock;
  /* atomic */
  _Atomic guint64 n_events;
};

Recorder *
recorder_new (VmMachine *vm, guint n_schedulers, gboolean is_virtual, gboolean keep)
{
  Recorder *recorder = g_new0 (Recorder, 1);
  guint     size = CLAMP (ALL_RING_RECORDS / n_schedulers, MIN_RING_RECORDS, MAX_RING_RECORDS);

  if (VM_IS_STRESS)
    size = 64;
  while ((size & (size - 1)) != 0)
    size &= size - 1;
  recorder->vm = vm;
  recorder->n_rings = n_schedulers + 1;
  recorder->is_virtual = is_virtual;
  recorder->keep = keep;
  recorder->recording = recording_new (n_schedulers);
  recorder->stages = g_new0 (Stage, recorder->n_rings);
  recorder->heap = g_new (guint, recorder->n_rings);
  lock_init (&recorder->read_lock);
  lock_init (&recorder->outside_lock);
  recorder->rings = g_aligned_alloc0 (recorder->n_rings, sizeof (EventRing), 64);
  for (guint i = 0; i < recorder->n_rings; i++)
    {
      EventRing *ring = &recorder->rings[i];

      ring->events = g_new0 (VmEvent, size);
      ring->mask = size - 1;
      ring->recorder = recorder;
      ring->scheduler = (guint8) i;
      ring->drain_when_full = is_virtual;
    }
  return recorder;
}

void
recorder_free (Recorder *recorder)
{
  if (recorder == NULL)
    return;
  for (guint i = 0; i < recorder->n_rings; i++)
    {
      g_free (recorder->rings[i].events);
      g_free (recorder->stages[i].events);
    }
  g_aligned_free (recorder->rings);
  g_free (recorder->stages);
  g_free (recorder->heap);
  vm_recording_unref (recorder->recording);
  lock_clear (&recorder->read_lock);
  lock_clear (&recorder->outside_lock);
  g_free (recorder);
}

void
recorder_set_atom_names (Recorder *recorder, RecorderAtomNameFunc func)
{
  recorder->atom_name = func;
}

void
recorder_set_tap (Recorder *recorder, RecorderEventFunc func, gpointer data)
{
  recorder->tap = func;
  recorder->tap_data = data;
}

EventRing *
recorder_get_ring (Recorder *recorder, guint scheduler)
{
  VM_ASSERT (scheduler < recorder->n_rings);
  return &recorder->rings[scheduler];
}

VmRecording *
recorder_get_recording (Recorder *recorder)
{
  return recorder->recording;
}

guint64
recorder_intern (Recorder *recorder, const char *text)
{
  return recorder->keep ? recording_intern (recorder->recording, text) : 0;
}

guint64
recorder_get_n_events (Recorder *recorder)
{
  return atomic_load_explicit (&recorder->n_events, memory_order_relaxed);
}

/* The recording outlives the machine, so it keeps the names of the atoms it uses. */
static void
learn_atoms (Recorder *recorder, guint64 mfa)
{
  guint64 atoms[2] = { MFA_MODULE (mfa), MFA_FUNCTION (mfa) };

  for (guint i = 0; i < 2; i++)
    if (recording_get_atom (recorder->recording, atoms[i]) == NULL && recorder->atom_name != NULL)
      {
        const char *name = recorder->atom_name (recorder->vm, atoms[i]);
        if (name != NULL)
          recording_set_atom (recorder->recording, atoms[i], name);
      }
}

void
recorder_name_process (Recorder *recorder, VmPid pid, const char *name, guint64 mfa)
{
  ProcessRecord *process;
  guint64        string;

  if (!recorder->keep || (process = recording_get_process (recorder->recording, pid)) == NULL)
    return;
  if (name != NULL)
    {
      string = recording_intern (recorder->recording, name);
      atomic_store_explicit (&process->name, vm_recording_get_string (recorder->recording, string),
                             memory_order_release);
    }
  if (mfa != 0)
    atomic_store_explicit (&process->mfa, mfa, memory_order_relaxed);
}

/* --- the reader ------------------------------------------------------------- */

static gboolean
earlier (Recorder *recorder, guint a, guint b)
{
  const Stage *x = &recorder->stages[a], *y = &recorder->stages[b];
  gint64       s = x->events[x->first].t_ns, t = y->events[y->first].t_ns;

  return s != t ? s < t : a < b;
}

static void
sift_down (Recorder *recorder, guint i)
{
  guint *heap = recorder->heap;

  for (;;)
    {
      guint child = 2 * i + 1, swap;

      if (child >= recorder->n_heap)
        return;
      if (child + 1 < recorder->n_heap && earlier (recorder, heap[child + 1], heap[child]))
        child++;
      if (!earlier (recorder, heap[child], heap[i]))
        return;
      swap = heap[i];
      heap[i] = heap[child];
      heap[child] = swap;
      i = child;
    }
}

static void
stage_ring (Recorder *recorder, guint i)
{
  EventRing *ring = &recorder->rings[i];
  Stage     *stage = &recorder->stages[i];
  guint64    tail = atomic_load_explicit (&ring->tail, memory_order_relaxed);
  guint64    head = atomic_load_explicit (&ring->head, memory_order_acquire);
  guint64    n = head - tail;

  if (n == 0)
    return;
  atomic_fetch_add_explicit (&recorder->n_events, n, memory_order_relaxed);
  for (guint64 k = 0; recorder->tap != NULL && k < n; k++)
    if (ring->events[(tail + k) & ring->mask].kind != VM_EVENT_MORE)
      recorder->tap (&ring->events[(tail + k) & ring->mask], recorder->tap_data);
  if (recorder->keep && !recorder->is_booting)
    {
      if (stage->n == 0)
        stage->first = 0;
      if (stage->first + stage->n + n > stage->size)
        {
          if (stage->n > 0)
            memmove (stage->events, stage->events + stage->first, stage->n * sizeof (VmEvent));
          stage->first = 0;
          while (stage->n + n > stage->size)
            stage->size = MAX (256, stage->size * 2);
          stage->events = g_renew (VmEvent, stage->events, stage->size);
        }
      for (guint64 k = 0; k < n; k++)
        stage->events[stage->first + stage->n + k] = ring->events[(tail + k) & ring->mask];
      stage->n += n;
    }
  atomic_store_explicit (&ring->tail, head, memory_order_release);
}

void
recorder_set_booting (Recorder *recorder, gboolean is_booting)
{
  recorder_drain (recorder);
  recorder->is_booting = is_booting;
}

static void
merge_first (Recorder *recorder, guint i)
{
  Stage   *stage = &recorder->stages[i];
  VmEvent *event = &stage->events[stage->first];
  gsize    n = 1 + (gsize) event->n_more;
  guint64  mfa;

  /* a thread that was held up between reading the clock and writing comes late */
  event->t_ns = recorder->last_ns = MAX (event->t_ns, recorder->last_ns);
  if (event_has_mfa (event->kind, event, &mfa))
    learn_atoms (recorder, mfa);
  recording_append (recorder->recording, event, i);
  stage->first += n;
  stage->n -= n;
}

static void
drain (Recorder *recorder, gint64 watermark_ns)
{
  guint64 n_dropped = 0;

  for (guint i = 0; i < recorder->n_rings; i++)
    {
      stage_ring (recorder, i);
      n_dropped += atomic_load_explicit (&recorder->rings[i].n_dropped, memory_order_relaxed);
    }
  atomic_store_explicit (&recorder->recording->n_dropped, n_dropped, memory_order_relaxed);
  if (!recorder->keep)
    return;
  recorder->n_heap = 0;
  for (guint i = 0; i < recorder->n_rings; i++)
    if (recorder->stages[i].n > 0)
      recorder->heap[recorder->n_heap++] = i;
  for (guint i = recorder->n_heap / 2; i-- > 0;)
    sift_down (recorder, i);
  while (recorder->n_heap > 0)
    {
      guint  i = recorder->heap[0];
      Stage *stage = &recorder->stages[i];

      if (stage->events[stage->first].t_ns >= watermark_ns)
        break;
      merge_first (recorder, i);
      if (stage->n == 0)
        recorder->heap[0] = recorder->heap[--recorder->n_heap];
      sift_down (recorder, 0);
    }
}

void
recorder_drain_until (Recorder *recorder, gint64 watermark_ns)
{
  lock_take (&recorder->read_lock);
  drain (recorder, watermark_ns);
  lock_drop (&recorder->read_lock);
}

void
recorder_drain (Recorder *recorder)
{
  recorder_drain_until (recorder, G_MAXINT64);
}

void
recorder_foreach_pending (Recorder *recorder, RecorderEventFunc func, gpointer data)
{
  lock_take (&recorder->read_lock);
  for (guint i = 0; i < recorder->n_rings; i++)
    {
      Stage *stage = &recorder->stages[i];

      stage_ring (recorder, i);
      for (gsize k = 0; k < stage->n; k += 1 + (gsize) stage->events[stage->first + k].n_more)
        func (&stage->events[stage->first + k], data);
    }
  lock_drop (&recorder->read_lock);
}

/* --- the writers ------------------------------------------------------------ */

bool
event_ring_reserve_slow (EventRing *ring, guint n)
{
  Recorder *recorder = ring->recorder;
  guint64   head = atomic_load_explicit (&ring->head, memory_order_relaxed);

  ring->tail_seen = atomic_load_explicit (&ring->tail, memory_order_acquire);
  if (head + n - ring->tail_seen <= ring->mask + 1)
    return true;
  if (ring->drain_when_full && n <= ring->mask + 1)
    {
      lock_take (&recorder->read_lock);
      stage_ring (recorder, (guint) (ring - recorder->rings));
      lock_drop (&recorder->read_lock);
      ring->tail_seen = head;
      return true;
    }
  atomic_fetch_add_explicit (&ring->n_dropped, 1, memory_order_relaxed);
  return false;
}

static guint64
pair (const guint64 *keys)
{
  return EVENT_PAIR (MIN (keys[0], G_MAXUINT32), MIN (keys[1], G_MAXUINT32));
}

void
event_ring_emit_long (EventRing *ring, const VmEvent *events)
{
  guint   n = 1 + (guint) events[0].n_more;
  guint64 head;

  if (!event_ring_reserve (ring, n))
    return;
  head = atomic_load_explicit (&ring->head, memory_order_relaxed);
  for (guint i = 0; i < n; i++)
    {
      VmEvent *event = &ring->events[(head + i) & ring->mask];

      *event = events[i];
      event->scheduler = ring->scheduler;
    }
  atomic_store_explicit (&ring->head, head + n, memory_order_release);
}

void
event_ring_emit_gc (EventRing     *ring,
                    gint64         t_ns,
                    VmPid          pid,
                    VmEventKind    kind,
                    const guint64 *keys,
                    guint64        message_words,
                    guint64        reductions)
{
  VmEvent events[3] = { { .t_ns = t_ns, .kind = (guint8) kind, .n_more = 2 },
                        { .t_ns = (gint64) pair (keys + 4), .kind = VM_EVENT_MORE },
                        { .t_ns = (gint64) pair (keys + 10), .kind = VM_EVENT_MORE } };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    events[i].pid = pid;
  events[0].a = pair (keys);
  events[0].b = pair (keys + 2);
  events[1].a = pair (keys + 6);
  events[1].b = pair (keys + 8);
  events[2].a = message_words;
  events[2].b = reductions;
  event_ring_emit_long (ring, events);
}

void
recorder_emit_outside (Recorder *recorder, const VmEvent *event)
{
  lock_take (&recorder->outside_lock);
  event_ring_emit (&recorder->rings[0], event->t_ns, event->pid, event->kind, event->extra,
                   event->a, event->b);
  lock_drop (&recorder->outside_lock);
}
