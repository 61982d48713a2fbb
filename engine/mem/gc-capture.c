/* SPDX-License-Identifier: Apache-2.0 */

/* Pointers become offsets here: a capture knows which addresses each space has
 * just now, and which the blocks had that are gone by the end. */
#include "config.h"

#include "engine/mem/gc-capture.h"

#include "engine/base/debug.h"
#include "engine/mem/gc-private.h"
#include "engine/vm-words.h"

typedef struct
{
  const Term *start, *end;
  guint32     offset; /* of `start` in its space */
  guint8      space;
} Area;

struct _GcCapture
{
  VmMachine  *vm;
  VmGcWalk   *result;
  GArray     *areas; /* Area: fragments, sorted by address from begin on */
  GPtrArray  *messages;
  GPtrArray  *slot_names;
  GArray     *actions, *decisions, *roots;
  GArray     *range_roots; /* guint: the first root of each range */
  Area        young, old, stack, fresh, literals;
  const Term *root_slots; /* of the range that comes now */
  guint       root_index;
  guint       n_roots;
  gsize       n_budget; /* words that may still be listed */
  bool        has_begun;
};

GcCapture *
gc_capture_new (VmMachine *vm, VmPid pid, const char *process, guint64 number)
{
  GcCapture *capture = g_new0 (GcCapture, 1);
  VmGcWalk  *result = g_new0 (VmGcWalk, 1);

  g_atomic_ref_count_init (&result->ref_count);
  result->strings = g_string_chunk_new (4096);
  result->pid = pid;
  result->process = g_string_chunk_insert (result->strings, process);
  result->number = number;
  result->is_whole = TRUE;
  capture->vm = vm;
  capture->result = result;
  capture->areas = g_array_new (FALSE, FALSE, sizeof (Area));
  capture->messages = g_ptr_array_new ();
  capture->slot_names = g_ptr_array_new ();
  capture->actions = g_array_new (FALSE, FALSE, sizeof (VmGcAction));
  capture->decisions = g_array_new (FALSE, FALSE, sizeof (VmGcDecision));
  capture->roots = g_array_new (FALSE, FALSE, sizeof (VmGcRoot));
  capture->range_roots = g_array_new (FALSE, FALSE, sizeof (guint));
  capture->n_budget = VM_GC_WALK_MAX_WORDS;
  return capture;
}

void
gc_capture_free (GcCapture *capture)
{
  if (capture == NULL)
    return;
  vm_gc_walk_unref (capture->result);
  g_array_unref (capture->areas);
  g_ptr_array_unref (capture->messages);
  g_ptr_array_unref (capture->slot_names);
  g_array_unref (capture->actions);
  g_array_unref (capture->decisions);
  g_array_unref (capture->roots);
  g_array_unref (capture->range_roots);
  g_free (capture);
}

void
gc_capture_set_place (GcCapture *capture, const char *current, const char *file, guint line)
{
  VmGcWalk *result = capture->result;

  result->current = current != NULL ? g_string_chunk_insert (result->strings, current) : NULL;
  result->file = file != NULL ? g_string_chunk_insert (result->strings, file) : NULL;
  result->line = line;
}

void
gc_capture_name_slot (GcCapture *capture, const char *name)
{
  if (capture->slot_names->len < VM_GC_WALK_MAX_WORDS)
    g_ptr_array_add (capture->slot_names,
                     g_string_chunk_insert_const (capture->result->strings, name));
}

void
gc_capture_add_message (GcCapture *capture, const HeapFragment *fragment)
{
  g_ptr_array_add (capture->messages, (gpointer) fragment);
}

/* --- where things are --------------------------------------------------------- */

static bool
is_in (const Area *area, const Term *place)
{
  return place >= area->start && place < area->end;
}

static const Area *
find_fragment (const GcCapture *capture, const Term *place)
{
  guint lo = 0, hi = capture->areas->len;

  while (lo < hi)
    {
      guint       mid = lo + (hi - lo) / 2;
      const Area *area = &g_array_index (capture->areas, Area, mid);

      if (is_in (area, place))
        return area;
      if (area->start < place)
        lo = mid + 1;
      else
        hi = mid;
    }
  return NULL;
}

