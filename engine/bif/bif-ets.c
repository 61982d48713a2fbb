/* SPDX-License-Identifier: Apache-2.0 */

/* ETS tables: making and deleting them, objects in and out. */

#include "config.h"

#include "engine/bif/bif-ets.h"
#include "engine/bif/process-util.h"

#define LOOKS_PER_REDUCTION 8

/* --- new ------------------------------------------------------------------------- */

static bool
read_bool (Term t, bool *value)
{
  *value = t == A (true);
  return t == A (true) || t == A (false);
}

static bool
parse_pair (Term key, Term value, EtsOptions *options, int *decentralized)
{
  bool on;

  if (key == A (keypos))
    {
      if (!term_is_small (value) || small_value (value) <= 0)
        return false;
      options->keypos = (guint64) small_value (value);
      return true;
    }
  if (key == A (write_concurrency))
    {
      if (value == A (auto))
        {
          options->write_concurrency = ETS_CONCURRENCY_AUTO;
          options->decentralized = true;
          return true;
        }
      if (!read_bool (value, &on))
        return false;
      options->write_concurrency = on ? ETS_CONCURRENCY_ON : ETS_CONCURRENCY_OFF;
      if (on && options->type != ETS_ORDERED_SET)
        options->decentralized = false;
      return true;
    }
  if (key == A (read_concurrency))
    return read_bool (value, &options->read_concurrency);
  if (key == A (decentralized_counters))
    {
      if (!read_bool (value, &on))
        return false;
      *decentralized = on;
      return true;
    }
  if (key != A (heir) || value != A (none))
    return false;
  options->heir = VM_PID_NONE;
  return true;
}

static bool
parse_option (Term option, EtsOptions *options, int *decentralized)
{
  if (term_is_tuple_of (option, 2))
    return parse_pair (tuple_elements (option)[0], tuple_elements (option)[1], options,
                       decentralized);
  if (term_is_tuple_of (option, 3))
    {
      const Term *e = tuple_elements (option);

      if (e[0] != A (heir) || !term_is_pid (e[1]))
        return false;
      options->heir = pid_number (e[1]);
      options->heir_data = e[2];
    }
  else if (option == A (bag))
    options->type = ETS_BAG;
  else if (option == A (duplicate_bag))
    options->type = ETS_DUPLICATE_BAG;
  else if (option == A (ordered_set))
    {
      options->type = ETS_ORDERED_SET;
      options->decentralized = true;
    }
  else if (option == A (public))
    options->protection = ETS_PUBLIC;
  else if (option == A (private))
    options->protection = ETS_PRIVATE;
  else if (option == A (named_table))
    options->is_named = true;
  else if (option == A (compressed))
    options->is_compressed = true;
  else
    return option == A (set) || option == A (protected);
  return true;
}

Term
bif_ets_new_2 (Process *p, Term *args)
{
  EtsOptions options = {
    .name = args[0],
    .type = ETS_SET,
    .protection = ETS_PROTECTED,
    .keypos = 1,
    .heir = VM_PID_NONE,
    .heir_data = A (undefined),
  };
  int       decentralized = -1;
  EtsTable *table;
  Term      list;

  if (!term_is_atom (args[0]))
    return bif_badarg (p);
  for (list = args[1]; term_is_list (list); list = list_tail (list))
    if (!parse_option (list_head (list), &options, &decentralized))
      return bif_badarg (p);
  if (!term_is_nil (list))
    return bif_badarg (p);
  if (options.protection == ETS_PRIVATE)
    options.write_concurrency = ETS_CONCURRENCY_OFF;
  if (decentralized >= 0)
    options.decentralized = decentralized;
  if (options.write_concurrency == ETS_CONCURRENCY_OFF)
    options.decentralized = false;
  table = ets_table_new (p, &options);
  if (table == NULL)
    return ets_badarg (p, A (already_exists));
  return options.is_named ? args[0] : ets_table_ref (p, table);
}

