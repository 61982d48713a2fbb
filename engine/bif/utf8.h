/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* UTF-8 as Erlang has it: U+0000 to U+10FFFF without the surrogates, shortest
 * form only. */

#include <glib.h>
#include <stdbool.h>

typedef enum
{
  UTF8_OK,
  UTF8_INVALID,
  UTF8_INCOMPLETE, /* the bytes end within a character that is right so far */
} Utf8Result;

static inline bool
utf8_is_character (guint64 c)
{
  return c < 0xd800 || (c > 0xdfff && c <= 0x10ffff);
}

static inline guint
utf8_length (guint32 c)
{
  return c < 0x80 ? 1 : c < 0x800   ? 2
                      : c < 0x10000 ? 3
                                    : 4;
}

/* Writes @c at @to (up to 4 bytes); returns how many. */
static inline guint
utf8_write (guint8 *to, guint32 c)
{
  if (c < 0x80)
    {
      to[0] = (guint8) c;
      return 1;
    }
  if (c < 0x800)
    {
      to[0] = (guint8) (0xc0 | c >> 6);
      to[1] = (guint8) (0x80 | (c & 0x3f));
      return 2;
    }
  if (c < 0x10000)
    {
      to[0] = (guint8) (0xe0 | c >> 12);
      to[1] = (guint8) (0x80 | (c >> 6 & 0x3f));
      to[2] = (guint8) (0x80 | (c & 0x3f));
      return 3;
    }
  to[0] = (guint8) (0xf0 | c >> 18);
  to[1] = (guint8) (0x80 | (c >> 12 & 0x3f));
  to[2] = (guint8) (0x80 | (c >> 6 & 0x3f));
  to[3] = (guint8) (0x80 | (c & 0x3f));
  return 4;
}

/* Reads the character at @bytes (@n > 0 of them): *c and *used when UTF8_OK. */
static inline Utf8Result
utf8_read (const guint8 *bytes, gsize n, guint32 *c, guint *used)
{
  static const guint32 least[] = { 0, 0, 0x80, 0x800, 0x10000 };
  guint8               first = bytes[0];
  guint                len, have;
  guint32              v;

  if (first < 0x80)
    {
      *c = first;
      *used = 1;
      return UTF8_OK;
    }
  if (first < 0xc2 || first > 0xf4)
    return UTF8_INVALID;
  len = first < 0xe0 ? 2 : first < 0xf0 ? 3
                                        : 4;
  have = (guint) MIN (n, len);
  v = first & (0x7fu >> len);
  for (guint i = 1; i < have; i++)
    {
      if ((bytes[i] & 0xc0) != 0x80)
        return UTF8_INVALID;
      v = v << 6 | (bytes[i] & 0x3f);
    }
  if (have >= 2)
    {
      /* what cannot be completed to a character is wrong at once */
      guint   missing = (len - have) * 6;
      guint32 low = v << missing, high = low | ((1u << missing) - 1);

      if (high < least[len] || low > 0x10ffff || (low >= 0xd800 && high <= 0xdfff))
        return UTF8_INVALID;
    }
  if (have < len)
    return UTF8_INCOMPLETE;
  *c = v;
  *used = len;
  return UTF8_OK;
}
