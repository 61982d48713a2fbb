/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/village.h"

#include "ui/layout/number.h"
#include "ui/layout/village-tree.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_SCALE      1.25
#define MIN_HOUSE      19.0
#define MAX_HOUSE      27.0
#define MIN_LINES_CELL 26.0 /* px: smaller cells have no lines of their own */
#define MAX_LETTERS    400
#define BADGE_H        16.0

typedef struct
{
  UiVillage            *v;
  const UiVillageInput *input;
  const UiMeasure      *measure;
  UiVillageTree         tree;
  double                ox, oy; /* px of the tree's origin */
} Build;

static UiRole
get_state_role (VmProcessState state)
{
  switch (state)
    {
    case VM_PROCESS_RUNNABLE:
      return UI_ROLE_RUNNABLE;
    case VM_PROCESS_RUNNING:
      return UI_ROLE_RUNNING;
    case VM_PROCESS_COLLECTING:
      return UI_ROLE_COLLECTING;
    case VM_PROCESS_SUSPENDED:
      return UI_ROLE_SUSPENDED;
    case VM_PROCESS_EXITING:
      return UI_ROLE_EXITING;
    case VM_PROCESS_WAITING:
    default:
      return UI_ROLE_WAITING;
    }
}

/* Each doubling over a newborn's 2.6 KiB adds a step. */
static double
get_house_size (const UiVillageHouse *house)
{
  if (house->n_members > 1)
    return MAX_HOUSE;

  double doublings = log2 (MAX (house->memory_bytes, 2048) / 2048.0);

  return CLAMP (MIN_HOUSE + doublings * 0.9, MIN_HOUSE, MAX_HOUSE);
}

static double
get_fill (const VmHeapSizes *heap)
{
  double block = (double) heap->young_block + heap->old_block;

  return block > 0 ? CLAMP ((heap->young_used + heap->stack_used + heap->old_used) / block, 0, 1)
                   : 0;
}

static void
add_node (Build *build, const UiVillageHouse *house)
{
  UiVillage    *v = build->v;
  double        s = v->scale;
  double        x = build->ox + (house->x + (house->w - UI_VILLAGE_CELL_W) / 2) * s;
  double        y = build->oy + house->y * s;
  UiVillageNode node = {
    .pid = house->pid,
    .info = house->info,
    .parent = house->parent,
    .cell = { x, y, UI_VILLAGE_CELL_W * s, UI_VILLAGE_CELL_H * s },
    .x = x + UI_VILLAGE_CELL_W * s / 2,
    .y = y + UI_VILLAGE_HOUSE_Y * s,
    .r = MAX (2, s * (s < 0.25 ? 1.5 : 1) * get_house_size (house)),
    .state = UI_ROLE_GROUP,
    .is_selected = house->pid == build->input->selected && house->pid != VM_PID_NONE,
    .n_members = house->n_members,
    .n_messages = house->n_messages,
  };

  if (house->n_members == 1 && house->info != NULL)
    {
      node.state = get_state_role (house->info->state);
      node.fill = get_fill (&house->info->heap);
    }
  g_array_append_val (v->nodes, node);
}

static void
add_text (Build *build, UiRect place, UiFont font, UiTone tone, const char *text)
{
  UiLabel *label = ui_labels_add (&build->v->labels, build->measure, place, font, 0.5, text);

  if (label != NULL)
    label->tone = tone;
}

static const char *
choose_function (const VmProcessInfo *info)
{
  /* what OTP's processes begin with says nothing about them */
  return g_str_has_prefix (info->initial, "proc_lib:") ? info->current : info->initial;
}

