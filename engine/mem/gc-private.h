/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the files of the collector share. */

#include "engine/mem/gc-capture.h"

/* Where copies go. A young collection moves what lies in the mature area to the
 * old block and the rest of the young generation to the new one; a full one
 * moves everything (the mature and old areas are then empty ranges). */
typedef struct
{
  Term *young_top;
  Term *old_top;
  Term *mature_start;
  Term *mature_end;
  Term *old_start; /* stays where it is */
  Term *old_end;
  Term *literal_start;
  Term *literal_end;

  GcCapture *capture; /* (nullable): is told of every step */
} GcCopy;

void gc_copy_init (GcCopy *copy, const Heap *heap, GcCapture *capture);
/* Evacuates what the @n words at @slots refer to. */
void gc_copy_slots (GcCopy *copy, Term *slots, gsize n);
/* Evacuates what the copied objects from @hp on refer to, until nothing new is
 * copied. @promoting: @hp is in the old block, and so is all they refer to.
 * Returns the new top. */
Term *gc_copy_scan (GcCopy *copy, Term *hp, bool promoting);
/* Moves a fragment whole, garbage and all. */
void gc_copy_area (GcCopy *copy, Term *from, Term *end);

/* Drops what was not moved and counts the rest anew. */
void gc_sweep_off_heap (Heap *heap, bool full, GcCapture *capture);
void gc_free_fragments (Heap *heap);

/* An area that was copied byte for byte to `delta` bytes further on. */
typedef struct
{
  Term  *start;
  Term  *end;
  gssize delta;
} MovedArea;

void moved_area_fix_slot (const MovedArea *area, Term *slot);
void moved_area_fix_slots (const MovedArea *area, Term *slots, gsize n);
/* The words of heap objects in [@hp, @end). */
void moved_area_fix_words (const MovedArea *area, Term *hp, Term *end);
/* A chain of off-heap things from *@first on. */
void moved_area_fix_chain (const MovedArea *area, Term **first);

/* The `next` word of an off-heap thing. */
static inline Term **
off_heap_next (Term *thing)
{
  return (Term **) (header_subtag (*thing) == SUB_FUN ? thing + 1 : thing + 2);
}

/* copy.c: words that a copy of the boxed thing at @thing takes, without what it
 * refers to but for a sub-binary's binary. */
gsize thing_copy_words (const Term *thing);

/* Where the term slots of the boxed thing at @thing are; the rest of it is raw. */
static inline gsize
thing_slots (Term *thing, Term **slots)
{
  Term h = *thing;

  switch (header_subtag (h))
    {
    case SUB_TUPLE:
      *slots = thing + 1;
      return thing_arity (h);
    case SUB_FUN:
      *slots = thing + 5;
      return thing_arity (h) - 4;
    case SUB_SUB_BIN:
      *slots = thing + 4;
      return 1;
    case SUB_MATCH_CONTEXT:
      *slots = thing + 1;
      return 1;
    case SUB_MAP:
      *slots = thing + (map_kind (h) == MAP_KIND_NODE ? 1 : 2);
      return boxed_words (thing) - (gsize) (*slots - thing);
    default:
      *slots = NULL;
      return 0;
    }
}
