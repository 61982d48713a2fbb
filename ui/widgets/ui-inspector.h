/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The inside of one process as lists: state, place, memory, registers, stack,
 * mailbox, links, dictionary. Everything can be copied. */

#include "engine/vm-snapshot.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define UI_TYPE_INSPECTOR (ui_inspector_get_type ())
G_DECLARE_FINAL_TYPE (UiInspector, ui_inspector, UI, INSPECTOR, AdwBin)

GtkWidget *ui_inspector_new (void);

/* @snapshot: (nullable) (transfer none). @pid: whom to show; its inside is shown
 * when the snapshot's focus is the same. */
void ui_inspector_set_snapshot (UiInspector *self, VmSnapshot *snapshot, VmPid pid);

G_END_DECLS
