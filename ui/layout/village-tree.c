/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/village-tree.h"

#include <math.h>

#define MAX_DEPTH  4
#define MAX_NODES  2500
#define KEEP_ALIKE 12 /* of a group, shown as houses of their own */

typedef struct
{
  const VmProcessInfo *info;
  int                  parent; /* index in the listed ones, -1: none */
  guint                depth;
  guint                n_children;
  int                  house;
} Listed;

typedef struct
{
  UiVillageTree        *tree;
  const UiVillageInput *input;
  double                aspect;
  Listed               *listed;
  guint                 n;
  GHashTable           *index_of; /* pid + 1 to 1 + index in listed */
} Build;

static gpointer
key (VmPid pid)
{
  return GUINT_TO_POINTER (pid + 1);
}

static void
list_processes (Build *build)
{
  const VmSnapshot *s = build->input->snapshot;

  build->listed = g_new0 (Listed, s->n_processes + 1);
  for (guint i = 0; i < s->n_processes; i++)
    {
      if (s->processes[i].is_system && !build->input->show_system)
        {
          build->tree->n_hidden_system++;
          continue;
        }
      build->listed[build->n] = (Listed){ .info = &s->processes[i], .parent = -1, .house = -1 };
      g_hash_table_insert (build->index_of, key (s->processes[i].pid),
                           GUINT_TO_POINTER (build->n + 1));
      build->n++;
    }
}

/* Parents are usually older and so come first by pid, but the numbers wrap: a
 * cycle or a later parent must not hang or break this. */
static void
find_parents (Build *build)
{
  for (guint i = 0; i < build->n; i++)
    {
      Listed *listed = &build->listed[i];
      guint   parent =
        GPOINTER_TO_UINT (g_hash_table_lookup (build->index_of, key (listed->info->parent)));

      if (parent == 0 || parent - 1 >= i)
        continue;

      Listed *above = &build->listed[parent - 1];

      if (above->depth >= MAX_DEPTH && above->parent >= 0)
        {
          parent = (guint) above->parent + 1;
          above = &build->listed[parent - 1];
        }
      listed->parent = (int) parent - 1;
      listed->depth = above->depth + 1;
      above->n_children++;
    }
}

static int
add_house (Build *build, const Listed *listed)
{
  UiVillageHouse house = {
    .info = listed->info,
    .pid = listed->info->pid,
    .parent = listed->parent < 0 ? -1 : build->listed[listed->parent].house,
    .n_members = 1,
    .n_messages = listed->info->n_messages,
    .memory_bytes = listed->info->heap.memory_bytes,
  };

  g_array_append_val (build->tree->houses, house);
  return (int) build->tree->houses->len - 1;
}

static gboolean
may_group (const Build *build, const Listed *listed)
{
  return listed->n_children == 0 && listed->info->name == NULL &&
         listed->info->pid != build->input->selected;
}

static char *
make_class (const Listed *listed)
{
  return g_strdup_printf ("%d %s", listed->parent, listed->info->initial);
}

static void
join_group (Build *build, Listed *listed, int house)
{
  UiVillageHouse *group = &g_array_index (build->tree->houses, UiVillageHouse, house);

  group->n_members++;
  group->n_messages += listed->info->n_messages;
  group->memory_bytes += listed->info->heap.memory_bytes;
  listed->house = house;
}

/* (value: members so far in the low half, 1 + house of the group in `groups`) */
static void
add_houses (Build *build)
{
  guint    max = build->input->max_nodes == 0 ? MAX_NODES : build->input->max_nodes;
  gboolean is_grouped = build->n > max;
  g_autoptr (GHashTable) totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < build->n && is_grouped; i++)
    if (may_group (build, &build->listed[i]))
      {
        char *class = make_class (&build->listed[i]);
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (totals, class));

        g_hash_table_insert (totals, class, GUINT_TO_POINTER (n + 1));
      }
  for (guint i = 0; i < build->n; i++)
    {
      Listed *listed = &build->listed[i];
      g_autofree char *class = NULL;
      gpointer kept, total;

      if (!is_grouped || !may_group (build, listed))
        {
          listed->house = add_house (build, listed);
          continue;
        }
      class = make_class (listed);
      g_hash_table_lookup_extended (totals, class, &kept, &total);

      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, kept)) + 1;
      guint group = GPOINTER_TO_UINT (g_hash_table_lookup (groups, kept));

      g_hash_table_insert (seen, kept, GUINT_TO_POINTER (n));
      if (group != 0)
        join_group (build, listed, (int) group - 1);
      else
        {
          listed->house = add_house (build, listed);
          if (n > KEEP_ALIKE && GPOINTER_TO_UINT (total) > n)
            g_hash_table_insert (groups, kept, GINT_TO_POINTER (listed->house + 1));
        }
    }
}

static void
add_unlisted (Build *build)
{
  const VmSnapshot *s = build->input->snapshot;
  UiVillageHouse    house = { .pid = VM_PID_NONE, .parent = -1 };

  if (s->status.n_processes <= s->n_processes)
    return;
  house.n_members = s->status.n_processes - s->n_processes;
  g_array_append_val (build->tree->houses, house);
}

static int
compare_boxes (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray         *houses = data;
  const UiVillageHouse *left = &g_array_index (houses, UiVillageHouse, *(const guint *) a);
  const UiVillageHouse *right = &g_array_index (houses, UiVillageHouse, *(const guint *) b);

  /* tall ones first, so that rows are even; else in order of birth */
  if (fabs (left->h - right->h) > 0.5)
    return left->h > right->h ? -1 : 1;
  return *(const guint *) a < *(const guint *) b ? -1 : 1;
}

