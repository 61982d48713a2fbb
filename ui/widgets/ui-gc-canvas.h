/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The picture of one moment of a captured collection. */

#include "ui/layout/gc-replay.h"
#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_GC_CANVAS (ui_gc_canvas_get_type ())
G_DECLARE_FINAL_TYPE (UiGcCanvas, ui_gc_canvas, UI, GC_CANVAS, UiCanvas)

/* @walk: (nullable) (transfer none): begins at its begin. */
void ui_gc_canvas_set_walk (UiGcCanvas *self, VmGcWalk *walk);

/* (nullable) (transfer none): where it stands. */
const UiGcReplay *ui_gc_canvas_get_replay (UiGcCanvas *self);

/* Emits ::step-changed when it is another. */
void ui_gc_canvas_set_step (UiGcCanvas *self, guint step);

/* What the left and right arrow keys go by. */
void ui_gc_canvas_set_unit (UiGcCanvas *self, UiGcStepUnit unit);

G_END_DECLS
