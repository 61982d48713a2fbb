/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The chosen process's memory over time. */

#include "engine/vm-recording.h"
#include "ui/models/ui-time-range.h"
#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_HISTORY_VIEW (ui_history_view_get_type ())
G_DECLARE_FINAL_TYPE (UiHistoryView, ui_history_view, UI, HISTORY_VIEW, UiCanvas)

/* @snapshot, @recording: (nullable) (transfer none). @focus: the chosen process. */
void ui_history_view_set_snapshot (UiHistoryView *self,
                                   VmSnapshot    *snapshot,
                                   VmRecording   *recording,
                                   VmPid          focus);

/* (transfer none): the stretch of time to show */
void ui_history_view_set_range (UiHistoryView *self, UiTimeRange *range);

G_END_DECLS
