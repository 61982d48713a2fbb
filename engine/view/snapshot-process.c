/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/view/snapshot-private.h"

#include "engine/interp/interp.h"
#include "engine/mem/offheap.h"
#include "engine/proc/dictionary.h"
#include "engine/proc/links.h"
#include "engine/proc/signals.h"
#include "engine/trace/recorder.h"

#include <string.h>

#define DEFAULT_MESSAGES 100
#define MAX_FRAMES       200
#define MAX_SLOTS        64
#define MAX_DICTIONARY   200
/* A term's size is found by walking it: not of large ones while the program runs. */
#define MAX_MEASURED_HEAP 20000
#define MAX_SHARED_WORDS  20000
#define MAX_COPY_WORDS    10000000
#define MAX_EXIT_RECORDS  4096 /* around a process's last sample */

static VmProcessState
state_of (guint32 state)
{
  if ((state & (PS_EXITING | PS_FREE)) != 0)
    return VM_PROCESS_EXITING;
  if ((state & PS_COLLECTING) != 0)
    return VM_PROCESS_COLLECTING;
  if ((state & PS_RUNNING) != 0)
    return VM_PROCESS_RUNNING;
  if ((state & PS_SUSPENDED) != 0)
    return VM_PROCESS_SUSPENDED;
  if ((state & (PS_IN_RUNQ | PS_ACTIVE)) != 0)
    return VM_PROCESS_RUNNABLE;
  return VM_PROCESS_WAITING;
}

void
snapshot_fill_heap (Process *p, VmHeapSizes *sizes)
{
  const Heap *heap = &p->heap;

  sizes->young_block = heap->size;
  sizes->young_used = (guint64) (heap->htop - heap->start);
  sizes->high_water = (guint64) (heap->high_water - heap->start);
  sizes->stack_used = (guint64) (heap->hend - heap->stop);
  if (heap->old_start != NULL)
    {
      sizes->old_block = (guint64) (heap->old_end - heap->old_start);
      sizes->old_used = (guint64) (heap->old_top - heap->old_start);
    }
  sizes->fragments = heap->mbuf_size;
  sizes->n_binaries = heap_count_binaries (heap, &sizes->offheap_bytes);
  sizes->vheap_used = heap->off_heap.overhead;
  sizes->vheap_block = heap->vheap_size;
  sizes->old_vheap_used = heap->old_vheap;
  sizes->old_vheap_block = heap->old_vheap_size;
  sizes->memory_bytes = process_memory_bytes (p);
}

static void
fill_place (SnapshotBuilder *builder, Process *p, VmProcessInfo *info)
{
  Module             *module = NULL;
  const FunctionInfo *function = interp_current_function (p, &module);
  const LineEntry    *line;

  if (function == NULL || module == NULL)
    {
      info->current = (p->flags & PF_HIBERNATING) != 0
                        ? snapshot_mfa (builder, A (erlang), A (hibernate), 3)
                        : info->initial;
      return;
    }
  info->current = snapshot_mfa (builder, module->name, function->name, function->arity);
  line = module_find_line (module, p->pc);
  if (line != NULL && line->line != 0 && line->file < module->n_files)
    {
      info->file = snapshot_text (builder, module->files[line->file]);
      info->line = line->line;
    }
}

/* As proc_lib says what it runs: {supervisor, Callback, 1}. */
static gboolean
is_supervisor (SnapshotBuilder *builder, Process *p)
{
  Term call = p->dictionary != NULL ? dictionary_get (p, builder->initial_call) : NONE;

  return call != NONE && term_is_tuple (call) && tuple_arity (call) == 3 &&
         tuple_elements (call)[0] == atom_from_string (builder->vm->atoms, "supervisor");
}

