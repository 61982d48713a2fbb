/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <math.h>

#include "engine/interp/bits.h"
#include "engine/interp/interp.h"

#define APPEND_MIN_BYTES    256
#define INIT_WRITABLE_BYTES 1024
#define BITS_PER_REDUCTION  8192

/* Spare room when a binary is grown for appending: twice its size, a fifth more
 * above 16 MiB (erl_bits.c, GROW_PROC_BIN_SIZE). */
static gsize
grown_size (gsize bytes)
{
  return bytes > (16u << 20) ? bytes + bytes / 5 : 2 * bytes;
}

/* --- one segment ----------------------------------------------------------- */

/* Writes the low @n_bits (up to 64) of @value at @offset. What follows in the last
 * byte becomes 0: segments are written in order. */
static void
write_u64 (guint8 *base, gsize offset, guint64 value, gsize n_bits, bool little)
{
  guint  shift = offset % 8, odd = n_bits % 8;
  gssize left = (gssize) n_bits - (8 - shift);

  if (n_bits == 0)
    return;
  value <<= 64 - n_bits;
  if (little)
    {
      /* the most significant bits come last */
      guint64 last = odd != 0 ? value >> (64 - odd) << (8 - odd) << (n_bits - odd) : 0;

      value = value << odd >> odd >> (64 - n_bits); /* whole bytes */
      value = GUINT64_SWAP_LE_BE (value | last);
    }
  base += offset / 8;
  *base = (guint8) ((*base & ~(0xff >> shift)) | value >> (56 + shift));
  for (value <<= 8 - shift; left > 0; left -= 8, value <<= 8)
    *++base = (guint8) (value >> 56);
}

/* Two's complement of a big (or wide small) into @n_bytes, least significant first. */
static void
integer_to_bytes (Term value, guint8 *bytes, gsize n_bytes)
{
  gsize i;

  if (term_is_small (value))
    {
      gint64 v = small_value (value);

      for (i = 0; i < n_bytes; i++)
        bytes[i] = (guint8) (v >> MIN (8 * i, 63));
      return;
    }
  {
    const guint64 *digits = boxed_ptr (value) + 1;
    gsize          n_digits = header_arity (boxed_header (value));
    bool           negative = big_is_negative (value);
    guint          carry = 1;

    for (i = 0; i < n_bytes; i++)
      {
        guint byte = i / 8 < n_digits ? (guint8) (digits[i / 8] >> (8 * (i % 8))) : 0;

        if (negative)
          {
            byte = (byte ^ 0xff) + carry;
            carry = byte >> 8;
          }
        bytes[i] = (guint8) byte;
      }
  }
}

bool
bits_put_integer (guint8 *base, gsize offset, Term value, gsize n_bits, guint flags)
{
  bool little = (flags & BITS_LITTLE) != 0;

  if (VM_LIKELY (term_is_small (value)))
    {
      if (n_bits == 8 && offset % 8 == 0)
        {
          base[offset / 8] = (guint8) small_value (value);
          return true;
        }
      if (n_bits <= 64)
        {
          write_u64 (base, offset, (guint64) small_value (value), n_bits, little);
          return true;
        }
    }
  else if (!term_is_big (value))
    return false;
  {
    gsize              n_bytes = (n_bits + 7) / 8, i;
    g_autofree guint8 *bytes = g_malloc (n_bytes + 1);

    integer_to_bytes (value, bytes, n_bytes);
    if (little)
      {
        bits_copy (base, offset, bytes, 0, n_bits - n_bits % 8);
        if (n_bits % 8 != 0)
          {
            guint8 last = (guint8) (bytes[n_bytes - 1] << (8 - n_bits % 8));
            bits_copy (base, offset + n_bits - n_bits % 8, &last, 0, n_bits % 8);
          }
        return true;
      }
    for (i = 0; i < n_bytes / 2; i++)
      {
        guint8 t = bytes[i];
        bytes[i] = bytes[n_bytes - 1 - i];
        bytes[n_bytes - 1 - i] = t;
      }
    bits_copy (base, offset, bytes, n_bytes * 8 - n_bits, n_bits);
  }
  return true;
}

/* Rounds to nearest even. What is too large becomes infinite, as in ERTS (for
 * 32 bits that is an error). */
static guint16
double_to_half (double d)
{
  double  a = fabs (d);
  guint16 sign = signbit (d) ? 0x8000 : 0;
  int     exponent;
  double  mantissa;

  if (a >= 65520.0)
    return sign | 0x7c00;
  if (a < ldexp (1, -14))
    return sign | (guint16) nearbyint (ldexp (a, 24));
  mantissa = frexp (a, &exponent); /* 0.5 <= mantissa < 1 */
  return sign | (guint16) (((guint) (exponent + 14) << 10) +
                           (guint) nearbyint (ldexp (mantissa, 11)) - 1024);
}

