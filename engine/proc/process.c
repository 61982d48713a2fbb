/* SPDX-License-Identifier: Apache-2.0 */

/* Making processes, and what concerns one process's memory: its roots, its
 * collections, its registers. */

#include "config.h"

#include "engine/data/data.h"
#include "engine/proc/dictionary.h"
#include "engine/proc/links.h"
#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/proc/signals.h"
#include "engine/proc/tracing.h"

/* process_info(P, memory) counts these: sizes in bytes of OTP 25's structs. */
#define ERTS_PROCESS_BYTES       776
#define ERTS_MESSAGE_BYTES       88
#define ERTS_LINK_BYTES          40
#define ERTS_MONITOR_BYTES       64
#define ERTS_NAMED_MONITOR_BYTES 72
#define ERTS_ALIAS_BYTES         96
#define ERTS_DICTIONARY_BYTES    24

/* --- spawning ---------------------------------------------------------------- */

gsize
process_min_heap_size (VmMachine *vm, gsize words)
{
  guint least = __atomic_load_n (&vm->options.min_heap_words, __ATOMIC_RELAXED);

  return heap_next_size (MAX (words, least != 0 ? least : HEAP_DEFAULT_MIN), 0);
}

gsize
process_min_vheap_size (VmMachine *vm, gsize words)
{
  guint least = __atomic_load_n (&vm->options.min_bin_vheap_words, __ATOMIC_RELAXED);

  return heap_next_size (MAX (words, least != 0 ? least : VHEAP_DEFAULT_MIN), 0);
}

void
spawn_options_init (VmMachine *vm, SpawnOptions *options)
{
  memset (options, 0, sizeof *options);
  options->priority = PRIORITY_NORMAL;
  options->min_heap_size = process_min_heap_size (vm, 0);
  options->min_vheap_size = process_min_vheap_size (vm, 0);
  options->max_heap_flags = HEAP_MAX_KILL | HEAP_MAX_LOG;
  options->fullsweep_after =
    vm->options.fullsweep_after == G_MAXUINT ? FULLSWEEP_DEFAULT : vm->options.fullsweep_after;
}

static Process *
process_new (VmMachine *vm, const SpawnOptions *options)
{
  Process *p = g_new0 (Process, 1);

  p->vm = vm;
  p->heap.min_size = options->min_heap_size;
  p->heap.min_vheap_size = options->min_vheap_size;
  p->heap.max_size = options->max_heap_size;
  p->heap.flags = options->max_heap_flags & (HEAP_MAX_KILL | HEAP_MAX_LOG);
  p->heap.fullsweep_after = options->fullsweep_after;
  p->saved = p->saved_inline;
  p->saved_size = G_N_ELEMENTS (p->saved_inline);
  p->messages_last = &p->messages;
  p->scan = &p->messages;
  p->outer_last = &p->outer;
  p->middle_last = &p->middle;
  p->registered_name = p->exit_reason = p->result = NONE;
  p->seq_trace_token = p->fvalue = p->ftrace = NIL;
  p->error_handler = A (error_handler);
  p->max_stacktrace = 8;
  p->schedule_count = options->priority == PRIORITY_LOW ? 8 : 1;
  p->flags = options->off_heap_queue ? PF_OFF_HEAP_QUEUE : 0;
  lock_init (&p->signal_lock);
  lock_init (&p->main_lock);
  atomic_store (&p->priority, options->priority);
  return p;
}

static void
set_start (Process *p, Term module, Term function, Term args)
{
  const Cell *exit_code;
  Term        x[3];

  process_table_get_start_code (p->vm, &p->pc, &exit_code);
  heap_init (&p->heap, p->vm, term_copy_words (p->vm, args));
  x[0] = module;
  x[1] = function;
  x[2] = term_copy (p->vm, args, &p->heap.htop, &p->heap.off_heap);
  *--p->heap.stop = (Term) exit_code;
  process_save_registers (p, x, 3);
  p->initial_module = module;
  p->initial_function = function;
  for (; term_is_list (args); args = list_tail (args))
    p->initial_arity++;
}

static void
tie_to_parent (Process *child, Process *parent, const SpawnOptions *options, Term *monitor_ref)
{
  guint32 numbers[3];

  if (options->link)
    {
      links_add_link (parent, child->id);
      links_add_link (child, parent->id);
      process_emit (parent->vm, parent, parent->id, VM_EVENT_LINK, child->id, 0);
      process_emit (parent->vm, parent, child->id, VM_EVENT_GETTING_LINKED, parent->id, 0);
    }
  if (!options->monitor)
    return;
  ref_source_next (parent->vm, parent, numbers);
  links_add_ref (parent, LINK_MONITOR, child->id, numbers)->has_alias = options->monitor_alias;
  links_add_ref (child, LINK_MONITORED_BY, parent->id, numbers)->has_alias = options->monitor_alias;
  *monitor_ref = ref_write (halloc (parent, options->monitor_alias ? PID_REF_WORDS : REF_WORDS),
                            numbers, options->monitor_alias ? parent->id : VM_PID_NONE);
  process_emit (parent->vm, parent, parent->id, VM_EVENT_MONITOR, child->id, 0);
}

