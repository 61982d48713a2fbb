/* SPDX-License-Identifier: Apache-2.0 */
/* Integers of a constant size, the commonest segments. Their cells are those of the
 * general instruction (ops-bits-match.h), which goes on where one of these cannot.
 *
 * Matching: up to 56 bits, unsigned; they lie in eight bytes wherever they begin,
 * if so many are left. The high byte of cell 1 is the number of bits. */

#define FIXED_BITS ((guint) (pc[1] >> 56))

/* The segment's bits at the top of a word. */
#define FIXED_WORD()                                 \
  guint16       a = ARG_A, d = ARG_B;                \
  guint         n = FIXED_BITS;                      \
  MatchContext *m = CONTEXT (a);                     \
  gsize         offset = m->offset;                  \
  guint64       word;                                \
  if (VM_UNLIKELY (m->size - offset < 64))           \
    return op_bs_get_integer (OP_PASS);              \
  memcpy (&word, m->base + offset / 8, sizeof word); \
  word = GUINT64_FROM_BE (word) << offset % 8 >> (64 - n)

OPCODE (bs_get_fixed)
{
  FIXED_WORD ();
  m->offset = offset + n;
  REG (d) = make_small ((gint64) word);
  NEXT (3);
}

OPCODE (bs_get_fixed_little) /* whole bytes, the least significant first */
{
  FIXED_WORD ();
  m->offset = offset + n;
  REG (d) = make_small ((gint64) GUINT64_SWAP_LE_BE (word << (64 - n)));
  NEXT (3);
}

/* bs_create_bin of two segments: a binary to append to, and an integer of 1 to 8
 * whole bytes (the size cell of the first segment), big endian. In place if there
 * is room behind the binary and nobody else may write there (bits_append). */
OPCODE (bs_append_integer)
{
  Cell     from = pc[3], segment = pc[6];
  guint16  d = ARG_A;
  Term     bin = SOURCE (from), value = SOURCE (segment);
  SubBin  *sub = (SubBin *) boxed_ptr (bin);
  gsize    n = pc[4], at, i;
  ProcBin *pb;

  if (!term_is_boxed (bin) || sub->header != SUB_BIN_HEADER || !sub->is_writable ||
      sub->bit_size != 0 || !term_is_small (value) || NO_ROOM (SUB_BIN_WORDS + (pc[1] >> 32)))
    return op_bs_create_bin (OP_PASS);
  pb = (ProcBin *) boxed_ptr (sub->orig);
  at = sub->size;
  if (!(pb->flags & PROC_BIN_WRITABLE) || pb->size != at || pb->binary->size - at < n)
    return op_bs_create_bin (OP_PASS);
  for (i = n; i > 0; i--, value = (Term) ((gint64) value >> 8))
    pb->bytes[at + i - 1] = (guint8) small_value (value);
  if (&pb->header >= p->heap.old_start && &pb->header < p->heap.old_top)
    p->heap.old_vheap += (at + n) / 8 - at / 8;
  pb->size = at + n;
  pb->flags |= PROC_BIN_ACTIVE_WRITER;
  sub->is_writable = 0; /* from now on only the new one may be appended to */
  *(SubBin *) htop = (SubBin){ SUB_BIN_HEADER, at + n, 0, 0, 0, 1, sub->orig };
  REG (d) = make_boxed (htop);
  htop += SUB_BIN_WORDS;
  NEXT (8);
}
