/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"

#include <math.h>

#define DIM_ALPHA 0.28

static UiRgba
get_frame (const UiTheme *theme)
{
  return ui_rgba_mix (theme->line, theme->dim, 0.6);
}

UiRgba
ui_draw_get_kind_colour (const UiTheme *theme, VmObjectKind kind)
{
  switch (kind)
    {
    case VM_OBJECT_CONS:
      return theme->processes[0];
    case VM_OBJECT_TUPLE:
      return theme->processes[1];
    case VM_OBJECT_MAP:
      return theme->processes[2];
    case VM_OBJECT_MAP_NODE:
      return ui_rgba_mix (theme->processes[2], theme->background, 0.35);
    case VM_OBJECT_FUN:
      return theme->processes[3];
    case VM_OBJECT_FLOAT:
      return theme->processes[4];
    case VM_OBJECT_BIGNUM:
      return theme->processes[5];
    case VM_OBJECT_REFERENCE:
      return theme->processes[6];
    case VM_OBJECT_HEAP_BINARY:
      return theme->processes[7];
    case VM_OBJECT_PROC_BIN:
      return theme->roles[UI_ROLE_BINARY];
    case VM_OBJECT_SUB_BINARY:
      return ui_rgba_mix (theme->processes[7], theme->background, 0.4);
    case VM_OBJECT_MATCH_CONTEXT:
      return theme->processes[8];
    case VM_OBJECT_EXTERNAL:
      return theme->processes[9];
    case VM_OBJECT_FRAME:
      return theme->roles[UI_ROLE_STACK];
    case VM_OBJECT_HOLE:
      return theme->line;
    case VM_OBJECT_FREE:
    case VM_N_OBJECT_KINDS:
    default:
      return theme->roles[UI_ROLE_FREE];
    }
}

/* --- contents ---------------------------------------------------------------------- */

/* One path for each kind: a picture has thousands of columns. */
static void
draw_columns (UiDraw *dc, const UiHeapWords *words)
{
  for (guint dim = 0; dim < 2; dim++)
    for (guint k = 0; k < VM_N_OBJECT_KINDS; k++)
      {
        UiRgba   colour = ui_draw_get_kind_colour (dc->theme, (VmObjectKind) k);
        gboolean any = FALSE;

        for (guint i = 0; i < words->columns->len; i++)
          {
            const UiWordsColumn *column = &g_array_index (words->columns, UiWordsColumn, i);

            if (column->kind != k || (guint) column->is_dim != dim)
              continue;
            cairo_rectangle (dc->cr, column->rect.x, column->rect.y, column->rect.w,
                             column->rect.h);
            any = TRUE;
          }
        if (!any)
          continue;
        ui_draw_set (dc, dim ? ui_rgba_fade (colour, DIM_ALPHA) : colour);
        cairo_fill (dc->cr);
      }
}

static gboolean
is_dim (const UiWordsCell *cell, gboolean any_chosen)
{
  return any_chosen && !cell->word->is_leading && !cell->word->is_chosen;
}

static UiRgba
get_cell_colour (const UiTheme *theme, const UiWordsCell *cell, gboolean any_chosen)
{
  UiRgba colour = ui_draw_get_kind_colour (theme, cell->kind);

  /* the words after an object's first one are lighter: so one sees where it begins */
  if (!cell->is_first || cell->kind == VM_OBJECT_CONS)
    colour = ui_rgba_mix (colour, theme->background, cell->is_first ? 0.22 : 0.42);
  return is_dim (cell, any_chosen) ? ui_rgba_mix (colour, theme->roles[UI_ROLE_FREE], 0.72)
                                   : colour;
}

static void
draw_cells (UiDraw *dc, const UiHeapWords *words, gboolean any_chosen)
{
  for (guint i = 0; i < words->cells->len; i++)
    {
      const UiWordsCell *cell = &g_array_index (words->cells, UiWordsCell, i);
      UiRgba             colour = get_cell_colour (dc->theme, cell, any_chosen);
      double             right = cell->rect.x + cell->rect.w;

      ui_draw_fill (dc, cell->rect, colour);
      if (cell->rect.w < 2.5)
        continue;
      /* a hair between words, a line between objects */
      ui_draw_fill (dc,
                    (UiRect){ right - (cell->is_last ? 1.5 : 0.6), cell->rect.y,
                              cell->is_last ? 1.5 : 0.6, cell->rect.h },
                    cell->is_last ? dc->theme->background
                                  : ui_rgba_fade (dc->theme->background, 0.75));
      if (cell->word->is_chosen)
        {
          UiRect foot = { cell->rect.x, cell->rect.y + cell->rect.h - 3, cell->rect.w, 3 };

          ui_draw_fill (dc, foot, dc->theme->accent);
        }
    }
}

static void
draw_cell_labels (UiDraw *dc, const UiHeapWords *words)
{
  for (guint i = 0; i < words->cell_labels.items->len; i++)
    {
      const UiLabel     *label = &g_array_index (words->cell_labels.items, UiLabel, i);
      const UiWordsCell *cell = &g_array_index (words->cells, UiWordsCell, label->on);

      ui_draw_set (dc, ui_rgba_get_ink (get_cell_colour (dc->theme, cell, words->has_chosen)));
      ui_text_show (dc->text, dc->cr, label->font, label->text, label->rect.x, label->rect.y);
    }
}

