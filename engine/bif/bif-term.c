/* SPDX-License-Identifier: Apache-2.0 */

/* Terms as a whole: the external format, hashes, comparison, sizes. */

#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/data/etf-shape.h"
#include "engine/term/bits.h"

#include <zlib.h>

/* --- how much work a term is ----------------------------------------------------- */

static void
push_parts (GArray *stack, Term t)
{
  const Term *thing = boxed_ptr (t);
  guint64     n = boxed_words (thing) - 1;

  if (term_is_tuple (t))
    g_array_append_vals (stack, thing + 1, (guint) n);
  else if (term_is_map (t) && map_is_flat (t))
    {
      g_array_append_vals (stack, thing + 3, (guint) map_size (t));
      g_array_append_vals (stack, thing + 2, 1);
    }
  else if (term_is_map (t))
    {
      guint skip = map_kind (*thing) == MAP_KIND_NODE ? 0 : 1;

      g_array_append_vals (stack, thing + 1 + skip, (guint) (n - skip));
    }
  else if (term_is_fun (t) && !fun_is_external (t))
    g_array_append_vals (stack, fun_thing (t)->env, fun_n_free (t));
}

/* How far the list @t looks like a string; *@is_string: to its end. */
static guint
string_length (Term t, bool *is_string)
{
  guint n = 0;

  for (; term_is_list (t); t = list_tail (t))
    {
      Term head = list_head (t);

      *is_string = false;
      if (!term_is_small (head) || small_value (head) < 0 || small_value (head) > 255 ||
          ++n > G_MAXUINT16)
        return n;
    }
  *is_string = term_is_nil (t);
  return n;
}

/* Beside two passes over the parts of the list @t: looking whether it is a string, and
 * that a string is not gone through element by element. */
static gint64
string_steps (Term t)
{
  bool   is_string;
  gint64 n = string_length (t, &is_string);

  return is_string ? 2 + n / 2 + n - 2 * (n + 1) : n / 2 * 2;
}

/* Elements and leaves of @t: what the loops over terms go round for. *@strings
 * (nullable): gets string_steps() of its lists. */
static guint64
count_parts (Term t, gint64 *strings)
{
  g_autoptr (GArray) stack = NULL;
  guint64 n = 0;

  if (term_is_immediate (t))
    return 1;
  stack = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_append_val (stack, t);
  while (stack->len > 0)
    {
      t = g_array_index (stack, Term, stack->len - 1);
      g_array_set_size (stack, stack->len - 1);
      if (strings != NULL && term_is_list (t))
        *strings += string_steps (t);
      for (; term_is_list (t); t = list_tail (t))
        {
          Term head = list_head (t);

          if (term_is_immediate (head))
            n++;
          else
            g_array_append_val (stack, head);
        }
      n++;
      if (term_is_boxed (t))
        push_parts (stack, t);
    }
  return n;
}

static void
charge (Process *p, guint64 reductions)
{
  bump_reductions (p, (gint32) MIN (reductions, G_MAXINT32));
}

/* --- external term format ---------------------------------------------------------- */

typedef struct
{
  guint minor_version;
  int   level; /* of compression; -2: none */
  bool  deterministic;
} EncodeOptions;

#define DEFAULT_MINOR_VERSION 1
#define NO_COMPRESSION        (-2)
#define DEFAULT_COMPRESSION   6

static bool
read_encode_option (Term option, EncodeOptions *options)
{
  Term name, value;

  if (option == A (compressed))
    options->level = DEFAULT_COMPRESSION;
  else if (option == A (deterministic))
    options->deterministic = true;
  else if (term_is_tuple_of (option, 2))
    {
      name = tuple_elements (option)[0];
      value = tuple_elements (option)[1];
      if (!term_is_small (value) || small_value (value) < 0)
        return false;
      if (name == A (minor_version) && small_value (value) <= 2)
        options->minor_version = (guint) small_value (value);
      else if (name == A (compressed) && small_value (value) <= 9)
        options->level = small_value (value) == 0 ? NO_COMPRESSION : (int) small_value (value);
      else
        return false;
    }
  else
    return false;
  return true;
}

