/* SPDX-License-Identifier: Apache-2.0 */

/* The module math: functions of C's library on any numbers; what is no finite
 * number is badarith. */

#include "config.h"

#include "engine/bif/bif-util.h"

#include <math.h>

/* FALSE with the exception set: no number (badarg), or too large (badarith). */
static bool
to_double (Process *p, Term t, double *d)
{
  if (!term_is_number (t))
    {
      bif_badarg (p);
      return false;
    }
  *d = term_is_float (t) ? float_value (t) : integer_to_double (t);
  if (isfinite (*d))
    return true;
  bif_badarith (p);
  return false;
}

static Term
call_1 (Process *p, Term arg, double (*func) (double))
{
  double x;

  if (!to_double (p, arg, &x))
    return NONE;
  x = func (x);
  return isfinite (x) ? float_new (&p->heap, x) : bif_badarith (p);
}

static Term
call_2 (Process *p, Term *args, double (*func) (double, double))
{
  double x, y;

  if (!to_double (p, args[0], &x) || !to_double (p, args[1], &y))
    return NONE;
  x = func (x, y);
  return isfinite (x) ? float_new (&p->heap, x) : bif_badarith (p);
}

Term
bif_math_acos_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], acos);
}
Term
bif_math_acosh_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], acosh);
}
Term
bif_math_asin_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], asin);
}
Term
bif_math_asinh_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], asinh);
}
Term
bif_math_atan_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], atan);
}
Term
bif_math_atan2_2 (Process *p, Term *args)
{
  return call_2 (p, args, atan2);
}
Term
bif_math_atanh_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], atanh);
}
Term
bif_math_ceil_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], ceil);
}
Term
bif_math_cos_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], cos);
}
Term
bif_math_cosh_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], cosh);
}
Term
bif_math_erf_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], erf);
}
Term
bif_math_erfc_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], erfc);
}
Term
bif_math_exp_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], exp);
}
Term
bif_math_floor_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], floor);
}
Term
bif_math_fmod_2 (Process *p, Term *args)
{
  return call_2 (p, args, fmod);
}
Term
bif_math_log_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], log);
}
Term
bif_math_log10_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], log10);
}
Term
bif_math_log2_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], log2);
}
Term
bif_math_pow_2 (Process *p, Term *args)
{
  return call_2 (p, args, pow);
}
Term
bif_math_sin_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], sin);
}
Term
bif_math_sinh_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], sinh);
}
Term
bif_math_sqrt_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], sqrt);
}
Term
bif_math_tan_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], tan);
}
Term
bif_math_tanh_1 (Process *p, Term *args)
{
  return call_1 (p, args[0], tanh);
}
