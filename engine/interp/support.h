/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What instruction bodies hand on: the slow halves, shared by both kinds. */

#include "engine/code/code.h"
#include "engine/proc/process.h"

/* Collects; FALSE: the process is to die (max_heap_size), leave with LEAVE_EXIT. */
bool ops_collect (Process *p, const Cell *pc, Term *x, gsize need, guint live, gsize extra_stack);

/* After a BIF that gave @result (NONE: it raised, its @arity arguments in @x count).
 * FALSE: the process is to die. */
bool ops_collect_after_bif (
  Process *p, Term *x, Term *result, HeapFragment *before, guint arity);

/* An exception is set in @p (its heap and stack tops saved). Finds the handler:
 * sets x0…x3 and the stack, returns where to go on. NULL: the process dies,
 * p->exit_reason is set. @bif (nullable): the BIF that failed; its arguments are
 * in @args. @pc is where. */
const Cell *
ops_handle_exception (Process *p, const Cell *pc, Term *x, const Export *bif, const Term *args);

/* build_stacktrace: the readable list of a raw trace. */
Term ops_build_stacktrace (Process *p, Term raw);
/* Wraps a list given to erlang:raise/3 so that build_stacktrace gives it back. */
Term ops_wrap_stacktrace (Process *p, Term list);
/* {Reason, Trace} for catch_end; exits of uncaught errors. */
Term ops_add_stacktrace (Process *p, Term reason, Term raw);

/* The entry to go to for applying @module:@function to @arity arguments in x. */
const Cell *ops_apply_target (Process *p, Term module, Term function, guint arity);
/* x0 = module, x1 = function, x2 = list: puts the list's elements into x0….
 * -1: badarg (not a proper list or too long). */
int ops_spread_arguments (Term *x, Term list);

/* A call of a fun with @arity arguments in x0…: pushes its environment behind
 * them and returns the entry. NULL: badfun, badarity is set in @p. */
const Cell *ops_fun_target (Process *p, Term fun, guint arity, Term *x);

/* Export.stub was reached: loads the module. NULL: undef is set in @p. */
const Cell *ops_load_target (Process *p, Export *export_, Term *x);

Term ops_tuple2 (Process *p, Term a, Term b);

/* Why an arithmetic operator failed: badarith, or system_limit for bsl. */
Term ops_number_failure (const char *op_name, Term a, Term b);

/* put_map_assoc and put_map_exact at @pc; may collect. NONE: {badmap, _},
 * {badkey, _} is set in @p. */
Term ops_put_map (Process *p, const Cell *pc, Term *x, bool exact);

/* After a receive that wants a collection: the process keeps @n reductions, the
 * others are given up without being counted. */
void ops_keep_reductions (Process *p, gint32 n);

/* Sets up raising again what was caught; @class_atom NONE: the class in the trace. */
void ops_prepare_reraise (Process *p, Term class_atom, Term reason, Term trace);

/* Where a source cell points: a tagged constant, or a register as number << 6
 * (x below Y_BASE, y from there). */
#define Y_BASE 2048
static inline Term
cell_source (const Process *p, const Term *x, Cell cell)
{
  guint r = (guint) (cell >> 6);

  if ((cell & TAG_MASK) != 0)
    return (Term) cell;
  return r < Y_BASE ? x[r] : p->heap.stop[r - Y_BASE];
}
