/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

#include "engine/bif/bif-error.h"
#include "engine/term/term-order.h"

/* What is left in the process by those that raise. */

typedef struct
{
  const char *function, *args;
  ExceptionClass class;
  guint       flags;
  const char *value; /* "class:fvalue" as bif_fixture_call() says it */
} Raising;

static const Raising raisings[] = {
  { "error", "[r]", EXC_ERROR, 0, "error:r" },
  { "error", "[r, [1, 2]]", EXC_ERROR, EXCF_ARG_LIST, "error:{r,[1,2]}" },
  { "error", "[r, none]", EXC_ERROR, EXCF_ARG_LIST, "error:{r,none}" },
  { "error", "[r, [1], []]", EXC_ERROR, EXCF_ARG_LIST, "error:{r,[1]}" },
  { "error", "[r, [1], [{error_info, #{cause => c}}]]", EXC_ERROR, EXCF_ERROR_INFO,
    "error:{r,[1],#{cause => c}}" },
  { "error", "[r, [1], [{error_info, c}]]", EXC_ERROR, EXCF_ARG_LIST, "error:{r,[1]}" },
  { "error", "[r, [1], [{error_info, #{}}|x]]", EXC_ERROR, EXCF_ARG_LIST, "error:{r,[1]}" },
  { "nif_error", "[r]", EXC_ERROR, EXCF_ARGS, "error:r" },
  { "nif_error", "[r, [a]]", EXC_ERROR, EXCF_ARGS, "error:r" },
  { "exit", "[r]", EXC_EXIT, 0, "exit:r" },
  { "throw", "[r]", EXC_THROW, 0, "throw:r" },
  { "hd", "[r]", EXC_ERROR, EXCF_ARGS, "error:badarg" },
};

static void
test_raise (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (raisings); i++)
    {
      BifFixture      *fixture = g_new (BifFixture, 1);
      g_autofree char *answer = NULL;

      bif_fixture_init (fixture);
      answer = bif_fixture_call (fixture, "erlang", raisings[i].function, raisings[i].args);
      g_assert_cmpstr (answer, ==, raisings[i].value);
      g_assert_cmpint (fixture->process.exception, ==, raisings[i].class);
      g_assert_cmpint (fixture->process.exception_flags, ==, raisings[i].flags);
      g_assert_true (fixture->process.ftrace == NIL);
      bif_fixture_clear (fixture);
      g_free (fixture);
    }
}

/* raise/3: the trace it was given, at most 8 entries, each with a location. */
static void
check_trace (const char *args, const char *value, const char *trace)
{
  BifFixture      *fixture = g_new (BifFixture, 1);
  g_autofree char *answer = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  bif_fixture_init (fixture);
  answer = bif_fixture_call (fixture, "erlang", "raise", args);
  g_assert_cmpstr (answer, ==, value);
  g_assert_cmpint (fixture->process.exception_flags, ==, EXCF_SAVED_TRACE);
  term_print (fixture->process.vm, text, fixture->process.ftrace, 0);
  g_assert_cmpstr (text->str, ==, trace);
  bif_fixture_clear (fixture);
  g_free (fixture);
}

static void
test_trace (void)
{
  check_trace ("[error, r, []]", "error:r", "[]");
  check_trace ("[throw, r, [{m,f,1,[{line,3}]}]]", "throw:r", "[{m,f,1,[{line,3}]}]");
  check_trace ("[exit, r, [{m,f,[a]}, {m,g,2,[]}]]", "exit:r", "[{m,f,[a],[]},{m,g,2,[]}]");
  check_trace ("[error, r, [{a,f,1,[]},{b,f,1,[]},{c,f,1,[]},{d,f,1,[]},{e,f,1,[]},"
               "{f,f,1,[]},{g,f,1,[]},{h,f,1,[]},{i,f,1,[]}]]",
               "error:r",
               "[{a,f,1,[]},{b,f,1,[]},{c,f,1,[]},{d,f,1,[]},{e,f,1,[]},"
               "{f,f,1,[]},{g,f,1,[]},{h,f,1,[]}]");
}

/* What raise/3 cannot use it does not raise: it returns badarg. */
static void
test_bad_trace (void)
{
  static const BifCase cases[] = {
    { "erlang", "raise", "[fault, r, []]", "badarg" },
    { "erlang", "raise", "[error, r, x]", "badarg" },
    { "erlang", "raise", "[error, r, [x]]", "badarg" },
    { "erlang", "raise", "[error, r, [{m,f}]]", "badarg" },
    { "erlang", "raise", "[error, r, [{m,f,1,x}]]", "badarg" },
    { "erlang", "raise", "[error, r, [{m,f,1,[]}|x]]", "badarg" },
  };

  bif_fixture_check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bif-error/raise", test_raise);
  g_test_add_func ("/bif-error/trace", test_trace);
  g_test_add_func ("/bif-error/bad-trace", test_bad_trace);
  return g_test_run ();
}
