/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/proc-fixture.h"

static void
test_random (void)
{
  MemFixture f;
  GRand     *rand = g_rand_new_with_seed (99);

  mem_fixture_init (&f);
  for (guint round = 0; round < 300; round++)
    {
      Heap          heap;
      Term          term, copy, again;
      HeapFragment *one, *two;

      fixture_heap_init (&heap, &f.machine, 0);
      term = fixture_random_term (&heap, rand, 5);
      one = term_copy_to_fragment (&f.machine, term, &copy);
      g_assert_true (fixture_same (term, copy));
      /* A copy of a copy is of the same size: nothing is lost or added twice. */
      two = term_copy_to_fragment (&f.machine, copy, &again);
      g_assert_cmpint (one == NULL, ==, two == NULL);
      if (one != NULL)
        {
          g_assert_cmpuint (one->used, ==, two->used);
          g_assert_cmpuint (one->used, ==, term_flat_words (term));
          heap_fragment_free (&f.machine, one);
        }
      g_assert_true (fixture_same (term, again)); /* binaries outlive the first copy */
      if (two != NULL)
        heap_fragment_free (&f.machine, two);
      heap_clear (&heap);
    }
  g_rand_free (rand);
  mem_fixture_clear (&f);
}

/* [K, K] of a 10-word K takes 24 words sent, 14 with sharing counted. */
static void
test_sharing (void)
{
  MemFixture f;
  Heap       heap;
  Term       k = NIL, *hp;

  mem_fixture_init (&f);
  fixture_heap_init (&heap, &f.machine, 0);
  for (guint i = 0; i < 5; i++)
    {
      hp = heap_alloc (&heap, 2);
      hp[0] = make_small (i);
      hp[1] = k;
      k = make_list (hp);
    }
  hp = heap_alloc (&heap, 4);
  hp[0] = k;
  hp[1] = make_list (hp + 2);
  hp[2] = k;
  hp[3] = NIL;
  g_assert_cmpuint (term_copy_words (&f.machine, make_list (hp)), ==, 24);
  g_assert_cmpuint (term_shared_words (&f.machine, make_list (hp)), ==, 14);
  heap_clear (&heap);
  mem_fixture_clear (&f);
}

static void
test_literals (void)
{
  MemFixture    f;
  Heap          heap;
  Term          literal, *hp, copy;
  HeapFragment *fragment;

  mem_fixture_init (&f);
  fixture_heap_init (&heap, &f.machine, 0);
  hp = f.literals.top;
  hp[0] = TUPLE_HEADER (1);
  hp[1] = A (ok);
  literal = make_boxed (hp);
  hp = heap_alloc (&heap, 2);
  hp[0] = literal;
  hp[1] = NIL;
  g_assert_cmpuint (term_copy_words (&f.machine, make_list (hp)), ==, 2);
  g_assert_cmpuint (term_flat_words (make_list (hp)), ==, 4);
  fragment = term_copy_to_fragment (&f.machine, make_list (hp), &copy);
  g_assert_true (list_head (copy) == literal);
  heap_fragment_free (&f.machine, fragment);
  g_assert_null (term_copy_to_fragment (&f.machine, literal, &copy));
  heap_clear (&heap);
  mem_fixture_clear (&f);
}

/* A million cells deep in either direction: nothing recurses. */
static void
test_deep (void)
{
  MemFixture    f;
  Heap          heap;
  Term          list = NIL, copy;
  HeapFragment *fragment;
  GcRoots       roots = { NULL, 0, 0 };
  GcRequest     request = { .want_major = true };

  mem_fixture_init (&f);
  fixture_heap_init (&heap, &f.machine, 2000100);
  for (guint i = 0; i < 1000000; i++)
    {
      Term *hp = heap_alloc (&heap, 2);

      hp[i % 2] = list;
      hp[1 - i % 2] = NIL;
      list = make_list (hp);
    }
  fixture_push (&heap, list);
  fragment = term_copy_to_fragment (&f.machine, list, &copy);
  g_assert_cmpuint (fragment->used, ==, 2000000);
  heap_fragment_free (&f.machine, fragment);
  gc_collect (&heap, &request, &roots, NULL, NULL);
  g_assert_cmpuint ((gsize) (heap.htop - heap.start), ==, 2000000);
  heap_clear (&heap);
  mem_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/copy/random", test_random);
  g_test_add_func ("/copy/sharing", test_sharing);
  g_test_add_func ("/copy/literals", test_literals);
  g_test_add_func ("/copy/deep", test_deep);
  return g_test_run ();
}
