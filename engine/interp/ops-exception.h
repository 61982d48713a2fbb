/* SPDX-License-Identifier: Apache-2.0 */
/* Catch and try. A catch word in a y slot names where an exception goes on; there
 * x0 is NONE, x1 the reason, x2 the raw trace and x3 the class. */

OPCODE (catch) /* a: slot; cell 1: the catch word */
{
  stop[ARG_A] = pc[1];
  p->catches++;
  NEXT (2);
}

OPCODE (catch_end)
{
  p->catches--;
  stop[ARG_A] = NIL;
  if (x[0] == NONE)
    {
      SAVE ();
      if (x[3] == A (throw))
        x[0] = x[1];
      else
        {
          Term reason = x[1];

          if (x[3] == A (error))
            reason = ops_add_stacktrace (p, reason, x[2]);
          x[0] = reason;
          if (p->heap.stop - 1 - p->heap.htop < 3 + HEAP_RESERVED &&
              !ops_collect (p, pc, x, 3, 1, 1))
            return LEAVE_EXIT;
          x[0] = ops_tuple2 (p, A (EXIT), x[0]);
        }
      LOAD ();
    }
  NEXT (1);
}

OPCODE (try_end)
{
  p->catches--;
  stop[ARG_A] = NIL;
  NEXT (1);
}

OPCODE (try_case)
{
  p->catches--;
  stop[ARG_A] = NIL;
  if (VM_UNLIKELY (x[0] != NONE)) /* a call that the compiler knew never to come back has */
    {
      x[1] = x[0];
      x[2] = NIL;
      x[3] = A (error);
    }
  x[0] = x[3];
  NEXT (1);
}

OPCODE (badmatch)
{
  guint16 a = ARG_A;
  RAISE_PAIR (A (badmatch), REG (a));
}

OPCODE (case_end)
{
  guint16 a = ARG_A;
  RAISE_PAIR (A (case_clause), REG (a));
}

OPCODE (try_case_end)
{
  guint16 a = ARG_A;
  RAISE_PAIR (A (try_clause), REG (a));
}

OPCODE (badrecord)
{
  guint16 a = ARG_A;
  RAISE_PAIR (A (badrecord), REG (a));
}

OPCODE (if_end)
{
  RAISE_ERROR (A (if_clause));
}

OPCODE (raise) /* a: raw trace, b: reason */
{
  guint16 a = ARG_A, b = ARG_B;

  RERAISE (NONE, REG (b), REG (a));
}

OPCODE (raw_raise)
{
  if (x[0] == A (error) || x[0] == A (exit) || x[0] == A (throw))
    RERAISE (x[0], x[1], x[2]);
  x[0] = A (badarg);
  NEXT (1);
}

OPCODE (build_stacktrace)
{
  SAVE ();
  x[0] = ops_build_stacktrace (p, x[0]);
  LOAD ();
  NEXT (1);
}
