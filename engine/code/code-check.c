/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* The walk. A function's instructions are gone through in the file's order; what
 * holds at a label is what holds on all ways to it. Ways back make another round,
 * until nothing changes. Types only grow, so that comes soon. */

#define MAX_ROUNDS  10000
#define NO_FUNCTION G_MAXUINT32

void
check_fail (Checker *c, const char *reason, ...)
{
  va_list          args;
  g_autofree char *text = NULL;

  if (c->error != NULL || !c->alive)
    return;
  va_start (args, reason);
  text = g_strdup_vprintf (reason, args);
  va_end (args);
  g_set_error (&c->error, VM_ERROR, VM_ERROR_FORMAT, "%s: Code chunk, offset %u: %s: %s",
               c->file->path, c->op->offset, opcode_name (c->op->op), text);
}

guint32
check_function_of_label (const Checker *c, guint64 label)
{
  return c->label_functions[label];
}

/* --- functions ------------------------------------------------------------------ */

static void
begin_function (Checker *c, guint32 func_info)
{
  CheckFunction   *function = &c->functions[c->n_functions++];
  const GenericOp *ops = c->file->ops;
  guint32          first = func_info;

  while (first > 0 && (ops[first - 1].op == OP_label || ops[first - 1].op == OP_line))
    first--;
  function->first = first;
  function->entry = func_info + 1;
  function->entry_label = (guint32) ops[func_info + 1].operands[0].value;
  function->arity = (guint) ops[func_info].operands[2].value;
  function->is_pending = true;
  if (c->n_functions > 1)
    function[-1].end = first;
}

static void
find_functions (Checker *c)
{
  const BeamFile *file = c->file;
  guint32         i, f = 0;

  c->functions = g_new0 (CheckFunction, file->n_functions + 1);
  for (i = 0; i < file->n_ops; i++)
    if (file->ops[i].op == OP_func_info)
      begin_function (c, i);
  if (c->n_functions > 0)
    c->functions[c->n_functions - 1].end = file->n_ops - 1; /* int_code_end */
  for (i = 0; i < file->n_ops; i++)
    {
      while (f < c->n_functions && i >= c->functions[f].end)
        f++;
      if (file->ops[i].op != OP_label)
        continue;
      c->label_ops[file->ops[i].operands[0].value] = i;
      c->label_functions[file->ops[i].operands[0].value] = f < c->n_functions ? f : NO_FUNCTION;
    }
}

/* Exports and funs are called with their arity. */
static void
check_entry (Checker *c, const char *what, guint i, guint label, guint arity)
{
  if (c->error == NULL && c->functions[check_function_of_label (c, label)].arity != arity)
    g_set_error (
      &c->error, VM_ERROR, VM_ERROR_FORMAT,
      "%s: Code chunk: %s %u takes %u arguments, but the function at its label %u takes %u",
      c->file->path, what, i, arity, label, c->functions[check_function_of_label (c, label)].arity);
}

static void
check_entries (Checker *c)
{
  for (guint i = 0; i < c->file->n_exports; i++)
    check_entry (c, "export", i, c->file->exports[i].label, c->file->exports[i].arity);
  for (guint i = 0; i < c->file->n_funs; i++)
    check_entry (c, "fun", i, c->file->funs[i].label, c->file->funs[i].arity);
}

/* --- one instruction --------------------------------------------------------------- */

static bool
check_structure (Checker *c)
{
  switch (c->op->op)
    {
    case OP_func_info:
      for (guint i = 0; i < c->functions[c->function].arity; i++)
        check_use_word (c, &(Operand){ .kind = OPERAND_X, .value = i });
      check_raise (c);
      check_end (c);
      return true;
    case OP_line:
    case OP_on_load:
    case OP_nif_start:
    case OP_executable_line:
    case OP_debug_line:
      return true;
    case OP_int_code_end:
      check_fail (c, "the code goes on beyond its end");
      return true;
    default:
      return false;
    }
}

static bool
may_see_exception (guint op)
{
  return op == OP_line || op == OP_catch_end || op == OP_try_case || op == OP_jump;
}

static bool
is_x0 (const Operand *o)
{
  return o->kind == OPERAND_X && o->value == 0;
}

/* Only the tuple that setelement/3 gave just now may be changed: nothing refers
 * to it yet, and all that goes into it is older. */
static bool
keeps_fresh (const Checker *c)
{
  const Operand *o = c->o;

  if (c->op->op == OP_move)
    return !is_x0 (&o[0]) && !is_x0 (&o[1]);
  if (c->op->op == OP_get_tuple_element)
    return !is_x0 (&o[2]);
  return c->op->op == OP_line || c->op->op == OP_set_tuple_element;
}

static bool
check_by_family (Checker *c)
{
  switch (opcode_family (c->op->op))
    {
    case OP_FAMILY_DATA:
    case OP_FAMILY_FLOAT:
    case OP_FAMILY_MAP:
      return check_data (c);
    case OP_FAMILY_TEST:
      return check_test (c);
    case OP_FAMILY_BIF:
      return check_bif (c);
    case OP_FAMILY_BITS:
      return check_bits (c);
    default:
      return check_structure (c) || check_control (c);
    }
}

