/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Loaded code.
 *
 * A module's code is one array of 64-bit cells. An instruction is a first cell,
 * op:16 | a:16 | b:16 | c:16 (a register number or a small count in each), and
 * then whole cells for what does not fit: literals, label targets (Cell *),
 * Export * and so on. Instructions follow each other in the order of the file,
 * one for each of the file's, so the machine can stop between any two. Some are
 * fused: the first one's op is then a fused op whose fast body does the work of
 * both and skips both, while the stepping body does the first alone.
 *
 * Return addresses on a stack are Cell pointers (8-byte aligned: primary tag 00).
 *
 * Thread: a module is built by one thread and immutable once published, but for
 * Export.address (atomic). */

#include <stdatomic.h>

#include "engine/mem/heap.h"
#include "engine/term/atom-table.h"
#include "engine/vm-error.h"

typedef guint64 Cell;

struct _BifDef;

/* What calls to M:F/A reach. */
typedef struct _Export
{
  Term                   module, function;
  guint                  arity;
  _Atomic (const Cell *) address; /* code, or `stub` */
  const struct _BifDef  *bif;     /* or NULL */
  Cell                   stub[5]; /* arity, then "load the module or raise undef", or "call a BIF":
                                   * filled by interp; callers without code enter at stub + 1 */
  Term fun;                       /* the literal `fun M:F/A`, or NONE */
} Export;

/* One lambda of a module (FunT row). */
typedef struct
{
  struct _Module *module;
  Term            function;
  guint           arity; /* as callers see it: without the environment */
  guint           n_free;
  guint32         index;
  guint32         old_uniq;
  guint8          uniq[16];
  const Cell     *address;
} FunEntry;

typedef struct
{
  Term    name;
  guint   arity;
  guint32 entry; /* cell index of the first instruction after func_info */
  guint32 end;
} FunctionInfo;

typedef struct
{
  guint32 cell; /* the instruction at or after which the entry holds */
  guint16 file; /* index into files */
  guint32 line;
} LineEntry;

typedef struct _Module
{
  Term           name;
  Cell          *cells;
  gsize          n_cells;
  FunctionInfo  *functions; /* sorted by entry */
  guint          n_functions;
  FunEntry      *funs;
  guint          n_funs;
  Export       **exports;
  guint          n_exports;
  const Cell   **export_addresses; /* of exports[], in this version */
  LineEntry     *lines;            /* sorted by cell */
  guint          n_lines;
  char         **files;      /* 0 is "<module>.erl" */
  Term          *file_terms; /* the same as literal strings, for stack traces */
  guint          n_files;
  Term          *literals;
  guint          n_literals;
  guint8        *strings; /* StrT */
  gsize          strings_len;
  Term           attributes; /* literal terms, NIL when absent */
  Term           compile_info;
  guint8         md5[16];
  char          *path; /* where it was loaded from */
  const Cell    *on_load;
  guint32       *op_cells; /* cell index of each of the file's instructions, for the disassembly */
  guint          n_ops;
  bool           is_listed;    /* view/: the file was read once more for the disassembly (driver) */
  gpointer       listing;      /* (nullable) what came of it… */
  GDestroyNotify listing_free; /* …and how to free it */
} Module;

/* --- operands as read from a file ----------------------------------------- */

typedef enum
{
  OPERAND_U,       /* untagged number */
  OPERAND_INTEGER, /* `term` is a small, or a bignum literal */
  OPERAND_ATOM,    /* `term`; NIL for nil */
  OPERAND_X,
  OPERAND_Y,
  OPERAND_FLOAT_REG,
  OPERAND_LABEL,   /* value 0: none */
  OPERAND_LITERAL, /* `term` */
  OPERAND_LIST,    /* value operands at `list` */
} OperandKind;

typedef struct _Operand Operand;
struct _Operand
{
  OperandKind    kind;
  guint64        value;
  Term           term;
  const Operand *list;
};

