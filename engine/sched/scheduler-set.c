/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/sched/scheduler-private.h"

static Scheduler *
scheduler_new (SchedulerSet *set, guint id)
{
  Scheduler         *s = g_new0 (Scheduler, 1);
  pthread_condattr_t attributes;

  s->id = id;
  s->set = set;
  s->place = G_MAXUINT;
  run_queue_init (&s->queue);
  s->context.scheduler = id;
  s->context.vm = set->vm;
  s->context.ns_per_reduction = VIRTUAL_NS_PER_REDUCTION;
  s->context.ring = recorder_get_ring (set->vm->recorder, id);
  s->context.is_virtual = set->is_virtual;
  atomic_init (&s->is_idle, TRUE);
  atomic_init (&s->seen_epoch, G_MAXUINT64);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&s->cond, &attributes);
  pthread_condattr_destroy (&attributes);
  return s;
}

SchedulerSet *
scheduler_set_new (VmMachine *vm, const SchedulerOps *ops)
{
  SchedulerSet      *set = g_new0 (SchedulerSet, 1);
  pthread_condattr_t attributes;

  set->vm = vm;
  set->ops = *ops;
  set->n = vm->options.n_schedulers;
  set->is_virtual = vm->options.clock == VM_CLOCK_VIRTUAL;
  set->seed = vm->options.seed;
  set->time_limit_ns = set->break_ns = G_MAXINT64;
  set->epoch_ns =
    set->is_virtual ? (gint64) VIRTUAL_EPOCH_S * 1000000000 : g_get_real_time () * 1000;
  timer_heap_init (&set->timers);
  lock_init (&set->lock);
  lock_init (&set->retired_lock);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&set->driver_cond, &attributes);
  pthread_condattr_destroy (&attributes);
  atomic_init (&set->stop, TRUE);
  atomic_init (&set->n_idle, set->n);
  atomic_init (&set->frozen_ns, 0);
  set->heap = g_new0 (Scheduler *, set->n);
  set->schedulers = g_new0 (Scheduler *, set->n);
  for (guint i = 0; i < set->n; i++)
    set->schedulers[i] = scheduler_new (set, i + 1);
  return set;
}

static void *
driver_main (void *data)
{
  SchedulerSet *set = data;

  if (set->is_virtual)
    virtual_driver (set);
  else
    live_driver (set);
  return NULL;
}

void
scheduler_set_start (SchedulerSet *set)
{
  if (set->has_driver)
    return;
  if (pthread_create (&set->driver, NULL, driver_main, set) != 0)
    g_error ("no thread can be made");
  set->has_driver = TRUE;
}

void
scheduler_set_stop (SchedulerSet *set)
{
  if (!set->has_driver)
    return;
  atomic_store (&set->quit, TRUE);
  scheduler_set_request (set);
  pthread_join (set->driver, NULL);
  set->has_driver = FALSE;
  scheduler_set_reclaim (set, TRUE);
}

void
scheduler_set_free (SchedulerSet *set)
{
  if (set == NULL)
    return;
  scheduler_set_stop (set);
  scheduler_set_reclaim (set, TRUE);
  for (guint i = 0; i < set->n; i++)
    {
      run_queue_clear (&set->schedulers[i]->queue);
      pthread_cond_destroy (&set->schedulers[i]->cond);
      g_free (set->schedulers[i]);
    }
  g_free (set->schedulers);
  g_free (set->heap);
  timer_heap_clear (&set->timers);
  pthread_cond_destroy (&set->driver_cond);
  lock_clear (&set->lock);
  lock_clear (&set->retired_lock);
  g_free (set);
}

void
scheduler_set_request (SchedulerSet *set)
{
  atomic_store (&set->attention, TRUE);
  lock_take (&set->lock);
  pthread_cond_signal (&set->driver_cond);
  lock_drop (&set->lock);
}

gboolean
scheduler_set_is_stopping (SchedulerSet *set)
{
  return atomic_load_explicit (&set->stop, memory_order_relaxed);
}

void
scheduler_set_limit_time (SchedulerSet *set, gint64 t_ns)
{
  set->time_limit_ns = t_ns;
}

guint64
scheduler_set_get_turn (SchedulerSet *set)
{
  return set->n_turns;
}

gboolean
scheduler_set_is_in_turn (SchedulerSet *set)
{
  return set->running != NULL || set->unfinished != NULL;
}

gint64
scheduler_set_get_break_time (SchedulerSet *set)
{
  return set->break_ns;
}

void
scheduler_set_set_speed (SchedulerSet *set, double ns_per_second)
{
  lock_take (&set->lock);
  set->speed = ns_per_second;
  set->speed_wall_us = g_get_monotonic_time ();
  set->speed_virtual_ns = scheduler_set_get_time (set);
  pthread_cond_signal (&set->driver_cond);
  lock_drop (&set->lock);
}