/* The one that is looked at has a name at any size; others make way for it. */
static void
add_selected_name (Build *build, const UiVillageNode *node, double y)
{
  const UiRect *plot = &build->v->plot;
  char          pid[32];
  const char   *name = node->info->name != NULL ? node->info->name : vm_pid_format (node->pid, pid);
  double        w = ui_measure_width (build->measure, UI_FONT_BOLD, name) + 1;
  double        h = ui_measure_height (build->measure, UI_FONT_BOLD);
  double        x = CLAMP (node->x - w / 2, plot->x, MAX (plot->x, plot->x + plot->w - w));

  if (y + h <= plot->y + plot->h + 6 && w <= plot->w)
    add_text (build, (UiRect){ x, y, w, h }, UI_FONT_BOLD, UI_TONE_ACCENT, name);
}

static void
add_node_labels (Build *build, const UiVillageNode *node)
{
  double           big = ui_measure_height (build->measure, UI_FONT_LABEL);
  double           small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double           y = node->y + MAX (node->r, MAX_HOUSE * build->v->scale) + 3;
  double           gap = UI_VILLAGE_ROW_GAP * build->v->scale;
  double           room = node->cell.y + node->cell.h + gap * 0.25 - y;
  UiRect           place = { node->cell.x + 2, y, node->cell.w - 4, big };
  char             pid[32], count[UI_NUMBER_SIZE];
  g_autofree char *text = NULL;

  if (place.w < 46 && node->is_selected && node->info != NULL)
    add_selected_name (build, node, y);
  if (place.w < 46 || room < big || y + big + small > build->v->plot.y + build->v->plot.h + 4)
    return;
  if (node->n_members > 1 || node->info == NULL)
    {
      text = g_strdup_printf (_ ("… %s more"), ui_number_count (node->n_members, count));
      add_text (build, place, UI_FONT_LABEL, UI_TONE_NORMAL, text);
      g_free (text);
      text = node->info == NULL ? g_strdup (_ ("not listed"))
                                : g_strdup_printf (_ ("like %s"), choose_function (node->info));
    }
  else
    {
      add_text (build, place,
                node->is_selected || node->info->is_supervisor ? UI_FONT_BOLD : UI_FONT_LABEL,

                node->is_selected ? UI_TONE_ACCENT : UI_TONE_NORMAL,
                node->info->name != NULL ? node->info->name : vm_pid_format (node->pid, pid));
      text = g_strdup (choose_function (node->info));
    }
  if (room >= big + small)
    add_text (build, (UiRect){ place.x, y + big, place.w, small }, UI_FONT_SMALL, UI_TONE_DIM,
              text);
}

static void
add_badge (Build *build, UiVillageNode *node)
{
  char count[UI_NUMBER_SIZE];

  if (node->n_messages == 0)
    return;
  ui_number_count (node->n_messages, count);

  double w = MAX (BADGE_H, ui_measure_width (build->measure, UI_FONT_SMALL, count) + 10);

  if (w > node->cell.w / 2 + 10 || node->r < 9)
    {
      /* no room for a number: a dot says "has mail" */
      double d = MAX (3, node->r * 0.8);

      node->badge = (UiRect){ node->x + node->r * 0.5, node->y - node->r - d * 0.3, d, d };
      return;
    }
  node->badge = (UiRect){ MIN (node->x + node->r * 0.45, node->cell.x + node->cell.w - w + 8),
                          node->y - node->r - 5, w, BADGE_H };

  UiLabel *label =
    ui_labels_add (&build->v->labels, build->measure, node->badge, UI_FONT_SMALL, 0.5, count);
  if (label != NULL)
    {
      label->tone = UI_TONE_ON_ROLE;
      label->on = UI_ROLE_LETTER;
    }
}

/* Lines of the tree run in the gaps between rows: down from the parent to its
 * yard, along its left fence to the row, along the row, down to the child. */
