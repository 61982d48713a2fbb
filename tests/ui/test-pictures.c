/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/golden.h"
#include "tests/ui/sample-walk.h"
#include "tests/ui/sample.h"
#include "tests/ui/sample-words.h"
#include "ui/draw/frame.h"

#include <string.h>

typedef void (*PaintFunc) (UiDraw *dc, UiRect area, guint variant);

typedef struct
{
  const char *name;
  PaintFunc   paint;
  int         w, h;
  gboolean    is_dark;
  guint       variant;
} Picture;

static void
paint_heap (UiDraw *dc, UiRect area, guint rounds)
{
  const UiMeasure *measure = ui_text_get_measure (dc->text);
  VmHeapSizes      sizes;
  SampleHistory    sample;
  UiRect           strip_area, history_area;

  sample_heap_sizes (&sizes);
  sample_history_init (&sample, rounds);
  sample.input.is_under_strip = TRUE;
  sample.input.cursor_ns = 700000;
  ui_heap_split (&sizes, area, measure, &strip_area, &history_area);

  g_autoptr (UiHeapStrip) strip = ui_heap_strip_new (&sizes, strip_area, measure);
  g_autoptr (UiHeapHistory) history = ui_heap_history_new (&sample.input, history_area, measure);

  ui_draw_heap_strip (dc, strip);
  ui_draw_heap_history (dc, history);
  sample_history_clear (&sample);
}

/* @scale: px a word; 0: seen whole, in columns. */
static void
paint_words (UiDraw *dc, UiRect area, guint scale)
{
  SampleWords sample;

  sample_words_init (&sample);
  if (scale == 0)
    sample_words_tell (&sample, 61);

  UiWordsView      view = sample.view;
  UiHeapWordsInput input = sample_words_input (&sample, &view);

  view.scale = scale;
  if (scale == 0)
    {
      sample.words.chosen.is_known = FALSE;
      input.chosen_area = VM_AREA_NONE;
    }

  g_autoptr (UiHeapWords) layout = ui_heap_words_new (&input, area, ui_text_get_measure (dc->text));

  ui_draw_heap_words (dc, layout);
  sample_words_clear (&sample);
}

static void
paint_history (UiDraw *dc, UiRect area, guint variant)
{
  const UiHistoryPin pins[] = { { 210000, "before it grows" }, { 920000, "after" } };
  SampleHistory      sample;

  sample_history_init (&sample, 9);
  sample_history_add_outside (&sample);
  sample.input.form = variant == 0 ? UI_HISTORY_BLOCKS : UI_HISTORY_STACKED;
  sample.input.cursor_ns = 700000;
  sample.input.now_ns = sample.input.to_ns - 20000;
  sample.input.pins = pins;
  sample.input.n_pins = G_N_ELEMENTS (pins);

  g_autoptr (UiHeapHistory) history =
    ui_heap_history_new (&sample.input, area, ui_text_get_measure (dc->text));

  ui_draw_heap_history (dc, history);
  sample_history_clear (&sample);
}

/* Processes of falling size, and the others. */
static void
paint_many (UiDraw *dc, UiRect area, guint n)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (UiManyRow));
  UiHeapManyInput input = {
    .n_columns = 80,
    .to_ns = 2000000,
    .cursor_ns = 700000,
    .selected = 81,
  };

  for (guint i = 0; i < n; i++)
    {
      UiManyRow row = { .pid = i + 1 < n ? 80 + i : VM_PID_NONE,
                        .name = i == 1 ? "bank_sup" : "<0.90.0> bank:teller/1",
                        .n_processes = i + 1 < n ? 1 : 1234,
                        .columns = g_new0 (UiManyColumn, 80) };

      for (guint c = 5 * i; c < 80; c++)
        for (guint part = 0; part < UI_MANY_N; part++)
          row.columns[c] = (UiManyColumn){
            .parts = { 300 / (i + 1), 90, (c * 37 + i * 11) % 200 / (i + 1), 20,
                       c % 9 == 3 ? 60 : 0, c % 20, 250, c > 40 ? 80 : 0 },
            .n_major = c % 25 == 24,
          };
      g_array_append_val (rows, row);
    }
  input.rows = (const UiManyRow *) (void *) rows->data;
  input.n_rows = n;

  g_autoptr (UiHeapMany) many =
    ui_heap_many_new (&input, area, ui_text_get_measure (dc->text));

  ui_draw_heap_many (dc, many);
  for (guint i = 0; i < n; i++)
    g_free (g_array_index (rows, UiManyRow, i).columns);
}

