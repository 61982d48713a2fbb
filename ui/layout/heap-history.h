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
 * Under it, where there is something to see, stand two lanes with scales of their
 * own: the bytes of binaries off the heap, and how many messages wait.
 *
 * The stacked form puts all words that are the process's on one another on one
 * scale: old, survived, fresh, stack, fragments, waiting messages, what is committed
 * but free, and on top the binaries it refers to.
 *
 * Between two samples memory may have grown while the process ran: the line is
 * drawn straight there. While it did not run, and across a collection, it holds
 * its value and then jumps: nothing is invented that was not measured.
 *
 * Where a pixel would hold several measurements, it shows the fullest of them as it
 * was, and how far down the young heap went meanwhile, faintly. */

#include "engine/vm-recording.h"
#include "ui/layout/axis.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

typedef enum
{
  UI_HISTORY_BLOCKS,    /* the strip, standing */
  UI_HISTORY_STACKED,   /* all on one another */
  UI_HISTORY_PROCESSES, /* many processes: heap-many.h */
} UiHistoryForm;

/* A bookmark. */
typedef struct
{
  gint64      t_ns;
  const char *text;
} UiHistoryPin;

/* How far the scales reach at least: the same for pictures that are compared. */
typedef struct
{
  double young; /* words above the line */
  double old;   /* below it */
  double stacked;
  double binary_bytes;
  double n_messages;
} UiHistoryScale;

typedef struct
{
  const VmHeapSample     *samples; /* (array length=n_samples): sorted by time */
  guint                   n_samples;
  const VmCollectionFold *folds; /* of the process, sorted by begin */
  guint                   n_folds;
  const VmSlice          *slices; /* of the process, sorted by begin; may be none */
  guint                   n_slices;
  const UiHistoryPin     *pins; /* (nullable): sorted by time */
  guint                   n_pins;
  const UiHistoryScale   *least; /* (nullable) */
  UiHistoryForm           form;
  gint64                  from_ns; /* what is shown: [from_ns, to_ns) */
  gint64                  to_ns;
  gint64                  end_ns;    /* nothing is known from here on; 0: all of it is */
  gint64                  cursor_ns; /* the moment that is looked at; G_MININT64: none */
  gint64                  now_ns;    /* where the machine stands, when that is another; or
                                      * G_MININT64 */
  gboolean is_under_strip;           /* a UiHeapStrip above it has named the areas */
} UiHeapHistoryInput;

#define UI_HEAP_HISTORY_INPUT_INIT                               \
  {                                                              \
    .to_ns = 1000, .cursor_ns = G_MININT64, .now_ns = G_MININT64 \
  }

/* The lines between areas. */
typedef enum
{
  UI_BORDER_ZERO,
  UI_BORDER_SURVIVED, /* top of what survived */
  UI_BORDER_USED,     /* top of the young heap */
  UI_BORDER_LOW,      /* the lowest that it had in this column, where several are one */
  UI_BORDER_STACK,    /* the stack's end; stacked: its top */
  UI_BORDER_BLOCK,    /* the young block's top; stacked: the top of all that is committed */
  UI_BORDER_FRAGMENT, /* top of the fragments, which stand on the block */
  UI_BORDER_MESSAGE,  /* top of waiting messages outside the heap */
  UI_BORDER_OLD,      /* bottom of the old heap; stacked: its top */
  UI_BORDER_OLD_BLOCK,
  UI_BORDER_BINARY, /* top of the binaries: in their lane, or on top of all */
  UI_BORDER_BINARY_ZERO,
  UI_BORDER_MAILBOX, /* how many wait, in their lane */
  UI_BORDER_MAILBOX_ZERO,
  UI_N_BORDERS
} UiBorder;

/* One corner of the areas: where each border lies, in pixels. */
typedef struct
{
  double x;
  double y[UI_N_BORDERS];
} UiHeapPoint;

/* An area: what lies between two borders. */
typedef struct
{
  UiRole   role;
  UiBorder upper;
  UiBorder lower;
  gboolean is_faint; /* it was there some of the time */
} UiHeapBand;

/* One collection, or several that lie too close to be told apart. */
typedef struct
{
  double  x;
  double  x_to; /* its end: as long as it took, or as the last folded one */
  gint64  begin_ns;
  gint64  end_ns;
  guint   n_minor;
  guint   n_major;
  guint64 reclaimed_words;
  gint64  gc_ns; /* spent in all of them */
  guint   first; /* index of the first in the input */
} UiHeapMark;

typedef struct
{
  double x;
  guint  index; /* in the input */
} UiHeapPin;

enum
{
  UI_LANE_BINARIES,
  UI_LANE_MAILBOX,
  UI_N_LANES
};

typedef struct
{
  UiRect            area;
  UiRect            plot;
  UiRect            marks_lane; /* above the plot */
  double            zero_y;
  UiAxis            time;
  UiAxis            words;             /* words above the zero line; old ones are negative */
  UiRect            lanes[UI_N_LANES]; /* h = 0: not there */
  UiAxis            lane_axes[UI_N_LANES];
  GArray           *points;   /* UiHeapPoint */
  gboolean          is_dense; /* from each point to the next it is a step: nothing rises between */
  const UiHeapBand *bands;    /* in the order in which they are painted */
  guint             n_bands;
  GArray           *marks; /* UiHeapMark */
  GArray           *pins;  /* UiHeapPin */
  gboolean          has_cursor;
  double            cursor_x;
  UiRect            cursor_flag;
  gboolean          has_now;
  double            now_x;
  UiHistoryForm     form;
  UiRuler           time_ruler;
  UiRuler           words_ruler;
  UiLegend          legend;
  UiLabels          labels;
} UiHeapHistory;

typedef struct
{
  const UiHeapMark *mark; /* (nullable) */
  int               pin;  /* index in the input; -1 = none */
  gint64            t_ns;
  int               sample; /* the last one at or before t_ns; -1 = none */
} UiHeapHistoryHit;

/* How far the scales of @input reach by themselves; widens @scale to hold both. */
void ui_heap_history_widen_scale (const UiHeapHistoryInput *input, UiHistoryScale *scale);

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
