/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/heap-many.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define RULER_H    20.0
#define ROW_H      44.0 /* a row's wanted height */
#define MIN_ROW_H  24.0
#define ROW_GAP    6.0
#define MAX_ROWS   16
#define NAME_SHARE 0.2
#define MAX_NAME_W 180.0
#define MIN_NAME_W 60.0

typedef struct
{
  UiHeapMany            *many;
  const UiHeapManyInput *input;
  const UiMeasure       *measure;
} Build;

UiRole
ui_heap_many_get_role (guint part)
{
  static const UiRole roles[UI_MANY_N] = {
    UI_ROLE_OLD, UI_ROLE_SURVIVED, UI_ROLE_FRESH, UI_ROLE_STACK,
    UI_ROLE_FRAGMENT, UI_ROLE_MAILBOX, UI_ROLE_FREE, UI_ROLE_BINARY
  };

  return roles[part < UI_MANY_N ? part : 0];
}

guint
ui_heap_many_count_rows (double height)
{
  return (guint) CLAMP ((height - RULER_H - 24) / (ROW_H + ROW_GAP), 2, MAX_ROWS);
}

static double
get_sum (const UiManyColumn *column)
{
  double sum = 0;

  for (guint i = 0; i < UI_MANY_N; i++)
    sum += column->parts[i];
  return sum;
}

static double
get_most (const UiHeapManyInput *input, const UiManyRow *row)
{
  double most = 0;

  for (guint i = 0; i < input->n_columns; i++)
    most = MAX (most, get_sum (&row->columns[i]));
  return most;
}

static void
add_legend (Build *build)
{
  UiHeapMany         *many = build->many;
  const UiLegendEntry entries[] = {
    { UI_ROLE_OLD, _ ("old") },
    { UI_ROLE_SURVIVED, _ ("survived") },
    { UI_ROLE_FRESH, _ ("fresh") },
    { UI_ROLE_STACK, _ ("stack") },
    { UI_ROLE_FRAGMENT, _ ("fragments") },
    { UI_ROLE_MAILBOX, _ ("waiting messages") },
    { UI_ROLE_FREE, _ ("free in the blocks") },
    { UI_ROLE_BINARY, _ ("binaries") },
    { UI_ROLE_MAJOR, _ ("major collection") },
  };
  double h = ui_legend_get_height (entries, G_N_ELEMENTS (entries), many->area.w,
                                   build->measure);

  if (h > many->area.h * 0.25)
    h = 0;
  ui_legend_init (&many->legend,
                  (UiRect){ many->area.x, many->area.y + many->area.h - h + 4,
                            many->area.w, h },
                  entries, G_N_ELEMENTS (entries), build->measure);
}

static void
add_name (Build *build, const UiManyRow *row, UiRect place)
{
  UiLabels        *labels = &build->many->labels;
  double           small = ui_measure_height (build->measure, UI_FONT_SMALL);
  char             count[UI_NUMBER_SIZE], words[UI_NUMBER_SIZE];
  g_autofree char *others = NULL;
  g_autofree char *most = NULL;
  const char      *name = row->name;
  UiLabel         *label;

  if (row->pid == VM_PID_NONE)
    {
      others = g_strdup_printf (
        g_dngettext (NULL, "%s other", "%s others, together", row->n_processes),
        ui_number_count (row->n_processes, count));
      name = others;
    }
  ui_labels_add (labels, build->measure,
                 (UiRect){ place.x, place.y, place.w, small }, UI_FONT_SMALL, 0,
                 name);
  ui_number_words ((guint64) get_most (build->input, row), words);
  /* Translators: %s is a number of words */
  most = g_strdup_printf (_ ("at most %s"), words);
  if (place.h < 2 * small + 2)
    return;
  label = ui_labels_add (labels, build->measure,
                         (UiRect){ place.x, place.y + small + 1, place.w, small },
                         UI_FONT_SMALL, 0, most);
  if (label != NULL)
    label->tone = UI_TONE_DIM;
}