/* --- insert ---------------------------------------------------------------------- */

static inline bool
is_object (const EtsTable *table, Term t)
{
  return term_is_tuple (t) && tuple_arity (t) >= table->keypos;
}

/* The number of objects in a list of them; -1: something else is in it. */
static gint64
count_objects (const EtsTable *table, Term list)
{
  gint64 n = 0;

  for (; term_is_list (list); list = list_tail (list), n++)
    if (!is_object (table, list_head (list)))
      return -1;
  return term_is_nil (list) ? n : -1;
}

static bool
has_any_key (const EtsTable *table, Term list)
{
  for (; term_is_list (list); list = list_tail (list))
    if (ets_find (table, ets_key (table, boxed_ptr (list_head (list)))) != NULL)
      return true;
  return false;
}

static Term
insert_list (Process *p, EtsTable *table, Term list, bool only_new)
{
  gint64 n = count_objects (table, list), n_compared = 0;
  Term   result = A (true);

  if (n < 0)
    result = NONE;
  else if (only_new && has_any_key (table, list))
    result = A (false);
  else
    for (; term_is_list (list); list = list_tail (list))
      ets_put (table, list_head (list), false, &n_compared);
  ets_table_unlock (table);
  if (result == NONE)
    return bif_badarg (p);
  bump_reductions (p, (gint32) MIN ((n_compared + n) / LOOKS_PER_REDUCTION, G_MAXINT32));
  return result;
}

static Term
insert (Process *p, Term id, Term objects, bool only_new)
{
  EtsTable *table = ets_table_get (p, id, ETS_WRITE);
  gint64    n_compared = 0;
  EtsPut    put;

  if (table == NULL)
    return NONE;
  if (term_is_list (objects) && term_is_nil (list_tail (objects)))
    objects = list_head (objects);
  else if (!term_is_tuple (objects))
    return insert_list (p, table, objects, only_new);
  if (!is_object (table, objects))
    {
      ets_table_unlock (table);
      return bif_badarg (p);
    }
  put = ets_put (table, objects, only_new, &n_compared);
  ets_table_unlock (table);
  if (n_compared >= LOOKS_PER_REDUCTION)
    bump_reductions (p, (gint32) MIN (n_compared / LOOKS_PER_REDUCTION, G_MAXINT32));
  return bool_term (put == ETS_PUT_DONE);
}

Term
bif_ets_insert_2 (Process *p, Term *args)
{
  return insert (p, args[0], args[1], false);
}

Term
bif_ets_insert_new_2 (Process *p, Term *args)
{
  return insert (p, args[0], args[1], true);
}

/* --- lookup ----------------------------------------------------------------------- */

/* The objects from @first on that have @key, oldest first. */
static Term
bag_list (Process *p, EtsTable *table, HashNode *first, Term key)
{
  gsize words = 0;
  Term  list = NIL;
  Term *hp;

  for (HashNode *node = first; node != NULL; node = hash_next_of_key (table, node, key))
    words += node->object.words + 2;
  if (words == 0)
    return NIL;
  hp = halloc (p, words);
  for (HashNode *node = first; node != NULL; node = hash_next_of_key (table, node, key))
    {
      Term copy = ets_object_copy (table, &node->object, &hp, &p->heap.off_heap);

      list = cons_write (hp, copy, list);
      hp += 2;
    }
  return list;
}

Term
ets_objects_of_key (Process *p, EtsTable *table, Term key)
{
  EtsObject *object;
  Term      *hp;
  Term       copy;

  if (ets_is_bag (table))
    return bag_list (p, table, hash_find (table, key), key);
  object = ets_find (table, key);
  if (object == NULL)
    return NIL;
  hp = halloc (p, object->words + 2);
  copy = ets_object_copy (table, object, &hp, &p->heap.off_heap);
  return cons_write (hp, copy, NIL);
}

