/* SPDX-License-Identifier: Apache-2.0 */

/* process_info: a process looks at another (or itself). Another answers by a
 * signal, unless it stands still and has none to handle first: then it is read
 * where it stands. The answer is built on a heap of its own and copied. */

#include "config.h"

#include "engine/bif/process-util.h"
#include "engine/proc/tracing.h"
#include "engine/proc/dictionary.h"
#include "engine/vm-event.h"

#define MAX_TRACE 8

typedef struct
{
  Process *p; /* looked at */
  Heap    *to;
  bool     is_self;
} Look;

typedef Term (*ItemFunc) (Look *look);

static Term
number (Look *look, guint64 n)
{
  return integer_from_u64 (look->to, n);
}

static Term
pair (Look *look, Term a, Term b)
{
  return pair_write (heap_alloc (look->to, 3), a, b);
}

static Term
cons (Look *look, Term head, Term tail)
{
  return cons_write (heap_alloc (look->to, 2), head, tail);
}

static Term
name_of (Look *look)
{
  Term name = registry_name_of (look->p->vm, look->p->id);

  return name != NONE ? name : NIL;
}

static Term
mfa_term (Look *look, Term module, Term function, guint arity)
{
  return triple_write (heap_alloc (look->to, 4), module, function, make_small (arity));
}

static Term
initial_call (Look *look)
{
  return mfa_term (look, look->p->initial_module, look->p->initial_function,
                   look->p->initial_arity);
}

/* Is it before the first instruction of what it will apply? */
static bool
is_at_start (const Process *p)
{
  const Cell *start_code, *exit_code;

  process_table_get_start_code (p->vm, &start_code, &exit_code);
  return p->pc == start_code;
}

static Term
current_function (Look *look)
{
  Process            *p = look->p;
  Module             *module;
  const FunctionInfo *function;

  if (is_at_start (p))
    return (p->flags & PF_HIBERNATING) != 0 ? mfa_term (look, A (erlang), A (hibernate), 3)
                                            : initial_call (look);
  module = p->pc != NULL ? code_table_find_pc ((CodeTable *) p->vm->code, p->pc) : NULL;
  function = module != NULL ? module_find_function (module, p->pc) : NULL;
  return function != NULL ? mfa_term (look, module->name, function->name, function->arity)
                          : A (undefined);
}

static Term
location (Look *look, const Module *module, const Cell *pc)
{
  const LineEntry *line = module_find_line (module, pc);
  Term             file, position;

  if (line == NULL || line->line == 0)
    return NIL;
  file = pair (look, A (file), string_new (look->to, module->files[line->file], -1));
  position = pair (look, A (line), make_small (line->line));
  return cons (look, file, cons (look, position, NIL));
}

/* {M, F, Arity, Location} of @pc, or NONE. */
static Term
frame (Look *look, const Cell *pc)
{
  Module             *module = code_table_find_pc ((CodeTable *) look->p->vm->code, pc);
  const FunctionInfo *function = module != NULL ? module_find_function (module, pc) : NULL;

  if (function == NULL)
    return NONE;
  return tuple_new (look->to, 4, module->name, function->name, make_small (function->arity),
                    location (look, module, pc));
}

static Term
current_location (Look *look)
{
  Term at = look->p->pc != NULL ? frame (look, look->p->pc) : NONE;

  if (is_at_start (look->p))
    {
      Term *function = tuple_elements (current_function (look));

      return tuple_new (look->to, 4, function[0], function[1], function[2], NIL);
    }
  return at != NONE ? at : A (undefined);
}

