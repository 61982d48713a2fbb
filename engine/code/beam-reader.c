/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/beam-reader.h"

#define ARENA_BLOCK_BYTES 65536
#define ARENA_ALIGN       16

gpointer
beam_parse_alloc (BeamParse *parse, gsize n, gsize size)
{
  gsize    bytes = (MAX (n, 1) * size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
  gpointer at;

  if (bytes > ARENA_BLOCK_BYTES / 4)
    {
      at = g_malloc0 (bytes);
      g_ptr_array_add (parse->blocks, at);
      return at;
    }
  if (bytes > parse->block_left)
    {
      parse->block = g_malloc0 (ARENA_BLOCK_BYTES);
      parse->block_left = ARENA_BLOCK_BYTES;
      g_ptr_array_add (parse->blocks, parse->block);
    }
  at = parse->block;
  parse->block += bytes;
  parse->block_left -= bytes;
  return at;
}

void
beam_reader_init (BeamReader *reader, BeamParse *parse, const BeamChunk *chunk)
{
  reader->parse = parse;
  reader->data = chunk->data;
  reader->len = chunk->len;
  reader->pos = 0;
  reader->base = chunk->offset;
  for (int i = 0; i < 4; i++)
    {
      char c = (char) (chunk->id >> (24 - 8 * i));
      reader->chunk[i] = g_ascii_isgraph (c) ? c : '?';
    }
  reader->chunk[4] = '\0';
}

bool
beam_reader_fail (BeamReader *reader, gsize at, const char *reason, ...)
{
  GError **error = reader->parse->error;
  va_list  args;
  char    *text;

  if (error != NULL && *error != NULL) /* the innermost reason is the best one */
    return false;
  va_start (args, reason);
  text = g_strdup_vprintf (reason, args);
  va_end (args);
  g_set_error (error, VM_ERROR, VM_ERROR_FORMAT,
               "%s: chunk %s, byte %" G_GSIZE_FORMAT " of the file: %s", reader->parse->file.path,
               reader->chunk, reader->base + at, text);
  g_free (text);
  return false;
}

bool
beam_reader_bytes (BeamReader *reader, gsize n, const guint8 **bytes)
{
  if (n > reader->len - reader->pos)
    return beam_reader_fail (reader, reader->pos,
                             "%" G_GSIZE_FORMAT
                             " bytes are wanted here, but the chunk ends after %" G_GSIZE_FORMAT,
                             n, reader->len - reader->pos);
  *bytes = reader->data + reader->pos;
  reader->pos += n;
  return true;
}

bool
beam_reader_u8 (BeamReader *reader, guint8 *value)
{
  const guint8 *p = NULL;

  if (!beam_reader_bytes (reader, 1, &p))
    return false;
  *value = p[0];
  return true;
}

bool
beam_reader_u16 (BeamReader *reader, guint *value)
{
  const guint8 *p = NULL;

  if (!beam_reader_bytes (reader, 2, &p))
    return false;
  *value = (guint) p[0] << 8 | p[1];
  return true;
}

bool
beam_reader_u32 (BeamReader *reader, guint32 *value)
{
  const guint8 *p = NULL;

  if (!beam_reader_bytes (reader, 4, &p))
    return false;
  *value = (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
  return true;
}

bool
beam_reader_count (BeamReader *reader, gsize item_bytes, const char *what, guint *count)
{
  gsize   at = reader->pos;
  guint32 n;

  if (!beam_reader_u32 (reader, &n))
    return false;
  if (n > (reader->len - reader->pos) / item_bytes)
    return beam_reader_fail (
      reader, at,
      "a count of %u %s is too large; the chunk has room for %" G_GSIZE_FORMAT " at most", n, what,
      (reader->len - reader->pos) / item_bytes);
  *count = n;
  return true;
}

bool
beam_reader_atom (BeamReader *reader, Term *atom)
{
  gsize   at = reader->pos;
  guint32 index;

  if (!beam_reader_u32 (reader, &index))
    return false;
  if (index == 0 || index >= reader->parse->n_atoms)
    return beam_reader_fail (reader, at, "atom %u does not exist; the file has atoms 1 to %u",
                             index, reader->parse->n_atoms - 1);
  *atom = reader->parse->atoms[index];
  return true;
}

/* How many bytes of a long number follow its first byte. */
static bool
read_long_size (BeamReader *reader, guint8 first, gsize *n)
{
  gsize       at = reader->pos;
  CompactTerm size;

  *n = (first >> 5) + 2u;
  if (*n < 9)
    return true;
  /* The size of a size has no need to be long itself: no recursion. */
  if (reader->pos < reader->len && (reader->data[reader->pos] & 0x18) == 0x18)
    return beam_reader_fail (
      reader, at, "the size of a number is itself a long number; at most 2047 is accepted");
  if (!beam_reader_compact (reader, &size))
    return false;
  if (size.tag != BEAM_TAG_U)
    return beam_reader_fail (reader, at, "the size of a number has tag %d; tag 0 (u) is accepted",
                             size.tag);
  *n = size.value + 9;
  return true;
}

bool
beam_reader_compact (BeamReader *reader, CompactTerm *term)
{
  guint8        first, second;
  const guint8 *p = NULL;
  gsize         n, skip = 0;
  guint64       value = 0;

  if (!beam_reader_u8 (reader, &first))
    return false;
  term->tag = first & 7;
  term->big = NULL;
  term->n_big = 0;
  if ((first & 8) == 0)
    {
      term->value = first >> 4;
      return true;
    }
  if ((first & 0x10) == 0)
    {
      if (!beam_reader_u8 (reader, &second))
        return false;
      term->value = (guint64) (first >> 5) << 8 | second;
      return true;
    }
  if (!read_long_size (reader, first, &n) || !beam_reader_bytes (reader, n, &p))
    return false;

  /* Leading bytes that add nothing do not make a number big. */
  if (term->tag == BEAM_TAG_I)
    while (n - skip > 8 &&
           ((p[skip] == 0 && p[skip + 1] < 0x80) || (p[skip] == 0xff && p[skip + 1] >= 0x80)))
      skip++;
  else
    while (n - skip > 8 && p[skip] == 0)
      skip++;
  p += skip;
  n -= skip;
  if (n > 8)
    {
      term->big = p;
      term->n_big = n;
      term->value = 0;
      return true;
    }
  if (term->tag == BEAM_TAG_I && (p[0] & 0x80) != 0)
    value = G_MAXUINT64;
  for (gsize i = 0; i < n; i++)
    value = value << 8 | p[i];
  term->value = value;
  return true;
}
