/* SPDX-License-Identifier: Apache-2.0 */

/* The live clock: a thread for each scheduler, and the driver, which empties the
 * rings, frees what was retired and makes all stand still when asked.
 *
 * A scheduler that sleeps or stands still is "out", counted under the set's lock;
 * it comes back in only while nobody wants all to stand. So all stand still as
 * soon as n_out == n. */
#include "config.h"

#include "engine/sched/scheduler-private.h"

#include <time.h>

#define TICK_NS      2000000
#define WATERMARK_NS 3000000 /* events this old are all written, unless a thread was held up */

static gint64
clock_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Time stands while the machine does. */
gint64
live_clock (SchedulerSet *set)
{
  gint64 frozen = atomic_load_explicit (&set->frozen_ns, memory_order_acquire);

  return frozen >= 0 ? frozen
                     : clock_ns () - atomic_load_explicit (&set->offset_ns, memory_order_relaxed);
}

static void
wait_until_locked (SchedulerSet *set, pthread_cond_t *cond, gint64 at_clock_ns)
{
  struct timespec at = { at_clock_ns / 1000000000, at_clock_ns % 1000000000 };

  pthread_cond_timedwait (cond, &set->lock.mutex, &at);
}

void
live_wake (Scheduler *s)
{
  lock_take (&s->set->lock);
  s->wake = TRUE;
  pthread_cond_signal (&s->cond);
  lock_drop (&s->set->lock);
}

/* --- a scheduler's thread ----------------------------------------------------- */

static void
go_out_locked (SchedulerSet *set)
{
  if (++set->n_out == set->n)
    pthread_cond_signal (&set->driver_cond);
}

static void
come_in_locked (Scheduler *s)
{
  SchedulerSet *set = s->set;

  while (atomic_load (&set->stop) || s->broke)
    pthread_cond_wait (&s->cond, &set->lock.mutex);
  set->n_out--;
}

/* Stands still, at the end of a slice or within one. */
static void
stand (Scheduler *s, gboolean broke)
{
  SchedulerSet *set = s->set;

  s->end_ns = 0;
  lock_take (&set->lock);
  s->broke = broke;
  go_out_locked (set);
  if (broke)
    {
      atomic_store (&set->attention, TRUE);
      pthread_cond_signal (&set->driver_cond);
    }
  come_in_locked (s);
  lock_drop (&set->lock);
}

static gboolean
must_stay_awake (Scheduler *s)
{
  return s->wake || atomic_load (&s->set->stop) || atomic_load (&s->set->quit) ||
         run_queue_length (&s->queue) > 0;
}

/* Sleeps until there may be work. One sleeper watches the timers. */
static void
sleep_for_work (Scheduler *s)
{
  SchedulerSet *set = s->set;
  guint         nobody = 0;
  gboolean      watches;

  s->end_ns = 0;
  scheduler_set_idle (s, TRUE); /* from here on who queues work here wakes us */
  watches = atomic_compare_exchange_strong (&set->timer_waiter, &nobody, s->id);
  atomic_store (&s->seen_epoch, G_MAXUINT64);
  lock_take (&set->lock);
  go_out_locked (set);
  while (!must_stay_awake (s))
    {
      gint64 at_ns = watches ? timer_heap_next (&set->timers) : G_MAXINT64;

      if (at_ns == G_MAXINT64)
        pthread_cond_wait (&s->cond, &set->lock.mutex);
      else if (at_ns > live_clock (set))
        wait_until_locked (set, &s->cond, at_ns + atomic_load (&set->offset_ns));
      else
        break;
      /* a new earliest timer wakes us too: look again */
      if (watches && s->wake && run_queue_length (&s->queue) == 0 &&
          timer_heap_next (&set->timers) != at_ns)
        s->wake = FALSE;
    }
  s->wake = FALSE;
  come_in_locked (s);
  lock_drop (&set->lock);
  atomic_store (&s->seen_epoch, atomic_load (&set->epoch));
  if (watches)
    atomic_store (&set->timer_waiter, 0);
}

static void
run_slice (Scheduler *s)
{
  while (s->current != NULL)
    if (scheduler_run_quantum (s, NO_QUANTUM) == LEAVE_BREAK)
      {
        stand (s, !atomic_load (&s->set->stop));
        if (atomic_load (&s->set->quit))
          return;
      }
}

static void
fire_timers (Scheduler *s)
{
  SchedulerSet *set = s->set;
  gint64        next_ns = timer_heap_next (&set->timers), now_ns;

  if (next_ns == G_MAXINT64) /* no timer, no need to look at the clock */
    return;
  now_ns = live_clock (set);
  s->end_ns = now_ns;
  if (next_ns <= now_ns)
    scheduler_set_fire_timers (set, now_ns);
}

static void *
scheduler_main (void *data)
{
  Scheduler    *s = data;
  SchedulerSet *set = s->set;

  while (!atomic_load (&set->quit))
    {
      if (atomic_load (&set->stop))
        {
          stand (s, FALSE);
          continue;
        }
      fire_timers (s);
      if (scheduler_begin_slice (s))
        run_slice (s);
      else
        sleep_for_work (s);
    }
  scheduler_abandon (s);
  lock_take (&set->lock);
  go_out_locked (set);
  lock_drop (&set->lock);
  return NULL;
}

/* --- the driver's thread ------------------------------------------------------ */

