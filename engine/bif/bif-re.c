/* SPDX-License-Identifier: Apache-2.0 */

/* The module re. What needs characters (unicode) or repeats (global) is done in
 * Erlang: re:ucompile/2, urun/3 and grun/3, to which these hand over.
 *
 * PCRE2 does not tell how much work a match was, so one is charged by the bytes
 * it went over: 10 a reduction. */

#include "config.h"

#include "engine/bif/iolist.h"
#include "engine/bif/regex.h"
#include "engine/bif/text.h"

#include "engine/code/code.h"

#define BYTES_PER_REDUCTION 10

static Term
ask_erlang (Process *p, const char *function, guint n, const Term *args)
{
  return bif_trap (p, code_table_get_export (p->vm->code, A (re), atom_named (p, function), n), n,
                   args);
}

/* The bytes of iodata; NULL: none. */
static guint8 *
read_iodata (Term iodata, gsize *size)
{
  gsize   n_bits;
  guint64 steps;
  guint8 *bytes;

  if (!iolist_measure (iodata, false, &n_bits, &steps))
    return NULL;
  *size = n_bits / 8;
  bytes = g_malloc (*size + 1);
  iolist_write (iodata, bytes);
  bytes[*size] = 0;
  return bytes;
}

Term
bif_re_version_0 (Process *p, Term *args)
{
  char version[64] = "";

  pcre2_config (PCRE2_CONFIG_VERSION, version);
  return binary_new_copy (&p->heap, (guint8 *) version, strlen (version));
}

/* --- compile ------------------------------------------------------------------------ */

static Term
compile_error (Process *p, int code, gsize offset)
{
  char text[256];

  regex_error_text (code, text, sizeof text);
  return pair_new (p, text_to_list (p, text, strlen (text)), make_small ((gint64) offset));
}

static Term
compile (Process *p, Term pattern, Term option_list)
{
  g_autofree guint8 *text = NULL;
  RegexOptions       options;
  pcre2_code        *code;
  gsize              len, offset;
  int                error;
  Term               result;

  if (!regex_options_read (option_list, &options) || options.only_run)
    return bif_badarg_cause (p, A (badopt));
  if (options.unicode && !term_is_bitstring (pattern))
    return ask_erlang (p, "ucompile", 2, (Term[]){ pattern, option_list });
  text = read_iodata (pattern, &len);
  if (text == NULL)
    return bif_badarg (p);
  code = regex_compile (text, len, &options, &error, &offset);
  if (code == NULL)
    return pair_new (p, A (error), compile_error (p, error, offset));
  result = pair_new (p, A (ok), regex_term (p, code, text, len, &options));
  pcre2_code_free (code);
  return result;
}

Term
bif_re_compile_1 (Process *p, Term *args)
{
  return compile (p, args[0], NIL);
}

Term
bif_re_compile_2 (Process *p, Term *args)
{
  return compile (p, args[0], args[1]);
}

/* --- captures ------------------------------------------------------------------------ */

/* One thing to return: a group's number, or all groups of a name. */
typedef struct
{
  int   number;
  char *name; /* owned; NULL: by number */
} Selector;

typedef struct
{
  bool    none;      /* only whether it matched */
  int     from;      /* >= 0: all groups from this one */
  GArray *selectors; /* else these */
} Capture;

static void
clear_selector (gpointer data)
{
  g_free (((Selector *) data)->name);
}

static void
capture_clear (Capture *capture)
{
  g_clear_pointer (&capture->selectors, g_array_unref);
}

