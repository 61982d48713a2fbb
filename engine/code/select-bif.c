/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/select.h"

/* Guard BIFs and operators. */

static const struct
{
  const char *name;
  guint16     rr, rc, xx, yx; /* 0: none */
} operators[] = {
  { "+", I_add_rr, I_add_rc, I_add_xx, I_add_yx },
  { "-", I_sub_rr, I_sub_rc, I_sub_xx },
  { "*", I_mul_rr, I_mul_rc },
  { "div", I_int_div_rr, I_int_div_rc },
  { "rem", I_rem_rr, I_rem_rc },
  { "band", I_band_rr, I_band_rc },
  { "bor", I_bor_rr, I_bor_rc },
  { "bxor", I_bxor_rr, I_bxor_rc },
  { "bsl", I_bsl_rr, I_bsl_rc },
  { "bsr", I_bsr_rr, I_bsr_rc },
};

static bool
is_small_constant (const Operand *o)
{
  return operand_is_constant (o) && term_is_small (operand_constant (o));
}

/* See the body of increment. */
static bool
select_increment (Selector      *s,
                  const char    *name,
                  const Operand *fail,
                  const Operand *a,
                  const Operand *b,
                  const Operand *to)
{
  gint64 by;

  if (fail->value != 0)
    return false;
  if (strcmp (name, "+") == 0 && is_small_constant (a) && !operand_is_constant (b))
    {
      const Operand *t = a;
      a = b;
      b = t;
    }
  if (operand_is_constant (a) || !is_small_constant (b) ||
      (strcmp (name, "+") != 0 && strcmp (name, "-") != 0))
    return false;
  by = small_value (operand_constant (b));
  if (name[0] == '-')
    by = -by;
  if (!fits_small (by))
    return false;
  if (operand_is_y (a) && operand_is_x (to))
    select_op (s, I_increment_yx, (guint) a->value, 0, (guint) to->value);
  else
    select_op (s, operand_is_x (a) && operand_is_x (to) ? I_increment_xx : I_increment,
               select_register (s, a), 0, select_register (s, to));
  select_cell (s, make_small (by));
  return true;
}

static bool
select_operator (Selector      *s,
                 const char    *name,
                 const Operand *fail,
                 const Operand *a,
                 const Operand *b,
                 const Operand *to)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (operators); i++)
    if (strcmp (operators[i].name, name) == 0)
      {
        guint16 ra, rb = 0, op;
        guint32 at;
        bool    constant;

        /* also for operators that commute the operands keep their order: a failing
         * operation shows them in its stack trace */
        constant = operand_is_constant (b);
        ra = select_register (s, a);
        if (!constant)
          rb = select_register (s, b);
        op = constant ? operators[i].rc : operators[i].rr;
        if (operators[i].xx != 0 && operand_is_x (a) && operand_is_x (b) && operand_is_x (to))
          op = operators[i].xx;
        else if (operators[i].yx != 0 && operand_is_y (a) && operand_is_x (b) && operand_is_x (to))
          {
            op = operators[i].yx;
            ra = (guint16) a->value;
          }
        at = select_op (s, op, ra, rb, select_register (s, to));
        select_label_cell (s, at, fail, 0);
        if (constant)
          select_cell (s, operand_constant (b));
        return true;
      }
  return false;
}

static const struct
{
  const char *name;
  guint16     op;
} unary[] = {
  { "hd", I_hd_r },
  { "tl", I_tl_r },
  { "tuple_size", I_tuple_size_r },
  { "map_size", I_map_size_r },
  { "byte_size", I_byte_size_r },
};

static bool
select_unary (
  Selector *s, const char *name, const Operand *fail, const Operand *a, const Operand *to)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (unary); i++)
    if (strcmp (unary[i].name, name) == 0)
      {
        guint16 ra = select_register (s, a);
        guint32 at = select_op (s, unary[i].op, ra, 0, select_register (s, to));

        select_label_cell (s, at, fail, 0);
        return true;
      }
  return false;
}

