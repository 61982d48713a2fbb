/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

#include "engine/data/data.h"

/* What work costs, as measured on OTP 25.2.3 (without the call's own reduction);
 * and what those do whose slice is spent. */

#define N 1000

typedef enum
{
  ARG_INTEGERS, /* 1 … N */
  ARG_BYTES,    /* N times $a, a list */
  ARG_BINARY,   /* N bytes "a" */
  ARG_PAIRS,    /* {1,1} … {N,N} */
} Arg;

typedef struct
{
  const char *module, *function;
  Arg         arg;
  int         position; /* of the argument; before it stands the atom x, or <<"b">> behind */
  int         n;
  int         cost, tolerance;
} Cost;

static const Cost costs[] = {
  { "erlang", "length", ARG_INTEGERS, 0, 1, 62, 0 },
  { "lists", "member", ARG_INTEGERS, 1, 2, 63, 1 },
  { "lists", "reverse", ARG_INTEGERS, 0, 2, 16, 0 },
  { "erlang", "list_to_binary", ARG_BYTES, 0, 1, 253, 0 },
  { "erlang", "iolist_size", ARG_BYTES, 0, 1, 15, 0 },
  { "erlang", "iolist_to_iovec", ARG_BYTES, 0, 1, 7, 0 },
  { "erlang", "binary_to_list", ARG_BINARY, 0, 1, 4, 0 },
  { "erlang", "crc32", ARG_BINARY, 0, 1, 100, 0 },
  { "erlang", "phash2", ARG_INTEGERS, 0, 1, 27, 0 },
  { "erlang", "phash2", ARG_PAIRS, 0, 1, 78, 6 },
  { "erlang", "term_to_binary", ARG_PAIRS, 0, 1, 187, 2 },
  { "unicode", "characters_to_list", ARG_BINARY, 0, 2, 201, 1 },
  { "unicode", "characters_to_list", ARG_BYTES, 0, 2, 221, 1 },
  { "unicode", "characters_to_binary", ARG_BYTES, 0, 2, 121, 1 },
  { "binary", "match", ARG_BINARY, 0, 2, 12, 0 },
  { "binary", "split", ARG_BINARY, 0, 2, 12, 0 },
  { "maps", "from_list", ARG_PAIRS, 0, 1, 688, 5 },
};

static Term
make_argument (Heap *heap, Arg arg)
{
  g_autofree guint8 *bytes = g_malloc (N);
  Term               list = NIL;

  memset (bytes, 'a', N);
  if (arg == ARG_BINARY)
    return binary_new_copy (heap, bytes, N);
  for (int i = N; i > 0; i--)
    {
      Term item = make_small (i);

      if (arg == ARG_BYTES)
        item = make_small ('a');
      else if (arg == ARG_PAIRS)
        item = tuple_new (heap, 2, item, item);
      list = list_new (heap, &item, 1, list);
    }
  return list;
}

static void
test_costs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      const Cost *row = &costs[i];
      BifFixture *fixture = g_new (BifFixture, 1);
      Process    *p = &fixture->process;
      Term        args[2];
      int         cost;

      bif_fixture_init (fixture);
      args[0] = A (utf8);
      args[1] = strcmp (row->module, "binary") == 0  ? binary_new_copy (&p->heap, (guint8 *) "b", 1)
                : strcmp (row->module, "lists") == 0 ? NIL
                                                     : A (utf8);
      args[row->position] = make_argument (&p->heap, row->arg);
      g_assert_true (
        bif_fixture_apply (fixture, row->module, row->function, (guint) row->n, args) != NONE);
      cost = SLICE_REDUCTIONS - p->fcalls;
      if (ABS (cost - row->cost) > row->tolerance)
        {
          g_test_message ("%s:%s costs %d, not %d", row->module, row->function, cost, row->cost);
          g_test_fail ();
        }
      bif_fixture_clear (fixture);
      g_free (fixture);
    }
}

/* lists:reverse/2 with 10 reductions left turns 600 cells and goes on later. */
static void
test_trap (void)
{
  BifFixture *fixture = g_new (BifFixture, 1);
  Process    *p = &fixture->process;
  Term        args[2] = { NIL, NIL };

  bif_fixture_init (fixture);
  args[0] = make_argument (&p->heap, ARG_INTEGERS);
  p->fcalls = 10;
  g_assert_true (bif_fixture_apply (fixture, "lists", "reverse", 2, args) == NONE);
  g_assert_cmpint (p->exception, ==, EXC_TRAP);
  g_assert_cmpint (p->fcalls, ==, 0);
  g_assert_cmpint (list_length (fixture->run.x[0]), ==, 400);
  g_assert_cmpint (list_length (fixture->run.x[1]), ==, 600);
  g_assert_true (list_head (fixture->run.x[0]) == make_small (601));
  g_assert_true (list_head (fixture->run.x[1]) == make_small (600));
  bif_fixture_clear (fixture);
  g_free (fixture);
}

/* Words taken on the heap. */
static void
check_words (const char *module, const char *function, const char *args_text, gssize words)
{
  BifFixture *fixture = g_new (BifFixture, 1);
  Process    *p = &fixture->process;
  Term        list, args[8];
  Term       *top;
  guint       n = 0;

  bif_fixture_init (fixture);
  for (list = term_parse (p->vm, &p->heap, args_text, NULL); term_is_list (list);
       list = list_tail (list))
    args[n++] = list_head (list);
  top = p->heap.htop;
  g_assert_true (bif_fixture_apply (fixture, module, function, n, args) != NONE);
  g_assert_cmpint (p->heap.htop - top, ==, words);
  bif_fixture_clear (fixture);
  g_free (fixture);
}

static void
test_words (void)
{
  check_words ("erlang", "setelement", "[1, {a, b}, c]", 3);
  check_words ("erlang", "atom_to_list", "[abc]", 6);
  check_words ("erlang", "make_tuple", "[0, x]", 0);
  check_words ("erlang", "list_to_binary", "[\"abc\"]", 3);
  check_words ("erlang", "++", "[[1, 2], [3]]", 4);
  check_words ("erlang", "split_binary", "[<<\"abcdef\">>, 2]", 3 + 3 + 3);
  check_words ("erlang", "binary_part", "[<<\"abcdef\">>, 2, 2]", 0); /* in a fragment */
  check_words ("maps", "find", "[a, #{a => 1}]", 3);
  check_words ("maps", "keys", "[#{a => 1, b => 2}]", 4);
  check_words ("maps", "remove", "[a, #{a => 1, b => 2}]", 6);
  check_words ("unicode", "characters_to_binary", "[\"abc\", utf8]", 6 + 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bif-cost/reductions", test_costs);
  g_test_add_func ("/bif-cost/trap", test_trap);
  g_test_add_func ("/bif-cost/words", test_words);
  return g_test_run ();
}
