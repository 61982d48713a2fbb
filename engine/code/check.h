/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Shared by the parts of the code check (code-check.h). */

#include "engine/code/code-check.h"
#include "engine/code/opcodes.h"

/* What a register may hold: a set. No bit at all: it was never written. */
enum
{
  KIND_CONS = 1u << 0,
  KIND_NIL = 1u << 1,
  KIND_TUPLE = 1u << 2,
  KIND_MAP = 1u << 3,
  KIND_FUN = 1u << 4,
  KIND_FLOAT = 1u << 5,
  KIND_INTEGER = 1u << 6,
  KIND_ATOM = 1u << 7,
  KIND_BITS = 1u << 8,
  KIND_OTHER = 1u << 9,   /* pids, references, ports */
  KIND_LONGER = 1u << 10, /* a tuple may have more than n elements */
  KIND_TERM = (1u << 11) - 1,
  KIND_CONTEXT = 1u << 11, /* a match context: no term */
  KIND_THROWN = 1u << 12,  /* x0 at a handler: x1 to x3 hold the exception */
  KIND_CATCH = 1u << 13,   /* y: an open catch; `id` is the handler's label */
  KIND_FRAGILE = 1u << 14, /* part of a message that is still in the mailbox */
};

typedef struct
{
  guint16 kinds;
  guint16 n;  /* KIND_TUPLE: it has so many elements, or more */
  guint32 id; /* not 0: registers of the same id hold the same word */
} CheckType;

#define CHECK_MAX_X    1024
#define CHECK_MAX_Y    1024
#define CHECK_MAX_LIVE 1023 /* bodies may use the register behind */
#define NO_FRAME       (-1)

typedef struct
{
  gint      n_slots;   /* or NO_FRAME */
  bool      any_frame; /* frames differ between the ways here: little may follow but a raise */
  guint     n_x;       /* registers from here on are undefined */
  guint32   reserved;  /* words that may be built on the heap */
  bool      building;  /* bs_put_* have a binary to write */
  bool      receiving; /* maybe between loop_rec and remove_message */
  bool      armed;     /* maybe in a receive with a running timer */
  bool      changed;   /* while armed: maybe slots were written */
  bool      fresh;     /* x0 is what setelement/3 gave just now */
  CheckType x[CHECK_MAX_X], y[CHECK_MAX_Y];
} CheckState;

/* The state at a label: what holds on all paths to it. */
typedef struct
{
  gint      n_slots;
  bool      any_frame;
  guint     n_x, y_at;
  guint32   reserved;
  bool      building, receiving, armed, changed, fresh;
  bool      is_new; /* changed since it was last walked from */
  CheckType types[];
} LabelState;

typedef struct
{
  guint32 first, end; /* its instructions, from the label of func_info */
  guint32 entry;      /* op index of the entry's label */
  guint32 entry_label;
  guint   arity;
  guint64 contexts; /* parameters that may be match contexts: bit by number */
  bool    is_pending;
  bool    clears_slots; /* somebody may look at its slots before they are written */
} CheckFunction;

typedef struct
{
  VmMachine       *vm;
  const BeamFile  *file;
  CodeGuard       *guards;
  CheckFunction   *functions;
  guint            n_functions, function; /* the one that is looked at */
  guint32         *label_ops;             /* op index by label */
  guint32         *label_functions;       /* function by label */
  guint32         *n_in;                  /* check-loops.c: by label */
  LabelState     **labels;
  GPtrArray       *blocks; /* memory for label states */
  guint8          *block;
  gsize            block_left;
  guint32          op_index;
  const GenericOp *op;
  const Operand   *o;            /* its operands */
  bool             alive;        /* does the next instruction run? */
  bool             goes_back;    /* the function has a jump back */
  bool             again;        /* a label behind us changed */
  bool             catch_is_new; /* the innermost handler has not seen the y slots as they are */
  GError          *error;
  CheckState       s;
} Checker;

/* Refuses the file at the current instruction, unless nothing ever gets so far in it;
 * the first reason counts. */
void check_fail (Checker *c, const char *reason, ...) G_GNUC_PRINTF (2, 3);

/* --- check-state.c ----------------------------------------------------------- */

CheckType check_type_of_constant (const Operand *o);
static inline CheckType
check_type (guint kinds)
{
  return (CheckType){ (guint16) kinds, 0, 0 };
}
bool check_operand_is_constant (const Operand *o);
/* The type of what @o holds; a term must be there. */
CheckType check_use (Checker *c, const Operand *o);
/* The same for a register that may hold a match context. */
CheckType check_use_word (Checker *c, const Operand *o);
void      check_define (Checker *c, const Operand *o, CheckType type);
/* The register @o (and its copies) was found to be of @kinds, a tuple of @n elements
 * (with KIND_LONGER at least). */
void check_narrow (Checker *c, const Operand *o, guint kinds, guint n);
/* Operand @index must be what @guard says; what is not known is tested at run time. */
void check_require (Checker *c, guint index, CodeGuardKind guard, guint n);
void check_copy (Checker *c, const Operand *from, const Operand *to);
/* x0 to @live - 1 are defined; the others are no more. */
void check_live (Checker *c, guint64 live);
void check_forget_x (Checker *c, guint from);
/* All slots of the frame are written: the stack may be walked. */
void check_slots_written (Checker *c);
/* A collection may run here, with @live registers. */
void check_collect (Checker *c, guint64 live);
/* A use of @o behind a collection with @live registers. */
void check_survives (Checker *c, const Operand *o, guint64 live);
/* Takes @words of those reserved. */
void check_build (Checker *c, guint64 words);
bool check_has_catch (const Checker *c);
/* The message that was looked at belongs to the process; the receive has ended. */
void check_own_message (Checker *c);
/* What belongs to a message is not there any more. */
void check_forget_fragile (Checker *c);
/* If the instruction raises, its innermost handler goes on. */
void check_handler (Checker *c);
/* The instruction may raise: goes on at the handler, too. */
void check_raise (Checker *c);
/* The same when @o is one of @kinds, a tuple of @n elements (with KIND_LONGER at least): as far as
 * it can be. */
void check_branch_with (Checker *c, const Operand *label, const Operand *o, guint kinds, guint n);
/* The instruction may go on at @label (0: raises). */
void check_branch (Checker *c, const Operand *label);
/* Merges the current state into a label's. */
void check_join (Checker *c, guint32 label);
void check_load (Checker *c, const LabelState *from);
/* Nothing runs behind this instruction. */
static inline void
check_end (Checker *c)
{
  c->alive = false;
}

/* --- check-shape.c: what does not depend on the way here ----------------------- */

void check_shape (Checker *c);
/* check-loops.c: the function has no way in a circle that nothing interrupts. */
void    check_loops (Checker *c);
guint32 check_function_of_label (const Checker *c, guint64 label);

/* --- the families; FALSE: the instruction is not one of theirs ------------------ */

bool check_control (Checker *c);
bool check_data (Checker *c);
bool check_test (Checker *c);
bool check_bif (Checker *c);
bool check_bits (Checker *c);
/* check-bif.c: a call to import @import_ that never comes back? */
bool check_is_exit (const Checker *c, guint64 import_);
bool check_is_setelement (const Checker *c, guint64 import_);
