/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The outer form of encoded terms: how long each is, what follows it, and how
 * many words it takes. */

#include "engine/data/data.h"
#include "engine/data/etf-tags.h"

#define ETF_FUN_HEAD_BYTES 29 /* between a fun's tag and its module */

typedef struct
{
  const guint8 *p, *end;
} EtfInput;

static inline bool
has (const EtfInput *in, guint64 n)
{
  return n <= (guint64) (in->end - in->p);
}
static inline guint
get_u16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}
static inline guint32
get_u32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}
static inline guint64
get_u64 (const guint8 *p)
{
  return (guint64) get_u32 (p) << 32 | get_u32 (p + 4);
}

typedef struct
{
  guint   head;       /* bytes from the tag to the payload */
  guint64 payload;    /* bytes */
  guint64 n_terms;    /* that follow */
  guint64 words;      /* for the thing itself, at most */
  guint64 n;          /* elements, pairs, digits… */
  bool    first_atom; /* the first of the following must be an atom (a node's or module's name) */
} EtfShape;

static inline bool
is_atom_tag (guint8 tag)
{
  return tag == ETF_ATOM_LATIN1 || tag == ETF_ATOM_UTF8 || tag == ETF_SMALL_ATOM_LATIN1 ||
         tag == ETF_SMALL_ATOM_UTF8;
}

static inline bool
is_name_tag (guint8 tag)
{
  return tag == ETF_PID || tag == ETF_NEW_PID || tag == ETF_PORT || tag == ETF_NEW_PORT ||
         tag == ETF_V4_PORT || tag == ETF_REFERENCE || tag == ETF_NEW_REFERENCE ||
         tag == ETF_NEWER_REFERENCE;
}

/* FALSE: unknown tag, or it does not fit the input. @off_heap: long binaries go
 * off the heap. */
bool etf_shape_at (const EtfInput *in, EtfShape *shape, bool off_heap);
/* Bytes of the numbers after the node of a pid, port or reference (of @n words). */
gsize etf_name_bytes (guint8 tag, guint64 n);
/* Checks the whole term at @in and counts the words it takes at most, without
 * the nodes of hash maps. *@end is behind it. */
bool etf_count_words (EtfInput in, bool off_heap, guint64 *words, const guint8 **end);
