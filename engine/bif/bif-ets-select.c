/* SPDX-License-Identifier: Apache-2.0 */

/* select, match and their kin. All of a call is done at once, under the table's
 * lock; it costs a reduction an object. */

#include "config.h"

#include "engine/bif/bif-ets.h"

typedef struct
{
  Process         *process;
  EtsTable        *table;
  MatchSpec       *spec;
  MatchRun         run;
  gint64           n_visited, n_found;
  gint64           limit;    /* 0: none */
  Term             list;     /* results, last first */
  GPtrArray       *objects;  /* (nullable) EtsObject: to be deleted or replaced */
  GArray          *values;   /* (nullable) Term: what replaces them */
  bool             is_count; /* only results that are true count */
  const EtsObject *last;     /* visited */
} Select;

static void
select_init (Select *s, Process *p, EtsTable *table, MatchSpec *spec)
{
  *s = (Select){ .process = p,
                 .table = table,
                 .spec = spec,
                 .list = NIL,
                 .run = { .process = p, .must_copy = true } };
}

/* FALSE: enough. */
static bool
visit (Select *s, EtsObject *object)
{
  Term value = match_spec_run (s->spec, &s->run, ets_object_term (object));

  s->n_visited++;
  s->last = object;
  if (value == NONE || (s->is_count && value != A (true)))
    return true;
  s->n_found++;
  if (s->objects != NULL)
    g_ptr_array_add (s->objects, object);
  if (s->values != NULL)
    g_array_append_val (s->values, value);
  else if (!s->is_count)
    s->list = cons_new (s->process, value, s->list);
  return s->limit == 0 || s->n_found < s->limit || ets_is_hash (s->table);
}

/* --- which objects ------------------------------------------------------------------ */

/* The keys of all clauses; NULL: an object of any key may match. */
static GArray *
bound_keys (const Select *s)
{
  const EtsTable *table = s->table;
  GArray         *keys = g_array_new (FALSE, FALSE, sizeof (Term));

  for (guint i = 0; i < match_spec_n_clauses (s->spec); i++)
    {
      Term head = match_spec_head (s->spec, i), key;

      if (!term_is_tuple (head) && head != A (any_value) &&
          match_variable_number (table->vm->atoms, head) < 0)
        continue;
      if (term_is_tuple (head) && tuple_arity (head) < table->keypos)
        continue;
      key = term_is_tuple (head) ? tuple_elements (head)[table->keypos - 1] : NONE;
      if (key == NONE || !match_is_ground (table->vm->atoms, key))
        {
          g_array_unref (keys);
          return NULL;
        }
      g_array_append_val (keys, key);
    }
  return keys;
}

static void
visit_slot (Select *s, guint slot)
{
  for (HashNode *node = hash_slot_head (s->table, slot); node != NULL; node = node->next)
    if (!node->is_deleted)
      visit (s, &node->object);
}

/* The buckets of the keys, each once. */
static void
visit_hash_keys (Select *s, const GArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      guint slot = hash_slot_of (s->table, hash_of_key (s->table, g_array_index (keys, Term, i)));
      bool  is_new = true;

      for (guint j = 0; j < i; j++)
        if (slot == hash_slot_of (s->table, hash_of_key (s->table, g_array_index (keys, Term, j))))
          is_new = false;
      if (is_new)
        visit_slot (s, slot);
    }
}

/* From @slot on, whole buckets; returns where to go on, -1: the end. */
static gint64
visit_hash (Select *s, guint slot)
{
  do
    {
      visit_slot (s, slot);
      slot = hash_next_slot (s->table, slot);
      if (slot != 0 && s->limit != 0 && s->n_found >= s->limit)
        return slot;
    }
  while (slot != 0);
  return -1;
}

static bool
visit_tree (Select *s, TreeNode *node, bool forward)
{
  while (node != NULL)
    {
      if (!visit_tree (s, forward ? node->left : node->right, forward) || !visit (s, &node->object))
        return false;
      node = forward ? node->right : node->left;
    }
  return true;
}

/* Those after @key, one by one. */
static void
visit_tree_from (Select *s, Term key, bool forward)
{
  TreeNode *node = forward ? tree_after (s->table, key) : tree_before (s->table, key);

  while (node != NULL && visit (s, &node->object))
    {
      key = ets_key (s->table, node->object.tuple);
      node = forward ? tree_after (s->table, key) : tree_before (s->table, key);
    }
}

static bool
same_key (const Select *s, const GArray *keys)
{
  for (guint i = 1; i < keys->len; i++)
    if (term_compare (s->table->vm->atoms, g_array_index (keys, Term, 0),
                      g_array_index (keys, Term, i)) != 0)
      return false;
  return keys->len > 0;
}

