/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Off-heap, reference-counted blocks: the bytes of binaries over 64 bytes, and
 * "magic" things of the machine that live as long as a reference to them.
 * Counts are atomic; the bytes are written only before the block is shared or by
 * its one writer (appending). */

#include "engine/mem/heap.h"

#define BINARY_MAGIC    1u /* data begins with a MagicHead */
#define BINARY_WRITABLE 2u /* has spare room at the end for appending */

typedef struct
{
  GDestroyNotify destroy;   /* called with the OffHeapBinary before it is freed */
  guint32        number[3]; /* the reference's numbers */
} MagicHead;

OffHeapBinary *binary_new (VmMachine *vm, gsize bytes); /* count 1 */
OffHeapBinary                *
binary_resize (VmMachine *vm, OffHeapBinary *binary, gsize bytes); /* only with count 1 */
OffHeapBinary *binary_ref (OffHeapBinary *binary);
void           binary_unref (VmMachine *vm, OffHeapBinary *binary);

/* Writes a ProcBin (PROC_BIN_WORDS at @hp) that takes over the caller's count
 * of @binary and chains it into @off_heap. Adds to the overhead. */
Term proc_bin_write (Term *hp, OffHeapBinary *binary, guint8 *bytes, gsize size, OffHeap *off_heap);

/* Drops all counts of a chain (a dead heap, a freed fragment). */
void off_heap_release (VmMachine *vm, OffHeap *off_heap);
/* How many references to binaries off the heap @heap holds, and the whole size of what
 * they refer to, each counted once a reference: process_info(P, binary). */
guint64 heap_count_binaries (const Heap *heap, guint64 *bytes);
/* Chains @from in front of @to. */
void off_heap_join (OffHeap *to, OffHeap *from);
