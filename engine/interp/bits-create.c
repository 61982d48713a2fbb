/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

/* bs_create_bin: sizes first (they may fail), then the room, then each segment.
 *
 * Cells: op | destination | live | n segments; fail offset | extra words << 32;
 * then three a segment: what (SegmentHead), source, size. */

#include "engine/bif/bif-error.h"
#include "engine/interp/bits-create.h"
#include "engine/interp/bits.h"

#define MAX_BITS    (G_GUINT64_CONSTANT (1) << 62)
#define KNOWN_SIZES 16 /* of so many segments the size is kept from measuring to building */

/* The exception of a failed segment: badarg or system_limit, with a cause that
 * erl_erts_errors:format_bs_fail/2 turns into text. */
static Term
segment_error (Process *p, Term reason, const SegmentHead *head, Term info, Term value)
{
  static const char *const types[] = { "integer", "float", "binary", "binary", "binary",
                                       "binary", "utf8", "utf16", "utf32" };
  AtomTable               *atoms = p->vm->atoms;
  Term                     cause = tuple_new (&p->heap, 4, make_small (head->segment),
                                              atom_from_string (atoms, types[head->type]), info,
                                              value);
  Term                     pairs[6] = { A (cause), cause,
                                        A (function), atom_from_string (atoms, "format_bs_fail"),
                                        A (module), atom_from_string (atoms, "erl_erts_errors") };

  p->exception = EXC_ERROR;
  p->exception_flags = EXCF_ERROR_INFO;
  p->fvalue = tuple_new (&p->heap, 3, reason, A (none), map_new (&p->heap, pairs, 3));
  p->ftrace = NIL;
  return NONE;
}

static Term
size_error (Process *p, const SegmentHead *head, Term size)
{
  bool too_large = (term_is_small (size) && small_value (size) >= 0) ||
                   (term_is_big (size) && !big_is_negative (size));

  return segment_error (p, too_large ? A (system_limit) : A (badarg), head, A (size), size);
}

/* Bits that @head's segment takes; FALSE: an exception is set. */
static bool
measure (Process *p, const SegmentHead *head, Term value, Term size, gsize *n_bits)
{
  BitView view;

  switch (head->type)
    {
    case SEGMENT_STRING:
      *n_bits = (gsize) size * 8;
      return true;
    case SEGMENT_UTF8:
    case SEGMENT_UTF16:
      if (!bits_is_code_point (value))
        return segment_error (p, A (badarg), head, A (type), value) != NONE;
      *n_bits = 8 * (head->type == SEGMENT_UTF8 ? bits_utf8_size ((guint32) small_value (value))
                                                : bits_utf16_size ((guint32) small_value (value)));
      return true;
    case SEGMENT_UTF32:
      if (!bits_is_code_point (value))
        return segment_error (p, A (badarg), head, A (type), value) != NONE;
      *n_bits = 32;
      return true;
    default:
      break;
    }
  if (size == A (all))
    {
      if (!bitstring_view (value, &view))
        return segment_error (p, A (badarg), head, A (type), value) != NONE;
      *n_bits = view.n_bits;
      if (!bits_are_whole (view.n_bits, head->unit))
        return segment_error (p, A (badarg), head, A (unit), value) != NONE;
      return true;
    }
  if (!term_is_small (size) || small_value (size) < 0 ||
      __builtin_mul_overflow ((gsize) small_value (size), (gsize) head->unit, n_bits) ||
      *n_bits > MAX_BITS)
    return size_error (p, head, size) != NONE;
  return true;
}

/* Writes one segment at the build position. FALSE: an exception is set. */
static bool
build (Process *p, const SegmentHead *head, Term value, gsize n_bits)
{
  RunContext *ctx = p->run;
  Term        why = A (type);
  BitView     view;
  bool        ok = true;

  switch (head->type)
    {
    case SEGMENT_STRING:
      bits_copy (ctx->build_base, ctx->build_offset, (const guint8 *) value, 0, n_bits);
      break;
    case SEGMENT_INTEGER:
      ok = bits_put_integer (ctx->build_base, ctx->build_offset, value, n_bits, head->flags);
      break;
    case SEGMENT_FLOAT:
      ok = bits_put_float (ctx->build_base, ctx->build_offset, value, n_bits, head->flags, &why);
      break;
    case SEGMENT_UTF8:
      bits_put_utf8 (ctx->build_base, ctx->build_offset, (guint32) small_value (value));
      break;
    case SEGMENT_UTF16:
      bits_put_utf16 (ctx->build_base, ctx->build_offset, (guint32) small_value (value),
                      head->flags);
      break;
    case SEGMENT_UTF32:
      bits_put_utf32 (ctx->build_base, ctx->build_offset, (guint32) small_value (value),
                      head->flags);
      break;
    default:
      ok = bitstring_view (value, &view);
      if (ok && view.n_bits < n_bits)
        {
          why = A (short);
          ok = false;
        }
      if (ok)
        bits_copy (ctx->build_base, ctx->build_offset, view.base, view.bit_offset, n_bits);
    }
  ctx->build_offset += n_bits;
  return ok || segment_error (p, A (badarg), head, why, value) != NONE;
}

