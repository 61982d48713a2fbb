/* SPDX-License-Identifier: Apache-2.0 */

/* Copying terms out of a heap: messages, spawn arguments, tables, literals.
 *
 * Sizes are those of OTP 25's size_object()/copy_struct(): sharing is lost;
 * a sub-binary of an off-heap binary becomes a ProcBin with an offset, one of a
 * heap binary becomes a heap binary of its own bytes; odd bits need a
 * sub-binary around either. Nothing recurses: measuring keeps a stack of terms,
 * copying scans what it has written. */

#include "config.h"

#include "engine/base/debug.h"
#include "engine/mem/gc-private.h"
#include "engine/mem/offheap.h"

/* --- a stack of terms ------------------------------------------------------ */

#define INLINE_TERMS 64

typedef struct
{
  Term *items;
  gsize n;
  gsize size;
  Term  inline_items[INLINE_TERMS];
} TermStack;

static void
term_stack_init (TermStack *stack)
{
  stack->items = stack->inline_items;
  stack->n = 0;
  stack->size = INLINE_TERMS;
}

static void
term_stack_clear (TermStack *stack)
{
  if (stack->items != stack->inline_items)
    g_free (stack->items);
}

static VM_NOINLINE void
term_stack_grow (TermStack *stack)
{
  Term *items = g_new (Term, stack->size * 2);

  memcpy (items, stack->items, stack->n * sizeof (Term));
  term_stack_clear (stack);
  stack->items = items;
  stack->size *= 2;
}

static inline void
term_stack_push (TermStack *stack, Term t)
{
  if (term_is_immediate (t))
    return;
  if (stack->n == stack->size)
    term_stack_grow (stack);
  stack->items[stack->n++] = t;
}

/* --- measuring ------------------------------------------------------------- */

/* Words of the binary a copy of @sub stands on, without the sub-binary itself. */
static gsize
sub_bin_base_words (const SubBin *sub, gsize *n_bytes)
{
  guint odd = sub->bit_size + sub->bit_offset;

  *n_bytes = sub->size + (odd > 8 ? 2 : odd > 0 ? 1
                                                : 0);
  if (term_has_subtag (sub->orig, SUB_PROC_BIN))
    return PROC_BIN_WORDS;
  return HEAP_BIN_WORDS (*n_bytes);
}

gsize
thing_copy_words (const Term *thing)
{
  const SubBin *sub = (const SubBin *) thing;
  gsize         n_bytes, words;

  if (*thing != SUB_BIN_HEADER)
    return boxed_words (thing);
  words = sub_bin_base_words (sub, &n_bytes);
  return sub->bit_size + sub->bit_offset > 0 ? words + SUB_BIN_WORDS : words;
}

/* Literals: @literals NULL = copied like anything else, but for {}, of which there
 * is one in the machine (no other thing has a header of 0, and no cell a head of 0). */
static inline bool
stays (const Literals *literals, const Term *p)
{
  return (literals != NULL && p >= literals->base && p < literals->end) || *p == TUPLE_HEADER (0);
}

static gsize
count_words (const Literals *literals, Term term, gsize max)
{
  TermStack stack;
  gsize     words = 0;

  term_stack_init (&stack);
  term_stack_push (&stack, term);
  while (stack.n > 0 && words < max)
    {
      Term  t = stack.items[--stack.n];
      Term *p, *slots;
      gsize n;

      while (term_is_list (t) && !stays (literals, list_ptr (t)) && words < max)
        {
          words += 2;
          term_stack_push (&stack, list_head (t));
          t = list_tail (t);
        }
      if (!term_is_boxed (t) || stays (literals, boxed_ptr (t)))
        continue;
      p = boxed_ptr (t);
      words += thing_copy_words (p);
      if (*p == SUB_BIN_HEADER)
        continue;
      n = thing_slots (p, &slots);
      for (gsize i = 0; i < n; i++)
        term_stack_push (&stack, slots[i]);
    }
  term_stack_clear (&stack);
  return MIN (words, max);
}

gsize
term_copy_words (VmMachine *vm, Term term)
{
  return term_copy_words_up_to (vm, term, G_MAXSIZE);
}

gsize
term_copy_words_up_to (VmMachine *vm, Term term, gsize max)
{
  return term_is_immediate (term) ? 0 : count_words ((const Literals *) vm->literals, term, max);
}

gsize
term_flat_words (Term term)
{
  return term_is_immediate (term) ? 0 : count_words (NULL, term, G_MAXSIZE);
}

gsize
term_shared_words (VmMachine *vm, Term term)
{
  return term_shared_words_up_to (vm, term, G_MAXSIZE);
}

gsize
term_shared_words_up_to (VmMachine *vm, Term term, gsize max)
{
  const Literals *literals = (const Literals *) vm->literals;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  TermStack stack;
  gsize     words = 0;

  term_stack_init (&stack);
  term_stack_push (&stack, term);
  while (stack.n > 0 && words < max)
    {
      Term  t = stack.items[--stack.n];
      Term *p = (Term *) (t & ~(Term) TAG_MASK);
      Term *slots;
      gsize n;

      if (stays (literals, p) || !g_hash_table_add (seen, p))
        continue;
      if (term_is_list (t))
        {
          words += 2;
          term_stack_push (&stack, p[0]);
          term_stack_push (&stack, p[1]);
          continue;
        }
      words += thing_copy_words (p);
      if (*p == SUB_BIN_HEADER)
        continue;
      n = thing_slots (p, &slots);
      for (gsize i = 0; i < n; i++)
        term_stack_push (&stack, slots[i]);
    }
  term_stack_clear (&stack);
  return MIN (words, max);
}

