/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/heap-compare.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define GAP           24.0
#define ROW_GAP       3.0
#define MIN_TWO_W     640.0 /* px: narrower ones have one column of figures */
#define MIN_HISTORY_H 150.0
#define STRIP_H       150.0
#define VALUE_SHARE   0.2 /* of a table's width, for each of its three columns */

typedef struct
{
  UiHeapCompare            *compare;
  const UiHeapCompareInput *input;
  const UiMeasure          *measure;
  double                    row_h;
} Build;

static void
add_label (Build *build, UiRect place, UiFont font, double align, UiTone tone, const char *text)
{
  UiLabel *label =
    ui_labels_add (&build->compare->labels, build->measure, place, font, align, text);

  if (label != NULL)
    label->tone = tone;
}

static void
add_head (Build *build, guint side, UiRect place)
{
  const UiMoment  *moment = &build->input->moments[side];
  double           bold = ui_measure_height (build->measure, UI_FONT_BOLD);
  char             at[UI_NUMBER_SIZE];
  g_autofree char *title = NULL;

  ui_number_moment (moment->t_ns, at);
  if (moment->run != NULL)
    title = g_strdup_printf ("%s · %s · %s", side == 0 ? "A" : "B", moment->run, at);
  else
    title = g_strdup_printf ("%s · %s", side == 0 ? "A" : "B", at);
  build->compare->heads[side] = place;
  add_label (build, (UiRect){ place.x, place.y, place.w, bold }, UI_FONT_BOLD, 0, UI_TONE_NORMAL,
             title);
}

static void
add_strips (Build *build, UiRect places[2])
{
  const UiMoment *m = build->input->moments;

  for (guint i = 0; i < 2; i++)
    {
      if (!m[i].is_known)
        add_label (build, places[i], UI_FONT_LABEL, 0.5, UI_TONE_DIM,
                   _ ("Nothing was measured yet"));
      else
        build->compare->strips[i] =
          ui_heap_strip_new_like (&m[i].sizes, &m[1 - i].sizes, places[i], build->measure);
    }
}

static void
add_histories (Build *build, UiRect area, double column_w)
{
  const UiHeapCompareInput *input = build->input;
  UiHistoryScale            scale = { 0 };
  UiHeapHistoryInput        sides[2] = { input->histories[0], input->histories[1] };
  UiHistoryPin              pin = { sides[0].cursor_ns, "A" };

  gint64 span = 0;

  for (guint i = 0; i < 2; i++)
    span = MAX (span, sides[i].to_ns - sides[i].from_ns);
  for (guint i = 0; i < 2; i++)
    {
      ui_heap_history_widen_scale (&sides[i], &scale);
      sides[i].end_ns = sides[i].to_ns;
      sides[i].to_ns = sides[i].from_ns + span;
      sides[i].is_under_strip = TRUE;
      sides[i].least = &scale;
    }
  if (input->is_one_run)
    {
      sides[1].pins = &pin;
      sides[1].n_pins = 1;
      build->compare->histories[1] = ui_heap_history_new (&sides[1], area, build->measure);
      return;
    }
  for (guint i = 0; i < 2; i++)
    build->compare->histories[i] = ui_heap_history_new (
      &sides[i],
      (UiRect){ area.x + (i == 0 ? 0 : column_w + GAP), area.y, column_w, area.h },
      build->measure);
}

static void
add_row (Build *build, UiRect rect, guint figure, guint index)
{
  const UiMoment *m = build->input->moments;
  guint64         a = ui_figures_get_value (figure, &m[0]);
  guint64         b = ui_figures_get_value (figure, &m[1]);
  UiFigure        what = ui_figures_get (figure);
  UiCompareRow    row = { rect, index % 2 == 1, a != b };
  char           *texts[3] = { ui_figures_format (figure, a), ui_figures_format (figure, b),
                               ui_figures_format_change (figure, a, b) };
  double          w = rect.w * VALUE_SHARE;
  UiFont          font = UI_FONT_SMALL;

  g_array_append_val (build->compare->rows, row);
  add_label (build, (UiRect){ rect.x + 4, rect.y, rect.w - 3 * w - 8, rect.h }, font, 0,
             UI_TONE_NORMAL, what.label);
  for (guint i = 0; i < 3; i++)
    add_label (build, (UiRect){ rect.x + rect.w - (3 - i) * w, rect.y, w - 4, rect.h }, font, 1,
               i < 2    ? UI_TONE_NORMAL
               : a != b ? UI_TONE_ACCENT
                        : UI_TONE_DIM,
               texts[i]);
  for (guint i = 0; i < 3; i++)
    g_free (texts[i]);
}

