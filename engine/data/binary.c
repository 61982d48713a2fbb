/* SPDX-License-Identifier: Apache-2.0 */

/* Binaries and bitstrings as data: making them, windows on them, and moving
 * bits. Sizes and kinds of the terms are those of OTP 25 (erl_bits.c, binary.c):
 * up to HEAP_BIN_LIMIT bytes on the heap, more in a counted block. */

#include "config.h"

#include "engine/data/data.h"

#include "engine/base/debug.h"

/* --- bits ----------------------------------------------------------------- */

/* @count (1 to 8) bits at @offset (0 to 7) of @from, right-aligned. */
static inline guint
read_bits (const guint8 *from, guint offset, guint count)
{
  guint v = (guint) from[0] << 8;

  if (offset + count > 8)
    v |= from[1];
  return (v >> (16 - offset - count)) & ((1u << count) - 1);
}

/* Writes the low @count (1 to 8 - offset) bits of @v at @offset of @to. */
static inline void
write_bits (guint8 *to, guint offset, guint count, guint v)
{
  guint shift = 8 - offset - count;
  guint mask = ((1u << count) - 1) << shift;

  *to = (guint8) ((*to & ~mask) | ((v << shift) & mask));
}

void
bits_copy (guint8 *to, gsize to_offset, const guint8 *from, gsize from_offset, gsize n)
{
  gsize n_bytes;

  if (n == 0)
    return;
  to += to_offset / 8;
  to_offset %= 8;
  from += from_offset / 8;
  from_offset %= 8;

  if (to_offset != 0)
    {
      guint take = (guint) MIN (8 - to_offset, n);

      write_bits (to, (guint) to_offset, take, read_bits (from, (guint) from_offset, take));
      n -= take;
      if (n == 0)
        return;
      to++;
      from_offset += take;
      from += from_offset / 8;
      from_offset %= 8;
    }

  n_bytes = n / 8;
  if (from_offset == 0)
    memcpy (to, from, n_bytes);
  else
    for (gsize i = 0; i < n_bytes; i++)
      to[i] = (guint8) ((from[i] << from_offset) | (from[i + 1] >> (8 - from_offset)));

  n %= 8;
  if (n != 0)
    write_bits (to + n_bytes, 0, (guint) n,
                read_bits (from + n_bytes, (guint) from_offset, (guint) n));
}

int
bits_compare (const guint8 *a, gsize a_offset, const guint8 *b, gsize b_offset, gsize n)
{
  a += a_offset / 8;
  a_offset %= 8;
  b += b_offset / 8;
  b_offset %= 8;

  if (a_offset == 0 && b_offset == 0)
    {
      int c = n >= 8 ? memcmp (a, b, n / 8) : 0;

      if (c != 0)
        return c;
      a += n / 8;
      b += n / 8;
      n %= 8;
    }
  for (; n >= 8; n -= 8, a++, b++)
    {
      int c = (int) read_bits (a, (guint) a_offset, 8) - (int) read_bits (b, (guint) b_offset, 8);

      if (c != 0)
        return c;
    }
  if (n == 0)
    return 0;
  return (int) read_bits (a, (guint) a_offset, (guint) n) -
         (int) read_bits (b, (guint) b_offset, (guint) n);
}

/* --- views ---------------------------------------------------------------- */

/* The bytes that a heap binary or ProcBin starts at. */
static guint8 *
real_bytes (Term real)
{
  if (header_subtag (boxed_header (real)) == SUB_HEAP_BIN)
    return ((HeapBin *) boxed_ptr (real))->data;
  return ((ProcBin *) boxed_ptr (real))->bytes;
}

bool
bitstring_view (Term t, BitView *view)
{
  Subtag subtag;

  if (!term_is_boxed (t))
    return false;
  subtag = header_subtag (boxed_header (t));
  if (subtag == SUB_HEAP_BIN)
    {
      HeapBin *bin = (HeapBin *) boxed_ptr (t);

      *view = (BitView){ bin->data, 0, bin->size * 8 };
      return true;
    }
  if (subtag == SUB_PROC_BIN)
    {
      ProcBin *bin = (ProcBin *) boxed_ptr (t);

      *view = (BitView){ bin->bytes, 0, bin->size * 8 };
      return true;
    }
  if (subtag == SUB_SUB_BIN)
    {
      SubBin *sub = (SubBin *) boxed_ptr (t);

      view->base = real_bytes (sub->orig) + sub->offset;
      view->bit_offset = sub->bit_offset;
      view->n_bits = sub->size * 8 + sub->bit_size;
      return true;
    }
  return false;
}

const guint8 *
binary_bytes (Term t, gsize *size, guint8 **to_free)
{
  BitView view;

  *to_free = NULL;
  if (!bitstring_view (t, &view) || view.n_bits % 8 != 0)
    return NULL;
  *size = view.n_bits / 8;
  if (view.bit_offset % 8 == 0)
    return view.base + view.bit_offset / 8;
  *to_free = g_malloc (*size + 1);
  bits_copy (*to_free, 0, view.base, view.bit_offset, view.n_bits);
  return *to_free;
}

/* --- making --------------------------------------------------------------- */

Term
binary_new_uninit (Heap *heap, gsize size, guint8 **bytes)
{
  if (size <= HEAP_BIN_LIMIT)
    {
      gsize    words = HEAP_BIN_WORDS (size);
      HeapBin *bin = (HeapBin *) heap_alloc (heap, words);

      if (words > 2)
        ((Term *) bin)[words - 1] = 0; /* padding: the same bytes in every run */
      bin->header = HEAP_BIN_HEADER (size);
      bin->size = size;
      *bytes = bin->data;
      return make_boxed ((Term *) bin);
    }
  else
    {
      Term          *hp = heap_alloc (heap, PROC_BIN_WORDS);
      OffHeapBinary *binary = binary_new (heap->vm, size);

      *bytes = binary->data;
      return proc_bin_write (hp, binary, binary->data, size, &heap->off_heap);
    }
}

Term
binary_new_copy (Heap *heap, const guint8 *bytes, gsize size)
{
  guint8 *data;
  Term    bin = binary_new_uninit (heap, size, &data);

  if (size > 0)
    memcpy (data, bytes, size);
  return bin;
}

Term
bitstring_slice (Heap *heap, Term orig, gsize bit_offset, gsize n_bits, bool copy_small)
{
  gsize   size = n_bits / 8;
  SubBin *sub;

  if (term_has_subtag (orig, SUB_SUB_BIN))
    {
      SubBin *of = (SubBin *) boxed_ptr (orig);

      bit_offset += of->offset * 8 + of->bit_offset;
      orig = of->orig;
    }
  if (copy_small && n_bits % 8 == 0 && size <= HEAP_BIN_LIMIT)
    {
      guint8       *data;
      const guint8 *from = real_bytes (orig);
      Term          bin = binary_new_uninit (heap, size, &data);

      bits_copy (data, 0, from, bit_offset, n_bits);
      return bin;
    }
  sub = (SubBin *) heap_alloc (heap, SUB_BIN_WORDS);
  memset (sub, 0, sizeof *sub);
  sub->header = SUB_BIN_HEADER;
  sub->size = size;
  sub->offset = bit_offset / 8;
  sub->bit_size = (guint8) (n_bits % 8);
  sub->bit_offset = (guint8) (bit_offset % 8);
  sub->is_writable = 0;
  sub->orig = orig;
  return make_boxed ((Term *) sub);
}
