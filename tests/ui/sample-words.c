/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/sample-words.h"

#include <string.h>

#define YOUNG_BLOCK 61
#define OLD_BLOCK   38

static const char *
keep (SampleWords *sample, char *text)
{
  g_ptr_array_add (sample->strings, text);
  return text;
}

static guint64
used (const SampleWords *sample, UiWordsLane lane)
{
  return sample->told[lane]->len;
}

static void
begin (SampleWords *sample, UiWordsLane lane, VmObjectKind kind, guint64 n, const char *name)
{
  VmObject object = { .area = ui_words_lane_get_area (lane),
                      .kind = kind,
                      .offset = used (sample, lane),
                      .n_words = n,
                      .name = name,
                      .text = name };

  g_array_append_val (sample->objects[lane], object);
}

static void
add (SampleWords *sample,
     UiWordsLane  lane,
     VmWordTag    tag,
     const char  *text,
     VmArea       into,
     guint64      to)
{
  VmWord word = { .offset = used (sample, lane),
                  .tag = tag,
                  .text = text,
                  .points_into = into,
                  .points_to = to,
                  .object = sample->objects[lane]->len - 1 };

  g_array_append_val (sample->told[lane], word);
}

static void
add_list (SampleWords *sample, UiWordsLane lane, guint n)
{
  VmArea area = ui_words_lane_get_area (lane);

  for (guint i = 0; i < n; i++)
    {
      const char *number = keep (sample, g_strdup_printf ("%u", 100 + i));

      begin (sample, lane, VM_OBJECT_CONS, 2, "list cell");
      add (sample, lane, VM_WORD_SMALL, number, VM_AREA_NONE, 0);
      if (i + 1 < n)
        add (sample, lane, VM_WORD_CONS, keep (sample, g_strdup_printf ("[%u,…]", 101 + i)), area,
             used (sample, lane) + 1);
      else
        add (sample, lane, VM_WORD_NIL, "[]", VM_AREA_NONE, 0);
    }
}

static void
add_tuple (SampleWords *sample, UiWordsLane lane, VmArea area, guint64 to)
{
  begin (sample, lane, VM_OBJECT_TUPLE, 4, "{ok,…} tuple of 3");
  add (sample, lane, VM_WORD_HEADER, "{ok,…} tuple of 3", VM_AREA_NONE, 0);
  add (sample, lane, VM_WORD_ATOM, "ok", VM_AREA_NONE, 0);
  add (sample, lane, VM_WORD_CONS, "[100,…]", area, to);
  add (sample, lane, VM_WORD_PID, "<0.80.0>", VM_AREA_NONE, 0);
}

static void
add_raw (SampleWords *sample, UiWordsLane lane, VmObjectKind kind, guint n, const char *name)
{
  begin (sample, lane, kind, n, name);
  add (sample, lane, VM_WORD_HEADER, name, VM_AREA_NONE, 0);
  for (guint i = 1; i < n; i++)
    add (sample, lane, VM_WORD_RAW, keep (sample, g_strdup_printf ("raw %u", i)), VM_AREA_NONE, 0);
}

static void
add_gap (SampleWords *sample, UiWordsLane lane, guint64 to)
{
  begin (sample, lane, VM_OBJECT_FREE, to - used (sample, lane), "words free");
  while (used (sample, lane) < to)
    add (sample, lane, VM_WORD_FREE, NULL, VM_AREA_NONE, 0);
}

static void
add_root (
  SampleWords *sample, VmRootKind kind, const char *name, const char *text, VmArea area, guint64 to)
{
  VmRoot root = { .kind = kind,
                  .index = 1,
                  .name = name,
                  .text = text,
                  .area = area,
                  .offset = to,
                  .place = kind == VM_ROOT_STACK ? "bank:loop/2" : NULL };

  root.is_leading = area == VM_AREA_YOUNG && to >= 4;
  g_array_append_val (sample->roots, root);
}

static void
add_young (SampleWords *sample)
{
  UiWordsLane lane = UI_WORDS_YOUNG;

  add_tuple (sample, lane, VM_AREA_OLD, 0);
  add_list (sample, lane, 6);
  add_raw (sample, lane, VM_OBJECT_FLOAT, 2, "float");
  add_raw (sample, lane, VM_OBJECT_PROC_BIN, 6, "ProcBin of 4000 bytes");
  add_tuple (sample, lane, VM_AREA_YOUNG, 4);
  add_raw (sample, lane, VM_OBJECT_BIGNUM, 3, "big integer of 2 digits");
  sample->words.sizes.young_used = used (sample, lane);
  sample->words.sizes.high_water = 16;
  add_gap (sample, lane, YOUNG_BLOCK - 5);
  sample->words.sizes.stack_used = 5;
  begin (sample, lane, VM_OBJECT_FRAME, 3, "bank:loop/2");
  add (sample, lane, VM_WORD_BOXED, "{ok,…}", VM_AREA_YOUNG, 24);
  add (sample, lane, VM_WORD_CONS, "[100,…]", VM_AREA_YOUNG, 4);
  add (sample, lane, VM_WORD_RETURN, "bank:start/1", VM_AREA_NONE, 0);
  begin (sample, lane, VM_OBJECT_FRAME, 2, "bank:start/1");
  add (sample, lane, VM_WORD_SMALL, "7", VM_AREA_NONE, 0);
  add (sample, lane, VM_WORD_RETURN, "the process's end", VM_AREA_NONE, 0);
}

