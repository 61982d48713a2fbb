/* SPDX-License-Identifier: Apache-2.0 */

/* The Code chunk: compact terms to GenericOps, and the checks that hold for any
 * instruction. Two rounds: the first decodes, and notes which labels exist; the
 * second looks at what needs all of them. */

#include "config.h"

#include "engine/code/beam-reader.h"

#include "engine/code/opcodes.h"

#include <gmp.h>

#define SUBHEADER_MIN   16
#define FORMAT_NUMBER   0
#define MAX_ALLOC_PAIRS 3
#define MAX_ALLOC_WORDS 0x1000000
#define MAX_BIG_BYTES   (1u << 20) /* no literal integer is longer than 8 million bits \
                                    */
#define FLOAT_ALLOC_WORDS FLOAT_WORDS
#define FUN_ALLOC_WORDS   FUN_WORDS

/* Extended tags: the value after tag z. */
enum
{
  EXT_FLOAT,
  EXT_LIST,
  EXT_FLOAT_REG,
  EXT_ALLOC_LIST,
  EXT_LITERAL,
  EXT_TYPED_REG,
};

typedef struct
{
  BeamReader reader;
  BeamParse *parse;
  GArray    *ops;    /* GenericOp */
  guint8    *labels; /* per label: defined? entry of a function? */
} CodeReader;

enum
{
  LABEL_DEFINED = 1,
  LABEL_ENTRY = 2,
};

/* --- operands ------------------------------------------------------------- */

/* An integer too long for 64 bits, or a 64-bit one that is no small. */
static Term
make_big_literal (CodeReader *code, const CompactTerm *c)
{
  guint8        word[8];
  const guint8 *bytes = c->big;
  gsize         n = c->n_big, n_digits = 0;
  mpz_t         z;
  Term         *words, result = NONE;

  if (bytes == NULL)
    {
      for (int i = 0; i < 8; i++)
        word[i] = (guint8) (c->value >> (56 - 8 * i));
      bytes = word;
      n = sizeof word;
    }
  mpz_init (z);
  mpz_import (z, n, 1, 1, 1, 0, bytes);
  if ((bytes[0] & 0x80) != 0)
    {
      mpz_t wrap;
      mpz_init (wrap);
      mpz_setbit (wrap, n * 8);
      mpz_sub (z, z, wrap);
      mpz_clear (wrap);
    }
  n_digits = mpz_size (z);
  words = literals_alloc (code->parse->vm, 1 + n_digits);
  if (words != NULL)
    {
      words[0] = MAKE_HEADER (n_digits, mpz_sgn (z) < 0 ? SUB_NEG_BIG : SUB_POS_BIG);
      memcpy (words + 1, mpz_limbs_read (z), n_digits * sizeof (Term));
      result = make_boxed (words);
    }
  mpz_clear (z);
  return result;
}

static bool
read_integer (CodeReader *code, const CompactTerm *c, gsize at, Operand *operand)
{
  operand->kind = OPERAND_INTEGER;
  if (c->big == NULL && fits_small ((gint64) c->value))
    {
      operand->value = c->value;
      operand->term = make_small ((gint64) c->value);
      return true;
    }
  if (c->n_big > MAX_BIG_BYTES)
    return beam_reader_fail (&code->reader, at,
                             "an integer of %" G_GSIZE_FORMAT " bytes; %u are accepted", c->n_big,
                             MAX_BIG_BYTES);
  operand->term = make_big_literal (code, c);
  if (operand->term == NONE)
    return beam_reader_fail (&code->reader, at, "the machine's literal area is full");
  return true;
}

static bool
read_register (CodeReader *code, const CompactTerm *c, gsize at, OperandKind kind, Operand *operand)
{
  if (c->big != NULL || c->value >= BEAM_MAX_REGISTERS)
    return beam_reader_fail (&code->reader, at,
                             "a register's number is too large; 0 to %d are accepted",
                             BEAM_MAX_REGISTERS - 1);
  operand->kind = kind;
  operand->value = c->value;
  return true;
}

/* A plain number after an extended tag. */
static bool
read_plain (CodeReader *code, const char *what, guint64 limit, guint64 *value)
{
  gsize       at = code->reader.pos;
  CompactTerm c;

  if (!beam_reader_compact (&code->reader, &c))
    return false;
  if (c.tag != BEAM_TAG_U || c.big != NULL || c.value >= limit)
    return beam_reader_fail (
      &code->reader, at, "%s is wanted here: a plain number below %" G_GUINT64_FORMAT, what, limit);
  *value = c.value;
  return true;
}

