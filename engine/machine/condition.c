/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/machine/condition.h"

#include "engine/machine/control.h"
#include "engine/mem/offheap.h"
#include "engine/proc/registry.h"
#include "engine/sched/scheduler.h"
#include "engine/trace/recorder.h"
#include "engine/vm-error.h"

#include <string.h>

static guint
node_watch (const ConditionNode *node)
{
  switch (node->kind)
    {
    case CONDITION_AND:
    case CONDITION_OR:
      return node_watch (node->left) | node_watch (node->right);
    case CONDITION_NOT:
      return node_watch (node->left);
    case CONDITION_LINE:
    case CONDITION_CALLS:
      return WATCH_INSTRUCTIONS;
    case CONDITION_REDUCTIONS:
    case CONDITION_HEAP:
    case CONDITION_FRAMES:
    case CONDITION_SIZE:
    case CONDITION_COPY_SIZE:
    case CONDITION_BINARIES:
    case CONDITION_MEMORY:
      return WATCH_INSTRUCTIONS | WATCH_LEVELS;
    case CONDITION_TIME:
    case CONDITION_FINISHED:
      return WATCH_LEVELS;
    case CONDITION_GC:
    case CONDITION_SENT:
    case CONDITION_RECEIVED:
      return WATCH_EVENTS;
    default:
      return WATCH_EVENTS | WATCH_LEVELS;
    }
}

guint
condition_get_watch (const VmCondition *condition)
{
  return node_watch (condition->root);
}

static gint64
node_next_time (const ConditionNode *node, gint64 now_ns)
{
  gint64 left, right;

  if (node->kind == CONDITION_TIME)
    {
      /* `time > T` and `time =< T` change one nanosecond later than the others */
      gint64 at = node->number + (node->comparison == COMPARE_GT || node->comparison == COMPARE_LE);
      return at > now_ns ? at : G_MAXINT64;
    }
  left = node->left != NULL ? node_next_time (node->left, now_ns) : G_MAXINT64;
  right = node->right != NULL ? node_next_time (node->right, now_ns) : G_MAXINT64;
  return MIN (left, right);
}

gint64
condition_next_time (const VmCondition *condition, gint64 now_ns)
{
  return node_next_time (condition->root, now_ns);
}

void
condition_state_init (ConditionState *state, VmMachine *vm, const VmCondition *condition)
{
  state->vm = vm;
  state->condition = condition;
  state->happened = g_new0 (_Atomic guint64, condition->n_atoms);
  state->known = g_new (VmPid, condition->n_atoms);
  state->known_other = g_new (VmPid, condition->n_atoms);
  for (guint i = 0; i < condition->n_atoms; i++)
    state->known[i] = state->known_other[i] = VM_PID_NONE;
  state->look_back = FALSE;
  state->module = NULL;
}

void
condition_state_clear (ConditionState *state)
{
  g_clear_pointer (&state->happened, g_free);
  g_clear_pointer (&state->known, g_free);
  g_clear_pointer (&state->known_other, g_free);
  state->condition = NULL;
}

/* --- who is meant ------------------------------------------------------------ */

static gboolean
is_any (const char *who)
{
  return who == NULL || strcmp (who, "any") == 0;
}

static VmPid
find_in_recording (VmMachine *vm, const char *name)
{
  VmRecording *recording = recorder_get_recording (vm->recorder);
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  char buffer[1024];

  vm_recording_get_pids (recording, pids);
  for (guint i = 0; i < pids->len; i++)
    {
      VmPid pid = g_array_index (pids, VmPid, i);
      if (strcmp (vm_recording_format_process (recording, pid, buffer, sizeof buffer), name) == 0)
        return pid;
    }
  return VM_PID_NONE;
}