Process *
process_spawn (VmMachine          *vm,
               Process            *parent,
               Term                module,
               Term                function,
               Term                args,
               const SpawnOptions *options,
               Term               *monitor_ref)
{
  Process *p = process_new (vm, options);
  guint32  origin = 0;
  guint64  mfa;

  set_start (p, module, function, args);
  p->parent = parent != NULL ? parent->id : VM_PID_NONE;
  p->group_leader = parent != NULL ? parent->group_leader : NIL;
  /* What a process of the boot starts is of the boot, too. */
  if (options->system || (parent != NULL && (atomic_load (&parent->state) & PS_SYSTEM) != 0))
    origin = PS_SYSTEM;
  atomic_store (&p->state, PS_ACTIVE | PS_IN_RUNQ | origin |
                             (options->off_heap_queue ? PS_OFF_HEAP_QUEUE : 0));
  atomic_store (&p->queue_home, parent != NULL ? atomic_load (&parent->queue_home) : 1);
  /* Held until it can be queued: who finds it in the table by chance must not
   * put anything on its heap yet. */
  lock_take (&p->main_lock);
  if (!process_table_add ((ProcessTable *) vm->processes, p))
    {
      lock_drop (&p->main_lock);
      process_free (p);
      return NULL;
    }
  if (parent == NULL)
    p->group_leader = process_pid (p);
  mfa = EVENT_MFA (atom_index (module), atom_index (function), p->initial_arity);
  if (parent != NULL)
    process_emit (vm, parent, parent->id, VM_EVENT_SPAWN, p->id, mfa);
  process_emit (vm, parent, p->id, VM_EVENT_SPAWNED,
                EVENT_PAIR (p->parent, MIN (p->heap.size, G_MAXUINT32)), mfa);
  tracing_spawned (p, parent, options->link);
  if (parent != NULL)
    tie_to_parent (p, parent, options, monitor_ref);
  lock_drop (&p->main_lock);
  vm->hooks->enqueue (vm, p, p->parent);
  return p;
}

/* --- registers --------------------------------------------------------------- */

void
process_save_registers (Process *p, const Term *x, guint n)
{
  if (n > p->saved_size)
    {
      if (p->saved != p->saved_inline)
        g_free (p->saved);
      p->saved = g_new (Term, n);
      p->saved_size = (guint16) n;
    }
  memcpy (p->saved, x, n * sizeof (Term));
  p->n_live = (guint16) n;
}

void
process_restore_registers (Process *p, Term *x)
{
  memcpy (x, p->saved, p->n_live * sizeof (Term));
  p->n_live = 0; /* they are roots in one place only */
  p->flags &= ~(guint32) PF_HIBERNATING;
}

Term
bif_trap (Process *p, struct _Export *export_, guint n, const Term *args)
{
  memmove (p->run->x, args, n * sizeof (Term));
  p->exception = EXC_TRAP;
  p->trap = export_;
  return NONE;
}

/* One by a name keeps that, in a struct that both sides share. */
static gsize
monitor_bytes (const Links *links)
{
  guint n_aliases = links->n_kind[LINK_ALIAS]; /* that are no monitor's reference */
  gsize bytes = 0;

  if (links->n_kind[LINK_MONITOR] + links->n_kind[LINK_MONITORED_BY] == 0)
    return n_aliases * ERTS_ALIAS_BYTES;
  for (const LinkEntry *entry = links->first; entry != NULL; entry = entry->next)
    if (entry->kind == LINK_MONITOR || entry->kind == LINK_MONITORED_BY)
      {
        bytes += entry->name == NONE ? ERTS_MONITOR_BYTES
                                     : ERTS_NAMED_MONITOR_BYTES + (entry->has_alias ? 4 : 0);
        if (entry->kind == LINK_MONITOR && entry->has_alias && n_aliases > 0)
          n_aliases--;
      }
  return bytes + n_aliases * ERTS_ALIAS_BYTES;
}

gsize
process_memory_bytes (const Process *p)
{
  const Heap  *heap = &p->heap;
  const Links *links = p->links;
  gsize        bytes = ERTS_PROCESS_BYTES;

  bytes += 8 * (heap->size + heap->mbuf_size + (gsize) (heap->old_end - heap->old_start));
  if (links != NULL)
    bytes += links->n_kind[LINK_LINK] * ERTS_LINK_BYTES + monitor_bytes (links);
  for (const Message *m = p->messages; m != NULL; m = m->next)
    if (m->kind != SIGNAL_MARKER)
      bytes += ERTS_MESSAGE_BYTES + (m->fragment != NULL ? 8 * m->fragment->used : 0);
  for (const Signal *s = p->middle; s != NULL; s = (const Signal *) s->base.next)
    if (s->base.kind == SIGNAL_MESSAGE)
      bytes += ERTS_MESSAGE_BYTES + (s->base.fragment != NULL ? 8 * s->base.fragment->used : 0);
  if (p->dictionary != NULL)
    bytes += ERTS_DICTIONARY_BYTES + 8 * p->dictionary->n_allocated;
  if (p->saved != p->saved_inline)
    bytes += 8 * p->saved_size;
  return bytes;
}

Process *
process_new_private (VmMachine *vm, Term module, Term function, Term args)
{
  SpawnOptions options;
  Process     *p;

  spawn_options_init (vm, &options);
  p = process_new (vm, &options);
  set_start (p, module, function, args);
  p->parent = VM_PID_NONE;
  p->id = 0;
  p->group_leader = vm->user_pid != VM_PID_NONE ? make_pid (vm->user_pid) : NIL;
  atomic_store (&p->state, PS_ACTIVE | PS_RUNNING | PS_SYSTEM);
  lock_take (&p->main_lock);
  return p;
}

void
process_free_private (Process *p)
{
  lock_drop (&p->main_lock);
  process_free (p);
}
