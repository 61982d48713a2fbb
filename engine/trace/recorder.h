/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Recording: each scheduler writes events to its own ring; one reader moves
 * them to the recording. Writing never waits: a full ring drops the event and
 * counts it (live clock), or is emptied by its writer (virtual clock, where
 * driver and reader are one thread, so nothing is ever lost). */

#include <stdatomic.h>
#include <stdbool.h>

#include "engine/base/machine.h"
#include "engine/vm-event.h"
#include "engine/vm-recording.h"

typedef struct _EventRing EventRing;
typedef struct _Recorder  Recorder;

struct _EventRing
{
  /* writer's cache line */
  _Atomic guint64 head;      /* next to write */
  guint64         tail_seen; /* writer's idea of tail */
  _Atomic guint64 n_dropped;
  VmEvent        *events;
  guint64         mask;
  Recorder       *recorder;
  guint8          scheduler;
  bool            drain_when_full;
  /* reader's cache line */
  _Atomic guint64 tail __attribute__ ((aligned (64)));
};

Recorder  *recorder_new (VmMachine *vm, guint n_schedulers, gboolean is_virtual, gboolean keep);
void       recorder_free (Recorder *recorder);
EventRing *recorder_get_ring (Recorder *recorder,
                              guint     scheduler); /* from 1; 0: outside schedulers */
/* Writes one event from outside the schedulers (timers, the user): ring 0 has many
 * writers, so they take turns here. `scheduler` and `n_more` are ignored. Thread: any. */
void recorder_emit_outside (Recorder *recorder, const VmEvent *event);
/* While the machine boots events are counted and dropped. Driver only. */
void recorder_set_booting (Recorder *recorder, gboolean is_booting);
/* Moves everything written to the recording. Thread: the reader (live), the driver (virtual). */
void recorder_drain (Recorder *recorder);
/* The same, but leaves out what happened at or after @watermark_ns: before that
 * time every scheduler has written all it will. */
void recorder_drain_until (Recorder *recorder, gint64 watermark_ns);
/* Calls @func for each event that is written but not in the recording yet, by
 * scheduler. Thread: as recorder_drain. */
typedef void (*RecorderEventFunc) (const VmEvent *event, gpointer data);
void recorder_foreach_pending (Recorder *recorder, RecorderEventFunc func, gpointer data);
/* Live clock: the reader calls @func for each event it reads, kept or not. Set before the machine
 * runs. */
void recorder_set_tap (Recorder *recorder, RecorderEventFunc func, gpointer data);
/* Records read from the rings so far, kept or not. Thread: any. */
guint64 recorder_get_n_events (Recorder *recorder);
/* How the recording learns the names of the atoms in mfa payloads. Set before the
 * first event; called by the reader. */
typedef const char *(*RecorderAtomNameFunc) (VmMachine *vm, guint64 index);
void         recorder_set_atom_names (Recorder *recorder, RecorderAtomNameFunc func);
VmRecording *recorder_get_recording (Recorder *recorder); /* (transfer none) */
/* Index of a string in the recording, for payloads. Thread: any. */
guint64 recorder_intern (Recorder *recorder, const char *text);
/* Tells the recording a process's lane name. */
void recorder_name_process (Recorder *recorder, VmPid pid, const char *name, guint64 mfa);

/* Makes room for @n records and returns where to write the first (the ring is
 * contiguous modulo mask: use event_ring_at). FALSE: dropped. */
bool event_ring_reserve_slow (EventRing *ring, guint n);
static inline bool
event_ring_reserve (EventRing *ring, guint n)
{
  guint64 head = atomic_load_explicit (&ring->head, memory_order_relaxed);
  return head + n - ring->tail_seen <= ring->mask + 1 || event_ring_reserve_slow (ring, n);
}
static inline void
event_ring_emit (
  EventRing *ring, gint64 t_ns, VmPid pid, VmEventKind kind, guint8 extra, guint64 a, guint64 b)
{
  guint64  head;
  VmEvent *e;

  if (!event_ring_reserve (ring, 1))
    return;
  head = atomic_load_explicit (&ring->head, memory_order_relaxed);
  e = &ring->events[head & ring->mask];
  *e = (VmEvent){ t_ns, pid, (guint8) kind, ring->scheduler, 0, extra, a, b };
  atomic_store_explicit (&ring->head, head + 1, memory_order_release);
}
/* An event with its MORE records (array length=1 + @events[0].n_more): the kinds,
 * times and payloads as given, the scheduler is the ring's. */
void event_ring_emit_long (EventRing *ring, const VmEvent *events);
/* A collection event with its 12 keys (three records). @message_words: of waiting
 * messages, outside the heap. @reductions: of the process so far. */
void event_ring_emit_gc (EventRing     *ring,
                         gint64         t_ns,
                         VmPid          pid,
                         VmEventKind    kind,
                         const guint64 *keys,
                         guint64        message_words,
                         guint64        reductions);

#define EVENT_MFA(m, f, arity) \
  (((guint64) (m) << 40) | ((guint64) (f) << 16) | ((guint64) (arity) &0xff))
#define EVENT_PAIR(lo, hi) ((guint64) (guint32) (lo) | ((guint64) (guint32) (hi) << 32))
