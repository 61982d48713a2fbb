/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process's memory: above, by a switcher, its words to scale, a collection or
 * its binaries; below, what it was over time. The pages and what lies between them
 * are in ui-heap-view.ui; each page is a widget of its own. */

#include "engine/vm-binaries.h"
#include "engine/vm-recording.h"
#include "engine/vm-words.h"
#include "ui/models/ui-time-range.h"
#include "ui/widgets/ui-canvas.h"
#include "ui/widgets/ui-history-pane.h"

G_BEGIN_DECLS

#define UI_TYPE_HEAP_VIEW (ui_heap_view_get_type ())
G_DECLARE_FINAL_TYPE (UiHeapView, ui_heap_view, UI, HEAP_VIEW, GtkWidget)

/* @snapshot, @recording: (nullable) (transfer none). @focus: the chosen process. */
void ui_heap_view_set_snapshot (UiHeapView  *self,
                                VmSnapshot  *snapshot,
                                VmRecording *recording,
                                VmPid        focus);

/* (transfer none): the stretch of time to show */
void ui_heap_view_set_range (UiHeapView *self, UiTimeRange *range);

/* (transfer none): the lower part */
UiHistoryPane *ui_heap_view_get_history (UiHeapView *self);

/* What is to be known of the process's words; asked for by ::words-wanted. */
void ui_heap_view_fill_words_request (UiHeapView *self, VmWordsRequest *request);
/* (nullable) (transfer none): the answer. */
void ui_heap_view_set_words (UiHeapView *self, VmWords *words);

/* Shows and chooses what a root refers to. @name: as VmRoot's. FALSE: nothing. */
gboolean
ui_heap_view_choose_root (UiHeapView *self, VmRootKind kind, guint frame, const char *name);

/* Shows the memory, and the first root of @kind and @name, close enough to read its
 * words, as soon as they are known. */
void ui_heap_view_show_root (UiHeapView *self, VmRootKind kind, const char *name);

/* "memory", "collection" or "binaries"; others are ignored. */
void ui_heap_view_show_page (UiHeapView *self, const char *name);

/* The page in sight; ::page-changed says when it is another. (transfer none) */
const char *ui_heap_view_get_page (UiHeapView *self);

/* @binaries: (nullable) (transfer none). @focus: the chosen process. */
void ui_heap_view_set_binaries (UiHeapView *self, VmBinaries *binaries, VmPid focus);

/* @walk: (nullable) (transfer none): the newest captured collection. */
void ui_heap_view_set_walk (UiHeapView *self, VmGcWalk *walk);

/* (transfer none): the picture that keys and exports are for: the one with the
 * focus, else that of the page in sight. */
UiCanvas *ui_heap_view_get_canvas (UiHeapView *self);

G_END_DECLS