static void
select_all_names (const pcre2_code *code, Capture *capture)
{
  guint32     n = 0, size = 0;
  PCRE2_SPTR  table = NULL;
  const char *last = NULL;

  pcre2_pattern_info (code, PCRE2_INFO_NAMECOUNT, &n);
  pcre2_pattern_info (code, PCRE2_INFO_NAMEENTRYSIZE, &size);
  pcre2_pattern_info (code, PCRE2_INFO_NAMETABLE, &table);
  capture->none = n == 0;
  for (guint32 i = 0; i < n; i++, table += size)
    {
      const char *name = (const char *) table + 2;

      if (last == NULL || strcmp (last, name) != 0)
        {
          Selector selector = { -1, g_strdup (name) };

          g_array_append_val (capture->selectors, selector);
        }
      last = name;
    }
}

static bool
select_one (Process *p, Term t, Capture *capture)
{
  Selector selector = { -1, NULL };
  gint64   number;
  gsize    len;

  if (integer_to_i64 (t, &number) && number >= 0)
    selector.number = (int) MIN (number, G_MAXINT32);
  else if (term_is_atom (t))
    selector.name = g_strdup (atom_name (p->vm->atoms, t, NULL));
  else if (term_is_binary (t) || term_is_list (t))
    selector.name = (char *) read_iodata (t, &len);
  if (selector.name == NULL && selector.number < 0)
    return false;
  g_array_append_val (capture->selectors, selector);
  return true;
}

static bool
capture_init (Process *p, Capture *capture, const RegexOptions *options, const pcre2_code *code)
{
  Term     what = options->has_capture ? options->capture : A (all);
  Selector first = { 0, NULL };

  *capture = (Capture){ false, -1, g_array_new (FALSE, FALSE, sizeof (Selector)) };
  g_array_set_clear_func (capture->selectors, clear_selector);
  if (options->capture_type != A (index) && options->capture_type != A (list) &&
      options->capture_type != A (binary))
    return false;
  if (what == A (all))
    capture->from = 0;
  else if (what == A (all_but_first))
    capture->from = 1;
  else if (what == A (none) || term_is_nil (what))
    capture->none = true;
  else if (what == A (first))
    g_array_append_val (capture->selectors, first);
  else if (what == A (all_names))
    select_all_names (code, capture);
  else if (term_is_list (what))
    {
      for (; term_is_list (what); what = list_tail (what))
        if (!select_one (p, list_head (what), capture))
          return false;
      return term_is_nil (what);
    }
  else
    return false;
  return true;
}

/* --- results -------------------------------------------------------------------------- */

typedef struct
{
  Process      *p;
  Term          subject; /* a binary that parts can refer to, or NONE */
  const guint8 *bytes;
  const gsize  *ovector;
  int           n; /* groups that took part, and those before */
  Term          type;
} Result;

static Term
group_term (const Result *result, int number)
{
  bool  set = number >= 0 && number < result->n && result->ovector[2 * number] != PCRE2_UNSET;
  gsize from = set ? result->ovector[2 * number] : 0;
  gsize len = set ? result->ovector[2 * number + 1] - from : 0;

  if (result->type == A (index))
    return pair_new (result->p, make_small (set ? (gint64) from : -1), make_small ((gint64) len));
  if (result->type == A (list))
    return string_new (&result->p->heap, (const char *) result->bytes + from, (gssize) len);
  if (result->subject != NONE)
    return bitstring_slice (&result->p->heap, result->subject, from * 8, len * 8, false);
  return binary_new_copy (&result->p->heap, result->bytes + from, len);
}

/* The group that @name stands for: of several the first that is set. */
static int
number_of_name (const Result *result, const pcre2_code *code, const char *name)
{
  PCRE2_SPTR first, last;
  int        size = pcre2_substring_nametable_scan (code, (PCRE2_SPTR) name, &first, &last);

  if (size < 0)
    return -1;
  for (PCRE2_SPTR entry = first; entry <= last; entry += size)
    {
      int number = entry[0] << 8 | entry[1];

      if (number < result->n && result->ovector[2 * number] != PCRE2_UNSET)
        return number;
    }
  return -1;
}

