/* SPDX-License-Identifier: Apache-2.0 */

/* Changing elements of an object in its place: update_counter, update_element. */

#include "config.h"

#include "engine/bif/bif-ets.h"

/* Gives @object the elements of @tuple. They may lie in the object itself. */
static void
write_object (EtsTable *table, EtsObject *object, const Term *tuple)
{
  gsize         n = tuple[0] >> 6, words;
  bool          in_place = true;
  HeapFragment *fragment;
  Term         *hp;
  Term          copy;

  for (gsize i = 1; i <= n; i++)
    if (tuple[i] != object->tuple[i] &&
        !(term_is_immediate (tuple[i]) && term_is_immediate (object->tuple[i])))
      in_place = false;
  if (in_place)
    {
      memcpy (object->tuple, tuple, (n + 1) * sizeof (Term));
      return;
    }
  words = term_flat_words (make_boxed (tuple));
  fragment = heap_fragment_new (table->vm, words);
  hp = fragment->mem;
  copy = term_copy_all (table->vm, make_boxed (tuple), &hp, &fragment->off_heap);
  if (ets_is_hash (table))
    hash_replace (table, hash_node_of (object), copy);
  else
    tree_replace (table, tree_node_of (object), copy);
  heap_fragment_free (table->vm, fragment);
}

/* The elements of @object, or of @initial (nullable: badkey) with @key; free them. */
static Term *
elements_to_change (const EtsTable *table, const EtsObject *object, Term key, Term initial)
{
  const Term *from = object != NULL ? object->tuple : boxed_ptr (initial);
  Term       *tuple = g_memdup2 (from, ((from[0] >> 6) + 1) * sizeof (Term));

  if (object == NULL)
    tuple[table->keypos] = key;
  return tuple;
}

static void
store_elements (EtsTable *table, EtsObject *object, const Term *tuple)
{
  gint64 n_compared = 0;

  if (object != NULL)
    write_object (table, object, tuple);
  else
    ets_put (table, make_boxed (tuple), false, &n_compared);
}

/* --- counters --------------------------------------------------------------------- */

typedef struct
{
  EtsTable *table;
  Term     *tuple;
  Term      cause; /* of what is wrong, or NONE */
} Change;

/* One of {Position, Increment} and {Position, Increment, Threshold, SetTo}. FALSE: wrong. */
static bool
check_counter (Change *change, Term op)
{
  const Term *e;
  gint64      position;
  guint64     n;

  if (!term_is_tuple (op) || ((n = tuple_arity (op)) != 2 && n != 4))
    return false;
  e = tuple_elements (op);
  if (n == 4 && !(term_is_integer (e[2]) && term_is_integer (e[3])))
    return false;
  if (!term_is_small (e[0]) || !term_is_integer (e[1]))
    return false;
  position = small_value (e[0]);
  if ((guint64) position == change->table->keypos)
    change->cause = A (keypos);
  else if (position < 1 || (guint64) position > change->tuple[0] >> 6)
    change->cause = A (position);
  return change->cause == NONE && term_is_integer (change->tuple[position]);
}

static Term
count (Process *p, Change *change, Term op)
{
  const AtomTable *atoms = p->vm->atoms;
  const Term      *e = tuple_elements (op);
  Term            *slot = &change->tuple[small_value (e[0])];
  Term             value = number_add (&p->heap, *slot, e[1]);

  if (tuple_arity (op) == 4)
    {
      int order = term_compare (atoms, value, e[2]);

      if (term_compare (atoms, e[1], make_small (0)) < 0 ? order < 0 : order > 0)
        value = e[3];
    }
  return *slot = value;
}

/* NONE: wrong. */
static Term
count_all (Process *p, Change *change, Term ops)
{
  Term  result = NIL, list;
  Term *end = &result;

  for (list = ops; term_is_list (list); list = list_tail (list))
    if (!check_counter (change, list_head (list)))
      return NONE;
  if (!term_is_nil (list))
    return NONE;
  for (; term_is_list (ops); ops = list_tail (ops))
    {
      Term *cell = halloc (p, 2);

      *end = cons_write (cell, count (p, change, list_head (ops)), NIL);
      end = cell + 1;
    }
  return result;
}

