/* SPDX-License-Identifier: Apache-2.0 */

/* What is said of tables: info/1,2, all/0. */

#include "config.h"

#include "engine/bif/bif-ets.h"
#include "engine/bif/process-util.h"

#include <math.h>

#define NS_PER_US 1000

static Term
type_atom (EtsType type)
{
  switch (type)
    {
    case ETS_SET:
      return A (set);
    case ETS_BAG:
      return A (bag);
    case ETS_DUPLICATE_BAG:
      return A (duplicate_bag);
    default:
      return A (ordered_set);
    }
}

static Term
protection_atom (EtsProtection protection)
{
  switch (protection)
    {
    case ETS_PUBLIC:
      return A (public);
    case ETS_PROTECTED:
      return A (protected);
    default:
      return A (private);
    }
}

static Term
fixation_list (Process *p, const EtsTable *table)
{
  Term list = NIL;

  for (guint i = 0; i < table->fixations->len; i++)
    {
      const EtsFixation *fixation = &g_array_index (table->fixations, EtsFixation, i);

      list =
        cons_new (p, pair_new (p, make_pid (fixation->pid), make_small (fixation->count)), list);
    }
  return list;
}

/* {Since, [{Pid, Count}]}, or false. */
static Term
safe_fixed (Process *p, const EtsTable *table, bool monotonic)
{
  gint64 since = table->fixed_since_ns;
  Term   time;

  if (!ets_is_fixed (table))
    return A (false);
  if (monotonic)
    time = integer_from_i64 (&p->heap, since);
  else
    {
      gint64 offset = 0, us;

      integer_to_i64 (bif_erlang_time_offset_0 (p, NULL), &offset);
      us = (offset + since) / NS_PER_US;
      time = triple_write (halloc (p, 4), make_small (us / 1000000000000),
                           make_small (us / 1000000 % 1000000), make_small (us % 1000000));
    }
  return pair_new (p, time, fixation_list (p, table));
}

typedef struct
{
  gint64 shortest, longest;
  double average, deviation, expected;
} ChainStatistics;

static void
chain_statistics (const EtsTable *table, ChainStatistics *s)
{
  guint  n = table->hash.n_active;
  double sum = 0, squares = 0;

  s->shortest = G_MAXINT64;
  s->longest = 0;
  for (guint slot = 0; slot < n; slot++)
    {
      gint64 length = 0;

      for (HashNode *node = hash_slot_head (table, slot); node != NULL; node = node->next)
        length++;
      sum += (double) length;
      squares += (double) length * (double) length;
      s->shortest = MIN (s->shortest, length);
      s->longest = MAX (s->longest, length);
    }
  s->average = sum / n;
  s->deviation = n > 1 ? sqrt ((squares - s->average * sum / n * n) / (n - 1)) : 0;
  s->expected = sqrt (s->average * (1 - 1.0 / n));
}

/* {Buckets, AverageChain, Deviation, ExpectedDeviation, Min, Max, Kept, Locks} */
static Term
statistics (Process *p, const EtsTable *table)
{
  ChainStatistics s;

  if (!ets_is_hash (table))
    return A (false);
  chain_statistics (table, &s);
  return tuple_new (&p->heap, 8, make_small (table->hash.n_active), float_new (&p->heap, s.average),
                    float_new (&p->heap, s.deviation), float_new (&p->heap, s.expected),
                    make_small (s.shortest), make_small (s.longest),
                    make_small (table->hash.deleted != NULL ? table->hash.deleted->len : 0),
                    make_small (table->hash.stride));
}

static Term
concurrency_term (const EtsTable *table)
{
  switch (table->write_concurrency)
    {
    case ETS_CONCURRENCY_OFF:
      return A (false);
    case ETS_CONCURRENCY_ON:
      return A (true);
    default:
      return ets_is_hash (table) ? A (auto) : A (true);
    }
}

