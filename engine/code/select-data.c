/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/select.h"
#include "engine/term/term-order.h"

/* Moving and building data, floats, maps. */

static void
select_move (Selector *s, const Operand *from, const Operand *to)
{
  if (operand_is_constant (from))
    {
      select_op (s, operand_is_x (to) ? I_move_cx : I_move_cy, 0, (guint) to->value, 0);
      select_cell (s, operand_constant (from));
    }
  else if (operand_is_x (from))
    select_op (s, operand_is_x (to) ? I_move_xx : I_move_xy, (guint) from->value, (guint) to->value,
               0);
  else
    select_op (s, operand_is_x (to) ? I_move_yx : I_move_yy, (guint) from->value, (guint) to->value,
               0);
}

static void
select_swap (Selector *s, const Operand *a, const Operand *b)
{
  if (operand_is_x (a) && operand_is_y (b))
    select_op (s, I_swap_xy, (guint) a->value, (guint) b->value, 0);
  else if (operand_is_y (a) && operand_is_x (b))
    select_op (s, I_swap_xy, (guint) b->value, (guint) a->value, 0);
  else
    select_op (s, I_swap_rr, select_register (s, a), select_register (s, b), 0);
}

static void
select_get_list (Selector *s)
{
  const Operand *o = s->op->operands;
  guint16        from = select_register (s, &o[0]);
  bool           head_x = operand_is_x (&o[1]), tail_x = operand_is_x (&o[2]);

  if (from >= SELECT_Y_BASE || (!head_x && tail_x))
    select_op (s, I_get_list_rrr, from, select_register (s, &o[1]), select_register (s, &o[2]));
  else
    select_op (s,
               tail_x   ? I_get_list_xxx
               : head_x ? I_get_list_xxy
                        : I_get_list_xyy,
               from, (guint) o[1].value, (guint) o[2].value);
}

/* get_hd, get_tl, get_tuple_element: one body for x to x, one for the rest. */
static void
select_get (Selector *s, const Operand *from, const Operand *to, guint xx, guint rr, guint c)
{
  guint16 a = select_register (s, from), b = select_register (s, to);

  select_op (s, a < SELECT_Y_BASE && b < SELECT_Y_BASE ? xx : rr, a, b, c);
}

static void
select_put_list (Selector *s)
{
  const Operand *head = &s->op->operands[0], *tail = &s->op->operands[1];
  guint16        to = select_register (s, &s->op->operands[2]);

  if (operand_is_x (head) && operand_is_x (tail) && to < SELECT_Y_BASE)
    select_op (s, I_put_list_xxx, (guint) head->value, (guint) tail->value, to);
  else if (operand_is_y (head) && operand_is_x (tail) && to < SELECT_Y_BASE)
    select_op (s, I_put_list_yxx, (guint) head->value, (guint) tail->value, to);
  else if (operand_is_constant (tail))
    {
      guint16 a = select_register (s, head);
      select_op (s, I_put_list_rcr, a, 0, to);
      select_cell (s, operand_constant (tail));
    }
  else if (operand_is_constant (head))
    {
      select_op (s, I_put_list_crr, 0, select_register (s, tail), to);
      select_cell (s, operand_constant (head));
    }
  else
    select_op (s, I_put_list_rrr, select_register (s, head), select_register (s, tail), to);
}

static void
select_put_tuple (Selector *s)
{
  const Operand *list = &s->op->operands[1];
  guint          n = (guint) list->value, i;
  guint16        to = select_register (s, &s->op->operands[0]);

  if (n == 0)
    {
      /* never written by a compiler, but cheap to get right */
      select_op (s, to < SELECT_Y_BASE ? I_move_cx : I_move_cy, 0,
                 to < SELECT_Y_BASE ? to : to - SELECT_Y_BASE, 0);
      select_cell (s, code_empty_tuple (s->vm));
      return;
    }
  select_op (s, n == 2 ? I_put_tuple_2 : n == 3 ? I_put_tuple_3
                                                : I_put_tuple,
             n, to, 0);
  for (i = 0; i < n; i++)
    select_cell (s, select_source (&list->list[i]));
}

