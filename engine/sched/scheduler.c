/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/sched/scheduler-private.h"

#include <time.h>

/* The hostile build's: fewer than two, and what costs one never gets done. */
#define STRESS_SLICE 2
/* For the signals of a process that has code to run, too. */
#define ACTIVE_REDUCTIONS 100

/* Values of OUT's `extra`. */
enum
{
  OUT_BUDGET,
  OUT_WAIT,
  OUT_EXIT,
  OUT_SUSPENDED,
};

/* --- time ------------------------------------------------------------------- */

static gint64
slice_now (const RunContext *context, const Process *p)
{
  gint32 used = context->slice_begin_reds - p->fcalls - p->virtual_reds;

  return context->slice_begin_ns + (gint64) MAX (used, 0) * context->ns_per_reduction +
         context->extra_ns;
}

gint64
scheduler_now (Scheduler *s)
{
  if (!s->set->is_virtual)
    return live_clock (s->set);
  return s->current != NULL ? slice_now (&s->context, s->current) : s->now_ns;
}

gint64
scheduler_hook_now (VmMachine *vm, Process *process)
{
  SchedulerSet *set = vm->schedulers;

  if (!set->is_virtual)
    return live_clock (set);
  if (process != NULL && process->run != NULL)
    return slice_now (process->run, process);
  if (set->running != NULL) /* for one that has no number any more, or none */
    return scheduler_now (set->running);
  return atomic_load_explicit (&set->event_ns, memory_order_relaxed);
}

gint64
scheduler_set_get_time (SchedulerSet *set)
{
  return set->is_virtual ? atomic_load_explicit (&set->event_ns, memory_order_relaxed)
                         : live_clock (set);
}

/* --- queues ----------------------------------------------------------------- */

static void
note_queue (Scheduler *s, gint64 now_ns)
{
  guint length = run_queue_length (&s->queue);

  if (length == s->last_length)
    return;
  s->last_length = length;
  event_ring_emit (s->context.ring, now_ns, VM_PID_NONE, VM_EVENT_QUEUE, 0, length, 0);
}

void
scheduler_set_idle (Scheduler *s, gboolean idle)
{
  if (atomic_load_explicit (&s->is_idle, memory_order_relaxed) == idle)
    return;
  atomic_store (&s->is_idle, idle);
  if (idle)
    atomic_fetch_add (&s->set->n_idle, 1);
  else
    atomic_fetch_sub (&s->set->n_idle, 1);
  event_ring_emit (s->context.ring, scheduler_now (s), VM_PID_NONE,
                   idle ? VM_EVENT_IDLE : VM_EVENT_BUSY, 0, 0, 0);
}

static void
put_in_queue (SchedulerSet *set, Process *process, gint64 t_ns)
{
  guint      home = atomic_load_explicit (&process->queue_home, memory_order_relaxed);
  Scheduler *s;

  if (home == 0 || home > set->n)
    {
      home = 1;
      atomic_store_explicit (&process->queue_home, 1, memory_order_relaxed);
    }
  s = set->schedulers[home - 1];
  if (set->is_virtual && set->running != NULL && set->running != s &&
      set->running->context.ns_per_reduction > 0)
    t_ns++; /* what another scheduler caused comes after it, also in the recording */
  /* virtual: its own last slice may have ended after it was woken */
  process->ready_ns = MAX (t_ns, process->ready_ns);
  run_queue_add (&s->queue, process);
  if (set->is_virtual)
    virtual_wake (s, process->ready_ns);
  else if (atomic_load (&s->is_idle))
    live_wake (s);
}