static Term
result_term (const Result *result, const pcre2_code *code, const Capture *capture)
{
  Process *p = result->p;
  Term     list = NIL;

  if (capture->none)
    return A (match);
  if (capture->from >= 0)
    for (int i = result->n; i-- > capture->from;)
      list = cons_new (p, group_term (result, i), list);
  else
    for (guint i = capture->selectors->len; i-- > 0;)
      {
        const Selector *selector = &g_array_index (capture->selectors, Selector, i);
        int             number = selector->number;

        if (selector->name != NULL)
          number = number_of_name (result, code, selector->name);
        list = cons_new (p, group_term (result, number), list);
      }
  return pair_new (p, A (match), list);
}

/* --- run ------------------------------------------------------------------------------ */

static int
match (const pcre2_code   *code,
       const guint8       *subject,
       gsize               len,
       const RegexOptions *options,
       pcre2_match_data   *data)
{
  pcre2_match_context *context = pcre2_match_context_create (NULL);
  int                  n;

  if (options->match_limit >= 0)
    pcre2_set_match_limit (context, (guint32) options->match_limit);
  if (options->depth_limit >= 0)
    pcre2_set_depth_limit (context, (guint32) options->depth_limit);
  n = pcre2_match (code, subject, len, (gsize) options->offset, options->match, data, context);
  pcre2_match_context_free (context);
  return n;
}

static Term
failure_term (Process *p, int error, const RegexOptions *options)
{
  switch (error)
    {
    case PCRE2_ERROR_MATCHLIMIT:
      return options->report_errors ? pair_new (p, A (error), A (match_limit)) : A (nomatch);
    case PCRE2_ERROR_DEPTHLIMIT:
      if (options->report_errors)
        return pair_new (p, A (error), A (match_limit_recursion));
      return A (nomatch);
    case PCRE2_ERROR_NOMATCH:
    case PCRE2_ERROR_RECURSELOOP:
    case PCRE2_ERROR_HEAPLIMIT:
      return A (nomatch);
    case PCRE2_ERROR_BADOFFSET:
      return bif_error (p, A (internal_error));
    default:
      return bif_badarg (p); /* the subject is not UTF-8, or the offset not at a character */
    }
}

static Term
run_code (Process *p, const pcre2_code *code, Term subject, const RegexOptions *options)
{
  g_autofree guint8 *copy = NULL;
  Result             result = { .p = p, .subject = NONE, .type = options->capture_type };
  pcre2_match_data  *data;
  Capture            capture;
  BitView            view;
  gsize              len, scanned;
  Term               answer = NONE;

  if (bitstring_view (subject, &view) && view.n_bits % 8 == 0 && view.bit_offset % 8 == 0 &&
      view.n_bits / 8 > HEAP_BIN_LIMIT)
    {
      result.subject = subject;
      result.bytes = view.base + view.bit_offset / 8;
      len = view.n_bits / 8;
    }
  else
    {
      result.bytes = copy = read_iodata (subject, &len);
      if (copy == NULL)
        return bif_badarg (p);
    }
  if (!capture_init (p, &capture, options, code))
    {
      capture_clear (&capture);
      return bif_badarg (p);
    }
  data = pcre2_match_data_create_from_pattern (code, NULL);
  result.n = match (code, result.bytes, len, options, data);
  result.ovector = pcre2_get_ovector_pointer (data);
  scanned = result.n > 0 ? result.ovector[1] : len;
  scanned = scanned > (gsize) options->offset ? scanned - (gsize) options->offset : 0;
  bump_reductions (p, (gint32) MIN (scanned / BYTES_PER_REDUCTION, G_MAXINT32));
  if (result.n > 0)
    answer = result_term (&result, code, &capture);
  else
    answer = failure_term (p, result.n, options);
  pcre2_match_data_free (data);
  capture_clear (&capture);
  return answer;
}

