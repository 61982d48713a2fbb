/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Commands to a machine. All are asynchronous: they return at once and take
 * effect at the next safepoint (between two instructions); vm_machine_get_status()
 * tells what came of them and never blocks. The last command wins. */

#include "engine/vm-types.h"

G_BEGIN_DECLS

typedef enum
{
  VM_STATE_PAUSED,
  VM_STATE_RUNNING,
  VM_STATE_FINISHED, /* the main process returned, or halt was called */
  VM_STATE_FAILED,   /* the main process died of an uncaught exception */
  VM_STATE_LIMIT,    /* a limit was reached; paused, can be looked into */
} VmState;

typedef enum
{
  VM_STEP_INSTRUCTION, /* one BEAM instruction */
  VM_STEP_LINE,        /* to the next source line */
  VM_STEP_REDUCTION,   /* one reduction: to the next call */
  VM_STEP_SLICE,       /* to the next time a process is scheduled in */
  VM_STEP_COLLECTION,  /* to the end of the next garbage collection */
  VM_STEP_MESSAGE,     /* to the next message sent or received */
} VmStepUnit;

typedef enum
{
  VM_STOP_NONE,      /* never ran */
  VM_STOP_USER,      /* vm_machine_pause() */
  VM_STOP_STEP,      /* the step is done */
  VM_STOP_CONDITION, /* the condition became true */
  VM_STOP_IDLE,      /* nothing can run any more: all wait, and no timer is set */
  VM_STOP_MOMENT,    /* it has come to the moment, or is past it */
  VM_STOP_END,       /* finished, failed or at a limit: see the state */
} VmStopReason;

typedef struct
{
  VmState      state;
  VmStopReason stop_reason;
  VmPid        stop_pid;       /* the process it stopped in, or VM_PID_NONE */
  guint        stop_scheduler; /* from 1; 0 = none */
  gint64       time_ns;
  guint64      n_reductions;
  guint64      n_instructions; /* executed one by one: while stepping only */
  guint        n_processes;
  guint64      n_dropped; /* events lost to full rings (live clock) */
  VmMoment     moment;    /* virtual clock: where it stopped last */
  guint64      serial;    /* grows with every stop and start */
} VmStatus;

void vm_machine_resume (VmMachine *vm);
void vm_machine_pause (VmMachine *vm);

/* @pid: only this process's steps count, VM_PID_NONE: any process's. */
void vm_machine_step (VmMachine *vm, VmStepUnit unit, VmPid pid, guint count);

/* (transfer none): copies @condition. */
void vm_machine_run_until (VmMachine *vm, const VmCondition *condition);

/* Virtual clock: on to @moment, where it stops with VM_STOP_MOMENT; at once when that is past. */
void vm_machine_run_to (VmMachine *vm, const VmMoment *moment);

/* Virtual nanoseconds a wall second, at most; 0 = as fast as it goes. */
void vm_machine_set_speed (VmMachine *vm, double ns_per_second);

void vm_machine_get_status (VmMachine *vm, VmStatus *status);

/* Blocks until the machine is not running, or @timeout_us microseconds (-1 =
 * for ever) passed. TRUE when it has stopped. Not for the window's thread. */
gboolean vm_machine_wait_stopped (VmMachine *vm, gint64 timeout_us);

/**
 * vm_condition_parse:
 * Reads the little language of conditions: see `beamlab help conditions`.
 *
 * Errors: `VM_ERROR_SYNTAX`: column, what was found, what would be understood.
 * Returns: (transfer full) (nullable)
 */
VmCondition *vm_condition_parse (const char *text, GError **error);
VmCondition *vm_condition_copy (const VmCondition *condition);
void         vm_condition_free (VmCondition *condition);

/* Is @condition true of @vm now? Only while it is not running (FALSE, else). */
gboolean vm_machine_holds (VmMachine *vm, const VmCondition *condition);

/**
 * vm_quantity_parse:
 * @text: what holds it
 * @at: (inout): where it begins in @text, and then where it ends, in bytes
 *
 * Reads what a condition compares: `heap(sorter).old`, `size(sorter, x0)`, `time` …
 *
 * Errors: `VM_ERROR_SYNTAX`: column in @text, what was found, what would be understood.
 * Returns: (transfer full) (nullable)
 */
VmQuantity *vm_quantity_parse (const char *text, gsize *at, GError **error);
void        vm_quantity_free (VmQuantity *quantity);

/* The process that is asked about, as written. (transfer none) (nullable) */
const char *vm_quantity_get_process (const VmQuantity *quantity);

/**
 * vm_machine_measure:
 * Reads @quantity off a machine that is not running: words, bytes, nanoseconds or a
 * count, as the quantity is. Thread: the one that gives commands.
 *
 * Errors: `VM_ERROR_NOT_FOUND`: no such process at this moment, or no such term in it;
 * `VM_ERROR_USAGE`: the machine is running; `VM_ERROR_LIMIT`: too large to be measured.
 */
gboolean
vm_machine_measure (VmMachine *vm, const VmQuantity *quantity, gint64 *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmCondition, vm_condition_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmQuantity, vm_quantity_free)

G_END_DECLS
