/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/proc-fixture.h"

typedef struct
{
  ProcFixture f;
  Process    *p;
} Setup;

static void
setup (Setup *s, guint n_messages)
{
  bool found;

  proc_fixture_init (&s->f);
  s->p = proc_fixture_spawn (&s->f, NULL, NULL);
  proc_fixture_enter (&s->f, s->p);
  for (guint i = 0; i < n_messages; i++)
    process_send (s->p->vm, s->p, s->p->id, make_small (i), &found);
  process_handle_signals (s->p, SLICE_REDUCTIONS);
}

static void
teardown (Setup *s)
{
  proc_fixture_leave (s->p);
  proc_fixture_clear (&s->f);
}

static void
test_cursor (void)
{
  Setup s;

  setup (&s, 3);
  mailbox_skip (s.p);
  mailbox_skip (s.p);
  g_assert_true (mailbox_peek (s.p)->term == make_small (2));
  mailbox_remove (s.p);
  g_assert_true (mailbox_peek (s.p)->term == make_small (0));
  mailbox_skip (s.p);
  mailbox_skip (s.p);
  g_assert_null (mailbox_peek (s.p));
  mailbox_rewind (s.p);
  mailbox_remove (s.p);
  mailbox_remove (s.p);
  g_assert_null (mailbox_peek (s.p));
  g_assert_cmpuint (s.p->n_messages, ==, 0);
  g_assert_true (s.p->messages_last == &s.p->messages);
  teardown (&s);
}

/* A receive with a marker does not see what was there before. */
static void
test_marker (void)
{
  guint32 numbers[3] = { 1, 2, 3 };
  Term    words[REF_WORDS], ref, marker;
  bool    found;
  Setup   s;

  setup (&s, 100);
  ref = ref_write (words, numbers, VM_PID_NONE);
  for (guint round = 0; round < 30; round++)
    {
      marker = mailbox_marker_reserve (s.p);
      g_assert_true (term_is_small (marker));
      mailbox_marker_bind (s.p, marker, ref);
      if (round % 2 == 0) /* it arrives before it is used, or after */
        process_handle_signals (s.p, SLICE_REDUCTIONS);
      mailbox_marker_use (s.p, ref);
      g_assert_null (mailbox_peek (s.p));
      process_send (s.p->vm, s.p, s.p->id, A (ok), &found);
      process_handle_signals (s.p, SLICE_REDUCTIONS);
      g_assert_true (mailbox_peek (s.p)->term == A (ok));
      mailbox_remove (s.p);
      mailbox_marker_clear (s.p, ref);
      g_assert_true (mailbox_peek (s.p)->term == make_small (0));
    }
  g_assert_cmpuint (s.p->n_messages, ==, 100);
  /* None stays behind. */
  for (Message *m = s.p->messages; m != NULL; m = m->next)
    g_assert_cmpuint (m->kind, ==, SIGNAL_MESSAGE);
  /* The message a marker stands before can go first. */
  marker = mailbox_marker_reserve (s.p);
  mailbox_marker_bind (s.p, marker, ref);
  process_handle_signals (s.p, SLICE_REDUCTIONS);
  mailbox_rewind (s.p);
  for (guint i = 0; i < 100; i++)
    mailbox_remove (s.p);
  mailbox_marker_clear (s.p, ref);
  g_assert_null (s.p->messages);
  g_assert_true (s.p->messages_last == &s.p->messages);
  teardown (&s);
}

static void
test_markers_run_out (void)
{
  Setup s;

  setup (&s, 0);
  for (guint i = 0; i < N_RECEIVE_MARKERS; i++)
    g_assert_true (term_is_small (mailbox_marker_reserve (s.p)));
  g_assert_true (mailbox_marker_reserve (s.p) == A (undefined));
  mailbox_marker_use (s.p, A (undefined));
  mailbox_marker_clear (s.p, make_small (3));
  g_assert_true (term_is_small (mailbox_marker_reserve (s.p)));
  teardown (&s);
}

static void
test_timeout (void)
{
  Setup s;
  bool  found;

  setup (&s, 0);
  mailbox_set_timeout (s.p, 5);
  proc_fixture_leave (s.p);
  proc_fixture_advance (&s.f, 4999999);
  g_assert_cmpuint (atomic_load (&s.p->state) & PS_IN_RUNQ, ==, 0);
  proc_fixture_advance (&s.f, 1);
  g_assert_cmpuint (atomic_load (&s.p->state) & PS_IN_RUNQ, !=, 0);
  g_assert_false (s.p->timed_out);
  proc_fixture_enter (&s.f, s.p);
  process_handle_signals (s.p, SLICE_REDUCTIONS);
  g_assert_true (s.p->timed_out);
  mailbox_cancel_timeout (s.p);
  g_assert_false (s.p->timed_out);

  /* Cancelled by a message: the timer is gone, and says nothing later. */
  mailbox_set_timeout (s.p, 5);
  process_send (s.p->vm, s.p, s.p->id, A (ok), &found);
  process_handle_signals (s.p, SLICE_REDUCTIONS);
  mailbox_remove (s.p);
  g_assert_cmpuint (s.f.timers->len, ==, 0);
  g_assert_null (s.p->receive_timer);

  /* Fired but not noticed yet, and then cancelled: an old one does not count. */
  mailbox_set_timeout (s.p, 5);
  proc_fixture_advance (&s.f, 5000000);
  mailbox_cancel_timeout (s.p);
  process_handle_signals (s.p, SLICE_REDUCTIONS);
  g_assert_false (s.p->timed_out);
  teardown (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/cursor", test_cursor);
  g_test_add_func ("/mailbox/marker", test_marker);
  g_test_add_func ("/mailbox/markers-run-out", test_markers_run_out);
  g_test_add_func ("/mailbox/timeout", test_timeout);
  return g_test_run ();
}
