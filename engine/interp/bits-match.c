/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <math.h>

#include "engine/interp/bits.h"

Term
bits_start_match (Process *p, Term bitstring)
{
  Term          real = bitstring;
  gsize         offset = 0, n_bits;
  MatchContext *m;

  if (!term_is_bitstring (bitstring))
    return NONE;
  bits_emasculate (p, bitstring);
  if (header_subtag (boxed_header (bitstring)) == SUB_SUB_BIN)
    {
      const SubBin *sub = (const SubBin *) boxed_ptr (bitstring);

      real = sub->orig;
      offset = sub->offset * 8 + sub->bit_offset;
      n_bits = sub->size * 8 + sub->bit_size;
    }
  else
    n_bits = ((const HeapBin *) boxed_ptr (bitstring))->size * 8; /* where a ProcBin has it, too */
  m = (MatchContext *) heap_alloc (&p->heap, MATCH_CONTEXT_WORDS);
  m->header = MATCH_CONTEXT_HEADER;
  m->orig = real;
  m->base = header_subtag (boxed_header (real)) == SUB_HEAP_BIN
              ? ((HeapBin *) boxed_ptr (real))->data
              : ((ProcBin *) boxed_ptr (real))->bytes;
  m->offset = offset;
  m->size = offset + n_bits;
  return make_boxed (&m->header);
}

gsize
bits_integer_words (gsize n_bits)
{
  return n_bits < SMALL_BITS ? 0 : 1 + (n_bits + 63) / 64;
}

/* Up to 64 bits, most significant first. */
static guint64
read_big_endian (const guint8 *base, gsize offset, gsize n)
{
  const guint8 *at = base + offset / 8;
  guint         shift = offset % 8;
  guint64       value = 0;
  gsize         bytes = (shift + n + 7) / 8, i;
  guint         extra;

  if (n == 0)
    return 0;
  for (i = 0; i < bytes && i < 8; i++)
    value = value << 8 | at[i];
  extra = (guint) (bytes * 8 - shift - n); /* bits behind the segment */
  if (bytes == 9)
    {
      value = value << (8 - extra) | at[8] >> extra;
      return n == 64 ? value : value & ((G_GUINT64_CONSTANT (1) << n) - 1);
    }
  value >>= extra;
  return n == 64 ? value : value & ((G_GUINT64_CONSTANT (1) << n) - 1);
}

/* Little endian: whole bytes from the least significant, then the rest's bits. */
static guint64
read_little_endian (const guint8 *base, gsize offset, gsize n)
{
  guint64 value = 0;
  gsize   done;

  for (done = 0; done < n; done += 8)
    {
      gsize part = MIN (8, n - done);
      value |= read_big_endian (base, offset + done, part) << done;
    }
  return value;
}

static Term
big_on_heap (Process *p, guint64 magnitude, bool negative)
{
  Term *hp = heap_alloc (&p->heap, 2);

  hp[0] = MAKE_HEADER (1, negative ? SUB_NEG_BIG : SUB_POS_BIG);
  hp[1] = magnitude;
  return make_boxed (hp);
}

static Term
get_long_integer (Process *p, MatchContext *m, gsize n_bits, guint flags)
{
  gsize              n_bytes = (n_bits + 7) / 8;
  guint              spare = (guint) (n_bytes * 8 - n_bits);
  bool               little = (flags & BITS_LITTLE) != 0, is_signed = (flags & BITS_SIGNED) != 0;
  g_autofree guint8 *bytes = g_malloc0 (n_bytes);
  Term               result;

  if (little)
    {
      bits_copy (bytes, 0, m->base, m->offset, n_bits - n_bits % 8);
      if (spare != 0)
        {
          guint8 last =
            (guint8) read_big_endian (m->base, m->offset + n_bits - n_bits % 8, n_bits % 8);
          bool negative = is_signed && (last >> (n_bits % 8 - 1)) != 0;

          bytes[n_bytes - 1] = negative ? last | (guint8) (0xff << (n_bits % 8)) : last;
        }
    }
  else
    {
      bits_copy (bytes, spare, m->base, m->offset, n_bits);
      if (spare != 0 && is_signed && (bytes[0] >> (7 - spare)) & 1)
        bytes[0] |= (guint8) (0xff << (8 - spare));
    }
  result = integer_from_bytes (&p->heap, bytes, n_bytes, little, is_signed);
  m->offset += n_bits;
  return result;
}

Term
bits_get_integer (Process *p, MatchContext *m, gsize n_bits, guint flags)
{
  guint64 value;

  if (match_left (m) < n_bits)
    return NONE;
  if (n_bits > 64)
    return get_long_integer (p, m, n_bits, flags);
  value = flags & BITS_LITTLE ? read_little_endian (m->base, m->offset, n_bits)
                              : read_big_endian (m->base, m->offset, n_bits);
  m->offset += n_bits;
  if (flags & BITS_SIGNED && n_bits > 0)
    {
      gint64 v = (gint64) (value << (64 - n_bits)) >> (64 - n_bits);

      if (fits_small (v))
        return make_small (v);
      return big_on_heap (p, v < 0 ? -(guint64) v : (guint64) v, v < 0);
    }
  if (value <= (guint64) SMALL_MAX)
    return make_small ((gint64) value);
  return big_on_heap (p, value, false);
}

