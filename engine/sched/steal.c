/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/sched/scheduler-private.h"

/* The next scheduler's queue first, then on in a circle: erl_process.c, try_steal_task. */
Process *
scheduler_steal (Scheduler *s)
{
  SchedulerSet *set = s->set;
  gint64        tie_ns = s->context.ns_per_reduction > 0 ? 1 : 0; /* no time passes in the boot */

  for (guint i = 1; i < set->n; i++)
    {
      Scheduler *victim = set->schedulers[(s->id - 1 + i) % set->n];
      Process   *process = run_queue_steal (&victim->queue);

      if (process == NULL)
        continue;
      atomic_store_explicit (&process->queue_home, (guint16) s->id, memory_order_relaxed);
      if (set->is_virtual)
        s->now_ns = MAX (s->now_ns, process->ready_ns + tie_ns); /* after its slice elsewhere */
      /* the slice begins after this event */
      s->end_ns = 0;
      event_ring_emit (s->context.ring, scheduler_now (s), process->id, VM_EVENT_MIGRATE, 0,
                       EVENT_PAIR (victim->id, s->id), 0);
      return process;
    }
  return NULL;
}

static void
wake_idle (Scheduler *s)
{
  SchedulerSet *set = s->set;

  if (atomic_load (&set->n_idle) == 0)
    return;
  for (guint i = 1; i < set->n; i++)
    {
      Scheduler *other = set->schedulers[(s->id - 1 + i) % set->n];

      if (!atomic_load (&other->is_idle))
        continue;
      if (set->is_virtual)
        virtual_wake (other, s->now_ns);
      else
        live_wake (other);
      return;
    }
}

/* erl_process.c, wakeup_other_check: work that waits counts up, being alone down. */
void
scheduler_check_wakeup (Scheduler *s, guint reds)
{
  gint64 waiting = (gint64) run_queue_length (&s->queue) - 1;

  if (waiting < 1)
    s->wakeup_other = MAX (0, s->wakeup_other - (gint64) reds);
  else
    {
      s->wakeup_other += waiting * (gint64) reds + WAKEUP_FIXED;
      if (s->wakeup_other > WAKEUP_LIMIT)
        {
          wake_idle (s);
          s->wakeup_other = 0;
        }
    }
}