/* The plain case: a small counter that stays one. */
static Term
count_small (EtsTable *table, EtsObject *object, Term op)
{
  guint64 position = table->keypos + 1;
  Term    increment = op;
  Term   *slot;
  gint64  value;

  if (term_is_tuple_of (op, 2))
    {
      if (!term_is_small (tuple_elements (op)[0]))
        return NONE;
      position = (guint64) small_value (tuple_elements (op)[0]);
      increment = tuple_elements (op)[1];
    }
  if (!term_is_small (increment) || position < 1 || position > object->tuple[0] >> 6 ||
      position == table->keypos)
    return NONE;
  slot = &object->tuple[position];
  if (!term_is_small (*slot))
    return NONE;
  value = small_value (*slot) + small_value (increment);
  return fits_small (value) ? *slot = make_small (value) : NONE;
}

static Term
count_object (Process *p, Change *change, Term ops)
{
  Term op_words[3];

  if (term_is_integer (ops))
    ops = pair_write (op_words, make_small ((gint64) change->table->keypos + 1), ops);
  if (!term_is_tuple (ops))
    return count_all (p, change, ops);
  return check_counter (change, ops) ? count (p, change, ops) : NONE;
}

static Term
update_counter (Process *p, const Term *args, Term initial)
{
  EtsTable  *table = ets_table_get (p, args[0], ETS_WRITE);
  Change     change = { table, NULL, NONE };
  EtsObject *object;
  Term       result = NONE;

  if (table == NULL)
    return NONE;
  if (ets_is_bag (table))
    change.cause = A (table_type);
  else if (initial == NONE || (term_is_tuple (initial) && tuple_arity (initial) >= table->keypos))
    {
      object = ets_find (table, args[1]);
      if (object == NULL && initial == NONE)
        change.cause = A (badkey);
      else if (object == NULL || (result = count_small (table, object, args[2])) == NONE)
        {
          change.tuple = elements_to_change (table, object, args[1], initial);
          result = count_object (p, &change, args[2]);
          if (result != NONE)
            store_elements (table, object, change.tuple);
          g_free (change.tuple);
        }
    }
  ets_table_unlock (table);
  if (result != NONE)
    return result;
  return change.cause != NONE ? ets_badarg (p, change.cause) : bif_badarg (p);
}

Term
bif_ets_update_counter_3 (Process *p, Term *args)
{
  return update_counter (p, args, NONE);
}

Term
bif_ets_update_counter_4 (Process *p, Term *args)
{
  return update_counter (p, args, args[3]);
}

/* --- elements --------------------------------------------------------------------- */

/* FALSE: wrong. */
static bool
set_element (Change *change, Term op, bool only_check)
{
  gint64 position;

  if (!term_is_tuple_of (op, 2) || !term_is_small (tuple_elements (op)[0]))
    return false;
  position = small_value (tuple_elements (op)[0]);
  if ((guint64) position == change->table->keypos)
    change->cause = A (keypos);
  if (change->cause != NONE || position < 1 || (guint64) position > change->tuple[0] >> 6)
    return false;
  if (!only_check)
    change->tuple[position] = tuple_elements (op)[1];
  return true;
}

static bool
set_elements (Change *change, Term ops)
{
  Term list;

  if (term_is_tuple (ops))
    return set_element (change, ops, false);
  for (list = ops; term_is_list (list); list = list_tail (list))
    if (!set_element (change, list_head (list), true))
      return false;
  if (!term_is_nil (list))
    return false;
  for (list = ops; term_is_list (list); list = list_tail (list))
    set_element (change, list_head (list), false);
  return true;
}

Term
bif_ets_update_element_3 (Process *p, Term *args)
{
  EtsTable  *table = ets_table_get (p, args[0], ETS_WRITE);
  Change     change = { table, NULL, NONE };
  EtsObject *object;
  bool       ok = true;

  if (table == NULL)
    return NONE;
  if (ets_is_bag (table))
    {
      ets_table_unlock (table);
      return bif_badarg (p);
    }
  object = ets_find (table, args[1]);
  if (object != NULL)
    {
      change.tuple = elements_to_change (table, object, args[1], NONE);
      ok = set_elements (&change, args[2]);
      if (ok)
        write_object (table, object, change.tuple);
      g_free (change.tuple);
    }
  ets_table_unlock (table);
  if (ok)
    return bool_term (object != NULL);
  return change.cause != NONE ? ets_badarg (p, change.cause) : bif_badarg (p);
}
