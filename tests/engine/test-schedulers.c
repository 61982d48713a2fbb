/* SPDX-License-Identifier: Apache-2.0 */

/* The schedulers over a process layer of the test's own: processes are scripts
 * that burn reductions, wait for pokes and end. */
#include "config.h"

#include "engine/sched/run-queue.h"
#include "engine/sched/scheduler.h"
#include "engine/sched/timer-heap.h"
#include "engine/trace/recorder.h"
#include "engine/trace/recording.h"

#include <stdlib.h>
#include <string.h>

/* --- the process layer ------------------------------------------------------- */

#define MAX_TEST_PROCESSES 200

typedef struct
{
  VmMachine        vm;
  Process         *processes[MAX_TEST_PROCESSES];
  gint64           work[MAX_TEST_PROCESSES];  /* reductions to burn */
  guint            waits[MAX_TEST_PROCESSES]; /* how often it waits for a timer in between */
  _Atomic guint    n_exited;
  _Atomic guint    n_freed;
  _Atomic gboolean idle;
  Lock             lock;
  pthread_cond_t   cond;
  gint64           break_after; /* reductions of process 0 after which its hook breaks; 0 never */
} World;

static World *
world_of (VmMachine *vm)
{
  return (World *) vm; /* vm is the first field */
}

Process *
process_table_lookup (VmMachine *vm, VmPid pid)
{
  return pid < MAX_TEST_PROCESSES ? world_of (vm)->processes[pid] : NULL;
}

int
process_handle_signals_at_start (Process *p, int max_reds)
{
  atomic_fetch_and (&p->state, ~(guint32) (PS_SIGNALS | PS_MESSAGES));
  return 1;
}

void
process_answer_suspenders (Process *p)
{
}

Message *
mailbox_peek (Process *p)
{
  return NULL;
}

int
process_collect (Process *p, gsize need, Term *regs, guint n_regs, gsize extra_stack)
{
  g_assert_not_reached ();
}

static void
count_freed (gpointer data)
{
  Process *p = data;

  atomic_fetch_add (&world_of (p->vm)->n_freed, 1);
}

void
process_exit (Process *p, Term reason)
{
  atomic_fetch_add (&world_of (p->vm)->n_exited, 1);
  atomic_fetch_or (&p->state, PS_FREE);
  p->vm->hooks->retire (p->vm, p, count_freed);
}

static void
wake (VmMachine *vm, Process *p, guint32 bits)
{
  guint32 old = atomic_load (&p->state), state;

  do
    {
      state = old | PS_ACTIVE | bits;
      if ((old & (PS_RUNNING | PS_IN_RUNQ | PS_SUSPENDED | PS_FREE)) == 0)
        state |= PS_IN_RUNQ;
    }
  while (!atomic_compare_exchange_weak (&p->state, &old, state));
  if ((old & PS_IN_RUNQ) == 0 && (state & PS_IN_RUNQ) != 0)
    vm->hooks->enqueue (vm, p, VM_PID_NONE);
}

static void
poke (VmMachine *vm, gpointer data)
{
  wake (vm, data, PS_MESSAGES);
}

static void
enter (Process *p)
{
}

static LeaveReason
run (Process *p, gint32 quantum)
{
  World  *world = world_of (p->vm);
  gint64 *left = &world->work[p->id];
  gint32  burn = (gint32) MIN (*left, MIN (quantum, p->fcalls));

  atomic_fetch_and (&p->state, ~(guint32) PS_MESSAGES);
  if (p->id == 0 && world->break_after > 0 && burn >= world->break_after)
    {
      p->fcalls -= (gint32) world->break_after;
      *left -= world->break_after;
      world->break_after = 0;
      return LEAVE_BREAK;
    }
  p->fcalls -= burn;
  *left -= burn;
  if (world->break_after > 0 && p->id == 0)
    world->break_after -= burn;
  if (*left > 0)
    return p->fcalls <= 0 ? LEAVE_YIELD : LEAVE_QUANTUM;
  if (world->waits[p->id] == 0)
    return LEAVE_EXIT;
  world->waits[p->id]--;
  *left = 500 + 13 * (gint64) p->id;
  p->vm->hooks->timer_set (p->vm, p->vm->hooks->now_ns (p->vm, p) + 100000 * (1 + p->id % 3), poke,
                           p);
  return LEAVE_WAIT;
}

