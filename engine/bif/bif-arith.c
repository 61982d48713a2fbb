/* SPDX-License-Identifier: Apache-2.0 */

/* Operators as BIFs: arithmetic, comparison, booleans, and the guard BIFs on
 * numbers. The interpreter has instructions for the common ones; these serve
 * apply, `fun erlang:'+'/2` and the gc_bif instructions. */

#include "config.h"

#include "engine/bif/bif-util.h"

/* What failed when an operation on @a and @b gave NONE: too large an integer is
 * a limit, everything else is a bad argument of arithmetic. */
static Term
arith_error (Process *p, Term a, Term b)
{
  if (term_is_integer (a) && term_is_integer (b))
    return bif_system_limit (p);
  return bif_badarith (p);
}

static inline Term
arith_result (Process *p, Term result, Term a, Term b)
{
  return VM_LIKELY (result != NONE) ? result : arith_error (p, a, b);
}

static inline Term
division_result (Process *p, Term result)
{
  return VM_LIKELY (result != NONE) ? result : bif_badarith (p);
}

Term
bif_plus_2 (Process *p, Term *args)
{
  return arith_result (p, number_add (&p->heap, args[0], args[1]), args[0], args[1]);
}

Term
bif_minus_2 (Process *p, Term *args)
{
  return arith_result (p, number_sub (&p->heap, args[0], args[1]), args[0], args[1]);
}

Term
bif_times_2 (Process *p, Term *args)
{
  return arith_result (p, number_mul (&p->heap, args[0], args[1]), args[0], args[1]);
}

Term
bif_divide_2 (Process *p, Term *args)
{
  return division_result (p, number_div (&p->heap, args[0], args[1]));
}

Term
bif_div_2 (Process *p, Term *args)
{
  return division_result (p, number_int_div (&p->heap, args[0], args[1]));
}

Term
bif_rem_2 (Process *p, Term *args)
{
  return division_result (p, number_rem (&p->heap, args[0], args[1]));
}

Term
bif_band_2 (Process *p, Term *args)
{
  return arith_result (p, number_band (&p->heap, args[0], args[1]), args[0], args[1]);
}

Term
bif_bor_2 (Process *p, Term *args)
{
  return arith_result (p, number_bor (&p->heap, args[0], args[1]), args[0], args[1]);
}

Term
bif_bxor_2 (Process *p, Term *args)
{
  return arith_result (p, number_bxor (&p->heap, args[0], args[1]), args[0], args[1]);
}

Term
bif_bsl_2 (Process *p, Term *args)
{
  return arith_result (p, number_shift (&p->heap, args[0], args[1], true), args[0], args[1]);
}

Term
bif_bsr_2 (Process *p, Term *args)
{
  return arith_result (p, number_shift (&p->heap, args[0], args[1], false), args[0], args[1]);
}

Term
bif_bnot_1 (Process *p, Term *args)
{
  return division_result (p, number_bnot (&p->heap, args[0]));
}

Term
bif_negate_1 (Process *p, Term *args)
{
  return division_result (p, number_neg (&p->heap, args[0]));
}

Term
bif_identity_1 (Process *p, Term *args)
{
  return term_is_number (args[0]) ? args[0] : bif_badarith (p);
}

/* --- guard BIFs: badarg, not badarith -------------------------------------- */

static inline Term
guard_result (Process *p, Term result)
{
  return VM_LIKELY (result != NONE) ? result : bif_badarg (p);
}

Term
bif_abs_1 (Process *p, Term *args)
{
  return guard_result (p, number_abs (&p->heap, args[0]));
}

Term
bif_trunc_1 (Process *p, Term *args)
{
  return guard_result (p, number_trunc (&p->heap, args[0]));
}

Term
bif_round_1 (Process *p, Term *args)
{
  return guard_result (p, number_round (&p->heap, args[0]));
}

Term
bif_floor_1 (Process *p, Term *args)
{
  return guard_result (p, number_floor (&p->heap, args[0]));
}

Term
bif_ceil_1 (Process *p, Term *args)
{
  return guard_result (p, number_ceil (&p->heap, args[0]));
}

Term
bif_float_1 (Process *p, Term *args)
{
  return guard_result (p, number_to_float (&p->heap, args[0]));
}

/* --- comparison ------------------------------------------------------------- */

static inline int
compare (Process *p, Term *args)
{
  return term_compare (p->vm->atoms, args[0], args[1]);
}

static inline bool
equal_arith (Process *p, Term *args)
{
  if (args[0] == args[1])
    return true;
  if (term_is_immediate (args[0]) && term_is_immediate (args[1]))
    return false;
  return term_equal_arith_slow (p->vm->atoms, args[0], args[1]);
}

Term
bif_less_2 (Process *p, Term *args)
{
  return bool_term (compare (p, args) < 0);
}
Term
bif_less_equal_2 (Process *p, Term *args)
{
  return bool_term (compare (p, args) <= 0);
}
Term
bif_greater_2 (Process *p, Term *args)
{
  return bool_term (compare (p, args) > 0);
}
Term
bif_greater_equal_2 (Process *p, Term *args)
{
  return bool_term (compare (p, args) >= 0);
}
Term
bif_exactly_equal_2 (Process *p, Term *args)
{
  return bool_term (term_equal (args[0], args[1]));
}
Term
bif_not_exactly_equal_2 (Process *p, Term *args)
{
  return bool_term (!term_equal (args[0], args[1]));
}
Term
bif_equal_2 (Process *p, Term *args)
{
  return bool_term (equal_arith (p, args));
}
Term
bif_not_equal_2 (Process *p, Term *args)
{
  return bool_term (!equal_arith (p, args));
}

/* --- booleans --------------------------------------------------------------- */

static inline bool
is_boolean (Term t)
{
  return t == A (true) || t == A (false);
}

Term
bif_and_2 (Process *p, Term *args)
{
  if (!is_boolean (args[0]) || !is_boolean (args[1]))
    return bif_badarg (p);
  return bool_term (args[0] == A (true) && args[1] == A (true));
}

Term
bif_or_2 (Process *p, Term *args)
{
  if (!is_boolean (args[0]) || !is_boolean (args[1]))
    return bif_badarg (p);
  return bool_term (args[0] == A (true) || args[1] == A (true));
}

Term
bif_xor_2 (Process *p, Term *args)
{
  if (!is_boolean (args[0]) || !is_boolean (args[1]))
    return bif_badarg (p);
  return bool_term (args[0] != args[1]);
}

Term
bif_not_1 (Process *p, Term *args)
{
  if (!is_boolean (args[0]))
    return bif_badarg (p);
  return bool_term (args[0] == A (false));
}
