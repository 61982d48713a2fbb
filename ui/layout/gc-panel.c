/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/gc-panel.h"

#include "ui/layout/gc-walk-text.h"

#include <glib/gi18n.h>

/* Why now, why minor or major, why this size: the collector asks in another order. */
static int
compare_decisions (gconstpointer a, gconstpointer b)
{
  const VmGcDecision *x = *(const VmGcDecision *const *) a, *y = *(const VmGcDecision *const *) b;
  gboolean            x_size = x->kind > VM_GC_DECISION_MAJOR_HIBERNATE;
  gboolean            y_size = y->kind > VM_GC_DECISION_MAJOR_HIBERNATE;

  return x_size != y_size ? x_size - y_size : x < y ? -1
                                                    : x > y;
}

void
ui_gc_panel_add (const VmGcWalk *walk, UiLabels *labels, const UiMeasure *measure, UiRect panel)
{
  const char      *topic = NULL;
  g_autofree char *end = ui_gc_walk_describe_end (walk);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new ();
  double bottom = panel.y + panel.h;

  for (guint i = 0; i < walk->n_decisions; i++)
    g_ptr_array_add (decisions, (gpointer) &walk->decisions[i]);
  g_ptr_array_sort (decisions, compare_decisions);

  panel = ui_rect_inset (panel, 10, 8, 10, 8);
  for (guint i = 0; i <= walk->n_decisions && panel.y < bottom; i++)
    {
      const VmGcDecision *decision =
        i < decisions->len ? g_ptr_array_index (decisions, i) : NULL;
      g_autofree char *text = decision != NULL ? ui_gc_decision_describe (decision)
                                               : g_strdup (end);
      const char      *next = decision != NULL ? ui_gc_decision_get_topic (decision->kind)
                                               : _ ("What it came to");

      panel.h = bottom - 8 - panel.y;
      if (topic == NULL || !g_str_equal (topic, next))
        {
          panel.y += topic != NULL ? 8 : 0;
          panel.h = bottom - 8 - panel.y;
          panel.y += ui_labels_add_wrapped (labels, measure, panel, UI_FONT_BOLD, UI_TONE_NORMAL,
                                            next);
          topic = next;
        }
      panel.h = bottom - 8 - panel.y;
      panel.y += ui_labels_add_wrapped (labels, measure, panel, UI_FONT_SMALL, UI_TONE_NORMAL,
                                        text) +
                 2;
    }
}
