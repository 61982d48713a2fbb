/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The list of bookmarks: each with its moment and process, a note that can be
 * rewritten in place, and a button that takes it away.
 *
 * Signals: ::activated (UiBookmark *): go there; ::removed (UiBookmark *): the
 * user wants it gone: the owner of the list takes it out. */

#include "ui/models/ui-bookmark.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_BOOKMARKS (ui_bookmarks_get_type ())
G_DECLARE_FINAL_TYPE (UiBookmarks, ui_bookmarks, UI, BOOKMARKS, GtkWidget)

/* (nullable) (transfer none): of UiBookmark */
void ui_bookmarks_set_model (UiBookmarks *self, GListModel *model);

G_END_DECLS
