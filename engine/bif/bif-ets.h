/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the families of ETS functions share. */

#include "engine/bif/bif-util.h"
#include "engine/ets/ets.h"

/* badarg, with the cause that erl_stdlib_errors puts in words. */
static inline Term
ets_badarg (Process *p, Term cause)
{
  bif_badarg (p);
  p->cause = cause;
  p->exception_flags |= EXCF_CAUSE;
  return NONE;
}

/* Copies of all objects of @key, oldest first. The table is locked. */
Term ets_objects_of_key (Process *p, EtsTable *table, Term key);

/* The next in a chain of off-heap things of an object. */
static inline Term *
ets_next_thing (Term *thing)
{
  return (Term *) (header_subtag (*thing) == SUB_FUN ? thing[1] : thing[2]);
}

/* --- bif-match-spec.c ---------------------------------------------------------- */

#include "engine/ets/match-spec.h"

/* NULL: wrong. */
MatchSpec *bif_match_spec_compile (Process *p, Term spec, MatchKind kind, GPtrArray *errors);
/* A reference that owns @spec. */
Term bif_match_spec_ref (Process *p, MatchSpec *spec);
/* NULL: no reference to a specification. */
MatchSpec *bif_match_spec_of_ref (Term ref);