/* The list at young 4 is chosen: its cells are lit, and what leads to it. */
static void
choose_list (SampleWords *sample)
{
  GArray *told = sample->told[UI_WORDS_YOUNG];

  for (guint i = 0; i < told->len; i++)
    {
      VmWord *word = &g_array_index (told, VmWord, i);

      word->is_chosen = i >= 4 && i < 16;
      word->is_leading = i == 4 || i == 5 || (i >= 24 && i < 28);
    }
  sample->words.chosen = (VmChosen){ .is_known = TRUE,
                                     .is_complete = TRUE,
                                     .n_words = 12,
                                     .n_roots = 2,
                                     .object = { .area = VM_AREA_YOUNG,
                                                 .kind = VM_OBJECT_CONS,
                                                 .offset = 4,
                                                 .n_words = 2,
                                                 .name = "list cell" } };
}

void
sample_words_init (SampleWords *sample)
{
  memset (sample, 0, sizeof *sample);
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    {
      sample->told[i] = g_array_new (FALSE, FALSE, sizeof (VmWord));
      sample->objects[i] = g_array_new (FALSE, FALSE, sizeof (VmObject));
      sample->buckets[i] = g_array_new (FALSE, TRUE, sizeof (VmWordBucket));
    }
  sample->roots = g_array_new (FALSE, FALSE, sizeof (VmRoot));
  sample->strings = g_ptr_array_new_with_free_func (g_free);
  sample->words.is_alive = TRUE;
  add_young (sample);
  add_list (sample, UI_WORDS_OLD, 9);
  sample->words.sizes.old_used = used (sample, UI_WORDS_OLD);
  add_gap (sample, UI_WORDS_OLD, OLD_BLOCK);
  add_tuple (sample, UI_WORDS_FRAGMENT, VM_AREA_LITERAL, G_MAXUINT64);
  sample->words.sizes.young_block = YOUNG_BLOCK;
  sample->words.sizes.old_block = OLD_BLOCK;
  sample->words.sizes.vheap_block = 46422;
  sample->words.sizes.vheap_used = 9000;
  sample->words.sizes.offheap_bytes = 72000;
  sample->words.n_fragment_words = 4;
  add_root (sample, VM_ROOT_REGISTER, "x0", "{ok,[100,…],<0.80.0>}", VM_AREA_YOUNG, 0);
  add_root (sample, VM_ROOT_REGISTER, "x1", "7", VM_AREA_NONE, 0);
  add_root (sample, VM_ROOT_STACK, "y0", "{ok,[100,…],<0.80.0>}", VM_AREA_YOUNG, 24);
  add_root (sample, VM_ROOT_STACK, "y1", "[100,…]", VM_AREA_YOUNG, 4);
  add_root (sample, VM_ROOT_MESSAGE, "message 1", "{ok,[],<0.80.0>}", VM_AREA_FRAGMENT, 0);
  choose_list (sample);
  ui_words_view_set_sizes (&sample->view, &sample->words.sizes, 4);
  sample_words_tell (sample, 0);
}

void
sample_words_clear (SampleWords *sample)
{
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    {
      g_array_unref (sample->told[i]);
      g_array_unref (sample->objects[i]);
      g_array_unref (sample->buckets[i]);
    }
  g_array_unref (sample->roots);
  g_ptr_array_unref (sample->strings);
}

static void
fill_buckets (SampleWords *sample, UiWordsLane lane, guint n)
{
  GArray *buckets = sample->buckets[lane];
  GArray *told = sample->told[lane];

  g_array_set_size (buckets, 0);
  g_array_set_size (buckets, n);
  for (guint b = 0; b < n; b++)
    {
      VmWordBucket *bucket = &g_array_index (buckets, VmWordBucket, b);

      bucket->offset = (guint64) told->len * b / n;
      bucket->n_words = (guint64) told->len * (b + 1) / n - bucket->offset;
      for (guint64 i = bucket->offset; i < bucket->offset + bucket->n_words; i++)
        {
          const VmWord *word = &g_array_index (told, VmWord, i);

          bucket->words[g_array_index (sample->objects[lane], VmObject, word->object).kind]++;
          bucket->n_chosen += word->is_chosen;
          bucket->n_leading += word->is_leading;
        }
    }
}

void
sample_words_tell (SampleWords *sample, guint n_buckets)
{
  static const VmFragment message = { .n_words = 4, .is_message = TRUE, .message = 1 };

  sample->words.n_pages = UI_N_WORDS_LANES;
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    {
      VmWordPage *page = &sample->words.pages[i];
      guint       n = MIN (n_buckets, sample->told[i]->len);

      *page = (VmWordPage){ .is_told = TRUE };
      page->stretch = (VmWordStretch){ ui_words_lane_get_area ((UiWordsLane) i), 0,
                                       sample->told[i]->len, n };
      if (n > 0)
        {
          fill_buckets (sample, (UiWordsLane) i, n);
          page->n_buckets = n;
          page->buckets = (const VmWordBucket *) (gpointer) sample->buckets[i]->data;
          continue;
        }
      page->n_words = sample->told[i]->len;
      page->words = (const VmWord *) (gpointer) sample->told[i]->data;
      page->n_objects = sample->objects[i]->len;
      page->objects = (const VmObject *) (gpointer) sample->objects[i]->data;
    }
  sample->words.n_roots = sample->roots->len;
  sample->words.roots = (const VmRoot *) (gpointer) sample->roots->data;
  sample->words.n_fragments = 1;
  sample->words.fragments = &message;
}

UiHeapWordsInput
sample_words_input (const SampleWords *sample, const UiWordsView *view)
{
  return (UiHeapWordsInput){ .view = view,
                             .sizes = &sample->words.sizes,
                             .words = &sample->words,
                             .chosen_area = VM_AREA_YOUNG,
                             .chosen_offset = 5,
                             .hover_area = VM_AREA_NONE };
}
