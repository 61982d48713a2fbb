/* SPDX-License-Identifier: Apache-2.0 */

/* Searching in binaries: binary:match, matches, split, compile_pattern.
 *
 * One pattern is searched by skipping (Horspool), several by looking at each
 * position for the longest that begins there; the first position wins. A
 * compiled pattern is {bm | ac, Reference}: the reference keeps the Pattern. */

#include "config.h"

#include "engine/bif/bif-binary.h"
#include "engine/bif/magic.h"

#define STEPS_PER_REDUCTION    10
#define SCANNED_BYTES_PER_STEP 8

/* A needle within Pattern.bytes. */
typedef struct
{
  gsize offset, len;
} Needle;

typedef struct
{
  guint   n;          /* needles; longest first among those with one first byte */
  gsize   skip[256];  /* one needle: how far its last byte moves for this byte */
  guint16 first[257]; /* several: needles beginning with byte b are first[b] … first[b + 1] - 1 */
  Needle *needles;
  guint8 *bytes;
} Pattern;

static void
pattern_clear (Pattern *pattern)
{
  g_clear_pointer (&pattern->needles, g_free);
  g_clear_pointer (&pattern->bytes, g_free);
}

static void
destroy_pattern (gpointer binary)
{
  pattern_clear (magic_data (binary));
}

static int
compare_needles (gconstpointer a_, gconstpointer b_, gpointer bytes_)
{
  const guint8 *bytes = bytes_;
  const Needle *a = a_, *b = b_;

  if (bytes[a->offset] != bytes[b->offset])
    return bytes[a->offset] < bytes[b->offset] ? -1 : 1;
  return a->len > b->len ? -1 : a->len < b->len;
}

static bool
add_needle (GByteArray *bytes, Needle *needle, Term bin)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *data = binary_bytes (bin, &size, &to_free);

  if (data == NULL || size == 0)
    return false;
  *needle = (Needle){ bytes->len, size };
  g_byte_array_append (bytes, data, (guint) size);
  return true;
}

static void
index_needles (Pattern *pattern)
{
  guint at = 0;

  if (pattern->n == 1)
    {
      gsize len = pattern->needles[0].len;

      for (guint b = 0; b < 256; b++)
        pattern->skip[b] = len;
      for (gsize i = 0; i + 1 < len; i++)
        pattern->skip[pattern->bytes[i]] = len - 1 - i;
      return;
    }
  g_qsort_with_data (pattern->needles, (gint) pattern->n, sizeof (Needle), compare_needles,
                     pattern->bytes);
  for (guint b = 0; b < 256; b++)
    {
      pattern->first[b] = (guint16) at;
      while (at < pattern->n && pattern->bytes[pattern->needles[at].offset] == b)
        at++;
    }
  pattern->first[256] = (guint16) at;
}

/* A non-empty binary, or a non-empty list of such. */
static bool
pattern_init (Pattern *pattern, Term t)
{
  gssize      n = term_is_list (t) ? list_length (t) : 1;
  GByteArray *bytes;
  bool        ok = true;

  if (n < 1 || n > G_MAXUINT16)
    return false;
  pattern->n = (guint) n;
  pattern->needles = g_new (Needle, n);
  bytes = g_byte_array_new ();
  if (!term_is_list (t))
    ok = add_needle (bytes, &pattern->needles[0], t);
  for (gssize i = 0; ok && term_is_list (t); i++, t = list_tail (t))
    ok = add_needle (bytes, &pattern->needles[i], list_head (t));
  pattern->bytes = g_byte_array_free (bytes, FALSE);
  if (ok)
    index_needles (pattern);
  else
    pattern_clear (pattern);
  return ok;
}

Term
bif_binary_compile_pattern_1 (Process *p, Term *args)
{
  Pattern        pattern;
  OffHeapBinary *magic;

  if (!pattern_init (&pattern, args[0]))
    return bif_badarg (p);
  magic = magic_new (p->vm, sizeof (Pattern), destroy_pattern);
  *(Pattern *) magic_data (magic) = pattern;
  return pair_new (p, pattern.n == 1 ? A (bm) : A (ac), magic_ref (p, magic));
}

/* The compiled pattern of @t, or @own filled from it; NULL: no pattern. */
static Pattern *
pattern_of (Term t, Pattern *own)
{
  if (term_is_tuple_of (t, 2))
    {
      Term     tag = tuple_elements (t)[0];
      Pattern *compiled = magic_ref_data (tuple_elements (t)[1], destroy_pattern);

      return compiled != NULL && tag == (compiled->n == 1 ? A (bm) : A (ac)) ? compiled : NULL;
    }
  return pattern_init (own, t) ? own : NULL;
}

