/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/data/inflate.h"

#include <zlib.h>

#define MAX_RATIO   1032
#define RATIO_SLACK 64
#define MAX_STEP    (1u << 30) /* zlib counts in 32 bits */
#define FIRST_GUESS 65536
#define GZIP_WINDOW (16 + MAX_WBITS)

guint8 *
inflate_exact (const guint8 *data, gsize len, gsize size, gsize *used)
{
  z_stream stream = { 0 };
  guint8  *out;
  int      result;

  if (len > MAX_STEP || size > MAX_STEP || size > len * MAX_RATIO + RATIO_SLACK ||
      inflateInit (&stream) != Z_OK)
    return NULL;
  out = g_malloc (size + 1); /* one more: a stream that is too long must be able to show it */
  stream.next_in = (Bytef *) data;
  stream.avail_in = (uInt) len;
  stream.next_out = out;
  stream.avail_out = (uInt) size + 1;
  result = inflate (&stream, Z_FINISH);
  if (used != NULL)
    *used = len - stream.avail_in;
  inflateEnd (&stream);
  if (result == Z_STREAM_END && stream.total_out == size)
    return out;
  g_free (out);
  return NULL;
}

guint8 *
inflate_gzip (const guint8 *data, gsize len, gsize max_bytes, gsize *size)
{
  z_stream stream = { 0 };
  gsize    room = FIRST_GUESS;
  guint8  *out;
  int      result;

  if (len > MAX_STEP || inflateInit2 (&stream, GZIP_WINDOW) != Z_OK)
    return NULL;
  max_bytes = MIN (max_bytes, MAX_STEP);
  out = g_malloc (room);
  stream.next_in = (Bytef *) data;
  stream.avail_in = (uInt) len;
  stream.next_out = out;
  stream.avail_out = (uInt) room;
  while ((result = inflate (&stream, Z_NO_FLUSH)) == Z_OK && stream.avail_out == 0 &&
         room < max_bytes)
    {
      room *= 2;
      out = g_realloc (out, room);
      stream.next_out = out + stream.total_out;
      stream.avail_out = (uInt) (room - stream.total_out);
    }
  *size = stream.total_out;
  inflateEnd (&stream);
  if (result == Z_STREAM_END && *size <= max_bytes)
    return out;
  g_free (out);
  return NULL;
}

GByteArray *
deflate_bytes (const guint8 *data, gsize len, int level)
{
  uLongf      size = compressBound (len);
  GByteArray *out = g_byte_array_sized_new ((guint) size);

  g_byte_array_set_size (out, (guint) size);
  if (compress2 (out->data, &size, data, len, level) != Z_OK)
    size = 0;
  g_byte_array_set_size (out, (guint) size);
  return out;
}
