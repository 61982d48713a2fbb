/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The chosen process's memory now, to scale. */

#include "engine/vm-recording.h"
#include "ui/models/ui-time-range.h"
#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_MEMORY_VIEW (ui_memory_view_get_type ())
G_DECLARE_FINAL_TYPE (UiMemoryView, ui_memory_view, UI, MEMORY_VIEW, UiCanvas)

/* @snapshot, @recording: (nullable) (transfer none). @focus: the chosen process. */
void ui_memory_view_set_snapshot (UiMemoryView *self,
                                  VmSnapshot   *snapshot,
                                  VmRecording  *recording,
                                  VmPid         focus);

/* (transfer none): the stretch of time that a saved picture shows below */
void ui_memory_view_set_range (UiMemoryView *self, UiTimeRange *range);

/* What the chosen process is called, into @buffer of @size bytes. */
void ui_memory_view_format_name (UiMemoryView *self, char *buffer, gsize size);

G_END_DECLS