/* Sets the boxes of @children into rows, relative to the yard's top left. */
static void
pack (Build *build, guint *children, guint n, double *w, double *h)
{
  GArray *houses = build->tree->houses;
  double  widest = 0, area = 0;
  double  x = 0, y = 0, row_h = 0;
  guint   row = 0;

  g_qsort_with_data (children, n, sizeof *children, compare_boxes, houses);
  for (guint i = 0; i < n; i++)
    {
      const UiVillageHouse *house = &g_array_index (houses, UiVillageHouse, children[i]);

      widest = MAX (widest, house->w);
      area += house->w * (house->h + UI_VILLAGE_ROW_GAP);
    }

  /* few stand in one row, as one would draw them */
  double target = n <= 6 ? G_MAXDOUBLE : MAX (widest, sqrt (area * build->aspect) + 1);

  *w = 0;
  for (guint i = 0; i <= n; i++)
    {
      UiVillageHouse *house = i < n ? &g_array_index (houses, UiVillageHouse, children[i]) : NULL;

      if (house == NULL || (x > 0 && x + house->w > target))
        {
          *w = MAX (*w, x);
          if (house == NULL)
            break;
          y += row_h + UI_VILLAGE_ROW_GAP;
          x = row_h = 0;
          row++;
        }
      house->row = row;
      house->x = x;
      house->y = y;
      x += house->w;
      row_h = MAX (row_h, house->h);
    }
  *h = y + row_h;

  /* a short only row stands in the middle */
  for (guint i = 0; i < n && row == 0; i++)
    g_array_index (houses, UiVillageHouse, children[i]).x += (*w - x) / 2;
}

static void
measure_house (Build *build, guint index, guint *children, guint n)
{
  UiVillageHouse *house = &g_array_index (build->tree->houses, UiVillageHouse, index);
  double          w, h;

  house->n_children = n;
  if (n == 0)
    {
      house->w = UI_VILLAGE_CELL_W;
      house->h = UI_VILLAGE_CELL_H;
      return;
    }
  pack (build, children, n, &w, &h);
  house->yard = (UiRect){ 0, 0, w + 2 * UI_VILLAGE_MARGIN, h + UI_VILLAGE_ROW_GAP + 6 };
  house->w = MAX (house->yard.w, UI_VILLAGE_CELL_W) + 16;
  house->h = UI_VILLAGE_CELL_H + 10 + house->yard.h + 10;
}

/* @starts: where each house's children begin in the result; one more than houses. */
static guint *
list_children (const GArray *houses, guint *starts, GArray *roots)
{
  guint *children = g_new (guint, houses->len + 1);
  guint *at = g_new0 (guint, houses->len + 1);

  for (guint i = 0; i < houses->len; i++)
    {
      int parent = g_array_index (houses, UiVillageHouse, i).parent;

      if (parent >= 0)
        starts[parent + 1]++;
    }
  for (guint i = 0; i < houses->len; i++)
    starts[i + 1] += starts[i];
  for (guint i = 0; i < houses->len; i++)
    {
      int parent = g_array_index (houses, UiVillageHouse, i).parent;

      if (parent >= 0)
        children[starts[parent] + at[parent]++] = i;
      else
        g_array_append_val (roots, i);
    }
  g_free (at);
  return children;
}

static void
place (UiVillageTree *tree)
{
  for (guint i = 0; i < tree->houses->len; i++)
    {
      UiVillageHouse *house = &g_array_index (tree->houses, UiVillageHouse, i);

      if (house->parent >= 0)
        {
          const UiRect *yard = &g_array_index (tree->houses, UiVillageHouse, house->parent).yard;

          house->x += yard->x + UI_VILLAGE_MARGIN;
          house->y += yard->y + UI_VILLAGE_ROW_GAP;
        }
      house->row_y = house->y;
      house->yard.x = house->x + (house->w - house->yard.w) / 2;
      house->yard.y = house->y + UI_VILLAGE_CELL_H + 10;
    }
}

void
ui_village_tree_init (UiVillageTree *tree, const UiVillageInput *input, double aspect)
{
  Build build = { .tree = tree, .input = input, .aspect = aspect };
  g_autoptr (GArray) roots = g_array_new (FALSE, FALSE, sizeof (guint));

  *tree = (UiVillageTree){ .houses = g_array_new (FALSE, FALSE, sizeof (UiVillageHouse)),
                           .by_pid = g_hash_table_new (NULL, NULL) };
  build.index_of = g_hash_table_new (NULL, NULL);
  list_processes (&build);
  find_parents (&build);
  add_houses (&build);
  for (guint i = 0; i < build.n; i++)
    g_hash_table_insert (tree->by_pid, key (build.listed[i].info->pid),
                         GINT_TO_POINTER (build.listed[i].house + 1));
  add_unlisted (&build);

  g_autofree guint *starts = g_new0 (guint, tree->houses->len + 1);
  g_autofree guint *children = list_children (tree->houses, starts, roots);

  for (guint i = tree->houses->len; i > 0; i--)
    measure_house (&build, i - 1, children + starts[i - 1], starts[i] - starts[i - 1]);
  if (roots->len > 0)
    pack (&build, &g_array_index (roots, guint, 0), roots->len, &tree->w, &tree->h);
  place (tree);
  g_hash_table_unref (build.index_of);
  g_free (build.listed);
}

void
ui_village_tree_clear (UiVillageTree *tree)
{
  g_clear_pointer (&tree->houses, g_array_unref);
  g_clear_pointer (&tree->by_pid, g_hash_table_unref);
}

int
ui_village_tree_find (const UiVillageTree *tree, VmPid pid)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (tree->by_pid, key (pid))) - 1;
}
