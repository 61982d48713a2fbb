/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the buttons of a lab's step say. (transfer none), in the user's language. */

#include "app/lab/app-lab.h"

G_BEGIN_DECLS

/* A format for @n: "Step %u lines", "Next collection". */
const char *app_step_unit_to_string (VmStepUnit unit, guint n);
/* "Show the heap". */
const char *app_step_view_to_string (AppLabView view);

G_END_DECLS