static void
add_rows (Build *build)
{
  UiHeapMany            *many = build->many;
  const UiHeapManyInput *input = build->input;
  double                 name_w = CLAMP (many->area.w * NAME_SHARE, MIN_NAME_W, MAX_NAME_W);
  double                 room = many->area.h - RULER_H - many->legend.rect.h -
                (many->legend.rect.h > 0 ? 6 : 0);
  guint  n = MIN (input->n_rows, (guint) MAX (room / (MIN_ROW_H + ROW_GAP), 1));
  double row_h = n > 0 ? room / n - ROW_GAP : 0;

  many->n_dropped = input->n_rows - n;
  many->plot =
    (UiRect){ many->area.x + name_w + 8, many->area.y,
              MAX (many->area.w - name_w - 12, 1), n * (row_h + ROW_GAP) };
  for (guint i = 0; i < n; i++)
    {
      /* the others stand last, whatever found no room before them */
      guint            index = i + 1 == n ? input->n_rows - 1 : i;
      const UiManyRow *row = &input->rows[index];
      double           y = many->area.y + i * (row_h + ROW_GAP);
      UiHeapManyRow    place = {
           .rect = { many->area.x, y, many->area.w, row_h },
           .plot = { many->plot.x, y, many->plot.w, row_h },
           .index = index,
           .pid = row->pid,
           .is_selected = row->pid != VM_PID_NONE && row->pid == input->selected,
      };

      g_array_append_val (many->rows, place);
      many->words = MAX (many->words, get_most (input, row));
      add_name (build, row,
                (UiRect){ many->area.x + 4, y + 2, name_w - 4, row_h - 2 });
    }
  many->words = MAX (many->words * 1.05, 1);
}

static void
add_cursor (Build *build)
{
  UiHeapMany *many = build->many;
  gint64      t_ns = build->input->cursor_ns;
  char        text[UI_NUMBER_SIZE];
  double      w;

  if (t_ns == G_MININT64 || t_ns < build->input->from_ns ||
      t_ns > build->input->to_ns)
    return;
  many->has_cursor = TRUE;
  many->cursor_x = ui_axis_to_px (&many->time, t_ns);
  ui_number_time (t_ns, many->time_ruler.step / 100, build->input->to_ns, text);
  w = ui_measure_width (build->measure, UI_FONT_SMALL, text) + 12;
  if (w > many->plot.w)
    return;
  many->cursor_flag = (UiRect){ CLAMP (many->cursor_x - w / 2, many->plot.x,
                                       many->plot.x + many->plot.w - w),
                                many->time_ruler.rect.y + 2, w, RULER_H - 3 };
  for (guint i = many->time_ruler.labels.items->len; i > 0; i--)
    if (ui_rect_overlaps (
          &many->cursor_flag,
          &g_array_index (many->time_ruler.labels.items, UiLabel, i - 1).rect))
      g_array_remove_index (many->time_ruler.labels.items, i - 1);
  ui_labels_add (&many->time_ruler.labels, build->measure, many->cursor_flag,
                 UI_FONT_SMALL, 0.5, text)
    ->tone = UI_TONE_ON_ROLE;
}

UiHeapMany *
ui_heap_many_new (const UiHeapManyInput *input, UiRect area, const UiMeasure *measure)
{
  UiHeapMany *many = g_new0 (UiHeapMany, 1);
  Build       build = { many, input, measure };
  UiLabel    *label;

  many->area = area;
  many->input = input;
  many->rows = g_array_new (FALSE, FALSE, sizeof (UiHeapManyRow));
  ui_labels_init (&many->labels);
  add_legend (&build);
  add_rows (&build);
  many->time = (UiAxis){ input->from_ns, MAX (input->to_ns, input->from_ns + 1),
                         many->plot.x, many->plot.x + many->plot.w };
  ui_ruler_init_time (&many->time_ruler,
                      (UiRect){ many->plot.x,
                                many->plot.y + many->plot.h - ROW_GAP + 1,
                                many->plot.w, RULER_H },
                      &many->time, measure);
  add_cursor (&build);
  if (input->n_rows > 0)
    return many;
  label = ui_labels_add (&many->labels, measure, area, UI_FONT_LABEL, 0.5,
                         _ ("Nothing recorded for any process yet"));
  if (label != NULL)
    label->tone = UI_TONE_DIM;
  return many;
}

void
ui_heap_many_free (UiHeapMany *many)
{
  if (many == NULL)
    return;
  g_array_unref (many->rows);
  ui_ruler_clear (&many->time_ruler);
  ui_legend_clear (&many->legend);
  ui_labels_clear (&many->labels);
  g_free (many);
}

const UiHeapManyRow *
ui_heap_many_hit (const UiHeapMany *many, double x, double y)
{
  for (guint i = 0; i < many->rows->len; i++)
    {
      const UiHeapManyRow *row = &g_array_index (many->rows, UiHeapManyRow, i);

      if (ui_rect_contains (&row->rect, x, y))
        return row;
    }
  return NULL;
}
