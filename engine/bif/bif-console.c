/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

/* The console, for the boot's group leader (module beamlab_user). */

#include "engine/bif/bif-util.h"
#include "engine/proc/process-table.h"
#include "engine/trace/console.h"

#include <stdio.h>

/* console_write (Binary): true */
Term
bif_beamlab_console_write_1 (Process *p, Term *args)
{
  gsize         size;
  guint8       *to_free = NULL;
  const guint8 *bytes = binary_bytes (args[0], &size, &to_free);

  if (bytes == NULL)
    return bif_badarg (p);
  console_write ((Console *) p->vm->console, p->run->ring, process_now_ns (p->vm, p), p->id, bytes,
                 size);
  g_free (to_free);
  return A (true);
}

/* console_error (Binary): true. What is written to standard_error: the program's own
 * where the console is written to a file descriptor, else the console. */
Term
bif_beamlab_console_error_1 (Process *p, Term *args)
{
  gsize         size;
  guint8       *to_free = NULL;
  const guint8 *bytes;

  if (p->vm->options.output_fd < 0)
    return bif_beamlab_console_write_1 (p, args);
  bytes = binary_bytes (args[0], &size, &to_free);
  if (bytes == NULL)
    return bif_badarg (p);
  fwrite (bytes, 1, size, stderr);
  fflush (stderr);
  g_free (to_free);
  return A (true);
}

/* console_read (line | MaxBytes): a binary, eof, or wait */
Term
bif_beamlab_console_read_1 (Process *p, Term *args)
{
  gboolean eof = FALSE;
  bool     line = term_is_atom (args[0]);
  g_autoptr (GBytes) bytes = NULL;
  gsize         size;
  const guint8 *data;

  if (!line && (!term_is_small (args[0]) || small_value (args[0]) < 1))
    return bif_badarg (p);
  bytes = console_take ((Console *) p->vm->console,
                        line ? G_MAXSIZE : (gsize) small_value (args[0]), line, &eof);
  if (bytes == NULL)
    return eof ? atom_named (p, "eof") : atom_named (p, "wait");
  data = g_bytes_get_data (bytes, &size);
  return binary_new_copy (&p->heap, data, size);
}

/* console_encoding (): latin1 | unicode: what the console begins with. Written to a
 * file descriptor it is latin1, as the standard output of `erl -noshell` is; a window
 * shows text. */
Term
bif_beamlab_console_encoding_0 (Process *p, Term *args)
{
  return p->vm->options.output_fd >= 0 ? A (latin1) : A (unicode);
}

/* --- what the boot's modules ask of the machine ------------------------------------- */

/* booted (): the system processes are ready, programs may start */
Term
bif_beamlab_booted_0 (Process *p, Term *args)
{
  g_atomic_int_set (&p->vm->is_booted, TRUE);
  if (p->vm->hooks->booted != NULL)
    p->vm->hooks->booted (p->vm);
  return A (true);
}

Term
bif_beamlab_root_dir_0 (Process *p, Term *args)
{
  return string_new (&p->heap, p->vm->otp_root, -1);
}

Term
bif_beamlab_otp_version_0 (Process *p, Term *args)
{
  return string_new (&p->heap, p->vm->otp_version, -1);
}

/* read_file (Binary): {ok, Binary} or {error, Text} */
Term
bif_beamlab_read_file_1 (Process *p, Term *args)
{
  gsize            size, len;
  guint8          *to_free = NULL;
  const guint8    *bytes = binary_bytes (args[0], &size, &to_free);
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  if (bytes == NULL)
    return bif_badarg (p);
  path = g_strndup ((const char *) bytes, size);
  g_free (to_free);
  if (!g_file_get_contents (path, &contents, &len, &error))
    return pair_new (p, A (error), string_new (&p->heap, error->message, -1));
  return pair_new (p, A (ok), binary_new_copy (&p->heap, (const guint8 *) contents, len));
}
