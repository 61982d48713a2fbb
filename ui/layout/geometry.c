/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/geometry.h"

#include <math.h>
#include <string.h>

gboolean
ui_rect_contains (const UiRect *rect, double x, double y)
{
  return x >= rect->x && x < rect->x + rect->w && y >= rect->y && y < rect->y + rect->h;
}

gboolean
ui_rect_overlaps (const UiRect *a, const UiRect *b)
{
  return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

UiRect
ui_rect_inset (UiRect rect, double left, double top, double right, double bottom)
{
  return (UiRect){ rect.x + left, rect.y + top, MAX (0, rect.w - left - right),
                   MAX (0, rect.h - top - bottom) };
}

double
ui_measure_width (const UiMeasure *measure, UiFont font, const char *text)
{
  return measure->get_width (measure->data, font, text, strlen (text));
}

double
ui_measure_height (const UiMeasure *measure, UiFont font)
{
  return measure->heights[font];
}

char *
ui_fit_text (const UiMeasure *measure, UiFont font, const char *text, double width)
{
  if (*text == '\0' || width <= 0)
    return NULL;
  if (ui_measure_width (measure, font, text) <= width)
    return g_strdup (text);

  glong            low = 0;
  glong            high = g_utf8_strlen (text, -1) - 1;
  g_autofree char *best = NULL;

  while (low < high)
    {
      glong       middle = (low + high + 1) / 2;
      const char *end = g_utf8_offset_to_pointer (text, middle);
      char       *cut = g_strdup_printf ("%.*s…", (int) (end - text), text);

      if (ui_measure_width (measure, font, cut) <= width)
        {
          low = middle;
          g_free (best);
          best = cut;
        }
      else
        {
          high = middle - 1;
          g_free (cut);
        }
    }
  return g_steal_pointer (&best);
}

void
ui_labels_init (UiLabels *labels)
{
  labels->items = g_array_new (FALSE, FALSE, sizeof (UiLabel));
  labels->strings = g_string_chunk_new (1024);
}

void
ui_labels_clear (UiLabels *labels)
{
  g_clear_pointer (&labels->items, g_array_unref);
  g_clear_pointer (&labels->strings, g_string_chunk_free);
}

UiLabel *
ui_labels_add (UiLabels        *labels,
               const UiMeasure *measure,
               UiRect           place,
               UiFont           font,
               double           align,
               const char      *text)
{
  g_autofree char *fitted = ui_fit_text (measure, font, text, place.w);

  if (fitted == NULL)
    return NULL;

  double  w = ui_measure_width (measure, font, fitted);
  double  h = measure->heights[font];
  UiLabel label = {
    .rect = { floor (place.x + (place.w - w) * align), floor (place.y + (place.h - h) / 2), w, h },
    .text = g_string_chunk_insert (labels->strings, fitted),
    .font = font,
  };

  g_array_append_val (labels->items, label);
  return &g_array_index (labels->items, UiLabel, labels->items->len - 1);
}

UiLabel *
ui_labels_add_whole (UiLabels        *labels,
                     const UiMeasure *measure,
                     UiRect           place,
                     UiFont           font,
                     double           align,
                     const char      *text)
{
  if (*text == '\0' || ui_measure_width (measure, font, text) > place.w)
    return NULL;
  return ui_labels_add (labels, measure, place, font, align, text);
}

double
ui_labels_add_wrapped (UiLabels        *labels,
                       const UiMeasure *measure,
                       UiRect           place,
                       UiFont           font,
                       UiTone           tone,
                       const char      *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  double h = ui_measure_height (measure, font), y = 0;

  for (guint i = 0; words[i] != NULL || line->len > 0; i++)
    {
      gsize before = line->len;

      if (words[i] != NULL)
        g_string_append_printf (line, "%s%s", before > 0 ? " " : "", words[i]);
      if (words[i] == NULL ||
          (before > 0 && ui_measure_width (measure, font, line->str) > place.w))
        {
          UiLabel *label;

          if (words[i] != NULL)
            g_string_truncate (line, before);
          if (y + h > place.h + 0.5)
            return y;
          label = ui_labels_add (labels, measure,
                                 (UiRect){ place.x, place.y + y, place.w, h }, font, 0, line->str);
          if (label != NULL)
            label->tone = tone;
          y += h;
          g_string_assign (line, words[i] != NULL ? words[i] : "");
          if (words[i] == NULL)
            break;
        }
    }
  return y;
}
