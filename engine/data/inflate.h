/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Unpacking of zlib data that nobody vouches for: no result is larger than what
 * its packed size can hold (deflate packs at most 1032 to 1). */

#include <glib.h>

/* Unpacks a zlib stream that must give exactly @size bytes; *@used (nullable)
 * gets the packed bytes. (transfer full) (nullable): NULL when it does not. */
guint8 *inflate_exact (const guint8 *data, gsize len, gsize size, gsize *used);

/* Unpacks a whole gzip file. (transfer full) (nullable): NULL when it is damaged
 * or larger than @max_bytes. */
guint8 *inflate_gzip (const guint8 *data, gsize len, gsize max_bytes, gsize *size);

/* Packs @data as a zlib stream at @level (0 to 9). (transfer full) */
GByteArray *deflate_bytes (const guint8 *data, gsize len, int level);
