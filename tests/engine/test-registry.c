/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/proc-fixture.h"

static void
test_names (void)
{
  ProcFixture f;
  Process    *a, *b;
  VmMachine  *vm = &f.mem.machine;
  GArray     *names;

  proc_fixture_init (&f);
  a = proc_fixture_spawn (&f, NULL, NULL);
  b = proc_fixture_spawn (&f, NULL, NULL);
  g_assert_true (registry_add (vm, NULL, A (file), a->id));
  g_assert_false (registry_add (vm, NULL, A (file), b->id));
  g_assert_false (registry_add (vm, NULL, A (line), a->id));
  g_assert_false (registry_add (vm, NULL, A (line), 99));
  g_assert_cmpuint (registry_lookup (vm, A (file)), ==, a->id);
  g_assert_cmpuint (registry_lookup (vm, A (line)), ==, VM_PID_NONE);
  g_assert_true (registry_name_of (vm, a->id) == A (file));
  g_assert_true (registry_add (vm, NULL, A (apply), b->id));
  names = registry_list (vm);
  g_assert_cmpuint (names->len, ==, 2);
  g_assert_true (g_array_index (names, Term, 0) == A (file));
  g_array_unref (names);
  g_assert_true (registry_remove (vm, NULL, A (file)));
  g_assert_false (registry_remove (vm, NULL, A (file)));
  /* The dead have no names. */
  proc_fixture_enter (&f, b);
  process_exit (b, A (normal));
  proc_fixture_leave (b);
  g_assert_cmpuint (registry_lookup (vm, A (apply)), ==, VM_PID_NONE);
  proc_fixture_clear (&f);
}

static void
test_refs (void)
{
  guint32     one[3], two[3];
  ProcFixture f;
  gint64      unique;
  VmMachine  *vm = &f.mem.machine;

  proc_fixture_init (&f);
  ref_source_next (vm, NULL, one);
  ref_source_next (vm, NULL, two);
  g_assert_cmpuint (two[0], ==, one[0] + 1);
  unique = ref_source_unique (vm, NULL);
  g_assert_cmpint (ref_source_unique (vm, NULL), !=, unique);
  g_assert_cmpint (ref_source_monotonic (vm), ==, G_GINT64_CONSTANT (-576460752303423487));
  g_assert_cmpint (ref_source_monotonic (vm), ==, G_GINT64_CONSTANT (-576460752303423486));
  proc_fixture_clear (&f);
}

static void
test_timers (void)
{
  guint32     one[3], two[3];
  ProcFixture f;
  Process    *p;
  VmMachine  *vm = &f.mem.machine;
  const Term  message[] = { TUPLE_HEADER (1), A (timeout) };

  proc_fixture_init (&f);
  p = proc_fixture_spawn (&f, NULL, NULL);
  ref_source_next (vm, NULL, one);
  ref_source_next (vm, NULL, two);
  machine_timer_start (vm, p, one, 1000, p->id, NONE, make_boxed (message));
  machine_timer_start (vm, p, two, 2000, p->id, NONE, make_boxed (message));
  g_assert_cmpint (machine_timer_find (vm, p, two, false), ==, 2000);
  proc_fixture_advance (&f, 1500);
  g_assert_cmpint (machine_timer_find (vm, p, one, true), ==, -1);
  g_assert_cmpint (machine_timer_find (vm, p, two, true), ==, 500);
  g_assert_cmpint (machine_timer_find (vm, p, two, true), ==, -1);
  proc_fixture_advance (&f, 1500);
  proc_fixture_handle (&f, p);
  g_assert_cmpuint (p->n_messages, ==, 1);
  g_assert_true (tuple_elements (mailbox_peek (p)->term)[0] == A (timeout));
  /* One is left when the machine ends. */
  machine_timer_start (vm, p, one, 9000, p->id, NONE, make_boxed (message));
  proc_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/names", test_names);
  g_test_add_func ("/registry/refs", test_refs);
  g_test_add_func ("/registry/timers", test_timers);
  return g_test_run ();
}
