/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/heap-words-private.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define BRACKET_H  15.0
#define MAX_ARROWS 120

/* --- columns of many words --------------------------------------------------------- */

static void
add_column (
  WordsLayout *build, const UiWordsLaneBox *box, UiRect column, const VmWordBucket *bucket)
{
  double   y = box->body.y + box->body.h;
  double   unit = box->body.h / (double) MAX (bucket->n_words, 1);
  gboolean has_chosen =
    build->input->words->chosen.is_known && bucket->n_leading + bucket->n_chosen == 0;

  for (guint k = VM_OBJECT_HOLE; k < VM_N_OBJECT_KINDS; k++)
    {
      double         h = (double) bucket->words[k] * unit;
      UiWordsColumn  part = { (VmObjectKind) k, { column.x, y - h, column.w, h }, has_chosen };
      UiWordsColumn *last = build->layout->columns->len == 0
                              ? NULL
                              : &g_array_index (build->layout->columns, UiWordsColumn,
                                                build->layout->columns->len - 1);

      if (bucket->words[k] == 0)
        continue;
      y -= h;
      /* neighbours that look the same are one */
      if (last != NULL && last->kind == part.kind && last->is_dim == part.is_dim &&
          ABS (last->rect.x + last->rect.w - part.rect.x) < 0.01 &&
          ABS (last->rect.y - part.rect.y) < 0.01 && ABS (last->rect.h - h) < 0.01)
        last->rect.w += part.rect.w;
      else
        g_array_append_val (build->layout->columns, part);
    }
}

static void
add_columns (WordsLayout *build, UiWordsLane lane, const VmWordPage *page)
{
  UiHeapWords *layout = build->layout;

  for (guint i = 0; i < page->n_buckets; i++)
    {
      const VmWordBucket *bucket = &page->buckets[i];
      double              from = (double) bucket->offset;
      double              to = from + (double) bucket->n_words;
      double              x0 = MAX (words_layout_px (build, lane, from), layout->x);
      double              x1 = MIN (words_layout_px (build, lane, to), layout->x + layout->w);

      if (x1 > x0)
        add_column (build, words_layout_box (build, lane), (UiRect){ x0, 0, x1 - x0, 0 }, bucket);
    }
}

/* --- single words ------------------------------------------------------------------ */

static const char *
tag_to_string (VmWordTag tag)
{
  switch (tag)
    {
    case VM_WORD_HEADER:
      return _ ("header");
    case VM_WORD_CONS:
      return _ ("list →");
    case VM_WORD_BOXED:
      return _ ("boxed →");
    case VM_WORD_SMALL:
      return _ ("small");
    case VM_WORD_ATOM:
      return _ ("atom");
    case VM_WORD_PID:
      return _ ("pid");
    case VM_WORD_PORT:
      return _ ("port");
    case VM_WORD_NIL:
      return _ ("nil");
    case VM_WORD_CATCH:
      return _ ("catch");
    case VM_WORD_RETURN:
      return _ ("return →");
    case VM_WORD_RAW:
      return _ ("raw");
    case VM_WORD_FREE:
    default:
      return "";
    }
}

static void
add_cell_label (
  WordsLayout *build, const UiWordsCell *cell, UiRect place, UiFont font, const char *text)
{
  UiLabel *label = text != NULL && *text != '\0'
                     ? ui_labels_add (&build->layout->cell_labels, build->measure, place, font, 0.5,
                                      text)
                     : NULL;

  if (label != NULL)
    label->on = build->layout->cells->len - 1;
}

/* The tag above, the value below; in a low body the value alone. */
static void
add_cell_labels (WordsLayout *build, const UiWordsCell *cell)
{
  double small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double mono = ui_measure_height (build->measure, UI_FONT_MONO);
  UiRect inner = ui_rect_inset (cell->rect, 3, 0, 3, 0);
  double h = cell->rect.h;

  if (cell->rect.w < UI_WORDS_MIN_TEXT || cell->kind == VM_OBJECT_FREE || h < small)
    return;
  if (h < small + mono)
    {
      add_cell_label (build, cell, (UiRect){ inner.x, inner.y, inner.w, h }, UI_FONT_MONO,
                      cell->word->text != NULL ? cell->word->text : cell->word->field);
      return;
    }

  double gap = (h - small - mono) / 2;

  add_cell_label (build, cell, (UiRect){ inner.x, inner.y + gap, inner.w, small }, UI_FONT_SMALL,
                  tag_to_string (cell->word->tag));
  add_cell_label (build, cell, (UiRect){ inner.x, inner.y + gap + small, inner.w, mono },
                  UI_FONT_MONO,
                  cell->word->text != NULL ? cell->word->text : cell->word->field);
}

