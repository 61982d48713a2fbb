/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/select.h"

/* Tests, comparisons, branches and guard BIFs. */

static const struct
{
  guint16 op, x, r;
} type_tests[] = {
  { OP_is_nonempty_list, I_is_nonempty_list_x, I_is_nonempty_list_r },
  { OP_is_nil, I_is_nil_x, I_is_nil_r },
  { OP_is_list, I_is_list_x, I_is_list_r },
  { OP_is_tuple, I_is_tuple_x, I_is_tuple_r },
  { OP_is_atom, I_is_atom_x, I_is_atom_r },
  { OP_is_integer, I_is_integer_x, I_is_integer_r },
  { OP_is_binary, I_is_binary_x, I_is_binary_r },
  { OP_is_float, I_is_float_x, I_is_float_r },
  { OP_is_number, I_is_number_x, I_is_number_r },
  { OP_is_pid, I_is_pid_x, I_is_pid_r },
  { OP_is_reference, I_is_reference_x, I_is_reference_r },
  { OP_is_port, I_is_port_x, I_is_port_r },
  { OP_is_bitstr, I_is_bitstr_x, I_is_bitstr_r },
  { OP_is_map, I_is_map_x, I_is_map_r },
  { OP_is_boolean, I_is_boolean_x, I_is_boolean_r },
  { OP_is_function, I_is_function_x, I_is_function_r },
};

static bool
select_type_test (Selector *s)
{
  const Operand *o = s->op->operands;
  guint          i;

  for (i = 0; i < G_N_ELEMENTS (type_tests); i++)
    if (type_tests[i].op == s->op->op)
      {
        guint16 r = select_register (s, &o[1]);
        select_op_label (s, r < SELECT_Y_BASE ? type_tests[i].x : type_tests[i].r, r, &o[0]);
        return true;
      }
  return false;
}

/* --- comparisons ------------------------------------------------------------------ */

static void
select_compare_rr (Selector *s, guint op, const Operand *a, const Operand *b)
{
  guint16 ra = select_register (s, a), rb = select_register (s, b);
  guint32 at = select_op (s, op, ra, rb, 0);

  select_label_cell (s, at, &s->op->operands[0], 0);
}

static void
select_compare_constant (Selector *s, guint op, const Operand *r, const Operand *c)
{
  guint16 a = select_register (s, r);

  select_op_label (s, op, a, &s->op->operands[0]);
  select_cell (s, operand_constant (c));
}

/* Exact comparison with an immediate is a comparison of words. */
static void
select_exact (Selector *s, guint xi, guint ri, guint rr)
{
  const Operand *a = &s->op->operands[1], *b = &s->op->operands[2];

  if (operand_is_constant (a) && !operand_is_constant (b))
    {
      const Operand *t = a;
      a = b;
      b = t;
    }
  if (operand_is_constant (b) && term_is_immediate (operand_constant (b)) &&
      !operand_is_constant (a))
    select_compare_constant (s, operand_is_x (a) ? xi : ri, a, b);
  else
    select_compare_rr (s, rr, a, b);
}

typedef struct
{
  guint16 xx, xc, rr, rc, cr;
} OrderForms;

static void
select_order (Selector *s, OrderForms form)
{
  const Operand *a = &s->op->operands[1], *b = &s->op->operands[2];

  if (operand_is_constant (b) && !operand_is_constant (a))
    select_compare_constant (s, operand_is_x (a) ? form.xc : form.rc, a, b);
  else if (operand_is_constant (a) && !operand_is_constant (b))
    select_compare_constant (s, form.cr, b, a);
  else
    select_compare_rr (s, operand_is_x (a) && operand_is_x (b) ? form.xx : form.rr, a, b);
}

static bool
select_comparison (Selector *s)
{
  const Operand *o = s->op->operands;

  switch (s->op->op)
    {
    case OP_is_lt:
      select_order (s, (OrderForms){ I_is_lt_xx, I_is_lt_xc, I_is_lt_rr, I_is_lt_rc, I_is_lt_cr });
      return true;
    case OP_is_ge:
      select_order (s, (OrderForms){ I_is_ge_xx, I_is_ge_xc, I_is_ge_rr, I_is_ge_rc, I_is_ge_cr });
      return true;
    case OP_is_eq:
      select_compare_rr (s, I_is_eq_rr, &o[1], &o[2]);
      return true;
    case OP_is_ne:
      select_compare_rr (s, I_is_ne_rr, &o[1], &o[2]);
      return true;
    case OP_is_eq_exact:
      select_exact (s, I_is_eq_exact_xi, I_is_eq_exact_ri, I_is_eq_exact_rr);
      return true;
    case OP_is_ne_exact:
      select_exact (s, I_is_ne_exact_xi, I_is_ne_exact_ri, I_is_ne_exact_rr);
      return true;
    default:
      return false;
    }
}

/* --- branches ------------------------------------------------------------------------ */

typedef struct
{
  Term    value;
  guint32 label;
} Branch;

static int
compare_branches (gconstpointer a, gconstpointer b)
{
  const Branch *x = a, *y = b;
  return x->value < y->value ? -1 : x->value > y->value;
}

