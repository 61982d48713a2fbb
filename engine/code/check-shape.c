/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* What can be said of an instruction without knowing the way to it: operands in
 * range, lists of the right shape, labels of the same function. This is looked at
 * for all instructions, also those that nothing ever reaches. */

#define MAX_LIST       65000 /* counts are 16 bits wide in cells */
#define MAX_ELEMENT    65000
#define MAX_WORDS      0x4000000
#define MAX_UNIT       256
#define MAX_VALUE_BITS 64

/* --- labels ----------------------------------------------------------------------- */

static bool
is_call (guint op)
{
  return op == OP_call || op == OP_call_last || op == OP_call_only;
}

static void
shape_label (Checker *c, const Operand *o)
{
  if (o->kind == OPERAND_LABEL && o->value != 0 && c->label_ops[o->value] <= c->op_index &&
      c->label_ops[o->value] >= c->functions[c->function].entry)
    c->goes_back = true;
  if (o->kind == OPERAND_LABEL && o->value != 0 &&
      check_function_of_label (c, o->value) != c->function)
    check_fail (c, "label %" G_GUINT64_FORMAT " is in another function", o->value);
}

/* May the label be missing? Then the instruction raises, or never needs it. */
static bool
label_may_be_missing (guint op)
{
  switch (op)
    {
    case OP_bif1:
    case OP_bif2:
    case OP_gc_bif1:
    case OP_gc_bif2:
    case OP_gc_bif3:
    case OP_put_map_assoc:
    case OP_put_map_exact:
    case OP_fadd:
    case OP_fsub:
    case OP_fmul:
    case OP_fdiv:
    case OP_fnegate:
    case OP_bs_add:
    case OP_bs_init2:
    case OP_bs_init_bits:
    case OP_bs_append:
    case OP_bs_private_append:
    case OP_bs_create_bin:
    case OP_bs_put_integer:
    case OP_bs_put_binary:
    case OP_bs_put_float:
    case OP_bs_put_utf8:
    case OP_bs_put_utf16:
    case OP_bs_put_utf32:
    case OP_bs_utf8_size:
    case OP_bs_utf16_size:
    case OP_bs_match:
    case OP_recv_mark:
    case OP_recv_set:
      return true;
    default:
      return false;
    }
}

static void
shape_call (Checker *c)
{
  guint32 function = check_function_of_label (c, c->o[1].value);

  if (function >= c->n_functions || c->functions[function].entry_label != c->o[1].value)
    check_fail (c, "label %" G_GUINT64_FORMAT " is no function's entry", c->o[1].value);
  else if (c->functions[function].arity != c->o[0].value)
    check_fail (c, "%" G_GUINT64_FORMAT " arguments for a function that takes %u", c->o[0].value,
                c->functions[function].arity);
}

static void
shape_labels (Checker *c)
{
  if (is_call (c->op->op))
    {
      shape_call (c);
      return;
    }
  if (c->op->op == OP_recv_mark || c->op->op == OP_recv_set)
    return;
  for (guint i = 0; i < c->op->n_operands; i++)
    {
      shape_label (c, &c->o[i]);
      if (c->o[i].kind == OPERAND_LABEL && c->o[i].value == 0 && !label_may_be_missing (c->op->op))
        check_fail (c, "a label is missing");
      for (guint64 k = 0; c->o[i].kind == OPERAND_LIST && k < c->o[i].value; k++)
        {
          shape_label (c, &c->o[i].list[k]);
          if (c->o[i].list[k].kind == OPERAND_LABEL && c->o[i].list[k].value == 0)
            check_fail (c, "a label is missing in the list");
        }
    }
}

/* --- operands ------------------------------------------------------------------------ */

/* Float registers stand in few places, which say so themselves. */
static void
shape_kinds (Checker *c)
{
  const char *letters = opcode_operands (c->op->op);

  for (guint i = 0; i < c->op->n_operands; i++)
    {
      if (c->o[i].kind == OPERAND_LIST)
        {
          if (c->o[i].value > MAX_LIST)
            check_fail (c, "a list of more than %d operands", MAX_LIST);
          for (guint64 k = 0; k < c->o[i].value; k++)
            if (c->o[i].list[k].kind == OPERAND_FLOAT_REG)
              check_fail (c, "a float register stands in the list");
        }
      if (c->o[i].kind == OPERAND_FLOAT_REG && strchr (letters, 'l') == NULL &&
          c->op->op != OP_fmove)
        check_fail (c, "a float register stands where a term is wanted");
    }
}

