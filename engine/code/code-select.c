/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/select.h"

#define NO_CELL G_MAXUINT32

/* --- emitting -------------------------------------------------------------- */

guint32
select_op (Selector *s, guint op, guint a, guint b, guint c)
{
  guint32 at = select_position (s);

  select_cell (s, CELL4 (op, a, b, c));
  return at;
}

static void
add_fixup (Selector *s, FixupKind kind, guint32 cell, guint32 from, guint32 label)
{
  Fixup fixup = { kind, cell, from, label };

  g_array_append_val (s->fixups, fixup);
}

guint32
select_op_label (Selector *s, guint op, guint a, const Operand *label)
{
  guint32 at = select_op (s, op, a, 0, 0);

  if (label->value != 0)
    add_fixup (s, FIXUP_HIGH, at, at, (guint32) label->value);
  return at;
}

void
select_label_cell (Selector *s, guint32 from, const Operand *label, guint32 high)
{
  guint32 at = select_position (s);

  select_cell (s, (Cell) high << 32);
  if (label->value != 0)
    add_fixup (s, FIXUP_LOW, at, from, (guint32) label->value);
}

bool
operand_is_constant (const Operand *o)
{
  return o->kind == OPERAND_INTEGER || o->kind == OPERAND_ATOM || o->kind == OPERAND_LITERAL ||
         o->kind == OPERAND_U;
}

Term
operand_constant (const Operand *o)
{
  return o->kind == OPERAND_U ? make_small ((gint64) o->value) : o->term;
}

bool
operand_is_x (const Operand *o)
{
  return o->kind == OPERAND_X;
}

bool
operand_is_y (const Operand *o)
{
  return o->kind == OPERAND_Y;
}

static guint16
to_scratch (Selector *s, const Operand *o)
{
  guint16 scratch = (guint16) (SCRATCH_REG + s->n_scratch++);

  g_assert (s->n_scratch <= 4);
  if (o->kind == OPERAND_Y)
    select_op (s, I_part_yx, (guint) o->value, scratch, 0);
  else
    {
      select_op (s, I_part_cx, 0, scratch, 0);
      select_cell (s, operand_constant (o));
    }
  return scratch;
}

guint16
select_register (Selector *s, const Operand *o)
{
  if (o->kind == OPERAND_X)
    return (guint16) o->value;
  if (o->kind == OPERAND_Y)
    return (guint16) (SELECT_Y_BASE + o->value);
  return to_scratch (s, o);
}

guint16
select_x_register (Selector *s, const Operand *o)
{
  return o->kind == OPERAND_X ? (guint16) o->value : to_scratch (s, o);
}

Cell
select_source (const Operand *o)
{
  if (o->kind == OPERAND_X)
    return o->value << 6;
  if (o->kind == OPERAND_Y)
    return (SELECT_Y_BASE + o->value) << 6;
  return operand_constant (o);
}

Export *
select_import (Selector *s, const Operand *o)
{
  return code_table_get_export ((CodeTable *) s->vm->code, s->file->imports[o->value].module,
                                s->file->imports[o->value].function,
                                s->file->imports[o->value].arity);
}

/* --- structure: labels, functions, lines ------------------------------------- */

static void
begin_function (Selector *s)
{
  FunctionInfo function = { s->op->operands[1].term, (guint) s->op->operands[2].value,
                            select_position (s) + FUNC_INFO_CELLS, 0 };

  if (s->functions->len > 0)
    g_array_index (s->functions, FunctionInfo, s->functions->len - 1).end = select_position (s);
  g_array_append_val (s->functions, function);
  select_op (s, I_func_info, 0, 0, 0);
  select_cell (s, s->op->operands[0].term);
  select_cell (s, function.name);
  select_cell (s, function.arity);
}

/* The body in the file of a function that is a BIF is only there for the
 * compiler: whoever calls it, also within its module, gets the BIF. */
static void
begin_body (Selector *s)
{
  FunctionInfo *function;
  Export *export;

  if (s->functions->len == 0)
    return;
  function = &g_array_index (s->functions, FunctionInfo, s->functions->len - 1);
  if (function->entry != select_position (s))
    return;
  if (!code_table_has_bif ((CodeTable *) s->vm->code, s->file->module, function->name,
                           function->arity))
    return;
  /* A function that is not exported (what OTP has as a NIF) gets its entry here. */
  export = code_table_get_export ((CodeTable *) s->vm->code, s->file->module, function->name,
                                  function->arity);
  select_cell (s, export->stub[1]);
  select_cell (s, export->stub[2]);
  select_cell (s, export->stub[3]);
}

const char *const code_preloaded[] = {
  "erl_init",
  "init",
  "erlang",
  "erts_internal",
  "erl_prim_loader",
  "prim_file",
  "prim_zip",
  "prim_eval",
  "prim_inet",
  "prim_buffer",
  "prim_net",
  "prim_socket",
  "socket_registry",
  "zlib",
  "erl_tracer",
  "atomics",
  "counters",
  "persistent_term",
  "erts_code_purger",
  "erts_literal_area_collector",
  "erts_dirty_process_signal_handler",
  NULL,
};

