/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The schedulers' timelines: a lane per scheduler with what it ran, the length of
 * its run queue under it, and below them a lane per process with what it did:
 * ran, was runnable and had to wait for a scheduler, or waited for a message.
 *
 * All lanes scroll together; only those in sight are laid out. */

#include "engine/vm-recording.h"
#include "ui/layout/axis.h"
#include "ui/layout/fold.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

/* A run queue's length from this moment on. */
typedef struct
{
  gint64  t_ns;
  guint16 scheduler; /* from 1 */
  guint32 length;
} UiQueuePoint;

/* A process became runnable. */
typedef struct
{
  gint64 t_ns;
  VmPid  pid;
} UiWake;

/* All arrays sorted by time. Slices and collections: those that touch the window;
 * queue points and wakes may begin before it. */
typedef struct
{
  guint               n_schedulers;
  const VmSlice      *slices;
  guint               n_slices;
  const VmCollection *collections;
  guint               n_collections;
  const UiQueuePoint *queues;
  guint               n_queues;
  const UiWake       *wakes;
  guint               n_wakes;
  const VmPid        *pids; /* (array length=n_pids): the processes' lanes, top to bottom */
  guint               n_pids;
  UiNameFunc          get_name;
  gpointer            name_data;
  double              from_ns, to_ns; /* the window; now is where the recording ends */
  double              end_ns;
  double              scroll_y;
  VmPid               selected;  /* or VM_PID_NONE */
  gint64              cursor_ns; /* G_MININT64: none */
} UiLanesInput;

typedef struct
{
  UiRect   rect;      /* the lane itself, without its name */
  guint    scheduler; /* 0: a process's lane */
  VmPid    pid;
  gboolean is_selected;
} UiLane;

/* A process that went on, on another scheduler than before. */
typedef struct
{
  UiRect from; /* the end of the slice it comes from; w = 0 and h = 0: out of sight */
  double x, y; /* where it went on: the middle of the lane */
  VmPid  pid;
  guint  n; /* more than 1: others follow too close to be marked */
} UiMigration;

typedef struct
{
  UiRect   area;
  UiRect   plot; /* the lanes' clip; the ruler is under it */
  UiAxis   time;
  double   content_h;   /* of all lanes: scroll_y may go to content_h - plot.h */
  GArray  *lanes;       /* UiLane */
  GArray  *spans;       /* UiSpan; in drawing order */
  GArray  *collections; /* UiSpan; over them */
  GArray  *queues;      /* UiSpan: bars standing on their strip's ground */
  GArray  *migrations;  /* UiMigration */
  double   end_x;       /* the recording ends here: right of it is not known */
  gboolean has_cursor;
  double   cursor_x;
  UiRect   cursor_flag;
  UiRuler  ruler;
  UiLegend legend;
  UiLabels labels;      /* names, in the gutter */
  UiLabels span_labels; /* on slices */
} UiLanes;

typedef enum
{
  UI_LANES_NOTHING,
  UI_LANES_SPAN,
  UI_LANES_COLLECTION,
  UI_LANES_LANE
} UiLanesHitKind;

typedef struct
{
  UiLanesHitKind kind;
  const UiSpan  *span; /* (nullable) */
  const UiLane  *lane; /* (nullable) */
  gint64         t_ns;
} UiLanesHit;

UiLanes *ui_lanes_new (const UiLanesInput *input, UiRect area, const UiMeasure *measure);
void     ui_lanes_free (UiLanes *lanes);

/* FALSE outside the plot and its gutter. */
gboolean ui_lanes_hit (const UiLanes *lanes, double x, double y, UiLanesHit *hit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiLanes, ui_lanes_free)

G_END_DECLS
