/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A moment that somebody wants to come back to. A list of them is a GListStore
 * sorted by ui_bookmark_compare(). */

#include <gio/gio.h>

G_BEGIN_DECLS

#define UI_TYPE_BOOKMARK (ui_bookmark_get_type ())
G_DECLARE_FINAL_TYPE (UiBookmark, ui_bookmark, UI, BOOKMARK, GObject)

/* @process: (nullable): the name of the process looked at. @run: (nullable): the
 * knobs of the run, as a person reads them; NULL = as the lab has them. */
UiBookmark *
ui_bookmark_new (gint64 moment_ns, const char *process, const char *run, const char *note);

gint64      ui_bookmark_get_moment (UiBookmark *self);  /* ns of the machine's clock */
const char *ui_bookmark_get_process (UiBookmark *self); /* (nullable) */
const char *ui_bookmark_get_run (UiBookmark *self);     /* (nullable) */
const char *ui_bookmark_get_note (UiBookmark *self);    /* never NULL */
/* Emits ::notify for "note". */
void ui_bookmark_set_note (UiBookmark *self, const char *note);

/* A GCompareDataFunc: by moment. */
int ui_bookmark_compare (gconstpointer a, gconstpointer b, gpointer data);

G_END_DECLS
