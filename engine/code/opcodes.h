/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What opcodes.def says of an instruction number. */
#include <glib.h>

typedef enum
{
  OP_FAMILY_NONE,
  OP_FAMILY_CONTROL,
  OP_FAMILY_FRAME,
  OP_FAMILY_DATA,
  OP_FAMILY_BIF,
  OP_FAMILY_MESSAGE,
  OP_FAMILY_TEST,
  OP_FAMILY_EXCEPTION,
  OP_FAMILY_FLOAT,
  OP_FAMILY_MAP,
  OP_FAMILY_BITS,
} OpFamily;

enum
{
#define OP(number, name, arity, operands, family, effect, doc) OP_##name = number,
#define OP_OBSOLETE(number, name, arity)
#include "engine/code/opcodes.def"
#undef OP
#undef OP_OBSOLETE
  N_OPCODES = 185
};

int         opcode_arity (guint op); /* -1: unknown or obsolete */
const char *opcode_name (guint op);  /* NULL: unknown */
OpFamily    opcode_family (guint op);
const char *opcode_operands (guint op); /* the letters */
const char *opcode_effect (guint op);
const char *opcode_doc (guint op);
