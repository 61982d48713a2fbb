/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Match specifications: [{Head, Guards, Body}, …], compiled once to small trees
 * and then run on many terms. Heads are matched against terms where they lie, so
 * nothing of a table is copied but what a body returns. */

#include "engine/code/code-table.h"
#include "engine/proc/process.h"

typedef struct _MatchSpec MatchSpec;

typedef enum
{
  MATCH_TABLE, /* of objects */
  MATCH_TRACE, /* of argument lists; actions are allowed */
} MatchKind;

/* What an action of a trace's body (return_trace, caller …) does; its value. */
typedef Term (*MatchAction) (Process *p, Term action, const Term *args, guint n, gpointer data);

/* @find finds the built-in functions for guards, with @find_data. NULL: @spec is
 * wrong; @errors (nullable; element-type char *) gets what is. Nothing of @spec is
 * kept: free with match_spec_free(). */
MatchSpec *match_spec_compile (VmMachine  *vm,
                               Term        spec,
                               MatchKind   kind,
                               FindBifFunc find,
                               gpointer    find_data,
                               GPtrArray  *errors);
void       match_spec_free (MatchSpec *spec);

guint match_spec_n_clauses (const MatchSpec *spec);
/* The parts of a clause, for who wants to know keys: terms of @spec itself. */
Term match_spec_head (const MatchSpec *spec, guint clause);
Term match_spec_body (const MatchSpec *spec, guint clause);
/* -1: no variable; else the number of `$N`. */
gint64 match_variable_number (const AtomTable *atoms, Term t);
/* Without variables, `_` and maps (which match more than themselves). */
bool match_is_ground (const AtomTable *atoms, Term t);

typedef struct
{
  Process    *process;
  bool        must_copy; /* the term lies in a table: what the body takes from it is copied */
  MatchAction action;    /* (nullable) */
  gpointer    action_data;
} MatchRun;

/* The value of the body of the first clause that matches @term, on the process's
 * heap; NONE: none matches. For MATCH_TRACE, @term is the argument list, and the
 * value is true or the action message's. */
Term match_spec_run (const MatchSpec *spec, const MatchRun *run, Term term);
