/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-state.h"

#define GROUP_WINDOW "window"

struct _AppState
{
  GKeyFile *file;
  char     *path;
  char     *data_folder; /* (nullable) */
  gboolean  is_changed;
};

AppState *
app_state_new (const char *path)
{
  AppState *self = g_new0 (AppState, 1);

  self->file = g_key_file_new ();
  self->path = path != NULL
                 ? g_strdup (path)
                 : g_build_filename (g_get_user_config_dir (), "beamlab", "state.ini", NULL);
  if (path != NULL)
    self->data_folder = g_path_get_dirname (path);
  g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  return self;
}

void
app_state_save (AppState *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GError) error = NULL;

  if (!self->is_changed)
    return;
  self->is_changed = FALSE;
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_info ("Cannot remember the state: %s", error->message);
}

void
app_state_free (AppState *self)
{
  app_state_save (self);
  g_key_file_unref (self->file);
  g_free (self->path);
  g_free (self->data_folder);
  g_free (self);
}

const char *
app_state_get_data_folder (AppState *self)
{
  return self->data_folder;
}

static char *
lab_group (const char *lab)
{
  return g_strconcat ("lab ", lab, NULL);
}

gboolean
app_state_is_step_done (AppState *self, const char *lab, const char *step)
{
  g_autofree char *group = lab_group (lab);
  g_auto (GStrv) done = g_key_file_get_string_list (self->file, group, "done", NULL, NULL);

  return done != NULL && g_strv_contains ((const char *const *) done, step);
}

gboolean
app_state_set_step_done (AppState *self, const char *lab, const char *step)
{
  g_autofree char *group = lab_group (lab);
  g_auto (GStrv) done = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (app_state_is_step_done (self, lab, step))
    return FALSE;
  done = g_key_file_get_string_list (self->file, group, "done", NULL, NULL);
  if (done != NULL)
    g_strv_builder_addv (builder, (const char **) done);
  g_strv_builder_add (builder, step);
  all = g_strv_builder_end (builder);
  g_key_file_set_string_list (self->file, group, "done", (const char *const *) all,
                              g_strv_length (all));
  self->is_changed = TRUE;
  return TRUE;
}

void
app_state_forget_lab (AppState *self, const char *lab)
{
  g_autofree char *group = lab_group (lab);

  if (g_key_file_remove_group (self->file, group, NULL))
    self->is_changed = TRUE;
}

int
app_state_get_int (AppState *self, const char *key, int otherwise)
{
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (self->file, GROUP_WINDOW, key, &error);

  return error == NULL ? value : otherwise;
}

void
app_state_set_int (AppState *self, const char *key, int value)
{
  g_key_file_set_integer (self->file, GROUP_WINDOW, key, value);
  self->is_changed = TRUE;
}

char *
app_state_dup_string (AppState *self, const char *key)
{
  return g_key_file_get_string (self->file, GROUP_WINDOW, key, NULL);
}

void
app_state_set_string (AppState *self, const char *key, const char *value)
{
  g_key_file_set_string (self->file, GROUP_WINDOW, key, value);
  self->is_changed = TRUE;
}
