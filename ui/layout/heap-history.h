/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process's memory over time. Read it as the strip of heap-strip.h, standing
 * upright at every moment:
 *
 *     reclaimed      v            -88 V        collections: minor v, major V
 *     young   ____________________
 *            |#stack##############|____        the block's top: the stack hangs from it
 *            |                    |####
 *            |   /|  free     /|  |            what it holds rises from the line;
 *            |__/_|__________/_|__|____        below the high-water mark it survived
 *     -------+-------------------------- 0
 *     old    |_____####|                       the old heap grows downwards, same scale
 *
 * Between two samples memory may have grown while the process ran: the line is
 * drawn straight there. While it did not run, and across a collection, it holds
 * its value and then jumps: nothing is invented that was not measured. */

#include "engine/vm-recording.h"
#include "ui/layout/axis.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

typedef struct
{
  const VmHeapSample *samples; /* (array length=n_samples): sorted by time */
  guint               n_samples;
  const VmCollection *collections; /* of the process, sorted by begin */
  guint               n_collections;
  const VmSlice      *slices; /* of the process, sorted by begin; may be none */
  guint               n_slices;
  gint64              from_ns; /* what is shown: [from_ns, to_ns) */
  gint64              to_ns;
  gint64              cursor_ns;      /* G_MININT64: no cursor */
  gboolean            is_under_strip; /* a UiHeapStrip above it has named the areas */
} UiHeapHistoryInput;

/* One corner of the areas: where each border lies, y in pixels. */
typedef struct
{
  double x;
  double survived; /* top of what survived */
  double used;     /* top of the young heap */
  double stack;    /* the stack's end */
  double block;    /* the young block's top */
  double fragment; /* top of the fragments, which stand on the block */
  double old;      /* bottom of the old heap */
  double old_block;
} UiHeapPoint;

/* One collection, or several that lie too close to be told apart. */
typedef struct
{
  double  x;
  double  x_to; /* its end: as long as it took, or as the last folded one */
  guint   n_minor;
  guint   n_major;
  guint64 reclaimed_words;
  guint   first; /* index of the first in the input */
} UiHeapMark;

typedef struct
{
  UiRect   area;
  UiRect   plot;
  UiRect   marks_lane; /* above the plot */
  double   zero_y;
  UiAxis   time;
  UiAxis   words;  /* words above the zero line; old ones are negative */
  GArray  *points; /* UiHeapPoint */
  GArray  *marks;  /* UiHeapMark */
  gboolean has_cursor;
  double   cursor_x;
  UiRect   cursor_flag;
  UiRuler  time_ruler;
  UiRuler  words_ruler;
  UiLegend legend;
  UiLabels labels;
} UiHeapHistory;

typedef struct
{
  const UiHeapMark *mark; /* (nullable) */
  gint64            t_ns;
  int               sample; /* the last one at or before t_ns; -1 = none */
} UiHeapHistoryHit;

UiHeapHistory      *
ui_heap_history_new (const UiHeapHistoryInput *input, UiRect area, const UiMeasure *measure);
void ui_heap_history_free (UiHeapHistory *history);

/* FALSE outside the plot. */
gboolean ui_heap_history_hit (const UiHeapHistory      *history,
                              const UiHeapHistoryInput *input,
                              double                    x,
                              double                    y,
                              UiHeapHistoryHit         *hit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiHeapHistory, ui_heap_history_free)

G_END_DECLS
