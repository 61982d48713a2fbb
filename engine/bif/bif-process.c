/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/process-util.h"

Term
bif_processes_0 (Process *p, Term *args)
{
  g_autoptr (GArray) pids = process_table_list (p->vm);
  Term  list = NIL;
  Term *hp = halloc (p, 2 * (gsize) pids->len);

  for (guint i = pids->len; i-- > 0; hp += 2)
    list = cons_write (hp, make_pid (g_array_index (pids, VmPid, i)), list);
  bump_reductions (p, (gint32) (pids->len / 25));
  return list;
}

static void
answer_alive (VmMachine *vm, Process *target, Signal *signal)
{
  bool alive = target != NULL && (atomic_load (&target->state) & PS_EXITING) == 0;

  signal_reply (vm, target, signal, bool_term (alive));
}

/* A signal where others wait, so that it comes after all that the caller sent before. */
Term
bif_is_process_alive_1 (Process *p, Term *args)
{
  Process *target;
  Signal  *signal;
  Term     ref;

  if (!term_is_pid (args[0]))
    return bif_badarg (p);
  if (pid_number (args[0]) == p->id)
    return A (true);
  target = process_table_lookup (p->vm, pid_number (args[0]));
  if (target == NULL)
    return A (false);
  if ((atomic_load (&target->state) & (PS_EXITING | PS_ANY_SIGNALS)) == 0)
    return A (true);
  signal = call_new (p, answer_alive, &ref);
  signal_send (p->vm, pid_number (args[0]), signal);
  return trap_await (p, ref);
}

Term
bif_is_system_process_1 (Process *p, Term *args)
{
  Process *target;

  if (!term_is_pid (args[0]))
    return bif_badarg (p);
  target = process_table_lookup (p->vm, pid_number (args[0]));
  return bool_term (target != NULL && (atomic_load (&target->state) & PS_SYSTEM) != 0);
}

/* --- group leader ------------------------------------------------------------ */

Term
bif_group_leader_0 (Process *p, Term *args)
{
  return p->group_leader;
}

/* erts_internal:group_leader(Leader, Pid): false = ask again with a reference. */
Term
bif_erts_group_leader_2 (Process *p, Term *args)
{
  Process *target;
  Term     result = A (false);
  guint32  state;

  if (!term_is_pid (args[0]) || !term_is_pid (args[1]))
    return A (badarg);
  if (pid_number (args[1]) == p->id)
    {
      p->group_leader = args[0];
      return A (true);
    }
  target = process_table_lookup (p->vm, pid_number (args[1]));
  if (target == NULL || !lock_try (&target->main_lock))
    return target == NULL ? A (badarg) : A (false);
  state = atomic_load (&target->state);
  if ((state & (PS_RUNNING | PS_ANY_SIGNALS | PS_MESSAGES)) == 0)
    {
      result = (state & (PS_EXITING | PS_FREE)) == 0 ? A (true) : A (badarg);
      if (result == A (true))
        target->group_leader = args[0];
    }
  lock_drop (&target->main_lock);
  return result;
}

static void
set_leader (VmMachine *vm, Process *target, Signal *signal)
{
  if (target != NULL)
    target->group_leader = signal->base.term; /* a pid */
  signal_reply (vm, target, signal, target != NULL ? A (true) : A (badarg));
}

Term
bif_erts_group_leader_3 (Process *p, Term *args)
{
  Signal *signal;

  if (!term_is_pid (args[0]) || !term_is_pid (args[1]) || !term_is_ref (args[2]))
    return A (badarg);
  signal = signal_new (SIGNAL_CALL, p->id);
  signal->call = set_leader;
  signal->base.term = args[0];
  ref_get_numbers (args[2], signal->ref);
  signal_send (p->vm, pid_number (args[1]), signal);
  return A (ok);
}

/* --- process_flag ------------------------------------------------------------- */

static bool
set_queue_data (Process *p, Term value, Term *old)
{
  *old = (p->flags & PF_OFF_HEAP_QUEUE) != 0 ? A (off_heap) : A (on_heap);
  if (value == A (off_heap))
    {
      /* Collections fetch no more: what lies on the heap must not wait in the outer queue. */
      signal_fetch (p);
      p->flags |= PF_OFF_HEAP_QUEUE;
      atomic_fetch_or (&p->state, PS_OFF_HEAP_QUEUE);
    }
  else if (value == A (on_heap))
    {
      p->flags &= ~(guint32) PF_OFF_HEAP_QUEUE;
      atomic_fetch_and (&p->state, ~(guint32) PS_OFF_HEAP_QUEUE);
    }
  else
    return false;
  return true;
}

