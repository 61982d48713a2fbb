/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-build.h"
#include "engine/vm-error.h"
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Part of the folder's name: a change of how we compile makes a new one. */
#define RECIPE "erlc +debug_info 1"

static char *
find_replacement (const AppLab *lab, const char *base)
{
  for (guint i = 0; lab->solution != NULL && lab->solution[i] != NULL; i++)
    {
      g_autofree char *other = g_path_get_basename (lab->solution[i]);

      if (strcmp (base, other) == 0)
        return g_build_filename (lab->path, lab->solution[i], NULL);
    }
  return NULL;
}

static gboolean
has_base (GPtrArray *paths, const char *base)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *other = g_path_get_basename (paths->pdata[i]);

      if (strcmp (base, other) == 0)
        return TRUE;
    }
  return FALSE;
}

GStrv
app_lab_build_list_sources (const AppLab *lab, AppLabVariant variant, const char *folder)
{
  GPtrArray *paths = g_ptr_array_new ();

  for (guint i = 0; lab->files[i] != NULL; i++)
    {
      g_autofree char *base = g_path_get_basename (lab->files[i]);
      char            *path = NULL;

      if (variant == APP_LAB_SOLUTION)
        path = find_replacement (lab, base);
      if (path == NULL)
        path = g_build_filename (folder != NULL ? folder : lab->path, lab->files[i], NULL);
      g_ptr_array_add (paths, path);
    }
  if (variant == APP_LAB_SOLUTION)
    for (guint i = 0; lab->solution != NULL && lab->solution[i] != NULL; i++)
      {
        g_autofree char *base = g_path_get_basename (lab->solution[i]);

        if (!has_base (paths, base))
          g_ptr_array_add (paths, g_build_filename (lab->path, lab->solution[i], NULL));
      }
  g_ptr_array_add (paths, NULL);
  return (GStrv) g_ptr_array_free (paths, FALSE);
}

/* (transfer full) (nullable) */
static char *
hash_sources (char *const *sources, const char *erlc, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  struct stat about;

  g_checksum_update (checksum, (const guchar *) RECIPE, -1);
  g_checksum_update (checksum, (const guchar *) erlc, strlen (erlc) + 1);
  if (stat (erlc, &about) == 0)
    g_checksum_update (checksum, (const guchar *) &about.st_mtime, sizeof about.st_mtime);
  for (guint i = 0; sources[i] != NULL; i++)
    {
      g_autofree char *base = g_path_get_basename (sources[i]);
      g_autofree char *text = NULL;
      gsize            len;

      if (!g_file_get_contents (sources[i], &text, &len, error))
        return NULL;
      g_checksum_update (checksum, (const guchar *) base, strlen (base) + 1);
      g_checksum_update (checksum, (const guchar *) &len, sizeof len);
      g_checksum_update (checksum, (const guchar *) text, len);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Everything is compiled in one folder, so that messages and line tables carry
 * plain file names. */
static gboolean
copy_sources (char *const *sources, const char *folder, GError **error)
{
  for (guint i = 0; sources[i] != NULL; i++)
    {
      g_autofree char *base = g_path_get_basename (sources[i]);
      g_autofree char *target = g_build_filename (folder, base, NULL);
      g_autofree char *text = NULL;
      gsize            len;

      if (!g_file_get_contents (sources[i], &text, &len, error) ||
          !g_file_set_contents (target, text, len, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compile (const char *erlc, char *const *sources, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int              status;

  g_ptr_array_add (argv, g_strdup (erlc));
  g_ptr_array_add (argv, g_strdup ("+debug_info"));
  for (guint i = 0; sources[i] != NULL; i++)
    if (g_str_has_suffix (sources[i], ".erl"))
      g_ptr_array_add (argv, g_path_get_basename (sources[i]));
  g_ptr_array_add (argv, NULL);
  if (!g_spawn_sync (folder, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err,
                     &status, error))
    return FALSE;
  if (g_spawn_check_wait_status (status, NULL))
    return TRUE;
  g_strchomp (out);
  g_strchomp (err);
  g_set_error (error, VM_ERROR, VM_ERROR_FORMAT, "the program does not compile:\n%s%s%s", out,
               out[0] != '\0' && err[0] != '\0' ? "\n" : "", err);
  return FALSE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* Built aside and moved into place whole: two programs may build at once. */
static gboolean
build_into (const char *erlc, char *const *sources, const char *target, GError **error)
{
  g_autofree char *aside = g_strconcat (target, ".XXXXXX", NULL);
  gboolean         is_good;

  if (g_mkdtemp (aside) == NULL)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", aside,
                   g_strerror (errno));
      return FALSE;
    }
  is_good = copy_sources (sources, aside, error) && compile (erlc, sources, aside, error);
  if (is_good && g_rename (aside, target) == 0)
    return TRUE;
  if (is_good && !g_file_test (target, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", target,
                   g_strerror (errno));
      is_good = FALSE;
    }
  remove_folder (aside);
  return is_good;
}

/* The user's cache; where that cannot be written (a read-only home), a folder of the
 * user's own among the temporary files. (transfer full) (nullable) */
static char *
find_cache (GError **error)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "beamlab", "labs", NULL);
  g_autofree char *name = g_strdup_printf ("beamlab-%u", (guint) getuid ());
  g_autofree char *other = g_build_filename (g_get_tmp_dir (), name, NULL);
  struct stat      about;
  int              reason;

  if (g_mkdir_with_parents (cache, 0700) == 0 && g_access (cache, W_OK) == 0)
    return g_steal_pointer (&cache);
  reason = errno;
  if ((g_mkdir (other, 0700) == 0 || errno == EEXIST) && g_lstat (other, &about) == 0 &&
      S_ISDIR (about.st_mode) && about.st_uid == getuid () && (about.st_mode & 0077) == 0)
    return g_steal_pointer (&other);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s", cache,
               g_strerror (reason));
  return NULL;
}

char *
app_lab_build (const AppLab *lab, AppLabVariant variant, const char *folder, GError **error)
{
  g_auto (GStrv) sources = app_lab_build_list_sources (lab, variant, folder);
  g_autofree char *erlc = g_find_program_in_path ("erlc");
  g_autofree char *cache = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *target = NULL;

  if (erlc == NULL)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                   "erlc is not on the PATH; it comes with Erlang/OTP");
      return NULL;
    }
  hash = hash_sources (sources, erlc, error);
  if (hash == NULL || (cache = find_cache (error)) == NULL)
    return NULL;
  target = g_strdup_printf ("%s/%s-%.16s", cache, lab->id, hash);
  if (g_file_test (target, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&target);
  return build_into (erlc, sources, target, error) ? g_steal_pointer (&target) : NULL;
}
