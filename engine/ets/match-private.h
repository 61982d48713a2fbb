/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Compiled match specifications. */

#include "engine/code/bif-def.h"
#include "engine/ets/match-spec.h"

typedef enum
{
  /* heads */
  MATCH_ANY,
  MATCH_BIND,  /* index */
  MATCH_SAME,  /* index: equal to what it is bound to */
  MATCH_WORD,  /* term: an immediate */
  MATCH_TERM,  /* term */
  MATCH_TUPLE, /* parts: the elements */
  MATCH_CONS,  /* parts: head, tail */
  MATCH_MAP,   /* parts: key, value… (keys MATCH_TERM) */
  /* guards and bodies */
  MATCH_CONSTANT,  /* term */
  MATCH_VARIABLE,  /* index */
  MATCH_OBJECT,    /* $_ */
  MATCH_VARIABLES, /* $$ */
  MATCH_MAKE_TUPLE,
  MATCH_MAKE_CONS,
  MATCH_MAKE_MAP, /* parts: key, value… */
  MATCH_CALL,     /* func */
  MATCH_AND,
  MATCH_OR,
  MATCH_ANDALSO,
  MATCH_ORELSE,
  MATCH_SELF,
  MATCH_ACTION, /* term: its name */
} MatchOp;

typedef struct _MatchNode MatchNode;
struct _MatchNode
{
  MatchOp     op;
  guint       n; /* of parts */
  guint       index;
  Term        term;
  BifFunc     func;
  MatchNode **parts;
};

typedef struct
{
  Term        head, body_term;
  MatchNode  *pattern;
  MatchNode **guards, **body;
  guint       n_guards, n_body;
  guint       n_variables;
  guint      *variable_order; /* of $$: by their numbers */
} MatchClause;

struct _MatchSpec
{
  VmMachine    *vm;
  MatchKind     kind;
  HeapFragment *fragment; /* (nullable) the specification's own copy */
  GPtrArray    *memory;   /* all nodes */
  MatchClause  *clauses;
  guint         n_clauses;
  guint         max_variables;
};