static bool
set_priority (Process *p, Term value, Term *old)
{
  Priority priority;

  *old = priority_atom (atomic_load (&p->priority));
  if (!parse_priority (value, &priority))
    return false;
  atomic_store (&p->priority, priority);
  p->schedule_count = priority == PRIORITY_LOW ? 8 : 1;
  return true;
}

static bool
set_number (Process *p, Term flag, Term value, Term *old)
{
  Heap  *heap = &p->heap;
  gint64 n = term_is_small (value) ? small_value (value) : -1;

  if (n < 0)
    return false;
  if ((flag == A (min_heap_size) || flag == A (min_bin_vheap_size)) &&
      !bif_may_hold (p, (guint64) n))
    return false;
  if (flag == A (min_heap_size))
    {
      *old = make_small ((gint64) heap->min_size);
      heap->min_size = process_min_heap_size (p->vm, (gsize) n);
    }
  else if (flag == A (min_bin_vheap_size))
    {
      *old = make_small ((gint64) heap->min_vheap_size);
      heap->min_vheap_size = process_min_vheap_size (p->vm, (gsize) n);
    }
  else if (flag == A (fullsweep_after))
    {
      *old = make_small (heap->fullsweep_after);
      heap->fullsweep_after = (guint32) MIN (n, G_MAXUINT16);
    }
  else if (flag == A (save_calls) && n <= 10000)
    {
      *old = make_small (p->save_calls);
      p->save_calls = (guint32) n;
    }
  else
    return false;
  return true;
}

static bool
set_max_heap (Process *p, Term value, Term *old)
{
  gsize   size;
  guint32 flags;

  if (!parse_max_heap_size (value, &size, &flags))
    return false;
  *old = max_heap_size_term (p, &p->heap, p->heap.max_size, p->heap.flags);
  p->heap.max_size = size;
  p->heap.flags = (p->heap.flags & ~(guint32) (HEAP_MAX_KILL | HEAP_MAX_LOG)) | flags;
  return true;
}

static bool
set_flag (Process *p, Term flag, Term value, Term *old)
{
  if (flag == A (trap_exit))
    {
      *old = bool_term ((p->flags & PF_TRAP_EXIT) != 0);
      if (value != A (true) && value != A (false))
        return false;
      p->flags = value == A (true) ? p->flags | PF_TRAP_EXIT : p->flags & ~(guint32) PF_TRAP_EXIT;
      return true;
    }
  if (flag == A (sensitive))
    {
      *old = bool_term (p->is_sensitive);
      if (value != A (true) && value != A (false))
        return false;
      p->is_sensitive = value == A (true);
      return true;
    }
  if (flag == A (error_handler))
    {
      *old = p->error_handler;
      if (!term_is_atom (value))
        return false;
      p->error_handler = value;
      return true;
    }
  if (flag == A (monitor_nodes) || term_is_tuple_of (flag, 2))
    {
      *old = make_small (0); /* never more than one node */
      return value == A (true) || value == A (false);
    }
  if (flag == A (priority))
    return set_priority (p, value, old);
  if (flag == A (message_queue_data))
    return set_queue_data (p, value, old);
  if (flag == A (max_heap_size))
    return set_max_heap (p, value, old);
  return set_number (p, flag, value, old);
}

static bool
is_flag (Term name)
{
  const Term names[] = { A (trap_exit), A (sensitive), A (error_handler),
                         A (monitor_nodes), A (priority), A (message_queue_data),
                         A (max_heap_size), A (min_heap_size), A (min_bin_vheap_size),
                         A (fullsweep_after), A (save_calls) };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] == name)
      return true;
  return false;
}

Term
bif_process_flag_2 (Process *p, Term *args)
{
  Term old;

  /* Exit signals that came before are judged by the old value. */
  if (args[0] == A (trap_exit))
    bump_reductions (p, process_handle_signals_at_start (p, SLICE_REDUCTIONS));
  if (!set_flag (p, args[0], args[1], &old))
    return is_flag (args[0]) ? bif_badarg (p) : bif_badarg_cause (p, A (badopt));
  return unless_exiting (p, old);
}

static void
set_save_calls (VmMachine *vm, Process *target, Signal *signal)
{
  Term old = A (badarg);

  if (target != NULL)
    set_number (target, A (save_calls), signal->base.term, &old);
  signal_reply (vm, target, signal, old);
}

