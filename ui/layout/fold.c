/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/fold.h"

#define FOLD_BELOW 1.0 /* px */
#define MARK_MIN   2.0 /* px: so that a lone short span is seen */

void
ui_fold_begin (UiFold *fold, GArray *out, UiRect lane)
{
  *fold = (UiFold){ .out = out, .lane = lane, .end = lane.x };
}

void
ui_fold_end (UiFold *fold)
{
  if (!fold->is_open)
    return;

  UiSpan *open = &fold->open;

  if (open->rect.w < MARK_MIN)
    open->rect.w = MIN (MARK_MIN, fold->lane.x + fold->lane.w - open->rect.x);
  open->cover = CLAMP (open->cover / MAX (open->rect.w, 1e-9), 0, 1);
  fold->end = MAX (fold->end, open->rect.x + open->rect.w);
  g_array_append_val (fold->out, *open);
  fold->is_open = FALSE;
}

static void
open_mark (UiFold *fold, double x0, double x1, UiRole role, VmPid pid, guint index)
{
  fold->is_open = TRUE;
  fold->open = (UiSpan){
    .rect = { MAX (x0, fold->end), fold->lane.y, 0, fold->lane.h },
    .role = role,
    .pid = pid,
    .n_folded = 1,
    .cover = x1 - x0, /* px, until it is closed */
    .index = index,
  };
  fold->open.rect.w = MAX (0, x1 - fold->open.rect.x);
}

void
ui_fold_add (UiFold *fold, double x0, double x1, UiRole role, VmPid pid, guint index)
{
  double   right = fold->lane.x + fold->lane.w;
  gboolean is_cut = x0 < fold->lane.x || x1 > right;

  x0 = MAX (x0, fold->lane.x);
  x1 = MIN (x1, right);
  if (x1 < x0)
    return;

  if (x1 - x0 < FOLD_BELOW && !is_cut)
    {
      UiSpan *open = &fold->open;

      if (fold->is_open && x0 - (open->rect.x + MAX (open->rect.w, MARK_MIN)) < FOLD_BELOW)
        {
          open->rect.w = MAX (open->rect.w, x1 - open->rect.x);
          open->n_folded++;
          open->cover += x1 - x0;
          if (open->pid != pid)
            open->pid = VM_PID_NONE;
          if (open->role != role)
            open->role = UI_ROLE_FOLDED;
          return;
        }
      ui_fold_end (fold);
      open_mark (fold, x0, x1, role, pid, index);
      return;
    }

  ui_fold_end (fold);

  double from = MAX (x0, fold->end);
  UiSpan span = {
    .rect = { from, fold->lane.y, x1 - from, fold->lane.h },
    .role = role,
    .pid = pid,
    .n_folded = 1,
    .cover = 1,
    .index = index,
    .is_cut = is_cut,
  };

  /* a mark widened for its own sake may not swallow what follows */
  if (span.rect.w < FOLD_BELOW)
    span.rect = (UiRect){ x0, fold->lane.y, x1 - x0, fold->lane.h };
  g_array_append_val (fold->out, span);
  fold->end = MAX (fold->end, x1);
}
