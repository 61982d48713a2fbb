/* SPDX-License-Identifier: Apache-2.0 */

/* Blocks and fragments: where the words of a process come from. Sizes follow
 * OTP 25's table (erl_gc.c): Fibonacci-like up to 833026 words, then a fifth
 * more each time. */

#include "config.h"

#include "engine/mem/heap.h"

#include "engine/base/debug.h"
#include "engine/base/hooks.h"
#include "engine/mem/gc-private.h"
#include "engine/mem/offheap.h"

#define FRAGMENT_ARITH_SPARE 512 /* spare words in fragments of arithmetic results */

static const gsize heap_sizes[] = {
  12,
  38,
  51,
  90,
  142,
  233,
  376,
  610,
  987,
  1598,
  2586,
  4185,
  6772,
  10958,
  17731,
  28690,
  46422,
  75113,
  121536,
  196650,
  318187,
  514838,
  833026,
};

gsize
heap_next_size (gsize words, int up)
{
  guint n = G_N_ELEMENTS (heap_sizes);
  guint i;
  gsize size;

  if (words < heap_sizes[0])
    return heap_sizes[0];
  for (i = 0; i < n && heap_sizes[i] < words; i++)
    ;
  if (i + up < n)
    return heap_sizes[i + up];
  size = heap_sizes[n - 1];
  while (size < words)
    size += size / 5;
  if (up)
    size += size / 5;
  return size;
}

