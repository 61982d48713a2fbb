/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/data/etf-shape.h"

#include "engine/term/external.h"

#define MAX_BIG_WORDS (1u << 20) /* system_limit of a big integer is below this */
#define MAX_TUPLE     0xffffffu  /* elements */

static guint64
binary_words (guint64 bytes, bool off_heap)
{
  return off_heap && bytes > HEAP_BIN_LIMIT ? PROC_BIN_WORDS : HEAP_BIN_WORDS (bytes);
}

static bool
shape_of_container (const EtfInput *in, EtfShape *shape)
{
  switch (in->p[0])
    {
    case ETF_SMALL_TUPLE:
      if (!has (in, 2))
        return false;
      shape->head = 2;
      shape->n = shape->n_terms = in->p[1];
      shape->words = shape->n > 0 ? 1 + shape->n : 0;
      return true;
    case ETF_LARGE_TUPLE:
      if (!has (in, 5))
        return false;
      shape->head = 5;
      shape->n = shape->n_terms = get_u32 (in->p + 1);
      shape->words = shape->n > 0 ? 1 + shape->n : 0;
      return shape->n <= MAX_TUPLE;
    case ETF_LIST:
      if (!has (in, 5))
        return false;
      shape->head = 5;
      shape->n = get_u32 (in->p + 1);
      shape->n_terms = shape->n + 1;
      shape->words = 2 * shape->n;
      return true;
    case ETF_MAP:
      if (!has (in, 5))
        return false;
      shape->head = 5;
      shape->n = get_u32 (in->p + 1);
      shape->n_terms = 2 * shape->n;
      shape->words = shape->n > MAP_FLAT_LIMIT ? 2 * shape->n : shape->n > 0 ? 4 + 2 * shape->n
                                                                             : 3;
      return true;
    case ETF_FUN:
      if (!has (in, 1 + ETF_FUN_HEAD_BYTES))
        return false;
      shape->head = 1 + ETF_FUN_HEAD_BYTES;
      shape->n = get_u32 (in->p + 26);
      shape->n_terms = 4 + shape->n; /* module, old index, old uniq, pid, environment */
      shape->words = FUN_WORDS + shape->n;
      shape->first_atom = true;
      return shape->n <= 255;
    case ETF_EXPORT:
      shape->head = 1;
      shape->n_terms = 3;
      shape->first_atom = true;
      return true;
    default:
      return false;
    }
}

/* Pids, ports and references: the node's name, then numbers. */
static bool
shape_of_name (const EtfInput *in, EtfShape *shape)
{
  shape->head = 1;
  shape->n_terms = 1;
  shape->first_atom = true;
  switch (in->p[0])
    {
    case ETF_PID:
    case ETF_NEW_PID:
      shape->words = EXT_PID_WORDS;
      return true;
    case ETF_PORT:
    case ETF_NEW_PORT:
    case ETF_V4_PORT:
      shape->words = EXT_PORT_WORDS;
      return true;
    case ETF_REFERENCE:
      shape->words = EXT_REF_WORDS;
      return true;
    case ETF_NEW_REFERENCE:
    case ETF_NEWER_REFERENCE:
      if (!has (in, 3))
        return false;
      shape->head = 3;
      shape->n = get_u16 (in->p + 1);
      shape->words = EXT_REF_WORDS;
      return shape->n >= 1 && shape->n <= 3;
    default:
      return false;
    }
}

