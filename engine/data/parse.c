/* SPDX-License-Identifier: Apache-2.0 */

/* Erlang term text. Command lines and conditions hold such text, so messages
 * name the column and what would be accepted there. */

#include "config.h"

#include "engine/data/data.h"

#include "engine/base/hooks.h"
#include "engine/vm-error.h"

#include <math.h>

#define MAX_DEPTH        1000
#define MAX_SEGMENT_BITS (1u << 24)

typedef struct
{
  VmMachine  *vm;
  Heap       *heap;
  const char *text;
  const char *p;
  guint       depth;
  GError    **error;
} Parser;

static Term parse_term (Parser *parser);

/* --- characters ----------------------------------------------------------- */

/* Always NONE. */
static Term
fail (Parser *parser, const char *at, const char *wanted)
{
  glong column = g_utf8_pointer_to_offset (parser->text, at) + 1;
  char  found[8] = { 0 };

  if (parser->error != NULL && *parser->error != NULL)
    return NONE;
  if (*at != '\0')
    g_utf8_strncpy (found, at, 1);
  if (*at == '\0')
    g_set_error (parser->error, VM_ERROR, VM_ERROR_SYNTAX,
                 "column %ld: %s is wanted, but the text ends", column, wanted);
  else
    g_set_error (parser->error, VM_ERROR, VM_ERROR_SYNTAX,
                 "column %ld: %s is wanted, but there is \"%s\"", column, wanted, found);
  return NONE;
}

static void
skip_space (Parser *parser)
{
  for (;;)
    {
      while (g_ascii_isspace (*parser->p))
        parser->p++;
      if (*parser->p != '%')
        return;
      while (*parser->p != '\0' && *parser->p != '\n')
        parser->p++;
    }
}

/* Takes @token when it stands here. */
static bool
take (Parser *parser, const char *token)
{
  skip_space (parser);
  if (!g_str_has_prefix (parser->p, token))
    return false;
  parser->p += strlen (token);
  return true;
}

static bool
is_atom_start (gunichar c)
{
  return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7);
}

