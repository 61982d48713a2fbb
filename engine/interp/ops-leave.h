/* SPDX-License-Identifier: Apache-2.0 */
/* The ways out of the straight path, once for each kind of bodies: leaving the
 * loop, and raising. They take just the six argument registers, so that bodies
 * can tail-call them; what else they need is left in the process or in the
 * scratch registers x[SCRATCH_ARGS]…. */

#include "engine/proc/signals.h"

#define SCRATCH_ARGS (MAX_X_REGS + 4) /* arguments of a failed guard BIF or operator */

#define FAILED_NAME  (x[SCRATCH_ARGS + 2]) /* const char *: its name */
#define FAILED_ARITY (x[SCRATCH_ARGS + 3])

static VM_NOINLINE int
ops_leave_quantum (OP_ARGS)
{
  SAVE ();
  p->pc = pc;
  return LEAVE_QUANTUM;
}

/* Out of reductions at @pc, with p->n_live registers to keep. */
static VM_NOINLINE int
ops_leave_yield (OP_ARGS)
{
  SAVE ();
  p->pc = pc;
  process_save_registers (p, x, p->n_live);
  return LEAVE_YIELD;
}

/* At a callee's entry: its arity stands in the cell before it. */
static VM_NOINLINE int
ops_leave_call (OP_ARGS)
{
  if (*(const guint16 *) pc == I_bif_stub) /* does not count, so nobody leaves before it */
    DISPATCH ();
  if (fcalls + CTX->reserve > 0)
    return ops_leave_quantum (OP_PASS);
  p->n_live = (guint16) pc[-1];
  return ops_leave_yield (OP_PASS);
}

static VM_NOINLINE int
ops_leave_return (OP_ARGS)
{
  if (fcalls + CTX->reserve >= 0)
    return ops_leave_quantum (OP_PASS);
  p->n_live = 1;
  return ops_leave_yield (OP_PASS);
}

static VM_NOINLINE int
ops_leave_wait (OP_ARGS)
{
  SAVE ();
  p->pc = pc;
  process_save_registers (p, x, 0);
  return LEAVE_WAIT;
}

/* A wait that comes back to itself looks at no message: those that came are put where
 * messages lie, else they would wake it without end. */
static inline void
ops_fetch_unseen (Process *p)
{
  if ((atomic_load_explicit (&p->state, memory_order_relaxed) & PS_MESSAGES) != 0)
    signal_fetch (p);
}

static VM_NOINLINE int
ops_raise (OP_ARGS)
{
  SAVE ();
  p->pc = pc;
  pc = ops_handle_exception (p, pc, x, NULL, NULL);
  if (pc == NULL)
    return LEAVE_EXIT;
  LOAD ();
  DISPATCH ();
}

static VM_NOINLINE int
ops_function_clause (OP_ARGS)
{
  p->exception = EXC_ERROR;
  p->exception_flags = EXCF_FUNCTION_CLAUSE;
  p->fvalue = A (function_clause);
  p->ftrace = NIL;
  return ops_raise (OP_PASS);
}

static inline bool
is_heavy_call (const Cell *pc)
{
  guint16 op = *(const guint16 *) pc;

  return op == I_bif_heavy || op == I_bif_heavy_only || op == I_bif_heavy_last;
}

/* A BIF goes on in other code, which returns behind its call. As in the JIT that code
 * begins a slice of its own. State is saved. */
static VM_NOINLINE int
ops_trap (OP_ARGS)
{
  p->exception = EXC_NONE;
  if (p->trap == NULL) /* the BIF put the process to sleep, with a fresh stack */
    {
      p->pc = p->trap_pc;
      return mailbox_peek (p) != NULL && p->n_live > 0 ? LEAVE_YIELD : LEAVE_WAIT;
    }
  if (!is_heavy_call (pc) && *(const guint16 *) pc != I_bif_stub)
    *--p->heap.stop = (Term) (pc + 3);
  p->pc = atomic_load_explicit (&p->trap->address, memory_order_acquire);
  p->flags |= PF_TRAPPED;
  process_save_registers (p, x, p->trap->arity);
  return LEAVE_YIELD;
}