/* One instruction of the file, by opcodes.def's numbers. Allocation lists are
 * already one number of words; typed registers are plain registers. */
typedef struct
{
  guint16        op;
  guint16        n_operands;
  guint32        offset; /* in the Code chunk, for messages */
  const Operand *operands;
} GenericOp;

/* A parsed .beam file (beam-file.h makes it). Owned memory is in one arena. */
typedef struct _BeamFile
{
  char      *path;
  Term       module;
  guint      n_labels, n_functions, max_opcode;
  GenericOp *ops;
  guint      n_ops;
  struct
  {
    Term  module, function;
    guint arity;
  } * imports;
  guint n_imports;
  struct
  {
    Term  function;
    guint arity;
    guint label;
  } * exports, *locals;
  guint n_exports, n_locals;
  struct
  {
    Term  function;
    guint arity, label, index, n_free, old_uniq;
  } * funs;
  guint n_funs;
  Term *literals; /* in the machine's literal area */
  guint n_literals;
  struct
  {
    guint16 file;
    guint32 line;
  } * lines; /* entry 0 = no location */
  guint         n_lines;
  char        **files;
  guint         n_files;
  guint8       *strings;
  gsize         strings_len;
  Term          attributes, compile_info;
  guint8        md5[16];
  GStringChunk *arena;
} BeamFile;

/* code-select.c: turns the file's instructions into cells and its tables into a
 * Module (not published yet). Errors: `VM_ERROR_FORMAT`. */
Module *code_select (VmMachine *vm, BeamFile *file, GError **error);
void    module_free (Module *module);

/* --- code-table.c --------------------------------------------------------- */

typedef struct _CodeTable CodeTable;

CodeTable *code_table_new (VmMachine *vm);
void       code_table_free (CodeTable *table);

/* The entry for M:F/A, made when new. Never moves. Thread: any. */
Export *code_table_get_export (CodeTable *table, Term module, Term function, guint arity);
/* The same, or NULL. */
Export *code_table_find_export (CodeTable *table, Term module, Term function, guint arity);
/* Whether M:F/A is built in. Thread: any. */
bool code_table_has_bif (CodeTable *table, Term module, Term function, guint arity);
/* The current version of a module, or NULL. */
Module *code_table_find_module (CodeTable *table, Term name);
/* Loads @name from the code path (and the OTP installation) unless it is loaded.
 * NULL: not found (no error set), or damaged (@error). Thread: any; one at a time. */
Module *code_table_load (CodeTable *table, Term name, GError **error);
Module *code_table_load_bytes (
  CodeTable *table, const guint8 *data, gsize len, const char *path, GError **error);
/* Where a module's file is on the code path; (transfer full) (nullable). */
char *code_table_find_file (CodeTable *table, const char *module);
void  code_table_add_path (CodeTable *table, const char *dir, gboolean first);
/* All loaded modules, in load order (element type Module *). */
GPtrArray *code_table_list (CodeTable *table);

/* The module and function whose code holds @pc, or NULL. Lock-free. */
Module             *code_table_find_pc (CodeTable *table, const Cell *pc);
const FunctionInfo *module_find_function (const Module *module, const Cell *pc);
/* The line entry that holds at @pc (a return address: pass pc - 1), or NULL. */
const LineEntry *module_find_line (const Module *module, const Cell *pc);

/* Catch words: a machine-wide index of the cells where catches go on. */
guint64     code_table_add_catch (CodeTable *table, const Cell *target);
const Cell *code_table_catch_target (CodeTable *table, guint64 index);

/* --- literals.c ----------------------------------------------------------- */

Literals *literals_new (VmMachine *vm);
void      literals_free (Literals *literals);
/* Copies @term into the literal area. Thread: any (takes the area's lock). */
Term literals_add (VmMachine *vm, Term term);
/* Uninitialised words in the area. NULL: the area is full. */
Term *literals_alloc (VmMachine *vm, gsize words);
/* The literal {}. */
Term code_empty_tuple (VmMachine *vm);