static void
check_instruction (Checker *c)
{
  if (!keeps_fresh (c))
    c->s.fresh = false;
  if (c->s.n_x > 0 && (c->s.x[0].kinds & KIND_THROWN) != 0 && !may_see_exception (c->op->op))
    check_fail (c,
                "an exception may have arrived here, but this is neither try_case nor catch_end");
  else if (!check_by_family (c))
    check_fail (c, "the instruction is not supported");
}

/* --- rounds --------------------------------------------------------------------------- */

static void
enter_function (Checker *c, const CheckFunction *function)
{
  c->s.n_slots = NO_FRAME;
  c->s.any_frame = false;
  c->s.n_x = function->arity;
  c->s.reserved = 0;
  c->s.building = c->s.receiving = c->s.armed = c->s.changed = c->s.fresh = false;
  for (guint i = 0; i < function->arity; i++)
    c->s.x[i] =
      check_type (KIND_TERM | (i < 64 && (function->contexts >> i & 1) != 0 ? KIND_CONTEXT : 0));
  c->alive = true;
  c->op_index = 0;
  check_join (c, function->entry_label);
  c->alive = false;
}

/* At a label: FALSE when there is nothing to walk from here. */
static bool
pass_label (Checker *c)
{
  guint32     number = (guint32) c->op->operands[0].value;
  LabelState *label;

  check_join (c, number);
  label = c->labels[number];
  if (label == NULL || !label->is_new)
    return false;
  label->is_new = false;
  check_load (c, label);
  c->catch_is_new = true;
  return true;
}

static void
walk (Checker *c, const CheckFunction *function)
{
  c->again = false;
  c->alive = false;
  for (guint32 i = function->first; i < function->end && c->error == NULL; i++)
    {
      c->op_index = i;
      c->op = &c->file->ops[i];
      c->o = c->op->operands;
      if (c->op->op == OP_label)
        c->alive = pass_label (c);
      else if (c->alive)
        check_instruction (c);
    }
  if (c->alive)
    check_fail (c, "the code goes on beyond the function's end");
}

static void
check_function (Checker *c)
{
  CheckFunction *function = &c->functions[c->function];
  guint          rounds = 0;

  function->is_pending = false;
  c->op_index = function->first;
  c->op = &c->file->ops[function->first];
  enter_function (c, function);
  do
    {
      walk (c, function);
      c->alive = true;
      if (rounds++ == MAX_ROUNDS)
        check_fail (c, "the check does not come to an end in this function");
    }
  while (c->again && c->error == NULL);

  for (guint32 i = function->first; i < function->end; i++)
    {
      const GenericOp *op = &c->file->ops[i];

      if (op->op == OP_label)
        c->labels[op->operands[0].value] = NULL;
      else if (function->clears_slots && (op->op == OP_allocate || op->op == OP_allocate_heap))
        c->guards[i].kind = CODE_GUARD_CLEAR;
    }
  g_ptr_array_set_size (c->blocks, 0);
  c->block_left = 0;
}

/* A call with a match context makes its function pending again. */
static void
check_functions (Checker *c)
{
  bool any;

  do
    {
      any = false;
      for (c->function = 0; c->function < c->n_functions && c->error == NULL; c->function++)
        if (c->functions[c->function].is_pending)
          {
            check_function (c);
            any = true;
          }
    }
  while (any && c->error == NULL);
}

static void
check_shapes (Checker *c)
{
  for (c->function = 0; c->function < c->n_functions && c->error == NULL; c->function++)
    {
      const CheckFunction *function = &c->functions[c->function];

      c->goes_back = false;
      c->alive = true;
      for (guint32 i = function->first; i < function->end && c->error == NULL; i++)
        {
          c->op_index = i;
          c->op = &c->file->ops[i];
          c->o = c->op->operands;
          check_shape (c);
        }
      if (c->goes_back && c->error == NULL)
        check_loops (c);
    }
}

bool
code_check (VmMachine *vm, const BeamFile *file, CodeGuard *guards, GError **error)
{
  Checker *c = g_new0 (Checker, 1);
  bool     ok;

  c->vm = vm;
  c->file = file;
  c->guards = guards;
  c->label_ops = g_new0 (guint32, file->n_labels + 1);
  c->label_functions = g_new0 (guint32, file->n_labels + 1);
  c->labels = g_new0 (LabelState *, file->n_labels + 1);
  c->n_in = g_new (guint32, file->n_labels + 1);
  c->blocks = g_ptr_array_new_with_free_func (g_free);
  find_functions (c);
  check_entries (c);
  check_shapes (c);
  check_functions (c);
  ok = c->error == NULL;
  if (!ok)
    g_propagate_error (error, c->error);
  g_ptr_array_unref (c->blocks);
  g_free (c->n_in);
  g_free (c->labels);
  g_free (c->label_functions);
  g_free (c->label_ops);
  g_free (c->functions);
  g_free (c);
  return ok;
}