static void
start_threads (SchedulerSet *set)
{
  if (set->has_threads)
    return;
  set->has_threads = TRUE;
  for (guint i = 0; i < set->n; i++)
    if (pthread_create (&set->schedulers[i]->thread, NULL, scheduler_main, set->schedulers[i]) != 0)
      g_error ("no thread can be made for scheduler %u", i + 1);
}

static void
stop_all (SchedulerSet *set)
{
  atomic_store (&set->stop, TRUE);
  for (guint i = 0; i < set->n; i++)
    set->ops.interrupt (&set->schedulers[i]->context);
  lock_take (&set->lock);
  while (set->has_threads && set->n_out < set->n)
    {
      wait_until_locked (set, &set->driver_cond, clock_ns () + TICK_NS);
      for (guint i = 0; i < set->n; i++) /* a sleeper needs no push; one that starts a slice may */
        set->ops.interrupt (&set->schedulers[i]->context);
    }
  lock_drop (&set->lock);
  if (atomic_load (&set->frozen_ns) < 0)
    atomic_store (&set->frozen_ns, live_clock (set));
}

static void
release_all (SchedulerSet *set)
{
  gint64 frozen = atomic_load (&set->frozen_ns);

  start_threads (set);
  for (guint i = 0; i < set->n; i++)
    set->ops.release (&set->schedulers[i]->context);
  if (frozen >= 0)
    {
      atomic_store (&set->offset_ns, clock_ns () - frozen);
      atomic_store (&set->frozen_ns, -1);
    }
  lock_take (&set->lock);
  atomic_store (&set->stop, FALSE);
  for (guint i = 0; i < set->n; i++)
    {
      set->schedulers[i]->broke = FALSE;
      set->schedulers[i]->wake = TRUE;
      pthread_cond_signal (&set->schedulers[i]->cond);
    }
  lock_drop (&set->lock);
}

/* Only while all stand still. */
static gboolean
nothing_left (SchedulerSet *set)
{
  if (timer_heap_next (&set->timers) != G_MAXINT64 || scheduler_set_get_queue_length (set, 0) > 0)
    return FALSE;
  for (guint i = 0; i < set->n; i++)
    if (set->schedulers[i]->current != NULL)
      return FALSE;
  return TRUE;
}

static guint
who_broke (SchedulerSet *set)
{
  for (guint i = 0; i < set->n; i++)
    if (set->schedulers[i]->broke)
      return i + 1;
  return 0;
}

static Verdict
attend (SchedulerSet *set, gboolean was_running)
{
  guint       broke;
  AttendEvent event;

  if (was_running)
    stop_all (set);
  if (atomic_load (&set->quit))
    return VERDICT_QUIT;
  recorder_drain (set->vm->recorder);
  scheduler_set_reclaim (set, FALSE);
  broke = who_broke (set);
  event = broke != 0                          ? ATTEND_BREAK
          : was_running && nothing_left (set) ? ATTEND_IDLE
                                              : ATTEND_ASKED;
  return set->ops.attend (set->vm, event, broke);
}

/* Waits for the next tick or request. TRUE: all schedulers sleep. */
static gboolean
wait_running (SchedulerSet *set)
{
  gboolean all_out;

  lock_take (&set->lock);
  if (!atomic_load (&set->attention) && set->n_out < set->n)
    wait_until_locked (set, &set->driver_cond, clock_ns () + TICK_NS);
  else if (!atomic_load (&set->attention)) /* they sleep until a timer: no hurry */
    wait_until_locked (set, &set->driver_cond, clock_ns () + TICK_NS * 2);
  all_out = set->n_out == set->n;
  lock_drop (&set->lock);
  return all_out && timer_heap_next (&set->timers) == G_MAXINT64;
}

static Verdict
run (SchedulerSet *set)
{
  gboolean idle = wait_running (set);

  if (!idle && !atomic_load (&set->attention))
    {
      recorder_drain_until (set->vm->recorder, live_clock (set) - WATERMARK_NS);
      scheduler_set_reclaim (set, FALSE);
      if (!set->ops.check (set->vm, 0))
        return VERDICT_RUN;
    }
  atomic_store (&set->attention, FALSE);
  return attend (set, TRUE);
}

static Verdict
rest (SchedulerSet *set)
{
  lock_take (&set->lock);
  while (!atomic_load (&set->attention))
    pthread_cond_wait (&set->driver_cond, &set->lock.mutex);
  atomic_store (&set->attention, FALSE);
  lock_drop (&set->lock);
  return attend (set, FALSE);
}

void
live_driver (SchedulerSet *set)
{
  Verdict  verdict = VERDICT_REST;
  gboolean released = FALSE;

  while (verdict != VERDICT_QUIT)
    {
      if (verdict == VERDICT_RUN && !released)
        release_all (set);
      released = verdict == VERDICT_RUN;
      verdict = released ? run (set) : rest (set);
      if (verdict == VERDICT_RUN && atomic_load (&set->stop))
        released = FALSE;
    }
  if (set->has_threads)
    {
      lock_take (&set->lock);
      atomic_store (&set->stop, FALSE);
      for (guint i = 0; i < set->n; i++)
        {
          set->schedulers[i]->broke = FALSE;
          set->schedulers[i]->wake = TRUE;
          pthread_cond_signal (&set->schedulers[i]->cond);
        }
      lock_drop (&set->lock);
      for (guint i = 0; i < set->n; i++)
        pthread_join (set->schedulers[i]->thread, NULL);
    }
}
