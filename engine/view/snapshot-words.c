/* SPDX-License-Identifier: Apache-2.0 */

/* A process's young block word by word. The heap part is walked from its start,
 * because only that tells a header from the payload behind it; words of a
 * binary's bytes or a float are raw. */
#include "config.h"

#include "engine/view/snapshot-private.h"

static VmArea
area_of (const VmMachine *vm, const Heap *heap, Term term)
{
  const Term *p = (const Term *) (term & ~(Term) TAG_MASK);

  if (p >= heap->start && p < heap->htop)
    return VM_AREA_YOUNG;
  if (p >= heap->stop && p < heap->hend)
    return VM_AREA_STACK;
  if (heap->old_start != NULL && p >= heap->old_start && p < heap->old_end)
    return VM_AREA_OLD;
  if (term_is_literal (vm, term))
    return VM_AREA_LITERAL;
  return VM_AREA_FRAGMENT;
}

/* Where a pointer points, as words from the start of its block. */
static guint64
offset_of (const Heap *heap, VmArea area, Term term)
{
  const Term *p = (const Term *) (term & ~(Term) TAG_MASK);

  if (area == VM_AREA_YOUNG || area == VM_AREA_STACK)
    return (guint64) (p - heap->start);
  if (area == VM_AREA_OLD)
    return (guint64) (p - heap->old_start);
  return (guint64) term;
}

static void
describe (SnapshotBuilder *builder, const Heap *heap, Term term, gboolean on_stack, VmWord *word)
{
  word->word = term;
  if (term_is_list (term) || term_is_boxed (term))
    {
      word->tag = term_is_list (term) ? VM_WORD_CONS : VM_WORD_BOXED;
      word->points_into = area_of (builder->vm, heap, term);
      word->word = offset_of (heap, word->points_into, term);
      word->text = snapshot_term (builder, term);
      return;
    }
  if ((term & TAG_MASK) == TAG_HEADER)
    {
      word->tag = on_stack ? VM_WORD_RETURN : VM_WORD_HEADER;
      return;
    }
  if (term_is_catch (term))
    {
      word->tag = VM_WORD_CATCH;
      return;
    }
  word->tag = term_is_small (term)  ? VM_WORD_SMALL
              : term_is_pid (term)  ? VM_WORD_PID
              : term_is_port (term) ? VM_WORD_PORT
              : term_is_nil (term)  ? VM_WORD_NIL
                                    : VM_WORD_ATOM;
  word->text = snapshot_term (builder, term);
}

/* How many words of the boxed thing at @thing, after the header, hold no terms. */
static guint64
raw_words (const Term *thing)
{
  switch (header_subtag (*thing))
    {
    case SUB_TUPLE:
      return 0;
    case SUB_MAP:
      return map_kind (*thing) == MAP_KIND_NODE ? 0 : 1; /* the size */
    case SUB_FUN:
      return 2; /* next, entry */
    default:
      return boxed_words (thing) - 1;
    }
}

static void
add_word (SnapshotBuilder *builder,
          Process         *p,
          GArray          *words,
          const Term      *at,
          gboolean         raw,
          gboolean         on_stack)
{
  VmWord word = { .address_index = (guint64) (at - p->heap.start) };

  if (raw)
    {
      word.word = *at;
      word.tag = VM_WORD_RAW;
    }
  else
    describe (builder, &p->heap, *at, on_stack, &word);
  if (!on_stack && !raw && word.tag == VM_WORD_HEADER)
    {
      if (header_subtag (*at) == SUB_PROC_BIN)
        word.points_into = VM_AREA_OFFHEAP;
      word.text = snapshot_term (builder, make_boxed (at));
    }
  g_array_append_val (words, word);
}

GArray *
snapshot_words (SnapshotBuilder *builder, Process *p, guint64 from, guint n)
{
  const Heap *heap = &p->heap;
  GArray     *words = g_array_new (FALSE, TRUE, sizeof (VmWord));
  const Term *first = heap->start + MIN (from, heap->size);
  const Term *last = heap->start + MIN (from + n, heap->size);
  const Term *at = heap->start;

  while (at < heap->htop && at < last)
    {
      guint64 size = 1, raw = 0;

      if ((*at & TAG_MASK) == TAG_HEADER && *at != NONE)
        {
          size = MIN (boxed_words (at), (guint64) (heap->htop - at));
          raw = MIN (raw_words (at), size - 1);
        }
      for (guint64 i = 0; i < size; i++)
        if (at + i >= first && at + i < last)
          add_word (builder, p, words, at + i, i > 0 && i <= raw, FALSE);
      at += size;
    }
  for (at = MAX (first, (const Term *) heap->stop); at < last && at < heap->hend; at++)
    add_word (builder, p, words, at, FALSE, TRUE);
  return words;
}