static bool
select_element (
  Selector *s, const Operand *fail, const Operand *index, const Operand *tuple, const Operand *to)
{
  guint16 a, b;
  guint32 at;
  bool    constant = operand_is_constant (index) && term_is_small (operand_constant (index)) &&
                  small_value (operand_constant (index)) >= 1 &&
                  small_value (operand_constant (index)) < 65536;

  a = constant ? (guint16) small_value (operand_constant (index)) : select_register (s, index);
  b = select_register (s, tuple);
  at = select_op (s, constant ? I_element_cr : I_element_rr, a, b, select_register (s, to));
  select_label_cell (s, at, fail, 0);
  return true;
}

static bool
select_equal (Selector *s, const char *name, const Operand *a, const Operand *b, const Operand *to)
{
  bool    equal = strcmp (name, "=:=") == 0;
  guint16 ra, rb;

  if (!equal && strcmp (name, "=/=") != 0)
    return false;
  ra = select_register (s, a);
  rb = select_register (s, b);
  select_op (s, equal ? I_equal_exact : I_not_equal_exact, ra, rb, select_register (s, to));
  return true;
}

static void
select_guard_call (
  Selector *s, Export *export, const Operand *fail, const Operand *args, guint n, const Operand *to)
{
  static const guint16 ops[] = { I_guard_bif0, I_guard_bif1, I_guard_bif2, I_guard_bif3 };
  guint16              r[3] = { 0, 0, 0 };
  guint32              at;
  guint                i;

  for (i = 0; i < n; i++)
    r[i] = select_register (s, &args[i]);
  at = select_op (s, ops[n], r[0], r[1], r[2]);
  select_label_cell (s, at, fail, select_register (s, to));
  select_cell (s, (Cell) export->bif->func);
  select_cell (s, (Cell) export);
}

/* The compiler takes the process dictionary's get/1 for one, too. */
static bool
is_get (const Selector *s, const Export *export)
{
  return export->module == A (erlang) && export->arity == 1 &&
         g_str_equal (atom_name (s->vm->atoms, export->function, NULL), "get");
}

static void
select_guard_bif (Selector      *s,
                  const Operand *import,
                  const Operand *fail,
                  const Operand *args,
                  guint          n,
                  const Operand *to)
{
  Export *export = select_import (s, import);
  const char *name = atom_name (s->vm->atoms, export->function, NULL);

  if (export->module == A (erlang))
    {
      if (n == 0 && strcmp (name, "self") == 0)
        {
          select_op (s, I_self, select_register (s, to), 0, 0);
          return;
        }
      if (n == 1 && select_unary (s, name, fail, &args[0], to))
        return;
      if (n == 2 && strcmp (name, "element") == 0 &&
          select_element (s, fail, &args[0], &args[1], to))
        return;
      if (n == 2 && select_increment (s, name, fail, &args[0], &args[1], to))
        return;
      if (n == 2 && select_equal (s, name, &args[0], &args[1], to))
        return;
      if (n == 2 && select_operator (s, name, fail, &args[0], &args[1], to))
        return;
    }
  if (export->bif == NULL || (export->bif->kind != BIF_GUARD && !is_get (s, export)))
    {
      g_set_error (&s->error, VM_ERROR, VM_ERROR_FORMAT,
                   "%s: Code chunk, offset %u: %s:%s/%u stands as a guard BIF, but is none",
                   s->file->path, s->op->offset, atom_name (s->vm->atoms, export->module, NULL),
                   name, export->arity);
      return;
    }
  select_guard_call (s, export, fail, args, n, to);
}

bool
select_bif (Selector *s)
{
  static const Operand no_label = { .kind = OPERAND_LABEL };
  const Operand       *o = s->op->operands;

  switch (s->op->op)
    {
    case OP_bif0:
      select_guard_bif (s, &o[0], &no_label, NULL, 0, &o[1]);
      return true;
    case OP_bif1:
      select_guard_bif (s, &o[1], &o[0], &o[2], 1, &o[3]);
      return true;
    case OP_bif2:
      select_guard_bif (s, &o[1], &o[0], &o[2], 2, &o[4]);
      return true;
    case OP_gc_bif1:
      select_guard_bif (s, &o[2], &o[0], &o[3], 1, &o[4]);
      return true;
    case OP_gc_bif2:
      select_guard_bif (s, &o[2], &o[0], &o[3], 2, &o[5]);
      return true;
    case OP_gc_bif3:
      select_guard_bif (s, &o[2], &o[0], &o[3], 3, &o[6]);
      return true;
    default:
      return false;
    }
}
