/* SPDX-License-Identifier: Apache-2.0 */
/* The bit syntax: building. What each does is in bits.h; here are operands and jumps. */

/* The fail label of a building instruction, or the exception. */
#define BUILD_FAILED()              \
  do                                \
    {                               \
      if (p->exception == EXC_NONE) \
        {                           \
          p->pc = pc;               \
          return LEAVE_EXIT;        \
        }                           \
      if (CELL_OFFSET (1) != 0)     \
        {                           \
          p->exception = EXC_NONE;  \
          JUMP (CELL_OFFSET (1));   \
        }                           \
      RAISE ();                     \
    }                               \
  while (0)

OPCODE (bs_create_bin) /* see bits-create.c */
{
  guint16 d = ARG_A;
  Term    result;

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
  Term  size = x[0];
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
  Cell    cell = pc[2];
  Term    size = SOURCE (cell), result;

  SAVE ();
  if (!term_is_small (size) || small_value (size) < 0 || small_value (size) > (SMALL_MAX >> 4))
    {
      bif_raise (p, EXC_ERROR,
                 term_is_integer (size) && !(term_is_small (size) && small_value (size) < 0)
                   ? A (system_limit)
                   : A (badarg));
      BUILD_FAILED ();
    }
  if ((gsize) small_value (size) * pc[3] / 8 > p->vm->options.max_memory_bytes)
    {
      bif_raise (p, EXC_ERROR, A (system_limit));
      BUILD_FAILED ();
    }
  result = bits_init (p, pc, x, (gsize) small_value (size) * pc[3], pc[1] >> 32, ARG_B,
                      pc[3] == 8);
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
  Cell    c1 = pc[2], c2 = pc[3];
  Term    s1 = SOURCE (c1), s2 = SOURCE (c2);

  if (!term_is_small (s1) || !term_is_small (s2) || small_value (s1) < 0 || small_value (s2) < 0 ||
      small_value (s2) > (SMALL_MAX >> 12))
    {
      bif_raise (p, EXC_ERROR,
                 term_is_big (s1) || term_is_big (s2) ? A (system_limit) : A (badarg));
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
  Cell    c1 = pc[2], c2 = pc[4];
  Term    size = SOURCE (c1), why = NONE, result;

  if (!term_is_small (size) || small_value (size) < 0 ||
      (guint64) small_value (size) / 8 > p->vm->options.max_memory_bytes)
    {
      bif_raise (p, EXC_ERROR,
                 term_is_integer (size) && !(term_is_small (size) && small_value (size) < 0)
                   ? A (system_limit)
                   : A (badarg));
      BUILD_FAILED ();
    }
  x[ARG_B] = SOURCE (c2);
  SAVE ();
  result = bits_append (
    p, pc, x,
    &(BitsRoom){ (gsize) small_value (size) * pc[3], pc[1] >> 32, ARG_B, ARG_C }, &why);
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
  Cell    c1 = pc[2], c2 = pc[4];
  Term    size = SOURCE (c1), result;

  if (!term_is_small (size) || small_value (size) < 0 ||
      (guint64) small_value (size) / 8 > p->vm->options.max_memory_bytes)
    {
      bif_raise (p, EXC_ERROR,
                 term_is_integer (size) && !(term_is_small (size) && small_value (size) < 0)
                   ? A (system_limit)
                   : A (badarg));
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
#define PUT_SIZE()                                                                                 \
  Cell  c1 = pc[2], c2 = pc[3];                                                                    \
  Term  size = SOURCE (c1), value = SOURCE (c2);                                                   \
  gsize n_bits;                                                                                    \
  if (!term_is_small (size) || small_value (size) < 0 || small_value (size) > (SMALL_MAX >> 12) || \
      !HAS_ROOM (n_bits = (gsize) small_value (size) * BITS_UNIT))                                 \
    {                                                                                              \
      bif_raise (p, EXC_ERROR, A (badarg));                                                        \
      BUILD_FAILED ();                                                                             \
    }

#define PUT_DONE(ok)                        \
  if (!(ok))                                \
    {                                       \
      bif_raise (p, EXC_ERROR, A (badarg)); \
      BUILD_FAILED ();                      \
    }                                       \
  CTX->build_offset += n_bits;              \
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
  Cell    c1 = pc[2], c2 = pc[3];
  Term    size = SOURCE (c1), value = SOURCE (c2);
  BitView view;
  gsize   n_bits = 0;
  bool    ok = bitstring_view (value, &view);

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
  Cell  c2 = pc[3];
  Term  value = SOURCE (c2);
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
  Cell    cell = pc[2];
  Term    value = SOURCE (cell);
  guint32 c = bits_is_code_point (value) ? (guint32) small_value (value) : 0;

  /* a bad value is found by the bs_put_utf that follows */
  REG (d) = make_small ((gint64) (ARG_B == 8 ? bits_utf8_size (c) : bits_utf16_size (c)));
  NEXT (3);
}