static bool
is_atom_char (gunichar c)
{
  return is_atom_start (c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '@' || (c >= 0xc0 && c <= 0xde && c != 0xd7);
}

/* The code after "\x". */
static bool
read_hex_escape (Parser *parser, gunichar *c)
{
  const char *start = parser->p;
  bool        braces = *parser->p == '{';
  guint       n = 0;

  *c = 0;
  parser->p += braces ? 1 : 0;
  for (; g_ascii_isxdigit (*parser->p) && n < (braces ? 6 : 2); n++, parser->p++)
    *c = *c * 16 + (guint) g_ascii_xdigit_value (*parser->p);
  if (n == 0 || (!braces && n != 2) || (braces && *parser->p++ != '}') || *c > 0x10ffff ||
      (*c >= 0xd800 && *c <= 0xdfff))
    {
      fail (parser, start, "two hexadecimal digits, or a character's code in braces,");
      return false;
    }
  return true;
}

/* One character of quoted text, its escape undone. */
static bool
read_char (Parser *parser, gunichar *c)
{
  static const char named[] = { 'b', '\b', 'd', 0177, 'e', 033, 'f', '\f', 'n',
                                '\n', 'r', '\r', 's', ' ', 't', '\t', 'v', '\v' };

  if (*parser->p == '\0')
    {
      fail (parser, parser->p, "a character");
      return false;
    }
  *c = g_utf8_get_char (parser->p);
  parser->p = g_utf8_next_char (parser->p);
  if (*c != '\\')
    return true;
  if (*parser->p == '\0')
    {
      fail (parser, parser->p, "a character");
      return false;
    }
  *c = g_utf8_get_char (parser->p);
  if (*c >= '0' && *c <= '7')
    {
      *c = 0;
      for (guint n = 0; n < 3 && *parser->p >= '0' && *parser->p <= '7'; n++)
        *c = *c * 8 + (guint) (*parser->p++ - '0');
      return true;
    }
  parser->p = g_utf8_next_char (parser->p);
  if (*c == 'x')
    return read_hex_escape (parser, c);
  if (*c == '^' && *parser->p >= '@' && *parser->p <= '_')
    {
      *c = (gunichar) (*parser->p++ & 31);
      return true;
    }
  for (guint i = 0; i < sizeof named; i += 2)
    {
      if (*c == (gunichar) named[i])
        {
          *c = (gunichar) named[i + 1];
          break;
        }
    }
  return true;
}

/* Characters up to @quote, which follows its twin that was taken already. */
static GArray *
read_quoted (Parser *parser, char quote)
{
  GArray *chars = g_array_new (FALSE, FALSE, sizeof (gunichar));

  while (*parser->p != quote)
    {
      gunichar c;

      if (*parser->p == '\0')
        fail (parser, parser->p,
              quote == '"' ? "the string's closing quote" : "the atom's closing quote");
      if (*parser->p == '\0' || !read_char (parser, &c))
        {
          g_array_free (chars, TRUE);
          return NULL;
        }
      g_array_append_val (chars, c);
    }
  parser->p++;
  return chars;
}

/* --- numbers -------------------------------------------------------------- */

/* Digits of @base, with single underscores between them, into @digits. */
static void
read_digits (Parser *parser, guint base, GString *digits)
{
  for (;; parser->p++)
    {
      char c = *parser->p;
      int  value = g_ascii_isdigit (c)   ? c - '0'
                   : g_ascii_isalpha (c) ? g_ascii_tolower (c) - 'a' + 10
                                         : 99;

      if (value < (int) base)
        g_string_append_c (digits, c);
      else if (c != '_' || digits->len == 0 || !g_ascii_isalnum (parser->p[1]))
        return;
    }
}

static Term
parse_float (Parser *parser, const char *start, GString *digits, bool negative)
{
  double d;

  parser->p++;
  g_string_append_c (digits, '.');
  while (g_ascii_isdigit (*parser->p))
    g_string_append_c (digits, *parser->p++);
  if ((*parser->p == 'e' || *parser->p == 'E') &&
      g_ascii_isdigit (parser->p[parser->p[1] == '-' || parser->p[1] == '+' ? 2 : 1]))
    {
      g_string_append_c (digits, *parser->p++);
      do
        g_string_append_c (digits, *parser->p++);
      while (g_ascii_isdigit (*parser->p));
    }
  d = g_ascii_strtod (digits->str, NULL);
  if (!isfinite (d))
    return fail (parser, start, "a float that is not too large");
  return float_new (parser->heap, negative ? -d : d);
}

static Term
parse_number (Parser *parser, bool negative)
{
  GString    *digits = g_string_new (NULL);
  const char *start = parser->p;
  guint       base = 10;
  Term        term;

  read_digits (parser, 10, digits);
  if (*parser->p == '#' && digits->len > 0 && digits->len <= 2)
    {
      base = (guint) g_ascii_strtoull (digits->str, NULL, 10);
      parser->p++;
      g_string_truncate (digits, 0);
      if (base >= 2 && base <= 36)
        read_digits (parser, base, digits);
    }
  if (digits->len == 0)
    term = fail (parser, base >= 2 && base <= 36 ? parser->p : start,
                 base >= 2 && base <= 36 ? "a digit" : "a base from 2 to 36");
  else if (base == 10 && *parser->p == '.' && g_ascii_isdigit (parser->p[1]))
    term = parse_float (parser, start, digits, negative);
  else
    {
      if (negative)
        g_string_prepend_c (digits, '-');
      term = integer_from_text (parser->heap, digits->str, digits->len, base);
      if (term == NONE)
        fail (parser, start, "an integer that is not too large");
    }
  g_string_free (digits, TRUE);
  return term;
}

static Term
parse_signed (Parser *parser)
{
  bool negative = *parser->p == '-';

  parser->p++;
  skip_space (parser);
  if (g_ascii_isdigit (*parser->p))
    return parse_number (parser, negative);
  if (*parser->p == '$')
    {
      gunichar c;

      parser->p++;
      return read_char (parser, &c) ? make_small (negative ? -(gint64) c : (gint64) c) : NONE;
    }
  return fail (parser, parser->p, "a number");
}

/* --- atoms, strings, funs ------------------------------------------------- */

static Term
parse_atom (Parser *parser)
{
  const char *start;
  GArray     *chars;
  GString    *name = g_string_new (NULL);
  Term        atom = NONE;

  skip_space (parser);
  start = parser->p;
  if (*parser->p == '\'')
    {
      parser->p++;
      chars = read_quoted (parser, '\'');
      for (guint i = 0; chars != NULL && i < chars->len; i++)
        g_string_append_unichar (name, g_array_index (chars, gunichar, i));
      if (chars != NULL)
        g_array_free (chars, TRUE);
    }
  else
    {
      while (is_atom_char (g_utf8_get_char (parser->p)))
        {
          g_string_append_unichar (name, g_utf8_get_char (parser->p));
          parser->p = g_utf8_next_char (parser->p);
        }
      if (name->len == 0 || !is_atom_start (g_utf8_get_char (start)))
        fail (parser, start, "an atom");
    }
  if (parser->error == NULL || *parser->error == NULL)
    {
      atom = atom_table_intern (parser->vm->atoms, name->str, name->len);
      if (atom == NONE)
        fail (parser, start, "an atom of at most 255 characters");
    }
  g_string_free (name, TRUE);
  return atom;
}

/* Strings side by side are one. */
static Term
parse_string (Parser *parser)
{
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (Term));
  Term    list = NONE;
  GArray *chars;

  while (take (parser, "\""))
    {
      chars = read_quoted (parser, '"');
      if (chars == NULL)
        {
          g_array_free (terms, TRUE);
          return NONE;
        }
      for (guint i = 0; i < chars->len; i++)
        {
          Term c = make_small (g_array_index (chars, gunichar, i));
          g_array_append_val (terms, c);
        }
      g_array_free (chars, TRUE);
    }
  list = list_new (parser->heap, (Term *) terms->data, terms->len, NIL);
  g_array_free (terms, TRUE);
  return list;
}

