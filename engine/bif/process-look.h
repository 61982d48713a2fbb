/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the files of process_info share: one looks at a process and builds terms. */

#include "engine/bif/process-util.h"

typedef struct
{
  Process *p; /* looked at */
  Heap    *to;
  bool     is_self;
  bool     has_given_back; /* ERTS no longer claims all of the free heap for the answer */
  gint32   reds;           /* that ERTS charges whoever does the looking */
} Look;

typedef Term (*ItemFunc) (Look *look);

static inline Term
number (Look *look, guint64 n)
{
  return integer_from_u64 (look->to, n);
}

static inline Term
pair (Look *look, Term a, Term b)
{
  return pair_write (heap_alloc (look->to, 3), a, b);
}

static inline Term
cons (Look *look, Term head, Term tail)
{
  return cons_write (heap_alloc (look->to, 2), head, tail);
}

/* process-place.c: where it is in its code. */
Term look_current_function (Look *look);
Term look_current_location (Look *look);
Term look_current_stacktrace (Look *look);
Term look_backtrace (Look *look);