Term
bif_ets_lookup_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_READ);
  Term      list;

  if (table == NULL)
    return NONE;
  list = ets_objects_of_key (p, table, args[1]);
  ets_table_unlock (table);
  return list;
}

Term
bif_ets_member_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_READ);
  bool      found;

  if (table == NULL)
    return NONE;
  found = ets_find (table, args[1]) != NULL;
  ets_table_unlock (table);
  return bool_term (found);
}

/* The elements at @position of all objects of @key; NONE: one has no such element. */
static Term
bag_elements (Process *p, EtsTable *table, HashNode *node, Term key, guint64 position)
{
  Term list = NIL;

  for (; node != NULL; node = hash_next_of_key (table, node, key))
    {
      if (position > node->object.tuple[0] >> 6)
        return NONE;
      list = cons_new (p, ets_term_copy (p, node->object.tuple[position]), list);
    }
  return list;
}

Term
bif_ets_lookup_element_3 (Process *p, Term *args)
{
  EtsTable  *table = ets_table_get (p, args[0], ETS_READ);
  EtsObject *object;
  Term       result = NONE;
  gint64     position;

  if (table == NULL)
    return NONE;
  if (!term_is_small (args[2]) || (position = small_value (args[2])) < 1)
    {
      ets_table_unlock (table);
      return bif_badarg (p);
    }
  object = ets_find (table, args[1]);
  if (object != NULL && ets_is_bag (table))
    result = bag_elements (p, table, hash_node_of (object), args[1], (guint64) position);
  else if (object != NULL && (guint64) position <= object->tuple[0] >> 6)
    result = ets_term_copy (p, object->tuple[position]);
  ets_table_unlock (table);
  if (result != NONE)
    return result;
  return object == NULL ? ets_badarg (p, A (badkey)) : bif_badarg (p);
}

/* --- delete ------------------------------------------------------------------------ */

static gint64
delete_key (EtsTable *table, Term key)
{
  return ets_is_hash (table) ? hash_delete_key (table, key) : tree_delete_key (table, key);
}

/* What deleting @n objects costs. */
static void
charge_deletion (Process *p, gint64 n)
{
  bump_reductions (p, (gint32) MIN (n, G_MAXINT32));
}

Term
bif_ets_delete_1 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_WRITE);

  if (table == NULL)
    return NONE;
  charge_deletion (p, ets_table_delete (table));
  return A (true);
}

Term
bif_ets_delete_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_WRITE);

  if (table == NULL)
    return NONE;
  delete_key (table, args[1]);
  ets_table_unlock (table);
  return A (true);
}

Term
bif_ets_delete_object_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_WRITE);
  bool      ok;

  if (table == NULL)
    return NONE;
  ok = is_object (table, args[1]);
  if (ok && ets_is_hash (table))
    hash_delete_object (table, args[1]);
  else if (ok)
    {
      TreeNode *node = tree_find (table, ets_key (table, boxed_ptr (args[1])));

      if (node != NULL && term_equal (args[1], ets_object_term (&node->object)))
        tree_delete_key (table, ets_key (table, node->object.tuple));
    }
  ets_table_unlock (table);
  return ok ? A (true) : bif_badarg (p);
}

Term
bif_ets_take_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_WRITE);
  Term      list;

  if (table == NULL)
    return NONE;
  list = ets_objects_of_key (p, table, args[1]);
  if (list != NIL)
    delete_key (table, args[1]);
  ets_table_unlock (table);
  return list;
}

/* internal_delete_all (Tab, undefined): how many there were */
Term
bif_ets_internal_delete_all_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_WRITE);
  gint64    n;

  if (table == NULL)
    return NONE;
  n = table->n_objects;
  if (ets_is_hash (table))
    hash_empty (table);
  else
    tree_clear (table);
  ets_table_unlock (table);
  charge_deletion (p, n);
  return make_small (n);
}

/* --- names and owners ---------------------------------------------------------------- */

