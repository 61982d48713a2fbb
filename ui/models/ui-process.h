/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A row of a list of processes: a thin view of one process of a snapshot, made
 * when a list asks for it. */

#include "engine/vm-snapshot.h"
#include <glib-object.h>

G_BEGIN_DECLS

#define UI_TYPE_SNAPSHOT (ui_snapshot_get_type ())
GType ui_snapshot_get_type (void);

#define UI_TYPE_PROCESS (ui_process_get_type ())
G_DECLARE_FINAL_TYPE (UiProcess, ui_process, UI, PROCESS, GObject)

UiProcess *ui_process_new (const VmProcessInfo *info);

VmPid ui_process_get_pid (UiProcess *self);
/* "sorter <0.80.0>": what a person calls it. (transfer none) */
const char *ui_process_get_title (UiProcess *self);
/* "lists:sort/1, waiting" (transfer none) */
const char *ui_process_get_subtitle (UiProcess *self);

/* "runnable", "waiting" …, translated. (transfer none) */
const char *ui_process_state_to_string (VmProcessState state);

G_END_DECLS
