/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The chosen process's memory over time, or that of many processes.
 *
 * Dragging moves the playhead: the moment of the time range. Left and Right go to the
 * next measurement, Up and Down to the next collection, Home and End to the ends.
 * Unless zoomed, the process's life is shown. */

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

/* (nullable) (transfer none): of UiBookmark, sorted */
void ui_history_view_set_bookmarks (UiHistoryView *self, GListModel *bookmarks);

void          ui_history_view_set_form (UiHistoryView *self, UiHistoryForm form);
UiHistoryForm ui_history_view_get_form (UiHistoryView *self);

/* The playhead goes to the end of the next collection, or the one before. FALSE:
 * there is none. */
gboolean ui_history_view_step_collection (UiHistoryView *self, gboolean forward);

G_END_DECLS
