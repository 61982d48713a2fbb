/* SPDX-License-Identifier: Apache-2.0 */

/* What other schedulers may still look at is freed later: once each of them
 * passed the point between two slices (`seen_epoch`) after it was retired. */
#include "config.h"

#include "engine/sched/scheduler-private.h"

struct _Retired
{
  Retired       *next;
  gpointer       data;
  GDestroyNotify destroy;
  guint64        epoch;
};

void
scheduler_hook_retire (VmMachine *vm, gpointer data, GDestroyNotify destroy)
{
  SchedulerSet *set = vm->schedulers;
  Retired      *retired = g_new (Retired, 1);

  retired->data = data;
  retired->destroy = destroy;
  lock_take (&set->retired_lock);
  retired->epoch = atomic_fetch_add (&set->epoch, 1) + 1;
  retired->next = set->retired;
  set->retired = retired;
  lock_drop (&set->retired_lock);
  atomic_fetch_add_explicit (&set->n_retired, 1, memory_order_relaxed);
}

void
scheduler_set_reclaim (SchedulerSet *set, gboolean all)
{
  guint64   seen = G_MAXUINT64;
  Retired **link, *list;

  if (atomic_load_explicit (&set->n_retired, memory_order_relaxed) == 0)
    return;
  for (guint i = 0; i < set->n && !all; i++)
    seen = MIN (seen, atomic_load (&set->schedulers[i]->seen_epoch));
  lock_take (&set->retired_lock);
  for (link = &set->retired; *link != NULL && (*link)->epoch > seen;)
    link = &(*link)->next;
  list = *link;
  *link = NULL;
  lock_drop (&set->retired_lock);
  while (list != NULL)
    {
      Retired *next = list->next;

      list->destroy (list->data);
      g_free (list);
      atomic_fetch_sub_explicit (&set->n_retired, 1, memory_order_relaxed);
      list = next;
    }
}
