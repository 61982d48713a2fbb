/* SPDX-License-Identifier: Apache-2.0 */
/* The bit syntax. What each does is in bits.h; here are operands and jumps. */

/* --- matching ---------------------------------------------------------------- */

/* On to the next clause. Without one the compiler was sure of a match. */
#define NO_MATCH(offset) \
  do \
    { \
      if (VM_UNLIKELY ((offset) == 0)) \
        RAISE_ERROR (A (badarg)); \
      JUMP (offset); \
    } \
  while (0)

/* a: source, b: destination, c: live; cell 1: fail offset. */
OPCODE (bs_start_match)
{
  guint16 a = ARG_A, d = ARG_B;
  Term v = REG (a);

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
#define BITS_UNIT ((guint) (pc[1] >> 40) & 0xffff)

/* a: context, b: destination, c: live; cell 1: fail offset | flags << 32 | unit << 40; cell 2: size source. */
#define BITS_SIZE() \
  guint16 a = ARG_A, d = ARG_B; \
  Cell cell = pc[2]; \
  gssize n_bits = bits_segment_size (CONTEXT (a), SOURCE (cell), BITS_UNIT); \
  Term result; \
  if (n_bits < 0) \
    NO_MATCH (CELL_OFFSET (1))

OPCODE (bs_get_integer)
{
  BITS_SIZE ();
  RESERVE (bits_integer_words ((gsize) n_bits), ARG_C);
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
  guint16 a = ARG_A, d = ARG_B;
  MatchContext *m = CONTEXT (a);
  gsize offset = m->offset;

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
  BITS_SIZE ();
  RESERVE (FLOAT_WORDS, ARG_C);
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
  BITS_SIZE ();
  RESERVE (EXTRACT_WORDS, ARG_C);
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
  gsize n_bits = match_left (CONTEXT (a));
  Term result;

  if (!bits_are_whole (n_bits, BITS_UNIT))
    NO_MATCH (CELL_OFFSET (1));
  RESERVE (EXTRACT_WORDS, ARG_C);
  SAVE ();
  result = bits_get_binary (p, CONTEXT (a), n_bits);
  LOAD ();
  REG (d) = result;
  NEXT (3);
}

OPCODE (bs_skip_bits) /* a: context; cell 1: fail | unit; cell 2: size source */
{
  guint16 a = ARG_A;
  Cell cell = pc[2];
  gssize n_bits = bits_segment_size (CONTEXT (a), SOURCE (cell), BITS_UNIT);

  if (n_bits < 0)
    NO_MATCH (CELL_OFFSET (1));
  CONTEXT (a)->offset += (gsize) n_bits;
  NEXT (3);
}

OPCODE (bs_skip_all) /* the same cells */
{
  guint16 a = ARG_A;
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
  Term result;

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
  guint16 a = ARG_A, b = ARG_B;
  MatchContext *m = CONTEXT (a);
  Term position = REG (b);

  if (VM_UNLIKELY (!term_is_small (position) || (guint64) small_value (position) > m->size))
    RAISE_ERROR (A (badarg));
  m->offset = (gsize) small_value (position);
  NEXT (1);
}

/* a: context, b: destination; cell 1: fail offset | flags << 32. */
#define GET_UTF(call) \
  guint16 a = ARG_A, d = ARG_B; \
  gint32 c = (call); \
  if (c < 0) \
    NO_MATCH (CELL_OFFSET (1)); \
  REG (d) = make_small (c); \
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
  gsize left = match_left (CONTEXT (a));

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

/* --- building ------------------------------------------------------------------ */

/* The fail label of a building instruction, or the exception. */
#define BUILD_FAILED() \
  do \
    { \
      if (p->exception == EXC_NONE) \
        { \
          p->pc = pc; \
          return LEAVE_EXIT; \
        } \
      if (CELL_OFFSET (1) != 0) \
        { \
          p->exception = EXC_NONE; \
          JUMP (CELL_OFFSET (1)); \
        } \
      RAISE (); \
    } \
  while (0)

OPCODE (bs_create_bin) /* see bits-create.c */
{
  guint16 d = ARG_A;
  Term result;

  SAVE ();
  result = bits_create (p, pc, x);
  LOAD ();
  if (result == NONE)
    BUILD_FAILED ();
  REG (d) = result;
  NEXT (2 + 3 * ARG_C);
}

OPCODE (bs_init_writable) /* x0: bytes */
{
  Term size = x[0];
  gsize bytes = 0;

  if (term_is_small (size) && small_value (size) >= 0)
    bytes = (gsize) small_value (size) / 8;
  SAVE ();
  x[0] = bits_init_writable (p, pc, x, bytes);
  if (x[0] == NONE)
    return LEAVE_EXIT;
  LOAD ();
  NEXT (1);
}

/* Up to OTP 24. bs_init: a: destination, b: live; cell 1: fail | extra words << 32;
 * cell 2: size source; cell 3: unit in bits (8 for bs_init2, 1 for bs_init_bits). */
OPCODE (bs_init)
{
  guint16 d = ARG_A;
  Cell cell = pc[2];
  Term size = SOURCE (cell), result;

  SAVE ();
  if (!term_is_small (size) || small_value (size) < 0 || small_value (size) > (SMALL_MAX >> 4))
    {
      bif_raise (p, EXC_ERROR, term_is_integer (size) && !(term_is_small (size) && small_value (size) < 0) ? A (system_limit) : A (badarg));
      BUILD_FAILED ();
    }
  if ((gsize) small_value (size) * pc[3] / 8 > p->vm->options.max_memory_bytes)
    {
      bif_raise (p, EXC_ERROR, A (system_limit));
      BUILD_FAILED ();
    }
  result = bits_init (p, pc, x, (gsize) small_value (size) * pc[3], pc[1] >> 32, ARG_B);
  LOAD ();
  if (result == NONE)
    return LEAVE_EXIT;
  REG (d) = result;
  NEXT (4);
}

/* bs_add: d := s1 + s2 * unit. a: destination; cell 1: fail; cells 2, 3: sources; cell 4: unit. */
OPCODE (bs_add)
{
  guint16 d = ARG_A;
  Cell c1 = pc[2], c2 = pc[3];
  Term s1 = SOURCE (c1), s2 = SOURCE (c2);

  if (!term_is_small (s1) || !term_is_small (s2) || small_value (s1) < 0 || small_value (s2) < 0 ||
      small_value (s2) > (SMALL_MAX >> 12))
    {
      bif_raise (p, EXC_ERROR, term_is_big (s1) || term_is_big (s2) ? A (system_limit) : A (badarg));
      BUILD_FAILED ();
    }
  REG (d) = make_small (small_value (s1) + small_value (s2) * (gint64) pc[4]);
  NEXT (5);
}

/* bs_append: a: destination, b: live, c: unit; cell 1: fail | extra << 32; cell 2: size source;
 * cell 3: unit of the size; cell 4: binary source. bs_private_append the same. */
OPCODE (bs_append)
{
  guint16 d = ARG_A;
  Cell c1 = pc[2], c2 = pc[4];
  Term size = SOURCE (c1), why = NONE, result;

  if (!term_is_small (size) || small_value (size) < 0 ||
      (guint64) small_value (size) / 8 > p->vm->options.max_memory_bytes)
    {
      bif_raise (p, EXC_ERROR, term_is_integer (size) && !(term_is_small (size) && small_value (size) < 0) ? A (system_limit) : A (badarg));
      BUILD_FAILED ();
    }
  x[ARG_B] = SOURCE (c2);
  SAVE ();
  result = bits_append (p, pc, x, (gsize) small_value (size) * pc[3], pc[1] >> 32, ARG_B, ARG_C, &why);
  LOAD ();
  if (result == NONE)
    {
      if (why == NONE)
        return LEAVE_EXIT;
      bif_raise (p, EXC_ERROR, A (badarg));
      BUILD_FAILED ();
    }
  REG (d) = result;
  NEXT (5);
}

OPCODE (bs_private_append)
{
  guint16 d = ARG_A;
  Cell c1 = pc[2], c2 = pc[4];
  Term size = SOURCE (c1), result;

  if (!term_is_small (size) || small_value (size) < 0 ||
      (guint64) small_value (size) / 8 > p->vm->options.max_memory_bytes)
    {
      bif_raise (p, EXC_ERROR, term_is_integer (size) && !(term_is_small (size) && small_value (size) < 0) ? A (system_limit) : A (badarg));
      BUILD_FAILED ();
    }
  SAVE ();
  result = bits_private_append (p, SOURCE (c2), (gsize) small_value (size) * pc[3]);
  LOAD ();
  if (VM_UNLIKELY (result == NONE))
    {
      bif_raise (p, EXC_ERROR, A (badarg));
      BUILD_FAILED ();
    }
  REG (d) = result;
  NEXT (5);
}

/* The binary takes no more than it was made for. */
#define HAS_ROOM(n) ((n) <= CTX->build_end - CTX->build_offset)

/* bs_put_*: cell 1: fail | flags << 32 | unit << 40; cell 2: size source; cell 3: value source. */
#define PUT_SIZE() \
  Cell c1 = pc[2], c2 = pc[3]; \
  Term size = SOURCE (c1), value = SOURCE (c2); \
  gsize n_bits; \
  if (!term_is_small (size) || small_value (size) < 0 || small_value (size) > (SMALL_MAX >> 12) || \
      !HAS_ROOM (n_bits = (gsize) small_value (size) * BITS_UNIT)) \
    { \
      bif_raise (p, EXC_ERROR, A (badarg)); \
      BUILD_FAILED (); \
    }

#define PUT_DONE(ok) \
  if (!(ok)) \
    { \
      bif_raise (p, EXC_ERROR, A (badarg)); \
      BUILD_FAILED (); \
    } \
  CTX->build_offset += n_bits; \
  NEXT (4)

OPCODE (bs_put_integer)
{
  PUT_SIZE ();
  PUT_DONE (bits_put_integer (CTX->build_base, CTX->build_offset, value, n_bits, BITS_FLAGS));
}

OPCODE (bs_put_float)
{
  Term why;
  PUT_SIZE ();
  PUT_DONE (bits_put_float (CTX->build_base, CTX->build_offset, value, n_bits, BITS_FLAGS, &why));
}

OPCODE (bs_put_binary) /* the size may be all */
{
  Cell c1 = pc[2], c2 = pc[3];
  Term size = SOURCE (c1), value = SOURCE (c2);
  BitView view;
  gsize n_bits = 0;
  bool ok = bitstring_view (value, &view);

  if (ok && size == A (all))
    {
      n_bits = view.n_bits;
      ok = BITS_UNIT <= 1 || n_bits % BITS_UNIT == 0;
    }
  else if (ok)
    {
      ok = term_is_small (size) && small_value (size) >= 0 &&
           (guint64) small_value (size) <= view.n_bits / MAX (BITS_UNIT, 1);
      n_bits = ok ? (gsize) small_value (size) * BITS_UNIT : 0;
    }
  ok = ok && HAS_ROOM (n_bits);
  if (ok)
    bits_copy (CTX->build_base, CTX->build_offset, view.base, view.bit_offset, n_bits);
  PUT_DONE (ok);
}

OPCODE (bs_put_string) /* cell 1: bytes; cell 2: where */
{
  if (VM_UNLIKELY (!HAS_ROOM (pc[1] * 8)))
    RAISE_ERROR (A (badarg));
  bits_copy (CTX->build_base, CTX->build_offset, (const guint8 *) pc[2], 0, pc[1] * 8);
  CTX->build_offset += pc[1] * 8;
  NEXT (3);
}

OPCODE (bs_put_utf) /* a: 8, 16 or 32; cells as bs_put_integer */
{
  Cell c2 = pc[3];
  Term value = SOURCE (c2);
  gsize n_bits = 32;

  if (ARG_A != 32 && bits_is_code_point (value))
    n_bits = 8 * (ARG_A == 8 ? bits_utf8_size ((guint32) small_value (value))
                             : bits_utf16_size ((guint32) small_value (value)));
  if (!bits_is_code_point (value) || !HAS_ROOM (n_bits))
    {
      bif_raise (p, EXC_ERROR, A (badarg));
      BUILD_FAILED ();
    }
  if (ARG_A == 8)
    bits_put_utf8 (CTX->build_base, CTX->build_offset, (guint32) small_value (value));
  else if (ARG_A == 16)
    bits_put_utf16 (CTX->build_base, CTX->build_offset, (guint32) small_value (value), BITS_FLAGS);
  else
    bits_put_utf32 (CTX->build_base, CTX->build_offset, (guint32) small_value (value), BITS_FLAGS);
  CTX->build_offset += n_bits;
  NEXT (4);
}

OPCODE (bs_utf_size) /* a: destination, b: 8 or 16; cell 1: fail; cell 2: source; bytes */
{
  guint16 d = ARG_A;
  Cell cell = pc[2];
  Term value = SOURCE (cell);
  guint32 c = bits_is_code_point (value) ? (guint32) small_value (value) : 0;

  /* a bad value is found by the bs_put_utf that follows */
  REG (d) = make_small ((gint64) (ARG_B == 8 ? bits_utf8_size (c) : bits_utf16_size (c)));
  NEXT (3);
}