/* The lab's name, the registered one, or what proc_lib:set_label/1 said. */
static const char *
name_of (SnapshotBuilder *builder, Process *p)
{
  g_autofree char *lab_name =
    builder->name_of != NULL ? builder->name_of (builder->vm, p->id) : NULL;
  Term label;

  if (lab_name != NULL)
    return snapshot_text (builder, lab_name);
  if (p->registered_name != NONE)
    return snapshot_text (builder, atom_name (builder->vm->atoms, p->registered_name, NULL));
  label = p->dictionary != NULL ? dictionary_get (p, builder->process_label) : A (undefined);
  return label != A (undefined) ? snapshot_term (builder, label) : NULL;
}

void
snapshot_fill_process (SnapshotBuilder *builder, Process *p, VmProcessInfo *info)
{
  guint32 state = atomic_load (&p->state);
  gint32  used = p->run != NULL ? p->run->slice_begin_reds - p->fcalls - p->virtual_reds : 0;

  info->pid = p->id;
  info->parent = p->parent;
  info->name = name_of (builder, p);
  info->initial = snapshot_mfa (builder, p->initial_module, p->initial_function, p->initial_arity);
  fill_place (builder, p, info);
  info->state = state_of (state);
  info->priority = atomic_load (&p->priority);
  info->is_system = (state & PS_SYSTEM) != 0;
  info->is_supervisor = (state & PS_SUPERVISOR) != 0 || is_supervisor (builder, p);
  info->traps_exits = (p->flags & PF_TRAP_EXIT) != 0;
  info->scheduler = p->run != NULL ? p->run->scheduler : atomic_load (&p->queue_home);
  info->n_messages = p->n_messages + atomic_load (&p->n_queued);
  info->n_links = p->links != NULL ? p->links->n_kind[LINK_LINK] : 0;
  info->n_reductions = p->reductions + (guint64) MAX (used, 0);
  info->n_minor = p->heap.n_minor;
  info->n_major = p->heap.n_major;
  info->words_copied = p->heap.words_copied;
  info->words_reclaimed = p->heap.words_reclaimed;
  snapshot_fill_heap (p, &info->heap);
}

/* --- the one that is looked into ------------------------------------------------ */

/* What it takes here, shared parts once. To know those costs a table: of larger terms
 * it is the words of a copy, which may have no end, and are counted up to a bound. */
static guint64
measure (VmMachine *vm, Term term)
{
  gsize words = term_shared_words_up_to (vm, term, MAX_SHARED_WORDS + 1);

  return words <= MAX_SHARED_WORDS ? words : term_copy_words_up_to (vm, term, MAX_COPY_WORDS);
}

static VmValue
make_value (SnapshotBuilder *builder, const char *name, Term term)
{
  VmValue value = { .name = snapshot_text (builder, name) };

  if (term == NONE)
    value.text = "";
  else if (term_is_catch (term))
    value.text = "catch";
  else if ((term & TAG_MASK) == TAG_HEADER)
    value.text = "return address";
  else if (interp_is_raw_trace (builder->vm, term))
    value.text = "#StackTrace<>";
  else
    {
      value.text = snapshot_term (builder, term);
      if (!term_is_immediate (term) && builder->measures_terms)
        value.words = measure (builder->vm, term);
    }
  return value;
}

/* Between slices the saved registers are exactly the live ones. In mid-slice the
 * others hold what was there before, maybe of a heap that is gone: only those that
 * the instructions ahead read are shown, and at a function's first one all its
 * arguments. */
void
snapshot_foreach_register (SnapshotBuilder     *builder,
                           Process             *p,
                           SnapshotRegisterFunc func,
                           gpointer             data)
{
  Module             *module = NULL;
  const FunctionInfo *function = interp_current_function (p, &module);
  bool                live[MAX_X_REGS] = { false };
  guint               n = 0;

  if (p->run != NULL && p->pc == interp_start_code ())
    for (guint i = 0; i < 3; i++) /* of apply */
      func (i, p->run->x[i], data);
  else if (p->run != NULL && module != NULL && function != NULL)
    {
      n = snapshot_live_registers (builder, module, p->pc, live);
      if (p->pc == module->cells + function->entry)
        n = MAX (n, function->arity);
      for (guint i = 0; i < n; i++)
        if (live[i] || (p->pc == module->cells + function->entry && i < function->arity))
          func (i, p->run->x[i], data);
    }
  else if (p->run == NULL)
    for (guint i = 0; p->saved != NULL && i < p->n_live; i++)
      func (i, p->saved[i], data);
}