static Term
run_text (Process *p, Term *args, const RegexOptions *options)
{
  g_autofree guint8 *text = NULL;
  bool               list_capture = options->has_capture && options->capture_type == A (list);
  pcre2_code        *code;
  gsize              len, offset;
  int                error;
  Term               result;

  if (options->unicode && (!term_is_bitstring (args[1]) || !term_is_bitstring (args[0]) ||
                           (list_capture && !options->global)))
    return ask_erlang (p, "urun", 3, args);
  text = read_iodata (args[1], &len);
  if (text == NULL)
    return bif_badarg (p);
  code = regex_compile (text, len, options, &error, &offset);
  if (code == NULL)
    return options->report_errors
             ? pair_new (p, A (error), pair_new (p, A (compile), compile_error (p, error, offset)))
             : bif_badarg (p);
  if (options->global)
    {
      Term info = triple_write (halloc (p, 4), args[2], bool_term (options->only_compile), args[1]);

      result = ask_erlang (p, "grun", 3,
                           (Term[]){ args[0], regex_term (p, code, text, len, options), info });
    }
  else
    result = run_code (p, code, args[0], options);
  pcre2_code_free (code);
  return result;
}

static Term
run_compiled (Process *p, Term *args, const RegexOptions *options)
{
  bool        list_capture = options->has_capture && options->capture_type == A (list);
  pcre2_code *code;
  Term        result;

  if (options->only_compile || !regex_is_term (args[1]))
    return bif_badarg (p);
  if (tuple_elements (args[1])[2] != make_small (0) &&
      (!term_is_bitstring (args[0]) || (list_capture && !options->global)))
    return ask_erlang (p, "urun", 3, args);
  if (options->global)
    return ask_erlang (p, "grun", 3,
                       (Term[]){ args[0], args[1], pair_new (p, args[2], A (false)) });
  code = regex_of_term (args[1], options);
  if (code == NULL)
    return bif_badarg (p);
  result = run_code (p, code, args[0], options);
  pcre2_code_free (code);
  return result;
}

static Term
run (Process *p, Term *args, bool first)
{
  RegexOptions options;

  if (!regex_options_read (args[2], &options))
    return bif_badarg_cause (p, A (badopt));
  if (!first)
    options.match |= PCRE2_NO_UTF_CHECK; /* this subject was checked by the run before */
  if (term_is_tuple_of (args[1], 5))
    return run_compiled (p, args, &options);
  if (!term_is_bitstring (args[1]) && !term_is_list (args[1]) && !term_is_nil (args[1]))
    return bif_badarg (p);
  return run_text (p, args, &options);
}

Term
bif_re_run_2 (Process *p, Term *args)
{
  return run (p, (Term[]){ args[0], args[1], NIL }, true);
}

Term
bif_re_run_3 (Process *p, Term *args)
{
  return run (p, args, true);
}

Term
bif_re_internal_run_4 (Process *p, Term *args)
{
  if (args[3] != A (true) && args[3] != A (false))
    return bif_badarg (p);
  return run (p, args, args[3] == A (true));
}

/* --- inspect --------------------------------------------------------------------------- */

Term
bif_re_inspect_2 (Process *p, Term *args)
{
  RegexOptions options = { 0 };
  Capture      names = { false, -1, NULL };
  pcre2_code  *code;
  Term         list = NIL;

  if (!regex_is_term (args[0]) || args[1] != A (namelist))
    return bif_badarg (p);
  code = regex_of_term (args[0], &options);
  if (code == NULL)
    return bif_badarg (p);
  names.selectors = g_array_new (FALSE, FALSE, sizeof (Selector));
  g_array_set_clear_func (names.selectors, clear_selector);
  select_all_names (code, &names);
  for (guint i = names.selectors->len; i-- > 0;)
    {
      const char *name = g_array_index (names.selectors, Selector, i).name;

      list = cons_new (p, binary_new_copy (&p->heap, (const guint8 *) name, strlen (name)), list);
    }
  capture_clear (&names);
  pcre2_code_free (code);
  return pair_new (p, A (namelist), list);
}