/* All objects that may match. @slot: where a hash table's chunk ends (nullable).
 * TRUE: keys were looked up, there is nothing more. */
static bool
visit_all (Select *s, bool forward, gint64 *slot)
{
  g_autoptr (GArray) keys = bound_keys (s);

  *slot = -1;
  if (keys != NULL && keys->len == 0)
    return true;
  if (ets_is_hash (s->table))
    {
      if (keys != NULL)
        visit_hash_keys (s, keys);
      else
        *slot = visit_hash (s, 0);
      return keys != NULL;
    }
  if (keys != NULL && same_key (s, keys))
    {
      TreeNode *node = tree_find (s->table, g_array_index (keys, Term, 0));

      if (node != NULL)
        visit (s, &node->object);
      return true;
    }
  visit_tree (s, s->table->root, forward);
  return false;
}

static void
charge (Select *s)
{
  bump_reductions (s->process, (gint32) MIN (s->n_visited, G_MAXINT32));
}

/* --- all at once ---------------------------------------------------------------------- */

/* Finds and locks the table, compiles. FALSE: the exception is set. */
static bool
begin (Select *s, Process *p, Term id, Term spec_term, EtsAccess access)
{
  EtsTable  *table = ets_table_get (p, id, access);
  MatchSpec *spec;

  if (table == NULL)
    return false;
  spec = bif_match_spec_compile (p, spec_term, MATCH_TABLE, NULL);
  if (spec == NULL)
    {
      ets_table_unlock (table);
      bif_badarg (p);
      return false;
    }
  select_init (s, p, table, spec);
  return true;
}

static void
end (Select *s)
{
  ets_table_unlock (s->table);
  charge (s);
  match_spec_free (s->spec);
}

/* A tree is walked backwards, so that the list comes out in order. */
static Term
select_all (Process *p, Term id, Term spec, bool reverse)
{
  Select s;
  gint64 slot;

  if (!begin (&s, p, id, spec, ETS_READ))
    return NONE;
  visit_all (&s, reverse, &slot);
  end (&s);
  return s.list;
}

Term
bif_ets_select_2 (Process *p, Term *args)
{
  return select_all (p, args[0], args[1], false);
}

Term
bif_ets_select_reverse_2 (Process *p, Term *args)
{
  return select_all (p, args[0], args[1], true);
}

Term
bif_ets_select_count_2 (Process *p, Term *args)
{
  Select s;
  gint64 slot;

  if (!begin (&s, p, args[0], args[1], ETS_READ))
    return NONE;
  s.is_count = true;
  visit_all (&s, false, &slot);
  end (&s);
  return make_small (s.n_found);
}

Term
bif_ets_internal_select_delete_2 (Process *p, Term *args)
{
  Select s;
  gint64 slot;

  if (!begin (&s, p, args[0], args[1], ETS_WRITE))
    return NONE;
  s.is_count = true;
  s.objects = g_ptr_array_new ();
  visit_all (&s, false, &slot);
  for (guint i = 0; i < s.objects->len; i++)
    {
      EtsObject *object = s.objects->pdata[i];

      if (ets_is_hash (s.table))
        hash_delete_node (s.table, hash_node_of (object));
      else
        tree_delete_key (s.table, ets_key (s.table, object->tuple));
    }
  g_ptr_array_unref (s.objects);
  end (&s);
  return make_small (s.n_found);
}

/* --- replacing -------------------------------------------------------------------------- */

/* Is @made, in a body, surely what the head has as the key @key? */
static bool
is_same_expression (Term key, Term made, bool is_constant)
{
  if (is_constant || term_is_immediate (key))
    return term_equal (key, made);
  if (term_is_tuple (key))
    {
      /* {{…}} in a body makes the tuple {…}; {const, Key} is Key. */
      if (term_is_tuple_of (made, 2) && tuple_elements (made)[0] == A (const))
        return term_equal (key, tuple_elements (made)[1]);
      if (!term_is_tuple_of (made, 1) || !term_is_tuple (tuple_elements (made)[0]) ||
          tuple_arity (tuple_elements (made)[0]) != tuple_arity (key))
        return false;
      for (guint64 i = 0; i < tuple_arity (key); i++)
        if (!is_same_expression (tuple_elements (key)[i],
                                 tuple_elements (tuple_elements (made)[0])[i], false))
          return false;
      return true;
    }
  if (term_is_list (key))
    return term_is_list (made) && is_same_expression (list_head (key), list_head (made), false) &&
           is_same_expression (list_tail (key), list_tail (made), false);
  return term_equal (key, made);
}