static inline Term
segment_value (Process *p, Term *x, const Cell *cells, const SegmentHead *head)
{
  return head->type == SEGMENT_STRING ? (Term) cells[1] : cell_source (p, x, cells[1]);
}

static inline Term
segment_size (Process *p, Term *x, const Cell *cells, const SegmentHead *head)
{
  return head->type == SEGMENT_STRING ? (Term) cells[2] : cell_source (p, x, cells[2]);
}

/* The binary to build into: fresh, or the first segment's, appended to. */
static Term
make_target (
  Process *p, const Cell *pc, Term *x, const SegmentHead *first, gsize n_bits, bool is_fixed)
{
  guint live = (guint16) (*pc >> 32);
  gsize extra = pc[1] >> 32;
  Term  why = NONE, result, source;

  if (first->type == SEGMENT_PRIVATE_APPEND)
    {
      result = bits_private_append (p, segment_value (p, x, pc + 2, first), n_bits);
      return result != NONE ? result
                            : segment_error (p, A (badarg), first, A (type),
                                             segment_value (p, x, pc + 2, first));
    }
  if (first->type != SEGMENT_APPEND)
    {
      result = bits_init (p, pc, x, n_bits, extra, live, is_fixed && n_bits % 8 == 0);
      if (result == NONE)
        p->exception = EXC_NONE;
      return result;
    }
  x[live] = source = segment_value (p, x, pc + 2, first);
  result = bits_append (p, pc, x, &(BitsRoom){ n_bits, extra, live, first->unit }, &why);
  if (result == NONE && why == NONE)
    p->exception = EXC_NONE;
  else if (result == NONE)
    segment_error (p, A (badarg), first, why, source);
  return result;
}

static bool
is_append (const SegmentHead *head)
{
  return head->type == SEGMENT_APPEND || head->type == SEGMENT_PRIVATE_APPEND;
}

Term
bits_create (Process *p, const Cell *pc, Term *x)
{
  guint n = (guint16) (*pc >> 48), i;
  gsize sizes[KNOWN_SIZES], total = 0;
  bool  is_fixed = true;
  Term  result;

  for (i = 0; i < n; i++)
    {
      const Cell        *cells = pc + 2 + 3 * i;
      const SegmentHead *head = (const SegmentHead *) cells;
      gsize              n_bits;

      if (is_append (head))
        continue;
      is_fixed &= head->type == SEGMENT_STRING || (term_is_small (cells[2]) && head->unit != 0);
      if (!measure (p, head, segment_value (p, x, cells, head), segment_size (p, x, cells, head),
                    &n_bits))
        return NONE;
      if (n_bits > MAX_BITS - total)
        return size_error (p, head, segment_size (p, x, cells, head));
      total += n_bits;
      if (i < KNOWN_SIZES)
        sizes[i] = n_bits;
    }
  if (total / 8 > p->vm->options.max_memory_bytes)
    return bif_raise (p, EXC_ERROR, A (system_limit));
  result = make_target (p, pc, x, (const SegmentHead *) (pc + 2), total, is_fixed);
  if (result == NONE || total == 0)
    return result;
  for (i = 0; i < n; i++)
    {
      const Cell        *cells = pc + 2 + 3 * i;
      const SegmentHead *head = (const SegmentHead *) cells;
      Term               value, size;
      gsize              n_bits;

      if (is_append (head))
        continue;
      value = segment_value (p, x, cells, head);
      size = segment_size (p, x, cells, head);
      if (i < KNOWN_SIZES)
        n_bits = sizes[i];
      else if (!measure (p, head, value, size, &n_bits))
        return NONE;
      if (!build (p, head, value, n_bits))
        return NONE;
    }
  return result;
}