static void
shape_limit (Checker *c, const Operand *o, guint64 limit, const char *what)
{
  if (o->value > limit)
    check_fail (c, "%s is %" G_GUINT64_FORMAT "; up to %" G_GUINT64_FORMAT " is accepted", what,
                o->value, limit);
}

static void
shape_string (Checker *c, guint64 offset, guint64 bytes)
{
  if (offset > c->file->strings_len || bytes > c->file->strings_len - offset)
    check_fail (c,
                "a string of %" G_GUINT64_FORMAT " bytes at %" G_GUINT64_FORMAT
                "; the file's strings have %" G_GSIZE_FORMAT " bytes",
                bytes, offset, c->file->strings_len);
}

/* A number, [] or a list of atoms. */
static void
shape_flags (Checker *c, const Operand *o)
{
  Term list = o->term;

  if (o->kind == OPERAND_U)
    return;
  if (o->kind != OPERAND_LITERAL && o->kind != OPERAND_ATOM)
    list = NONE;
  while (list != NONE && term_is_list (list) && term_is_atom (list_head (list)))
    list = list_tail (list);
  if (list != NIL)
    check_fail (c, "a segment's flags are neither a number nor a list of atoms");
}

static guint
arguments_of_bif (guint op)
{
  switch (op)
    {
    case OP_bif0:
      return 0;
    case OP_bif1:
    case OP_gc_bif1:
      return 1;
    case OP_gc_bif3:
      return 3;
    default:
      return 2;
    }
}

static bool
shape_imports (Checker *c)
{
  const Operand *import = NULL;
  guint64        arity = arguments_of_bif (c->op->op);

  switch (c->op->op)
    {
    case OP_bif0:
      import = &c->o[0];
      break;
    case OP_bif1:
    case OP_bif2:
      import = &c->o[1];
      break;
    case OP_gc_bif1:
    case OP_gc_bif2:
    case OP_gc_bif3:
      import = &c->o[2];
      break;
    case OP_call_ext:
    case OP_call_ext_only:
    case OP_call_ext_last:
      import = &c->o[1];
      arity = c->o[0].value;
      break;
    default:
      return false;
    }
  if (c->file->imports[import->value].arity != arity)
    check_fail (c, "%" G_GUINT64_FORMAT " arguments for an import that takes %u", arity,
                c->file->imports[import->value].arity);
  return true;
}

/* --- data and frames -------------------------------------------------------------------- */

static void
shape_make_fun (Checker *c)
{
  if (c->o[0].value >= c->file->n_funs)
    check_fail (c, "fun %" G_GUINT64_FORMAT " does not exist; the file has %u", c->o[0].value,
                c->file->n_funs);
  else if (c->op->op == OP_make_fun3 && c->o[2].value != c->file->funs[c->o[0].value].n_free)
    check_fail (c, "%" G_GUINT64_FORMAT " free variables for a fun that has %u", c->o[2].value,
                c->file->funs[c->o[0].value].n_free);
}

static bool
operand_index (const Operand *o, guint64 *index)
{
  *index = o->value;
  if (o->kind == OPERAND_U)
    return true;
  *index = o->kind == OPERAND_INTEGER && term_is_small (o->term) ? (guint64) small_value (o->term)
                                                                 : G_MAXUINT64;
  return *index <= MAX_ELEMENT;
}

static void
shape_update_record (Checker *c)
{
  guint64 index;

  shape_limit (c, &c->o[1], MAX_ELEMENT, "the record's size");
  for (guint64 i = 0; i < c->o[4].value; i += 2)
    if (!operand_index (&c->o[4].list[i], &index) || index < 1 || index > c->o[1].value)
      check_fail (c, "an element's number is not from 1 to the record's size");
}

