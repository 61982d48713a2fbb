/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The lab's programs, read-only, with the line marked that the chosen process
 * is about to run. */

#include <adwaita.h>

G_BEGIN_DECLS

#define UI_TYPE_SOURCE_VIEW (ui_source_view_get_type ())
G_DECLARE_FINAL_TYPE (UiSourceView, ui_source_view, UI, SOURCE_VIEW, AdwBin)

void ui_source_view_clear (UiSourceView *self);
/* Adds the file @path; FALSE with @error when it cannot be read. */
gboolean ui_source_view_add_file (UiSourceView *self, const char *path, GError **error);

/* Shows the file whose name ends like @file; FALSE when there is none. */
gboolean ui_source_view_show_file (UiSourceView *self, const char *file);

/* Marks @line (from 1; 0 = none) of the file whose name ends like @file
 * (nullable), and shows it. Nothing is marked when the file is none of the lab's. */
void ui_source_view_set_line (UiSourceView *self, const char *file, guint line);

G_END_DECLS
