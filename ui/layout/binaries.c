/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/binaries.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define BAR_H       14.0
#define ROW_GAP     12.0
#define INDENT      14.0
#define MAX_HOLDERS 4 /* told of one block */
#define MIN_PART    2.0

/* --- in words ------------------------------------------------------------------------ */

static const char *
place_to_string (VmHolderPlace place)
{
  static const char *const names[] = {
    [VM_HOLDER_YOUNG] = N_ ("young heap"),
    [VM_HOLDER_OLD] = N_ ("old heap"),
    [VM_HOLDER_FRAGMENT] = N_ ("heap fragment"),
    [VM_HOLDER_MESSAGE] = N_ ("message's fragment"),
    [VM_HOLDER_TABLE] = N_ ("ETS table"),
    [VM_HOLDER_PERSISTENT] = N_ ("persistent term"),
  };

  return _ (names[place]);
}

char *
ui_binary_describe_holder (const VmBinary *binary, const VmHolder *holder)
{
  g_autoptr (GString) text = g_string_new (holder->owner);
  char a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE];

  g_string_append_printf (text, ": %s", place_to_string (holder->place));
  if (holder->reach == VM_REACH_GARBAGE)
    {
      g_string_append_printf (text, ", %s", _ ("garbage: nothing leads to it"));
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  if (holder->reach == VM_REACH_UNKNOWN)
    {
      g_string_append_printf (text, ", %s", _ ("too much memory to tell from where"));
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  if (holder->root != NULL)
    g_string_append_printf (text, _ (", from %s"), holder->root);
  if (holder->is_whole)
    g_string_append_printf (text, ", %s", _ ("as a binary"));
  if (holder->n_slices > 0)
    g_string_append_printf (
      text, ngettext (", through %u sub-binary", ", through %u sub-binaries", holder->n_slices),
      holder->n_slices);
  if (holder->n_matches > 0)
    g_string_append_printf (text, ", %s", _ ("in a match context"));
  g_string_append_printf (text, _ (", sees %s of %s"), ui_number_bytes (holder->bytes, a),
                          ui_number_bytes (binary->bytes, b));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ui_binary_describe_end (const VmBinary *binary)
{
  char number[UI_NUMBER_SIZE];

  if (binary->freed_by == VM_FREED_BY_ANY)
    return g_strdup (_ ("any collection of its holders frees it"));
  if (binary->freed_by == VM_FREED_BY_FULL)
    return g_strdup (_ ("only a full sweep of its holders frees it"));
  if (binary->copy_frees > 0)
    return g_strdup_printf (_ ("binary:copy/1 would free %s"),
                            ui_number_bytes (binary->copy_frees, number));
  if (binary->n_elsewhere > 0)
    return g_strdup_printf (ngettext ("%s reference is a constant's or the system's",
                                      "%s references are constants' or the system's",
                                      (gulong) binary->n_elsewhere),
                            ui_number_count (binary->n_elsewhere, number));
  return g_strdup ("");
}

char *
ui_binaries_describe (const VmBinaries *binaries)
{
  char             a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE], d[UI_NUMBER_SIZE];
  g_autofree char *blocks = NULL;

  if (binaries->n_binaries == 0)
    return g_strdup (_ ("No process, table or persistent term holds bytes off the heap."));
  blocks = g_strdup_printf (ngettext ("%s block", "%s blocks", (gulong) binaries->n_binaries),
                            ui_number_count (binaries->n_binaries, a));
  return g_strdup_printf (
    _ ("%s, %s: %s are garbage that a collection frees, %s are kept though nobody sees them.%s"),
    blocks, ui_number_bytes (binaries->bytes, b), ui_number_bytes (binaries->bytes_garbage, c),
    ui_number_bytes (binaries->bytes_pinned, d),
    binaries->is_complete ? "" : _ (" Not everything could be gone through."));
}

/* --- rows ------------------------------------------------------------------------------- */

typedef struct
{
  UiBinaryList          *list;
  const UiBinariesInput *input;
  const UiMeasure       *measure;
  double                 bold_h, small_h;
  double                 y, bottom;
  double                 largest; /* bytes */
} Build;

static guint
count_lines (const VmBinary *binary)
{
  guint told = MIN (binary->n_listed, MAX_HOLDERS);

  return told + (binary->n_holders > told);
}

static double
get_row_height (const Build *build, const VmBinary *binary)
{
  return build->bold_h + 2 + BAR_H + 3 + count_lines (binary) * build->small_h + ROW_GAP;
}

static void
add_label (Build *build, UiRect place, UiFont font, UiTone tone, double align, const char *text)
{
  UiLabel *label = ui_labels_add (&build->list->labels, build->measure, place, font, align, text);

  if (label != NULL)
    label->tone = tone;
}

static void
add_part (
  Build *build, double *x, double width, guint64 bytes, UiRole role, const VmBinary *binary)
{
  UiBinaryPart part = { .role = role };
  double       w = width * (double) bytes / (double) MAX (binary->bytes, 1);

  if (bytes == 0)
    return;
  part.rect = (UiRect){ *x, build->y, MAX (w, MIN_PART), BAR_H };
  part.is_garbage = binary->freed_by != VM_FREED_BY_NOTHING;
  part.is_pinned = role == UI_ROLE_NONE;
  if (part.is_pinned)
    part.role = UI_ROLE_BINARY;
  *x += w;
  g_array_append_val (build->list->parts, part);
}

static void
add_bar (Build *build, const VmBinary *binary)
{
  double  width = MAX (6, build->list->area.w * (double) binary->bytes / build->largest);
  double  x = build->list->area.x;
  guint64 spare = binary->bytes_spare;
  guint64 pinned = binary->bytes - MIN (binary->bytes, binary->bytes_shown + spare);

  add_part (build, &x, width, binary->bytes_shown, UI_ROLE_BINARY, binary);
  add_part (build, &x, width, pinned, UI_ROLE_NONE, binary);
  add_part (build, &x, width, spare, UI_ROLE_FREE, binary);
  build->y += BAR_H + 3;
}

static void
add_title (Build *build, const VmBinary *binary)
{
  UiRect           line = { build->list->area.x, build->y, build->list->area.w, build->bold_h };
  g_autofree char *end = ui_binary_describe_end (binary);
  g_autofree char *left = NULL;
  char             bytes[UI_NUMBER_SIZE], count[UI_NUMBER_SIZE];
  g_autofree char *references = NULL;
  double           w = ui_measure_width (build->measure, UI_FONT_SMALL, end) + 12;

  references = g_strdup_printf (
    ngettext ("%s reference", "%s references", (gulong) binary->n_references),
    ui_number_count (binary->n_references, count));
  left = g_strdup_printf ("%s · %s · %s", ui_number_bytes (binary->bytes, bytes), references,
                          binary->text != NULL ? binary->text : "");
  w = MIN (w, line.w / 2);
  add_label (build, line, UI_FONT_SMALL, UI_TONE_ACCENT, 1, end);
  line.w -= w;
  add_label (build, line, UI_FONT_BOLD, UI_TONE_NORMAL, 0, left);
  build->y += build->bold_h + 2;
}

static void
add_holders (Build *build, const VmBinary *binary)
{
  for (guint i = 0; i < count_lines (binary); i++)
    {
      UiRect           line = { build->list->area.x + INDENT, build->y,
                                MAX (1, build->list->area.w - INDENT), build->small_h };
      g_autofree char *text = NULL;
      UiTone           tone = UI_TONE_NORMAL;

      if (i < MIN (binary->n_listed, MAX_HOLDERS))
        {
          text = ui_binary_describe_holder (binary, &binary->holders[i]);
          if (binary->holders[i].reach == VM_REACH_GARBAGE)
            tone = UI_TONE_DIM;
        }
      else
        {
          guint more = binary->n_holders - i;

          text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);
          tone = UI_TONE_DIM;
        }
      add_label (build, line, UI_FONT_SMALL, tone, 0, text);
      build->y += build->small_h;
    }
}

