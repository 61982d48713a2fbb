/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/mem/offheap.h"

#include "engine/base/debug.h"
#include "engine/mem/gc-private.h"

#define MAX_OFF_HEAP_LOOK 100000 /* so many things of a process are added up, at most */

static void
account (VmMachine *vm, gint64 bytes)
{
  __atomic_fetch_add (&vm->binary_bytes, bytes, __ATOMIC_RELAXED);
  machine_account_memory (vm, bytes);
}

OffHeapBinary *
binary_new (VmMachine *vm, gsize bytes)
{
  OffHeapBinary *binary = g_malloc (sizeof (OffHeapBinary) + bytes);

  binary->ref_count = 1;
  binary->flags = 0;
  binary->size = bytes;
  account (vm, (gint64) (sizeof (OffHeapBinary) + bytes));
  return binary;
}

OffHeapBinary *
binary_resize (VmMachine *vm, OffHeapBinary *binary, gsize bytes)
{
  gint64 growth = (gint64) bytes - (gint64) binary->size;

  VM_ASSERT (__atomic_load_n (&binary->ref_count, __ATOMIC_RELAXED) == 1);
  binary = g_realloc (binary, sizeof (OffHeapBinary) + bytes);
  binary->size = bytes;
  account (vm, growth);
  return binary;
}

OffHeapBinary *
binary_ref (OffHeapBinary *binary)
{
  __atomic_fetch_add (&binary->ref_count, 1, __ATOMIC_RELAXED);
  return binary;
}

void
binary_unref (VmMachine *vm, OffHeapBinary *binary)
{
  if (__atomic_fetch_sub (&binary->ref_count, 1, __ATOMIC_ACQ_REL) != 1)
    return;
  if ((binary->flags & BINARY_MAGIC) != 0)
    {
      MagicHead *head = (MagicHead *) binary->data;

      if (head->destroy != NULL)
        head->destroy (binary);
    }
  account (vm, -(gint64) (sizeof (OffHeapBinary) + binary->size));
  g_free (binary);
}

Term
proc_bin_write (Term *hp, OffHeapBinary *binary, guint8 *bytes, gsize size, OffHeap *off_heap)
{
  ProcBin *pb = (ProcBin *) hp;

  pb->header = PROC_BIN_HEADER;
  pb->size = size;
  pb->next = off_heap->first;
  pb->binary = binary;
  pb->bytes = bytes;
  pb->flags = 0;
  off_heap->first = hp;
  off_heap->overhead += size / sizeof (Term);
  return make_boxed (hp);
}

/* Drops what the thing itself holds. */
static void
release_thing (VmMachine *vm, Term *thing)
{
  Term h = *thing;

  if (h == PROC_BIN_HEADER)
    binary_unref (vm, ((ProcBin *) thing)->binary);
  else if (h == MAGIC_REF_HEADER)
    binary_unref (vm, (OffHeapBinary *) thing[1]);
}

void
off_heap_release (VmMachine *vm, OffHeap *off_heap)
{
  Term *thing = off_heap->first;

  while (thing != NULL)
    {
      Term *next = *off_heap_next (thing);

      release_thing (vm, thing);
      thing = next;
    }
  off_heap->first = NULL;
  off_heap->overhead = 0;
}

void
off_heap_join (OffHeap *to, OffHeap *from)
{
  Term *last = from->first;

  to->overhead += from->overhead;
  from->overhead = 0;
  if (last == NULL)
    return;
  while (*off_heap_next (last) != NULL)
    last = *off_heap_next (last);
  *off_heap_next (last) = to->first;
  to->first = from->first;
  from->first = NULL;
}

/* --- the collector's sweep ------------------------------------------------ */

/* erl_gc.c: with several idle writable binaries less spare room is left. */
#define LEAVE_LIMIT           10
#define LEAVE_MUCH_LIMIT      1
#define LEAVE_PERCENTAGE      10
#define LEAVE_MUCH_PERCENTAGE 20