static VmSpace
place_of (gpointer data, const Term *place, guint32 *offset)
{
  const GcCapture *capture = data;
  const Area      *known[] = { &capture->fresh, &capture->young, &capture->old, &capture->stack };
  const Area      *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known) && found == NULL; i++)
    if (is_in (known[i], place))
      found = known[i];
  if (found == NULL && is_in (&capture->literals, place))
    {
      *offset = 0;
      return VM_SPACE_LITERAL;
    }
  if (found == NULL)
    found = find_fragment (capture, place);
  *offset = found != NULL ? (guint32) (place - found->start) + found->offset : 0;
  return found != NULL ? (VmSpace) found->space : VM_SPACE_NONE;
}

static int
compare_areas (gconstpointer a, gconstpointer b)
{
  const Area *x = a, *y = b;

  return x->start < y->start ? -1 : x->start > y->start;
}

static void
add_fragment (GcCapture *capture, const HeapFragment *fragment, VmSpace space)
{
  VmGcSpace *info = &capture->result->spaces[space];
  Area       area = { fragment->mem, fragment->mem + fragment->used, (guint32) info->used_before,
                      (guint8) space };

  if (fragment->used > 0)
    g_array_append_val (capture->areas, area);
  info->used_before += fragment->used;
  info->block_before += fragment->size;
}

static void
find_areas (GcCapture *capture, const Heap *heap)
{
  const Literals *literals = (const Literals *) capture->vm->literals;

  capture->young = (Area){ heap->start, heap->htop, 0, VM_SPACE_YOUNG };
  capture->old = (Area){ heap->old_start, heap->old_end, 0, VM_SPACE_OLD };
  capture->stack = (Area){ heap->stop, heap->hend, 0, VM_SPACE_STACK };
  if (literals != NULL)
    capture->literals = (Area){ literals->base, literals->end, 0, VM_SPACE_LITERAL };
  for (const HeapFragment *f = heap->fragments; f != NULL; f = f->next)
    add_fragment (capture, f, VM_SPACE_FRAGMENT);
  for (const HeapFragment *f = heap->message_fragments; f != NULL; f = f->next)
    add_fragment (capture, f, VM_SPACE_FRAGMENT);
  for (guint i = 0; i < capture->messages->len; i++)
    add_fragment (capture, g_ptr_array_index (capture->messages, i), VM_SPACE_MESSAGE);
}

/* --- what was there before ------------------------------------------------------- */

/* How many of @wanted words are listed. */
static guint
take_budget (GcCapture *capture, gsize wanted)
{
  gsize n = MIN (wanted, capture->n_budget);

  if (n < wanted)
    capture->result->is_whole = FALSE;
  capture->n_budget -= n;
  return (guint) n;
}

static void
list_block (
  GcCapture *capture, const GcWordWriter *writer, VmSpace space, const Term *from, const Term *end)
{
  VmGcSpace *info = &capture->result->spaces[space];
  VmGcWord  *words;

  info->n_words = take_budget (capture, (gsize) (end - from));
  words = g_new0 (VmGcWord, info->n_words);
  gc_words_write (writer, from, end, info->n_words, words);
  info->words = words;
}

static void
list_fragments (GcCapture *capture, const GcWordWriter *writer, VmSpace space)
{
  VmGcSpace *info = &capture->result->spaces[space];
  VmGcWord  *words;

  info->n_words = take_budget (capture, info->used_before);
  words = g_new0 (VmGcWord, info->n_words);
  for (guint i = 0; i < capture->areas->len; i++)
    {
      const Area *area = &g_array_index (capture->areas, Area, i);

      if (area->space == space && area->offset < info->n_words)
        gc_words_write (writer, area->start, area->end,
                        MIN ((guint) (area->end - area->start), info->n_words - area->offset),
                        words + area->offset);
    }
  info->words = words;
}

