/* SPDX-License-Identifier: Apache-2.0 */

/* The virtual clock: one thread plays all schedulers. */
#include "config.h"

#include "engine/sched/scheduler-private.h"

#define DRAIN_INTERVAL 512 /* quanta between two looks at the rings */

/* --- busy schedulers, the one furthest behind first -------------------------- */

static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static gboolean
before (const Scheduler *a, const Scheduler *b)
{
  if (a->now_ns != b->now_ns)
    return a->now_ns < b->now_ns;
  return a->tie != b->tie ? a->tie < b->tie : a->id < b->id;
}

static void
put_at (SchedulerSet *set, guint place, Scheduler *s)
{
  set->heap[place] = s;
  s->place = place;
}

static void
settle (SchedulerSet *set, guint place)
{
  Scheduler *s = set->heap[place];

  while (place > 0 && before (s, set->heap[(place - 1) / 2]))
    {
      put_at (set, place, set->heap[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
  for (;;)
    {
      guint child = 2 * place + 1;

      if (child >= set->n_heap)
        break;
      if (child + 1 < set->n_heap && before (set->heap[child + 1], set->heap[child]))
        child++;
      if (!before (set->heap[child], s))
        break;
      put_at (set, place, set->heap[child]);
      place = child;
    }
  put_at (set, place, s);
}

static void
reorder (SchedulerSet *set, Scheduler *s)
{
  s->tie = mix (set->seed ^ mix ((guint64) s->now_ns ^ mix (s->id)));
  if (s->place == G_MAXUINT)
    put_at (set, set->n_heap++, s);
  settle (set, s->place);
}

static void
remove_from_heap (SchedulerSet *set, Scheduler *s)
{
  guint place = s->place;

  if (place == G_MAXUINT)
    return;
  s->place = G_MAXUINT;
  set->n_heap--;
  if (place < set->n_heap)
    {
      put_at (set, place, set->heap[set->n_heap]);
      settle (set, place);
    }
}

void
virtual_wake (Scheduler *s, gint64 t_ns)
{
  if (s->place != G_MAXUINT)
    return;
  s->now_ns = MAX (s->now_ns, t_ns);
  scheduler_set_idle (s, FALSE);
  reorder (s->set, s);
}

/* --- the driver ------------------------------------------------------------- */

void
scheduler_set_pass_time (SchedulerSet *set, gint64 t_ns)
{
  if (t_ns > atomic_load_explicit (&set->event_ns, memory_order_relaxed))
    atomic_store_explicit (&set->event_ns, t_ns, memory_order_relaxed);
}

static gint32
quantum_for (SchedulerSet *set)
{
  if (VM_IS_STRESS)
    return 1;
  return set->n == 1 ? NO_QUANTUM : VIRTUAL_QUANTUM;
}

/* Where the turn of @s is to be interrupted, so that the machine stands at its limit of
 * time; G_MAXINT64 when it cannot come there in this turn. The quantum stays as it is:
 * who runs when must not depend on where somebody wanted to stop. */
static gint64
break_time (SchedulerSet *set, const Scheduler *s)
{
  if (set->time_limit_ns == G_MAXINT64 || timer_heap_next (&set->timers) < set->time_limit_ns)
    return G_MAXINT64;
  for (guint i = 0; i < set->n_heap; i++)
    if (set->heap[i] != s && set->heap[i]->now_ns < set->time_limit_ns)
      return G_MAXINT64;
  return set->time_limit_ns;
}

/* In mid-quantum. The clock of who broke is put on, and its place in the heap taken
 * anew, only when its turn is over: the heap must not see the difference. */
static gint64
least_clock (SchedulerSet *set)
{
  gint64 least = MAX (set->unfinished->now_ns, scheduler_now (set->unfinished));

  for (guint i = 0; i < set->n_heap; i++)
    if (set->heap[i] != set->unfinished)
      least = MIN (least, set->heap[i]->now_ns);
  return least;
}

typedef enum
{
  RAN,
  BROKE,
  NOTHING_LEFT,
  TIME_REACHED,
} Turn;

static Turn
run_scheduler (SchedulerSet *set, Scheduler *s)
{
  LeaveReason reason = LEAVE_QUANTUM;

  set->running = s;
  if (s->current == NULL && !scheduler_begin_slice (s))
    {
      set->running = NULL;
      remove_from_heap (set, s);
      scheduler_set_idle (s, TRUE);
      return RAN;
    }
  set->break_ns = break_time (set, s);
  if (set->break_ns != G_MAXINT64)
    set->ops.interrupt (&s->context);
  if (s->current != NULL)
    reason = scheduler_run_quantum (s, quantum_for (set));
  if (set->break_ns != G_MAXINT64)
    set->ops.release (&s->context);
  set->break_ns = G_MAXINT64;
  set->running = NULL;
  set->unfinished = reason == LEAVE_BREAK ? s : NULL;
  if (reason == LEAVE_BREAK)
    return BROKE;
  s->now_ns = MAX (s->now_ns, scheduler_now (s));
  reorder (set, s);
  return RAN;
}

static Turn
take_turn (SchedulerSet *set, guint *scheduler)
{
  gint64     timer_ns = timer_heap_next (&set->timers);
  Scheduler *s = set->unfinished;
  Turn       turn;

  *scheduler = 0;
  if (s == NULL)
    {
      s = set->n_heap > 0 ? set->heap[0] : NULL;
      if (s == NULL && timer_ns == G_MAXINT64)
        return NOTHING_LEFT;
      if (MIN (timer_ns, s != NULL ? s->now_ns : G_MAXINT64) >= set->time_limit_ns)
        {
          scheduler_set_pass_time (set, set->time_limit_ns);
          return TIME_REACHED;
        }
      if (s == NULL || timer_ns <= s->now_ns)
        {
          scheduler_set_pass_time (set, timer_ns);
          scheduler_set_fire_timers (set, timer_ns);
          return RAN;
        }
    }
  scheduler_set_pass_time (set, s->now_ns);
  turn = run_scheduler (set, s);
  /* the machine is where the one furthest behind is */
  if (turn == RAN)
    scheduler_set_pass_time (set, MIN (set->n_heap > 0 ? set->heap[0]->now_ns : s->now_ns,
                                       timer_heap_next (&set->timers)));
  else if (turn == BROKE)
    scheduler_set_pass_time (set, MIN (least_clock (set), timer_heap_next (&set->timers)));
  *scheduler = s->id;
  return turn;
}

/* Where no scheduler can write an earlier event any more. */
static gint64
watermark (SchedulerSet *set)
{
  if (set->unfinished != NULL)
    return least_clock (set);
  if (set->n_heap > 0)
    return MIN (set->heap[0]->now_ns, timer_heap_next (&set->timers));
  return atomic_load_explicit (&set->event_ns, memory_order_relaxed);
}

static void
sleep_until_locked (SchedulerSet *set, gint64 wall_us)
{
  struct timespec at = { wall_us / G_USEC_PER_SEC, (wall_us % G_USEC_PER_SEC) * 1000 };

  pthread_cond_timedwait (&set->driver_cond, &set->lock.mutex, &at);
}

/* Holds the driver back to the speed that was asked for; requests cut it short. */
static void
keep_pace (SchedulerSet *set)
{
  lock_take (&set->lock);
  while (set->speed > 0 && !atomic_load (&set->attention))
    {
      gint64 passed = scheduler_set_get_time (set) - set->speed_virtual_ns;
      gint64 due_us = set->speed_wall_us + (gint64) ((double) passed / set->speed * G_USEC_PER_SEC);

      if (due_us <= g_get_monotonic_time ())
        break;
      sleep_until_locked (set, due_us);
    }
  lock_drop (&set->lock);
}

static void
restart_pace (SchedulerSet *set)
{
  lock_take (&set->lock);
  set->speed_wall_us = g_get_monotonic_time ();
  set->speed_virtual_ns = scheduler_set_get_time (set);
  lock_drop (&set->lock);
}

static Verdict
attend (SchedulerSet *set, AttendEvent event, guint scheduler)
{
  Verdict verdict;

  scheduler_set_reclaim (set, TRUE);
  recorder_drain_until (set->vm->recorder, watermark (set));
  verdict = atomic_load (&set->quit) ? VERDICT_QUIT : set->ops.attend (set->vm, event, scheduler);
  restart_pace (set);
  return verdict;
}

static Verdict
rest (SchedulerSet *set)
{
  lock_take (&set->lock);
  while (!atomic_load (&set->attention))
    pthread_cond_wait (&set->driver_cond, &set->lock.mutex);
  atomic_store (&set->attention, FALSE);
  lock_drop (&set->lock);
  return attend (set, ATTEND_ASKED, 0);
}

void
virtual_driver (SchedulerSet *set)
{
  Verdict verdict = VERDICT_REST;
  guint   n_quanta = 0, scheduler;

  while (verdict != VERDICT_QUIT)
    {
      Turn turn;

      if (verdict == VERDICT_REST)
        {
          verdict = rest (set);
          continue;
        }
      turn = take_turn (set, &scheduler);
      if (turn == RAN)
        set->n_turns++;
      if (turn == BROKE)
        verdict = attend (set, ATTEND_BREAK, scheduler);
      else if (turn == NOTHING_LEFT)
        verdict = attend (set, ATTEND_IDLE, 0);
      else if (turn == TIME_REACHED)
        verdict = attend (set, ATTEND_TIME, 0);
      else if (set->ops.check (set->vm, scheduler))
        verdict = attend (set, ATTEND_BREAK, scheduler);
      else if (atomic_exchange (&set->attention, FALSE))
        verdict = attend (set, ATTEND_ASKED, scheduler);
      if (++n_quanta % DRAIN_INTERVAL == 0)
        {
          recorder_drain_until (set->vm->recorder, watermark (set));
          scheduler_set_reclaim (set, TRUE);
        }
      if (set->speed > 0 && verdict == VERDICT_RUN)
        keep_pace (set);
    }
  for (guint i = 0; i < set->n; i++)
    scheduler_abandon (set->schedulers[i]);
}
