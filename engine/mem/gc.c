/* SPDX-License-Identifier: Apache-2.0 */

/* When and how a heap is collected: OTP 25's rules (erl_gc.c). A young (minor)
 * collection moves what has survived once to the old block; a full (major) one
 * moves everything into one new block and frees the old. */

#include "config.h"

#include "engine/base/debug.h"
#include "engine/mem/gc-private.h"
#include "engine/vm-event.h"

typedef struct
{
  Heap            *heap;
  const GcRequest *request;
  const GcRoots   *roots;
  GcReport         report;
  gpointer         data;
  gsize            young_words; /* before */
  guint64          reclaimed;
  gsize            queued_words; /* of queued messages not moved in yet */
  GcCapture       *capture;      /* (nullable) */
} Collection;

#define NOT_POSSIBLE (-2)
#define TO_BE_KILLED (-1)

static gsize
next_size (const Heap *heap, gsize words, int up)
{
  return MAX (heap_next_size (words, up), heap->min_size);
}

static gsize
old_block_words (const Heap *heap)
{
  return (gsize) (heap->old_end - heap->old_start);
}

static gsize
stack_words (const Collection *c)
{
  return (gsize) (c->heap->hend - c->heap->stop) + c->request->extra_stack;
}

/* Tells who watches which rule was applied, and to what. */
static void
decide (const Collection *c, VmGcDecisionKind kind, guint64 a, guint64 b, guint64 d, guint64 e)
{
  if (c->capture != NULL)
    gc_capture_decide (c->capture, kind, (guint64[4]){ a, b, d, e });
}

static void
note (const Collection *c, VmGcActionKind kind, const Term *from, const Term *to, gsize words)
{
  if (c->capture != NULL)
    gc_capture_note (c->capture, kind, NULL, from, to, words);
}

static int
cost (gsize moved, gsize resized)
{
  gsize reds = moved / 10 + resized / 100;

  return (int) CLAMP (reds, 1, G_MAXINT32);
}

void
gc_get_keys (const Heap *heap, gsize extra_stack, guint64 *keys)
{
  keys[VM_GC_OLD_HEAP_BLOCK_SIZE] = old_block_words (heap);
  keys[VM_GC_HEAP_BLOCK_SIZE] = heap->size;
  keys[VM_GC_MBUF_SIZE] = heap->mbuf_size;
  keys[VM_GC_RECENT_SIZE] = (guint64) (heap->high_water - heap->start);
  keys[VM_GC_STACK_SIZE] = (guint64) (heap->hend - heap->stop) + extra_stack;
  keys[VM_GC_OLD_HEAP_SIZE] = (guint64) (heap->old_top - heap->old_start);
  keys[VM_GC_HEAP_SIZE] = (guint64) (heap->htop - heap->start);
  keys[VM_GC_BIN_VHEAP_SIZE] = heap->off_heap.overhead;
  keys[VM_GC_BIN_VHEAP_BLOCK_SIZE] = heap->vheap_size;
  keys[VM_GC_BIN_OLD_VHEAP_SIZE] = heap->old_vheap;
  keys[VM_GC_BIN_OLD_VHEAP_BLOCK_SIZE] = heap->old_vheap_size;
  keys[VM_GC_WORDSIZE] = 0;
}

static void
report (const Collection *c, VmEventKind kind, guint64 wordsize)
{
  guint64 keys[VM_N_GC_KEYS];

  if (c->report == NULL)
    return;
  gc_get_keys (c->heap, c->request->extra_stack, keys);
  keys[VM_GC_MBUF_SIZE] += c->queued_words;
  keys[VM_GC_WORDSIZE] = wordsize;
  c->report (c->data, kind, keys);
}