static gboolean
is_held_by (const VmBinary *binary, VmPid pid)
{
  for (guint i = 0; pid != VM_PID_NONE && i < binary->n_listed; i++)
    if (binary->holders[i].pid == pid)
      return TRUE;
  return FALSE;
}

static void
add_row (Build *build, guint index)
{
  const VmBinary *binary = &build->input->binaries->binaries[index];
  double          top = build->y;
  UiBinaryRow     row = { .index = index };

  add_title (build, binary);
  add_bar (build, binary);
  add_holders (build, binary);
  row.rect = (UiRect){ build->list->area.x, top, build->list->area.w, build->y - top };
  if (is_held_by (binary, build->input->pid))
    row.mark = (UiRect){ row.rect.x - 8, top, 3, row.rect.h };
  g_array_append_val (build->list->rows, row);
  build->y += ROW_GAP;
}

static void
add_rest (Build *build, guint from)
{
  const VmBinaries *binaries = build->input->binaries;
  guint64           above = build->input->first, below = binaries->n_binaries - from;
  char              a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE];
  g_autofree char  *text = NULL;

  if (above == 0 && below == 0)
    return;
  text = above > 0 ? g_strdup_printf (_ ("%s larger above, %s smaller below"),
                                      ui_number_count (above, a), ui_number_count (below, b))
                   : g_strdup_printf (_ ("and %s smaller"), ui_number_count (below, b));
  add_label (build,
             (UiRect){ build->list->area.x, MIN (build->y, build->bottom), build->list->area.w,
                       build->small_h },
             UI_FONT_SMALL, UI_TONE_DIM, 0, text);
}

