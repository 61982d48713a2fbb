/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Comparison and hashing of terms; no allocation of terms. */

#include "engine/base/machine.h"
#include "engine/term/atom-table.h"

/* Standard order (1 == 1.0): < 0, 0, > 0. */
int term_compare_slow (const AtomTable *atoms, Term a, Term b);
/* Exact order (=:= on numbers; integers before floats): map keys. */
int  term_compare_exact (const AtomTable *atoms, Term a, Term b);
bool term_equal_slow (Term a, Term b);                               /* =:= */
bool term_equal_arith_slow (const AtomTable *atoms, Term a, Term b); /* == */

static inline bool
term_equal (Term a, Term b)
{
  return a == b || (!(term_is_immediate (a) && term_is_immediate (b)) && term_equal_slow (a, b));
}
static inline int
term_compare (const AtomTable *atoms, Term a, Term b)
{
  if (a == b)
    return 0;
  if (term_both_small (a, b))
    return small_value (a) < small_value (b) ? -1 : 1;
  return term_compare_slow (atoms, a, b);
}

guint32 term_hash_internal (Term t); /* map order of OTP 25 (make_internal_hash, salt 0) */
guint32 term_hash_internal_salted (guint32 salt, Term t);
guint32 term_phash2 (const AtomTable *atoms, Term t); /* make_hash2, all 32 bits */
guint32 term_phash (const AtomTable *atoms, Term t);

/* Writes @t as io_lib's ~w (unlimited) or, with @max_chars, cut with "...".
 * Appends UTF-8. For failure messages, pictures, erlang:display. */
void term_print (VmMachine *vm, GString *out, Term t, gsize max_chars);
/* Shortest text that reads back as @d, in Erlang's form: "1.0", "1.0e22". */
void float_print (GString *out, double d);
