/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of BIFs: what they cost, the collection behind them, where they go on. */

/* The collection that a BIF's garbage calls for follows at once, with the result (or
 * the arguments, when it raised) as the only roots. @wants: the test for it. The
 * return address is on the stack meanwhile. */
#define CALL_BIF(arity, wants)                                                 \
  HeapFragment *before = p->heap.fragments;                                    \
  Term          result;                                                        \
  SAVE ();                                                                     \
  result = ((BifFunc) pc[2]) (p, x);                                           \
  if (VM_UNLIKELY ((wants) || VM_STRESS_DUE (p->heap.htop - p->heap.start)) && \
      !ops_collect_after_bif (p, x, &result, before, (arity)))                 \
  return LEAVE_EXIT
#define BIF_RESULT()                 \
  if (VM_UNLIKELY (result == NONE))  \
    return ops_bif_failed (OP_PASS); \
  LOAD ();                           \
  x[0] = result

/* Light BIFs are called from a piece of code that all calls share. Its test takes the
 * words of the fragments for bytes. */
#define CALL_LIGHT(arity)                                                                      \
  *--stop = (Term) (pc + 3);                                                                   \
  CALL_BIF (arity, heap_wants_collection_by (&p->heap,                                         \
                                             (gssize) (p->heap.stop - p->heap.htop) * 8 - 3)); \
  p->heap.stop++;                                                                              \
  BIF_RESULT ()
#define CALL_HEAVY(arity)                             \
  CALL_BIF (arity, heap_wants_collection (&p->heap)); \
  BIF_RESULT ()

/* call_ext of a light BIF: yields before it when nothing is left. */
#define CHARGE_LIGHT(arity)                                      \
  if (VM_UNLIKELY (--fcalls <= 0) && fcalls + CTX->reserve <= 0) \
  return p->n_live = (guint16) (arity), ops_leave_yield (OP_PASS)

OPCODE (bif_light) /* a: arity; cell 1: Export, cell 2: function */
{
  CHARGE_LIGHT (ARG_A);
  CALL_LIGHT (ARG_A);
  NEXT (3);
}

OPCODE (bif_light_only) /* in tail position without a frame */
{
  CHARGE_LIGHT (ARG_A);
  CALL_LIGHT (ARG_A);
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

OPCODE (bif_light_last) /* b: slots to give up afterwards */
{
  CHARGE_LIGHT (ARG_A);
  CALL_LIGHT (ARG_A);
  stop += ARG_B;
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

/* Behind a BIF in tail position that went on elsewhere: a: slots to give up. */
OPCODE (part_bif_end)
{
  stop += ARG_A;
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

/* A real call: its return address is on the stack while the BIF looks at it. */
OPCODE (bif_heavy)
{
  p->pc = pc;
  *--stop = (Term) (pc + 3);
  CALL_HEAVY (ARG_A);
  stop++;
  NEXT (3);
}

OPCODE (bif_heavy_only)
{
  p->pc = pc;
  *--stop = (Term) (pc + 3);
  CALL_HEAVY (ARG_A);
  stop++;
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

OPCODE (bif_heavy_last)
{
  p->pc = pc;
  *--stop = (Term) (pc + 3);
  CALL_HEAVY (ARG_A);
  stop += ARG_B + 1;
  pc = (const Cell *) *stop++;
  if (VM_UNLIKELY (--fcalls < 0))
    return ops_leave_return (OP_PASS);
  DISPATCH ();
}

/* The stub of an export that is a BIF: reached by apply and by funs. Costs nothing, not
 * even the call. */
OPCODE (bif_stub)
{
  fcalls++;
  p->pc = pc;
  CALL_HEAVY (((const Export *) pc[1])->arity);
  pc = (const Cell *) *stop++;
  DISPATCH ();
}

/* The stub of an export without code: loads the module, or raises undef. */
OPCODE (undefined_stub)
{
  const Cell *target;

  SAVE ();
  target = ops_load_target (p, (Export *) pc[1], x);
  LOAD ();
  if (target == NULL)
    RAISE ();
  pc = target;
  DISPATCH ();
}
