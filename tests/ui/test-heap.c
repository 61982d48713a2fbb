/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/golden.h"
#include "tests/ui/sample.h"

static void
test_strip (void)
{
  UiRect      area = { 10, 10, 700, 260 };
  VmHeapSizes sizes;
  g_autoptr (GString) text = g_string_new (NULL);

  sample_heap_sizes (&sizes);

  g_autoptr (UiHeapStrip) strip = ui_heap_strip_new (&sizes, area, sample_get_measure ());

  for (guint i = 0; i < strip->parts->len; i++)
    {
      const UiHeapPart *part = &g_array_index (strip->parts, UiHeapPart, i);

      g_string_append_printf (text, "role %d words %u ", (int) part->role, (guint) part->words);
      golden_add_rect (text, "part", &part->rect);
    }
  g_string_append_printf (text, "high water  x %.1f\n", strip->high_water_x);
  golden_add_labels (text, "label", &strip->labels);
  golden_add_labels (text, "tick", &strip->ruler.labels);
  golden_add_labels (text, "legend", &strip->legend.labels);
  golden_check_text ("heap-strip", text->str);
}

/* Widths are words times one scale: what is drawn can be measured. */
static void
test_scale (void)
{
  VmHeapSizes sizes;

  sample_heap_sizes (&sizes);

  g_autoptr (UiHeapStrip) strip =
    ui_heap_strip_new (&sizes, (UiRect){ 0, 0, 989, 400 }, sample_get_measure ());
  double young = 0;

  for (guint i = 0; i < strip->parts->len; i++)
    {
      const UiHeapPart *part = &g_array_index (strip->parts, UiHeapPart, i);

      if (part->role == UI_ROLE_BINARY)
        continue;
      g_assert_cmpfloat_with_epsilon (part->rect.w, (double) part->words, 1e-6);
      if (part->rect.y == strip->blocks[UI_HEAP_YOUNG].y)
        young += part->rect.w;
      g_assert_true (ui_heap_strip_hit (strip, part->rect.x + part->rect.w / 2, part->rect.y + 1) ==
                     part);
    }
  g_assert_cmpfloat_with_epsilon (young, 610, 1e-6);
}

static void
test_labels (void)
{
  static const double sizes_px[][2] = { { 140, 90 }, { 396, 240 }, { 912, 520 }, { 1540, 830 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes_px); i++)
    for (guint rounds = 0; rounds < 200; rounds += 33)
      {
        UiRect        area = { 0, 0, sizes_px[i][0], sizes_px[i][1] };
        UiRect        strip_area, history_area;
        VmHeapSizes   sizes;
        SampleHistory sample;

        sample_heap_sizes (&sizes);
        sample_history_init (&sample, rounds);
        sample.input.is_under_strip = rounds % 2;
        sample.input.cursor_ns = sample.input.to_ns / 2;
        ui_heap_split (&sizes, area, sample_get_measure (), &strip_area, &history_area);

        g_autoptr (UiHeapStrip) strip =
          ui_heap_strip_new (&sizes, strip_area, sample_get_measure ());
        g_autoptr (UiHeapHistory) history =
          ui_heap_history_new (&sample.input, history_area, sample_get_measure ());

        sample_check_labels (&strip->labels, strip_area);
        sample_check_labels (&strip->legend.labels, strip_area);
        sample_check_labels (&history->labels, history_area);
        sample_check_labels (&history->time_ruler.labels, history_area);
        g_assert_cmpuint (history->points->len, <=, 12 * (guint) MAX (area.w, 1) + 12);
        sample_history_clear (&sample);
      }
}

static const char *const borders[UI_N_BORDERS] = {
  "zero", "survived", "used", "low", "stack", "block", "fragment", "message", "old",
  "old-block", "binary", "binary-zero", "mailbox", "mailbox-zero"
};

static void
check_history (const char *name, const UiHeapHistoryInput *input, UiRect area)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (UiHeapHistory) h = ui_heap_history_new (input, area, sample_get_measure ());

  golden_add_rect (text, "plot", &h->plot);
  golden_add_rect (text, "binaries", &h->lanes[UI_LANE_BINARIES]);
  golden_add_rect (text, "mailbox", &h->lanes[UI_LANE_MAILBOX]);
  for (guint i = 0; i < h->points->len; i++)
    {
      const UiHeapPoint *p = &g_array_index (h->points, UiHeapPoint, i);

      g_string_append_printf (text, "point  x %.1f", p->x);
      for (guint k = 0; k < UI_N_BORDERS; k++)
        g_string_append_printf (text, " %s %.1f", borders[k], p->y[k]);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < h->marks->len; i++)
    {
      const UiHeapMark *m = &g_array_index (h->marks, UiHeapMark, i);

      g_string_append_printf (text, "mark  x %.1f to %.1f minor %u major %u "
                                    "reclaimed %u spent %d\n",
                              m->x, m->x_to, m->n_minor, m->n_major, (guint) m->reclaimed_words,
                              (int) m->gc_ns);
    }
  golden_add_labels (text, "label", &h->labels);
  golden_add_labels (text, "tick", &h->time_ruler.labels);
  golden_add_labels (text, "words", &h->words_ruler.labels);
  for (guint i = 0; i < h->pins->len; i++)
    g_string_append_printf (text, "pin  x %.1f\n", g_array_index (h->pins, UiHeapPin, i).x);
  golden_check_text (name, text->str);
}

