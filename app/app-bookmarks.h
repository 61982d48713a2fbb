/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Bookmarks of a lab, kept from run to run in a key file of the user's. A file
 * that cannot be read is put aside, not overwritten, and the list begins anew.
 */

#include "ui/models/ui-bookmark.h"

G_BEGIN_DECLS

/* Of lab @id, sorted by moment. @folder: (nullable): NULL = the user's own.
 * @damaged: (out) (optional) (transfer full): where a file that could not be
 * read was put aside, or NULL. (transfer full) (element-type UiBookmark) */
GListStore *app_bookmarks_load (const char *folder, const char *id, char **damaged);

/* Errors: `G_FILE_ERROR`. */
gboolean app_bookmarks_save (GListModel *bookmarks,
                             const char *folder,
                             const char *id,
                             GError    **error);

G_END_DECLS
