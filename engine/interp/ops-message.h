/* SPDX-License-Identifier: Apache-2.0 */
/* Sending and receiving. A receive is compiled to
 *
 *     L1: loop_rec L2 x0        the message under the cursor, or jump to L2
 *         … match …             no match: loop_rec_end L1 (cursor on; 1 reduction)
 *         remove_message        take it; the cursor goes back to the start
 *         …
 *     L2: wait L1               sleep; go on at L1 when something arrives
 *     or: wait_timeout L1 T     the same, but go on behind it after T ms
 *         timeout               the cursor goes back to the start
 *
 * Between loop_rec and remove_message no collection may run: the message may lie
 * in a fragment that is not part of the heap yet. */

OPCODE (send) /* a: arity; cell 1: erlang:send/2, cell 2: its function */
{
  CHARGE_LIGHT (2);
  CALL_LIGHT (2);
  NEXT (3);
}

OPCODE (loop_rec) /* a: destination, fail */
{
  guint16  d = ARG_A;
  Message *message;

  if (VM_UNLIKELY (fcalls <= 0))
    {
      if (fcalls + CTX->reserve <= 0)
        {
          p->n_live = 0;
          return ops_leave_yield (OP_PASS);
        }
      return ops_leave_quantum (OP_PASS);
    }
  message = mailbox_peek (p);
  if (message == NULL)
    {
      int reds;

      SAVE ();
      reds = process_handle_signals (p, p->fcalls);
      if (VM_UNLIKELY (atomic_load_explicit (&p->state, memory_order_relaxed) & PS_EXITING))
        {
          p->pc = pc;
          return LEAVE_EXIT;
        }
      p->fcalls -= reds; /* more than was left is counted, too */
      LOAD ();
      message = mailbox_peek (p);
      if (message == NULL)
        JUMP (ARG_OFFSET);
    }
  p->heap.flags |= HEAP_DELAY_GC;
  REG (d) = message->term;
  NEXT (1);
}

/* Before a call in the middle of a receive: whoever runs may collect, keep parts of
 * the message, receive himself. */
OPCODE (part_adopt)
{
  process_adopt_message (p);
  p->heap.flags &= ~(guint32) HEAP_DELAY_GC;
  p->timeout_pc = NULL;
  NEXT (1);
}

OPCODE (loop_rec_end)
{
  mailbox_skip (p);
  p->heap.flags &= ~(guint32) HEAP_DELAY_GC;
  fcalls--;
  JUMP (ARG_OFFSET);
}

OPCODE (remove_message)
{
  SAVE ();
  p->heap.flags &= ~(guint32) HEAP_DELAY_GC;
  mailbox_remove (p);
  if (VM_UNLIKELY (heap_wants_collection (&p->heap)))
    ops_keep_reductions (p, 5);
  LOAD ();
  NEXT (1);
}

OPCODE (timeout)
{
  p->timed_out = false;
  p->timeout_pc = NULL;
  mailbox_rewind (p);
  NEXT (1);
}

OPCODE (wait)
{
  if (ARG_OFFSET == 0)
    {
      SAVE ();
      ops_fetch_unseen (p);
    }
  p->timeout_pc = NULL;
  pc += ARG_OFFSET;
  return ops_leave_wait (OP_PASS);
}

OPCODE (wait_timeout) /* fail = back to loop_rec; cell 1: source of the time */
{
  Cell    cell = pc[1];
  Term    time = SOURCE (cell);
  guint64 ms;

  if (ARG_OFFSET == 0)
    {
      SAVE ();
      ops_fetch_unseen (p);
    }
  if (p->receive_timer == NULL && !p->timed_out)
    {
      if (time == make_small (0))
        NEXT (2);
      if (time == A (infinity))
        {
          p->timeout_pc = NULL;
          pc += ARG_OFFSET;
          return ops_leave_wait (OP_PASS);
        }
      if (!integer_to_u64 (time, &ms) || ms > G_MAXUINT32)
        RAISE_ERROR (A (timeout_value));
      SAVE (); /* it begins at the process's time, which its reductions tell */
      mailbox_set_timeout (p, ms);
    }
  else if (p->timed_out)
    NEXT (2);
  p->timeout_pc = pc + 2;
  pc += ARG_OFFSET;
  return ops_leave_wait (OP_PASS);
}

OPCODE (recv_marker_reserve) /* a: destination */
{
  guint16 d = ARG_A;

  SAVE ();
  REG (d) = mailbox_marker_reserve (p);
  LOAD ();
  NEXT (1);
}

OPCODE (recv_marker_bind) /* a: marker, b: reference */
{
  guint16 a = ARG_A, b = ARG_B;

  mailbox_marker_bind (p, REG (a), REG (b));
  NEXT (1);
}

OPCODE (recv_marker_clear)
{
  guint16 a = ARG_A;

  mailbox_marker_clear (p, REG (a));
  NEXT (1);
}

OPCODE (recv_marker_use)
{
  guint16 a = ARG_A;

  mailbox_marker_use (p, REG (a));
  NEXT (1);
}