/* After `fun`. */
static Term
parse_fun (Parser *parser)
{
  Term   module = parse_atom (parser), function, arity, fun = NONE;
  gint64 n;

  if (module == NONE)
    return NONE;
  if (!take (parser, ":"))
    return fail (parser, parser->p, "the \":\" of fun Module:Function/Arity");
  function = parse_atom (parser);
  if (function == NONE)
    return NONE;
  if (!take (parser, "/"))
    return fail (parser, parser->p, "the \"/\" of fun Module:Function/Arity");
  skip_space (parser);
  arity = parse_number (parser, false);
  if (arity == NONE)
    return NONE;
  if (!integer_to_i64 (arity, &n) || n > 255)
    return fail (parser, parser->p, "an arity from 0 to 255");
  if (parser->vm->hooks != NULL && parser->vm->hooks->external_fun != NULL)
    fun = parser->vm->hooks->external_fun (parser->vm, module, function, (guint) n);
  return fun != NONE ? fun : fail (parser, parser->p, "room for a fun");
}

/* --- binaries ------------------------------------------------------------- */

typedef struct
{
  GByteArray *bytes;
  gsize       n_bits;
} BitBuffer;

static void
append_bits (BitBuffer *buffer, const guint8 *bytes, gsize offset, gsize n)
{
  gsize old = buffer->bytes->len, size = (buffer->n_bits + n + 7) / 8;

  g_byte_array_set_size (buffer->bytes, (guint) size);
  if (size > old)
    memset (buffer->bytes->data + old, 0, size - old);
  bits_copy (buffer->bytes->data, buffer->n_bits, bytes, offset, n);
  buffer->n_bits += n;
}

