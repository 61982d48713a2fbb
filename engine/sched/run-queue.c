/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/sched/run-queue.h"

void
run_queue_init (RunQueue *queue)
{
  memset (queue, 0, sizeof *queue);
  lock_init (&queue->lock);
}

void
run_queue_clear (RunQueue *queue)
{
  lock_clear (&queue->lock);
}

static guint
list_of (Process *process)
{
  return MIN (atomic_load_explicit (&process->priority, memory_order_relaxed), PRIORITY_NORMAL);
}

static void
append_locked (RunQueue *queue, guint list, Process *process)
{
  process->queue_next = NULL;
  if (queue->last[list] == NULL)
    queue->first[list] = process;
  else
    queue->last[list]->queue_next = process;
  queue->last[list] = process;
}

static Process *
take_first_locked (RunQueue *queue, guint list)
{
  Process *process = queue->first[list];

  queue->first[list] = process->queue_next;
  if (queue->first[list] == NULL)
    queue->last[list] = NULL;
  process->queue_next = NULL;
  return process;
}

guint
run_queue_add (RunQueue *queue, Process *process)
{
  guint length;

  lock_take (&queue->lock);
  process->schedule_count =
    atomic_load_explicit (&process->priority, memory_order_relaxed) == PRIORITY_LOW ? LOW_TURNS : 1;
  append_locked (queue, list_of (process), process);
  length = atomic_load_explicit (&queue->length, memory_order_relaxed) + 1;
  atomic_store (&queue->length, length);
  lock_drop (&queue->lock);
  return length;
}

static Process *
pick_normal_locked (RunQueue *queue)
{
  for (;;)
    {
      Process *process = take_first_locked (queue, PRIORITY_NORMAL);

      if (--process->schedule_count == 0 || queue->first[PRIORITY_NORMAL] == NULL)
        return process;
      append_locked (queue, PRIORITY_NORMAL, process);
    }
}

static Process *
pick_locked (RunQueue *queue, gboolean steal)
{
  for (guint list = 0; list < G_N_ELEMENTS (queue->first); list++)
    if (queue->first[list] != NULL)
      {
        guint length = atomic_load_explicit (&queue->length, memory_order_relaxed);

        atomic_store (&queue->length, length - 1);
        if (list == PRIORITY_NORMAL && !steal)
          return pick_normal_locked (queue);
        return take_first_locked (queue, list);
      }
  return NULL;
}

Process *
run_queue_pick (RunQueue *queue)
{
  Process *process;

  if (run_queue_length (queue) == 0)
    return NULL;
  lock_take (&queue->lock);
  process = pick_locked (queue, FALSE);
  lock_drop (&queue->lock);
  return process;
}

Process *
run_queue_steal (RunQueue *queue)
{
  Process *process;

  if (run_queue_length (queue) == 0 || !lock_try (&queue->lock))
    return NULL;
  process = pick_locked (queue, TRUE);
  lock_drop (&queue->lock);
  return process;
}

void
run_queue_list (RunQueue *queue, guint max, GArray *pids)
{
  lock_take (&queue->lock);
  for (guint list = 0; list < G_N_ELEMENTS (queue->first); list++)
    for (Process *p = queue->first[list]; p != NULL && max > 0; p = p->queue_next, max--)
      g_array_append_val (pids, p->id);
  lock_drop (&queue->lock);
}
