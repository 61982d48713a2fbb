/* SPDX-License-Identifier: Apache-2.0 */

/* process_info: a process looks at another (or itself). Another answers by a
 * signal, unless it stands still and has none to handle first: then it is read
 * where it stands. The answer is built on a heap of its own and copied. */

#include "config.h"

#include "engine/bif/process-look.h"
#include "engine/proc/tracing.h"
#include "engine/proc/dictionary.h"
#include "engine/vm-event.h"

#define GC_INFO_WORDS (5 * (VM_N_GC_KEYS - 1))

static Term
name_of (Look *look)
{
  Term name = registry_name_of (look->p->vm, look->p->id);

  return name != NONE ? name : NIL;
}

static Term
initial_call (Look *look)
{
  return triple_write (heap_alloc (look->to, 4), look->p->initial_module, look->p->initial_function,
                       make_small (look->p->initial_arity));
}

/* Who answers a question about itself has taken that out of the queue. */
static bool
has_more_signals (const Process *p)
{
  for (const Signal *s = p->middle; s != NULL; s = (const Signal *) s->base.next)
    if (s->base.kind != SIGNAL_MESSAGE)
      return true;
  return false;
}

static Term
status (Look *look)
{
  guint32 state = atomic_load (&look->p->state);

  if ((state & PS_EXITING) != 0)
    return A (exiting);
  if ((state & PS_COLLECTING) != 0)
    return A (garbage_collecting);
  if ((state & PS_SUSPENDED) != 0)
    return A (suspended);
  if (look->is_self)
    return A (running);
  if ((state & PS_RUNNING) != 0)
    return (look->p->flags & PF_SERVING) != 0 && !has_more_signals (look->p) ? A (waiting)
                                                                             : A (running);
  if ((state & (PS_IN_RUNQ | PS_ACTIVE)) != 0)
    return A (runnable);
  return process_has_signals (look->p) ? A (runnable) : A (waiting);
}

/* Charges what ERTS does for @n entries of a list. */
static void
charge (Look *look, guint n)
{
  look->reds += (gint32) (n / 4);
}

static Term
messages (Look *look)
{
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (Term));
  Term    list;

  for (Message *m = look->p->messages; m != NULL; m = m->next)
    if (m->kind == SIGNAL_MESSAGE)
      g_array_append_val (terms, m->term);
  list = list_new (look->to, (const Term *) terms->data, terms->len, NIL);
  charge (look, terms->len);
  g_array_unref (terms);
  return list;
}

/* What was sent and not fetched yet does not count for who asks about itself. */
static guint
queue_length (Look *look)
{
  guint n = look->p->n_messages;

  if (!look->is_self)
    return n + atomic_load (&look->p->n_queued);
  for (const Signal *s = look->p->middle; s != NULL; s = (const Signal *) s->base.next)
    n += s->base.kind == SIGNAL_MESSAGE;
  return n;
}

static Term
message_queue_len (Look *look)
{
  return number (look, queue_length (look));
}

static Term
links (Look *look)
{
  LinkEntry *entry = look->p->links != NULL ? look->p->links->first : NULL;
  Term       list = NIL;
  guint      n = 0;

  for (; entry != NULL; entry = entry->next)
    if (entry->kind == LINK_LINK && entry->unlink_id == 0)
      {
        list = cons (look, make_pid (entry->other), list);
        n++;
      }
  charge (look, n);
  return list;
}

static Term
monitors (Look *look)
{
  LinkEntry *entry = look->p->links != NULL ? look->p->links->first : NULL;
  Term       list = NIL;
  guint      n = 0;

  for (; entry != NULL; entry = entry->next)
    if (entry->kind == LINK_MONITOR)
      {
        Term who = entry->name != NONE ? pair (look, entry->name, A (nonode_nohost))
                                       : make_pid (entry->other);

        list = cons (look, pair (look, A (process), who), list);
        n++;
      }
  charge (look, n);
  return list;
}

static Term
monitored_by (Look *look)
{
  LinkEntry *entry = look->p->links != NULL ? look->p->links->first : NULL;
  Term       list = NIL;
  guint      n = 0;

  for (; entry != NULL; entry = entry->next)
    if (entry->kind == LINK_MONITORED_BY)
      {
        list = cons (look, make_pid (entry->other), list);
        n++;
      }
  charge (look, n);
  return list;
}

static Term
dictionary (Look *look)
{
  return dictionary_get_all (look->p, look->to);
}
static Term
trap_exit (Look *look)
{
  return bool_term ((look->p->flags & PF_TRAP_EXIT) != 0);
}
static Term
error_handler (Look *look)
{
  return look->p->error_handler;
}
static Term
heap_size (Look *look)
{
  return number (look, look->p->heap.size);
}

