/* SPDX-License-Identifier: Apache-2.0 */

/* The inner message queue, as receive sees it: a cursor that passes messages
 * that do not match, markers it can skip to, and a timer.
 *
 * A marker stands in the queue behind all messages that were there when it was
 * reserved. A receive for a reference made after that need not look at what
 * stands before it. */

#include "config.h"

#include "engine/proc/links.h"
#include "engine/proc/process-table.h"
#include "engine/proc/signals.h"
#include "engine/trace/recorder.h"

Message *
mailbox_peek (Process *p)
{
  while (*p->scan != NULL && (*p->scan)->kind == SIGNAL_MARKER)
    p->scan = &(*p->scan)->next;
  return *p->scan;
}

void
mailbox_skip (Process *p)
{
  if (mailbox_peek (p) != NULL)
    p->scan = &(*p->scan)->next;
}

void
mailbox_rewind (Process *p)
{
  p->scan = &p->messages;
  p->marker_awaited = 0;
}

void
mailbox_to_end (Process *p)
{
  signal_fetch (p);
  if (p->middle == NULL)
    p->scan = p->messages_last;
}

/* Takes *@at out of the queue; whoever pointed to its `next` points to @at. */
static Message *
unlink_message (Process *p, Message **at)
{
  Message *message = *at;

  *at = message->next;
  if (p->messages_last == &message->next)
    p->messages_last = at;
  if (p->scan == &message->next)
    p->scan = at;
  if (message->next != NULL && message->next->kind == SIGNAL_MARKER)
    for (guint i = 0; p->markers != NULL && i < N_RECEIVE_MARKERS; i++)
      if (p->markers[i].message == message->next)
        p->markers[i].at = at;
  return message;
}

void
mailbox_remove (Process *p)
{
  Message *message = mailbox_peek (p);

  if (message == NULL) /* code that takes what it did not look at */
    return;
  message = unlink_message (p, p->scan);
  p->n_messages--;
  if (message->fragment != NULL)
    {
      p->message_words -= message->words;
      heap_attach_fragment (&p->heap, message->fragment);
    }
  process_emit (p->vm, p, p->id, VM_EVENT_TAKE, EVENT_PAIR (message->from, message->words),
                p->n_messages + atomic_load_explicit (&p->n_queued, memory_order_relaxed));
  g_free (message);
  mailbox_rewind (p);
  mailbox_cancel_timeout (p);
}

/* --- markers ---------------------------------------------------------------- */

static ReceiveMarker *
find_bound (Process *p, Term ref)
{
  for (guint i = 0; p->markers != NULL && i < N_RECEIVE_MARKERS; i++)
    if (p->markers[i].id != 0 && p->markers[i].is_bound && ref_has_numbers (ref, p->markers[i].ref))
      return &p->markers[i];
  return NULL;
}

static ReceiveMarker *
find_id (Process *p, Term id)
{
  for (guint i = 0; p->markers != NULL && i < N_RECEIVE_MARKERS; i++)
    if (p->markers[i].id != 0 && make_small (p->markers[i].id) == id)
      return &p->markers[i];
  return NULL;
}

/* One that has not arrived yet is dropped when it does. */
static void
free_marker (Process *p, ReceiveMarker *marker)
{
  if (marker->is_placed)
    g_free (unlink_message (p, marker->at));
  else if (p->marker_awaited == marker->id)
    p->marker_awaited = 0;
  memset (marker, 0, sizeof *marker);
}

Term
mailbox_marker_reserve (Process *p)
{
  ReceiveMarker *marker = NULL;
  Message       *message;

  if (p->markers == NULL)
    p->markers = g_new0 (ReceiveMarker, N_RECEIVE_MARKERS);
  for (guint i = 0; i < N_RECEIVE_MARKERS && marker == NULL; i++)
    if (p->markers[i].id == 0)
      marker = &p->markers[i];
  if (marker == NULL)
    return A (undefined);
  if (++p->last_marker == 0)
    p->last_marker = 1;
  message = g_new0 (Message, 1);
  message->kind = SIGNAL_MARKER;
  message->marker = p->last_marker;
  message->from = p->id;
  *marker = (ReceiveMarker){ .id = p->last_marker, .message = message };
  /* Behind everything that is there now; its own thread, so no waking. */
  lock_take (&p->signal_lock);
  *p->outer_last = (Signal *) message;
  p->outer_last = (Signal **) &message->next;
  lock_drop (&p->signal_lock);
  return make_small (marker->id);
}

void
mailbox_marker_bind (Process *p, Term id, Term ref)
{
  ReceiveMarker *marker = find_id (p, id);

  if (marker == NULL || !term_is_ref (ref))
    return;
  ref_get_numbers (ref, marker->ref);
  marker->is_bound = true;
}

void
mailbox_marker_clear (Process *p, Term what)
{
  ReceiveMarker *marker = term_is_ref (what) ? find_bound (p, what) : find_id (p, what);

  if (marker != NULL)
    free_marker (p, marker);
}

void
mailbox_marker_use (Process *p, Term ref)
{
  ReceiveMarker *marker = term_is_ref (ref) ? find_bound (p, ref) : NULL;

  if (marker == NULL)
    return;
  if (marker->is_placed)
    p->scan = &marker->message->next;
  else
    {
      /* All that is in the inner queue came before it. */
      p->scan = p->messages_last;
      p->marker_awaited = marker->id;
    }
}

/* --- the timer of a receive -------------------------------------------------- */

/* Fires on some scheduler's thread. The process is found by its number and told
 * under its signal lock, under which the owner cancels too. */
static void
receive_timeout (VmMachine *vm, gpointer data)
{
  guint64  packed = (guint64) (guintptr) data;
  Process *p = process_table_lookup (vm, (VmPid) (packed & 0xfffffff));
  guint32  serial = (guint32) (packed >> 28);
  bool     fired = false;

  if (p == NULL)
    return;
  lock_take (&p->signal_lock);
  if (p->timer_serial == serial && (atomic_load (&p->state) & PS_FREE) == 0)
    {
      fired = p->timer_fired = true;
      atomic_fetch_or_explicit (&p->state, PS_SIGNALS, memory_order_relaxed);
    }
  lock_drop (&p->signal_lock);
  if (!fired)
    return;
  process_emit (vm, NULL, p->id, VM_EVENT_TIMEOUT, 0, 0);
  process_wake (p, 0, VM_PID_NONE);
}

void
mailbox_set_timeout (Process *p, guint64 milliseconds)
{
  gint64  at = process_now_ns (p->vm, p) + (gint64) milliseconds * 1000000;
  guint64 packed;

  lock_take (&p->signal_lock);
  p->timer_serial++;
  p->timer_fired = false;
  packed = (guint64) p->timer_serial << 28 | p->id;
  lock_drop (&p->signal_lock);
  p->timed_out = false;
  p->receive_timer =
    p->vm->hooks->timer_set (p->vm, at, receive_timeout, (gpointer) (guintptr) packed);
}

void
mailbox_cancel_timeout (Process *p)
{
  p->timed_out = false;
  p->timeout_pc = NULL;
  if (p->receive_timer == NULL)
    return;
  lock_take (&p->signal_lock);
  /* Not fired as far as we see: the timer has not passed this lock, so it is
   * still there to be cancelled; if it fires all the same its serial is old. */
  if (!p->timer_fired)
    p->vm->hooks->timer_cancel (p->vm, p->receive_timer);
  p->timer_serial++;
  p->timer_fired = false;
  lock_drop (&p->signal_lock);
  p->receive_timer = NULL;
}
