/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/select.h"

/* The bit syntax. The cells are described with the bodies (interp/ops-bits-*.h) and,
 * for bs_create_bin, in interp/bits-create.h, whose segment layout is repeated in
 * select_segment(). */

#define FLAG_LITTLE 2u
#define FLAG_SIGNED 4u
#define FLAG_NATIVE 16u

/* Flags are a number up to OTP 24, then [] or a literal list of atoms. This
 * machine is little endian, so native is little. */
static guint
segment_flags (const Selector *s, const Operand *o)
{
  guint flags = 0;
  Term  list;

  if (o->kind == OPERAND_U)
    flags = (guint) o->value & (FLAG_LITTLE | FLAG_SIGNED | FLAG_NATIVE);
  else
    for (list = o->term; term_is_list (list); list = list_tail (list))
      {
        const char *name = atom_name (s->vm->atoms, list_head (list), NULL);

        if (g_str_equal (name, "little"))
          flags |= FLAG_LITTLE;
        else if (g_str_equal (name, "native"))
          flags |= FLAG_NATIVE;
        else if (g_str_equal (name, "signed"))
          flags |= FLAG_SIGNED;
      }
  if (flags & FLAG_NATIVE)
    flags |= FLAG_LITTLE;
  return flags & (FLAG_LITTLE | FLAG_SIGNED);
}

static bool
is_all (const Selector *s, const Operand *o)
{
  return o->kind == OPERAND_ATOM && o->term == A (all);
}

/* --- matching ------------------------------------------------------------------- */

/* Common cells: op, context, destination, live; fail, flags, unit; size. */
static void
select_get (Selector      *s,
            guint          op,
            const Operand *context,
            const Operand *to,
            guint          live,
            const Operand *fail,
            guint          flags)
{
  guint16 a = select_register (s, context);
  guint16 d = to != NULL ? select_register (s, to) : 0;
  guint32 at = select_op (s, op, a, d, live);

  select_label_cell (s, at, fail, flags);
}

/* A segment to match. */
typedef struct
{
  const Operand *fail, *context, *size, *to; /* to NULL: skipped */
  guint64        live, unit;
  guint          flags;
} Segment;

static void
select_sized (Selector *s, guint op, const Segment *m)
{
  select_get (s, op, m->context, m->to, (guint) m->live, m->fail, m->flags | (guint) m->unit << 8);
  select_cell (s, select_source (m->size));
}

/* How many bits, when that is a constant; else 0. */
static guint64
constant_bits (const Operand *size, guint unit)
{
  Term n = operand_is_constant (size) ? operand_constant (size) : make_small (0);

  if (!term_is_small (n) || small_value (n) <= 0 || small_value (n) >= 4096)
    return 0;
  return (guint64) small_value (n) * unit;
}

static void
select_get_integer (Selector *s, const Segment *m)
{
  guint64 bits = constant_bits (m->size, (guint) m->unit);
  bool    is_signed = (m->flags & FLAG_SIGNED) != 0;
  guint   op = I_bs_get_integer;

  if (!is_signed && bits == 8)
    op = I_bs_get_byte;
  else if (!is_signed && bits > 0 && bits <= 56 && (m->flags == 0 || bits % 8 == 0))
    op = m->flags == 0 ? I_bs_get_fixed : I_bs_get_fixed_little;
  select_sized (s, op, m);
  if (op == I_bs_get_fixed || op == I_bs_get_fixed_little)
    g_array_index (s->cells, Cell, s->cells->len - 2) |= (Cell) bits << 56;
}

static void
select_start_match (
  Selector *s, const Operand *fail, const Operand *source, guint live, const Operand *to)
{
  static const Operand no_label = { .kind = OPERAND_LABEL };
  guint16              a = select_register (s, source), d = select_register (s, to);
  guint32              at = select_op (s, I_bs_start_match, a, d, live);

  select_label_cell (s, at, fail->kind == OPERAND_LABEL ? fail : &no_label, 0);
}

static void
select_context_test (Selector *s, guint op, const Operand *fail, const Operand *context, Cell value)
{
  select_op_label (s, op, select_register (s, context), fail);
  select_cell (s, value);
}

