/* SPDX-License-Identifier: Apache-2.0 */

/* From where a term is reached. Terms hold no way back, so all objects are gone
 * through, up and down in turn, and each that refers to a marked one is marked,
 * until a pass marks nothing new. Fresh terms refer to older ones only, which lie
 * lower, and a collection lays what a term refers to mostly above it: few passes
 * do, however deep the term lies. */
#include "config.h"

#include "engine/mem/gc-private.h"
#include "engine/view/words-private.h"

#define MAX_MARKING_US (3 * G_USEC_PER_SEC / 2)
#define MAX_REFERRERS  64

typedef struct
{
  WordsBuilder *words;
  WordsIndex   *index;
  Term          target; /* the chosen object, untagged */
  gboolean      changed;
  gboolean      counts; /* referrers, in the first pass */
  guint64      *starts; /* [CHUNK_WORDS] */
} Pass;

static void
set_bits (guint64 *bits, guint64 from, guint64 n)
{
  for (guint64 i = from; i < from + n; i++)
    bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

static gsize
get_slots (const Term *at, VmObjectKind kind, Term **slots)
{
  if (kind == VM_OBJECT_CONS)
    {
      *slots = (Term *) at;
      return 2;
    }
  return term_is_header (*at) && kind != VM_OBJECT_HOLE ? thing_slots ((Term *) at, slots) : 0;
}

static void
add_referrer (WordsIndex *index, VmArea area, guint64 offset)
{
  VmWordStretch place = { .area = area, .offset = offset, .n_words = 1 };

  index->chosen.n_referrers++;
  if (index->referrers->len < MAX_REFERRERS)
    g_array_append_val (index->referrers, place);
}

static gboolean
leads (const WordsIndex *index, Term slot)
{
  guint64      at = 0;
  const Space *space = words_locate (index, slot, &at);

  return space != NULL && words_marked (space->leads, at);
}

static void
pass_object (Pass *pass, Space *space, guint64 at, guint64 size, VmObjectKind kind)
{
  gboolean marked = words_marked (space->leads, at);
  Term    *slots = NULL;
  gsize    n = 0;

  if (!marked || pass->counts)
    n = MIN (get_slots (space->base + at, kind, &slots), size);
  for (gsize i = 0; i < n; i++)
    {
      if (term_is_immediate (slots[i]) || term_is_header (slots[i]))
        continue;
      if (pass->counts && (slots[i] & ~(Term) TAG_MASK) == pass->target)
        add_referrer (pass->index, space->area,
                      space->first + (guint64) (slots + i - space->base));
      if (!marked && leads (pass->index, slots[i]))
        {
          set_bits (space->leads, at, size);
          marked = pass->changed = TRUE;
          if (!pass->counts)
            return;
        }
    }
}

static void
pass_up (Pass *pass, Space *space)
{
  const Term *end = space->base + space->n_words;

  for (guint64 at = 0; at < space->n_words;)
    {
      VmObjectKind kind;
      guint64      size = words_object_at (space->base + at, end, &kind);

      pass_object (pass, space, at, size, kind);
      at += size;
    }
}

/* Objects can only be found going up: those of a chunk are noted first. */
static void
pass_down (Pass *pass, Space *space)
{
  const Term *end = space->base + space->n_words;

  for (guint64 c = (space->n_words + CHUNK_WORDS - 1) / CHUNK_WORDS; c-- > 0;)
    {
      guint64      begin = c * CHUNK_WORDS, to = MIN (begin + CHUNK_WORDS, space->n_words);
      guint        n = 0;
      VmObjectKind kind;

      for (guint64 at = space->chunks[c].covering; at < to;)
        {
          if (at >= begin)
            pass->starts[n++] = at;
          at += words_object_at (space->base + at, end, &kind);
        }
      while (n-- > 0)
        {
          guint64 size = words_object_at (space->base + pass->starts[n], end, &kind);

          pass_object (pass, space, pass->starts[n], size, kind);
        }
    }
}

static gboolean
mark_leads (Pass *pass)
{
  gint64      begin_us = g_get_monotonic_time ();
  WordsIndex *index = pass->index;
  gboolean    down = FALSE;

  pass->counts = TRUE;
  do
    {
      pass->changed = FALSE;
      for (guint i = 0; i < index->spaces->len; i++)
        {
          Space *space =
            words_space (index, down ? index->spaces->len - 1 - i : i);

          if (down)
            pass_down (pass, space);
          else
            pass_up (pass, space);
        }
      /* the first pass up may see nothing where one down would */
      pass->changed |= pass->counts;
      pass->counts = FALSE;
      down = !down;
      if (pass->changed && g_get_monotonic_time () - begin_us > MAX_MARKING_US)
        return FALSE;
    }
  while (pass->changed);
  return TRUE;
}

/* The object at word @at of @space and all it holds; returns the words. */
static guint64
mark_parts (WordsIndex *index, Space *space, guint64 at)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Term));
  guint64 n_words = 0;
  Term    first = make_boxed (space->base + at);

  g_array_append_val (todo, first);
  while (todo->len > 0)
    {
      Term         term = g_array_index (todo, Term, todo->len - 1);
      VmObjectKind kind;
      Term        *slots = NULL;
      guint64      size;
      gsize        n;

      g_array_set_size (todo, todo->len - 1);
      space = words_locate (index, term, &at);
      if (space == NULL || words_marked (space->parts, at))
        continue;
      size = words_object_at (space->base + at, space->base + space->n_words, &kind);
      n = MIN (get_slots (space->base + at, kind, &slots), size);
      set_bits (space->parts, at, size);
      n_words += size;
      for (gsize i = 0; i < n; i++)
        if (!term_is_immediate (slots[i]) && !term_is_header (slots[i]))
          g_array_append_val (todo, slots[i]);
    }
  return n_words;
}

