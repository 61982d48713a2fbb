/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The village: every process a house, standing in the yard of the one that
 * spawned it. The picture fits its area at zoom 1; text keeps its size while the
 * houses shrink, and leaves when it has no room, so that five processes show all
 * there is to say and two thousand still show who is busy.
 *
 * Beyond `max_nodes`, processes alike (same parent, same entry, no children, no
 * name) are told as one house with a count. Those that the snapshot does not
 * list are told as a number, never silently left out.
 *
 * The layout borrows the snapshot: it must outlive it. */

#include "engine/vm-recording.h"
#include "engine/vm-snapshot.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y;
} UiPoint;

typedef struct
{
  const VmSnapshot *snapshot;
  const VmSend     *sends; /* (array length=n_sends): sorted by time */
  guint             n_sends;
  gint64            now_ns;
  gint64            flight_ns; /* how long a letter is shown on its way; > 0 */
  VmPid             selected;  /* or VM_PID_NONE */
  gboolean          show_system;
  guint             max_nodes;    /* 0 = 2500 */
  double            zoom;         /* 1: all of it fits */
  double            pan_x, pan_y; /* px */
} UiVillageInput;

typedef struct
{
  VmPid                pid;    /* of a group: its first member; VM_PID_NONE: not listed ones */
  const VmProcessInfo *info;   /* (nullable): as pid */
  int                  parent; /* index of the node whose yard it stands in, or -1 */
  UiRect               cell;
  double               x, y, r; /* the house */
  double               fill;    /* used of committed words, 0..1 */
  UiRole               state;
  gboolean             is_selected;
  guint                n_members;  /* 1; more: a group */
  guint                n_messages; /* in all mailboxes of the node */
  UiRect               badge;      /* of the mailbox; w = 0: none */
} UiVillageNode;

/* A line with corners, or a curve through a point when it is not in the tree. */
typedef struct
{
  UiRole   role;     /* LINK, MONITOR, PARENT */
  int      from, to; /* nodes */
  guint    n;
  UiPoint  points[6]; /* curves: from, control, to */
  gboolean is_curve;
} UiVillageEdge;

typedef struct
{
  double x, y;
  int    from, to;
  guint  n;        /* letters that lie on each other */
  double progress; /* 0..1 */
} UiVillageLetter;

typedef struct
{
  UiRect   area;
  UiRect   plot;
  double   scale;   /* px a unit; 1: houses at full size */
  GArray  *nodes;   /* UiVillageNode */
  GArray  *yards;   /* UiRect */
  GArray  *edges;   /* UiVillageEdge */
  GArray  *flights; /* UiVillageEdge: the ways of the letters */
  GArray  *letters; /* UiVillageLetter */
  guint    n_hidden_system;
  guint    n_unseen_letters; /* from or to nobody in the picture */
  UiLegend legend;
  UiLabels labels;
} UiVillage;

UiVillage *ui_village_new (const UiVillageInput *input, UiRect area, const UiMeasure *measure);
void       ui_village_free (UiVillage *village);

/* (nullable): the house at the point, the nearest one within its cell. */
const UiVillageNode *ui_village_hit (const UiVillage *village, double x, double y);

/* (nullable): the house of @pid, or the group that it is the first of. */
const UiVillageNode *ui_village_find (const UiVillage *village, VmPid pid);

/* The zoom and pan after zooming by @factor around (@x, @y). */
void ui_village_zoom (
  const UiVillage *village, UiVillageInput *input, double x, double y, double factor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiVillage, ui_village_free)

G_END_DECLS