static guint64
get_mfa (Process *p)
{
  return 0;
}

static void
no_interrupt (RunContext *context)
{
}

static Verdict
attend (VmMachine *vm, AttendEvent event, guint scheduler)
{
  World *world = world_of (vm);

  if (event == ATTEND_IDLE)
    {
      lock_take (&world->lock);
      atomic_store (&world->idle, TRUE);
      pthread_cond_broadcast (&world->cond);
      lock_drop (&world->lock);
      return VERDICT_REST;
    }
  return VERDICT_RUN;
}

static gboolean
check (VmMachine *vm, guint scheduler)
{
  return FALSE;
}

static void
no_limit (VmMachine *vm, const char *message)
{
  g_error ("%s", message);
}

static const MachineHooks hooks = {
  .enqueue = scheduler_hook_enqueue,
  .now_ns = scheduler_hook_now,
  .timer_set = scheduler_hook_timer_set,
  .timer_cancel = scheduler_hook_timer_cancel,
  .retire = scheduler_hook_retire,
  .limit = no_limit,
};

static World *
world_new (VmClock clock, guint n_schedulers, guint64 seed, guint n_processes)
{
  static const Cell start;
  World            *world = g_new0 (World, 1);
  SchedulerOps      ops = { .run = run,
                            .enter = enter,
                            .start_code = &start,
                            .get_mfa = get_mfa,
                            .interrupt = no_interrupt,
                            .release = no_interrupt,
                            .attend = attend,
                            .check = check };

  lock_init (&world->lock);
  pthread_cond_init (&world->cond, NULL);
  world->vm.options.clock = clock;
  world->vm.options.n_schedulers = n_schedulers;
  world->vm.options.seed = seed;
  world->vm.options.max_memory_bytes = G_MAXINT64;
  world->vm.hooks = &hooks;
  world->vm.recorder = recorder_new (&world->vm, n_schedulers, clock == VM_CLOCK_VIRTUAL, TRUE);
  world->vm.schedulers = scheduler_set_new (&world->vm, &ops);
  scheduler_set_begin (world->vm.schedulers); /* time passes from here on */
  for (guint i = 0; i < n_processes; i++)
    {
      Process *p = world->processes[i] = g_new0 (Process, 1);

      p->id = i;
      p->vm = &world->vm;
      lock_init (&p->main_lock);
      p->heap.start = p->heap.htop = NULL;
      p->heap.vheap_size = 100;
      atomic_store (&p->priority, i % 5 == 4 ? PRIORITY_LOW : PRIORITY_NORMAL);
      world->work[i] = 3000 + 777 * (gint64) i;
      world->waits[i] = i % 4;
      atomic_store (&p->state, PS_ACTIVE | PS_IN_RUNQ);
      scheduler_hook_enqueue (&world->vm, p, VM_PID_NONE);
    }
  return world;
}

static void
world_run (World *world)
{
  scheduler_set_start (world->vm.schedulers);
  scheduler_set_request (world->vm.schedulers);
  lock_take (&world->lock);
  while (!atomic_load (&world->idle))
    pthread_cond_wait (&world->cond, &world->lock.mutex);
  lock_drop (&world->lock);
  scheduler_set_stop (world->vm.schedulers);
  recorder_drain (world->vm.recorder);
}

static void
world_free (World *world)
{
  scheduler_set_free (world->vm.schedulers);
  recorder_free (world->vm.recorder);
  for (guint i = 0; i < MAX_TEST_PROCESSES && world->processes[i] != NULL; i++)
    {
      lock_clear (&world->processes[i]->main_lock);
      g_free (world->processes[i]);
    }
  pthread_cond_destroy (&world->cond);
  lock_clear (&world->lock);
  g_free (world);
}