/* Offsets, two a cell, as an array of gint32 from the next cell on. */
static void
select_offsets (Selector *s, guint32 from, const guint32 *labels, guint n)
{
  guint i;

  for (i = 0; i < n; i += 2)
    {
      guint32 at = select_position (s);
      Fixup   low = { FIXUP_LOW, at, from, labels[i] };

      select_cell (s, 0);
      if (labels[i] != 0)
        g_array_append_val (s->fixups, low);
      if (i + 1 < n)
        {
          Fixup high = { FIXUP_HIGH, at, from, labels[i + 1] };
          g_array_append_val (s->fixups, high);
        }
    }
}

/* Small integers that are close together: a table by value. */
static bool
select_dense (Selector *s, guint16 r, const Branch *branches, guint n)
{
  const Operand      *fail = &s->op->operands[1];
  gint64              low, high, i;
  guint32             at;
  g_autofree guint32 *labels = NULL;

  for (i = 0; i < n; i++)
    if (!term_is_small (branches[i].value))
      return false;
  low = high = small_value (branches[0].value);
  for (i = 1; i < n; i++)
    {
      low = MIN (low, small_value (branches[i].value));
      high = MAX (high, small_value (branches[i].value));
    }
  if (n < 4 || low < G_MININT32 || high > G_MAXINT32 || high - low >= 2 * (gint64) n)
    return false;
  labels = g_new (guint32, high - low + 1);
  for (i = 0; i <= high - low; i++)
    labels[i] = (guint32) fail->value;
  for (i = 0; i < n; i++)
    labels[small_value (branches[i].value) - low] = branches[i].label;
  at = select_op_label (s, I_jump_on_val, r, fail);
  select_cell (s, (Cell) (guint32) (high - low + 1) | (Cell) (guint32) (gint32) low << 32);
  select_offsets (s, at, labels, (guint) (high - low + 1));
  return true;
}

static void
select_branches (Selector *s, guint op, guint16 r, const Branch *branches, guint n)
{
  guint32             at = select_op_label (s, op, r, &s->op->operands[1]);
  g_autofree guint32 *labels = g_new (guint32, n + 1);
  guint               i;

  select_cell (s, n);
  for (i = 0; i < n; i++)
    {
      select_cell (s, branches[i].value);
      labels[i] = branches[i].label;
    }
  select_offsets (s, at, labels, n);
}

/* Up to four: always laid out as four, the last one repeated. */
static void
select_few (Selector *s, guint op, guint16 r, const Branch *branches, guint n)
{
  guint32 at = select_op_label (s, op, r, &s->op->operands[1]);
  guint32 labels[4];
  guint   i;

  for (i = 0; i < 4; i++)
    {
      select_cell (s, branches[MIN (i, n - 1)].value);
      labels[i] = branches[MIN (i, n - 1)].label;
    }
  select_offsets (s, at, labels, 4);
}

static void
select_select (Selector *s, bool arity)
{
  const Operand     *list = &s->op->operands[2];
  guint              n = (guint) list->value / 2, i, n_boxed = 0;
  g_autofree Branch *branches = g_new (Branch, n + 1);
  guint16            r = select_register (s, &s->op->operands[0]);

  for (i = 0; i < n; i++)
    {
      const Operand *value = &list->list[2 * i];

      branches[i].value = arity ? TUPLE_HEADER (value->value) : operand_constant (value);
      branches[i].label = (guint32) list->list[2 * i + 1].value;
      n_boxed += !arity && !term_is_immediate (branches[i].value);
    }
  if (n_boxed > 0)
    {
      select_branches (s, I_select_val_literal, r, branches, n);
      return;
    }
  if (n > 0 && n <= 4)
    {
      select_few (s, arity ? I_select_arity_few : I_select_few, r, branches, n);
      return;
    }
  if (n > 0 && !arity && select_dense (s, r, branches, n))
    return;
  qsort (branches, n, sizeof (Branch), compare_branches);
  select_branches (s, arity ? I_select_tuple_arity : I_select_val, r, branches, n);
}

static void
select_tagged_tuple (Selector *s)
{
  const Operand *o = s->op->operands; /* fail source arity atom */
  guint16        r = select_register (s, &o[1]);

  select_op_label (s, r < SELECT_Y_BASE ? I_is_tagged_tuple_x : I_is_tagged_tuple_r, r, &o[0]);
  select_cell (s, TUPLE_HEADER (o[2].value));
  select_cell (s, operand_constant (&o[3]));
}

static void
select_test_arity (Selector *s)
{
  const Operand *o = s->op->operands;
  guint16        r = select_register (s, &o[1]);

  select_op_label (s, r < SELECT_Y_BASE ? I_test_arity_x : I_test_arity_r, r, &o[0]);
  select_cell (s, TUPLE_HEADER (o[2].value));
}

bool
select_test (Selector *s)
{
  if (select_type_test (s) || select_comparison (s))
    return true;
  switch (s->op->op)
    {
    case OP_test_arity:
      select_test_arity (s);
      return true;
    case OP_is_tagged_tuple:
      select_tagged_tuple (s);
      return true;
    case OP_is_function2:
      {
        guint16 r = select_register (s, &s->op->operands[1]);
        select_op_label (s, I_is_function2, r, &s->op->operands[0]);
        select_cell (s, select_source (&s->op->operands[2]));
        return true;
      }
    case OP_select_val:
      select_select (s, false);
      return true;
    case OP_select_tuple_arity:
      select_select (s, true);
      return true;
    default:
      return false;
    }
}
