/* SPDX-License-Identifier: Apache-2.0 */

/* Arithmetic. Smalls and floats are done here; what does not fit goes through
 * GMP, which reads bignum terms in place. Boxed results of arithmetic lie in heap
 * fragments (erl_arith.c and erl_bif_guard.c: HeapFragOnlyAlloc); integers that
 * BIFs make from other things lie on the heap when they fit. */

#include "config.h"

#include "engine/data/data.h"

#include <gmp.h>
#include <math.h>
#include <stdlib.h>

#define MAX_BIG_DIGITS ((1u << 19) - 1) /* system_limit */
#define MAX_BIG_BITS   ((guint64) MAX_BIG_DIGITS * 64)

typedef Term *(*AllocFunc) (Heap *heap, gsize n);

static Term *
alloc_plain (Heap *heap, gsize n)
{
  return heap_alloc (heap, n);
}

/* An integer term as GMP sees it; nothing to free. */
typedef struct
{
  mpz_t     z;
  mp_limb_t digit;
} View;

static void
view_integer (View *view, Term t)
{
  if (term_is_small (t))
    {
      gint64 v = small_value (t);

      view->digit = v < 0 ? -(guint64) v : (guint64) v;
      mpz_roinit_n (view->z, &view->digit, v < 0 ? -1 : v > 0);
    }
  else
    {
      mp_size_t n = (mp_size_t) thing_arity (boxed_header (t));
      mpz_roinit_n (view->z, (const mp_limb_t *) (boxed_ptr (t) + 1), big_is_negative (t) ? -n : n);
    }
}

static Term
integer_from_magnitude (Heap *heap, AllocFunc alloc, guint64 v, bool negative)
{
  Term *hp;

  if (v <= (guint64) SMALL_MAX || (negative && v == (guint64) SMALL_MAX + 1))
    return make_small (negative ? (gint64) (0 - v) : (gint64) v);
  hp = alloc (heap, 2);
  hp[0] = MAKE_HEADER (1, negative ? SUB_NEG_BIG : SUB_POS_BIG);
  hp[1] = v;
  return make_boxed (hp);
}

/* NONE: too large. */
static Term
integer_from_mpz (Heap *heap, AllocFunc alloc, const mpz_t z)
{
  gsize n = mpz_size (z);
  bool  negative = mpz_sgn (z) < 0;
  Term *hp;

  if (n <= 1)
    return integer_from_magnitude (heap, alloc, n == 0 ? 0 : mpz_getlimbn (z, 0), negative);
  if (n > MAX_BIG_DIGITS)
    return NONE;
  hp = alloc (heap, 1 + n);
  hp[0] = MAKE_HEADER (n, negative ? SUB_NEG_BIG : SUB_POS_BIG);
  memcpy (hp + 1, mpz_limbs_read (z), n * sizeof (Term));
  return make_boxed (hp);
}

static Term
result_i64 (Heap *heap, gint64 v)
{
  if (fits_small (v))
    return make_small (v);
  return integer_from_magnitude (heap, heap_alloc_fragment, v < 0 ? -(guint64) v : (guint64) v,
                                 v < 0);
}

static Term
result_float (Heap *heap, double d)
{
  if (!isfinite (d))
    return NONE;
  return float_write (heap_alloc_fragment (heap, FLOAT_WORDS), d);
}

double
integer_to_double (Term integer)
{
  const guint64 *digit;
  double         d = 0.0;

  if (term_is_small (integer))
    return (double) small_value (integer);
  digit = boxed_ptr (integer) + 1;
  /* Rounds at each digit, as ERTS does, and so differs from GMP in the last bit. */
  for (guint i = thing_arity (boxed_header (integer)); i-- > 0;)
    d = d * 0x1p64 + (double) digit[i];
  return big_is_negative (integer) ? -d : d;
}

/* FALSE: no number, or too large. */
static bool
to_double (Term t, double *d)
{
  if (term_is_float (t))
    *d = float_value (t);
  else if (term_is_integer (t))
    *d = integer_to_double (t);
  else
    return false;
  return isfinite (*d);
}

/* --- + - * ---------------------------------------------------------------- */

typedef void (*IntegerFunc) (mpz_ptr result, mpz_srcptr a, mpz_srcptr b);

