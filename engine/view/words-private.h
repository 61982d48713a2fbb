/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* How words are found among very many.
 *
 * A process's memory is a list of spaces: the used part of its young heap, its old
 * heap, and each fragment. Only a walk from a space's start tells where objects
 * begin. One walk notes, for each chunk of CHUNK_WORDS words, which object covers
 * the chunk's first word and how many words of each kind came before it. From that
 * any stretch is found by walking one chunk. The index is kept as long as the
 * machine rests.
 *
 * Marks are a bit a word: `leads`, set for all words of the objects from which the
 * chosen term is reached, and `parts`, for those of the term and all it holds. */

#include "engine/view/snapshot-private.h"
#include "engine/view/words.h"

#define CHUNK_WORDS 4096u

typedef struct
{
  guint64 covering; /* start of the object that covers the chunk's first word */
  guint64 before[VM_N_OBJECT_KINDS];
} Chunk;

typedef struct
{
  VmArea      area;
  const Term *base;
  guint64     n_words; /* used */
  guint64     first;   /* offset of base in the area */
  guint       message; /* of a fragment: as VmFragment's */
  gboolean    is_message;
  Chunk      *chunks; /* (nullable): not walked yet */
  guint64    *leads;  /* (nullable): nothing is marked */
  guint64    *parts;
} Space;

struct _WordsIndex
{
  VmPid    pid;
  guint64  serial;
  gboolean is_running;
  GArray  *spaces;           /* Space: young, old, fragments */
  GArray  *by_address;       /* guint: fragments' spaces by base */
  guint64  n_fragment_words; /* of all */
  guint64  n_told_words;     /* of those that are listed */
  /* what the marks are for; VM_AREA_NONE: nothing */
  VmArea   chosen_area;
  guint64  chosen_offset;
  VmChosen chosen; /* numbers; texts are made for each answer */
  GArray  *referrers;
};

typedef struct
{
  SnapshotBuilder       builder;
  const VmWordsRequest *request;
  Process              *process;
  WordsIndex           *index;
  VmWords              *words;
} WordsBuilder;

#define SPACE_YOUNG 0
#define SPACE_OLD   1

static inline Space *
words_space (const WordsIndex *index, guint i)
{
  return &g_array_index (index->spaces, Space, i);
}

static inline gboolean
words_marked (const guint64 *bits, guint64 at)
{
  return bits != NULL && (bits[at / 64] >> (at % 64) & 1) != 0;
}

/* words-index.c */

/* The index of @p's memory as it is now: @old when it still holds. Takes @old. */
WordsIndex *words_index_update (WordsIndex *old, Process *p, guint64 serial, gboolean is_running);
/* Walks @space if that was not done. FALSE: too large to be walked while it runs. */
gboolean words_index_walk (const WordsIndex *index, Space *space);
/* Kind and size of the object at @at; @end: of its space. */
guint64 words_object_at (const Term *at, const Term *end, VmObjectKind *kind);
/* The start of the object that covers word @at of a walked @space. */
guint64 words_find_object (const Space *space, guint64 at);
/* Adds to @words how many of the first @to words of @space are of which kind. */
void words_count_up_to (const Space *space, guint64 to, guint64 *words);
/* The space of a pointer, with the word's place in it; NULL: in none. */
Space *words_locate (const WordsIndex *index, Term pointer, guint64 *at);
/* The space that holds @offset of @area, NULL: none. */
Space *words_find_space (const WordsIndex *index, VmArea area, guint64 offset);
/* Where a pointer points, for a picture. */
VmArea words_target (VmMachine *vm, const WordsIndex *index, Term pointer, guint64 *offset);

/* words-reach.c: marks all from which the request's chosen term is reached, and
 * all it holds. */
void words_mark (WordsBuilder *words);

/* send-cost.c: of the chosen object, which begins at @at of @space. */
void words_fill_send_cost (WordsBuilder *words, const Space *space, guint64 at, VmChosen *chosen);

/* words-roots.c */
void words_add_roots (WordsBuilder *words);

/* words-page.c */
void words_fill_page (WordsBuilder *words, const VmWordStretch *stretch, VmWordPage *page);
void words_describe_object (WordsBuilder *words,
                            const Space  *space,
                            guint64       at,
                            VmObject     *object);
