/* SPDX-License-Identifier: Apache-2.0 */

/* Words, objects and columns of a stretch, with what a person reads. */
#include "config.h"

#include "engine/view/words-private.h"

#include "engine/interp/interp.h"
#include "engine/term/term-order.h"

#include <string.h>

#define TEXT_SIZE 96

typedef struct
{
  WordsBuilder *words;
  const Space  *space; /* NULL on the stack */
  GArray       *list;  /* VmWord */
  GArray       *objects;
  guint64       from, to; /* offsets in the area */
} Page;

static const char *
text_of (WordsBuilder *words, const char *format, ...) G_GNUC_PRINTF (2, 3);

static const char *
text_of (WordsBuilder *words, const char *format, ...)
{
  char    text[TEXT_SIZE];
  va_list args;

  va_start (args, format);
  g_vsnprintf (text, sizeof text, format, args);
  va_end (args);
  return snapshot_text (&words->builder, text);
}

/* --- objects ---------------------------------------------------------------------- */

static const char *
name_tuple (WordsBuilder *words, const Term *at, guint64 size)
{
  g_autoptr (GString) tag = NULL;

  if (size < 2 || !term_is_atom (at[1]))
    return text_of (words, "tuple of %" G_GUINT64_FORMAT, size - 1);
  tag = g_string_new (NULL);
  term_print (words->builder.vm, tag, at[1], 40);
  if (size == 2)
    return text_of (words, "{%s} tuple of 1", tag->str);
  return text_of (words, "{%s,…} tuple of %" G_GUINT64_FORMAT, tag->str, size - 1);
}

static const char *
plural (guint64 n)
{
  return n == 1 ? "" : "s";
}

static const char *
name_bits (WordsBuilder *words, const char *what, guint64 bits)
{
  guint64 n = bits % 8 == 0 ? bits / 8 : bits;

  return text_of (words, "%s of %" G_GUINT64_FORMAT " %s%s", what, n,
                  bits % 8 == 0 ? "byte" : "bit", plural (n));
}

static const char *
name_object (WordsBuilder *words, const Term *at, guint64 size, VmObjectKind kind)
{
  switch (kind)
    {
    case VM_OBJECT_TUPLE:
      return name_tuple (words, at, size);
    case VM_OBJECT_MAP:
      return text_of (words, "map of %" G_GUINT64_FORMAT " pair%s", (guint64) at[1],
                      plural (at[1]));
    case VM_OBJECT_MAP_NODE:
      return text_of (words, "map node of %" G_GUINT64_FORMAT, size - 1);
    case VM_OBJECT_FUN:
      return text_of (words, "fun of arity %u", fun_arity (make_boxed (at)));
    case VM_OBJECT_BIGNUM:
      return text_of (words, "big integer of %" G_GUINT64_FORMAT " digit%s", size - 1,
                      plural (size - 1));
    case VM_OBJECT_HEAP_BINARY:
      return name_bits (words, "binary", ((const HeapBin *) at)->size * 8);
    case VM_OBJECT_PROC_BIN:
      return name_bits (words, "ProcBin", ((const ProcBin *) at)->size * 8);
    case VM_OBJECT_SUB_BINARY:
      return name_bits (words, "sub-binary",
                        ((const SubBin *) at)->size * 8 + ((const SubBin *) at)->bit_size);
    case VM_OBJECT_MATCH_CONTEXT:
      return name_bits (words, "match context", ((const MatchContext *) at)->size);
    default:
      return vm_object_kind_to_string (kind);
    }
}

/* The term that an object is; NONE for what is only a part of one. */
static Term
term_of (const Term *at, VmObjectKind kind)
{
  switch (kind)
    {
    case VM_OBJECT_FREE:
    case VM_OBJECT_HOLE:
    case VM_OBJECT_FRAME:
    case VM_OBJECT_MAP_NODE:
    case VM_OBJECT_MATCH_CONTEXT:
      return NONE;
    case VM_OBJECT_CONS:
      return make_list (at);
    default:
      return make_boxed (at);
    }
}

void
words_describe_object (WordsBuilder *words, const Space *space, guint64 at, VmObject *object)
{
  const Term *p = space->base + at;
  Term        term;

  object->area = space->area;
  object->offset = space->first + at;
  object->n_words = words_object_at (p, space->base + space->n_words, &object->kind);
  object->name = name_object (words, p, object->n_words, object->kind);
  term = term_of (p, object->kind);
  object->text = term != NONE ? snapshot_term (&words->builder, term) : NULL;
}

