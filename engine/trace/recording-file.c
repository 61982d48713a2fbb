/* SPDX-License-Identifier: Apache-2.0 */

/* A recording on disk. All numbers little-endian.
 *
 *   "BEAMLREC"  u32 version  u32 n_schedulers  u64 n_dropped
 *   u64 n_strings, each: u32 length, bytes           (1, 2, …)
 *   u64 n_atoms, each: u32 index, u32 string
 *   u64 n_processes, each: u32 pid, u32 name string (0 = none), u64 mfa
 *   u64 n_records, each 32 bytes: i64 t, u32 pid, u8 kind, u8 scheduler, u8 n_more, u8 extra, u64
 * a, u64 b with more than 255 schedulers: n_records bytes, scheduler / 256 "END."
 */
#include "config.h"

#include "engine/trace/recording.h"

#include "engine/vm-error.h"

#include <string.h>

#define MAGIC            "BEAMLREC"
#define VERSION          2u /* 1: an OUT told nothing of what is outside the blocks */
#define OLDEST_VERSION   1u
#define END_MARK         "END."
#define RECORD_BYTES     32u
#define MAX_SCHEDULERS   1024u
#define MAX_STRING_BYTES (64u << 20)

/* --- writing ---------------------------------------------------------------- */

typedef struct
{
  GOutputStream *stream;
  GByteArray    *buffer;
  GError       **error;
  gboolean       failed;
} Writer;

static void
flush (Writer *writer)
{
  if (!writer->failed && writer->buffer->len > 0)
    writer->failed = !g_output_stream_write_all (writer->stream, writer->buffer->data,
                                                 writer->buffer->len, NULL, NULL, writer->error);
  g_byte_array_set_size (writer->buffer, 0);
}

static void
put (Writer *writer, gconstpointer bytes, gsize len)
{
  g_byte_array_append (writer->buffer, bytes, (guint) len);
  if (writer->buffer->len >= 1u << 16)
    flush (writer);
}

static void
put_u32 (Writer *writer, guint32 value)
{
  value = GUINT32_TO_LE (value);
  put (writer, &value, 4);
}

static void
put_u64 (Writer *writer, guint64 value)
{
  value = GUINT64_TO_LE (value);
  put (writer, &value, 8);
}

static void
put_atoms (Writer *writer, VmRecording *recording)
{
  guint64 n = 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      if (pass == 1)
        put_u64 (writer, n);
      for (guint i = 0; i < N_ATOM_CHUNKS; i++)
        {
          if (atomic_load_explicit (&recording->atoms[i], memory_order_acquire) == NULL)
            continue;
          for (guint j = 0; j < ATOM_CHUNK; j++)
            {
              const char *name = recording_get_atom (recording, i * ATOM_CHUNK + j);

              if (name == NULL)
                continue;
              n += pass == 0;
              if (pass == 1)
                {
                  put_u32 (writer, i * ATOM_CHUNK + j);
                  put_u32 (writer, (guint32) recording_intern (recording, name));
                }
            }
        }
    }
}

static void
put_processes (Writer *writer, VmRecording *recording)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));

  vm_recording_get_pids (recording, pids);
  put_u64 (writer, pids->len);
  for (guint i = 0; i < pids->len; i++)
    {
      VmPid          pid = g_array_index (pids, VmPid, i);
      ProcessRecord *process = recording_find_process (recording, pid);
      const char    *name = atomic_load_explicit (&process->name, memory_order_acquire);

      put_u32 (writer, pid);
      put_u32 (writer, name == NULL ? 0 : (guint32) recording_intern (recording, name));
      put_u64 (writer, atomic_load_explicit (&process->mfa, memory_order_relaxed));
    }
}

static void
put_records (Writer *writer, VmRecording *recording, guint64 n)
{
  put_u64 (writer, n);
  for (guint64 i = 0; i < n; i++)
    {
      const VmEvent *event = vm_recording_peek (recording, i);
      guint8         bytes[4] = { event->kind, event->scheduler, event->n_more, event->extra };

      put_u64 (writer, (guint64) event->t_ns);
      put_u32 (writer, event->pid);
      put (writer, bytes, 4);
      put_u64 (writer, event->a);
      put_u64 (writer, event->b);
    }
  for (guint64 i = 0; recording->n_schedulers > 255 && i < n; i++)
    put (writer, chunked_at (&recording->high, i), 1);
}