typedef struct
{
  SnapshotBuilder *builder;
  GArray          *values;
} RegisterList;

static void
add_register (guint i, Term term, gpointer data)
{
  RegisterList *list = data;
  char          name[16];
  VmValue       value;

  g_snprintf (name, sizeof name, "x%u", i);
  value = make_value (list->builder, name, term);
  g_array_append_val (list->values, value);
}

static void
add_registers (SnapshotBuilder *builder, Process *p, VmProcessDetail *detail)
{
  RegisterList list = { builder, g_array_new (FALSE, FALSE, sizeof (VmValue)) };

  snapshot_foreach_register (builder, p, add_register, &list);
  detail->registers = snapshot_array (list.values, &detail->n_registers);
}

typedef struct
{
  SnapshotBuilder *builder;
  GArray          *frames;
  const Module    *module; /* where the frame's function goes on */
  const Cell      *pc;
} FrameWalk;

/* The slots before a return address are those of the function that runs until it
 * is popped; the address says which function the next slots belong to. */
static bool
add_frame (
  const Module *module, const Cell *return_address, Term *slots, guint n_slots, gpointer data)
{
  FrameWalk          *walk = data;
  SnapshotBuilder    *builder = walk->builder;
  const FunctionInfo *function =
    walk->module != NULL ? module_find_function (walk->module, walk->pc) : NULL;
  const LineEntry *line = walk->module != NULL ? module_find_line (walk->module, walk->pc) : NULL;
  GArray          *values = g_array_new (FALSE, FALSE, sizeof (VmValue));
  VmFrame          frame = { 0 };

  if (function != NULL)
    frame.function = snapshot_mfa (builder, walk->module->name, function->name, function->arity);
  else
    frame.function = "(about to begin)";
  if (line != NULL && line->line != 0 && line->file < walk->module->n_files)
    {
      frame.file = snapshot_text (builder, walk->module->files[line->file]);
      frame.line = line->line;
    }
  for (guint i = 0; i < MIN (n_slots, MAX_SLOTS); i++)
    {
      char    name[16];
      VmValue value;

      g_snprintf (name, sizeof name, "y%u", i);
      value = make_value (builder, name, slots[i]);
      g_array_append_val (values, value);
    }
  frame.slots = snapshot_array (values, &frame.n_slots);
  g_array_append_val (walk->frames, frame);
  walk->module = module;
  walk->pc = return_address - 1;
  return walk->frames->len < MAX_FRAMES;
}

static gboolean
in_heap (const Heap *heap, Term term)
{
  const Term *p = (const Term *) (term & ~(Term) TAG_MASK);

  return !term_is_immediate (term) &&
         ((p >= heap->start && p < heap->hend) ||
          (heap->old_start != NULL && p >= heap->old_start && p < heap->old_end));
}

static void
add_queue (SnapshotBuilder *builder, Process *p, const Message *m, GArray *messages, guint max)
{
  for (; m != NULL && messages->len < max; m = m->next)
    {
      VmMessage message = { .from = m->from };

      if (m->term == NONE || (m->kind != SIGNAL_MESSAGE && m->kind != SIGNAL_ALIAS_MESSAGE))
        continue; /* a receive marker, or no message */
      message.text = snapshot_term (builder, m->term);
      message.words = m->words;
      message.is_in_heap = in_heap (&p->heap, m->term);
      g_array_append_val (messages, message);
    }
}

/* What a receive looks at, then what was fetched but not looked through, then what
 * has just arrived. */