/* --- words that are no terms ------------------------------------------------------ */

static const char *
text_bytes (WordsBuilder *words, const guint8 *bytes, gsize n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean readable = n > 0;

  for (gsize i = 0; i < n; i++)
    readable = readable && bytes[i] >= 0x20 && bytes[i] < 0x7f;
  for (gsize i = 0; i < n; i++)
    {
      if (readable)
        g_string_append_c (text, (char) bytes[i]);
      else
        g_string_append_printf (text, "%s%u", i > 0 ? "," : "", bytes[i]);
    }
  return text_of (words, readable ? "\"%s\"" : "%s", text->str);
}

static void
set_raw (VmWord *word, const char *field, const char *text, guint64 value)
{
  word->tag = VM_WORD_RAW;
  word->field = field;
  word->text = text;
  word->word = value;
}

static void
fill_proc_bin (WordsBuilder *words, const ProcBin *bin, guint64 i, VmWord *word)
{
  static const char *const fields[] = { "size", "next", "binary", "bytes", "flags" };
  const OffHeapBinary     *binary = bin->binary;

  switch (i)
    {
    case 1:
      set_raw (word, fields[0], text_of (words, "%" G_GSIZE_FORMAT " bytes", bin->size), bin->size);
      break;
    case 2:
      set_raw (word, fields[1], bin->next != NULL ? "next off heap" : "last off heap", 0);
      break;
    case 3:
      set_raw (word, fields[2],
               text_of (words, "%" G_GSIZE_FORMAT " bytes, %d reference%s", binary->size,
                        g_atomic_int_get (&binary->ref_count),
                        plural ((guint64) g_atomic_int_get (&binary->ref_count))),
               0);
      word->points_into = VM_AREA_OFFHEAP;
      break;
    case 4:
      set_raw (word, fields[3],
               text_of (words, "from byte %" G_GSIZE_FORMAT, (gsize) (bin->bytes - binary->data)),
               0);
      break;
    default:
      set_raw (word, fields[4],
               (bin->flags & PROC_BIN_WRITABLE) != 0 ? "can be appended to" : "read only",
               bin->flags);
      break;
    }
}

static void
fill_sub_binary (WordsBuilder *words, const SubBin *bin, guint64 i, VmWord *word)
{
  if (i == 1)
    set_raw (word, "size", text_of (words, "%" G_GSIZE_FORMAT " bytes", bin->size), bin->size);
  else if (i == 2)
    set_raw (word, "offset", text_of (words, "from byte %" G_GSIZE_FORMAT, bin->offset),
             bin->offset);
  else
    set_raw (word, "bits",
             text_of (words, "%u bits more, from bit %u%s", bin->bit_size, bin->bit_offset,
                      bin->is_writable ? ", can be appended to" : ""),
             0);
}

static void
fill_raw (WordsBuilder *words, const Term *thing, VmObjectKind kind, guint64 i, VmWord *word)
{
  Term raw = thing[i];

  switch (kind)
    {
    case VM_OBJECT_FLOAT:
      set_raw (word, "value", snapshot_term (&words->builder, make_boxed (thing)), raw);
      break;
    case VM_OBJECT_BIGNUM:
      set_raw (word, "digit", text_of (words, "%016" G_GINT64_MODIFIER "x", (guint64) raw), raw);
      break;
    case VM_OBJECT_MAP:
      set_raw (word, "size",
               text_of (words, "%" G_GUINT64_FORMAT " pair%s", (guint64) raw, plural (raw)), raw);
      break;
    case VM_OBJECT_FUN:
      set_raw (word, i == 1 ? "next" : i == 2 ? "code"
                                              : "creator",
               i == 1 ? (raw != 0 ? "next off heap" : "last off heap")
                      : snapshot_term (&words->builder, i == 2 ? make_boxed (thing) : raw),
               0);
      break;
    case VM_OBJECT_HEAP_BINARY:
      {
        const HeapBin *bin = (const HeapBin *) thing;
        gsize          first = (i - 2) * 8;

        if (i == 1)
          set_raw (word, "size", text_of (words, "%" G_GSIZE_FORMAT " bytes", bin->size), raw);
        else
          set_raw (word, "bytes",
                   text_bytes (words, bin->data + MIN (first, bin->size),
                               bin->size > first ? MIN (8, bin->size - first) : 0),
                   raw);
        break;
      }
    case VM_OBJECT_PROC_BIN:
      fill_proc_bin (words, (const ProcBin *) thing, i, word);
      break;
    case VM_OBJECT_SUB_BINARY:
      fill_sub_binary (words, (const SubBin *) thing, i, word);
      break;
    case VM_OBJECT_MATCH_CONTEXT:
      set_raw (word, i == 2 ? "bytes" : i == 3 ? "position"
                                               : "end",
               i == 2 ? "address" : text_of (words, "bit %" G_GUINT64_FORMAT, (guint64) raw),
               i == 2 ? 0 : raw);
      break;
    default:
      set_raw (word, "data", NULL, 0);
      break;
    }
}