static void
draw_brackets (UiDraw *dc, const UiHeapWords *words)
{
  cairo_t *cr = dc->cr;

  cairo_set_line_width (cr, 1.5);
  for (guint i = 0; i < words->brackets->len; i++)
    {
      const UiWordsBracket *b = &g_array_index (words->brackets, UiWordsBracket, i);
      double                x0 = b->rect.x + 1.5, x1 = b->rect.x + b->rect.w - 2.5;
      double                y0 = b->rect.y + b->rect.h - 1, y1 = b->rect.y + 3;

      if (x1 - x0 < 3)
        continue;
      ui_draw_set (dc, ui_draw_get_kind_colour (dc->theme, b->kind));
      cairo_move_to (cr, x0, b->is_cut_left ? y0 : y1);
      cairo_line_to (cr, x0, y0);
      cairo_line_to (cr, x1, y0);
      if (!b->is_cut_right)
        cairo_line_to (cr, x1, y0 - 4);
      cairo_stroke (cr);
    }
}

/* --- lanes ------------------------------------------------------------------------- */

static void
draw_ground (UiDraw *dc, const UiWordsLaneBox *box)
{
  static const double dashes[] = { 3, 4 };
  UiRect              place = box->body;

  if (box->block.w > 0)
    {
      ui_draw_fill (dc, box->block, dc->theme->roles[UI_ROLE_FREE]);
      return;
    }
  cairo_save (dc->cr);
  cairo_set_dash (dc->cr, dashes, 2, 0);
  cairo_rectangle (dc->cr, floor (place.x) + 0.5, floor (place.y) + 0.5, place.w - 1, place.h - 1);
  ui_draw_set (dc, dc->theme->line);
  cairo_set_line_width (dc->cr, 1);
  cairo_stroke (dc->cr);
  cairo_restore (dc->cr);
}

static void
draw_bands (UiDraw *dc, const UiHeapWords *words)
{
  for (guint i = 0; i < words->bands->len; i++)
    {
      const UiWordsBand *band = &g_array_index (words->bands, UiWordsBand, i);

      ui_draw_fill (dc, band->rect, dc->theme->roles[band->role]);
      if (band->role == UI_ROLE_FRAGMENT && band->rect.w > 3)
        {
          UiRect end = { band->rect.x + band->rect.w - 1, band->rect.y, 1, band->rect.h };

          ui_draw_fill (dc, end, dc->theme->background);
        }
    }
}

static void
draw_high_water (UiDraw *dc, const UiWordsLaneBox *box)
{
  double   x = floor (box->high_water_x) + 0.5;
  double   bottom = box->body.y + box->body.h;
  cairo_t *cr = dc->cr;

  if (box->high_water_x < 0)
    return;
  ui_draw_set (dc, dc->theme->roles[UI_ROLE_HIGH_WATER]);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, x, box->band.y - 2);
  cairo_line_to (cr, x, bottom);
  cairo_stroke (cr);
  cairo_move_to (cr, x, box->band.y + 1);
  cairo_line_to (cr, x - 4.5, box->band.y - 5);
  cairo_line_to (cr, x + 4.5, box->band.y - 5);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_overview (UiDraw *dc, const UiWordsLaneBox *box)
{
  UiRect window = box->overview_window;

  if (box->overview.w <= 0)
    return;
  ui_draw_fill (dc, box->overview, dc->theme->roles[UI_ROLE_FREE]);
  ui_draw_fill (dc, box->overview_used, ui_rgba_fade (dc->theme->roles[box->overview_role], 0.7));
  window.y -= 1.5;
  window.h += 3;
  ui_draw_round_path (dc, window, 2);
  ui_draw_set (dc, ui_rgba_fade (dc->theme->accent, 0.35));
  cairo_fill_preserve (dc->cr);
  ui_draw_set (dc, dc->theme->accent);
  cairo_set_line_width (dc->cr, 1.5);
  cairo_stroke (dc->cr);
}

static void
draw_lane (UiDraw *dc, const UiWordsLaneBox *box)
{
  if (box->block.w > 0)
    {
      cairo_rectangle (dc->cr, floor (box->block.x) + 0.5, floor (box->block.y) + 0.5,
                       MAX (1, round (box->block.w) - 1), box->block.h);
      ui_draw_set (dc, get_frame (dc->theme));
      cairo_set_line_width (dc->cr, 1);
      cairo_stroke (dc->cr);
    }
  draw_high_water (dc, box);
  ui_draw_ruler (dc, &box->ruler);
  draw_overview (dc, box);
}

/* --- roots, arrows, marks ---------------------------------------------------------- */

