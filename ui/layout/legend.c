/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/legend.h"

#define SWATCH     12.0
#define SWATCH_GAP 6.0
#define ITEM_GAP   18.0
#define LINE_GAP   5.0

typedef struct
{
  double x, y;
} Pen;

static double
get_line_height (const UiMeasure *measure)
{
  return MAX (SWATCH, ui_measure_height (measure, UI_FONT_SMALL)) + LINE_GAP;
}

/* Where an entry of @w goes; moves the pen past it. */
static Pen
advance (Pen *pen, double w, double left, double width, double line)
{
  if (pen->x > left && pen->x + w > left + width)
    {
      pen->x = left;
      pen->y += line;
    }

  Pen at = *pen;
  pen->x += w + ITEM_GAP;
  return at;
}

double
ui_legend_get_height (const UiLegendEntry *entries,
                      guint                n_entries,
                      double               width,
                      const UiMeasure     *measure)
{
  double line = get_line_height (measure);
  Pen    pen = { 0, 0 };

  for (guint i = 0; i < n_entries; i++)
    {
      double w = SWATCH + SWATCH_GAP + ui_measure_width (measure, UI_FONT_SMALL, entries[i].text);

      advance (&pen, w, 0, width, line);
    }
  return n_entries == 0 ? 0 : pen.y + line;
}

void
ui_legend_init (UiLegend            *legend,
                UiRect               area,
                const UiLegendEntry *entries,
                guint                n_entries,
                const UiMeasure     *measure)
{
  double line = get_line_height (measure);
  Pen    pen = { area.x, area.y };

  legend->rect = (UiRect){ area.x, area.y, area.w, 0 };
  legend->items = g_array_new (FALSE, FALSE, sizeof (UiLegendItem));
  legend->n_dropped = 0;
  legend->is_lanes = FALSE;
  ui_labels_init (&legend->labels);

  for (guint i = 0; i < n_entries; i++)
    {
      double       text_w = ui_measure_width (measure, UI_FONT_SMALL, entries[i].text);
      Pen          at = advance (&pen, SWATCH + SWATCH_GAP + text_w, area.x, area.w, line);
      UiRect       place = { at.x + SWATCH + SWATCH_GAP, at.y, text_w + 0.01, line - LINE_GAP };
      UiLegendItem item = {
        .role = entries[i].role,
        .swatch = { at.x, at.y + (line - LINE_GAP - SWATCH) / 2, SWATCH, SWATCH },
      };

      place.w = MIN (place.w, area.x + area.w - place.x);
      if (at.y + line - LINE_GAP > area.y + area.h ||
          ui_labels_add (&legend->labels, measure, place, UI_FONT_SMALL, 0, entries[i].text) ==
            NULL)
        {
          legend->n_dropped++;
          continue;
        }
      g_array_append_val (legend->items, item);
      legend->rect.h = at.y + line - area.y;
    }
}

void
ui_legend_clear (UiLegend *legend)
{
  g_clear_pointer (&legend->items, g_array_unref);
  ui_labels_clear (&legend->labels);
}
