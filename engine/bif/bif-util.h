/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Small things that every family of BIFs needs. */

#include "engine/bif/bif.h"
#include "engine/data/data.h"
#include "engine/term/term-order.h"

/* What erlang:monotonic_time/0 says at machine time 0, as in ERTS. */
#define ERLANG_MONOTONIC_START_NS (G_GINT64_CONSTANT (-576460752) * 1000000000)

static inline Term
bool_term (bool b)
{
  return b ? A (true) : A (false);
}

/* A cell at @hp (2 words). */
static inline Term
cons_write (Term *hp, Term head, Term tail)
{
  hp[0] = head;
  hp[1] = tail;
  return make_list (hp);
}

static inline Term
cons_new (Process *p, Term head, Term tail)
{
  return cons_write (halloc (p, 2), head, tail);
}

static inline Term
pair_write (Term *hp, Term a, Term b)
{
  hp[0] = TUPLE_HEADER (2);
  hp[1] = a;
  hp[2] = b;
  return make_boxed (hp);
}

static inline Term
pair_new (Process *p, Term a, Term b)
{
  return pair_write (halloc (p, 3), a, b);
}

static inline Term
triple_write (Term *hp, Term a, Term b, Term c)
{
  hp[0] = TUPLE_HEADER (3);
  hp[1] = a;
  hp[2] = b;
  hp[3] = c;
  return make_boxed (hp);
}

/* The atom named @name, made when new (for names that atoms.def does not have). */
static inline Term
atom_named (Process *p, const char *name)
{
  return atom_from_string (p->vm->atoms, name);
}

static inline bool
term_is_byte (Term t)
{
  return term_is_small (t) && (guint64) small_value (t) < 256;
}

static inline bool
term_is_tuple_of (Term t, guint n)
{
  return term_is_boxed (t) && boxed_header (t) == TUPLE_HEADER (n);
}

/* error:Reason where the reason is {@tag, @what}. */
static inline Term
bif_error_pair (Process *p, Term tag, Term what)
{
  return bif_error (p, pair_new (p, tag, what));
}

/* badarg with the cause that OTP's error formatter puts in words. */
static inline Term
bif_badarg_cause (Process *p, Term cause)
{
  bif_badarg (p);
  p->cause = cause;
  p->exception_flags |= EXCF_CAUSE;
  return NONE;
}

static inline Term
bif_badarith (Process *p)
{
  return bif_error (p, A (badarith));
}
static inline Term
bif_system_limit (Process *p)
{
  return bif_error (p, A (system_limit));
}

/* May @bytes be asked of the host at once? What the machine may not hold in all would end
 * the host's program, not the machine. */
static inline bool
bif_may_hold (const Process *p, guint64 bytes)
{
  return p->vm->options.max_memory_bytes == 0 || bytes <= p->vm->options.max_memory_bytes;
}

static inline gint32
reductions_left (Process *p)
{
  return MAX (p->fcalls, 0);
}
