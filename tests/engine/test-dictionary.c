/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/proc/dictionary.h"
#include "tests/engine/proc-fixture.h"

/* The orders are erl 25.2.3's: see the calls in the comments. */
static void
check_keys (Process *p, const int *keys, guint n)
{
  Term list = dictionary_get_all (p, &p->heap);

  for (guint i = 0; i < n; i++, list = list_tail (list))
    {
      g_assert_true (term_is_list (list));
      g_assert_cmpint (small_value (tuple_elements (list_head (list))[0]), ==, keys[i]);
    }
  g_assert_true (list == NIL);
}

static Term
string (Process *p)
{
  Term *hp = halloc (p, 2);

  hp[0] = make_small ('y');
  hp[1] = NIL;
  return make_list (hp);
}

static void
test_order (void)
{
  const int   after_erase[] = { 24, 8, 20, 4, 12, 28, 16 };
  const int   after_put[] = { 24, 8, 20, 12, 28, 36, 68, 4, 16 };
  int         all[30];
  ProcFixture f;
  Process    *p;

  proc_fixture_init (&f);
  p = proc_fixture_spawn (&f, NULL, NULL);
  proc_fixture_enter (&f, p);
  /* [put(X, X) || X <- lists:seq(1, 30)] */
  for (int i = 1; i <= 30; i++)
    {
      all[30 - i] = i;
      g_assert_true (dictionary_put (p, make_small (i), make_small (i)) == A (undefined));
    }
  check_keys (p, all, 30);
  /* [erase(X) || X <- lists:seq(1, 30), X rem 4 =/= 0] */
  for (int i = 1; i <= 30; i++)
    if (i % 4 != 0)
      g_assert_true (dictionary_erase (p, make_small (i)) == make_small (i));
  check_keys (p, after_erase, G_N_ELEMENTS (after_erase));
  process_garbage_collect (p, false, NULL, 0);
  /* put(4, "abc"), put(36, z), put(68, "y"), put(4, "new") */
  dictionary_put (p, make_small (4), string (p));
  dictionary_put (p, make_small (36), A (ok));
  dictionary_put (p, make_small (68), string (p));
  g_assert_true (term_is_list (dictionary_put (p, make_small (4), string (p))));
  check_keys (p, after_put, G_N_ELEMENTS (after_put));
  process_garbage_collect (p, true, NULL, 0);
  heap_check (&p->heap, NULL);
  check_keys (p, after_put, G_N_ELEMENTS (after_put));
  g_assert_true (dictionary_get (p, make_small (36)) == A (ok));
  g_assert_true (dictionary_get (p, make_small (5)) == A (undefined));
  proc_fixture_leave (p);
  proc_fixture_clear (&f);
}

/* Against a table of GLib's, collecting all the time. */
static void
test_random (void)
{
  GRand      *rand = g_rand_new_with_seed (3);
  GHashTable *model = g_hash_table_new (NULL, NULL);
  ProcFixture f;
  Process    *p;

  proc_fixture_init (&f);
  p = proc_fixture_spawn (&f, NULL, NULL);
  proc_fixture_enter (&f, p);
  for (guint i = 0; i < 20000; i++)
    {
      gint     key = g_rand_int_range (rand, 0, i < 10000 ? 500 : 50);
      gint     value = g_rand_int_range (rand, 1, 1000);
      gpointer old = g_hash_table_lookup (model, GINT_TO_POINTER (key));
      Term     expected = old != NULL ? make_small (GPOINTER_TO_INT (old)) : A (undefined);
      bool     put = g_rand_int_range (rand, 0, 3) != 0;
      Term     got = put ? dictionary_put (p, make_small (key), make_small (value))
                         : dictionary_erase (p, make_small (key));

      g_assert_true (got == expected);
      if (put)
        g_hash_table_insert (model, GINT_TO_POINTER (key), GINT_TO_POINTER (value));
      else
        g_hash_table_remove (model, GINT_TO_POINTER (key));
      g_assert_cmpuint (p->dictionary->n_pairs, ==, g_hash_table_size (model));
      if (i % 37 == 0)
        process_collect (p, 10, NULL, 0, 0);
    }
  g_hash_table_unref (model);
  g_rand_free (rand);
  proc_fixture_leave (p);
  proc_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dictionary/order", test_order);
  g_test_add_func ("/dictionary/random", test_random);
  return g_test_run ();
}