/* The lowest @n bits of @integer. */
static void
append_integer (Parser *parser, BitBuffer *buffer, Term integer, gsize n)
{
  gsize   n_bytes = (n + 7) / 8, n_words = (n_bytes + 7) / 8;
  guint8 *bytes = g_malloc0 (n_bytes + 1);
  bool    negative = term_is_small (integer)
                       ? small_value (integer) < 0
                       : big_is_negative (integer);
  guint64 carry = 1;

  for (gsize i = 0; i < n_words; i++)
    {
      guint64 word;

      if (term_is_small (integer))
        word = i == 0 ? (guint64) small_value (integer) : negative ? G_MAXUINT64
                                                                   : 0;
      else
        {
          word = i < thing_arity (boxed_header (integer)) ? boxed_ptr (integer)[1 + i] : 0;
          if (negative) /* two's complement */
            {
              word = ~word + carry;
              carry = carry == 1 && word == 0 ? 1 : 0;
            }
        }
      for (gsize k = 0; k < 8 && i * 8 + k < n_bytes; k++, word >>= 8)
        bytes[n_bytes - 1 - (i * 8 + k)] = (guint8) word;
    }
  append_bits (buffer, bytes, n_bytes * 8 - n, n);
  g_free (bytes);
}

static bool
append_char (Parser *parser, BitBuffer *buffer, const char *at, gint64 c, gsize n_bits, bool utf8)
{
  char text[8];
  int  n;

  if (!utf8)
    {
      append_integer (parser, buffer, make_small (c), n_bits);
      return true;
    }
  if (c < 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
    {
      fail (parser, at, "a Unicode character's code");
      return false;
    }
  n = g_unichar_to_utf8 ((gunichar) c, text);
  append_bits (buffer, (const guint8 *) text, 0, (gsize) n * 8);
  return true;
}

/* ":Size" and "/utf8" after a value. */
static bool
read_segment_options (Parser *parser, gsize *n_bits, bool *utf8)
{
  gint64 n;
  Term   size;

  if (take (parser, ":"))
    {
      const char *at = parser->p;

      skip_space (parser);
      size = parse_number (parser, false);
      if (size == NONE)
        return false;
      if (!integer_to_i64 (size, &n) || n > MAX_SEGMENT_BITS)
        {
          fail (parser, at, "a size of at most 16777216 bits");
          return false;
        }
      *n_bits = (gsize) n;
    }
  if (take (parser, "/"))
    {
      if (!take (parser, "utf8"))
        {
          fail (parser, parser->p, "utf8 (the only type that is read here)");
          return false;
        }
      *utf8 = true;
    }
  return true;
}

static bool
parse_segment (Parser *parser, BitBuffer *buffer)
{
  gsize       n_bits = 8;
  bool        utf8 = false, ok = true;
  const char *at;
  Term        value;
  gint64      c;

  skip_space (parser);
  at = parser->p;
  if (*at == '"')
    {
      value = parse_string (parser);
      if (value == NONE || !read_segment_options (parser, &n_bits, &utf8))
        return false;
      for (; ok && term_is_list (value); value = list_tail (value))
        ok = append_char (parser, buffer, at, small_value (list_head (value)), n_bits, utf8);
      return ok;
    }
  if (*at != '-' && *at != '+' && *at != '$' && !g_ascii_isdigit (*at))
    {
      fail (parser, at, "an integer or a string");
      return false;
    }
  value = parse_term (parser);
  if (value == NONE || !read_segment_options (parser, &n_bits, &utf8))
    return false;
  if (!term_is_integer (value))
    {
      fail (parser, at, "an integer or a string");
      return false;
    }
  if (utf8)
    return append_char (parser, buffer, at, integer_to_i64 (value, &c) ? c : -1, n_bits, true);
  append_integer (parser, buffer, value, n_bits);
  return true;
}

/* After "<<". */
static Term
parse_binary (Parser *parser)
{
  BitBuffer buffer = { g_byte_array_new (), 0 };
  Term      term = NONE;
  bool      ok = true;

  if (!take (parser, ">>"))
    {
      do
        ok = parse_segment (parser, &buffer);
      while (ok && take (parser, ","));
      if (ok && !take (parser, ">>"))
        {
          fail (parser, parser->p, "\",\" or \">>\"");
          ok = false;
        }
    }
  if (ok)
    {
      term = binary_new_copy (parser->heap, buffer.bytes->data, buffer.bytes->len);
      if (buffer.n_bits % 8 != 0)
        term = bitstring_slice (parser->heap, term, 0, buffer.n_bits, false);
    }
  g_byte_array_unref (buffer.bytes);
  return term;
}

/* --- containers ----------------------------------------------------------- */

/* Terms with commas between them, up to @close or (@bar) "|", which is taken too. */
static bool
parse_row (Parser *parser, const char *close, bool is_map, bool *bar, GArray *row)
{
  if (take (parser, close))
    return true;
  for (;;)
    {
      Term term = parse_term (parser);

      if (term == NONE)
        return false;
      g_array_append_val (row, term);
      if (is_map && row->len % 2 == 1)
        {
          if (!take (parser, "=>"))
            return fail (parser, parser->p, "\"=>\"") != NONE;
          continue;
        }
      if (take (parser, ","))
        continue;
      if (take (parser, close))
        return true;
      if (bar != NULL && take (parser, "|"))
        {
          *bar = true;
          return true;
        }
      return fail (parser, parser->p, *close == ']' ? "\",\", \"|\" or \"]\"" : "\",\" or \"}\"") !=
             NONE;
    }
}

static Term
parse_list (Parser *parser)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (Term));
  Term    tail = NIL, term = NONE;
  bool    bar = false;

  if (parse_row (parser, "]", false, &bar, row))
    {
      if (bar)
        {
          tail = parse_term (parser);
          if (tail != NONE && !take (parser, "]"))
            tail = fail (parser, parser->p, "\"]\"");
        }
      if (tail != NONE)
        term = list_new (parser->heap, (Term *) row->data, row->len, tail);
    }
  g_array_free (row, TRUE);
  return term;
}

