/* SPDX-License-Identifier: Apache-2.0 */
/* Two or three instructions in one body, laid out as they were one by one (see
 * select-fuse.c): ARG_A2 (n) and ARG_B2 (n) are fields of the one n cells on. */

#define ARG_A2(n) ((guint16) (pc[n] >> 16))
#define ARG_B2(n) ((guint16) (pc[n] >> 32))
#define ARG_C2(n) ((guint16) (pc[n] >> 48))

OPCODE (move_xx_xx)
{
  x[ARG_B] = x[ARG_A];
  x[ARG_B2 (1)] = x[ARG_A2 (1)];
  NEXT (2);
}

OPCODE (move_xy_xy)
{
  stop[ARG_B] = x[ARG_A];
  stop[ARG_B2 (1)] = x[ARG_A2 (1)];
  NEXT (2);
}

OPCODE (move_yx_yx)
{
  x[ARG_B] = stop[ARG_A];
  x[ARG_B2 (1)] = stop[ARG_A2 (1)];
  NEXT (2);
}

OPCODE (move_xx_call_only)
{
  x[ARG_B] = x[ARG_A];
  pc += 1;
  ENTER (pc + ARG_OFFSET);
}

OPCODE (move_xx_call)
{
  x[ARG_B] = x[ARG_A];
  *--stop = (Term) (pc + 2);
  pc += 1;
  ENTER (pc + ARG_OFFSET);
}

OPCODE (move_yx_call)
{
  x[ARG_B] = stop[ARG_A];
  *--stop = (Term) (pc + 2);
  pc += 1;
  ENTER (pc + ARG_OFFSET);
}

OPCODE (move_yx_call_last)
{
  x[ARG_B] = stop[ARG_A];
  pc += 1;
  stop += ARG_A;
  ENTER (pc + ARG_OFFSET);
}

OPCODE (move_xx_return)
{
  x[ARG_B] = x[ARG_A];
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

OPCODE (move_cx_return)
{
  x[ARG_B] = pc[1];
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

OPCODE (allocate_move_xy)
{
  RESERVE (ARG_A, ARG_B);
  MAKE_FRAME (ARG_A);
  stop[ARG_B2 (1)] = x[ARG_A2 (1)];
  NEXT (2);
}

OPCODE (allocate_move_xy_xy)
{
  RESERVE (ARG_A, ARG_B);
  MAKE_FRAME (ARG_A);
  stop[ARG_B2 (1)] = x[ARG_A2 (1)];
  stop[ARG_B2 (2)] = x[ARG_A2 (2)];
  NEXT (3);
}

OPCODE (move_xy_xx_call)
{
  stop[ARG_B] = x[ARG_A];
  x[ARG_B2 (1)] = x[ARG_A2 (1)];
  *--stop = (Term) (pc + 3);
  pc += 2;
  ENTER (pc + ARG_OFFSET);
}

OPCODE (deallocate_return)
{
  stop += ARG_A;
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

OPCODE (trim_call)
{
  stop += ARG_A;
  *--stop = (Term) (pc + 2);
  pc += 1;
  ENTER (pc + ARG_OFFSET);
}

OPCODE (move_yx_call_fun)
{
  x[ARG_B] = stop[ARG_A];
  pc += 1;
  return op_call_fun (OP_PASS);
}

OPCODE (test_heap_get_list_xxx)
{
  Term *cell, tail;

  RESERVE (ARG_OFFSET, ARG_A);
  cell = list_ptr (x[ARG_A2 (1)]);
  tail = cell[1];
  x[ARG_B2 (1)] = cell[0];
  x[ARG_C2 (1)] = tail;
  NEXT (2);
}

OPCODE (put_list_xxx_call_only)
{
  PUT_LIST (x[ARG_A], x[ARG_B]);
  x[ARG_C] = make_list (htop);
  htop += 2;
  pc += 1;
  ENTER (pc + ARG_OFFSET);
}

OPCODE (is_nonempty_list_get_list_xxx)
{
  Term v = x[ARG_A], *cell, tail;

  if (!term_is_list (v))
    JUMP (ARG_OFFSET);
  cell = list_ptr (x[ARG_A2 (1)]);
  tail = cell[1];
  x[ARG_B2 (1)] = cell[0];
  x[ARG_C2 (1)] = tail;
  NEXT (2);
}

OPCODE (get_tuple_element_xx_xx)
{
  x[ARG_B] = boxed_ptr (x[ARG_A])[ARG_C];
  x[ARG_B2 (1)] = boxed_ptr (x[ARG_A2 (1)])[ARG_C2 (1)];
  NEXT (2);
}

OPCODE (is_tuple_select_arity_few) /* of the same register */
{
  Term v = x[ARG_A];

  if (!term_is_tuple (v))
    JUMP (ARG_OFFSET);
  pc += 1;
  JUMP (few_offset (pc, boxed_header (v), ARG_OFFSET));
}

OPCODE (get_tuple_element_select_few) /* into the register that decides */
{
  Term v = boxed_ptr (x[ARG_A])[ARG_C];

  x[ARG_B] = v;
  pc += 1;
  JUMP (few_offset (pc, v, ARG_OFFSET));
}

#define OVERFLOWS(a, b) \
  __builtin_add_overflow ((gint64) (a), (gint64) ((b) -IMM1_SMALL), (gint64 *) &sum)

OPCODE (add_xx_return)
{
  Term a = x[ARG_A], b = x[ARG_B], sum;

  if (VM_UNLIKELY (!term_both_small (a, b) || OVERFLOWS (a, b)))
    return op_add_xx (OP_PASS);
  x[ARG_C] = sum;
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

OPCODE (add_yx_deallocate_return)
{
  Term a = stop[ARG_A], b = x[ARG_B], sum;

  if (VM_UNLIKELY (!term_both_small (a, b) || OVERFLOWS (a, b)))
    return op_add_yx (OP_PASS);
  x[ARG_C] = sum;
  stop += ARG_A2 (2);
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

#undef OVERFLOWS
