/* SPDX-License-Identifier: Apache-2.0 */

/* Handling signals: the owner moves the outer queue to the middle one, and from
 * there, in order, messages to the inner queue; other signals take effect. A
 * message becomes visible to receive only when all that came before is handled. */

#include "config.h"

#include "engine/proc/signals.h"

#include "engine/proc/links.h"
#include "engine/proc/process-table.h"
#include "engine/trace/recorder.h"

#define FETCH_REDUCTIONS     4
#define UNITS_PER_REDUCTION  4 /* ERTS_SIG_REDS_CNT_FACTOR */
#define PREFERRED_REDUCTIONS 100

/* --- into the inner queue --------------------------------------------------- */

static void
append_marker (Process *p, Message *message)
{
  for (guint i = 0; p->markers != NULL && i < N_RECEIVE_MARKERS; i++)
    {
      ReceiveMarker *marker = &p->markers[i];

      if (marker->id != message->marker)
        continue;
      marker->is_placed = true;
      marker->at = p->messages_last;
      *p->messages_last = message;
      p->messages_last = &message->next;
      if (p->marker_awaited == message->marker)
        {
          p->scan = &message->next;
          p->marker_awaited = 0;
        }
      return;
    }
  g_free (message); /* given up before it arrived */
}

static void
append_inner (Process *p, Message *message)
{
  message->next = NULL;
  if (message->kind == SIGNAL_MARKER)
    {
      append_marker (p, message);
      return;
    }
  *p->messages_last = message;
  p->messages_last = &message->next;
  message->kind = SIGNAL_MESSAGE;
  p->n_messages++;
  if (message->fragment != NULL)
    p->message_words += message->words;
  process_emit (p->vm, p, p->id, VM_EVENT_RECEIVE, EVENT_PAIR (message->from, message->words), 0);
}

/* Virtual schedulers' clocks differ by a quantum: what was sent in the receiver's
 * future is waited for, so that nothing is seen before it was sent. */
static void
wait_until_sent (Process *p, const Signal *first)
{
  gint64 now_ns, ahead_ns = 0, tie_ns;

  if (first == NULL || p->run == NULL || !p->run->is_virtual)
    return;
  now_ns = process_now_ns (p->vm, p);
  /* the recording sorts by time; while the machine boots none passes */
  tie_ns = p->vm->options.n_schedulers > 1 && p->run->ns_per_reduction > 0 ? 1 : 0;
  for (const Signal *s = first; s != NULL; s = (const Signal *) s->base.next)
    ahead_ns = MAX (ahead_ns, s->base.sent_ns + tie_ns - now_ns);
  p->run->extra_ns += ahead_ns;
}

void
signal_fetch (Process *p)
{
  Signal *first;
  bool    direct;

  lock_take (&p->signal_lock);
  first = p->outer;
  direct =
    p->middle == NULL && (atomic_load_explicit (&p->state, memory_order_relaxed) & PS_SIGNALS) == 0;
  if (first != NULL && !direct)
    {
      *p->middle_last = first;
      p->middle_last = p->outer_last;
    }
  p->outer = NULL;
  p->outer_last = &p->outer;
  atomic_fetch_and_explicit (&p->state, ~(guint32) (PS_SIGNALS | PS_MESSAGES),
                             memory_order_relaxed);
  if (p->timer_fired && p->receive_timer != NULL)
    {
      p->timed_out = true;
      p->receive_timer = NULL;
    }
  lock_drop (&p->signal_lock);
  wait_until_sent (p, first);
  /* Not handled at once, perhaps (a collection fetches too): remembered. */
  if (p->middle != NULL)
    atomic_fetch_or_explicit (&p->state, PS_FETCHED, memory_order_relaxed);
  while (direct && first != NULL)
    {
      Signal *next = (Signal *) first->base.next;

      if (first->base.kind == SIGNAL_MESSAGE)
        atomic_fetch_sub_explicit (&p->n_queued, 1, memory_order_relaxed);
      append_inner (p, &first->base);
      first = next;
    }
}

/* --- effects ---------------------------------------------------------------- */

void
process_set_exit (Process *p, Term reason)
{
  p->exit_reason = reason;
  p->fvalue = NIL;
  p->ftrace = NIL;
  atomic_fetch_or (&p->state, PS_EXITING | PS_ACTIVE);
}

/* The signal dies with what it carried kept: its fragment goes to the heap. */
static void
keep_fragment (Process *p, Signal *signal)
{
  if (signal->base.fragment != NULL)
    heap_attach_fragment (&p->heap, signal->base.fragment);
  signal->base.fragment = NULL;
}

