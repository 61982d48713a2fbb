/* SPDX-License-Identifier: Apache-2.0 */

/* Cheney's copying: evacuate what the roots refer to, then scan the copies and
 * evacuate what those refer to, until the scan meets the top. Nothing recurses.
 *
 * A moved cons has NONE as its head and the new pointer as its tail; a moved
 * boxed thing has the new pointer in its header's place. */

#include "config.h"

#include "engine/base/debug.h"
#include "engine/mem/gc-private.h"

#define SMALL_SUB_BIN 24 /* bytes; sub-binaries up to here become heap binaries */

/* Everything that loops over words is compiled twice: with `capture` the constant
 * NULL it knows nothing of being watched. */
#define BOTH_WAYS static inline __attribute__ ((always_inline))

BOTH_WAYS void
note (GcCapture     *capture,
      VmGcActionKind kind,
      const Term    *slot,
      const Term    *from,
      const Term    *to,
      gsize          words)
{
  if (capture != NULL)
    gc_capture_note (capture, kind, slot, from, to, words);
}

void
gc_copy_init (GcCopy *copy, const Heap *heap, GcCapture *capture)
{
  const Literals *literals = (const Literals *) heap->vm->literals;

  memset (copy, 0, sizeof *copy);
  copy->capture = capture;
  if (literals != NULL)
    {
      copy->literal_start = literals->base;
      copy->literal_end = literals->end;
    }
}

static inline bool
is_literal (const GcCopy *copy, const Term *p)
{
  return p >= copy->literal_start && p < copy->literal_end;
}

/* Which top a thing at @p goes to; NULL: it stays. */
static inline Term **
destination (GcCopy *copy, const Term *p)
{
  if (p >= copy->mature_start && p < copy->mature_end)
    return &copy->old_top;
  if ((p >= copy->old_start && p < copy->old_end) || is_literal (copy, p))
    return NULL;
  return &copy->young_top;
}

static void
move_small_sub_bin (Term *thing, Term **top, Term *slot)
{
  const SubBin *sub = (const SubBin *) thing;
  Term         *orig = boxed_ptr (sub->orig);
  HeapBin      *bin = (HeapBin *) *top;
  gsize         size = sub->size, offset = sub->offset;
  const guint8 *bytes;

  if (term_is_boxed (*orig))
    orig = boxed_ptr (*orig);
  bytes =
    header_subtag (*orig) == SUB_PROC_BIN ? ((ProcBin *) orig)->bytes : ((HeapBin *) orig)->data;
  *top += HEAP_BIN_WORDS (size);
  if (size > 0)
    (*top)[-1] = 0;
  bin->header = HEAP_BIN_HEADER (size);
  bin->size = size;
  memcpy (bin->data, bytes + offset, size);
  *slot = make_boxed ((Term *) bin);
  *thing = *slot;
}

BOTH_WAYS bool
move_boxed (Term *thing, Term **top, Term *slot)
{
  Term  header = *thing;
  Term *to = *top;
  gsize n;

  VM_ASSERT (term_is_header (header)); /* 0: an empty tuple, of a table perhaps */
  if (header == SUB_BIN_HEADER)
    {
      const SubBin *sub = (const SubBin *) thing;

      if (sub->size <= SMALL_SUB_BIN && sub->bit_size == 0 && sub->bit_offset == 0 &&
          !sub->is_writable)
        {
          move_small_sub_bin (thing, top, slot);
          return true;
        }
    }
  n = boxed_words (thing);
  *top = to + n;
  *slot = make_boxed (to);
  to[0] = header;
  for (gsize i = 1; i < n; i++)
    to[i] = thing[i];
  *thing = *slot;
  return false;
}

/* What is said of a thing at @p that was moved to @to. */
static void
note_moved (GcCopy     *copy,
            GcCapture  *capture,
            const Term *slot,
            const Term *p,
            const Term *to,
            bool        unpacked)
{
  bool promoted = p >= copy->mature_start && p < copy->mature_end;

  gc_capture_note (capture,
                   unpacked   ? VM_GC_ACTION_UNPACK
                   : promoted ? VM_GC_ACTION_PROMOTE
                              : VM_GC_ACTION_COPY,
                   slot, p, to, (gsize) ((promoted ? copy->old_top : copy->young_top) - to));
}

BOTH_WAYS void
note_stays (GcCopy *copy, GcCapture *capture, const Term *slot, const Term *p)
{
  if (capture != NULL)
    note (capture, is_literal (copy, p) ? VM_GC_ACTION_LITERAL : VM_GC_ACTION_STAY, slot, p, NULL,
          0);
}

BOTH_WAYS void
evacuate (GcCopy *copy, Term *slot, GcCapture *capture)
{
  Term   t = *slot;
  Term  *p;
  Term **top;

  if (term_is_list (t))
    {
      p = list_ptr (t);
      if (p[0] == NONE)
        {
          *slot = p[1];
          note (capture, VM_GC_ACTION_FORWARD, slot, p, list_ptr (p[1]), 0);
          return;
        }
      top = destination (copy, p);
      if (top == NULL)
        {
          note_stays (copy, capture, slot, p);
          return;
        }
      (*top)[0] = p[0];
      (*top)[1] = p[1];
      *slot = make_list (*top);
      *top += 2;
      p[0] = NONE;
      p[1] = *slot;
      if (capture != NULL)
        note_moved (copy, capture, slot, p, list_ptr (*slot), false);
    }
  else if (term_is_boxed (t))
    {
      p = boxed_ptr (t);
      if (term_is_boxed (*p))
        {
          *slot = *p;
          note (capture, VM_GC_ACTION_FORWARD, slot, p, boxed_ptr (*p), 0);
          return;
        }
      top = destination (copy, p);
      if (top != NULL)
        {
          bool unpacked = move_boxed (p, top, slot);

          if (capture != NULL)
            note_moved (copy, capture, slot, p, boxed_ptr (*slot), unpacked);
        }
      else
        note_stays (copy, capture, slot, p);
    }
  else
    note (capture, VM_GC_ACTION_LOOK, slot, NULL, NULL, 1);
}