static Term
parse_braces (Parser *parser, bool is_map)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (Term));
  Term    term = NONE;

  if (parse_row (parser, "}", is_map, NULL, row))
    term = is_map ? map_new (parser->heap, (Term *) row->data, row->len / 2)
                  : tuple_new_array (parser->heap, (Term *) row->data, row->len);
  g_array_free (row, TRUE);
  return term;
}

static bool
at_word (Parser *parser, const char *word)
{
  return g_str_has_prefix (parser->p, word) &&
         !is_atom_char (g_utf8_get_char (parser->p + strlen (word)));
}

static Term
parse_one (Parser *parser)
{
  gunichar c;

  skip_space (parser);
  if (*parser->p == '-' || *parser->p == '+')
    return parse_signed (parser);
  if (g_ascii_isdigit (*parser->p))
    return parse_number (parser, false);
  if (*parser->p == '"')
    return parse_string (parser);
  if (take (parser, "$"))
    return read_char (parser, &c) ? make_small (c) : NONE;
  if (take (parser, "<<"))
    return parse_binary (parser);
  if (take (parser, "["))
    return parse_list (parser);
  if (take (parser, "#{"))
    return parse_braces (parser, true);
  if (take (parser, "{"))
    return parse_braces (parser, false);
  if (at_word (parser, "fun"))
    {
      parser->p += strlen ("fun");
      return parse_fun (parser);
    }
  if (*parser->p == '\'' || is_atom_start (g_utf8_get_char (parser->p)))
    return parse_atom (parser);
  return fail (parser, parser->p,
               "a term (number, atom, string, [list], {tuple}, #{map}, <<binary>> or fun M:F/A)");
}

static Term
parse_term (Parser *parser)
{
  Term term;

  if (parser->depth == MAX_DEPTH)
    return fail (parser, parser->p, "less nesting (1000 levels are accepted)");
  parser->depth++;
  term = parse_one (parser);
  parser->depth--;
  return term;
}

Term
term_parse (VmMachine *vm, Heap *heap, const char *text, GError **error)
{
  GError     *own_error = NULL;
  Parser      parser = { vm, heap, text, text, 0, &own_error };
  const char *bad;
  Term        term;

  if (!g_utf8_validate (text, -1, &bad))
    {
      g_set_error (error, VM_ERROR, VM_ERROR_SYNTAX, "column %ld: the text is not UTF-8",
                   (long) g_utf8_strlen (text, bad - text) + 1);
      return NONE;
    }
  term = parse_term (&parser);
  if (term != NONE)
    {
      take (&parser, ".");
      skip_space (&parser);
      if (*parser.p != '\0')
        term = fail (&parser, parser.p, "the end of the text");
    }
  if (term == NONE)
    g_propagate_error (error, own_error);
  return term;
}