bool
bits_put_float (guint8 *base, gsize offset, Term value, gsize n_bits, guint flags, Term *why)
{
  double  d;
  guint64 bits;

  *why = A (type);
  if (term_is_float (value))
    d = float_value (value);
  else if (term_is_integer (value))
    {
      d = integer_to_double (value);
      if (!isfinite (d))
        {
          *why = A (no_float);
          return false;
        }
    }
  else
    return false;
  if (n_bits == 64)
    memcpy (&bits, &d, 8);
  else if (n_bits == 32)
    {
      float   f = (float) d;
      guint32 word;

      if (!isfinite (f))
        {
          *why = A (no_float);
          return false;
        }
      memcpy (&word, &f, 4);
      bits = word;
    }
  else if (n_bits == 16)
    bits = double_to_half (d);
  else
    {
      *why = A (invalid);
      return false;
    }
  write_u64 (base, offset, bits, n_bits, (flags & BITS_LITTLE) != 0);
  return true;
}

bool
bits_is_code_point (Term t)
{
  gint64 c = small_value (t);
  return term_is_small (t) && c >= 0 && c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
}

gsize
bits_utf8_size (guint32 c)
{
  return c < 0x80 ? 1 : c < 0x800   ? 2
                      : c < 0x10000 ? 3
                                    : 4;
}

gsize
bits_utf16_size (guint32 c)
{
  return c < 0x10000 ? 2 : 4;
}

gsize
bits_put_utf8 (guint8 *base, gsize offset, guint32 c)
{
  guint8 bytes[6];
  gsize  n = (gsize) g_unichar_to_utf8 (c, (char *) bytes);

  bits_copy (base, offset, bytes, 0, n * 8);
  return n * 8;
}

gsize
bits_put_utf16 (guint8 *base, gsize offset, guint32 c, guint flags)
{
  bool little = (flags & BITS_LITTLE) != 0;

  if (c < 0x10000)
    {
      write_u64 (base, offset, c, 16, little);
      return 16;
    }
  c -= 0x10000;
  write_u64 (base, offset, 0xd800 + (c >> 10), 16, little);
  write_u64 (base, offset + 16, 0xdc00 + (c & 0x3ff), 16, little);
  return 32;
}

void
bits_put_utf32 (guint8 *base, gsize offset, guint32 c, guint flags)
{
  write_u64 (base, offset, c, 32, (flags & BITS_LITTLE) != 0);
}

/* --- fresh binaries --------------------------------------------------------- */

/* Room for @need words, with the JIT's rule for bs_ instructions: no extra stack word. */
static bool
reserve (Process *p, const Cell *pc, Term *x, gsize need, guint live, bool force)
{
  if (!force && !VM_STRESS_DUE (p->heap.htop - p->heap.start) &&
      (gssize) ((char *) p->heap.stop - (char *) p->heap.htop) >=
        (gssize) ((need + HEAP_RESERVED) * sizeof (Term)))
    return true;
  return ops_collect (p, pc, x, need, live, 0);
}

/* The same for what ERTS appends to: it leaves the red zone alone, not all that is reserved. */
static bool
reserve_to_append (Process *p, const Cell *pc, Term *x, gsize need, guint live)
{
  Heap *heap = &p->heap;

  if (!VM_STRESS_DUE (heap->htop - heap->start) &&
      MAX (heap->stop - HEAP_REDZONE - heap->htop, 0) >= (gssize) need)
    return true;
  return ops_collect (p, pc, x, need, live, 0);
}

static Term
wrap_bits (Heap *heap, Term whole, gsize n_bits)
{
  SubBin *sub;

  if (n_bits % 8 == 0)
    return whole;
  sub = (SubBin *) heap_alloc (heap, SUB_BIN_WORDS);
  sub->header = SUB_BIN_HEADER;
  sub->size = n_bits / 8;
  sub->bit_size = n_bits % 8;
  sub->offset = 0;
  sub->bit_offset = 0;
  sub->is_writable = 0;
  sub->orig = whole;
  return make_boxed (&sub->header);
}

