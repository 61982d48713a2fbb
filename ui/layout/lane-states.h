/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "ui/layout/lanes.h"

G_BEGIN_DECLS

/* Fills the process lanes from index @first_lane on: what each process did when.
 *
 * It runs during its slices. It is runnable from when it was woken, or from the
 * end of a slice that used up its budget, until its next slice. It waits after a
 * slice that ended in a receive, until it is woken. Before it was seen first and
 * after it exited there is nothing. */
void ui_lane_states_add (UiLanes *lanes, const UiLanesInput *input, guint first_lane);

G_END_DECLS
