/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/view/words-private.h"

#include "engine/proc/signals.h"

/* More is not walked while the program runs: each walk is time that it lacks. */
#define MAX_RUNNING_WORDS     100000
#define MAX_RUNNING_FRAGMENTS 4096
/* Of very many fragments only the first are told apart. */
#define MAX_FRAGMENTS (1u << 20)

/* --- which spaces there are ------------------------------------------------------ */

static void
add_space (WordsIndex *index, VmArea area, const Term *base, const Term *end)
{
  Space space = { .area = area, .base = base, .n_words = (guint64) (end - base) };

  g_array_append_val (index->spaces, space);
}

static void
add_fragments (WordsIndex *index, const HeapFragment *f, gboolean is_message, guint message)
{
  for (; f != NULL; f = f->next)
    {
      Space space = { .area = VM_AREA_FRAGMENT,
                      .base = f->mem,
                      .n_words = f->used,
                      .first = index->n_fragment_words,
                      .message = message,
                      .is_message = is_message };

      if (f->used == 0)
        continue;
      index->n_fragment_words += f->used;
      if (index->spaces->len >= MAX_FRAGMENTS + SPACE_OLD + 1)
        continue;
      g_array_append_val (index->spaces, space);
      index->n_told_words = space.first + space.n_words;
    }
}

static void
add_queue (WordsIndex *index, const Message *m, guint *number)
{
  for (; m != NULL && (!index->is_running || index->spaces->len < MAX_RUNNING_FRAGMENTS);
       m = m->next)
    {
      if (m->kind != SIGNAL_MESSAGE && m->kind != SIGNAL_ALIAS_MESSAGE)
        continue;
      if (m->term != NONE)
        add_fragments (index, m->fragment, TRUE, ++*number);
    }
}

static int
compare_bases (gconstpointer a, gconstpointer b, gpointer data)
{
  const Term *x = words_space (data, *(const guint *) a)->base;
  const Term *y = words_space (data, *(const guint *) b)->base;

  return x < y ? -1 : x > y;
}

static WordsIndex *
list_spaces (Process *p, gboolean is_running)
{
  WordsIndex *index = g_new0 (WordsIndex, 1);
  const Heap *heap = &p->heap;
  guint       number = 0;

  index->is_running = is_running;
  index->spaces = g_array_new (FALSE, TRUE, sizeof (Space));
  index->by_address = g_array_new (FALSE, FALSE, sizeof (guint));
  index->referrers = g_array_new (FALSE, TRUE, sizeof (VmWordStretch));
  add_space (index, VM_AREA_YOUNG, heap->start, heap->htop);
  add_space (index, VM_AREA_OLD, heap->old_start, heap->old_top);
  add_fragments (index, heap->fragments, FALSE, 0);
  add_fragments (index, heap->message_fragments, TRUE, 0);
  add_queue (index, p->messages, &number);
  add_queue (index, (const Message *) p->middle, &number);
  lock_take (&p->signal_lock);
  add_queue (index, (const Message *) p->outer, &number);
  lock_drop (&p->signal_lock);
  for (guint i = SPACE_OLD + 1; i < index->spaces->len; i++)
    g_array_append_val (index->by_address, i);
  g_array_sort_with_data (index->by_address, compare_bases, index);
  return index;
}

void
words_index_free (WordsIndex *index)
{
  if (index == NULL)
    return;
  for (guint i = 0; i < index->spaces->len; i++)
    {
      g_free (words_space (index, i)->chunks);
      g_free (words_space (index, i)->leads);
      g_free (words_space (index, i)->parts);
    }
  g_array_unref (index->spaces);
  g_array_unref (index->by_address);
  g_array_unref (index->referrers);
  g_free (index);
}

static gboolean
is_same (const WordsIndex *a, const WordsIndex *b)
{
  if (a->is_running || b->is_running || a->pid != b->pid || a->serial != b->serial ||
      a->spaces->len != b->spaces->len || a->n_fragment_words != b->n_fragment_words)
    return FALSE;
  for (guint i = 0; i < a->spaces->len; i++)
    if (words_space (a, i)->base != words_space (b, i)->base ||
        words_space (a, i)->n_words != words_space (b, i)->n_words)
      return FALSE;
  return TRUE;
}

WordsIndex *
words_index_update (WordsIndex *old, Process *p, guint64 serial, gboolean is_running)
{
  WordsIndex *index = list_spaces (p, is_running);

  index->pid = p->id;
  index->serial = serial;
  if (old != NULL && is_same (old, index))
    {
      words_index_free (index);
      return old;
    }
  words_index_free (old);
  return index;
}

/* --- objects ---------------------------------------------------------------------- */

static VmObjectKind
kind_of (Term header)
{
  static const VmObjectKind kinds[16] = {
    [SUB_TUPLE] = VM_OBJECT_TUPLE,
    [SUB_MATCH_CONTEXT] = VM_OBJECT_MATCH_CONTEXT,
    [SUB_POS_BIG] = VM_OBJECT_BIGNUM,
    [SUB_NEG_BIG] = VM_OBJECT_BIGNUM,
    [SUB_REF] = VM_OBJECT_REFERENCE,
    [SUB_FUN] = VM_OBJECT_FUN,
    [SUB_FLOAT] = VM_OBJECT_FLOAT,
    [SUB_PROC_BIN] = VM_OBJECT_PROC_BIN,
    [SUB_HEAP_BIN] = VM_OBJECT_HEAP_BINARY,
    [SUB_SUB_BIN] = VM_OBJECT_SUB_BINARY,
    [SUB_EXT_PID] = VM_OBJECT_EXTERNAL,
    [SUB_EXT_PORT] = VM_OBJECT_EXTERNAL,
    [SUB_EXT_REF] = VM_OBJECT_EXTERNAL,
    [SUB_MAP] = VM_OBJECT_MAP,
  };

  if (header_subtag (header) == SUB_MAP && map_kind (header) == MAP_KIND_NODE)
    return VM_OBJECT_MAP_NODE;
  return kinds[header_subtag (header)];
}

