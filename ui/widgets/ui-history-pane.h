/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The history with its bar: which moment is looked at, the way back to where
 * the machine stands, the form, collections, bookmarks. What concerns more than
 * the picture (bookmarking, comparing) are actions of the group "lab". */

#include "ui/models/ui-bookmark.h"
#include "ui/widgets/ui-history-view.h"

G_BEGIN_DECLS

#define UI_TYPE_HISTORY_PANE (ui_history_pane_get_type ())
G_DECLARE_FINAL_TYPE (UiHistoryPane, ui_history_pane, UI, HISTORY_PANE, GtkWidget)

UiHistoryView *
ui_history_pane_get_view (UiHistoryPane *self); /* (transfer none) */

/* (transfer none): also the view's */
void ui_history_pane_set_range (UiHistoryPane *self, UiTimeRange *range);

/* (nullable) (transfer none): of UiBookmark, sorted; also the view's.
 * ::bookmark-activated and ::bookmark-removed (UiBookmark *) tell what the user
 * does in the list. */
void ui_history_pane_set_bookmarks (UiHistoryPane *self, GListModel *bookmarks);

G_END_DECLS
