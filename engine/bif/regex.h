/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Options and compiled patterns of the module re, over PCRE2.
 *
 * Erlang programs hold a compiled pattern as {re_pattern, Captures, Unicode,
 * UseCRLF, Binary}, may store and send it, and never look into the binary. PCRE2's
 * code cannot be stored, so the binary holds what it is compiled from: "BLRE", then
 * four 32-bit numbers (version, options, newline, what \R matches), then the
 * pattern's text. Every run compiles anew. */

#include "engine/bif/bif-util.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

typedef struct
{
  guint32 compile; /* PCRE2_* of pcre2_compile */
  guint32 newline; /* PCRE2_NEWLINE_*; 0: default */
  guint32 bsr;     /* PCRE2_BSR_*; 0: default */
  guint32 match;   /* PCRE2_* of pcre2_match */
  bool    unicode, global, report_errors, has_capture;
  bool    only_compile, only_run; /* holds an option that only the one knows */
  gint64  offset;
  gint64  match_limit, depth_limit; /* -1: none */
  Term    capture, capture_type;
} RegexOptions;

/* FALSE: not a list of options of re. */
bool regex_options_read (Term list, RegexOptions *options);

/* NULL: the pattern is wrong; *@code and *@offset say how. */
pcre2_code *regex_compile (
  const guint8 *pattern, gsize len, const RegexOptions *options, int *code, gsize *offset);

/* {re_pattern, …} of a pattern that compiled to @code. */
Term regex_term (Process            *p,
                 const pcre2_code   *code,
                 const guint8       *pattern,
                 gsize               len,
                 const RegexOptions *options);
/* Is @t such a tuple (its binary may still be wrong)? */
bool regex_is_term (Term t);
/* Compiles what regex_term() stored; newline and \R of @options go before. NULL: damaged. */
pcre2_code *regex_of_term (Term t, const RegexOptions *options);

/* The message for a compilation's error, in the words of PCRE 8 where they differ. */
void regex_error_text (int code, char *buffer, gsize size);
