/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* budget: the struct and the contracts of all files of this folder in one place.
 *
 * A process.
 *
 * Fields are grouped by who may touch them:
 *   owner-thread  the scheduler that runs it; or who holds `main_lock` while it
 *                 does not run. A scheduler holds main_lock for the whole slice.
 *   lock:signals  `signal_lock`
 *   atomic        C11 atomics
 * Others never look into a running process: they send it a signal. */

#include <stdatomic.h>

#include "engine/base/debug.h"
#include "engine/base/hooks.h"
#include "engine/base/lock.h"
#include "engine/mem/heap.h"
#include "engine/mem/offheap.h"
#include "engine/term/atom-table.h"

typedef guint64 Cell; /* a word of loaded code; see code/code.h */

#define MAX_X_REGS       1024
#define SLICE_REDUCTIONS 4000

typedef struct _Process    Process;
typedef struct _RunContext RunContext;

/* Why a process leaves the interpreter. */
typedef enum
{
  LEAVE_YIELD,   /* budget spent, or asked to */
  LEAVE_WAIT,    /* nothing to receive */
  LEAVE_EXIT,    /* it ends: process->exit_reason is set */
  LEAVE_QUANTUM, /* the driver's turn ended in mid-slice: nothing about the process changed */
  LEAVE_BREAK,   /* traced loop: the hook asked to stop, before the next instruction */
} LeaveReason;

/* What a scheduler lends to the process it runs: registers and the way to the
 * recorder. One per scheduler; only its thread touches it. */
struct _RunContext
{
  Term               x[MAX_X_REGS + 8];
  double             f[MAX_X_REGS];
  guint              scheduler; /* from 1 */
  VmMachine         *vm;
  struct _EventRing *ring;
  const void        *dispatch;     /* atomic: table of bodies; swapped to stop a running process */
  const void        *stepping;     /* atomic: StepControl, or NULL: see interp.h */
  gint32             reserve;      /* of the slice's budget, what lies beyond this quantum */
  guint64            n_stepped;    /* instructions run one by one */
  guint8            *build_base;   /* the binary that bs_put_* writes, and where */
  gsize              build_offset; /* bits */
  gsize              build_end;    /* bits; nothing is written from here on */
  Term               build_term;   /* of bs_append, until bs_put_* are done */
  bool               is_virtual;
  /* virtual time: now = slice_begin_ns + (slice_begin_reds - fcalls) * ns_per_reduction + extra_ns
   */
  gint32 ns_per_reduction; /* 0 while the machine boots: its time begins afterwards */
  gint64 slice_begin_ns;
  gint32 slice_begin_reds;
  gint64 extra_ns;
  /* atomic: words and collections of all processes that ran here */
  _Atomic guint64 n_collections, n_reclaimed;
};

typedef enum
{
  PRIORITY_MAX,
  PRIORITY_HIGH,
  PRIORITY_NORMAL,
  PRIORITY_LOW,
} Priority;

/* Bits of `state`. */
enum
{
  PS_ACTIVE = 1u << 0, /* has code to run (not waiting) */
  PS_IN_RUNQ = 1u << 1,
  PS_RUNNING = 1u << 2,
  PS_SUSPENDED = 1u << 3,
  PS_SIGNALS = 1u << 4,  /* non-message signals wait in the outer queue, or a timer fired */
  PS_MESSAGES = 1u << 5, /* messages wait in the outer queue */
  PS_EXITING = 1u << 6,
  PS_FREE = 1u << 7, /* gone; only references keep the struct */
  PS_COLLECTING = 1u << 8,
  PS_SYSTEM = 1u << 9, /* made by the boot; pictures hide it by default */
  PS_SUPERVISOR = 1u << 10,
  PS_OFF_HEAP_QUEUE = 1u << 11, /* PF_OFF_HEAP_QUEUE, for senders */
  PS_FETCHED = 1u << 12,        /* signals wait in the middle queue */
  PS_ANY_SIGNALS = PS_SIGNALS | PS_FETCHED,
};

/* Exception classes and the trap, in p->exception. */
typedef enum
{
  EXC_NONE,
  EXC_ERROR,
  EXC_EXIT,
  EXC_THROW,
  EXC_TRAP, /* not an exception: go on in p->trap with its arguments in x0… */
} ExceptionClass;

typedef struct _Message Message;
struct _Message
{
  Message      *next;
  Term          term;     /* NONE: a receive marker */
  HeapFragment *fragment; /* of its own, or NULL: in the receiver's heap, or immediate */
  VmPid         from;
  guint32       words;   /* copied to send it */
  guint32       marker;  /* id of a receive marker */
  guint32       kind;    /* SignalKind of proc/signals.h: messages travel among the other signals */
  gint64        sent_ns; /* virtual clock: nobody sees it before */
};

