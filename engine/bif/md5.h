/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* MD5 (RFC 1321) with a state that can be stored as bytes, which GChecksum's
 * cannot. */

#include <glib.h>

typedef struct
{
  guint32 state[4];
  guint64 n_bytes;
  guint8  pending[64]; /* n_bytes % 64 of them */
} Md5;

G_STATIC_ASSERT (sizeof (Md5) == 88); /* as ERTS's context binaries */

void md5_init (Md5 *md5);
void md5_update (Md5 *md5, const guint8 *bytes, gsize n);
void md5_final (Md5 *md5, guint8 *digest); /* 16 bytes */