static gboolean
prepare (WordsIndex *index)
{
  for (guint i = 0; i < index->spaces->len; i++)
    {
      Space *space = words_space (index, i);

      g_clear_pointer (&space->leads, g_free);
      g_clear_pointer (&space->parts, g_free);
      if (!words_index_walk (index, space))
        return FALSE;
    }
  for (guint i = 0; i < index->spaces->len; i++)
    {
      Space *space = words_space (index, i);

      space->leads = g_new0 (guint64, space->n_words / 64 + 1);
      space->parts = g_new0 (guint64, space->n_words / 64 + 1);
    }
  return TRUE;
}

/* What a slot of the stack refers to, else the object at the place. */
static Space *
find_chosen (WordsBuilder *words, guint64 *at)
{
  const VmWordsRequest *request = words->request;
  const Heap           *heap = &words->process->heap;
  const Term           *slot = heap->start + MIN (request->chosen_offset, heap->size);
  Space                *space;

  if (request->chosen_area == VM_AREA_YOUNG && slot >= heap->stop && slot < heap->hend)
    return words_locate (words->index, *slot, at);
  space = words_find_space (words->index, request->chosen_area, request->chosen_offset);
  if (space != NULL)
    *at = words_find_object (space, request->chosen_offset - space->first);
  return space;
}

void
words_mark (WordsBuilder *words)
{
  const VmWordsRequest *request = words->request;
  WordsIndex           *index = words->index;
  Space                *space;
  guint64               at = 0;
  VmObjectKind          kind;

  if (index->chosen_area == request->chosen_area && index->chosen_offset == request->chosen_offset)
    return;
  index->chosen_area = request->chosen_area;
  index->chosen_offset = request->chosen_offset;
  index->chosen = (VmChosen){ .is_known = FALSE };
  g_array_set_size (index->referrers, 0);
  if (request->chosen_area == VM_AREA_NONE)
    {
      for (guint i = 0; i < index->spaces->len; i++)
        {
          g_clear_pointer (&words_space (index, i)->leads, g_free);
          g_clear_pointer (&words_space (index, i)->parts, g_free);
        }
      return;
    }
  if (!prepare (index) || (space = find_chosen (words, &at)) == NULL)
    return;

  Pass pass = { .words = words, .index = index, .target = (Term) (space->base + at) };

  index->chosen.is_known = TRUE;
  index->chosen.object.area = space->area;
  index->chosen.object.offset = space->first + at;
  set_bits (space->leads, at,
            words_object_at (space->base + at, space->base + space->n_words, &kind));
  pass.starts = g_new (guint64, CHUNK_WORDS);
  index->chosen.is_complete = mark_leads (&pass);
  g_free (pass.starts);
  index->chosen.n_words = mark_parts (index, space, at);
}
