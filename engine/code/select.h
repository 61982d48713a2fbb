/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Choosing instructions: from the file's generic ones to cells.
 *
 * Each family file appends the cells of one generic instruction. A constant or y
 * slot where the chosen body wants an x register is first brought into a scratch
 * register by a part (see instructions.def); scratch registers hold constants and
 * dead values only, so no collection needs to know them. */

#include "engine/code/bif-def.h"
#include "engine/code/code-check.h"
#include "engine/code/code-table.h"
#include "engine/code/instructions.h"
#include "engine/code/opcodes.h"

#define SCRATCH_REG   1024 /* the first of four */
#define SELECT_Y_BASE 2048

typedef enum
{
  FIXUP_HIGH,  /* the cell's high half: offset in cells from `from` */
  FIXUP_LOW,   /* its low half */
  FIXUP_CATCH, /* the whole cell: a catch word */
} FixupKind;

typedef struct
{
  FixupKind kind;
  guint32   cell;
  guint32   from;
  guint32   label;
} Fixup;

typedef struct
{
  VmMachine       *vm;
  const BeamFile  *file;
  const CodeGuard *guards; /* by op */
  Module          *module;
  GArray          *cells;     /* Cell */
  GArray          *fixups;    /* Fixup */
  GArray          *functions; /* FunctionInfo */
  GArray          *lines;     /* LineEntry */
  guint32         *labels;    /* cell index by label */
  guint            n_scratch; /* used by this instruction */
  bool             no_lines;
  guint            op_index;
  const GenericOp *op;
  GError          *error;
} Selector;

static inline guint32
select_position (const Selector *s)
{
  return s->cells->len;
}

static inline void
select_cell (Selector *s, Cell cell)
{
  g_array_append_val (s->cells, cell);
}

#define CELL4(op, a, b, c)                                                 \
  ((Cell) (op) | (Cell) (guint16) (a) << 16 | (Cell) (guint16) (b) << 32 | \
   (Cell) (guint16) (c) << 48)

/* The first cell of an instruction; returns its position. */
guint32 select_op (Selector *s, guint op, guint a, guint b, guint c);
/* The same with a label in the high half. */
guint32 select_op_label (Selector *s, guint op, guint a, const Operand *label);
/* A cell with a label in its low half (0: none) and @high above. @from: the instruction's first
 * cell. */
void select_label_cell (Selector *s, guint32 from, const Operand *label, guint32 high);

/* Operand helpers. */
bool operand_is_constant (const Operand *o);
Term operand_constant (const Operand *o);
bool operand_is_x (const Operand *o);
bool operand_is_y (const Operand *o);
/* Register number, y from SELECT_Y_BASE; a constant goes to a scratch register first. */
guint16 select_register (Selector *s, const Operand *o);
/* The same, but always below SELECT_Y_BASE: a y slot is copied too. */
guint16 select_x_register (Selector *s, const Operand *o);
/* A source cell: see ops-data.h. */
Cell    select_source (const Operand *o);
Export *select_import (Selector *s, const Operand *o);

/* --- the families; each FALSE when the instruction is not one of its own --- */
bool select_control (Selector *s);
bool select_data (Selector *s);
bool select_test (Selector *s);
bool select_bif (Selector *s);
bool select_bits (Selector *s);

/* Replaces pairs by fused instructions. @starts: positions of instructions, in order. */
void select_fuse (Cell *cells, const guint32 *starts, guint n);
