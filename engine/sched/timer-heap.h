/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Timers, ordered by (time, order of setting).
 *
 * A Timer * is a handle: slot and generation, never a pointer. So a handle kept
 * after its timer fired or was cancelled is harmless: cancelling it says FALSE. */

#include "engine/base/hooks.h"
#include "engine/base/lock.h"

#include <stdatomic.h>
#include <string.h>

typedef struct
{
  gint64    at_ns;
  guint64   order;
  TimerFunc func; /* NULL: the slot is free */
  gpointer  data;
  guint32   generation;
  guint32   place; /* in the heap; the next free slot while free */
} TimerSlot;

typedef struct
{
  Lock lock;
  /* lock: timers */
  TimerSlot *slots;
  guint      n_slots, size;
  guint      first_free; /* G_MAXUINT: none */
  guint     *heap;       /* slots */
  guint      n_heap;
  guint64    order;
  /* atomic */
  _Atomic gint64 next_ns; /* earliest, or G_MAXINT64 */
} TimerHeap;

void timer_heap_init (TimerHeap *timers);
void timer_heap_clear (TimerHeap *timers);
/* *@is_first: it is the earliest now. */
Timer          *
timer_heap_set (TimerHeap *timers, gint64 at_ns, TimerFunc func, gpointer data, gboolean *is_first);
gboolean timer_heap_cancel (TimerHeap *timers, Timer *timer);
/* Takes the earliest timer out if it is due at @now_ns. */
gboolean
timer_heap_pop (TimerHeap *timers, gint64 now_ns, TimerFunc *func, gpointer *data, gint64 *at_ns);
static inline gint64
timer_heap_next (TimerHeap *timers)
{
  return atomic_load (&timers->next_ns);
}
