/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

#include <math.h>

static void
set_line (UiDraw *dc, UiRole role, double strength)
{
  static const double dashes[] = { 5, 4 };
  static const double dots[] = { 1.2, 3 };
  cairo_t            *cr = dc->cr;

  ui_draw_set (dc, ui_rgba_fade (dc->theme->roles[role], strength));
  cairo_set_line_width (cr, role == UI_ROLE_LINK ? 1.6 : 1.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  if (role == UI_ROLE_MONITOR)
    cairo_set_dash (cr, dashes, 2, 0);
  else if (role == UI_ROLE_PARENT)
    cairo_set_dash (cr, dots, 2, 0);
  else
    cairo_set_dash (cr, NULL, 0, 0);
}

static void
add_edge_path (UiDraw *dc, const UiVillageEdge *edge)
{
  cairo_t       *cr = dc->cr;
  const UiPoint *p = edge->points;

  cairo_move_to (cr, p[0].x, p[0].y);
  if (edge->is_curve)
    {
      /* a quadratic curve in cairo's cubic terms */
      cairo_curve_to (cr, p[0].x + (p[1].x - p[0].x) * 2 / 3, p[0].y + (p[1].y - p[0].y) * 2 / 3,
                      p[2].x + (p[1].x - p[2].x) * 2 / 3, p[2].y + (p[1].y - p[2].y) * 2 / 3,
                      p[2].x, p[2].y);
      return;
    }
  for (guint i = 1; i < edge->n; i++)
    cairo_line_to (cr, floor (p[i].x) + 0.5, floor (p[i].y) + 0.5);
}

static void
draw_arrow (UiDraw *dc, const UiVillageEdge *edge)
{
  const UiPoint *tip = &edge->points[edge->n - 1];
  const UiPoint *before = &edge->points[edge->n - 2];
  double         angle = atan2 (tip->y - before->y, tip->x - before->x);
  cairo_t       *cr = dc->cr;

  cairo_set_dash (cr, NULL, 0, 0);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, tip->x, tip->y);
      cairo_line_to (cr, tip->x - 7 * cos (angle + side * 0.45),
                     tip->y - 7 * sin (angle + side * 0.45));
    }
  cairo_stroke (cr);
}

/* All lines of one kind are one path: thousands cost one stroke. */
static void
draw_edges (UiDraw *dc, const UiVillage *v)
{
  static const UiRole order[] = { UI_ROLE_PARENT, UI_ROLE_LINK, UI_ROLE_MONITOR };
  cairo_t            *cr = dc->cr;

  cairo_save (cr);
  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    {
      set_line (dc, order[k], v->edges->len > 400 ? 0.5 : 0.9);
      for (guint i = 0; i < v->edges->len; i++)
        {
          const UiVillageEdge *edge = &g_array_index (v->edges, UiVillageEdge, i);

          if (edge->role == order[k])
            add_edge_path (dc, edge);
        }
      cairo_stroke (cr);
    }
  for (guint i = 0; i < v->edges->len; i++)
    {
      const UiVillageEdge *edge = &g_array_index (v->edges, UiVillageEdge, i);

      if (edge->role == UI_ROLE_MONITOR)
        draw_arrow (dc, edge);
    }
  cairo_restore (cr);
}

static void
draw_glyph (UiDraw *dc, const UiVillageNode *node, UiRgba ink)
{
  cairo_t *cr = dc->cr;
  double   g = node->r * 0.34;

  ui_draw_set (dc, ink);
  cairo_set_line_width (cr, MAX (1.2, node->r * 0.11));
  switch ((int) node->state)
    {
    case UI_ROLE_RUNNING:
    case UI_ROLE_RUNNABLE:
      cairo_move_to (cr, node->x - g * 0.75, node->y - g);
      cairo_line_to (cr, node->x + g, node->y);
      cairo_line_to (cr, node->x - g * 0.75, node->y + g);
      cairo_close_path (cr);
      if (node->state == UI_ROLE_RUNNING)
        cairo_fill (cr);
      else
        cairo_stroke (cr);
      return;
    case UI_ROLE_COLLECTING:
      cairo_arc (cr, node->x, node->y, g, 0.4, 5.4);
      cairo_stroke (cr);
      return;
    case UI_ROLE_SUSPENDED:
      cairo_rectangle (cr, node->x - g, node->y - g, g * 0.7, 2 * g);
      cairo_rectangle (cr, node->x + g * 0.3, node->y - g, g * 0.7, 2 * g);
      cairo_fill (cr);
      return;
    case UI_ROLE_EXITING:
      cairo_move_to (cr, node->x - g, node->y - g);
      cairo_line_to (cr, node->x + g, node->y + g);
      cairo_move_to (cr, node->x + g, node->y - g);
      cairo_line_to (cr, node->x - g, node->y + g);
      cairo_stroke (cr);
      return;
    default:
      for (int i = -1; i <= 1; i++)
        cairo_arc (cr, node->x + i * g, node->y, MAX (0.8, node->r * 0.08), 0, 2 * G_PI),
          cairo_new_sub_path (cr);
      cairo_fill (cr);
    }
}

static void
add_house_path (UiDraw *dc, const UiVillageNode *node, double r)
{
  if (node->info != NULL && node->info->is_supervisor)
    ui_draw_round_path (dc, (UiRect){ node->x - r * 0.92, node->y - r * 0.92, r * 1.84, r * 1.84 },
                        r * 0.3);
  else
    {
      cairo_new_sub_path (dc->cr);
      cairo_arc (dc->cr, node->x, node->y, r, 0, 2 * G_PI);
    }
}

