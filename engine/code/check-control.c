/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* Calls, frames, messages, exceptions. */

#define MAX_ARITY 255
#define MAX_HOPS  16

static Operand
x_operand (guint n)
{
  return (Operand){ .kind = OPERAND_X, .value = n };
}

static Operand
y_operand (const Operand *number)
{
  return (Operand){ .kind = OPERAND_Y, .value = number->value };
}

/* --- calls ---------------------------------------------------------------------- */

/* Nothing of a receive or a binary may be half done when others run. */
static void
check_rest (Checker *c)
{
  if (c->s.receiving)
    check_fail (c, "a message is being looked at, and was neither taken nor passed");
  if (c->s.armed)
    check_fail (c, "a receive waits with a timeout, and did not come to its end");
}

static void
check_arguments (Checker *c, guint64 n)
{
  if (n > MAX_ARITY + 2)
    check_fail (c, "%" G_GUINT64_FORMAT " arguments; up to %d are accepted", n, MAX_ARITY);
  for (guint i = 0; i < n && c->error == NULL; i++)
    {
      Operand x = x_operand (i);
      check_use (c, &x);
    }
}

/* Match contexts may be handed on within a module. */
static void
check_local_arguments (Checker *c, guint64 n, CheckFunction *to)
{
  for (guint i = 0; i < n && c->error == NULL; i++)
    {
      Operand   x = x_operand (i);
      CheckType type = check_use_word (c, &x);

      if ((type.kinds & KIND_CONTEXT) == 0 || (i < 64 && (to->contexts >> i & 1) != 0))
        continue;
      if (i >= 64)
        check_fail (c, "argument %u may be a match context; that is accepted up to 63", i);
      to->contexts |= G_GUINT64_CONSTANT (1) << (i & 63);
      to->is_pending = true;
    }
}

static void
check_called (Checker *c)
{
  if (c->s.n_slots < 0 || c->s.any_frame)
    check_fail (c, "a call without a frame");
  check_rest (c);
  check_raise (c);
  check_forget_x (c, 0);
  c->s.reserved = 0;
  c->s.building = false;
  {
    Operand x0 = x_operand (0);
    check_define (c, &x0, check_type (KIND_TERM));
  }
}

/* The frame is given up: it is the one that is there, and no catch is open. */
static void
check_give_up (Checker *c, const Operand *slots)
{
  if (c->s.n_slots < 0 || c->s.any_frame || (guint64) c->s.n_slots != slots->value)
    check_fail (c, "a frame of %" G_GUINT64_FORMAT " slots is given up, but the frame has %d",
                slots->value, MAX (c->s.n_slots, 0));
  if (check_has_catch (c))
    check_fail (c, "a frame is given up, but a catch is open in it");
  check_rest (c);
}

static void
check_no_frame (Checker *c)
{
  if (c->s.n_slots != NO_FRAME || c->s.any_frame)
    check_fail (c, "there must be no frame here");
  check_rest (c);
}

static void
check_local_call (Checker *c)
{
  CheckFunction *to = &c->functions[check_function_of_label (c, c->o[1].value)];

  check_local_arguments (c, c->o[0].value, to);
  if (c->op->op == OP_call)
    {
      check_called (c);
      return;
    }
  if (c->op->op == OP_call_last)
    check_give_up (c, &c->o[2]);
  else
    check_no_frame (c);
  check_end (c);
}

static void
check_external_call (Checker *c)
{
  check_arguments (c, c->o[0].value);
  if (check_is_exit (c, c->o[1].value))
    {
      check_rest (c); /* compilers share such calls between frames */
      check_raise (c);
      check_end (c);
    }
  else if (c->op->op == OP_call_ext)
    {
      check_called (c);
      c->s.fresh = check_is_setelement (c, c->o[1].value);
    }
  else
    {
      if (c->op->op == OP_call_ext_last)
        check_give_up (c, &c->o[2]);
      else
        check_no_frame (c);
      check_end (c);
    }
}

/* prim_eval:receive/2 asks a fun whether it wants the message, which is the
 * process's own before the call. */
static void
check_adopt (Checker *c)
{
  if (!c->s.receiving)
    return;
  c->guards[c->op_index].kind = CODE_GUARD_ADOPT;
  check_own_message (c);
}

