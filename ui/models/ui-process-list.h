/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The processes of a snapshot as a GListModel of UiProcess; rows are made on
 * demand. Named processes come first, the system's last. */

#include "ui/models/ui-process.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define UI_TYPE_PROCESS_LIST (ui_process_list_get_type ())
G_DECLARE_FINAL_TYPE (UiProcessList, ui_process_list, UI, PROCESS_LIST, GObject)

UiProcessList *ui_process_list_new (void);

/* (transfer none) (nullable): keeps a reference to @snapshot. */
void ui_process_list_set_snapshot (UiProcessList *self, VmSnapshot *snapshot);

/* Position of @pid, or GTK's "invalid position" G_MAXUINT. */
guint ui_process_list_find (UiProcessList *self, VmPid pid);
VmPid ui_process_list_get_pid (UiProcessList *self, guint position);

G_END_DECLS