static void
draw_group (UiDraw *dc, const UiVillageNode *node)
{
  cairo_t *cr = dc->cr;

  for (int i = 2; i >= 0; i--)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, node->x + (i - 1) * node->r * 0.35, node->y, node->r * 0.75, 0, 2 * G_PI);
      ui_draw_set (dc, dc->theme->roles[UI_ROLE_GROUP]);
      cairo_fill_preserve (cr);
      ui_draw_set (dc, dc->theme->background);
      cairo_set_line_width (cr, MIN (2, node->r * 0.2));
      cairo_stroke (cr);
    }
}

/* The ring around a house is its backpack: how full its heap blocks are. */
static void
draw_house (UiDraw *dc, const UiVillageNode *node)
{
  cairo_t *cr = dc->cr;
  UiRgba   colour = dc->theme->roles[node->state];
  double   ring = MAX (1.5, node->r * 0.14);

  if (node->is_selected)
    {
      add_house_path (dc, node, node->r + 4);
      ui_draw_set (dc, dc->theme->accent);
      cairo_set_line_width (cr, 2.5);
      cairo_stroke (cr);
    }
  if (node->n_members > 1 || node->info == NULL)
    {
      draw_group (dc, node);
      return;
    }
  if (node->r < 7)
    {
      add_house_path (dc, node, node->r);
      ui_draw_set (dc, colour);
      cairo_fill (cr);
      return;
    }
  add_house_path (dc, node, node->r);
  ui_draw_set (dc, dc->theme->background);
  cairo_fill (cr);
  add_house_path (dc, node, node->r - ring / 2);
  ui_draw_set (dc, ui_rgba_mix (dc->theme->background, dc->theme->roles[UI_ROLE_SURVIVED], 0.28));
  cairo_set_line_width (cr, ring);
  cairo_stroke (cr);
  if (node->fill > 0)
    {
      cairo_save (cr);
      cairo_move_to (cr, node->x, node->y);
      cairo_arc (cr, node->x, node->y, node->r * 2, -G_PI / 2, -G_PI / 2 + node->fill * 2 * G_PI);
      cairo_close_path (cr);
      cairo_clip (cr);
      add_house_path (dc, node, node->r - ring / 2);
      ui_draw_set (dc, dc->theme->roles[UI_ROLE_SURVIVED]);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
  add_house_path (dc, node, node->r - ring - 1.5);
  ui_draw_set (dc, colour);
  cairo_fill (cr);
  if (node->r >= 9)
    draw_glyph (dc, node, ui_rgba_get_ink (colour));
}

static void
draw_badge (UiDraw *dc, const UiVillageNode *node)
{
  cairo_t *cr = dc->cr;

  if (node->badge.w <= 0)
    return;
  ui_draw_round_path (dc, node->badge, node->badge.h / 2);
  ui_draw_set (dc, dc->theme->roles[UI_ROLE_LETTER]);
  cairo_fill_preserve (cr);
  if (node->badge.h < 8)
    {
      cairo_new_path (cr);
      return;
    }
  ui_draw_set (dc, dc->theme->background);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_letters (UiDraw *dc, const UiVillage *v)
{
  cairo_t *cr = dc->cr;

  ui_draw_set (dc, ui_rgba_fade (dc->theme->roles[UI_ROLE_LETTER], 0.45));
  cairo_set_line_width (cr, 1.2);
  for (guint i = 0; i < v->flights->len; i++)
    add_edge_path (dc, &g_array_index (v->flights, UiVillageEdge, i));
  cairo_stroke (cr);
  for (guint i = 0; i < v->letters->len; i++)
    {
      const UiVillageLetter *letter = &g_array_index (v->letters, UiVillageLetter, i);

      ui_draw_letter (dc, letter->x, letter->y, CLAMP (15 * v->scale, 7, 16), letter->n);
    }
}

void
ui_draw_village (UiDraw *dc, const UiVillage *v)
{
  cairo_t *cr = dc->cr;

  cairo_save (cr);
  cairo_rectangle (cr, v->area.x, v->area.y, v->area.w, v->plot.y + v->plot.h - v->area.y);
  cairo_clip (cr);
  for (guint i = 0; i < v->yards->len; i++)
    {
      ui_draw_round_path (dc, g_array_index (v->yards, UiRect, i), MIN (10, 24 * v->scale));
      ui_draw_set (dc, ui_rgba_fade (dc->theme->roles[UI_ROLE_WAITING], 0.1));
      cairo_fill (cr);
    }
  draw_edges (dc, v);
  for (guint i = 0; i < v->nodes->len; i++)
    {
      const UiVillageNode *node = &g_array_index (v->nodes, UiVillageNode, i);

      if (ui_rect_overlaps (&node->cell, &v->plot))
        draw_house (dc, node);
    }
  for (guint i = 0; i < v->nodes->len; i++)
    draw_badge (dc, &g_array_index (v->nodes, UiVillageNode, i));
  cairo_restore (cr);
  ui_draw_labels_haloed (dc, &v->labels);
  cairo_save (cr);
  cairo_rectangle (cr, v->area.x, v->area.y, v->area.w, v->plot.y + v->plot.h - v->area.y);
  cairo_clip (cr);
  draw_letters (dc, v);
  cairo_restore (cr);
  ui_draw_legend (dc, &v->legend);
}