guint64
words_object_at (const Term *at, const Term *end, VmObjectKind *kind)
{
  if (term_is_header (*at))
    {
      if (*at == NONE || (header_subtag (*at) == SUB_MAP && at + 1 == end))
        {
          *kind = VM_OBJECT_HOLE;
          return 1;
        }
      *kind = kind_of (*at);
      return MIN (boxed_words (at), (guint64) (end - at));
    }
  if (at + 1 < end && !term_is_header (at[1]))
    {
      *kind = VM_OBJECT_CONS;
      return 2;
    }
  *kind = VM_OBJECT_HOLE;
  return 1;
}

gboolean
words_index_walk (const WordsIndex *index, Space *space)
{
  guint64       counts[VM_N_OBJECT_KINDS] = { 0 };
  guint64       n = space->n_words, next = 0;
  const Term   *end = space->base + n;
  const guint64 limit = index->is_running ? MAX_RUNNING_WORDS : G_MAXUINT64;

  if (space->chunks != NULL || n == 0)
    return TRUE;
  if (n > limit)
    return FALSE;
  space->chunks = g_new0 (Chunk, n / CHUNK_WORDS + 1);
  for (guint64 at = 0; at < n;)
    {
      VmObjectKind kind;
      guint64      size = words_object_at (space->base + at, end, &kind);

      for (; next < at + size; next += CHUNK_WORDS)
        {
          Chunk *chunk = &space->chunks[next / CHUNK_WORDS];

          chunk->covering = at;
          memcpy (chunk->before, counts, sizeof counts);
          chunk->before[kind] += next - at;
        }
      counts[kind] += size;
      at += size;
    }
  return TRUE;
}

guint64
words_find_object (const Space *space, guint64 word)
{
  const Term  *end = space->base + space->n_words;
  guint64      at = space->chunks[word / CHUNK_WORDS].covering;
  VmObjectKind kind;

  for (;;)
    {
      guint64 size = words_object_at (space->base + at, end, &kind);

      if (at + size > word)
        return at;
      at += size;
    }
}

void
words_count_up_to (const Space *space, guint64 to, guint64 *words)
{
  const Term  *end = space->base + space->n_words;
  guint64      begin = to - to % CHUNK_WORDS;
  const Chunk *chunk;

  if (to == 0)
    return;
  if (begin == to)
    begin -= CHUNK_WORDS;
  chunk = &space->chunks[begin / CHUNK_WORDS];
  for (guint i = 0; i < VM_N_OBJECT_KINDS; i++)
    words[i] += chunk->before[i];
  for (guint64 at = chunk->covering; at < to;)
    {
      VmObjectKind kind;
      guint64      size = words_object_at (space->base + at, end, &kind);

      words[kind] += MIN (at + size, to) - MAX (at, begin);
      at += size;
    }
}

/* --- places ----------------------------------------------------------------------- */

static gboolean
holds (const Space *space, const Term *p, guint64 *at)
{
  if (p < space->base || p >= space->base + space->n_words)
    return FALSE;
  *at = (guint64) (p - space->base);
  return TRUE;
}

Space *
words_locate (const WordsIndex *index, Term pointer, guint64 *at)
{
  const Term *p = (const Term *) (pointer & ~(Term) TAG_MASK);
  guint       lo = 0, hi = index->by_address->len;

  if (term_is_immediate (pointer) || term_is_header (pointer))
    return NULL;
  for (guint i = SPACE_YOUNG; i <= SPACE_OLD; i++)
    if (holds (words_space (index, i), p, at))
      return words_space (index, i);
  while (lo < hi)
    {
      guint  mid = lo + (hi - lo) / 2;
      Space *space = words_space (index, g_array_index (index->by_address, guint, mid));

      if (holds (space, p, at))
        return space;
      if (space->base > p)
        hi = mid;
      else
        lo = mid + 1;
    }
  return NULL;
}

Space *
words_find_space (const WordsIndex *index, VmArea area, guint64 offset)
{
  guint lo = SPACE_OLD + 1, hi = index->spaces->len;

  if (area == VM_AREA_YOUNG || area == VM_AREA_OLD)
    {
      lo = area == VM_AREA_YOUNG ? SPACE_YOUNG : SPACE_OLD;
      hi = lo + 1;
    }
  else if (area != VM_AREA_FRAGMENT)
    return NULL;
  while (lo < hi)
    {
      guint  mid = lo + (hi - lo) / 2;
      Space *space = words_space (index, mid);

      if (offset < space->first)
        hi = mid;
      else if (offset - space->first >= space->n_words)
        lo = mid + 1;
      else
        return space;
    }
  return NULL;
}

VmArea
words_target (VmMachine *vm, const WordsIndex *index, Term pointer, guint64 *offset)
{
  guint64      at = 0;
  const Space *space = words_locate (index, pointer, &at);

  *offset = G_MAXUINT64;
  if (space != NULL)
    {
      *offset = space->first + at;
      return space->area;
    }
  return term_is_literal (vm, pointer) ? VM_AREA_LITERAL : VM_AREA_FRAGMENT;
}
