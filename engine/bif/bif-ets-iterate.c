/* SPDX-License-Identifier: Apache-2.0 */

/* Walking tables: first, next, last, prev, slot; fixing them meanwhile. */

#include "config.h"

#include "engine/bif/bif-ets.h"

static Term
key_or_end (Process *p, EtsTable *table, const EtsObject *object)
{
  Term result =
    object != NULL ? ets_term_copy (p, ets_key (table, object->tuple)) : A (end_of_table);

  ets_table_unlock (table);
  return result;
}

static const EtsObject *
of_hash (const HashNode *node)
{
  return node != NULL ? &node->object : NULL;
}

static const EtsObject *
of_tree (const TreeNode *node)
{
  return node != NULL ? &node->object : NULL;
}

static Term
first (Process *p, Term id)
{
  EtsTable *table = ets_table_get (p, id, ETS_READ);
  guint     slot;

  if (table == NULL)
    return NONE;
  return key_or_end (p, table,
                     ets_is_hash (table) ? of_hash (hash_first (table, &slot))
                                         : of_tree (tree_first (table)));
}

/* The next of another key. */
static const EtsObject *
next_in_hash (const EtsTable *table, HashNode *node, guint slot)
{
  Term key = ets_key (table, node->object.tuple);

  do
    node = hash_next (table, node, &slot);
  while (node != NULL && ets_is_bag (table) &&
         term_equal (key, ets_key (table, node->object.tuple)));
  return of_hash (node);
}

static Term
next (Process *p, Term id, Term key)
{
  EtsTable *table = ets_table_get (p, id, ETS_READ);
  HashNode *node;
  guint     slot;

  if (table == NULL)
    return NONE;
  if (!ets_is_hash (table))
    return key_or_end (p, table, of_tree (tree_after (table, key)));
  node = hash_find_place (table, key, &slot);
  if (node != NULL)
    return key_or_end (p, table, next_in_hash (table, node, slot));
  ets_table_unlock (table);
  return bif_badarg (p);
}

Term
bif_ets_first_1 (Process *p, Term *args)
{
  return first (p, args[0]);
}

Term
bif_ets_next_2 (Process *p, Term *args)
{
  return next (p, args[0], args[1]);
}

Term
bif_ets_last_1 (Process *p, Term *args)
{
  EtsTable *table;

  table = ets_table_get (p, args[0], ETS_READ);
  if (table == NULL)
    return NONE;
  if (!ets_is_hash (table))
    return key_or_end (p, table, of_tree (tree_last (table)));
  ets_table_unlock (table);
  return first (p, args[0]);
}

Term
bif_ets_prev_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_READ);

  if (table == NULL)
    return NONE;
  if (!ets_is_hash (table))
    return key_or_end (p, table, of_tree (tree_before (table, args[1])));
  ets_table_unlock (table);
  return next (p, args[0], args[1]);
}

Term
bif_erts_internal_ets_raw_first_1 (Process *p, Term *args)
{
  return first (p, args[0]);
}

Term
bif_erts_internal_ets_raw_next_2 (Process *p, Term *args)
{
  return next (p, args[0], args[1]);
}

/* --- slots ------------------------------------------------------------------------- */

static Term
cons_object (Process *p, EtsTable *table, const EtsObject *object, Term tail)
{
  Term *hp = halloc (p, object->words + 2);
  Term  copy = ets_object_copy (table, object, &hp, &p->heap.off_heap);

  return cons_write (hp, copy, tail);
}

/* A tree's slots are its objects. */
static Term
tree_slot (Process *p, EtsTable *table, gint64 slot)
{
  TreeNode *node = tree_first (table);

  if (slot > table->n_objects)
    return NONE;
  if (slot == table->n_objects)
    return A (end_of_table);
  while (slot-- > 0)
    node = tree_after (table, ets_key (table, node->object.tuple));
  return cons_object (p, table, &node->object, NIL);
}

static Term
hash_slot (Process *p, EtsTable *table, gint64 slot)
{
  Term list = NIL;

  if (slot > table->hash.n_active)
    return NONE;
  if (slot == table->hash.n_active)
    return A (end_of_table);
  for (HashNode *node = hash_slot_head (table, (guint) slot); node != NULL; node = node->next)
    if (!node->is_deleted)
      list = cons_object (p, table, &node->object, list);
  return list;
}

Term
bif_ets_slot_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_READ);
  Term      result = NONE;

  if (table == NULL)
    return NONE;
  if (term_is_small (args[1]) && small_value (args[1]) >= 0)
    result = ets_is_hash (table) ? hash_slot (p, table, small_value (args[1]))
                                 : tree_slot (p, table, small_value (args[1]));
  ets_table_unlock (table);
  return result != NONE ? result : bif_badarg (p);
}

/* --- fixing ------------------------------------------------------------------------ */

Term
bif_ets_safe_fixtable_2 (Process *p, Term *args)
{
  EtsTable *table;

  /* Readers may fix it, which takes the write lock. */
  table = ets_table_get (p, args[0], ETS_READ);
  if (table == NULL)
    return NONE;
  ets_table_unlock (table);
  if (args[1] != A (true) && args[1] != A (false))
    return bif_badarg (p);
  pthread_rwlock_wrlock (&table->lock);
  if (!table->is_deleted && args[1] == A (true))
    ets_table_fix (p, table);
  else if (!table->is_deleted)
    ets_table_unfix (p, table);
  ets_table_unlock (table);
  return A (true);
}

/* --- what memory objects refer to ----------------------------------------------------- */

/* [{Address, Bytes, References}] of the off-heap binaries of @object. */
static Term
binaries_of (Process *p, const EtsObject *object, Term list)
{
  for (Term *thing = object->off_heap; thing != NULL; thing = ets_next_thing (thing))
    {
      const ProcBin *pb = (const ProcBin *) thing;
      Term           entry;

      if (*thing != PROC_BIN_HEADER)
        continue;
      entry = triple_write (halloc (p, 4), make_small ((gint64) (gsize) pb->binary),
                            make_small ((gint64) pb->binary->size),
                            make_small (g_atomic_int_get (&pb->binary->ref_count)));
      list = cons_new (p, entry, list);
    }
  return list;
}

Term
bif_erts_internal_ets_lookup_binary_info_2 (Process *p, Term *args)
{
  EtsTable  *table = ets_table_get (p, args[0], ETS_READ);
  EtsObject *object;
  Term       list = NIL;

  if (table == NULL)
    return NONE;
  object = ets_find (table, args[1]);
  if (object != NULL && ets_is_hash (table))
    for (HashNode *node = hash_node_of (object); node != NULL;
         node = hash_next_of_key (table, node, args[1]))
      list = binaries_of (p, &node->object, list);
  else if (object != NULL)
    list = binaries_of (p, object, list);
  ets_table_unlock (table);
  return object != NULL ? list : ets_badarg (p, A (badkey));
}