static bool
read_encode_options (Term list, EncodeOptions *options)
{
  *options = (EncodeOptions){ DEFAULT_MINOR_VERSION, NO_COMPRESSION, false };
  for (; term_is_list (list); list = list_tail (list))
    if (!read_encode_option (list_head (list), options))
      return false;
  return term_is_nil (list);
}

/* 131, 80, the size unpacked, and what zlib makes of the rest; @bytes itself
 * when that is not shorter. */
static GByteArray *
compress_external (GByteArray *bytes, int level)
{
  uLong       size = bytes->len - 1;
  uLongf      packed = compressBound (size);
  GByteArray *out = g_byte_array_sized_new ((guint) packed + 6);

  g_byte_array_set_size (out, (guint) packed + 6);
  out->data[0] = 131;
  out->data[1] = 80;
  for (guint i = 0; i < 4; i++)
    out->data[2 + i] = (guint8) (size >> (24 - 8 * i));
  if (compress2 (out->data + 6, &packed, bytes->data + 1, size, level) == Z_OK && packed + 5 < size)
    {
      g_byte_array_set_size (out, (guint) packed + 6);
      g_byte_array_unref (bytes);
      return out;
    }
  g_byte_array_unref (out);
  return bytes;
}

static guint64
encode_steps (Term term)
{
  gint64  strings = 0;
  guint64 parts = count_parts (term, &strings);

  return (guint64) ((gint64) (parts * 2) + strings);
}

static GByteArray *
encode (Process *p, Term term, const EncodeOptions *options)
{
  GByteArray *bytes = etf_encode (p->vm, term, options->minor_version, options->deterministic);

  /* a pass for the size and one for the bytes, 32 steps a reduction; what is small is not
   * encoded in steps */
  charge (p, bytes->len <= HEAP_BIN_LIMIT ? 1 : encode_steps (term) / 32);
  return options->level == NO_COMPRESSION ? bytes : compress_external (bytes, options->level);
}

static Term
term_to_binary (Process *p, Term term, Term option_list)
{
  g_autoptr (GByteArray) bytes = NULL;
  EncodeOptions options;

  if (!read_encode_options (option_list, &options))
    return bif_badarg (p);
  bytes = encode (p, term, &options);
  return binary_new_copy (&p->heap, bytes->data, bytes->len);
}

Term
bif_term_to_binary_1 (Process *p, Term *args)
{
  return term_to_binary (p, args[0], NIL);
}

Term
bif_term_to_binary_2 (Process *p, Term *args)
{
  return term_to_binary (p, args[0], args[1]);
}

Term
bif_term_to_iovec_1 (Process *p, Term *args)
{
  return bif_term_to_iovec_2 (p, (Term[]){ args[0], NIL });
}

Term
bif_term_to_iovec_2 (Process *p, Term *args)
{
  Term bin = term_to_binary (p, args[0], args[1]);

  return bin != NONE ? cons_new (p, bin, NIL) : NONE;
}

static Term
external_size (Process *p, Term term, Term option_list)
{
  guint minor_version = DEFAULT_MINOR_VERSION;

  for (; term_is_list (option_list); option_list = list_tail (option_list))
    {
      Term option = list_head (option_list);

      if (!term_is_tuple_of (option, 2) || tuple_elements (option)[0] != A (minor_version) ||
          (tuple_elements (option)[1] != make_small (0) &&
           tuple_elements (option)[1] != make_small (1)))
        return bif_badarg (p);
      minor_version = (guint) small_value (tuple_elements (option)[1]);
    }
  if (!term_is_nil (option_list))
    return bif_badarg (p);
  return make_small (etf_external_size (p->vm, term, minor_version));
}

Term
bif_external_size_1 (Process *p, Term *args)
{
  return external_size (p, args[0], NIL);
}

Term
bif_external_size_2 (Process *p, Term *args)
{
  return external_size (p, args[0], args[1]);
}

/* A reduction is 128 of ERTS's steps: two for each term (its size, then itself), one for
 * each element of a list, tuple or string, one for 8 bytes of a binary off the heap. */