static char *
story (World *world)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  g_assert_true (
    vm_recording_write_json (recorder_get_recording (world->vm.recorder), stream, NULL));
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

static guint64
all_work (guint n)
{
  guint64 sum = 0;

  for (guint i = 0; i < n; i++)
    sum += 3000 + 777 * i + (i % 4) * (500 + 13 * i);
  return sum;
}

/* --- tests -------------------------------------------------------------------- */

static void
test_same_story (void)
{
  for (guint n = 1; n <= 4; n++)
    {
      g_autofree char *first = NULL;

      for (guint round = 0; round < 3; round++)
        {
          World           *world = world_new (VM_CLOCK_VIRTUAL, n, 42, 40);
          g_autofree char *json = NULL;

          /* a stop in mid-quantum must not change anything */
          world->break_after = round == 2 ? 1234 : 0;
          world_run (world);
          json = story (world);
          g_assert_cmpuint (world->n_exited, ==, 40);
          g_assert_cmpuint (world->n_freed, ==, 40);
          g_assert_cmpuint (scheduler_set_get_reductions (world->vm.schedulers), ==, all_work (40));
          if (first == NULL)
            first = g_steal_pointer (&json);
          else
            g_assert_true (strcmp (first, json) == 0);
          world_free (world);
        }
      /* all began on scheduler 1: the others must have stolen */
      g_assert_true ((strstr (first, "\"stolen\"") != NULL) == (n > 1));
    }
}

/* All take the same time, so schedulers want the same process at the same moment. */
static void
test_seed (void)
{
  g_autofree char *first = NULL;
  gboolean         differs = FALSE;

  for (guint64 seed = 1; seed < 10 && !differs; seed++)
    {
      World           *world = world_new (VM_CLOCK_VIRTUAL, 4, seed, 40);
      g_autofree char *json = NULL;

      for (guint i = 0; i < 40; i++)
        {
          world->work[i] = 8000;
          world->waits[i] = 0;
        }
      world_run (world);
      g_assert_cmpuint (world->n_exited, ==, 40);
      json = story (world);
      world_free (world);
      if (first == NULL)
        first = g_steal_pointer (&json);
      else
        differs = strcmp (first, json) != 0;
    }
  g_assert_true (differs);
}

static void
test_slices (void)
{
  World *world = world_new (VM_CLOCK_VIRTUAL, 1, 1, 3);
  g_autoptr (GArray) slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));

  world->work[0] = 9000;
  world->waits[1] = world->waits[2] = 0;
  world_run (world);
  vm_recording_get_slices (recorder_get_recording (world->vm.recorder), 1, 0, 0, G_MAXINT64,
                           slices);
  g_assert_cmpuint (slices->len, ==, 3); /* 4000, 4000, 1000 */
  for (guint i = 0; i < 3; i++)
    {
      VmSlice *s = &g_array_index (slices, VmSlice, i);
      g_assert_cmpint (s->end_ns - s->begin_ns, ==,
                       (i < 2 ? 4000 : 1000) * VIRTUAL_NS_PER_REDUCTION);
      g_assert_cmpuint (s->end_reason, ==, i < 2 ? 0 : 2);
    }
  world_free (world);
}

static void
test_live (void)
{
  for (guint n = 1; n <= 4; n += 3)
    {
      World *world = world_new (VM_CLOCK_LIVE, n, 0, 100);

      world_run (world);
      g_assert_cmpuint (world->n_exited, ==, 100);
      g_assert_cmpuint (world->n_freed, ==, 100);
      g_assert_cmpuint (scheduler_set_get_reductions (world->vm.schedulers), ==, all_work (100));
      world_free (world);
    }
}

