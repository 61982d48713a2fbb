/* SPDX-License-Identifier: Apache-2.0 */

/* Sending signals: the outer queue, waking, where a message's body goes, and
 * what the dead answer. */

#include "config.h"

#include "engine/proc/signals.h"

#include "engine/proc/process-table.h"
#include "engine/trace/recorder.h"

Signal *
signal_new (SignalKind kind, VmPid from)
{
  Signal *signal = g_new0 (Signal, 1);

  signal->base.kind = kind;
  signal->base.from = from;
  return signal;
}

void
message_free (VmMachine *vm, Message *message)
{
  HeapFragment *fragment = message->fragment;

  while (fragment != NULL)
    {
      HeapFragment *next = fragment->next;

      heap_fragment_free (vm, fragment);
      fragment = next;
    }
  g_free (message);
}

void
process_wake (Process *p, guint32 bits, VmPid by)
{
  guint32 old = atomic_load_explicit (&p->state, memory_order_relaxed);
  guint32 new;

  do
    {
      new = old | bits;
      if ((old & (PS_RUNNING | PS_IN_RUNQ | PS_FREE)) == 0 &&
          ((old & PS_SUSPENDED) == 0 || (new &PS_ANY_SIGNALS) != 0))
        new |= PS_IN_RUNQ;
    }
  while (!atomic_compare_exchange_weak_explicit (&p->state, &old, new, memory_order_acq_rel,
                                                 memory_order_relaxed));
  if ((new &PS_IN_RUNQ) != 0 && (old & PS_IN_RUNQ) == 0)
    p->vm->hooks->enqueue (p->vm, p, by);
}

/* Appends to the outer queue and wakes. FALSE: @to has ended. */
static bool
append (Process *to, Message *message)
{
  Signal *signal = (Signal *) message;
  bool    is_message = message->kind == SIGNAL_MESSAGE;
  VmPid   from = message->from; /* once queued, @message is the receiver's */

  message->next = NULL;
  if (to->vm->options.clock == VM_CLOCK_VIRTUAL)
    message->sent_ns = process_now_ns (to->vm, NULL);
  lock_take (&to->signal_lock);
  if ((atomic_load_explicit (&to->state, memory_order_relaxed) & PS_FREE) != 0)
    {
      lock_drop (&to->signal_lock);
      return false;
    }
  *to->outer_last = signal;
  to->outer_last = (Signal **) &message->next;
  if (is_message)
    atomic_fetch_add_explicit (&to->n_queued, 1, memory_order_relaxed);
  /* Inside the lock: who fetches must not clear the bit of what it did not see. */
  atomic_fetch_or_explicit (&to->state, is_message ? PS_MESSAGES : PS_SIGNALS,
                            memory_order_relaxed);
  lock_drop (&to->signal_lock);
  process_wake (to, is_message ? PS_ACTIVE : 0, from);
  return true;
}

/* --- for the dead ---------------------------------------------------------- */

static HeapFragment *
down_tuple (VmMachine *vm, VmPid target, const Signal *monitor, Term reason, Term *term)
{
  gsize         ref_words = monitor->ref_is_pid ? PID_REF_WORDS : REF_WORDS;
  gsize         name_words = monitor->name != NONE ? 3 : 0;
  HeapFragment *fragment =
    heap_fragment_new (vm, 6 + ref_words + name_words + term_flat_words (reason));
  Term *hp = fragment->mem;
  Term *tuple = hp;

  hp += 6;
  tuple[0] = TUPLE_HEADER (5);
  tuple[1] = A (DOWN);
  tuple[2] = ref_write (hp, monitor->ref, monitor->ref_is_pid ? monitor->base.from : VM_PID_NONE);
  hp += ref_words;
  tuple[3] = A (process);
  tuple[4] = make_pid (target);
  if (monitor->name != NONE)
    {
      hp[0] = TUPLE_HEADER (2);
      hp[1] = monitor->name;
      hp[2] = A (nonode_nohost);
      tuple[4] = make_boxed (hp);
      hp += 3;
    }
  tuple[5] = term_copy_all (vm, reason, &hp, &fragment->off_heap); /* ERTS: literals, too */
  *term = make_boxed (tuple);
  return fragment;
}

void
signal_send_down (VmMachine *vm, VmPid target, const Signal *monitor, Term reason)
{
  Signal *down = signal_new (SIGNAL_MONITOR_DOWN, target);

  memcpy (down->ref, monitor->ref, sizeof down->ref);
  down->base.fragment = down_tuple (vm, target, monitor, reason, &down->base.term);
  signal_send (vm, monitor->base.from, down);
}

void
signal_answer_for_dead (VmMachine *vm, VmPid dead, Signal *signal)
{
  VmPid from = signal->base.from;

  switch ((SignalKind) signal->base.kind)
    {
    case SIGNAL_LINK:
      signal_send_exit_from (vm, dead, from, A (noproc), SIGNAL_EXIT_LINKED);
      break;
    case SIGNAL_MONITOR:
      signal_send_down (vm, dead, signal, A (noproc));
      break;
    case SIGNAL_CALL:
    case SIGNAL_TASK:
      signal->call (vm, NULL, signal);
      break;
    default:
      break;
    }
  message_free (vm, &signal->base);
}

bool
signal_send (VmMachine *vm, VmPid to, Signal *signal)
{
  Process *target = process_table_lookup (vm, to);

  if (target != NULL && signal->base.from == to)
    target->flags |= PF_SELF_SIGNALS;
  if (target != NULL && append (target, &signal->base))
    return true;
  signal_answer_for_dead (vm, to, signal);
  return false;
}

