/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "engine/bif/regex.h"

#define STORED_VERSION 1

/* --- options ---------------------------------------------------------------------- */

/* Options that are one bit, for compiling, matching or both. Names are looked up
 * as atoms of atoms.def. */
typedef struct
{
  Term    name;
  guint32 compile, match;
} Flag;

static const Flag flags[] = {
  { A (anchored), PCRE2_ANCHORED, PCRE2_ANCHORED },
  { A (notempty), 0, PCRE2_NOTEMPTY },
  { A (notempty_atstart), 0, PCRE2_NOTEMPTY_ATSTART },
  { A (notbol), 0, PCRE2_NOTBOL },
  { A (noteol), 0, PCRE2_NOTEOL },
  { A (no_start_optimize), PCRE2_NO_START_OPTIMIZE, 0 },
  { A (caseless), PCRE2_CASELESS, 0 },
  { A (dollar_endonly), PCRE2_DOLLAR_ENDONLY, 0 },
  { A (dotall), PCRE2_DOTALL, 0 },
  { A (extended), PCRE2_EXTENDED, 0 },
  { A (firstline), PCRE2_FIRSTLINE, 0 },
  { A (multiline), PCRE2_MULTILINE, 0 },
  { A (no_auto_capture), PCRE2_NO_AUTO_CAPTURE, 0 },
  { A (dupnames), PCRE2_DUPNAMES, 0 },
  { A (ungreedy), PCRE2_UNGREEDY, 0 },
  { A (ucp), PCRE2_UCP, 0 },
  { A (never_utf), PCRE2_NEVER_UTF, 0 },
  { A (unicode), PCRE2_UTF, 0 },
};

static bool
read_atom_option (Term option, RegexOptions *options)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].name == option)
      {
        options->compile |= flags[i].compile;
        options->match |= flags[i].match;
        options->only_compile |= flags[i].match == 0;
        options->only_run |= flags[i].compile == 0;
        options->unicode |= option == A (unicode);
        return true;
      }
  if (option == A (report_errors))
    options->report_errors = options->only_run = true;
  else if (option == A (global))
    options->global = options->only_run = true;
  else if (option == A (bsr_anycrlf))
    options->bsr = PCRE2_BSR_ANYCRLF;
  else if (option == A (bsr_unicode))
    options->bsr = PCRE2_BSR_UNICODE;
  else
    return false;
  return true;
}

static bool
read_newline (Term t, guint32 *newline)
{
  if (t == A (cr))
    *newline = PCRE2_NEWLINE_CR;
  else if (t == A (crlf))
    *newline = PCRE2_NEWLINE_CRLF;
  else if (t == A (lf))
    *newline = PCRE2_NEWLINE_LF;
  else if (t == A (anycrlf))
    *newline = PCRE2_NEWLINE_ANYCRLF;
  else if (t == A (any))
    *newline = PCRE2_NEWLINE_ANY;
  else
    return false;
  return true;
}

static bool
read_natural (Term t, gint64 *value)
{
  return integer_to_i64 (t, value) && *value >= 0 && *value <= G_MAXINT32;
}

static bool
read_tuple_option (Term option, RegexOptions *options)
{
  const Term *e = tuple_elements (option);

  if (term_is_tuple_of (option, 3) && e[0] == A (capture))
    {
      options->capture = e[1];
      options->capture_type = e[2];
      options->has_capture = options->only_run = true;
      return true;
    }
  if (!term_is_tuple_of (option, 2))
    return false;
  if (e[0] == A (newline))
    return read_newline (e[1], &options->newline);
  options->only_run = true;
  if (e[0] == A (capture))
    {
      options->capture = e[1];
      options->capture_type = A (index);
      options->has_capture = true;
      return true;
    }
  if (e[0] == A (offset))
    return read_natural (e[1], &options->offset);
  if (e[0] == A (match_limit))
    return read_natural (e[1], &options->match_limit);
  if (e[0] == A (match_limit_recursion))
    return read_natural (e[1], &options->depth_limit);
  return false;
}

bool
regex_options_read (Term list, RegexOptions *options)
{
  *options = (RegexOptions){
    .match_limit = -1, .depth_limit = -1, .capture = NIL, .capture_type = A (index)
  };
  for (; term_is_list (list); list = list_tail (list))
    {
      Term option = list_head (list);

      if (!(term_is_tuple (option) && tuple_arity (option) >= 2
              ? read_tuple_option (option, options)
              : read_atom_option (option, options)))
        return false;
    }
  return term_is_nil (list);
}

/* --- compiling --------------------------------------------------------------------- */

/* OTP's tables are those of ISO 8859-1: its letters are letters. PCRE2's are of
 * the C locale, so they are completed: each character above 127 becomes what an
 * ASCII character of its kind is. The layout is that of PCRE2's tables: lower
 * case, other case, bitmaps of classes, kinds. */
