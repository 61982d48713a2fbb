/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One moment of a captured collection: roots, the block that is copied from, the
 * block that is copied to and the old block, all with cells of one size, so that
 * they can be compared; beside them why it happens, above them what was done last.
 *
 * A cell is one word with its value where they fit, else one word, else several
 * (said in place). Cells keep their places through the whole walk. */

#include "ui/layout/gc-replay.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

typedef enum
{
  UI_GC_CELL_FREE,
  UI_GC_CELL_THERE,   /* not moved (yet) */
  UI_GC_CELL_MARK,    /* a forwarding mark */
  UI_GC_CELL_MOVED,   /* the rest of what was moved */
  UI_GC_CELL_GARBAGE, /* nobody reached it */
  UI_GC_CELL_COPIED,  /* not scanned yet */
  UI_GC_CELL_SCANNED,
  UI_GC_CELL_UNKNOWN, /* not listed */
  UI_N_GC_CELLS
} UiGcCellState;

typedef struct
{
  UiRect        rect;
  VmSpace       space;
  guint64       first; /* word */
  guint64       n;     /* words; of a free one in text mode perhaps many */
  UiRole        role;
  UiGcCellState state;
  gboolean      is_gone; /* its block was given up */
} UiGcCell;

typedef struct
{
  VmSpace  space;
  UiRect   rect; /* of the cells */
  guint    columns;
  double   cell_w, cell_h;
  guint64  fold;      /* words a cell */
  guint64  n_words;   /* places for so many */
  guint64  collapsed; /* free words that one cell at the end stands for; 0: none */
  gboolean exists;
  gboolean has_text;
} UiGcBand;

typedef struct
{
  double   x1, y1, x2, y2;
  gboolean is_move; /* else: what the slot refers to */
} UiGcArrow;

typedef struct
{
  double   x, y, h;
  gboolean is_scan; /* else the free pointer */
} UiGcMarker;

typedef struct
{
  UiRect   area;
  UiRect   panel; /* the reasons; w = 0: there was no room */
  gboolean has_text;
  guint64  fold;
  GArray  *bands;   /* UiGcBand */
  GArray  *cells;   /* UiGcCell */
  GArray  *arrows;  /* UiGcArrow */
  GArray  *markers; /* UiGcMarker */
  GArray  *chosen;  /* UiRect: what the last action was about */
  UiLegend legend;
  UiLabels labels;
} UiGcPicture;

UiGcPicture *ui_gc_picture_new (const UiGcReplay *replay, UiRect area, const UiMeasure *measure);
void         ui_gc_picture_free (UiGcPicture *picture);

/* (nullable): the cell under the point. */
const UiGcCell *ui_gc_picture_hit (const UiGcPicture *picture, double x, double y);

/* What is said of @cell. (transfer full) */
char *ui_gc_picture_describe_cell (const UiGcReplay *replay, const UiGcCell *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiGcPicture, ui_gc_picture_free)

G_END_DECLS
