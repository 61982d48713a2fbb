/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Conditions: the tree that condition-parse.c reads, and its evaluation. What a
 * condition compares is a quantity; a quantity alone is a tree of one atom without
 * a comparison.
 *
 * Some atoms look at the machine's state (levels: heap, mailbox …); others are
 * about something that happens (edges: gc, sent, received, line, calls) and are
 * true once it happened since the watch began. */

#include "engine/base/machine.h"
#include "engine/code/code.h"
#include "engine/proc/process.h"
#include "engine/vm-event.h"

typedef enum
{
  CONDITION_AND,
  CONDITION_OR,
  CONDITION_NOT,
  /* levels */
  CONDITION_HEAP,
  CONDITION_MAILBOX,
  CONDITION_EXITED,
  CONDITION_RUNNING,
  CONDITION_REDUCTIONS,
  CONDITION_COLLECTIONS,
  CONDITION_MINOR,
  CONDITION_MAJOR,
  CONDITION_COPIED,
  CONDITION_RECLAIMED,
  CONDITION_BINARIES,
  CONDITION_FRAMES,
  CONDITION_SIZE,
  CONDITION_COPY_SIZE,
  CONDITION_TIME,
  CONDITION_COUNT,
  CONDITION_SCHEDULERS, /* count(schedulers) */
  CONDITION_MEMORY,     /* memory(binary) */
  CONDITION_FINISHED,
  /* edges */
  CONDITION_GC,
  CONDITION_SENT,
  CONDITION_RECEIVED,
  CONDITION_LINE,
  CONDITION_CALLS,
} ConditionKind;

typedef enum
{
  COMPARE_EQ,
  COMPARE_NE,
  COMPARE_LT,
  COMPARE_LE,
  COMPARE_GT,
  COMPARE_GE
} Comparison;

typedef enum
{
  FIELD_YOUNG,
  FIELD_YOUNG_BLOCK,
  FIELD_OLD,
  FIELD_OLD_BLOCK,
  FIELD_STACK,
  FIELD_HIGH_WATER,
  FIELD_FRAGMENTS,
  FIELD_TOTAL,
  FIELD_FREE,
  FIELD_OFFHEAP, /* bytes */
  FIELD_MEMORY,  /* bytes */
  FIELD_VHEAP,
  FIELD_VHEAP_BLOCK,
  FIELD_OLD_VHEAP,
  FIELD_OLD_VHEAP_BLOCK,
  N_HEAP_FIELDS
} HeapField;

typedef enum
{
  GC_ANY,
  GC_MINOR,
  GC_MAJOR
} GcKind;

/* Where a term lies in a process. */
typedef enum
{
  PLACE_ARGUMENT, /* xN: of a function about to begin, or saved while it does not run */
  PLACE_SLOT,     /* yN of the innermost frame that has any */
  PLACE_MESSAGE,  /* mN: in the mailbox, the oldest is m1 */
} PlaceKind;

typedef struct _ConditionNode ConditionNode;
struct _ConditionNode
{
  ConditionKind  kind;
  ConditionNode *left, *right; /* and, or; not: left */
  guint          index;        /* of an atom: its latch */
  char          *who;          /* process; "any" or NULL: any */
  char          *other;        /* sent: receiver; line: file; calls: module */
  char          *function;
  guint          detail; /* HeapField, GcKind, scheduler, line, arity, number of the place */
  PlaceKind      place;
  Comparison     comparison;
  gint64         number;
};

struct _VmCondition
{
  char          *text;
  ConditionNode *root;
  guint          n_atoms;
};

struct _VmQuantity
{
  ConditionNode *root;
};

/* What must be done to see it become true in time. */
enum
{
  WATCH_EVENTS = 1u << 0,       /* look when events happen */
  WATCH_INSTRUCTIONS = 1u << 1, /* look before each instruction */
  WATCH_LEVELS = 1u << 2,       /* depends on state, not only on events */
};
guint condition_get_watch (const VmCondition *condition);

/* The earliest time after @now_ns at which a time atom may change; G_MAXINT64: never. */
gint64 condition_next_time (const VmCondition *condition, gint64 now_ns);

/* One watch of a condition. */
typedef struct
{
  VmMachine         *vm;
  const VmCondition *condition;
  _Atomic guint64   *happened; /* per atom: how often */
  VmPid             *known;    /* per atom: the process it named last */
  VmPid             *known_other;
  gboolean           look_back; /* names may be looked up in the recording */
  const Module      *module;    /* of line atoms: where the last instruction was */
} ConditionState;

void condition_state_init (ConditionState *state, VmMachine *vm, const VmCondition *condition);
void condition_state_clear (ConditionState *state);
/* Counts what @event is for the edges. */
void condition_feed (ConditionState *state, const VmEvent *event);
/* Counts lines and calls; TRUE when one happened. @pc: about to be executed. */
gboolean condition_feed_instruction (ConditionState *state, const Cell *pc);
gboolean condition_evaluate (ConditionState *state);
/* As vm_machine_measure(), of one at rest. */
gboolean condition_measure (ConditionState   *state,
                            const VmQuantity *quantity,
                            gint64           *value,
                            GError          **error);

/* --- condition-place.c -------------------------------------------------------- */

#define PLACE_MAX_WORDS 10000000 /* terms are measured up to here */

/* The term there, or NONE. Thread: @p's, or all stand still. */
Term  place_get (Process *p, PlaceKind place, guint number);
guint place_count_frames (Process *p);
