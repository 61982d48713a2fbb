/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/sched/timer-heap.h"

#define NO_SLOT G_MAXUINT

void
timer_heap_init (TimerHeap *timers)
{
  memset (timers, 0, sizeof *timers);
  lock_init (&timers->lock);
  timers->first_free = NO_SLOT;
  atomic_init (&timers->next_ns, G_MAXINT64);
}

void
timer_heap_clear (TimerHeap *timers)
{
  g_free (timers->slots);
  g_free (timers->heap);
  lock_clear (&timers->lock);
}

static gboolean
earlier (TimerHeap *timers, guint a, guint b)
{
  const TimerSlot *x = &timers->slots[a], *y = &timers->slots[b];

  return x->at_ns != y->at_ns ? x->at_ns < y->at_ns : x->order < y->order;
}

static void
put_at (TimerHeap *timers, guint place, guint slot)
{
  timers->heap[place] = slot;
  timers->slots[slot].place = place;
}

/* Moves the slot at @place to where it belongs. */
static void
settle (TimerHeap *timers, guint place)
{
  guint slot = timers->heap[place];

  while (place > 0 && earlier (timers, slot, timers->heap[(place - 1) / 2]))
    {
      put_at (timers, place, timers->heap[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
  for (;;)
    {
      guint child = 2 * place + 1;

      if (child >= timers->n_heap)
        break;
      if (child + 1 < timers->n_heap &&
          earlier (timers, timers->heap[child + 1], timers->heap[child]))
        child++;
      if (!earlier (timers, timers->heap[child], slot))
        break;
      put_at (timers, place, timers->heap[child]);
      place = child;
    }
  put_at (timers, place, slot);
}

static void
publish_next (TimerHeap *timers)
{
  atomic_store (&timers->next_ns,
                timers->n_heap > 0 ? timers->slots[timers->heap[0]].at_ns : G_MAXINT64);
}

static void
remove_slot (TimerHeap *timers, guint slot)
{
  TimerSlot *timer = &timers->slots[slot];
  guint      place = timer->place;

  timers->n_heap--;
  if (place < timers->n_heap)
    {
      put_at (timers, place, timers->heap[timers->n_heap]);
      settle (timers, place);
    }
  timer->func = NULL;
  timer->generation++;
  timer->place = timers->first_free;
  timers->first_free = slot;
  publish_next (timers);
}

Timer *
timer_heap_set (TimerHeap *timers, gint64 at_ns, TimerFunc func, gpointer data, gboolean *is_first)
{
  TimerSlot *timer;
  guint      slot;
  gsize      handle;

  lock_take (&timers->lock);
  if (timers->first_free == NO_SLOT)
    {
      if (timers->n_slots == timers->size)
        {
          timers->size = MAX (64, timers->size * 2);
          timers->slots = g_renew (TimerSlot, timers->slots, timers->size);
          timers->heap = g_renew (guint, timers->heap, timers->size);
        }
      slot = timers->n_slots++;
      timers->slots[slot].generation = 1;
    }
  else
    {
      slot = timers->first_free;
      timers->first_free = timers->slots[slot].place;
    }
  timer = &timers->slots[slot];
  timer->at_ns = at_ns;
  timer->order = timers->order++;
  timer->func = func;
  timer->data = data;
  put_at (timers, timers->n_heap++, slot);
  settle (timers, timers->n_heap - 1);
  *is_first = timers->heap[0] == slot;
  publish_next (timers);
  handle = ((gsize) timer->generation << 32) | slot;
  lock_drop (&timers->lock);
  return GSIZE_TO_POINTER (handle);
}

gboolean
timer_heap_cancel (TimerHeap *timers, Timer *handle)
{
  guint    slot = (guint) (GPOINTER_TO_SIZE (handle) & G_MAXUINT32);
  guint32  generation = (guint32) (GPOINTER_TO_SIZE (handle) >> 32);
  gboolean found;

  lock_take (&timers->lock);
  found = handle != NULL && slot < timers->n_slots && timers->slots[slot].func != NULL &&
          timers->slots[slot].generation == generation;
  if (found)
    remove_slot (timers, slot);
  lock_drop (&timers->lock);
  return found;
}

gboolean
timer_heap_pop (TimerHeap *timers, gint64 now_ns, TimerFunc *func, gpointer *data, gint64 *at_ns)
{
  gboolean due;

  if (timer_heap_next (timers) > now_ns)
    return FALSE;
  lock_take (&timers->lock);
  due = timers->n_heap > 0 && timers->slots[timers->heap[0]].at_ns <= now_ns;
  if (due)
    {
      TimerSlot *timer = &timers->slots[timers->heap[0]];

      *func = timer->func;
      *data = timer->data;
      *at_ns = timer->at_ns;
      remove_slot (timers, timers->heap[0]);
    }
  lock_drop (&timers->lock);
  return due;
}
