/* SPDX-License-Identifier: Apache-2.0 */

/* ETS tables: order and sizes as ERTS has them, tables against a model, fixing,
 * and several threads on one table. */

#include "config.h"

#include <pthread.h>

#include "engine/data/data.h"
#include "engine/ets/ets.h"
#include "engine/proc/registry.h"
#include "tests/engine/bif-fixture.h"

#define HEAP_WORDS 100000
#define N_KEYS     300
#define N_STEPS    20000
#define N_THREADS  4

typedef struct
{
  BifFixture bif; /* a machine with a store of tables */
} Ets;

static Ets *
ets_new (void)
{
  Ets *ets = g_new (Ets, 1);

  bif_fixture_init (&ets->bif);
  ets->bif.machine.bifs = (struct _BifIndex *) ets->bif.index;
  ets->bif.machine.ets = (struct _EtsStore *) ets_store_new (&ets->bif.machine);
  return ets;
}

/* Everything accounted must be given back (bif_fixture_clear() checks). */
static void
ets_free (Ets *ets)
{
  ets_store_free ((EtsStore *) ets->bif.machine.ets);
  bif_fixture_clear (&ets->bif);
  g_free (ets);
}

static EtsTable *
table_new (Ets *ets, EtsType type)
{
  EtsOptions options = {
    .name = A (ok),
    .type = type,
    .protection = ETS_PUBLIC,
    .keypos = 1,
    .heir = VM_PID_NONE,
  };

  return ets_table_new (&ets->bif.process, &options);
}

static Term
pair (Term *words, gint64 key, gint64 value)
{
  words[0] = TUPLE_HEADER (2);
  words[1] = make_small (key);
  words[2] = make_small (value);
  return make_boxed (words);
}

static void
put (EtsTable *table, gint64 key, gint64 value)
{
  Term   words[3];
  gint64 n_compared = 0;

  ets_put (table, pair (words, key, value), false, &n_compared);
}

/* --- as ERTS ------------------------------------------------------------------- */

static void
check_keys (EtsTable *table, const gint64 *keys, guint n)
{
  guint     slot;
  HashNode *node = hash_first (table, &slot);

  for (guint i = 0; i < n; i++)
    {
      g_assert_nonnull (node);
      g_assert_cmpint (small_value (ets_key (table, node->object.tuple)), ==, keys[i]);
      node = hash_next (table, node, &slot);
    }
}

/* ets:first/next of erl after inserting 1 to 12, and the first 12 of 1 to 1000. */
static void
test_order (void)
{
  static const gint64 of_12[] = { 3, 7, 4, 8, 2, 9, 1, 10, 6, 11, 12, 5 };
  static const gint64 of_1000[] = { 747, 301, 785, 494, 639, 575, 667, 852, 429, 583, 214, 389 };
  Ets                *ets = ets_new ();
  EtsTable           *table = table_new (ets, ETS_SET);

  for (gint64 key = 1; key <= 12; key++)
    put (table, key, 0);
  check_keys (table, of_12, G_N_ELEMENTS (of_12));
  for (gint64 key = 13; key <= 1000; key++)
    put (table, key, 0);
  check_keys (table, of_1000, G_N_ELEMENTS (of_1000));
  ets_free (ets);
}

/* ets:info (T, memory) of erl after each of these objects. */
static void
test_words (void)
{
  static const struct
  {
    const char *object;
    gsize       words;
  } rows[] = {
    { "{1,a}", 312 },
    { "{2,\"abc\"}", 325 },
    { "{4,1.5}", 334 },
    { "{1,\"x\"}", 336 },
  };
  Ets      *ets = ets_new ();
  EtsTable *table = table_new (ets, ETS_SET);

  g_assert_cmpuint (ets_table_words (table), ==, 305);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      Term   object = term_parse (&ets->bif.machine, &ets->bif.process.heap, rows[i].object,
                                  &error);
      gint64 n_compared = 0;

      g_assert_no_error (error);
      ets_put (table, object, false, &n_compared);
      g_assert_cmpuint (ets_table_words (table), ==, rows[i].words);
    }
  g_assert_cmpuint (ets_table_words (table_new (ets, ETS_ORDERED_SET)), ==, 139);
  ets_free (ets);
}

/* --- against a model --------------------------------------------------------------- */

/* How often each (key, value) must be in a table. */
typedef struct
{
  guint n[N_KEYS][4];
} Model;

static void
model_put (Model *model, EtsType type, guint key, guint value)
{
  if (type == ETS_SET || type == ETS_ORDERED_SET)
    memset (model->n[key], 0, sizeof model->n[key]);
  if (type == ETS_BAG)
    model->n[key][value] = 1;
  else
    model->n[key][value]++;
}

