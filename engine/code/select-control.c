/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/select.h"

/* Calls, frames, messages, exceptions. */

typedef enum
{
  CALL_PLAIN,
  CALL_ONLY,
  CALL_LAST,
} CallKind;

static bool
export_is (const Selector *s, const Export *export, const char *name, guint arity)
{
  return export->module == A (erlang) && export->arity == arity &&
         strcmp (atom_name (s->vm->atoms, export->function, NULL), name) == 0;
}

/* erlang functions that are instructions. */
static bool
select_special_call (Selector *s, Export *export, CallKind kind, guint slots)
{
  guint op;

  if (export_is (s, export, "apply", 3))
    op = I_apply_mfa;
  else if (export_is (s, export, "apply", 2))
    op = I_apply_fun;
  else if (export_is (s, export, "yield", 0))
    op = I_yield;
  else
    return false;
  select_op (s, op, 0, slots, kind);
  select_cell (s, (Cell) export);
  return true;
}

static void
select_bif_call (Selector *s, Export *export, CallKind kind, guint slots)
{
  static const guint16 ops[2][3] = {
    { I_bif_light, I_bif_light_only, I_bif_light_last },
    { I_bif_heavy, I_bif_heavy_only, I_bif_heavy_last },
  };

  /* a guard BIF that is called as a function costs what a light one does */
  select_op (s, ops[export->bif->kind == BIF_HEAVY][kind], export->arity, slots, 0);
  select_cell (s, (Cell) export);
  select_cell (s, (Cell) export->bif->func);
  /* where one that went on elsewhere comes back to */
  if (kind != CALL_PLAIN)
    select_op (s, I_part_bif_end, slots, 0, 0);
}

static void
select_call_ext (Selector *s, CallKind kind, guint slots)
{
  static const guint16 ops[] = { I_call_ext, I_call_ext_only, I_call_ext_last };
  Export *export = select_import (s, &s->op->operands[1]);

  if (select_special_call (s, export, kind, slots))
    return;
  if (export->bif != NULL)
    {
      select_bif_call (s, export, kind, slots);
      return;
    }
  select_op (s, ops[kind], slots, 0, 0);
  select_cell (s, (Cell) export);
}

static void
select_allocate (Selector *s, guint slots, guint heap, guint live)
{
  select_op (s, heap == 0 ? I_allocate : I_allocate_heap, slots, live, 0);
  if (heap != 0)
    select_cell (s, heap);
}

static void
select_init_yregs (Selector *s)
{
  const Operand *list = &s->op->operands[0];
  guint          n = (guint) list->value, i;

  if (n == 1)
    select_op (s, I_init_yreg, (guint) list->list[0].value, 0, 0);
  else if (n == 2)
    select_op (s, I_init_yreg_pair, (guint) list->list[0].value, (guint) list->list[1].value, 0);
  else
    {
      select_op (s, I_init_yregs, n, 0, 0);
      for (i = 0; i < n; i += 4)
        select_cell (s, CELL4 (list->list[i].value, i + 1 < n ? list->list[i + 1].value : 0,
                               i + 2 < n ? list->list[i + 2].value : 0,
                               i + 3 < n ? list->list[i + 3].value : 0));
    }
}

static bool
select_frames (Selector *s)
{
  const Operand *o = s->op->operands;

  switch (s->op->op)
    {
    case OP_allocate:
    case OP_allocate_zero: /* all frames are cleared here */
      select_allocate (s, (guint) o[0].value, 0, (guint) o[1].value);
      return true;
    case OP_allocate_heap:
    case OP_allocate_heap_zero:
      select_allocate (s, (guint) o[0].value, (guint) o[1].value, (guint) o[2].value);
      return true;
    case OP_test_heap:
      select_cell (s, (Cell) I_test_heap | (Cell) (guint16) o[1].value << 16 |
                        (Cell) (guint32) o[0].value << 32);
      return true;
    case OP_init:
      select_op (s, I_init_yreg, (guint) o[0].value, 0, 0);
      return true;
    case OP_init_yregs:
      select_init_yregs (s);
      return true;
    case OP_deallocate:
      select_op (s, I_deallocate, (guint) o[0].value, 0, 0);
      return true;
    case OP_trim:
      select_op (s, I_trim, (guint) o[0].value, 0, 0);
      return true;
    default:
      return false;
    }
}

/* A call of a fun that is followed by deallocate and return is a tail call. */
static void
select_call_fun (Selector *s, guint arity, guint16 fun)
{
  const GenericOp *next = s->op + 1;

  if (s->op_index + 2 < s->file->n_ops && next[0].op == OP_deallocate && next[1].op == OP_return)
    select_op (s, I_call_fun_last, arity, fun, (guint) next[0].operands[0].value);
  else
    select_op (s, I_call_fun, arity, fun, 0);
}

