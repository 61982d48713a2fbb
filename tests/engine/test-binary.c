/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

#include "engine/data/data.h"

/* Bits, binaries and windows on them, against the plainest way to do the same. */

static bool
get_bit (const guint8 *bytes, gsize at)
{
  return (bytes[at / 8] >> (7 - at % 8) & 1) != 0;
}

static void
fill (GRand *rand, guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) g_rand_int (rand);
}

static void
test_copy (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 20000; round++)
    {
      guint8 from[20], to[20], before[20];
      gsize  to_offset = (gsize) g_rand_int_range (rand, 0, 40);
      gsize  from_offset = (gsize) g_rand_int_range (rand, 0, 40);
      gsize  n = (gsize) g_rand_int_range (rand, 0, 120);

      fill (rand, from, sizeof from);
      fill (rand, to, sizeof to);
      memcpy (before, to, sizeof to);
      bits_copy (to, to_offset, from, from_offset, n);
      for (gsize i = 0; i < sizeof to * 8; i++)
        {
          bool inside = i >= to_offset && i < to_offset + n;
          bool expected =
            inside ? get_bit (from, from_offset + i - to_offset) : get_bit (before, i);

          g_assert_cmpint (get_bit (to, i), ==, expected);
        }
    }
}

/* No bit past the last may be read: the bytes end there. */
static void
test_copy_reads_no_further (void)
{
  for (gsize offset = 0; offset < 8; offset++)
    for (gsize n = 1; n < 30; n++)
      {
        gsize   size = (offset + n + 7) / 8;
        guint8 *from = g_malloc0 (size);
        guint8 *to = g_malloc0 ((n + 7) / 8);

        bits_copy (to, 0, from, offset, n);
        g_assert_cmpint (bits_compare (to, 0, from, offset, n), ==, 0);
        g_free (from);
        g_free (to);
      }
}

static void
test_compare (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint round = 0; round < 20000; round++)
    {
      guint8 a[12], b[12];
      gsize  a_offset = (gsize) g_rand_int_range (rand, 0, 20);
      gsize  b_offset = (gsize) g_rand_int_range (rand, 0, 20);
      gsize  n = (gsize) g_rand_int_range (rand, 0, 70);
      int    expected = 0, is;

      fill (rand, a, sizeof a);
      fill (rand, b, sizeof b);
      bits_copy (b, b_offset, a, a_offset, (gsize) g_rand_int_range (rand, 0, (gint32) n + 1));
      for (gsize i = 0; i < n && expected == 0; i++)
        expected = get_bit (a, a_offset + i) - get_bit (b, b_offset + i);
      is = bits_compare (a, a_offset, b, b_offset, n);
      g_assert_cmpint ((is > 0) - (is < 0), ==, expected);
    }
}

static void
test_kinds (void)
{
  BifFixture *fixture = g_new (BifFixture, 1);
  Heap       *heap;
  guint8      bytes[200];
  Term       *top;

  bif_fixture_init (fixture);
  heap = &fixture->process.heap;
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i;
  for (gsize size = 0; size <= 130; size++)
    {
      g_autofree guint8 *to_free = NULL;
      gsize              is_size;
      Term               bin;

      top = heap->htop;
      bin = binary_new_copy (heap, bytes, size);
      g_assert_true (term_has_subtag (bin, size <= 64 ? SUB_HEAP_BIN : SUB_PROC_BIN));
      g_assert_cmpint (heap->htop - top, ==, size <= 64 ? 2 + (size + 7) / 8 : 6);
      g_assert_cmpmem (binary_bytes (bin, &is_size, &to_free), size, bytes, size);
      g_assert_cmpuint (is_size, ==, size);
      g_assert_null (to_free);
    }
  bif_fixture_clear (fixture);
  g_free (fixture);
}

/* Windows on windows, at all bit offsets. */
static void
test_slices (void)
{
  BifFixture *fixture = g_new (BifFixture, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  Heap  *heap;
  guint8 bytes[100];

  bif_fixture_init (fixture);
  heap = &fixture->process.heap;
  fill (rand, bytes, sizeof bytes);
  for (guint round = 0; round < 2000; round++)
    {
      Term    bin = binary_new_copy (heap, bytes, round % 2 == 0 ? 100 : 60);
      gsize   at = 0, n_bits = round % 2 == 0 ? 800 : 480;
      BitView view;

      for (guint depth = 0; depth < 3; depth++)
        {
          gsize from = (gsize) g_rand_int_range (rand, 0, (gint32) n_bits + 1);
          gsize n = (gsize) g_rand_int_range (rand, 0, (gint32) (n_bits - from) + 1);
          bool  copy = g_rand_boolean (rand);
          bool  fits = n % 8 == 0 && n / 8 <= HEAP_BIN_LIMIT;

          bin = bitstring_slice (heap, bin, from, n, copy);
          g_assert_true (term_has_subtag (bin, copy && fits ? SUB_HEAP_BIN : SUB_SUB_BIN));
          at += from;
          n_bits = n;
          g_assert_true (bitstring_view (bin, &view));
          g_assert_cmpuint (view.n_bits, ==, n);
          g_assert_cmpint (bits_compare (view.base, view.bit_offset, bytes, at, n), ==, 0);
          if (term_has_subtag (bin, SUB_SUB_BIN))
            g_assert_false (term_has_subtag (((SubBin *) boxed_ptr (bin))->orig, SUB_SUB_BIN));
        }
    }
  bif_fixture_clear (fixture);
  g_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bits/copy", test_copy);
  g_test_add_func ("/bits/copy-reads-no-further", test_copy_reads_no_further);
  g_test_add_func ("/bits/compare", test_compare);
  g_test_add_func ("/binary/kinds", test_kinds);
  g_test_add_func ("/binary/slices", test_slices);
  return g_test_run ();
}
