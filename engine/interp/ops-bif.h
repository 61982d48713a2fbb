/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic and the guard BIFs worth a body of their own. A result that is no
 * small goes to a heap fragment, never to the heap (ERTS's HeapFragOnlyAlloc),
 * so these never collect and need no live count.
 *
 * Cell 0: a, b operands, c destination. Cell 1: fail offset (low half); where b
 * is a constant it is cell 2. */

#define ARITH_SLOW(call, op_name)                                      \
  do                                                                   \
    {                                                                  \
      Term result;                                                     \
      result = (call);                                                 \
      if (VM_UNLIKELY (result == NONE))                                \
        {                                                              \
          if (CELL_OFFSET (1) != 0)                                    \
            JUMP (CELL_OFFSET (1));                                    \
          FAIL_NAMED (op_name, 2, ops_number_failure (op_name, a, b)); \
        }                                                              \
      REG (d) = result;                                                \
    }                                                                  \
  while (0)

/* @fast computes into `r` and says whether that was possible. */
#define ARITH(name, op_name, fast, slow)              \
  OPCODE (name##_rr)                                  \
  {                                                   \
    guint16 ra = ARG_A, rb = ARG_B, d = ARG_C;        \
    Term    a = REG (ra), b = REG (rb), r;            \
    if (VM_LIKELY (term_both_small (a, b) && (fast))) \
      REG (d) = r;                                    \
    else                                              \
      ARITH_SLOW (slow, op_name);                     \
    NEXT (2);                                         \
  }                                                   \
  OPCODE (name##_rc)                                  \
  {                                                   \
    guint16 ra = ARG_A, d = ARG_C;                    \
    Term    a = REG (ra), b = pc[2], r;               \
    if (VM_LIKELY (term_both_small (a, b) && (fast))) \
      REG (d) = r;                                    \
    else                                              \
      ARITH_SLOW (slow, op_name);                     \
    NEXT (3);                                         \
  }

/* With both tags 1111, adding a to b without its tag keeps a's; overflow of the
 * word is overflow of the 60 bits, because the value sits at the top. */
#define FAST_ADD (!__builtin_add_overflow ((gint64) a, (gint64) (b - IMM1_SMALL), (gint64 *) &r))
#define FAST_SUB (!__builtin_sub_overflow ((gint64) a, (gint64) (b - IMM1_SMALL), (gint64 *) &r))
#define FAST_MUL                                                                          \
  (!__builtin_mul_overflow ((gint64) (a - IMM1_SMALL), small_value (b), (gint64 *) &r) && \
   ((r |= IMM1_SMALL), true))
#define FAST_DIV                                                                    \
  (b != make_small (0) && !(b == make_small (-1) && a == make_small (SMALL_MIN)) && \
   ((r = make_small (small_value (a) / small_value (b))), true))
/* The processor divides halves of a word faster. */
#define FITS_HALF(a, b) (((a) | (b)) >> 35 == 0)
#define FAST_REM                                                                           \
  (b != make_small (0) &&                                                                  \
   ((r = FITS_HALF (a, b)                                                                  \
           ? make_small ((gint64) ((guint32) small_value (a) % (guint32) small_value (b))) \
           : make_small (small_value (a) % small_value (b))),                              \
    true))
#define FAST_BSL                                                                 \
  (small_value (b) >= 0 && small_value (b) < 59 &&                               \
   (gint64) ((guint64) small_value (a) << small_value (b)) >> small_value (b) == \
     small_value (a) &&                                                          \
   fits_small ((gint64) ((guint64) small_value (a) << small_value (b))) &&       \
   ((r = make_small ((gint64) ((guint64) small_value (a) << small_value (b)))), true))
#define FAST_BSR \
  (small_value (b) >= 0 && ((r = make_small (small_value (a) >> MIN (small_value (b), 63))), true))

ARITH (add, "+", FAST_ADD, number_add (&p->heap, a, b))
ARITH (sub, "-", FAST_SUB, number_sub (&p->heap, a, b))
ARITH (mul, "*", FAST_MUL, number_mul (&p->heap, a, b))
ARITH (int_div, "div", FAST_DIV, number_int_div (&p->heap, a, b))
ARITH (rem, "rem", FAST_REM, number_rem (&p->heap, a, b))
ARITH (band, "band", ((r = a & b), true), number_band (&p->heap, a, b))
ARITH (bor, "bor", ((r = a | b), true), number_bor (&p->heap, a, b))
ARITH (bxor, "bxor", ((r = (a ^ b) | IMM1_SMALL), true), number_bxor (&p->heap, a, b))
ARITH (bsl, "bsl", FAST_BSL, number_shift (&p->heap, a, b, true))
ARITH (bsr, "bsr", FAST_BSR, number_shift (&p->heap, a, b, false))

#undef ARITH

/* register + constant in a body (also constant + register, register - constant).
 * The JIT has an instruction of its own for it, which raises without naming the
 * operator. a: register, c: destination; cell 1: the constant. */
OPCODE (increment)
{
  guint16 ra = ARG_A, d = ARG_C;
  Term    a = REG (ra), b = pc[1], r;

  if (VM_UNLIKELY (!term_is_small (a) || !FAST_ADD))
    {
      r = number_add (&p->heap, a, b);
      if (r == NONE)
        RAISE_ERROR (A (badarith));
    }
  REG (d) = r;
  NEXT (2);
}

/* The commonest operands: x registers. Laid out like the forms above. */
OPCODE (increment_xx)
{
  Term a = x[ARG_A], b = pc[1], r;

  if (VM_UNLIKELY (!term_is_small (a) || !FAST_ADD))
    {
      r = number_add (&p->heap, a, b);
      if (r == NONE)
        RAISE_ERROR (A (badarith));
    }
  x[ARG_C] = r;
  NEXT (2);
}

OPCODE (increment_yx)
{
  Term a = stop[ARG_A], b = pc[1], r;

  if (VM_UNLIKELY (!term_is_small (a) || !FAST_ADD))
    {
      r = number_add (&p->heap, a, b);
      if (r == NONE)
        RAISE_ERROR (A (badarith));
    }
  x[ARG_C] = r;
  NEXT (2);
}

#define ARITH_X(name, left, op_name, fast, slow)      \
  OPCODE (name)                                       \
  {                                                   \
    guint16 d = ARG_C;                                \
    Term    a = left[ARG_A], b = x[ARG_B], r;         \
    if (VM_LIKELY (term_both_small (a, b) && (fast))) \
      x[d] = r;                                       \
    else                                              \
      ARITH_SLOW (slow, op_name);                     \
    NEXT (2);                                         \
  }

ARITH_X (add_xx, x, "+", FAST_ADD, number_add (&p->heap, a, b))
ARITH_X (sub_xx, x, "-", FAST_SUB, number_sub (&p->heap, a, b))
ARITH_X (add_yx, stop, "+", FAST_ADD, number_add (&p->heap, a, b))

#undef ARITH_X

#define GUARD_FAIL(name, arity)             \
  do                                        \
    {                                       \
      if (CELL_OFFSET (1) != 0)             \
        JUMP (CELL_OFFSET (1));             \
      FAIL_NAMED (name, arity, A (badarg)); \
    }                                       \
  while (0)

OPCODE (element_rr) /* a: index, b: tuple */
{
  guint16 ra = ARG_A, rb = ARG_B, d = ARG_C;
  Term    a = REG (ra), b = REG (rb);

  if (!term_is_small (a) || !term_is_tuple (b) || small_value (a) < 1 ||
      (guint64) small_value (a) > tuple_arity (b))
    GUARD_FAIL ("element", 2);
  REG (d) = boxed_ptr (b)[small_value (a)];
  NEXT (2);
}

OPCODE (element_cr) /* a: index as a number, b: tuple */
{
  guint16 rb = ARG_B, d = ARG_C;
  Term    a = make_small (ARG_A), b = REG (rb);

  if (!term_is_tuple (b) || ARG_A > tuple_arity (b))
    GUARD_FAIL ("element", 2);
  REG (d) = boxed_ptr (b)[ARG_A];
  NEXT (2);
}

OPCODE (hd_r)
{
  guint16 ra = ARG_A, d = ARG_C;
  Term    a = REG (ra), b = NIL;

  if (!term_is_list (a))
    GUARD_FAIL ("hd", 1);
  REG (d) = list_head (a);
  NEXT (2);
}

OPCODE (tl_r)
{
  guint16 ra = ARG_A, d = ARG_C;
  Term    a = REG (ra), b = NIL;

  if (!term_is_list (a))
    GUARD_FAIL ("tl", 1);
  REG (d) = list_tail (a);
  NEXT (2);
}

OPCODE (tuple_size_r)
{
  guint16 ra = ARG_A, d = ARG_C;
  Term    a = REG (ra), b = NIL;

  if (!term_is_tuple (a))
    GUARD_FAIL ("tuple_size", 1);
  REG (d) = make_small ((gint64) tuple_arity (a));
  NEXT (2);
}

OPCODE (byte_size_r)
{
  guint16 ra = ARG_A, d = ARG_C;
  Term    a = REG (ra), b = NIL;
  gsize   size;

  if (!term_is_bitstring (a))
    GUARD_FAIL ("byte_size", 1);
  size = ((const SubBin *) boxed_ptr (a))->size; /* at the same place in all of them */
  if (boxed_header (a) == SUB_BIN_HEADER)
    size += ((const SubBin *) boxed_ptr (a))->bit_size != 0;
  REG (d) = make_small ((gint64) size);
  NEXT (2);
}

/* =:= and =/= for their value: a, b, destination. */
OPCODE (equal_exact)
{
  guint16 ra = ARG_A, rb = ARG_B, d = ARG_C;
  Term    a = REG (ra), b = REG (rb);

  REG (d) = equal_exactly (a, b) ? A (true) : A (false);
  NEXT (1);
}

OPCODE (not_equal_exact)
{
  guint16 ra = ARG_A, rb = ARG_B, d = ARG_C;
  Term    a = REG (ra), b = REG (rb);

  REG (d) = equal_exactly (a, b) ? A (false) : A (true);
  NEXT (1);
}

OPCODE (map_size_r)
{
  guint16 ra = ARG_A, d = ARG_C;
  Term    a = REG (ra), b = NIL;

  if (!term_is_map (a))
    {
      Term reason;

      if (CELL_OFFSET (1) != 0)
        JUMP (CELL_OFFSET (1));
      SAVE ();
      reason = ops_tuple2 (p, A (badmap), a);
      LOAD ();
      FAIL_NAMED ("map_size", 1, reason);
    }
  REG (d) = make_small ((gint64) map_size (a));
  NEXT (2);
}
