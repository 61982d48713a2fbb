/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Matching and building binaries: what the bs_ instructions do.
 *
 * Matching moves a MatchContext (bit offset and end, from a base). Building
 * writes into a fresh binary at RunContext.build_base. Bits are counted from the
 * most significant one; segment flags are BITS_*. */

#include "engine/data/data.h"
#include "engine/interp/support.h"

enum
{
  BITS_LITTLE = 1u << 1, /* the file's own numbers; native is little here */
  BITS_SIGNED = 1u << 2,
  BITS_NATIVE = 1u << 4,
};

/* --- bits-match.c: NONE or false: no match, nothing moved ------------------ */

/* Makes a match context for @bitstring; room for MATCH_CONTEXT_WORDS is there. NONE: no bitstring.
 */
Term bits_start_match (Process *p, Term bitstring);
static inline MatchContext *
match_context (Term t)
{
  return (MatchContext *) boxed_ptr (t);
}
static inline gsize
match_left (const MatchContext *m)
{
  return m->size - m->offset;
}
/* Whole units? Asked for nearly every binary, nearly always of bytes: no division for those. */
static inline bool
bits_are_whole (gsize n_bits, gsize unit)
{
  return unit == 8 ? n_bits % 8 == 0 : unit <= 1 || n_bits % unit == 0;
}

/* Words that an integer of @n_bits may take; reserve them first. */
gsize bits_integer_words (gsize n_bits);
Term  bits_get_integer (Process *p, MatchContext *m, gsize n_bits, guint flags);
Term  bits_get_float (Process *p, MatchContext *m, gsize n_bits, guint flags);
/* A sub-binary or a copy (<= 64 bytes) of the next @n_bits; up to 10 words. */
Term bits_get_binary (Process *p, MatchContext *m, gsize n_bits);
Term bits_get_tail (Process *p, MatchContext *m); /* always a sub-binary: 5 words */
/* Bits of a segment of @size (a term) times @unit. -1: not a size. */
static inline gssize
bits_asked_size (Term size, guint unit)
{
  gint64 n_bits;

  if (!term_is_small (size) || small_value (size) < 0 ||
      __builtin_mul_overflow (small_value (size), (gint64) unit, &n_bits))
    return -1;
  return n_bits;
}
/* The same; -1 also if it is more than is left. */
static inline gssize
bits_segment_size (const MatchContext *m, Term size, guint unit)
{
  gssize n_bits = bits_asked_size (size, unit);

  return n_bits >= 0 && (gsize) n_bits <= match_left (m) ? n_bits : -1;
}
/* Are the next @n_bits (up to 64) the integer @value? Moves if so. */
bool bits_match_value (MatchContext *m, gsize n_bits, Term value);
bool bits_match_string (MatchContext *m, gsize n_bits, const guint8 *bytes);
/* The code point there, or -1; moves. */
gint32 bits_get_utf8 (MatchContext *m);
gint32 bits_get_utf16 (MatchContext *m, guint flags);
gint32 bits_get_utf32 (MatchContext *m, guint flags);

/* --- bits-build.c ----------------------------------------------------------- */

bool bits_put_integer (guint8 *base, gsize offset, Term value, gsize n_bits, guint flags);
/* *@why (an atom) says what is wrong: type, no_float … */
bool  bits_put_float (guint8 *base, gsize offset, Term value, gsize n_bits, guint flags, Term *why);
gsize bits_utf8_size (guint32 code_point); /* bytes */
gsize bits_utf16_size (guint32 code_point);
bool  bits_is_code_point (Term t);
gsize bits_put_utf8 (guint8 *base, gsize offset, guint32 code_point); /* bits written */
gsize bits_put_utf16 (guint8 *base, gsize offset, guint32 code_point, guint flags);
void  bits_put_utf32 (guint8 *base, gsize offset, guint32 code_point, guint flags);

/* A fresh binary of @n_bits with @extra heap words free behind; sets up
 * build_base. May collect (@live x registers). @is_fixed: whole bytes, and the code says
 * how many; then ERTS asks for room for a sub-binary, too. NONE: the process dies. */
Term bits_init (
  Process *p, const Cell *pc, Term *x, gsize n_bits, gsize extra, guint live, bool is_fixed);
typedef struct
{
  gsize n_bits; /* to be appended */
  gsize extra;  /* heap words to leave free */
  guint live;   /* x registers; the binary is in the one behind them */
  guint unit;   /* that the binary must be whole of */
} BitsRoom;

/* x[live] with @room behind it: in place where nobody else can see that. NONE:
 * *@why is set (type, unit), or the process dies (*@why NONE). */
Term bits_append (Process *p, const Cell *pc, Term *x, const BitsRoom *room, Term *why);
/* NONE: @bin is nothing that was made for appending. */
Term bits_private_append (Process *p, Term bin, gsize n_bits);
/* The start of a comprehension's result. */
Term bits_init_writable (Process *p, const Cell *pc, Term *x, gsize bytes);
/* Nobody may append to @bin in place any more. */
void bits_emasculate (Process *p, Term bin);

/* bs_create_bin at @pc. NONE: an exception (or EXC_NONE: the process dies). */
Term bits_create (Process *p, const Cell *pc, Term *x);