/* --- words ------------------------------------------------------------------------ */

/* How many words after the header hold no terms; the rest does. Sub-binaries, whose
 * last word is a term, and match contexts, whose first is one, are told apart. */
static gboolean
is_raw (const Term *thing, VmObjectKind kind, guint64 i)
{
  switch (kind)
    {
    case VM_OBJECT_CONS:
    case VM_OBJECT_TUPLE:
    case VM_OBJECT_HOLE:
      return FALSE;
    case VM_OBJECT_MAP_NODE:
      return FALSE;
    case VM_OBJECT_MAP:
      return i == 1;
    case VM_OBJECT_FUN:
      return i < 5 && i != 3;
    case VM_OBJECT_SUB_BINARY:
      return i != 4;
    case VM_OBJECT_MATCH_CONTEXT:
      return i != 1;
    default:
      return TRUE;
    }
}

static const char *
field_of (WordsBuilder *words, const Term *thing, VmObjectKind kind, guint64 i)
{
  switch (kind)
    {
    case VM_OBJECT_CONS:
      return i == 0 ? "head" : "tail";
    case VM_OBJECT_TUPLE:
      return text_of (words, "element %" G_GUINT64_FORMAT, i);
    case VM_OBJECT_MAP:
      if (map_kind (*thing) != MAP_KIND_FLAT)
        return text_of (words, "branch %" G_GUINT64_FORMAT, i - 1);
      return i == 2 ? "keys" : text_of (words, "value %" G_GUINT64_FORMAT, i - 2);
    case VM_OBJECT_MAP_NODE:
      return text_of (words, "branch %" G_GUINT64_FORMAT, i);
    case VM_OBJECT_FUN:
      return i == 3 ? "creator" : text_of (words, "variable %" G_GUINT64_FORMAT, i - 4);
    case VM_OBJECT_SUB_BINARY:
    case VM_OBJECT_MATCH_CONTEXT:
      return "of";
    default:
      return NULL;
    }
}

static void
fill_term (WordsBuilder *words, Term term, VmWord *word)
{
  word->word = term;
  if (term_is_list (term) || term_is_boxed (term))
    {
      VmObjectKind kind;
      guint64      at = 0;
      const Space *space = words_locate (words->index, term, &at);

      word->tag = term_is_list (term) ? VM_WORD_CONS : VM_WORD_BOXED;
      word->word = 0;
      word->points_into =
        words_target (words->builder.vm, words->index, term, &word->points_to);
      if (space != NULL)
        words_object_at (space->base + at, space->base + space->n_words, &kind);
      if (space != NULL && term_of (space->base + at, kind) != term)
        word->text = vm_object_kind_to_string (kind);
      else
        word->text = snapshot_term (&words->builder, term);
      return;
    }
  if (term_is_header (term))
    {
      word->tag = VM_WORD_HEADER;
      return;
    }
  word->tag = term_is_catch (term)   ? VM_WORD_CATCH
              : term_is_small (term) ? VM_WORD_SMALL
              : term_is_pid (term)   ? VM_WORD_PID
              : term_is_port (term)  ? VM_WORD_PORT
              : term_is_nil (term)   ? VM_WORD_NIL
                                     : VM_WORD_ATOM;
  word->text = term_is_catch (term) ? "catch" : snapshot_term (&words->builder, term);
}

