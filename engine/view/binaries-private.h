/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Blocks and references as they are found: first all references, by the lists that
 * the memory keeps of them, then what leads to them, by going from the roots. */

#include "engine/mem/offheap.h"
#include "engine/view/binaries.h"
#include "engine/view/snapshot-private.h"

typedef struct
{
  guint64 from, to; /* bytes of the block */
} Interval;

typedef struct
{
  VmHolder holder;
  ProcBin *pb;
  guint    block;
  gboolean is_writable;
  GArray  *shown; /* (nullable) Interval */
} HolderBuild;

typedef struct
{
  OffHeapBinary *binary;
  GArray        *holders; /* guint: of `holders` */
  guint64        spare;
} BlockBuild;

typedef struct
{
  SnapshotBuilder builder;
  VmMachine      *vm;
  VmBinaries     *result;
  GArray         *blocks;       /* BlockBuild */
  GHashTable     *block_of;     /* OffHeapBinary * → index + 1 */
  GArray         *holders;      /* HolderBuild */
  GHashTable     *holder_of;    /* ProcBin * → index + 1 */
  guint64         n_words_left; /* to go through */
} BinariesBuilder;

HolderBuild *binaries_add_holder (
  BinariesBuilder *b, ProcBin *pb, VmHolderPlace place, VmPid pid, const char *owner);
void binaries_show (BinariesBuilder *b, HolderBuild *holder, guint64 from, guint64 to);

/* binaries-reach.c: goes from @p's roots and says what of its holders is reached.
 * @first: its first holder. */
void binaries_reach (BinariesBuilder *b, Process *p, guint first);
