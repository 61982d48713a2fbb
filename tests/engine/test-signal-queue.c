/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/proc-fixture.h"

/* A list of @n smalls on the heap of @p. */
static Term
make_numbers (Process *p, guint n)
{
  Term list = NIL;

  for (guint i = 0; i < n; i++)
    {
      Term *hp = halloc (p, 2);

      hp[0] = make_small (i);
      hp[1] = list;
      list = make_list (hp);
    }
  return list;
}

static gsize
heap_used (Process *p)
{
  return (gsize) (p->heap.htop - p->heap.start);
}

/* erts-facts 5.2, measured: 20 words to an idle receiver lie on its heap, 300
 * beside it; memory grows by 88 and by 88 + 2400. */
static void
test_placement (void)
{
  ProcFixture f;
  Process    *a, *b;
  gsize       memory;
  bool        found;

  proc_fixture_init (&f);
  a = proc_fixture_spawn (&f, NULL, NULL);
  b = proc_fixture_spawn (&f, NULL, NULL);
  g_assert_cmpuint (heap_used (b), ==, 0);
  memory = process_memory_bytes (b);
  g_assert_cmpuint (memory, ==, 776 + 233 * 8);
  proc_fixture_enter (&f, a);
  g_assert_cmpuint (process_send (a->vm, a, b->id, make_numbers (a, 10), &found), ==, 20);
  g_assert_true (found);
  g_assert_cmpuint (heap_used (b), ==, 20);
  g_assert_cmpuint (f.queued->len, ==, 3);
  proc_fixture_handle (&f, b);
  g_assert_cmpuint (process_memory_bytes (b), ==, memory + 88);
  process_send (a->vm, a, b->id, make_numbers (a, 150), &found);
  proc_fixture_handle (&f, b);
  g_assert_cmpuint (heap_used (b), ==, 20);
  g_assert_cmpuint (process_memory_bytes (b), ==, memory + 88 + 88 + 2400);
  g_assert_cmpuint (b->n_messages, ==, 2);
  /* To oneself: the very words. */
  {
    Term list = make_numbers (a, 3);

    process_send (a->vm, a, a->id, list, &found);
    process_handle_signals (a, SLICE_REDUCTIONS);
    g_assert_true (mailbox_peek (a)->term == list);
    mailbox_remove (a);
  }
  proc_fixture_leave (a);
  proc_fixture_clear (&f);
}

static void
test_running_receiver_gets_fragment (void)
{
  ProcFixture f;
  Process    *a, *b;
  bool        found;

  proc_fixture_init (&f);
  a = proc_fixture_spawn (&f, NULL, NULL);
  b = proc_fixture_spawn (&f, NULL, NULL);
  proc_fixture_enter (&f, a);
  proc_fixture_enter (&f, b);
  process_send (a->vm, a, b->id, make_numbers (a, 10), &found);
  g_assert_cmpuint (heap_used (b), ==, 0);
  g_assert_cmpint (process_handle_signals (b, SLICE_REDUCTIONS), ==, 4);
  g_assert_nonnull (mailbox_peek (b)->fragment);
  mailbox_remove (b);
  g_assert_cmpuint (b->heap.mbuf_size, ==, 20);
  g_assert_null (mailbox_peek (b));
  proc_fixture_leave (b);
  proc_fixture_leave (a);
  proc_fixture_clear (&f);
}

/* A collection moves queued messages onto the heap and keeps those that are there. */
static void
test_collection_moves_messages (void)
{
  ProcFixture f;
  Process    *a, *b;
  bool        found;

  proc_fixture_init (&f);
  a = proc_fixture_spawn (&f, NULL, NULL);
  b = proc_fixture_spawn (&f, NULL, NULL);
  proc_fixture_enter (&f, a);
  process_send (a->vm, a, b->id, make_numbers (a, 5), &found);
  process_send (a->vm, a, b->id, make_numbers (a, 300), &found);
  proc_fixture_leave (a);
  proc_fixture_enter (&f, b);
  process_garbage_collect (b, true, NULL, 0);
  g_assert_cmpuint (heap_used (b), ==, 610);
  g_assert_cmpuint (b->n_messages, ==, 2);
  g_assert_true (list_head (mailbox_peek (b)->term) == make_small (4));
  mailbox_remove (b);
  g_assert_null (mailbox_peek (b)->fragment);
  process_garbage_collect (b, false, NULL, 0);
  g_assert_true (list_head (mailbox_peek (b)->term) == make_small (299));
  heap_check (&b->heap, NULL);
  proc_fixture_leave (b);
  proc_fixture_clear (&f);
}

