/* SPDX-License-Identifier: Apache-2.0 */

/* Numbers and their texts. Bignums cost 1 reduction for 16 digits. */

#include "config.h"

#include "engine/bif/bif-util.h"

#include <math.h>
#include <errno.h>

#define DIGITS_PER_REDUCTION 16

/* --- integers to text --------------------------------------------------------- */

/* Digits of @v in @base, written to the end of @buffer (70 bytes). */
static char *
small_to_text (gint64 v, guint base, char *buffer, gsize *len)
{
  static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  guint64           u = v < 0 ? -(guint64) v : (guint64) v;
  char             *c = buffer + 70;

  do
    {
      *--c = digits[u % base];
      u /= base;
    }
  while (u != 0);
  if (v < 0)
    *--c = '-';
  *len = (gsize) (buffer + 70 - c);
  return c;
}

static Term
integer_to_term_text (Process *p, Term integer, guint base, bool to_binary)
{
  g_autofree char *to_free = NULL;
  char             buffer[70];
  const char      *text;
  gsize            len;

  if (term_is_small (integer))
    text = small_to_text (small_value (integer), base, buffer, &len);
  else
    {
      text = to_free = integer_to_text (integer, base);
      len = strlen (text);
      bump_reductions (p, (gint32) MIN (len / DIGITS_PER_REDUCTION, G_MAXINT32));
    }
  if (to_binary)
    return binary_new_copy (&p->heap, (const guint8 *) text, len);
  return string_new (&p->heap, text, (gssize) len);
}

static bool
is_base (Term t)
{
  return term_is_small (t) && small_value (t) >= 2 && small_value (t) <= 36;
}

Term
bif_integer_to_list_1 (Process *p, Term *args)
{
  if (!term_is_integer (args[0]))
    return bif_badarg (p);
  return integer_to_term_text (p, args[0], 10, false);
}

Term
bif_integer_to_list_2 (Process *p, Term *args)
{
  if (!term_is_integer (args[0]) || !is_base (args[1]))
    return bif_badarg (p);
  return integer_to_term_text (p, args[0], (guint) small_value (args[1]), false);
}

Term
bif_integer_to_binary_1 (Process *p, Term *args)
{
  if (!term_is_integer (args[0]))
    return bif_badarg (p);
  return integer_to_term_text (p, args[0], 10, true);
}

Term
bif_integer_to_binary_2 (Process *p, Term *args)
{
  if (!term_is_integer (args[0]) || !is_base (args[1]))
    return bif_badarg (p);
  return integer_to_term_text (p, args[0], (guint) small_value (args[1]), true);
}

/* --- integers from text ------------------------------------------------------- */

static bool
is_digit_of (gint64 c, guint base)
{
  guint v;

  if (c < 0 || c > 127)
    return false;
  if (c >= '0' && c <= '9')
    v = (guint) c - '0';
  else if (g_ascii_isalpha ((char) c))
    v = (guint) g_ascii_toupper ((char) c) - 'A' + 10;
  else
    return false;
  return v < base;
}

/* An optional sign and at least one digit, and nothing else; else NONE. */
static Term
integer_of_text (Process *p, const char *text, gsize len, guint base)
{
  gsize sign = len > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;

  if (len == sign)
    return NONE;
  for (gsize i = sign; i < len; i++)
    if (!is_digit_of ((guint8) text[i], base))
      return NONE;
  if (text[0] == '+')
    return integer_from_text (&p->heap, text + 1, len - 1, base);
  return integer_from_text (&p->heap, text, len, base);
}

/* The longest integer at the head of @list; *rest what follows. NONE: no
 * integer there (*rest then is NIL when it is at least a list, else NONE). */
static Term
integer_of_list (Process *p, Term list, guint base, Term *rest)
{
  g_autoptr (GString) text = NULL;
  gsize n_digits = 0;

  *rest = term_is_list (list) || term_is_nil (list) ? NIL : NONE;
  if (!term_is_list (list))
    return NONE;
  text = g_string_sized_new (32);
  if (list_head (list) == make_small ('-') || list_head (list) == make_small ('+'))
    {
      if (list_head (list) == make_small ('-'))
        g_string_append_c (text, '-');
      list = list_tail (list);
    }
  for (; term_is_list (list); list = list_tail (list), n_digits++)
    {
      Term c = list_head (list);

      if (!term_is_small (c) || !is_digit_of (small_value (c), base))
        break;
      g_string_append_c (text, (char) small_value (c));
    }
  if (n_digits == 0)
    return NONE;
  *rest = list;
  return integer_from_text (&p->heap, text->str, text->len, base);
}

Term
bif_string_list_to_integer_1 (Process *p, Term *args)
{
  Term rest;
  Term integer = integer_of_list (p, args[0], 10, &rest);

  if (integer != NONE)
    return pair_new (p, integer, rest);
  return pair_new (p, A (error), rest == NONE ? A (not_a_list) : A (no_integer));
}

