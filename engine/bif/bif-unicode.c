/* SPDX-License-Identifier: Apache-2.0 */

/* The module unicode: characters of nested lists and binaries, to UTF-8.
 *
 * Bytes of one character may lie in two binaries that follow each other, so what
 * is left of one waits for the next. What cannot be read ends the work with the
 * rest of the input as it is. Encodings but latin1 and utf8 are done in Erlang
 * (unicode:characters_to_binary_int/2 and characters_to_list_int/2). */

#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/bif/text.h"

#include "engine/code/code.h"

#define CHARACTERS_PER_REDUCTION 10
#define COUNTED_PER_REDUCTION    50 /* when only the space is counted */

typedef struct
{
  Process    *p;
  GByteArray *out;
  bool        latin1;
  guint64     work;        /* characters and bytes looked at */
  guint8      leftover[4]; /* of a character that the last binary ends in */
  guint       n_leftover;
  bool        failed;
} Decoder;

/* --- what is needed, and whether it is character data at all ------------------ */

typedef struct
{
  gsize   bytes;
  guint64 cost;
} Need;

static bool
need_of_binary (Need *need, Term bin, bool latin1)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (bin, &size, &to_free);
  gsize              n = size;

  if (bytes == NULL)
    return false;
  for (gsize i = 0; latin1 && i < size; i++)
    n += bytes[i] >> 7;
  need->bytes += n;
  need->cost += latin1 ? n : 1;
  return true;
}

static gsize
need_of_integer (Term t)
{
  guint64 c = term_is_small (t) ? (guint64) small_value (t) : G_MAXUINT64;

  return c < 0x80 ? 1 : c < 0x800   ? 2
                      : c < 0x10000 ? 3
                                    : 4;
}

/* FALSE: holds what is neither a list, nor a binary of whole bytes, nor an integer. */
static bool
measure (Term t, bool latin1, Need *need)
{
  g_autoptr (GArray) tails = g_array_new (FALSE, FALSE, sizeof (Term));

  *need = (Need){ 0, 0 };
  for (;;)
    {
      while (term_is_list (t))
        {
          Term head = list_head (t);

          t = list_tail (t);
          if (term_is_integer (head))
            {
              need->bytes += need_of_integer (head);
              need->cost++;
            }
          else if (term_is_list (head))
            {
              g_array_append_val (tails, t);
              t = head;
            }
          else if (!term_is_nil (head) && !need_of_binary (need, head, latin1))
            return false;
        }
      if (!term_is_nil (t) && !need_of_binary (need, t, latin1))
        return false;
      if (tails->len == 0)
        return true;
      t = g_array_index (tails, Term, tails->len - 1);
      g_array_set_size (tails, tails->len - 1);
    }
}

/* --- decoding ------------------------------------------------------------------- */

static void
put_character (Decoder *decoder, guint32 c)
{
  guint8 bytes[4];

  g_byte_array_append (decoder->out, bytes, utf8_write (bytes, c));
}

static guint
length_by_first (guint8 first)
{
  if ((first & 0xe0) == 0xc0)
    return 2;
  if ((first & 0xf0) == 0xe0)
    return 3;
  return (first & 0xf8) == 0xf0 ? 4 : 1; /* what begins no character is wrong by itself */
}

/* Completes what waits with the first of @bytes. FALSE: that is no character.
 * *@used: bytes taken. */
static bool
complete_leftover (Decoder *decoder, const guint8 *bytes, gsize size, gsize *used)
{
  guint   len = length_by_first (decoder->leftover[0]);
  gsize   take = MIN (len - decoder->n_leftover, size);
  guint8  whole[4];
  guint32 c;
  guint   n;

  memcpy (whole, decoder->leftover, decoder->n_leftover);
  memcpy (whole + decoder->n_leftover, bytes, take);
  *used = take;
  if (decoder->n_leftover + take < len)
    {
      memcpy (decoder->leftover, whole, decoder->n_leftover + take);
      decoder->n_leftover += (guint) take;
      return true;
    }
  if (utf8_read (whole, len, &c, &n) != UTF8_OK)
    return false;
  put_character (decoder, c);
  decoder->n_leftover = 0;
  return true;
}

