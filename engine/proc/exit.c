/* SPDX-License-Identifier: Apache-2.0 */

/* How a process ends. The order is what others can observe: its name is free
 * and its tables are gone before links and monitors tell anybody. */

#include "config.h"

#include "engine/data/data.h"
#include "engine/proc/dictionary.h"
#include "engine/proc/links.h"
#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/proc/signals.h"

#define VIRTUAL_EPOCH_US G_GINT64_CONSTANT (1704067200000000)

static void
free_signals (VmMachine *vm, Message *message)
{
  while (message != NULL)
    {
      Message *next = message->next;

      message_free (vm, message);
      message = next;
    }
}

void
process_free (Process *p)
{
  free_signals (p->vm, p->messages);
  free_signals (p->vm, (Message *) p->middle);
  free_signals (p->vm, (Message *) p->outer);
  free_signals (p->vm, (Message *) p->suspenders);
  heap_clear (&p->heap);
  links_free (p);
  dictionary_free (p);
  if (p->saved != p->saved_inline)
    g_free (p->saved);
  if (p->suspending != NULL)
    g_array_unref (p->suspending);
  g_free (p->markers);
  lock_clear (&p->signal_lock);
  lock_clear (&p->main_lock);
  g_free (p);
}

static void
free_cb (gpointer data)
{
  process_free (data);
}

/* Nothing more arrives from here on: senders see PS_FREE under the lock. */
static Signal *
close_queue (Process *p)
{
  Signal *rest;

  lock_take (&p->signal_lock);
  atomic_fetch_or (&p->state, PS_FREE);
  *p->middle_last = p->outer;
  rest = p->middle;
  p->middle = p->outer = NULL;
  p->middle_last = &p->middle;
  p->outer_last = &p->outer;
  lock_drop (&p->signal_lock);
  return rest;
}

static void
tell_links (Process *p, Term reason)
{
  LinkEntry *entry = p->links != NULL ? p->links->first : NULL;

  for (; entry != NULL; entry = entry->next)
    if (entry->kind == LINK_LINK && entry->unlink_id == 0)
      signal_send_exit_from (p->vm, p->id, entry->other, reason, SIGNAL_EXIT_LINKED);
}

static void
tell_monitors (Process *p, Term reason)
{
  LinkEntry *entry = p->links != NULL ? p->links->first : NULL;

  for (; entry != NULL; entry = entry->next)
    {
      if (entry->kind == LINK_MONITORED_BY)
        {
          Signal monitor = { .base.from = entry->other,
                             .name = entry->name,
                             .ref_is_pid = entry->has_alias };

          memcpy (monitor.ref, entry->ref, sizeof monitor.ref);
          signal_send_down (p->vm, p->id, &monitor, reason);
        }
      else if (entry->kind == LINK_MONITOR)
        {
          Signal *signal = signal_new (SIGNAL_DEMONITOR, p->id);

          memcpy (signal->ref, entry->ref, sizeof signal->ref);
          signal_send (p->vm, entry->other, signal);
        }
    }
}

static void
resume_suspended (Process *p)
{
  for (guint i = 0; p->suspending != NULL && i < p->suspending->len; i++)
    process_resume (p->vm, g_array_index (p->suspending, VmPid, i), p->id);
}

void
process_defer_suspended (VmMachine *vm, Process *target, Signal *signal)
{
  Signal *kept;

  if (target == NULL)
    {
      signal_reply (vm, NULL, signal, A (badarg));
      return;
    }
  kept = g_memdup2 (signal, sizeof *signal);
  kept->base.fragment = NULL;
  kept->base.next = (Message *) target->suspenders;
  target->suspenders = kept;
  /* give up what is left of the slice */
  if (target->fcalls > 0)
    {
      target->virtual_reds += target->fcalls;
      target->fcalls = 0;
    }
}

void
process_answer_suspenders (Process *p)
{
  bool gone = (atomic_load (&p->state) & PS_FREE) != 0;

  while (p->suspenders != NULL)
    {
      Signal *signal = p->suspenders;

      p->suspenders = (Signal *) signal->base.next;
      signal_reply (p->vm, gone ? NULL : p, signal, gone ? A (badarg) : A (true));
      message_free (p->vm, &signal->base);
    }
}

void
process_resume (VmMachine *vm, VmPid pid, VmPid by)
{
  Process *target = process_table_lookup (vm, pid);

  if (target == NULL || atomic_fetch_sub (&target->suspend_count, 1) != 1)
    return;
  atomic_fetch_and (&target->state, ~(guint32) PS_SUSPENDED);
  process_wake (target, 0, by);
}