static void
fill_moment (const SampleHistory *sample, guint index, UiMoment *moment)
{
  const VmHeapSample *s = &g_array_index (sample->samples, VmHeapSample, index);

  *moment = (UiMoment){
    .process = "bank <0.80.0>",
    .t_ns = s->t_ns,
    .measured_ns = s->t_ns,
    .is_known = TRUE,
    .sizes = { .young_block = s->young_block,
               .young_used = s->young_used,
               .high_water = s->high_water,
               .stack_used = s->stack_used,
               .old_block = s->old_block,
               .old_used = s->old_used,
               .fragments = s->fragments },
    .totals = { .n_reductions = 1234 * index,
                .n_minor = index / 3,
                .n_major = index / 12,
                .reclaimed_words = 97 * index,
                .gc_ns = 3100 * index,
                .peak_words = 600 + 10 * index },
  };
}

/* 0: two runs, 1: two moments of one */
static void
paint_compare (UiDraw *dc, UiRect area, guint variant)
{
  SampleHistory      samples[2];
  UiHeapCompareInput input = { .is_one_run = variant == 1 };

  for (guint i = 0; i < 2; i++)
    {
      sample_history_init (&samples[i], variant == 1 ? 9 : 5 + 4 * i);
      input.histories[i] = samples[i].input;
      fill_moment (&samples[i], variant == 1 ? 5 + 20 * i : 14, &input.moments[i]);
      input.histories[i].cursor_ns = input.moments[i].t_ns;
      if (variant == 0)
        input.moments[i].run = i == 0 ? "as the lab has it" : "min_heap_words 1598";
    }

  g_autoptr (UiHeapCompare) compare =
    ui_heap_compare_new (&input, area, ui_text_get_measure (dc->text));

  ui_draw_heap_compare (dc, compare);
  for (guint i = 0; i < 2; i++)
    sample_history_clear (&samples[i]);
}

static void
paint_village (UiDraw *dc, UiRect area, guint n)
{
  SampleVillage sample;

  if (n == 0)
    sample_village_init_bank (&sample);
  else
    sample_village_init_crowd (&sample, n, n);

  UiVillageInput input = sample_village_input (&sample);

  input.selected = 83;

  g_autoptr (UiVillage) village = ui_village_new (&input, area, ui_text_get_measure (dc->text));

  ui_draw_village (dc, village);
  sample_village_clear (&sample);
}

static void
paint_lanes (UiDraw *dc, UiRect area, guint n)
{
  SampleLanes sample;

  sample_lanes_init (&sample, 2, 7, n);
  sample.input.selected = 83;
  sample.input.cursor_ns = (gint64) (sample.input.end_ns / 3);

  g_autoptr (UiLanes) lanes = ui_lanes_new (&sample.input, area, ui_text_get_measure (dc->text));

  ui_draw_lanes (dc, lanes);
  sample_lanes_clear (&sample);
}

static void
paint_mailbox (UiDraw *dc, UiRect area, guint n)
{
  UiMailboxInput input = {
    .detail = sample_get_mailbox (),
    .n_messages = n,
    .get_name = sample_get_name,
  };
  g_autoptr (UiMailbox) mailbox = ui_mailbox_new (&input, area, ui_text_get_measure (dc->text));

  ui_draw_mailbox (dc, mailbox);
}