/* The process that @who names now, or named when it was last there (@known). */
static VmPid
resolve (ConditionState *state, const char *who, VmPid *known)
{
  VmPid pid = VM_PID_NONE;
  Term  name;

  if (who[0] == '<' && vm_pid_parse (who, &pid))
    return *known = pid;
  if (*known != VM_PID_NONE && process_table_lookup (state->vm, *known) != NULL)
    return *known;
  pid = names_lookup (state->vm, who);
  if (pid == VM_PID_NONE)
    {
      name = atom_table_lookup (state->vm->atoms, who, strlen (who));
      if (name != NONE)
        pid = registry_lookup (state->vm, name);
    }
  if (pid == VM_PID_NONE && *known == VM_PID_NONE && state->look_back)
    pid = find_in_recording (state->vm, who);
  if (pid != VM_PID_NONE)
    *known = pid;
  return *known;
}

static gboolean
is_process (ConditionState *state, const char *who, VmPid *known, VmPid pid)
{
  return is_any (who) || resolve (state, who, known) == pid;
}

/* --- edges ------------------------------------------------------------------- */

static gboolean
gc_matches (const ConditionNode *node, guint kind)
{
  return (kind == VM_EVENT_GC_MINOR_END && node->detail != GC_MAJOR) ||
         (kind == VM_EVENT_GC_MAJOR_END && node->detail != GC_MINOR);
}

static void
feed_node (ConditionState *state, const ConditionNode *node, const VmEvent *event)
{
  gboolean match = FALSE;

  if (node->left != NULL)
    feed_node (state, node->left, event);
  if (node->right != NULL)
    feed_node (state, node->right, event);
  switch (node->kind)
    {
    case CONDITION_GC:
      match = gc_matches (node, event->kind) &&
              is_process (state, node->who, &state->known[node->index], event->pid);
      break;
    case CONDITION_SENT:
      match = event->kind == VM_EVENT_SEND &&
              is_process (state, node->who, &state->known[node->index], event->pid) &&
              is_process (state, node->other, &state->known_other[node->index], (VmPid) event->a);
      break;
    case CONDITION_RECEIVED:
      match = event->kind == VM_EVENT_RECEIVE &&
              is_process (state, node->who, &state->known[node->index], event->pid);
      break;
    case CONDITION_EXITED:
      match = event->kind == VM_EVENT_EXIT &&
              is_process (state, node->who, &state->known[node->index], event->pid);
      break;
    default:
      break;
    }
  if (match)
    atomic_fetch_add (&state->happened[node->index], 1);
}

void
condition_feed (ConditionState *state, const VmEvent *event)
{
  feed_node (state, state->condition->root, event);
}

static gboolean
same_file (const char *path, const char *wanted)
{
  gsize n = strlen (path), m = strlen (wanted);

  return n >= m && strcmp (path + n - m, wanted) == 0 && (n == m || path[n - m - 1] == '/');
}

static gboolean
at_line (const Module *module, const Cell *pc, const char *file, guint line)
{
  const LineEntry *entry = module_find_line (module, pc);

  /* the line's first instruction only: otherwise each of its instructions would count */
  return entry != NULL && entry->line == line && entry->file < module->n_files &&
         module->cells + entry->cell == pc && same_file (module->files[entry->file], file);
}

static gboolean
at_function (ConditionState *state, const Module *module, const Cell *pc, const ConditionNode *node)
{
  const FunctionInfo *function = module_find_function (module, pc);

  return function != NULL && module->cells + function->entry == pc &&
         function->arity == node->detail &&
         strcmp (atom_name (state->vm->atoms, function->name, NULL), node->function) == 0 &&
         strcmp (atom_name (state->vm->atoms, module->name, NULL), node->other) == 0;
}

static gboolean
feed_instruction (ConditionState      *state,
                  const ConditionNode *node,
                  const Module        *module,
                  const Cell          *pc)
{
  gboolean match = FALSE, below = FALSE;

  if (node->left != NULL)
    below |= feed_instruction (state, node->left, module, pc);
  if (node->right != NULL)
    below |= feed_instruction (state, node->right, module, pc);
  if (node->kind == CONDITION_LINE)
    match = at_line (module, pc, node->other, node->detail);
  else if (node->kind == CONDITION_CALLS)
    match = at_function (state, module, pc, node);
  if (match)
    atomic_fetch_add (&state->happened[node->index], 1);
  return match || below;
}