static bool
select_matching (Selector *s)
{
  const Operand *o = s->op->operands;

  switch (s->op->op)
    {
    case OP_bs_start_match3:
      select_start_match (s, &o[0], &o[1], (guint) o[2].value, &o[3]);
      return true;
    case OP_bs_start_match4:
      select_start_match (s, &o[0], &o[2], (guint) o[1].value, &o[3]);
      return true;
    case OP_bs_get_integer2:
      select_get_integer (s, &(Segment){ &o[0], &o[1], &o[3], &o[6], o[2].value, o[4].value,
                                         segment_flags (s, &o[5]) });
      return true;
    case OP_bs_get_float2:
      select_sized (s, I_bs_get_float,
                    &(Segment){ &o[0], &o[1], &o[3], &o[6], o[2].value, o[4].value,
                                segment_flags (s, &o[5]) });
      return true;
    case OP_bs_get_binary2:
      select_sized (s, is_all (s, &o[3]) ? I_bs_get_binary_all : I_bs_get_binary,
                    &(Segment){ &o[0], &o[1], &o[3], &o[6], o[2].value, o[4].value, 0 });
      return true;
    case OP_bs_skip_bits2:
      select_sized (s, is_all (s, &o[2]) ? I_bs_skip_all : I_bs_skip_bits,
                    &(Segment){ &o[0], &o[1], &o[2], NULL, 0, o[3].value, 0 });
      return true;
    case OP_bs_test_tail2:
      select_context_test (s, I_bs_test_tail, &o[0], &o[1], o[2].value);
      return true;
    case OP_bs_test_unit:
      select_context_test (s, I_bs_test_unit, &o[0], &o[1], MAX (1, o[2].value));
      return true;
    case OP_bs_match_string:
      select_context_test (s, I_bs_match_string, &o[0], &o[1], o[2].value);
      select_cell (s, (Cell) (s->module->strings + o[3].value));
      return true;
    case OP_bs_get_tail:
      select_op (s, I_bs_get_tail, select_register (s, &o[0]), select_register (s, &o[1]),
                 (guint) o[2].value);
      return true;
    case OP_bs_get_position:
      select_op (s, I_bs_get_position, select_register (s, &o[0]), select_register (s, &o[1]), 0);
      return true;
    case OP_bs_set_position:
      {
        guint16 a = select_register (s, &o[0]), b = select_register (s, &o[1]);
        select_op (s, I_bs_set_position, a, b, 0);
        return true;
      }
    default:
      return false;
    }
}

static bool
select_utf_matching (Selector *s)
{
  const Operand *o = s->op->operands;
  Operand        scratch = { .kind = OPERAND_X, .value = SCRATCH_REG + 3 };

  switch (s->op->op)
    {
    case OP_bs_get_utf8:
      select_get (s, I_bs_get_utf8, &o[1], &o[4], 0, &o[0], 0);
      return true;
    case OP_bs_get_utf16:
      select_get (s, I_bs_get_utf16, &o[1], &o[4], 0, &o[0], segment_flags (s, &o[3]));
      return true;
    case OP_bs_get_utf32:
      select_get (s, I_bs_get_utf32, &o[1], &o[4], 0, &o[0], segment_flags (s, &o[3]));
      return true;
    case OP_bs_skip_utf8:
      select_get (s, I_bs_get_utf8, &o[1], &scratch, 0, &o[0], 0);
      return true;
    case OP_bs_skip_utf16:
      select_get (s, I_bs_get_utf16, &o[1], &scratch, 0, &o[0], segment_flags (s, &o[3]));
      return true;
    case OP_bs_skip_utf32:
      select_get (s, I_bs_get_utf32, &o[1], &scratch, 0, &o[0], segment_flags (s, &o[3]));
      return true;
    default:
      return false;
    }
}

/* --- OTP 26's bs_match --------------------------------------------------------------- */

/* Emits one command; returns how many operands it has with its name, 0: unknown. */
static guint
select_command (
  Selector *s, const Operand *fail, const Operand *context, const Operand *c, guint left)
{
  static const Operand no_label = { .kind = OPERAND_LABEL };
  const char          *name = "";

  if (c[0].kind == OPERAND_ATOM)
    name = atom_name (s->vm->atoms, c[0].term, NULL);
  s->n_scratch = 0;
  if (g_str_equal (name, "ensure_at_least") && left >= 3)
    {
      select_context_test (s, I_bs_ensure_at_least, fail, context, c[1].value);
      select_cell (s, MAX (1, c[2].value));
      return 3;
    }
  if (g_str_equal (name, "ensure_exactly") && left >= 2)
    {
      select_context_test (s, I_bs_test_tail, fail, context, c[1].value);
      return 2;
    }
  if (g_str_equal (name, "integer") && left >= 6)
    {
      select_get_integer (s, &(Segment){ fail, context, &c[3], &c[5], c[1].value, c[4].value,
                                         segment_flags (s, &c[2]) });
      return 6;
    }
  if (g_str_equal (name, "binary") && left >= 6)
    {
      select_sized (s, is_all (s, &c[3]) ? I_bs_get_binary_all : I_bs_get_binary,
                    &(Segment){ fail, context, &c[3], &c[5], c[1].value, c[4].value, 0 });
      return 6;
    }
  if (g_str_equal (name, "skip") && left >= 2)
    {
      select_sized (s, I_bs_skip_bits, &(Segment){ &no_label, context, &c[1], NULL, 0, 1, 0 });
      return 2;
    }
  if (g_str_equal (name, "get_tail") && left >= 4)
    {
      select_op (s, I_bs_get_tail, select_register (s, context), select_register (s, &c[3]),
                 (guint) c[1].value);
      return 4;
    }
  if (g_str_equal (name, "=:=") && left >= 4)
    {
      select_context_test (s, I_bs_match_value, fail, context, c[2].value);
      select_cell (s, operand_constant (&c[3]));
      return 4;
    }
  return 0;
}