guint
scheduler_set_get_n (SchedulerSet *set)
{
  return set->n;
}

gint64
scheduler_set_get_epoch_ns (SchedulerSet *set)
{
  return set->epoch_ns;
}

gint64
scheduler_set_unique_us (SchedulerSet *set, gint64 now_us)
{
  gint64 last = atomic_load (&set->last_us), next;

  do
    next = MAX (now_us, last + 1);
  while (!atomic_compare_exchange_weak (&set->last_us, &last, next));
  return next;
}

gint64
scheduler_hook_unique_us (VmMachine *vm, Process *process)
{
  SchedulerSet *set = vm->schedulers;

  return scheduler_set_unique_us (set,
                                  (set->epoch_ns + scheduler_hook_now (vm, process)) / 1000);
}

guint64
scheduler_set_swap_statistics (SchedulerSet *set, guint kind, guint64 now)
{
  return atomic_exchange (&set->told[kind], now);
}

guint64
scheduler_set_get_reductions (SchedulerSet *set)
{
  guint64 n = 0;

  for (guint i = 0; i < set->n; i++)
    n += atomic_load_explicit (&set->schedulers[i]->n_reductions, memory_order_relaxed);
  return n;
}

guint64
scheduler_set_get_slice_reductions (SchedulerSet *set)
{
  guint64 n = 0;

  for (guint i = 0; i < set->n; i++)
    {
      const Process *p = set->schedulers[i]->current;

      if (p != NULL)
        n += (guint64) MAX (SLICE_REDUCTIONS - p->fcalls - p->virtual_reds, 0);
    }
  return n;
}

guint64
scheduler_set_get_switches (SchedulerSet *set)
{
  guint64 n = 0;

  for (guint i = 0; i < set->n; i++)
    n += atomic_load_explicit (&set->schedulers[i]->n_switches, memory_order_relaxed);
  return n;
}

guint
scheduler_set_get_queue_length (SchedulerSet *set, guint scheduler)
{
  guint n = 0;

  if (scheduler != 0)
    return run_queue_length (&set->schedulers[scheduler - 1]->queue);
  for (guint i = 0; i < set->n; i++)
    n += run_queue_length (&set->schedulers[i]->queue);
  return n;
}

RunContext *
scheduler_set_get_context (SchedulerSet *set, guint scheduler)
{
  return &set->schedulers[scheduler - 1]->context;
}

gint64
scheduler_set_get_busy_ns (SchedulerSet *set, guint scheduler)
{
  return atomic_load_explicit (&set->schedulers[scheduler - 1]->busy_ns, memory_order_relaxed);
}

void
scheduler_set_view (SchedulerSet *set, guint id, SchedulerView *view)
{
  Scheduler *s = set->schedulers[id - 1];

  view->current = s->current;
  view->time_ns = scheduler_now (s);
  view->n_reductions = atomic_load_explicit (&s->n_reductions, memory_order_relaxed);
  view->queue_length = run_queue_length (&s->queue);
}

void
scheduler_set_list_queue (SchedulerSet *set, guint id, guint max, GArray *pids)
{
  run_queue_list (&set->schedulers[id - 1]->queue, max, pids);
}

Timer *
scheduler_hook_timer_set (VmMachine *vm, gint64 at_ns, TimerFunc func, gpointer data)
{
  SchedulerSet *set = vm->schedulers;
  gboolean      is_first;
  Timer        *timer = timer_heap_set (&set->timers, at_ns, func, data, &is_first);
  guint         waiter;

  /* who sleeps until the earliest timer must sleep shorter now */
  if (is_first && !set->is_virtual && (waiter = atomic_load (&set->timer_waiter)) != 0)
    live_wake (set->schedulers[waiter - 1]);
  return timer;
}

gboolean
scheduler_hook_timer_cancel (VmMachine *vm, Timer *timer)
{
  return timer_heap_cancel (&vm->schedulers->timers, timer);
}

void
scheduler_set_boot (SchedulerSet *set)
{
  for (guint i = 0; i < set->n; i++)
    set->schedulers[i]->context.ns_per_reduction = 0;
}

void
scheduler_set_begin (SchedulerSet *set)
{
  for (guint i = 0; i < set->n; i++)
    {
      set->schedulers[i]->context.ns_per_reduction = VIRTUAL_NS_PER_REDUCTION;
      atomic_store (&set->schedulers[i]->n_reductions, 0);
    }
  set->n_turns = 0;
  if (!set->is_virtual)
    atomic_store (&set->frozen_ns, 0);
}