/* Over max_heap_size: says so; TRUE when the process is to die of it. */
static bool
over_limit (const Collection *c, gsize total, gsize new_young, gsize new_old)
{
  guint64 keys[VM_N_GC_KEYS];

  decide (c, VM_GC_DECISION_OVER_LIMIT, total, c->heap->max_size,
          (c->heap->flags & HEAP_MAX_KILL) != 0, 0);
  if (c->report != NULL)
    {
      gc_get_keys (c->heap, c->request->extra_stack, keys);
      keys[VM_GC_MBUF_SIZE] += c->queued_words;
      keys[VM_GC_HEAP_BLOCK_SIZE] += new_young;
      keys[VM_GC_OLD_HEAP_BLOCK_SIZE] += new_old;
      c->report (c->data, VM_EVENT_GC_MAX_HEAP_SIZE, keys);
    }
  return (c->heap->flags & HEAP_MAX_KILL) != 0;
}

static void
copy_live_fragments (const Collection *c, GcCopy *copy)
{
  const HeapFragment *end = c->request->live_fragments_end;
  HeapFragment       *fragment;

  if (end == NULL && !c->request->move_all_fragments)
    return;
  for (fragment = c->heap->fragments; fragment != end && fragment != NULL;
       fragment = fragment->next)
    gc_copy_area (copy, fragment->mem, fragment->mem + fragment->used);
}

static void
copy_roots (const Collection *c, GcCopy *copy)
{
  Heap *heap = c->heap;

  gc_copy_slots (copy, heap->stop, (gsize) (heap->hend - heap->stop));
  for (guint i = 0; i + c->roots->n_late < c->roots->n_ranges; i++)
    {
      if (c->capture != NULL)
        gc_capture_enter_roots (c->capture, i, c->roots->ranges[i].first);
      gc_copy_slots (copy, c->roots->ranges[i].first, c->roots->ranges[i].n);
    }
}

/* Puts @block in the young block's place, the stack at its end. */
static void
replace_block (const Collection *c, Term *block, gsize words, Term *top)
{
  Heap *heap = c->heap;
  gsize n_stack = (gsize) (heap->hend - heap->stop);

  memcpy (block + words - n_stack, heap->stop, n_stack * sizeof (Term));
  note (c, VM_GC_ACTION_FREE_YOUNG, heap->start, NULL, heap->size);
  gc_free_fragments (heap);
  heap_block_free (heap->vm, heap->start, heap->size);
  heap->start = block;
  heap->htop = top;
  heap->hend = block + words;
  heap->stop = heap->hend - n_stack;
  heap->size = words;
}

void
heap_resize (Heap *heap, gsize words, const GcRoots *roots)
{
  gsize     used = (gsize) (heap->htop - heap->start);
  gsize     n_stack = (gsize) (heap->hend - heap->stop);
  Term     *block = heap_block_new (heap->vm, words);
  MovedArea area = { heap->start, heap->htop, (guint8 *) block - (guint8 *) heap->start };

  VM_ASSERT (used + n_stack <= words);
  memcpy (block, heap->start, used * sizeof (Term));
  memcpy (block + words - n_stack, heap->stop, n_stack * sizeof (Term));
  moved_area_fix_words (&area, block, block + used);
  moved_area_fix_slots (&area, block + words - n_stack, n_stack);
  for (guint i = 0; i < roots->n_ranges; i++)
    moved_area_fix_slots (&area, roots->ranges[i].first, roots->ranges[i].n);
  for (HeapFragment *f = heap->fragments; f != NULL; f = f->next)
    moved_area_fix_words (&area, f->mem, f->mem + f->used);
  moved_area_fix_chain (&area, &heap->off_heap.first);
  moved_area_fix_chain (&area, &heap->writable_bins);
  heap->high_water = block + (heap->high_water - heap->start);
  heap_block_free (heap->vm, heap->start, heap->size);
  heap->start = block;
  heap->htop = block + used;
  heap->hend = block + words;
  heap->stop = heap->hend - n_stack;
  heap->size = words;
}

static void
resize (const Collection *c, gsize words)
{
  heap_resize (c->heap, words, c->roots);
  if (c->capture != NULL)
    gc_capture_moved (c->capture, c->heap->start, c->heap->size);
  note (c, VM_GC_ACTION_RESIZE, NULL, NULL, words);
}