void
scheduler_hook_enqueue (VmMachine *vm, Process *process, VmPid by)
{
  SchedulerSet *set = vm->schedulers;
  Process      *waker = by != VM_PID_NONE ? process_table_lookup (vm, by) : NULL;
  RunContext   *context = waker != NULL ? waker->run : NULL;
  gint64        t_ns = scheduler_hook_now (vm, waker);

  if (process->pc == set->ops.start_code && process->reductions == 0 && set->ops.spawned != NULL)
    set->ops.spawned (vm, process);
  if (context != NULL)
    event_ring_emit (context->ring, t_ns, process->id, VM_EVENT_RUNNABLE, 0, by, 0);
  else
    recorder_emit_outside (
      vm->recorder,
      &(VmEvent){ .t_ns = t_ns, .pid = process->id, .kind = VM_EVENT_RUNNABLE, .a = by });
  put_in_queue (set, process, t_ns);
}

/* --- the loop's body -------------------------------------------------------- */

static void
emit_in (Scheduler *s, Process *p, gint64 now_ns)
{
  const Heap *heap = &p->heap;

  event_ring_emit (s->context.ring, now_ns, p->id, VM_EVENT_IN, 0, s->set->ops.get_mfa (p),
                   EVENT_PAIR (heap->htop - heap->start, heap->hend - heap->stop));
}

static void
emit_out (Scheduler *s, Process *p, gint64 now_ns, guint8 why)
{
  const Heap *heap = &p->heap;
  VmEvent     events[2] = {
        { .t_ns = now_ns, .pid = p->id, .kind = VM_EVENT_OUT, .n_more = 1, .extra = why },
        { .t_ns = (gint64) p->reductions, .pid = p->id, .kind = VM_EVENT_MORE },
  };

  if (why != OUT_EXIT)
    {
      events[0].a = s->set->ops.get_mfa (p);
      events[0].b = EVENT_PAIR (heap->htop - heap->start, heap->hend - heap->stop);
      events[1].a = EVENT_PAIR (heap->mbuf_size, p->message_words);
      events[1].b = EVENT_PAIR (heap->off_heap.overhead, heap->old_vheap);
    }
  event_ring_emit_long (s->context.ring, events);
}

/* Marks @p as running; FALSE: it is suspended and has nothing to handle. */
static gboolean
claim (Process *p, guint32 *old_state)
{
  guint32 old = atomic_load (&p->state), state;

  for (;;)
    {
      gboolean rests = (old & PS_SUSPENDED) != 0 && (old & (PS_ANY_SIGNALS | PS_EXITING)) == 0;

      state = rests ? old & ~(guint32) PS_IN_RUNQ
                    : (old & ~(guint32) (PS_IN_RUNQ | PS_ACTIVE)) | PS_RUNNING;
      if (atomic_compare_exchange_weak (&p->state, &old, state))
        {
          *old_state = old;
          return !rests;
        }
    }
}

static Process *
pick (Scheduler *s, guint32 *old_state)
{
  for (;;)
    {
      Process *p = run_queue_pick (&s->queue);

      if (p == NULL)
        p = scheduler_steal (s);
      if (p == NULL || claim (p, old_state))
        return p;
    }
}

/* What comes before its code runs: signals, then a collection. Says how the
 * slice ends already, or LEAVE_QUANTUM when the code is to run. */
static LeaveReason
prepare (Process *p, guint32 old_state)
{
  guint32 state = atomic_load (&p->state);
  bool    waits;

  if ((state & PS_ANY_SIGNALS) != 0)
    {
      bool active = ((old_state | state) & (PS_ACTIVE | PS_MESSAGES)) != 0;

      p->flags |= active ? 0 : PF_SERVING;
      p->fcalls -=
        process_handle_signals_at_start (p, active ? ACTIVE_REDUCTIONS : SLICE_REDUCTIONS);
      p->flags &= ~(guint32) PF_SERVING;
      state = atomic_load (&p->state);
    }
  if ((state & PS_EXITING) != 0)
    return LEAVE_EXIT;
  /* woken for signals alone, and none of them became a message */
  waits = ((old_state | state) & (PS_ACTIVE | PS_MESSAGES)) == 0 && !p->timed_out &&
          mailbox_peek (p) == NULL;
  if (heap_wants_collection (&p->heap) && (p->heap.flags & (HEAP_DISABLE_GC | HEAP_DELAY_GC)) == 0)
    {
      p->fcalls -= process_collect (p, 0, p->saved, p->n_live, 0);
      if ((atomic_load (&p->state) & PS_EXITING) != 0)
        return LEAVE_EXIT;
    }
  if ((state & PS_SUSPENDED) != 0)
    return LEAVE_YIELD;
  if (waits)
    return LEAVE_WAIT;
  if (p->fcalls <= 0)
    return LEAVE_YIELD;
  return LEAVE_QUANTUM;
}

