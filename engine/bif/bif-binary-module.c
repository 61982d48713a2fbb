/* SPDX-License-Identifier: Apache-2.0 */

/* The module binary, but for searching (bif-binary-search.c). */

#include "config.h"

#include "engine/bif/bif-binary.h"
#include "engine/bif/iolist.h"

#define COPY_BYTES_PER_REDUCTION    100
#define COMPARE_BYTES_PER_REDUCTION 10

/* --- bytes ------------------------------------------------------------------------ */

static Term
byte_at (Process *p, Term bin, gsize at, bool from_end)
{
  BitView view;
  gsize   size;
  guint8  byte;

  if (!bitstring_view (bin, &view) || view.n_bits % 8 != 0)
    return bif_badarg (p);
  size = view.n_bits / 8;
  if (at >= size)
    return bif_badarg (p);
  if (from_end)
    at = size - 1 - at;
  bits_copy (&byte, 0, view.base, view.bit_offset + at * 8, 8);
  return make_small (byte);
}

Term
bif_binary_at_2 (Process *p, Term *args)
{
  guint64 at;

  return integer_to_u64 (args[1], &at) ? byte_at (p, args[0], at, false) : bif_badarg (p);
}

Term
bif_binary_first_1 (Process *p, Term *args)
{
  return byte_at (p, args[0], 0, false);
}

Term
bif_binary_last_1 (Process *p, Term *args)
{
  return byte_at (p, args[0], 0, true);
}

/* --- copies ----------------------------------------------------------------------- */

static Term
copy (Process *p, Term bin, guint64 times)
{
  g_autofree guint8 *to_free = NULL;
  const guint8      *bytes;
  guint8            *to;
  gsize              size;
  Term               result;

  if (!term_is_bitstring (bin))
    return bif_badarg (p);
  if (times == 0)
    return binary_new_uninit (&p->heap, 0, &to);
  bytes = binary_bytes (bin, &size, &to_free);
  if (bytes == NULL)
    return bif_badarg (p);
  if (size > 0 && (times > G_MAXINT64 / size || !bif_may_hold (p, size * times)))
    return bif_system_limit (p);
  result = binary_new_uninit (&p->heap, size * times, &to);
  for (guint64 i = 0; size > 0 && i < times; i++)
    memcpy (to + i * size, bytes, size);
  bump_reductions (p, (gint32) MIN (size * times / COPY_BYTES_PER_REDUCTION, G_MAXINT32));
  return result;
}

Term
bif_binary_copy_1 (Process *p, Term *args)
{
  return copy (p, args[0], 1);
}

Term
bif_binary_copy_2 (Process *p, Term *args)
{
  guint64 times;

  return integer_to_u64 (args[1], &times) ? copy (p, args[0], times) : bif_badarg (p);
}

Term
bif_binary_referenced_byte_size_1 (Process *p, Term *args)
{
  Term bin = args[0];

  if (!term_is_bitstring (bin))
    return bif_badarg (p);
  if (term_has_subtag (bin, SUB_SUB_BIN))
    bin = ((SubBin *) boxed_ptr (bin))->orig;
  if (term_has_subtag (bin, SUB_PROC_BIN))
    return integer_from_u64 (&p->heap, ((ProcBin *) boxed_ptr (bin))->binary->size);
  return integer_from_u64 (&p->heap, ((HeapBin *) boxed_ptr (bin))->size);
}

/* --- numbers ---------------------------------------------------------------------- */

static bool
read_endianness (Term t, bool *little)
{
  *little = t == A (little);
  return *little || t == A (big);
}

static Term
encode_unsigned (Process *p, Term integer, bool little)
{
  guint64        value;
  const guint64 *digits = &value;
  gsize          n_digits = 1, n;
  guint8        *to;
  Term           bin;

  if (term_is_small (integer) && small_value (integer) >= 0)
    value = (guint64) small_value (integer);
  else if (term_is_big (integer) && !big_is_negative (integer))
    {
      digits = boxed_ptr (integer) + 1;
      n_digits = thing_arity (boxed_header (integer));
    }
  else
    return bif_badarg (p);

  n = n_digits * 8;
  while (n > 1 && (guint8) (digits[(n - 1) / 8] >> ((n - 1) % 8 * 8)) == 0)
    n--;
  bin = binary_new_uninit (&p->heap, n, &to);
  for (gsize i = 0; i < n; i++)
    to[little ? i : n - 1 - i] = (guint8) (digits[i / 8] >> (i % 8 * 8));
  return bin;
}

static Term
decode_unsigned (Process *p, Term bin, bool little)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (bin, &size, &to_free);
  Term               integer;

  if (bytes == NULL)
    return bif_badarg (p);
  if (size == 0)
    return make_small (0);
  integer = integer_from_bytes (&p->heap, bytes, size, little, false);
  return integer != NONE ? integer : bif_system_limit (p);
}

Term
bif_binary_encode_unsigned_1 (Process *p, Term *args)
{
  return encode_unsigned (p, args[0], false);
}

Term
bif_binary_encode_unsigned_2 (Process *p, Term *args)
{
  bool little;

  return read_endianness (args[1], &little) ? encode_unsigned (p, args[0], little) : bif_badarg (p);
}

Term
bif_binary_decode_unsigned_1 (Process *p, Term *args)
{
  return decode_unsigned (p, args[0], false);
}

Term
bif_binary_decode_unsigned_2 (Process *p, Term *args)
{
  bool little;

  return read_endianness (args[1], &little) ? decode_unsigned (p, args[0], little) : bif_badarg (p);
}

/* --- common ends ------------------------------------------------------------------ */

typedef struct
{
  const guint8 *bytes;
  guint8       *to_free;
  gsize         size;
} Bytes;

static gsize
common_length (const Bytes *all, guint n_all, bool suffix)
{
  gsize n = all[0].size;

  for (guint i = 1; i < n_all; i++)
    {
      gsize max = MIN (n, all[i].size), k = 0;

      while (k < max &&
             (suffix ? all[0].bytes[all[0].size - 1 - k] == all[i].bytes[all[i].size - 1 - k]
                     : all[0].bytes[k] == all[i].bytes[k]))
        k++;
      n = k;
    }
  return n;
}

static Term
longest_common (Process *p, Term list, bool suffix)
{
  gssize            n_all = list_length (list);
  g_autofree Bytes *all = NULL;
  bool              ok = n_all > 0;
  gsize             n = 0;

  if (!ok)
    return bif_badarg (p);
  all = g_new0 (Bytes, n_all);
  for (gssize i = 0; i < n_all && ok; i++, list = list_tail (list))
    {
      all[i].bytes = binary_bytes (list_head (list), &all[i].size, &all[i].to_free);
      ok = all[i].bytes != NULL;
    }
  if (ok)
    n = common_length (all, (guint) n_all, suffix);
  for (gssize i = 0; i < n_all; i++)
    g_free (all[i].to_free);
  if (!ok)
    return bif_badarg (p);
  bump_reductions (p, (gint32) MIN (n * (gsize) n_all / COMPARE_BYTES_PER_REDUCTION, G_MAXINT32));
  return integer_from_u64 (&p->heap, n);
}

Term
bif_binary_longest_common_prefix_1 (Process *p, Term *args)
{
  return longest_common (p, args[0], false);
}

Term
bif_binary_longest_common_suffix_1 (Process *p, Term *args)
{
  return longest_common (p, args[0], true);
}