#define TABLES_BYTES  1088
#define OTHER_CASE    256
#define CLASS_BITMAPS 512
#define N_CLASSES     10
#define KINDS         (CLASS_BITMAPS + 32 * N_CLASSES)

static void
make_like (guint8 *tables, guint c, guint model)
{
  for (guint i = 0; i < N_CLASSES; i++)
    {
      guint8 *bitmap = tables + CLASS_BITMAPS + 32 * i;

      if ((bitmap[model / 8] >> model % 8 & 1) != 0)
        bitmap[c / 8] |= (guint8) (1u << c % 8);
    }
  tables[KINDS + c] = tables[KINDS + model];
}

static bool
is_latin1_letter (guint c)
{
  return (c >= 0xc0 && c != 0xd7 && c != 0xf7) || c == 0xaa || c == 0xb5 || c == 0xba;
}

static void
complete_tables (guint8 *tables)
{
  for (guint c = 0x80; c <= 0xff; c++)
    {
      bool letter = is_latin1_letter (c);
      bool upper = letter && c >= 0xc0 && c <= 0xde;
      bool paired = letter && c >= 0xc0 && c != 0xdf && c != 0xff;

      make_like (tables, c, c < 0xa0 ? 0x01 : upper  ? 'G'
                                            : letter ? 'g'
                                                     : '!');
      if (paired)
        {
          tables[c] = (guint8) (c | 0x20);
          tables[OTHER_CASE + c] = (guint8) (c ^ 0x20);
        }
    }
}

/* @code again, with tables of its own that are freed with it. */
static pcre2_code *
own_tables (pcre2_code *code)
{
  pcre2_code *copy = pcre2_code_copy_with_tables (code);

  pcre2_code_free (code);
  return copy;
}

/* Perl and PCRE 8 take a hyphen after a class, as in [\\d-z], as a hyphen; PCRE2
 * refuses it where it stands. So it is escaped there, as often as that is so; error
 * places stay those of the pattern as it was. */
static pcre2_code *
compile_hyphens (const guint8          *pattern,
                 gsize                  len,
                 guint32                options,
                 int                   *code,
                 gsize                 *offset,
                 pcre2_compile_context *context)
{
  g_autoptr (GString) text = g_string_new_len ((const char *) pattern, (gssize) len);
  gsize       n_before = 0, last = 0;
  pcre2_code *result;

  for (;;)
    {
      result = pcre2_compile ((PCRE2_SPTR) text->str, text->len, options, code, offset, context);
      if (result != NULL || *code != PCRE2_ERROR_CLASS_INVALID_RANGE || *offset >= text->len ||
          text->str[*offset] != '-')
        break;
      last = *offset;
      n_before++;
      g_string_insert_c (text, (gssize) last, '\\');
    }
  if (result == NULL)
    {
      n_before -= n_before > 0 && last >= *offset;
      *offset -= MIN (*offset, n_before);
      /* PCRE 8 points at the class that ends the range, PCRE2 behind it */
      if (*code == PCRE2_ERROR_CLASS_INVALID_RANGE)
        *offset -= MIN (*offset, 1);
    }
  return result;
}

/* What looks for a match's first byte, in PCRE2, knows no word characters from 128
 * to 255 when the subject is UTF-8. OTP's re never looks for it. */
static bool
finds_no_start (const guint8 *pattern, gsize len, const RegexOptions *options)
{
  return (options->compile & (PCRE2_UTF | PCRE2_UCP)) == PCRE2_UTF &&
         memmem (pattern, len, "\\w", 2) != NULL;
}

pcre2_code *
regex_compile (
  const guint8 *pattern, gsize len, const RegexOptions *options, int *code, gsize *offset)
{
  guint32 compile_flags =
    options->compile | (finds_no_start (pattern, len, options) ? PCRE2_NO_START_OPTIMIZE : 0);
  pcre2_compile_context *context = pcre2_compile_context_create (NULL);
  guint8                *tables = (guint8 *) pcre2_maketables (NULL);
  guint32                n_bytes = 0;
  pcre2_code            *result;

  pcre2_config (PCRE2_CONFIG_TABLES_LENGTH, &n_bytes);
  if (n_bytes == TABLES_BYTES)
    complete_tables (tables);
  pcre2_set_character_tables (context, tables);
  pcre2_set_newline (context, options->newline != 0 ? options->newline : PCRE2_NEWLINE_LF);
  pcre2_set_bsr (context, options->bsr != 0 ? options->bsr : PCRE2_BSR_UNICODE);
  result = compile_hyphens (pattern, len, compile_flags, code, offset, context);
  pcre2_compile_context_free (context);
  if (result != NULL)
    result = own_tables (result);
  pcre2_maketables_free (NULL, tables);
  return result;
}