static void
test_to_nobody (void)
{
  ProcFixture f;
  Process    *a;
  bool        found = true;

  proc_fixture_init (&f);
  a = proc_fixture_spawn (&f, NULL, NULL);
  proc_fixture_enter (&f, a);
  process_send (a->vm, a, 77, A (ok), &found);
  g_assert_false (found);
  proc_fixture_leave (a);
  proc_fixture_clear (&f);
}

/* Messages and other signals between two processes keep their order: an exit
 * sent before a message is handled before it. */
static void
test_order (void)
{
  ProcFixture f;
  Process    *a, *b;
  bool        found;

  proc_fixture_init (&f);
  a = proc_fixture_spawn (&f, NULL, NULL);
  b = proc_fixture_spawn (&f, NULL, NULL);
  b->flags |= PF_TRAP_EXIT;
  proc_fixture_enter (&f, a);
  process_send (a->vm, a, b->id, make_small (1), &found);
  process_send_exit (a->vm, a->id, b->id, A (error), false);
  process_send (a->vm, a, b->id, make_small (2), &found);
  proc_fixture_leave (a);
  g_assert_false (proc_fixture_handle (&f, b));
  g_assert_cmpuint (b->n_messages, ==, 3);
  g_assert_true (b->messages->term == make_small (1));
  g_assert_true (tuple_elements (b->messages->next->term)[0] == A (EXIT));
  g_assert_true (b->messages->next->next->term == make_small (2));
  proc_fixture_clear (&f);
}

/* --- two threads, each a scheduler of its own process ------------------------- */

#define N_SENT 20000

typedef struct
{
  Process   *self;
  VmPid      other;
  RunContext context;
  guint      n_received;
  gint64     sum;
} Runner;

static void
enqueue_nothing (VmMachine *vm, Process *p, VmPid by)
{
  atomic_fetch_and (&p->state, ~(guint32) PS_IN_RUNQ);
}

static void
receive_all (Runner *runner)
{
  Process *p = runner->self;
  Message *message;

  process_handle_signals (p, SLICE_REDUCTIONS);
  while ((message = mailbox_peek (p)) != NULL)
    {
      Term list = message->term;

      mailbox_remove (p);
      runner->sum += small_value (list_head (list));
      runner->n_received++;
    }
}

static gpointer
run (gpointer data)
{
  Runner  *runner = data;
  Process *p = runner->self;
  bool     found;

  for (guint i = 0; i < N_SENT || runner->n_received < N_SENT; i++)
    {
      lock_take (&p->main_lock);
      atomic_fetch_or (&p->state, PS_RUNNING);
      p->run = &runner->context;
      if (i < N_SENT)
        {
          /* Its own words first: the send may need none of them afterwards. */
          if (p->heap.stop - p->heap.htop < 10)
            process_collect (p, 10, NULL, 0, 0);
          process_send (p->vm, p, runner->other, make_numbers (p, i % 3 == 0 ? 3 : 1), &found);
          g_assert_true (found);
        }
      receive_all (runner);
      if (i % 7 == 0)
        process_garbage_collect (p, i % 2 == 0, NULL, 0);
      p->run = NULL;
      atomic_fetch_and (&p->state, ~(guint32) PS_RUNNING);
      lock_drop (&p->main_lock);
    }
  return NULL;
}

static void
test_threads (void)
{
  ProcFixture f;
  Runner      runners[2];
  GThread    *threads[2];

  proc_fixture_init (&f);
  for (guint i = 0; i < 2; i++)
    runners[i] = (Runner){ .self = proc_fixture_spawn (&f, NULL, NULL) };
  f.mem.hooks.enqueue = enqueue_nothing;
  for (guint i = 0; i < 2; i++)
    {
      runners[i].other = runners[1 - i].self->id;
      threads[i] = g_thread_new ("scheduler", run, &runners[i]);
    }
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (runners[i].n_received, ==, N_SENT);
      g_assert_cmpint (runners[i].sum, ==, 2 * ((N_SENT + 2) / 3));
      g_assert_cmpuint (runners[i].self->n_messages, ==, 0);
      g_assert_cmpuint (atomic_load (&runners[i].self->n_queued), ==, 0);
    }
  proc_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signal-queue/placement", test_placement);
  g_test_add_func ("/signal-queue/running-receiver", test_running_receiver_gets_fragment);
  g_test_add_func ("/signal-queue/collection", test_collection_moves_messages);
  g_test_add_func ("/signal-queue/to-nobody", test_to_nobody);
  g_test_add_func ("/signal-queue/order", test_order);
  g_test_add_func ("/signal-queue/threads", test_threads);
  return g_test_run ();
}
