/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

#include "engine/bif/magic.h"
#include "engine/data/data.h"
#include "engine/term/term-order.h"

/* Things that magic references keep: atomics, counters, compiled patterns. */

typedef struct
{
  BifFixture *fixture;
  Term        ref;
} Setup;

/* Calls module:function (Ref, …) and checks the answer's text. */
static void
check (
  Setup *setup, const char *module, const char *function, const char *rest, const char *expected)
{
  Process *p = &setup->fixture->process;
  g_autoptr (GString) text = g_string_new (NULL);
  Term  list = term_parse (p->vm, &p->heap, rest, NULL);
  Term  args[8] = { setup->ref };
  guint n = 1;
  Term  result;

  for (; term_is_list (list); list = list_tail (list))
    args[n++] = list_head (list);
  result = bif_fixture_apply (setup->fixture, module, function, n, args);
  term_print (p->vm, text, result != NONE ? result : p->fvalue, 0);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
setup_init (Setup *setup, const char *function, guint n, gint64 first, gint64 second)
{
  Term args[2] = { make_small (first), make_small (second) };

  setup->fixture = g_new (BifFixture, 1);
  bif_fixture_init (setup->fixture);
  setup->ref = bif_fixture_apply (setup->fixture, "erts_internal", function, n, args);
  g_assert_true (term_is_ref (setup->ref));
}

static void
setup_clear (Setup *setup)
{
  bif_fixture_clear (setup->fixture); /* checks that the memory was given back */
  g_free (setup->fixture);
}

static void
test_signed (void)
{
  Setup s;

  setup_init (&s, "atomics_new", 2, 3, 1);
  check (&s, "atomics", "get", "[1]", "0");
  check (&s, "atomics", "put", "[1, -5]", "ok");
  check (&s, "atomics", "add", "[1, 2]", "ok");
  check (&s, "atomics", "add_get", "[1, -10]", "-13");
  check (&s, "atomics", "exchange", "[1, 7]", "-13");
  check (&s, "atomics", "compare_exchange", "[1, 8, 9]", "7");
  check (&s, "atomics", "compare_exchange", "[1, 7, 9]", "ok");
  check (&s, "atomics", "get", "[1]", "9");
  check (&s, "atomics", "put", "[2, 9223372036854775807]", "ok");
  check (&s, "atomics", "add_get", "[2, 1]", "-9223372036854775808");
  check (&s, "atomics", "put", "[2, 9223372036854775808]", "badarg");
  check (&s, "atomics", "get", "[0]", "badarg");
  check (&s, "atomics", "get", "[4]", "badarg");
  check (&s, "erts_internal", "counters_get", "[1]", "badarg"); /* another kind */
  setup_clear (&s);
}

static void
test_unsigned (void)
{
  Setup s;

  setup_init (&s, "atomics_new", 2, 1, 0);
  check (&s, "atomics", "put", "[1, -1]", "badarg");
  check (&s, "atomics", "add", "[1, -1]", "ok");
  check (&s, "atomics", "get", "[1]", "18446744073709551615");
  check (&s, "atomics", "add_get", "[1, 18446744073709551615]", "18446744073709551614");
  setup_clear (&s);
}

static void
test_counters (void)
{
  Setup s;

  setup_init (&s, "counters_new", 1, 2, 0);
  check (&s, "erts_internal", "counters_add", "[2, 5]", "ok");
  check (&s, "erts_internal", "counters_add", "[2, -7]", "ok");
  check (&s, "erts_internal", "counters_get", "[2]", "-2");
  check (&s, "erts_internal", "counters_put", "[1, 3]", "ok");
  check (&s, "erts_internal", "counters_get", "[1]", "3");
  check (&s, "erts_internal", "counters_get", "[3]", "badarg");
  check (&s, "atomics", "get", "[1]", "badarg");
  setup_clear (&s);
}

/* {bm, Ref} and {ac, Ref} serve for their patterns, again and again. */
static void
check_pattern (const char *pattern, Term tag, const char *expected)
{
  BifFixture *fixture = g_new (BifFixture, 1);
  Process    *p = &fixture->process;
  Term        compiled, args[2];

  bif_fixture_init (fixture);
  args[0] = term_parse (p->vm, &p->heap, pattern, NULL);
  compiled = bif_fixture_apply (fixture, "binary", "compile_pattern", 1, args);
  g_assert_true (term_is_tuple (compiled) && tuple_elements (compiled)[0] == tag);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      args[0] = binary_new_copy (&p->heap, (guint8 *) "abcabcd", 7);
      args[1] = compiled;
      term_print (p->vm, text, bif_fixture_apply (fixture, "binary", "matches", 2, args), 0);
      g_assert_cmpstr (text->str, ==, expected);
    }
  bif_fixture_clear (fixture);
  g_free (fixture);
}

static void
test_patterns (void)
{
  check_pattern ("<<\"bc\">>", A (bm), "[{1,2},{4,2}]");
  check_pattern ("[<<\"c\">>, <<\"cd\">>, <<\"a\">>]", A (ac), "[{0,1},{2,1},{3,1},{5,2}]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bif-atomics/signed", test_signed);
  g_test_add_func ("/bif-atomics/unsigned", test_unsigned);
  g_test_add_func ("/bif-atomics/counters", test_counters);
  g_test_add_func ("/bif-binary/compiled-patterns", test_patterns);
  return g_test_run ();
}