static void
list_stack (GcCapture *capture, const GcWordWriter *writer, const Heap *heap)
{
  VmGcSpace *info = &capture->result->spaces[VM_SPACE_STACK];
  gsize      n = (gsize) (heap->hend - heap->stop);
  VmGcWord  *words;
  char       name[32];

  info->block_before = info->used_before = n;
  info->n_words = take_budget (capture, n);
  words = g_new0 (VmGcWord, info->n_words);
  for (guint i = 0; i < info->n_words; i++)
    {
      gc_word_write_slot (writer, heap->stop + i, &words[i]);
      if (i >= capture->slot_names->len)
        {
          g_snprintf (name, sizeof name, "stack word %u", i);
          gc_capture_name_slot (capture, name);
        }
    }
  info->words = words;
}

static const char *const root_texts[] = {
#define X(name, text) [VM_GC_ROOT_##name] = text,
  VM_GC_ROOTS (X)
#undef X
};

static void
list_root (GcCapture          *capture,
           const GcWordWriter *writer,
           const RootRange    *range,
           guint               i,
           guint              *numbers)
{
  VmGcRoot root = { .kind = (VmGcRootKind) range->kind };
  char     name[64];

  if (range->kind == VM_GC_ROOT_REGISTER)
    g_snprintf (name, sizeof name, "x%u", i);
  else if (range->kind == VM_GC_ROOT_MESSAGE || range->kind == VM_GC_ROOT_DICTIONARY ||
           range->kind == VM_GC_ROOT_SAVED)
    g_snprintf (name, sizeof name, "%s %u", root_texts[range->kind], ++numbers[range->kind]);
  else
    g_strlcpy (name, root_texts[range->kind], sizeof name);
  root.name = g_string_chunk_insert_const (capture->result->strings, name);
  gc_word_write_slot (writer, range->first + i, &root.word);
  g_array_append_val (capture->roots, root);
}

static void
list_roots (GcCapture *capture, const GcWordWriter *writer, const GcRoots *roots)
{
  guint numbers[VM_N_GC_ROOTS] = { 0 };

  for (guint r = 0; r < roots->n_ranges; r++)
    {
      const RootRange *range = &roots->ranges[r];
      guint            n = take_budget (capture, range->n);

      g_array_append_val (capture->range_roots, capture->n_roots);
      capture->n_roots += (guint) range->n;
      for (guint i = 0; i < n; i++)
        list_root (capture, writer, range, i, numbers);
    }
}

void
gc_capture_begin (GcCapture *capture, Heap *heap, const GcRequest *request, const GcRoots *roots)
{
  VmGcWalk          *result = capture->result;
  const GcWordWriter writer = { capture->vm, result->strings, place_of, capture };

  capture->has_begun = true;
  find_areas (capture, heap);
  gc_get_keys (heap, request->extra_stack, result->keys_before);
  result->keys_before[VM_GC_MBUF_SIZE] += request->queued_words;
  result->keys_before[VM_GC_WORDSIZE] = request->need;
  result->high_water_before = (guint64) (heap->high_water - heap->start);
  result->spaces[VM_SPACE_YOUNG].block_before = heap->size;
  result->spaces[VM_SPACE_YOUNG].used_before = (guint64) (heap->htop - heap->start);
  result->spaces[VM_SPACE_OLD].block_before = (guint64) (heap->old_end - heap->old_start);
  result->spaces[VM_SPACE_OLD].used_before = (guint64) (heap->old_top - heap->old_start);
  g_array_sort (capture->areas, compare_areas);
  list_stack (capture, &writer, heap);
  list_roots (capture, &writer, roots);
  list_block (capture, &writer, VM_SPACE_YOUNG, heap->start, heap->htop);
  list_fragments (capture, &writer, VM_SPACE_FRAGMENT);
  list_fragments (capture, &writer, VM_SPACE_MESSAGE);
  list_block (capture, &writer, VM_SPACE_OLD, heap->old_start, heap->old_top);
}

/* --- what is done ------------------------------------------------------------------- */

void
gc_capture_decide (GcCapture *capture, VmGcDecisionKind kind, const guint64 numbers[4])
{
  VmGcDecision decision = { .kind = kind };

  memcpy (decision.numbers, numbers, sizeof decision.numbers);
  g_array_append_val (capture->decisions, decision);
}

void
gc_capture_old_block (GcCapture *capture, Term *block, gsize words)
{
  capture->old = (Area){ block, block + words, 0, VM_SPACE_OLD };
}