typedef struct
{
  Heap   *heap;
  Term   *old_start;
  Term   *old_end;
  guint64 young_words; /* virtual words of the new young generation */

  GcCapture *capture; /* (nullable) */
} Sweep;

static bool
in_old (const Sweep *sweep, const Term *p)
{
  return p >= sweep->old_start && p < sweep->old_end;
}

static void
count_words (Sweep *sweep, const Term *thing)
{
  guint64 words;

  if (*thing == PROC_BIN_HEADER)
    words = ((const ProcBin *) thing)->size / sizeof (Term);
  else if (*thing == MAGIC_REF_HEADER)
    words = ((OffHeapBinary *) thing[1])->size / sizeof (Term);
  else
    return;
  if (in_old (sweep, thing))
    sweep->heap->old_vheap += words;
  else
    sweep->young_words += words;
}

static void
note (const Sweep *sweep, const Term *from, const Term *to)
{
  const Term *thing = to != NULL ? to : from;
  gsize       bytes = 0;

  if (sweep->capture == NULL)
    return;
  if (*thing == PROC_BIN_HEADER)
    bytes = ((const ProcBin *) thing)->binary->size;
  else if (*thing == MAGIC_REF_HEADER)
    bytes = ((const OffHeapBinary *) thing[1])->size;
  gc_capture_note (sweep->capture,
                   to != NULL ? VM_GC_ACTION_KEEP_OFF_HEAP : VM_GC_ACTION_FREE_OFF_HEAP, NULL, from,
                   to, bytes);
}

/* Keeps what was moved, drops the rest; returns where the old block's part begins. */
static Term **
sweep_chain (Sweep *sweep)
{
  Term **link = &sweep->heap->off_heap.first;

  while (*link != NULL)
    {
      Term *thing = *link;

      if (term_is_boxed (*thing))
        {
          note (sweep, thing, boxed_ptr (*thing));
          thing = boxed_ptr (*thing);
          *link = thing;
          count_words (sweep, thing);
          link = off_heap_next (thing);
        }
      else if (in_old (sweep, thing))
        break;
      else
        {
          note (sweep, thing, NULL);
          *link = *off_heap_next (thing);
          release_thing (sweep->heap->vm, thing);
        }
    }
  return link;
}

static void
shrink_writable (VmMachine *vm, ProcBin *pb, gsize leave_unused)
{
  gsize size = pb->size;

  if (leave_unused != 0)
    {
      size += size * 100 / leave_unused;
      if (size + 8 >= pb->binary->size)
        return;
    }
  pb->binary = binary_resize (vm, pb->binary, size);
  pb->bytes = pb->binary->data;
}

/* A writable binary that survived. Shrinks what has no writer as far as can be
 * told by now. */
static void
visit_writable (
  Sweep *sweep, ProcBin *pb, guint *n_candidates, guint *n_active, ProcBin **unresolved_end)
{
  if ((pb->flags & PROC_BIN_ACTIVE_WRITER) != 0)
    {
      pb->flags &= ~(Term) PROC_BIN_ACTIVE_WRITER;
      (*n_active)++;
      if (*unresolved_end == NULL)
        *unresolved_end = pb;
    }
  else if (pb->binary->size - pb->size >= 8)
    {
      if (*unresolved_end == NULL && ++*n_candidates > LEAVE_LIMIT)
        *unresolved_end = pb;
      if (*unresolved_end != NULL)
        shrink_writable (sweep->heap->vm, pb, 0);
    }
}

/* The part of the chain of writable binaries before the first active writer. */
static void
shrink_unresolved (Heap *heap, ProcBin *end, guint n_candidates, guint n_active)
{
  gsize    leave = 0;
  ProcBin *pb;

  if (n_candidates == 0)
    return;
  if (n_active == 0)
    {
      if (n_candidates <= LEAVE_MUCH_LIMIT)
        leave = LEAVE_MUCH_PERCENTAGE;
      else if (n_candidates <= LEAVE_LIMIT)
        leave = LEAVE_PERCENTAGE;
    }
  for (pb = (ProcBin *) heap->writable_bins; pb != NULL && pb != end; pb = (ProcBin *) pb->next)
    if (pb->binary->size - pb->size >= 8 || leave == 0)
      shrink_writable (heap->vm, pb, leave);
}