static Term
current_stacktrace (Look *look)
{
  Heap *heap = &look->p->heap;
  Term  frames[MAX_TRACE];
  guint n = 0;

  if (look->p->pc != NULL && (frames[n] = frame (look, look->p->pc)) != NONE)
    n++;
  for (Term *slot = heap->stop; slot < heap->hend && n < MAX_TRACE; slot++)
    if (term_is_header (*slot) && *slot != NONE &&
        (frames[n] = frame (look, (const Cell *) *slot - 1)) != NONE)
      n++;
  return list_new (look->to, frames, n, NIL);
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
  if (look->is_self || ((state & PS_RUNNING) != 0 && look->p->run == NULL))
    return A (running);
  /* Who answers a question about itself runs for that alone. */
  if ((state & PS_IN_RUNQ) != 0 ||
      (look->p->n_live > 0 && (look->p->flags & PF_HIBERNATING) == 0))
    return A (runnable);
  return process_has_signals (look->p) ? A (runnable) : A (waiting);
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
  g_array_unref (terms);
  return list;
}

/* Messages in the inner queue may lie in fragments of their own, which the
 * result must not refer to. */
static Term
messages_copied (Look *look)
{
  Term  list = messages (look);
  Term *hp;

  if (!look->is_self)
    return list;
  hp = heap_alloc (look->to, term_copy_words (look->p->vm, list));
  return term_copy (look->p->vm, list, &hp, &look->to->off_heap);
}

static Term
message_queue_len (Look *look)
{
  return number (look, look->p->n_messages + atomic_load (&look->p->n_queued));
}

static Term
links (Look *look)
{
  LinkEntry *entry = look->p->links != NULL ? look->p->links->first : NULL;
  Term       list = NIL;

  for (; entry != NULL; entry = entry->next)
    if (entry->kind == LINK_LINK && entry->unlink_id == 0)
      list = cons (look, make_pid (entry->other), list);
  return list;
}

static Term
monitors (Look *look)
{
  LinkEntry *entry = look->p->links != NULL ? look->p->links->first : NULL;
  Term       list = NIL;

  for (; entry != NULL; entry = entry->next)
    if (entry->kind == LINK_MONITOR)
      list = cons (look,
                   pair (look, A (process),
                         entry->name != NONE ? pair (look, entry->name, A (nonode_nohost))
                                             : make_pid (entry->other)),
                   list);
  return list;
}