static void
select_make_fun (Selector *s, guint64 index, const Operand *to, const Operand *env)
{
  FunEntry *entry;
  guint     i;

  entry = &s->module->funs[index];
  if (s->op->op == OP_make_fun2) /* it sees to its room itself */
    select_cell (s, (Cell) I_part_test_heap | (Cell) (guint16) entry->n_free << 16 |
                      (Cell) (FUN_WORDS + entry->n_free) << 32);
  select_op (s, I_make_fun, entry->n_free, to != NULL ? select_register (s, to) : 0, 0);
  select_cell (s, (Cell) entry);
  for (i = 0; i < entry->n_free; i++)
    select_cell (s, env != NULL ? select_source (&env->list[i]) : (Cell) i << 6);
}

static void
select_update_record (Selector *s)
{
  const Operand *o = s->op->operands; /* hint size source destination list */
  const Operand *list = &o[4];
  guint          n = (guint) list->value / 2, i;
  bool           reuse = strcmp (atom_name (s->vm->atoms, o[0].term, NULL), "reuse") == 0;
  guint16        from = select_register (s, &o[2]), to = select_register (s, &o[3]);

  select_op (s, I_update_record, (guint) o[1].value, from, to);
  select_cell (s, (Cell) n << 1 | reuse);
  for (i = 0; i < n; i++)
    {
      select_cell (s, list->list[2 * i].kind == OPERAND_U
                        ? list->list[2 * i].value
                        : (Cell) small_value (list->list[2 * i].term));
      select_cell (s, select_source (&list->list[2 * i + 1]));
    }
}

static bool
select_moves (Selector *s)
{
  const Operand *o = s->op->operands;
  guint16        a, b;

  switch (s->op->op)
    {
    case OP_move:
      select_move (s, &o[0], &o[1]);
      return true;
    case OP_swap:
      select_swap (s, &o[0], &o[1]);
      return true;
    case OP_get_list:
      select_get_list (s);
      return true;
    case OP_get_hd:
      select_get (s, &o[0], &o[1], I_get_hd_xx, I_get_hd_rr, 0);
      return true;
    case OP_get_tl:
      select_get (s, &o[0], &o[1], I_get_tl_xx, I_get_tl_rr, 0);
      return true;
    case OP_get_tuple_element:
      select_get (s, &o[0], &o[2], I_get_tuple_element_xx, I_get_tuple_element_rr,
                  (guint) o[1].value + 1);
      return true;
    case OP_set_tuple_element:
      a = select_register (s, &o[0]);
      b = select_register (s, &o[1]);
      select_op (s, I_set_tuple_element, a, b, (guint) o[2].value + 1);
      return true;
    case OP_put_list:
      select_put_list (s);
      return true;
    case OP_put_tuple2:
      select_put_tuple (s);
      return true;
    case OP_make_fun2:
      select_make_fun (s, o[0].value, NULL, NULL);
      return true;
    case OP_make_fun3:
      select_make_fun (s, o[0].value, &o[1], &o[2]);
      return true;
    case OP_update_record:
      select_update_record (s);
      return true;
    default:
      return false;
    }
}

/* --- floats -------------------------------------------------------------------- */

static void
select_fmove (Selector *s, const Operand *from, const Operand *to)
{
  if (from->kind == OPERAND_FLOAT_REG && to->kind == OPERAND_FLOAT_REG)
    select_op (s, I_fmove, (guint) from->value, (guint) to->value, 0);
  else if (from->kind == OPERAND_FLOAT_REG)
    select_op (s, I_fstore, (guint) from->value, select_register (s, to), 0);
  else if (operand_is_constant (from))
    {
      select_op (s, I_fload_c, 0, (guint) to->value, 0);
      select_cell (s, operand_constant (from));
    }
  else
    select_op (s, I_fload, select_register (s, from), (guint) to->value, 0);
}

static bool
select_floats (Selector *s)
{
  const Operand *o = s->op->operands;
  guint          op;

  switch (s->op->op)
    {
    case OP_fmove:
      select_fmove (s, &o[0], &o[1]);
      return true;
    case OP_fconv:
      select_op (s, I_fconv, 0, (guint) o[1].value, 0);
      select_cell (s, select_source (&o[0]));
      return true;
    case OP_fclearerror:
    case OP_fcheckerror:
      select_op (s, I_nop, 0, 0, 0);
      return true;
    case OP_fnegate:
      select_op (s, I_fnegate, (guint) o[1].value, 0, (guint) o[2].value);
      return true;
    case OP_fadd:
      op = I_fadd;
      break;
    case OP_fsub:
      op = I_fsub;
      break;
    case OP_fmul:
      op = I_fmul;
      break;
    case OP_fdiv:
      op = I_fdiv;
      break;
    default:
      return false;
    }
  select_op (s, op, (guint) o[1].value, (guint) o[2].value, (guint) o[3].value);
  return true;
}