/* erts_internal:process_flag(Pid, save_calls, N) */
Term
bif_erts_process_flag_3 (Process *p, Term *args)
{
  Signal *signal;
  Term    ref;

  if (!term_is_pid (args[0]))
    return A (badtype);
  if (args[1] != A (save_calls) || !term_is_small (args[2]) || small_value (args[2]) < 0 ||
      small_value (args[2]) > 10000)
    return A (badarg);
  signal = call_new (p, set_save_calls, &ref);
  signal->base.term = args[2];
  signal_send (p->vm, pid_number (args[0]), signal);
  return ref;
}

/* --- suspending ---------------------------------------------------------------- */

static bool
is_suspending (Process *p, VmPid pid, guint *index)
{
  for (guint i = 0; p->suspending != NULL && i < p->suspending->len; i++)
    if (g_array_index (p->suspending, VmPid, i) == pid)
      {
        *index = i;
        return true;
      }
  return false;
}

/* erts_internal:suspend_process(Pid, Options) */
Term
bif_erts_suspend_process_2 (Process *p, Term *args)
{
  bool     unless = false, waits = true;
  Term     option = args[1], ref;
  Process *target;
  Signal  *signal;
  VmPid    pid;
  guint    index;

  for (; term_is_list (option); option = list_tail (option))
    {
      if (list_head (option) == A (unless_suspending))
        unless = true;
      else if (list_head (option) == A (asynchronous))
        waits = false;
      else
        return A (badopt);
    }
  if (!term_is_nil (option))
    return A (badopt);
  if (!term_is_pid (args[0]) || pid_number (args[0]) == p->id)
    return A (badarg);
  pid = pid_number (args[0]);
  target = process_table_lookup (p->vm, pid);
  if (target == NULL)
    return A (badarg);
  if (unless && is_suspending (p, pid, &index))
    return A (false);
  if (p->suspending == NULL)
    p->suspending = g_array_new (FALSE, FALSE, sizeof (VmPid));
  g_array_append_val (p->suspending, pid);
  atomic_fetch_add (&target->suspend_count, 1);
  if ((atomic_fetch_or (&target->state, PS_SUSPENDED) & PS_RUNNING) == 0 || !waits)
    return A (true);
  /* It runs just now: erlang:suspend_process/2 awaits {Ref, true}. */
  signal = call_new (p, process_defer_suspended, &ref);
  signal_send (p->vm, pid, signal);
  return ref;
}

Term
bif_resume_process_1 (Process *p, Term *args)
{
  guint index;

  if (!term_is_pid (args[0]) || !is_suspending (p, pid_number (args[0]), &index))
    return bif_badarg (p);
  g_array_remove_index (p->suspending, index);
  process_resume (p->vm, pid_number (args[0]), p->id);
  return A (true);
}

/* --- hibernating ---------------------------------------------------------------- */

/* hibernate(M, F, Args): gives up the stack and sleeps in the smallest heap that
 * holds the arguments; the next message applies M:F to them. */
Term
bif_hibernate_3 (Process *p, Term *args)
{
  const Cell *start_code, *exit_code;

  if (!term_is_atom (args[0]) || !term_is_atom (args[1]) || list_length (args[2]) < 0)
    return bif_badarg (p);
  process_table_get_start_code (p->vm, &start_code, &exit_code);
  p->heap.stop = p->heap.hend - 1;
  p->heap.stop[0] = (Term) exit_code;
  p->catches = 0;
  process_save_registers (p, args, 3);
  mailbox_rewind (p);
  signal_fetch (p);
  process_handle_signals_at_start (p, SLICE_REDUCTIONS);
  if ((atomic_load (&p->state) & PS_EXITING) != 0)
    return NONE;
  if (mailbox_peek (p) == NULL)
    bump_reductions (p, process_hibernate (p));
  p->flags |= PF_HIBERNATING;
  p->exception = EXC_TRAP;
  p->trap = NULL;
  p->trap_pc = start_code;
  return NONE;
}

Term
bif_bump_reductions_1 (Process *p, Term *args)
{
  if (!term_is_small (args[0]) || small_value (args[0]) < 0)
    return bif_badarg (p);
  bump_reductions (p, (gint32) MIN (small_value (args[0]), SLICE_REDUCTIONS));
  return A (true);
}

Term
bif_ports_0 (Process *p, Term *args)
{
  return NIL;
}