static void
route_tree_edge (Build *build, int from, int to, UiRole role)
{
  UiVillage            *v = build->v;
  const UiVillageNode  *parent = &g_array_index (v->nodes, UiVillageNode, from);
  const UiVillageNode  *child = &g_array_index (v->nodes, UiVillageNode, to);
  const UiVillageHouse *house = &g_array_index (build->tree.houses, UiVillageHouse, to);
  const UiRect         *yard = &g_array_index (build->tree.houses, UiVillageHouse, from).yard;
  double                s = v->scale;
  double                top = build->oy + (yard->y + UI_VILLAGE_ROW_GAP * 0.4) * s;
  double                bus = build->oy + (house->row_y - UI_VILLAGE_ROW_GAP * 0.6) * s;
  double                fence = build->ox + (yard->x + UI_VILLAGE_MARGIN * 0.5) * s;
  double                down = child->y - child->r - 2;
  UiVillageEdge         edge = { .role = role, .from = from, .to = to };

  edge.points[edge.n++] = (UiPoint){ parent->x, build->oy + (yard->y - 4) * s };
  if (house->row == 0)
    edge.points[edge.n++] = (UiPoint){ parent->x, bus };
  else
    {
      edge.points[edge.n++] = (UiPoint){ parent->x, top };
      edge.points[edge.n++] = (UiPoint){ fence, top };
      edge.points[edge.n++] = (UiPoint){ fence, bus };
    }
  edge.points[edge.n++] = (UiPoint){ child->x, bus };
  edge.points[edge.n++] = (UiPoint){ child->x, down };
  g_array_append_val (v->edges, edge);
}

/* A curve between two houses, from rim to rim, bent to its right so that both
 * directions can be seen. */
static gboolean
make_curve (const UiVillage *v, int from, int to, double bend, UiVillageEdge *edge)
{
  const UiVillageNode *a = &g_array_index (v->nodes, UiVillageNode, from);
  const UiVillageNode *b = &g_array_index (v->nodes, UiVillageNode, to);
  double               dx = b->x - a->x, dy = b->y - a->y;
  double               length = hypot (dx, dy);
  double               gap_a = a->r + 3, gap_b = b->r + 5;

  if (length < gap_a + gap_b)
    return FALSE;

  UiPoint middle = { (a->x + b->x) / 2 - dy * bend, (a->y + b->y) / 2 + dx * bend };
  double  la = hypot (middle.x - a->x, middle.y - a->y);
  double  lb = hypot (middle.x - b->x, middle.y - b->y);

  *edge = (UiVillageEdge){ .from = from, .to = to, .n = 3, .is_curve = TRUE };
  edge->points[0] =
    (UiPoint){ a->x + (middle.x - a->x) / la * gap_a, a->y + (middle.y - a->y) / la * gap_a };
  edge->points[1] = middle;
  edge->points[2] =
    (UiPoint){ b->x + (middle.x - b->x) / lb * gap_b, b->y + (middle.y - b->y) / lb * gap_b };
  return TRUE;
}

static gboolean
is_tree_edge (const Build *build, int a, int b)
{
  const GArray *nodes = build->v->nodes;

  return g_array_index (nodes, UiVillageNode, a).parent == b ||
         g_array_index (nodes, UiVillageNode, b).parent == a;
}

static void
add_edges (Build *build)
{
  UiVillage        *v = build->v;
  const VmSnapshot *s = build->input->snapshot;
  gboolean         *is_linked = g_new0 (gboolean, v->nodes->len + 1); /* child to its parent */
  UiVillageEdge     edge;

  for (guint i = 0; i < s->n_edges; i++)
    {
      int from = ui_village_tree_find (&build->tree, s->edges[i].from);
      int to = ui_village_tree_find (&build->tree, s->edges[i].to);

      if (from < 0 || to < 0 || from == to)
        continue;
      if (is_tree_edge (build, from, to) && s->edges[i].kind != VM_EDGE_MONITOR)
        {
          if (s->edges[i].kind == VM_EDGE_LINK)
            is_linked[g_array_index (v->nodes, UiVillageNode, from).parent == to ? from : to] =
              TRUE;
          continue;
        }
      if (!make_curve (v, from, to, s->edges[i].kind == VM_EDGE_MONITOR ? 0.12 : 0.06, &edge))
        continue;
      edge.role = s->edges[i].kind == VM_EDGE_LINK      ? UI_ROLE_LINK
                  : s->edges[i].kind == VM_EDGE_MONITOR ? UI_ROLE_MONITOR
                                                        : UI_ROLE_PARENT;
      g_array_append_val (v->edges, edge);
    }
  for (guint i = 0; i < v->nodes->len; i++)
    {
      const UiVillageNode *node = &g_array_index (v->nodes, UiVillageNode, i);

      if (node->parent >= 0 && node->cell.w >= MIN_LINES_CELL)
        route_tree_edge (build, node->parent, (int) i,
                         is_linked[i] ? UI_ROLE_LINK : UI_ROLE_PARENT);
    }
  g_free (is_linked);
}