typedef struct
{
  int         code;
  const char *text;
} ErrorText;

static const ErrorText error_texts[] = {
  { PCRE2_ERROR_END_BACKSLASH, "\\ at end of pattern" },
  { PCRE2_ERROR_END_BACKSLASH_C, "\\c at end of pattern" },
  { PCRE2_ERROR_UNKNOWN_ESCAPE, "unrecognized character follows \\" },
  { PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER, "numbers out of order in {} quantifier" },
  { PCRE2_ERROR_QUANTIFIER_TOO_BIG, "number too big in {} quantifier" },
  { PCRE2_ERROR_MISSING_SQUARE_BRACKET, "missing terminating ] for character class" },
  { PCRE2_ERROR_CLASS_RANGE_ORDER, "range out of order in character class" },
  { PCRE2_ERROR_QUANTIFIER_INVALID, "nothing to repeat" },
  { PCRE2_ERROR_INVALID_AFTER_PARENS_QUERY, "unrecognized character after (? or (?-" },
  { PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS, "missing )" },
  { PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE, "reference to non-existent subpattern" },
  { PCRE2_ERROR_MISSING_COMMENT_CLOSING, "missing ) after (?# comment" },
  { PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS, "unmatched parentheses" },
  { PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, "lookbehind assertion is not fixed length" },
  { PCRE2_ERROR_UNKNOWN_POSIX_CLASS, "unknown POSIX class name" },
  { PCRE2_ERROR_MISSING_NAME_TERMINATOR, "syntax error in subpattern name (missing terminator)" },
  { PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME, "two named subpatterns have the same name" },
};

void
regex_error_text (int code, char *buffer, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_texts); i++)
    if (error_texts[i].code == code)
      {
        g_strlcpy (buffer, error_texts[i].text, size);
        return;
      }
  if (pcre2_get_error_message (code, (guint8 *) buffer, size) < 0)
    g_snprintf (buffer, size, "error %d", code);
}

/* --- stored patterns ------------------------------------------------------------------ */

static const char stored_magic[4] = { 'B', 'L', 'R', 'E' };

typedef struct
{
  char    magic[4];
  guint32 version, compile, newline, bsr;
} Stored;

Term
regex_term (
  Process *p, const pcre2_code *code, const guint8 *pattern, gsize len, const RegexOptions *options)
{
  Stored  head = { .version = GUINT32_TO_LE (STORED_VERSION),
                   .compile = GUINT32_TO_LE (options->compile),
                   .newline = GUINT32_TO_LE (options->newline),
                   .bsr = GUINT32_TO_LE (options->bsr) };
  guint32 n_captures = 0, newline = 0;
  guint8 *bytes;
  Term    bin;

  memcpy (head.magic, stored_magic, sizeof stored_magic);
  pcre2_pattern_info (code, PCRE2_INFO_CAPTURECOUNT, &n_captures);
  pcre2_pattern_info (code, PCRE2_INFO_NEWLINE, &newline);
  bin = binary_new_uninit (&p->heap, sizeof head + len, &bytes);
  memcpy (bytes, &head, sizeof head);
  memcpy (bytes + sizeof head, pattern, len);
  return tuple_new (&p->heap, 5, A (re_pattern), make_small (n_captures),
                    make_small (options->unicode),
                    make_small (newline == PCRE2_NEWLINE_ANY || newline == PCRE2_NEWLINE_CRLF ||
                                newline == PCRE2_NEWLINE_ANYCRLF),
                    bin);
}

bool
regex_is_term (Term t)
{
  const Term *e;

  if (!term_is_tuple_of (t, 5))
    return false;
  e = tuple_elements (t);
  return e[0] == A (re_pattern) && term_is_small (e[1]) && term_is_small (e[2]) &&
         term_is_small (e[3]) && term_is_binary (e[4]);
}

pcre2_code *
regex_of_term (Term t, const RegexOptions *options)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size, offset;
  const guint8      *bytes = binary_bytes (tuple_elements (t)[4], &size, &to_free);
  RegexOptions       stored = { 0 };
  Stored             head;
  int                code;

  if (bytes == NULL || size < sizeof head)
    return NULL;
  memcpy (&head, bytes, sizeof head);
  if (memcmp (head.magic, stored_magic, sizeof stored_magic) != 0 ||
      GUINT32_FROM_LE (head.version) != STORED_VERSION)
    return NULL;
  stored.compile = GUINT32_FROM_LE (head.compile);
  stored.newline = options->newline != 0 ? options->newline : GUINT32_FROM_LE (head.newline);
  stored.bsr = options->bsr != 0 ? options->bsr : GUINT32_FROM_LE (head.bsr);
  return regex_compile (bytes + sizeof head, size - sizeof head, &stored, &code, &offset);
}