void
machine_account_memory (VmMachine *vm, gint64 bytes)
{
  gint64  before = __atomic_fetch_add (&vm->memory_bytes, bytes, __ATOMIC_RELAXED);
  guint64 limit = vm->options.max_memory_bytes;

  if (VM_UNLIKELY (limit != 0 && bytes > 0 && before + bytes > (gint64) limit &&
                   before <= (gint64) limit && vm->hooks != NULL && vm->hooks->limit != NULL))
    {
      g_autofree char *limit_text = g_format_size_full (limit, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *message =
        g_strdup_printf ("memory: the processes hold more than %s (%" G_GUINT64_FORMAT
                         " bytes), the limit of this machine",
                         limit_text, limit);
      vm->hooks->limit (vm, message);
    }
}

static void
account (VmMachine *vm, gint64 bytes)
{
  __atomic_fetch_add (&vm->heap_bytes, bytes, __ATOMIC_RELAXED);
  machine_account_memory (vm, bytes);
}

Term *
heap_block_new (VmMachine *vm, gsize words)
{
  Term *block = g_malloc (words * sizeof (Term));

  account (vm, (gint64) (words * sizeof (Term)));
  return block;
}

void
heap_block_free (VmMachine *vm, Term *block, gsize words)
{
  if (block == NULL)
    return;
  if (VM_IS_STRESS) /* whoever still looks here shall not find what was here */
    memset (block, 0xb2, words * sizeof (Term));
  g_free (block);
  account (vm, -(gint64) (words * sizeof (Term)));
}

void
heap_init (Heap *heap, VmMachine *vm, gsize words)
{
  gsize need = words + HEAP_RESERVED;

  heap->vm = vm;
  if (heap->min_size == 0)
    heap->min_size = HEAP_DEFAULT_MIN;
  if (heap->min_vheap_size == 0)
    heap->min_vheap_size = VHEAP_DEFAULT_MIN;
  heap->size = need < heap->min_size ? heap->min_size : heap_next_size (need, 0);
  heap->start = heap_block_new (vm, heap->size);
  heap->htop = heap->high_water = heap->start;
  heap->hend = heap->stop = heap->start + heap->size;
  heap->old_start = heap->old_top = heap->old_end = NULL;
  heap->mbuf_size = 0;
  heap->fragments = heap->message_fragments = NULL;
  heap->off_heap.first = NULL;
  heap->off_heap.overhead = 0;
  heap->writable_bins = NULL;
  heap->vheap_size = heap->old_vheap_size = heap->min_vheap_size;
  heap->old_vheap = 0;
  heap->n_minor_since_major = heap->n_minor = heap->n_major = 0;
}

static void
free_fragments (VmMachine *vm, HeapFragment *fragment)
{
  while (fragment != NULL)
    {
      HeapFragment *next = fragment->next;

      heap_fragment_free (vm, fragment);
      fragment = next;
    }
}

void
heap_clear (Heap *heap)
{
  OffHeap writable = { heap->writable_bins, 0 };

  if (heap->start == NULL)
    return;
  off_heap_release (heap->vm, &heap->off_heap);
  off_heap_release (heap->vm, &writable);
  heap->writable_bins = NULL;
  gc_free_fragments (heap);
  heap_block_free (heap->vm, heap->start, heap->size);
  heap_block_free (heap->vm, heap->old_start, (gsize) (heap->old_end - heap->old_start));
  heap->start = heap->htop = heap->stop = heap->hend = heap->high_water = NULL;
  heap->old_start = heap->old_top = heap->old_end = NULL;
  heap->size = 0;
}

void
gc_free_fragments (Heap *heap)
{
  free_fragments (heap->vm, heap->fragments);
  free_fragments (heap->vm, heap->message_fragments);
  heap->fragments = heap->message_fragments = NULL;
  heap->mbuf_size = 0;
}

/* Room in the newest fragment, else in a new one with @spare more words. */
static Term *
alloc_in_fragment (Heap *heap, gsize n, gsize spare)
{
  HeapFragment *fragment = heap->fragments;

  if (fragment == NULL || fragment->size - fragment->used < n)
    {
      fragment = heap_fragment_new (heap->vm, n + spare);
      fragment->used = 0;
      fragment->next = heap->fragments;
      heap->fragments = fragment;
    }
  fragment->used += n;
  heap->mbuf_size += n;
  return fragment->mem + fragment->used - n;
}

Term *
heap_alloc_slow (Heap *heap, gsize n)
{
  Term *limit = heap->stop - HEAP_REDZONE;

  if (heap->htop <= limit && (gsize) (limit - heap->htop) >= n)
    {
      heap->htop += n;
      return heap->htop - n;
    }
  return alloc_in_fragment (heap, n, 0);
}

Term *
heap_alloc_fragment (Heap *heap, gsize n)
{
  return alloc_in_fragment (heap, n, FRAGMENT_ARITH_SPARE);
}

void
heap_give_back (Heap *heap, Term *hp, gsize n, gsize used)
{
  HeapFragment *fragment = heap->fragments;
  gsize         unused = n - used;

  VM_ASSERT (used <= n);
  if (hp + n == heap->htop)
    heap->htop -= unused;
  else if (fragment != NULL && hp + n == fragment->mem + fragment->used)
    {
      fragment->used -= unused;
      heap->mbuf_size -= unused;
      /* The next taker finds holes as the collector knows them. */
      memset (hp + used, 0, unused * sizeof (Term));
    }
  else if (unused > 0)
    {
      /* Not the last any more: a dead bignum keeps the words readable. */
      hp[used] = MAKE_HEADER (unused - 1, SUB_POS_BIG);
    }
}

/* Words are zeroed: 0 is a hole to whoever walks a fragment word by word. */
HeapFragment *
heap_fragment_new (VmMachine *vm, gsize words)
{
  gsize         bytes = sizeof (HeapFragment) + words * sizeof (Term);
  HeapFragment *fragment = g_malloc0 (bytes);

  fragment->size = words;
  fragment->used = words;
  account (vm, (gint64) bytes);
  return fragment;
}

void
heap_fragment_free (VmMachine *vm, HeapFragment *fragment)
{
  gsize bytes = sizeof (HeapFragment) + fragment->size * sizeof (Term);

  off_heap_release (vm, &fragment->off_heap);
  if (VM_IS_STRESS)
    memset (fragment, 0xb2, bytes);
  g_free (fragment);
  account (vm, -(gint64) bytes);
}

void
heap_attach_fragment (Heap *heap, HeapFragment *fragment)
{
  HeapFragment *last = fragment;

  for (;;)
    {
      heap->mbuf_size += last->used;
      off_heap_join (&heap->off_heap, &last->off_heap);
      if (last->next == NULL)
        break;
      last = last->next;
    }
  last->next = heap->message_fragments;
  heap->message_fragments = fragment;
}

void
heap_move_fragment (Heap *heap, HeapFragment *fragment, Term *term)
{
  Term     *to = heap->htop;
  gssize    delta = (guint8 *) to - (guint8 *) fragment->mem;
  MovedArea area = { fragment->mem, fragment->mem + fragment->used, delta };

  VM_ASSERT (fragment->next == NULL);
  VM_ASSERT ((gsize) (heap->stop - to) >= fragment->used);
  memcpy (to, fragment->mem, fragment->used * sizeof (Term));
  heap->htop += fragment->used;
  moved_area_fix_words (&area, to, heap->htop);
  moved_area_fix_chain (&area, &fragment->off_heap.first);
  moved_area_fix_slot (&area, term);
  off_heap_join (&heap->off_heap, &fragment->off_heap);
  heap_fragment_free (heap->vm, fragment);
}