/* --- maps ------------------------------------------------------------------------ */

/* The tuple of the keys of a small map that is made of nothing, as a literal. NONE:
 * some key is not known yet, or they are not in a map's order. */
static Term
literal_keys (Selector *s, const Operand *list)
{
  Term  words[1 + MAP_FLAT_LIMIT];
  gsize n = list->value / 2;

  if (n == 0 || n > MAP_FLAT_LIMIT)
    return NONE;
  words[0] = TUPLE_HEADER (n);
  for (gsize i = 0; i < n; i++)
    {
      if (!operand_is_constant (&list->list[2 * i]))
        return NONE;
      words[1 + i] = operand_constant (&list->list[2 * i]);
      if (i > 0 && term_compare_exact (s->vm->atoms, words[i], words[1 + i]) >= 0)
        return NONE;
    }
  return literals_add (s->vm, make_boxed (words));
}

/* Maps made at one place share the tuple of their keys. */
static bool
select_new_map (Selector *s)
{
  const Operand *o = s->op->operands;
  const Operand *list = &o[4];
  Term           keys;

  if (!operand_is_constant (&o[1]) || !term_is_map (operand_constant (&o[1])) ||
      !map_is_flat (operand_constant (&o[1])) || map_size (operand_constant (&o[1])) != 0)
    return false;
  keys = literal_keys (s, list);
  if (keys == NONE)
    return false;
  select_op (s, I_new_map, select_register (s, &o[2]), (guint) o[3].value,
             (guint) (list->value / 2));
  select_cell (s, keys);
  for (guint i = 1; i < list->value; i += 2)
    select_cell (s, select_source (&list->list[i]));
  return true;
}

static void
select_put_map (Selector *s, guint op)
{
  const Operand *o = s->op->operands; /* fail source destination live list */
  const Operand *list = &o[4];
  guint16        map = select_register (s, &o[1]);
  guint16        to = select_register (s, &o[2]);
  guint32        at = select_op (s, op, map, to, (guint) o[3].value);
  guint          i;

  select_label_cell (s, at, &o[0], (guint32) (list->value / 2));
  for (i = 0; i < list->value; i++)
    select_cell (s, select_source (&list->list[i]));
}

static void
select_get_map_elements (Selector *s)
{
  const Operand *o = s->op->operands; /* fail source list */
  const Operand *list = &o[2];
  guint16        map = select_register (s, &o[1]);
  guint          i;

  if (list->value == 2)
    select_op_label (s, I_get_map_element, map, &o[0]);
  else
    {
      select_op_label (s, I_get_map_elements, map, &o[0]);
      select_cell (s, list->value / 2);
    }
  for (i = 0; i < list->value; i += 2)
    {
      select_cell (s, select_source (&list->list[i]));
      select_cell (s, select_register (s, &list->list[i + 1]));
    }
}

static void
select_has_map_fields (Selector *s)
{
  const Operand *o = s->op->operands;
  const Operand *list = &o[2];
  guint16        map = select_register (s, &o[1]);
  guint          i;

  select_op_label (s, I_has_map_fields, map, &o[0]);
  select_cell (s, list->value);
  for (i = 0; i < list->value; i++)
    select_cell (s, select_source (&list->list[i]));
}

static bool
select_maps (Selector *s)
{
  switch (s->op->op)
    {
    case OP_put_map_assoc:
      if (!select_new_map (s))
        select_put_map (s, I_put_map_assoc);
      return true;
    case OP_put_map_exact:
      select_put_map (s, I_put_map_exact);
      return true;
    case OP_has_map_fields:
      select_has_map_fields (s);
      return true;
    case OP_get_map_elements:
      select_get_map_elements (s);
      return true;
    default:
      return false;
    }
}

bool
select_data (Selector *s)
{
  return select_moves (s) || select_floats (s) || select_maps (s);
}
