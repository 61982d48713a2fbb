/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/proc-fixture.h"

static void
end (ProcFixture *f, Process *p)
{
  proc_fixture_enter (f, p);
  process_exit (p, A (normal));
  proc_fixture_leave (p);
}

/* Numbers go up, and none comes again soon. */
static void
test_numbers (void)
{
  ProcFixture f;
  VmPid       last = 0;

  proc_fixture_init (&f);
  for (guint i = 0; i < 3000; i++)
    {
      Process *p = proc_fixture_spawn (&f, NULL, NULL);

      g_assert_true (i == 0 || p->id == last + 1);
      last = p->id;
      g_assert_true (process_table_lookup (&f.mem.machine, p->id) == p);
      end (&f, p);
      g_assert_null (process_table_lookup (&f.mem.machine, last));
      g_ptr_array_set_size (f.retired, 0);
    }
  proc_fixture_clear (&f);
}

static void
test_limit (void)
{
  SpawnOptions options;
  ProcFixture  f;
  Process     *first, *p;
  VmPid        freed;
  GArray      *pids;

  proc_fixture_init (&f);
  spawn_options_init (&f.mem.machine, &options);
  first = proc_fixture_spawn (&f, NULL, NULL);
  for (guint i = 1; i < 1024; i++)
    proc_fixture_spawn (&f, NULL, NULL);
  g_assert_null (process_spawn (&f.mem.machine, NULL, A (erlang), A (apply), NIL, &options, NULL));
  freed = first->id;
  end (&f, first);
  p = proc_fixture_spawn (&f, NULL, NULL);
  g_assert_cmpuint (p->id, ==, freed + 1024); /* the only free slot, another number */
  pids = process_table_list (&f.mem.machine);
  g_assert_cmpuint (pids->len, ==, 1024);
  g_assert_cmpuint (g_array_index (pids, VmPid, 0), ==, freed + 1);
  g_array_unref (pids);
  proc_fixture_clear (&f);
}

/* erts-facts 3.2: the argument list lies on the new heap, the exit word on its
 * stack; the block is the next size of the table. */
static void
test_start_state (void)
{
  SpawnOptions options;
  ProcFixture  f;
  Process     *parent, *p;
  Term         args = NIL, *hp;

  proc_fixture_init (&f);
  parent = proc_fixture_spawn (&f, NULL, NULL);
  spawn_options_init (&f.mem.machine, &options);
  proc_fixture_enter (&f, parent);
  for (guint i = 0; i < 4; i++)
    {
      hp = halloc (parent, 2);
      hp[0] = make_small (i);
      hp[1] = args;
      args = make_list (hp);
    }
  p = process_spawn (parent->vm, parent, A (erlang), A (apply), args, &options, NULL);
  g_assert_cmpuint ((gsize) (p->heap.htop - p->heap.start), ==, 8);
  g_assert_cmpuint (p->heap.size, ==, 233);
  g_assert_cmpuint ((gsize) (p->heap.hend - p->heap.stop), ==, 1);
  g_assert_cmpuint (p->n_live, ==, 3);
  g_assert_true (fixture_same (p->saved[2], args) && p->saved[2] != args);
  g_assert_cmpuint (p->initial_arity, ==, 4);
  g_assert_cmpuint (p->parent, ==, parent->id);
  options.min_heap_size = heap_next_size (200000, 0);
  p = process_spawn (parent->vm, parent, A (erlang), A (apply), args, &options, NULL);
  g_assert_cmpuint (p->heap.size, ==, 318187);
  proc_fixture_leave (parent);
  proc_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process-table/numbers", test_numbers);
  g_test_add_func ("/process-table/limit", test_limit);
  g_test_add_func ("/process-table/start-state", test_start_state);
  return g_test_run ();
}