/* Words to reserve for what the list names. */
static bool
read_alloc_list (CodeReader *code, Operand *operand)
{
  static const guint words_of_kind[] = { 1, FLOAT_ALLOC_WORDS, FUN_ALLOC_WORDS };
  guint64            n_pairs, kind, n, total = 0;

  if (!read_plain (code, "the length of an allocation list", MAX_ALLOC_PAIRS + 1, &n_pairs))
    return false;
  for (guint64 i = 0; i < n_pairs; i++)
    {
      if (!read_plain (code, "a kind of allocation", G_N_ELEMENTS (words_of_kind), &kind) ||
          !read_plain (code, "an amount to allocate", MAX_ALLOC_WORDS, &n))
        return false;
      total += n * words_of_kind[kind];
    }
  operand->kind = OPERAND_U;
  operand->value = total;
  return true;
}

static bool read_operand (CodeReader *code, bool in_list, Operand *operand);

static bool
read_list (CodeReader *code, Operand *operand)
{
  guint64  n;
  Operand *list;

  if (!read_plain (code, "the length of a list", code->reader.len - code->reader.pos + 1, &n))
    return false;
  list = beam_parse_alloc (code->parse, n, sizeof *list);
  for (guint64 i = 0; i < n; i++)
    {
      if (!read_operand (code, true, &list[i]))
        return false;
    }
  operand->kind = OPERAND_LIST;
  operand->value = n;
  operand->list = list;
  return true;
}

static bool
read_typed_register (CodeReader *code, Operand *operand)
{
  gsize       at = code->reader.pos;
  CompactTerm c;
  guint64     type;

  if (!beam_reader_compact (&code->reader, &c))
    return false;
  if (c.tag != BEAM_TAG_X && c.tag != BEAM_TAG_Y)
    return beam_reader_fail (&code->reader, at,
                             "a typed register has tag %d; 3 (x) and 4 (y) are accepted", c.tag);
  return read_register (code, &c, at, c.tag == BEAM_TAG_X ? OPERAND_X : OPERAND_Y, operand) &&
         read_plain (code, "a type's index", G_MAXUINT32, &type);
}

static bool
read_extended (CodeReader *code, const CompactTerm *c, gsize at, bool in_list, Operand *operand)
{
  guint64 index;

  switch (c->big != NULL ? G_MAXUINT64 : c->value)
    {
    case EXT_LIST:
      if (in_list)
        return beam_reader_fail (&code->reader, at,
                                 "a list inside a list; only flat lists are accepted");
      return read_list (code, operand);
    case EXT_FLOAT_REG:
      if (!read_plain (code, "a float register's number", BEAM_MAX_REGISTERS, &index))
        return false;
      operand->kind = OPERAND_FLOAT_REG;
      operand->value = index;
      return true;
    case EXT_ALLOC_LIST:
      return read_alloc_list (code, operand);
    case EXT_LITERAL:
      if (!read_plain (code, "a literal's index", code->parse->file.n_literals, &index))
        return false;
      operand->kind = OPERAND_LITERAL;
      operand->value = index;
      operand->term = code->parse->file.literals[index];
      return true;
    case EXT_TYPED_REG:
      return read_typed_register (code, operand);
    default:
      return beam_reader_fail (&code->reader, at,
                               "extended tag %" G_GUINT64_FORMAT " is not accepted; 1 to 5 are",
                               c->value);
    }
}