static Term
monitored_by (Look *look)
{
  LinkEntry *entry = look->p->links != NULL ? look->p->links->first : NULL;
  Term       list = NIL;

  for (; entry != NULL; entry = entry->next)
    if (entry->kind == LINK_MONITORED_BY)
      list = cons (look, make_pid (entry->other), list);
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

static gsize
attached_words (Process *p)
{
  gsize words = 0;

  for (Message *m = p->messages; m != NULL; m = m->next)
    if (m->fragment != NULL)
      words += m->fragment->used;
  return words;
}

static Term
total_heap_size (Look *look)
{
  Heap *heap = &look->p->heap;

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

static Term
garbage_collection_info (Look *look)
{
  guint64 keys[VM_N_GC_KEYS];
  Heap   *heap = &look->p->heap;
  Term    list = NIL;

  gc_get_keys (heap, 0, keys);
  keys[VM_GC_MBUF_SIZE] += attached_words (look->p);
  /* ERTS builds the answer with all of the free heap claimed. */
  if (look->is_self)
    keys[VM_GC_HEAP_SIZE] = (guint64) (heap->stop - heap->start) - HEAP_REDZONE;
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
  Term list = binaries_of (look, look->p->heap.off_heap.first, NIL);

  return binaries_of (look, look->p->heap.writable_bins, list);
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

/* The frames as text, a binary. */
static Term
backtrace (Look *look)
{
  Heap    *heap = &look->p->heap;
  GString *text = g_string_new (NULL);
  Term     result;

  g_string_append_printf (text, "Program counter: %p\n", (const void *) look->p->pc);
  for (Term *slot = heap->stop; slot < heap->hend; slot++)
    {
      Module *module =
        term_is_header (*slot) && *slot != NONE
          ? code_table_find_pc ((CodeTable *) look->p->vm->code, (const Cell *) *slot - 1)
          : NULL;
      const FunctionInfo *f =
        module != NULL ? module_find_function (module, (const Cell *) *slot - 1) : NULL;

      if (f != NULL)
        g_string_append_printf (text, "0x%016" G_GINT64_MODIFIER "x Return addr (%s:%s/%u)\n",
                                *slot, atom_name (look->p->vm->atoms, module->name, NULL),
                                atom_name (look->p->vm->atoms, f->name, NULL), f->arity);
      else if (!term_is_header (*slot))
        {
          g_string_append_printf (text, "y(%u)     ", (guint) (slot - heap->stop));
          term_print (look->p->vm, text, *slot, 120);
          g_string_append_c (text, '\n');
        }
    }
  result = binary_new_copy (look->to, (const guint8 *) text->str, text->len);
  g_string_free (text, TRUE);
  return result;
}

static const struct
{
  Term     name;
  ItemFunc func;
  bool     ask; /* always by signal (FORCE_SIG_SEND) */
} items[] = {
  { A (registered_name), name_of, false },
  { A (current_function), current_function, true },
  { A (initial_call), initial_call, false },
  { A (status), status, false },
  { A (messages), messages_copied, true },
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
  { A (backtrace), backtrace, true },
  { A (last_calls), last_calls, false },
  { A (total_heap_size), total_heap_size, true },
  { A (suspending), suspending, true },
  { A (min_heap_size), min_heap_size, false },
  { A (min_bin_vheap_size), min_bin_vheap_size, false },
  { A (max_heap_size), max_heap_size, false },
  { A (current_location), current_location, true },
  { A (current_stacktrace), current_stacktrace, true },
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

static Term
item_pair (Look *look, Term name)
{
  return pair (look, name, items[find_item (name)].func (look));
}

/* @what: an item, a list of items, or NONE for process_info/1. */
static Term
build (Look *look, Term what)
{
  GArray *pairs;
  Term    list, one;

  if (what == A (registered_name) && name_of (look) == NIL)
    return NIL;
  if (term_is_atom (what))
    return item_pair (look, what);
  pairs = g_array_new (FALSE, FALSE, sizeof (Term));
  if (what == NONE)
    for (guint i = 0; i < G_N_ELEMENTS (standard_items); i++)
      {
        if (standard_items[i] == A (registered_name) && name_of (look) == NIL)
          continue;
        one = item_pair (look, standard_items[i]);
        g_array_append_val (pairs, one);
      }
  else
    for (; term_is_list (what); what = list_tail (what))
      {
        one = item_pair (look, list_head (what));
        g_array_append_val (pairs, one);
      }
  list = list_new (look->to, (const Term *) pairs->data, pairs->len, NIL);
  g_array_unref (pairs);
  return list;
}

/* Builds on a heap of its own, so that looking leaves no words at @target. */
static void
answer (VmMachine *vm, Process *target, Signal *signal)
{
  Heap scratch = { 0 };
  Look look = { target, &scratch, false };

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
  Look     look = { target, &scratch, false };
  bool     good;
  Term    *hp;

  if (target == NULL || !lock_try (&target->main_lock))
    return false;
  good = (atomic_load (&target->state) & (PS_RUNNING | PS_FREE | PS_EXITING | PS_SIGNALS)) == 0 &&
         target->middle == NULL;
  if (good)
    {
      heap_init (&scratch, p->vm, 0);
      *result = build (&look, what);
      hp = halloc (p, term_copy_words (p->vm, *result));
      *result = term_copy (p->vm, *result, &hp, &p->heap.off_heap);
      heap_clear (&scratch);
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
      Look look = { p, &p->heap, true };

      process_handle_signals_at_start (p, SLICE_REDUCTIONS);
      result = build (&look, what);
      bump_reductions (p, what == NONE ? 17 : 1);
      return unless_exiting (p, result);
    }
  if (process_table_lookup (p->vm, pid) == NULL)
    return A (undefined);
  if (!ask && look_directly (p, pid, what, &result))
    return result;
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
