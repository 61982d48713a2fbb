/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Run, pause, step, speed, and the time axis under them. The buttons activate
 * actions of the group "lab": run-pause, restart, step, step-<unit>, step-focused,
 * speed; whoever hosts the bar provides that group. */

#include "engine/vm-control.h"
#include "ui/widgets/ui-time-axis.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define UI_TYPE_TRANSPORT (ui_transport_get_type ())
G_DECLARE_FINAL_TYPE (UiTransport, ui_transport, UI, TRANSPORT, AdwBin)

/* @status: (nullable): no machine */
void ui_transport_set_status (UiTransport *self, const VmStatus *status);
void ui_transport_set_step_unit (UiTransport *self, VmStepUnit unit);
/* @speed: the target of "lab.speed": "full", "1ms" … */
void        ui_transport_set_speed (UiTransport *self, const char *speed);
UiTimeAxis *ui_transport_get_axis (UiTransport *self);

/* "Paused: the step is done", in plain words. (transfer full) */
char *ui_transport_describe (const VmStatus *status);

G_END_DECLS