/* Decodes @bin; returns NIL, or what is left of it with `failed` set. */
static Term
decode_binary (Decoder *decoder, Term bin)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (bin, &size, &to_free);
  gsize              i = 0;

  decoder->work += size;
  if (decoder->latin1)
    {
      for (; i < size; i++)
        put_character (decoder, bytes[i]);
      return NIL;
    }
  if (decoder->n_leftover > 0 && size > 0 && !complete_leftover (decoder, bytes, size, &i))
    {
      decoder->failed = true;
      return bin;
    }
  while (i < size)
    {
      guint32 c;
      guint   used;

      if (size - i < length_by_first (bytes[i]))
        {
          decoder->n_leftover = (guint) (size - i);
          memcpy (decoder->leftover, bytes + i, size - i);
          break;
        }
      if (utf8_read (bytes + i, size - i, &c, &used) != UTF8_OK)
        {
          decoder->failed = true;
          return bitstring_slice (&decoder->p->heap, bin, i * 8, (size - i) * 8, false);
        }
      g_byte_array_append (decoder->out, bytes + i, used);
      i += used;
    }
  return NIL;
}

static bool
decode_integer (Decoder *decoder, Term t)
{
  guint64 c = term_is_small (t) ? (guint64) small_value (t) : G_MAXUINT64;

  decoder->work++;
  if (decoder->n_leftover > 0 || !utf8_is_character (c) || (decoder->latin1 && c > 255))
    return false;
  put_character (decoder, (guint32) c);
  return true;
}

/* Decodes measured character data. NIL: all of it; else the rest, with `failed` set. */
static Term
decode (Decoder *decoder, Term t)
{
  g_autoptr (GArray) tails = g_array_new (FALSE, FALSE, sizeof (Term));

  for (;;)
    {
      while (term_is_list (t) && !decoder->failed)
        {
          Term head = list_head (t);

          if (term_is_list (head))
            {
              g_array_append_val (tails, list_ptr (t)[1]);
              t = head;
              continue;
            }
          if (term_is_integer (head))
            decoder->failed = !decode_integer (decoder, head);
          else if (!term_is_nil (head))
            {
              Term rest = decode_binary (decoder, head);

              if (decoder->failed)
                t = cons_new (decoder->p, rest, list_tail (t));
            }
          if (!decoder->failed)
            t = list_tail (t);
        }
      if (!decoder->failed && !term_is_nil (t))
        t = decode_binary (decoder, t);
      if (decoder->failed || tails->len == 0)
        break;
      t = g_array_index (tails, Term, tails->len - 1);
      g_array_set_size (tails, tails->len - 1);
    }
  for (guint i = tails->len; i-- > 0;)
    t = cons_new (decoder->p, t, g_array_index (tails, Term, i));
  return t;
}

/* --- results ---------------------------------------------------------------------- */

/* Can bytes that follow make the leftover a character? */
static bool
leftover_is_prefix (const Decoder *decoder)
{
  if (length_by_first (decoder->leftover[0]) == 1)
    return false;
  for (guint i = 1; i < decoder->n_leftover; i++)
    if ((decoder->leftover[i] & 0xc0) != 0x80)
      return false;
  return true;
}

/* The answer for @result, all that could be read, and @rest, what could not. */
static Term
answer (Decoder *decoder, Term result, Term rest)
{
  Process *p = decoder->p;
  Term     leftover;
  Term     tag = A (error);

  if (!decoder->failed && decoder->n_leftover == 0)
    return result;
  if (decoder->n_leftover > 0)
    {
      leftover = binary_new_copy (&p->heap, decoder->leftover, decoder->n_leftover);
      if (decoder->failed)
        rest = cons_new (p, leftover, cons_new (p, rest, NIL));
      else
        {
          rest = leftover;
          tag = leftover_is_prefix (decoder) ? A (incomplete) : A (error);
        }
    }
  return triple_write (halloc (p, 4), tag, result, rest);
}

static void
charge (Decoder *decoder, const Need *need)
{
  bump_reductions (decoder->p, (gint32) MIN (need->cost / COUNTED_PER_REDUCTION, G_MAXINT32));
  bump_reductions (decoder->p, (gint32) MIN (decoder->work / CHARACTERS_PER_REDUCTION, G_MAXINT32));
}

