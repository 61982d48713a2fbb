/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/data/inflate.h"
#include "engine/term/term-order.h"

#define N_MUTATIONS 20000
#define DEEP        1000000

/* Both encodings byte for byte, the words, and back. */
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
      gsize         pos = oracle.pos, len;
      Term          term = oracle_term (&oracle, f), back;
      gsize         after = oracle.pos;
      const guint8 *bytes;
      char         *text;

      text = fixture_print (f, term);
      g_test_message ("%.200s", text);
      oracle.pos = pos;
      for (guint minor = 1; minor <= 2; minor++)
        {
          GByteArray *encoded = etf_encode (&f->vm, term, minor, false);

          bytes = oracle_bytes (&oracle, &len);
          g_assert_cmpmem (encoded->data, encoded->len, bytes, len);
          back = etf_decode (&f->vm, &f->heap, encoded->data, encoded->len, true, NULL);
          g_assert_true (term_equal (back, term));
          g_byte_array_unref (encoded);
        }
      g_assert_cmpuint (oracle.pos, >, after);
      oracle_bytes (&oracle, &len);
      oracle_number (&oracle);
      oracle_number (&oracle);
      if (strstr (text, "fun ") == NULL &&
          strstr (text, "{}") == NULL) /* shared literals, and {} is one */
        g_assert_cmpuint (term_flat_words (term), ==, oracle_number (&oracle));
      else
        oracle_number (&oracle);
      g_free (text);
    }
  oracle_close (&oracle);
}

static void
test_compressed (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Term term = fixture_parse (
    f, "[{a,<<\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">>},1.5]");
  GByteArray *plain = etf_encode (&f->vm, term, 1, false);
  GByteArray *packed = deflate_bytes (plain->data + 1, plain->len - 1, 9);
  GByteArray *file = g_byte_array_new ();
  guint8      head[6] = { 131, 'P', 0, 0, (guint8) ((plain->len - 1) >> 8),
                          (guint8) (plain->len - 1) };
  gsize       used;

  g_byte_array_append (file, head, sizeof head);
  g_byte_array_append (file, packed->data, packed->len);
  g_byte_array_append (file, head, 3);
  g_assert_true (
    term_equal (etf_decode (&f->vm, &f->heap, file->data, file->len, false, &used), term));
  g_assert_cmpuint (used, ==, file->len - 3);
  for (guint lie = 0; lie < 256; lie++)
    {
      file->data[5] = (guint8) lie;
      if (lie != (guint8) (plain->len - 1))
        g_assert_cmpuint (etf_decode (&f->vm, &f->heap, file->data, file->len, false, NULL), ==,
                          NONE);
    }
  file->data[2] = 0x7f; /* says it is 2 GB large */
  g_assert_cmpuint (etf_decode (&f->vm, &f->heap, file->data, file->len, false, NULL), ==, NONE);
  g_byte_array_unref (file);
  g_byte_array_unref (packed);
  g_byte_array_unref (plain);
}

static void
test_safe (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const guint8 known[] = { 131, 'w', 2, 'o', 'k' }, unknown[] = { 131, 'w', 2, 'q', 'q' };

  g_assert_cmpuint (etf_decode (&f->vm, &f->heap, known, sizeof known, true, NULL), ==, A (ok));
  g_assert_cmpuint (etf_decode (&f->vm, &f->heap, unknown, sizeof unknown, true, NULL), ==, NONE);
  g_assert_cmpuint (etf_decode (&f->vm, &f->heap, unknown, sizeof unknown, false, NULL), !=, NONE);
}

