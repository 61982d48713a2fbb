/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Who holds which bytes off the heaps. The wheel and the arrow keys go through the
 * list; what the chosen process holds is marked. */

#include "engine/vm-binaries.h"
#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_BINARIES_VIEW (ui_binaries_view_get_type ())
G_DECLARE_FINAL_TYPE (UiBinariesView, ui_binaries_view, UI, BINARIES_VIEW, UiCanvas)

/* @binaries: (nullable) (transfer none). @focus: the chosen process. */
void ui_binaries_view_set_binaries (UiBinariesView *self, VmBinaries *binaries, VmPid focus);

G_END_DECLS