static void
test_many_schedulers (void)
{
  World *world = world_new (VM_CLOCK_VIRTUAL, 1024, 7, 150);

  world_run (world);
  g_assert_cmpuint (world->n_exited, ==, 150);
  world_free (world);
}

static void
test_low_priority (void)
{
  RunQueue queue;
  Process  processes[2];
  guint    turns[2] = { 0 };

  memset (processes, 0, sizeof processes);
  run_queue_init (&queue);
  atomic_store (&processes[0].priority, PRIORITY_NORMAL);
  atomic_store (&processes[1].priority, PRIORITY_LOW);
  run_queue_add (&queue, &processes[0]);
  run_queue_add (&queue, &processes[1]);
  for (guint i = 0; i < 900; i++)
    {
      Process *p = run_queue_pick (&queue);
      turns[p - processes]++;
      run_queue_add (&queue, p);
    }
  g_assert_cmpuint (turns[0], ==, 800);
  g_assert_cmpuint (turns[1], ==, 100);
  run_queue_clear (&queue);
}

static void
test_queue_order (void)
{
  RunQueue            queue;
  Process             processes[6];
  static const guint8 priorities[] = { PRIORITY_NORMAL, PRIORITY_HIGH, PRIORITY_NORMAL,
                                       PRIORITY_MAX, PRIORITY_HIGH, PRIORITY_NORMAL };
  static const guint  expected[] = { 3, 1, 4, 0, 2, 5 };

  memset (processes, 0, sizeof processes);
  run_queue_init (&queue);
  for (guint i = 0; i < 6; i++)
    {
      atomic_store (&processes[i].priority, priorities[i]);
      g_assert_cmpuint (run_queue_add (&queue, &processes[i]), ==, i + 1);
    }
  for (guint i = 0; i < 6; i++)
    g_assert_true (run_queue_pick (&queue) == &processes[expected[i]]);
  g_assert_null (run_queue_pick (&queue));
  run_queue_clear (&queue);
}

static void
nothing (VmMachine *vm, gpointer data)
{
}

static void
test_timers (void)
{
  TimerHeap timers;
  Timer    *handles[1000];
  gint64    at[1000], last_at = -1, now;
  gsize     last_index = 0;
  guint     n = 0;
  gboolean  first;
  TimerFunc func;
  gpointer  data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  timer_heap_init (&timers);
  for (gsize i = 0; i < 1000; i++)
    {
      at[i] = g_rand_int_range (rand, 0, 50);
      handles[i] = timer_heap_set (&timers, at[i], nothing, GSIZE_TO_POINTER (i), &first);
    }
  for (gsize i = 0; i < 1000; i += 3)
    {
      g_assert_true (timer_heap_cancel (&timers, handles[i]));
      g_assert_false (timer_heap_cancel (&timers, handles[i]));
    }
  g_assert_false (timer_heap_pop (&timers, -1, &func, &data, &now));
  while (timer_heap_pop (&timers, 100, &func, &data, &now))
    {
      gsize index = GPOINTER_TO_SIZE (data);

      g_assert_cmpint (now, ==, at[index]);
      g_assert_true (index % 3 != 0);
      g_assert_true (now > last_at || (now == last_at && index > last_index));
      g_assert_false (timer_heap_cancel (&timers, handles[index]));
      last_at = now;
      last_index = index;
      n++;
    }
  g_assert_cmpuint (n, ==, 666);
  g_assert_cmpint (timer_heap_next (&timers), ==, G_MAXINT64);
  timer_heap_clear (&timers);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedulers/timers", test_timers);
  g_test_add_func ("/schedulers/queue-order", test_queue_order);
  g_test_add_func ("/schedulers/low-priority", test_low_priority);
  g_test_add_func ("/schedulers/slices", test_slices);
  g_test_add_func ("/schedulers/same-story", test_same_story);
  g_test_add_func ("/schedulers/seed", test_seed);
  g_test_add_func ("/schedulers/many", test_many_schedulers);
  g_test_add_func ("/schedulers/live", test_live);
  return g_test_run ();
}