gboolean
condition_feed_instruction (ConditionState *state, const Cell *pc)
{
  const Module *module = code_table_find_pc (state->vm->code, pc);

  return module != NULL && feed_instruction (state, state->condition->root, module, pc);
}

/* --- levels ------------------------------------------------------------------ */

static gint64
heap_field (Process *p, HeapField field)
{
  const Heap *heap = &p->heap;
  guint64     bytes;

  switch (field)
    {
    case FIELD_YOUNG:
      return heap->htop - heap->start;
    case FIELD_YOUNG_BLOCK:
      return (gint64) heap->size;
    case FIELD_OLD:
      return heap->old_start != NULL ? heap->old_top - heap->old_start : 0;
    case FIELD_OLD_BLOCK:
      return heap->old_start != NULL ? heap->old_end - heap->old_start : 0;
    case FIELD_STACK:
      return heap->hend - heap->stop;
    case FIELD_HIGH_WATER:
      return heap->high_water - heap->start;
    case FIELD_FRAGMENTS:
      return (gint64) heap->mbuf_size;
    case FIELD_FREE:
      return heap->stop - heap->htop;
    case FIELD_OFFHEAP:
      heap_count_binaries (heap, &bytes);
      return (gint64) bytes;
    case FIELD_VHEAP:
      return (gint64) heap->off_heap.overhead;
    case FIELD_VHEAP_BLOCK:
      return (gint64) heap->vheap_size;
    case FIELD_OLD_VHEAP:
      return (gint64) heap->old_vheap;
    case FIELD_OLD_VHEAP_BLOCK:
      return (gint64) heap->old_vheap_size;
    case FIELD_MEMORY:
      return (gint64) process_memory_bytes (p);
    default:
      return (gint64) heap->size + (gint64) heap->mbuf_size +
             (heap->old_start != NULL ? heap->old_end - heap->old_start : 0);
    }
}

static gboolean
compare (const ConditionNode *node, gint64 value)
{
  switch (node->comparison)
    {
    case COMPARE_EQ:
      return value == node->number;
    case COMPARE_NE:
      return value != node->number;
    case COMPARE_LT:
      return value < node->number;
    case COMPARE_LE:
      return value <= node->number;
    case COMPARE_GT:
      return value > node->number;
    default:
      return value >= node->number;
    }
}

/* Words of the term that @node speaks of. FALSE: there is none, or it is too large. */
static gboolean
measure_term (const ConditionNode *node, Process *p, gint64 *value)
{
  Term  term = place_get (p, node->place, node->detail);
  gsize words;

  *value = -1;
  if (term == NONE)
    return FALSE;
  words = node->kind == CONDITION_SIZE
            ? term_shared_words_up_to (p->vm, term, PLACE_MAX_WORDS + 1)
            : term_copy_words_up_to (p->vm, term, PLACE_MAX_WORDS + 1);
  *value = (gint64) words;
  return words <= PLACE_MAX_WORDS;
}

static gboolean
measure_process (const ConditionNode *node, Process *p, gint64 *value)
{
  guint64 bytes;

  switch (node->kind)
    {
    case CONDITION_HEAP:
      *value = heap_field (p, node->detail);
      return TRUE;
    case CONDITION_MAILBOX:
      *value = (gint64) p->n_messages + atomic_load (&p->n_queued);
      return TRUE;
    case CONDITION_REDUCTIONS:
      *value = (gint64) control_process_reductions (p);
      return TRUE;
    case CONDITION_COLLECTIONS:
      *value = (gint64) p->heap.n_minor + p->heap.n_major;
      return TRUE;
    case CONDITION_MINOR:
      *value = p->heap.n_minor;
      return TRUE;
    case CONDITION_MAJOR:
      *value = p->heap.n_major;
      return TRUE;
    case CONDITION_COPIED:
      *value = (gint64) p->heap.words_copied;
      return TRUE;
    case CONDITION_RECLAIMED:
      *value = (gint64) p->heap.words_reclaimed;
      return TRUE;
    case CONDITION_BINARIES:
      *value = (gint64) heap_count_binaries (&p->heap, &bytes);
      return TRUE;
    case CONDITION_FRAMES:
      *value = place_count_frames (p);
      return TRUE;
    default:
      return measure_term (node, p, value);
    }
}