void
gc_capture_begin_copy (GcCapture *capture, Term *block, gsize words)
{
  capture->fresh = (Area){ block, block + words, 0, VM_SPACE_NEW };
  gc_capture_note (capture, VM_GC_ACTION_MAKE_NEW, NULL, NULL, block, words);
}

void
gc_capture_moved (GcCapture *capture, Term *block, gsize words)
{
  capture->fresh = (Area){ block, block + words, 0, VM_SPACE_NEW };
}

void
gc_capture_enter_roots (GcCapture *capture, guint index, const Term *first)
{
  capture->root_slots = first;
  capture->root_index = g_array_index (capture->range_roots, guint, index);
}

void
gc_capture_note (GcCapture     *capture,
                 VmGcActionKind kind,
                 const Term    *slot,
                 const Term    *from,
                 const Term    *to,
                 gsize          words)
{
  VmGcAction action = { .words = (guint32) MIN (words, G_MAXUINT32) };

  if (slot != NULL)
    {
      action.slot_space = (guint8) place_of (capture, slot, &action.slot);
      if (action.slot_space != VM_SPACE_NEW && action.slot_space != VM_SPACE_OLD &&
          action.slot_space != VM_SPACE_STACK)
        {
          action.slot_space = VM_SPACE_ROOT;
          action.slot = capture->root_index + (guint32) (slot - capture->root_slots);
        }
    }
  if (from != NULL)
    action.from_space = (guint8) place_of (capture, from, &action.from);
  if (to != NULL)
    action.to_space = (guint8) place_of (capture, to, &action.to);
  if (kind == VM_GC_ACTION_COPY && action.to_space == VM_SPACE_OLD)
    kind = VM_GC_ACTION_PROMOTE;
  action.kind = (guint8) kind;
  capture->result->counts[kind].n++;
  capture->result->counts[kind].words += words;
  if (capture->actions->len < VM_GC_WALK_MAX_ACTIONS)
    g_array_append_val (capture->actions, action);
  else
    capture->result->is_whole = FALSE;
}

/* --- the end ------------------------------------------------------------------------- */

static gpointer
steal (GArray **array, guint *n)
{
  GArray *taken = g_steal_pointer (array);

  *n = taken->len;
  return g_array_free (taken, FALSE);
}

VmGcWalk *
gc_capture_end (
  GcCapture *capture, const Heap *heap, gint64 begin_ns, gint64 end_ns, int reductions)
{
  VmGcWalk *result = capture->result;

  if (!capture->has_begun)
    {
      gc_capture_free (capture);
      return NULL;
    }
  result->is_killed = reductions < 0;
  result->is_major = result->counts[VM_GC_ACTION_FREE_OLD].n > 0 || heap->n_minor_since_major == 0;
  result->begin_ns = begin_ns;
  result->end_ns = end_ns;
  result->reductions = reductions;
  gc_get_keys (heap, 0, result->keys_after);
  result->high_water_after = (guint64) (heap->high_water - heap->start);
  result->spaces[VM_SPACE_NEW].block_after = heap->size;
  result->spaces[VM_SPACE_NEW].used_after = (guint64) (heap->htop - heap->start);
  result->spaces[VM_SPACE_OLD].block_after = (guint64) (heap->old_end - heap->old_start);
  result->spaces[VM_SPACE_OLD].used_after = (guint64) (heap->old_top - heap->old_start);
  result->spaces[VM_SPACE_STACK].block_after = result->spaces[VM_SPACE_STACK].used_after =
    (guint64) (heap->hend - heap->stop);
  result->roots = steal (&capture->roots, &result->n_roots);
  result->actions = steal (&capture->actions, &result->n_actions);
  result->decisions = steal (&capture->decisions, &result->n_decisions);
  result->stack_names = (const char *const *) g_ptr_array_free (
    g_steal_pointer (&capture->slot_names), FALSE);
  capture->result = NULL;
  capture->roots = g_array_new (FALSE, FALSE, 1);
  capture->actions = g_array_new (FALSE, FALSE, 1);
  capture->decisions = g_array_new (FALSE, FALSE, 1);
  capture->slot_names = g_ptr_array_new ();
  gc_capture_free (capture);
  return result;
}