static double
half_to_double (guint16 h)
{
  int    exponent = (h >> 10) & 31;
  double fraction = h & 1023, v;

  if (exponent == 0)
    v = ldexp (fraction, -24);
  else if (exponent == 31)
    v = fraction == 0 ? INFINITY : NAN;
  else
    v = ldexp (fraction + 1024, exponent - 25);
  return h & 0x8000 ? -v : v;
}

Term
bits_get_float (Process *p, MatchContext *m, gsize n_bits, guint flags)
{
  guint64 bits;
  double  v;

  if (match_left (m) < n_bits)
    return NONE;
  if (n_bits != 16 && n_bits != 32 && n_bits != 64)
    {
      if (n_bits != 0)
        return NONE;
      v = 0.0;
      return float_write (heap_alloc (&p->heap, FLOAT_WORDS), v);
    }
  bits = flags & BITS_LITTLE ? read_little_endian (m->base, m->offset, n_bits)
                             : read_big_endian (m->base, m->offset, n_bits);
  if (n_bits == 64)
    memcpy (&v, &bits, 8);
  else if (n_bits == 32)
    {
      guint32 word = (guint32) bits;
      float   f;

      memcpy (&f, &word, 4);
      v = f;
    }
  else
    v = half_to_double ((guint16) bits);
  if (!isfinite (v))
    return NONE;
  m->offset += n_bits;
  return float_write (heap_alloc (&p->heap, FLOAT_WORDS), v);
}

Term
bits_get_binary (Process *p, MatchContext *m, gsize n_bits)
{
  Term result;

  if (match_left (m) < n_bits)
    return NONE;
  result = bitstring_slice (&p->heap, m->orig, m->offset, n_bits, true);
  m->offset += n_bits;
  return result;
}

Term
bits_get_tail (Process *p, MatchContext *m)
{
  gsize   n_bits = match_left (m);
  SubBin *sub = (SubBin *) heap_alloc (&p->heap, SUB_BIN_WORDS);

  sub->header = SUB_BIN_HEADER;
  sub->size = n_bits / 8;
  sub->offset = m->offset / 8;
  sub->bit_size = n_bits % 8;
  sub->bit_offset = m->offset % 8;
  sub->is_writable = 0;
  sub->orig = m->orig;
  return make_boxed (&sub->header);
}

bool
bits_match_string (MatchContext *m, gsize n_bits, const guint8 *bytes)
{
  if (match_left (m) < n_bits)
    return false;
  if (bits_compare (m->base, m->offset, bytes, 0, n_bits) != 0)
    return false;
  m->offset += n_bits;
  return true;
}

bool
bits_match_value (MatchContext *m, gsize n_bits, Term value)
{
  guint64 wanted;

  if (match_left (m) < n_bits || !integer_to_u64 (value, &wanted) ||
      read_big_endian (m->base, m->offset, n_bits) != wanted)
    return false;
  m->offset += n_bits;
  return true;
}

/* --- UTF ------------------------------------------------------------------ */

static bool
is_valid_code_point (guint32 c)
{
  return c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
}

gint32
bits_get_utf8 (MatchContext *m)
{
  static const guint32 smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
  gsize                left = match_left (m) / 8;
  guint32              c;
  guint                n, i;

  if (left == 0)
    return -1;
  c = (guint32) read_big_endian (m->base, m->offset, 8);
  if (c < 0x80)
    {
      m->offset += 8;
      return (gint32) c;
    }
  n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3
                                : 2;
  if (c < 0xc2 || c > 0xf4 || left < n)
    return -1;
  c &= 0x7fu >> n;
  for (i = 1; i < n; i++)
    {
      guint32 byte = (guint32) read_big_endian (m->base, m->offset + 8 * i, 8);

      if ((byte & 0xc0) != 0x80)
        return -1;
      c = c << 6 | (byte & 0x3f);
    }
  if (c < smallest[n] || !is_valid_code_point (c))
    return -1;
  m->offset += 8 * n;
  return (gint32) c;
}

static guint32
read_unit (MatchContext *m, gsize at, gsize n, guint flags)
{
  return (guint32) (flags & BITS_LITTLE ? read_little_endian (m->base, m->offset + at, n)
                                        : read_big_endian (m->base, m->offset + at, n));
}

gint32
bits_get_utf16 (MatchContext *m, guint flags)
{
  guint32 c, low;

  if (match_left (m) < 16)
    return -1;
  c = read_unit (m, 0, 16, flags);
  if (c < 0xd800 || c > 0xdfff)
    {
      m->offset += 16;
      return (gint32) c;
    }
  if (c > 0xdbff || match_left (m) < 32)
    return -1;
  low = read_unit (m, 16, 16, flags);
  if (low < 0xdc00 || low > 0xdfff)
    return -1;
  m->offset += 32;
  return (gint32) (0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
}

gint32
bits_get_utf32 (MatchContext *m, guint flags)
{
  guint32 c;

  if (match_left (m) < 32)
    return -1;
  c = read_unit (m, 0, 32, flags);
  if (!is_valid_code_point (c))
    return -1;
  m->offset += 32;
  return (gint32) c;
}