Term
bif_ets_whereis_1 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_LOOK);
  Term      ref;

  if (table == NULL)
    {
      if (p->cause != A (id))
        return bif_badarg (p);
      p->exception = EXC_NONE;
      p->exception_flags = 0;
      return A (undefined);
    }
  ref = ets_table_ref (p, table);
  ets_table_unlock (table);
  return ref;
}

Term
bif_ets_rename_2 (Process *p, Term *args)
{
  EtsTable *table = ets_table_get (p, args[0], ETS_WRITE);
  bool      ok, is_named;

  if (table == NULL)
    return NONE;
  is_named = table->is_named;
  ok = term_is_atom (args[1]) && ets_table_rename (table, args[1]);
  ets_table_unlock (table);
  if (!ok)
    return bif_badarg (p);
  return is_named ? args[1] : args[0];
}

Term
bif_ets_give_away_3 (Process *p, Term *args)
{
  EtsTable *table;
  bool      ok;

  if (!term_is_pid (args[1]))
    return bif_badarg (p);
  table = ets_table_get (p, args[0], ETS_WRITE);
  if (table == NULL)
    return NONE;
  if (table->owner != p->id || pid_number (args[1]) == p->id)
    {
      Term cause = table->owner != p->id ? A (not_owner) : A (owner);

      ets_table_unlock (table);
      return ets_badarg (p, cause);
    }
  ok = ets_table_give (p, table, pid_number (args[1]), args[2]);
  ets_table_unlock (table);
  return ok ? A (true) : bif_badarg (p);
}

typedef struct
{
  bool          has_heir, has_protection;
  VmPid         heir;
  Term          heir_data;
  EtsProtection protection;
} NewOptions;

static bool
parse_new_option (Term option, NewOptions *new_options)
{
  const Term *e;
  guint       n;

  if (!term_is_tuple (option) || (n = (guint) tuple_arity (option)) < 2 || n > 3)
    return false;
  e = tuple_elements (option);
  if (e[0] == A (heir) && !new_options->has_heir)
    {
      new_options->has_heir = true;
      if (n == 2 && e[1] == A (none))
        return true;
      if (n != 3 || !term_is_pid (e[1]))
        return false;
      new_options->heir = pid_number (e[1]);
      new_options->heir_data = e[2];
      return true;
    }
  if (e[0] != A (protection) || n != 2 || new_options->has_protection)
    return false;
  new_options->has_protection = true;
  new_options->protection = e[1] == A (private)  ? ETS_PRIVATE
                            : e[1] == A (public) ? ETS_PUBLIC
                                                 : ETS_PROTECTED;
  return e[1] == A (private) || e[1] == A (public) || e[1] == A (protected);
}

Term
bif_ets_setopts_2 (Process *p, Term *args)
{
  NewOptions new_options = { .heir = VM_PID_NONE, .heir_data = A (undefined) };
  EtsTable  *table = ets_table_get (p, args[0], ETS_WRITE);
  bool       ok = true, is_owner;
  Term       list = args[1];

  if (table == NULL)
    return NONE;
  if (term_is_tuple (list))
    ok = parse_new_option (list, &new_options);
  else
    {
      for (; ok && term_is_list (list); list = list_tail (list))
        ok = parse_new_option (list_head (list), &new_options);
      ok = ok && term_is_nil (list);
    }
  is_owner = table->owner == p->id;
  if (ok && is_owner)
    {
      if (new_options.has_heir)
        ets_table_set_heir (table, new_options.heir, new_options.heir_data);
      if (new_options.has_protection)
        table->protection = new_options.protection;
    }
  ets_table_unlock (table);
  if (!ok)
    return bif_badarg (p);
  return is_owner ? A (true) : ets_badarg (p, A (not_owner));
}

Term
bif_erts_internal_ets_super_user_1 (Process *p, Term *args)
{
  bool on;

  if (!read_bool (args[0], &on))
    return bif_badarg (p);
  ets_set_super_user (p, on);
  return A (ok);
}