static void
add_rows (Build *build)
{
  const VmBinaries *binaries = build->input->binaries;
  guint             i = build->input->first;

  for (; i < binaries->n_listed; i++)
    {
      if (build->y + get_row_height (build, &binaries->binaries[i]) - ROW_GAP > build->bottom)
        break;
      add_row (build, i);
    }
  build->list->n_shown = i - build->input->first;
  add_rest (build, i);
}

UiBinaryList *
ui_binary_list_new (const UiBinariesInput *input, UiRect area, const UiMeasure *measure)
{
  UiBinaryList       *list = g_new0 (UiBinaryList, 1);
  Build               build = { .list = list, .input = input, .measure = measure };
  const UiLegendEntry entries[] = { { UI_ROLE_BINARY, _ ("seen by a holder") },
                                    { UI_ROLE_FOLDED, _ ("kept, seen by nobody") },
                                    { UI_ROLE_FREE, _ ("spare, to append to") } };
  g_autofree char    *head = ui_binaries_describe (input->binaries);
  double              legend_h;

  list->area = area;
  list->parts = g_array_new (FALSE, FALSE, sizeof (UiBinaryPart));
  list->rows = g_array_new (FALSE, FALSE, sizeof (UiBinaryRow));
  ui_labels_init (&list->labels);
  build.bold_h = ui_measure_height (measure, UI_FONT_BOLD);
  build.small_h = ui_measure_height (measure, UI_FONT_SMALL);
  build.y = area.y;
  add_label (&build, (UiRect){ area.x, build.y, area.w, build.bold_h }, UI_FONT_LABEL,
             UI_TONE_NORMAL, 0, head);
  build.y += build.bold_h + 10;
  legend_h = ui_legend_get_height (entries, G_N_ELEMENTS (entries), area.w, measure) + 4;
  if (area.h < 200 || input->binaries->n_binaries == 0)
    legend_h = 0;
  build.bottom = area.y + area.h - legend_h - build.small_h - 4;
  build.largest = input->binaries->n_listed > 0 ? (double) input->binaries->binaries[0].bytes : 1;
  build.largest = MAX (build.largest, 1);
  add_rows (&build);
  ui_legend_init (&list->legend,
                  (UiRect){ area.x, area.y + area.h - legend_h + 4, area.w, legend_h }, entries,
                  legend_h > 0 ? G_N_ELEMENTS (entries) : 0, measure);
  return list;
}

void
ui_binary_list_free (UiBinaryList *list)
{
  if (list == NULL)
    return;
  g_array_unref (list->parts);
  g_array_unref (list->rows);
  ui_legend_clear (&list->legend);
  ui_labels_clear (&list->labels);
  g_free (list);
}

const UiBinaryRow *
ui_binary_list_hit (const UiBinaryList *list, double x, double y)
{
  for (guint i = 0; i < list->rows->len; i++)
    {
      const UiBinaryRow *row = &g_array_index (list->rows, UiBinaryRow, i);

      if (ui_rect_contains (&row->rect, x, y))
        return row;
    }
  return NULL;
}