/* The virtual driver holds the main locks of all processes in mid-slice at once,
 * in any order; nobody else ever holds one while it runs, so trying succeeds. */
static void
take_main_lock (Scheduler *s, Process *p)
{
  if (!s->set->is_virtual)
    lock_take (&p->main_lock);
  else if (!lock_try (&p->main_lock))
    g_error ("the main lock of a process that does not run is held");
}

/* A slice that follows another begins where that one ended, but not before the
 * process was made runnable: the clock is not looked at again. */
static gint64
begin_time (Scheduler *s, const Process *p)
{
  if (s->set->is_virtual)
    return s->now_ns;
  return s->end_ns != 0 ? MAX (s->end_ns, p->ready_ns) : live_clock (s->set);
}

gboolean
scheduler_begin_slice (Scheduler *s)
{
  RunContext *context = &s->context;
  guint32     old_state = 0;
  Process    *p;
  LeaveReason reason;

  atomic_store (&s->seen_epoch, atomic_load (&s->set->epoch));
  p = pick (s, &old_state);
  if (p == NULL)
    return FALSE;
  scheduler_set_idle (s, FALSE);
  take_main_lock (s, p);
  if (s->set->is_virtual)
    s->now_ns = MAX (s->now_ns, p->ready_ns);
  context->slice_begin_ns = begin_time (s, p);
  context->slice_begin_reds = SLICE_REDUCTIONS;
  context->extra_ns = 0;
  context->reserve = 0;
  p->virtual_reds = VM_IS_STRESS ? SLICE_REDUCTIONS - STRESS_SLICE : 0;
  p->fcalls = SLICE_REDUCTIONS - p->virtual_reds;
  p->run = context;
  s->current = p;
  s->entered = FALSE;
  atomic_fetch_add_explicit (&s->n_switches, 1, memory_order_relaxed);
  emit_in (s, p, context->slice_begin_ns);
  reason = prepare (p, old_state);
  if (reason != LEAVE_QUANTUM)
    scheduler_end_slice (s, reason);
  return TRUE;
}

/* Runs on in the slice. LEAVE_QUANTUM and LEAVE_BREAK: the slice is not over. A
 * quantum that a break interrupted is finished, so that stopping changes nothing. */
LeaveReason
scheduler_run_quantum (Scheduler *s, gint32 quantum)
{
  Process    *p = s->current;
  LeaveReason reason;

  if (!s->entered)
    {
      s->set->ops.enter (p);
      s->entered = TRUE;
    }
  if (!s->in_quantum)
    s->quantum_end = quantum >= p->fcalls ? 0 : p->fcalls - quantum;
  s->in_quantum = TRUE;
  reason = s->set->ops.run (p, MAX (1, p->fcalls - s->quantum_end));
  if (reason == LEAVE_BREAK)
    return reason;
  s->in_quantum = FALSE;
  if (reason != LEAVE_QUANTUM)
    scheduler_end_slice (s, reason);
  return reason;
}

/* TRUE: it is to be queued again. */
static gboolean
settle_state (Process *p, LeaveReason reason)
{
  guint32 old = atomic_load (&p->state), state;

  for (;;)
    {
      gboolean active = reason != LEAVE_WAIT || (old & (PS_ANY_SIGNALS | PS_MESSAGES)) != 0;
      gboolean queue =
        active && ((old & PS_SUSPENDED) == 0 || (old & (PS_ANY_SIGNALS | PS_EXITING)) != 0);

      state = old & ~(guint32) (PS_RUNNING | PS_ACTIVE);
      if (active && (reason != LEAVE_WAIT || (old & PS_MESSAGES) != 0))
        state |= PS_ACTIVE;
      if (queue)
        state |= PS_IN_RUNQ;
      if (atomic_compare_exchange_weak (&p->state, &old, state))
        return queue;
    }
}