static gboolean
is_running (const ConditionNode *node, Process *p)
{
  return p->run != NULL && (node->detail == 0 || p->run->scheduler == node->detail);
}

static gint64
measure_machine (VmMachine *vm, const ConditionNode *node)
{
  switch (node->kind)
    {
    case CONDITION_TIME:
      return scheduler_set_get_time (vm->schedulers);
    case CONDITION_SCHEDULERS:
      return vm->options.n_schedulers;
    case CONDITION_MEMORY:
      return __atomic_load_n (&vm->binary_bytes, __ATOMIC_RELAXED);
    default:
      return process_table_get_count (vm);
    }
}

static gboolean
evaluate_node (ConditionState *state, const ConditionNode *node)
{
  VmMachine *vm = state->vm;
  VmPid      pid;
  Process   *p;
  gint64     value;

  switch (node->kind)
    {
    case CONDITION_AND:
      return evaluate_node (state, node->left) && evaluate_node (state, node->right);
    case CONDITION_OR:
      return evaluate_node (state, node->left) || evaluate_node (state, node->right);
    case CONDITION_NOT:
      return !evaluate_node (state, node->left);
    case CONDITION_TIME:
    case CONDITION_COUNT:
    case CONDITION_SCHEDULERS:
    case CONDITION_MEMORY:
      return compare (node, measure_machine (vm, node));
    case CONDITION_FINISHED:
      return control_is_finished (vm);
    case CONDITION_GC:
    case CONDITION_SENT:
    case CONDITION_RECEIVED:
    case CONDITION_LINE:
    case CONDITION_CALLS:
      return atomic_load (&state->happened[node->index]) > 0;
    default:
      break;
    }
  if (node->kind == CONDITION_EXITED &&
      (is_any (node->who) || atomic_load (&state->happened[node->index]) > 0))
    return atomic_load (&state->happened[node->index]) > 0;
  pid = resolve (state, node->who, &state->known[node->index]);
  p = pid != VM_PID_NONE ? process_table_lookup (vm, pid) : NULL;
  if (node->kind == CONDITION_EXITED)
    return pid != VM_PID_NONE && p == NULL;
  if (p == NULL)
    return FALSE;
  if (node->kind == CONDITION_RUNNING)
    return is_running (node, p);
  return measure_process (node, p, &value) && compare (node, value);
}

gboolean
condition_evaluate (ConditionState *state)
{
  return evaluate_node (state, state->condition->root);
}

gboolean
condition_measure (ConditionState   *state,
                   const VmQuantity *quantity,
                   gint64           *value,
                   GError          **error)
{
  const ConditionNode *node = quantity->root;
  VmPid                pid;
  Process             *p;

  if (node->who == NULL)
    {
      *value = measure_machine (state->vm, node);
      return TRUE;
    }
  pid = resolve (state, node->who, &state->known[node->index]);
  p = pid != VM_PID_NONE ? process_table_lookup (state->vm, pid) : NULL;
  if (p == NULL)
    g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "there is no process '%s' at this moment",
                 node->who);
  else if (measure_process (node, p, value))
    return TRUE;
  else if (*value > PLACE_MAX_WORDS)
    g_set_error (error, VM_ERROR, VM_ERROR_LIMIT, "%c%u of '%s' has more than %d words",
                 "xym"[node->place], node -> detail, node -> who, PLACE_MAX_WORDS);
  else
    g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                 "there is no %c%u in '%s' at this moment%s", "xym"[node->place], node -> detail,
                 node -> who,
                 node -> place == PLACE_ARGUMENT ? ": registers are told where a function begins"
                                                 : "");
  return FALSE;
}
