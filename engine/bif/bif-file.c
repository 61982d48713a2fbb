/* SPDX-License-Identifier: Apache-2.0 */

/* What OTP's prim_file and prim_buffer have below them: open files and the
 * buffers in front of them. Files are the computer's own; a machine that is
 * replayed reads and writes them again. */

#include "config.h"

#include "engine/bif/bif-file.h"
#include "engine/bif/iolist.h"
#include "engine/bif/magic.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_FILE_CHUNK 65536
#define MAX_READ        ((guint64) 1 << 31)

typedef struct
{
  _Atomic int fd; /* -1: closed */
} File;

Term
file_error (Process *p, int error)
{
  const char      *name = strerrorname_np (error);
  g_autofree char *lower = g_ascii_strdown (name != NULL ? name : "unknown", -1);

  return pair_new (p, A (error), atom_named (p, lower));
}

Term
file_result (Process *p, int result)
{
  return result < 0 ? file_error (p, errno) : A (ok);
}

char *
file_path (Term t)
{
  gsize              size;
  g_autofree guint8 *to_free = NULL;
  const guint8      *bytes = binary_bytes (t, &size, &to_free);

  return bytes != NULL ? g_strndup ((const char *) bytes, size) : NULL;
}

/* --- handles ------------------------------------------------------------------------- */

static void
destroy_file (gpointer binary)
{
  File *file = magic_data (binary);

  if (file->fd >= 0)
    close (file->fd);
}

static File *
file_of (Term t)
{
  return magic_ref_data (t, destroy_file);
}

static int
fd_of (Term t)
{
  File *file = file_of (t);

  return file != NULL ? file->fd : -1;
}

static bool
read_modes (Process *p, Term modes, int *flags)
{
  bool reads = false, writes = false, keeps = false;

  *flags = O_CLOEXEC;
  for (; term_is_list (modes); modes = list_tail (modes))
    {
      Term        mode = list_head (modes);
      const char *name = term_is_atom (mode) ? atom_name (p->vm->atoms, mode, NULL) : "";

      if (strcmp (name, "read") == 0)
        reads = true;
      else if (strcmp (name, "write") == 0)
        writes = true;
      else if (strcmp (name, "append") == 0)
        {
          writes = keeps = true;
          *flags |= O_APPEND;
        }
      else if (strcmp (name, "exclusive") == 0)
        {
          writes = true;
          *flags |= O_EXCL;
        }
      else if (strcmp (name, "sync") == 0)
        *flags |= O_SYNC;
      else if (strcmp (name, "directory") == 0)
        *flags |= O_DIRECTORY;
    }
  if (writes)
    *flags |= O_CREAT | (reads || keeps ? 0 : O_TRUNC) | (reads ? O_RDWR : O_WRONLY);
  return term_is_nil (modes);
}

Term
bif_prim_file_open_nif_2 (Process *p, Term *args)
{
  g_autofree char *path = file_path (args[0]);
  OffHeapBinary   *magic;
  struct stat      info;
  int              flags, fd;

  if (path == NULL || !read_modes (p, args[1], &flags))
    return bif_badarg (p);
  fd = open (path, flags, 0666);
  if (fd < 0)
    return file_error (p, errno);
  if ((flags & O_DIRECTORY) == 0 && fstat (fd, &info) == 0 && S_ISDIR (info.st_mode))
    {
      close (fd);
      return file_error (p, EISDIR);
    }
  magic = magic_new (p->vm, sizeof (File), destroy_file);
  ((File *) magic_data (magic))->fd = fd;
  return pair_new (p, A (ok), magic_ref (p, magic));
}

Term
bif_prim_file_close_nif_1 (Process *p, Term *args)
{
  File *file = file_of (args[0]);
  int   fd;

  if (file == NULL)
    return bif_badarg (p);
  fd = __atomic_exchange_n ((int *) &file->fd, -1, __ATOMIC_ACQ_REL);
  return fd < 0 ? file_error (p, EINVAL) : file_result (p, close (fd));
}

/* --- reading and writing -------------------------------------------------------------- */

static Term
read_at (Process *p, int fd, guint64 size, gint64 offset)
{
  g_autofree guint8 *bytes = NULL;
  gssize             n;

  if (size > MAX_READ)
    return file_error (p, ENOMEM);
  bytes = g_try_malloc (MAX (size, 1));
  if (bytes == NULL)
    return file_error (p, ENOMEM);
  do
    n = offset < 0 ? read (fd, bytes, size) : pread (fd, bytes, size, offset);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return file_error (p, errno);
  if (n == 0 && size > 0)
    return atom_named (p, "eof");
  return pair_new (p, A (ok), binary_new_copy (&p->heap, bytes, (gsize) n));
}

Term
bif_prim_file_read_nif_2 (Process *p, Term *args)
{
  int     fd = fd_of (args[0]);
  guint64 size;

  if (file_of (args[0]) == NULL || !integer_to_u64 (args[1], &size))
    return bif_badarg (p);
  return fd < 0 ? file_error (p, EINVAL) : read_at (p, fd, size, -1);
}

