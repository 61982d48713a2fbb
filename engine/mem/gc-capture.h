/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Watching one collection: the collector tells a capture every step, and the
 * capture makes a VmGcWalk of it, in which pointers have become offsets.
 * Thread: the one that collects. */

#include "engine/mem/heap.h"
#include "engine/vm-gc-walk.h"

typedef struct _GcCapture GcCapture;

/* @pid, @process, @number: see VmGcWalk. */
GcCapture *gc_capture_new (VmMachine *vm, VmPid pid, const char *process, guint64 number);
void       gc_capture_free (GcCapture *capture);

/* --- by who knows the process, before the collection ------------------------- */

/* Where the process is. @current, @file: (nullable). */
void gc_capture_set_place (GcCapture *capture, const char *current, const char *file, guint line);
/* What the next slot of the stack is called, innermost first. */
void gc_capture_name_slot (GcCapture *capture, const char *name);
/* A queued message's fragment that is moved in, in the order they are. */
void gc_capture_add_message (GcCapture *capture, const HeapFragment *fragment);

/* --- by the collector ---------------------------------------------------------- */

/* Copies what is there before anything is done. */
void
     gc_capture_begin (GcCapture *c, Heap *heap, const GcRequest *request, const GcRoots *roots);
void gc_capture_decide (GcCapture *capture, VmGcDecisionKind kind, const guint64 numbers[4]);
void gc_capture_old_block (GcCapture *capture, Term *block, gsize words);
void gc_capture_begin_copy (GcCapture *capture, Term *block, gsize words);
/* The slots of root range @index come now, from @first on. */
void gc_capture_enter_roots (GcCapture *capture, guint index, const Term *first);
/* @slot, @from, @to: (nullable): places in the process's memory. */
void gc_capture_note (GcCapture     *capture,
                      VmGcActionKind kind,
                      const Term    *slot,
                      const Term    *from,
                      const Term    *to,
                      gsize          words);
/* The new block lies at @block now. */
void gc_capture_moved (GcCapture *capture, Term *block, gsize words);

/* --- at the end ------------------------------------------------------------------- */

/* Frees @capture. (transfer full) (nullable): NULL when nothing was collected. */
VmGcWalk *gc_capture_end (
  GcCapture *capture, const Heap *heap, gint64 begin_ns, gint64 end_ns, int reductions);

/* --- gc-capture-words.c: words as people read them --------------------------------- */

/* Finds the space and offset of a place in the memory. */
typedef VmSpace (*GcPlaceFunc) (gpointer data, const Term *place, guint32 *offset);

typedef struct
{
  VmMachine    *vm;
  GStringChunk *strings;
  GcPlaceFunc   place_of;
  gpointer      data;
} GcWordWriter;

/* One slot: a root, or a word of a stack (where headers are return addresses). */
void gc_word_write_slot (const GcWordWriter *writer, const Term *slot, VmGcWord *word);
/* The objects in [@from, @end), at most @n words, to @words. */
void gc_words_write (const GcWordWriter *writer,
                     const Term         *from,
                     const Term         *end,
                     guint               n,
                     VmGcWord           *words);