static void
add_word (Page *page, const Term *thing, const VmObject *object, guint64 i, guint number)
{
  WordsBuilder *words = page->words;
  const Space  *space = page->space;
  guint64       at = object->offset + i - space->first;
  VmWord        word = { .offset = object->offset + i, .object = number };

  if (i == 0 && object->kind != VM_OBJECT_CONS)
    {
      word.tag = object->kind == VM_OBJECT_HOLE ? VM_WORD_FREE : VM_WORD_HEADER;
      word.field = object->kind == VM_OBJECT_HOLE ? NULL : "header";
      word.text = object->name;
      word.word = thing[0];
    }
  else if (is_raw (thing, object->kind, i))
    fill_raw (words, thing, object->kind, i, &word);
  else
    {
      fill_term (words, thing[i], &word);
      word.field = field_of (words, thing, object->kind, i);
    }
  word.is_leading = words_marked (space->leads, at);
  word.is_chosen = words_marked (space->parts, at);
  g_array_append_val (page->list, word);
}

/* The words [from, to) of the area that lie in one space. */
static void
add_space (Page *page, Space *space)
{
  guint64 from = MAX (page->from, space->first);
  guint64 to = MIN (page->to, space->first + space->n_words);

  page->space = space;
  if (from >= to)
    return;
  for (guint64 at = words_find_object (space, from - space->first); space->first + at < to;)
    {
      VmObject object = { 0 };
      guint    number = page->objects->len;

      words_describe_object (page->words, space, at, &object);
      g_array_append_val (page->objects, object);
      for (guint64 i = 0; i < object.n_words; i++)
        if (object.offset + i >= from && object.offset + i < to)
          add_word (page, space->base + at, &object, i, number);
      at += object.n_words;
    }
}

/* --- the stack -------------------------------------------------------------------- */

typedef struct
{
  Page         *page;
  const Term   *start;
  const Module *module;
  const Cell   *pc;
} StackWalk;

static const char *
name_frame (SnapshotBuilder *builder, const Module *module, const Cell *pc)
{
  const FunctionInfo *function = module != NULL ? module_find_function (module, pc) : NULL;

  return function != NULL ? snapshot_mfa (builder, module->name, function->name, function->arity)
                          : "the process's end";
}

static void
add_slot (StackWalk *walk, const Term *slot, guint64 i, gboolean is_return, const Cell *address)
{
  Page   *page = walk->page;
  VmWord  word = { .offset = (guint64) (slot - walk->start), .object = page->objects->len - 1 };
  guint64 at = 0;

  if (word.offset < page->from || word.offset >= page->to)
    return;
  if (is_return)
    {
      word.tag = VM_WORD_RETURN;
      word.field = "return to";
      word.text = name_frame (&page->words->builder,
                              code_table_find_pc ((CodeTable *) page->words->builder.vm->code,
                                                  address - 1),
                              address - 1);
    }
  else
    {
      fill_term (page->words, *slot, &word);
      word.field = text_of (page->words, "y%" G_GUINT64_FORMAT, i);
      if (*slot == NONE)
        word.tag = VM_WORD_FREE;
      const Space *space = words_locate (page->words->index, *slot, &at);
      word.is_leading = space != NULL && words_marked (space->leads, at);
    }
  g_array_append_val (page->list, word);
}

static bool
add_frame (const Module *module, const Cell *address, Term *slots, guint n_slots, gpointer data)
{
  StackWalk *walk = data;
  Page      *page = walk->page;
  VmObject   frame = { .area = VM_AREA_YOUNG,
                       .kind = VM_OBJECT_FRAME,
                       .offset = (guint64) (slots - walk->start),
                       .n_words = n_slots + 1 };

  if (frame.offset >= page->to)
    return false;
  if (frame.offset + frame.n_words > page->from)
    {
      frame.name = name_frame (&page->words->builder, walk->module, walk->pc);
      g_array_append_val (page->objects, frame);
      for (guint i = 0; i < n_slots; i++)
        add_slot (walk, slots + i, i, FALSE, NULL);
      add_slot (walk, slots + n_slots, 0, TRUE, address);
    }
  walk->module = module;
  walk->pc = address - 1;
  return true;
}

