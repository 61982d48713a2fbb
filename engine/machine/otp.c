/* SPDX-License-Identifier: Apache-2.0 */

/* Finding the installed OTP and its libraries. */
#include "config.h"

#include "engine/code/code.h"
#include "engine/machine/control.h"
#include "engine/vm-error.h"

#include <gio/gio.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static gboolean
is_root (const char *root)
{
  g_autofree char *lib = g_build_filename (root, "lib", NULL);
  g_autofree char *releases = g_build_filename (root, "releases", NULL);

  return g_file_test (lib, G_FILE_TEST_IS_DIR) && g_file_test (releases, G_FILE_TEST_IS_DIR);
}

/* `erl` on the PATH is ROOT/bin/erl behind symbolic links. */
static char *
root_of_erl (void)
{
  g_autofree char *erl = g_find_program_in_path ("erl");
  char             real[PATH_MAX];

  for (guint up = 0; erl != NULL && realpath (erl, real) != NULL && up < 1; up++)
    {
      g_autofree char *bin = g_path_get_dirname (real);
      g_autofree char *root = g_path_get_dirname (bin);
      g_autofree char *inner = g_build_filename (root, "lib", "erlang", NULL);

      if (is_root (root))
        return g_steal_pointer (&root);
      if (is_root (inner))
        return g_steal_pointer (&inner);
    }
  return NULL;
}

char *
otp_find (const char *wanted, GError **error)
{
  static const char *const usual[] = { "/usr/lib/erlang", "/usr/local/lib/erlang" };
  const char              *environment = g_getenv ("ERL_ROOTDIR");
  char                    *root;

  if (wanted != NULL)
    {
      if (is_root (wanted))
        return g_strdup (wanted);
      g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                   "%s is no OTP installation: it has no lib and releases folders", wanted);
      return NULL;
    }
  if (environment != NULL && is_root (environment))
    return g_strdup (environment);
  root = root_of_erl ();
  for (guint i = 0; root == NULL && i < G_N_ELEMENTS (usual); i++)
    if (is_root (usual[i]))
      root = g_strdup (usual[i]);
  if (root == NULL)
    g_set_error (
      error, VM_ERROR, VM_ERROR_NOT_FOUND,
      "no OTP installation was found: looked at ERL_ROOTDIR, erl on the PATH, %s and %s; "
      "install Erlang/OTP or name its folder",
      usual[0], usual[1]);
  return root;
}

/* releases/N/OTP_VERSION of the highest N. */
char *
otp_get_version (const char *root, GError **error)
{
  g_autofree char *releases = g_build_filename (root, "releases", NULL);
  g_autoptr (GDir) dir = g_dir_open (releases, 0, NULL);
  const char *name;
  guint64     best = 0;
  char       *version = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      guint64          number = g_ascii_strtoull (name, NULL, 10);
      g_autofree char *path = g_build_filename (releases, name, "OTP_VERSION", NULL);
      g_autofree char *text = NULL;

      if (number <= best)
        continue;
      if (g_file_get_contents (path, &text, NULL, NULL))
        {
          g_free (version);
          version = g_strdup (g_strstrip (text));
          best = number;
        }
    }
  if (version == NULL)
    g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "%s: no OTP_VERSION in any release",
                 releases);
  return version;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_library (const char *name, const char *library)
{
  gsize n = strlen (library);

  return strncmp (name, library, n) == 0 && (name[n] == '-' || name[n] == '\0');
}

void
otp_add_paths (VmMachine *vm, const char *root)
{
  g_autofree char *lib = g_build_filename (root, "lib", NULL);
  g_autoptr (GDir) dir = g_dir_open (lib, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names); /* a folder's order is the disk's */
  for (guint pass = 0; pass < 4; pass++)
    for (guint i = 0; i < names->len; i++)
      {
        const char      *entry = g_ptr_array_index (names, i);
        guint            rank = is_library (entry, "kernel")   ? 0
                                : is_library (entry, "stdlib") ? 1
                                : is_library (entry, "erts")   ? 2
                                                               : 3;
        g_autofree char *ebin = g_build_filename (lib, entry, "ebin", NULL);

        if (rank == pass && g_file_test (ebin, G_FILE_TEST_IS_DIR))
          code_table_add_path (vm->code, ebin, FALSE);
      }
}
