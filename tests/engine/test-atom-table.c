/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/term/atom-name.h"
#include "engine/vm-types.h"

#define N_MANY    100000
#define N_THREADS 4

static void
test_static (void)
{
  AtomTable *table = atom_table_new ();

  g_assert_cmpuint (atom_table_get_size (table), ==, N_STATIC_ATOMS);
  g_assert_cmpuint (atom_from_string (table, "ok"), ==, A (ok));
  g_assert_cmpuint (atom_from_string (table, ""), ==, A (empty));
  g_assert_cmpstr (atom_name (table, A (undefined), NULL), ==, "undefined");
  atom_table_free (table);
}

static void
test_names (void)
{
  AtomTable *table = atom_table_new ();
  GString   *name = g_string_new (NULL);
  gsize      len;
  Term       atom;

  g_assert_cmpuint (atom_table_lookup (table, "brand_new", 9), ==, NONE);
  atom = atom_from_string (table, "brand_new");
  g_assert_cmpuint (atom_table_lookup (table, "brand_new", 9), ==, atom);
  g_assert_cmpuint (atom_table_intern (table, "new\0x", 5), !=, atom);
  atom_name (table, atom_table_intern (table, "new\0x", 5), &len);
  g_assert_cmpuint (len, ==, 5);

  g_assert_cmpuint (atom_table_intern (table, "\xff", 1), ==, NONE);
  g_assert_cmpuint (atom_table_intern (table, "\xc3", 1), ==, NONE);
  g_assert_cmpuint (atom_table_intern (table, "\xed\xa0\x80", 3), ==,
                    NONE); /* half a surrogate pair */
  for (int i = 0; i < 255; i++)
    g_string_append (name, "é");
  g_assert_cmpuint (atom_table_intern (table, name->str, name->len), !=, NONE);
  g_string_append_c (name, 'x');
  g_assert_cmpuint (atom_table_intern (table, name->str, name->len), ==, NONE);

  g_assert_cmpint (
    atom_name_compare (table, atom_from_string (table, "ab"), atom_from_string (table, "abc")), <,
    0);
  g_assert_cmpint (
    atom_name_compare (table, atom_from_string (table, "é"), atom_from_string (table, "z")), >, 0);
  g_string_free (name, TRUE);
  atom_table_free (table);
}

typedef struct
{
  AtomTable *table;
  Term       atoms[N_MANY];
} Adder;

static gpointer
add_many (gpointer data)
{
  Adder *adder = data;
  char   name[32];

  for (guint i = 0; i < N_MANY; i++)
    {
      g_snprintf (name, sizeof name, "atom_%u", i);
      adder->atoms[i] = atom_from_string (adder->table, name);
      g_assert_cmpstr (atom_name (adder->table, adder->atoms[i], NULL), ==, name);
    }
  return NULL;
}

/* All threads get the same atoms, and names can be read while others add. */
static void
test_threads (void)
{
  AtomTable *table = atom_table_new ();
  Adder     *adders = g_new (Adder, N_THREADS);
  GThread   *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    {
      adders[i].table = table;
      threads[i] = g_thread_new ("add", add_many, &adders[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  for (guint i = 1; i < N_THREADS; i++)
    g_assert_cmpmem (adders[0].atoms, sizeof adders[0].atoms, adders[i].atoms,
                     sizeof adders[i].atoms);
  g_assert_cmpuint (atom_table_get_size (table), ==, N_STATIC_ATOMS + N_MANY);
  g_free (adders);
  atom_table_free (table);
}

static void
test_limit (void)
{
  AtomTable *table = atom_table_new ();
  char       name[32];

  for (guint i = N_STATIC_ATOMS; i < ATOM_LIMIT; i++)
    {
      g_snprintf (name, sizeof name, "%u", i);
      g_assert_cmpuint (atom_from_string (table, name), ==, make_atom (i));
    }
  g_assert_cmpuint (atom_from_string (table, "one more"), ==, NONE);
  g_assert_cmpuint (atom_from_string (table, "ok"), ==, A (ok));
  atom_table_free (table);
}

static void
test_pids (void)
{
  char  buffer[32];
  VmPid pid;

  g_assert_cmpstr (vm_pid_format (1 << 15 | 42, buffer), ==, "<0.42.1>");
  g_assert_true (vm_pid_parse (" <0.42.1> ", &pid));
  g_assert_cmpuint (pid, ==, 1 << 15 | 42);
  g_assert_false (vm_pid_parse ("<1.42.1>", &pid));
  g_assert_false (vm_pid_parse ("<0.32768.0>", &pid));
  g_assert_false (vm_pid_parse ("<0.1.8192>", &pid));
  g_assert_false (vm_pid_parse ("<0.1.1>x", &pid));
  g_assert_false (vm_pid_parse ("<0..1>", &pid));
  g_assert_false (vm_pid_parse ("<0.99999999999999999999.1>", &pid));
  g_assert_false (vm_pid_parse ("", &pid));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/atom-table/static", test_static);
  g_test_add_func ("/atom-table/names", test_names);
  g_test_add_func ("/atom-table/threads", test_threads);
  g_test_add_func ("/atom-table/limit", test_limit);
  g_test_add_func ("/atom-table/pids", test_pids);
  return g_test_run ();
}
