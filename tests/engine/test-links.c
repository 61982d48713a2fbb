/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/proc/links.h"
#include "tests/engine/proc-fixture.h"

typedef struct
{
  ProcFixture f;
  Process    *a;
  Process    *b;
} Pair;

static void
pair_init (Pair *pair)
{
  proc_fixture_init (&pair->f);
  pair->a = proc_fixture_spawn (&pair->f, NULL, NULL);
  pair->b = proc_fixture_spawn (&pair->f, NULL, NULL);
}

static void
end (ProcFixture *f, Process *p, Term reason)
{
  proc_fixture_enter (f, p);
  process_exit (p, reason);
  proc_fixture_leave (p);
}

static void
link_them (Pair *pair)
{
  proc_fixture_enter (&pair->f, pair->a);
  process_link (pair->a, pair->b->id);
  proc_fixture_leave (pair->a);
  g_assert_false (proc_fixture_handle (&pair->f, pair->b));
  g_assert_nonnull (links_find_link (pair->b, pair->a->id));
}

/* What exit(To, Reason) does: dies with it (NONE: lives) or gets a message. */
typedef struct
{
  bool linked, traps, from_self;
  Term reason, dies_with;
  bool gets_message;
} Case;

static void
test_exit_matrix (void)
{
  const Case cases[] = {
    { false, false, false, A (error), A (error), false },
    { false, false, false, A (normal), NONE, false },
    { false, false, true, A (normal), A (normal), false },
    { false, false, false, A (kill), A (killed), false },
    { false, true, false, A (error), NONE, true },
    { false, true, false, A (normal), NONE, true },
    { false, true, false, A (kill), A (killed), false },
    { true, false, false, A (error), A (error), false },
    { true, false, false, A (normal), NONE, false },
    { true, false, false, A (kill), A (kill), false },
    { true, true, false, A (kill), NONE, true },
    { true, true, false, A (normal), NONE, true },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      Pair        pair;
      bool        dies;

      pair_init (&pair);
      if (c->linked)
        link_them (&pair);
      if (c->traps)
        pair.b->flags |= PF_TRAP_EXIT;
      if (c->linked)
        end (&pair.f, pair.a, c->reason);
      else
        process_send_exit (pair.b->vm, c->from_self ? pair.b->id : pair.a->id, pair.b->id,
                           c->reason, false);
      dies = proc_fixture_handle (&pair.f, pair.b);
      g_assert_cmpint (dies, ==, c->dies_with != NONE);
      if (dies)
        g_assert_true (pair.b->exit_reason == c->dies_with);
      g_assert_cmpuint (pair.b->n_messages, ==, c->gets_message ? 1 : 0);
      if (c->gets_message)
        {
          g_assert_true (tuple_elements (pair.b->messages->term)[1] == make_pid (pair.a->id));
          g_assert_true (tuple_elements (pair.b->messages->term)[2] == c->reason);
        }
      proc_fixture_clear (&pair.f);
    }
}

/* Exit signals of a link that was undone meanwhile count for nothing, not even
 * when the two are linked again before the answer. */
static void
test_unlink_races (void)
{
  Pair pair;

  pair_init (&pair);
  link_them (&pair);
  proc_fixture_enter (&pair.f, pair.a);
  process_unlink (pair.a, pair.b->id);
  proc_fixture_leave (pair.a);
  end (&pair.f, pair.b, A (error));
  g_assert_false (proc_fixture_handle (&pair.f, pair.a));
  g_assert_null (links_find_link (pair.a, pair.b->id));
  proc_fixture_clear (&pair.f);

  pair_init (&pair);
  link_them (&pair);
  proc_fixture_enter (&pair.f, pair.a);
  process_unlink (pair.a, pair.b->id);
  process_link (pair.a, pair.b->id);
  proc_fixture_leave (pair.a);
  proc_fixture_handle (&pair.f, pair.b);
  proc_fixture_handle (&pair.f, pair.a);
  g_assert_nonnull (links_find_link (pair.a, pair.b->id));
  g_assert_nonnull (links_find_link (pair.b, pair.a->id));
  end (&pair.f, pair.b, A (error));
  g_assert_true (proc_fixture_handle (&pair.f, pair.a));
  proc_fixture_clear (&pair.f);
}

static void
test_link_to_nobody (void)
{
  Pair pair;

  pair_init (&pair);
  proc_fixture_enter (&pair.f, pair.a);
  process_link (pair.a, 500);
  proc_fixture_leave (pair.a);
  g_assert_true (proc_fixture_handle (&pair.f, pair.a));
  g_assert_true (pair.a->exit_reason == A (noproc));
  proc_fixture_clear (&pair.f);
}