static bool
read_operand (CodeReader *code, bool in_list, Operand *operand)
{
  gsize       at = code->reader.pos;
  CompactTerm c;

  if (!beam_reader_compact (&code->reader, &c))
    return false;
  if (c.big != NULL && c.tag != BEAM_TAG_I)
    return beam_reader_fail (&code->reader, at,
                             "a number of %" G_GSIZE_FORMAT " bytes; 8 are accepted", c.n_big);
  switch (c.tag)
    {
    case BEAM_TAG_U:
      operand->kind = OPERAND_U;
      operand->value = c.value;
      return true;
    case BEAM_TAG_I:
      return read_integer (code, &c, at, operand);
    case BEAM_TAG_A:
      if (c.value >= code->parse->n_atoms)
        return beam_reader_fail (&code->reader, at,
                                 "atom %" G_GUINT64_FORMAT
                                 " does not exist; the file has atoms 1 to %u",
                                 c.value, code->parse->n_atoms - 1);
      operand->kind = OPERAND_ATOM;
      operand->value = c.value;
      operand->term = code->parse->atoms[c.value];
      return true;
    case BEAM_TAG_X:
      return read_register (code, &c, at, OPERAND_X, operand);
    case BEAM_TAG_Y:
      return read_register (code, &c, at, OPERAND_Y, operand);
    case BEAM_TAG_F:
      if (c.value >= code->parse->file.n_labels)
        return beam_reader_fail (&code->reader, at,
                                 "label %" G_GUINT64_FORMAT
                                 " does not exist; the chunk's head says labels are below %u",
                                 c.value, code->parse->file.n_labels);
      operand->kind = OPERAND_LABEL;
      operand->value = c.value;
      return true;
    case BEAM_TAG_Z:
      return read_extended (code, &c, at, in_list, operand);
    case BEAM_TAG_H:
    default:
      return beam_reader_fail (&code->reader, at,
                               "operand tag %d is not accepted; 0 to 5 and 7 are", c.tag);
    }
}

/* --- instructions --------------------------------------------------------- */

#define KIND(k) (1u << OPERAND_##k)
#define KINDS_SOURCE                                                                  \
  (KIND (U) | KIND (INTEGER) | KIND (ATOM) | KIND (X) | KIND (Y) | KIND (FLOAT_REG) | \
   KIND (LITERAL))
#define KINDS_DESTINATION (KIND (X) | KIND (Y) | KIND (FLOAT_REG))

/* Which kinds an operand letter of opcodes.def stands for. */
static guint
kinds_of_letter (guint op, char letter)
{
  switch (letter)
    {
    case 's':
      return KINDS_SOURCE;
    case 'd':
      return KINDS_DESTINATION;
    case 'x':
      return KIND (X) | KIND (Y);
    case 'y':
      return KIND (Y);
    case 'l':
      return KIND (FLOAT_REG);
    case 'f':
      return op == OP_bs_start_match4 ? KIND (LABEL) | KIND (ATOM) : KIND (LABEL);
    case 'a':
      return KIND (ATOM);
    case 't':
      return KIND (ATOM) | KIND (U);
    case 'u':
    case 'e':
    case 'I':
      return KIND (U);
    default: /* c: a command's part */
      return KINDS_SOURCE | KIND (LABEL);
    }
}
#undef KIND
#undef KINDS_SOURCE
#undef KINDS_DESTINATION

static bool
check_one (CodeReader *code, const GenericOp *op, char letter, const Operand *operand)
{
  if ((kinds_of_letter (op->op, letter) >> operand->kind & 1) == 0)
    return beam_reader_fail (&code->reader, op->offset,
                             "%s has an operand of the wrong kind; it takes \"%s\"",
                             opcode_name (op->op), opcode_operands (op->op));
  if (letter == 'e' && operand->value >= code->parse->file.n_imports)
    return beam_reader_fail (&code->reader, op->offset,
                             "import %" G_GUINT64_FORMAT " does not exist; the file has %u",
                             operand->value, code->parse->file.n_imports);
  return true;
}

/* Are the operands of @op of the kinds that opcodes.def says? */
static bool
check_kinds (CodeReader *code, const GenericOp *op)
{
  const char *letters = opcode_operands (op->op);
  guint       i = 0;

  for (const char *p = letters; p != NULL && *p != '\0' && i < op->n_operands; p++)
    {
      if (*p == ' ')
        continue;
      if (*p == '[')
        {
          const char    *first = p + 1, *q = first;
          const Operand *operand = &op->operands[i++];

          if (operand->kind != OPERAND_LIST)
            return check_one (code, op, 's', operand) &&
                   beam_reader_fail (&code->reader, op->offset, "%s has no list; it takes \"%s\"",
                                     opcode_name (op->op), letters);
          for (guint64 k = 0; k < operand->value; k++)
            {
              if (!check_one (code, op, *q, &operand->list[k]))
                return false;
              q++;
              while (*q == ' ')
                q++;
              if (*q == ']')
                q = first;
            }
          if (q != first)
            return beam_reader_fail (&code->reader, op->offset,
                                     "%s has a list of odd length; it takes \"%s\"",
                                     opcode_name (op->op), letters);
          p = strchr (p, ']');
          continue;
        }
      if (!check_one (code, op, *p, &op->operands[i++]))
        return false;
    }
  return true;
}

