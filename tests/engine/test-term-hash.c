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
      char *text = fixture_print (f, term);

      g_test_message ("%.200s", text);
      g_free (text);
      oracle_bytes (&oracle, &len);
      oracle_bytes (&oracle, &len);
      g_assert_cmpuint (term_phash2 (f->vm.atoms, term), ==, (guint32) oracle_number (&oracle));
      g_assert_cmpuint (term_phash (f->vm.atoms, term), ==,
                        (guint32) (oracle_number (&oracle) - 1));
      oracle_number (&oracle);
    }
  oracle_close (&oracle);
}

/* Values that OTP's documentation of phash2 promises for ever. */
static void
test_vectors (void)
{
  static const struct
  {
    const char *text;
    guint32     phash2;
  } vectors[] = {
    { "a", 97 },
    { "1", 2614250 },
    { "-1", 44071773 },
    { "1.0", 77147068 },
    { "<<\"abc\">>", 98228475 },
    { "\"abc\"", 117343302 },
    { "{a,b}", 101277806 },
    { "#{a=>1}", 59617982 },
    { "[]", 113427502 },
    { "1180591620717411303424", 131422029 },
  };
  g_autoptr (Fixture) f = fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    g_assert_cmpuint (term_phash2 (f->vm.atoms, fixture_parse (f, vectors[i].text)) & 0x7ffffff, ==,
                      vectors[i].phash2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/term-hash/oracle", test_oracle);
  g_test_add_func ("/term-hash/vectors", test_vectors);
  return g_test_run ();
}
