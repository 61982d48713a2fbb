/* SPDX-License-Identifier: Apache-2.0 */

/* The instructions of the function a process is in, as its file has them. The
 * loaded code is ours and says little to a reader, so the file is read once more,
 * when the first process in that module is looked into, and kept with the module. */
#include "config.h"

#include "engine/view/snapshot-private.h"

#include "engine/code/beam-file.h"
#include "engine/code/opcodes.h"
#include "engine/term/term-order.h"

#include <gio/gio.h>
#include <string.h>

#define BOOT_DIR          "/io/github/beamlab/boot/"
#define MAX_INSTRUCTIONS  400 /* of a long function: those around the current one */
#define MAX_OPERAND_CHARS 60
#define MAX_LOOK_AHEAD    200

static void
listing_free (gpointer listing)
{
  beam_file_free (listing);
}

/* NULL: there is no such file any more, or it is not what was loaded. */
static BeamFile *
read_listing (SnapshotBuilder *builder, const Module *module)
{
  g_autofree char *resource = g_strconcat (BOOT_DIR, module->path, ".beam", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (resource, 0, NULL);
  g_autoptr (GMappedFile) map = NULL;
  BeamFile *file;

  if (bytes == NULL)
    {
      map = g_mapped_file_new (module->path, FALSE, NULL);
      if (map == NULL)
        return NULL;
      bytes = g_mapped_file_get_bytes (map);
    }
  file = beam_file_read (builder->vm, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                         module->path, NULL);
  if (file != NULL &&
      (file->n_ops != module->n_ops || memcmp (file->md5, module->md5, sizeof file->md5) != 0))
    g_clear_pointer (&file, beam_file_free);
  return file;
}

const BeamFile *
snapshot_listing (SnapshotBuilder *builder, Module *module)
{
  if (!module->is_listed && module->path != NULL)
    {
      module->is_listed = true;
      module->listing = read_listing (builder, module);
      module->listing_free = listing_free;
    }
  return module->listing;
}

/* The last of the file's instructions that begins at or before @cell: the others
 * there (labels, lines) are nothing to run. */
guint
snapshot_find_op (const Module *module, guint32 cell)
{
  guint lo = 0, hi = module->n_ops;

  while (lo < hi)
    {
      guint mid = lo + (hi - lo) / 2;

      if (module->op_cells[mid] <= cell)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo > 0 ? lo - 1 : 0;
}

/* --- as people read them ---------------------------------------------------------- */

static gboolean
print_function_of (GString *out, const VmMachine *vm, const BeamFile *file, guint64 label)
{
  for (guint i = 0; i < file->n_exports + file->n_locals; i++)
    {
      gboolean is_export = i < file->n_exports;
      guint    k = is_export ? i : i - file->n_exports;

      if ((is_export ? file->exports[k].label : file->locals[k].label) != label)
        continue;
      term_print ((VmMachine *) vm, out,
                  is_export ? file->exports[k].function : file->locals[k].function, 0);
      g_string_append_printf (out, "/%u",
                              is_export ? file->exports[k].arity : file->locals[k].arity);
      return TRUE;
    }
  return FALSE;
}

static void
print_import (GString *out, VmMachine *vm, const BeamFile *file, guint64 index)
{
  if (index >= file->n_imports)
    return;
  term_print (vm, out, file->imports[index].module, 0);
  g_string_append_c (out, ':');
  term_print (vm, out, file->imports[index].function, 0);
  g_string_append_printf (out, "/%u", file->imports[index].arity);
}

static void
print_lambda (GString *out, VmMachine *vm, const BeamFile *file, guint64 index)
{
  if (index >= file->n_funs)
    return;
  term_print (vm, out, file->funs[index].function, 0);
  g_string_append_printf (out, "/%u", file->funs[index].arity);
}

static gboolean
calls_local (guint op)
{
  return op == OP_call || op == OP_call_last || op == OP_call_only;
}

static void
print_operand (
  GString *out, VmMachine *vm, const BeamFile *file, guint op, char letter, const Operand *operand)
{
  switch (operand->kind)
    {
    case OPERAND_X:
      g_string_append_printf (out, "x%" G_GUINT64_FORMAT, operand->value);
      break;
    case OPERAND_Y:
      g_string_append_printf (out, "y%" G_GUINT64_FORMAT, operand->value);
      break;
    case OPERAND_FLOAT_REG:
      g_string_append_printf (out, "fr%" G_GUINT64_FORMAT, operand->value);
      break;
    case OPERAND_LABEL:
      if (operand->value == 0)
        g_string_append_c (out, '-');
      else if (!calls_local (op) || !print_function_of (out, vm, file, operand->value))
        g_string_append_printf (out, "f%" G_GUINT64_FORMAT, operand->value);
      break;
    case OPERAND_LIST:
      g_string_append_c (out, '[');
      for (guint64 i = 0; i < operand->value && out->len < 200; i++)
        {
          if (i > 0)
            g_string_append (out, ", ");
          print_operand (out, vm, file, op, 's', &operand->list[i]);
        }
      g_string_append_c (out, ']');
      break;
    case OPERAND_U:
      if (letter == 'e')
        print_import (out, vm, file, operand->value);
      else
        g_string_append_printf (out, "%" G_GUINT64_FORMAT, operand->value);
      break;
    default:
      term_print (vm, out, operand->term, MAX_OPERAND_CHARS);
    }
}

/* The letter of operand @i; lists are one operand. */
static char
letter_of (const char *letters, guint i)
{
  guint depth = 0;

  for (; *letters != '\0'; letters++)
    {
      if (*letters == '[')
        depth++;
      else if (*letters == ']')
        depth--;
      else if (*letters == ' ' && depth == 0)
        {
          if (i-- == 0)
            return ' ';
          continue;
        }
      if (i == 0)
        return *letters;
    }
  return 'u';
}

static const char *
print_op (SnapshotBuilder *builder, const BeamFile *file, const GenericOp *op)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *letters = opcode_operands (op->op);

  if (op->op == OP_label)
    {
      g_string_printf (out, "f%" G_GUINT64_FORMAT ":", op->operands[0].value);
      return snapshot_text (builder, out->str);
    }
  g_string_append (out, opcode_name (op->op));
  for (guint i = 0; i < op->n_operands; i++)
    {
      g_string_append_c (out, ' ');
      if (op->op == OP_make_fun3 && i == 0)
        print_lambda (out, builder->vm, file, op->operands[i].value);
      else
        print_operand (out, builder->vm, file, op->op, letter_of (letters, i), &op->operands[i]);
    }
  return snapshot_text (builder, out->str);
}

/* --- which registers are alive --------------------------------------------------- */

typedef struct
{
  bool reads[MAX_X_REGS];
  bool written[MAX_X_REGS];
} RegisterUse;

static void
use_first (RegisterUse *use, guint64 n)
{
  for (guint64 i = 0; i < MIN (n, MAX_X_REGS); i++)
    use->reads[i] |= !use->written[i];
}

static void
use_operand (RegisterUse *use, const Operand *operand, char letter)
{
  if (operand->kind == OPERAND_LIST)
    {
      for (guint64 i = 0; i < operand->value; i++)
        use_operand (use, &operand->list[i], letter);
      return;
    }
  if (operand->kind != OPERAND_X || operand->value >= MAX_X_REGS)
    return;
  if (letter == 'd')
    use->written[operand->value] = true;
  else
    use->reads[operand->value] |= !use->written[operand->value];
}

/* How many of the first registers @op needs by its own word, -1: it does not say.
 * Nothing beyond them is alive behind it. */
static gint64
said_live (const GenericOp *op)
{
  const Operand *o = op->operands;

  switch (op->op)
    {
    case OP_call:
    case OP_call_last:
    case OP_call_only:
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only:
      return (gint64) o[0].value;
    case OP_call_fun:
      return (gint64) o[0].value + 1;
    case OP_apply:
    case OP_apply_last:
      return (gint64) o[0].value + 2;
    case OP_allocate:
    case OP_test_heap:
    case OP_allocate_zero:
      return (gint64) o[1].value;
    case OP_allocate_heap:
    case OP_allocate_heap_zero:
      return (gint64) o[2].value;
    case OP_gc_bif1:
    case OP_gc_bif2:
    case OP_gc_bif3:
      return (gint64) o[1].value;
    case OP_send:
      return 2;
    case OP_return:
      return 1;
    case OP_raw_raise:
      return 3;
    default:
      return -1;
    }
}

static gboolean
ends_there (guint op)
{
  return op == OP_badmatch || op == OP_if_end || op == OP_case_end || op == OP_func_info ||
         op == OP_raise || op == OP_try_case || op == OP_try_case_end || op == OP_catch_end ||
         op == OP_badrecord || op == OP_wait || op == OP_wait_timeout || op == OP_loop_rec_end ||
         op == OP_select_val || op == OP_select_tuple_arity || op == OP_jump ||
         op == OP_build_stacktrace || op == OP_int_code_end || op == OP_call_fun2 ||
         op == OP_bs_init_writable;
}

static gboolean
is_destination (const GenericOp *op, guint i)
{
  return letter_of (opcode_operands (op->op), i) == 'd' || (op->op == OP_loop_rec && i == 1);
}

static void
use_op (RegisterUse *use, const GenericOp *op)
{
  for (guint i = 0; i < op->n_operands; i++)
    if (op->operands[i].kind != OPERAND_LIST && !is_destination (op, i))
      use_operand (use, &op->operands[i], 's');
  for (guint i = 0; i < op->n_operands; i++)
    if (op->operands[i].kind == OPERAND_LIST)
      {
        /* Pairs of a source and a destination are those of get_map_elements alone. */
        gboolean is_pairs = op->op == OP_get_map_elements;

        for (guint64 k = 0; k < op->operands[i].value; k++)
          use_operand (use, &op->operands[i].list[k], is_pairs && k % 2 == 1 ? 'd' : 's');
      }
  if (op->op == OP_swap)
    for (guint i = 0; i < 2; i++)
      use_operand (use, &op->operands[i], 's');
  if (op->op == OP_call_fun2)
    use_first (use, op->operands[1].value);
  for (guint i = 0; i < op->n_operands; i++)
    if (is_destination (op, i))
      use_operand (use, &op->operands[i], 'd');
}

guint
snapshot_live_registers (SnapshotBuilder *builder, Module *module, const Cell *pc, bool *live)
{
  const BeamFile         *file = snapshot_listing (builder, module);
  g_autofree RegisterUse *use = g_new0 (RegisterUse, 1);
  guint                   n = 0;

  for (guint i = file != NULL ? snapshot_find_op (module, (guint32) (pc - module->cells)) : 0;
       file != NULL && i < file->n_ops && n < MAX_LOOK_AHEAD; i++, n++)
    {
      const GenericOp *op = &file->ops[i];
      gint64           said = said_live (op);

      if (said >= 0)
        {
          use_first (use, (guint64) said);
          break;
        }
      use_op (use, op);
      if (ends_there (op->op))
        break;
    }
  memcpy (live, use->reads, sizeof use->reads);
  n = MAX_X_REGS;
  while (n > 0 && !live[n - 1])
    n--;
  return n;
}

/* --- the whole function ---------------------------------------------------------- */

static guint
line_at (const Module *module, guint32 cell)
{
  const LineEntry *line = module_find_line (module, module->cells + cell);

  return line != NULL ? line->line : 0;
}

void
snapshot_add_instructions (SnapshotBuilder    *builder,
                           Module             *module,
                           const FunctionInfo *function,
                           const Cell         *pc,
                           VmProcessDetail    *detail)
{
  const BeamFile *file = snapshot_listing (builder, module);
  GArray         *rows;
  guint           current, first;

  if (file == NULL || pc < module->cells || pc >= module->cells + module->n_cells)
    return;
  rows = g_array_new (FALSE, TRUE, sizeof (VmInstruction));
  current = snapshot_find_op (module, (guint32) (pc - module->cells));
  first = function->entry > 0 ? snapshot_find_op (module, function->entry - 1) + 1 : 0;
  if (current > first + MAX_INSTRUCTIONS / 2)
    first = current - MAX_INSTRUCTIONS / 2;
  for (guint i = first; i < file->n_ops && rows->len < MAX_INSTRUCTIONS; i++)
    {
      VmInstruction row = { 0 };
      guint         op = file->ops[i].op;

      if (module->op_cells[i] >= function->end || op == OP_func_info)
        break;
      if (op == OP_line)
        continue;
      row.offset = module->op_cells[i] - function->entry;
      row.text = print_op (builder, file, &file->ops[i]);
      row.line = op == OP_label ? 0 : line_at (module, module->op_cells[i]);
      row.is_current = i == current;
      g_array_append_val (rows, row);
    }
  detail->instructions = snapshot_array (rows, &detail->n_instructions);
}