static void
move_queued (Collection *c)
{
  Heap   *heap = c->heap;
  guint64 before = heap->off_heap.overhead;

  c->queued_words = 0;
  if (c->request->move_queued == NULL)
    return;
  c->request->move_queued (heap, c->request->move_data);
  if (heap->off_heap.overhead != before)
    heap->vheap_size = heap_next_vheap_size (heap, heap->off_heap.overhead, heap->vheap_size);
}

/* --- minor ----------------------------------------------------------------- */

static void
collect_young (const Collection *c, gsize new_size, gsize mature_words)
{
  Heap  *heap = c->heap;
  Term  *block = heap_block_new (heap->vm, new_size);
  Term  *old_top = heap->old_top;
  Term  *top;
  GcCopy copy;

  if (c->capture != NULL)
    gc_capture_begin_copy (c->capture, block, new_size);
  gc_copy_init (&copy, heap, c->capture);
  copy.young_top = block;
  copy.old_top = old_top;
  copy.mature_start = heap->start;
  copy.mature_end = heap->start + mature_words;
  copy.old_start = heap->old_start;
  copy.old_end = heap->old_top;
  copy_live_fragments (c, &copy);
  copy_roots (c, &copy);
  top = gc_copy_scan (&copy, block, false);
  if (copy.old_top > old_top)
    gc_copy_scan (&copy, old_top, true);
  heap->old_top = copy.old_top;
  VM_ASSERT (heap->old_top <= heap->old_end && top <= block + new_size);
  gc_sweep_off_heap (heap, false, c->capture);
  replace_block (c, block, new_size, top);
  heap->high_water = top;
}

/* The young block's size afterwards, if it is to change; else 0. */
static gsize
adjusted_young_size (const Collection *c, gsize need_after)
{
  const Heap *heap = c->heap;
  gsize       wanted = 3 * need_after, bound = 3;
  gsize       old_block = old_block_words (heap);

  VmGcDecisionKind why = VM_GC_DECISION_SIZE_SHRINK;

  if (heap->size > 3000 && 4 * need_after < heap->size &&
      (heap->size > 8000 || heap->size > old_block))
    {
      if (wanted * 9 < old_block && wanted < old_block / 8)
        {
          wanted = old_block / 8;
          why = VM_GC_DECISION_SIZE_SHRINK_OLD;
          bound = old_block;
        }
      if (wanted < heap->min_size)
        {
          wanted = bound = heap->min_size;
          why = VM_GC_DECISION_SIZE_SHRINK_MIN;
        }
      else
        wanted = next_size (heap, wanted, 0);
      if (wanted >= heap->size)
        {
          decide (c, VM_GC_DECISION_SIZE_NO_SHRINK, need_after, heap->size, 0, 0);
          return 0;
        }
      decide (c, why, need_after, bound, heap->size, wanted);
      return wanted;
    }
  if (need_after <= heap->size)
    {
      decide (c, VM_GC_DECISION_SIZE_KEEP, need_after, heap->size, 0, 0);
      return 0;
    }
  wanted = next_size (heap, need_after, 0);
  decide (c, VM_GC_DECISION_SIZE_GROW, need_after, heap->size, wanted, 0);
  return wanted;
}

static bool
young_over_limit (const Collection *c, gsize mature_words)
{
  const Heap *heap = c->heap;
  gsize       new_old = 0;
  gsize       new_young = next_size (heap, (gsize) (heap->hend - heap->htop) + c->young_words, 0);
  gsize       total = c->young_words + new_young;

  if (heap->old_start == NULL && mature_words != 0)
    total += new_old = heap_next_size (c->young_words, 1);
  else
    total += old_block_words (heap);
  return total > heap->max_size && over_limit (c, total, new_young, new_old);
}