/* Places in the message queue that a receive can skip to (see mailbox.c). */
#define N_RECEIVE_MARKERS 8
typedef struct
{
  guint32   id;     /* 0: free */
  guint32   ref[3]; /* what it is bound to */
  bool      is_bound;
  bool      is_placed; /* in the inner queue */
  Message  *message;
  Message **at; /* placed: what points to `message` */
} ReceiveMarker;

struct _Process
{
  /* owner-thread, hot */
  Heap            heap;
  const Cell     *pc;              /* where it goes on */
  gint32          fcalls;          /* reductions left, while out of the loop */
  gint32          virtual_reds;    /* of this slice: shorten it but are not shown */
  RunContext     *run;             /* while running, else NULL */
  guint32         flags;           /* PF_* */
  guint8          exception;       /* ExceptionClass */
  guint8          exception_flags; /* EXCF_* */
  guint16         n_live;          /* saved argument registers */
  Term            fvalue;          /* reason of the exception being raised */
  Term            ftrace;          /* raw stack trace, or NIL */
  Term            cause;           /* EXCF_CAUSE: for the error_info of a BIF's exception */
  struct _Export *undefined;       /* EXCF_UNDEFINED: what was called */
  guint8          uncaught_class;  /* of the exception that ends it; reason and trace on its heap */
  Term            uncaught_reason, uncaught_trace;
  struct _Export *trap;    /* EXC_TRAP: where to; NULL: the BIF put the process to sleep… */
  const Cell     *trap_pc; /* …and it goes on here (hibernate) */
  guint32         catches; /* how many catch words are on the stack */
  Term           *saved;   /* argument registers while not running; n_live of them */
  guint16         saved_size;
  Term            saved_inline[6];
  const Cell     *current; /* function entry of a BIF in progress, for current_function */

  /* owner-thread: inner message queue, scanned by receive */
  Message    *messages; /* oldest */
  Message   **messages_last;
  Message   **scan;          /* the receive cursor: *scan is the next to look at */
  guint32     n_messages;    /* inner, without markers */
  gsize       message_words; /* of the inner ones that lie in fragments of their own */
  Timer      *receive_timer;
  bool        timed_out;
  const Cell *timeout_pc; /* where a timed-out receive goes on; NULL: not in a timed wait */

  /* owner-thread */
  Term                group_leader;
  Term                registered_name; /* atom or NONE */
  Term                exit_reason;     /* while exiting, on its heap */
  Term                initial_module, initial_function;
  guint               initial_arity;
  struct _Dictionary *dictionary;
  struct _Links      *links;      /* links and monitors, both directions: proc/links.h */
  guint64             reductions; /* before this slice */
  ReceiveMarker      *markers;    /* (nullable) N_RECEIVE_MARKERS of them, from the first use on */
  guint32             last_marker;
  guint32             marker_awaited; /* cursor goes to this marker when it arrives; 0 = none */
  gsize               disturbed;      /* words of heap.mbuf_size that only tracing put there */
  guint32             save_calls;
  bool                is_sensitive;
  Term                error_handler; /* atom */
  struct _Signal     *suspenders;    /* (nullable) who waits for it to stand still */
  GArray             *suspending;    /* (nullable) VmPid, once for each suspend_process */
  guint8              max_stacktrace;
  Term                result; /* main process: its result */
  Term                seq_trace_token;

  /* immutable after spawn */
  VmPid      id;
  VmPid      parent;
  VmMachine *vm;

  /* atomic */
  _Atomic guint32 state; /* PS_* */
  _Atomic guint8  priority;
  _Atomic guint32 suspend_count;
  _Atomic guint16 queue_home; /* scheduler (from 1) whose queue it lives in */
  _Atomic guint32 n_queued;   /* messages in outer and middle queue */
  _Atomic guint64 trace;      /* flags (low half) and tracer of erlang:trace/3: tracing.h */

  /* lock:signals */
  guint32          timer_serial; /* of the receive timer that counts */
  bool             timer_fired;
  Lock             signal_lock;
  struct _Signal  *outer; /* in transit */
  struct _Signal **outer_last;
  /* owner-thread */
  struct _Signal  *middle; /* fetched, not handled yet */
  struct _Signal **middle_last;

  /* lock: held for a slice by the scheduler; tried by senders */
  Lock main_lock;

  /* lock: run queue of queue_home */
  Process *queue_next;
  gint64   ready_ns;       /* when it was made runnable; virtual clock: not picked before */
  guint8   schedule_count; /* low priority: 8 turns */
};