static void
add_stack (Page *page)
{
  Process  *p = page->words->process;
  StackWalk walk = { .page = page, .start = p->heap.start, .pc = p->pc };
  Module   *module = NULL;

  if (page->to <= (guint64) (p->heap.stop - p->heap.start))
    return;
  interp_current_function (p, &module);
  walk.module = module;
  interp_walk_stack (p, add_frame, &walk);
}

static void
add_free (Page *page, guint64 from, guint64 to)
{
  VmObject gap = { .area = page->space != NULL ? page->space->area : VM_AREA_YOUNG,
                   .kind = VM_OBJECT_FREE,
                   .offset = from,
                   .n_words = to - from };
  guint    number = page->objects->len;

  if (MAX (from, page->from) >= MIN (to, page->to))
    return;
  gap.name = text_of (page->words, "%" G_GUINT64_FORMAT " word%s free", gap.n_words,
                      plural (gap.n_words));
  g_array_append_val (page->objects, gap);
  for (guint64 at = MAX (from, page->from); at < MIN (to, page->to); at++)
    {
      VmWord word = { .offset = at, .tag = VM_WORD_FREE, .object = number };

      g_array_append_val (page->list, word);
    }
}

/* --- columns ---------------------------------------------------------------------- */

static guint64
count_bits (const guint64 *bits, guint64 from, guint64 to)
{
  guint64 n = 0;

  if (bits == NULL)
    return 0;
  for (guint64 i = from; i < to;)
    {
      if (i % 64 == 0 && i + 64 <= to)
        {
          n += (guint64) __builtin_popcountll (bits[i / 64]);
          i += 64;
        }
      else
        {
          n += bits[i / 64] >> (i % 64) & 1;
          i++;
        }
    }
  return n;
}

/* None before it holds a word of @space. */
static guint
first_bucket (const VmWordStretch *stretch, const Space *space)
{
  double share;

  if (space->first <= stretch->offset)
    return 0;
  share = (double) (space->first - stretch->offset) / (double) stretch->n_words;
  return (guint) MAX (0, MIN (share, 1) * stretch->n_buckets - 1);
}

/* Adds the words of @space that lie in each bucket. Narrow ones are walked through
 * in one go, wide ones are differences of counts at their borders. */
static void
count_space (const VmWordStretch *stretch, const Space *space, VmWordBucket *buckets)
{
  const Term *end = space->base + space->n_words;
  gboolean    is_wide = stretch->n_words / stretch->n_buckets > CHUNK_WORDS;
  guint64     before[VM_N_OBJECT_KINDS] = { 0 }, at = 0, from_before = G_MAXUINT64;

  for (guint b = first_bucket (stretch, space); b < stretch->n_buckets; b++)
    {
      VmWordBucket *bucket = &buckets[b];
      guint64       from = MAX (bucket->offset, space->first);
      guint64       to = MIN (bucket->offset + bucket->n_words, space->first + space->n_words);

      if (bucket->offset >= space->first + space->n_words)
        break;
      if (from >= to)
        continue;
      from -= space->first;
      to -= space->first;
      bucket->n_leading += count_bits (space->leads, from, to);
      bucket->n_chosen += count_bits (space->parts, from, to);
      if (is_wide)
        {
          if (from_before != from)
            {
              memset (before, 0, sizeof before);
              words_count_up_to (space, from, before);
            }
          for (guint k = 0; k < VM_N_OBJECT_KINDS; k++)
            bucket->words[k] -= before[k];
          memset (before, 0, sizeof before);
          words_count_up_to (space, to, before);
          for (guint k = 0; k < VM_N_OBJECT_KINDS; k++)
            bucket->words[k] += before[k];
          from_before = to;
          continue;
        }
      if (from_before != from)
        at = words_find_object (space, from);
      while (at < to)
        {
          VmObjectKind kind;
          guint64      size = words_object_at (space->base + at, end, &kind);

          bucket->words[kind] += MIN (at + size, to) - MAX (at, from);
          if (at + size > to)
            break;
          at += size;
        }
      from_before = to;
    }
}

