/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* An immutable picture of a machine, copied at a safepoint. It holds no pointer
 * into the machine and outlives it. All strings and arrays belong to the
 * snapshot. Arrays are sorted by pid, scheduler or address unless said. */

#include "engine/vm-control.h"

G_BEGIN_DECLS

typedef enum
{
  VM_PROCESS_RUNNABLE,
  VM_PROCESS_RUNNING,
  VM_PROCESS_WAITING,
  VM_PROCESS_COLLECTING,
  VM_PROCESS_SUSPENDED,
  VM_PROCESS_EXITING,
} VmProcessState;

/* Sizes of one process's memory, in words unless said. `young_block` holds the
 * heap (from the low end) and the stack (from the high end). */
typedef struct
{
  guint64 young_block;
  guint64 young_used;
  guint64 high_water; /* words from the block's start: below survived a collection */
  guint64 stack_used;
  guint64 old_block;
  guint64 old_used;
  guint64 fragments;     /* heap fragments and messages' fragments */
  guint64 offheap_bytes; /* binaries the process refers to, each counted once a reference */
  guint64 n_binaries;    /* references to them */
  guint64 vheap_used;    /* the virtual binary heap, words */
  guint64 vheap_block;
  guint64 old_vheap_used;
  guint64 old_vheap_block;
  guint64 memory_bytes; /* as process_info(P, memory) */
} VmHeapSizes;

typedef struct
{
  VmPid          pid;
  VmPid          parent;
  const char    *name;    /* (nullable): registered or given by the lab */
  const char    *initial; /* "m:f/a" */
  const char    *current; /* "m:f/a" */
  const char    *file;    /* (nullable): source file of the current line */
  guint          line;    /* 0 = unknown */
  VmProcessState state;
  guint8         priority;  /* 0 max, 1 high, 2 normal, 3 low */
  gboolean       is_system; /* made by the boot, not by the program */
  gboolean       is_supervisor;
  gboolean       traps_exits;
  guint          scheduler; /* runs or queues here, from 1 */
  guint          n_messages;
  guint          n_links;
  guint64        n_reductions;
  guint64        n_minor; /* collections so far */
  guint64        n_major;
  guint64        words_copied; /* by them and by hibernation */
  guint64        words_reclaimed;
  VmHeapSizes    heap;
} VmProcessInfo;

typedef enum
{
  VM_EDGE_LINK,    /* both ways; from < to */
  VM_EDGE_MONITOR, /* from watches to */
  VM_EDGE_PARENT,  /* from spawned to, and lives */
} VmEdgeKind;

typedef struct
{
  VmEdgeKind kind;
  VmPid      from;
  VmPid      to;
} VmEdge;

typedef struct
{
  guint        id; /* from 1 */
  gboolean     is_running;
  VmPid        current; /* or VM_PID_NONE */
  gint64       time_ns; /* this scheduler's clock */
  guint64      n_reductions;
  guint        reductions_left; /* of the slice */
  guint        queue_length;
  guint        n_queue; /* how many are listed in `queue` */
  const VmPid *queue;   /* in the order they will be picked */
} VmSchedulerInfo;

/* A value as a person reads it. */
typedef struct
{
  const char *name;  /* "x0", "y3", "fr1", a key of the dictionary … */
  const char *text;  /* as ~p prints it, cut with "…" */
  guint64     words; /* its size on a heap, 0 for immediates and literals */
} VmValue;

typedef struct
{
  const char    *function; /* "m:f/a" */
  const char    *file;     /* (nullable) */
  guint          line;
  guint          n_slots;
  const VmValue *slots; /* y0 first */
} VmFrame;

typedef struct
{
  VmPid       from; /* or VM_PID_NONE when unknown */
  const char *text;
  guint64     words;
  gboolean    is_in_heap; /* FALSE: in a fragment of its own */
} VmMessage;

typedef struct
{
  guint       offset; /* words from the function's start */
  const char *text;   /* "move x0 y1" */
  guint       line;
  gboolean    is_current;
} VmInstruction;

/* What is copied of the one process that is looked into. */
typedef struct
{
  VmPid                pid;
  gboolean             is_alive;
  const char          *name;        /* (nullable): of a dead one, as pictures call it */
  const char          *exit_reason; /* (nullable): of a dead one */
  guint                n_registers;
  const VmValue       *registers;
  guint                n_frames;
  const VmFrame       *frames;     /* innermost first */
  guint                n_messages; /* listed here; the whole count is in the process's info */
  const VmMessage     *messages;   /* oldest first */
  guint                n_dictionary;
  const VmValue       *dictionary;
  guint                n_instructions;
  const VmInstruction *instructions; /* of the current function */
} VmProcessDetail;

struct _VmSnapshot
{
  /*< private >*/
  gatomicrefcount ref_count;
  GStringChunk   *strings;

  /*< public >*/
  VmStatus               status;
  const char            *otp_version;
  guint                  n_processes; /* listed; status.n_processes is the whole count */
  const VmProcessInfo   *processes;
  guint                  n_edges;
  const VmEdge          *edges;
  guint                  n_schedulers;
  const VmSchedulerInfo *schedulers;
  const VmProcessDetail *focus;        /* (nullable) */
  guint64                total_words;  /* of all processes */
  guint64                binary_bytes; /* off heap */
};

typedef struct
{
  guint max_processes; /* 0 = 2000; the focused and the registered come first */
  VmPid focus;         /* or VM_PID_NONE */
  guint max_messages;  /* of the focus; 0 = 100 */
} VmSnapshotRequest;

#define VM_SNAPSHOT_REQUEST_INIT \
  {                              \
    .focus = VM_PID_NONE         \
  }

/* Asks for a snapshot at the next safepoint; a later request replaces one not
 * yet served. Never blocks. */
void vm_machine_request_snapshot (VmMachine *vm, const VmSnapshotRequest *request);

/* The snapshot last made for a request, once. Never blocks.
 * (transfer full) (nullable) */
VmSnapshot *vm_machine_take_snapshot (VmMachine *vm);

/* The same, but waits for the safepoint: for the command line and tests.
 * (transfer full) */
VmSnapshot *vm_machine_wait_snapshot (VmMachine *vm, const VmSnapshotRequest *request);

VmSnapshot *vm_snapshot_ref (VmSnapshot *snapshot);
void        vm_snapshot_unref (VmSnapshot *snapshot);

/* (nullable): by binary search. */
const VmProcessInfo *vm_snapshot_find (const VmSnapshot *snapshot, VmPid pid);

/* By registered or lab name, or "<0.N.S>". (nullable) */
const VmProcessInfo *vm_snapshot_find_name (const VmSnapshot *snapshot, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmSnapshot, vm_snapshot_unref)

G_END_DECLS