/* --- copying --------------------------------------------------------------- */

typedef struct
{
  VmMachine      *vm;
  const Literals *literals; /* NULL: copied too */
  Term           *top;
  OffHeap        *off_heap;
} Copy;

/* Who appends to a binary in place must not once others see it. */
static void
end_appending (VmMachine *vm, ProcBin *pb)
{
  pb->flags = 0;
  if (pb->binary->size - pb->size >= 8)
    {
      pb->binary = binary_resize (vm, pb->binary, pb->size);
      pb->bytes = pb->binary->data;
    }
}

static Term
copy_proc_bin (Copy *copy, Term orig, gsize offset, gsize size)
{
  ProcBin *from = (ProcBin *) boxed_ptr (orig);
  Term    *to = copy->top;

  if (from->flags != 0)
    end_appending (copy->vm, from);
  copy->top += PROC_BIN_WORDS;
  return proc_bin_write (to, binary_ref (from->binary), from->bytes + offset, size, copy->off_heap);
}

static Term
copy_heap_bin (Copy *copy, const guint8 *bytes, gsize size)
{
  HeapBin *to = (HeapBin *) copy->top;

  copy->top += HEAP_BIN_WORDS (size);
  if (size > 0)
    copy->top[-1] = 0;
  to->header = HEAP_BIN_HEADER (size);
  to->size = size;
  memcpy (to->data, bytes, size);
  return make_boxed ((Term *) to);
}

static Term
copy_sub_bin (Copy *copy, const SubBin *sub)
{
  SubBin *to = NULL;
  gsize   n_bytes;
  Term    base;

  sub_bin_base_words (sub, &n_bytes);
  if (sub->bit_size + sub->bit_offset > 0)
    {
      to = (SubBin *) copy->top;
      copy->top += SUB_BIN_WORDS;
    }
  if (term_has_subtag (sub->orig, SUB_PROC_BIN))
    base = copy_proc_bin (copy, sub->orig, sub->offset, n_bytes);
  else
    base = copy_heap_bin (copy, ((HeapBin *) boxed_ptr (sub->orig))->data + sub->offset, n_bytes);
  if (to == NULL)
    return base;
  *to = *sub;
  to->offset = 0;
  to->is_writable = 0;
  to->orig = base;
  return make_boxed ((Term *) to);
}

static void
copy_slot (Copy *copy, Term *slot)
{
  Term  t = *slot;
  Term *p = (Term *) (t & ~(Term) TAG_MASK);
  Term *to = copy->top;
  gsize n;

  if (term_is_immediate (t) || term_is_header (t) || stays (copy->literals, p))
    return;
  if (term_is_list (t))
    {
      to[0] = p[0];
      to[1] = p[1];
      *slot = make_list (to);
      copy->top += 2;
      return;
    }
  switch (header_subtag (*p))
    {
    case SUB_PROC_BIN:
      *slot = copy_proc_bin (copy, t, 0, ((ProcBin *) p)->size);
      return;
    case SUB_SUB_BIN:
      *slot = copy_sub_bin (copy, (const SubBin *) p);
      return;
    case SUB_MATCH_CONTEXT:
      g_assert_not_reached (); /* never leaves the function that made it */
    default:
      break;
    }
  n = boxed_words (p);
  memcpy (to, p, n * sizeof (Term));
  copy->top += n;
  *slot = make_boxed (to);
  if (*p == MAGIC_REF_HEADER)
    binary_ref ((OffHeapBinary *) p[1]);
  else if (header_subtag (*p) != SUB_FUN || (*p & FUN_EXTERNAL_BIT) != 0)
    return;
  *off_heap_next (to) = copy->off_heap->first;
  copy->off_heap->first = to;
}

/* Everything from @hp on was copied as it was: copies what it refers to. */
static void
copy_scan (Copy *copy, Term *hp)
{
  while (hp < copy->top)
    {
      if (!term_is_header (*hp))
        copy_slot (copy, hp++);
      else if (*hp == SUB_BIN_HEADER)
        hp += SUB_BIN_WORDS; /* its binary was made with it */
      else
        {
          Term *slots;
          gsize n = thing_slots (hp, &slots);
          Term *next = hp + boxed_words (hp);

          for (gsize i = 0; i < n; i++)
            copy_slot (copy, slots + i);
          hp = next;
        }
    }
}

static Term
copy_term (Copy *copy, Term term, Term **hp)
{
  Term *start = *hp;

  copy->top = start;
  copy_slot (copy, &term);
  copy_scan (copy, start);
  *hp = copy->top;
  return term;
}

Term
term_copy (VmMachine *vm, Term term, Term **hp, OffHeap *off_heap)
{
  Copy copy = { vm, (const Literals *) vm->literals, NULL, off_heap };

  return term_is_immediate (term) ? term : copy_term (&copy, term, hp);
}

Term
term_copy_all (VmMachine *vm, Term term, Term **hp, OffHeap *off_heap)
{
  Copy copy = { vm, NULL, NULL, off_heap };

  return term_is_immediate (term) ? term : copy_term (&copy, term, hp);
}

HeapFragment *
term_copy_to_fragment (VmMachine *vm, Term term, Term *copy)
{
  gsize         words = term_copy_words (vm, term);
  HeapFragment *fragment;
  Term         *hp;

  if (words == 0)
    {
      *copy = term;
      return NULL;
    }
  fragment = heap_fragment_new (vm, words);
  hp = fragment->mem;
  *copy = term_copy (vm, term, &hp, &fragment->off_heap);
  VM_ASSERT (hp == fragment->mem + words);
  return fragment;
}
