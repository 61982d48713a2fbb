/* SPDX-License-Identifier: Apache-2.0 */
/* The bit syntax: matching. What each does is in bits.h; here are operands and jumps. */

/* On to the next clause. Without one the compiler was sure of a match. */
#define NO_MATCH(offset)               \
  do                                   \
    {                                  \
      if (VM_UNLIKELY ((offset) == 0)) \
        RAISE_ERROR (A (badarg));      \
      JUMP (offset);                   \
    }                                  \
  while (0)

/* a: source, b: destination, c: live; cell 1: fail offset. */
OPCODE (bs_start_match)
{
  guint16 a = ARG_A, d = ARG_B;
  Term    v = REG (a);

  if (!term_is_match_context (v))
    {
      if (!term_is_bitstring (v))
        NO_MATCH (CELL_OFFSET (1));
      if (NO_ROOM (MATCH_CONTEXT_WORDS))
        {
          guint live = ARG_C;

          x[live] = v; /* the source may lie in a register that is not live */
          SAVE ();
          if (!ops_collect (p, pc, x, MATCH_CONTEXT_WORDS, live + 1, 1))
            return LEAVE_EXIT;
          LOAD ();
          v = x[live];
        }
      SAVE ();
      v = bits_start_match (p, v);
      LOAD ();
    }
  REG (d) = v;
  NEXT (2);
}

#define CONTEXT(r) match_context (REG (r))
#define BITS_FLAGS ((guint8) (pc[1] >> 32))
#define BITS_UNIT  ((guint) (pc[1] >> 40) & 0xffff)

/* a: context, b: destination, c: live; cell 1: fail offset | flags << 32 | unit << 40; cell 2: size
 * source. */
#define BITS_SIZE()                                                           \
  guint16 a = ARG_A, d = ARG_B;                                               \
  Cell    cell = pc[2];                                                       \
  gssize  n_bits = bits_segment_size (CONTEXT (a), SOURCE (cell), BITS_UNIT); \
  Term    result;                                                             \
  if (n_bits < 0)                                                             \
  NO_MATCH (CELL_OFFSET (1))

/* Room is made before the match is tried, as in ERTS: also one that fails may collect. */
#define RESERVE_BEFORE(words)                                  \
  guint16 a = ARG_A, d = ARG_B;                                \
  Cell    cell = pc[2];                                        \
  gssize  n_bits = bits_asked_size (SOURCE (cell), BITS_UNIT); \
  Term    result;                                              \
  if (n_bits < 0)                                              \
    NO_MATCH (CELL_OFFSET (1));                                \
  RESERVE (words, ARG_C);                                      \
  if ((gsize) n_bits > match_left (CONTEXT (a)))               \
  NO_MATCH (CELL_OFFSET (1))

OPCODE (bs_get_integer)
{
  BITS_SIZE ();
  /* the JIT has code of its own for 64 bits, which asks for room before it looks */
  if (n_bits == 64 && term_is_small ((Term) cell))
    RESERVE (2, ARG_C);
  else if (n_bits >= SMALL_BITS && CONTEXT (a)->size - CONTEXT (a)->offset >= (gsize) n_bits)
    RESERVE_BY (bits_integer_words ((gsize) n_bits), ARG_C, 0);
  SAVE ();
  result = bits_get_integer (p, CONTEXT (a), (gsize) n_bits, BITS_FLAGS);
  LOAD ();
  if (result == NONE)
    NO_MATCH (CELL_OFFSET (1));
  REG (d) = result;
  NEXT (3);
}

/* A byte at a byte boundary: the commonest match of all. Same cells. */
OPCODE (bs_get_byte)
{
  guint16       a = ARG_A, d = ARG_B;
  MatchContext *m = CONTEXT (a);
  gsize         offset = m->offset;

  if (m->size - offset < 8)
    NO_MATCH (CELL_OFFSET (1));
  if (VM_LIKELY (offset % 8 == 0))
    REG (d) = make_small (m->base[offset / 8]);
  else
    {
      guint v = (guint) m->base[offset / 8] << 8 | m->base[offset / 8 + 1];
      REG (d) = make_small ((v >> (8 - offset % 8)) & 0xff);
    }
  m->offset = offset + 8;
  NEXT (3);
}

OPCODE (bs_get_float)
{
  RESERVE_BEFORE (FLOAT_WORDS);
  SAVE ();
  result = bits_get_float (p, CONTEXT (a), (gsize) n_bits, BITS_FLAGS);
  LOAD ();
  if (result == NONE)
    NO_MATCH (CELL_OFFSET (1));
  REG (d) = result;
  NEXT (3);
}

#define EXTRACT_WORDS HEAP_BIN_WORDS (HEAP_BIN_LIMIT)