Term
bits_init (
  Process *p, const Cell *pc, Term *x, gsize n_bits, gsize extra, guint live, bool is_fixed)
{
  gsize bytes = (n_bits + 7) / 8;
  gsize odd = n_bits % 8 != 0 ? SUB_BIN_WORDS : 0;
  Term  whole;

  if (bytes <= HEAP_BIN_LIMIT)
    {
      HeapBin *bin;
      gsize    spare = is_fixed ? SUB_BIN_WORDS : odd;

      if (!reserve (p, pc, x, HEAP_BIN_WORDS (bytes) + extra + spare, live, false))
        return NONE;
      bin = (HeapBin *) heap_alloc (&p->heap, HEAP_BIN_WORDS (bytes));
      bin->header = HEAP_BIN_HEADER (bytes);
      bin->size = bytes;
      if (bytes > 0)
        (&bin->header)[HEAP_BIN_WORDS (bytes) - 1] =
          0; /* the padding is part of comparisons of memory */
      p->run->build_base = bin->data;
      whole = make_boxed (&bin->header);
    }
  else
    {
      OffHeapBinary *binary;
      bool           vheap_full = p->heap.off_heap.overhead + bytes / 8 >= p->heap.vheap_size;

      if (!reserve (p, pc, x, PROC_BIN_WORDS + odd + extra, live, vheap_full))
        return NONE;
      binary = binary_new (p->vm, bytes);
      binary->data[bytes - 1] = 0;
      p->run->build_base = binary->data;
      whole = proc_bin_write (heap_alloc (&p->heap, PROC_BIN_WORDS), binary, binary->data, bytes,
                              &p->heap.off_heap);
    }
  p->run->build_offset = 0;
  p->run->build_end = n_bits;
  return wrap_bits (&p->heap, whole, n_bits);
}

/* --- appending -------------------------------------------------------------- */

void
bits_emasculate (Process *p, Term bin)
{
  ProcBin *pb;

  if (header_subtag (boxed_header (bin)) == SUB_SUB_BIN)
    bin = ((SubBin *) boxed_ptr (bin))->orig; /* keeps its mark: no collection makes it small */
  if (header_subtag (boxed_header (bin)) != SUB_PROC_BIN)
    return;
  pb = (ProcBin *) boxed_ptr (bin);
  if (pb->flags == 0)
    return;
  pb->flags = 0;
  if (pb->binary->size > pb->size)
    {
      pb->binary = binary_resize (p->vm, pb->binary, pb->size);
      pb->bytes = pb->binary->data;
    }
}

static Term
sub_bin_write (Process *p, Term orig, gsize n_bits)
{
  SubBin *sub = (SubBin *) heap_alloc (&p->heap, SUB_BIN_WORDS);

  sub->header = SUB_BIN_HEADER;
  sub->size = n_bits / 8;
  sub->bit_size = n_bits % 8;
  sub->offset = 0;
  sub->bit_offset = 0;
  sub->is_writable = 1;
  sub->orig = orig;
  return make_boxed (&sub->header);
}

/* Makes room for @n_bits in all in a writable binary and accounts for them. */
static void
grow_writable (Process *p, ProcBin *pb, gsize n_bits)
{
  gsize bytes = (n_bits + 7) / 8;

  /* a young one is counted when it is collected */
  if (bytes > pb->size && &pb->header >= p->heap.old_start && &pb->header < p->heap.old_top)
    p->heap.old_vheap += bytes / 8 - pb->size / 8;
  pb->size = MAX (pb->size, bytes);
  pb->flags |= PROC_BIN_ACTIVE_WRITER;
  if (pb->binary->size < bytes)
    {
      pb->binary = binary_resize (p->vm, pb->binary, grown_size (bytes));
      pb->bytes = pb->binary->data;
      bump_reductions (p, (gint32) MIN (bytes / BITS_PER_REDUCTION, G_MAXINT32));
    }
}

static Term
new_writable (Process *p, gsize used_bytes, gsize space)
{
  OffHeapBinary *binary = binary_new (p->vm, space);
  ProcBin       *pb = (ProcBin *) heap_alloc (&p->heap, PROC_BIN_WORDS);

  pb->header = PROC_BIN_HEADER;
  pb->size = used_bytes;
  pb->next = p->heap.writable_bins;
  pb->binary = binary;
  pb->bytes = binary->data;
  pb->flags = PROC_BIN_WRITABLE | PROC_BIN_ACTIVE_WRITER;
  p->heap.writable_bins = &pb->header;
  p->heap.off_heap.overhead += used_bytes / 8;
  return make_boxed (&pb->header);
}

