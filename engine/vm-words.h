/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process's memory, word by word, as much of it as is asked for: the words of
 * a stretch, or of a longer stretch a summary for each of a picture's columns.
 * What is handed out is immutable, holds no pointer into the machine and outlives
 * it.
 *
 * A place is an area and an offset in words:
 *
 *   VM_AREA_YOUNG     from the start of the young block, the stack included: it
 *                     lies at the block's end, its newest word first
 *   VM_AREA_OLD       from the start of the old block
 *   VM_AREA_FRAGMENT  all heap fragments and messages' fragments behind each other,
 *                     in the order of VmWords.fragments
 *
 * Other areas (a literal, another process's fragment) have no offset. */

#include "engine/vm-snapshot.h"

G_BEGIN_DECLS

typedef enum
{
  VM_AREA_NONE,
  VM_AREA_YOUNG,
  VM_AREA_OLD,
  VM_AREA_FRAGMENT,
  VM_AREA_LITERAL,
  VM_AREA_OFFHEAP,
} VmArea;

typedef enum
{
  VM_WORD_HEADER,
  VM_WORD_CONS,  /* a pointer to a list cell */
  VM_WORD_BOXED, /* a pointer to a header */
  VM_WORD_SMALL,
  VM_WORD_ATOM,
  VM_WORD_PID,
  VM_WORD_PORT,
  VM_WORD_NIL,
  VM_WORD_CATCH,
  VM_WORD_RETURN, /* on the stack: where a function goes on */
  VM_WORD_RAW,    /* no term: bytes, digits, sizes, addresses */
  VM_WORD_FREE,   /* committed, not used */
} VmWordTag;

/* What words can be part of: name, what it is called. */
#define VM_OBJECT_KINDS(KIND)              \
  KIND (FREE, "free")                      \
  KIND (HOLE, "unused")                    \
  KIND (FRAME, "stack frame")              \
  KIND (CONS, "list cell")                 \
  KIND (TUPLE, "tuple")                    \
  KIND (MAP, "map")                        \
  KIND (MAP_NODE, "map node")              \
  KIND (FUN, "fun")                        \
  KIND (FLOAT, "float")                    \
  KIND (BIGNUM, "big integer")             \
  KIND (REFERENCE, "reference")            \
  KIND (HEAP_BINARY, "binary on the heap") \
  KIND (PROC_BIN, "ProcBin")               \
  KIND (SUB_BINARY, "sub-binary")          \
  KIND (MATCH_CONTEXT, "match context")    \
  KIND (EXTERNAL, "identifier of another node")

typedef enum
{
#define KIND(name, text) VM_OBJECT_##name,
  VM_OBJECT_KINDS (KIND)
#undef KIND
    VM_N_OBJECT_KINDS
} VmObjectKind;

typedef struct
{
  VmArea       area;
  VmObjectKind kind;
  guint64      offset; /* of its first word */
  guint64      n_words;
  const char  *name; /* "tuple of 3", "lists:map/2" of a frame */
  const char  *text; /* (nullable): its value, cut with "…" */
} VmObject;

typedef struct
{
  guint64     offset;
  guint64     word; /* raw; 0 for pointers, whose target says more */
  VmWordTag   tag;
  VmArea      points_into; /* VM_AREA_NONE: no pointer */
  guint64     points_to;   /* offset there */
  guint       object;      /* index into the stretch's objects, G_MAXUINT: none */
  const char *field;       /* (nullable): "head", "element 2", "size", "y1" */
  const char *text;        /* (nullable): what a person reads */
  gboolean    is_leading;  /* in an object from which the chosen term is reached */
  gboolean    is_chosen;   /* in the chosen term, or in a part of it */
} VmWord;

/* A column of a picture of many words: how many of each kind. */
typedef struct
{
  guint64 offset;
  guint64 n_words;
  guint64 words[VM_N_OBJECT_KINDS]; /* their sum is n_words */
  guint64 n_leading;
  guint64 n_chosen;
} VmWordBucket;

typedef struct
{
  VmArea  area;
  guint64 offset;
  guint64 n_words;
  guint   n_buckets; /* 0: the words themselves */
} VmWordStretch;

/* What was asked for, cut to what there is. */
typedef struct
{
  VmWordStretch       stretch;
  gboolean            is_told; /* FALSE: too much to walk while the program runs */
  guint               n_words;
  const VmWord       *words;
  guint               n_objects;
  const VmObject     *objects; /* those that these words belong to, by offset */
  guint               n_buckets;
  const VmWordBucket *buckets;
} VmWordPage;

typedef struct
{
  guint64  offset; /* in VM_AREA_FRAGMENT */
  guint64  n_words;
  gboolean is_message;
  guint    message; /* its number in the queue, from 1; 0: it was received */
} VmFragment;

typedef enum
{
  VM_ROOT_REGISTER,
  VM_ROOT_STACK,
  VM_ROOT_DICTIONARY,
  VM_ROOT_MESSAGE,
  VM_N_ROOT_KINDS
} VmRootKind;

/* Where a process's terms begin. */
typedef struct
{
  VmRootKind  kind;
  guint       index; /* register, slot, message (from 1) or dictionary entry */
  guint       frame; /* of a stack slot: its frame, 0 the innermost */
  const char *name;  /* "x0", "y3", "message 1", a key */
  const char *place; /* (nullable): the frame's function */
  const char *text;  /* the value, cut */
  VmArea      area;  /* of what it points to, VM_AREA_NONE for immediates */
  guint64     offset;
  guint64     slot;       /* of a stack slot: its own offset in VM_AREA_YOUNG */
  gboolean    is_leading; /* the chosen term is reached from here */
} VmRoot;

/* What it would cost to send a term to another process now. A send copies all that a
 * term holds as often as it is referred to; only constants of the code and bytes off
 * the heap stay. */
typedef struct
{
  gboolean is_known;           /* FALSE: it is no term, or has more than a million parts */
  guint64  copied_words;       /* on the receiver's heap or in a fragment */
  guint64  shared_words;       /* what the same takes now, each object once */
  guint64  lost_words;         /* what the copy is larger, because sharing is lost */
  guint64  literal_words;      /* of constants, which are not copied */
  guint64  n_references;       /* to bytes off the heap, made by the copy … */
  guint64  n_binaries;         /* … to so many blocks … */
  guint64  binary_bytes;       /* … of so many bytes, which are not copied */
  guint    reductions;         /* counted for the sender */
  guint    virtual_reductions; /* shorten its slice, not counted */
  guint    n_on_heap;          /* of the program's other processes, would take it on their heap */
  guint    n_in_fragment;      /* would get it in a fragment: they run, keep their queue off the
                                  heap, or have no room */
} VmSendCost;

typedef struct
{
  gboolean             is_known; /* there is something at the place that was asked for */
  VmObject             object;
  guint64              n_words;     /* of the term, what it shares counted once, literals not */
  guint64              n_roots;     /* roots from which it is reached */
  guint64              n_referrers; /* words that point to it */
  guint                n_listed;
  const VmWordStretch *referrers; /* the first of them: area and offset */
  VmSendCost           send;
  gboolean             is_complete; /* FALSE: the ways were too tangled to be followed */
} VmChosen;

#define VM_MAX_STRETCHES 4
#define VM_MAX_WORDS     4096 /* words and columns of one stretch */

typedef struct
{
  VmPid         pid;
  guint         n_stretches;
  VmWordStretch stretches[VM_MAX_STRETCHES];
  VmArea        chosen_area; /* VM_AREA_NONE: none */
  guint64       chosen_offset;
} VmWordsRequest;

typedef struct
{
  /*< private >*/
  gatomicrefcount ref_count;
  GStringChunk   *strings;

  /*< public >*/
  VmPid             pid;
  gboolean          is_alive;
  guint64           serial; /* of the machine's status */
  gint64            time_ns;
  VmHeapSizes       sizes;
  guint             n_pages; /* as asked for */
  VmWordPage        pages[VM_MAX_STRETCHES];
  guint             n_fragments; /* in sight, if they are not too many to be told apart */
  const VmFragment *fragments;
  guint64           n_fragment_words;            /* of all */
  guint             n_roots;                     /* listed: of each kind at most 400 */
  const VmRoot     *roots;                       /* in each kind by index */
  guint64           n_roots_of[VM_N_ROOT_KINDS]; /* of all */
  VmChosen          chosen;
} VmWords;

const char *vm_object_kind_to_string (VmObjectKind kind);

/* Asks for words at the next safepoint; a later request replaces one not yet
 * served. Never blocks.
 *
 * Cost: while the machine rests, one walk over the process's memory for each stop
 * at most; what is shown is found from an index after that. While it runs, areas
 * of up to 100 000 words are walked, larger ones are not told. */
void vm_machine_request_words (VmMachine *vm, const VmWordsRequest *request);

/* The words last made for a request, once. Never blocks.
 * (transfer full) (nullable) */
VmWords *vm_machine_take_words (VmMachine *vm);

/* The same, but waits for the safepoint: for the command line and tests.
 * (transfer full) */
VmWords *vm_machine_wait_words (VmMachine *vm, const VmWordsRequest *request);

VmWords *vm_words_ref (VmWords *words);
void     vm_words_unref (VmWords *words);

/* The page of @area, (nullable). */
const VmWordPage *vm_words_find_page (const VmWords *words, VmArea area);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmWords, vm_words_unref)

G_END_DECLS
