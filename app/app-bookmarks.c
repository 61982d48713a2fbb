/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-bookmarks.h"

#include <glib/gstdio.h>

#define MAX_BOOKMARKS  1000
#define MAX_NOTE_CHARS 500
#define GROUP          "bookmark "

static char *
make_path (const char *folder, const char *id)
{
  g_autofree char *safe = g_uri_escape_string (id, " ", TRUE);
  g_autofree char *name = g_strconcat (safe, ".ini", NULL);

  if (folder != NULL)
    return g_build_filename (folder, "bookmarks", name, NULL);
  return g_build_filename (g_get_user_data_dir (), "beamlab", "bookmarks", name,
                           NULL);
}

/* NULL: the group is no bookmark. */
static UiBookmark *
read_bookmark (GKeyFile *file, const char *group)
{
  g_autoptr (GError) error = NULL;
  gint64           moment_ns = g_key_file_get_int64 (file, group, "moment", &error);
  g_autofree char *process = NULL, *run = NULL, *note = NULL, *whole = NULL;

  if (!g_str_has_prefix (group, GROUP) || error != NULL || moment_ns < 0)
    return NULL;
  process = g_key_file_get_string (file, group, "process", NULL);
  run = g_key_file_get_string (file, group, "run", NULL);
  note = g_key_file_get_string (file, group, "note", NULL);
  whole = note != NULL ? g_utf8_make_valid (note, -1) : g_strdup ("");
  if (g_utf8_strlen (whole, -1) > MAX_NOTE_CHARS)
    *g_utf8_offset_to_pointer (whole, MAX_NOTE_CHARS) = '\0';
  return ui_bookmark_new (moment_ns, process, run, whole);
}

GListStore *
app_bookmarks_load (const char *folder, const char *id, char **damaged)
{
  GListStore      *store = g_list_store_new (UI_TYPE_BOOKMARK);
  g_autofree char *path = make_path (folder, id);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) groups = NULL;

  if (damaged != NULL)
    *damaged = NULL;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    {
      g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) &&
          g_rename (path, aside) == 0 && damaged != NULL)
        *damaged = g_steal_pointer (&aside);
      return store;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0;
       groups[i] != NULL &&
       g_list_model_get_n_items (G_LIST_MODEL (store)) < MAX_BOOKMARKS;
       i++)
    {
      g_autoptr (UiBookmark) bookmark = read_bookmark (file, groups[i]);

      if (bookmark != NULL)
        g_list_store_insert_sorted (store, bookmark, ui_bookmark_compare, NULL);
    }
  return store;
}

static void
set_string (GKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_key_file_set_string (file, group, key, value);
}

gboolean
app_bookmarks_save (GListModel *bookmarks, const char *folder, const char *id, GError **error)
{
  g_autofree char *path = make_path (folder, id);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  guint n = g_list_model_get_n_items (bookmarks);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UiBookmark) bookmark = g_list_model_get_item (bookmarks, i);
      g_autofree char *group = g_strdup_printf (GROUP "%u", i + 1);

      g_key_file_set_int64 (file, group, "moment",
                            ui_bookmark_get_moment (bookmark));
      set_string (file, group, "process", ui_bookmark_get_process (bookmark));
      set_string (file, group, "run", ui_bookmark_get_run (bookmark));
      set_string (file, group, "note", ui_bookmark_get_note (bookmark));
    }
  g_mkdir_with_parents (parent, 0700);
  return g_key_file_save_to_file (file, path, error);
}
