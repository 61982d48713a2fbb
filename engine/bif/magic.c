/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "engine/bif/magic.h"

#include "engine/proc/registry.h"

OffHeapBinary *
magic_new (VmMachine *vm, gsize size, GDestroyNotify destroy)
{
  gsize          head = (sizeof (MagicHead) + 7) & ~(gsize) 7;
  OffHeapBinary *magic = binary_new (vm, head + size);
  MagicHead     *magic_head = (MagicHead *) magic->data;

  memset (magic->data, 0, head + size);
  magic->flags |= BINARY_MAGIC;
  magic_head->destroy = destroy;
  return magic;
}

gpointer
magic_data (OffHeapBinary *magic)
{
  return magic->data + ((sizeof (MagicHead) + 7) & ~(gsize) 7);
}

Term
magic_ref (Process *p, OffHeapBinary *magic)
{
  MagicHead *head = (MagicHead *) magic->data;
  Term      *hp = halloc (p, REF_WORDS);

  ref_source_next (p->vm, p, head->number);
  hp[0] = MAGIC_REF_HEADER;
  hp[1] = (Term) magic;
  hp[2] = (Term) p->heap.off_heap.first;
  p->heap.off_heap.first = hp;
  return make_boxed (hp);
}

gpointer
magic_ref_data (Term t, GDestroyNotify destroy)
{
  OffHeapBinary *magic;

  if (!term_is_boxed (t) || boxed_header (t) != MAGIC_REF_HEADER)
    return NULL;
  magic = (OffHeapBinary *) boxed_ptr (t)[1];
  return ((MagicHead *) magic->data)->destroy == destroy ? magic_data (magic) : NULL;
}
