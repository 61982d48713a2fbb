/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Merges spans that are too short to be seen.
 *
 * A span of at least a pixel passes through as it is. Shorter ones that follow
 * each other with less than a pixel between them become one merged mark that says
 * how many it stands for: nothing vanishes, and nothing pretends to be longer than
 * it was without looking different. Work and output are bound by spans plus
 * pixels. Feed spans of one lane, sorted by begin. */

#include "ui/layout/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  UiRect   rect;
  UiRole   role;
  VmPid    pid;      /* whose; VM_PID_NONE when it is nobody's or several processes' */
  guint    n_folded; /* 1: a span of its own */
  double   cover;    /* share of the mark that its spans really cover, 0..1 */
  guint    index;    /* of the first in the caller's array */
  gboolean is_cut;   /* begins or ends outside the window */
} UiSpan;

typedef struct
{
  GArray  *out; /* UiSpan */
  UiRect   lane;
  double   end; /* px that the lane is filled to */
  gboolean is_open;
  UiSpan   open;
} UiFold;

void ui_fold_begin (UiFold *fold, GArray *out, UiRect lane);

/* A span from @x0 to @x1 (pixels, clipped to the lane). */
void ui_fold_add (UiFold *fold, double x0, double x1, UiRole role, VmPid pid, guint index);
void ui_fold_end (UiFold *fold);

G_END_DECLS
