/* SPDX-License-Identifier: Apache-2.0 */

/* Checksums of iodata. */

#include "config.h"

#include "engine/bif/iolist.h"
#include "engine/bif/md5.h"

#include <zlib.h>

#define BYTES_PER_REDUCTION 10  /* crc32, adler32 */
#define MD5_BYTES_A_SLICE   100 /* md5 of more gives up the slice */

/* Calls @func with each stretch of bytes of @iodata; FALSE: no iodata. */
typedef void (*BytesFunc) (gpointer data, const guint8 *bytes, gsize n);

typedef struct
{
  BytesFunc func;
  gpointer  data;
  gsize     n;
} Feeding;

static bool
feed_item (Term item, gpointer data)
{
  Feeding           *feeding = data;
  g_autofree guint8 *to_free = NULL;
  const guint8      *bytes;
  guint8             byte;
  gsize              n = 1;

  if (term_is_small (item))
    {
      byte = (guint8) small_value (item);
      bytes = &byte;
    }
  else
    bytes = binary_bytes (item, &n, &to_free);
  if (bytes == NULL)
    return false;
  feeding->func (feeding->data, bytes, n);
  feeding->n += n;
  return true;
}

static bool
feed (Term iodata, BytesFunc func, gpointer data, gsize *n)
{
  Feeding feeding = { func, data, 0 };
  guint64 steps;
  bool    ok = iolist_foreach (iodata, feed_item, &feeding, &steps);

  *n = feeding.n;
  return ok;
}

/* --- crc32, adler32 ------------------------------------------------------------- */

static void
add_crc32 (gpointer data, const guint8 *bytes, gsize n)
{
  *(gulong *) data = crc32_z (*(gulong *) data, bytes, n);
}

static void
add_adler32 (gpointer data, const guint8 *bytes, gsize n)
{
  *(gulong *) data = adler32_z (*(gulong *) data, bytes, n);
}

static Term
checksum (Process *p, gulong sum, Term iodata, BytesFunc func)
{
  gsize n;

  if (!feed (iodata, func, &sum, &n))
    return bif_badarg (p);
  bump_reductions (p, (gint32) MIN (n / BYTES_PER_REDUCTION, G_MAXINT32));
  return make_small ((gint64) (guint32) sum);
}

static bool
is_checksum (Term t, gulong *sum)
{
  guint64 v;

  if (!integer_to_u64 (t, &v) || v > G_MAXUINT32)
    return false;
  *sum = (gulong) v;
  return true;
}

Term
bif_crc32_1 (Process *p, Term *args)
{
  return checksum (p, crc32 (0, NULL, 0), args[0], add_crc32);
}

Term
bif_crc32_2 (Process *p, Term *args)
{
  gulong sum;

  return is_checksum (args[0], &sum) ? checksum (p, sum, args[1], add_crc32) : bif_badarg (p);
}

Term
bif_adler32_1 (Process *p, Term *args)
{
  return checksum (p, adler32 (0, NULL, 0), args[0], add_adler32);
}

Term
bif_adler32_2 (Process *p, Term *args)
{
  gulong sum;

  return is_checksum (args[0], &sum) ? checksum (p, sum, args[1], add_adler32) : bif_badarg (p);
}

static bool
read_combination (Term *args, gulong *a, gulong *b, guint64 *len)
{
  return is_checksum (args[0], a) && is_checksum (args[1], b) && integer_to_u64 (args[2], len) &&
         *len <= G_MAXUINT32;
}

Term
bif_crc32_combine_3 (Process *p, Term *args)
{
  gulong  a, b;
  guint64 len;

  if (!read_combination (args, &a, &b, &len))
    return bif_badarg (p);
  return make_small ((gint64) crc32_combine (a, b, (z_off_t) len));
}

Term
bif_adler32_combine_3 (Process *p, Term *args)
{
  gulong  a, b;
  guint64 len;

  if (!read_combination (args, &a, &b, &len))
    return bif_badarg (p);
  if (len == 0)
    return make_small ((gint64) a);
  return make_small ((gint64) adler32_combine (a, b, (z_off_t) len));
}

/* --- md5 ------------------------------------------------------------------------ */

static void
add_md5 (gpointer data, const guint8 *bytes, gsize n)
{
  md5_update (data, bytes, n);
}

static bool
md5_add_iodata (Process *p, Md5 *md5, Term iodata)
{
  gsize n;

  if (!feed (iodata, add_md5, md5, &n))
    return false;
  bump_reductions (p, n > MD5_BYTES_A_SLICE ? G_MAXINT32 : (gint32) n);
  return true;
}

static Term
digest_term (Process *p, Md5 *md5)
{
  guint8 digest[16];

  md5_final (md5, digest);
  return binary_new_copy (&p->heap, digest, sizeof digest);
}

/* Contexts are heap binaries although they are longer than others may be. */
static Term
context_term (Process *p, const Md5 *md5)
{
  HeapBin *bin = (HeapBin *) halloc (p, HEAP_BIN_WORDS (sizeof *md5));

  bin->header = HEAP_BIN_HEADER (sizeof *md5);
  bin->size = sizeof *md5;
  memcpy (bin->data, md5, sizeof *md5);
  return make_boxed ((Term *) bin);
}

static bool
read_context (Term t, Md5 *md5)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (t, &size, &to_free);

  if (bytes == NULL || size != sizeof *md5)
    return false;
  memcpy (md5, bytes, sizeof *md5);
  return true;
}

Term
bif_md5_1 (Process *p, Term *args)
{
  Md5 md5;

  md5_init (&md5);
  return md5_add_iodata (p, &md5, args[0]) ? digest_term (p, &md5) : bif_badarg (p);
}

Term
bif_md5_init_0 (Process *p, Term *args)
{
  Md5 md5;

  md5_init (&md5);
  return context_term (p, &md5);
}

Term
bif_md5_update_2 (Process *p, Term *args)
{
  Md5 md5;

  if (!read_context (args[0], &md5) || !md5_add_iodata (p, &md5, args[1]))
    return bif_badarg (p);
  return context_term (p, &md5);
}

Term
bif_md5_final_1 (Process *p, Term *args)
{
  Md5 md5;

  return read_context (args[0], &md5) ? digest_term (p, &md5) : bif_badarg (p);
}