/* --- searching ---------------------------------------------------------------------- */

typedef struct
{
  gsize pos, len;
} Match;

/* The first match of the one needle in [@from, @end). @steps: what it costs. */
static bool
find_one (
  const Pattern *pattern, const guint8 *hay, gsize from, gsize end, Match *match, guint64 *steps)
{
  const guint8 *needle = pattern->bytes;
  gsize         len = pattern->needles[0].len;
  const guint8 *last;
  gsize         at;

  if (end - from < len)
    return false;
  /* straight to where the last byte of the needle is first */
  last = memchr (hay + from + len - 1, needle[len - 1], end - from - len + 1);
  if (last == NULL)
    {
      *steps += (end - from - len + 1) / SCANNED_BYTES_PER_STEP;
      return false;
    }
  *steps += (gsize) (last - (hay + from)) / SCANNED_BYTES_PER_STEP;
  at = (gsize) (last - hay) - (len - 1);
  while (at + len <= end)
    {
      if (memcmp (hay + at, needle, len) == 0)
        {
          *match = (Match){ at, len };
          return true;
        }
      at += pattern->skip[hay[at + len - 1]];
      ++*steps;
    }
  return false;
}

static bool
find_many (
  const Pattern *pattern, const guint8 *hay, gsize from, gsize end, Match *match, guint64 *steps)
{
  for (gsize at = from; at < end; at++)
    {
      ++*steps;
      for (guint i = pattern->first[hay[at]]; i < pattern->first[hay[at] + 1]; i++)
        {
          const Needle *needle = &pattern->needles[i];

          if (needle->len <= end - at &&
              memcmp (hay + at, pattern->bytes + needle->offset, needle->len) == 0)
            {
              *match = (Match){ at, needle->len };
              return true;
            }
        }
    }
  return false;
}

/* Appends to @matches (of Match) the first match, or, when @all_steps is not 0,
 * all that do not overlap: the terms of each then cost that many steps. */
static void
find (Process       *p,
      const Pattern *pattern,
      const guint8  *hay,
      Match          scope,
      guint          all_steps,
      GArray        *matches)
{
  gsize   from = scope.pos, end = scope.pos + scope.len;
  guint64 steps = 0;
  Match   match;

  while (from < end &&
         (pattern->n == 1 ? find_one : find_many) (pattern, hay, from, end, &match, &steps))
    {
      g_array_append_val (matches, match);
      if (all_steps == 0)
        break;
      from = match.pos + match.len;
    }
  steps += all_steps * matches->len;
  bump_reductions (p, (gint32) MIN (steps / STEPS_PER_REDUCTION, G_MAXINT32));
}

/* --- options ------------------------------------------------------------------------ */

typedef struct
{
  Match scope;
  bool  global, trim, trim_all;
  guint match_steps; /* cost of each match's terms */
} Options;

static bool
read_option (Term option, gsize size, bool split, Options *options)
{
  Term range;

  if (split && (option == A (global) || option == A (trim) || option == A (trim_all)))
    {
      options->global |= option == A (global);
      options->trim |= option == A (trim);
      options->trim_all |= option == A (trim_all);
      return true;
    }
  if (!term_is_tuple_of (option, 2) || tuple_elements (option)[0] != A (scope))
    return false;
  range = tuple_elements (option)[1];
  return term_is_tuple_of (range, 2) &&
         binary_range (tuple_elements (range)[0], tuple_elements (range)[1], size,
                       &options->scope.pos, &options->scope.len);
}

static bool
read_options (Term list, gsize size, bool split, Options *options)
{
  *options = (Options){ { 0, size }, false, false, false, split ? 1 : 2 };
  for (; term_is_list (list); list = list_tail (list))
    if (!read_option (list_head (list), size, split, options))
      return false;
  return term_is_nil (list);
}

/* Searches as @options say; NULL with badarg set: not possible. */
static GArray *
search (Process *p, Term bin, Term pattern_term, const Options *options)
{
  g_autofree guint8 *to_free = NULL;
  gsize              size;
  const guint8      *hay = binary_bytes (bin, &size, &to_free);
  Pattern            own;
  const Pattern     *pattern;
  GArray            *matches;

  pattern = hay != NULL ? pattern_of (pattern_term, &own) : NULL;
  if (pattern == NULL)
    {
      bif_badarg (p);
      return NULL;
    }
  matches = g_array_new (FALSE, FALSE, sizeof (Match));
  find (p, pattern, hay, options->scope, options->global ? options->match_steps : 0, matches);
  if (pattern == &own)
    pattern_clear (&own);
  return matches;
}