static bool
shape_of_bytes (const EtfInput *in, EtfShape *shape, bool off_heap)
{
  switch (in->p[0])
    {
    case ETF_STRING:
      if (!has (in, 3))
        return false;
      shape->head = 3;
      shape->payload = shape->n = get_u16 (in->p + 1);
      shape->words = 2 * shape->n;
      return true;
    case ETF_BINARY:
      if (!has (in, 5))
        return false;
      shape->head = 5;
      shape->payload = shape->n = get_u32 (in->p + 1);
      shape->words = binary_words (shape->n, off_heap);
      return true;
    case ETF_BIT_BINARY:
      if (!has (in, 6))
        return false;
      shape->head = 6;
      shape->payload = shape->n = get_u32 (in->p + 1);
      shape->words = binary_words (shape->n, off_heap) + SUB_BIN_WORDS;
      return in->p[5] <= 8 && (in->p[5] > 0 || shape->n == 0) && (shape->n > 0 || in->p[5] == 0);
    case ETF_SMALL_BIG:
      if (!has (in, 3))
        return false;
      shape->head = 3;
      shape->payload = shape->n = in->p[1];
      shape->words = 1 + (shape->n + 7) / 8;
      return true;
    case ETF_LARGE_BIG:
      if (!has (in, 6))
        return false;
      shape->head = 6;
      shape->payload = shape->n = get_u32 (in->p + 1);
      shape->words = 1 + (shape->n + 7) / 8;
      return shape->words <= MAX_BIG_WORDS;
    case ETF_ATOM_LATIN1:
    case ETF_ATOM_UTF8:
      if (!has (in, 3))
        return false;
      shape->head = 3;
      shape->payload = shape->n = get_u16 (in->p + 1);
      return true;
    case ETF_SMALL_ATOM_LATIN1:
    case ETF_SMALL_ATOM_UTF8:
      if (!has (in, 2))
        return false;
      shape->head = 2;
      shape->payload = shape->n = in->p[1];
      return true;
    default:
      return false;
    }
}

bool
etf_shape_at (const EtfInput *in, EtfShape *shape, bool off_heap)
{
  memset (shape, 0, sizeof *shape);
  if (!has (in, 1))
    return false;
  shape->head = 1;
  switch (in->p[0])
    {
    case ETF_SMALL_INTEGER:
      shape->payload = 1;
      break;
    case ETF_INTEGER:
      shape->payload = 4;
      break;
    case ETF_FLOAT_TEXT:
      shape->payload = ETF_FLOAT_TEXT_BYTES;
      shape->words = FLOAT_WORDS;
      break;
    case ETF_NEW_FLOAT:
      shape->payload = 8;
      shape->words = FLOAT_WORDS;
      break;
    case ETF_NIL:
      break;
    case ETF_SMALL_TUPLE:
    case ETF_LARGE_TUPLE:
    case ETF_LIST:
    case ETF_MAP:
    case ETF_FUN:
    case ETF_EXPORT:
      if (!shape_of_container (in, shape))
        return false;
      break;
    case ETF_PID:
    case ETF_NEW_PID:
    case ETF_PORT:
    case ETF_NEW_PORT:
    case ETF_V4_PORT:
    case ETF_REFERENCE:
    case ETF_NEW_REFERENCE:
    case ETF_NEWER_REFERENCE:
      if (!shape_of_name (in, shape))
        return false;
      break;
    default:
      if (!shape_of_bytes (in, shape, off_heap))
        return false;
      break;
    }
  return has (in, shape->head + shape->payload);
}

gsize
etf_name_bytes (guint8 tag, guint64 n)
{
  switch (tag)
    {
    case ETF_PID:
      return 4 + 4 + 1;
    case ETF_NEW_PID:
    case ETF_V4_PORT:
      return 4 + 4 + 4;
    case ETF_PORT:
    case ETF_REFERENCE:
      return 4 + 1;
    case ETF_NEW_PORT:
      return 4 + 4;
    case ETF_NEW_REFERENCE:
      return 1 + 4 * n;
    default: /* newer reference */
      return 4 + 4 * n;
    }
}

bool
etf_count_words (EtfInput in, bool off_heap, guint64 *words, const guint8 **end)
{
  guint64  pending = 1;
  EtfShape shape, name;

  *words = 0;
  while (pending > 0)
    {
      guint8 tag;

      if (!etf_shape_at (&in, &shape, off_heap))
        return false;
      tag = in.p[0];
      in.p += shape.head + shape.payload;
      *words += shape.words;
      pending += shape.n_terms - 1;
      if (shape.first_atom && (!has (&in, 1) || !is_atom_tag (in.p[0])))
        return false;
      if (is_name_tag (tag))
        {
          if (!etf_shape_at (&in, &name, off_heap) ||
              !has (&in, name.head + name.payload + etf_name_bytes (tag, shape.n)))
            return false;
          in.p += name.head + name.payload + etf_name_bytes (tag, shape.n);
          pending--;
        }
      if (pending > (guint64) (in.end - in.p)) /* each takes a byte at least */
        return false;
    }
  *end = in.p;
  return true;
}