/* In the middle of it; @variant: SampleWalk. */
static void
paint_gc (UiDraw *dc, UiRect area, guint variant)
{
  g_autoptr (VmGcWalk) walk = sample_walk_new ((SampleWalk) variant);
  g_autoptr (UiGcReplay) replay = ui_gc_replay_new (walk);
  g_autoptr (UiGcPicture) picture = NULL;

  ui_gc_replay_seek (replay, walk->n_actions / 2);
  ui_gc_replay_seek (replay, ui_gc_replay_find (replay, UI_GC_STEP_OBJECT, FALSE));
  picture = ui_gc_picture_new (replay, area, ui_text_get_measure (dc->text));
  ui_draw_gc_picture (dc, picture);
}

/* A slice that keeps a megabyte, garbage, a reserve, and more than fits. */
static void
paint_binaries (UiDraw *dc, UiRect area, guint first)
{
  static const VmHolder slice[] = {
    { 81, "keeper", VM_HOLDER_OLD, VM_REACH_LIVE, "y1 of keep:loop/2", FALSE, 2, 0, 200 },
    { 82, "router", VM_HOLDER_YOUNG, VM_REACH_GARBAGE },
  };
  static const VmHolder table[] = {
    { VM_PID_NONE, "cache", VM_HOLDER_TABLE, VM_REACH_LIVE, "key {user,17}", TRUE, 0, 0, 300000 },
    { 83, "worker", VM_HOLDER_MESSAGE, VM_REACH_LIVE, "message 12", TRUE, 0, 0, 300000 },
  };
  static const VmHolder garbage[] = { { 82, "router", VM_HOLDER_OLD, VM_REACH_GARBAGE } };
  static const VmHolder growing[] = {
    { 84, "<0.84.0>", VM_HOLDER_YOUNG, VM_REACH_LIVE, "x0", FALSE, 1, 1, 150000 },
  };
  static const VmBinary list[] = {
    { 1, 1048576, 2, 0, 200, 0, VM_FREED_BY_NOTHING, 1048376, 2, 2, slice,
      "<<7,7,7,7,7,7,7,7,…>>" },
    { 2, 300000, 2, 0, 300000, 0, VM_FREED_BY_NOTHING, 0, 9, 2, table, "<<\"a page…\">>" },
    { 3, 250000, 1, 0, 0, 0, VM_FREED_BY_FULL, 0, 1, 1, garbage, "<<0,0,0,1,0,0,0,2,…>>" },
    { 4, 200000, 1, 0, 150000, 50000, VM_FREED_BY_NOTHING, 50000, 1, 1, growing, "<<1,2,3>>" },
    { 5, 3000, 3, 3, 0, 0, VM_FREED_BY_NOTHING, 0, 0, 0, NULL, "<<\"constant\">>" },
  };
  static const VmBinaries binaries = { .is_complete = TRUE,
                                       .n_binaries = 1200,
                                       .bytes = 9000000,
                                       .bytes_garbage = 250000,
                                       .bytes_pinned = 1048376,
                                       .n_listed = G_N_ELEMENTS (list),
                                       .binaries = list };
  UiBinariesInput         input = { &binaries, first, 81 };
  g_autoptr (UiBinaryList) rows =
    ui_binary_list_new (&input, area, ui_text_get_measure (dc->text));

  ui_draw_binary_list (dc, rows);
}

