/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* Guard BIFs: what they give, and what their success tells of their argument. */

enum
{
  BUILDS = 1 << 0, /* takes words from the heap */
};

static const struct
{
  const char *name;
  guint8      arity;
  guint8      argument; /* whose kind success tells */
  guint16     kinds;
  guint16     result;
  guint8      flags;
} known[] = {
  { "hd", 1, 0, KIND_CONS, KIND_TERM, 0 },
  { "tl", 1, 0, KIND_CONS, KIND_TERM, 0 },
  { "tuple_size", 1, 0, KIND_TUPLE | KIND_LONGER, KIND_INTEGER, 0 },
  { "map_size", 1, 0, KIND_MAP, KIND_INTEGER, 0 },
  { "length", 1, 0, KIND_CONS | KIND_NIL, KIND_INTEGER, 0 },
  { "byte_size", 1, 0, KIND_BITS, KIND_INTEGER, BUILDS },
  { "bit_size", 1, 0, KIND_BITS, KIND_INTEGER, BUILDS },
  { "element", 2, 1, KIND_TUPLE | KIND_LONGER, KIND_TERM, 0 },
  { "map_get", 2, 1, KIND_MAP, KIND_TERM, 0 },
  { "is_map_key", 2, 1, KIND_MAP, KIND_ATOM, 0 },
  { "get", 1, 0, 0, KIND_TERM, 0 },
  { "self", 0, 0, 0, KIND_OTHER, 0 },
  { "node", 0, 0, 0, KIND_ATOM, 0 },
  { "node", 1, 0, KIND_OTHER, KIND_ATOM, 0 },
  { "not", 1, 0, KIND_ATOM, KIND_ATOM, 0 },
  { "and", 2, 0, KIND_ATOM, KIND_ATOM, 0 },
  { "or", 2, 0, KIND_ATOM, KIND_ATOM, 0 },
  { "xor", 2, 0, KIND_ATOM, KIND_ATOM, 0 },
  { "/", 2, 0, KIND_INTEGER | KIND_FLOAT, KIND_FLOAT, BUILDS },
  { "float", 1, 0, KIND_INTEGER | KIND_FLOAT, KIND_FLOAT, BUILDS },
  { "abs", 1, 0, KIND_INTEGER | KIND_FLOAT, KIND_INTEGER | KIND_FLOAT, BUILDS },
  { "binary_part", 2, 0, KIND_BITS, KIND_BITS, BUILDS },
  { "binary_part", 3, 0, KIND_BITS, KIND_BITS, BUILDS },
};

/* Their results lie outside the heap's block. */
static bool
is_operator (const char *name)
{
  static const char *const operators[] = { "+", "-", "*", "div", "rem", "band",
                                           "bor", "bxor", "bsl", "bsr", NULL };

  return g_strv_contains (operators, name);
}

/* is_… and comparisons: they build nothing and give a boolean. */
static bool
is_predicate (const char *name)
{
  static const char *const comparisons[] = { "<", ">", "=<", ">=", "==", "/=", "=:=", "=/=", NULL };

  return g_str_has_prefix (name, "is_") || g_strv_contains (comparisons, name);
}

static bool
is_known (guint i, const char *name, guint arity)
{
  return known[i].arity == arity && g_str_equal (known[i].name, name);
}

static void
check_succeeded (Checker *c, guint first, guint i)
{
  const Operand *o = &c->o[first + known[i].argument];
  guint          n = 0;

  if (known[i].kinds == 0)
    return;
  if (g_str_equal (known[i].name, "element") && c->o[first].kind == OPERAND_INTEGER &&
      term_is_small (c->o[first].term) && small_value (c->o[first].term) > 0)
    n = (guint) MIN (small_value (c->o[first].term), G_MAXUINT16);
  check_narrow (c, o, known[i].kinds, n);
}

/* Arguments are the @n operands from @first on; the destination follows them. */
static void
check_guard_bif (Checker *c, const Operand *import, const Operand *fail, guint first, guint n)
{
  const char *name = atom_name (c->vm->atoms, c->file->imports[import->value].function, NULL);
  guint       kinds = KIND_TERM, fragile = 0, i;
  bool        builds = true;

  for (i = 0; i < n; i++)
    fragile |= check_use (c, &c->o[first + i]).kinds & KIND_FRAGILE;
  if (n > 0) /* self/0 and node/0 do not fail */
    check_branch (c, fail);
  for (i = 0; i < G_N_ELEMENTS (known); i++)
    if (is_known (i, name, n))
      break;
  if (i < G_N_ELEMENTS (known))
    {
      check_succeeded (c, first, i);
      kinds = known[i].result;
      builds = (known[i].flags & BUILDS) != 0;
    }
  else if (is_predicate (name))
    {
      kinds = KIND_ATOM;
      builds = false;
    }
  else if (n == 2 && is_operator (name))
    {
      kinds = KIND_INTEGER | KIND_FLOAT;
      builds = false;
    }
  if (builds)
    c->s.reserved = 0;
  check_define (c, &c->o[first + n], check_type (kinds | fragile));
}

bool
check_bif (Checker *c)
{
  static const Operand none = { .kind = OPERAND_LABEL };

  switch (c->op->op)
    {
    case OP_bif0:
      check_guard_bif (c, &c->o[0], &none, 1, 0);
      return true;
    case OP_bif1:
      check_guard_bif (c, &c->o[1], &c->o[0], 2, 1);
      return true;
    case OP_bif2:
      check_guard_bif (c, &c->o[1], &c->o[0], 2, 2);
      return true;
    case OP_gc_bif1:
      check_guard_bif (c, &c->o[2], &c->o[0], 3, 1);
      return true;
    case OP_gc_bif2:
      check_guard_bif (c, &c->o[2], &c->o[0], 3, 2);
      return true;
    case OP_gc_bif3:
      check_guard_bif (c, &c->o[2], &c->o[0], 3, 3);
      return true;
    default:
      return false;
    }
}

bool
check_is_exit (const Checker *c, guint64 import_)
{
  static const char *const names[] = { "error", "exit", "throw", "nif_error", "halt", NULL };
  const char              *name;

  if (c->file->imports[import_].module != A (erlang))
    return false;
  name = atom_name (c->vm->atoms, c->file->imports[import_].function, NULL);
  if (g_str_equal (name, "exit"))
    return c->file->imports[import_].arity == 1;
  return g_strv_contains (names, name);
}

bool
check_is_setelement (const Checker *c, guint64 import_)
{
  return c->file->imports[import_].module == A (erlang) && c->file->imports[import_].arity == 3 &&
         g_str_equal (atom_name (c->vm->atoms, c->file->imports[import_].function, NULL),
                      "setelement");
}
