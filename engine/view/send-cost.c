/* SPDX-License-Identifier: Apache-2.0 */

/* What a send of a term would cost, by the rules of mem/copy.c, but with each object
 * looked at once: what a send copies of a term with much sharing may be more than
 * could ever be gone through. */
#include "config.h"

#include "engine/mem/gc-private.h"
#include "engine/mem/offheap.h"
#include "engine/proc/process-table.h"
#include "engine/proc/signals.h"
#include "engine/view/words-private.h"

#define MAX_OBJECTS   1000000u
#define MAX_PROCESSES 10000u
#define REAL_REDS     1

/* What a copy of all that an object holds comes to; sums that are too large stay at
 * the largest number. */
typedef struct
{
  guint64  words;      /* copied */
  guint64  literals;   /* words of constants that are not */
  guint64  references; /* to bytes off the heap */
  gboolean is_done;    /* FALSE: its parts are being looked at */
} Sum;

typedef struct
{
  VmMachine  *vm;
  GHashTable *sums;   /* Term * → Sum * */
  GHashTable *blocks; /* OffHeapBinary * */
  GArray     *todo;   /* Term */
  guint64     shared; /* words, each object once */
  guint64     bytes;
} Count;

static guint64
add (guint64 a, guint64 b)
{
  return a + b < a ? G_MAXUINT64 : a + b;
}

static void
count_block (Count *count, Term orig)
{
  OffHeapBinary *binary = ((ProcBin *) boxed_ptr (orig))->binary;

  if (g_hash_table_add (count->blocks, binary))
    count->bytes += binary->size;
}

/* Its own words, and where its parts are. */
static gsize
begin_object (Count *count, Term t, Sum *sum, Term **slots)
{
  Term   *p = (Term *) (t & ~(Term) TAG_MASK);
  guint64 words;
  gsize   n;

  if (term_is_list (t))
    {
      *slots = p;
      words = n = 2;
    }
  else
    {
      words = thing_copy_words (p);
      n = *p == SUB_BIN_HEADER ? 0 : thing_slots (p, slots);
      if (term_is_literal (count->vm, t))
        ;
      else if (*p == PROC_BIN_HEADER)
        {
          sum->references = 1;
          count_block (count, t);
        }
      else if (*p == SUB_BIN_HEADER && term_has_subtag (((SubBin *) p)->orig, SUB_PROC_BIN))
        {
          sum->references = 1;
          count_block (count, ((SubBin *) p)->orig);
        }
    }
  if (term_is_literal (count->vm, t))
    {
      sum->literals = words;
    }
  else
    {
      sum->words = words;
      count->shared = add (count->shared, words);
    }
  return n;
}

static bool
is_free (Term t)
{
  return term_is_immediate (t) || term_is_header (t) ||
         (term_is_boxed (t) && boxed_header (t) == TUPLE_HEADER (0));
}

/* One look at the term on top: either its parts come first, or it is summed up. */
static void
count_top (Count *count)
{
  Term  t = g_array_index (count->todo, Term, count->todo->len - 1);
  Term *p = (Term *) (t & ~(Term) TAG_MASK), *slots = NULL;
  Sum  *sum = g_hash_table_lookup (count->sums, p);
  Sum   own = { 0 };
  gsize n;

  if (sum == NULL)
    {
      sum = g_new0 (Sum, 1);
      g_hash_table_insert (count->sums, p, sum);
      n = begin_object (count, t, sum, &slots);
      for (gsize i = 0; i < n; i++)
        if (!is_free (slots[i]))
          g_array_append_val (count->todo, slots[i]);
      return;
    }
  g_array_set_size (count->todo, count->todo->len - 1);
  if (sum->is_done)
    return;
  sum->is_done = TRUE;
  if (term_is_list (t))
    {
      slots = p;
      n = 2;
    }
  else
    n = *p == SUB_BIN_HEADER ? 0 : thing_slots (p, &slots);
  own = *sum;
  for (gsize i = 0; i < n; i++)
    {
      const Sum *part = is_free (slots[i])
                          ? NULL
                          : g_hash_table_lookup (count->sums,
                                                 (Term *) (slots[i] & ~(Term) TAG_MASK));

      if (part == NULL)
        continue;
      own.words = add (own.words, part->words);
      own.literals = add (own.literals, part->literals);
      own.references = add (own.references, part->references);
    }
  *sum = own;
}

/* Where it would lie with those who are there now. */
static void
count_receivers (VmMachine *vm, const Process *from, VmSendCost *cost)
{
  g_autoptr (GArray) pids = process_table_list (vm);

  for (guint i = 0; i < pids->len && i < MAX_PROCESSES; i++)
    {
      Process *p = process_table_lookup (vm, g_array_index (pids, VmPid, i));
      guint32  state = p != NULL ? atomic_load (&p->state) : 0;
      gsize    room;

      if (p == NULL || p == from || (state & (PS_SYSTEM | PS_EXITING | PS_FREE)) != 0)
        continue;
      room = (gsize) MAX (0, p->heap.stop - HEAP_REDZONE - p->heap.htop);
      if ((state & (PS_OFF_HEAP_QUEUE | PS_RUNNING)) == 0 &&
          (p->heap.flags & HEAP_DISABLE_GC) == 0 && room > cost->copied_words)
        cost->n_on_heap++;
      else
        cost->n_in_fragment++;
    }
}

static gboolean
can_be_sent (const VmObject *object)
{
  return object->kind != VM_OBJECT_FREE && object->kind != VM_OBJECT_HOLE &&
         object->kind != VM_OBJECT_FRAME && object->kind != VM_OBJECT_MATCH_CONTEXT &&
         object->kind != VM_OBJECT_MAP_NODE;
}

void
words_fill_send_cost (WordsBuilder *words, const Space *space, guint64 at, VmChosen *chosen)
{
  VmMachine  *vm = words->builder.vm;
  const Term *p = space->base + at;
  Term        term = chosen->object.kind == VM_OBJECT_CONS ? make_list (p) : make_boxed (p);
  VmSendCost *cost = &chosen->send;
  Count       count = { .vm = vm };
  const Sum  *sum;

  if (!can_be_sent (&chosen->object))
    return;
  count.sums = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  count.blocks = g_hash_table_new (NULL, NULL);
  count.todo = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_append_val (count.todo, term);
  while (count.todo->len > 0 && g_hash_table_size (count.sums) < MAX_OBJECTS)
    count_top (&count);
  sum = g_hash_table_lookup (count.sums, p);
  cost->is_known = count.todo->len == 0 && sum != NULL;
  if (cost->is_known)
    {
      cost->copied_words = sum->words;
      cost->shared_words = count.shared;
      cost->lost_words = sum->words - MIN (sum->words, count.shared);
      cost->literal_words = sum->literals;
      cost->n_references = sum->references;
      cost->n_binaries = g_hash_table_size (count.blocks);
      cost->binary_bytes = count.bytes;
      cost->reductions = REAL_REDS;
      if (sum->words > SEND_WORDS_A_RED)
        cost->reductions += (guint) MIN (sum->words / SEND_WORDS_A_RED, SLICE_REDUCTIONS);
      cost->virtual_reductions = SEND_VIRTUAL_REDS;
      count_receivers (vm, words->process, cost);
    }
  g_hash_table_unref (count.sums);
  g_hash_table_unref (count.blocks);
  g_array_unref (count.todo);
}