static bool
shape_frames (Checker *c)
{
  switch (c->op->op)
    {
    case OP_allocate:
    case OP_allocate_zero:
      shape_limit (c, &c->o[0], CHECK_MAX_Y - 1, "the frame's size");
      return true;
    case OP_allocate_heap:
    case OP_allocate_heap_zero:
      shape_limit (c, &c->o[0], CHECK_MAX_Y - 1, "the frame's size");
      shape_limit (c, &c->o[1], MAX_WORDS, "what is reserved");
      return true;
    case OP_test_heap:
      shape_limit (c, &c->o[0], MAX_WORDS, "what is reserved");
      return true;
    case OP_on_load:
      if (c->file->ops[c->op_index - 1].op != OP_label ||
          c->functions[c->function].entry + 1 != c->op_index ||
          c->functions[c->function].arity != 0)
        check_fail (c, "it stands at the beginning of a function without arguments only");
      return true;
    default:
      return false;
    }
}

static bool
shape_data (Checker *c)
{
  switch (c->op->op)
    {
    case OP_get_tuple_element:
      shape_limit (c, &c->o[1], MAX_ELEMENT, "the element's number");
      return true;
    case OP_set_tuple_element:
      shape_limit (c, &c->o[2], MAX_ELEMENT, "the element's number");
      return true;
    case OP_make_fun2:
    case OP_make_fun3:
      shape_make_fun (c);
      return true;
    case OP_update_record:
      shape_update_record (c);
      return true;
    case OP_fmove:
      if (c->o[1].kind != OPERAND_FLOAT_REG && c->o[0].kind != OPERAND_FLOAT_REG)
        check_fail (c, "none of the two is a float register");
      return true;
    case OP_fconv:
      if (c->o[0].kind == OPERAND_FLOAT_REG)
        check_fail (c, "a float register stands where a term is wanted");
      return true;
    case OP_put_map_assoc:
    case OP_put_map_exact:
      if (c->o[4].value == 0)
        check_fail (c, "the list is empty");
      return true;
    case OP_is_tagged_tuple:
      if (c->o[2].value == 0)
        check_fail (c, "a tagged tuple has one element at least");
      return true;
    case OP_select_val:
      for (guint64 i = 0; i < c->o[2].value; i += 2)
        if (!check_operand_is_constant (&c->o[2].list[i]))
          check_fail (c, "a register stands where a value is wanted");
      return true;
    default:
      return false;
    }
}

/* --- bits ---------------------------------------------------------------------------------- */

static void
shape_segment (Checker *c, const Operand *segment, bool is_first)
{
  static const char *const types[] = {
    "integer",
    "float",
    "binary",
    "append",
    "private_append",
    "string",
    "utf8",
    "utf16",
    "utf32",
    NULL,
  };
  const char *type = segment[0].kind == OPERAND_ATOM && term_is_atom (segment[0].term)
                       ? atom_name (c->vm->atoms, segment[0].term, NULL)
                       : "";
  guint64     offset, bytes;

  if (!g_strv_contains (types, type))
    check_fail (c, "a segment's type is not known");
  if (g_str_has_suffix (type, "append") && !is_first)
    check_fail (c, "a segment of type %s stands behind others", type);
  if (segment[1].kind != OPERAND_U || segment[2].kind != OPERAND_U || segment[2].value > MAX_UNIT)
    check_fail (c, "a segment's number or unit is not accepted");
  shape_flags (c, &segment[3]);
  if (!g_str_equal (type, "string"))
    return;
  if ((segment[4].kind != OPERAND_U && segment[4].kind != OPERAND_INTEGER) ||
      (segment[5].kind != OPERAND_U && segment[5].kind != OPERAND_INTEGER))
    {
      check_fail (c, "a string's place or size is no number");
      return;
    }
  offset = segment[4].value;
  bytes = segment[5].value;
  shape_string (c, offset, bytes);
}

static void
shape_create_bin (Checker *c)
{
  const Operand *list = &c->o[5];

  if (list->value == 0 || list->value % 6 != 0)
    {
      check_fail (c, "the list holds no whole segments");
      return;
    }
  shape_limit (c, &c->o[1], MAX_WORDS, "what is reserved");
  for (guint64 i = 0; i < list->value && c->error == NULL; i += 6)
    shape_segment (c, &list->list[i], i == 0);
}