static void
add_letter (Build *build, const UiVillageEdge *way, double progress)
{
  double          t = progress, u = 1 - t;
  const UiPoint  *p = way->points;
  UiVillageLetter letter = {
    .x = u * u * p[0].x + 2 * u * t * p[1].x + t * t * p[2].x,
    .y = u * u * p[0].y + 2 * u * t * p[1].y + t * t * p[2].y,
    .from = way->from,
    .to = way->to,
    .n = 1,
    .progress = progress,
  };

  g_array_append_val (build->v->letters, letter);
}

/* Newest first; letters of one pair that would cover each other become one. */
static void
add_letters (Build *build)
{
  UiVillage            *v = build->v;
  const UiVillageInput *input = build->input;
  g_autoptr (GHashTable) ways = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = input->n_sends; i > 0 && input->flight_ns > 0; i--)
    {
      const VmSend *send = &input->sends[i - 1];
      double        progress = (double) (input->now_ns - send->sent_ns) / input->flight_ns;
      int           from = ui_village_tree_find (&build->tree, send->from);
      int           to = ui_village_tree_find (&build->tree, send->to);
      gint64        pair = ((gint64) from << 32) | (guint32) to;

      if (progress < 0 || progress >= 1)
        continue;
      if (from < 0 || to < 0 || from == to || v->letters->len >= MAX_LETTERS)
        {
          v->n_unseen_letters++;
          continue;
        }

      guint way = GPOINTER_TO_UINT (g_hash_table_lookup (ways, &pair));
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (last, &pair));

      if (way == 0)
        {
          UiVillageEdge edge;

          if (!make_curve (v, from, to, 0.1, &edge))
            continue;
          edge.role = UI_ROLE_LETTER;
          g_array_append_val (v->flights, edge);
          way = v->flights->len;
          g_hash_table_insert (ways, g_memdup2 (&pair, sizeof pair), GUINT_TO_POINTER (way));
        }

      const UiVillageEdge *edge = &g_array_index (v->flights, UiVillageEdge, way - 1);
      double               length =
        hypot (edge->points[2].x - edge->points[0].x, edge->points[2].y - edge->points[0].y);
      UiVillageLetter *other =
        before == 0 ? NULL : &g_array_index (v->letters, UiVillageLetter, before - 1);

      if (other != NULL && (progress - other->progress) * length < 12)
        {
          other->n++;
          continue;
        }
      add_letter (build, edge, progress);
      g_hash_table_insert (last, g_memdup2 (&pair, sizeof pair),
                           GUINT_TO_POINTER (v->letters->len));
    }
}

