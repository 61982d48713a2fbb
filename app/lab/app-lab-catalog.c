/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-catalog.h"
#include "engine/vm-error.h"
#include <string.h>

/* Installed, the program lies in PREFIX/bin and its data in PREFIX/share/beamlab. */
static gboolean
runs_installed (void)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *share = g_path_get_dirname (PKGDATADIR);
  g_autofree char *prefix = g_path_get_dirname (share);
  g_autofree char *bin = g_build_filename (prefix, "bin", "", NULL);

  return exe != NULL && g_str_has_prefix (exe, bin);
}

char *
app_lab_catalog_dup_folder (void)
{
  const char      *chosen = g_getenv ("BEAMLAB_LABS");
  g_autofree char *source = g_build_filename (SOURCE_DIR, "labs", NULL);

  if (chosen != NULL && chosen[0] != '\0')
    return g_strdup (chosen);
  if (!runs_installed () && g_file_test (source, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&source);
  return g_build_filename (PKGDATADIR, "labs", NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
app_lab_catalog_list (void)
{
  g_autofree char *folder = app_lab_catalog_dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *paths = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (folder, name, "lab.md", NULL);

      if (g_file_test (source, G_FILE_TEST_EXISTS))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort (paths, compare_names);
  g_ptr_array_add (paths, NULL);
  return (GStrv) g_ptr_array_free (paths, FALSE);
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  const AppLab *one = *(const AppLab *const *) a;
  const AppLab *other = *(const AppLab *const *) b;

  if (one->order != other->order)
    return one->order < other->order ? -1 : 1;
  return strcmp (one->id, other->id);
}

static void
report_same_order (GPtrArray *labs, AppLabProblems *problems)
{
  for (guint i = 1; i < labs->len; i++)
    {
      const AppLab *before = labs->pdata[i - 1];
      const AppLab *lab = labs->pdata[i];

      if (before->order != lab->order)
        continue;
      g_free (problems->file);
      problems->file = g_build_filename (lab->path, "lab.md", NULL);
      app_lab_problems_add (problems, 0, "an 'order' that no other lab has",
                            "the lab '%s' has the same place in the gallery (%u)", before->id,
                            lab->order);
    }
}

GPtrArray *
app_lab_catalog_load (AppLabProblems *problems)
{
  g_auto (GStrv) paths = app_lab_catalog_list ();
  GPtrArray *labs = g_ptr_array_new_with_free_func ((GDestroyNotify) app_lab_free);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      AppLab *lab = app_lab_load (paths[i], problems);

      if (lab != NULL)
        g_ptr_array_add (labs, lab);
    }
  g_ptr_array_sort (labs, compare_order);
  report_same_order (labs, problems);
  return labs;
}

char *
app_lab_catalog_find (const char *name, GError **error)
{
  g_autofree char *folder = app_lab_catalog_dup_folder ();
  g_autofree char *by_id = g_build_filename (folder, name, NULL);
  g_autofree char *source = g_build_filename (name, "lab.md", NULL);
  g_autofree char *source_by_id = g_build_filename (by_id, "lab.md", NULL);
  g_auto (GStrv) paths = NULL;
  g_autofree char *ids = NULL;

  if (strchr (name, '/') == NULL && g_file_test (source_by_id, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&by_id);
  if (g_file_test (source, G_FILE_TEST_EXISTS))
    return g_strdup (name);
  if (g_str_has_suffix (name, "lab.md") && g_file_test (name, G_FILE_TEST_IS_REGULAR))
    return g_path_get_dirname (name);
  paths = app_lab_catalog_list ();
  for (guint i = 0; paths[i] != NULL; i++)
    {
      char *id = g_path_get_basename (paths[i]);

      g_free (paths[i]);
      paths[i] = id;
    }
  ids = g_strjoinv (", ", paths);
  g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
               "there is no lab '%s': neither a folder with a lab.md, nor one of %s", name,
               ids[0] != '\0' ? ids : "the labs (there are none)");
  return NULL;
}