/* Only specifications that cannot change keys may replace objects. */
static bool
clause_keeps_key (const EtsTable *table, Term head, Term body)
{
  bool is_constant;
  Term made, tuple, key;

  if (!term_is_list (body) || !term_is_nil (list_tail (body)))
    return false;
  made = list_head (body);
  if (made == A (whole_object))
    return true;
  if (!term_is_tuple (made) || !term_is_tuple (head) || tuple_arity (head) < table->keypos)
    return false;
  is_constant = term_is_tuple_of (made, 2) && tuple_elements (made)[0] == A (const);
  if (!is_constant && tuple_arity (made) != 1)
    return false;
  tuple = tuple_elements (made)[is_constant ? 1 : 0];
  if (!term_is_tuple (tuple) || tuple_arity (tuple) < table->keypos)
    return false;
  key = tuple_elements (tuple)[table->keypos - 1];
  if (is_same_expression (tuple_elements (head)[table->keypos - 1], key, is_constant))
    return true;
  return !is_constant && term_is_tuple_of (key, 3) &&
         tuple_elements (key)[0] == atom_from_string (table->vm->atoms, "element") &&
         tuple_elements (key)[1] == make_small ((gint64) table->keypos) &&
         tuple_elements (key)[2] == A (whole_object);
}

static bool
keeps_keys (const Select *s)
{
  for (guint i = 0; i < match_spec_n_clauses (s->spec); i++)
    if (!clause_keeps_key (s->table, match_spec_head (s->spec, i), match_spec_body (s->spec, i)))
      return false;
  return true;
}

static void
replace_found (Select *s)
{
  for (guint i = 0; i < s->objects->len; i++)
    {
      EtsObject *object = s->objects->pdata[i];
      Term       value = g_array_index (s->values, Term, i);

      if (ets_is_hash (s->table))
        hash_replace (s->table, hash_node_of (object), value);
      else
        tree_replace (s->table, tree_node_of (object), value);
    }
}

Term
bif_ets_select_replace_2 (Process *p, Term *args)
{
  Select s;
  gint64 slot;
  bool   is_bag, ok;

  if (!begin (&s, p, args[0], args[1], ETS_WRITE))
    return NONE;
  is_bag = s.table->type == ETS_BAG;
  ok = !is_bag && keeps_keys (&s);
  if (ok)
    {
      s.objects = g_ptr_array_new ();
      s.values = g_array_new (FALSE, FALSE, sizeof (Term));
      visit_all (&s, false, &slot);
      replace_found (&s);
      g_ptr_array_unref (s.objects);
      g_array_unref (s.values);
    }
  end (&s);
  if (is_bag)
    return ets_badarg (p, A (table_type));
  return ok ? make_small (s.n_found) : bif_badarg (p);
}

/* --- a part at a time --------------------------------------------------------------------- */

/* The newest results above the limit wait in the continuation:
 * {Tab, Slot, Limit, Spec, Rest, RestSize}. */
static Term
hash_part (Select *s, Term spec_ref, gint64 slot)
{
  Process *p = s->process;
  Term     rest = NIL, result = s->list, continuation;
  gint64   n_rest = 0;

  if (s->n_found > s->limit)
    {
      Term cell = result;

      rest = result;
      n_rest = s->n_found - s->limit;
      for (gint64 i = 1; i < n_rest; i++)
        cell = list_tail (cell);
      result = list_tail (cell);
      list_ptr (cell)[1] = NIL;
    }
  if (n_rest == 0 && slot < 0)
    return result == NIL ? A (end_of_table) : pair_new (p, result, A (end_of_table));
  continuation = tuple_new (&p->heap, 6, ets_table_ref (p, s->table), make_small (slot),
                            make_small (s->limit), spec_ref, rest, make_small (n_rest));
  return pair_new (p, result, continuation);
}

static Term
reversed (Process *p, Term list)
{
  Term result = NIL;

  for (; term_is_list (list); list = list_tail (list))
    result = cons_new (p, list_head (list), result);
  return result;
}

/* {Tab, LastKey, [], Limit, Spec, [], Reverse, 0} */
static Term
tree_part (Select *s, Term id, Term spec_ref, bool reverse, bool is_done)
{
  Process *p = s->process;
  Term     list, key;

  if (s->n_found == 0)
    return A (end_of_table);
  list = reversed (p, s->list);
  if (is_done || s->n_found < s->limit)
    return pair_new (p, list, A (end_of_table));
  key = ets_term_copy (p, ets_key (s->table, s->last->tuple));
  return pair_new (p, list,
                   tuple_new (&p->heap, 8, id, key, NIL, make_small (s->limit), spec_ref, NIL,
                              make_small (reverse), make_small (0)));
}

