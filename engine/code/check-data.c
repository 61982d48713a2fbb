/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* Moving and building data, floats, maps. */

static guint
fragile (CheckType type)
{
  return type.kinds & KIND_FRAGILE;
}

static void
check_swap (Checker *c)
{
  CheckType a = check_use_word (c, &c->o[0]), b = check_use_word (c, &c->o[1]);

  check_define (c, &c->o[0], b);
  check_define (c, &c->o[1], a);
}

/* @n destinations from operand @first on get parts of operand 0. */
static void
check_take (Checker *c, CodeGuardKind guard, guint n_elements, guint first, guint n)
{
  guint kinds;

  check_require (c, 0, guard, n_elements);
  kinds = KIND_TERM | fragile (check_use (c, &c->o[0]));
  if (!c->alive)
    kinds = KIND_TERM;
  for (guint i = 0; i < n; i++)
    check_define (c, &c->o[first + i], check_type (kinds));
}

static guint
check_use_list (Checker *c, const Operand *list)
{
  guint kinds = 0;

  for (guint64 i = 0; i < list->value; i++)
    kinds |= fragile (check_use (c, &list->list[i]));
  return kinds;
}

static void
check_put_list (Checker *c)
{
  guint kinds = fragile (check_use (c, &c->o[0])) | fragile (check_use (c, &c->o[1]));

  check_build (c, 2);
  check_define (c, &c->o[2], check_type (KIND_CONS | kinds));
}

static void
check_put_tuple (Checker *c)
{
  const Operand *list = &c->o[1];
  CheckType      type = check_type (KIND_TUPLE | check_use_list (c, list));

  type.n = (guint16) list->value;
  if (list->value > 0)
    check_build (c, list->value + 1);
  check_define (c, &c->o[0], type);
}

static void
check_make_fun (Checker *c)
{
  guint   n_free = c->file->funs[c->o[0].value].n_free;
  Operand x0 = { .kind = OPERAND_X };
  guint   kinds;

  if (c->op->op == OP_make_fun2)
    {
      check_collect (c, n_free); /* it reserves itself */
      check_forget_x (c, 0);
      check_define (c, &x0, check_type (KIND_FUN));
      return;
    }
  kinds = check_use_list (c, &c->o[2]);
  check_build (c, FUN_WORDS + n_free);
  check_define (c, &c->o[1], check_type (KIND_FUN | kinds));
}

static void
check_update_record (Checker *c)
{
  const Operand *list = &c->o[4];
  CheckType      type = check_type (KIND_TUPLE);

  check_require (c, 2, CODE_GUARD_TUPLE_EXACT, (guint) c->o[1].value);
  type.n = (guint16) c->o[1].value;
  for (guint64 i = 1; i < list->value; i += 2)
    type.kinds |= (guint16) fragile (check_use (c, &list->list[i]));
  if (c->alive)
    type.kinds |= (guint16) fragile (check_use (c, &c->o[2]));
  check_build (c, c->o[1].value + 1);
  check_define (c, &c->o[3], type);
}

static void
check_set_element (Checker *c)
{
  if (!c->s.fresh || c->o[1].kind != OPERAND_X || c->o[1].value != 0 ||
      (c->o[0].kind == OPERAND_X && c->o[0].value == 0))
    check_fail (c, "this may be no tuple that was just made");
  check_use (c, &c->o[0]);
  check_require (c, 1, CODE_GUARD_TUPLE, (guint) c->o[2].value + 1);
}

static bool
check_moves (Checker *c)
{
  switch (c->op->op)
    {
    case OP_move:
      check_copy (c, &c->o[0], &c->o[1]);
      return true;
    case OP_swap:
      check_swap (c);
      return true;
    case OP_get_list:
      check_take (c, CODE_GUARD_CONS, 0, 1, 2);
      return true;
    case OP_get_hd:
    case OP_get_tl:
      check_take (c, CODE_GUARD_CONS, 0, 1, 1);
      return true;
    case OP_get_tuple_element:
      check_take (c, CODE_GUARD_TUPLE, (guint) c->o[1].value + 1, 2, 1);
      return true;
    case OP_set_tuple_element:
      check_set_element (c);
      return true;
    case OP_put_list:
      check_put_list (c);
      return true;
    case OP_put_tuple2:
      check_put_tuple (c);
      return true;
    case OP_make_fun2:
    case OP_make_fun3:
      check_make_fun (c);
      return true;
    case OP_update_record:
      check_update_record (c);
      return true;
    default:
      return false;
    }
}

/* --- floats -------------------------------------------------------------------- */

static void
check_fmove (Checker *c)
{
  if (c->o[0].kind == OPERAND_FLOAT_REG && c->o[1].kind == OPERAND_FLOAT_REG)
    return;
  if (c->o[0].kind == OPERAND_FLOAT_REG)
    {
      check_build (c, FLOAT_WORDS);
      check_define (c, &c->o[1], check_type (KIND_FLOAT));
    }
  else
    check_require (c, 0, CODE_GUARD_FLOAT, 0);
}

static bool
check_floats (Checker *c)
{
  switch (c->op->op)
    {
    case OP_fmove:
      check_fmove (c);
      return true;
    case OP_fconv:
      check_use (c, &c->o[0]);
      check_raise (c);
      return true;
    case OP_fadd:
    case OP_fsub:
    case OP_fmul:
    case OP_fdiv:
      check_raise (c);
      return true;
    case OP_fnegate:
    case OP_fclearerror:
    case OP_fcheckerror:
      return true;
    default:
      return false;
    }
}

/* --- maps ------------------------------------------------------------------------ */

static void
check_put_map (Checker *c)
{
  const Operand *list = &c->o[4];
  guint          kinds = fragile (check_use (c, &c->o[1])) | check_use_list (c, list);

  for (guint64 i = 0; i < list->value; i++)
    check_survives (c, &list->list[i], c->o[3].value);
  check_collect (c, c->o[3].value);
  check_branch (c, &c->o[0]);
  check_define (c, &c->o[2], check_type (KIND_MAP | kinds));
}

/* When a later key is missing, the destinations before it are written. */
static void
check_get_map_elements (Checker *c)
{
  const Operand *list = &c->o[2];
  CheckType      value = check_type (KIND_TERM);

  check_require (c, 1, CODE_GUARD_MAP, 0);
  if (!c->alive)
    return;
  value.kinds |= (guint16) fragile (check_use (c, &c->o[1]));
  for (guint64 i = 0; i < list->value; i += 2)
    {
      check_use (c, &list->list[i]);
      check_branch (c, &c->o[0]);
      check_define (c, &list->list[i + 1], value);
    }
}

static bool
check_maps (Checker *c)
{
  switch (c->op->op)
    {
    case OP_put_map_assoc:
    case OP_put_map_exact:
      check_put_map (c);
      return true;
    case OP_has_map_fields:
      check_require (c, 1, CODE_GUARD_MAP, 0);
      check_use_list (c, &c->o[2]);
      check_branch (c, &c->o[0]);
      return true;
    case OP_get_map_elements:
      check_get_map_elements (c);
      return true;
    default:
      return false;
    }
}

bool
check_data (Checker *c)
{
  return check_moves (c) || check_floats (c) || check_maps (c);
}
