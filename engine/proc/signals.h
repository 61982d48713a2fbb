/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Signals: what processes tell each other. A signal is queued in the receiver's
 * outer queue and handled by the receiver in the order of arrival, so what one
 * process sends to another keeps its order. Messages are signals too: their
 * struct is the common beginning of all. */

#include "engine/proc/process.h"

/* What a send costs: so many reductions that only shorten the slice, and a real one
 * for so many words when there are more than that. */
#define SEND_VIRTUAL_REDS 4
#define SEND_WORDS_A_RED  64

typedef enum
{
  SIGNAL_MESSAGE,
  SIGNAL_MARKER,        /* a receive marker of the receiver itself */
  SIGNAL_ALIAS_MESSAGE, /* message to an alias: dropped unless `ref` is one now */
  SIGNAL_EXIT,          /* exit/2; term: {'EXIT', From, Reason} */
  SIGNAL_EXIT_LINKED,   /* a linked process ended; the same */
  SIGNAL_MONITOR,       /* `from` monitors the receiver; name: how it was called */
  SIGNAL_DEMONITOR,
  SIGNAL_MONITOR_DOWN, /* term: the 'DOWN' tuple */
  SIGNAL_LINK,
  SIGNAL_UNLINK, /* `id` comes back in the acknowledgement */
  SIGNAL_UNLINK_ACK,
  SIGNAL_CALL, /* `call` is run by the receiver */
  SIGNAL_TASK, /* the same, a system task: `call` charges for itself */
} SignalKind;

typedef struct _Signal Signal;

/* Runs on the receiver, or with @target NULL when there is none (any more). */
typedef void (*SignalCall) (VmMachine *vm, Process *target, Signal *signal);

struct _Signal
{
  Message    base;
  guint32    ref[3];
  guint32    id;
  Term       name;       /* monitor: registered name used, or NONE */
  bool       ref_is_pid; /* of call: the answer's reference */
  SignalCall call;
  gpointer   data;
};

/* Reference numbers. */
void ref_get_numbers (Term ref, guint32 *numbers);
bool ref_has_numbers (Term ref, const guint32 *numbers);
/* Writes a reference: REF_WORDS; with @pid != VM_PID_NONE PID_REF_WORDS. */
Term ref_write (Term *hp, const guint32 *numbers, VmPid pid);
/* The pid of a pid-reference (alias), or VM_PID_NONE. */
VmPid ref_get_pid (Term ref);

Signal *signal_new (SignalKind kind, VmPid from);
/* Queues @signal (takes it) to the process @to. FALSE: there is none; @signal
 * was answered as ERTS answers for the dead (noproc …) and freed. */
bool signal_send (VmMachine *vm, VmPid to, Signal *signal);
void message_free (VmMachine *vm, Message *message);

/* The signals of bif/: @from does it to @to. Events are emitted. */
void signal_send_exit_from (VmMachine *vm, VmPid from, VmPid to, Term reason, SignalKind kind);
/* Answers a call: {Ref, @result} to who asked; a copy. */
void signal_reply (VmMachine *vm, Process *by, const Signal *call, Term result);

/* To the alias @ref (pid-reference). Returns words copied. */
gsize process_send_alias (VmMachine *vm, Process *from, Term ref, Term message, bool *found);
/* A message that lies in @fragment already (nullable: immediate); takes it. */
bool
process_send_fragment (VmMachine *vm, VmPid from, VmPid to, Term message, HeapFragment *fragment);

/* Moves the outer queue's content to the middle one (and messages that nothing
 * stands before to the inner). Owner. */
void signal_fetch (Process *p);

/* 'DOWN' with @reason for the monitor that the MONITOR signal @monitor describes. */
void signal_send_down (VmMachine *vm, VmPid target, const Signal *monitor, Term reason);
/* Answers and frees a signal that found @dead gone. */
void signal_answer_for_dead (VmMachine *vm, VmPid dead, Signal *signal);
/* SignalCall: `from` suspends the target and waits until it stands still. The answer,
 * {Ref, true}, is given at the end of the target's slice, which comes soon. */
void process_defer_suspended (VmMachine *vm, Process *target, Signal *signal);
/* Undoes one suspension of @pid; the last one lets it run again. */
void process_resume (VmMachine *vm, VmPid pid, VmPid by);
/* max_heap_size with error_logger: tells the logger. */
void process_log_max_heap (Process *p, guint64 total_words, Term gc_info);
