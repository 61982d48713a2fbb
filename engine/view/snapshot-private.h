/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/code/code.h"
#include "engine/view/snapshot.h"

#define TEXT_CHARS 80 /* values are cut after this many characters */

/* What is being built. Strings go to the chunk of the snapshot. */
typedef struct
{
  VmMachine               *vm;
  VmSnapshot              *snapshot; /* (nullable): what is built is something else */
  GStringChunk            *strings;
  const VmSnapshotRequest *request;
  SnapshotNameFunc         name_of;
  gboolean                 measures_terms; /* sizes of the focus's terms */
  Term                     initial_call;   /* '$initial_call' and '$process_label' */
  Term                     process_label;
} SnapshotBuilder;

/* (transfer none): owned by the snapshot. */
const char *snapshot_text (SnapshotBuilder *builder, const char *text);
const char *snapshot_term (SnapshotBuilder *builder, Term term);
const char *snapshot_mfa (SnapshotBuilder *builder, Term module, Term function, guint arity);
/* An array that the snapshot owns, of @array's elements; NULL when empty. Frees @array. */
gconstpointer snapshot_array (GArray *array, guint *n);

void snapshot_fill_process (SnapshotBuilder *builder, Process *p, VmProcessInfo *info);
void snapshot_fill_detail (SnapshotBuilder *builder, VmPid pid, VmProcessDetail *detail);
void snapshot_fill_heap (Process *p, VmHeapSizes *sizes);

/* Calls @func for each register that holds a good term now. */
typedef void (*SnapshotRegisterFunc) (guint index, Term term, gpointer data);
void snapshot_foreach_register (SnapshotBuilder     *builder,
                                Process             *p,
                                SnapshotRegisterFunc func,
                                gpointer             data);

/* snapshot-code.c. What the file of @module says; NULL when it is gone or has
 * changed since it was loaded. Kept with the module. Errors: none, no listing. */
const struct _BeamFile *snapshot_listing (SnapshotBuilder *builder, Module *module);
/* Index of the last of the file's instructions at or before @cell. */
guint snapshot_find_op (const Module *module, guint32 cell);
/* Which of MAX_X_REGS registers at @live the instructions from @pc on read, on the
 * way straight ahead up to the next call, frame or branch without return: each of
 * them holds a good term then. What only a jump's target needs is left out.
 * Returns one more than the highest. */
guint
     snapshot_live_registers (SnapshotBuilder *builder, Module *module, const Cell *pc, bool *live);
void snapshot_add_instructions (SnapshotBuilder    *builder,
                                Module             *module,
                                const FunctionInfo *function,
                                const Cell         *pc,
                                VmProcessDetail    *detail);