static Term
big_operation (Heap *heap, Term a, Term b, IntegerFunc func)
{
  View  x, y;
  mpz_t z;
  Term  result;

  view_integer (&x, a);
  view_integer (&y, b);
  mpz_init (z);
  func (z, x.z, y.z);
  result = integer_from_mpz (heap, heap_alloc_fragment, z);
  mpz_clear (z);
  return result;
}

Term
number_add (Heap *heap, Term a, Term b)
{
  double x, y;

  if (term_both_small (a, b))
    return result_i64 (heap, small_value (a) + small_value (b));
  if (term_is_float (a) && term_is_float (b))
    return result_float (heap, float_value (a) + float_value (b));
  if (term_is_integer (a) && term_is_integer (b))
    return a == make_small (0)   ? b
           : b == make_small (0) ? a
                                 : big_operation (heap, a, b, mpz_add);
  return to_double (a, &x) && to_double (b, &y) ? result_float (heap, x + y) : NONE;
}

Term
number_sub (Heap *heap, Term a, Term b)
{
  double x, y;

  if (term_both_small (a, b))
    return result_i64 (heap, small_value (a) - small_value (b));
  if (term_is_float (a) && term_is_float (b))
    return result_float (heap, float_value (a) - float_value (b));
  if (term_is_integer (a) && term_is_integer (b))
    return b == make_small (0) ? a : big_operation (heap, a, b, mpz_sub);
  return to_double (a, &x) && to_double (b, &y) ? result_float (heap, x - y) : NONE;
}

Term
number_mul (Heap *heap, Term a, Term b)
{
  double x, y;
  gint64 product;

  if (term_both_small (a, b) &&
      !__builtin_mul_overflow (small_value (a), small_value (b), &product))
    return result_i64 (heap, product);
  if (term_is_float (a) && term_is_float (b))
    return result_float (heap, float_value (a) * float_value (b));
  if (term_is_integer (a) && term_is_integer (b))
    {
      if (a == make_small (0) || b == make_small (0))
        return make_small (0);
      if (a == make_small (1) || b == make_small (1))
        return a == make_small (1) ? b : a;
      return big_operation (heap, a, b, mpz_mul);
    }
  return to_double (a, &x) && to_double (b, &y) ? result_float (heap, x * y) : NONE;
}

/* --- division ------------------------------------------------------------- */

Term
number_div (Heap *heap, Term a, Term b)
{
  double x, y;

  if (!to_double (a, &x) || !to_double (b, &y) || y == 0.0)
    return NONE;
  return result_float (heap, x / y);
}

/* A big quotient's room is made before the remainder's, as large as it may become: what
 * is left of it stays when the remainder is big, too. */
static void
waste_between (Heap *heap, const View *x, const View *y, Term quotient, Term remainder)
{
  gsize room = mpz_size (x->z) - mpz_size (y->z) + 2;
  gsize used = term_is_big (quotient) ? 1 + header_arity (boxed_header (quotient)) : 0;
  Term *hp;

  if (!term_is_big (remainder) || room <= used)
    return;
  hp = heap_alloc_fragment (heap, room - used);
  hp[0] = MAKE_HEADER (room - used - 1, SUB_POS_BIG);
}

/* Of a big number ERTS makes quotient and remainder, whichever is asked for. */
static Term
divide (Heap *heap, Term a, Term b, bool wants_quotient)
{
  View  x, y;
  mpz_t q, r;
  Term  quotient = make_small (0), remainder = a;

  view_integer (&x, a);
  view_integer (&y, b);
  if (mpz_cmpabs (x.z, y.z) >= 0)
    {
      mpz_inits (q, r, NULL);
      mpz_tdiv_qr (q, r, x.z, y.z);
      quotient = integer_from_mpz (heap, heap_alloc_fragment, q);
      remainder = integer_from_mpz (heap, heap_alloc_fragment, r);
      waste_between (heap, &x, &y, quotient, remainder);
      mpz_clears (q, r, NULL);
    }
  return wants_quotient ? quotient : remainder;
}

Term
number_int_div (Heap *heap, Term a, Term b)
{
  if (!term_is_integer (a) || !term_is_integer (b) || b == make_small (0))
    return NONE;
  if (term_both_small (a, b))
    return result_i64 (heap, small_value (a) / small_value (b));
  return divide (heap, a, b, true);
}

Term
number_rem (Heap *heap, Term a, Term b)
{
  if (!term_is_integer (a) || !term_is_integer (b) || b == make_small (0))
    return NONE;
  if (term_both_small (a, b))
    return make_small (small_value (a) % small_value (b));
  return divide (heap, a, b, false);
}

