/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The chosen process's memory now, to scale, from the whole of it down to single
 * words. The view says what it wants to know (::words-wanted) and is told.
 *
 * The wheel zooms at the pointer, dragging moves the lane under it, a click chooses
 * a word, a double click goes closer or, on a pointer, to what it points to. Keys:
 * arrows go from word to word, Enter as the double click, Escape chooses nothing. */

#include "engine/vm-recording.h"
#include "engine/vm-words.h"
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

/* (transfer none): the stretch of time that a saved picture shows below, and the
 * moment: of one before now the sizes are shown, without contents. */
void ui_memory_view_set_range (UiMemoryView *self, UiTimeRange *range);

/* What is in sight and chosen; asked for by ::words-wanted. */
void ui_memory_view_fill_words_request (UiMemoryView *self, VmWordsRequest *request);
/* (nullable) (transfer none): the answer. */
void ui_memory_view_set_words (UiMemoryView *self, VmWords *words);

/* VM_AREA_NONE: nothing. Emits ::choice-changed. */
void ui_memory_view_choose (UiMemoryView *self, VmArea area, guint64 offset);
/* FALSE: nothing is chosen. */
gboolean ui_memory_view_get_choice (UiMemoryView *self, VmArea *area, guint64 *offset);
/* Chooses what a root refers to and brings it in sight. @name: as VmRoot's.
 * FALSE: it is not known, or refers to nothing of the process. */
gboolean ui_memory_view_choose_root (UiMemoryView *self,
                                     VmRootKind    kind,
                                     guint         frame,
                                     const char   *name);
/* The same for the first root of @kind and @name, closer, so that words can be read; as
 * soon as the process's words at this moment are known. Where it refers to nothing,
 * nothing is chosen. */
void ui_memory_view_show_root (UiMemoryView *self, VmRootKind kind, const char *name);
/* The chosen word, and the term it belongs to, a line each.
 * (transfer full) (nullable) */
char *ui_memory_view_describe_choice (UiMemoryView *self);

/* What the chosen process is called, into @buffer of @size bytes. */
void ui_memory_view_format_name (UiMemoryView *self, char *buffer, gsize size);

G_END_DECLS