/* A match context's base points into what it matches: it moves with it. */
BOTH_WAYS void
evacuate_match_context (GcCopy *copy, MatchContext *context, GcCapture *capture)
{
  Term before = context->orig;

  evacuate (copy, &context->orig, capture);
  if (context->orig != before && header_subtag (boxed_header (context->orig)) == SUB_HEAP_BIN)
    context->base += (gssize) (context->orig - before);
}

void
gc_copy_slots (GcCopy *copy, Term *slots, gsize n)
{
  Term *end = slots + n;

  if (copy->capture == NULL)
    for (; slots < end; slots++)
      evacuate (copy, slots, NULL);
  else
    for (; slots < end; slots++)
      evacuate (copy, slots, copy->capture);
}

/* Words from the header at @hp on that hold no terms. */
BOTH_WAYS gsize
passed_words (Term header)
{
  switch (header_subtag (header))
    {
    case SUB_TUPLE:
      return 1;
    case SUB_FUN:
      return 5;
    case SUB_SUB_BIN:
      return 4;
    case SUB_MAP:
      return map_kind (header) == MAP_KIND_NODE ? 1 : 2;
    default:
      return 1 + thing_arity (header);
    }
}

BOTH_WAYS Term *
scan (GcCopy *copy, Term *hp, Term **top, GcCapture *capture)
{
  while (hp < *top)
    {
      Term  t = *hp;
      gsize n;

      if (!term_is_header (t))
        {
          evacuate (copy, hp++, capture);
          continue;
        }
      if (header_subtag (t) == SUB_MATCH_CONTEXT)
        {
          note (capture, VM_GC_ACTION_PASS, hp, NULL, NULL, 1);
          evacuate_match_context (copy, (MatchContext *) hp, capture);
          note (capture, VM_GC_ACTION_PASS, hp + 2, NULL, NULL, MATCH_CONTEXT_WORDS - 2);
          hp += MATCH_CONTEXT_WORDS;
          continue;
        }
      n = passed_words (t);
      note (capture, VM_GC_ACTION_PASS, hp, NULL, NULL, n);
      hp += n;
    }
  return hp;
}

Term *
gc_copy_scan (GcCopy *copy, Term *hp, bool promoting)
{
  Term **top = promoting ? &copy->old_top : &copy->young_top;

  if (promoting)
    {
      /* What is below the high-water mark refers only to what is there too. */
      copy->young_top = copy->old_top;
      top = &copy->young_top;
      copy->mature_start = copy->mature_end = NULL;
    }
  if (copy->capture == NULL)
    hp = scan (copy, hp, top, NULL);
  else
    {
      gc_capture_note (copy->capture, VM_GC_ACTION_SCAN, hp, NULL, NULL, 0);
      hp = scan (copy, hp, top, copy->capture);
    }
  if (promoting)
    copy->old_top = copy->young_top;
  return hp;
}

void
gc_copy_area (GcCopy *copy, Term *from, Term *end)
{
  Term dummy;

  while (from < end)
    {
      Term  t = *from;
      Term *to;

      if (term_is_header (t)) /* 0: an empty tuple */
        {
          gsize n = boxed_words (from);

          VM_ASSERT (from + n <= end);
          to = copy->young_top;
          move_boxed (from, &copy->young_top, &dummy);
          if (copy->capture != NULL)
            note_moved (copy, copy->capture, NULL, from, to, (gsize) (copy->young_top - to) != n);
          from += n;
        }
      else
        {
          VM_ASSERT (from + 2 <= end);
          copy->young_top[0] = from[0];
          copy->young_top[1] = from[1];
          from[0] = NONE;
          from[1] = make_list (copy->young_top);
          copy->young_top += 2;
          if (copy->capture != NULL)
            note_moved (copy, copy->capture, NULL, from, copy->young_top - 2, false);
          from += 2;
        }
    }
}

/* --- pointers into an area that went elsewhere ----------------------------- */

void
moved_area_fix_slot (const MovedArea *area, Term *slot)
{
  Term        t = *slot;
  const Term *p = (const Term *) (t & ~(Term) TAG_MASK);

  if ((term_is_list (t) || term_is_boxed (t)) && p >= area->start && p < area->end)
    *slot = t + (Term) area->delta;
}

void
moved_area_fix_slots (const MovedArea *area, Term *slots, gsize n)
{
  for (gsize i = 0; i < n; i++)
    moved_area_fix_slot (area, slots + i);
}

void
moved_area_fix_words (const MovedArea *area, Term *hp, Term *end)
{
  while (hp < end)
    {
      Term *slots;
      gsize n_slots;

      if (!term_is_header (*hp) || *hp == NONE)
        {
          moved_area_fix_slot (area, hp++);
          continue;
        }
      if (header_subtag (*hp) == SUB_MATCH_CONTEXT)
        {
          MatchContext *context = (MatchContext *) hp;
          const Term   *base = (const Term *) context->base;

          if (base >= area->start && base < area->end)
            context->base += area->delta;
        }
      n_slots = thing_slots (hp, &slots);
      moved_area_fix_slots (area, slots, n_slots);
      hp += boxed_words (hp);
    }
}

void
moved_area_fix_chain (const MovedArea *area, Term **first)
{
  Term **link = first;

  while (*link != NULL)
    {
      if (*link >= area->start && *link < area->end)
        *link = (Term *) ((guint8 *) *link + area->delta);
      link = off_heap_next (*link);
    }
}