gboolean
vm_recording_save (VmRecording *recording, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  Writer  writer = { NULL, buffer, error, FALSE };
  guint64 n_records = vm_recording_get_n_records (recording), n_strings;

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  if (stream == NULL)
    return FALSE;
  writer.stream = G_OUTPUT_STREAM (stream);
  n_strings = chunked_n (&recording->strings);
  put (&writer, MAGIC, 8);
  put_u32 (&writer, VERSION);
  put_u32 (&writer, recording->n_schedulers);
  put_u64 (&writer, vm_recording_get_n_dropped (recording));
  put_u64 (&writer, n_strings - 1);
  for (guint64 i = 1; i < n_strings; i++)
    {
      const char *text = vm_recording_get_string (recording, i);
      gsize       len = strlen (text);

      put_u32 (&writer, (guint32) len);
      put (&writer, text, len);
    }
  put_atoms (&writer, recording);
  put_processes (&writer, recording);
  put_records (&writer, recording, n_records);
  put (&writer, END_MARK, 4);
  flush (&writer);
  return !writer.failed && g_output_stream_close (writer.stream, NULL, error);
}

/* --- reading: the file may be anybody's ------------------------------------- */

typedef struct
{
  const char   *path;
  const guint8 *data;
  gsize         size;
  gsize         offset;
  GError      **error;
  gboolean      failed;
} Reader;

static gboolean
refuse (Reader *reader, gsize offset, const char *why)
{
  if (!reader->failed)
    g_set_error (reader->error, VM_ERROR, VM_ERROR_FORMAT, "%s: offset %" G_GSIZE_FORMAT ": %s",
                 reader->path, offset, why);
  reader->failed = TRUE;
  return FALSE;
}

static const guint8 *
take (Reader *reader, gsize len, const char *what)
{
  const guint8 *bytes = reader->data + reader->offset;

  if (reader->failed || reader->size - reader->offset < len)
    {
      g_autofree char *why = g_strdup_printf ("the file ends within %s", what);
      refuse (reader, reader->offset, why);
      return NULL;
    }
  reader->offset += len;
  return bytes;
}

static guint32
take_u32 (Reader *reader, const char *what)
{
  const guint8 *bytes = take (reader, 4, what);
  guint32       value = 0;

  if (bytes != NULL)
    memcpy (&value, bytes, 4);
  return GUINT32_FROM_LE (value);
}

static guint64
take_u64 (Reader *reader, const char *what)
{
  const guint8 *bytes = take (reader, 8, what);
  guint64       value = 0;

  if (bytes != NULL)
    memcpy (&value, bytes, 8);
  return GUINT64_FROM_LE (value);
}

/* A count of things of at least @each bytes that must still fit into the file. */
static guint64
take_count (Reader *reader, gsize each, const char *what)
{
  gsize   offset = reader->offset;
  guint64 n = take_u64 (reader, what);

  if (!reader->failed && n > (reader->size - reader->offset) / each)
    {
      g_autofree char *why =
        g_strdup_printf ("%" G_GUINT64_FORMAT " %s do not fit into the file", n, what);
      refuse (reader, offset, why);
    }
  return reader->failed ? 0 : n;
}

static gboolean
read_strings (Reader *reader, VmRecording *recording)
{
  guint64 n = take_count (reader, 4, "strings");

  for (guint64 i = 1; i <= n; i++)
    {
      gsize            offset = reader->offset;
      guint32          len = take_u32 (reader, "a string");
      const guint8    *bytes;
      g_autofree char *text = NULL;

      if (len > MAX_STRING_BYTES)
        return refuse (reader, offset, "a string is longer than 64 MiB");
      bytes = take (reader, len, "a string");
      if (bytes == NULL)
        return FALSE;
      if (!g_utf8_validate_len ((const char *) bytes, len, NULL))
        return refuse (reader, offset, "a string is not UTF-8");
      text = g_strndup ((const char *) bytes, len);
      if (recording_intern (recording, text) != i)
        return refuse (reader, offset, "a string occurs twice");
    }
  return !reader->failed;
}

static gboolean
read_names (Reader *reader, VmRecording *recording)
{
  guint64 n = take_count (reader, 8, "atoms");
  gsize   offset = reader->offset;

  for (guint64 i = 0; i < n; i++)
    {
      guint32     index = take_u32 (reader, "an atom"), string = take_u32 (reader, "an atom");
      const char *name = vm_recording_get_string (recording, string);

      if (reader->failed)
        return FALSE;
      if (name == NULL || index >= N_ATOM_CHUNKS * ATOM_CHUNK)
        return refuse (reader, offset, "an atom without a name");
      recording_set_atom (recording, index, name);
    }
  n = take_count (reader, 16, "processes");
  for (guint64 i = 0; i < n; i++)
    {
      guint32        pid, string;
      guint64        mfa;
      ProcessRecord *process;

      offset = reader->offset;
      pid = take_u32 (reader, "a process");
      string = take_u32 (reader, "a process");
      mfa = take_u64 (reader, "a process");
      if (reader->failed)
        return FALSE;
      process = recording_get_process (recording, pid);
      if (process == NULL || (string != 0 && vm_recording_get_string (recording, string) == NULL))
        return refuse (reader, offset, "a process with an impossible number or name");
      atomic_store (&process->name, vm_recording_get_string (recording, string));
      atomic_store (&process->mfa, mfa);
    }
  return !reader->failed;
}