static void
check_down (Process *p, const guint32 *ref, Term who, Term reason)
{
  Term *e;

  g_assert_cmpuint (p->n_messages, ==, 1);
  e = tuple_elements (mailbox_peek (p)->term);
  g_assert_true (e[0] == A (DOWN));
  g_assert_true (ref_has_numbers (e[1], ref));
  g_assert_true (e[2] == A (process));
  if (who != NONE)
    g_assert_true (e[3] == who);
  g_assert_true (e[4] == reason);
}

static void
test_monitor (void)
{
  guint32 ref[3];
  Pair    pair;

  pair_init (&pair);
  ref_source_next (pair.a->vm, NULL, ref);
  proc_fixture_enter (&pair.f, pair.a);
  process_monitor (pair.a, pair.b->id, NONE, ref, false);
  proc_fixture_leave (pair.a);
  proc_fixture_handle (&pair.f, pair.b);
  g_assert_cmpuint (process_memory_bytes (pair.b), ==, 776 + 233 * 8 + 64);
  end (&pair.f, pair.b, A (killed));
  proc_fixture_handle (&pair.f, pair.a);
  check_down (pair.a, ref, make_pid (1), A (killed));
  g_assert_null (links_find_ref (pair.a, LINK_MONITOR, ref));
  proc_fixture_clear (&pair.f);

  /* nobody there; by name */
  pair_init (&pair);
  ref_source_next (pair.a->vm, NULL, ref);
  proc_fixture_enter (&pair.f, pair.a);
  process_monitor (pair.a, VM_PID_NONE, A (file), ref, true);
  proc_fixture_leave (pair.a);
  proc_fixture_handle (&pair.f, pair.a);
  check_down (pair.a, ref, NONE, A (noproc));
  g_assert_true (tuple_elements (tuple_elements (mailbox_peek (pair.a)->term)[3])[0] == A (file));
  g_assert_cmpuint (ref_get_pid (tuple_elements (mailbox_peek (pair.a)->term)[1]), ==, pair.a->id);
  proc_fixture_clear (&pair.f);

  /* undone before it fires */
  pair_init (&pair);
  ref_source_next (pair.a->vm, NULL, ref);
  proc_fixture_enter (&pair.f, pair.a);
  process_monitor (pair.a, pair.b->id, NONE, ref, false);
  proc_fixture_leave (pair.a);
  end (&pair.f, pair.b, A (normal));
  proc_fixture_enter (&pair.f, pair.a);
  g_assert_true (process_demonitor (pair.a, ref));
  g_assert_false (process_demonitor (pair.a, ref));
  proc_fixture_leave (pair.a);
  proc_fixture_handle (&pair.f, pair.a);
  g_assert_cmpuint (pair.a->n_messages, ==, 0);
  proc_fixture_clear (&pair.f);
}

static void
test_alias (void)
{
  guint32 numbers[3];
  Term    words[PID_REF_WORDS], ref;
  Pair    pair;
  bool    found;

  pair_init (&pair);
  ref_source_next (pair.a->vm, NULL, numbers);
  ref = ref_write (words, numbers, pair.a->id);
  links_add_ref (pair.a, LINK_ALIAS, pair.a->id, numbers)->alias_mode = ALIAS_REPLY_DEMONITOR;
  proc_fixture_enter (&pair.f, pair.b);
  process_send_alias (pair.b->vm, pair.b, ref, make_small (1), &found);
  process_send_alias (pair.b->vm, pair.b, ref, make_small (2), &found);
  proc_fixture_leave (pair.b);
  proc_fixture_handle (&pair.f, pair.a);
  g_assert_cmpuint (pair.a->n_messages, ==, 1);
  g_assert_true (mailbox_peek (pair.a)->term == make_small (1));
  proc_fixture_clear (&pair.f);
}

/* Many links: found by the index, told in the order they were made. */
static void
test_many (void)
{
  ProcFixture f;
  Process    *a, *others[100];

  proc_fixture_init (&f);
  a = proc_fixture_spawn (&f, NULL, NULL);
  for (guint i = 0; i < 100; i++)
    {
      others[i] = proc_fixture_spawn (&f, NULL, NULL);
      others[i]->flags |= PF_TRAP_EXIT;
      links_add_link (a, others[i]->id);
      links_add_link (others[i], a->id);
    }
  for (guint i = 0; i < 100; i += 3)
    links_remove (a, links_find_link (a, others[i]->id));
  end (&f, a, A (error));
  for (guint i = 0; i < 100; i++)
    {
      proc_fixture_handle (&f, others[i]);
      g_assert_cmpuint (others[i]->n_messages, ==, i % 3 == 0 ? 0 : 1);
    }
  proc_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/links/exit-matrix", test_exit_matrix);
  g_test_add_func ("/links/unlink-races", test_unlink_races);
  g_test_add_func ("/links/to-nobody", test_link_to_nobody);
  g_test_add_func ("/links/monitor", test_monitor);
  g_test_add_func ("/links/alias", test_alias);
  g_test_add_func ("/links/many", test_many);
  return g_test_run ();
}