void
signal_send_exit_from (VmMachine *vm, VmPid from, VmPid to, Term reason, SignalKind kind)
{
  Signal       *signal = signal_new (kind, from);
  HeapFragment *fragment = heap_fragment_new (vm, 4 + term_flat_words (reason));
  Term         *hp = fragment->mem + 4;

  fragment->mem[0] = TUPLE_HEADER (3);
  fragment->mem[1] = A (EXIT);
  fragment->mem[2] = make_pid (from);
  fragment->mem[3] = term_copy_all (vm, reason, &hp, &fragment->off_heap);
  signal->base.fragment = fragment;
  signal->base.term = make_boxed (fragment->mem);
  signal_send (vm, to, signal);
}

void
process_send_exit (VmMachine *vm, VmPid from, VmPid to, Term reason, bool linked)
{
  signal_send_exit_from (vm, from, to, reason, linked ? SIGNAL_EXIT_LINKED : SIGNAL_EXIT);
}

void
signal_reply (VmMachine *vm, Process *by, const Signal *call, Term result)
{
  gsize         ref_words = call->ref_is_pid ? PID_REF_WORDS : REF_WORDS;
  HeapFragment *fragment = heap_fragment_new (vm, 3 + ref_words + term_copy_words (vm, result));
  Term         *hp = fragment->mem + 3;

  fragment->mem[0] = TUPLE_HEADER (2);
  fragment->mem[1] = ref_write (hp, call->ref, call->ref_is_pid ? call->base.from : VM_PID_NONE);
  hp += ref_words;
  fragment->mem[2] = term_copy (vm, result, &hp, &fragment->off_heap);
  process_send_fragment (vm, by != NULL ? by->id : VM_PID_NONE, call->base.from,
                         make_boxed (fragment->mem), fragment);
}

/* --- messages -------------------------------------------------------------- */

/* Copies @message onto the heap of @to if its owner may be held off and there is
 * room (main lock taken then); NULL fragment and TRUE: it lies there. */
static bool
copy_to_heap (VmMachine *vm, Process *to, Term message, gsize words, Term *copy)
{
  Heap *heap = &to->heap;
  Term *limit;

  if ((atomic_load_explicit (&to->state, memory_order_relaxed) &
       (PS_OFF_HEAP_QUEUE | PS_EXITING | PS_FREE)) != 0 ||
      !lock_try (&to->main_lock))
    return false;
  limit = MAX (heap->htop, heap->stop - HEAP_REDZONE);
  if ((atomic_load (&to->state) & (PS_RUNNING | PS_EXITING | PS_FREE)) != 0 ||
      (heap->flags & HEAP_DISABLE_GC) != 0 || (gsize) (limit - heap->htop) <= words)
    {
      lock_drop (&to->main_lock);
      return false;
    }
  *copy = term_copy (vm, message, &heap->htop, &heap->off_heap);
  return true;
}

static void
emit_send (VmMachine *vm, Process *from, VmPid to, gsize words, Term message, bool found)
{
  if (from != NULL)
    process_emit (vm, from, from->id, found ? VM_EVENT_SEND : VM_EVENT_SEND_TO_NON_EXISTING_PROCESS,
                  EVENT_PAIR (to, words), process_intern_term (vm, message));
}

/* @alias (nullable): the numbers of the alias it goes through. */
static gsize
send_to (VmMachine *vm, Process *from, VmPid to, Term term, const guint32 *alias, bool *found)
{
  Process *target = process_table_lookup (vm, to);
  bool     locked = false;
  gsize    words = 0;
  Message *message;

  if (target == NULL || (atomic_load (&target->state) & PS_FREE) != 0)
    {
      emit_send (vm, from, to, 0, term, false);
      *found = false;
      return 0;
    }
  message = alias == NULL ? g_new0 (Message, 1) : &signal_new (SIGNAL_ALIAS_MESSAGE, 0)->base;
  message->from = from != NULL ? from->id : VM_PID_NONE;
  message->term = term;
  if (alias != NULL)
    memcpy (((Signal *) message)->ref, alias, 3 * sizeof (guint32));
  if (target == from)
    from->flags |= PF_SELF_SIGNALS;
  /* Through an alias always a copy: collections see no terms of waiting signals. */
  if (!term_is_immediate (term) && (target != from || alias != NULL ||
                                    (atomic_load (&target->state) & PS_OFF_HEAP_QUEUE) != 0))
    words = term_copy_words (vm, term);
  if (words > 0)
    {
      if (target != from && alias == NULL)
        locked = copy_to_heap (vm, target, term, words, &message->term);
      if (!locked)
        message->fragment = term_copy_to_fragment (vm, term, &message->term);
    }
  message->words = (guint32) MIN (words, G_MAXUINT32);
  emit_send (vm, from, to, words, term, true);
  *found = append (target, message);
  if (locked)
    lock_drop (&target->main_lock);
  if (!*found)
    message_free (vm, message);
  return words;
}

gsize
process_send (VmMachine *vm, Process *from, VmPid to, Term message, bool *found)
{
  return send_to (vm, from, to, message, NULL, found);
}

gsize
process_send_alias (VmMachine *vm, Process *from, Term ref, Term message, bool *found)
{
  guint32 numbers[3];
  VmPid   to = ref_get_pid (ref);

  if (to == VM_PID_NONE)
    {
      *found = false;
      return 0;
    }
  ref_get_numbers (ref, numbers);
  return send_to (vm, from, to, message, numbers, found);
}

bool
process_send_fragment (VmMachine *vm, VmPid from, VmPid to, Term term, HeapFragment *fragment)
{
  Process *target = process_table_lookup (vm, to);
  Message *message = g_new0 (Message, 1);

  message->from = from;
  message->term = term;
  message->fragment = fragment;
  message->words = fragment != NULL ? (guint32) fragment->used : 0;
  if (target != NULL && append (target, message))
    return true;
  message_free (vm, message);
  return false;
}