static void
add_cell (WordsLayout *build, UiWordsLane lane, const VmWordPage *page, const VmWord *word)
{
  UiHeapWords          *layout = build->layout;
  const UiWordsLaneBox *box = words_layout_box (build, lane);
  double                scale = ui_words_view_get_scale (build->input->view, layout->w);
  double                top = scale >= UI_WORDS_MIN_TEXT && box->body.h >= 2 * BRACKET_H
                                ? BRACKET_H
                                : 0;
  double                left = words_layout_px (build, lane, (double) word->offset);
  double                x0 = MAX (left, layout->x);
  double                x1 = MIN (left + scale, layout->x + layout->w);
  const VmObject       *object =
    word->object < page->n_objects ? &page->objects[word->object] : NULL;
  UiWordsCell cell = { .rect = { x0, box->body.y + top, x1 - x0, box->body.h - top },
                       .word = word,
                       .kind = object != NULL ? object->kind : VM_OBJECT_HOLE };

  if (x1 <= x0 || cell.kind == VM_OBJECT_FREE)
    return;
  cell.is_first = object == NULL || object->offset == word->offset;
  cell.is_last = object == NULL || object->offset + object->n_words == word->offset + 1;
  g_array_append_val (layout->cells, cell);
  add_cell_labels (build, &cell);
}

/* A cell of @object that is in sight. */
static guint
find_cell (const WordsLayout *build, const VmObject *object)
{
  const GArray *cells = build->layout->cells;
  guint64       end = object->offset + object->n_words;
  guint         i = cells->len;

  while (i > 0 && g_array_index (cells, UiWordsCell, i - 1).word->offset >= end)
    i--;
  return i > 0 ? i - 1 : 0;
}

static void
add_bracket (WordsLayout *build, UiWordsLane lane, const VmObject *object)
{
  UiHeapWords    *layout = build->layout;
  UiWordsLaneBox *box = words_layout_box (build, lane);
  double          scale = ui_words_view_get_scale (build->input->view, layout->w);
  double          left = words_layout_px (build, lane, (double) object->offset);
  double          right = left + (double) object->n_words * scale;
  double          x0 = MAX (left, layout->x), x1 = MIN (right, layout->x + layout->w);
  gboolean        above = scale >= UI_WORDS_MIN_TEXT && box->body.h >= 2 * BRACKET_H;
  UiWordsBracket  bracket = { .rect = { x0, box->body.y, x1 - x0, above ? BRACKET_H : box->body.h },
                              .kind = object->kind,
                              .is_cut_left = left<x0 - 0.5,
                                                  .is_cut_right = right> x1 +
                                             0.5 };
  UiLabel        *label;

  if (x1 <= x0 || object->kind == VM_OBJECT_FREE || object->kind == VM_OBJECT_HOLE)
    return;
  if (above)
    {
      g_array_append_val (layout->brackets, bracket);
      label = ui_labels_add (&layout->labels, build->measure,
                             ui_rect_inset (bracket.rect, 5, 0, 3, 2), UI_FONT_SMALL, 0,
                             object->name);
      if (label != NULL)
        label->tone = UI_TONE_NORMAL;
    }
  else if (scale < UI_WORDS_MIN_TEXT && x1 - x0 > 30)
    {
      label = ui_labels_add_whole (&layout->cell_labels, build->measure,
                                   ui_rect_inset (bracket.rect, 3, 0, 3, 0), UI_FONT_SMALL, 0.5,
                                   object->name);
      if (label != NULL)
        label->on = find_cell (build, object);
    }
}

static void
add_cells (WordsLayout *build, UiWordsLane lane, const VmWordPage *page)
{
  words_layout_box (build, lane)->has_cells = TRUE;
  for (guint i = 0; i < page->n_words; i++)
    add_cell (build, lane, page, &page->words[i]);
  for (guint i = 0; i < page->n_objects; i++)
    add_bracket (build, lane, &page->objects[i]);
}

void
words_layout_add_contents (WordsLayout *build, UiWordsLane lane)
{
  UiWordsLaneBox   *box = words_layout_box (build, lane);
  VmArea            area = ui_words_lane_get_area (lane);
  const VmWords    *words = build->input->words;
  const VmWordPage *page = words != NULL ? vm_words_find_page (words, area) : NULL;

  box->is_told = page != NULL && page->is_told;
  if (page == NULL || box->block.w <= 0)
    return;
  if (!page->is_told)
    {
      UiLabel *label = ui_labels_add (&build->layout->labels, build->measure,
                                      ui_rect_inset (box->body, 6, 0, 6, 0), UI_FONT_SMALL, 0.5,
                                      _ ("What it holds is shown when the program stands still"));
      if (label != NULL)
        label->tone = UI_TONE_DIM;
      return;
    }
  if (page->stretch.n_buckets > 0)
    add_columns (build, lane, page);
  else
    add_cells (build, lane, page);
}

