/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Who holds which bytes off the heaps: each block of bytes with its reference
 * count, and each reference with where it lies, what it shows of the block and from
 * which root it is reached. Immutable; holds no pointer into the machine. */

#include "engine/vm-snapshot.h"

G_BEGIN_DECLS

/* Where a reference (a ProcBin) lies. */
#define VM_HOLDER_PLACES(X)                  \
  X (YOUNG, "young heap")                    \
  X (OLD, "old heap")                        \
  X (FRAGMENT, "heap fragment")              \
  X (MESSAGE, "message in its own fragment") \
  X (TABLE, "ETS table")                     \
  X (PERSISTENT, "persistent term")

typedef enum
{
#define X(name, text) VM_HOLDER_##name,
  VM_HOLDER_PLACES (X)
#undef X
    VM_N_HOLDER_PLACES
} VmHolderPlace;

typedef enum
{
  VM_REACH_UNKNOWN, /* there was too much to go through */
  VM_REACH_LIVE,
  VM_REACH_GARBAGE, /* no root leads here: the next collection that looks frees it */
} VmReach;

typedef struct
{
  VmPid         pid;   /* VM_PID_NONE: no process */
  const char   *owner; /* the process's name or pid, a table's name, a key */
  VmHolderPlace place;
  VmReach       reach;
  const char   *root;      /* (nullable): the first one that leads here: "y1 of m:f/2", "x0" … */
  gboolean      is_whole;  /* it is reached as a binary itself, not only through slices */
  guint         n_slices;  /* sub-binaries, */
  guint         n_matches; /* and match contexts through which it is reached */
  guint64       bytes;     /* of the block that it shows, directly or through slices */
} VmHolder;

typedef enum
{
  VM_FREED_BY_NOTHING,
  VM_FREED_BY_ANY,  /* collection of its holders */
  VM_FREED_BY_FULL, /* sweep only: a reference lies in an old heap */
} VmFreedBy;

typedef struct
{
  guint64 number; /* from 1, largest first */
  guint64 bytes;  /* of the block */
  guint64 n_references;
  guint64 n_elsewhere;         /* of these, not in what is listed here: constants of code, the
                                  runtime system */
  guint64         bytes_shown; /* by any live holder */
  guint64         bytes_spare; /* reserve behind the end of a binary that is appended to */
  VmFreedBy       freed_by;
  guint64         copy_frees; /* bytes, if each live holder made binary:copy/1 of what it shows */
  guint           n_holders;  /* of all */
  guint           n_listed;
  const VmHolder *holders;
  const char     *text; /* the first bytes as a binary is printed, cut */
} VmBinary;

#define VM_BINARIES_MAX_LISTED  1000 /* the largest */
#define VM_BINARIES_MAX_HOLDERS 64   /* of one block */

typedef struct
{
  /*< private >*/
  gatomicrefcount ref_count;
  GStringChunk   *strings;

  /*< public >*/
  guint64         serial; /* of the machine's status */
  gint64          time_ns;
  gboolean        is_complete;   /* all reachability is known */
  guint64         n_binaries;    /* of all */
  guint64         bytes;         /* of all */
  guint64         bytes_garbage; /* of those that a collection would free */
  guint64         bytes_pinned;  /* of live ones, not shown to anybody */
  guint           n_listed;
  const VmBinary *binaries; /* largest first */
} VmBinaries;

const char *vm_holder_place_to_string (VmHolderPlace place);

/* Asks for the list at the next safepoint. Never blocks.
 *
 * Cost: the memory of all processes that hold binaries is gone through, up to 50
 * million words while the machine rests, 200 000 while it runs; beyond that reach is
 * unknown. */
void vm_machine_request_binaries (VmMachine *vm);
/* The list last made, once. Never blocks. (transfer full) (nullable) */
VmBinaries *vm_machine_take_binaries (VmMachine *vm);
/* The same, but waits for the safepoint: for the command line and tests.
 * (transfer full) */
VmBinaries *vm_machine_wait_binaries (VmMachine *vm);

VmBinaries *vm_binaries_ref (VmBinaries *binaries);
void        vm_binaries_unref (VmBinaries *binaries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmBinaries, vm_binaries_unref)

G_END_DECLS
