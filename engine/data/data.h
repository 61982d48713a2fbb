/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Operations on terms that build new ones. They allocate from the Heap they are
 * given (see heap_alloc) and never collect. NONE means "not possible": the
 * caller knows which exception that is. */

#include "engine/mem/heap.h"
#include "engine/mem/offheap.h"
#include "engine/term/atom-table.h"

/* --- number.c: arithmetic on all numbers; NONE = badarith. `fragment` results
 * (as ERTS's arithmetic instructions): boxed results go to a heap fragment. */
Term number_add (Heap *heap, Term a, Term b);
Term number_sub (Heap *heap, Term a, Term b);
Term number_mul (Heap *heap, Term a, Term b);
Term number_div (Heap *heap, Term a, Term b);     /* `/`: float */
Term number_int_div (Heap *heap, Term a, Term b); /* div */
Term number_rem (Heap *heap, Term a, Term b);
Term number_neg (Heap *heap, Term a);
Term number_abs (Heap *heap, Term a);
Term number_band (Heap *heap, Term a, Term b);
Term number_bor (Heap *heap, Term a, Term b);
Term number_bxor (Heap *heap, Term a, Term b);
Term number_bnot (Heap *heap, Term a);
Term number_shift (Heap *heap,
                   Term  a,
                   Term  shift,
                   bool  left); /* NONE also when the result is too large: system_limit */
Term number_trunc (Heap *heap, Term a);
Term number_round (Heap *heap, Term a);
Term number_floor (Heap *heap, Term a);
Term number_ceil (Heap *heap, Term a);
Term number_to_float (Heap *heap, Term a);
Term integer_from_i64 (Heap *heap, gint64 v);
Term integer_from_u64 (Heap *heap, guint64 v);
Term integer_from_double (Heap *heap, double d); /* truncates; NONE: not finite */
Term integer_from_bytes (Heap *heap, const guint8 *bytes, gsize n, bool little, bool is_signed);
Term
integer_from_text (Heap *heap, const char *text, gsize len, guint base); /* NONE: none */
/* (transfer full), upper-case digits */
char *integer_to_text (Term integer, guint base);
/* Infinite when too large. */
double integer_to_double (Term integer);
Term   float_new (Heap *heap, double d);
bool   integer_to_i64 (Term t, gint64 *value);
bool   integer_to_u64 (Term t, guint64 *value);

/* --- list, tuple --- */
Term   list_new (Heap *heap, const Term *elements, gsize n, Term tail);
Term   string_new (Heap *heap, const char *bytes, gssize len); /* list of byte values */
gssize list_length (Term list);                                /* -1: improper or no list */
Term   tuple_new (Heap *heap, guint n, ...);
Term   tuple_new_array (Heap *heap, const Term *elements, gsize n);

/* --- map.c --- */
Term map_new (Heap *heap, const Term *keys_values, gsize n_pairs); /* later pairs win */
/* NONE: absent. Never allocates. */
Term map_get (Term map, Term key);
Term map_put (Heap *heap, Term map, Term key, Term value);
Term map_update (Heap *heap, Term map, Term key, Term value); /* NONE: absent */
Term
     map_remove (Heap *heap, Term map, Term key, Term *value); /* *value: nullable */
Term map_merge (Heap *heap, Term a, Term b);
/* The instructions put_map_assoc / put_map_exact with @n keys and values, laid
 * out as ERTS lays them out (erts-facts 0.12, 2.3). NONE: a key is absent (exact). */
Term map_put_assoc (Heap *heap, Term map, const Term *keys_values, gsize n);
Term map_put_exact (Heap *heap, Term map, const Term *keys_values, gsize n);
/* Words these two need at most, to reserve before (the second of put_exact). */
gsize map_put_words (Term map, gsize n);
gsize map_exact_words (Term map);
typedef bool (*MapFunc) (Term key, Term value, gpointer data); /* FALSE stops */
void
map_foreach (Term map, MapFunc func, gpointer data); /* in maps:iterator's order (slots 0 to 15) */

/* --- binary.c --- */
Term binary_new_copy (Heap *heap, const guint8 *bytes, gsize size); /* heap binary or ProcBin */
Term binary_new_uninit (Heap *heap, gsize size, guint8 **bytes);
/* Whole and odd bits: where the bytes are. FALSE: no bitstring (match contexts are none). */
typedef struct
{
  const guint8 *base;
  gsize         bit_offset;
  gsize         n_bits;
} BitView;
bool bitstring_view (Term t, BitView *view);
/* A copy of whole bytes if bit_offset is odd (*to_free set), else the bytes themselves. */
const guint8 *binary_bytes (Term t, gsize *size, guint8 **to_free);
/* A sub-binary term of @n_bits at @bit_offset of @orig's view; heap binary when
 * ERTS would copy (<= 64 bytes and `copy_small`: matching out; BIFs make sub-binaries). */
Term bitstring_slice (Heap *heap, Term orig, gsize bit_offset, gsize n_bits, bool copy_small);
/* Copies @n bits between bit positions (most significant bit first). */
void bits_copy (guint8 *to, gsize to_offset, const guint8 *from, gsize from_offset, gsize n);
int  bits_compare (const guint8 *a, gsize a_offset, const guint8 *b, gsize b_offset, gsize n);

/* --- etf.c: the external term format --- */
/* Words decoding @data (from 131 on) takes at most; -1: malformed. */
Term etf_decode (VmMachine    *vm,
                 Heap         *heap,
                 const guint8 *data,
                 gsize         len,
                 bool          safe,
                 gsize        *used); /* NONE: malformed */
/* Into the literal area instead: @alloc gives words there. */
Term etf_decode_with (
  VmMachine *vm, Term *(*alloc) (gpointer, gsize), gpointer data_, const guint8 *data, gsize len);
GByteArray *etf_encode (VmMachine *vm, Term term, guint minor_version, bool deterministic);
/* What ERTS says the bytes will be: for local funs it says some more. */
gsize etf_external_size (VmMachine *vm, Term term, guint minor_version);

/* --- parse.c: Erlang term text ("{a,[1,2],<<\"x\">>,#{k=>v}}", optional dot) --- */
Term term_parse (VmMachine *vm, Heap *heap, const char *text, GError **error); /* VM_ERROR_SYNTAX */