/* NONE: no such item. */
static Term
info_item (Process *p, EtsTable *table, Term item)
{
  switch (item)
    {
    case A (id):
      return ets_table_ref (p, table);
    case A (name):
      return table->name;
    case A (size):
      return make_small (table->n_objects);
    case A (memory):
      return make_small ((gint64) ets_table_words (table));
    case A (owner):
      return make_pid (table->owner);
    case A (heir):
      return table->heir != VM_PID_NONE ? make_pid (table->heir) : A (none);
    case A (type):
      return type_atom (table->type);
    case A (keypos):
      return make_small ((gint64) table->keypos);
    case A (protection):
      return protection_atom (table->protection);
    case A (node):
      return A (nonode_nohost);
    case A (named_table):
      return bool_term (table->is_named);
    case A (compressed):
      return bool_term (table->is_compressed);
    case A (read_concurrency):
      return bool_term (table->read_concurrency);
    case A (write_concurrency):
      return concurrency_term (table);
    case A (decentralized_counters):
      return bool_term (table->decentralized);
    case A (fixed):
      return bool_term (ets_is_fixed (table));
    case A (safe_fixed):
      return safe_fixed (p, table, false);
    case A (safe_fixed_monotonic_time):
      return safe_fixed (p, table, true);
    case A (stats):
      return statistics (p, table);
    default:
      return NONE;
    }
}

/* NULL: *@result is undefined, or the exception is set. */
static EtsTable *
look_at (Process *p, Term id, Term *result)
{
  EtsTable *table = ets_table_get (p, id, ETS_LOOK);

  *result = NONE;
  if (table == NULL && p->cause == A (id))
    {
      p->exception = EXC_NONE;
      p->exception_flags = 0;
      *result = A (undefined);
    }
  return table;
}

Term
bif_ets_info_1 (Process *p, Term *args)
{
  static const Term items[] = {
    A (protection),
    A (keypos),
    A (type),
    A (named_table),
    A (node),
    A (size),
    A (name),
    A (heir),
    A (owner),
    A (memory),
    A (compressed),
    A (write_concurrency),
    A (read_concurrency),
    A (decentralized_counters),
    A (id),
  };
  Term      result, values[G_N_ELEMENTS (items)];
  EtsTable *table = look_at (p, args[0], &result);
  Term     *hp;

  if (table == NULL)
    return result;
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    values[i] = info_item (p, table, items[i]);
  ets_table_unlock (table);
  hp = halloc (p, 5 * G_N_ELEMENTS (items));
  result = NIL;
  for (guint i = 0; i < G_N_ELEMENTS (items); i++, hp += 5)
    result = cons_write (hp + 3, pair_write (hp, items[i], values[i]), result);
  return result;
}

Term
bif_ets_info_2 (Process *p, Term *args)
{
  EtsTable *table;
  Term      result;

  if (args[1] == A (binary))
    return trap_to (p, A (erts_internal), atom_named (p, "ets_info_binary"), 1, args);
  table = look_at (p, args[0], &result);
  if (table == NULL)
    return result;
  result = info_item (p, table, args[1]);
  ets_table_unlock (table);
  return result != NONE ? result : bif_badarg (p);
}

/* --- all -------------------------------------------------------------------------- */

/* ets:all () asks here and then waits for one {Ref, Ids} from each scheduler. The
 * first answer holds them all. */
Term
bif_ets_internal_request_all_0 (Process *p, Term *args)
{
  GPtrArray *tables = ets_store_list (p->vm);
  guint32    numbers[3];
  Term       ref = fresh_ref (p, numbers, false);
  Term       list = NIL;
  bool       found;

  for (guint i = tables->len; i > 0; i--)
    {
      EtsTable *table = tables->pdata[i - 1];

      pthread_rwlock_rdlock (&table->lock);
      if (!table->is_deleted)
        list = cons_new (p, table->is_named ? table->name : ets_table_ref (p, table), list);
      pthread_rwlock_unlock (&table->lock);
      ets_table_unref (table);
    }
  g_ptr_array_unref (tables);
  for (guint i = 0; i < p->vm->options.n_schedulers; i++, list = NIL)
    process_send (p->vm, NULL, p->id, pair_new (p, ref, list), &found);
  return ref;
}