static void
add_table_head (Build *build, UiRect rect)
{
  const char *const texts[3] = { "A", "B", _ ("change") };
  double            w = rect.w * VALUE_SHARE;

  add_label (build, (UiRect){ rect.x + 4, rect.y, rect.w - 3 * w - 8, rect.h }, UI_FONT_SMALL, 0,
             UI_TONE_DIM, _ ("words, unless said"));
  for (guint i = 0; i < 3; i++)
    add_label (build, (UiRect){ rect.x + rect.w - (3 - i) * w, rect.y, w - 4, rect.h },
               UI_FONT_SMALL, 1, UI_TONE_DIM, texts[i]);
}

static guint
count_columns (const UiHeapCompare *compare)
{
  return compare->area.w >= MIN_TWO_W ? 2 : 1;
}

static double
get_table_height (const Build *build)
{
  guint n = ui_figures_get_n (), columns = count_columns (build->compare);

  return ((n + columns - 1) / columns + 1) * build->row_h;
}

static void
add_table (Build *build, UiRect area)
{
  guint  n = ui_figures_get_n (), columns = count_columns (build->compare);
  guint  lines = (n + columns - 1) / columns;
  double w = (area.w - (columns - 1) * GAP) / columns;

  for (guint column = 0; column < columns; column++)
    {
      double x = area.x + column * (w + GAP);

      add_table_head (build, (UiRect){ x, area.y, w, build->row_h });
      for (guint i = 0; i < lines && column * lines + i < n; i++)
        {
          UiRect rect = { x, area.y + (i + 1) * build->row_h, w, build->row_h };

          if (rect.y + rect.h <= area.y + area.h + 0.5)
            add_row (build, rect, column * lines + i, i);
        }
    }
}

UiHeapCompare *
ui_heap_compare_new (const UiHeapCompareInput *input, UiRect area, const UiMeasure *measure)
{
  UiHeapCompare *compare = g_new0 (UiHeapCompare, 1);
  Build          build = { compare, input, measure, 0 };
  double         w = MAX ((area.w - GAP) / 2, 1);
  double         head = ui_measure_height (measure, UI_FONT_BOLD) + 6, table, strip_h, history_h;
  UiRect         places[2];

  compare->area = area;
  compare->rows = g_array_new (FALSE, FALSE, sizeof (UiCompareRow));
  ui_labels_init (&compare->labels);
  build.row_h = ui_measure_height (measure, UI_FONT_SMALL) + ROW_GAP;

  table = MIN (get_table_height (&build), area.h * 0.5);
  strip_h = CLAMP ((area.h - table - head) * 0.45, MIN (70, area.h * 0.3), STRIP_H);
  history_h = area.h - head - strip_h - table - GAP;
  if (history_h < MIN_HISTORY_H)
    {
      strip_h = MIN (STRIP_H, MAX (area.h - head - table - 10, 0));
      history_h = 0;
    }
  for (guint i = 0; i < 2; i++)
    {
      double x = area.x + i * (w + GAP);

      add_head (&build, i, (UiRect){ x, area.y, w, head });
      places[i] = (UiRect){ x, area.y + head, w, strip_h };
    }
  add_strips (&build, places);
  if (history_h > 0)
    add_histories (&build, (UiRect){ area.x, area.y + head + strip_h + 8, area.w, history_h }, w);
  add_table (&build, (UiRect){ area.x, area.y + area.h - table, area.w, table });
  return compare;
}

void
ui_heap_compare_free (UiHeapCompare *compare)
{
  if (compare == NULL)
    return;
  for (guint i = 0; i < 2; i++)
    {
      ui_heap_strip_free (compare->strips[i]);
      ui_heap_history_free (compare->histories[i]);
    }
  g_array_unref (compare->rows);
  ui_labels_clear (&compare->labels);
  g_free (compare);
}
