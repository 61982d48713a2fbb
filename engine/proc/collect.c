/* SPDX-License-Identifier: Apache-2.0 */

/* Collecting a process: which words are its roots, and what is told of it. */

#include "config.h"

#include "engine/data/data.h"
#include "engine/mem/gc-capture.h"
#include "engine/proc/dictionary.h"
#include "engine/proc/process-table.h"
#include "engine/proc/signals.h"
#include "engine/proc/system-monitor.h"
#include "engine/proc/tracing.h"

#define INLINE_RANGES 48

typedef struct
{
  GcRoots    roots;
  guint      size;
  Process   *p;
  gsize      queued_words;
  gsize      staying_words; /* of inner messages whose fragments do not move in */
  RootRange *late;          /* of messages whose fragments move in */
  guint      n_late;
  guint      late_size;
  GcCapture *capture; /* (nullable) */
  RootRange  inline_ranges[INLINE_RANGES];
} Roots;

static void
add_range (RootRange **ranges, guint *n, guint *size, RootRange *own, RootRange range)
{
  if (*n == *size)
    {
      RootRange *grown = g_new (RootRange, MAX (*size * 2, 32));

      if (*n > 0)
        memcpy (grown, *ranges, *n * sizeof (RootRange));
      if (*ranges != own)
        g_free (*ranges);
      *ranges = grown;
      *size = MAX (*size * 2, 32);
    }
  (*ranges)[*n] = range;
  (*n)++;
}

static void
add_root (Roots *r, Term *first, gsize n, VmGcRootKind kind)
{
  RootRange range = { first, n, kind };

  if (n > 0)
    add_range (&r->roots.ranges, &r->roots.n_ranges, &r->size, r->inline_ranges, range);
}

static void
add_term (Roots *r, Term *slot, VmGcRootKind kind)
{
  if (term_is_list (*slot) || term_is_boxed (*slot))
    add_root (r, slot, 1, kind);
}

/* FALSE: it stays in its fragment. */
static bool
add_message (Roots *r, Process *p, Message *message)
{
  if (message->kind == SIGNAL_MARKER || term_is_immediate (message->term))
    return true;
  if (message->fragment == NULL)
    add_term (r, &message->term, VM_GC_ROOT_MESSAGE);
  else if ((p->flags & PF_OFF_HEAP_QUEUE) == 0 && message->fragment->next == NULL)
    {
      r->queued_words += message->fragment->used;
      add_range (&r->late, &r->n_late, &r->late_size, NULL,
                 (RootRange){ &message->term, 1, VM_GC_ROOT_MESSAGE });
    }
  else
    return false;
  return true;
}

static void
roots_init (Roots *r, Process *p, Term *regs, guint n_regs)
{
  memset (r, 0, offsetof (Roots, inline_ranges));
  r->p = p;
  r->roots.ranges = r->inline_ranges;
  r->size = INLINE_RANGES;
  if (p->dictionary != NULL)
    add_root (r, p->dictionary->slots, p->dictionary->n_slots, VM_GC_ROOT_DICTIONARY);
  add_root (r, regs, n_regs, regs == p->saved ? VM_GC_ROOT_SAVED : VM_GC_ROOT_REGISTER);
  if (regs != p->saved)
    add_root (r, p->saved, p->n_live, VM_GC_ROOT_SAVED);
  add_term (r, &p->seq_trace_token, VM_GC_ROOT_TRACE_TOKEN);
  add_term (r, &p->group_leader, VM_GC_ROOT_GROUP_LEADER);
  add_term (r, &p->fvalue, VM_GC_ROOT_EXCEPTION);
  add_term (r, &p->ftrace, VM_GC_ROOT_EXCEPTION);
  add_term (r, &p->exit_reason, VM_GC_ROOT_EXCEPTION);
  add_term (r, &p->result, VM_GC_ROOT_RESULT);
  add_term (r, &p->uncaught_reason, VM_GC_ROOT_EXCEPTION);
  add_term (r, &p->uncaught_trace, VM_GC_ROOT_EXCEPTION);
  for (Message *m = p->messages; m != NULL; m = m->next)
    if (!add_message (r, p, m))
      r->staying_words += m->words;
  for (Signal *s = p->middle; s != NULL; s = (Signal *) s->base.next)
    if (s->base.kind == SIGNAL_MESSAGE)
      add_message (r, p, &s->base);
  for (guint i = 0; i < r->n_late; i++)
    add_root (r, r->late[i].first, 1, VM_GC_ROOT_MESSAGE);
  r->roots.n_late = r->n_late;
}

static void
roots_clear (Roots *r)
{
  if (r->roots.ranges != r->inline_ranges)
    g_free (r->roots.ranges);
  g_free (r->late);
}

