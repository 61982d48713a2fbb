/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/term/term-order.h"

static void
test_oracle (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Oracle oracle;
  gint64 n;

  oracle_open (&oracle, "parse");
  n = oracle_number (&oracle);
  while (n-- > 0)
    {
      char *text = oracle_text (&oracle);
      Term  want = oracle_term (&oracle, f), got;
      char *x, *y;

      g_test_message ("%s", text);
      got = fixture_parse (f, text);
      x = fixture_print (f, got);
      y = fixture_print (f, want);
      g_assert_cmpstr (x, ==, y);
      g_free (text);
      g_free (x);
      g_free (y);
    }
  oracle_close (&oracle);
}

/* What ~w writes reads back as the same term. */
static void
test_print (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Oracle oracle;
  gint64 n;

  oracle_open (&oracle, "terms");
  n = oracle_number (&oracle);
  while (n-- > 0)
    {
      Term  term = oracle_term (&oracle, f);
      gsize len;
      char *text;

      oracle_bytes (&oracle, &len);
      text = oracle_text (&oracle);
      g_test_message ("%s", text);
      g_assert_true (term_equal (fixture_parse (f, text), term));
      g_free (text);
      for (int i = 0; i < 3; i++)
        oracle_number (&oracle);
    }
  oracle_close (&oracle);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "", "column 1: a term*wanted, but the text ends" },
    { "[1,2", "column 5: *\"]\"*wanted, but the text ends" },
    { "[1 2]", "column 4: *wanted, but there is \"2\"" },
    { "{a,}", "column 4: a term*there is \"}\"" },
    { "X", "column 1: a term*there is \"X\"" },
    { "'abc", "column 5: the atom's closing quote*" },
    { "\"\303\251\303\251", "column 4: the string's closing quote*" },
    { "\"\\xg\"", "column 4: two hexadecimal*" },
    { "\"\\x{d800}\"", "column 4: two hexadecimal*" },
    { "#{a,b}", "column 4: \"=>\"*" },
    { "#{a=>b", "column 7: *" },
    { "<<1.5>>", "column 3: an integer or a string*" },
    { "<<1:99999999999>>", "column 5: a size of at most*" },
    { "<<1/float>>", "column 5: utf8*" },
    { "<<55296/utf8>>", "column 3: a Unicode character*" },
    { "1e5", "column 2: the end of the text*" },
    { "1.0e999", "column 1: a float that is not too large*" },
    { "37#1", "column 1: a base from 2 to 36*" },
    { "16#", "column 4: a digit*" },
    { "- a", "column 3: a number*" },
    { "fun a:b", "column 8: the \"/\"*" },
    { "fun a:b/256", "column 12: an arity*" },
    { "a.b", "column 3: the end of the text*" },
    { "\303", "column 1: the text is not UTF-8" },
    { "[a|b,c]", "column 5: \"]\"*" },
    { "[|b]", "column 2: a term*" },
  };
  g_autoptr (Fixture) f = fixture_new ();
  GString *deep = g_string_new (NULL);
  GError  *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpuint (term_parse (&f->vm, &f->heap, cases[i].text, &error), ==, NONE);
      g_assert_error (error, VM_ERROR, VM_ERROR_SYNTAX);
      g_test_message ("%s: %s", cases[i].text, error->message);
      g_assert_true (g_pattern_match_simple (cases[i].message, error->message));
      g_clear_error (&error);
    }
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_cmpuint (term_parse (&f->vm, &f->heap, deep->str, &error), ==, NONE);
  g_assert_error (error, VM_ERROR, VM_ERROR_SYNTAX);
  g_clear_error (&error);
  g_string_free (deep, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parse/oracle", test_oracle);
  g_test_add_func ("/parse/print", test_print);
  g_test_add_func ("/parse/errors", test_errors);
  return g_test_run ();
}
