/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* Tests, comparisons, branches: what they tell of their operands on either way. */

static const struct
{
  guint16 op;
  guint16 kinds;
  bool    is_exact; /* on the other way it is none of these */
} type_tests[] = {
  { OP_is_nonempty_list, KIND_CONS, true },
  { OP_is_nil, KIND_NIL, true },
  { OP_is_list, KIND_CONS | KIND_NIL, true },
  { OP_is_tuple, KIND_TUPLE | KIND_LONGER, true },
  { OP_is_atom, KIND_ATOM, true },
  { OP_is_integer, KIND_INTEGER, true },
  { OP_is_float, KIND_FLOAT, true },
  { OP_is_number, KIND_INTEGER | KIND_FLOAT, true },
  { OP_is_bitstr, KIND_BITS, true },
  { OP_is_binary, KIND_BITS, false },
  { OP_is_map, KIND_MAP, true },
  { OP_is_function, KIND_FUN, true },
  { OP_is_function2, KIND_FUN, false },
  { OP_is_boolean, KIND_ATOM, false },
  { OP_is_pid, KIND_OTHER, false },
  { OP_is_port, KIND_OTHER, false },
  { OP_is_reference, KIND_OTHER, false },
};

/* Goes on with @o of @kinds, or elsewhere. */
static void
check_kinds (
  Checker *c, const Operand *label, const Operand *o, guint kinds, guint n, bool is_exact)
{
  CheckType type = check_use (c, o);

  if (check_operand_is_constant (o))
    {
      check_branch (c, label);
      if ((type.kinds & kinds) == 0)
        check_end (c);
      return;
    }
  check_branch_with (c, label, o, is_exact ? KIND_TERM & ~kinds : KIND_TERM, 0);
  check_narrow (c, o, kinds, n);
}

static bool
check_type_test (Checker *c)
{
  for (guint i = 0; i < G_N_ELEMENTS (type_tests); i++)
    if (type_tests[i].op == c->op->op)
      {
        if (c->op->op == OP_is_function2)
          check_use (c, &c->o[2]);
        check_kinds (c, &c->o[0], &c->o[1], type_tests[i].kinds, 0, type_tests[i].is_exact);
        return true;
      }
  return false;
}

static void
check_equality (Checker *c, bool equal_goes_on)
{
  const Operand *a = &c->o[1], *b = &c->o[2];
  CheckType      type;

  check_use (c, a);
  check_use (c, b);
  if (check_operand_is_constant (a))
    {
      const Operand *t = a;
      a = b;
      b = t;
    }
  if (!check_operand_is_constant (b) || check_operand_is_constant (a))
    {
      check_branch (c, &c->o[0]);
      return;
    }
  type = check_type_of_constant (b);
  if (equal_goes_on)
    check_kinds (c, &c->o[0], a, type.kinds, type.n, type.kinds == KIND_NIL);
  else
    {
      check_branch_with (c, &c->o[0], a, type.kinds, type.n);
      if (type.kinds == KIND_NIL)
        check_narrow (c, a, KIND_TERM & ~(guint) KIND_NIL, 0);
    }
}

static bool
check_comparison (Checker *c)
{
  switch (c->op->op)
    {
    case OP_is_lt:
    case OP_is_ge:
    case OP_is_eq:
    case OP_is_ne:
      check_use (c, &c->o[1]);
      check_use (c, &c->o[2]);
      check_branch (c, &c->o[0]);
      return true;
    case OP_is_eq_exact:
      check_equality (c, true);
      return true;
    case OP_is_ne_exact:
      check_equality (c, false);
      return true;
    default:
      return false;
    }
}

static void
check_select (Checker *c)
{
  const Operand *list = &c->o[2];

  check_use (c, &c->o[0]);
  for (guint64 i = 0; i < list->value; i += 2)
    {
      CheckType type = check_type_of_constant (&list->list[i]);
      check_branch_with (c, &list->list[i + 1], &c->o[0], type.kinds, type.n);
    }
  check_branch (c, &c->o[1]);
  check_end (c);
}

static void
check_select_arity (Checker *c)
{
  const Operand *list = &c->o[2];

  check_require (c, 0, CODE_GUARD_TUPLE, 0);
  for (guint64 i = 0; i < list->value && c->alive; i += 2)
    check_branch_with (c, &list->list[i + 1], &c->o[0], KIND_TUPLE,
                       (guint) MIN (list->list[i].value, G_MAXUINT16));
  if (c->alive)
    check_branch (c, &c->o[1]);
  check_end (c);
}

static void
check_test_arity (Checker *c)
{
  CheckType type = check_use (c, &c->o[1]);
  bool      is_known = (type.kinds & KIND_LONGER) == 0 && type.n == c->o[2].value;

  if (!is_known)
    check_branch (c, &c->o[0]);
  if (!check_operand_is_constant (&c->o[1]))
    check_narrow (c, &c->o[1], KIND_TUPLE, (guint) MIN (c->o[2].value, G_MAXUINT16));
  else if (!is_known)
    check_end (c);
}

bool
check_test (Checker *c)
{
  if (check_type_test (c) || check_comparison (c))
    return true;
  switch (c->op->op)
    {
    case OP_test_arity:
      check_require (c, 1, CODE_GUARD_TUPLE, 0);
      check_test_arity (c);
      return true;
    case OP_is_tagged_tuple:
      check_kinds (c, &c->o[0], &c->o[1], KIND_TUPLE, (guint) MIN (c->o[2].value, G_MAXUINT16),
                   false);
      return true;
    case OP_select_val:
      check_select (c);
      return true;
    case OP_select_tuple_arity:
      check_select_arity (c);
      return true;
    default:
      return false;
    }
}
