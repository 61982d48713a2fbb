/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/term/term-order.h"

#define DEEP 1000000

static int
sign (int x)
{
  return x < 0 ? -1 : x > 0;
}

static void
check_pair (Fixture *f, Term a, Term b, const gint64 expected[4])
{
  AtomTable *atoms = f->vm.atoms;
  char      *x = fixture_print (f, a), *y = fixture_print (f, b);

  g_test_message ("%s  %s", x, y);
  g_assert_cmpint (sign (term_compare (atoms, a, b)), ==, expected[0]);
  g_assert_cmpint (sign (term_compare (atoms, b, a)), ==, -expected[0]);
  g_assert_cmpint (sign (term_compare_exact (atoms, a, b)), ==, expected[1]);
  g_assert_cmpint (sign (term_compare_exact (atoms, b, a)), ==, -expected[1]);
  g_assert_cmpint (term_equal (a, b), ==, expected[2]);
  g_assert_cmpint (term_equal_arith_slow (atoms, a, b), ==, expected[3]);
  g_free (x);
  g_free (y);
}

static void
test_oracle (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Oracle oracle;
  gint64 n;

  oracle_open (&oracle, "order");
  n = oracle_number (&oracle);
  g_assert_cmpint (n, >, 2000);
  while (n-- > 0)
    {
      Term   a = oracle_term (&oracle, f), b = oracle_term (&oracle, f);
      gint64 expected[4];

      for (int i = 0; i < 4; i++)
        expected[i] = oracle_number (&oracle);
      check_pair (f, a, b, expected);
    }
  oracle_close (&oracle);
}

/* Wrapped @n times: in a list's head, its tail, a tuple, a map. */
static Term
wrap (Fixture *f, Term inner, guint n, guint kind)
{
  for (guint i = 0; i < n; i++)
    {
      Term pair[2] = { make_small (1), inner };

      if (kind == 0)
        inner = list_new (&f->heap, &inner, 1, NIL);
      else if (kind == 1)
        inner = list_new (&f->heap, pair, 1, inner);
      else if (kind == 2)
        inner = tuple_new_array (&f->heap, &inner, 1);
      else
        inner = map_new (&f->heap, pair, 1);
    }
  return inner;
}

static void
test_deep (void)
{
  for (guint kind = 0; kind < 4; kind++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      Term a = wrap (f, make_small (1), DEEP, kind);
      Term b = wrap (f, make_small (2), DEEP, kind);
      Term c = wrap (f, make_small (1), DEEP, kind);

      g_assert_cmpint (term_compare (f->vm.atoms, a, b), <, 0);
      g_assert_cmpint (term_compare (f->vm.atoms, a, c), ==, 0);
      g_assert_true (term_equal (a, c));
      g_assert_false (term_equal (a, b));
      g_assert_cmpuint (term_hash_internal (a), ==, term_hash_internal (c));
      g_assert_cmpuint (term_phash2 (f->vm.atoms, a), ==, term_phash2 (f->vm.atoms, c));
      g_assert_cmpuint (term_phash (f->vm.atoms, a), ==, term_phash (f->vm.atoms, c));
      g_free (fixture_print (f, a));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/term-order/oracle", test_oracle);
  g_test_add_func ("/term-order/deep", test_deep);
  return g_test_run ();
}