Term
number_neg (Heap *heap, Term a)
{
  if (term_is_small (a))
    return result_i64 (heap, -small_value (a));
  if (term_is_float (a))
    return result_float (heap, -float_value (a));
  return number_sub (heap, make_small (0), a);
}

Term
number_abs (Heap *heap, Term a)
{
  if (term_is_small (a))
    return small_value (a) < 0 ? number_neg (heap, a) : a;
  if (term_is_big (a))
    return big_is_negative (a) ? number_neg (heap, a) : a;
  if (term_is_float (a))
    return float_value (a) < 0.0 ? result_float (heap, -float_value (a)) : a;
  return NONE;
}

/* --- bits ----------------------------------------------------------------- */

Term
number_band (Heap *heap, Term a, Term b)
{
  if (term_both_small (a, b))
    return a & b;
  return term_is_integer (a) && term_is_integer (b) ? big_operation (heap, a, b, mpz_and) : NONE;
}

Term
number_bor (Heap *heap, Term a, Term b)
{
  if (term_both_small (a, b))
    return a | b;
  return term_is_integer (a) && term_is_integer (b) ? big_operation (heap, a, b, mpz_ior) : NONE;
}

Term
number_bxor (Heap *heap, Term a, Term b)
{
  if (term_both_small (a, b))
    return make_small (small_value (a) ^ small_value (b));
  return term_is_integer (a) && term_is_integer (b) ? big_operation (heap, a, b, mpz_xor) : NONE;
}

Term
number_bnot (Heap *heap, Term a)
{
  if (term_is_small (a))
    return make_small (~small_value (a));
  return term_is_big (a) ? number_sub (heap, make_small (-1), a) : NONE;
}

static Term
shift_left (Heap *heap, Term a, guint64 n)
{
  View  x;
  mpz_t z;
  Term  result;

  if (term_is_small (a) && n < SMALL_BITS && llabs (small_value (a)) <= SMALL_MAX >> n)
    return make_small ((gint64) ((guint64) small_value (a) << n));
  view_integer (&x, a);
  if (n > MAX_BIG_BITS || mpz_sizeinbase (x.z, 2) + n > MAX_BIG_BITS)
    return NONE;
  mpz_init (z);
  mpz_mul_2exp (z, x.z, n);
  result = integer_from_mpz (heap, heap_alloc_fragment, z);
  mpz_clear (z);
  return result;
}

static Term
shift_right (Heap *heap, Term a, guint64 n)
{
  View  x;
  mpz_t z;
  Term  result;

  if (term_is_small (a))
    return make_small (small_value (a) >> MIN (n, 63));
  view_integer (&x, a);
  mpz_init (z);
  mpz_fdiv_q_2exp (z, x.z, n);
  result = integer_from_mpz (heap, heap_alloc_fragment, z);
  mpz_clear (z);
  return result;
}

Term
number_shift (Heap *heap, Term a, Term shift, bool left)
{
  bool    negative;
  guint64 n;

  if (!term_is_integer (a) || !term_is_integer (shift))
    return NONE;
  if (a == make_small (0))
    return a;
  negative = term_is_small (shift) ? small_value (shift) < 0 : big_is_negative (shift);
  n = !term_is_small (shift) ? G_MAXUINT64
      : negative             ? -(guint64) small_value (shift)
                             : (guint64) small_value (shift);
  return left != negative ? shift_left (heap, a, n) : shift_right (heap, a, n);
}

/* --- between integers and floats ------------------------------------------ */

static Term
integer_from_whole (Heap *heap, AllocFunc alloc, double d)
{
  mpz_t z;
  Term  result;

  if (!isfinite (d))
    return NONE;
  if (fabs (d) < 0x1p59)
    return make_small ((gint64) d);
  mpz_init_set_d (z, d);
  result = integer_from_mpz (heap, alloc, z);
  mpz_clear (z);
  return result;
}

Term
integer_from_double (Heap *heap, double d)
{
  return integer_from_whole (heap, alloc_plain, d);
}

Term
number_trunc (Heap *heap, Term a)
{
  if (term_is_integer (a))
    return a;
  return term_is_float (a) ? integer_from_whole (heap, heap_alloc_fragment, trunc (float_value (a)))
                           : NONE;
}

Term
number_round (Heap *heap, Term a)
{
  if (term_is_integer (a))
    return a;
  return term_is_float (a) ? integer_from_whole (heap, heap_alloc_fragment, round (float_value (a)))
                           : NONE;
}