void
process_exit (Process *p, Term reason)
{
  VmMachine *vm = p->vm;
  Term       name;
  Signal    *rest;

  atomic_fetch_or (&p->state, PS_EXITING);
  p->exit_reason = reason;
  mailbox_cancel_timeout (p);
  process_emit (vm, p, p->id, VM_EVENT_EXIT, process_intern_term (vm, reason), 0);
  name = registry_name_of (vm, p->id);
  if (name != NONE)
    registry_remove (vm, p, name);
  if (vm->hooks->ets_process_exit != NULL)
    vm->hooks->ets_process_exit (vm, p);
  resume_suspended (p);
  if ((p->flags & PF_IS_MAIN) != 0 && vm->hooks->main_exited != NULL)
    vm->hooks->main_exited (vm, p, p->exception == EXC_NONE && p->result != NONE);
  process_table_remove ((ProcessTable *) vm->processes, p);
  rest = close_queue (p);
  tell_links (p, reason);
  tell_monitors (p, reason);
  while (rest != NULL)
    {
      Signal *next = (Signal *) rest->base.next;

      signal_answer_for_dead (vm, p->id, rest);
      rest = next;
    }
  free_signals (vm, p->messages);
  p->messages = NULL;
  p->exit_reason = NONE;
  heap_clear (&p->heap);
  links_free (p);
  dictionary_free (p);
  vm->hooks->retire (vm, p, free_cb);
}

/* --- what is said of it ------------------------------------------------------- */

/* {log, error, Format, Args, Metadata} to the process `logger`, as erts/utils.c
 * sends what the emulator has to say. */
static void
send_to_logger (Process *p, const char *format, Term args)
{
  VmMachine *vm = p->vm;
  Heap      *heap = &p->heap;
  Term       to = __atomic_load_n (&vm->system_logger, __ATOMIC_RELAXED);
  VmPid      logger = term_is_pid (to)      ? pid_number (to)
                      : to == A (undefined) ? VM_PID_NONE
                                            : registry_lookup (vm, A (logger));
  gint64     us = vm->options.clock == VM_CLOCK_VIRTUAL
                    ? VIRTUAL_EPOCH_US + process_now_ns (vm, p) / 1000
                    : g_get_real_time ();
  Term       inner[] = { A (emulator), A (true), A (tag), A (error) };
  Term       meta[8];
  bool       found;

  if (logger == VM_PID_NONE)
    return;
  meta[0] = A (error_logger);
  meta[1] = map_new (heap, inner, 2);
  meta[2] = A (gl);
  meta[3] = p->group_leader;
  meta[4] = A (pid);
  meta[5] = process_pid (p);
  meta[6] = A (time);
  meta[7] = integer_from_i64 (heap, us);
  process_send (vm, p, logger,
                tuple_new (heap, 5, A (log), A (error), string_new (heap, format, -1), args,
                           map_new (heap, meta, 4)),
                &found);
}

void
process_log_uncaught (Process *p, Term value)
{
  Term args[2] = { process_pid (p), value };

  send_to_logger (p, "Error in process ~p with exit value:~n~p~n",
                  list_new (&p->heap, args, 2, NIL));
}

void
process_log_text (Process *p, const char *text)
{
  Term string = string_new (&p->heap, text, -1);

  send_to_logger (p, "~s~n", list_new (&p->heap, &string, 1, NIL));
}

void
process_log_max_heap (Process *p, guint64 total_words, Term gc_info)
{
  Heap *heap = &p->heap;
  Term  args[7];

  args[0] = process_pid (p);
  args[1] = integer_from_u64 (heap, heap->max_size);
  args[2] = integer_from_u64 (heap, total_words);
  args[3] = (heap->flags & HEAP_MAX_KILL) != 0 ? A (true) : A (false);
  args[4] = A (true);
  args[5] = make_small (p->n_messages + atomic_load (&p->n_queued));
  args[6] = gc_info;
  send_to_logger (p,
                  "     Process:            ~p ~n"
                  "     Context:            maximum heap size reached~n"
                  "     Max Heap Size:      ~p~n"
                  "     Total Heap Size:    ~p~n"
                  "     Kill:               ~p~n"
                  "     Error Logger:       ~p~n"
                  "     Message Queue Len:  ~p~n"
                  "     GC Info:            ~p~n",
                  list_new (heap, args, 7, NIL));
}