static const Picture pictures[] = {
  { "heap-light", paint_heap, 960, 600, FALSE, 9 },
  { "heap-dark", paint_heap, 960, 600, TRUE, 9 },
  { "heap-small", paint_heap, 420, 300, FALSE, 9 },
  { "heap-dense", paint_heap, 960, 600, FALSE, 200 },
  { "history-light", paint_history, 960, 600, FALSE, 0 },
  { "history-dark", paint_history, 960, 600, TRUE, 1 },
  { "history-small", paint_history, 420, 260, FALSE, 1 },
  { "many-light", paint_many, 960, 600, FALSE, 6 },
  { "many-dark", paint_many, 560, 300, TRUE, 9 },
  { "compare-light", paint_compare, 1280, 800, FALSE, 0 },
  { "compare-dark", paint_compare, 960, 720, TRUE, 1 },
  { "compare-small", paint_compare, 480, 420, FALSE, 0 },
  { "words-whole", paint_words, 960, 460, FALSE, 0 },
  { "words-light", paint_words, 960, 460, FALSE, 70 },
  { "words-dark", paint_words, 960, 460, TRUE, 70 },
  { "words-middle", paint_words, 700, 320, FALSE, 18 },
  { "words-small", paint_words, 420, 200, TRUE, 40 },
  { "binaries-light", paint_binaries, 960, 560, FALSE, 0 },
  { "binaries-dark", paint_binaries, 960, 560, TRUE, 0 },
  { "binaries-small", paint_binaries, 420, 240, FALSE, 1 },
  { "gc-light", paint_gc, 1100, 700, FALSE, SAMPLE_WALK_MINOR },
  { "gc-dark", paint_gc, 1100, 700, TRUE, SAMPLE_WALK_MAJOR },
  { "gc-small", paint_gc, 480, 320, FALSE, SAMPLE_WALK_MINOR },
  { "gc-large", paint_gc, 1100, 700, FALSE, SAMPLE_WALK_LARGE },
  { "village-light", paint_village, 960, 600, FALSE, 0 },
  { "village-dark", paint_village, 960, 600, TRUE, 0 },
  { "village-crowd", paint_village, 960, 600, FALSE, 2000 },
  { "lanes-light", paint_lanes, 960, 500, FALSE, 40 },
  { "lanes-dark", paint_lanes, 960, 500, TRUE, 40 },
  { "lanes-dense", paint_lanes, 960, 500, FALSE, 5000 },
  { "mailbox-light", paint_mailbox, 640, 280, FALSE, 1234 },
};

static cairo_surface_t *
render (const Picture *picture)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, picture->w, picture->h);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (UiText) text = ui_text_new ("DejaVu Sans", "DejaVu Sans Mono");
  UiDraw dc = { cr, ui_theme_get (picture->is_dark), text };

  picture->paint (&dc,
                  ui_draw_frame (&dc, picture->w, picture->h, "A picture",
                                 "bank <0.80.0> · 1.240 ms · OTP 25.2.3"),
                  picture->variant);
  cairo_destroy (cr);
  return surface;
}

static void
test_picture (gconstpointer data)
{
  const Picture   *picture = data;
  cairo_surface_t *surface = render (picture);
  cairo_surface_t *again = render (picture);
  gsize            size = (gsize) cairo_image_surface_get_stride (surface) * (gsize) picture->h;

  cairo_surface_flush (surface);
  cairo_surface_flush (again);
  g_assert_cmpint (
    memcmp (cairo_image_surface_get_data (surface), cairo_image_surface_get_data (again), size), ==,
    0);
  golden_check_picture (picture->name, surface);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (again);
}

/* Processes are told apart, ink suits its ground, and a pid keeps its colour. */
static void
test_colours (void)
{
  for (int is_dark = 0; is_dark < 2; is_dark++)
    {
      const UiTheme *theme = ui_theme_get (is_dark);

      for (guint i = 0; i < UI_N_PROCESS_COLOURS; i++)
        for (guint k = i + 1; k < UI_N_PROCESS_COLOURS; k++)
          {
            UiRgba a = theme->processes[i], b = theme->processes[k];

            g_assert_cmpfloat (ABS (a.r - b.r) + ABS (a.g - b.g) + ABS (a.b - b.b), >, 0.15);
          }
      g_assert_cmpfloat (
        ui_rgba_get_ink (theme->background).r, ==,
        ui_rgba_get_ink (is_dark ? (UiRgba){ 0, 0, 0, 1 } : (UiRgba){ 1, 1, 1, 1 }).r);
    }
  g_assert_cmpfloat (ui_theme_get_process (ui_theme_get (TRUE), 81).r, ==,
                     ui_theme_get (TRUE)->processes[1].r);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/pictures/colours", test_colours);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/pictures/", pictures[i].name, NULL);

      g_test_add_data_func (path, &pictures[i], test_picture);
    }
  return g_test_run ();
}
