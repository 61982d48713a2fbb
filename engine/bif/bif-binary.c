/* SPDX-License-Identifier: Apache-2.0 */

/* Binaries: the functions of the module erlang. Costs are those of OTP 25's
 * binary.c and utils.c. The module binary is in bif-binary-module.c. */

#include "config.h"

#include "engine/bif/bif-binary.h"
#include "engine/bif/iolist.h"

#define BYTES_PER_REDUCTION      256 /* binary to list, writing an iolist */
#define SIZE_STEPS_PER_REDUCTION 8   /* measuring an iolist to write it */

static gint32
clamp_cost (guint64 cost)
{
  return (gint32) MIN (cost, G_MAXINT32);
}

/* --- from iolists -------------------------------------------------------------- */

/* A measured iolist's cost: measuring, measuring once more for the estimate of
 * what writing takes, and a bit for each 256 bytes. */
static void
charge_iolist (Process *p, guint64 steps, gsize size)
{
  guint64 measuring = steps > 0 ? (steps - 1) / SIZE_STEPS_PER_REDUCTION + 1 : 0;
  guint64 writing = size > 0 ? measuring + size / BYTES_PER_REDUCTION : 0;

  bump_reductions (p, clamp_cost (measuring + writing));
}

static Term
iolist_to_binary (Process *p, Term iolist)
{
  gsize   n_bits;
  guint64 steps;
  guint8 *bytes;
  Term    bin;

  if (!iolist_measure (iolist, false, &n_bits, &steps))
    return bif_badarg (p);
  if (!bif_may_hold (p, n_bits / 8))
    return bif_system_limit (p);
  charge_iolist (p, steps, n_bits / 8);
  bin = binary_new_uninit (&p->heap, n_bits / 8, &bytes);
  iolist_write (iolist, bytes);
  return bin;
}

Term
bif_list_to_binary_1 (Process *p, Term *args)
{
  if (!term_is_list (args[0]) && !term_is_nil (args[0]))
    return bif_badarg (p);
  return iolist_to_binary (p, args[0]);
}

Term
bif_iolist_to_binary_1 (Process *p, Term *args)
{
  if (term_is_binary (args[0]))
    return args[0];
  return bif_list_to_binary_1 (p, args);
}

Term
bif_list_to_bitstring_1 (Process *p, Term *args)
{
  gsize   n_bits;
  guint64 steps;
  guint8 *bytes;
  Term    bin;

  if ((!term_is_list (args[0]) && !term_is_nil (args[0])) ||
      !iolist_measure (args[0], true, &n_bits, &steps))
    return bif_badarg (p);
  if (!bif_may_hold (p, n_bits / 8))
    return bif_system_limit (p);
  charge_iolist (p, steps, n_bits / 8);
  bin = binary_new_uninit (&p->heap, (n_bits + 7) / 8, &bytes);
  if (n_bits % 8 != 0)
    bytes[n_bits / 8] = 0;
  iolist_write (args[0], bytes);
  return n_bits % 8 == 0 ? bin : bitstring_slice (&p->heap, bin, 0, n_bits, false);
}

Term
bif_iolist_size_1 (Process *p, Term *args)
{
  gsize   n_bits;
  guint64 steps;
  bool    ok = iolist_measure (args[0], false, &n_bits, &steps);

  bump_reductions (p, clamp_cost (steps / 64));
  return ok ? integer_from_u64 (&p->heap, n_bits / 8) : bif_badarg (p);
}

/* --- iolist_to_iovec ------------------------------------------------------------- */

#define IOVEC_STEPS_PER_REDUCTION 128
#define IOVEC_COPY_LIMIT          256 /* longer binaries are referred to, not copied */

typedef struct
{
  Process    *p;
  GByteArray *pending;
  Term        list;
  Term       *end;
} Iovec;

static void
iovec_add (Iovec *iovec, Term bin)
{
  Term *cell = halloc (iovec->p, 2);

  *iovec->end = cons_write (cell, bin, NIL);
  iovec->end = cell + 1;
}

static void
iovec_flush (Iovec *iovec)
{
  if (iovec->pending->len == 0)
    return;
  iovec_add (iovec, binary_new_copy (&iovec->p->heap, iovec->pending->data, iovec->pending->len));
  g_byte_array_set_size (iovec->pending, 0);
}

static bool
iovec_item (Term item, gpointer data)
{
  Iovec  *iovec = data;
  BitView view;
  guint   at = iovec->pending->len;

  if (term_is_small (item))
    {
      guint8 byte = (guint8) small_value (item);

      g_byte_array_append (iovec->pending, &byte, 1);
      return true;
    }
  bitstring_view (item, &view);
  if (view.n_bits % 8 != 0)
    return false;
  if (view.n_bits / 8 > IOVEC_COPY_LIMIT)
    {
      iovec_flush (iovec);
      iovec_add (iovec, item);
      return true;
    }
  g_byte_array_set_size (iovec->pending, at + (guint) (view.n_bits / 8));
  bits_copy (iovec->pending->data + at, 0, view.base, view.bit_offset, view.n_bits);
  return true;
}

Term
bif_iolist_to_iovec_1 (Process *p, Term *args)
{
  g_autoptr (GByteArray) pending = NULL;
  Iovec   iovec = { .p = p, .list = NIL };
  guint64 steps;
  BitView view;

  if (term_is_binary (args[0]))
    {
      bitstring_view (args[0], &view);
      return view.n_bits == 0 ? NIL : cons_new (p, args[0], NIL);
    }
  iovec.pending = pending = g_byte_array_new ();
  iovec.end = &iovec.list;
  if (!term_is_list (args[0]) && !term_is_nil (args[0]))
    return bif_badarg (p);
  if (!iolist_foreach (args[0], iovec_item, &iovec, &steps))
    return bif_badarg (p);
  iovec_flush (&iovec);
  bump_reductions (p, clamp_cost (steps / IOVEC_STEPS_PER_REDUCTION));
  return iovec.list;
}

