/* SPDX-License-Identifier: Apache-2.0 */
/* Type tests, comparisons and branches: one cell (op, register, fail offset),
 * with a second register or a constant in cell 1. They never allocate. */

#define TYPE_TEST(name, condition) \
  OPCODE (name##_x)                \
  {                                \
    Term v = x[ARG_A];             \
    if (!(condition))              \
      JUMP (ARG_OFFSET);           \
    NEXT (1);                      \
  }                                \
  OPCODE (name##_r)                \
  {                                \
    guint16 r = ARG_A;             \
    Term    v = REG (r);           \
    if (!(condition))              \
      JUMP (ARG_OFFSET);           \
    NEXT (1);                      \
  }

TYPE_TEST (is_nonempty_list, term_is_list (v))
TYPE_TEST (is_nil, v == NIL)
TYPE_TEST (is_list, term_is_list (v) || v == NIL)
TYPE_TEST (is_tuple, term_is_tuple (v))
TYPE_TEST (is_atom, term_is_atom (v))
TYPE_TEST (is_integer, term_is_integer (v))
TYPE_TEST (is_binary, term_is_binary (v))
TYPE_TEST (is_float, term_is_float (v))
TYPE_TEST (is_number, term_is_number (v))
TYPE_TEST (is_pid, term_is_pid (v) || term_has_subtag (v, SUB_EXT_PID))
TYPE_TEST (is_reference, term_is_ref (v) || term_has_subtag (v, SUB_EXT_REF))
TYPE_TEST (is_port, term_is_port (v) || term_has_subtag (v, SUB_EXT_PORT))
TYPE_TEST (is_bitstr, term_is_bitstring (v))
TYPE_TEST (is_map, term_is_map (v))
TYPE_TEST (is_boolean, v == A (true) || v == A (false))
TYPE_TEST (is_function, term_is_fun (v))

#undef TYPE_TEST

/* Cell 1 is the tuple's header word. */
OPCODE (test_arity_x)
{
  if (boxed_header (x[ARG_A]) != pc[1])
    JUMP (ARG_OFFSET);
  NEXT (2);
}

OPCODE (test_arity_r)
{
  guint16 r = ARG_A;

  if (boxed_header (REG (r)) != pc[1])
    JUMP (ARG_OFFSET);
  NEXT (2);
}

/* Fused is_tuple + test_arity: laid out as the two. */
OPCODE (is_tuple_of_arity_x)
{
  Term v = x[ARG_A];

  if (!term_is_boxed (v) || boxed_header (v) != pc[2])
    JUMP (ARG_OFFSET);
  NEXT (3);
}

OPCODE (is_tagged_tuple_x) /* cell 1: header word, cell 2: tag */
{
  Term v = x[ARG_A];

  if (!term_is_boxed (v) || boxed_ptr (v)[0] != pc[1] || boxed_ptr (v)[1] != pc[2])
    JUMP (ARG_OFFSET);
  NEXT (3);
}

OPCODE (is_tagged_tuple_r)
{
  guint16 r = ARG_A;
  Term    v = REG (r);

  if (!term_is_boxed (v) || boxed_ptr (v)[0] != pc[1] || boxed_ptr (v)[1] != pc[2])
    JUMP (ARG_OFFSET);
  NEXT (3);
}

OPCODE (is_function2) /* cell 1: arity source */
{
  guint16 r = ARG_A;
  Cell    cell = pc[1];
  Term    v = REG (r), arity = SOURCE (cell);

  if (!term_is_fun (v) || !term_is_small (arity) || small_value (arity) != fun_arity (v))
    JUMP (ARG_OFFSET);
  NEXT (2);
}

/* --- comparisons: a, b registers, fail in cell 1; or a register and cell 1 a constant -- */

#define COMPARE_RR(name, fast, slow)                            \
  OPCODE (name##_rr)                                            \
  {                                                             \
    guint16 ra = ARG_A, rb = ARG_B;                             \
    Term    a = REG (ra), b = REG (rb);                         \
    if (VM_LIKELY (term_both_small (a, b)) ? !(fast) : !(slow)) \
      JUMP (CELL_OFFSET (1));                                   \
    NEXT (2);                                                   \
  }
#define COMPARE_RC(name, fast, slow)                            \
  OPCODE (name##_rc)                                            \
  {                                                             \
    guint16 ra = ARG_A;                                         \
    Term    a = REG (ra), b = pc[1];                            \
    if (VM_LIKELY (term_both_small (a, b)) ? !(fast) : !(slow)) \
      JUMP (ARG_OFFSET);                                        \
    NEXT (2);                                                   \
  }
#define COMPARE_CR(name, fast, slow)                            \
  OPCODE (name##_cr)                                            \
  {                                                             \
    guint16 rb = ARG_A;                                         \
    Term    b = REG (rb), a = pc[1];                            \
    if (VM_LIKELY (term_both_small (a, b)) ? !(fast) : !(slow)) \
      JUMP (ARG_OFFSET);                                        \
    NEXT (2);                                                   \
  }
#define ATOMS    (p->vm->atoms)
#define SMALL_LT ((gint64) a < (gint64) b)
#define SLOW_LT                                                               \
  (term_is_float (a) && term_is_float (b) ? float_value (a) < float_value (b) \
                                          : term_compare (ATOMS, a, b) < 0)

/* Most comparisons with a tuple are decided by its header or an immediate in it. */
static inline bool
equal_exactly (Term a, Term b)
{
  gsize i, n;

  if (a == b)
    return true;
  if ((a & TAG_MASK) != (b & TAG_MASK) || term_is_immediate (a))
    return false;
  if (!term_is_tuple (a))
    return term_equal (a, b);
  if (boxed_header (a) != boxed_header (b))
    return false;
  for (i = 1, n = tuple_arity (a); i <= n; i++)
    {
      Term c = boxed_ptr (a)[i], d = boxed_ptr (b)[i];

      if (c != d)
        return !term_is_immediate (c) && !term_is_immediate (d) && term_equal (a, b);
    }
  return true;
}

COMPARE_RR (is_lt, SMALL_LT, SLOW_LT)
COMPARE_RC (is_lt, SMALL_LT, SLOW_LT)
COMPARE_CR (is_lt, SMALL_LT, SLOW_LT)
COMPARE_RR (is_ge, !SMALL_LT, !SLOW_LT)
COMPARE_RC (is_ge, !SMALL_LT, !SLOW_LT)
COMPARE_CR (is_ge, !SMALL_LT, !SLOW_LT)
COMPARE_RR (is_eq, a == b, a == b || term_equal_arith_slow (ATOMS, a, b))
COMPARE_RR (is_ne, a != b, a != b && !term_equal_arith_slow (ATOMS, a, b))
COMPARE_RR (is_eq_exact, a == b, equal_exactly (a, b))
COMPARE_RR (is_ne_exact, a != b, !equal_exactly (a, b))

#define COMPARE_X(name, fast, slow)                             \
  OPCODE (name##_xx)                                            \
  {                                                             \
    Term a = x[ARG_A], b = x[ARG_B];                            \
    if (VM_LIKELY (term_both_small (a, b)) ? !(fast) : !(slow)) \
      JUMP (CELL_OFFSET (1));                                   \
    NEXT (2);                                                   \
  }                                                             \
  OPCODE (name##_xc)                                            \
  {                                                             \
    Term a = x[ARG_A], b = pc[1];                               \
    if (VM_LIKELY (term_both_small (a, b)) ? !(fast) : !(slow)) \
      JUMP (ARG_OFFSET);                                        \
    NEXT (2);                                                   \
  }

COMPARE_X (is_lt, SMALL_LT, SLOW_LT)
COMPARE_X (is_ge, !SMALL_LT, !SLOW_LT)

#undef COMPARE_X
#undef COMPARE_RR
#undef COMPARE_RC
#undef COMPARE_CR

/* An immediate constant: one word compare decides. */
OPCODE (is_eq_exact_xi)
{
  if (x[ARG_A] != pc[1])
    JUMP (ARG_OFFSET);
  NEXT (2);
}

OPCODE (is_eq_exact_ri)
{
  guint16 r = ARG_A;

  if (REG (r) != pc[1])
    JUMP (ARG_OFFSET);
  NEXT (2);
}

OPCODE (is_ne_exact_xi)
{
  if (x[ARG_A] == pc[1])
    JUMP (ARG_OFFSET);
  NEXT (2);
}

OPCODE (is_ne_exact_ri)
{
  guint16 r = ARG_A;

  if (REG (r) == pc[1])
    JUMP (ARG_OFFSET);
  NEXT (2);
}

/* --- branches ------------------------------------------------------------- */

/* select_val on immediates. Cell 0: register, fail; cell 1: n (low half);
 * then n values sorted, then n offsets, two a cell. */
static inline gint32
select_offset (const Cell *pc, Term v, guint n, gint32 fail)
{
  const Term   *values = pc + 2;
  const gint32 *offsets = (const gint32 *) (values + n);
  guint         low = 0, high = n, i;

  if (n <= 8)
    {
      for (i = 0; i < n; i++)
        if (values[i] == v)
          return offsets[i];
      return fail;
    }
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (values[middle] < v)
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && values[low] == v ? offsets[low] : fail;
}

/* The same with up to four values: no loop and no branch but the last. Cells 1 to
 * 4: the values; then the offsets. */
static inline gint32
few_offset (const Cell *pc, Term v, gint32 offset)
{
  const gint32 *offsets = (const gint32 *) (pc + 5);
  gint32        o0 = offsets[0], o1 = offsets[1], o2 = offsets[2], o3 = offsets[3];

  offset = v == pc[4] ? o3 : offset;
  offset = v == pc[3] ? o2 : offset;
  offset = v == pc[2] ? o1 : offset;
  return v == pc[1] ? o0 : offset;
}

OPCODE (select_few)
{
  guint16 r = ARG_A;

  JUMP (few_offset (pc, REG (r), ARG_OFFSET));
}

OPCODE (select_arity_few)
{
  guint16 r = ARG_A;

  JUMP (few_offset (pc, boxed_header (REG (r)), ARG_OFFSET));
}

OPCODE (select_val)
{
  guint16 r = ARG_A;

  JUMP (select_offset (pc, REG (r), (guint) (pc[1] & 0xffffffff), ARG_OFFSET));
}

OPCODE (select_tuple_arity)
{
  guint16 r = ARG_A;

  JUMP (select_offset (pc, boxed_header (REG (r)), (guint) (pc[1] & 0xffffffff), ARG_OFFSET));
}

/* Dense small integers: cell 1: n (low), lowest value (high, signed); then offsets, two a cell. */
OPCODE (jump_on_val)
{
  guint16 r = ARG_A;
  Term    v = REG (r);
  gint64  index = small_value (v) - (gint64) (gint32) (pc[1] >> 32);
  guint   n = (guint) (pc[1] & 0xffffffff);

  if (!term_is_small (v) || index < 0 || index >= n)
    JUMP (ARG_OFFSET);
  JUMP (((const gint32 *) (pc + 2))[index]);
}

/* Values that are not immediates (big integers, floats): compared one by one. */
OPCODE (select_val_literal)
{
  guint16       r = ARG_A;
  Term          v = REG (r);
  guint         i, n = (guint) (pc[1] & 0xffffffff);
  const gint32 *offsets = (const gint32 *) (pc + 2 + n);

  for (i = 0; i < n; i++)
    if (term_equal (v, pc[2 + i]))
      JUMP (offsets[i]);
  JUMP (ARG_OFFSET);
}