enum
{
  PF_TRAP_EXIT = 1u << 0,
  PF_OFF_HEAP_QUEUE = 1u << 1, /* message_queue_data off_heap */
  PF_HIBERNATING = 1u << 2,    /* in hibernate/3, and not gone on since */
  PF_IS_MAIN = 1u << 3,
  PF_TRAPPED = 1u << 4,      /* goes on in a call that is not counted yet */
  PF_SERVING = 1u << 5,      /* runs for its signals alone */
  PF_SELF_SIGNALS = 1u << 6, /* may have told itself what it has not handled yet */
};
enum
{
  EXCF_ARGS =
    1u << 0,                  /* the raising BIF's arguments are to be shown */
  EXCF_SAVED_TRACE = 1u << 1, /* ftrace is set already */
  EXCF_NO_TRACE = 1u << 2,
  EXCF_CAUSE = 1u << 6,           /* p->cause explains a BIF's exception */
  EXCF_UNDEFINED = 1u << 7,       /* no such function: p->undefined, arguments in the x registers */
  EXCF_FUNCTION_CLAUSE = 1u << 5, /* the arguments are in the x registers */
};

/* Pids are immediates, so a process is named by its number everywhere. */
static inline Term
process_pid (const Process *p)
{
  return make_pid (p->id);
}

/* --- process-table.c ------------------------------------------------------ */

/* The live process with this number, or NULL. The pointer is good until the
 * calling scheduler's slice ends (see MachineHooks.retire). */
Process *process_table_lookup (VmMachine *vm, VmPid pid);
/* Numbers of all live processes, oldest first (element type VmPid). Thread: any. */
GArray *process_table_list (VmMachine *vm);
guint   process_table_get_count (VmMachine *vm);

/* --- process.c ------------------------------------------------------------ */

typedef struct
{
  bool     link, monitor;
  bool     monitor_alias; /* its reference is an alias: 4 words */
  Priority priority;
  gsize    min_heap_size, min_vheap_size, max_heap_size;
  guint32  max_heap_flags;
  guint32  fullsweep_after;
  bool     off_heap_queue;
  bool     system;
} SpawnOptions;

/* Where new processes begin, and the return address at the bottom of their
 * stacks. Once, before the first spawn. */
void process_table_set_start_code (VmMachine *vm, const Cell *start_code, const Cell *exit_code);

void spawn_options_init (VmMachine *vm, SpawnOptions *options);
/* What asking for @words gives: a size of the row, and the machine's least one at least. */
gsize process_min_heap_size (VmMachine *vm, gsize words);
gsize process_min_vheap_size (VmMachine *vm, gsize words);

/* Makes a process that will apply M:F to the list @args (copied to its heap, as
 * ERTS does: the argument list lies on the new heap when it starts), links and
 * monitors it as told, and makes it runnable at the tail of the parent's queue.
 * @parent NULL: made by the machine. Monitor: *@monitor_ref gets the reference.
 * NULL: the limit of processes is reached. */
Process *process_spawn (VmMachine          *vm,
                        Process            *parent,
                        Term                module,
                        Term                function,
                        Term                args,
                        const SpawnOptions *options,
                        Term               *monitor_ref);

/* A process that is in no table and no queue: nobody can reach it, it can reach
 * others. For computing a value outside of what the machine's schedules show.
 * Its main_lock is held; to be run by hand and then freed. */
Process *process_new_private (VmMachine *vm, Term module, Term function, Term args);
void     process_free_private (Process *p);

/* Collects the running process; live x registers are @regs[0..n). Reports to the
 * recorder, charges nothing itself: returns the cost in reductions. A process
 * over max_heap_size gets an exit set (the caller leaves at the next check).
 * This and process_need() are the only ways to collect a running process. */
/* In the middle of a receive: the message under the cursor becomes part of the heap. */
void process_adopt_message (Process *p);
int  process_collect (Process *p, gsize need, Term *regs, guint n_regs, gsize extra_stack);
/* After a BIF, whose fragments (newer than @fragments_before) are moved whole. */
int process_collect_after_bif (
  Process *p, Term *roots, guint n_roots, HeapFragment *fragments_before);
int process_garbage_collect (Process *p, bool major, Term *regs, guint n_regs);

/* Saves the first @n x registers (leaving the loop) and puts them back. */
void process_save_registers (Process *p, const Term *x, guint n);
void process_restore_registers (Process *p, Term *x);

/* For hibernate/3: collects everything with the n_live saved registers as roots;
 * the stack must hold one word. Returns the cost. */
int process_hibernate (Process *p);

/* An error or throw nobody caught: a message to the `logger` process, as ERTS
 * words it ("Error in process … with exit value:"). @value: what it exits with. */
