/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <sys/mman.h>

#include "engine/base/lock.h"
#include "engine/code/code.h"
#include "engine/mem/offheap.h"

/* One reserved address range per machine; the kernel gives pages as they are
 * touched. A range, because the collector asks of every pointer whether it is a
 * literal, and two comparisons are the cheapest answer. */
#define LITERALS_RESERVED_BYTES (G_GUINT64_CONSTANT (1) << 32)

typedef struct
{
  Literals public;
  Lock       lock; /* protects top, off_heap */
  OffHeap    off_heap;
  VmMachine *vm;
} LiteralArea;

Literals *
literals_new (VmMachine *vm)
{
  LiteralArea *area = g_new0 (LiteralArea, 1);
  void        *base = mmap (NULL, LITERALS_RESERVED_BYTES, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  g_assert (base != MAP_FAILED);
  lock_init (&area->lock);
  area->vm = vm;
  area->public.base = area->public.top = base;
  area->public.end = area->public.base + LITERALS_RESERVED_BYTES / sizeof (Term);
  return &area->public;
}

void
literals_free (Literals *literals)
{
  LiteralArea *area = (LiteralArea *) literals;

  off_heap_release (area->vm, &area->off_heap);
  munmap (literals->base, LITERALS_RESERVED_BYTES);
  lock_clear (&area->lock);
  g_free (area);
}

/* The last word, never handed out, is zero: the header of the empty tuple. */
Term
code_empty_tuple (VmMachine *vm)
{
  return make_boxed (((const Literals *) vm->literals)->end - 1);
}

static Term *
alloc_locked (LiteralArea *area, gsize words)
{
  Term *words_at = area->public.top;

  if ((gsize) (area->public.end - 1 - words_at) < words)
    return NULL;
  area->public.top = words_at + words;
  return words_at;
}

Term *
literals_alloc (VmMachine *vm, gsize words)
{
  LiteralArea *area = (LiteralArea *) vm->literals;
  Term        *at;

  lock_take (&area->lock);
  at = alloc_locked (area, words);
  lock_drop (&area->lock);
  return at;
}

Term
literals_add (VmMachine *vm, Term term)
{
  LiteralArea *area = (LiteralArea *) vm->literals;
  gsize        words = term_copy_words (vm, term);
  Term        *hp;
  Term         copy;

  if (words == 0)
    return term;
  lock_take (&area->lock);
  hp = alloc_locked (area, words);
  copy = hp != NULL ? term_copy (vm, term, &hp, &area->off_heap) : NONE;
  lock_drop (&area->lock);
  return copy;
}