/* Returns its units of work. */
static int
handle_exit (Process *p, Signal *signal)
{
  Term reason = tuple_elements (signal->base.term)[2];
  bool linked = signal->base.kind == SIGNAL_EXIT_LINKED;
  int  units = 2;

  if (linked)
    {
      LinkEntry *entry = links_find_link (p, signal->base.from);
      bool       counts = entry != NULL && entry->unlink_id == 0;

      if (entry != NULL)
        links_remove (p, entry);
      if (!counts)
        {
          message_free (p->vm, &signal->base);
          return 3;
        }
    }
  if (!linked && reason == A (kill))
    process_set_exit (p, A (killed));
  else if ((p->flags & PF_TRAP_EXIT) != 0)
    {
      append_inner (p, &signal->base);
      return 2;
    }
  else if (reason != A (normal) || (!linked && signal->base.from == p->id))
    {
      keep_fragment (p, signal);
      process_set_exit (p, reason);
    }
  else
    units = 3;
  message_free (p->vm, &signal->base);
  return units;
}

/* Puts the monitor's own tag in the place of 'DOWN'. */
static void
tag_down (Process *p, const LinkEntry *entry, Signal *signal)
{
  Term         *tuple = boxed_ptr (signal->base.term);
  HeapFragment *copy;

  if (entry->tag == NONE)
    return;
  copy = term_copy_to_fragment (p->vm, entry->tag, &tuple[1]);
  if (copy != NULL)
    {
      /* One fragment for both: a queued message has one. */
      HeapFragment *whole;
      Term          term;

      whole = term_copy_to_fragment (p->vm, signal->base.term, &term);
      heap_fragment_free (p->vm, signal->base.fragment);
      heap_fragment_free (p->vm, copy);
      signal->base.fragment = whole;
      signal->base.term = term;
    }
}

/* A reason of no words travels without a tuple: that is made where the process has
 * room for it. */
static void
place_down (Process *p, Signal *signal)
{
  Heap *heap = &p->heap;
  Term *limit = MAX (heap->htop, heap->stop - HEAP_REDZONE);
  gsize words = signal->base.fragment->used;

  if ((p->flags & PF_OFF_HEAP_QUEUE) != 0 || (heap->flags & HEAP_DISABLE_GC) != 0 ||
      (gsize) (limit - heap->htop) <= words)
    return;
  signal->base.term = term_copy (p->vm, signal->base.term, &heap->htop, &heap->off_heap);
  heap_fragment_free (p->vm, signal->base.fragment);
  signal->base.fragment = NULL;
}

/* Returns its units of work. */
static int
handle_down (Process *p, Signal *signal)
{
  LinkEntry *entry = links_find_ref (p, LINK_MONITOR, signal->ref);
  LinkEntry *alias;
  bool       is_small = term_is_immediate (tuple_elements (signal->base.term)[4]);

  if (entry == NULL)
    {
      message_free (p->vm, &signal->base);
      return 1;
    }
  if (is_small)
    place_down (p, signal);
  tag_down (p, entry, signal);
  links_remove (p, entry);
  alias = links_find_ref (p, LINK_ALIAS, signal->ref);
  if (alias != NULL && alias->alias_mode != ALIAS_EXPLICIT)
    links_remove (p, alias);
  append_inner (p, &signal->base);
  return is_small ? 9 : 2;
}

static void
handle_monitor (Process *p, Signal *signal)
{
  LinkEntry *entry = links_add_ref (p, LINK_MONITORED_BY, signal->base.from, signal->ref);

  entry->name = signal->name;
  entry->has_alias = signal->ref_is_pid;
}

/* Returns its units of work. */
static int
handle_unlink (Process *p, Signal *signal)
{
  LinkEntry *entry = links_find_link (p, signal->base.from);
  Signal    *ack = signal_new (SIGNAL_UNLINK_ACK, p->id);
  int        units = 1;

  if (entry != NULL && entry->unlink_id == 0)
    {
      units = 5;
      links_remove (p, entry);
      process_emit (p->vm, p, p->id, VM_EVENT_GETTING_UNLINKED, signal->base.from, 0);
    }
  ack->id = signal->id;
  signal_send (p->vm, signal->base.from, ack);
  return units;
}

static void
handle_link (Process *p, Signal *signal)
{
  LinkEntry *entry = links_find_link (p, signal->base.from);

  if (entry != NULL)
    return; /* both linked at once, or we are unlinking: theirs is undone by ours */
  links_add_link (p, signal->base.from);
  process_emit (p->vm, p, p->id, VM_EVENT_GETTING_LINKED, signal->base.from, 0);
}

/* Returns its units of work. */
static int
handle_alias_message (Process *p, Signal *signal)
{
  LinkEntry *alias = links_find_ref (p, LINK_ALIAS, signal->ref);

  if (alias == NULL)
    {
      message_free (p->vm, &signal->base);
      return 3;
    }
  if (alias->alias_mode == ALIAS_REPLY_DEMONITOR)
    {
      links_remove (p, alias);
      process_demonitor (p, signal->ref);
    }
  append_inner (p, &signal->base);
  return 2;
}

/* What is no signal to ERTS costs none of its units. */
#define NO_UNITS -1

