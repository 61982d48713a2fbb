/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Where the bits of a bitstring term lie; for code below data/. */

#include "engine/term/term.h"

typedef struct
{
  const guint8 *bytes; /* the byte that holds the first bit */
  guint         shift; /* of the first bit in it, 0 (most significant) to 7 */
  gsize         n_bits;
} TermBits;

static inline TermBits
term_bits (Term t)
{
  const Term *p = boxed_ptr (t);
  TermBits    bits = { NULL, 0, 0 };
  gsize       offset = 0;

  if (header_subtag (p[0]) == SUB_SUB_BIN)
    {
      const SubBin *sub = (const SubBin *) p;

      bits.n_bits = sub->size * 8 + sub->bit_size;
      offset = sub->offset;
      bits.shift = sub->bit_offset;
      p = boxed_ptr (sub->orig);
    }
  else
    bits.n_bits = p[1] * 8;
  bits.bytes = (header_subtag (p[0]) == SUB_PROC_BIN ? ((const ProcBin *) p)->bytes
                                                     : ((const HeapBin *) p)->data) +
               offset;
  return bits;
}

/* Byte @i of the bits; the last one may hold fewer than 8: the rest is 0. */
static inline guint8
term_bits_byte (const TermBits *bits, gsize i)
{
  gsize  left = bits->n_bits - i * 8;
  guint8 byte = (guint8) (bits->bytes[i] << bits->shift);

  if (bits->shift != 0 && left > 8 - bits->shift)
    byte |= (guint8) (bits->bytes[i + 1] >> (8 - bits->shift));
  if (left < 8)
    byte &= (guint8) (0xff << (8 - left));
  return byte;
}

static inline int
term_bits_compare (const TermBits *a, const TermBits *b)
{
  gsize n_bits = MIN (a->n_bits, b->n_bits);
  gsize n = n_bits / 8;

  if (a->shift == 0 && b->shift == 0)
    {
      int order = n == 0 ? 0 : memcmp (a->bytes, b->bytes, n);
      if (order != 0)
        return order;
    }
  else
    {
      for (gsize i = 0; i < n; i++)
        {
          int order = term_bits_byte (a, i) - term_bits_byte (b, i);
          if (order != 0)
            return order;
        }
    }
  if (n_bits % 8 != 0)
    {
      guint mask = 0xff00u >> (n_bits % 8) & 0xff;
      int   order = (int) (term_bits_byte (a, n) & mask) - (int) (term_bits_byte (b, n) & mask);
      if (order != 0)
        return order;
    }
  return a->n_bits < b->n_bits ? -1 : a->n_bits > b->n_bits;
}