static void
make_old_block (const Collection *c)
{
  Heap *heap = c->heap;
  gsize words = heap_next_size (c->young_words, 1);

  heap->old_start = heap->old_top = heap_block_new (heap->vm, words);
  heap->old_end = heap->old_start + words;
  decide (c, VM_GC_DECISION_SIZE_OLD, c->young_words, words, 0, 0);
  if (c->capture != NULL)
    gc_capture_old_block (c->capture, heap->old_start, words);
  note (c, VM_GC_ACTION_MAKE_OLD, NULL, NULL, words);
}

/* Can what has survived once be promoted? */
static bool
can_promote (const Collection *c, gsize mature_words)
{
  const Heap *heap = c->heap;
  gsize       room = (gsize) (heap->old_end - heap->old_top);

  if (heap->old_start == NULL)
    decide (c, VM_GC_DECISION_MAJOR_NO_OLD, 0, 0, 0, 0);
  else if (mature_words > room)
    decide (c, VM_GC_DECISION_MAJOR_NO_ROOM, mature_words, room, 0, 0);
  else if (heap->old_vheap_size <= heap->old_vheap)
    decide (c, VM_GC_DECISION_MAJOR_BINARIES, heap->old_vheap, heap->old_vheap_size, 0, 0);
  else
    {
      decide (c, VM_GC_DECISION_MINOR, mature_words, room, 0, 0);
      return true;
    }
  return false;
}

static int
minor (Collection *c)
{
  Heap *heap = c->heap;
  gsize mature_words = (gsize) (heap->high_water - heap->start);
  gsize n_stack = stack_words (c);
  gsize promoted, live, used, size, resized = 0;
  Term *old_top;

  if (heap->max_size != 0 && young_over_limit (c, mature_words))
    return TO_BE_KILLED;
  if (heap->old_start == NULL && mature_words != 0)
    make_old_block (c);
  if (!can_promote (c, mature_words))
    return NOT_POSSIBLE;

  old_top = heap->old_top;
  size = next_size (heap, n_stack + c->young_words, 0);
  decide (c, VM_GC_DECISION_SIZE_COPY_MINOR, n_stack, c->young_words, heap->min_size, size);
  collect_young (c, size, mature_words);
  move_queued (c);
  promoted = (gsize) (heap->old_top - old_top);
  used = (gsize) (heap->htop - heap->start);
  live = promoted + used + heap->mbuf_size;
  c->reclaimed = c->young_words - live;
  heap->words_copied += live;
  heap->words_reclaimed += c->reclaimed;
  heap->n_minor_since_major++;
  size = adjusted_young_size (c, used + c->request->need + n_stack + HEAP_RESERVED);
  if (size != 0)
    {
      resize (c, size);
      resized = used;
    }
  return cost (live, resized);
}

/* --- major ----------------------------------------------------------------- */

static Term *
collect_all (const Collection *c, Term *block, gsize words)
{
  Heap  *heap = c->heap;
  Term  *top;
  GcCopy copy;

  if (c->capture != NULL)
    gc_capture_begin_copy (c->capture, block, words);
  gc_copy_init (&copy, heap, c->capture);
  copy.young_top = block;
  copy_live_fragments (c, &copy);
  copy_roots (c, &copy);
  top = gc_copy_scan (&copy, block, false);
  gc_sweep_off_heap (heap, true, c->capture);
  if (heap->old_start != NULL)
    note (c, VM_GC_ACTION_FREE_OLD, heap->old_start, NULL, old_block_words (heap));
  heap_block_free (heap->vm, heap->old_start, old_block_words (heap));
  heap->old_start = heap->old_top = heap->old_end = NULL;
  return top;
}

