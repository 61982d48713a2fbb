/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The calling convention of instruction bodies.
 *
 * A body is one function. What the next instruction needs stays in argument
 * registers: the process, the code pointer, the x registers (which begin the
 * RunContext), heap top, stack top, and the reductions left of this quantum.
 * NEXT (n) goes on n cells further.
 *
 * The bodies are compiled twice. The fast ones tail-call each other through the
 * table that RunContext.dispatch points to, so another thread stops a running
 * process between two instructions by swapping that pointer. The stepping ones
 * (OPS_STEPPING; also the only ones in unoptimised and sanitizer builds, where
 * nobody promises tail calls) put their registers back into the process and
 * return OP_CONTINUE to the loop in interp.c.
 *
 * A body that calls anything that looks at the process brackets it with SAVE ()
 * and LOAD (): heap top, stack top and reductions live in the struct between. */

#include "config.h"

#include "engine/code/code-table.h"
#include "engine/code/instructions.h"
#include "engine/interp/interp.h"
#include "engine/interp/support.h"
#include "engine/term/term-order.h"

#define OP_ARGS Process *p, const Cell *pc, Term *x, Term *htop, Term *stop, gint64 fcalls
#define OP_PASS p, pc, x, htop, stop, fcalls
typedef int (*OpFunc) (OP_ARGS);

#define OP_CONTINUE (-1) /* else a LeaveReason */

#define CTX ((RunContext *) x)

#define SAVE() \
  (p->heap.htop = htop, p->heap.stop = stop, p->fcalls = (gint32) fcalls + CTX->reserve)
#define LOAD() (htop = p->heap.htop, stop = p->heap.stop, fcalls = p->fcalls - CTX->reserve)

#ifdef OPS_STEPPING
#define DISPATCH()        \
  do                      \
    {                     \
      SAVE ();            \
      p->pc = pc;         \
      return OP_CONTINUE; \
    }                     \
  while (0)
#else
#define DISPATCH()                                          \
  return ((const OpFunc *) __atomic_load_n (&CTX->dispatch, \
                                            __ATOMIC_RELAXED))[*(const guint16 *) pc](OP_PASS)
#endif

#define NEXT(n)    \
  do               \
    {              \
      pc += (n);   \
      DISPATCH (); \
    }              \
  while (0)

/* Fields of an instruction's first cell: op:16 | a:16 | b:16 | c:16, or op:16 | a:16 | offset:32.
 */
#define ARG_A      ((guint16) (*pc >> 16))
#define ARG_B      ((guint16) (*pc >> 32))
#define ARG_C      ((guint16) (*pc >> 48))
#define ARG_OFFSET ((gint32) (*pc >> 32))
#define CELL_OFFSET(cell) \
  ((gint32) (pc[cell] & 0xffffffff)) /* a fail label in the low half of a cell */
#define JUMP(offset) NEXT (offset)

/* A register operand: below 1024+8 x (the last 8 are scratch), from Y_BASE on y. */
#define REG(r) (*((r) < Y_BASE ? &x[r] : &stop[(r) -Y_BASE]))

/* Leaving the straight path. */
#define RAISE() return ops_raise (OP_PASS)
#define RAISE_ERROR(reason)     \
  do                            \
    {                           \
      p->exception = EXC_ERROR; \
      p->exception_flags = 0;   \
      p->fvalue = (reason);     \
      p->ftrace = NIL;          \
      RAISE ();                 \
    }                           \
  while (0)

/* Sees that @need words are free (and the reserve beyond); may collect. */
#define NO_ROOM(need)                                                   \
  VM_UNLIKELY ((gssize) ((char *) stop - (char *) htop) <               \
                 (gssize) (((need) + HEAP_RESERVED) * sizeof (Term)) || \
               VM_STRESS_DUE (htop - p->heap.start))
#define RESERVE_BY(need, live, extra_stack)                           \
  do                                                                  \
    {                                                                 \
      if (NO_ROOM (need))                                             \
        {                                                             \
          SAVE ();                                                    \
          if (!ops_collect (p, pc, x, (need), (live), (extra_stack))) \
            return LEAVE_EXIT;                                        \
          LOAD ();                                                    \
        }                                                             \
    }                                                                 \
  while (0)
#define RESERVE(need, live) RESERVE_BY (need, live, 1)

/* Each call costs one reduction and may end the slice, at the callee's entry. */
#define ENTER(target)                    \
  do                                     \
    {                                    \
      pc = (target);                     \
      if (VM_UNLIKELY (--fcalls <= 0))   \
        return ops_leave_call (OP_PASS); \
      DISPATCH ();                       \
    }                                    \
  while (0)

#define OPCODE(name) static int op_##name (OP_ARGS)

#include "engine/bif/bif.h"
#include "engine/data/data.h"
