/* SPDX-License-Identifier: Apache-2.0 */

/* The invariants of a heap, as code. */

#include "config.h"

#include "engine/mem/gc-private.h"
#include "engine/mem/offheap.h"

typedef struct
{
  const Heap *heap;
  GHashTable *seen; /* things on the way or done */
  GPtrArray  *todo; /* tagged pointers */
} Check;

static void
expect (bool holds, const char *what, const void *where)
{
  if (!holds)
    g_error ("heap check: %s (at %p)", what, where);
}

static bool
in (const Term *p, const Term *start, const Term *end)
{
  return start != NULL && p >= start && p < end;
}

static bool
in_fragments (const HeapFragment *fragment, const Term *p)
{
  for (; fragment != NULL; fragment = fragment->next)
    if (in (p, fragment->mem, fragment->mem + fragment->used))
      return true;
  return false;
}

static bool
is_known_place (const Heap *heap, const Term *p)
{
  const Literals *literals = (const Literals *) heap->vm->literals;

  return in (p, heap->start, heap->htop) || in (p, heap->old_start, heap->old_top) ||
         (literals != NULL && p >= literals->base && p < literals->end) ||
         in_fragments (heap->fragments, p) || in_fragments (heap->message_fragments, p);
}

static void
check_slot (Check *check, Term *slot, bool from_old)
{
  const Heap *heap = check->heap;
  Term        t = *slot;
  Term       *p = (Term *) (t & ~(Term) TAG_MASK);

  if (term_is_immediate (t))
    return;
  expect (!term_is_header (t), "a slot holds no term", slot);
  expect (is_known_place (heap, p), "a term points outside the process's memory", slot);
  if (from_old)
    expect (!in (p, heap->start, heap->hend), "the old block points into the young one", slot);
  if (g_hash_table_add (check->seen, (gpointer) t))
    g_ptr_array_add (check->todo, (gpointer) t);
}

static void
check_thing (Check *check, Term t)
{
  const Heap *heap = check->heap;
  Term       *p = (Term *) (t & ~(Term) TAG_MASK);
  bool        old = in (p, heap->old_start, heap->old_top);
  Term       *slots;
  gsize       n;

  if (term_is_list (t))
    {
      expect (p[0] != NONE, "a cons was moved but is still referred to", p);
      check_slot (check, &p[0], old);
      check_slot (check, &p[1], old);
      return;
    }
  expect (term_is_header (*p), "a boxed term has no header", p);
  if (in (p, heap->start, heap->htop))
    expect (p + boxed_words (p) <= heap->htop, "a thing reaches over the heap's top", p);
  if (header_subtag (*p) == SUB_SUB_BIN || header_subtag (*p) == SUB_MATCH_CONTEXT)
    {
      Term orig = *p == SUB_BIN_HEADER ? ((SubBin *) p)->orig : ((MatchContext *) p)->orig;

      expect (term_has_subtag (orig, SUB_PROC_BIN) || term_has_subtag (orig, SUB_HEAP_BIN),
              "a sub-binary stands on no binary", p);
    }
  n = thing_slots (p, &slots);
  for (gsize i = 0; i < n; i++)
    check_slot (check, slots + i, old);
}

static void
check_layout (const Heap *heap)
{
  expect (heap->start <= heap->high_water && heap->high_water <= heap->htop,
          "the high-water mark is outside the used heap", heap->high_water);
  expect (heap->htop <= heap->stop && heap->stop <= heap->hend, "heap and stack overlap",
          heap->htop);
  expect (heap->hend == heap->start + heap->size, "the block's size is wrong", heap->hend);
  expect (heap->old_start <= heap->old_top && heap->old_top <= heap->old_end,
          "the old block's top is outside it", heap->old_top);
}

static void
check_fragments (const Heap *heap)
{
  gsize               words = 0;
  const HeapFragment *f;

  for (f = heap->fragments; f != NULL; f = f->next)
    {
      expect (f->used <= f->size, "a fragment is over-full", f);
      expect (f->off_heap.first == NULL, "a fragment of the process has its own off-heap list", f);
      words += f->used;
    }
  for (f = heap->message_fragments; f != NULL; f = f->next)
    words += f->used;
  expect (words == heap->mbuf_size, "mbuf_size is not the sum of the fragments", heap);
}

static void
check_off_heap (const Heap *heap)
{
  bool  seen_old = false;
  Term *thing;

  for (thing = heap->off_heap.first; thing != NULL; thing = *off_heap_next (thing))
    {
      bool old = in (thing, heap->old_start, heap->old_top);

      expect (is_known_place (heap, thing), "an off-heap thing lies outside the memory", thing);
      expect (old || !seen_old, "a young off-heap thing stands behind an old one", thing);
      seen_old = old;
      expect (*thing == PROC_BIN_HEADER || *thing == MAGIC_REF_HEADER ||
                header_subtag (*thing) == SUB_FUN,
              "the off-heap list holds something else", thing);
      if (*thing == PROC_BIN_HEADER)
        expect (((ProcBin *) thing)->binary->ref_count > 0, "a ProcBin's binary is freed", thing);
    }
  for (thing = heap->writable_bins; thing != NULL; thing = *off_heap_next (thing))
    expect (*thing == PROC_BIN_HEADER, "a writable binary is no ProcBin", thing);
}

void
heap_check (const Heap *heap, const GcRoots *roots)
{
  Check check = { heap, g_hash_table_new (NULL, NULL), g_ptr_array_new () };

  check_layout (heap);
  check_fragments (heap);
  check_off_heap (heap);
  for (Term *slot = heap->stop; slot < heap->hend; slot++)
    if (!term_is_header (*slot))
      check_slot (&check, slot, false);
  for (guint i = 0; roots != NULL && i + roots->n_late < roots->n_ranges; i++)
    for (gsize j = 0; j < roots->ranges[i].n; j++)
      if (!term_is_header (roots->ranges[i].first[j]))
        check_slot (&check, roots->ranges[i].first + j, false);
  while (check.todo->len > 0)
    check_thing (&check, (Term) g_ptr_array_steal_index_fast (check.todo, check.todo->len - 1));
  g_hash_table_unref (check.seen);
  g_ptr_array_unref (check.todo);
}
