/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Schedulers: who runs when.
 *
 * One loop body serves both clocks: pick a process, take its main lock, handle
 * its signals, collect if that is due, run it, account, requeue it or let it
 * wait or end. Under the live clock each scheduler has a thread, and a driver
 * thread beside them empties the rings and serves commands. Under the virtual
 * clock there is the driver alone: it always runs the scheduler whose own clock
 * is lowest (the seed decides ties), for a quantum of reductions.
 *
 * Virtual time: a reduction is VIRTUAL_NS_PER_REDUCTION; a collected word costs
 * through the reductions of its collection. Nothing else takes time.
 *
 * PS_ bits, as the schedulers use them: who makes a process runnable sets
 * PS_ACTIVE (and PS_SIGNALS or PS_MESSAGES), and if neither PS_RUNNING,
 * PS_IN_RUNQ nor PS_SUSPENDED were set also PS_IN_RUNQ in the same atomic step, and then
 * calls hooks->enqueue. Picking clears PS_IN_RUNQ and PS_ACTIVE and sets
 * PS_RUNNING; a process that wants to wait is queued again if PS_SIGNALS or
 * PS_MESSAGES came meanwhile (fetching clears them under the signal lock). */

#include "engine/proc/process.h"

#define VIRTUAL_NS_PER_REDUCTION 100        /* about what a call takes on a machine of 2020 */
#define VIRTUAL_QUANTUM          100        /* reductions: clocks differ by 10 us at most */
#define VIRTUAL_EPOCH_S          1704067200 /* 2024-01-01: system time at machine time 0 */

typedef struct _SchedulerSet SchedulerSet;

/* Why the driver asks what to do. All schedulers stand still. */
typedef enum
{
  ATTEND_ASKED, /* scheduler_set_request() */
  ATTEND_BREAK, /* a step hook stopped a process */
  ATTEND_IDLE,  /* nothing can run, no timer is set */
  ATTEND_TIME,  /* the time limit is reached */
} AttendEvent;

typedef enum
{
  VERDICT_REST, /* until the next request */
  VERDICT_RUN,
  VERDICT_QUIT,
} Verdict;

/* What sched/ is given by the folders right of it. Immutable. */
typedef struct
{
  LeaveReason (*run) (Process *p, gint32 quantum);
  void (*enter) (Process *p);
  const Cell *start_code;          /* where new processes begin */
  guint64 (*get_mfa) (Process *p); /* EVENT_MFA of where it is; 0 = unknown */
  /* Live: make a running process leave before its next instruction; and undo. */
  void (*interrupt) (RunContext *context);
  void (*release) (RunContext *context);
  /* Driver, all stand still. @scheduler: who broke, or 0. */
  Verdict (*attend) (VmMachine *vm, AttendEvent event, guint scheduler);
  /* Driver: after a quantum or timer (virtual), now and then (live). TRUE: attend. */
  gboolean (*check) (VmMachine *vm, guint scheduler);
  /* @p was made and is about to be queued the first time. Thread: any scheduler. */
  void (*spawned) (VmMachine *vm, Process *p);
} SchedulerOps;

SchedulerSet *scheduler_set_new (VmMachine *vm, const SchedulerOps *ops);
/* Starts the driver, at rest. */
void scheduler_set_start (SchedulerSet *set);
/* The boot begins: nothing takes time. */
void scheduler_set_boot (SchedulerSet *set);
/* The boot is over, all stand still: machine time and the counts of reductions begin at 0. */
void scheduler_set_begin (SchedulerSet *set);
/* Ends all threads and waits for them; frees what was retired. */
void scheduler_set_stop (SchedulerSet *set);
void scheduler_set_free (SchedulerSet *set);

/* Makes the driver attend, soon. Thread: any. */
void scheduler_set_request (SchedulerSet *set);
/* Live: are all to stop before their next instruction? For the step hook. */
gboolean scheduler_set_is_stopping (SchedulerSet *set);
/* Virtual: attend with ATTEND_TIME once all clocks passed @t_ns (G_MAXINT64 = never). Driver only.
 */
void scheduler_set_limit_time (SchedulerSet *set, gint64 t_ns);
/* Virtual: how many turns (quanta and firings of timers) were taken since scheduler_set_begin().
 * They do not depend on where the machine was stopped. Driver only. */
guint64 scheduler_set_get_turn (SchedulerSet *set);
/* Driver: a quantum was interrupted and goes on first. */
gboolean scheduler_set_is_in_turn (SchedulerSet *set);
/* Virtual: it is @t_ns now, if it was not already. Driver only. */
void scheduler_set_pass_time (SchedulerSet *set, gint64 t_ns);
/* Virtual: where the hook is to break a process of this turn, for the limit of time: G_MAXINT64 =
 * nowhere. Driver only. */
gint64 scheduler_set_get_break_time (SchedulerSet *set);
void   scheduler_set_set_speed (SchedulerSet *set, double ns_per_second);

guint scheduler_set_get_n (SchedulerSet *set);
/* System time at machine time 0, ns since 1970. Virtual: VIRTUAL_EPOCH_S. */
gint64 scheduler_set_get_epoch_ns (SchedulerSet *set);
/* @now_us, or one more than what this returned last: erlang:now/0. Thread: any. */
gint64 scheduler_set_unique_us (SchedulerSet *set, gint64 now_us);
/* What the caller was told last by statistics/1, per kind; swaps @now in. Thread: any. */
enum
{
  STATISTICS_REDUCTIONS,
  STATISTICS_EXACT_REDUCTIONS,
  STATISTICS_RUNTIME,
  STATISTICS_WALL_CLOCK,
  N_STATISTICS
};
guint64 scheduler_set_swap_statistics (SchedulerSet *set, guint kind, guint64 now);
gint64  scheduler_set_get_time (SchedulerSet *set);
guint64 scheduler_set_get_reductions (SchedulerSet *set);
/* Driver, all stand still: of the slices that are not over, what is not in the above yet. */
guint64     scheduler_set_get_slice_reductions (SchedulerSet *set);
guint64     scheduler_set_get_switches (SchedulerSet *set);
guint       scheduler_set_get_queue_length (SchedulerSet *set, guint scheduler); /* 0: all */
RunContext *scheduler_set_get_context (SchedulerSet *set, guint scheduler);
/* Time this scheduler spent running processes. */
gint64 scheduler_set_get_busy_ns (SchedulerSet *set, guint scheduler);

/* Driver, all stand still: what a picture shows of scheduler @id. */
typedef struct
{
  Process *current;
  gint64   time_ns;
  guint64  n_reductions;
  guint    queue_length;
} SchedulerView;
void scheduler_set_view (SchedulerSet *set, guint id, SchedulerView *view);
/* Appends up to @max pids in the order they will be picked. */
void scheduler_set_list_queue (SchedulerSet *set, guint id, guint max, GArray *pids);

/* The entries of MachineHooks that sched/ implements. */
void     scheduler_hook_enqueue (VmMachine *vm, Process *process, VmPid by);
gint64   scheduler_hook_now (VmMachine *vm, Process *process);
gint64   scheduler_hook_unique_us (VmMachine *vm, Process *process);
Timer   *scheduler_hook_timer_set (VmMachine *vm, gint64 at_ns, TimerFunc func, gpointer data);
gboolean scheduler_hook_timer_cancel (VmMachine *vm, Timer *timer);
void     scheduler_hook_retire (VmMachine *vm, gpointer data, GDestroyNotify destroy);
