/* SPDX-License-Identifier: Apache-2.0 */

/* atomics and counters: arrays of 64-bit words that a magic reference keeps. A
 * counters array with write_concurrency is one array too: its values are right at
 * once, which the other kind of ERTS need not be. */

#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/bif/magic.h"

#include <stdatomic.h>

#define OPTION_SIGNED 1

typedef struct
{
  gsize          n;
  bool           is_signed;
  _Atomic gint64 values[];
} Atomics;

static void
destroy_atomics (gpointer binary)
{
}

static void
destroy_counters (gpointer binary)
{
  (void) magic_data (binary);
}

static Term
array_new (Process *p, Term size, bool is_signed, GDestroyNotify kind)
{
  guint64        n;
  OffHeapBinary *magic;
  Atomics       *array;

  if (term_is_big (size) && !big_is_negative (size))
    return bif_system_limit (p);
  if (!integer_to_u64 (size, &n) || n == 0)
    return bif_badarg (p);
  if (n > G_MAXINT64 / 16 || !bif_may_hold (p, n * sizeof (gint64)))
    return bif_system_limit (p);
  magic = magic_new (p->vm, sizeof (Atomics) + n * sizeof (gint64), kind);
  array = magic_data (magic);
  array->n = n;
  array->is_signed = is_signed;
  return magic_ref (p, magic);
}

/* The word of args[0] at index args[1] (from 1); NULL: badarg. */
static _Atomic gint64 *
array_at (Term *args, GDestroyNotify kind, const Atomics **array)
{
  Atomics *a = magic_ref_data (args[0], kind);
  guint64  index;

  if (a == NULL || !integer_to_u64 (args[1], &index) || index < 1 || index > a->n)
    return NULL;
  *array = a;
  return &a->values[index - 1];
}

static Term
value_term (Process *p, const Atomics *array, gint64 value)
{
  if (array->is_signed)
    return integer_from_i64 (&p->heap, value);
  return integer_from_u64 (&p->heap, (guint64) value);
}

static bool
read_value (const Atomics *array, Term t, gint64 *value)
{
  guint64 u;

  if (array->is_signed)
    return integer_to_i64 (t, value);
  if (!integer_to_u64 (t, &u))
    return false;
  *value = (gint64) u;
  return true;
}

/* What is added may be of either sign, whatever the array holds. */
static bool
read_increment (Term t, gint64 *value)
{
  guint64 u;

  if (integer_to_i64 (t, value))
    return true;
  if (!integer_to_u64 (t, &u))
    return false;
  *value = (gint64) u;
  return true;
}

static Term
put_info (Process *p, Term map, const char *key, Term value)
{
  return map_put (&p->heap, map, atom_named (p, key), value);
}

static gsize
array_bytes (const Atomics *array)
{
  return sizeof (OffHeapBinary) + sizeof (MagicHead) + sizeof *array + array->n * sizeof (gint64);
}

/* --- atomics -------------------------------------------------------------------- */

Term
bif_erts_internal_atomics_new_2 (Process *p, Term *args)
{
  if (!term_is_small (args[1]))
    return bif_badarg (p);
  return array_new (p, args[0], (small_value (args[1]) & OPTION_SIGNED) != 0, destroy_atomics);
}

Term
bif_atomics_get_2 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_atomics, &array);

  return at != NULL ? value_term (p, array, atomic_load (at)) : bif_badarg (p);
}

Term
bif_atomics_put_3 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_atomics, &array);
  gint64          value;

  if (at == NULL || !read_value (array, args[2], &value))
    return bif_badarg (p);
  atomic_store (at, value);
  return A (ok);
}

Term
bif_atomics_add_3 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_atomics, &array);
  gint64          value;

  if (at == NULL || !read_increment (args[2], &value))
    return bif_badarg (p);
  atomic_fetch_add (at, value);
  return A (ok);
}

Term
bif_atomics_add_get_3 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_atomics, &array);
  gint64          value;

  if (at == NULL || !read_increment (args[2], &value))
    return bif_badarg (p);
  return value_term (p, array, (gint64) ((guint64) atomic_fetch_add (at, value) + (guint64) value));
}

Term
bif_atomics_exchange_3 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_atomics, &array);
  gint64          value;

  if (at == NULL || !read_value (array, args[2], &value))
    return bif_badarg (p);
  return value_term (p, array, atomic_exchange (at, value));
}

Term
bif_atomics_compare_exchange_4 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_atomics, &array);
  gint64          expected, desired;

  if (at == NULL || !read_value (array, args[2], &expected) ||
      !read_value (array, args[3], &desired))
    return bif_badarg (p);
  if (atomic_compare_exchange_strong (at, &expected, desired))
    return A (ok);
  return value_term (p, array, expected);
}

Term
bif_atomics_info_1 (Process *p, Term *args)
{
  const Atomics *array = magic_ref_data (args[0], destroy_atomics);
  Term           map;

  if (array == NULL)
    return bif_badarg (p);
  map = map_new (&p->heap, NULL, 0);
  map = put_info (p, map, "size", integer_from_u64 (&p->heap, array->n));
  map = put_info (p, map, "max",
                  array->is_signed ? integer_from_i64 (&p->heap, G_MAXINT64)
                                   : integer_from_u64 (&p->heap, G_MAXUINT64));
  map = put_info (p, map, "min",
                  array->is_signed ? integer_from_i64 (&p->heap, G_MININT64) : make_small (0));
  return put_info (p, map, "memory", integer_from_u64 (&p->heap, array_bytes (array)));
}

/* --- counters -------------------------------------------------------------------- */

Term
bif_erts_internal_counters_new_1 (Process *p, Term *args)
{
  return array_new (p, args[0], true, destroy_counters);
}

Term
bif_erts_internal_counters_get_2 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_counters, &array);

  if (at == NULL)
    return bif_badarg (p);
  return value_term (p, array, atomic_load_explicit (at, memory_order_relaxed));
}

Term
bif_erts_internal_counters_add_3 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_counters, &array);
  gint64          value;

  if (at == NULL || !read_increment (args[2], &value))
    return bif_badarg (p);
  atomic_fetch_add_explicit (at, value, memory_order_relaxed);
  return A (ok);
}

Term
bif_erts_internal_counters_put_3 (Process *p, Term *args)
{
  const Atomics  *array;
  _Atomic gint64 *at = array_at (args, destroy_counters, &array);
  gint64          value;

  if (at == NULL || !read_value (array, args[2], &value))
    return bif_badarg (p);
  atomic_store_explicit (at, value, memory_order_relaxed);
  return A (ok);
}

Term
bif_erts_internal_counters_info_1 (Process *p, Term *args)
{
  const Atomics *array = magic_ref_data (args[0], destroy_counters);
  Term           map;

  if (array == NULL)
    return bif_badarg (p);
  map = map_new (&p->heap, NULL, 0);
  map = put_info (p, map, "size", integer_from_u64 (&p->heap, array->n));
  return put_info (p, map, "memory", integer_from_u64 (&p->heap, array_bytes (array)));
}
