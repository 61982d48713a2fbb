/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/vm-control.h"
#include "engine/vm-error.h"

#include <string.h>

static const char *const good[] = {
  "gc(major, sorter)",
  "gc(any, <0.80.0>)",
  "heap(sorter).old > 0",
  "heap('my proc').high_water == 1_000",
  "mailbox(server) >= 100",
  "exited(worker)",
  "running(loop) on 2",
  "running(loop)",
  "reductions(loop) >= 4000",
  "collections(p) == 3",
  "minor(p)",
  "major(p) >= 2",
  "line(bank.erl:42)",
  "line(src/a-b.erl:1)",
  "calls(lists:map/2)",
  "calls('Elixir.Foo':bar/0)",
  "sent(client, server)",
  "received(p)",
  "binaries(router) == 12",
  "copied(p) >= 4000 and reclaimed(p) > 0",
  "heap(p).vheap > 0 and heap(p).vheap_block == 46422",
  "heap(p).old_vheap < 1 or heap(p).old_vheap_block >= 2",
  "memory(binary) < 1_000_000",
  "time >= 2ms",
  "time < 10s",
  "count(processes) > 10",
  "count(schedulers) == 1",
  "heap(p).offheap > 0 and heap(p).free < 4 and heap(p).memory >= 2640",
  "size(p, x0) == 0",
  "copy_size(<0.80.0>, m1) > 5 or size('my proc', y12) >= 1",
  "frames(p) > 3",
  "finished",
  "not finished and (exited(a) or exited(b))",
  "  finished  ",
};

static const struct
{
  const char *text;
  guint       column;
  const char *expects;
} bad[] = {
  { "", 1, "gc, heap" },
  { "foo(x)", 1, "gc, heap" },
  { "gc(big, p)", 4, "major, minor or any" },
  { "heap(p).middle > 1", 9, "young" },
  { "heap(p) > 1", 9, "dot" },
  { "mailbox(p) 5", 12, "comparison" },
  { "mailbox(p) > x", 14, "whole number" },
  { "mailbox(p) > 2ms", 14, "whole number" },
  { "time >= 2", 9, "ns, us, ms or s" },
  { "time >= 2min", 9, "ns, us, ms or s" },
  { "finished finished", 10, "and, or or the end" },
  { "(finished", 10, "and, or or )" },
  { "finished and", 13, "gc, heap" },
  { "line(42)", 6, "line(bank.erl:42)" },
  { "memory(cows) > 1", 8, "binary" },
  { "memory(binary)", 15, "comparison" },
  { "binaries(p)", 12, "comparison" },
  { "heap(p).vheep > 1", 9, "old_vheap_block" },
  { "count(cows) > 1", 7, "processes" },
  { "size(p) > 1", 7, "a comma and a place" },
  { "size(p, 0) > 1", 9, "x0 (an argument)" },
  { "size(p, x) > 1", 9, "x0 (an argument)" },
  { "copy_size(p, m0) > 1", 14, "m1 (a message)" },
  { "size(p, x123456789) > 1", 9, "a place" },
  { "size(p, x0)", 12, "comparison" },
  { "frames(p)", 10, "comparison" },
  { "exited()", 8, "a process" },
  { "mailbox(p) > 99999999999999999999", 14, "smaller" },
  { "running(p) on two", 15, "whole number" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (VmCondition) condition = vm_condition_parse (good[i], &error), copy = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (condition);
      copy = vm_condition_copy (condition);
      g_assert_nonnull (copy);
    }
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *column = g_strdup_printf ("column %u: ", bad[i].column);

      g_test_message ("%s", bad[i].text);
      g_assert_null (vm_condition_parse (bad[i].text, &error));
      g_assert_error (error, VM_ERROR, VM_ERROR_SYNTAX);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, column));
      g_assert_nonnull (strstr (error->message, bad[i].expects));
    }
}

/* Whatever is typed: an answer, never a crash. */
static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  static const char *const bits[] = { "gc", "(", ")", "heap", ".", "old", " ", ">",
                                      "=", "<", "'", "not ", "and ", "line", ":", "/",
                                      "1", "9ms", "<0.1.0>", "\xc3\xa4", "any", ",", "on",
                                      "size", "x0", "m1", "copy_size", "frames",
                                      "memory", "binary", "copied", "binaries" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      VmCondition *condition;
      gsize        at = 0;

      for (gint n = g_rand_int_range (rand, 0, 12); n > 0; n--)
        g_string_append (text, bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))]);
      condition = vm_condition_parse (text->str, NULL);
      vm_condition_free (condition);
      vm_quantity_free (vm_quantity_parse (text->str, &at, NULL));
      g_assert_cmpuint (at, <=, text->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/condition/good", test_good);
  g_test_add_func ("/condition/bad", test_bad);
  g_test_add_func ("/condition/noise", test_noise);
  return g_test_run ();
}
