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

  oracle_open (&oracle, "terms");
  n = oracle_number (&oracle);
  while (n-- > 0)
    {
      Term  term = oracle_term (&oracle, f);
      gsize len;
      char *text, *expected;

      oracle_bytes (&oracle, &len);
      text = fixture_print (f, term);
      expected = oracle_text (&oracle);
      g_assert_cmpstr (text, ==, expected);
      g_free (text);
      g_free (expected);
      for (int i = 0; i < 3; i++)
        oracle_number (&oracle);
    }
  oracle_close (&oracle);
}

static void
test_floats (void)
{
  Oracle oracle;
  gint64 n;

  oracle_open (&oracle, "floats");
  n = oracle_number (&oracle);
  while (n-- > 0)
    {
      gsize         len;
      const guint8 *bytes = oracle_bytes (&oracle, &len);
      char         *expected = oracle_text (&oracle);
      GString      *text = g_string_new (NULL);
      guint64       bits = 0;
      double        d;

      for (int i = 0; i < 8; i++)
        bits = bits << 8 | bytes[i];
      memcpy (&d, &bits, sizeof d);
      float_print (text, d);
      g_assert_cmpstr (text->str, ==, expected);
      g_string_free (text, TRUE);
      g_free (expected);
    }
  oracle_close (&oracle);
}

static void
test_other (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Term     ref[REF_WORDS] = { REF_HEADER, 1 | G_GUINT64_CONSTANT (2) << 32, 3 };
  Term     row[] = { make_pid (1 << 15 | 7), make_port (12), make_boxed (ref) };
  GString *cut = g_string_new ("> ");
  char    *text = fixture_print (f, tuple_new_array (&f->heap, row, 3));

  g_assert_cmpstr (text, ==, "{<0.7.1>,#Port<0.12>,#Ref<0.3.2.1>}");
  g_free (text);
  term_print (&f->vm, cut, fixture_parse (f, "['\303\251\303\251\303\251\303\251',bcd]"), 6);
  g_assert_cmpstr (cut->str, ==, "> [\303\251\303\251...");
  g_assert_true (g_utf8_validate (cut->str, -1, NULL));
  g_string_free (cut, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/term-print/oracle", test_oracle);
  g_test_add_func ("/term-print/floats", test_floats);
  g_test_add_func ("/term-print/other", test_other);
  return g_test_run ();
}
