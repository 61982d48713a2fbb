/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/sched/run-queue.h"
#include "engine/sched/scheduler.h"
#include "engine/sched/timer-heap.h"
#include "engine/trace/recorder.h"

#define WAKEUP_LIMIT 40000 /* wakeup_other, "medium": erts/emulator/beam/erl_process.c */
#define WAKEUP_FIXED 400
#define NO_QUANTUM   G_MAXINT32

typedef struct
{
  /* owner-thread: the scheduler's, or the driver's (virtual clock) */
  RunContext    context;
  guint         id; /* from 1 */
  SchedulerSet *set;
  RunQueue      queue;
  Process      *current; /* in mid-slice */
  gboolean      entered; /* current's registers are in the context */
  gboolean      in_quantum;
  gint32        quantum_end; /* fcalls at which this quantum ends */
  gint64        now_ns;      /* virtual: this scheduler's clock */
  gint64        end_ns;      /* live: the slice before ended then, this one begins; 0: unknown */
  guint         last_length; /* as last told to the recording */
  gint64        wakeup_other;
  /* atomic */
  _Atomic guint64  n_reductions;
  _Atomic guint64  n_switches;
  _Atomic gint64   busy_ns;
  _Atomic guint64  seen_epoch;
  _Atomic gboolean is_idle;
  /* virtual: driver */
  guint   place; /* in the heap of busy schedulers, or G_MAXUINT */
  guint64 tie;
  /* live; lock: set */
  pthread_t      thread;
  pthread_cond_t cond;
  gboolean       wake;
  gboolean       broke; /* a hook stopped it: stands until the driver attended */
} Scheduler;

typedef struct _Retired Retired;

struct _SchedulerSet
{
  /* immutable */
  VmMachine   *vm;
  SchedulerOps ops;
  guint        n;
  gboolean     is_virtual;
  guint64      seed;
  Scheduler  **schedulers; /* [0] is scheduler 1 */
  TimerHeap    timers;

  gint64          epoch_ns; /* immutable: system time at machine time 0 */
  _Atomic gint64  last_us;  /* of erlang:now/0 */
  _Atomic guint64 told[N_STATISTICS];

  pthread_t driver;
  gboolean  has_driver;
  gboolean  has_threads;
  /* lock: set */
  Lock           lock;
  pthread_cond_t driver_cond;
  guint          n_out; /* live: schedulers that sleep or stand still */
  /* atomic */
  _Atomic gboolean attention;
  _Atomic gboolean stop; /* live: all stand still, or shall */
  _Atomic gboolean quit;
  _Atomic guint    n_idle;
  _Atomic guint    timer_waiter; /* live: the sleeping scheduler that watches the timers, or 0 */
  _Atomic gint64   event_ns;     /* virtual: the machine's time */
  _Atomic gint64   offset_ns;    /* live: clock at machine time 0 */
  _Atomic gint64   frozen_ns;    /* live: time while standing still, else -1 */
  _Atomic guint64  epoch;
  _Atomic guint    n_retired;

  /* virtual: driver */
  Scheduler **heap; /* busy schedulers by (now_ns, tie) */
  guint       n_heap;
  Scheduler  *unfinished; /* its quantum was interrupted: it goes on first */
  Scheduler  *running;    /* whose turn it is, or NULL */
  gint64      time_limit_ns;
  gint64      break_ns; /* of the turn that is being taken */
  guint64     n_turns;
  /* lock: set */
  double speed;
  gint64 speed_wall_us, speed_virtual_ns; /* where the pace was set */

  /* lock: retired */
  Lock     retired_lock;
  Retired *retired; /* newest first */
};

/* scheduler.c: the loop's body, in three parts */
gboolean    scheduler_begin_slice (Scheduler *s); /* FALSE: nothing to run */
LeaveReason scheduler_run_quantum (Scheduler *s, gint32 quantum);
void        scheduler_end_slice (Scheduler *s, LeaveReason reason);
/* The machine ends in mid-slice: lets go of the process. On the thread that ran it. */
void   scheduler_abandon (Scheduler *s);
gint64 scheduler_now (Scheduler *s);
void   scheduler_set_idle (Scheduler *s, gboolean idle);

/* steal.c */
Process *scheduler_steal (Scheduler *s);
/* After a slice of @reds: wakes a sleeping scheduler when enough has waited long enough. */
void scheduler_check_wakeup (Scheduler *s, guint reds);

/* retire.c */
void scheduler_set_reclaim (SchedulerSet *set, gboolean all);

/* live.c, virtual.c */
void   live_wake (Scheduler *s);
void   live_driver (SchedulerSet *set);
gint64 live_clock (SchedulerSet *set);
void   virtual_wake (Scheduler *s, gint64 t_ns);
void   virtual_driver (SchedulerSet *set);
/* Fires what is due. Returns how many. */
guint scheduler_set_fire_timers (SchedulerSet *set, gint64 now_ns);
