/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Beside a collection's picture: why it came, why it was what it was, what it came to. */

#include "engine/vm-gc-walk.h"
#include "ui/layout/geometry.h"

G_BEGIN_DECLS

/* Into @panel as many of the sentences as have room. */
void
ui_gc_panel_add (const VmGcWalk *walk, UiLabels *labels, const UiMeasure *measure, UiRect panel);

G_END_DECLS