#define DECODE_STEPS_PER_REDUCTION 128
#define DECODE_BYTES_PER_STEP      8

/* @bytes were decoded: they are well formed. */
static guint64
decode_steps (const guint8 *bytes, gsize size)
{
  EtfInput in = { bytes + 1, bytes + size };
  EtfShape shape;
  guint64  steps = 0;

  for (guint64 left = 1; left > 0 && etf_shape_at (&in, &shape, true); left += shape.n_terms - 1)
    {
      guint8 tag = in.p[0];

      steps += 2;
      if (tag == ETF_LIST || tag == ETF_STRING || tag == ETF_SMALL_TUPLE || tag == ETF_LARGE_TUPLE)
        steps += shape.n;
      else if ((tag == ETF_BINARY || tag == ETF_BIT_BINARY) && shape.n > HEAP_BIN_LIMIT)
        steps += shape.n / DECODE_BYTES_PER_STEP;
      in.p += shape.head + shape.payload;
    }
  return steps;
}

/* NONE: badarg is set. */
static Term
decode (Process *p, Term bin, bool safe, gsize *used)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (bin, &size, &to_free);
  Term               term;

  if (bytes == NULL)
    return bif_badarg (p);
  term = etf_decode (p->vm, &p->heap, bytes, size, safe, used);
  if (term == NONE)
    return bif_badarg (p);
  /* what is packed is charged by its bytes, unpacked, and about 3 steps a term */
  if (bytes[1] == ETF_COMPRESSED)
    charge (p, (count_parts (term, NULL) * 3 + get_u32 (bytes + 2)) / DECODE_STEPS_PER_REDUCTION);
  else
    charge (p, decode_steps (bytes, size) / DECODE_STEPS_PER_REDUCTION);
  return term;
}

Term
bif_binary_to_term_1 (Process *p, Term *args)
{
  gsize used;

  return decode (p, args[0], false, &used);
}

Term
bif_binary_to_term_2 (Process *p, Term *args)
{
  bool  safe = false, want_used = false;
  Term  list = args[1];
  Term  term;
  gsize used;

  for (; term_is_list (list); list = list_tail (list))
    {
      if (list_head (list) == A (safe))
        safe = true;
      else if (list_head (list) == A (used))
        want_used = true;
      else
        return bif_badarg_cause (p, A (badopt));
    }
  if (!term_is_nil (list))
    return bif_badarg_cause (p, A (badopt));
  term = decode (p, args[0], safe, &used);
  if (term == NONE || !want_used)
    return term;
  return pair_new (p, term, integer_from_u64 (&p->heap, used));
}

/* --- hashes -------------------------------------------------------------------------- */

#define HASH_STEPS_PER_REDUCTION 64
#define HASH_BYTES_PER_STEP      12
/* On the stack among terms: the end of a map, the end of a pair. */
#define END_OF_MAP  ((Term) 1 << 6)
#define END_OF_PAIR ((Term) 2 << 6)

/* Pushes the pairs of a flat map or the children of a node. Returns ERTS's steps. */
static guint64
push_map (GArray *stack, Term t)
{
  const Term *thing = boxed_ptr (t);
  gsize       n = map_is_flat (t) ? map_size (t) : boxed_words (thing) - 1;
  const Term  ends[2] = { END_OF_MAP, END_OF_PAIR };

  if (map_is_flat (t))
    {
      if (n > 0)
        g_array_append_val (stack, ends[0]);
      for (gsize i = 0; i < n; i++)
        {
          g_array_append_val (stack, ends[1]);
          g_array_append_val (stack, thing[3 + i]);
          g_array_append_val (stack, tuple_elements (thing[2])[i]);
        }
      return n;
    }
  if (map_kind (*thing) != MAP_KIND_NODE)
    {
      g_array_append_val (stack, ends[0]);
      thing++;
      n--;
    }
  for (gsize i = 1; i <= n; i++)
    if (term_is_list (thing[i]))
      {
        g_array_append_val (stack, ends[1]);
        g_array_append_val (stack, list_ptr (thing[i])[1]);
        g_array_append_val (stack, list_ptr (thing[i])[0]);
      }
    else
      g_array_append_val (stack, thing[i]);
  return n;
}

