/* SPDX-License-Identifier: Apache-2.0 */

/* What OTP's prim_file has below it: names, directories, what is known of files. */

#include "config.h"

#include "engine/bif/bif-file.h"
#include "engine/bif/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* --- names: UTF-8, whatever the locale ---------------------------------------------------- */

/* Adds the text of @t: characters and deep lists of them. */
static bool
add_name (GString *text, Term t)
{
  for (; term_is_list (t); t = list_tail (t))
    {
      Term head = list_head (t);

      if (term_is_small (head) && small_value (head) > 0 && small_value (head) <= 0x10ffff &&
          (small_value (head) & ~0x7ff) != 0xd800)
        g_string_append_unichar (text, (gunichar) small_value (head));
      else if (!term_is_list (head) && head != NIL)
        return false;
      else if (!add_name (text, head))
        return false;
    }
  return term_is_nil (t);
}

/* internal_name2native (Name): bytes with a 0 at the end */
Term
bif_prim_file_internal_name2native_1 (Process *p, Term *args)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree guint8 *to_free = NULL;
  const guint8      *bytes;
  gsize              size;

  bytes = binary_bytes (args[0], &size, &to_free);
  if (bytes != NULL && memchr (bytes, 0, size) == NULL)
    g_string_append_len (text, (const char *) bytes, (gssize) size);
  else if (bytes != NULL || !add_name (text, args[0]))
    return bif_badarg (p);
  return binary_new_copy (&p->heap, (const guint8 *) text->str, text->len + 1);
}

Term
bif_prim_file_internal_native2name_1 (Process *p, Term *args)
{
  g_autofree char     *name = file_path (args[0]);
  g_autofree Term     *chars = NULL;
  g_autofree gunichar *text = NULL;
  glong                n;

  if (name == NULL)
    return bif_badarg (p);
  text = g_utf8_to_ucs4 (name, -1, NULL, &n, NULL);
  if (text == NULL)
    return pair_new (p, A (error), atom_named (p, "warning"));
  chars = g_new (Term, n + 1);
  for (glong i = 0; i < n; i++)
    chars[i] = make_small (text[i]);
  return list_new (&p->heap, chars, (gsize) n, NIL);
}

Term
bif_prim_file_is_translatable_1 (Process *p, Term *args)
{
  return A (true);
}

Term
bif_file_native_name_encoding_0 (Process *p, Term *args)
{
  return A (utf8);
}

/* --- what is known of a file ---------------------------------------------------------------- */

static const char *
type_name (mode_t mode)
{
  if (S_ISREG (mode))
    return "regular";
  if (S_ISDIR (mode))
    return "directory";
  if (S_ISLNK (mode))
    return "symlink";
  return S_ISCHR (mode) || S_ISBLK (mode) ? "device" : "other";
}

Term
file_info (Process *p, const struct stat *info, guint access)
{
  static const char *const accesses[] = { "none", "read", "write", "read_write" };
  Heap                    *heap = &p->heap;
  const Term               all[] = {
                  atom_named (p, "file_info"),
                  integer_from_u64 (heap, (guint64) info->st_size),
                  atom_named (p, type_name (info->st_mode)),
                  atom_named (p, accesses[access & 3]),
                  integer_from_i64 (heap, info->st_atime),
                  integer_from_i64 (heap, info->st_mtime),
                  integer_from_i64 (heap, info->st_ctime),
                  make_small (info->st_mode),
                  make_small ((gint64) info->st_nlink),
                  integer_from_u64 (heap, info->st_dev),
                  integer_from_u64 (heap, info->st_rdev),
                  integer_from_u64 (heap, (guint32) info->st_ino),
                  make_small (info->st_uid),
                  make_small (info->st_gid),
  };

  return tuple_new_array (heap, all, G_N_ELEMENTS (all));
}

Term
bif_prim_file_read_info_nif_2 (Process *p, Term *args)
{
  g_autofree char *path = file_path (args[0]);
  struct stat      info;
  guint            access_bits;

  if (path == NULL || !term_is_small (args[1]))
    return bif_badarg (p);
  if ((small_value (args[1]) != 0 ? stat (path, &info) : lstat (path, &info)) < 0)
    return file_error (p, errno);
  access_bits = (access (path, R_OK) == 0 ? 1u : 0) | (access (path, W_OK) == 0 ? 2u : 0);
  return file_info (p, &info, access_bits);
}

Term
bif_prim_file_set_permissions_nif_2 (Process *p, Term *args)
{
  g_autofree char *path = file_path (args[0]);

  if (path == NULL || !term_is_small (args[1]))
    return bif_badarg (p);
  return file_result (p, chmod (path, (mode_t) small_value (args[1]) & 07777));
}