static Term
stack_size (Look *look)
{
  return number (look, (guint64) (look->p->heap.hend - look->p->heap.stop));
}

static Term
memory (Look *look)
{
  charge (look, queue_length (look));
  return number (look, process_memory_bytes (look->p));
}
static Term
group_leader (Look *look)
{
  return look->p->group_leader;
}
static Term
priority (Look *look)
{
  return priority_atom (atomic_load (&look->p->priority));
}
static Term
trace (Look *look)
{
  return make_small (trace_word_flags (atomic_load (&look->p->trace)));
}
static Term
trace_token (Look *look)
{
  return look->p->seq_trace_token;
}
static Term
catchlevel (Look *look)
{
  return number (look, look->p->catches);
}
static Term
last_calls (Look *look)
{
  return look->p->save_calls == 0 ? A (false) : NIL;
}
static Term
min_heap_size (Look *look)
{
  return number (look, look->p->heap.min_size);
}
static Term
min_bin_vheap_size (Look *look)
{
  return number (look, look->p->heap.min_vheap_size);
}
static Term
fullsweep_after (Look *look)
{
  return number (look, look->p->heap.fullsweep_after);
}

static Term
max_heap_size (Look *look)
{
  return max_heap_size_term (look->p, look->to, look->p->heap.max_size, look->p->heap.flags);
}

static Term
message_queue_data (Look *look)
{
  return (look->p->flags & PF_OFF_HEAP_QUEUE) != 0 ? A (off_heap) : A (on_heap);
}

static Term
parent (Look *look)
{
  return look->p->parent == VM_PID_NONE ? A (undefined) : make_pid (look->p->parent);
}

static Term
reductions (Look *look)
{
  Process *p = look->p;
  gint64   reds = (gint64) p->reductions;

  if (p->run != NULL)
    reds += p->run->slice_begin_reds - p->fcalls - p->virtual_reds;
  return number (look, (guint64) MAX (reds, 0));
}

static bool
has_room (const Heap *heap, gsize words)
{
  return (heap->flags & HEAP_DISABLE_GC) == 0 &&
         heap->stop - HEAP_REDZONE - heap->htop >= (gssize) words;
}

static gsize
attached_words (Process *p)
{
  gsize words = 0;

  if ((p->flags & PF_OFF_HEAP_QUEUE) != 0)
    return 0;
  for (Message *m = p->messages; m != NULL; m = m->next)
    if (m->fragment != NULL)
      words += m->fragment->used;
  return words;
}

static Term
total_heap_size (Look *look)
{
  Heap *heap = &look->p->heap;

  charge (look, queue_length (look));
  return number (look, heap->size + heap->mbuf_size + (gsize) (heap->old_end - heap->old_start) +
                         attached_words (look->p));
}

static Term
garbage_collection (Look *look)
{
  Heap *heap = &look->p->heap;
  Term  items[5];

  items[0] = pair (look, A (max_heap_size), max_heap_size (look));
  items[1] = pair (look, A (min_bin_vheap_size), number (look, heap->min_vheap_size));
  items[2] = pair (look, A (min_heap_size), number (look, heap->min_size));
  items[3] = pair (look, A (fullsweep_after), number (look, heap->fullsweep_after));
  items[4] = pair (look, A (minor_gcs), number (look, heap->n_minor_since_major));
  return list_new (look->to, items, 5, NIL);
}

/* ERTS takes the numbers when it has made room for them: in the heap, all of whose free words
 * it claims at first, or in a fragment. */
static void
note_own_answer (Look *look, guint64 *keys)
{
  const Heap *heap = &look->p->heap;

  if (!has_room (heap, GC_INFO_WORDS))
    keys[VM_GC_MBUF_SIZE] += GC_INFO_WORDS;
  else if (look->has_given_back)
    keys[VM_GC_HEAP_SIZE] += GC_INFO_WORDS;
  else
    keys[VM_GC_HEAP_SIZE] = (guint64) (heap->stop - heap->start) - HEAP_REDZONE;
}

static Term
garbage_collection_info (Look *look)
{
  guint64 keys[VM_N_GC_KEYS];
  Heap   *heap = &look->p->heap;
  Term    list = NIL;

  gc_get_keys (heap, 0, keys);
  keys[VM_GC_MBUF_SIZE] += attached_words (look->p);
  if (look->is_self)
    note_own_answer (look, keys);
  for (guint key = VM_N_GC_KEYS - 1; key > VM_GC_WORDSIZE; key--)
    list =
      cons (look,
            pair (look, atom_from_string (look->p->vm->atoms, vm_gc_key_get_name ((VmGcKey) key)),
                  number (look, keys[key])),
            list);
  return list;
}

