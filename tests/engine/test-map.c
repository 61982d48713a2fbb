/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/term/term-order.h"

static bool
collect_cb (Term key, Term value, gpointer data)
{
  g_array_append_val (data, key);
  return true;
}

static void
check_state (Fixture *f, Term map, Oracle *oracle)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (Term));
  Term    list;

  g_assert_cmpuint (map_size (map), ==, oracle_number (oracle));
  g_assert_cmpuint (term_flat_words (map), ==, oracle_number (oracle));
  map_foreach (map, collect_cb, keys);
  list = list_new (&f->heap, (const Term *) keys->data, keys->len, NIL);
  /* maps:keys/1 gives hash maps' keys in the opposite order of an iterator's; the oracle reversed
   * it */
  if (!map_is_flat (map))
    g_assert_cmpuint (term_phash2 (f->vm.atoms, list), ==, (guint32) oracle_number (oracle));
  else
    oracle_number (oracle);
  g_array_free (keys, TRUE);
}

static void
test_life (void)
{
  Oracle oracle;
  gint64 n_lives;

  oracle_open (&oracle, "maps");
  n_lives = oracle_number (&oracle);
  while (n_lives-- > 0)
    {
      g_autoptr (Fixture) f = fixture_new ();
      Term   map = map_new (&f->heap, NULL, 0), value;
      gint64 n = oracle_number (&oracle);

      while (n-- > 0)
        {
          gint64 v = oracle_number (&oracle);
          Term   key = oracle_term (&oracle, f);

          if (v == 0)
            {
              Term had = map_get (map, key);
              map = map_remove (&f->heap, map, key, &value);
              g_assert_cmpuint (value, ==, had);
              g_assert_cmpuint (map_get (map, key), ==, NONE);
            }
          else
            {
              map = map_put (&f->heap, map, key, make_small (v));
              g_assert_cmpuint (map_get (map, key), ==, make_small (v));
            }
          check_state (f, map, &oracle);
        }
    }
  oracle_close (&oracle);
}

/* However it was made: put one by one in any order, all at once, merged, cut down. */
static void
test_same_structure (void)
{
  static const guint sizes[] = { 0, 1, 31, 32, 33, 34, 100, 1000 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      guint n = sizes[s];
      Term *pairs = g_new (Term, 4 * n + 200);
      Term  forward = map_new (&f->heap, NULL, 0), backward = forward, more, a, b, all;

      for (guint i = 0; i < n; i++)
        {
          pairs[2 * i] = make_small (i * 7919);
          pairs[2 * i + 1] = make_small (i);
          forward = map_put (&f->heap, forward, pairs[2 * i], pairs[2 * i + 1]);
        }
      for (guint i = n; i-- > 0;)
        backward = map_put (&f->heap, backward, pairs[2 * i], pairs[2 * i + 1]);
      all = map_new (&f->heap, pairs, n);
      a = map_new (&f->heap, pairs, n / 2 + n / 4);
      b = map_new (&f->heap, pairs + 2 * (n / 2), n - n / 2);
      more = forward;
      for (guint i = 0; i < 50; i++)
        more = map_put (&f->heap, more, make_small (-1 - (gint64) i), NIL);
      for (guint i = 0; i < 50; i++)
        more = map_remove (&f->heap, more, make_small (-1 - (gint64) i), NULL);

      g_assert_true (term_equal (forward, backward));
      g_assert_true (term_equal (forward, all));
      g_assert_true (term_equal (forward, more));
      g_assert_true (term_equal (forward, map_merge (&f->heap, a, b)));
      g_assert_true (term_equal (forward, map_merge (&f->heap, b, a)));
      g_assert_cmpuint (term_hash_internal (forward), ==, term_hash_internal (more));
      g_assert_cmpint (term_compare (f->vm.atoms, forward, map_merge (&f->heap, a, b)), ==, 0);
      g_free (pairs);
    }
}

static void
test_merge_wins (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  for (gint64 n = 1; n < 200; n += 3)
    {
      Term a = map_new (&f->heap, NULL, 0), b = a, merged;

      for (gint64 i = 0; i < n; i++)
        {
          a = map_put (&f->heap, a, make_small (i), A (false));
          b = map_put (&f->heap, b, make_small (2 * i), A (true));
        }
      merged = map_merge (&f->heap, a, b);
      g_assert_cmpuint (map_size (merged), ==, n + n / 2);
      for (gint64 i = 0; i < 2 * n; i++)
        g_assert_cmpuint (map_get (merged, make_small (i)), ==,
                          i % 2 == 0 ? A (true)
                          : i < n    ? A (false)
                                     : NONE);
    }
}

static void
assert_words (Fixture *f, const Term *start, gssize words)
{
  g_assert_cmpint (f->heap.htop - start, ==, words);
}

/* Heap words, garbage included, of OTP 25. */
static void
test_words (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Term  map = fixture_parse (f, "#{a=>1,b=>2}"), c = atom_from_string (f->vm.atoms, "c");
  Term  a = atom_from_string (f->vm.atoms, "a"), pair[2] = { a, make_small (5) };
  Term *start;
  Term  three[6] = { a, NIL, c, NIL, A (ok), NIL };

  start = f->heap.htop;
  (void) map_put_assoc (&f->heap, map, pair, 1);
  assert_words (f, start, 9);
  start = f->heap.htop;
  (void) map_put_exact (&f->heap, map, pair, 1);
  assert_words (f, start, 5);
  pair[1] = make_small (1);
  start = f->heap.htop;
  (void) map_put_exact (&f->heap, map, pair, 1);
  assert_words (f, start, 0);
  pair[0] = c;
  start = f->heap.htop;
  (void) map_put_assoc (&f->heap, map, pair, 1);
  assert_words (f, start, 10);
  start = f->heap.htop;
  (void) map_put (&f->heap, map, a, make_small (5));
  assert_words (f, start, 5);
  start = f->heap.htop;
  (void) map_put (&f->heap, map, c, make_small (5));
  assert_words (f, start, 11);
  start = f->heap.htop;
  (void) map_remove (&f->heap, map, a, NULL);
  assert_words (f, start, 6);
  start = f->heap.htop;
  (void) map_new (&f->heap, three, 3);
  assert_words (f, start, 10);
  g_assert_cmpuint (map_put_exact (&f->heap, map, pair, 1), ==, NONE);
  g_assert_cmpuint (map_update (&f->heap, map, c, NIL), ==, NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/life", test_life);
  g_test_add_func ("/map/same-structure", test_same_structure);
  g_test_add_func ("/map/merge-wins", test_merge_wins);
  g_test_add_func ("/map/words", test_words);
  return g_test_run ();
}
