/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/figures-text.h"

#include <string.h>

static void
append_cell (GString *out, const char *text, char separator)
{
  gboolean is_first = out->len == 0 || out->str[out->len - 1] == '\n';

  if (!is_first)
    g_string_append_c (out, separator);
  if (separator == ',' && strpbrk (text, ",\"\r\n") != NULL)
    {
      g_string_append_c (out, '"');
      for (const char *c = text; *c != '\0'; c++)
        g_string_append_printf (out, *c == '"' ? "\"\"" : "%c", *c);
      g_string_append_c (out, '"');
      return;
    }
  for (const char *c = text; *c != '\0'; c++)
    g_string_append_c (out, separator != ',' && strchr ("\t\r\n", *c) != NULL ? ' ' : *c);
}

static void
append_number (GString *out, gint64 value, char separator)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  append_cell (out, text, separator);
}

static void
end_row (GString *out, char separator)
{
  g_string_append (out, separator == ',' ? "\r\n" : "\n");
}

static void
append_text_row (
  GString *out, const char *key, const char *const *values, guint n, char separator)
{
  gboolean is_told = FALSE;

  for (guint i = 0; i < n; i++)
    is_told |= values[i] != NULL;
  if (!is_told)
    return;
  append_cell (out, key, separator);
  append_cell (out, "", separator);
  for (guint i = 0; i < n; i++)
    append_cell (out, values[i] != NULL ? values[i] : "", separator);
  if (n > 1)
    append_cell (out, "", separator);
  end_row (out, separator);
}

static void
append_number_row (
  GString *out, const char *key, const char *unit, const gint64 *values, guint n, char separator)
{
  append_cell (out, key, separator);
  append_cell (out, unit, separator);
  for (guint i = 0; i < n; i++)
    append_number (out, values[i], separator);
  if (n > 1)
    append_number (out, values[1] - values[0], separator);
  end_row (out, separator);
}

char *
ui_figures_to_text (const UiMoment *moments, guint n_moments, char separator)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint       n = MIN (n_moments, 2);
  const char *texts[4][2] = { { NULL } };
  gint64      numbers[2] = { 0 };

  for (guint i = 0; i < n; i++)
    {
      texts[0][i] = moments[i].run;
      texts[1][i] = moments[i].program;
      texts[2][i] = moments[i].process;
      texts[3][i] = moments[i].otp_version;
    }
  append_cell (out, "figure", separator);
  append_cell (out, "unit", separator);
  append_cell (out, n > 1 ? "before" : "value", separator);
  if (n > 1)
    {
      append_cell (out, "after", separator);
      append_cell (out, "difference", separator);
    }
  end_row (out, separator);
  append_text_row (out, "run", texts[0], n, separator);
  append_text_row (out, "program", texts[1], n, separator);
  append_text_row (out, "process", texts[2], n, separator);
  append_text_row (out, "otp", texts[3], n, separator);
  for (guint i = 0; i < n; i++)
    numbers[i] = moments[i].t_ns;
  append_number_row (out, "moment", "ns", numbers, n, separator);
  for (guint i = 0; i < n; i++)
    numbers[i] = moments[i].measured_ns;
  append_number_row (out, "measured", "ns", numbers, n, separator);
  for (guint row = 0; row < ui_figures_get_n (); row++)
    {
      UiFigure figure = ui_figures_get (row);

      for (guint i = 0; i < n; i++)
        numbers[i] = (gint64) ui_figures_get_value (row, &moments[i]);
      append_number_row (out, figure.key, figure.unit, numbers, n, separator);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
ui_history_to_text (const VmHeapSample     *samples,
                    guint                   n_samples,
                    const VmCollectionFold *folds,
                    guint                   n_folds,
                    char                    separator)
{
  static const char *const columns[] = {
    "time_ns",
    "event",
    "young_used",
    "young_block",
    "high_water",
    "stack",
    "old_used",
    "old_block",
    "fragments",
    "message_words",
    "messages",
    "vheap_used",
    "vheap_block",
    "old_vheap_used",
    "old_vheap_block",
    "reductions",
    "peak",
    "minor",
    "major",
    "reclaimed",
    "gc_time_ns",
  };
  g_autoptr (GString) out = g_string_new (NULL);
  VmCollectionFold sums = { 0 };
  guint            fold = 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_cell (out, columns[i], separator);
  end_row (out, separator);
  for (guint i = 0; i < n_samples; i++)
    {
      const VmHeapSample *s = &samples[i];

      for (; fold < n_folds && folds[fold].end_ns <= s->t_ns; fold++)
        {
          sums.n_minor += folds[fold].n_minor;
          sums.n_major += folds[fold].n_major;
          sums.reclaimed_words += folds[fold].reclaimed_words;
          sums.gc_ns += folds[fold].gc_ns;
        }

      const gint64 values[] = {
        s->young_used,
        s->young_block,
        s->high_water,
        s->stack_used,
        s->old_used,
        s->old_block,
        s->fragments,
        s->message_words,
        s->n_messages,
        s->vheap_used,
        s->vheap_block,
        s->old_vheap_used,
        s->old_vheap_block,
        (gint64) s->n_reductions,
        (gint64) s->peak_words,
        sums.n_minor,
        sums.n_major,
        (gint64) sums.reclaimed_words,
        sums.gc_ns,
      };

      append_number (out, s->t_ns, separator);
      append_cell (out, vm_event_kind_get_name ((VmEventKind) s->kind), separator);
      for (guint k = 0; k < G_N_ELEMENTS (values); k++)
        append_number (out, values[k], separator);
      end_row (out, separator);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