static bool
note_label (CodeReader *code, const GenericOp *op)
{
  guint64 label = op->operands[0].value;

  if (label == 0 || label >= code->parse->file.n_labels)
    return beam_reader_fail (&code->reader, op->offset,
                             "label %" G_GUINT64_FORMAT
                             " is defined; the chunk's head says labels are 1 to %u",
                             label, code->parse->file.n_labels - 1);
  if ((code->labels[label] & LABEL_DEFINED) != 0)
    return beam_reader_fail (&code->reader, op->offset,
                             "label %" G_GUINT64_FORMAT " is defined twice", label);
  code->labels[label] = LABEL_DEFINED;
  if (code->ops->len > 0 &&
      g_array_index (code->ops, GenericOp, code->ops->len - 1).op == OP_func_info)
    code->labels[label] |= LABEL_ENTRY;
  return true;
}

static bool
read_op (CodeReader *code)
{
  gsize     at = code->reader.pos;
  guint8    number;
  int       arity;
  Operand  *operands;
  GenericOp op = { 0 };

  if (!beam_reader_u8 (&code->reader, &number))
    return false;
  arity = opcode_arity (number);
  if (arity < 0)
    return beam_reader_fail (
      &code->reader, at, "instruction %u (%s) is not accepted; those of OTP 24 to 28 are", number,
      opcode_name (number) != NULL ? opcode_name (number) : "unknown");
  operands = beam_parse_alloc (code->parse, (gsize) arity, sizeof *operands);
  op.op = number;
  op.n_operands = (guint16) arity;
  op.offset = (guint32) at;
  op.operands = operands;
  for (int i = 0; i < arity; i++)
    {
      if (!read_operand (code, false, &operands[i]))
        return false;
    }
  if (!check_kinds (code, &op) || (number == OP_label && !note_label (code, &op)))
    return false;
  g_array_append_val (code->ops, op);
  return true;
}

/* --- the second round ----------------------------------------------------- */

static bool
check_label_defined (CodeReader *code, const GenericOp *op, const Operand *operand)
{
  if (operand->kind == OPERAND_LABEL && operand->value != 0 && code->labels[operand->value] == 0)
    return beam_reader_fail (&code->reader, op->offset,
                             "%s refers to label %" G_GUINT64_FORMAT ", which is nowhere defined",
                             opcode_name (op->op), operand->value);
  return true;
}

/* May operand 0 of a label be missing (label 0)? Not where it is the only way on. */
static bool
needs_label (guint op)
{
  switch (op)
    {
    case OP_call:
    case OP_call_last:
    case OP_call_only:
    case OP_jump:
    case OP_catch:
    case OP_try:
    case OP_loop_rec:
    case OP_loop_rec_end:
    case OP_wait:
    case OP_wait_timeout:
    case OP_select_val:
    case OP_select_tuple_arity:
      return true;
    default:
      return false;
    }
}

static bool
check_labels (CodeReader *code, const GenericOp *op)
{
  for (guint i = 0; i < op->n_operands; i++)
    {
      const Operand *operand = &op->operands[i];

      if (!check_label_defined (code, op, operand))
        return false;
      if (operand->kind == OPERAND_LABEL && operand->value == 0 && needs_label (op->op))
        return beam_reader_fail (&code->reader, op->offset,
                                 "%s has no label; it takes one from 1 on", opcode_name (op->op));
      for (guint64 k = 0; operand->kind == OPERAND_LIST && k < operand->value; k++)
        {
          if (!check_label_defined (code, op, &operand->list[k]))
            return false;
        }
    }
  return true;
}

/* Functions: label, (lines,) func_info, the entry's label; nothing before the first. */
static bool
check_structure (CodeReader *code)
{
  const GenericOp *ops = (const GenericOp *) code->ops->data;
  guint            n = code->ops->len, n_functions = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!check_labels (code, &ops[i]))
        return false;
      if (ops[i].op == OP_func_info)
        {
          n_functions++;
          if (ops[i + 1].op != OP_label) /* int_code_end is last, so there is a next one */
            return beam_reader_fail (&code->reader, ops[i].offset, "no label follows func_info");
          if (ops[i].operands[0].term != code->parse->file.module ||
              !term_is_atom (ops[i].operands[1].term) || ops[i].operands[2].value > 255)
            return beam_reader_fail (
              &code->reader, ops[i].offset,
              "func_info names another module, no function, or an arity over 255");
        }
      else if (n_functions == 0 && ops[i].op != OP_label && ops[i].op != OP_line &&
               ops[i].op != OP_int_code_end)
        return beam_reader_fail (&code->reader, ops[i].offset,
                                 "%s stands before the first func_info; only label and line may",
                                 opcode_name (ops[i].op));
    }
  if (n_functions != code->parse->file.n_functions)
    return beam_reader_fail (&code->reader, 0,
                             "the head says %u functions, but there are %u func_info",
                             code->parse->file.n_functions, n_functions);
  return true;
}

