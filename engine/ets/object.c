/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/ets/table.h"

/* ERTS's words for each process that fixes a table, and each object that was
 * deleted meanwhile. */
#define FIXATION_WORDS       9
#define FIXED_DELETION_WORDS 2

static bool
all_immediate (Term tuple)
{
  const Term *e = tuple_elements (tuple);
  gsize       n = tuple_arity (tuple);

  for (gsize i = 0; i < n; i++)
    if (!term_is_immediate (e[i]))
      return false;
  return true;
}

static inline gsize
node_words (const EtsTable *table)
{
  return ets_is_hash (table) ? HASH_NODE_WORDS : TREE_NODE_WORDS;
}

static void
fill (EtsTable *table, EtsObject *object, Term tuple, gsize words, bool is_flat)
{
  object->words = words;
  object->off_heap = NULL;
  if (is_flat)
    memcpy (object->tuple, boxed_ptr (tuple), words * sizeof (Term));
  else
    {
      OffHeap off_heap = { NULL, 0 };
      Term   *hp = object->tuple;

      term_copy_all (table->vm, tuple, &hp, &off_heap);
      object->off_heap = off_heap.first;
    }
}

static void
release (EtsTable *table, EtsObject *object)
{
  OffHeap off_heap = { object->off_heap, 0 };

  if (object->off_heap != NULL)
    off_heap_release (table->vm, &off_heap);
}

gpointer
ets_block_new (EtsTable *table, gsize head, Term tuple)
{
  bool  is_flat = all_immediate (tuple);
  gsize words = is_flat ? 1 + tuple_arity (tuple) : term_flat_words (tuple);
  gsize bytes = head + sizeof (EtsObject) + words * sizeof (Term);
  char *block = g_malloc (bytes);

  fill (table, (EtsObject *) (block + head), tuple, words, is_flat);
  table->object_words += words + node_words (table);
  machine_account_memory (table->vm, (gint64) bytes);
  return block;
}

void
ets_block_free (EtsTable *table, gpointer block, EtsObject *object)
{
  gsize head = (gsize) ((char *) object - (char *) block);

  release (table, object);
  table->object_words -= object->words + node_words (table);
  machine_account_memory (table->vm,
                          -(gint64) (head + sizeof (EtsObject) + object->words * sizeof (Term)));
  g_free (block);
}

gpointer
ets_block_replace (EtsTable *table, gpointer block, EtsObject *object, Term tuple)
{
  bool  is_flat = all_immediate (tuple);
  gsize words = is_flat ? 1 + tuple_arity (tuple) : term_flat_words (tuple);
  gsize head = (gsize) ((char *) object - (char *) block);
  gsize old = object->words;

  release (table, object);
  if (words != old)
    {
      block = g_realloc (block, head + sizeof (EtsObject) + words * sizeof (Term));
      object = (EtsObject *) ((char *) block + head);
      table->object_words += words - old;
      machine_account_memory (table->vm, ((gint64) words - (gint64) old) * (gint64) sizeof (Term));
    }
  fill (table, object, tuple, words, is_flat);
  return block;
}

Term
ets_object_copy (EtsTable *table, const EtsObject *object, Term **hp, OffHeap *off_heap)
{
  Term *to = *hp;

  if (object->words == 1 + (object->tuple[0] >> 6))
    {
      for (gsize i = 0; i < object->words; i++)
        to[i] = object->tuple[i];
      *hp = to + object->words;
      return make_boxed (to);
    }
  return term_copy_all (table->vm, ets_object_term (object), hp, off_heap);
}

Term
ets_term_copy (Process *p, Term term)
{
  gsize words = term_flat_words (term);
  Term *hp;

  if (words == 0)
    return term;
  hp = halloc (p, words);
  return term_copy_all (p->vm, term, &hp, &p->heap.off_heap);
}

gsize
ets_table_words (const EtsTable *table)
{
  gsize words = table->base_words + table->object_words;

  if (table->fixations != NULL)
    words += table->fixations->len * FIXATION_WORDS;
  if (!ets_is_hash (table))
    return words;
  if (table->hash.deleted != NULL)
    words += table->hash.deleted->len * FIXED_DELETION_WORDS;
  return words + hash_words (table);
}