static void
decode_record (const guint8 *bytes, VmEvent *event)
{
  guint64 words[3];
  guint32 pid;

  memcpy (&words[0], bytes, 8);
  memcpy (&pid, bytes + 8, 4);
  memcpy (&words[1], bytes + 16, 16);
  event->t_ns = (gint64) GUINT64_FROM_LE (words[0]);
  event->pid = GUINT32_FROM_LE (pid);
  event->kind = bytes[12];
  event->scheduler = bytes[13];
  event->n_more = bytes[14];
  event->extra = bytes[15];
  event->a = GUINT64_FROM_LE (words[1]);
  event->b = GUINT64_FROM_LE (words[2]);
}

static const char *
record_fault (VmRecording *recording, const VmEvent *event, guint64 n_left, gint64 last_ns)
{
  gboolean is_gc =
    event->kind >= VM_EVENT_GC_MINOR_START && event->kind <= VM_EVENT_GC_MAX_HEAP_SIZE;

  if (event->kind == VM_EVENT_NONE || event->kind >= VM_N_EVENTS)
    return "an event of unknown kind";
  if (event->kind == VM_EVENT_MORE)
    return "a continuation that follows nothing";
  if (event->n_more >= n_left)
    return "an event's continuation is missing";
  if (is_gc && event->n_more != 2)
    return "a collection without its keys";
  if (event->kind == VM_EVENT_OUT && event->n_more > 1)
    return "a switch with too much to tell";
  if (event->t_ns < last_ns)
    return "time goes backwards";
  if (event->scheduler > recording->n_schedulers)
    return "an event of a scheduler that is not there";
  return NULL;
}

static gboolean
read_records (Reader *reader, VmRecording *recording)
{
  guint64       n = take_count (reader, RECORD_BYTES, "records");
  gsize         base = reader->offset;
  const guint8 *bytes = take (reader, n * RECORD_BYTES, "the records");
  const guint8 *high =
    recording->n_schedulers > 255 && !reader->failed ? take (reader, n, "the schedulers") : NULL;
  gint64  last_ns = G_MININT64;
  VmEvent events[256];

  if (reader->failed)
    return FALSE;
  for (guint64 i = 0; i < n; i += 1 + (guint64) events[0].n_more)
    {
      const char *fault;
      guint       scheduler;

      decode_record (bytes + i * RECORD_BYTES, &events[0]);
      fault = record_fault (recording, &events[0], n - i, last_ns);
      scheduler = events[0].scheduler | (high != NULL ? (guint) high[i] << 8 : 0);
      if (fault == NULL && scheduler > recording->n_schedulers)
        fault = "an event of a scheduler that is not there";
      for (guint k = 1; fault == NULL && k <= events[0].n_more; k++)
        {
          decode_record (bytes + (i + k) * RECORD_BYTES, &events[k]);
          if (events[k].kind != VM_EVENT_MORE)
            fault = "an event's continuation is missing";
        }
      if (fault != NULL)
        return refuse (reader, base + i * RECORD_BYTES, fault);
      last_ns = events[0].t_ns;
      recording_append (recording, events, scheduler);
    }
  return TRUE;
}

static VmRecording *
read_recording (Reader *reader)
{
  g_autoptr (VmRecording) recording = NULL;
  const guint8 *magic = take (reader, 8, "its first eight bytes"), *end;
  guint32       version, n_schedulers;
  guint64       n_dropped;

  if (magic == NULL)
    return NULL;
  if (memcmp (magic, MAGIC, 8) != 0)
    return refuse (reader, 0, "this is no recording"), NULL;
  version = take_u32 (reader, "the version");
  if (!reader->failed && (version < OLDEST_VERSION || version > VERSION))
    return refuse (reader, 8, "made by another version of the program"), NULL;
  n_schedulers = take_u32 (reader, "the number of schedulers");
  n_dropped = take_u64 (reader, "the number of lost events");
  if (!reader->failed && (n_schedulers == 0 || n_schedulers > MAX_SCHEDULERS))
    return refuse (reader, 12, "the number of schedulers is not 1 to 1024"), NULL;
  if (reader->failed)
    return NULL;
  recording = recording_new (n_schedulers);
  atomic_store (&recording->n_dropped, n_dropped);
  if (!read_strings (reader, recording) || !read_names (reader, recording) ||
      !read_records (reader, recording))
    return NULL;
  end = take (reader, 4, "its end mark");
  if (end == NULL)
    return NULL;
  if (memcmp (end, END_MARK, 4) != 0 || reader->offset != reader->size)
    return refuse (reader, reader->offset - 4, "the end mark is missing"), NULL;
  return g_steal_pointer (&recording);
}

VmRecording *
vm_recording_load (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  Reader reader = { .path = path, .error = error };

  if (file == NULL)
    return NULL;
  reader.data = (const guint8 *) g_mapped_file_get_contents (file);
  reader.size = g_mapped_file_get_length (file);
  return read_recording (&reader);
}