/* The slice is over; gives its end. */
static gint64
account (Scheduler *s, Process *p, gint64 begin_ns)
{
  gint32 used = MAX (SLICE_REDUCTIONS - p->fcalls - p->virtual_reds, 0);
  gint64 now_ns = scheduler_now (s);

  p->reductions += (guint64) used;
  p->fcalls = SLICE_REDUCTIONS;
  p->virtual_reds = 0;
  s->context.slice_begin_ns = now_ns;
  s->context.extra_ns = 0;
  if (s->set->is_virtual)
    s->now_ns = now_ns;
  atomic_fetch_add_explicit (&s->n_reductions, (guint64) used, memory_order_relaxed);
  atomic_fetch_add_explicit (&s->busy_ns, now_ns - begin_ns, memory_order_relaxed);
  return now_ns;
}

static void
check_memory (VmMachine *vm)
{
  gint64           held = __atomic_load_n (&vm->memory_bytes, __ATOMIC_RELAXED);
  g_autofree char *text = NULL;

  if (VM_LIKELY (held < (gint64) vm->options.max_memory_bytes))
    return;
  text = g_strdup_printf ("memory: the machine's processes hold %" G_GINT64_FORMAT
                          " bytes; the limit is %" G_GUINT64_FORMAT,
                          held, vm->options.max_memory_bytes);
  vm->hooks->limit (vm, text);
}

void
scheduler_end_slice (Scheduler *s, LeaveReason reason)
{
  Process      *p = s->current;
  SchedulerSet *set = s->set;
  gint64        begin_ns = s->context.slice_begin_ns, now_ns;
  guint64       reds_before = atomic_load_explicit (&s->n_reductions, memory_order_relaxed);

  if (reason == LEAVE_EXIT)
    process_exit (p, p->exit_reason);
  now_ns = account (s, p, begin_ns);
  if (reason == LEAVE_EXIT)
    emit_out (s, p, now_ns, OUT_EXIT);
  else if (reason == LEAVE_WAIT)
    emit_out (s, p, now_ns, OUT_WAIT);
  else
    emit_out (s, p, now_ns,
              (atomic_load (&p->state) & PS_SUSPENDED) != 0 ? OUT_SUSPENDED : OUT_BUDGET);
  if (VM_UNLIKELY (p->suspenders != NULL))
    {
      process_answer_suspenders (p);
      now_ns = scheduler_now (s);
    }
  p->ready_ns = set->is_virtual ? now_ns : 0;
  s->end_ns = now_ns;
  p->run = NULL;
  s->current = NULL;
  s->in_quantum = FALSE;
  lock_drop (&p->main_lock);
  if (reason != LEAVE_EXIT && settle_state (p, reason))
    put_in_queue (set, p, now_ns);
  note_queue (s, set->is_virtual ? s->now_ns : now_ns);
  if (set->n > 1)
    scheduler_check_wakeup (
      s, (guint) (atomic_load_explicit (&s->n_reductions, memory_order_relaxed) - reds_before));
  check_memory (set->vm);
}

void
scheduler_abandon (Scheduler *s)
{
  Process *p = s->current;

  if (p == NULL)
    return;
  p->run = NULL;
  s->current = NULL;
  lock_drop (&p->main_lock);
}

guint
scheduler_set_fire_timers (SchedulerSet *set, gint64 now_ns)
{
  TimerFunc func;
  gpointer  data;
  gint64    at_ns;
  guint     n = 0;

  while (timer_heap_pop (&set->timers, now_ns, &func, &data, &at_ns))
    {
      func (set->vm, data);
      n++;
    }
  return n;
}
