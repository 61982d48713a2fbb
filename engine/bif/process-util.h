/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the BIFs about processes share. */

#include "engine/bif/bif-util.h"
#include "engine/code/code.h"
#include "engine/proc/links.h"
#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/proc/signals.h"

/* Reductions that shorten the slice but are not shown. */
static inline void
bump_virtual (Process *p, gint32 n)
{
  gint32 left = MAX (p->fcalls, 0);

  n = MIN (n, left);
  p->fcalls -= n;
  p->virtual_reds += n;
}

static inline Term
fresh_ref (Process *p, guint32 *numbers, bool with_pid)
{
  ref_source_next (p->vm, p, numbers);
  return ref_write (halloc (p, with_pid ? PID_REF_WORDS : REF_WORDS), numbers,
                    with_pid ? p->id : VM_PID_NONE);
}

/* A call of @func to be run by a process, answered with the reference in *@ref. */
static inline Signal *
call_new (Process *p, SignalCall func, Term *ref)
{
  Signal *signal = signal_new (SIGNAL_CALL, p->id);

  signal->call = func;
  *ref = fresh_ref (p, signal->ref, false);
  return signal;
}

/* Goes on in module:function of the Erlang libraries. */
static inline Term
trap_to (Process *p, Term module, Term function, guint n, const Term *args)
{
  return bif_trap (p, code_table_get_export ((CodeTable *) p->vm->code, module, function, n), n,
                   args);
}

/* Goes on by waiting for {Ref, Result}. */
static inline Term
trap_await (Process *p, Term ref)
{
  return trap_to (p, A (erts_internal), A (await_result), 1, &ref);
}

/* The own exit may have come about: what a BIF then returns. */
static inline Term
unless_exiting (Process *p, Term result)
{
  return (atomic_load_explicit (&p->state, memory_order_relaxed) & PS_EXITING) != 0 ? NONE : result;
}

/* {max_heap_size option}: a size or a map. FALSE: neither. */
bool parse_max_heap_size (Term value, gsize *size, guint32 *flags);
Term max_heap_size_term (Process *p, Heap *to, gsize size, guint32 flags);
bool parse_priority (Term value, Priority *priority);
Term priority_atom (guint priority);