static bool
is_valid_utf8 (Term bin)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (bin, &size, &to_free);
  guint32            c;
  guint              used;

  for (gsize i = 0; i < size; i += used)
    if (utf8_read (bytes + i, size - i, &c, &used) != UTF8_OK)
      return false;
  return true;
}

/* FALSE: another encoding, which Erlang code knows. */
static bool
read_encoding (Term t, bool *latin1)
{
  *latin1 = t == A (latin1);
  return *latin1 || t == A (unicode) || t == A (utf8);
}

static Term
ask_erlang (Process *p, const char *function, Term *args)
{
  return bif_trap (p, code_table_get_export (p->vm->code, A (unicode), atom_named (p, function), 2),
                   2, args);
}

/* ERTS first makes an off-heap binary of the size counted, and copies results
 * that fit the heap out of it: the 6 words stay on the heap until a collection. */
static Term
result_binary (Process *p, gsize need, const guint8 *bytes, gsize size)
{
  OffHeapBinary *binary = binary_new (p->vm, MAX (need, size));
  Term           bin;

  if (size > 0)
    memcpy (binary->data, bytes, size);
  bin = proc_bin_write (halloc (p, PROC_BIN_WORDS), binary, binary->data, size, &p->heap.off_heap);
  return size <= HEAP_BIN_LIMIT ? binary_new_copy (&p->heap, bytes, size) : bin;
}

Term
bif_unicode_characters_to_binary_2 (Process *p, Term *args)
{
  g_autoptr (GByteArray) out = NULL;
  Decoder decoder = { .p = p };
  Term    data = args[0];
  Term    rest;
  BitView view;
  Need    need;

  if (!read_encoding (args[1], &decoder.latin1))
    return ask_erlang (p, "characters_to_binary_int", args);
  if (term_is_list (data) && term_is_bitstring (list_head (data)) && term_is_nil (list_tail (data)))
    data = list_head (data);
  if (!measure (data, decoder.latin1, &need))
    return bif_badarg (p);
  if (bitstring_view (data, &view) && view.n_bits / 8 == need.bytes &&
      (decoder.latin1 || is_valid_utf8 (data)))
    {
      bump_reductions (p, (gint32) MIN (need.cost / COUNTED_PER_REDUCTION, G_MAXINT32));
      return data;
    }
  decoder.out = out = g_byte_array_sized_new ((guint) need.bytes);
  rest = decode (&decoder, data);
  charge (&decoder, &need);
  return answer (&decoder, result_binary (p, need.bytes, out->data, out->len), rest);
}

Term
bif_unicode_characters_to_list_2 (Process *p, Term *args)
{
  g_autoptr (GByteArray) out = NULL;
  Decoder decoder = { .p = p };
  Term    rest;
  Need    need;

  if (!read_encoding (args[1], &decoder.latin1))
    return ask_erlang (p, "characters_to_list_int", args);
  if (!measure (args[0], decoder.latin1, &need))
    return bif_badarg (p);
  decoder.out = out = g_byte_array_sized_new ((guint) need.bytes);
  rest = decode (&decoder, args[0]);
  decoder.work += out->len; /* the list is made from UTF-8 */
  charge (&decoder, &need);
  return answer (&decoder, text_to_list (p, (char *) out->data, out->len), rest);
}

/* What io takes for printable: as `erl` without +pc unicode. */
Term
bif_io_printable_range_0 (Process *p, Term *args)
{
  return A (latin1);
}

/* Does the node of this process take characters above 255 from io? Ours does. */
Term
bif_net_kernel_dflag_unicode_io_1 (Process *p, Term *args)
{
  if (term_is_pid (args[0]) || term_has_subtag (args[0], SUB_EXT_PID))
    return A (true);
  return bif_badarg (p);
}

Term
bif_unicode_bin_is_7bit_1 (Process *p, Term *args)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (args[0], &size, &to_free);

  if (bytes == NULL)
    return A (false);
  for (gsize i = 0; i < size; i++)
    if (bytes[i] >= 0x80)
      return A (false);
  return A (true);
}