/* Applies one signal; takes it. Returns its units of work. */
static int
handle (Process *p, Signal *signal)
{
  LinkEntry *entry;
  int        units = 1;

  switch ((SignalKind) signal->base.kind)
    {
    case SIGNAL_MESSAGE:
      atomic_fetch_sub_explicit (&p->n_queued, 1, memory_order_relaxed);
      append_inner (p, &signal->base);
      return NO_UNITS;
    case SIGNAL_MARKER:
      append_inner (p, &signal->base);
      return 1;
    case SIGNAL_ALIAS_MESSAGE:
      return handle_alias_message (p, signal);
    case SIGNAL_EXIT:
    case SIGNAL_EXIT_LINKED:
      return handle_exit (p, signal);
    case SIGNAL_MONITOR_DOWN:
      return handle_down (p, signal);
    case SIGNAL_MONITOR:
      handle_monitor (p, signal);
      units = 3;
      break;
    case SIGNAL_DEMONITOR:
      entry = links_find_ref (p, LINK_MONITORED_BY, signal->ref);
      if (entry != NULL)
        links_remove (p, entry);
      units = entry != NULL ? 3 : 2;
      break;
    case SIGNAL_LINK:
      handle_link (p, signal);
      break;
    case SIGNAL_UNLINK:
      units = handle_unlink (p, signal);
      break;
    case SIGNAL_UNLINK_ACK:
      entry = links_find_link (p, signal->base.from);
      if (entry != NULL && entry->unlink_id == signal->id)
        {
          links_remove (p, entry);
          units = 5;
        }
      break;
    case SIGNAL_CALL:
      signal->call (p->vm, p, signal);
      break;
    case SIGNAL_TASK: /* charges for itself, beside one for the answer */
      signal->call (p->vm, p, signal);
      bump_reductions (p, 1);
      units = NO_UNITS;
      break;
    }
  message_free (p->vm, &signal->base);
  return units;
}

/* Handles the middle queue, up to @max_reds. Returns the reductions. */
static int
handle_middle (Process *p, int max_reds)
{
  int  units = 0;
  bool any = false;

  while (p->middle != NULL &&
         (atomic_load_explicit (&p->state, memory_order_relaxed) & PS_EXITING) == 0)
    {
      Signal *signal = p->middle;
      int     cost;

      if (signal->base.kind != SIGNAL_MESSAGE && units > max_reds * UNITS_PER_REDUCTION)
        break;
      p->middle = (Signal *) signal->base.next;
      if (p->middle == NULL)
        p->middle_last = &p->middle;
      cost = handle (p, signal);
      if (cost != NO_UNITS)
        {
          units += cost;
          any = true;
        }
    }
  if (any && p->middle == NULL)
    p->flags &= ~(guint32) PF_SELF_SIGNALS;
  return any ? units / UNITS_PER_REDUCTION + 1 : 0;
}

static bool
is_at_end (Process *p)
{
  return mailbox_peek (p) == NULL;
}

/* What is left makes it run again. */
static int
leave_rest (Process *p, int reds)
{
  if (p->middle != NULL)
    atomic_fetch_or (&p->state, PS_FETCHED);
  else if ((atomic_load_explicit (&p->state, memory_order_relaxed) & PS_FETCHED) != 0)
    atomic_fetch_and (&p->state, ~(guint32) PS_FETCHED);
  return reds;
}

int
process_handle_signals (Process *p, int max_reds)
{
  int reds = 0;

  for (;;)
    {
      if (p->middle == NULL)
        {
          reds += FETCH_REDUCTIONS;
          signal_fetch (p);
        }
      if (p->middle == NULL || (atomic_load (&p->state) & PS_EXITING) != 0)
        break;
      reds += handle_middle (p, MAX (max_reds - reds, PREFERRED_REDUCTIONS));
      if (reds >= max_reds || !is_at_end (p))
        break;
    }
  return leave_rest (p, reds);
}

int
process_handle_signals_at_start (Process *p, int max_reds)
{
  int reds = 0;

  if ((atomic_load_explicit (&p->state, memory_order_relaxed) & PS_SIGNALS) != 0)
    signal_fetch (p);
  if (p->middle != NULL)
    reds = handle_middle (p, MAX (max_reds, 1));
  return leave_rest (p, reds);
}

int
process_flush_self_signals (Process *p)
{
  int reds;

  if ((p->flags & PF_SELF_SIGNALS) == 0)
    return 0;
  signal_fetch (p);
  reds = handle_middle (p, G_MAXINT / UNITS_PER_REDUCTION);
  p->flags &= ~(guint32) PF_SELF_SIGNALS;
  return MAX (leave_rest (p, reds), 1);
}

bool
process_has_signals (Process *p)
{
  const Message *at = *p->scan;
  bool           any;

  while (at != NULL && at->kind == SIGNAL_MARKER)
    at = at->next;
  /* not PS_SIGNALS: it stands for the signal that is being handled, too */
  lock_take (&p->signal_lock);
  any = at != NULL || p->middle != NULL || p->outer != NULL;
  lock_drop (&p->signal_lock);
  return any;
}