static void
draw_chips (UiDraw *dc, const UiHeapWords *words)
{
  for (guint i = 0; i < words->chips->len; i++)
    {
      const UiWordsChip *chip = &g_array_index (words->chips, UiWordsChip, i);
      UiRect             rect = ui_rect_inset (chip->rect, 0.5, 0.5, 0.5, 0.5);

      ui_draw_round_path (dc, rect, 5);
      ui_draw_set (dc, chip->root->is_leading ? dc->theme->accent : dc->theme->plot);
      cairo_fill_preserve (dc->cr);
      ui_draw_set (dc, chip->root->is_leading ? dc->theme->accent : dc->theme->line);
      cairo_set_line_width (dc->cr, 1);
      cairo_stroke (dc->cr);
    }
}

static void
draw_head (cairo_t *cr, const UiWordsArrow *arrow, double angle)
{
  const double size = arrow->is_main ? 7 : 5.5;

  cairo_move_to (cr, arrow->x1, arrow->y1);
  cairo_line_to (cr, arrow->x1 - size * cos (angle - 0.42), arrow->y1 - size * sin (angle - 0.42));
  cairo_line_to (cr, arrow->x1 - size * cos (angle + 0.42), arrow->y1 - size * sin (angle + 0.42));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_arrow (UiDraw *dc, const UiWordsArrow *arrow)
{
  cairo_t            *cr = dc->cr;
  gboolean            is_level = ABS (arrow->y1 - arrow->y0) < 4;
  double              down = arrow->y1 >= arrow->y0 - 4 && !is_level ? 1 : -1;
  double              bend = is_level ? MIN (10 + ABS (arrow->x1 - arrow->x0) / 14, 18)
                                      : ABS (arrow->y1 - arrow->y0) / 2;
  double              c0 = arrow->y0 + (is_level ? bend : down * bend);
  double              c1 = arrow->y1 + (is_level ? bend : -down * bend);
  UiRgba              colour = dc->theme->accent;
  static const double dashes[] = { 4, 3 };

  for (guint halo = 0; halo < 2; halo++)
    {
      cairo_move_to (cr, arrow->x0, arrow->y0);
      cairo_curve_to (cr, arrow->x0, c0, arrow->x1, c1, arrow->x1, arrow->y1);
      ui_draw_set (dc, halo == 0 ? ui_rgba_fade (dc->theme->background, 0.7)
                                 : ui_rgba_fade (colour, arrow->is_main ? 1 : 0.75));
      cairo_set_line_width (cr, (arrow->is_main ? 2 : 1.3) + (halo == 0 ? 2.5 : 0));
      cairo_set_dash (cr, dashes, halo == 1 && arrow->is_cut ? 2 : 0, 0);
      cairo_stroke (cr);
    }
  cairo_set_dash (cr, NULL, 0, 0);
  draw_head (cr, arrow, is_level ? -G_PI / 2 : down * G_PI / 2);
}

static void
draw_mark (UiDraw *dc, UiRect rect, UiRgba colour, double width)
{
  if (rect.w <= 0)
    return;
  ui_draw_round_path (dc, rect, 2);
  ui_draw_set (dc, colour);
  cairo_set_line_width (dc->cr, width);
  cairo_stroke (dc->cr);
}

static void
draw_keys (UiDraw *dc, const UiHeapWords *words)
{
  for (guint i = 0; i < words->keys->len; i++)
    {
      const UiWordsKey *key = &g_array_index (words->keys, UiWordsKey, i);

      ui_draw_round_path (dc, key->swatch, 2);
      ui_draw_set (dc, ui_draw_get_kind_colour (dc->theme, key->kind));
      cairo_fill (dc->cr);
    }
}

static void
draw_gauge (UiDraw *dc, const UiHeapWords *words)
{
  if (words->gauge.w <= 0)
    return;
  ui_draw_fill (dc, words->gauge, dc->theme->roles[UI_ROLE_FREE]);
  ui_draw_fill (dc, words->gauge_used, dc->theme->roles[UI_ROLE_BINARY]);
  cairo_rectangle (dc->cr, floor (words->gauge.x) + 0.5, floor (words->gauge.y) + 0.5,
                   round (words->gauge.w) - 1, words->gauge.h);
  ui_draw_set (dc, get_frame (dc->theme));
  cairo_set_line_width (dc->cr, 1);
  cairo_stroke (dc->cr);
}

void
ui_draw_heap_words (UiDraw *dc, const UiHeapWords *words)
{
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    if (words->lanes[i].is_shown)
      draw_ground (dc, &words->lanes[i]);
  draw_bands (dc, words);
  draw_columns (dc, words);
  draw_cells (dc, words, words->has_chosen);
  draw_brackets (dc, words);
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    if (words->lanes[i].is_shown)
      draw_lane (dc, &words->lanes[i]);
  draw_gauge (dc, words);
  draw_keys (dc, words);
  draw_chips (dc, words);
  draw_cell_labels (dc, words);
  ui_draw_labels (dc, &words->labels);
  draw_mark (dc, words->hover, dc->theme->accent, 1.5);
  draw_mark (dc, words->chosen, dc->theme->accent, 2.5);
  for (guint i = 0; i < words->arrows->len; i++)
    draw_arrow (dc, &g_array_index (words->arrows, UiWordsArrow, i));
}
