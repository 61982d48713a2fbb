/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/golden.h"
#include "tests/ui/sample.h"

static guint
count_folded (const GArray *spans)
{
  guint n = 0;

  for (guint i = 0; i < spans->len; i++)
    n += g_array_index (spans, UiSpan, i).n_folded;
  return n;
}

/* Nothing vanishes: each span is itself or counted in a mark, at every density. */
static void
test_fold_conserves (void)
{
  static const double lengths[] = { 0.01, 0.4, 0.99, 1, 3, 17 };
  GRand              *rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (UiSpan));
      UiFold fold;
      double x = 0;
      guint  n = 0;

      ui_fold_begin (&fold, out, (UiRect){ 0, 0, 500, 10 });
      while (x < 480)
        {
          double w = lengths[i] * g_rand_double_range (rand, 0.3, 1.7);

          ui_fold_add (&fold, x, x + w, UI_ROLE_RUNNING, n % 3, n);
          x += w + lengths[i] * g_rand_double_range (rand, 0, 2);
          n++;
        }
      ui_fold_end (&fold);
      g_assert_cmpuint (count_folded (out), ==, n);
      g_assert_cmpuint (out->len, <=, 501);
    }
  g_rand_free (rand);
}

static void
test_fold_marks (void)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (UiSpan));
  UiFold fold;

  ui_fold_begin (&fold, out, (UiRect){ 0, 0, 100, 10 });
  ui_fold_add (&fold, 10, 10.2, UI_ROLE_RUNNING, 1, 0);
  ui_fold_add (&fold, 10.5, 10.9, UI_ROLE_RUNNING, 2, 1);
  ui_fold_add (&fold, 20, 30, UI_ROLE_RUNNING, 3, 2);
  ui_fold_add (&fold, 90, 150, UI_ROLE_RUNNING, 4, 3);
  ui_fold_end (&fold);
  g_assert_cmpuint (out->len, ==, 3);

  const UiSpan *mark = &g_array_index (out, UiSpan, 0);

  g_assert_cmpuint (mark->n_folded, ==, 2);
  g_assert_cmpuint (mark->pid, ==, VM_PID_NONE);
  g_assert_cmpfloat (mark->rect.w, >=, 2);
  g_assert_cmpfloat_with_epsilon (mark->cover, 0.3, 1e-6);
  g_assert_true (g_array_index (out, UiSpan, 2).is_cut);
  g_assert_cmpfloat_with_epsilon (g_array_index (out, UiSpan, 2).rect.w, 10, 1e-6);
}

static void
test_geometry (void)
{
  UiRect      area = { 12, 8, 800, 500 };
  SampleLanes sample;
  g_autoptr (GString) text = g_string_new (NULL);

  sample_lanes_init (&sample, 2, 4, 24);
  sample.input.selected = 83;

  g_autoptr (UiLanes) lanes = ui_lanes_new (&sample.input, area, sample_get_measure ());

  for (guint i = 0; i < lanes->lanes->len; i++)
    golden_add_rect (text, "lane", &g_array_index (lanes->lanes, UiLane, i).rect);
  golden_add_spans (text, "span", lanes->spans);
  golden_add_spans (text, "collection", lanes->collections);
  golden_add_spans (text, "queue", lanes->queues);
  for (guint i = 0; i < lanes->migrations->len; i++)
    {
      const UiMigration *m = &g_array_index (lanes->migrations, UiMigration, i);

      g_string_append_printf (text, "migration  pid %u x %.1f y %.1f from %.1f\n", m->pid, m->x,
                              m->y, m->from.x);
    }
  golden_add_labels (text, "name", &lanes->labels);
  golden_add_labels (text, "on span", &lanes->span_labels);
  golden_add_labels (text, "tick", &lanes->ruler.labels);
  golden_check_text ("lanes", text->str);
  sample_lanes_clear (&sample);
}

static void
test_labels (void)
{
  static const UiRect areas[] = {
    { 0, 0, 420, 300 },
    { 5, 5, 960, 600 },
    { 0, 0, 1600, 900 },
    { 0, 0, 90, 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      SampleLanes sample;

      sample_lanes_init (&sample, 3, 60, 3000);
      sample.input.from_ns = sample.input.end_ns * 0.3;
      sample.input.to_ns = sample.input.end_ns * 0.33;
      sample.input.cursor_ns = (gint64) (sample.input.end_ns * 0.31);

      g_autoptr (UiLanes) lanes = ui_lanes_new (&sample.input, areas[i], sample_get_measure ());

      sample_check_labels (&lanes->labels, areas[i]);
      sample_check_labels (&lanes->span_labels, areas[i]);
      sample_check_labels (&lanes->ruler.labels, areas[i]);
      sample_check_labels (&lanes->legend.labels, areas[i]);
      sample_lanes_clear (&sample);
    }
}

/* runnable between wake and slice, waiting after a slice that ended in a receive */
static void
test_states (void)
{
  static const VmSlice slices[] = {
    { .begin_ns = 100, .end_ns = 200, .pid = 5, .scheduler = 1, .end_reason = 1 },
    { .begin_ns = 400, .end_ns = 500, .pid = 5, .scheduler = 1, .end_reason = 0 },
    { .begin_ns = 700, .end_ns = 800, .pid = 5, .scheduler = 1, .end_reason = 2 },
  };
  static const UiWake wakes[] = { { 50, 5 }, { 300, 5 } };
  static const VmPid  pids[] = { 5 };
  static const UiRole roles[] = { UI_ROLE_RUNNABLE, UI_ROLE_RUNNING, UI_ROLE_WAITING,
                                  UI_ROLE_RUNNABLE, UI_ROLE_RUNNING, UI_ROLE_RUNNABLE,
                                  UI_ROLE_RUNNING };
  UiLanesInput        input = {
           .slices = slices,
           .n_slices = 3,
           .wakes = wakes,
           .n_wakes = 2,
           .pids = pids,
           .n_pids = 1,
           .get_name = sample_get_name,
           .to_ns = 1000,
           .end_ns = 1000,
           .selected = VM_PID_NONE,
           .cursor_ns = G_MININT64,
  };
  g_autoptr (UiLanes) lanes =
    ui_lanes_new (&input, (UiRect){ 0, 0, 900, 300 }, sample_get_measure ());

  g_assert_cmpuint (lanes->spans->len, ==, G_N_ELEMENTS (roles));
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    g_assert_cmpint (g_array_index (lanes->spans, UiSpan, i).role, ==, roles[i]);

  UiLanesHit    hit;
  const UiSpan *span = &g_array_index (lanes->spans, UiSpan, 4);

  g_assert_true (ui_lanes_hit (lanes, span->rect.x + 2, span->rect.y + 2, &hit));
  g_assert_cmpint (hit.kind, ==, UI_LANES_SPAN);
  g_assert_cmpuint (hit.span->index, ==, 1);
  g_assert_cmpuint (hit.lane->pid, ==, 5);
  g_assert_false (ui_lanes_hit (lanes, span->rect.x, 2000, &hit));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/lanes/fold-conserves", test_fold_conserves);
  g_test_add_func ("/ui/lanes/fold-marks", test_fold_marks);
  g_test_add_func ("/ui/lanes/geometry", test_geometry);
  g_test_add_func ("/ui/lanes/labels", test_labels);
  g_test_add_func ("/ui/lanes/states", test_states);
  return g_test_run ();
}