/* --- match, matches ----------------------------------------------------------------- */

static Term
match_term (Process *p, const Match *match)
{
  return pair_new (p, make_small ((gint64) match->pos), make_small ((gint64) match->len));
}

static Term
do_match (Process *p, Term bin, Term pattern, Term option_list, bool all)
{
  g_autoptr (GArray) matches = NULL;
  Options options;
  BitView view;
  Term    result = NIL;

  if (!bitstring_view (bin, &view) || view.n_bits % 8 != 0 ||
      !read_options (option_list, view.n_bits / 8, false, &options))
    return bif_badarg (p);
  if (options.scope.pos + options.scope.len == 0)
    return all ? NIL : A (nomatch);
  options.global = all;
  matches = search (p, bin, pattern, &options);
  if (matches == NULL)
    return NONE;
  if (!all)
    return matches->len > 0 ? match_term (p, &g_array_index (matches, Match, 0)) : A (nomatch);
  for (guint i = matches->len; i-- > 0;)
    result = cons_new (p, match_term (p, &g_array_index (matches, Match, i)), result);
  return result;
}

Term
bif_binary_match_2 (Process *p, Term *args)
{
  return do_match (p, args[0], args[1], NIL, false);
}

Term
bif_binary_match_3 (Process *p, Term *args)
{
  return do_match (p, args[0], args[1], args[2], false);
}

Term
bif_binary_matches_2 (Process *p, Term *args)
{
  return do_match (p, args[0], args[1], NIL, true);
}

Term
bif_binary_matches_3 (Process *p, Term *args)
{
  return do_match (p, args[0], args[1], args[2], true);
}

/* --- split -------------------------------------------------------------------------- */

static Term
part (Process *p, Term bin, gsize from, gsize to)
{
  return bitstring_slice (&p->heap, bin, from * 8, (to - from) * 8, true);
}

/* One match: two parts. */
static Term
split_once (Process *p, Term bin, gsize size, const Match *match, const Options *options)
{
  bool  trim = options->trim || options->trim_all;
  gsize after = match->pos + match->len;
  Term  first, rest;

  if (trim && after == size)
    return match->pos == 0 ? NIL : cons_new (p, part (p, bin, 0, match->pos), NIL);
  first = options->trim_all && match->pos == 0 ? NONE : part (p, bin, 0, match->pos);
  rest = cons_new (p, part (p, bin, after, size), NIL);
  return first != NONE ? cons_new (p, first, rest) : rest;
}

static Term
split_all (Process *p, Term bin, gsize size, const GArray *matches, const Options *options)
{
  bool  trim = options->trim, trim_all = options->trim_all;
  gsize end = size;
  Term  result = NIL;

  for (guint i = matches->len; i-- > 0;)
    {
      const Match *match = &g_array_index (matches, Match, i);
      gsize        after = match->pos + match->len;

      if (after < end || !(trim || trim_all))
        {
          result = cons_new (p, part (p, bin, after, end), result);
          trim = false; /* only what is empty at the end is trimmed */
        }
      end = match->pos;
    }
  if (end > 0 || !(trim || trim_all))
    result = cons_new (p, part (p, bin, 0, end), result);
  return result;
}

static Term
do_split (Process *p, Term bin, Term pattern, Term option_list)
{
  g_autoptr (GArray) matches = NULL;
  Options options;
  BitView view;
  gsize   size;

  if (!bitstring_view (bin, &view) || view.n_bits % 8 != 0)
    return bif_badarg (p);
  size = view.n_bits / 8;
  if (!read_options (option_list, size, true, &options))
    return bif_badarg (p);
  if (options.scope.pos + options.scope.len > 0)
    {
      matches = search (p, bin, pattern, &options);
      if (matches == NULL)
        return NONE;
    }
  if (matches == NULL || matches->len == 0)
    return (options.trim || options.trim_all) && size == 0 ? NIL : cons_new (p, bin, NIL);
  if (options.global)
    return split_all (p, bin, size, matches, &options);
  return split_once (p, bin, size, &g_array_index (matches, Match, 0), &options);
}

Term
bif_binary_split_2 (Process *p, Term *args)
{
  return do_split (p, args[0], args[1], NIL);
}

Term
bif_binary_split_3 (Process *p, Term *args)
{
  return do_split (p, args[0], args[1], args[2]);
}