static void
sweep_writable (Sweep *sweep, Term **old_part)
{
  Heap    *heap = sweep->heap;
  Term   **link = &heap->writable_bins;
  guint    n_candidates = 0, n_active = 0;
  ProcBin *unresolved_end = NULL;

  while (*link != NULL)
    {
      ProcBin *pb = (ProcBin *) *link;

      if (term_is_boxed (pb->header))
        {
          note (sweep, (Term *) pb, boxed_ptr (pb->header));
          pb = (ProcBin *) boxed_ptr (pb->header);
          *link = (Term *) pb;
          count_words (sweep, (Term *) pb);
        }
      else if (!in_old (sweep, (Term *) pb))
        {
          note (sweep, (Term *) pb, NULL);
          *link = pb->next;
          binary_unref (heap->vm, pb->binary);
          continue;
        }
      if (pb->flags != 0)
        {
          visit_writable (sweep, pb, &n_candidates, &n_active, &unresolved_end);
          link = &pb->next;
          continue;
        }
      /* No writer can append to it any more: an ordinary one from now on. */
      *link = pb->next;
      if (in_old (sweep, (Term *) pb))
        {
          pb->next = *old_part;
          *old_part = (Term *) pb;
        }
      else
        {
          pb->next = heap->off_heap.first;
          heap->off_heap.first = (Term *) pb;
          if (old_part == &heap->off_heap.first)
            old_part = &pb->next;
        }
    }
  shrink_unresolved (heap, unresolved_end, n_candidates, n_active);
}

guint64
heap_next_vheap_size (const Heap *heap, guint64 used, guint64 size)
{
  if (used / 3 > size / 4)
    {
      while (used / 3 > size / 4)
        {
          guint64 next = (guint64) ((double) size * 1.618);

          if (next < size)
            break;
          size = next;
        }
    }
  else if (used < size / 4)
    size >>= 1;
  return MAX (size, heap->min_vheap_size);
}

void
gc_sweep_off_heap (Heap *heap, bool full, GcCapture *capture)
{
  Sweep   sweep = { heap, NULL, NULL, 0, capture };
  guint64 vheap_before = heap->vheap_size;

  if (heap->off_heap.first == NULL && heap->writable_bins == NULL)
    return;
  if (!full)
    {
      sweep.old_start = heap->old_start;
      sweep.old_end = heap->old_end;
    }
  sweep_writable (&sweep, sweep_chain (&sweep));
  if (full)
    {
      heap->old_vheap = 0;
      heap->old_vheap_size =
        heap_next_vheap_size (heap, heap->off_heap.overhead, heap->old_vheap_size);
    }
  heap->vheap_size = heap_next_vheap_size (heap, sweep.young_words, heap->vheap_size);
  heap->off_heap.overhead = sweep.young_words;
  if (capture != NULL && heap->vheap_size != vheap_before)
    gc_capture_decide (capture, VM_GC_DECISION_SIZE_BINARIES,
                       (guint64[4]){ sweep.young_words, vheap_before, heap->vheap_size });
}

static guint64
add_binaries (const Term *thing, guint64 *bytes)
{
  guint64 n = 0;

  for (guint looked = 0; thing != NULL && looked < MAX_OFF_HEAP_LOOK; looked++)
    {
      const ProcBin *bin = (const ProcBin *) thing;

      switch (header_subtag (thing[0]))
        {
        case SUB_PROC_BIN:
          n++;
          *bytes += bin->binary->size;
          thing = bin->next;
          break;
        case SUB_FUN:
          thing = ((const FunThing *) thing)->next;
          break;
        default: /* magic reference: [header, thing, next] */
          thing = (const Term *) thing[2];
          break;
        }
    }
  return n;
}

guint64
heap_count_binaries (const Heap *heap, guint64 *bytes)
{
  *bytes = 0;
  return add_binaries (heap->off_heap.first, bytes) + add_binaries (heap->writable_bins, bytes);
}
