/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The chosen process's memory now, to scale, above its history over time. */

#include "engine/vm-recording.h"
#include "ui/models/ui-time-range.h"
#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_HEAP_VIEW (ui_heap_view_get_type ())
G_DECLARE_FINAL_TYPE (UiHeapView, ui_heap_view, UI, HEAP_VIEW, UiCanvas)

/* @snapshot, @recording: (nullable) (transfer none). @focus: the chosen process. */
void ui_heap_view_set_snapshot (UiHeapView  *self,
                                VmSnapshot  *snapshot,
                                VmRecording *recording,
                                VmPid        focus);

/* (transfer none): the stretch of time to show */
void ui_heap_view_set_range (UiHeapView *self, UiTimeRange *range);

G_END_DECLS
