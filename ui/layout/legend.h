/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Swatches with a text each, flowing in lines like words. */

#include "ui/layout/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  UiRole role;
  UiRect swatch;
} UiLegendItem;

typedef struct
{
  UiRect   rect;  /* what it really takes */
  GArray  *items; /* UiLegendItem */
  UiLabels labels;
  guint    n_dropped; /* entries that found no room */
  gboolean is_lanes;  /* swatches look as on lanes: bands, half bands and lines */
} UiLegend;

typedef struct
{
  UiRole      role;
  const char *text;
} UiLegendEntry;

/* Lays @entries (array length=n_entries) into @area from its top left. */
void ui_legend_init (UiLegend            *legend,
                     UiRect               area,
                     const UiLegendEntry *entries,
                     guint                n_entries,
                     const UiMeasure     *measure);
void ui_legend_clear (UiLegend *legend);

/* The height that all @entries would take at @width. */
double ui_legend_get_height (const UiLegendEntry *entries,
                             guint                n_entries,
                             double               width,
                             const UiMeasure     *measure);

G_END_DECLS