static bool
select_calls (Selector *s)
{
  const Operand *o = s->op->operands;

  switch (s->op->op)
    {
    case OP_call:
      select_op_label (s, I_call, 0, &o[1]);
      return true;
    case OP_call_only:
      select_op_label (s, I_call_only, 0, &o[1]);
      return true;
    case OP_call_last:
      select_op_label (s, I_call_last, (guint) o[2].value, &o[1]);
      return true;
    case OP_call_ext:
      select_call_ext (s, CALL_PLAIN, 0);
      return true;
    case OP_call_ext_only:
      select_call_ext (s, CALL_ONLY, 0);
      return true;
    case OP_call_ext_last:
      select_call_ext (s, CALL_LAST, (guint) o[2].value);
      return true;
    case OP_return:
      select_op (s, I_return, 0, 0, 0);
      return true;
    case OP_jump:
      select_op_label (s, I_jump, 0, &o[0]);
      return true;
    case OP_apply:
      select_op (s, I_apply, (guint) o[0].value, 0, 0);
      return true;
    case OP_apply_last:
      select_op (s, I_apply_last, (guint) o[0].value, (guint) o[1].value, 0);
      return true;
    case OP_call_fun:
      select_call_fun (s, (guint) o[0].value, (guint16) o[0].value);
      return true;
    case OP_call_fun2:
      {
        guint16 fun = select_register (s, &o[2]);
        select_call_fun (s, (guint) o[1].value, fun);
        return true;
      }
    default:
      return false;
    }
}

static bool
select_messages (Selector *s)
{
  const Operand *o = s->op->operands;
  guint16        a, b;
  guint32        at;

  switch (s->op->op)
    {
    case OP_send:
      {
        Export *send = code_table_get_export ((CodeTable *) s->vm->code, A (erlang),
                                              atom_from_string (s->vm->atoms, "send"), 2);
        select_op (s, I_send, 2, 0, 0);
        select_cell (s, (Cell) send);
        select_cell (s, (Cell) (send->bif != NULL ? send->bif->func : NULL));
        return true;
      }
    case OP_loop_rec:
      select_op_label (s, I_loop_rec, select_register (s, &o[1]), &o[0]);
      return true;
    case OP_loop_rec_end:
      select_op_label (s, I_loop_rec_end, 0, &o[0]);
      return true;
    case OP_remove_message:
      select_op (s, I_remove_message, 0, 0, 0);
      return true;
    case OP_timeout:
      select_op (s, I_timeout, 0, 0, 0);
      return true;
    case OP_wait:
      select_op_label (s, I_wait, 0, &o[0]);
      return true;
    case OP_wait_timeout:
      at = select_op_label (s, I_wait_timeout, 0, &o[0]);
      (void) at;
      select_cell (s, select_source (&o[1]));
      return true;
    case OP_recv_mark:
    case OP_recv_set:
      select_op (s, I_nop, 0, 0, 0);
      return true;
    case OP_recv_marker_reserve:
      select_op (s, I_recv_marker_reserve, select_register (s, &o[0]), 0, 0);
      return true;
    case OP_recv_marker_bind:
      a = select_register (s, &o[0]);
      b = select_register (s, &o[1]);
      select_op (s, I_recv_marker_bind, a, b, 0);
      return true;
    case OP_recv_marker_clear:
      a = select_register (s, &o[0]);
      select_op (s, I_recv_marker_clear, a, 0, 0);
      return true;
    case OP_recv_marker_use:
      a = select_register (s, &o[0]);
      select_op (s, I_recv_marker_use, a, 0, 0);
      return true;
    default:
      return false;
    }
}

static void
select_catch (Selector *s)
{
  guint32 at = select_op (s, I_catch, (guint) s->op->operands[0].value, 0, 0);
  Fixup   fixup = { FIXUP_CATCH, at + 1, at, (guint32) s->op->operands[1].value };

  select_cell (s, 0);
  g_array_append_val (s->fixups, fixup);
}

static bool
select_exceptions (Selector *s)
{
  const Operand *o = s->op->operands;
  guint16        a, b;

  switch (s->op->op)
    {
    case OP_catch:
    case OP_try:
      select_catch (s);
      return true;
    case OP_catch_end:
      select_op (s, I_catch_end, (guint) o[0].value, 0, 0);
      return true;
    case OP_try_end:
      select_op (s, I_try_end, (guint) o[0].value, 0, 0);
      return true;
    case OP_try_case:
      select_op (s, I_try_case, (guint) o[0].value, 0, 0);
      return true;
    case OP_badmatch:
      a = select_register (s, &o[0]);
      select_op (s, I_badmatch, a, 0, 0);
      return true;
    case OP_case_end:
      a = select_register (s, &o[0]);
      select_op (s, I_case_end, a, 0, 0);
      return true;
    case OP_try_case_end:
      a = select_register (s, &o[0]);
      select_op (s, I_try_case_end, a, 0, 0);
      return true;
    case OP_badrecord:
      a = select_register (s, &o[0]);
      select_op (s, I_badrecord, a, 0, 0);
      return true;
    case OP_if_end:
      select_op (s, I_if_end, 0, 0, 0);
      return true;
    case OP_raise:
      a = select_register (s, &o[0]);
      b = select_register (s, &o[1]);
      select_op (s, I_raise, a, b, 0);
      return true;
    case OP_raw_raise:
      select_op (s, I_raw_raise, 0, 0, 0);
      return true;
    case OP_build_stacktrace:
      select_op (s, I_build_stacktrace, 0, 0, 0);
      return true;
    default:
      return false;
    }
}

bool
select_control (Selector *s)
{
  return select_calls (s) || select_frames (s) || select_messages (s) || select_exceptions (s);
}