static bool
check_calls (Checker *c)
{
  switch (c->op->op)
    {
    case OP_call:
    case OP_call_only:
    case OP_call_last:
      check_local_call (c);
      return true;
    case OP_call_ext:
    case OP_call_ext_only:
    case OP_call_ext_last:
      check_external_call (c);
      return true;
    case OP_call_fun:
      check_adopt (c);
      check_arguments (c, c->o[0].value + 1);
      check_called (c);
      return true;
    case OP_call_fun2:
      check_arguments (c, c->o[1].value);
      check_use (c, &c->o[2]);
      check_called (c);
      return true;
    case OP_apply:
      check_arguments (c, c->o[0].value + 2);
      check_called (c);
      return true;
    case OP_apply_last:
      check_arguments (c, c->o[0].value + 2);
      check_raise (c);
      check_give_up (c, &c->o[1]);
      check_end (c);
      return true;
    case OP_return:
      check_arguments (c, 1);
      check_no_frame (c);
      check_end (c);
      return true;
    case OP_jump:
      check_branch (c, &c->o[0]);
      check_end (c);
      return true;
    default:
      return false;
    }
}

/* --- frames ---------------------------------------------------------------------- */

static void
check_allocate (Checker *c, guint64 heap, const Operand *live, bool cleared)
{
  check_no_frame (c);
  check_collect (c, live->value);
  c->s.n_slots = (gint) c->o[0].value;
  for (gint i = 0; i < c->s.n_slots; i++)
    c->s.y[i] = check_type (cleared ? KIND_NIL : 0);
  c->s.reserved = (guint32) heap;
}

static void
check_trim (Checker *c)
{
  guint64 n = c->o[0].value;

  if (c->s.n_slots < 0 || c->s.any_frame || n + c->o[1].value != (guint64) c->s.n_slots)
    check_fail (c, "the frame does not have as many slots");
  for (guint i = 0; i < n && c->error == NULL; i++)
    if ((c->s.y[i].kinds & KIND_CATCH) != 0)
      check_fail (c, "a slot with an open catch is given up");
  if (c->s.armed)
    check_fail (c, "the frame changes while a receive waits with a timeout");
  if (c->error != NULL)
    return;
  c->s.n_slots -= (gint) n;
  memmove (c->s.y, c->s.y + n, (gsize) c->s.n_slots * sizeof (CheckType));
}

static bool
check_frames (Checker *c)
{
  switch (c->op->op)
    {
    case OP_allocate:
    case OP_allocate_zero:
      check_allocate (c, 0, &c->o[1], c->op->op == OP_allocate_zero);
      return true;
    case OP_allocate_heap:
    case OP_allocate_heap_zero:
      check_allocate (c, c->o[1].value, &c->o[2], c->op->op == OP_allocate_heap_zero);
      return true;
    case OP_test_heap:
      check_collect (c, c->o[1].value);
      c->s.reserved = (guint32) c->o[0].value;
      return true;
    case OP_init:
      check_define (c, &c->o[0], check_type (KIND_NIL));
      return true;
    case OP_init_yregs:
      for (guint64 i = 0; i < c->o[0].value; i++)
        check_define (c, &c->o[0].list[i], check_type (KIND_NIL));
      return true;
    case OP_deallocate:
      check_give_up (c, &c->o[0]);
      c->s.n_slots = NO_FRAME;
      return true;
    case OP_trim:
      check_trim (c);
      return true;
    default:
      return false;
    }
}

/* --- messages ---------------------------------------------------------------------- */

/* The process may leave its scheduler here, and keeps no registers. */
static void
check_pause (Checker *c)
{
  if (c->s.receiving)
    check_fail (c, "a message is being looked at, and was neither taken nor passed");
  if (c->s.changed)
    check_fail (c, "slots were written while a receive waits with a timeout");
  check_slots_written (c);
  check_forget_x (c, 0);
  c->s.reserved = 0;
  c->s.building = false;
}

/* Does this wait go on at itself, with nothing between? */
static bool
waits_again (const Checker *c)
{
  const GenericOp *ops = c->file->ops;
  guint32          to = c->label_ops[c->o[0].value];

  for (guint n = 0; n < MAX_HOPS; n++)
    {
      if (to == c->op_index)
        return true;
      if (ops[to].op == OP_jump)
        to = c->label_ops[ops[to].operands[0].value];
      else if (ops[to].op == OP_label || ops[to].op == OP_line)
        to++;
      else
        return false;
    }
  return false;
}

/* The second time the timer runs, and the time is not looked at. */
static void
check_wait_timeout (Checker *c)
{
  check_use (c, &c->o[1]);
  check_raise (c);
  c->s.changed = false;
  check_pause (c);
  c->s.armed = true;
  if (!waits_again (c))
    check_branch (c, &c->o[0]);
}

