/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/term/term-order.h"

typedef Term (*Binary) (Heap *heap, Term a, Term b);
typedef Term (*Unary) (Heap *heap, Term a);

static const Binary binary[] = { number_add, number_sub, number_mul, number_div, number_int_div,
                                 number_rem, number_band, number_bor, number_bxor };
static const Unary  unary[] = { number_trunc, number_round, number_floor, number_ceil,
                                number_to_float };

/* What erl got: a term, or NONE for an exception. */
static Term
expected (Oracle *oracle, Fixture *f)
{
  gsize         len;
  const guint8 *bytes = oracle_bytes (oracle, &len);

  return len == 0 ? NONE : etf_decode (&f->vm, &f->heap, bytes, len, false, NULL);
}

static void
check (Fixture *f, Term got, Oracle *oracle)
{
  Term  want = expected (oracle, f);
  char *x = fixture_print (f, got), *y = fixture_print (f, want);

  if (got == NONE || want == NONE || !term_equal (got, want))
    g_assert_cmpstr (x, ==, y);
  g_free (x);
  g_free (y);
}

static void
check_text (Fixture *f, Term a, guint base, Oracle *oracle)
{
  Term          want = expected (oracle, f);
  gsize         size;
  guint8       *to_free = NULL;
  char         *text, *back;
  const guint8 *bytes;

  if (!term_is_integer (a))
    {
      g_assert_cmpuint (want, ==, NONE);
      return;
    }
  text = integer_to_text (a, base);
  bytes = binary_bytes (want, &size, &to_free);
  back = g_strndup ((const char *) bytes, size);
  g_assert_cmpstr (text, ==, back);
  g_assert_true (term_equal (integer_from_text (&f->heap, text, strlen (text), base), a));
  g_free (text);
  g_free (back);
  g_free (to_free);
}

static void
test_oracle (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Heap  *heap = &f->heap;
  Oracle oracle;
  gint64 n;

  oracle_open (&oracle, "numbers");
  n = oracle_number (&oracle);
  while (n-- > 0)
    {
      Term  a = oracle_term (&oracle, f), b = oracle_term (&oracle, f), shift;
      char *x = fixture_print (f, a), *y = fixture_print (f, b);

      g_test_message ("%s %s", x, y);
      g_free (x);
      g_free (y);
      for (guint i = 0; i < G_N_ELEMENTS (binary); i++)
        check (f, binary[i](heap, a, b), &oracle);
      check (f, number_bnot (heap, a), &oracle);
      check (f, number_neg (heap, a), &oracle);
      check (f, number_abs (heap, a), &oracle);
      shift = expected (&oracle, f);
      check (f, number_shift (heap, a, shift, true), &oracle);
      check (f, number_shift (heap, a, shift, false), &oracle);
      for (guint i = 0; i < G_N_ELEMENTS (unary); i++)
        check (f, unary[i](heap, a), &oracle);
      check_text (f, a, 36, &oracle);
      check_text (f, a, 10, &oracle);
    }
  oracle_close (&oracle);
}

static void
test_c (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Heap        *heap = &f->heap;
  const gint64 values[] = {
    0, -1, SMALL_MAX, SMALL_MIN, SMALL_MAX + 1, SMALL_MIN - 1, G_MAXINT64, G_MININT64
  };
  const guint8 bytes[] = { 0xff, 0, 0, 0, 0, 0, 0, 0, 0x80 };
  gint64       v;
  guint64      u;
  char        *text;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_assert_true (integer_to_i64 (integer_from_i64 (heap, values[i]), &v));
      g_assert_cmpint (v, ==, values[i]);
    }
  g_assert_true (integer_to_u64 (integer_from_u64 (heap, G_MAXUINT64), &u));
  g_assert_cmpuint (u, ==, G_MAXUINT64);
  g_assert_false (integer_to_i64 (integer_from_u64 (heap, G_MAXUINT64), &v));
  g_assert_false (integer_to_u64 (make_small (-1), &u));

  text = integer_to_text (integer_from_bytes (heap, bytes, sizeof bytes, true, true), 16);
  g_assert_cmpstr (text, ==, "-7FFFFFFFFFFFFFFF01");
  g_free (text);
  text = integer_to_text (integer_from_bytes (heap, bytes, sizeof bytes, false, false), 16);
  g_assert_cmpstr (text, ==, "FF0000000000000080");
  g_free (text);
  g_assert_cmpuint (integer_from_text (heap, "12a", 3, 10), ==, NONE);
  g_assert_cmpuint (integer_from_text (heap, "-", 1, 10), ==, NONE);
  g_assert_cmpuint (integer_from_text (heap, " 1", 2, 10), ==, NONE);
  g_assert_cmpuint (integer_from_double (heap, 1.0 / 0.0), ==, NONE);
  /* system_limit */
  g_assert_cmpuint (
    number_shift (heap, make_small (1), make_small (G_GINT64_CONSTANT (1) << 40), true), ==, NONE);
  g_assert_cmpuint (
    number_shift (heap, make_small (-5), make_small (G_GINT64_CONSTANT (1) << 40), false), ==,
    make_small (-1));
}

/* Results of arithmetic do not touch the heap block. */
static void
test_fragments (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Term *htop = f->heap.htop;
  gsize before = f->heap.mbuf_size;

  for (int i = 0; i < 1000; i++)
    number_add (&f->heap, make_small (SMALL_MAX), make_small (SMALL_MAX));
  g_assert_true (f->heap.htop == htop);
  g_assert_cmpuint (f->heap.mbuf_size - before, ==, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/oracle", test_oracle);
  g_test_add_func ("/number/c", test_c);
  g_test_add_func ("/number/fragments", test_fragments);
  return g_test_run ();
}