/* --- what is chosen, and what points where ----------------------------------------- */

/* The place of words [@offset, @offset + @n) of @area; FALSE: out of sight. */
static gboolean
find_rect (WordsLayout *build, VmArea area, guint64 offset, guint64 n, UiRect *rect)
{
  UiHeapWords *layout = build->layout;
  UiWordsLane  lane;
  double       x0, x1;

  if (!ui_words_area_get_lane (area, &lane) || !layout->lanes[lane].is_shown)
    return FALSE;
  x0 = words_layout_px (build, lane, (double) offset);
  x1 = words_layout_px (build, lane, (double) offset + (double) n);
  if (x1 < layout->x || x0 > layout->x + layout->w)
    return FALSE;
  x0 = MAX (x0, layout->x);
  x1 = MIN (x1, layout->x + layout->w);
  *rect = (UiRect){ x0, layout->lanes[lane].body.y, MAX (x1 - x0, 2), layout->lanes[lane].body.h };
  return TRUE;
}

/* Ends at the word's place, or at the picture's edge in its direction. */
static void
add_arrow (WordsLayout *build, double x, double y, VmArea area, guint64 offset, gboolean is_main)
{
  UiHeapWords *layout = build->layout;
  UiWordsLane  lane;
  UiWordsArrow arrow = { .x0 = x, .y0 = y, .is_main = is_main };
  double       scale = ui_words_view_get_scale (build->input->view, layout->w);
  double       target;
  UiRect       body;

  if (layout->arrows->len >= MAX_ARROWS || offset == G_MAXUINT64 ||
      !ui_words_area_get_lane (area, &lane) || !layout->lanes[lane].is_shown)
    return;
  target = words_layout_px (build, lane, (double) offset) + MIN (scale / 2, 12);
  arrow.x1 = CLAMP (target, layout->x + 2, layout->x + layout->w - 2);
  arrow.is_cut = ABS (arrow.x1 - target) > 1;
  body = layout->lanes[lane].body;
  arrow.y1 = y < body.y ? body.y : body.y + body.h;
  g_array_append_val (layout->arrows, arrow);
}

static void
add_word_arrow (WordsLayout *build, VmArea area, const VmWord *word, gboolean is_main)
{
  UiRect rect;

  if (word == NULL || word->points_into == VM_AREA_NONE ||
      !find_rect (build, area, word->offset, 1, &rect))
    return;
  add_arrow (build, rect.x + rect.w / 2, rect.y + rect.h, word->points_into, word->points_to,
             is_main);
}

/* From the words in sight, and from the roots, to the chosen term. */
static void
add_referrers (WordsLayout *build)
{
  const VmWords  *words = build->input->words;
  const VmObject *chosen = &words->chosen.object;

  for (guint p = 0; p < words->n_pages; p++)
    for (guint i = 0; i < words->pages[p].n_words; i++)
      {
        const VmWord *word = &words->pages[p].words[i];

        if (word->points_into == chosen->area && word->points_to == chosen->offset)
          add_word_arrow (build, words->pages[p].stretch.area, word, FALSE);
      }
  for (guint i = 0; i < build->layout->chips->len; i++)
    {
      const UiWordsChip *chip = &g_array_index (build->layout->chips, UiWordsChip, i);

      if (chip->root->area == chosen->area && chip->root->offset == chosen->offset)
        add_arrow (build, chip->rect.x + chip->rect.w / 2, chip->rect.y + chip->rect.h,
                   chip->root->area, chip->root->offset, FALSE);
    }
}

void
words_layout_add_marks (WordsLayout *build)
{
  const UiHeapWordsInput *input = build->input;
  const VmWords          *words = input->words;

  if (words == NULL)
    return;
  if (input->chosen_area != VM_AREA_NONE)
    {
      if (!find_rect (build, input->chosen_area, input->chosen_offset, 1, &build->layout->chosen))
        build->layout->chosen.w = 0;
      add_word_arrow (build, input->chosen_area,
                      ui_heap_words_find (words, input->chosen_area, input->chosen_offset, NULL),
                      TRUE);
      if (words->chosen.is_known)
        add_referrers (build);
    }
  if (input->hover_area != VM_AREA_NONE)
    {
      const VmObject *object = NULL;
      const VmWord   *word =
        ui_heap_words_find (words, input->hover_area, input->hover_offset, &object);

      if (object != NULL && object->kind != VM_OBJECT_FREE)
        find_rect (build, input->hover_area, object->offset, object->n_words,
                   &build->layout->hover);
      add_word_arrow (build, input->hover_area, word, TRUE);
    }
}
