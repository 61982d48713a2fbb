/* SPDX-License-Identifier: Apache-2.0 */

/* The memory picture as numbers: what lies where, at every scale. */
#include "config.h"

#include "tests/ui/golden.h"
#include "tests/ui/sample.h"
#include "tests/ui/sample-words.h"

#include <math.h>

#define WIDTH 698.0

static UiHeapWords *
make_layout (const SampleWords *sample, const UiWordsView *view, UiRect area)
{
  UiHeapWordsInput input = sample_words_input (sample, view);

  return ui_heap_words_new (&input, area, sample_get_measure ());
}

static void
print_layout (GString *text, const UiHeapWords *layout)
{
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    if (layout->lanes[i].is_shown)
      {
        g_string_append_printf (text, "lane %u  told %d cells %d water %.1f\n", i,
                                layout->lanes[i].is_told, layout->lanes[i].has_cells,
                                layout->lanes[i].high_water_x);
        golden_add_rect (text, "block", &layout->lanes[i].block);
        golden_add_rect (text, "body", &layout->lanes[i].body);
        golden_add_rect (text, "window", &layout->lanes[i].overview_window);
      }
  for (guint i = 0; i < layout->bands->len; i++)
    {
      const UiWordsBand *band = &g_array_index (layout->bands, UiWordsBand, i);

      g_string_append_printf (text, "role %d words %u ", (int) band->role, (guint) band->n_words);
      golden_add_rect (text, "band", &band->rect);
    }
  for (guint i = 0; i < layout->columns->len; i++)
    {
      const UiWordsColumn *column = &g_array_index (layout->columns, UiWordsColumn, i);

      g_string_append_printf (text, "kind %d ", (int) column->kind);
      golden_add_rect (text, "column", &column->rect);
    }
  for (guint i = 0; i < layout->cells->len; i++)
    {
      const UiWordsCell *cell = &g_array_index (layout->cells, UiWordsCell, i);

      g_string_append_printf (text, "word %u kind %d%s%s ", (guint) cell->word->offset,
                              (int) cell->kind, cell->is_first ? " first" : "",
                              cell->is_last ? " last" : "");
      golden_add_rect (text, "cell", &cell->rect);
    }
  for (guint i = 0; i < layout->brackets->len; i++)
    golden_add_rect (text, "bracket",
                     &g_array_index (layout->brackets, UiWordsBracket, i).rect);
  for (guint i = 0; i < layout->chips->len; i++)
    golden_add_rect (text, "chip", &g_array_index (layout->chips, UiWordsChip, i).rect);
  for (guint i = 0; i < layout->arrows->len; i++)
    {
      const UiWordsArrow *a = &g_array_index (layout->arrows, UiWordsArrow, i);

      g_string_append_printf (text, "arrow  %.1f,%.1f to %.1f,%.1f%s%s\n", a->x0, a->y0, a->x1,
                              a->y1, a->is_cut ? " cut" : "", a->is_main ? " main" : "");
    }
  golden_add_labels (text, "label", &layout->labels);
  golden_add_labels (text, "cell label", &layout->cell_labels);
}

static void
test_golden (void)
{
  SampleWords sample;
  g_autoptr (GString) text = g_string_new (NULL);

  sample_words_init (&sample);
  for (guint level = 0; level < 3; level++)
    {
      static const double scales[] = { 0, 10, 60 };
      UiWordsView         view = sample.view;

      view.scale = scales[level];
      if (scales[level] > 0)
        sample_words_tell (&sample, 0);
      else
        sample_words_tell (&sample, 60);

      g_autoptr (UiHeapWords) layout = make_layout (&sample, &view, (UiRect){ 0, 0, 700, 360 });

      g_string_append_printf (text, "--- %.0f px a word\n", scales[level]);
      print_layout (text, layout);
    }
  golden_check_text ("heap-words", text->str);
  sample_words_clear (&sample);
}

/* Words lie where the scale says, in every lane, and are found there again. */
static void
test_scale (void)
{
  SampleWords sample;

  sample_words_init (&sample);
  sample_words_tell (&sample, 0);
  for (double scale = 4; scale < 100; scale *= 1.7)
    {
      UiWordsView      view = sample.view;
      UiHeapWordsInput input = sample_words_input (&sample, &view);

      view.scale = scale;
      view.from[UI_WORDS_YOUNG] = 3;

      g_autoptr (UiHeapWords) layout = make_layout (&sample, &view, (UiRect){ 0, 0, 700, 360 });

      g_assert_cmpuint (layout->cells->len, >, 5);
      for (guint i = 0; i < layout->cells->len; i++)
        {
          const UiWordsCell *cell = &g_array_index (layout->cells, UiWordsCell, i);
          UiWordsHit         hit;

          g_assert_cmpfloat (cell->rect.w, <=, scale + 1e-9);
          if (cell->rect.w < 1)
            continue;
          g_assert_true (ui_heap_words_hit (layout, &input, cell->rect.x + cell->rect.w / 2,
                                            cell->rect.y + cell->rect.h / 2, &hit));
          g_assert_cmpuint (hit.offset, ==, cell->word->offset);
        }
    }
  sample_words_clear (&sample);
}

