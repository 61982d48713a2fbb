/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process's memory at one moment, drawn to scale.
 *
 *     Young heap                          157 of 233 words used · 1.8 KiB
 *     [ survived | fresh |        free           | stack ]
 *                ^ high-water mark
 *     Old heap                             88 of 233 words used · 1.8 KiB
 *     [ used |          free             ]
 *
 * The young block, the old block and the fragments share one scale, so lengths
 * can be compared. The virtual binary heap counts words that lie elsewhere: its
 * gauge has its own scale and says so. */

#include "engine/vm-snapshot.h"
#include "ui/layout/axis.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

typedef struct
{
  UiRole  role;
  UiRect  rect;
  guint64 words;
} UiHeapPart;

typedef struct
{
  UiRect   area;
  UiAxis   scale;     /* words to pixels */
  UiRect   blocks[4]; /* outlines: young, old, fragments, binaries; w = 0: not there */
  GArray  *parts;     /* UiHeapPart */
  gboolean has_high_water;
  double   high_water_x;
  UiRuler  ruler;
  UiLegend legend;
  UiLabels labels;
} UiHeapStrip;

enum
{
  UI_HEAP_YOUNG,
  UI_HEAP_OLD,
  UI_HEAP_FRAGMENTS,
  UI_HEAP_BINARIES
};

/* The height at which @sizes are shown in full at @width. */
double ui_heap_strip_get_height (const VmHeapSizes *sizes, double width, const UiMeasure *measure);

/* Shares @area between the strip and, under it, the history; @history has no
 * height when there is only room for the strip. */
void ui_heap_split (
  const VmHeapSizes *sizes, UiRect area, const UiMeasure *measure, UiRect *strip, UiRect *history);

UiHeapStrip *ui_heap_strip_new (const VmHeapSizes *sizes, UiRect area, const UiMeasure *measure);
/* To be compared with the strip of @like: the same scale, the same rows. */
UiHeapStrip *ui_heap_strip_new_like (const VmHeapSizes *sizes,
                                     const VmHeapSizes *like,
                                     UiRect             area,
                                     const UiMeasure   *measure);
void         ui_heap_strip_free (UiHeapStrip *strip);

/* (nullable): the part under the point. */
const UiHeapPart *ui_heap_strip_hit (const UiHeapStrip *strip, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiHeapStrip, ui_heap_strip_free)

G_END_DECLS