Term
bif_prim_file_pread_nif_3 (Process *p, Term *args)
{
  int     fd = fd_of (args[0]);
  guint64 size;
  gint64  offset;

  if (file_of (args[0]) == NULL || !integer_to_i64 (args[1], &offset) ||
      !integer_to_u64 (args[2], &size))
    return bif_badarg (p);
  return fd < 0 || offset < 0 ? file_error (p, EINVAL) : read_at (p, fd, size, offset);
}

/* @offset < 0: where the file stands. */
static Term
write_at (Process *p, Term file, Term iodata, gint64 offset)
{
  int                fd = fd_of (file);
  g_autofree guint8 *bytes = NULL;
  gsize              n_bits, n, done = 0;
  guint64            steps;

  if (file_of (file) == NULL || !iolist_measure (iodata, false, &n_bits, &steps))
    return bif_badarg (p);
  if (fd < 0)
    return file_error (p, EINVAL);
  n = n_bits / 8;
  if (!bif_may_hold (p, n))
    return file_error (p, ENOMEM);
  bytes = g_malloc (n + 1);
  iolist_write (iodata, bytes);
  while (done < n)
    {
      gssize written = offset < 0 ? write (fd, bytes + done, n - done)
                                  : pwrite (fd, bytes + done, n - done, offset + (gint64) done);

      if (written < 0 && errno != EINTR)
        return file_error (p, errno);
      done += (gsize) MAX (written, 0);
    }
  return A (ok);
}

Term
bif_prim_file_write_nif_2 (Process *p, Term *args)
{
  return write_at (p, args[0], args[1], -1);
}

Term
bif_prim_file_pwrite_nif_3 (Process *p, Term *args)
{
  gint64 offset;

  if (!integer_to_i64 (args[1], &offset))
    return bif_badarg (p);
  return offset < 0 ? file_error (p, EINVAL) : write_at (p, args[0], args[2], offset);
}

Term
bif_prim_file_seek_nif_3 (Process *p, Term *args)
{
  int         fd = fd_of (args[0]), whence;
  const char *mark = term_is_atom (args[1]) ? atom_name (p->vm->atoms, args[1], NULL) : "";
  gint64      offset;

  if (strcmp (mark, "bof") == 0)
    whence = SEEK_SET;
  else if (strcmp (mark, "cur") == 0)
    whence = SEEK_CUR;
  else if (strcmp (mark, "eof") == 0)
    whence = SEEK_END;
  else
    return bif_badarg (p);
  if (file_of (args[0]) == NULL || !integer_to_i64 (args[2], &offset))
    return bif_badarg (p);
  offset = fd < 0 || (whence == SEEK_SET && offset < 0) ? (errno = EINVAL, -1)
                                                        : lseek (fd, offset, whence);
  if (offset < 0)
    return file_error (p, errno);
  return pair_new (p, A (ok), integer_from_i64 (&p->heap, offset));
}

Term
bif_prim_file_sync_nif_2 (Process *p, Term *args)
{
  if (file_of (args[0]) == NULL)
    return bif_badarg (p);
  return file_result (p, args[1] == make_small (1) ? fdatasync (fd_of (args[0]))
                                                   : fsync (fd_of (args[0])));
}

Term
bif_prim_file_truncate_nif_1 (Process *p, Term *args)
{
  int fd = fd_of (args[0]);

  if (file_of (args[0]) == NULL)
    return bif_badarg (p);
  return file_result (p, ftruncate (fd, lseek (fd, 0, SEEK_CUR)));
}

Term
bif_prim_file_allocate_nif_3 (Process *p, Term *args)
{
  gint64 offset, n;
  int    error;

  if (file_of (args[0]) == NULL || !integer_to_i64 (args[1], &offset) ||
      !integer_to_i64 (args[2], &n))
    return bif_badarg (p);
  error = posix_fallocate (fd_of (args[0]), offset, n);
  return error != 0 ? file_error (p, error) : A (ok);
}

/* Advice changes nothing that a program could see. */
Term
bif_prim_file_advise_nif_4 (Process *p, Term *args)
{
  return file_of (args[0]) == NULL ? bif_badarg (p) : A (ok);
}

Term
bif_prim_file_read_handle_info_nif_1 (Process *p, Term *args)
{
  struct stat info;

  if (file_of (args[0]) == NULL)
    return bif_badarg (p);
  if (fstat (fd_of (args[0]), &info) < 0)
    return file_error (p, errno);
  return file_info (p, &info, (info.st_mode & 0400 ? 1 : 0) | (info.st_mode & 0200 ? 2 : 0));
}

static guint32
read_u32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* At @offset a size and a position, 4 bytes each, and there the data: what dets
 * reads. {ok, {Size, Position, Data | eof}} */