/* A called BIF (Export in cell 1) gave NONE: it raised, or goes on elsewhere. State is saved. */
static VM_NOINLINE int
ops_bif_failed (OP_ARGS)
{
  const Export *export = (const Export *) pc[1];

  if (p->exception == EXC_TRAP &&
      (atomic_load_explicit (&p->state, memory_order_relaxed) & PS_EXITING) == 0)
    return ops_trap (OP_PASS);
  if (is_heavy_call (pc))
    p->heap.stop++; /* its return address */
  p->pc = pc;
  if (atomic_load_explicit (&p->state, memory_order_relaxed) & PS_EXITING)
    return LEAVE_EXIT;
  pc = ops_handle_exception (p, pc, x, export, x);
  if (pc == NULL)
    return LEAVE_EXIT;
  LOAD ();
  DISPATCH ();
}

/* erlang:apply/2,3 with arguments that are no list. */
static VM_NOINLINE int
ops_apply_badarg (OP_ARGS)
{
  bif_badarg (p);
  return ops_bif_failed (OP_PASS);
}

/* The instructions apply and apply_last with something that is no atom: as if
 * erlang:apply/3 had been called. */
static VM_NOINLINE int
ops_apply_failed (OP_ARGS)
{
  guint arity = ARG_A;
  const Export *export =
    code_table_get_export ((CodeTable *) p->vm->code, A (erlang), A (apply), 3);

  SAVE ();
  p->pc = pc;
  x[SCRATCH_ARGS] = x[arity];
  x[SCRATCH_ARGS + 1] = x[arity + 1];
  x[SCRATCH_ARGS + 2] = list_new (&p->heap, x, arity, NIL);
  bif_badarg (p);
  pc = ops_handle_exception (p, pc, x, export, x + SCRATCH_ARGS);
  if (pc == NULL)
    return LEAVE_EXIT;
  LOAD ();
  DISPATCH ();
}

/* A guard BIF (Export in cell 3) failed outside a guard; arguments are in scratch. */
static VM_NOINLINE int
ops_guard_failed (OP_ARGS)
{
  p->pc = pc;
  SAVE ();
  pc = ops_handle_exception (p, pc, x, (const Export *) pc[3], x + SCRATCH_ARGS);
  if (pc == NULL)
    return LEAVE_EXIT;
  LOAD ();
  DISPATCH ();
}

/* The same for the operators: p->exception is set, FAILED_NAME and FAILED_ARITY tell which. */
static VM_NOINLINE int
ops_named_failed (OP_ARGS)
{
  const Export *export;

  p->pc = pc;
  SAVE ();
  export = code_table_get_export ((CodeTable *) p->vm->code, A (erlang),
                                  atom_from_string (p->vm->atoms, (const char *) FAILED_NAME),
                                  (guint) FAILED_ARITY);
  pc = ops_handle_exception (p, pc, x, export, x + SCRATCH_ARGS);
  if (pc == NULL)
    return LEAVE_EXIT;
  LOAD ();
  DISPATCH ();
}

#define FAIL_NAMED(name, arity, reason)  \
  do                                     \
    {                                    \
      x[SCRATCH_ARGS] = a;               \
      x[SCRATCH_ARGS + 1] = b;           \
      FAILED_NAME = (Term) (name);       \
      FAILED_ARITY = (arity);            \
      bif_error (p, (reason));           \
      return ops_named_failed (OP_PASS); \
    }                                    \
  while (0)

/* Raises again what was caught: p->exception, p->fvalue, p->ftrace are set. */
#define RERAISE(class_atom, reason, trace)                    \
  do                                                          \
    {                                                         \
      Term reason_ = (reason), trace_ = (trace);              \
      ops_prepare_reraise (p, (class_atom), reason_, trace_); \
      RAISE ();                                               \
    }                                                         \
  while (0)

#define RAISE_PAIR(atom, value)             \
  do                                        \
    {                                       \
      Term value_ = (value), pair_;         \
      SAVE ();                              \
      pair_ = ops_tuple2 (p, atom, value_); \
      LOAD ();                              \
      RAISE_ERROR (pair_);                  \
    }                                       \
  while (0)