bool
code_is_preloaded (const char *module)
{
  return g_strv_contains (code_preloaded, module);
}

static void
add_line (Selector *s)
{
  guint64   index = s->op->operands[0].value;
  LineEntry entry = { select_position (s), 0, 0 };

  if (!s->no_lines && index > 0 && index < s->file->n_lines)
    {
      entry.file = s->file->lines[index].file;
      entry.line = s->file->lines[index].line;
    }
  g_array_append_val (s->lines, entry);
}

static bool
select_structure (Selector *s)
{
  switch (s->op->op)
    {
    case OP_label:
      s->labels[s->op->operands[0].value] = select_position (s);
      begin_body (s);
      return true;
    case OP_func_info:
      begin_function (s);
      return true;
    case OP_line:
      add_line (s);
      return true;
    case OP_int_code_end:
      if (s->functions->len > 0)
        g_array_index (s->functions, FunctionInfo, s->functions->len - 1).end = select_position (s);
      select_op (s, I_int_code_end, 0, 0, 0);
      return true;
    case OP_on_load:
    case OP_nif_start:
    case OP_executable_line:
    case OP_debug_line:
      select_op (s, I_nop, 0, 0, 0);
      return true;
    default:
      return false;
    }
}

/* What the check could not prove is looked at before the instruction. */
static void
select_guard (Selector *s)
{
  static const guint16 parts[N_CODE_GUARDS] = {
    [CODE_GUARD_CONS] = I_part_is_cons,
    [CODE_GUARD_TUPLE] = I_part_is_tuple,
    [CODE_GUARD_TUPLE_EXACT] = I_part_has_arity,
    [CODE_GUARD_CONTEXT] = I_part_is_context,
    /* bodies look at maps and floats themselves */
  };
  const CodeGuard *guard = &s->guards[s->op_index];

  if (guard->kind == CODE_GUARD_ADOPT)
    select_op (s, I_part_adopt, 0, 0, 0);
  else if (parts[guard->kind] != 0)
    select_op (s, parts[guard->kind], select_register (s, &s->op->operands[guard->operand]),
               guard->n, 0);
}

static bool
select_one (Selector *s)
{
  s->n_scratch = 0;
  select_guard (s);
  if (select_structure (s) || select_control (s) || select_data (s) || select_test (s) ||
      select_bif (s) || select_bits (s))
    return s->error == NULL;
  g_set_error (&s->error, VM_ERROR, VM_ERROR_FORMAT,
               "%s: Code chunk, offset %u: instruction %s is not supported", s->file->path,
               s->op->offset, opcode_name (s->op->op));
  return false;
}

/* --- the module --------------------------------------------------------------- */

static void
apply_fixups (Selector *s, Module *module)
{
  CodeTable *table = (CodeTable *) s->vm->code;
  guint      i;

  for (i = 0; i < s->fixups->len; i++)
    {
      Fixup  *f = &g_array_index (s->fixups, Fixup, i);
      guint32 target = s->labels[f->label];
      Cell    offset = (guint32) (target - f->from);

      if (f->kind == FIXUP_HIGH)
        module->cells[f->cell] = (module->cells[f->cell] & 0xffffffff) | offset << 32;
      else if (f->kind == FIXUP_LOW)
        module->cells[f->cell] = (module->cells[f->cell] & ~(Cell) 0xffffffff) | offset;
      else
        module->cells[f->cell] = make_catch (code_table_add_catch (table, module->cells + target));
    }
}

static void
fill_exports (Selector *s, Module *module)
{
  guint i;

  module->n_exports = s->file->n_exports;
  module->exports = g_new0 (Export *, module->n_exports);
  module->export_addresses = g_new0 (const Cell *, module->n_exports);
  for (i = 0; i < module->n_exports; i++)
    {
      module->exports[i] =
        code_table_get_export ((CodeTable *) s->vm->code, s->file->module,
                               s->file->exports[i].function, s->file->exports[i].arity);
      module->export_addresses[i] = module->cells + s->labels[s->file->exports[i].label];
    }
}

static void
fill_funs (Selector *s, Module *module)
{
  guint i;

  for (i = 0; i < module->n_funs; i++)
    module->funs[i].address = module->cells + s->labels[s->file->funs[i].label];
}

static void
prepare_funs (Selector *s, Module *module)
{
  const BeamFile *file = s->file;
  guint           i;

  module->n_funs = file->n_funs;
  module->funs = g_new0 (FunEntry, file->n_funs);
  for (i = 0; i < file->n_funs; i++)
    {
      FunEntry *fun = &module->funs[i];

      fun->module = module;
      fun->function = file->funs[i].function;
      fun->arity = file->funs[i].arity - file->funs[i].n_free;
      fun->n_free = file->funs[i].n_free;
      fun->index = file->funs[i].index;
      fun->old_uniq = file->funs[i].old_uniq;
      memcpy (fun->uniq, file->md5, sizeof fun->uniq);
    }
}