/* Is somebody watching @p's collections? @exact: p->pc says where it is. */
static GcCapture *
begin_capture (Process *p, Roots *r, bool exact)
{
  VmMachine *vm = p->vm;

  if (VM_LIKELY (__atomic_load_n (&vm->watches_collections, __ATOMIC_RELAXED) == 0))
    return NULL;
  r->capture = vm->hooks->watch_collection (vm, p, exact);
  for (guint i = 0; r->capture != NULL && i < r->n_late; i++)
    {
      const Message *message =
        (const Message *) ((guint8 *) r->late[i].first - offsetof (Message, term));

      gc_capture_add_message (r->capture, message->fragment);
    }
  return r->capture;
}

/* GcRequest.move_queued: the late roots are the messages' terms. */
static void
move_queued (Heap *heap, gpointer data)
{
  Roots *r = data;

  for (guint i = 0; i < r->n_late; i++)
    {
      Message *message = (Message *) ((guint8 *) r->late[i].first - offsetof (Message, term));

      if (r->capture != NULL)
        gc_capture_note (r->capture, VM_GC_ACTION_MOVE_IN, NULL, message->fragment->mem, heap->htop,
                         message->fragment->used);
      heap_move_fragment (heap, message->fragment, &message->term);
      message->fragment = NULL;
    }
  r->p->message_words = r->staying_words;
}

typedef struct
{
  Process *p;
  gsize    extra_stack;
  guint64  limit_keys[VM_N_GC_KEYS];
  bool     over_limit;
  /* An event that is not told yet: only when a collection is over is known what it
   * cost, which under the virtual clock is how long it took. */
  VmEventKind pending; /* VM_EVENT_NONE: there is none */
  guint64     pending_keys[VM_N_GC_KEYS];
} Report;

static void
tell_pending (Report *r, int cost)
{
  Process *p = r->p;
  gint64   now_ns, reductions;

  if (r->pending == VM_EVENT_NONE || p->run == NULL || p->run->ring == NULL)
    return;
  now_ns = process_now_ns (p->vm, p);
  if (p->run->is_virtual)
    now_ns += (gint64) MAX (cost, 0) * p->run->ns_per_reduction;
  reductions =
    (gint64) p->reductions + p->run->slice_begin_reds - p->fcalls - p->virtual_reds + MAX (cost, 0);
  event_ring_emit_gc (p->run->ring, now_ns, p->id, r->pending, r->pending_keys, p->message_words,
                      (guint64) MAX (reductions, 0));
  r->pending = VM_EVENT_NONE;
}

/* The recording has the values of an untraced run. */
static void
record (Report *r, VmEventKind kind, const guint64 *keys)
{
  Process *p = r->p;
  guint64 *own = r->pending_keys;

  tell_pending (r, 0);
  p->disturbed = MIN (p->disturbed, p->heap.mbuf_size);
  memcpy (own, keys, sizeof r->pending_keys);
  own[VM_GC_MBUF_SIZE] -= MIN (own[VM_GC_MBUF_SIZE], p->disturbed);
  r->pending = kind;
  if (kind != VM_EVENT_GC_MINOR_END && kind != VM_EVENT_GC_MAJOR_END)
    tell_pending (r, 0);
}

static void
report (gpointer data, guint kind, const guint64 *keys)
{
  Report  *r = data;
  Process *p = r->p;

  if (kind == VM_EVENT_GC_MAX_HEAP_SIZE)
    {
      memcpy (r->limit_keys, keys, sizeof r->limit_keys);
      r->over_limit = true;
    }
  if (p->run != NULL && (kind == VM_EVENT_GC_MINOR_END || kind == VM_EVENT_GC_MAJOR_END))
    {
      atomic_fetch_add_explicit (&p->run->n_collections, 1, memory_order_relaxed);
      atomic_fetch_add_explicit (&p->run->n_reclaimed, keys[VM_GC_WORDSIZE], memory_order_relaxed);
    }
  if (p->run != NULL && p->run->ring != NULL)
    record (r, (VmEventKind) kind, keys);
  if (VM_UNLIKELY (process_is_traced (p, TRACE_GARBAGE_COLLECTION)))
    {
      gsize before = p->heap.mbuf_size;

      tracing_collection (p, r->extra_stack, (VmEventKind) kind, keys);
      p->disturbed += p->heap.mbuf_size - before;
    }
}

