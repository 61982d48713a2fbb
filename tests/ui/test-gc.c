/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/golden.h"
#include "tests/ui/sample-walk.h"
#include "tests/ui/sample.h"
#include "ui/layout/gc-picture.h"
#include "ui/layout/gc-walk-text.h"

#include <string.h>

static const VmSpace shown[] = { VM_SPACE_YOUNG, VM_SPACE_FRAGMENT, VM_SPACE_NEW, VM_SPACE_OLD };

/* One letter a word: . there, m mark, - moved, c copied, s scanned. */
static void
add_state (GString *out, const UiGcReplay *replay)
{
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      const UiGcReplaySpace *space = &replay->spaces[shown[i]];

      if (space->n_words == 0)
        continue;
      g_string_append_printf (out, "  %-9s ", vm_space_get_name (shown[i]));
      for (guint k = 0; k < space->n_words; k++)
        g_string_append_c (out, ".m-cs"[space->words[k].state]);
      if (space->has_scan)
        g_string_append_printf (out, "  scan %" G_GUINT64_FORMAT, space->scan);
      g_string_append_c (out, '\n');
    }
}

static void
add_walk (GString *out, SampleWalk kind)
{
  g_autoptr (VmGcWalk) walk = sample_walk_new (kind);
  g_autoptr (UiGcReplay) replay = ui_gc_replay_new (walk);
  g_autofree char *title = ui_gc_walk_get_title (walk);
  g_autofree char *end = ui_gc_walk_describe_end (walk);

  g_string_append_printf (out, "%s\n", title);
  for (guint i = 0; i < walk->n_decisions; i++)
    {
      g_autofree char *text = ui_gc_decision_describe (&walk->decisions[i]);

      g_string_append_printf (out, "  %s: %s\n", ui_gc_decision_get_topic (walk->decisions[i].kind),
                              text);
    }
  for (guint step = 0; step <= walk->n_actions; step++)
    {
      g_autofree char *text = NULL;

      ui_gc_replay_seek (replay, step);
      text = ui_gc_walk_describe_step (replay);
      g_string_append_printf (out, "%u %s\n", step, text);
      add_state (out, replay);
    }
  g_string_append_printf (out, "%s\n\n", end);
}

static void
test_text (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  add_walk (out, SAMPLE_WALK_MAJOR);
  add_walk (out, SAMPLE_WALK_MINOR);
  add_walk (out, SAMPLE_WALK_KILLED);
  golden_check_text ("gc-walk", out->str);
}

/* Back and forth: the same place is the same memory. */
static void
test_backward (void)
{
  g_autoptr (VmGcWalk) walk = sample_walk_new (SAMPLE_WALK_MINOR);
  g_autoptr (UiGcReplay) replay = ui_gc_replay_new (walk);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  for (guint step = 0; step <= walk->n_actions; step++)
    {
      GString *out = g_string_new (NULL);

      ui_gc_replay_seek (replay, step);
      add_state (out, replay);
      g_ptr_array_add (states, g_string_free (out, FALSE));
    }
  for (guint step = walk->n_actions + 1; step-- > 0;)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      ui_gc_replay_seek (replay, step);
      add_state (out, replay);
      g_assert_cmpstr (out->str, ==, g_ptr_array_index (states, step));
    }
}

/* Each unit's steps, forward and then backward, are the same places. */
static void
test_units (void)
{
  g_autoptr (VmGcWalk) walk = sample_walk_new (SAMPLE_WALK_MINOR);
  g_autoptr (UiGcReplay) replay = ui_gc_replay_new (walk);

  for (UiGcStepUnit unit = UI_GC_STEP_ACTION; unit <= UI_GC_STEP_ALL; unit++)
    {
      g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (guint));

      ui_gc_replay_seek (replay, 0);
      while (replay->step < walk->n_actions)
        {
          guint next = ui_gc_replay_find (replay, unit, FALSE);

          g_assert_cmpuint (next, >, replay->step);
          g_array_append_val (steps, replay->step);
          ui_gc_replay_seek (replay, next);
        }
      g_assert_cmpuint (steps->len, >=, unit == UI_GC_STEP_ALL ? 1 : 2);
      for (guint i = steps->len; i-- > 0;)
        {
          ui_gc_replay_seek (replay, ui_gc_replay_find (replay, unit, TRUE));
          g_assert_cmpuint (replay->step, ==, g_array_index (steps, guint, i));
        }
    }
}

static void
check_inside (const UiRect *rect, const UiRect *area)
{
  g_assert_cmpfloat (rect->x, >=, area->x - 0.5);
  g_assert_cmpfloat (rect->y, >=, area->y - 0.5);
  g_assert_cmpfloat (rect->x + rect->w, <=, area->x + area->w + 0.5);
  g_assert_cmpfloat (rect->y + rect->h, <=, area->y + area->h + 0.5);
}

/* Whatever the room: all is inside, cells of one space do not overlap, each used word
 * has exactly one cell, and cells keep their places through the walk. */
static void
test_geometry (void)
{
  static const double sizes[][2] = { { 1200, 800 }, { 640, 400 }, { 400, 300 }, { 300, 160 } };

  for (SampleWalk kind = SAMPLE_WALK_MAJOR; kind <= SAMPLE_WALK_KILLED; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr (VmGcWalk) walk = sample_walk_new (kind);
        g_autoptr (UiGcReplay) replay = ui_gc_replay_new (walk);
        UiRect area = { 10, 20, sizes[i][0], sizes[i][1] };
        g_autoptr (UiGcPicture) before = ui_gc_picture_new (replay, area, sample_get_measure ());
        g_autoptr (UiGcPicture) after = NULL;
        guint64 n_young = 0;

        ui_gc_replay_seek (replay, walk->n_actions / 2);
        after = ui_gc_picture_new (replay, area, sample_get_measure ());
        g_assert_cmpuint (before->cells->len, ==, after->cells->len);
        for (guint k = 0; k < before->cells->len; k++)
          {
            const UiGcCell *a = &g_array_index (before->cells, UiGcCell, k);
            const UiGcCell *b = &g_array_index (after->cells, UiGcCell, k);

            g_assert_true (memcmp (&a->rect, &b->rect, sizeof a->rect) == 0);
            g_assert_true (a->space == b->space && a->first == b->first && a->n == b->n);
            if (a->space == VM_SPACE_YOUNG)
              n_young += a->n;
            if (sizes[i][1] >= 300)
              check_inside (&a->rect, &area);
          }
        g_assert_cmpuint (n_young, ==, walk->spaces[VM_SPACE_YOUNG].block_before);
      }
}

/* A large walk: stepping and drawing a moment of it must not walk everything anew. */
static void
test_large (void)
{
  g_autoptr (VmGcWalk) walk = sample_walk_new (SAMPLE_WALK_HUGE);
  g_autoptr (UiGcReplay) replay = ui_gc_replay_new (walk);
  g_autoptr (UiGcPicture) picture = NULL;

  g_assert_false (walk->is_whole);
  ui_gc_replay_seek (replay, walk->n_actions);
  picture = ui_gc_picture_new (replay, (UiRect){ 0, 0, 1200, 700 }, sample_get_measure ());
  g_assert_cmpuint (picture->fold, >, 1);
  g_assert_cmpuint (picture->cells->len, <, 40000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/text", test_text);
  g_test_add_func ("/gc/backward", test_backward);
  g_test_add_func ("/gc/units", test_units);
  g_test_add_func ("/gc/geometry", test_geometry);
  g_test_add_func ("/gc/large", test_large);
  return g_test_run ();
}