static void
test_history (void)
{
  SampleHistory sample;

  sample_history_init (&sample, 5);
  check_history ("heap-history", &sample.input, (UiRect){ 0, 0, 640, 320 });
  sample_history_clear (&sample);
}

static void
test_stacked (void)
{
  const UiHistoryPin pins[] = { { 100000, "before it grows" }, { 400000, "after" } };
  SampleHistory      sample;

  sample_history_init (&sample, 5);
  sample_history_add_outside (&sample);
  sample.input.pins = pins;
  sample.input.n_pins = G_N_ELEMENTS (pins);
  sample.input.cursor_ns = 300000;
  check_history ("heap-history-lanes", &sample.input, (UiRect){ 0, 0, 640, 420 });
  sample.input.form = UI_HISTORY_STACKED;
  check_history ("heap-history-stacked", &sample.input, (UiRect){ 0, 0, 640, 420 });
  sample_history_clear (&sample);
}

/* At every corner the areas lie on one another in their order, and the topmost
 * border is the sum of all. */
static void
test_stacked_sums (void)
{
  static const UiBorder order[] = { UI_BORDER_ZERO, UI_BORDER_OLD, UI_BORDER_SURVIVED,
                                    UI_BORDER_USED, UI_BORDER_STACK, UI_BORDER_FRAGMENT,
                                    UI_BORDER_MESSAGE, UI_BORDER_BLOCK, UI_BORDER_BINARY };
  SampleHistory         sample;
  double                most = 0;

  sample_history_init (&sample, 40);
  sample_history_add_outside (&sample);
  sample.input.form = UI_HISTORY_STACKED;

  g_autoptr (UiHeapHistory) h =
    ui_heap_history_new (&sample.input, (UiRect){ 0, 0, 900, 420 }, sample_get_measure ());

  for (guint i = 0; i < sample.samples->len; i++)
    {
      const VmHeapSample *s = &g_array_index (sample.samples, VmHeapSample, i);

      most = MAX (most, (double) vm_heap_sample_get_words (s) + (double) s->vheap_used);
    }
  g_assert_cmpfloat_with_epsilon (h->words.to, most * 1.04, 1e-6);
  for (guint i = 0; i < h->points->len; i++)
    for (guint k = 1; k < G_N_ELEMENTS (order); k++)
      g_assert_cmpfloat (g_array_index (h->points, UiHeapPoint, i).y[order[k]], <=,
                         g_array_index (h->points, UiHeapPoint, i).y[order[k - 1]] + 1e-9);
  sample_history_clear (&sample);
}

/* Every collection is in exactly one mark, with its words, folded or not. */
static void
test_marks (void)
{
  SampleHistory sample;
  guint64       reclaimed = 0, marked = 0;
  guint         n = 0;

  sample_history_init (&sample, 300);
  for (guint i = 0; i < sample.folds->len; i++)
    reclaimed += g_array_index (sample.folds, VmCollectionFold, i).reclaimed_words;

  g_autoptr (UiHeapHistory) h =
    ui_heap_history_new (&sample.input, (UiRect){ 0, 0, 400, 300 }, sample_get_measure ());

  for (guint i = 0; i < h->marks->len; i++)
    {
      const UiHeapMark *m = &g_array_index (h->marks, UiHeapMark, i);

      n += m->n_minor + m->n_major;
      marked += m->reclaimed_words;
    }
  g_assert_cmpuint (n, ==, 300);
  g_assert_cmpuint (marked, ==, reclaimed);
  sample_history_clear (&sample);
}

static void
test_history_hit (void)
{
  SampleHistory    sample;
  UiHeapHistoryHit hit;

  sample_history_init (&sample, 5);

  g_autoptr (UiHeapHistory) h =
    ui_heap_history_new (&sample.input, (UiRect){ 0, 0, 640, 320 }, sample_get_measure ());
  const UiHeapMark *mark = &g_array_index (h->marks, UiHeapMark, 2);

  g_assert_true (ui_heap_history_hit (h, &sample.input, mark->x, h->plot.y + 5, &hit));
  g_assert_true (hit.mark == mark);
  g_assert_cmpint (hit.sample, >=, 0);
  g_assert_cmpint (sample.input.samples[hit.sample].t_ns, <=, hit.t_ns);
  g_assert_false (ui_heap_history_hit (h, &sample.input, -5, -5, &hit));
  sample_history_clear (&sample);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/heap/strip", test_strip);
  g_test_add_func ("/ui/heap/scale", test_scale);
  g_test_add_func ("/ui/heap/labels", test_labels);
  g_test_add_func ("/ui/heap/history", test_history);
  g_test_add_func ("/ui/heap/stacked", test_stacked);
  g_test_add_func ("/ui/heap/stacked-sums", test_stacked_sums);
  g_test_add_func ("/ui/heap/marks", test_marks);
  g_test_add_func ("/ui/heap/hit", test_history_hit);
  return g_test_run ();
}
