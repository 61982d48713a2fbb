/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/golden.h"
#include "tests/ui/sample.h"

static void
test_geometry (void)
{
  SampleVillage sample;
  g_autoptr (GString) text = g_string_new (NULL);

  sample_village_init_bank (&sample);

  UiVillageInput input = sample_village_input (&sample);
  g_autoptr (UiVillage) v =
    ui_village_new (&input, (UiRect){ 0, 0, 900, 560 }, sample_get_measure ());

  for (guint i = 0; i < v->nodes->len; i++)
    {
      const UiVillageNode *n = &g_array_index (v->nodes, UiVillageNode, i);

      g_string_append_printf (text, "node %d  x %.1f y %.1f r %.1f parent %d state %d mail %u\n",
                              (int) n->pid, n->x, n->y, n->r, n->parent, (int) n->state,
                              n->n_messages);
    }
  for (guint i = 0; i < v->yards->len; i++)
    golden_add_rect (text, "yard", &g_array_index (v->yards, UiRect, i));
  for (guint i = 0; i < v->edges->len; i++)
    {
      const UiVillageEdge *e = &g_array_index (v->edges, UiVillageEdge, i);

      g_string_append_printf (text, "edge  role %d from %d to %d:", (int) e->role, e->from, e->to);
      for (guint k = 0; k < e->n; k++)
        g_string_append_printf (text, " %.0f,%.0f", e->points[k].x, e->points[k].y);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < v->letters->len; i++)
    {
      const UiVillageLetter *l = &g_array_index (v->letters, UiVillageLetter, i);

      g_string_append_printf (text, "letter  %d to %d x %.1f y %.1f n %u\n", l->from, l->to, l->x,
                              l->y, l->n);
    }
  golden_add_labels (text, "label", &v->labels);
  golden_check_text ("village", text->str);
  sample_village_clear (&sample);
}

/* However many there are: all are told, cells do not overlap, all is in the area. */
static void
test_crowds (void)
{
  static const guint counts[][2] = {
    { 1, 1 },
    { 5, 5 },
    { 50, 50 },
    { 2000, 2000 },
    { 9000, 9000 },
    { 100000, 2000 },
    { 100000, 100000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      SampleVillage sample;
      guint         told = 0;

      sample_village_init_crowd (&sample, counts[i][0], counts[i][1]);

      UiVillageInput input = sample_village_input (&sample);
      g_autoptr (UiVillage) v =
        ui_village_new (&input, (UiRect){ 0, 0, 960, 600 }, sample_get_measure ());

      for (guint k = 0; k < v->nodes->len; k++)
        {
          const UiVillageNode *a = &g_array_index (v->nodes, UiVillageNode, k);

          told += a->n_members;
          g_assert_true (ui_rect_contains (&v->plot, a->x, a->y));
          for (guint j = k + 1; j < MIN (v->nodes->len, k + 200); j++)
            {
              const UiVillageNode *b = &g_array_index (v->nodes, UiVillageNode, j);
              UiRect               inner = ui_rect_inset (b->cell, 0.01, 0.01, 0.01, 0.01);

              g_assert_false (ui_rect_overlaps (&a->cell, &inner));
            }
        }
      g_assert_cmpuint (told, ==, counts[i][0]);
      g_assert_cmpuint (v->nodes->len, <=, 2500);
      if (v->nodes->len < 500)
        sample_check_labels (&v->labels, (UiRect){ -20, 0, 1000, 600 });
      sample_village_clear (&sample);
    }
}

static void
test_chain (void)
{
  /* each spawned the next: deep trees stay within a picture */
  SampleVillage sample;

  sample_village_init_crowd (&sample, 400, 400);
  for (guint i = 1; i < 400; i++)
    g_array_index (sample.processes, VmProcessInfo, i).parent = 100 + i - 1;

  UiVillageInput input = sample_village_input (&sample);
  g_autoptr (UiVillage) v =
    ui_village_new (&input, (UiRect){ 0, 0, 960, 600 }, sample_get_measure ());

  g_assert_cmpuint (v->nodes->len, ==, 400);
  g_assert_cmpfloat (v->scale, >, 0.15);
  sample_village_clear (&sample);
}

static void
test_empty_and_hit (void)
{
  SampleVillage sample;

  sample_village_init_bank (&sample);

  UiVillageInput input = sample_village_input (&sample);
  g_autoptr (UiVillage) v =
    ui_village_new (&input, (UiRect){ 0, 0, 900, 560 }, sample_get_measure ());
  const UiVillageNode *ledger = ui_village_find (v, 83);

  g_assert_nonnull (ledger);
  g_assert_true (ui_village_hit (v, ledger->x + 3, ledger->y) == ledger);
  g_assert_null (ui_village_hit (v, -50, -50));
  g_assert_null (ui_village_find (v, 1));
  g_assert_cmpuint (v->n_hidden_system, ==, 1);

  /* zooming keeps what is under the pointer there */
  ui_village_zoom (v, &input, ledger->x, ledger->y, 3);

  g_autoptr (UiVillage) near =
    ui_village_new (&input, (UiRect){ 0, 0, 900, 560 }, sample_get_measure ());

  g_assert_cmpfloat_with_epsilon (ui_village_find (near, 83)->x, ledger->x, 0.01);
  g_assert_cmpfloat_with_epsilon (ui_village_find (near, 83)->y, ledger->y, 0.01);

  VmSnapshot none = { 0 };

  input.snapshot = &none;
  input.n_sends = 0;

  g_autoptr (UiVillage) empty =
    ui_village_new (&input, (UiRect){ 0, 0, 900, 560 }, sample_get_measure ());

  g_assert_cmpuint (empty->nodes->len, ==, 0);
  g_assert_cmpuint (empty->labels.items->len, >=, 2);
  sample_village_clear (&sample);
}

static void
test_mailbox (void)
{
  static const double widths[] = { 60, 420, 960, 1600 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      UiRect         area = { 0, 0, widths[i], 300 };
      UiMailboxInput input = {
        .detail = sample_get_mailbox (),
        .n_messages = 1234,
        .get_name = sample_get_name,
      };
      g_autoptr (UiMailbox) m = ui_mailbox_new (&input, area, sample_get_measure ());
      guint shown = 0;

      for (guint k = 0; k < m->letters->len; k++)
        {
          const UiLetter *letter = &g_array_index (m->letters, UiLetter, k);

          shown += letter->message != NULL;
          g_assert_true (ui_mailbox_hit (m, letter->rect.x + 1, letter->rect.y + 1) == letter);
        }
      g_assert_cmpuint (shown + m->n_more, ==, 1234);
      sample_check_labels (&m->labels, area);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/village/geometry", test_geometry);
  g_test_add_func ("/ui/village/crowds", test_crowds);
  g_test_add_func ("/ui/village/chain", test_chain);
  g_test_add_func ("/ui/village/empty-and-hit", test_empty_and_hit);
  g_test_add_func ("/ui/mailbox/letters", test_mailbox);
  return g_test_run ();
}