static bool
shape_command (Checker *c, const Operand *command, guint64 left, guint64 *used)
{
  static const struct
  {
    const char *name;
    guint       n;
    const char *kinds; /* u number, f flags, s term, d destination */
  } commands[] = {
    { "ensure_at_least", 3, "uu" },
    { "ensure_exactly", 2, "u" },
    { "integer", 6, "ufsud" },
    { "binary", 6, "ufsud" },
    { "skip", 2, "u" },
    { "get_tail", 4, "uud" },
    { "=:=", 4, "nus" },
  };
  const char *name = command[0].kind == OPERAND_ATOM && term_is_atom (command[0].term)
                       ? atom_name (c->vm->atoms, command[0].term, NULL)
                       : "";

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].name, name) || commands[i].n > left)
        continue;
      for (guint k = 1; k < commands[i].n; k++)
        {
          const Operand *o = &command[k];
          char           kind = commands[i].kinds[k - 1];

          if (kind == 'f')
            shape_flags (c, o);
          else if ((kind == 'u' && o->kind != OPERAND_U) ||
                   (kind == 'd' && o->kind != OPERAND_X && o->kind != OPERAND_Y) ||
                   (kind == 's' && o->kind == OPERAND_LABEL))
            return false;
        }
      *used = commands[i].n;
      return true;
    }
  return false;
}

static void
shape_bs_match (Checker *c)
{
  const Operand *list = &c->o[2];
  guint64        used = 0;

  if (c->o[1].kind != OPERAND_X && c->o[1].kind != OPERAND_Y)
    check_fail (c, "the match context is no register");
  for (guint64 i = 0; i < list->value && c->error == NULL; i += used)
    {
      const Operand *command = &list->list[i];

      if (!shape_command (c, command, list->value - i, &used))
        {
          check_fail (c, "a command is not known, or its operands are not accepted");
          return;
        }
      if (used == 6)
        shape_limit (c, &command[4], MAX_UNIT, "the unit");
      if (used == 4 && g_str_equal (atom_name (c->vm->atoms, command[0].term, NULL), "=:=") &&
          (command[2].value > MAX_VALUE_BITS || !check_operand_is_constant (&command[3])))
        check_fail (c, "a value of %" G_GUINT64_FORMAT " bits, or no constant", command[2].value);
    }
}

static bool
shape_units (Checker *c)
{
  switch (c->op->op)
    {
    case OP_bs_get_integer2:
    case OP_bs_get_float2:
    case OP_bs_get_binary2:
      shape_limit (c, &c->o[4], MAX_UNIT, "the unit");
      return true;
    case OP_bs_skip_bits2:
      shape_limit (c, &c->o[3], MAX_UNIT, "the unit");
      return true;
    case OP_bs_put_integer:
    case OP_bs_put_float:
    case OP_bs_put_binary:
    case OP_bs_private_append:
      shape_limit (c, &c->o[2], MAX_UNIT, "the unit");
      return true;
    case OP_bs_add:
      shape_limit (c, &c->o[3], MAX_UNIT, "the unit");
      return true;
    case OP_bs_append:
      shape_limit (c, &c->o[4], MAX_UNIT, "the unit");
      shape_limit (c, &c->o[2], MAX_WORDS, "what is reserved");
      return true;
    case OP_bs_init2:
    case OP_bs_init_bits:
      shape_limit (c, &c->o[2], MAX_WORDS, "what is reserved");
      return true;
    default:
      return false;
    }
}

static bool
shape_bits (Checker *c)
{
  switch (c->op->op)
    {
    case OP_bs_put_string:
      shape_string (c, c->o[1].value, c->o[0].value);
      return true;
    case OP_bs_match_string:
      shape_limit (c, &c->o[2], 8 * (guint64) G_MAXUINT32, "the string's size");
      shape_string (c, c->o[3].value, (c->o[2].value + 7) / 8);
      return true;
    case OP_bs_create_bin:
      shape_create_bin (c);
      return true;
    case OP_bs_match:
      shape_bs_match (c);
      return true;
    case OP_bs_start_match4:
      if (c->o[0].kind == OPERAND_ATOM && c->o[0].term == NIL)
        check_fail (c, "neither a label nor no_fail nor resume");
      return true;
    default:
      return shape_units (c);
    }
}

void
check_shape (Checker *c)
{
  if (c->op->op == OP_label || c->op->op == OP_func_info || c->op->op == OP_line)
    return;
  shape_labels (c);
  shape_kinds (c);
  if (c->error == NULL && !shape_imports (c) && !shape_frames (c) && !shape_data (c))
    shape_bits (c);
}