static void
add_messages (SnapshotBuilder *builder, Process *p, VmProcessDetail *detail)
{
  GArray *messages = g_array_new (FALSE, FALSE, sizeof (VmMessage));
  guint   max =
    builder->request->max_messages != 0 ? builder->request->max_messages : DEFAULT_MESSAGES;

  add_queue (builder, p, p->messages, messages, max);
  add_queue (builder, p, (const Message *) p->middle, messages, max);
  lock_take (&p->signal_lock);
  add_queue (builder, p, (const Message *) p->outer, messages, max);
  lock_drop (&p->signal_lock);
  detail->messages = snapshot_array (messages, &detail->n_messages);
}

static void
add_pair (SnapshotBuilder *builder, GArray *values, Term pair)
{
  VmValue value;

  value = make_value (builder, snapshot_term (builder, tuple_elements (pair)[0]),
                      tuple_elements (pair)[1]);
  g_array_append_val (values, value);
}

static void
add_dictionary (SnapshotBuilder *builder, Process *p, VmProcessDetail *detail)
{
  GArray     *values = g_array_new (FALSE, FALSE, sizeof (VmValue));
  Dictionary *dictionary = p->dictionary;

  for (guint i = 0; dictionary != NULL && i < dictionary->n_slots && values->len < MAX_DICTIONARY;
       i++)
    {
      Term slot = dictionary->slots[i];

      if (term_is_tuple (slot))
        add_pair (builder, values, slot);
      for (; term_is_list (slot); slot = list_tail (slot))
        add_pair (builder, values, list_head (slot));
    }
  detail->dictionary = snapshot_array (values, &detail->n_dictionary);
}

/* The recording knows why a process went: beside its last sample. */
static const char *
exit_reason_of (SnapshotBuilder *builder, VmPid pid)
{
  VmRecording *recording =
    builder->vm->recorder != NULL ? recorder_get_recording (builder->vm->recorder) : NULL;
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  guint64 n, from, at;

  if (recording == NULL)
    return NULL;
  vm_recording_get_heap_samples (recording, pid, G_MAXINT64, G_MAXINT64, samples);
  if (samples->len == 0)
    return NULL;
  n = vm_recording_get_n_records (recording);
  at = vm_recording_find_time (recording,
                               g_array_index (samples, VmHeapSample, samples->len - 1).t_ns);
  from = at > MAX_EXIT_RECORDS ? at - MAX_EXIT_RECORDS : 0;
  for (guint64 i = MIN (at + MAX_EXIT_RECORDS, n); i > from; i--)
    {
      const VmEvent *event = vm_recording_peek (recording, i - 1);

      if (event->kind == VM_EVENT_EXIT && event->pid == pid)
        return snapshot_text (builder, vm_recording_get_string (recording, event->a));
    }
  return NULL;
}

void
snapshot_fill_detail (SnapshotBuilder *builder, VmPid pid, VmProcessDetail *detail)
{
  Process            *p = process_table_lookup (builder->vm, pid);
  FrameWalk           walk = { builder, NULL, NULL, NULL };
  Module             *module = NULL;
  const FunctionInfo *function;

  detail->pid = pid;
  detail->is_alive = p != NULL;
  if (p == NULL)
    {
      char name[128];

      detail->exit_reason = exit_reason_of (builder, pid);
      if (builder->vm->recorder != NULL)
        detail->name = snapshot_text (
          builder, vm_recording_format_process (recorder_get_recording (builder->vm->recorder), pid,
                                                name, sizeof name));
      return;
    }
  builder->measures_terms =
    builder->snapshot->status.state != VM_STATE_RUNNING || p->heap.size < MAX_MEASURED_HEAP;
  function = interp_current_function (p, &module);
  add_registers (builder, p, detail);
  walk.frames = g_array_new (FALSE, FALSE, sizeof (VmFrame));
  walk.module = module;
  walk.pc = p->pc;
  interp_walk_stack (p, add_frame, &walk);
  detail->frames = snapshot_array (walk.frames, &detail->n_frames);
  if (module != NULL && function != NULL)
    snapshot_add_instructions (builder, module, function, p->pc, detail);
  add_messages (builder, p, detail);
  add_dictionary (builder, p, detail);
}