static Term
binaries_of (Look *look, Term *thing, Term list)
{
  for (; thing != NULL;
       thing = *(Term **) (header_subtag (*thing) == SUB_FUN ? thing + 1 : thing + 2))
    {
      const ProcBin *pb = (const ProcBin *) thing;

      if (*thing == PROC_BIN_HEADER)
        list =
          cons (look,
                triple_write (heap_alloc (look->to, 4), number (look, (guint64) (gsize) pb->binary),
                              number (look, pb->binary->size),
                              number (look, (guint64) __atomic_load_n (&pb->binary->ref_count,
                                                                       __ATOMIC_RELAXED))),
                list);
    }
  return list;
}

static Term
binary (Look *look)
{
  /* those it appends to are in a list of their own, which ERTS does not show */
  return binaries_of (look, look->p->heap.off_heap.first, NIL);
}

static Term
suspending (Look *look)
{
  Term list = NIL;

  for (guint i = 0; look->p->suspending != NULL && i < look->p->suspending->len; i++)
    list = cons (look,
                 triple_write (heap_alloc (look->to, 4),
                               make_pid (g_array_index (look->p->suspending, VmPid, i)),
                               make_small (1), make_small (0)),
                 list);
  return list;
}

static const struct
{
  Term     name;
  ItemFunc func;
  bool     ask; /* always by signal (FORCE_SIG_SEND) */
} items[] = {
  { A (registered_name), name_of, false },
  { A (current_function), look_current_function, true },
  { A (initial_call), initial_call, false },
  { A (status), status, false },
  { A (messages), messages, true },
  { A (message_queue_len), message_queue_len, false },
  { A (links), links, true },
  { A (monitors), monitors, true },
  { A (monitored_by), monitored_by, true },
  { A (dictionary), dictionary, true },
  { A (trap_exit), trap_exit, false },
  { A (error_handler), error_handler, false },
  { A (heap_size), heap_size, false },
  { A (stack_size), stack_size, false },
  { A (memory), memory, true },
  { A (garbage_collection), garbage_collection, false },
  { A (group_leader), group_leader, false },
  { A (reductions), reductions, false },
  { A (priority), priority, false },
  { A (trace), trace, false },
  { A (binary), binary, true },
  { A (sequential_trace_token), trace_token, false },
  { A (catchlevel), catchlevel, false },
  { A (backtrace), look_backtrace, true },
  { A (last_calls), last_calls, false },
  { A (total_heap_size), total_heap_size, true },
  { A (suspending), suspending, true },
  { A (min_heap_size), min_heap_size, false },
  { A (min_bin_vheap_size), min_bin_vheap_size, false },
  { A (max_heap_size), max_heap_size, false },
  { A (current_location), look_current_location, true },
  { A (current_stacktrace), look_current_stacktrace, true },
  { A (message_queue_data), message_queue_data, false },
  { A (garbage_collection_info), garbage_collection_info, false },
  { A (fullsweep_after), fullsweep_after, false },
  { A (parent), parent, false },
};

/* What process_info/1 lists, in its order. */
static const Term standard_items[] = {
  A (registered_name),
  A (current_function),
  A (initial_call),
  A (status),
  A (message_queue_len),
  A (links),
  A (dictionary),
  A (trap_exit),
  A (error_handler),
  A (priority),
  A (group_leader),
  A (total_heap_size),
  A (heap_size),
  A (stack_size),
  A (reductions),
  A (garbage_collection),
  A (suspending),
};

static int
find_item (Term name)
{
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    if (items[i].name == name)
      return (int) i;
  return -1;
}

/* An item's value in one piece, as ERTS makes it: what does not fit on the heap as a whole
 * lies in a fragment as a whole. */
static Term
item_value (Look *look, int item)
{
  VmMachine *vm = look->p->vm;
  Heap       scratch = { 0 };
  Look       inner = *look;
  Term       value, *hp;
  gsize      words;

  if (!look->is_self)
    return items[item].func (look);
  heap_init (&scratch, vm, 0);
  inner.to = &scratch;
  value = items[item].func (&inner);
  look->reds = inner.reds;
  words = term_copy_words (vm, value);
  look->has_given_back |= !has_room (look->to, words);
  if (words > 0)
    {
      hp = heap_alloc (look->to, words);
      value = term_copy (vm, value, &hp, &look->to->off_heap);
    }
  heap_clear (&scratch);
  return value;
}

static Term
item_pair (Look *look, Term name)
{
  look->reds++;
  return pair (look, name, item_value (look, find_item (name)));
}