/* --- to lists --------------------------------------------------------------------- */

Term
binary_view_to_list (Process *p, const BitView *view, gsize start, gsize n, Term tail)
{
  Term *hp;

  if (n == 0)
    return tail;
  hp = halloc (p, 2 * n);
  bump_reductions (p, clamp_cost ((n - 1) / BYTES_PER_REDUCTION + 1));
  for (gsize i = n; i-- > 0; hp += 2)
    {
      guint8 byte;

      if (view->bit_offset % 8 == 0)
        byte = view->base[view->bit_offset / 8 + start + i];
      else
        bits_copy (&byte, 0, view->base, view->bit_offset + (start + i) * 8, 8);
      tail = cons_write (hp, make_small (byte), tail);
    }
  return tail;
}

Term
bif_binary_to_list_1 (Process *p, Term *args)
{
  BitView view;

  if (!bitstring_view (args[0], &view) || view.n_bits % 8 != 0)
    return bif_badarg (p);
  return binary_view_to_list (p, &view, 0, view.n_bits / 8, NIL);
}

Term
bif_binary_to_list_3 (Process *p, Term *args)
{
  BitView view;
  guint64 start, stop;
  gsize   size;

  if (!bitstring_view (args[0], &view) || !integer_to_u64 (args[1], &start) ||
      !integer_to_u64 (args[2], &stop))
    return bif_badarg (p);
  size = view.n_bits / 8;
  if (start < 1 || start > size || stop < 1 || stop > size || stop < start)
    return bif_badarg (p);
  return binary_view_to_list (p, &view, start - 1, stop - start + 1, NIL);
}

Term
bif_bitstring_to_list_1 (Process *p, Term *args)
{
  BitView view;
  gsize   size;
  Term    tail = NIL;

  if (!bitstring_view (args[0], &view))
    return bif_badarg (p);
  size = view.n_bits / 8;
  if (view.n_bits % 8 != 0)
    {
      Term last = args[0];

      if (size > 0)
        last = bitstring_slice (&p->heap, args[0], size * 8, view.n_bits % 8, false);
      tail = cons_new (p, last, NIL);
    }
  return binary_view_to_list (p, &view, 0, size, tail);
}

/* --- parts -------------------------------------------------------------------------- */

Term
bif_split_binary_2 (Process *p, Term *args)
{
  BitView view;
  guint64 at;
  Term    left, right;

  if (!bitstring_view (args[0], &view) || !integer_to_u64 (args[1], &at) || at > view.n_bits / 8)
    return bif_badarg (p);
  left = bitstring_slice (&p->heap, args[0], 0, at * 8, true);
  right = bitstring_slice (&p->heap, args[0], at * 8, view.n_bits - at * 8, true);
  return pair_new (p, left, right);
}

bool
binary_range (Term start, Term length, gsize size, gsize *first, gsize *n)
{
  guint64 at;
  gint64  len;

  if (!integer_to_u64 (start, &at) || !integer_to_i64 (length, &len) || len == G_MININT64 ||
      at > size)
    return false;
  if (len < 0)
    {
      len = -len;
      if ((guint64) len > at)
        return false;
      at -= (guint64) len;
    }
  if ((guint64) len > size - at)
    return false;
  *first = at;
  *n = (gsize) len;
  return true;
}

/* A part as ERTS makes it here: in a fragment, copied when it fits the heap. */
static Term
part_in_fragment (Process *p, Term bin, gsize first, gsize n)
{
  BitView  view;
  HeapBin *copy;
  SubBin  *sub;

  if (n <= HEAP_BIN_LIMIT)
    {
      bitstring_view (bin, &view);
      copy = (HeapBin *) heap_alloc_fragment (&p->heap, HEAP_BIN_WORDS (n));
      memset (copy, 0, HEAP_BIN_WORDS (n) * sizeof (Term));
      copy->header = HEAP_BIN_HEADER (n);
      copy->size = n;
      bits_copy (copy->data, 0, view.base, view.bit_offset + first * 8, n * 8);
      return make_boxed ((Term *) copy);
    }
  sub = (SubBin *) heap_alloc_fragment (&p->heap, SUB_BIN_WORDS);
  memset (sub, 0, sizeof *sub);
  sub->header = SUB_BIN_HEADER;
  sub->size = n;
  sub->offset = first;
  sub->orig = bin;
  if (term_has_subtag (bin, SUB_SUB_BIN))
    {
      const SubBin *of = (const SubBin *) boxed_ptr (bin);

      sub->offset += of->offset;
      sub->bit_offset = of->bit_offset;
      sub->orig = of->orig;
    }
  return make_boxed ((Term *) sub);
}

Term
bif_binary_part_3 (Process *p, Term *args)
{
  BitView view;
  gsize   first, n;

  if (!bitstring_view (args[0], &view) ||
      !binary_range (args[1], args[2], view.n_bits / 8, &first, &n))
    return bif_badarg (p);
  return part_in_fragment (p, args[0], first, n);
}

Term
bif_binary_part_2 (Process *p, Term *args)
{
  const Term *range;

  if (!term_is_tuple_of (args[1], 2))
    return bif_badarg (p);
  range = tuple_elements (args[1]);
  return bif_binary_part_3 (p, (Term[]){ args[0], range[0], range[1] });
}
