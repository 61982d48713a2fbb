/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One garbage collection from its start to its end, as it was done: what the
 * process's memory held before, every single action in order, and the numbers
 * that decided when, how and to which size. Immutable; it holds no pointer into
 * the machine and outlives it. Offsets and sizes are in words of 8 bytes, times
 * in nanoseconds of the machine's clock. Source: OTP 25, erl_gc.c. */

#include "engine/vm-event.h"

G_BEGIN_DECLS

/* Where a word is. Offsets count from the space's first word. */
#define VM_SPACES(X)                                                               \
  X (NONE, "none")                                                                 \
  X (ROOT, "root")         /* outside of the heap: `roots`, by index */            \
  X (STACK, "stack")       /* from the innermost slot on */                        \
  X (YOUNG, "young")       /* the young block before */                            \
  X (OLD, "old")           /* the old block: before, and what is promoted to it */ \
  X (FRAGMENT, "fragment") /* all heap fragments, one behind another */            \
  X (MESSAGE, "message")   /* queued messages' fragments, one behind another */    \
  X (NEW, "new")           /* the block that is copied to */                       \
  X (LITERAL, "literal")   /* constants of the code; offset of no meaning */

typedef enum
{
#define X(name, text) VM_SPACE_##name,
  VM_SPACES (X)
#undef X
    VM_N_SPACES
} VmSpace;

/* What is done. `slot` is the word looked at: in VM_SPACE_ROOT or VM_SPACE_STACK a
 * root, in VM_SPACE_NEW or VM_SPACE_OLD a word that the scan has come to. */
#define VM_GC_ACTIONS(X)                                                                     \
  X (MAKE_NEW, "new block made") /* words: its size */                                       \
  X (MAKE_OLD, "old block made") /* words: its size */                                       \
  X (LOOK, "nothing to follow")  /* slot: no pointer */                                      \
  X (COPY, "copied")             /* slot (or none), from, to, words */                       \
  X (PROMOTE, "promoted")        /* the same, to the old block */                            \
  /* a small sub-binary becomes a heap binary: slot, from, to, words of it */                \
  X (UNPACK, "slice made a binary")                                                          \
  X (FORWARD, "already moved")                /* slot, from: the forwarding mark, to */      \
  X (STAY, "stays in the old heap")           /* slot, from */                               \
  X (LITERAL, "constant: stays")              /* slot */                                     \
  X (PASS, "no terms in here")                /* slot: the first of the words passed over */ \
  X (SCAN, "the scan begins")                 /* slot: at which word */                      \
  X (KEEP_OFF_HEAP, "off-heap part kept")     /* from, to; words: its bytes */               \
  X (FREE_OFF_HEAP, "off-heap part given up") /* from; words: its bytes */                   \
  X (FREE_YOUNG, "old place given up")        /* words: the whole young block */             \
  X (FREE_OLD, "old block given up")          /* words */                                    \
  X (MOVE_IN, "message moved in")             /* from: VM_SPACE_MESSAGE, to, words */        \
  X (RESIZE, "block resized")                 /* words: new size; all keeps its offset */

typedef enum
{
#define X(name, text) VM_GC_ACTION_##name,
  VM_GC_ACTIONS (X)
#undef X
    VM_N_GC_ACTIONS
} VmGcActionKind;

typedef struct
{
  guint8  kind;                             /* VmGcActionKind */
  guint8  slot_space, from_space, to_space; /* VmSpace */
  guint32 slot, from, to;                   /* offsets */
  guint32 words;
} VmGcAction;

/* Why. The numbers are those the rule compares, in the order given. */
#define VM_GC_DECISIONS(X)                                                                   \
  X (NOW_NEED, "need")           /* wanted, free, of these in reserve */                     \
  X (NOW_BINARIES, "binaries")   /* words of the virtual binary heap used, its size */       \
  X (NOW_FRAGMENTS, "fragments") /* words in fragments, free */                              \
  X (NOW_ASKED, "asked")         /* by the program */                                        \
  X (NOW_HIBERNATE, "hibernate")                                                             \
  X (NOW_FORCED, "forced")            /* by the runtime system */                            \
  X (MINOR, "minor")                  /* words below the high-water mark, room for them */   \
  X (MAJOR_ASKED, "major asked")      /* a full sweep was asked for */                       \
  X (MAJOR_COUNT, "full sweep due")   /* minor ones since the last, fullsweep_after */       \
  X (MAJOR_NO_OLD, "no old block")    /* nothing has survived a collection yet */            \
  X (MAJOR_NO_ROOM, "old block full") /* words below the high-water mark, free */            \
  X (MAJOR_BINARIES, "old binaries")  /* old virtual binary heap: used, size */              \
  X (MAJOR_HIBERNATE, "hibernate major")                                                     \
  X (SIZE_OLD, "old block")         /* of how many young words, size */                      \
  X (SIZE_COPY_MINOR, "copy minor") /* stack, young words, smallest allowed, size */         \
  X (SIZE_COPY_MAJOR, "copy major") /* stack, young and old words, reserve, size */          \
  X (SIZE_ONE_UP, "one up")         /* size before, size: as SIZE_MARK had said */           \
  X (SIZE_KEEP, "keep")             /* words needed afterwards, size */                      \
  X (SIZE_GROW, "grow")             /* words needed afterwards, size before, size */         \
  X (SIZE_SHRINK, "shrink")         /* words needed, times as many wanted, before, size */   \
  X (SIZE_SHRINK_OLD, "shrink old") /* words needed, old block, before, size */              \
  X (SIZE_SHRINK_MIN, "shrink min") /* words needed, min_heap_size, before, size */          \
  X (SIZE_NO_SHRINK, "no shrink")   /* words needed, size: nothing less is allowed */        \
  X (SIZE_MARK, "mark")             /* words needed, size: the next full sweep takes more */ \
  X (SIZE_EXACT, "exact")           /* words used, reserve, size: hibernation */             \
  X (SIZE_BINARIES, "binary heap")  /* words used, size before, size */                      \
  X (OVER_LIMIT, "over limit")      /* words it would have, max_heap_size, 1: killed */