static bool
adjust_after_major (Collection *c)
{
  Heap *heap = c->heap;
  gsize used = (gsize) (heap->htop - heap->start);
  gsize need_after = used + c->request->need + stack_words (c) + HEAP_RESERVED;

  if (heap->size < need_after)
    {
      gsize size = next_size (heap, need_after, 0);

      decide (c, VM_GC_DECISION_SIZE_GROW, need_after, heap->size, size, 0);
      resize (c, size);
      return true;
    }
  if (3 * heap->size < 4 * need_after)
    {
      decide (c, VM_GC_DECISION_SIZE_MARK, need_after, heap->size, 0, 0);
      heap->flags |= HEAP_GROW;
    }
  else if (4 * need_after < heap->size && heap->size > heap->vm->options.min_heap_words)
    {
      gsize wanted = 2 * need_after;
      gsize size = wanted < heap->min_size ? heap->min_size : next_size (heap, wanted, 0);

      if (size < heap->size)
        {
          if (wanted < heap->min_size)
            decide (c, VM_GC_DECISION_SIZE_SHRINK_MIN, need_after, size, heap->size, size);
          else
            decide (c, VM_GC_DECISION_SIZE_SHRINK, need_after, 2, heap->size, size);
          resize (c, size);
          return true;
        }
      decide (c, VM_GC_DECISION_SIZE_NO_SHRINK, need_after, heap->size, 0, 0);
    }
  else
    decide (c, VM_GC_DECISION_SIZE_KEEP, need_after, heap->size, 0, 0);
  return false;
}

static int
major (Collection *c)
{
  Heap *heap = c->heap;
  gsize before = c->young_words + (gsize) (heap->old_top - heap->old_start);
  gsize size = next_size (heap, stack_words (c) + before + HEAP_RESERVED, 0);
  gsize live, total;
  Term *block, *top;

  decide (c, VM_GC_DECISION_SIZE_COPY_MAJOR, stack_words (c), before, HEAP_RESERVED, size);
  if (size == heap->size && (heap->flags & HEAP_GROW) != 0)
    {
      size = next_size (heap, heap->size, 1);
      decide (c, VM_GC_DECISION_SIZE_ONE_UP, heap->size, size, 0, 0);
    }
  total =
    before + (gsize) (heap->old_end - heap->old_top) + (gsize) (heap->hend - heap->htop) + size;
  if (heap->max_size != 0 && total > heap->max_size && over_limit (c, total, size, 0))
    return TO_BE_KILLED;
  heap->flags &= ~(guint32) (HEAP_GROW | HEAP_NEED_FULLSWEEP);
  block = heap_block_new (heap->vm, size);
  top = collect_all (c, block, size);
  VM_ASSERT (top <= block + size);
  replace_block (c, block, size, top);
  heap->n_minor_since_major = 0;
  heap->high_water = top;
  move_queued (c);
  live = (gsize) (heap->htop - heap->start) + heap->mbuf_size;
  c->reclaimed = before - live;
  heap->words_copied += live;
  heap->words_reclaimed += c->reclaimed;
  return adjust_after_major (c) ? cost (live, live) : cost (live, 0);
}

/* Room for the request without a collection (the process dies, or may not be
 * collected now). */
static void
grow_for_need (Heap *heap, const GcRequest *request, const GcRoots *roots)
{
  gsize need = (gsize) (heap->htop - heap->start) + (gsize) (heap->hend - heap->stop) +
               request->extra_stack + request->need + HEAP_RESERVED;

  if (request->need > 0 && need > heap->size)
    heap_resize (heap, next_size (heap, need, 0), roots);
}

/* Why now: the first of the rules that holds. */
static void
explain_time (const Collection *c)
{
  const Heap *heap = c->heap;
  gsize       free = (gsize) (heap->stop - heap->htop);

  if (c->capture == NULL)
    return;
  if (c->request->is_asked)
    decide (c, VM_GC_DECISION_NOW_ASKED, 0, 0, 0, 0);
  else if (c->request->need > 0 && c->request->need + HEAP_RESERVED > free)
    decide (c, VM_GC_DECISION_NOW_NEED, c->request->need, free, HEAP_RESERVED, 0);
  else if ((heap->flags & HEAP_FORCE_GC) != 0)
    decide (c, VM_GC_DECISION_NOW_FORCED, 0, 0, 0, 0);
  else if (free < heap->mbuf_size)
    decide (c, VM_GC_DECISION_NOW_FRAGMENTS, heap->mbuf_size, free, 0, 0);
  else
    decide (c, VM_GC_DECISION_NOW_BINARIES, heap->off_heap.overhead, heap->vheap_size, 0, 0);
}

