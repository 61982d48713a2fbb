/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What every scheduler ran, and what every process did, over time. Clicking a slice
 * chooses its process; Up and Down walk over the lanes' processes. */

#include "engine/vm-recording.h"
#include "ui/models/ui-time-range.h"
#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_SCHEDULERS_VIEW (ui_schedulers_view_get_type ())
G_DECLARE_FINAL_TYPE (UiSchedulersView, ui_schedulers_view, UI, SCHEDULERS_VIEW, UiCanvas)

/* @snapshot, @recording: (nullable) (transfer none). @focus: the chosen process. */
void ui_schedulers_view_set_snapshot (UiSchedulersView *self,
                                      VmSnapshot       *snapshot,
                                      VmRecording      *recording,
                                      VmPid             focus);

/* (transfer none): the stretch of time to show */
void ui_schedulers_view_set_range (UiSchedulersView *self, UiTimeRange *range);

G_END_DECLS
