/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Parts of terms that name things: references of all kinds, and pids, ports and
 * references of other nodes. Those of other nodes are, after the header:
 *
 *   node (an atom) · creation · pid: number | serial << 32 · port: number
 *                             · reference: n0 | n1 << 32, n2
 *
 * None of the words after the node is a term, and none needs freeing. */

#include "engine/term/term.h"

#define EXT_PID_WORDS   4
#define EXT_PORT_WORDS  4
#define EXT_REF_WORDS   5
#define EXT_PID_HEADER  MAKE_HEADER (EXT_PID_WORDS - 1, SUB_EXT_PID)
#define EXT_PORT_HEADER MAKE_HEADER (EXT_PORT_WORDS - 1, SUB_EXT_PORT)
#define EXT_REF_HEADER  MAKE_HEADER (EXT_REF_WORDS - 1, SUB_EXT_REF)

typedef struct
{
  Term    header;
  Term    node;
  guint64 creation;
  guint64 data[];
} ExternalThing;

/* How data of a magic reference begins (mem/offheap.h's MagicHead; asserted in data/). */
typedef struct
{
  void   *destroy;
  guint32 number[3];
} MagicNumbers;

static inline ExternalThing *
external_thing (Term t)
{
  return (ExternalThing *) boxed_ptr (t);
}

/* The three numbers of any reference, as they are written from right to left. */
static inline void
ref_numbers (Term ref, guint32 number[3])
{
  const Term *p = boxed_ptr (ref);

  if (header_subtag (p[0]) == SUB_EXT_REF)
    p += 2;
  else if (((p[0] >> REF_KIND_SHIFT) & 0xff) == REF_MAGIC)
    {
      const OffHeapBinary *binary = (const OffHeapBinary *) p[1];
      memcpy (number, ((const MagicNumbers *) binary->data)->number, 3 * sizeof number[0]);
      return;
    }
  number[0] = (guint32) p[1];
  number[1] = (guint32) (p[1] >> 32);
  number[2] = (guint32) p[2];
}

static inline bool
term_is_any_pid (Term t)
{
  return term_is_pid (t) || term_has_subtag (t, SUB_EXT_PID);
}
static inline bool
term_is_any_port (Term t)
{
  return term_is_port (t) || term_has_subtag (t, SUB_EXT_PORT);
}
static inline bool
term_is_any_ref (Term t)
{
  return term_has_subtag (t, SUB_REF) || term_has_subtag (t, SUB_EXT_REF);
}

/* A pid as number | serial << 32, whatever its node. */
static inline guint64
any_pid_value (Term t)
{
  if (term_is_pid (t))
    return (pid_number (t) & 0x7fff) | (guint64) (pid_number (t) >> 15) << 32;
  return external_thing (t)->data[0];
}
static inline guint64
any_port_value (Term t)
{
  return term_is_port (t) ? port_number (t) : external_thing (t)->data[0];
}