static void
test_malformed (void)
{
  static const struct
  {
    guint  len;
    guint8 bytes[24];
  } cases[] = {
    { 0, { 0 } },
    { 1, { 131 } },
    { 2, { 131, 200 } },
    { 2, { 130, 'j' } },
    { 6, { 131, 'i', 255, 255, 255, 255 } }, /* a tuple of 4 G elements */
    { 6, { 131, 'l', 127, 255, 255, 255 } },
    { 6, { 131, 't', 255, 255, 255, 255 } },
    { 6, { 131, 'm', 255, 255, 255, 255 } },
    { 7, { 131, 'o', 255, 255, 255, 255, 0 } },
    { 10, { 131, 't', 0, 0, 0, 2, 'a', 1, 'j', 'a' } },
    { 12, { 131, 't', 0, 0, 0, 2, 'a', 1, 'j', 'a', 1, 'j' } }, /* a key twice */
    { 10, { 131, 'F', 0x7f, 0xf0, 0, 0, 0, 0, 0, 0 } },         /* infinity */
    { 10, { 131, 'F', 0x7f, 0xf8, 0, 0, 0, 0, 0, 0 } },         /* no number */
    { 4, { 131, 'w', 1, 0xff } },
    { 7, { 131, 'M', 0, 0, 0, 0, 3 } },
    { 8, { 131, 'M', 0, 0, 0, 1, 9, 1 } },
    { 8, { 131, 'M', 0, 0, 0, 1, 0, 1 } },
    { 7, { 131, 'X', 'w', 2, 'o', 'k', 0 } },
    { 5, { 131, 'X', 'a', 1, 0 } }, /* a pid whose node is a number */
  };
  g_autoptr (Fixture) f = fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (etf_decode (&f->vm, &f->heap, cases[i].bytes, cases[i].len, false, NULL), ==,
                      NONE);
}

/* A million lists in each other, open and closed. */
static void
test_deep (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GByteArray  *bytes = g_byte_array_new (), *back;
  const guint8 start = 131, nil = 'j', open[] = { 'l', 0, 0, 0, 1 };
  Term         term;

  g_byte_array_append (bytes, &start, 1);
  for (guint i = 0; i < DEEP; i++)
    g_byte_array_append (bytes, open, sizeof open);
  g_assert_cmpuint (etf_decode (&f->vm, &f->heap, bytes->data, bytes->len, false, NULL), ==, NONE);
  for (guint i = 0; i <= DEEP; i++)
    g_byte_array_append (bytes, &nil, 1);
  term = etf_decode (&f->vm, &f->heap, bytes->data, bytes->len, false, NULL);
  g_assert_cmpuint (term, !=, NONE);
  back = etf_encode (&f->vm, term, 1, false);
  g_assert_cmpmem (back->data, back->len, bytes->data, bytes->len);
  g_byte_array_unref (back);
  g_byte_array_unref (bytes);
}

/* Damaged encodings give a term or NONE, and never anything else. */
static void
test_mutations (void)
{
  GRand   *rand = g_rand_new_with_seed (7);
  Fixture *f = fixture_new ();
  Oracle   oracle;
  gint64   n;

  oracle_open (&oracle, "terms");
  for (guint round = 0; round < N_MUTATIONS; round++)
    {
      gsize         len, used;
      const guint8 *bytes;
      guint8       *copy;
      Term          term;

      if (round % 1000 == 0)
        {
          fixture_free (f); /* the heap is full of results by now */
          f = fixture_new ();
          oracle_close ((oracle.pos = oracle.len, &oracle));
          oracle_open (&oracle, "terms");
          oracle_number (&oracle);
        }
      bytes = oracle_bytes (&oracle, &len);
      copy = g_memdup2 (bytes, len);
      for (n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        copy[g_rand_int_range (rand, 1, (gint32) len)] = (guint8) g_rand_int (rand);
      if (g_rand_boolean (rand))
        len = (gsize) g_rand_int_range (rand, 1, (gint32) len + 1);
      term = etf_decode (&f->vm, &f->heap, copy, len, false, &used);
      if (term != NONE)
        {
          GByteArray *again = etf_encode (&f->vm, term, 2, false);

          g_assert_cmpuint (used, <=, len);
          g_assert_true (
            term_equal (etf_decode (&f->vm, &f->heap, again->data, again->len, false, NULL), term));
          g_free (fixture_print (f, term));
          g_byte_array_unref (again);
        }
      g_free (copy);
      for (int i = 0; i < 2; i++)
        oracle_bytes (&oracle, &len);
      for (int i = 0; i < 3; i++)
        oracle_number (&oracle);
    }
  oracle.pos = oracle.len;
  oracle_close (&oracle);
  fixture_free (f);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/etf/oracle", test_oracle);
  g_test_add_func ("/etf/compressed", test_compressed);
  g_test_add_func ("/etf/safe", test_safe);
  g_test_add_func ("/etf/malformed", test_malformed);
  g_test_add_func ("/etf/deep", test_deep);
  g_test_add_func ("/etf/mutations", test_mutations);
  return g_test_run ();
}
