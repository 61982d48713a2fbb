/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The whole recording in one line: collections marked (major ones taller), the
 * stretch that the timelines show, where the machine stands, and the moment looked at,
 * which follows the pointer and the arrows. The wheel and + and - make the stretch
 * longer or shorter, Shift and dragging move it, 0 shows all. */

#include "engine/vm-recording.h"
#include "ui/models/ui-time-range.h"
#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_TIME_AXIS (ui_time_axis_get_type ())
G_DECLARE_FINAL_TYPE (UiTimeAxis, ui_time_axis, UI, TIME_AXIS, UiCanvas)

/* @range: (transfer none): the stretch shared with the timelines */
void ui_time_axis_set_range (UiTimeAxis *self, UiTimeRange *range);

/* @recording: (nullable) (transfer none). @now_ns: the current moment. @focus: the
 * process whose collections are drawn strongest. */
void
ui_time_axis_set_recording (UiTimeAxis *self, VmRecording *recording, gint64 now_ns, VmPid focus);

G_END_DECLS
