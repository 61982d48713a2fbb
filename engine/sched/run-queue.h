/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A run queue: first in, first out for each of max, high, and normal with low
 * together. Low processes are passed over seven times of eight while others wait
 * (erts/emulator/beam/erl_process.c, RESCHEDULE_LOW). */

#include "engine/proc/process.h"

#define LOW_TURNS 8

typedef struct
{
  Lock lock;
  /* lock: run queue */
  Process        *first[3];
  Process        *last[3];
  _Atomic guint32 length;
} RunQueue;

void run_queue_init (RunQueue *queue);
void run_queue_clear (RunQueue *queue);

/* Puts @process at the tail of its priority's list. Returns the new length. */
guint run_queue_add (RunQueue *queue, Process *process);
/* Takes the next to run, or NULL. */
Process *run_queue_pick (RunQueue *queue);
/* Takes the first of the highest priority, low ones included, for another
 * scheduler; NULL also when the queue is just in use. */
Process *run_queue_steal (RunQueue *queue);
void     run_queue_list (RunQueue *queue, guint max, GArray *pids);

static inline guint
run_queue_length (RunQueue *queue)
{
  return atomic_load (&queue->length);
}
