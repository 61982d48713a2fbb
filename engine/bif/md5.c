/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "engine/bif/md5.h"

#include <string.h>

/* floor (2^32 * |sin (i + 1)|) */
static const guint32 sines[64] = {
  0xd76aa478,
  0xe8c7b756,
  0x242070db,
  0xc1bdceee,
  0xf57c0faf,
  0x4787c62a,
  0xa8304613,
  0xfd469501,
  0x698098d8,
  0x8b44f7af,
  0xffff5bb1,
  0x895cd7be,
  0x6b901122,
  0xfd987193,
  0xa679438e,
  0x49b40821,
  0xf61e2562,
  0xc040b340,
  0x265e5a51,
  0xe9b6c7aa,
  0xd62f105d,
  0x02441453,
  0xd8a1e681,
  0xe7d3fbc8,
  0x21e1cde6,
  0xc33707d6,
  0xf4d50d87,
  0x455a14ed,
  0xa9e3e905,
  0xfcefa3f8,
  0x676f02d9,
  0x8d2a4c8a,
  0xfffa3942,
  0x8771f681,
  0x6d9d6122,
  0xfde5380c,
  0xa4beea44,
  0x4bdecfa9,
  0xf6bb4b60,
  0xbebfbc70,
  0x289b7ec6,
  0xeaa127fa,
  0xd4ef3085,
  0x04881d05,
  0xd9d4d039,
  0xe6db99e5,
  0x1fa27cf8,
  0xc4ac5665,
  0xf4292244,
  0x432aff97,
  0xab9423a7,
  0xfc93a039,
  0x655b59c3,
  0x8f0ccc92,
  0xffeff47d,
  0x85845dd1,
  0x6fa87e4f,
  0xfe2ce6e0,
  0xa3014314,
  0x4e0811a1,
  0xf7537e82,
  0xbd3af235,
  0x2ad7d2bb,
  0xeb86d391,
};

static const guint8 shifts[4][4] = {
  { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 }
};

static inline guint32
rotate (guint32 v, guint n)
{
  return v << n | v >> (32 - n);
}

static void
add_block (Md5 *md5, const guint8 *block)
{
  guint32 a = md5->state[0], b = md5->state[1], c = md5->state[2], d = md5->state[3];
  guint32 words[16];

  for (guint i = 0; i < 16; i++)
    words[i] = (guint32) block[4 * i] | (guint32) block[4 * i + 1] << 8 |
               (guint32) block[4 * i + 2] << 16 | (guint32) block[4 * i + 3] << 24;
  for (guint i = 0; i < 64; i++)
    {
      guint32 f, next;
      guint   word;

      switch (i / 16)
        {
        case 0:
          f = (b & c) | (~b & d);
          word = i;
          break;
        case 1:
          f = (d & b) | (~d & c);
          word = (5 * i + 1) % 16;
          break;
        case 2:
          f = b ^ c ^ d;
          word = (3 * i + 5) % 16;
          break;
        default:
          f = c ^ (b | ~d);
          word = 7 * i % 16;
          break;
        }
      next = b + rotate (a + f + sines[i] + words[word], shifts[i / 16][i % 4]);
      a = d;
      d = c;
      c = b;
      b = next;
    }
  md5->state[0] += a;
  md5->state[1] += b;
  md5->state[2] += c;
  md5->state[3] += d;
}

void
md5_init (Md5 *md5)
{
  *md5 = (Md5){ { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 }, 0, { 0 } };
}

void
md5_update (Md5 *md5, const guint8 *bytes, gsize n)
{
  while (n > 0)
    {
      gsize have = md5->n_bytes % 64;
      gsize take = MIN (64 - have, n);

      memcpy (md5->pending + have, bytes, take);
      md5->n_bytes += take;
      bytes += take;
      n -= take;
      if (have + take == 64)
        add_block (md5, md5->pending);
    }
}

void
md5_final (Md5 *md5, guint8 *digest)
{
  static const guint8 padding[64] = { 0x80 };
  guint64             n_bits = md5->n_bytes * 8;
  gsize               have = md5->n_bytes % 64;
  guint8              length[8];

  for (guint i = 0; i < 8; i++)
    length[i] = (guint8) (n_bits >> (8 * i));
  md5_update (md5, padding, have < 56 ? 56 - have : 120 - have);
  md5_update (md5, length, 8);
  for (guint i = 0; i < 16; i++)
    digest[i] = (guint8) (md5->state[i / 4] >> (i % 4 * 8));
}
