/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The process graph: every process a house, links, supervision, and letters on their way.
 * Clicking a house chooses its process; arrow keys walk from house to house. */

#include "engine/vm-recording.h"

#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_VILLAGE_VIEW (ui_village_view_get_type ())
G_DECLARE_FINAL_TYPE (UiVillageView, ui_village_view, UI, VILLAGE_VIEW, UiCanvas)

/* @snapshot, @recording: (nullable) (transfer none). @focus: the chosen process. */
void ui_village_view_set_snapshot (UiVillageView *self,
                                   VmSnapshot    *snapshot,
                                   VmRecording   *recording,
                                   VmPid          focus);

G_END_DECLS