static Term
keys_to_term (Process *p, const guint64 *keys)
{
  Term list = NIL;

  for (guint key = VM_N_GC_KEYS - 1; key > VM_GC_WORDSIZE; key--)
    {
      Term name = atom_from_string (p->vm->atoms, vm_gc_key_get_name ((VmGcKey) key));
      Term pair = tuple_new (&p->heap, 2, name, integer_from_u64 (&p->heap, keys[key]));

      list = list_new (&p->heap, &pair, 1, list);
    }
  return list;
}

/* Between loop_rec and remove_message the registers may refer to the message
 * under the cursor; its fragment joins the heap, so that all refer to one copy. */
void
process_adopt_message (Process *p)
{
  Message *message;

  if ((p->heap.flags & HEAP_DELAY_GC) == 0)
    return;
  message = mailbox_peek (p);
  if (message != NULL && message->fragment != NULL)
    {
      p->message_words -= message->words;
      heap_attach_fragment (&p->heap, message->fragment);
      message->fragment = NULL;
    }
}

static int
after_collection (Process *p, int reds, const Report *r)
{
  if (r->over_limit && (p->heap.flags & HEAP_MAX_LOG) != 0)
    {
      guint64 total = r->limit_keys[VM_GC_HEAP_BLOCK_SIZE] + r->limit_keys[VM_GC_MBUF_SIZE] +
                      r->limit_keys[VM_GC_OLD_HEAP_BLOCK_SIZE];

      process_log_max_heap (p, total, keys_to_term (p, r->limit_keys));
    }
  if (reds >= 0)
    return reds;
  process_set_exit (p, A (killed));
  return SLICE_REDUCTIONS;
}

static int
collect (Process *p, GcRequest *request, Term *regs, guint n_regs, bool exact)
{
  Roots  roots;
  Report r = { .p = p, .extra_stack = request->extra_stack };
  gint64 begin_ns;
  int    reds;

  if ((p->flags & PF_OFF_HEAP_QUEUE) == 0)
    signal_fetch (p);
  begin_ns = process_now_ns (p->vm, p);
  process_adopt_message (p);
  roots_init (&roots, p, regs, n_regs);
  request->queued_words = roots.queued_words;
  request->move_queued = move_queued;
  request->move_data = &roots;
  request->capture = begin_capture (p, &roots, exact);
  atomic_fetch_or_explicit (&p->state, PS_COLLECTING, memory_order_relaxed);
  reds = gc_collect (&p->heap, request, &roots.roots, report, &r);
  tell_pending (&r, reds);
  atomic_fetch_and_explicit (&p->state, ~(guint32) PS_COLLECTING, memory_order_relaxed);
#ifdef VM_STRESS
  heap_check (&p->heap, &roots.roots);
#endif
  if (request->capture != NULL)
    p->vm->hooks->collection_watched (p->vm, p, request->capture, begin_ns, reds);
  roots_clear (&roots);
  if (p->run != NULL) /* virtual: its reductions are its time */
    system_monitor_collected (p, p->run->is_virtual
                                   ? (gint64) MAX (reds, 0) * p->run->ns_per_reduction
                                   : process_now_ns (p->vm, p) - begin_ns);
  return after_collection (p, reds, &r);
}

int
process_collect (Process *p, gsize need, Term *regs, guint n_regs, gsize extra_stack)
{
  GcRequest request = { .need = need, .extra_stack = extra_stack };

  return collect (p, &request, regs, n_regs, true);
}

int
process_collect_after_bif (
  Process *p, Term *roots, guint n_roots, HeapFragment *fragments_before)
{
  GcRequest request = {
    .live_fragments_end = fragments_before,
    .move_all_fragments = fragments_before == NULL && p->heap.fragments != NULL,
  };

  return collect (p, &request, roots, n_roots, false);
}

int
process_garbage_collect (Process *p, bool major, Term *regs, guint n_regs)
{
  GcRequest request = { .is_asked = true };

  if (major)
    p->heap.flags |= HEAP_NEED_FULLSWEEP;
  return collect (p, &request, regs, n_regs, p->run == NULL);
}

int
process_hibernate (Process *p)
{
  Roots  roots;
  Report r = { .p = p };
  gint64 begin_ns;
  int    reds;

  if ((p->flags & PF_OFF_HEAP_QUEUE) == 0)
    signal_fetch (p);
  begin_ns = process_now_ns (p->vm, p);
  process_adopt_message (p);
  roots_init (&roots, p, p->saved, p->n_live);
  reds =
    gc_hibernate (&p->heap, &roots.roots, report, &r, begin_capture (p, &roots, false));
  tell_pending (&r, reds);
  if (roots.capture != NULL)
    p->vm->hooks->collection_watched (p->vm, p, roots.capture, begin_ns, reds);
#ifdef VM_STRESS
  heap_check (&p->heap, &roots.roots);
#endif
  roots_clear (&roots);
  return reds;
}
