/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* UTF-8 text as a list of characters. */

#include "engine/bif/bif-util.h"
#include "engine/bif/utf8.h"

/* Bytes that are no UTF-8 stand for themselves. */
static inline Term
text_to_list (Process *p, const char *text, gsize len)
{
  const guint8 *bytes = (const guint8 *) text;
  Term          list = NIL;
  Term         *end = &list;

  for (gsize i = 0; i < len;)
    {
      guint32 c = bytes[i];
      guint   used = 1;
      Term   *cell = halloc (p, 2);

      if (utf8_read (bytes + i, len - i, &c, &used) != UTF8_OK)
        {
          c = bytes[i];
          used = 1;
        }
      i += used;
      *end = cons_write (cell, make_small (c), NIL);
      end = cell + 1;
    }
  return list;
}