typedef enum
{
#define X(name, text) VM_GC_DECISION_##name,
  VM_GC_DECISIONS (X)
#undef X
    VM_N_GC_DECISIONS
} VmGcDecisionKind;

typedef struct
{
  VmGcDecisionKind kind;
  guint64          numbers[4];
} VmGcDecision;

/* Kinds of roots, in the order they are visited. */
#define VM_GC_ROOTS(X)                      \
  X (STACK, "stack")                        \
  X (DICTIONARY, "process dictionary")      \
  X (REGISTER, "x")                         \
  X (SAVED, "saved argument")               \
  X (TRACE_TOKEN, "sequential trace token") \
  X (GROUP_LEADER, "group leader")          \
  X (EXCEPTION, "exception")                \
  X (RESULT, "result")                      \
  X (MESSAGE, "message")                    \
  X (OTHER, "other")

typedef enum
{
#define X(name, text) VM_GC_ROOT_##name,
  VM_GC_ROOTS (X)
#undef X
    VM_N_GC_ROOTS
} VmGcRootKind;

/* One word as it was before. */
typedef struct
{
  guint8      tag;    /* VmWordTag of vm-words.h */
  guint8      space;  /* VmSpace a pointer points to, or VM_SPACE_NONE */
  guint32     target; /* pointer: the offset there; header: words of the thing */
  const char *text;   /* (nullable): value or kind of thing as people read it */
} VmGcWord;

typedef struct
{
  VmGcRootKind kind;
  const char  *name; /* "y1 of lists:map/2", "x0", "message 3" */
  VmGcWord     word;
} VmGcRoot;

typedef struct
{
  guint64         block_before; /* size; 0: there is no such block */
  guint64         used_before;
  guint64         block_after;
  guint64         used_after;
  guint           n_words; /* listed: the first of those used before (of a stack: all) */
  const VmGcWord *words;
} VmGcSpace;

/* What is kept at most; a larger collection has `is_whole` FALSE, lists as much as
 * this and counts the rest. */
#define VM_GC_WALK_MAX_WORDS   (1u << 18)
#define VM_GC_WALK_MAX_ACTIONS (1u << 20)

typedef struct
{
  guint64 n, words;
} VmGcCount;

typedef struct _VmGcWalk VmGcWalk;

struct _VmGcWalk
{
  /*< private >*/
  gatomicrefcount ref_count;
  GStringChunk   *strings;

  /*< public >*/
  VmPid               pid;
  const char         *process; /* its name, or its pid as text */
  guint64             number;  /* the process's how manieth, from 1 */
  gboolean            is_major;
  gboolean            is_killed; /* over max_heap_size: nothing was collected */
  gint64              begin_ns, end_ns;
  int                 reductions; /* what it cost */
  const char         *current;    /* (nullable) "m:f/a": where the process was */
  const char         *file;       /* (nullable) */
  guint               line;
  guint64             high_water_before, high_water_after; /* offsets in the young block */
  guint64             keys_before[VM_N_GC_KEYS], keys_after[VM_N_GC_KEYS];
  VmGcSpace           spaces[VM_N_SPACES];
  guint               n_roots; /* of VM_SPACE_ROOT; the stack's are in its space */
  const VmGcRoot     *roots;
  const char *const  *stack_names; /* (array length=spaces[VM_SPACE_STACK].n_words) */
  guint               n_actions;
  const VmGcAction   *actions;
  VmGcCount           counts[VM_N_GC_ACTIONS]; /* of all, listed or not */
  gboolean            is_whole;                /* all words and actions are listed */
  guint               n_decisions;
  const VmGcDecision *decisions;
};

/**
 * vm_machine_watch_collections:
 * @who: (nullable): a process: registered name, a lab's name or a pid as text;
 *   it need not exist yet. NULL: nobody.
 * @number: which of its collections, from 1; 0 = each one
 *
 * From the next instruction on, @who's collections are captured; the newest is kept.
 * One that was not taken yet is forgotten. Costs nothing while nobody is watched;
 * a watched collection takes longer (wall time only) and counts the same.
 *
 * Thread: any but a scheduler's. Never blocks.
 */
void vm_machine_watch_collections (VmMachine *vm, const char *who, guint64 number);

/* The newest captured since the last call. Never blocks. (transfer full) (nullable) */
VmGcWalk *vm_machine_take_gc_walk (VmMachine *vm);

VmGcWalk *vm_gc_walk_ref (VmGcWalk *collection);
void      vm_gc_walk_unref (VmGcWalk *collection);

/* (transfer none): the table's names. */
const char *vm_space_get_name (VmSpace space);
const char *vm_gc_action_get_name (VmGcActionKind kind);
const char *vm_gc_decision_get_name (VmGcDecisionKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmGcWalk, vm_gc_walk_unref)

G_END_DECLS