/* Labels stay inside, whatever the size. */
static void
test_labels (void)
{
  static const double sizes_px[][2] = { { 140, 70 }, { 396, 150 }, { 912, 300 }, { 1540, 830 } };
  SampleWords         sample;

  sample_words_init (&sample);
  for (guint i = 0; i < G_N_ELEMENTS (sizes_px); i++)
    for (double scale = 0; scale < 160; scale = scale * 2 + 3)
      {
        UiRect      area = { 0, 0, sizes_px[i][0], sizes_px[i][1] };
        UiWordsView view = sample.view;

        view.scale = scale;
        sample_words_tell (&sample, scale < UI_WORDS_MIN_CELL ? 100 : 0);

        g_autoptr (UiHeapWords) layout = make_layout (&sample, &view, area);

        for (guint k = 0; k < layout->labels.items->len; k++)
          {
            const UiLabel *label = &g_array_index (layout->labels.items, UiLabel, k);

            g_assert_cmpfloat (label->rect.x, >=, -0.5);
            g_assert_cmpfloat (label->rect.x + label->rect.w, <=, area.w + 0.5);
          }
        sample_check_labels (&layout->cell_labels, area);
      }
  sample_words_clear (&sample);
}

/* What is under the pointer stays there. */
static void
test_zoom (void)
{
  SampleWords sample;
  GRand      *rand = g_rand_new_with_seed (7);

  sample_words_init (&sample);

  UiWordsView view = sample.view;

  for (guint i = 0; i < 400; i++)
    {
      double px = g_rand_double_range (rand, 0, WIDTH);
      double factor = g_rand_double_range (rand, 0.4, 2.6);
      double before = ui_words_view_to_word (&view, UI_WORDS_YOUNG, px, WIDTH);
      double scale = ui_words_view_get_scale (&view, WIDTH);
      double from = view.from[UI_WORDS_YOUNG];

      ui_words_view_zoom (&view, px, factor, WIDTH);

      double after = ui_words_view_get_scale (&view, WIDTH);
      double expected = from + px / scale - px / after;
      double last = (double) view.blocks[UI_WORDS_YOUNG] - WIDTH / after;

      g_assert_cmpfloat (after, >=, WIDTH / view.capacity - 1e-9);
      g_assert_cmpfloat (after, <=, UI_WORDS_MAX_CELL);
      if (view.scale > 0 && expected > 0 && expected < last)
        g_assert_cmpfloat_with_epsilon (
          ui_words_view_to_word (&view, UI_WORDS_YOUNG, px, WIDTH), before, 1e-6);
      ui_words_view_pan (&view, (UiWordsLane) g_rand_int_range (rand, 0, 4),
                         g_rand_double_range (rand, -900, 900), WIDTH);
      for (guint k = 0; k < UI_N_WORDS_LANES; k++)
        {
          g_assert_true (isfinite (view.from[k]));
          g_assert_cmpfloat (view.from[k], >=, 0);
          g_assert_cmpfloat (view.from[k], <=, (double) view.blocks[k]);
        }
    }
  g_rand_free (rand);
  sample_words_clear (&sample);
}

/* The scale stays while blocks grow into the room they were left. */
static void
test_growth (void)
{
  static const guint64 blocks[] = { 233, 376, 610, 987, 1598, 2586, 4185 };
  UiWordsView          view = UI_WORDS_VIEW_INIT;
  double               before = 0;
  guint                n_changes = 0;

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      VmHeapSizes sizes = { .young_block = blocks[i] };

      ui_words_view_set_sizes (&view, &sizes, 0);
      g_assert_cmpfloat (view.capacity, >=, (double) blocks[i]);
      n_changes += view.capacity != before;
      before = view.capacity;
      sizes.young_block = 12;
      ui_words_view_set_sizes (&view, &sizes, 0);
      g_assert_cmpfloat (view.capacity, ==, before);
    }
  g_assert_cmpuint (n_changes, <=, 5);
}

/* Only what is in sight is asked for. */
static void
test_request (void)
{
  UiWordsView    view = UI_WORDS_VIEW_INIT;
  VmHeapSizes    sizes = { .young_block = 10000000, .old_block = 400000 };
  VmWordsRequest request = { 0 };

  ui_words_view_set_sizes (&view, &sizes, 0);
  ui_words_view_fill_request (&view, 1000, &request);
  g_assert_cmpuint (request.n_stretches, ==, 2);
  g_assert_cmpuint (request.stretches[0].n_words, ==, 10000000);
  g_assert_cmpuint (request.stretches[0].n_buckets, >, 900);
  g_assert_cmpuint (request.stretches[0].n_buckets, <=, 1000);
  g_assert_cmpuint (request.stretches[1].n_buckets, <=, 41);
  ui_words_view_show (&view, UI_WORDS_YOUNG, 5000000, 10, TRUE, 1000);
  ui_words_view_fill_request (&view, 1000, &request);
  g_assert_cmpuint (request.stretches[0].n_buckets, ==, 0);
  g_assert_cmpuint (request.stretches[0].n_words, <, 40);
  g_assert_cmpuint (request.stretches[0].offset, <=, 5000000);
  g_assert_cmpuint (request.stretches[0].offset + request.stretches[0].n_words, >=, 5000010);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/heap-words/golden", test_golden);
  g_test_add_func ("/ui/heap-words/scale", test_scale);
  g_test_add_func ("/ui/heap-words/labels", test_labels);
  g_test_add_func ("/ui/heap-words/zoom", test_zoom);
  g_test_add_func ("/ui/heap-words/growth", test_growth);
  g_test_add_func ("/ui/heap-words/request", test_request);
  return g_test_run ();
}