static bool
check_entry (CodeReader *code, const char *what, guint i, guint label)
{
  if (label >= code->parse->file.n_labels || (code->labels[label] & LABEL_ENTRY) == 0)
    return beam_reader_fail (
      &code->reader, 0, "%s %u points to label %u, which is no function's entry", what, i, label);
  return true;
}

static bool
check_entries (CodeReader *code)
{
  const BeamFile *file = &code->parse->file;

  for (guint i = 0; i < file->n_exports; i++)
    {
      if (!check_entry (code, "export", i, file->exports[i].label))
        return false;
    }
  for (guint i = 0; i < file->n_locals; i++)
    {
      if (!check_entry (code, "local function", i, file->locals[i].label))
        return false;
    }
  for (guint i = 0; i < file->n_funs; i++)
    {
      if (!check_entry (code, "fun", i, file->funs[i].label))
        return false;
    }
  return true;
}

/* --- the head ------------------------------------------------------------- */

static bool
read_head (CodeReader *code)
{
  BeamFile     *file = &code->parse->file;
  BeamReader   *reader = &code->reader;
  guint32       size, format;
  const guint8 *rest;

  if (!beam_reader_u32 (reader, &size))
    return false;
  if (size < SUBHEADER_MIN || size > reader->len - reader->pos)
    return beam_reader_fail (reader, 0,
                             "the head is %u bytes long; %d to the chunk's length are accepted",
                             size, SUBHEADER_MIN);
  if (!beam_reader_u32 (reader, &format) || !beam_reader_u32 (reader, &file->max_opcode) ||
      !beam_reader_u32 (reader, &file->n_labels) || !beam_reader_u32 (reader, &file->n_functions) ||
      !beam_reader_bytes (reader, size - SUBHEADER_MIN, &rest))
    return false;
  if (format != FORMAT_NUMBER)
    return beam_reader_fail (reader, 4, "the code's format is %u; %d is accepted", format,
                             FORMAT_NUMBER);
  if (file->max_opcode > BEAM_MAX_OPCODE)
    return beam_reader_fail (reader, 8,
                             "the code uses instructions up to %u; up to %d (OTP 28) are accepted",
                             file->max_opcode, BEAM_MAX_OPCODE);
  /* A label and a func_info take two bytes at least. */
  if (file->n_labels == 0 || file->n_labels - 1 > reader->len / 2 ||
      file->n_functions > reader->len / 2)
    return beam_reader_fail (reader, 12,
                             "%u labels and %u functions do not fit into %" G_GSIZE_FORMAT " bytes",
                             file->n_labels, file->n_functions, reader->len);
  return true;
}

static bool
read_ops (CodeReader *code)
{
  do
    {
      if (code->reader.pos == code->reader.len)
        return beam_reader_fail (&code->reader, code->reader.pos,
                                 "the code ends without int_code_end");
      if (!read_op (code))
        return false;
    }
  while (g_array_index (code->ops, GenericOp, code->ops->len - 1).op != OP_int_code_end);
  return true;
}

bool
beam_code_read (BeamParse *parse, const BeamChunk *chunk)
{
  CodeReader code = { .parse = parse };
  bool       ok;

  beam_reader_init (&code.reader, parse, chunk);
  if (!read_head (&code))
    return false;
  code.labels = g_malloc0 (parse->file.n_labels);
  code.ops = g_array_new (FALSE, FALSE, sizeof (GenericOp));
  ok = read_ops (&code) && check_structure (&code) && check_entries (&code);
  if (ok)
    {
      parse->file.n_ops = code.ops->len;
      parse->file.ops = beam_parse_alloc (parse, code.ops->len, sizeof (GenericOp));
      memcpy (parse->file.ops, code.ops->data, code.ops->len * sizeof (GenericOp));
    }
  g_array_free (code.ops, TRUE);
  g_free (code.labels);
  return ok;
}