OPCODE (bs_get_binary)
{
  RESERVE_BEFORE (EXTRACT_WORDS);
  SAVE ();
  result = bits_get_binary (p, CONTEXT (a), (gsize) n_bits);
  LOAD ();
  if (result == NONE)
    NO_MATCH (CELL_OFFSET (1));
  REG (d) = result;
  NEXT (3);
}

OPCODE (bs_get_binary_all) /* the same cells; all that is left, in whole units */
{
  guint16 a = ARG_A, d = ARG_B;
  gsize   n_bits;
  Term    result;

  RESERVE (EXTRACT_WORDS, ARG_C);
  n_bits = match_left (CONTEXT (a));
  if (!bits_are_whole (n_bits, BITS_UNIT))
    NO_MATCH (CELL_OFFSET (1));
  SAVE ();
  result = bits_get_binary (p, CONTEXT (a), n_bits);
  LOAD ();
  REG (d) = result;
  NEXT (3);
}

OPCODE (bs_skip_bits) /* a: context; cell 1: fail | unit; cell 2: size source */
{
  guint16 a = ARG_A;
  Cell    cell = pc[2];
  gssize  n_bits = bits_segment_size (CONTEXT (a), SOURCE (cell), BITS_UNIT);

  if (n_bits < 0)
    NO_MATCH (CELL_OFFSET (1));
  CONTEXT (a)->offset += (gsize) n_bits;
  NEXT (3);
}

OPCODE (bs_skip_all) /* the same cells */
{
  guint16       a = ARG_A;
  MatchContext *m = CONTEXT (a);

  if (!bits_are_whole (match_left (m), BITS_UNIT))
    NO_MATCH (CELL_OFFSET (1));
  m->offset = m->size;
  NEXT (3);
}

OPCODE (bs_test_tail) /* a: context, fail; cell 1: bits */
{
  guint16 a = ARG_A;

  if (match_left (CONTEXT (a)) != pc[1])
    NO_MATCH (ARG_OFFSET);
  NEXT (2);
}

OPCODE (bs_test_unit)
{
  guint16 a = ARG_A;

  if (!bits_are_whole (match_left (CONTEXT (a)), pc[1]))
    NO_MATCH (ARG_OFFSET);
  NEXT (2);
}

OPCODE (bs_match_string) /* a: context, fail; cell 1: bits; cell 2: the bytes */
{
  guint16 a = ARG_A;

  if (!bits_match_string (CONTEXT (a), pc[1], (const guint8 *) pc[2]))
    NO_MATCH (ARG_OFFSET);
  NEXT (3);
}

OPCODE (bs_get_tail) /* a: context, b: destination, c: live */
{
  guint16 a = ARG_A, d = ARG_B;
  Term    result;

  RESERVE (SUB_BIN_WORDS, ARG_C);
  SAVE ();
  result = bits_get_tail (p, CONTEXT (a));
  LOAD ();
  REG (d) = result;
  NEXT (1);
}

OPCODE (bs_get_position) /* a: context, b: destination */
{
  guint16 a = ARG_A, d = ARG_B;

  REG (d) = make_small ((gint64) CONTEXT (a)->offset);
  NEXT (1);
}

OPCODE (bs_set_position) /* a: context, b: position */
{
  guint16       a = ARG_A, b = ARG_B;
  MatchContext *m = CONTEXT (a);
  Term          position = REG (b);

  if (VM_UNLIKELY (!term_is_small (position) || (guint64) small_value (position) > m->size))
    RAISE_ERROR (A (badarg));
  m->offset = (gsize) small_value (position);
  NEXT (1);
}

/* a: context, b: destination; cell 1: fail offset | flags << 32. */
#define GET_UTF(call)           \
  guint16 a = ARG_A, d = ARG_B; \
  gint32  c = (call);           \
  if (c < 0)                    \
    NO_MATCH (CELL_OFFSET (1)); \
  REG (d) = make_small (c);     \
  NEXT (2)

OPCODE (bs_get_utf8)
{
  GET_UTF (bits_get_utf8 (CONTEXT (a)));
}

OPCODE (bs_get_utf16)
{
  GET_UTF (bits_get_utf16 (CONTEXT (a), BITS_FLAGS));
}

OPCODE (bs_get_utf32)
{
  GET_UTF (bits_get_utf32 (CONTEXT (a), BITS_FLAGS));
}

/* The commands of OTP 26's bs_match become instructions of their own. */
OPCODE (bs_ensure_at_least) /* a: context, fail; cell 1: stride; cell 2: unit */
{
  guint16 a = ARG_A;
  gsize   left = match_left (CONTEXT (a));

  if (left < pc[1] || (left - pc[1]) % pc[2] != 0)
    NO_MATCH (ARG_OFFSET);
  NEXT (3);
}

OPCODE (bs_match_value) /* a: context, fail; cell 1: bits; cell 2: the value */
{
  guint16 a = ARG_A;

  if (!bits_match_value (CONTEXT (a), pc[1], pc[2]))
    NO_MATCH (ARG_OFFSET);
  NEXT (3);
}