static void
explain_major (const Collection *c)
{
  const Heap *heap = c->heap;

  if (c->request->want_major || (heap->flags & HEAP_NEED_FULLSWEEP) != 0)
    decide (c, VM_GC_DECISION_MAJOR_ASKED, 0, 0, 0, 0);
  else
    decide (c, VM_GC_DECISION_MAJOR_COUNT, heap->n_minor_since_major, heap->fullsweep_after, 0, 0);
}

int
gc_collect (
  Heap *heap, const GcRequest *request, const GcRoots *roots, GcReport report_func, gpointer data)
{
  Collection c = {
    heap, request, roots, report_func, data, 0, 0, request->queued_words, request->capture
  };
  bool is_minor;
  int  reds = NOT_POSSIBLE;

  if ((heap->flags & HEAP_DISABLE_GC) != 0)
    {
      grow_for_need (heap, request, roots);
      return 1;
    }
  c.young_words = (gsize) (heap->htop - heap->start) + heap->mbuf_size + request->queued_words;
  if (c.capture != NULL)
    gc_capture_begin (c.capture, heap, request, roots);
  explain_time (&c);
  is_minor = heap->n_minor_since_major < heap->fullsweep_after &&
             (heap->flags & HEAP_NEED_FULLSWEEP) == 0 && !request->want_major;
  if (!is_minor)
    explain_major (&c);
  if (is_minor)
    {
      report (&c, VM_EVENT_GC_MINOR_START, request->need);
      reds = minor (&c);
      if (reds != TO_BE_KILLED)
        report (&c, VM_EVENT_GC_MINOR_END, c.reclaimed);
      if (reds >= 0)
        heap->n_minor++;
    }
  if (reds == NOT_POSSIBLE)
    {
      report (&c, VM_EVENT_GC_MAJOR_START, request->need);
      reds = major (&c);
      if (reds >= 0)
        {
          report (&c, VM_EVENT_GC_MAJOR_END, c.reclaimed);
          heap->n_major++;
        }
    }
  if (reds == TO_BE_KILLED)
    {
      grow_for_need (heap, request, roots);
      return TO_BE_KILLED;
    }
  heap->flags &= ~(guint32) (HEAP_FORCE_GC | HEAP_HIBERNATED);
  return reds;
}

int
gc_hibernate (
  Heap *heap, const GcRoots *roots, GcReport report_func, gpointer data, GcCapture *capture)
{
  const GcRequest request = { 0 };
  Collection      c = { heap, &request, roots, report_func, data, 0, 0, 0, capture };
  gsize           before = heap->size + (gsize) (heap->old_top - heap->old_start) + heap->mbuf_size;
  gsize           free_words = (gsize) (heap->hend - heap->htop);
  Term           *block = heap_block_new (heap->vm, before + HEAP_RESERVED);
  Term           *top;
  gsize           used;

  if (capture != NULL)
    gc_capture_begin (capture, heap, &request, roots);
  decide (&c, VM_GC_DECISION_NOW_HIBERNATE, 0, 0, 0, 0);
  decide (&c, VM_GC_DECISION_MAJOR_HIBERNATE, 0, 0, 0, 0);
  top = collect_all (&c, block, before + HEAP_RESERVED);
  used = (gsize) (top - block);

  replace_block (&c, block, before + HEAP_RESERVED, top);
  heap->high_water = top;
  heap->words_copied += used;
  heap->words_reclaimed += before - free_words - used;
  heap->flags &= ~(guint32) HEAP_FORCE_GC;
  /* A fresh block of exactly the size: shrinking in place would leave holes in
   * the host's memory when many processes hibernate. */
  decide (&c, VM_GC_DECISION_SIZE_EXACT, used, HEAP_RESERVED, used + HEAP_RESERVED, 0);
  resize (&c, used + HEAP_RESERVED);
  heap->flags |= HEAP_HIBERNATED;
  return cost (used, used);
}