static void
add_summary (Build *build, UiRect place)
{
  const VmSnapshot *s = build->input->snapshot;
  guint             shown = s->n_processes - build->v->n_hidden_system;
  guint             n[4] = { 0 };
  char              count[UI_NUMBER_SIZE];
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < s->n_processes; i++)
    if (!s->processes[i].is_system || build->input->show_system)
      {
        VmProcessState state = s->processes[i].state;

        n[state == VM_PROCESS_RUNNING || state == VM_PROCESS_COLLECTING ? 0
          : state == VM_PROCESS_RUNNABLE                                ? 1
          : state == VM_PROCESS_WAITING                                 ? 2
                                                                        : 3]++;
      }
  shown += s->status.n_processes > s->n_processes ? s->status.n_processes - s->n_processes : 0;
  g_string_append_printf (text, g_dngettext (NULL, "%s process", "%s processes", shown),
                          ui_number_count (shown, count));
  g_string_append_printf (text, _ (" · %s running"), ui_number_count (n[0], count));
  g_string_append_printf (text, _ (" · %s runnable"), ui_number_count (n[1], count));
  g_string_append_printf (text, _ (" · %s waiting"), ui_number_count (n[2], count));
  if (n[3] > 0)
    g_string_append_printf (text, _ (" · %s suspended or exiting"), ui_number_count (n[3], count));
  if (build->v->n_hidden_system > 0)
    g_string_append_printf (text, _ (" · %u of the system not shown"), build->v->n_hidden_system);

  UiLabel *label =
    ui_labels_add (&build->v->labels, build->measure, place, UI_FONT_SMALL, 0, text->str);
  if (label != NULL)
    label->tone = UI_TONE_DIM;
}

static void
add_frame (Build *build)
{
  UiVillage          *v = build->v;
  const UiLegendEntry entries[] = {
    { UI_ROLE_RUNNING, _ ("running") },
    { UI_ROLE_RUNNABLE, _ ("runnable") },
    { UI_ROLE_WAITING, _ ("waiting") },
    { UI_ROLE_COLLECTING, _ ("collecting") },
    { UI_ROLE_EXITING, _ ("exiting") },
    { UI_ROLE_LINK, _ ("link") },
    { UI_ROLE_MONITOR, _ ("monitor") },
    { UI_ROLE_PARENT, _ ("spawned") },
    { UI_ROLE_LETTER, _ ("message, mailbox") },
  };
  UiRect area = v->area;
  double small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double legend_h = ui_legend_get_height (entries, G_N_ELEMENTS (entries), area.w, build->measure);
  double summary_y;

  if (legend_h > area.h * 0.2)
    legend_h = 0;
  summary_y = area.y + area.h - legend_h - small;
  ui_legend_init (&v->legend, (UiRect){ area.x, area.y + area.h - legend_h + 5, area.w, legend_h },
                  entries, G_N_ELEMENTS (entries), build->measure);
  add_summary (build, (UiRect){ area.x, summary_y, area.w, small });
  v->plot = ui_rect_inset (area, 0, 0, 0, legend_h + small + 8);
}

static void
add_empty (Build *build)
{
  UiRect            plot = build->v->plot;
  const VmSnapshot *snapshot = build->input->snapshot;
  gboolean          ended = snapshot != NULL && (snapshot->status.state == VM_STATE_FINISHED ||
                                        snapshot->status.state == VM_STATE_FAILED);
  double            big = ui_measure_height (build->measure, UI_FONT_TITLE);
  double            middle = plot.y + plot.h / 2;

  add_text (build, (UiRect){ plot.x, middle - big, plot.w, big }, UI_FONT_TITLE, UI_TONE_DIM,
            ended ? _ ("All processes have ended") : _ ("No processes"));
  add_text (build, (UiRect){ plot.x, middle + 4, plot.w, big }, UI_FONT_LABEL, UI_TONE_DIM,
            ended ? _ ("Restart the program to see them again")
                  : _ ("Run the program to see its processes here"));
}

static void
add_yards (Build *build)
{
  UiVillage *v = build->v;

  for (guint i = 0; i < build->tree.houses->len; i++)
    {
      UiRect yard = g_array_index (build->tree.houses, UiVillageHouse, i).yard;

      if (yard.w <= 0)
        continue;
      yard = (UiRect){ build->ox + yard.x * v->scale, build->oy + yard.y * v->scale,
                       yard.w * v->scale, yard.h * v->scale };
      g_array_append_val (v->yards, yard);
    }
}