static Term
select_part (Process *p, Term id, Term spec_term, Term limit, bool reverse)
{
  Select s;
  Term   spec_ref, result;
  gint64 slot;
  bool   is_done;

  if (!begin (&s, p, id, spec_term, ETS_READ))
    return NONE;
  if (!term_is_small (limit) || small_value (limit) <= 0)
    {
      end (&s);
      return bif_badarg (p);
    }
  s.limit = small_value (limit);
  spec_ref = bif_match_spec_ref (p, s.spec);
  is_done = visit_all (&s, !reverse, &slot);
  result = ets_is_hash (s.table) ? hash_part (&s, spec_ref, slot)
                                 : tree_part (&s, id, spec_ref, reverse, is_done);
  ets_table_unlock (s.table);
  charge (&s);
  return result;
}

Term
bif_ets_select_3 (Process *p, Term *args)
{
  return select_part (p, args[0], args[1], args[2], false);
}

Term
bif_ets_select_reverse_3 (Process *p, Term *args)
{
  return select_part (p, args[0], args[1], args[2], true);
}

static Term
go_on_hash (Process *p, EtsTable *table, MatchSpec *spec, const Term *e)
{
  Select s;
  gint64 slot = term_is_small (e[1]) ? small_value (e[1]) : -1;

  if (!term_is_small (e[2]) || !term_is_small (e[5]) || small_value (e[2]) <= 0 ||
      list_length (e[4]) != small_value (e[5]) || slot >= table->hash.n_active)
    return NONE;
  select_init (&s, p, table, spec);
  s.limit = small_value (e[2]);
  s.n_found = small_value (e[5]);
  s.list = s.n_found > s.limit ? reversed (p, reversed (p, e[4])) : e[4];
  if (slot >= 0 && s.n_found < s.limit)
    slot = visit_hash (&s, (guint) slot);
  charge (&s);
  return hash_part (&s, e[3], slot);
}

static Term
go_on_tree (Process *p, EtsTable *table, MatchSpec *spec, const Term *e)
{
  bool   reverse = e[6] == make_small (1);
  Select s;

  if (!term_is_small (e[3]) || small_value (e[3]) <= 0)
    return NONE;
  select_init (&s, p, table, spec);
  s.limit = small_value (e[3]);
  visit_tree_from (&s, e[1], !reverse);
  charge (&s);
  return tree_part (&s, e[0], e[4], reverse, false);
}

static Term
go_on (Process *p, Term continuation)
{
  bool        is_hash = term_is_tuple_of (continuation, 6);
  const Term *e;
  MatchSpec  *spec;
  EtsTable   *table;
  Term        result = NONE;

  if (continuation == A (end_of_table))
    return continuation;
  if (!is_hash && !term_is_tuple_of (continuation, 8))
    return bif_badarg (p);
  e = tuple_elements (continuation);
  table = ets_table_get (p, e[0], ETS_READ);
  if (table == NULL)
    return NONE;
  spec = bif_match_spec_of_ref (is_hash ? e[3] : e[4]);
  if (spec != NULL && is_hash == ets_is_hash (table))
    result = is_hash ? go_on_hash (p, table, spec, e) : go_on_tree (p, table, spec, e);
  ets_table_unlock (table);
  return result != NONE ? result : bif_badarg (p);
}

Term
bif_ets_select_1 (Process *p, Term *args)
{
  return go_on (p, args[0]);
}

/* --- match ---------------------------------------------------------------------------------- */

/* [{Pattern, [], [Result]}] */
static Term
pattern_spec (Process *p, Term pattern, Term result)
{
  Term *hp = halloc (p, 8);
  Term  body = cons_write (hp, result, NIL);

  return cons_write (hp + 6, triple_write (hp + 2, pattern, NIL, body), NIL);
}

Term
bif_ets_match_2 (Process *p, Term *args)
{
  return select_all (p, args[0], pattern_spec (p, args[1], A (all_variables)), false);
}

Term
bif_ets_match_3 (Process *p, Term *args)
{
  return select_part (p, args[0], pattern_spec (p, args[1], A (all_variables)), args[2], false);
}

Term
bif_ets_match_object_2 (Process *p, Term *args)
{
  return select_all (p, args[0], pattern_spec (p, args[1], A (whole_object)), false);
}

Term
bif_ets_match_object_3 (Process *p, Term *args)
{
  return select_part (p, args[0], pattern_spec (p, args[1], A (whole_object)), args[2], false);
}