Term
bif_prim_file_set_owner_nif_3 (Process *p, Term *args)
{
  g_autofree char *path = file_path (args[0]);

  if (path == NULL || !term_is_small (args[1]) || !term_is_small (args[2]))
    return bif_badarg (p);
  return file_result (p,
                      chown (path, (uid_t) small_value (args[1]), (gid_t) small_value (args[2])));
}

/* set_time_nif (Path, Accessed, Modified, Created): seconds since 1970 */
Term
bif_prim_file_set_time_nif_4 (Process *p, Term *args)
{
  g_autofree char *path = file_path (args[0]);
  gint64           accessed, modified;

  if (path == NULL || !integer_to_i64 (args[1], &accessed) || !integer_to_i64 (args[2], &modified))
    return bif_badarg (p);
  return file_result (p, utimes (path, (struct timeval[]){ { accessed, 0 }, { modified, 0 } }));
}

/* --- directories and links -------------------------------------------------------------------- */

/* Names in the reverse of the directory's order: prim_file turns them round. */
Term
bif_prim_file_list_dir_nif_1 (Process *p, Term *args)
{
  g_autofree char *path = file_path (args[0]);
  struct dirent   *entry;
  Term             names = NIL;
  DIR             *dir;

  if (path == NULL)
    return bif_badarg (p);
  dir = opendir (path);
  if (dir == NULL)
    return file_error (p, errno);
  while ((entry = readdir (dir)) != NULL)
    {
      const char *name = entry->d_name;

      if (strcmp (name, ".") != 0 && strcmp (name, "..") != 0)
        names =
          cons_new (p, binary_new_copy (&p->heap, (const guint8 *) name, strlen (name)), names);
    }
  closedir (dir);
  return pair_new (p, A (ok), names);
}

Term
bif_prim_file_read_link_nif_1 (Process *p, Term *args)
{
  g_autofree char *path = file_path (args[0]);
  char             target[PATH_MAX];
  gssize           n;

  if (path == NULL)
    return bif_badarg (p);
  n = readlink (path, target, sizeof target);
  if (n < 0)
    return file_error (p, errno);
  return pair_new (p, A (ok), binary_new_copy (&p->heap, (const guint8 *) target, (gsize) n));
}

typedef int (*PathFunc) (const char *path);
typedef int (*PathsFunc) (const char *from, const char *to);

static Term
with_path (Process *p, Term *args, PathFunc func)
{
  g_autofree char *path = file_path (args[0]);

  return path == NULL ? bif_badarg (p) : file_result (p, func (path));
}

static Term
with_paths (Process *p, Term *args, PathsFunc func)
{
  g_autofree char *from = file_path (args[0]);
  g_autofree char *to = file_path (args[1]);

  return from == NULL || to == NULL ? bif_badarg (p) : file_result (p, func (from, to));
}

static int
make_dir (const char *path)
{
  return mkdir (path, 0777);
}

/* unlink on a directory is EPERM in Erlang, on every system. */
static int
del_file (const char *path)
{
  struct stat info;

  if (lstat (path, &info) == 0 && S_ISDIR (info.st_mode))
    return errno = EPERM, -1;
  return unlink (path);
}

/* A directory with something in it: eexist. */
static int
del_dir (const char *path)
{
  int result = rmdir (path);

  if (result < 0 && errno == ENOTEMPTY)
    errno = EEXIST;
  return result;
}

Term
bif_prim_file_make_dir_nif_1 (Process *p, Term *args)
{
  return with_path (p, args, make_dir);
}

Term
bif_prim_file_del_file_nif_1 (Process *p, Term *args)
{
  return with_path (p, args, del_file);
}

Term
bif_prim_file_del_dir_nif_1 (Process *p, Term *args)
{
  return with_path (p, args, del_dir);
}

Term
bif_prim_file_make_hard_link_nif_2 (Process *p, Term *args)
{
  return with_paths (p, args, link);
}

Term
bif_prim_file_make_soft_link_nif_2 (Process *p, Term *args)
{
  return with_paths (p, args, symlink);
}

Term
bif_prim_file_rename_nif_2 (Process *p, Term *args)
{
  return with_paths (p, args, rename);
}

Term
bif_prim_file_get_cwd_nif_0 (Process *p, Term *args)
{
  g_autofree char *path = g_get_current_dir ();

  return pair_new (p, A (ok), binary_new_copy (&p->heap, (const guint8 *) path, strlen (path)));
}

/* The working directory is the whole program's, not one machine's: it stays. */
Term
bif_prim_file_set_cwd_nif_1 (Process *p, Term *args)
{
  return file_error (p, ENOTSUP);
}

/* Drives are another system's. */
Term
bif_prim_file_get_device_cwd_nif_1 (Process *p, Term *args)
{
  return file_error (p, ENOTSUP);
}

Term
bif_prim_file_altname_nif_1 (Process *p, Term *args)
{
  return file_error (p, ENOTSUP);
}
