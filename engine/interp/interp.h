/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Running a process's code. */

#include "engine/code/code.h"
#include "engine/proc/process.h"

/* Runs @p (its main_lock held, p->run set) from p->pc until it leaves. The
 * budget is p->fcalls; `quantum` (<= fcalls; virtual driver) says after how many
 * reductions to leave with LEAVE_QUANTUM at the latest.
 * With LEAVE_QUANTUM and LEAVE_BREAK the x registers stay in p->run->x and the
 * next interp_run() on the same RunContext goes on as if nothing had happened;
 * with LEAVE_YIELD and LEAVE_WAIT they are saved in the process. */
LeaveReason interp_run (Process *p, gint32 quantum);

/* Makes a fresh or yielded process ready: registers into p->run->x. */
void interp_enter (Process *p);

/* Stepping: before each instruction, the hook decides. Returning TRUE leaves
 * with LEAVE_BREAK before it is executed. Installed by machine/control.
 * @instruction_index counts instructions run under the hook. */
typedef bool (*StepHook) (Process *p, const Cell *pc, gpointer data);

typedef struct
{
  StepHook hook;
  gpointer data;
} StepControl;

/* Sets which bodies @context runs: NULL = the fast ones; else the stepping ones
 * that ask @control before each instruction. Thread: any; takes effect before
 * the next instruction. */
void interp_set_stepping (RunContext *context, StepControl *control);

/* Fills the stub of an export that has no code: it loads the module, or raises
 * undef, or calls the BIF. Given to code/ at boot. */
void interp_fill_stub (VmMachine *vm, Export *export_);

/* The start code of processes: applies x0:x1 to x2 and exits normally with its result. */
const Cell *interp_start_code (void);
/* The return address that lies lowest on every stack: exits normally. */
const Cell *interp_exit_code (void);

/* Current function, for process_info and pictures: NULL when in none. */
const FunctionInfo *interp_current_function (Process *p, Module **module);

/* Is @term the raw trace that a handler gets, for which nobody has asked as a list yet? */
bool interp_is_raw_trace (VmMachine *vm, Term term);

/* Walks the return addresses on the stack, innermost first. FALSE ends. */
typedef bool (*FrameFunc) (
  const Module *module, const Cell *return_address, Term *slots, guint n_slots, gpointer data);
void interp_walk_stack (Process *p, FrameFunc func, gpointer data);