static bool
check_receive (Checker *c)
{
  switch (c->op->op)
    {
    case OP_loop_rec:
      check_pause (c);
      check_branch (c, &c->o[0]);
      c->s.receiving = true;
      check_define (c, &c->o[1], check_type (KIND_TERM | KIND_FRAGILE));
      return true;
    case OP_loop_rec_end:
      check_forget_fragile (c);
      c->s.receiving = false;
      check_branch (c, &c->o[0]);
      check_end (c);
      return true;
    case OP_remove_message:
      check_own_message (c);
      return true;
    case OP_timeout:
      if (c->s.receiving)
        check_fail (c, "a message is being looked at");
      c->s.armed = c->s.changed = false;
      return true;
    case OP_wait:
      check_pause (c);
      c->s.armed = false;
      check_branch (c, &c->o[0]);
      check_end (c);
      return true;
    case OP_wait_timeout:
      check_wait_timeout (c);
      return true;
    default:
      return false;
    }
}

static bool
check_messages (Checker *c)
{
  switch (c->op->op)
    {
    case OP_send:
      check_arguments (c, 2);
      check_called (c);
      return true;
    case OP_recv_mark:
    case OP_recv_set:
      return true;
    case OP_recv_marker_reserve:
      check_define (c, &c->o[0], check_type (KIND_INTEGER | KIND_ATOM));
      return true;
    case OP_recv_marker_bind:
      check_use (c, &c->o[0]);
      check_use (c, &c->o[1]);
      return true;
    case OP_recv_marker_clear:
    case OP_recv_marker_use:
      check_use (c, &c->o[0]);
      return true;
    default:
      return check_receive (c);
    }
}

/* --- exceptions ---------------------------------------------------------------------- */

static void
check_catch (Checker *c)
{
  if (c->s.any_frame)
    check_fail (c, "ways with different frames met before");
  check_define (c, &c->o[0], check_type (KIND_CATCH));
  if (c->error == NULL)
    c->s.y[c->o[0].value].id = (guint32) c->o[1].value;
}

/* The slot holds an open catch, and is cleared. */
static void
check_close (Checker *c)
{
  Operand y = y_operand (&c->o[0]);

  if ((gint64) y.value >= c->s.n_slots || (c->s.y[y.value].kinds & KIND_CATCH) == 0)
    {
      check_fail (c, "no catch is open in y%u on every way here", (guint) y.value);
      return;
    }
  c->s.y[y.value] = check_type (0);
  check_define (c, &y, check_type (KIND_NIL));
}

static void
check_try_case (Checker *c)
{
  /* the way here without an exception is behind a call that never comes back;
   * if it does, the body makes an exception of it */
  if (c->s.n_x == 0 || c->s.x[0].kinds == 0 ||
      (c->s.x[0].kinds & (KIND_CONTEXT | KIND_FRAGILE)) != 0)
    check_fail (c, "x0 is neither an exception nor a term on every way here");
  check_close (c);
  c->s.x[0] = check_type (KIND_ATOM);
  c->s.x[1] = check_type (KIND_TERM);
  c->s.x[2] = check_type (KIND_TERM);
  c->s.n_x = 3;
}

static void
check_catch_end (Checker *c)
{
  if (c->s.n_x == 0 || c->s.x[0].kinds == 0 || (c->s.x[0].kinds & KIND_CONTEXT) != 0)
    check_fail (c, "x0 is no term on every way here");
  check_close (c);
  check_slots_written (c);
  c->s.x[0] = check_type (KIND_TERM);
  c->s.n_x = 1;
  c->s.reserved = 0;
  c->s.building = false;
  check_rest (c);
}

static bool
check_raising (Checker *c)
{
  switch (c->op->op)
    {
    case OP_if_end:
      check_raise (c);
      check_end (c);
      return true;
    case OP_badmatch:
    case OP_case_end:
    case OP_try_case_end:
    case OP_badrecord:
      check_use (c, &c->o[0]);
      check_raise (c);
      check_end (c);
      return true;
    case OP_raise:
      check_use (c, &c->o[0]);
      check_use (c, &c->o[1]);
      check_raise (c);
      check_end (c);
      return true;
    case OP_raw_raise:
      check_arguments (c, 3);
      check_raise (c);
      c->s.x[0] = check_type (KIND_ATOM);
      return true;
    default:
      return false;
    }
}

static bool
check_exceptions (Checker *c)
{
  Operand x0 = x_operand (0);

  switch (c->op->op)
    {
    case OP_catch:
    case OP_try:
      check_catch (c);
      return true;
    case OP_catch_end:
      check_catch_end (c);
      return true;
    case OP_try_end:
      check_close (c);
      return true;
    case OP_try_case:
      check_try_case (c);
      return true;
    case OP_build_stacktrace:
      check_use (c, &x0);
      check_collect (c, 1);
      check_define (c, &x0, check_type (KIND_TERM));
      return true;
    default:
      return check_raising (c);
    }
}

bool
check_control (Checker *c)
{
  return check_calls (c) || check_frames (c) || check_messages (c) || check_exceptions (c);
}