Term
number_floor (Heap *heap, Term a)
{
  if (term_is_integer (a))
    return a;
  return term_is_float (a) ? integer_from_whole (heap, heap_alloc_fragment, floor (float_value (a)))
                           : NONE;
}

Term
number_ceil (Heap *heap, Term a)
{
  if (term_is_integer (a))
    return a;
  return term_is_float (a) ? integer_from_whole (heap, heap_alloc_fragment, ceil (float_value (a)))
                           : NONE;
}

Term
number_to_float (Heap *heap, Term a)
{
  double d;

  if (term_is_float (a))
    return a;
  return to_double (a, &d) ? result_float (heap, d) : NONE;
}

Term
float_new (Heap *heap, double d)
{
  return float_write (heap_alloc (heap, FLOAT_WORDS), d);
}

/* --- between integers and C ----------------------------------------------- */

Term
integer_from_i64 (Heap *heap, gint64 v)
{
  return integer_from_magnitude (heap, alloc_plain, v < 0 ? -(guint64) v : (guint64) v, v < 0);
}

Term
integer_from_u64 (Heap *heap, guint64 v)
{
  return integer_from_magnitude (heap, alloc_plain, v, false);
}

bool
integer_to_u64 (Term t, guint64 *value)
{
  if (term_is_small (t))
    {
      *value = (guint64) small_value (t);
      return small_value (t) >= 0;
    }
  if (!term_is_big (t) || big_is_negative (t) || thing_arity (boxed_header (t)) > 1)
    return false;
  *value = boxed_ptr (t)[1];
  return true;
}

bool
integer_to_i64 (Term t, gint64 *value)
{
  guint64 v;

  if (term_is_small (t))
    {
      *value = small_value (t);
      return true;
    }
  if (!term_is_big (t) || thing_arity (boxed_header (t)) > 1)
    return false;
  v = boxed_ptr (t)[1];
  if (v > (guint64) G_MAXINT64 + (big_is_negative (t) ? 1 : 0))
    return false;
  *value = big_is_negative (t) ? (gint64) (0 - v) : (gint64) v;
  return true;
}

Term
integer_from_bytes (Heap *heap, const guint8 *bytes, gsize n, bool little, bool is_signed)
{
  mpz_t z;
  bool  negative;
  Term  result;

  if (n == 0)
    return make_small (0);
  negative = is_signed && (bytes[little ? n - 1 : 0] & 0x80) != 0;
  mpz_init (z);
  mpz_import (z, n, little ? -1 : 1, 1, 1, 0, bytes);
  if (negative)
    {
      mpz_t wrap;

      mpz_init (wrap);
      mpz_setbit (wrap, n * 8);
      mpz_sub (z, z, wrap);
      mpz_clear (wrap);
    }
  result = integer_from_mpz (heap, alloc_plain, z);
  mpz_clear (z);
  return result;
}

static int
digit_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z')
    return c - 'A' + 10;
  return G_MAXINT;
}

Term
integer_from_text (Heap *heap, const char *text, gsize len, guint base)
{
  gsize   start = len > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  bool    negative = start == 1 && text[0] == '-', overflow = false;
  guint64 v = 0;
  char   *copy;
  mpz_t   z;
  Term    result;

  if (start == len || base < 2 || base > 36)
    return NONE;
  for (gsize i = start; i < len; i++)
    {
      int digit = digit_value (text[i]);

      if (digit >= (int) base)
        return NONE;
      overflow = overflow || __builtin_mul_overflow (v, base, &v) ||
                 __builtin_add_overflow (v, (guint64) digit, &v);
    }
  if (!overflow)
    return integer_from_magnitude (heap, alloc_plain, v, negative);
  copy = g_strndup (text + start, len - start);
  mpz_init (z);
  mpz_set_str (z, copy, (int) base);
  if (negative)
    mpz_neg (z, z);
  result = integer_from_mpz (heap, alloc_plain, z);
  mpz_clear (z);
  g_free (copy);
  return result;
}

char *
integer_to_text (Term integer, guint base)
{
  View  view;
  char *text;

  if (term_is_small (integer) && base == 10)
    return g_strdup_printf ("%" G_GINT64_FORMAT, small_value (integer));
  view_integer (&view, integer);
  text = g_malloc (mpz_sizeinbase (view.z, (int) base) + 2);
  return mpz_get_str (text, -(int) base, view.z);
}
