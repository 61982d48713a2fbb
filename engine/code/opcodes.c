/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/opcodes.h"

typedef struct
{
  const char *name;
  gint8       arity;
  guint8      family;
  const char *operands, *effect, *doc;
} OpInfo;

static const OpInfo op_table[N_OPCODES] = {
#define OP(number, name, arity, operands, family, effect, doc) \
  [number] = { #name, arity, OP_FAMILY_##family, operands, effect, doc },
#define OP_OBSOLETE(number, name, arity) [number] = { #name, -1, OP_FAMILY_NONE, "", "", "" },
#include "engine/code/opcodes.def"
#undef OP
#undef OP_OBSOLETE
};

static const OpInfo *
find_op (guint op)
{
  return op < N_OPCODES && op_table[op].name != NULL ? &op_table[op] : NULL;
}

int
opcode_arity (guint op)
{
  const OpInfo *info = find_op (op);
  return info != NULL ? info->arity : -1;
}

const char *
opcode_name (guint op)
{
  const OpInfo *info = find_op (op);
  return info != NULL ? info->name : NULL;
}

OpFamily
opcode_family (guint op)
{
  const OpInfo *info = find_op (op);
  return info != NULL ? (OpFamily) info->family : OP_FAMILY_NONE;
}

const char *
opcode_operands (guint op)
{
  const OpInfo *info = find_op (op);
  return info != NULL ? info->operands : NULL;
}

const char *
opcode_effect (guint op)
{
  const OpInfo *info = find_op (op);
  return info != NULL ? info->effect : NULL;
}

const char *
opcode_doc (guint op)
{
  const OpInfo *info = find_op (op);
  return info != NULL ? info->doc : NULL;
}