/* Stack traces refer to them, so they cost a process no words. */
static Term *
file_terms_new (Selector *s, const BeamFile *file)
{
  Term *terms = g_new0 (Term, file->n_files + 1);

  for (guint i = 0; i < file->n_files; i++)
    {
      gsize n = strlen (file->files[i]);
      Term *hp = literals_alloc (s->vm, 2 * n);

      terms[i] = NIL;
      for (; hp != NULL && n > 0; n--, hp += 2)
        {
          hp[0] = make_small ((guint8) file->files[i][n - 1]);
          hp[1] = terms[i];
          terms[i] = make_list (hp);
        }
    }
  return terms;
}

static Module *
new_module (Selector *s)
{
  const BeamFile *file = s->file;
  Module         *module = g_new0 (Module, 1);
  guint           i;

  module->name = file->module;
  module->path = g_strdup (file->path);
  module->attributes = file->attributes;
  module->compile_info = file->compile_info;
  memcpy (module->md5, file->md5, sizeof module->md5);
  module->strings_len = file->strings_len;
  module->strings = g_memdup2 (file->strings, file->strings_len);
  module->n_literals = file->n_literals;
  module->literals = g_memdup2 (file->literals, file->n_literals * sizeof (Term));
  module->n_files = file->n_files;
  module->files = g_new0 (char *, file->n_files + 1);
  for (i = 0; i < file->n_files; i++)
    module->files[i] = g_strdup (file->files[i]);
  module->file_terms = file_terms_new (s, file);
  module->n_ops = file->n_ops;
  module->op_cells = g_new0 (guint32, file->n_ops);
  prepare_funs (s, module);
  return module;
}

void
module_free (Module *module)
{
  if (module->listing != NULL)
    module->listing_free (module->listing);
  g_free (module->cells);
  g_free (module->functions);
  g_free (module->funs);
  g_free (module->exports);
  g_free (module->export_addresses);
  g_free (module->lines);
  g_strfreev (module->files);
  g_free (module->file_terms);
  g_free (module->literals);
  g_free (module->strings);
  g_free (module->path);
  g_free (module->op_cells);
  g_free (module);
}

static void
fuse (Module *module)
{
  g_autofree guint32 *starts = g_new (guint32, module->n_ops + 1);
  guint               i, n = 0;

  for (i = 0; i < module->n_ops; i++)
    if (n == 0 || starts[n - 1] != module->op_cells[i])
      starts[n++] = module->op_cells[i];
  select_fuse (module->cells, starts, n);
}

static void
find_on_load (Selector *s, Module *module)
{
  guint i;

  for (i = 0; i < s->file->n_ops; i++)
    if (s->file->ops[i].op == OP_on_load)
      module->on_load = module->cells + module->op_cells[i];
}

static void
finish_module (Selector *s)
{
  Module *module = s->module;

  module->n_cells = s->cells->len;
  module->cells = (Cell *) g_array_free (g_steal_pointer (&s->cells), FALSE);
  module->n_functions = s->functions->len;
  module->functions = (FunctionInfo *) g_array_free (g_steal_pointer (&s->functions), FALSE);
  module->n_lines = s->lines->len;
  module->lines = (LineEntry *) g_array_free (g_steal_pointer (&s->lines), FALSE);
  apply_fixups (s, module);
  fill_exports (s, module);
  fill_funs (s, module);
  fuse (module);
  find_on_load (s, module);
}

Module *
code_select (VmMachine *vm, BeamFile *file, GError **error)
{
  g_autofree CodeGuard *guards = g_new0 (CodeGuard, file->n_ops);
  Selector              s = { .vm = vm, .file = file, .guards = guards };
  guint                 i;

  if (!code_check (vm, file, guards, error))
    return NULL;
  s.cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  s.fixups = g_array_new (FALSE, FALSE, sizeof (Fixup));
  s.functions = g_array_new (FALSE, FALSE, sizeof (FunctionInfo));
  s.lines = g_array_new (FALSE, FALSE, sizeof (LineEntry));
  s.labels = g_new (guint32, file->n_labels + 1);
  memset (s.labels, 0xff, (file->n_labels + 1) * sizeof (guint32));
  s.module = new_module (&s);
  s.no_lines = code_is_preloaded (atom_name (vm->atoms, file->module, NULL));
  for (i = 0; i < file->n_ops; i++)
    {
      s.op = &file->ops[i];
      s.op_index = i;
      s.module->op_cells[i] = select_position (&s);
      if (!select_one (&s))
        break;
    }
  if (s.error == NULL)
    finish_module (&s);
  else
    {
      g_propagate_error (error, s.error);
      g_clear_pointer (&s.module, module_free);
    }
  g_clear_pointer (&s.cells, g_array_unref);
  g_clear_pointer (&s.functions, g_array_unref);
  g_clear_pointer (&s.lines, g_array_unref);
  g_array_unref (s.fixups);
  g_free (s.labels);
  return s.module;
}