static Term
list_to_integer (Process *p, Term list, guint base)
{
  Term rest;
  Term integer = integer_of_list (p, list, base, &rest);

  return integer != NONE && term_is_nil (rest) ? integer : bif_badarg (p);
}

Term
bif_list_to_integer_1 (Process *p, Term *args)
{
  return list_to_integer (p, args[0], 10);
}

Term
bif_list_to_integer_2 (Process *p, Term *args)
{
  if (!is_base (args[1]))
    return bif_badarg (p);
  return list_to_integer (p, args[0], (guint) small_value (args[1]));
}

static Term
binary_to_integer (Process *p, Term binary, guint base)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (binary, &size, &to_free);
  Term               integer = NONE;

  if (bytes != NULL)
    integer = integer_of_text (p, (const char *) bytes, size, base);
  return integer != NONE ? integer : bif_badarg (p);
}

Term
bif_binary_to_integer_1 (Process *p, Term *args)
{
  return binary_to_integer (p, args[0], 10);
}

Term
bif_binary_to_integer_2 (Process *p, Term *args)
{
  if (!is_base (args[1]))
    return bif_badarg (p);
  return binary_to_integer (p, args[0], (guint) small_value (args[1]));
}

/* --- floats to text ----------------------------------------------------------- */

#define FLOAT_TEXT       256 /* longer texts, with a NUL, are refused */
#define FLOAT_BUFFER     (FLOAT_TEXT + 8)
#define DEFAULT_DECIMALS 20

typedef struct
{
  enum
  {
    FORMAT_LEGACY,
    FORMAT_SHORT,
    FORMAT_FIXED,
    FORMAT_SCIENTIFIC
  } format;
  gint64 decimals;
  bool   compact;
} FloatFormat;

static bool
read_float_options (Term list, FloatFormat *format)
{
  *format = (FloatFormat){ FORMAT_LEGACY, DEFAULT_DECIMALS, false };
  for (; term_is_list (list); list = list_tail (list))
    {
      Term option = list_head (list);

      if (option == A (compact))
        format->compact = true;
      else if (option == A (short))
        format->format = FORMAT_SHORT;
      else if (term_is_tuple_of (option, 2) && term_is_small (tuple_elements (option)[1]))
        {
          format->decimals = small_value (tuple_elements (option)[1]);
          if (tuple_elements (option)[0] == A (decimals))
            format->format = FORMAT_FIXED;
          else if (tuple_elements (option)[0] == A (scientific))
            format->format = FORMAT_SCIENTIFIC;
          else
            return false;
        }
      else
        return false;
    }
  return term_is_nil (list);
}

/* "1.500" to "1.5", "1.000" to "1.0". */
static gsize
drop_trailing_zeros (const char *text, gsize len)
{
  while (text[len - 1] == '0')
    len--;
  return text[len - 1] == '.' ? len + 1 : len;
}

/* Fixed decimals of values that are exact in 53 bits: the fraction is scaled and
 * rounded as a double, half away from zero, which is not what printf does. */
static gsize
fixed_to_text (double value, guint decimals, char *text)
{
  double  abs = fabs (value), scale = 1, whole, fraction;
  guint64 whole_part, fraction_part = 0;
  int     len;

  for (guint i = 0; i < decimals; i++)
    scale *= 10; /* exact: at most 1e18 */
  if (decimals == 0)
    whole_part = (guint64) lround (abs);
  else
    {
      whole = floor (abs);
      fraction = round ((abs - whole) * scale);
      whole_part = (guint64) whole;
      if (fraction >= scale)
        whole_part++;
      else
        fraction_part = (guint64) fraction;
    }
  len =
    g_snprintf (text, FLOAT_TEXT, "%s%" G_GUINT64_FORMAT, signbit (value) ? "-" : "", whole_part);
  if (decimals > 0)
    len += g_snprintf (text + len, (gulong) (FLOAT_TEXT - len), ".%0*" G_GUINT64_FORMAT,
                       (int) decimals, fraction_part);
  return (gsize) len;
}

/* Text of @value in @text (FLOAT_BUFFER bytes); 0: cannot be written so. */
static gsize
float_to_text (double value, const FloatFormat *format, char *text)
{
  char  spec[16];
  gsize len;

  if (format->format == FORMAT_SHORT)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      float_print (out, value);
      memcpy (text, out->str, out->len);
      return out->len;
    }
  if (format->decimals >= FLOAT_TEXT || (format->decimals < 0 && format->format == FORMAT_FIXED))
    return 0;
  if (format->format != FORMAT_FIXED)
    {
      /* fewer than none are printf's default */
      g_snprintf (spec, sizeof spec, "%%.%de", format->decimals < 0 ? 6 : (int) format->decimals);
      g_ascii_formatd (text, FLOAT_BUFFER, spec, value);
      len = strlen (text);
      return len < FLOAT_TEXT ? len : 0;
    }
  if (fabs (value) <= 9007199254740992.0 && format->decimals < 19)
    {
      len = fixed_to_text (value, (guint) format->decimals, text);
      return format->compact && format->decimals > 0 ? drop_trailing_zeros (text, len) : len;
    }
  g_snprintf (spec, sizeof spec, "%%.%df", (int) format->decimals);
  if (fabs (value) >= 1e250)
    return 0; /* more than FLOAT_TEXT digits */
  g_ascii_formatd (text, FLOAT_BUFFER, spec, value);
  len = strlen (text);
  if (len >= FLOAT_TEXT)
    return 0;
  return format->compact && format->decimals > 0 ? drop_trailing_zeros (text, len) : len;
}

