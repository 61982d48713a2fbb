/* SPDX-License-Identifier: Apache-2.0 */
/* Calls, returns, jumps, frames. Included by interp-fast.c and interp-step.c.
 *
 * A call pushes the return address (one word) and goes to the callee's entry; a
 * frame of N slots lies above it: y0 at the stack top. A return pops the address.
 * As in OTP's JIT a call costs one reduction and a return one more; the slice
 * ends at a callee's entry (0 left) or behind a return (less than 0 left). */

OPCODE (func_info)
{
  return ops_function_clause (OP_PASS);
}

OPCODE (int_code_end)
{
  RAISE_ERROR (A (undef));
}

OPCODE (nop)
{
  NEXT (1);
}

OPCODE (jump)
{
  JUMP (ARG_OFFSET);
}

OPCODE (call)
{
  *--stop = (Term) (pc + 1);
  ENTER (pc + ARG_OFFSET);
}

OPCODE (call_only)
{
  ENTER (pc + ARG_OFFSET);
}

OPCODE (call_last)
{
  stop += ARG_A;
  ENTER (pc + ARG_OFFSET);
}

#define EXPORT_ADDRESS(cell) \
  (atomic_load_explicit (&((Export *) pc[cell])->address, memory_order_acquire))

OPCODE (call_ext)
{
  *--stop = (Term) (pc + 2);
  ENTER (EXPORT_ADDRESS (1));
}

OPCODE (call_ext_only)
{
  ENTER (EXPORT_ADDRESS (1));
}

OPCODE (call_ext_last)
{
  stop += ARG_A;
  ENTER (EXPORT_ADDRESS (1));
}

OPCODE (return )
{
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

OPCODE (deallocate)
{
  stop += ARG_A;
  NEXT (1);
}

/* The slots are cleared, which ERTS leaves to the compiler: a picture may be taken
 * before the code has filled them. */
#define MAKE_FRAME(n)      \
  do                       \
    {                      \
      Term *slot_ = stop;  \
      stop -= (n);         \
      while (slot_ > stop) \
        *--slot_ = NIL;    \
    }                      \
  while (0)

OPCODE (allocate) /* a: slots, b: live */
{
  RESERVE (ARG_A, ARG_B);
  MAKE_FRAME (ARG_A);
  NEXT (1);
}

OPCODE (allocate_heap) /* a: slots, b: live; cell 1: heap words */
{
  RESERVE (ARG_A + pc[1], ARG_B);
  MAKE_FRAME (ARG_A);
  NEXT (2);
}

OPCODE (test_heap) /* a: live; high half: words */
{
  RESERVE (ARG_OFFSET, ARG_A);
  NEXT (1);
}

OPCODE (part_test_heap) /* the same, as a part */
{
  RESERVE (ARG_OFFSET, ARG_A);
  NEXT (1);
}

OPCODE (trim)
{
  stop += ARG_A;
  NEXT (1);
}

OPCODE (init_yreg)
{
  stop[ARG_A] = NIL;
  NEXT (1);
}

OPCODE (init_yreg_pair)
{
  stop[ARG_A] = NIL;
  stop[ARG_B] = NIL;
  NEXT (1);
}

OPCODE (init_yregs) /* a: n; then n slots, four a cell */
{
  const guint16 *slots = (const guint16 *) (pc + 1);
  guint          i, n = ARG_A;

  for (i = 0; i < n; i++)
    stop[slots[i]] = NIL;
  NEXT (1 + (n + 3) / 4);
}

/* --- guard BIFs: no reduction, fail label or exception -------------------- */

/* Cell 1: fail offset (low half), destination (high half); cell 2: function; cell 3: Export. */
#define GUARD_RESULT(next)               \
  if (VM_UNLIKELY (result == NONE))      \
    {                                    \
      if (CELL_OFFSET (1) != 0)          \
        {                                \
          p->exception = EXC_NONE;       \
          JUMP (CELL_OFFSET (1));        \
        }                                \
      return ops_guard_failed (OP_PASS); \
    }                                    \
  {                                      \
    guint16 d = (guint16) (pc[1] >> 32); \
    REG (d) = result;                    \
  }                                      \
  NEXT (next)

OPCODE (guard_bif0)
{
  Term *args = x + SCRATCH_ARGS;
  Term  result;

  SAVE ();
  result = ((BifFunc) pc[2]) (p, args);
  LOAD ();
  GUARD_RESULT (4);
}

OPCODE (guard_bif1) /* a: operand */
{
  Term   *args = x + SCRATCH_ARGS;
  Term    result;
  guint16 a = ARG_A;

  args[0] = REG (a);
  SAVE ();
  result = ((BifFunc) pc[2]) (p, args);
  LOAD ();
  if (VM_UNLIKELY (result == NONE))
    args[0] = REG (a);
  GUARD_RESULT (4);
}

OPCODE (guard_bif2)
{
  Term   *args = x + SCRATCH_ARGS;
  Term    result;
  guint16 a = ARG_A, b = ARG_B;

  args[0] = REG (a);
  args[1] = REG (b);
  SAVE ();
  result = ((BifFunc) pc[2]) (p, args);
  LOAD ();
  if (VM_UNLIKELY (result == NONE))
    {
      args[0] = REG (a);
      args[1] = REG (b);
    }
  GUARD_RESULT (4);
}

OPCODE (guard_bif3)
{
  Term   *args = x + SCRATCH_ARGS;
  Term    result;
  guint16 a = ARG_A, b = ARG_B, c = ARG_C;

  args[0] = REG (a);
  args[1] = REG (b);
  args[2] = REG (c);
  SAVE ();
  result = ((BifFunc) pc[2]) (p, args);
  LOAD ();
  if (VM_UNLIKELY (result == NONE))
    {
      args[0] = REG (a);
      args[1] = REG (b);
      args[2] = REG (c);
    }
  GUARD_RESULT (4);
}

/* self/0: the commonest of them. */
OPCODE (self) /* a: destination */
{
  guint16 d = ARG_A;

  REG (d) = process_pid (p);
  NEXT (1);
}

/* erlang:yield/0: c as in apply_mfa. */
OPCODE (yield)
{
  x[0] = A (true);
  if (ARG_C == 0)
    pc += 2;
  else
    {
      stop += ARG_B;
      pc = (const Cell *) *stop++;
    }
  p->n_live = 1;
  return ops_leave_yield (OP_PASS);
}

OPCODE (yield_stub)
{
  x[0] = A (true);
  pc = (const Cell *) *stop++;
  p->n_live = 1;
  return ops_leave_yield (OP_PASS);
}

/* Where the first function of a process returns to. */
OPCODE (normal_exit)
{
  p->result = x[0];
  p->exception = EXC_NONE;
  p->exit_reason = A (normal);
  SAVE ();
  p->pc = pc;
  return LEAVE_EXIT;
}
