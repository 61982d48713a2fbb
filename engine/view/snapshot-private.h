/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/view/snapshot.h"

#define TEXT_CHARS 80 /* values are cut after this many characters */

/* What is being built. Strings go to the chunk of the snapshot. */
typedef struct
{
  VmMachine               *vm;
  VmSnapshot              *snapshot;
  const VmSnapshotRequest *request;
  SnapshotNameFunc         name_of;
} SnapshotBuilder;

/* (transfer none): owned by the snapshot. */
const char *snapshot_text (SnapshotBuilder *builder, const char *text);
const char *snapshot_term (SnapshotBuilder *builder, Term term);
const char *snapshot_mfa (SnapshotBuilder *builder, Term module, Term function, guint arity);
/* An array that the snapshot owns, of @array's elements; NULL when empty. Frees @array. */
gconstpointer snapshot_array (GArray *array, guint *n);

void snapshot_fill_process (SnapshotBuilder *builder, Process *p, VmProcessInfo *info);
void snapshot_fill_detail (SnapshotBuilder *builder, VmPid pid, VmProcessDetail *detail);
/* snapshot-words.c: words [from, from + n) of the young block. */
GArray *snapshot_words (SnapshotBuilder *builder, Process *p, guint64 from, guint n);