static void
select_bs_match (Selector *s)
{
  const Operand *o = s->op->operands;
  guint          i = 0;

  while (i < o[2].value)
    {
      guint used = select_command (s, &o[0], &o[1], &o[2].list[i], (guint) o[2].value - i);

      if (used == 0)
        {
          g_set_error (&s->error, VM_ERROR, VM_ERROR_FORMAT,
                       "%s: Code chunk, offset %u: bs_match has an unknown command", s->file->path,
                       s->op->offset);
          return;
        }
      i += used;
    }
}

/* --- building ------------------------------------------------------------------------- */

static const char *const segment_types[] = {
  "integer",
  "float",
  "binary",
  "append",
  "private_append",
  "string",
  "utf8",
  "utf16",
  "utf32",
};

/* Six operands: type, number, unit, flags, source, size. */
static void
select_segment (Selector *s, const Operand *o)
{
  const char *name = atom_name (s->vm->atoms, o[0].term, NULL);
  guint       type;

  for (type = 0; type < G_N_ELEMENTS (segment_types); type++)
    if (g_str_equal (segment_types[type], name))
      break;
  if (type == G_N_ELEMENTS (segment_types))
    {
      g_set_error (&s->error, VM_ERROR, VM_ERROR_FORMAT,
                   "%s: Code chunk, offset %u: bs_create_bin has an unknown segment type “%s”",
                   s->file->path, s->op->offset, name);
      return;
    }
  select_cell (s, (Cell) type | (Cell) segment_flags (s, &o[3]) << 8 |
                    (Cell) (guint16) o[2].value << 16 | (Cell) (guint32) o[1].value << 32);
  if (g_str_equal (name, "string"))
    {
      guint64 offset = o[4].kind == OPERAND_U ? o[4].value : (guint64) small_value (o[4].term);

      select_cell (s, (Cell) (s->module->strings + offset));
      select_cell (s, (Cell) small_value (operand_constant (&o[5])));
    }
  else
    {
      select_cell (s, select_source (&o[4]));
      select_cell (s, select_source (&o[5]));
    }
}

/* A binary of bytes and behind it an integer of whole bytes: an instruction of its
 * own, which has the number of bytes where the general one has no use for a size. */
static void
select_append_integer (Selector *s, guint32 at, const Operand *first)
{
  const Operand *second = first + 6;
  const char    *type = atom_name (s->vm->atoms, first[0].term, NULL);
  guint64        bits = constant_bits (&second[5], (guint) second[2].value);
  Cell          *cells = &g_array_index (s->cells, Cell, at);

  if (!g_str_equal (type, "append") || (first[2].value != 8 && first[2].value != 1) ||
      !g_str_equal (atom_name (s->vm->atoms, second[0].term, NULL), "integer") || bits == 0 ||
      bits > 64 || bits % 8 != 0 ||
      (bits > 8 && (segment_flags (s, &second[3]) & FLAG_LITTLE) != 0))
    return;
  cells[0] = (cells[0] & ~(Cell) 0xffff) | I_bs_append_integer;
  cells[4] = bits / 8;
}

static void
select_create_bin (Selector *s)
{
  const Operand *o = s->op->operands; /* fail alloc live unit destination list */
  guint          n = (guint) o[5].value / 6, i;
  guint16        to = select_register (s, &o[4]);
  guint32        at = select_op (s, I_bs_create_bin, to, (guint) o[2].value, n);

  select_label_cell (s, at, &o[0], (guint32) o[1].value);
  for (i = 0; i < n && s->error == NULL; i++)
    select_segment (s, &o[5].list[6 * i]);
  if (n == 2 && s->error == NULL)
    select_append_integer (s, at, o[5].list);
}