void process_log_uncaught (Process *p, Term value);
/* An error that the emulator reports in its own words. */
void process_log_text (Process *p, const char *text);

/* Words of process_info(P, memory) in bytes. */
gsize process_memory_bytes (const Process *p);

/* Sets an exit of the running process @p with @reason (on its heap, or immediate):
 * PS_EXITING; it leaves at the next check. */
void process_set_exit (Process *p, Term reason);

/* The process ends with @reason (on its heap): runs the phases of ERTS's exit
 * (name, ETS tables, links, monitors); called by the scheduler after LEAVE_EXIT,
 * holding main_lock. Afterwards the process is PS_FREE. */
void process_exit (Process *p, Term reason);

/* --- signal-queue.c ------------------------------------------------------- */

/* Sets @bits (PS_ACTIVE: its code is to run; without it only its signals are handled)
 * and queues @p unless it is queued or runs; a suspended one only for PS_SIGNALS.
 * Thread: any. */
void process_wake (Process *p, guint32 bits, VmPid by);

/* Sends @message from @from (NULL: the machine) to the process @to: copies it as
 * ERTS would (receiver's heap when its main lock can be had, else a fragment),
 * queues it and wakes the receiver. Returns words copied; *@found says whether
 * there was a receiver. */
gsize process_send (VmMachine *vm, Process *from, VmPid to, Term message, bool *found);

/* Handles what waits in the queues: moves messages to the inner queue in order,
 * applies other signals. Returns the reductions it cost; sets an exit when an
 * exit signal killed the process (p->state has PS_EXITING then). */
int process_handle_signals (Process *p, int max_reds);
/* The same at the begin of a slice, where ERTS does not charge the fetch. */
int process_handle_signals_at_start (Process *p, int max_reds);
/* Handles all that @p has told itself so far, if there may be something. Returns the
 * reductions. */
int process_flush_self_signals (Process *p);
/* Is there anything after the inner queue's cursor, or outside? Owner's thread, or
 * with the main lock. */
bool process_has_signals (Process *p);

/* At the end of each slice: tells who waits for @p to be suspended that it is. */
void process_answer_suspenders (Process *p);

/* Exit signals, links, monitors: see links.h for the rest. */
void process_send_exit (VmMachine *vm, VmPid from, VmPid to, Term reason, bool linked);

/* --- mailbox.c: the receive instructions ---------------------------------- */

/* The message under the cursor (skipping markers), or NULL: end of the inner queue. */
Message *mailbox_peek (Process *p);
/* Takes the message under the cursor out: attaches its fragment to the heap,
 * cancels the receive timer, rewinds the cursor. Returns reductions to give up
 * (virtual) because a collection is wanted: ERTS keeps at most 5. */
void mailbox_remove (Process *p);
void mailbox_skip (Process *p);   /* cursor past this message */
void mailbox_rewind (Process *p); /* cursor to the first message */
void mailbox_to_end (Process *p); /* cursor behind all that came so far */
/* Receive markers (OTP 24+ optimisation of gen_server:call). */
Term mailbox_marker_reserve (Process *p); /* a small, or undefined */
void mailbox_marker_bind (Process *p, Term marker, Term ref);
void mailbox_marker_clear (Process *p, Term ref);
void mailbox_marker_use (Process *p, Term ref);
/* Starts the receive's timer at @milliseconds; FALSE: not a timeout value. */
void mailbox_set_timeout (Process *p, guint64 milliseconds);
void mailbox_cancel_timeout (Process *p);

/* --- exception.c ---------------------------------------------------------- */

/* For BIFs: sets the exception and returns NONE. */
static inline Term
bif_error (Process *p, Term reason)
{
  p->exception = EXC_ERROR;
  p->exception_flags = EXCF_ARGS;
  p->fvalue = reason;
  p->ftrace = NIL;
  return NONE;
}
static inline Term
bif_badarg (Process *p)
{
  return bif_error (p, A (badarg));
}
static inline Term
bif_raise (Process *p, ExceptionClass class, Term reason)
{
  p->exception = class;
  p->exception_flags = 0;
  p->fvalue = reason;
  p->ftrace = NIL;
  return NONE;
}
/* Continues in @export with @n arguments instead of returning. */
Term bif_trap (Process *p, struct _Export *export_, guint n, const Term *args);
/* Charges @n reductions; never below 0 left. */
static inline void
bump_reductions (Process *p, gint32 n)
{
  p->fcalls = n >= p->fcalls ? 0 : p->fcalls - n;
}

/* Alloc for BIFs. */
static inline Term *
halloc (Process *p, gsize n)
{
  return heap_alloc (&p->heap, n);
}