Term
bif_prim_file_ipread_s32bu_p32bu_nif_3 (Process *p, Term *args)
{
  int                fd = fd_of (args[0]);
  g_autofree guint8 *bytes = NULL;
  guint8             pointer[8];
  guint32            size, position;
  gint64             offset, max;
  gssize             n;
  Term               data;

  if (file_of (args[0]) == NULL)
    return bif_badarg (p);
  if (fd < 0 || !integer_to_i64 (args[1], &offset) || !integer_to_i64 (args[2], &max) ||
      offset < 0 || max >= (gint64) MAX_READ)
    return file_error (p, EINVAL);
  n = pread (fd, pointer, sizeof pointer, offset);
  if (n < 0)
    return file_error (p, errno);
  size = read_u32 (pointer);
  position = read_u32 (pointer + 4);
  if (n < (gssize) sizeof pointer || size > max)
    return atom_named (p, "eof");
  bytes = g_malloc (MAX (size, 1));
  n = pread (fd, bytes, size, position);
  if (n < 0)
    return file_error (p, errno);
  data = n == 0 ? atom_named (p, "eof") : binary_new_copy (&p->heap, bytes, (gsize) n);
  return pair_new (p, A (ok),
                   triple_write (halloc (p, 4), make_small (size), make_small (position), data));
}

Term
bif_prim_file_read_file_nif_1 (Process *p, Term *args)
{
  g_autofree char *path = file_path (args[0]);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 chunk[READ_FILE_CHUNK];
  gssize n;
  int    fd, error;

  if (path == NULL)
    return bif_badarg (p);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return file_error (p, errno);
  while ((n = read (fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR))
    g_byte_array_append (all, chunk, (guint) MAX (n, 0));
  error = errno;
  close (fd);
  if (n < 0)
    return file_error (p, error);
  return pair_new (p, A (ok), binary_new_copy (&p->heap, all->data, all->len));
}

/* --- prim_buffer ------------------------------------------------------------------------ */

typedef struct
{
  GByteArray *bytes;
} Buffer;

static void
destroy_buffer (gpointer binary)
{
  g_byte_array_unref (((Buffer *) magic_data (binary))->bytes);
}

static GByteArray *
buffer_of (Term t)
{
  Buffer *buffer = magic_ref_data (t, destroy_buffer);

  return buffer != NULL ? buffer->bytes : NULL;
}

Term
bif_prim_buffer_new_0 (Process *p, Term *args)
{
  OffHeapBinary *magic = magic_new (p->vm, sizeof (Buffer), destroy_buffer);

  ((Buffer *) magic_data (magic))->bytes = g_byte_array_new ();
  return magic_ref (p, magic);
}

Term
bif_prim_buffer_size_1 (Process *p, Term *args)
{
  GByteArray *buffer = buffer_of (args[0]);

  return buffer == NULL ? bif_badarg (p) : make_small (buffer->len);
}

Term
bif_prim_buffer_peek_head_1 (Process *p, Term *args)
{
  GByteArray *buffer = buffer_of (args[0]);

  return buffer == NULL ? bif_badarg (p) : binary_new_copy (&p->heap, buffer->data, buffer->len);
}

Term
bif_prim_buffer_copying_read_2 (Process *p, Term *args)
{
  GByteArray *buffer = buffer_of (args[0]);
  guint64     n;
  Term        result;

  if (buffer == NULL || !integer_to_u64 (args[1], &n) || n > buffer->len)
    return bif_badarg (p);
  result = binary_new_copy (&p->heap, buffer->data, n);
  g_byte_array_remove_range (buffer, 0, (guint) n);
  return result;
}

Term
bif_prim_buffer_write_2 (Process *p, Term *args)
{
  GByteArray *buffer = buffer_of (args[0]);
  gsize       n_bits;
  guint64     steps;
  guint       at;

  if (buffer == NULL || !iolist_measure (args[1], false, &n_bits, &steps))
    return bif_badarg (p);
  at = buffer->len;
  if (at + n_bits / 8 > MAX_READ)
    return bif_system_limit (p);
  g_byte_array_set_size (buffer, (guint) (at + n_bits / 8));
  iolist_write (args[1], buffer->data + at);
  return A (ok);
}

Term
bif_prim_buffer_skip_2 (Process *p, Term *args)
{
  GByteArray *buffer = buffer_of (args[0]);
  guint64     n;

  if (buffer == NULL || !integer_to_u64 (args[1], &n) || n > buffer->len)
    return bif_badarg (p);
  g_byte_array_remove_range (buffer, 0, (guint) n);
  return A (ok);
}

Term
bif_prim_buffer_find_byte_index_2 (Process *p, Term *args)
{
  GByteArray   *buffer = buffer_of (args[0]);
  const guint8 *found;

  if (buffer == NULL || !term_is_byte (args[1]))
    return bif_badarg (p);
  found = buffer->len > 0 ? memchr (buffer->data, (int) small_value (args[1]), buffer->len) : NULL;
  if (found == NULL)
    return atom_named (p, "not_found");
  return pair_new (p, A (ok), make_small (found - buffer->data));
}

/* One process uses a buffer: nobody else holds its lock. */
Term
bif_prim_buffer_try_lock_1 (Process *p, Term *args)
{
  return buffer_of (args[0]) == NULL ? bif_badarg (p) : atom_named (p, "acquired");
}

Term
bif_prim_buffer_unlock_1 (Process *p, Term *args)
{
  return buffer_of (args[0]) == NULL ? bif_badarg (p) : A (ok);
}