/* Up to OTP 24. */
static void
select_init (Selector *s, guint unit)
{
  const Operand *o = s->op->operands; /* fail size extra live flags destination */
  guint32        at = select_op (s, I_bs_init, select_register (s, &o[5]), (guint) o[3].value, 0);

  select_label_cell (s, at, &o[0], (guint32) o[2].value);
  select_cell (s, select_source (&o[1]));
  select_cell (s, unit);
}

static void
select_put (Selector      *s,
            guint          op,
            const Operand *fail,
            const Operand *size,
            guint          unit,
            guint          flags,
            const Operand *value)
{
  guint32 at = select_op (s, op, 0, 0, 0);

  select_label_cell (s, at, fail, flags | unit << 8);
  select_cell (s, select_source (size));
  select_cell (s, select_source (value));
}

static void
select_put_utf (Selector *s, guint width)
{
  const Operand *o = s->op->operands; /* fail flags source */
  guint32        at = select_op (s, I_bs_put_utf, width, 0, 0);

  select_label_cell (s, at, &o[0], segment_flags (s, &o[1]));
  select_cell (s, 0);
  select_cell (s, select_source (&o[2]));
}

static void
select_append (Selector *s, bool private)
{
  /* append: fail size extra live unit binary flags destination; private: fail size unit binary
   * flags destination */
  const Operand *o = s->op->operands;
  const Operand *to = private ? &o[5] : &o[7];
  guint          unit = (guint) (private ? o[2].value : o[4].value);
  guint          live = private ? 0 : (guint) o[3].value;
  guint          op = private ? I_bs_private_append : I_bs_append;
  guint32        at = select_op (s, op, select_register (s, to), live, unit);

  select_label_cell (s, at, &o[0], private ? 0 : (guint32) o[2].value);
  select_cell (s, select_source (&o[1]));
  select_cell (s, 1);
  select_cell (s, select_source (private ? &o[3] : &o[5]));
}

static void
select_bs_add (Selector *s)
{
  const Operand *o = s->op->operands; /* fail s1 s2 unit destination */
  guint32        at = select_op (s, I_bs_add, select_register (s, &o[4]), 0, 0);

  select_label_cell (s, at, &o[0], 0);
  select_cell (s, select_source (&o[1]));
  select_cell (s, select_source (&o[2]));
  select_cell (s, o[3].value);
}

static void
select_utf_size (Selector *s, guint width)
{
  const Operand *o = s->op->operands; /* fail source destination */
  guint32        at = select_op (s, I_bs_utf_size, select_register (s, &o[2]), width, 0);

  select_label_cell (s, at, &o[0], 0);
  select_cell (s, select_source (&o[1]));
}

static bool
select_old_building (Selector *s)
{
  const Operand *o = s->op->operands;

  switch (s->op->op)
    {
    case OP_bs_init2:
      select_init (s, 8);
      return true;
    case OP_bs_init_bits:
      select_init (s, 1);
      return true;
    case OP_bs_add:
      select_bs_add (s);
      return true;
    case OP_bs_append:
      select_append (s, false);
      return true;
    case OP_bs_private_append:
      select_append (s, true);
      return true;
    case OP_bs_put_integer:
      select_put (s, I_bs_put_integer, &o[0], &o[1], (guint) o[2].value, segment_flags (s, &o[3]),
                  &o[4]);
      return true;
    case OP_bs_put_float:
      select_put (s, I_bs_put_float, &o[0], &o[1], (guint) o[2].value, segment_flags (s, &o[3]),
                  &o[4]);
      return true;
    case OP_bs_put_binary:
      select_put (s, I_bs_put_binary, &o[0], &o[1], (guint) o[2].value, 0, &o[4]);
      return true;
    case OP_bs_put_string:
      select_op (s, I_bs_put_string, 0, 0, 0);
      select_cell (s, o[0].value);
      select_cell (s, (Cell) (s->module->strings + o[1].value));
      return true;
    case OP_bs_put_utf8:
      select_put_utf (s, 8);
      return true;
    case OP_bs_put_utf16:
      select_put_utf (s, 16);
      return true;
    case OP_bs_put_utf32:
      select_put_utf (s, 32);
      return true;
    case OP_bs_utf8_size:
      select_utf_size (s, 8);
      return true;
    case OP_bs_utf16_size:
      select_utf_size (s, 16);
      return true;
    default:
      return false;
    }
}

bool
select_bits (Selector *s)
{
  if (select_matching (s) || select_utf_matching (s) || select_old_building (s))
    return true;
  switch (s->op->op)
    {
    case OP_bs_match:
      select_bs_match (s);
      return true;
    case OP_bs_create_bin:
      select_create_bin (s);
      return true;
    case OP_bs_init_writable:
      select_op (s, I_bs_init_writable, 0, 0, 0);
      return true;
    default:
      return false;
    }
}