static void
table_delete (EtsTable *table, guint key)
{
  if (ets_is_hash (table))
    hash_delete_key (table, make_small (key));
  else
    tree_delete_key (table, make_small (key));
}

static void
count_object (Model *model, const EtsObject *object)
{
  model->n[small_value (object->tuple[1])][small_value (object->tuple[2])]++;
}

static void
read_all (EtsTable *table, Model *seen)
{
  guint slot;

  memset (seen, 0, sizeof *seen);
  if (ets_is_hash (table))
    for (HashNode *node = hash_first (table, &slot); node != NULL;
         node = hash_next (table, node, &slot))
      count_object (seen, &node->object);
  else
    for (TreeNode *node = tree_first (table); node != NULL;
         node = tree_after (table, ets_key (table, node->object.tuple)))
      count_object (seen, &node->object);
}

static void
test_model (gconstpointer data)
{
  EtsType   type = (EtsType) GPOINTER_TO_INT (data);
  Ets      *ets = ets_new ();
  EtsTable *table = table_new (ets, type);
  Model    *model = g_new0 (Model, 1), *seen = g_new0 (Model, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gint64 total = 0;

  for (guint i = 0; i < N_STEPS; i++)
    {
      guint key = (guint) g_rand_int_range (rand, 0, N_KEYS);
      guint value = (guint) g_rand_int_range (rand, 0, 4);

      if (g_rand_int_range (rand, 0, 3) > 0)
        {
          put (table, key, value);
          model_put (model, type, key, value);
        }
      else
        {
          table_delete (table, key);
          memset (model->n[key], 0, sizeof model->n[key]);
        }
    }
  read_all (table, seen);
  g_assert_cmpmem (seen, sizeof *seen, model, sizeof *model);
  for (guint i = 0; i < N_KEYS * 4; i++)
    total += model->n[i / 4][i % 4];
  g_assert_cmpint (table->n_objects, ==, total);
  for (guint key = 0; key < N_KEYS; key++)
    table_delete (table, key);
  g_assert_cmpint (table->n_objects, ==, 0);
  g_free (model);
  g_free (seen);
  ets_free (ets);
}

static void
test_tree_order (void)
{
  Ets      *ets = ets_new ();
  EtsTable *table = table_new (ets, ETS_ORDERED_SET);
  gint64    expected = 0;
  TreeNode *node;

  for (gint64 i = 0; i < 1000; i++)
    put (table, i * 37 % 1000, i);
  for (node = tree_first (table); node != NULL;
       node = tree_after (table, ets_key (table, node->object.tuple)))
    g_assert_cmpint (small_value (ets_key (table, node->object.tuple)), ==, expected++);
  g_assert_cmpint (expected, ==, 1000);
  for (node = tree_last (table); node != NULL;
       node = tree_before (table, ets_key (table, node->object.tuple)))
    g_assert_cmpint (small_value (ets_key (table, node->object.tuple)), ==, --expected);
  g_assert_cmpint (expected, ==, 0);
  g_assert_cmpint (table->root->height, <=, 14); /* 1.44 log2 (1001) */
  ets_free (ets);
}

/* --- fixing ------------------------------------------------------------------------ */

static void
test_fixed_keeps_places (void)
{
  Ets      *ets = ets_new ();
  EtsTable *table = table_new (ets, ETS_SET);
  guint     slot, n = 0;

  for (gint64 key = 0; key < 100; key++)
    put (table, key, key);
  ets_table_fix (&ets->bif.process, table);
  for (HashNode *node = hash_first (table, &slot); node != NULL;
       node = hash_next (table, node, &slot), n++)
    hash_delete_key (table, ets_key (table, node->object.tuple));
  g_assert_cmpuint (n, ==, 100);
  g_assert_cmpint (table->n_objects, ==, 0);
  g_assert_null (hash_find (table, make_small (5)));
  g_assert_nonnull (hash_find_place (table, make_small (5), &slot));
  put (table, 5, 6);
  ets_table_unfix (&ets->bif.process, table);
  g_assert_null (hash_find_place (table, make_small (6), &slot));
  g_assert_nonnull (hash_find (table, make_small (5)));
  g_assert_cmpuint (ets_table_words (table), ==, 305 + 7);
  ets_free (ets);
}

/* --- threads ------------------------------------------------------------------------ */

typedef struct
{
  Ets  *ets;
  Term  id;
  guint index;
  gint  n_done;
} Worker;

static void
process_init (Process *p, VmMachine *vm, RunContext *run, guint index)
{
  p->vm = vm;
  p->id = 100 + index;
  p->run = run;
  run->vm = vm;
  run->scheduler = index + 1;
  p->fcalls = SLICE_REDUCTIONS;
  p->ftrace = NIL;
  p->heap.min_size = HEAP_WORDS;
  heap_init (&p->heap, vm, HEAP_WORDS);
}

/* Until the table is gone. */
static void *
work (void *data)
{
  Worker     *worker = data;
  Process    *p = g_new0 (Process, 1);
  RunContext *run = g_new0 (RunContext, 1);
  EtsTable   *table;

  process_init (p, &worker->ets->bif.machine, run, worker->index);
  for (gint64 i = 0; (table = ets_table_get (p, worker->id, ETS_WRITE)) != NULL; i++)
    {
      put (table, i % 1000, worker->index);
      if (i % 3 == 0)
        hash_delete_key (table, make_small (i * 7 % 1000));
      ets_table_unlock (table);
      table = ets_table_get (p, worker->id, ETS_READ);
      if (table == NULL)
        break;
      hash_find (table, make_small (i % 1000));
      ets_table_unlock (table);
      g_atomic_int_inc (&worker->n_done);
    }
  g_assert_true (p->cause == A (id));
  heap_clear (&p->heap);
  g_free (p);
  g_free (run);
  return NULL;
}

static void
test_deleted_while_used (void)
{
  Ets      *ets = ets_new ();
  EtsTable *table = table_new (ets, ETS_SET);
  Term      id = ets_table_ref (&ets->bif.process, table);
  Worker    workers[N_THREADS];
  pthread_t threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    {
      workers[i] = (Worker){ .ets = ets, .id = id, .index = i };
      g_assert_cmpint (pthread_create (&threads[i], NULL, work, &workers[i]), ==, 0);
    }
  for (guint i = 0; i < N_THREADS; i++)
    while (g_atomic_int_get (&workers[i].n_done) < 1000)
      g_thread_yield ();
  table = ets_table_get (&ets->bif.process, id, ETS_WRITE);
  g_assert_nonnull (table);
  ets_table_delete (table);
  for (guint i = 0; i < N_THREADS; i++)
    pthread_join (threads[i], NULL);
  g_assert_null (ets_table_get (&ets->bif.process, id, ETS_LOOK));
  ets_free (ets);
}

/* --- names and owners ------------------------------------------------------------------ */

static void
test_names (void)
{
  Ets       *ets = ets_new ();
  EtsOptions options = {
    .name = A (ok),
    .type = ETS_SET,
    .protection = ETS_PRIVATE,
    .keypos = 1,
    .is_named = true,
    .heir = VM_PID_NONE,
  };
  EtsTable *table = ets_table_new (&ets->bif.process, &options);

  g_assert_true (ets_table_find (&ets->bif.machine, A (ok)) == table);
  g_assert_null (ets_table_new (&ets->bif.process, &options));
  g_assert_true (ets_table_rename (table, A (error)));
  g_assert_null (ets_table_find (&ets->bif.machine, A (ok)));
  g_assert_true (ets_table_get (&ets->bif.process, A (error), ETS_OWNER) == table);
  ets_table_unlock (table);
  ets->bif.process.id++;
  g_assert_null (ets_table_get (&ets->bif.process, A (error), ETS_READ));
  g_assert_true (ets->bif.process.cause == A (access));
  ets->bif.process.id--;
  ets_process_exit (&ets->bif.machine, &ets->bif.process);
  g_assert_null (ets_table_find (&ets->bif.machine, A (error)));
  ets_free (ets);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ets/order", test_order);
  g_test_add_func ("/ets/words", test_words);
  g_test_add_data_func ("/ets/model/set", GINT_TO_POINTER (ETS_SET), test_model);
  g_test_add_data_func ("/ets/model/bag", GINT_TO_POINTER (ETS_BAG), test_model);
  g_test_add_data_func ("/ets/model/duplicate-bag", GINT_TO_POINTER (ETS_DUPLICATE_BAG),
                        test_model);
  g_test_add_data_func ("/ets/model/ordered-set", GINT_TO_POINTER (ETS_ORDERED_SET), test_model);
  g_test_add_func ("/ets/tree-order", test_tree_order);
  g_test_add_func ("/ets/fixed-keeps-places", test_fixed_keeps_places);
  g_test_add_func ("/ets/deleted-while-used", test_deleted_while_used);
  g_test_add_func ("/ets/names", test_names);
  return g_test_run ();
}