static void
fill_buckets (WordsBuilder *words, VmWordPage *page)
{
  VmWordStretch *stretch = &page->stretch;
  const Heap    *heap = &words->process->heap;
  GArray        *buckets = g_array_sized_new (FALSE, TRUE, sizeof (VmWordBucket),
                                              stretch->n_buckets);
  guint64        stack = (guint64) (heap->stop - heap->start);

  stretch->n_buckets = (guint) MIN (stretch->n_buckets, stretch->n_words);
  g_array_set_size (buckets, stretch->n_buckets);
  for (guint b = 0; b < stretch->n_buckets; b++)
    {
      VmWordBucket *bucket = &g_array_index (buckets, VmWordBucket, b);

      bucket->offset = stretch->offset + stretch->n_words * b / stretch->n_buckets;
      bucket->n_words =
        stretch->offset + stretch->n_words * (b + 1) / stretch->n_buckets - bucket->offset;
    }
  for (guint i = 0; i < words->index->spaces->len; i++)
    {
      const Space *space = words_space (words->index, i);

      if (space->area == stretch->area && stretch->n_buckets > 0)
        count_space (stretch, space, (VmWordBucket *) (gpointer) buckets->data);
    }
  for (guint b = 0; b < stretch->n_buckets; b++)
    {
      VmWordBucket *bucket = &g_array_index (buckets, VmWordBucket, b);
      guint64       end = bucket->offset + bucket->n_words, told = 0;

      if (stretch->area == VM_AREA_YOUNG && end > stack)
        bucket->words[VM_OBJECT_FRAME] = end - MAX (stack, bucket->offset);
      for (guint k = 0; k < VM_N_OBJECT_KINDS; k++)
        told += bucket->words[k];
      bucket->words[VM_OBJECT_FREE] += bucket->n_words - told;
    }
  page->buckets = snapshot_array (buckets, &page->n_buckets);
}

/* --- all of it -------------------------------------------------------------------- */

static guint64
area_words (WordsBuilder *words, VmArea area)
{
  const Heap *heap = &words->process->heap;

  switch (area)
    {
    case VM_AREA_YOUNG:
      return heap->size;
    case VM_AREA_OLD:
      return (guint64) (heap->old_end - heap->old_start);
    case VM_AREA_FRAGMENT:
      return words->index->n_told_words;
    case VM_AREA_NONE:
    case VM_AREA_LITERAL:
    case VM_AREA_OFFHEAP:
    default:
      return 0;
    }
}

static void
fill_words (WordsBuilder *words, VmWordPage *told)
{
  const VmWordStretch *stretch = &told->stretch;
  const Heap          *heap = &words->process->heap;
  Page                 page = {
                    .words = words,
                    .list = g_array_new (FALSE, TRUE, sizeof (VmWord)),
                    .objects = g_array_new (FALSE, TRUE, sizeof (VmObject)),
                    .from = stretch->offset,
                    .to = stretch->offset + stretch->n_words,
  };
  guint64 used = 0;

  for (guint i = 0; i < words->index->spaces->len; i++)
    {
      Space *space = words_space (words->index, i);

      if (space->area != stretch->area)
        continue;
      add_space (&page, space);
      used = space->first + space->n_words;
    }
  if (stretch->area == VM_AREA_YOUNG)
    {
      add_free (&page, used, (guint64) (heap->stop - heap->start));
      add_stack (&page);
    }
  else
    add_free (&page, used, area_words (words, stretch->area));
  told->words = snapshot_array (page.list, &told->n_words);
  told->objects = snapshot_array (page.objects, &told->n_objects);
}

void
words_fill_page (WordsBuilder *words, const VmWordStretch *stretch, VmWordPage *page)
{
  guint64 total = area_words (words, stretch->area);

  page->stretch = *stretch;
  page->stretch.offset = MIN (stretch->offset, total);
  page->stretch.n_words = MIN (stretch->n_words, total - page->stretch.offset);
  page->stretch.n_buckets = MIN (stretch->n_buckets, VM_MAX_WORDS);
  if (stretch->n_buckets == 0)
    page->stretch.n_words = MIN (page->stretch.n_words, VM_MAX_WORDS);
  page->is_told = TRUE;
  for (guint i = 0; i < words->index->spaces->len && page->is_told; i++)
    {
      Space *space = words_space (words->index, i);

      if (space->area == stretch->area)
        page->is_told = words_index_walk (words->index, space);
    }
  if (!page->is_told)
    return;
  if (stretch->n_buckets > 0)
    fill_buckets (words, page);
  else
    fill_words (words, page);
}