/* One turn of ERTS's loop: *@t is looked into, *@goes_down says that it became a part of
 * itself. Returns the steps. */
static guint64
hash_turn (GArray *stack, Term *t, bool *goes_down)
{
  Term    term = *t;
  guint64 steps = 0;
  Term   *parts;
  gsize   n;

  *goes_down = false;
  if (term_is_list (term))
    {
      *goes_down = true;
      while (term_is_list (term) && term_is_small (list_head (term)) &&
             small_value (list_head (term)) >= 0 && small_value (list_head (term)) < 256)
        {
          term = list_tail (term);
          steps += term_is_list (term);
        }
      *t = term;
      if (term_is_list (term))
        {
          g_array_append_val (stack, list_ptr (term)[1]);
          *t = list_head (term);
        }
      return steps;
    }
  if (!term_is_boxed (term))
    return 0;
  if (term_is_map (term))
    return push_map (stack, term);
  if (term_is_big (term))
    return boxed_words (boxed_ptr (term)) - 1;
  if (term_is_bitstring (term))
    {
      n = term_bits (term).n_bits;
      return n == 0 ? 0 : MAX (1, n / 8 / HASH_BYTES_PER_STEP);
    }
  parts = term_is_tuple (term)                            ? tuple_elements (term)
          : term_is_fun (term) && !fun_is_external (term) ? fun_thing (term)->env
                                                          : NULL;
  n = parts == NULL ? 0 : term_is_tuple (term) ? tuple_arity (term)
                                               : fun_n_free (term);
  if (n == 0)
    return 0;
  *goes_down = true;
  for (gsize i = n - 1; i > 0; i--)
    g_array_append_val (stack, parts[i]);
  *t = parts[0];
  return n - 1;
}

static guint64
hash_steps (Term t)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Term));
  guint64 steps = 0;
  bool    goes_down;

  for (;;)
    {
      steps += hash_turn (stack, &t, &goes_down);
      while (!goes_down)
        {
          if (stack->len == 0)
            return steps;
          t = g_array_index (stack, Term, stack->len - 1);
          g_array_set_size (stack, stack->len - 1);
          if (t != END_OF_MAP && t != END_OF_PAIR)
            break;
          steps++;
        }
      steps++;
    }
}

static guint32
hash (Process *p, Term t)
{
  if (!term_is_immediate (t))
    charge (p, hash_steps (t) / HASH_STEPS_PER_REDUCTION);
  return term_phash2 (p->vm->atoms, t);
}

/* A range of 1 to 2^32. */
static bool
read_range (Term t, guint64 *range)
{
  return integer_to_u64 (t, range) && *range >= 1 && *range <= G_GUINT64_CONSTANT (1) << 32;
}

Term
bif_phash2_1 (Process *p, Term *args)
{
  return make_small (hash (p, args[0]) & ((1u << 27) - 1));
}

Term
bif_phash2_2 (Process *p, Term *args)
{
  guint64 range;

  if (!read_range (args[1], &range))
    return bif_badarg (p);
  return make_small ((gint64) (hash (p, args[0]) % range));
}

Term
bif_phash_2 (Process *p, Term *args)
{
  guint64 range;

  if (!read_range (args[1], &range))
    return bif_badarg (p);
  return make_small ((gint64) (term_phash (p->vm->atoms, args[0]) % range + 1));
}

/* --- comparison and sizes -------------------------------------------------------------- */

Term
bif_erts_internal_cmp_term_2 (Process *p, Term *args)
{
  int c = term_compare_exact (p->vm->atoms, args[0], args[1]);

  return make_small (c < 0 ? -1 : c > 0);
}

Term
bif_erts_debug_same_2 (Process *p, Term *args)
{
  return bool_term (args[0] == args[1]);
}

Term
bif_erts_debug_flat_size_1 (Process *p, Term *args)
{
  return integer_from_u64 (&p->heap, term_flat_words (args[0]));
}

Term
bif_erts_debug_size_shared_1 (Process *p, Term *args)
{
  return integer_from_u64 (&p->heap, term_shared_words (p->vm, args[0]));
}