static Term
float_to_term_text (Process *p, Term value, Term options, bool to_binary)
{
  FloatFormat format;
  char        text[FLOAT_BUFFER];
  gsize       len;

  if (!term_is_float (value) || !read_float_options (options, &format))
    return bif_badarg (p);
  len = float_to_text (float_value (value), &format, text);
  if (len == 0)
    return bif_badarg (p);
  if (to_binary)
    return binary_new_copy (&p->heap, (guint8 *) text, len);
  return string_new (&p->heap, text, (gssize) len);
}

Term
bif_float_to_list_1 (Process *p, Term *args)
{
  return float_to_term_text (p, args[0], NIL, false);
}

Term
bif_float_to_list_2 (Process *p, Term *args)
{
  return float_to_term_text (p, args[0], args[1], false);
}

Term
bif_float_to_binary_1 (Process *p, Term *args)
{
  return float_to_term_text (p, args[0], NIL, true);
}

Term
bif_float_to_binary_2 (Process *p, Term *args)
{
  return float_to_term_text (p, args[0], args[1], true);
}

/* --- floats from text --------------------------------------------------------- */

/* Length of the float at @text: [sign] digits (. or ,) digits [e [sign] digits];
 * 0: none. An exponent without digits is not part of it. */
static gsize
scan_float (const char *text, gsize len)
{
  gsize i = 0, start, mantissa_end;

  if (i < len && (text[i] == '+' || text[i] == '-'))
    i++;
  for (start = i; i < len && g_ascii_isdigit (text[i]); i++)
    ;
  if (i == start || i >= len || (text[i] != '.' && text[i] != ','))
    return 0;
  for (start = ++i; i < len && g_ascii_isdigit (text[i]); i++)
    ;
  if (i == start)
    return 0;
  mantissa_end = i;
  if (i >= len || (text[i] != 'e' && text[i] != 'E'))
    return mantissa_end;
  i++;
  if (i < len && (text[i] == '+' || text[i] == '-'))
    i++;
  for (start = i; i < len && g_ascii_isdigit (text[i]); i++)
    ;
  return i > start ? i : mantissa_end;
}

/* FALSE: too large for a float. */
static bool
text_to_double (const char *text, gsize len, double *value)
{
  g_autofree char *copy = g_strndup (text, len);
  char            *comma = strchr (copy, ',');

  if (comma != NULL)
    *comma = '.';
  *value = g_ascii_strtod (copy, NULL);
  return isfinite (*value);
}

/* The byte values at the head of @list, up to what is none; *@rest gets the first
 * cell that is not among them, or the tail. */
static GString *
text_of_list (Term list, Term *rest)
{
  GString *text = g_string_new (NULL);

  for (; term_is_list (list) && term_is_byte (list_head (list)); list = list_tail (list))
    g_string_append_c (text, (char) small_value (list_head (list)));
  *rest = list;
  return text;
}

Term
bif_string_list_to_float_1 (Process *p, Term *args)
{
  g_autoptr (GString) text = NULL;
  Term   rest = args[0];
  gsize  len;
  double value;

  if (!term_is_list (rest))
    return pair_new (p, A (error), term_is_nil (rest) ? A (no_float) : A (not_a_list));
  text = text_of_list (args[0], &rest);
  len = scan_float (text->str, text->len);
  if (len == 0 || !text_to_double (text->str, len, &value))
    return pair_new (p, A (error), A (no_float));
  for (rest = args[0]; len > 0; len--)
    rest = list_tail (rest);
  return pair_new (p, float_new (&p->heap, value), rest);
}

static Term
float_of_text (Process *p, const char *text, gsize len)
{
  double value;

  if (len == 0 || scan_float (text, len) != len || !text_to_double (text, len, &value))
    return bif_badarg (p);
  return float_new (&p->heap, value);
}

Term
bif_list_to_float_1 (Process *p, Term *args)
{
  g_autoptr (GString) text = NULL;
  Term rest;

  text = text_of_list (args[0], &rest);
  return term_is_nil (rest) ? float_of_text (p, text->str, text->len) : bif_badarg (p);
}

Term
bif_binary_to_float_1 (Process *p, Term *args)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *bytes = binary_bytes (args[0], &size, &to_free);

  return bytes != NULL ? float_of_text (p, (const char *) bytes, size) : bif_badarg (p);
}