static Term
append_copy (Process *p, Term bin, const BitView *view, gsize n_bits)
{
  gsize   used = view->n_bits + n_bits, bytes = (used + 7) / 8;
  Term    pb = new_writable (p, bytes, MAX (APPEND_MIN_BYTES, grown_size (bytes)));
  guint8 *to = ((ProcBin *) boxed_ptr (pb))->bytes;

  bits_copy (to, 0, view->base, view->bit_offset, view->n_bits);
  bump_reductions (p, (gint32) MIN (view->n_bits / BITS_PER_REDUCTION, G_MAXINT32));
  p->run->build_base = to;
  p->run->build_offset = view->n_bits;
  p->run->build_end = used;
  return sub_bin_write (p, pb, used);
}

Term
bits_append (Process *p, const Cell *pc, Term *x, const BitsRoom *room, Term *why)
{
  gsize   n_bits = room->n_bits, extra = room->extra;
  guint   live = room->live;
  Term    bin = x[live];
  SubBin *sub;
  BitView view;

  *why = A (type);
  p->run->build_offset = p->run->build_end = 0;
  if (!bitstring_view (bin, &view))
    return NONE;
  *why = A (unit);
  if (!bits_are_whole (view.n_bits, room->unit))
    return NONE;
  *why = NONE;
  sub = (SubBin *) boxed_ptr (bin);
  if (sub->header == SUB_BIN_HEADER && sub->is_writable &&
      ((ProcBin *) boxed_ptr (sub->orig))->flags & PROC_BIN_WRITABLE)
    {
      gsize used = view.n_bits + n_bits;

      if (n_bits == 0)
        return reserve_to_append (p, pc, x, extra, live + 1) ? x[live] : NONE;
      sub->is_writable = 0; /* from now on only the new one may be appended to */
      grow_writable (p, (ProcBin *) boxed_ptr (sub->orig), used);
      x[live] = sub->orig;
      if (!reserve_to_append (p, pc, x, SUB_BIN_WORDS + extra, live + 1))
        return NONE;
      p->run->build_base = ((ProcBin *) boxed_ptr (x[live]))->bytes;
      p->run->build_offset = used - n_bits;
      p->run->build_end = used;
      return sub_bin_write (p, x[live], used);
    }
  if (!reserve_to_append (p, pc, x, PROC_BIN_WORDS + SUB_BIN_WORDS + extra, live + 1))
    return NONE;
  bin = x[live];
  if (n_bits == 0)
    return bin;
  bitstring_view (bin, &view);
  return append_copy (p, bin, &view, n_bits);
}

/* What bs_init_writable and appending give; other things only damaged code hands in. */
static bool
is_all_of_proc_bin (Term bin)
{
  const SubBin *sub;

  if (!term_is_boxed (bin) || boxed_header (bin) != SUB_BIN_HEADER)
    return false;
  sub = (const SubBin *) boxed_ptr (bin);
  return sub->offset == 0 && sub->bit_offset == 0 &&
         header_subtag (boxed_header (sub->orig)) == SUB_PROC_BIN &&
         ((const ProcBin *) boxed_ptr (sub->orig))->size == sub->size + (sub->bit_size != 0);
}

Term
bits_private_append (Process *p, Term bin, gsize n_bits)
{
  SubBin  *sub = (SubBin *) boxed_ptr (bin);
  ProcBin *pb;
  gsize    at, used;

  p->run->build_offset = p->run->build_end = 0;
  if (!is_all_of_proc_bin (bin))
    return NONE;
  pb = (ProcBin *) boxed_ptr (sub->orig);
  at = sub->size * 8 + sub->bit_size;
  used = at + n_bits;
  if (!(pb->flags & PROC_BIN_WRITABLE))
    {
      /* somebody else got hold of it (a trace): go on in a copy */
      OffHeapBinary *binary =
        binary_new (p->vm, MAX (APPEND_MIN_BYTES, grown_size ((used + 7) / 8)));

      memcpy (binary->data, pb->bytes, MIN (pb->size, binary->size));
      binary_unref (p->vm, pb->binary);
      pb->binary = binary;
      pb->bytes = binary->data;
      pb->flags = PROC_BIN_WRITABLE;
    }
  grow_writable (p, pb, used);
  sub->size = used / 8;
  sub->bit_size = used % 8;
  sub->is_writable = 1;
  p->run->build_base = pb->bytes;
  p->run->build_offset = at;
  p->run->build_end = used;
  return bin;
}

Term
bits_init_writable (Process *p, const Cell *pc, Term *x, gsize bytes)
{
  if (bytes == 0)
    bytes = INIT_WRITABLE_BYTES;
  if (!reserve (p, pc, x, PROC_BIN_WORDS + SUB_BIN_WORDS, 0, false))
    return NONE;
  return sub_bin_write (p, new_writable (p, 0, bytes), 0);
}