UiVillage *
ui_village_new (const UiVillageInput *input, UiRect area, const UiMeasure *measure)
{
  UiVillage *v = g_new0 (UiVillage, 1);
  Build      build = { .v = v, .input = input, .measure = measure };

  v->area = area;
  v->nodes = g_array_new (FALSE, FALSE, sizeof (UiVillageNode));
  v->yards = g_array_new (FALSE, FALSE, sizeof (UiRect));
  v->edges = g_array_new (FALSE, FALSE, sizeof (UiVillageEdge));
  v->flights = g_array_new (FALSE, FALSE, sizeof (UiVillageEdge));
  v->letters = g_array_new (FALSE, FALSE, sizeof (UiVillageLetter));
  ui_labels_init (&v->labels);

  for (guint i = 0; i < input->snapshot->n_processes; i++)
    v->n_hidden_system += input->snapshot->processes[i].is_system && !input->show_system;
  add_frame (&build);
  ui_village_tree_init (&build.tree, input, v->plot.w / MAX (1, v->plot.h));
  if (build.tree.houses->len == 0)
    add_empty (&build);
  else
    {
      double zoom = input->zoom > 0 ? input->zoom : 1;
      double fit = MIN (v->plot.w / build.tree.w, v->plot.h / build.tree.h);

      v->scale = MIN (fit, MAX_SCALE) * zoom;
      build.ox = v->plot.x + (v->plot.w - build.tree.w * v->scale) / 2 + input->pan_x;
      build.oy = v->plot.y + (v->plot.h - build.tree.h * v->scale) / 2 + input->pan_y;
      add_yards (&build);
      for (guint i = 0; i < build.tree.houses->len; i++)
        add_node (&build, &g_array_index (build.tree.houses, UiVillageHouse, i));
      add_edges (&build);
      for (guint i = 0; i < v->nodes->len; i++)
        {
          UiVillageNode *node = &g_array_index (v->nodes, UiVillageNode, i);

          if (!ui_rect_overlaps (&node->cell, &v->plot))
            continue;
          add_node_labels (&build, node);
          add_badge (&build, node);
        }
      add_letters (&build);
    }
  ui_village_tree_clear (&build.tree);
  return v;
}

void
ui_village_free (UiVillage *village)
{
  if (village == NULL)
    return;
  g_array_unref (village->nodes);
  g_array_unref (village->yards);
  g_array_unref (village->edges);
  g_array_unref (village->flights);
  g_array_unref (village->letters);
  ui_legend_clear (&village->legend);
  ui_labels_clear (&village->labels);
  g_free (village);
}

const UiVillageNode *
ui_village_hit (const UiVillage *village, double x, double y)
{
  const UiVillageNode *best = NULL;
  double               nearest = G_MAXDOUBLE;

  for (guint i = 0; i < village->nodes->len; i++)
    {
      const UiVillageNode *node = &g_array_index (village->nodes, UiVillageNode, i);
      double               distance = hypot (x - node->x, y - node->y);

      if (distance < nearest && (distance <= node->r + 4 || ui_rect_contains (&node->cell, x, y)))
        {
          best = node;
          nearest = distance;
        }
    }
  return best;
}

const UiVillageNode *
ui_village_find (const UiVillage *village, VmPid pid)
{
  for (guint i = 0; i < village->nodes->len; i++)
    {
      const UiVillageNode *node = &g_array_index (village->nodes, UiVillageNode, i);

      if (node->pid == pid)
        return node;
    }
  return NULL;
}

void
ui_village_zoom (const UiVillage *village, UiVillageInput *input, double x, double y, double factor)
{
  double before = input->zoom > 0 ? input->zoom : 1;
  double after = CLAMP (before * factor, 0.5, 64);
  double f = after / before;
  double cx = village->plot.x + village->plot.w / 2;
  double cy = village->plot.y + village->plot.h / 2;

  input->zoom = after;
  input->pan_x = (x - cx) * (1 - f) + input->pan_x * f;
  input->pan_y = (y - cy) * (1 - f) + input->pan_y * f;
}