/* The pairs of @names[0..n), made from the last to the first, each once; then the list. */
static Term
pairs_of (Look *look, const Term *names, guint n)
{
  g_autofree Term *pairs = g_new0 (Term, n);
  Term             list = NIL;

  for (guint i = n; i-- > 0;)
    {
      for (guint k = n - 1; k > i && pairs[i] == NONE; k--)
        if (names[k] == names[i])
          pairs[i] = pairs[k];
      if (pairs[i] == NONE)
        pairs[i] = item_pair (look, names[i]);
    }
  for (guint i = n; i-- > 0;)
    list = cons (look, pairs[i], list);
  return list;
}

/* @what: an item, a list of items, or NONE for process_info/1. */
static Term
build (Look *look, Term what)
{
  g_autoptr (GArray) names = NULL;

  if (what == A (registered_name) && name_of (look) == NIL)
    {
      look->reds++;
      return NIL;
    }
  if (term_is_atom (what))
    return item_pair (look, what);
  if (what == NONE)
    {
      bool named = name_of (look) != NIL;

      look->reds += named ? 0 : 1; /* looked for, and left out */
      return pairs_of (look, standard_items + !named, G_N_ELEMENTS (standard_items) - !named);
    }
  names = g_array_new (FALSE, FALSE, sizeof (Term));
  for (; term_is_list (what); what = list_tail (what))
    {
      Term name = list_head (what);

      g_array_append_val (names, name);
    }
  return pairs_of (look, (const Term *) names->data, names->len);
}

/* Builds on a heap of its own, so that looking leaves no words at @target. */
static void
answer (VmMachine *vm, Process *target, Signal *signal)
{
  Heap scratch = { 0 };
  Look look = { .p = target, .to = &scratch };

  if (target == NULL || (atomic_load (&target->state) & PS_EXITING) != 0)
    {
      signal_reply (vm, target, signal, A (undefined));
      return;
    }
  heap_init (&scratch, vm, 0);
  signal_reply (vm, target, signal, build (&look, signal->base.term));
  heap_clear (&scratch);
}

/* Reads @target where it stands. FALSE: it runs, or has signals to handle first. */
static bool
look_directly (Process *p, VmPid pid, Term what, Term *result)
{
  Process *target = process_table_lookup (p->vm, pid);
  Heap     scratch = { 0 };
  Look     look = { .p = target, .to = &scratch };
  bool     good;
  Term    *hp;

  if (target == NULL || !lock_try (&target->main_lock))
    return false;
  good = (atomic_load (&target->state) &
          (PS_RUNNING | PS_FREE | PS_EXITING | PS_ANY_SIGNALS | PS_MESSAGES)) == 0;
  if (good)
    {
      heap_init (&scratch, p->vm, 0);
      *result = build (&look, what);
      hp = halloc (p, term_copy_words (p->vm, *result));
      *result = term_copy (p->vm, *result, &hp, &p->heap.off_heap);
      heap_clear (&scratch);
      bump_reductions (p, look.reds);
    }
  lock_drop (&target->main_lock);
  return good;
}

/* FALSE: no item, or no list of items. *@ask: one of them needs the target. */
static bool
check_items (Term what, bool *ask)
{
  int i;

  if (term_is_atom (what))
    {
      i = find_item (what);
      *ask = i >= 0 && items[i].ask;
      return i >= 0;
    }
  *ask = false;
  for (; term_is_list (what); what = list_tail (what))
    {
      i = term_is_atom (list_head (what)) ? find_item (list_head (what)) : -1;
      if (i < 0)
        return false;
      *ask |= items[i].ask;
    }
  return term_is_nil (what);
}

static Term
process_info (Process *p, Term of, Term what, bool ask)
{
  VmPid   pid = pid_number (of);
  Signal *signal;
  Term    ref, result;

  if (pid == p->id)
    {
      Look look = { .p = p, .to = &p->heap, .is_self = true };

      bump_reductions (p, process_flush_self_signals (p));
      if ((atomic_load (&p->state) & PS_EXITING) != 0)
        return NONE;
      result = build (&look, what);
      bump_reductions (p, look.reds);
      return result;
    }
  if (process_table_lookup (p->vm, pid) == NULL)
    return A (undefined);
  if (!ask && look_directly (p, pid, what, &result))
    return result;
  mailbox_to_end (p);
  signal = call_new (p, answer, &ref);
  signal->base.fragment = term_copy_to_fragment (p->vm, what, &signal->base.term);
  signal_send (p->vm, pid, signal);
  return trap_await (p, ref);
}

Term
bif_process_info_1 (Process *p, Term *args)
{
  return term_is_pid (args[0]) ? process_info (p, args[0], NONE, true) : bif_badarg (p);
}

Term
bif_process_info_2 (Process *p, Term *args)
{
  bool ask;

  if (!term_is_pid (args[0]) || !check_items (args[1], &ask))
    return bif_badarg (p);
  return process_info (p, args[0], args[1], ask);
}
