/* SPDX-License-Identifier: Apache-2.0 */

/* Three hashes, bit for bit those of OTP 25 (erts/emulator/beam/utils.c), because
 * programs see them: phash2 and phash as results, the internal one as the order
 * of hash maps, ETS tables and process dictionaries. Each walks with a stack of
 * its own. */

#include "config.h"

#include "engine/term/term-order.h"

#include "engine/term/atom-name.h"
#include "engine/term/bits.h"
#include "engine/term/external.h"
#include "engine/term/fun-identity.h"
#include "engine/term/map-hash.h"

#define GOLDEN         0x9e3779b9u
#define HASH_CONST(n)  ((guint32) (GOLDEN * (guint64) (n))) /* constants of kinds of terms */
#define CONST_NIL      HASH_CONST (2)
#define CONST_ATOM     HASH_CONST (3)
#define CONST_BYTES    HASH_CONST (4)
#define CONST_PID      HASH_CONST (5)
#define CONST_PORT     HASH_CONST (6)
#define CONST_REF      HASH_CONST (7)
#define CONST_REF_REST HASH_CONST (8)
#define CONST_TUPLE    HASH_CONST (9)
#define CONST_NEGATIVE HASH_CONST (10)
#define CONST_POSITIVE HASH_CONST (11)
#define CONST_FLOAT    HASH_CONST (12)
#define CONST_BINARY   HASH_CONST (13)
#define CONST_EXPORT   HASH_CONST (14)
#define CONST_ODD_BITS HASH_CONST (15)
#define CONST_MAP      HASH_CONST (16)
#define CONST_HEAD     HASH_CONST (17)
#define CONST_TAIL     HASH_CONST (18)
#define CONST_PAIRS    HASH_CONST (19)
#define CONST_FUN      HASH_CONST (20)
#define CONST_FUN_REST HASH_CONST (21)
#define CONST_SALT     HASH_CONST (22)

#define INTERNAL_SALT 3432918353u
#define PHASH2_NIL    3468870702u
#define NIL_TYPE      2 /* ERTS's number of the type of [] */
#define BLOCK_BYTES   12

/* Bob Jenkins's mix. */
static inline guint32
mix (guint32 a, guint32 b, guint32 c)
{
  a -= b, a -= c, a ^= c >> 13;
  b -= c, b -= a, b ^= a << 8;
  c -= a, c -= b, c ^= b >> 13;
  a -= b, a -= c, a ^= c >> 12;
  b -= c, b -= a, b ^= a << 16;
  c -= a, c -= b, c ^= b >> 5;
  a -= b, a -= c, a ^= c >> 3;
  b -= c, b -= a, b ^= a << 10;
  c -= a, c -= b, c ^= b >> 15;
  return c;
}

static inline guint32
hash_two (guint32 hash, guint32 x, guint32 y, guint32 constant)
{
  return mix (constant + x, constant + y, hash);
}

static inline guint32
hash_word (guint32 hash, guint64 word, guint32 constant)
{
  return hash_two (hash, (guint32) word, (guint32) (word >> 32), constant);
}

static inline guint32
lookup3_word (const guint8 *p)
{
  return (guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16 | (guint32) p[3] << 24;
}

/* Whole bytes of a bitstring. */
static guint32
hash_bytes (const TermBits *bits, gsize n, guint32 start)
{
  guint32 a = GOLDEN, b = GOLDEN, c = start;
  guint8  block[BLOCK_BYTES];
  gsize   at = 0;

  for (;;)
    {
      gsize         take = MIN (n - at, BLOCK_BYTES);
      const guint8 *p = bits->bytes + at;

      if (bits->shift != 0 || take < BLOCK_BYTES)
        {
          memset (block, 0, sizeof block);
          for (gsize i = 0; i < take; i++)
            block[i] = bits->shift != 0 ? term_bits_byte (bits, at + i) : p[i];
          p = block;
        }
      a += lookup3_word (p);
      b += lookup3_word (p + 4);
      if (take < BLOCK_BYTES)
        return mix (
          a, b, c + (guint32) n + (lookup3_word (p + 8) << 8)); /* c's first byte is the length's */
      c += lookup3_word (p + 8);
      /* a and b go on mixed too */
      {
        guint32 x = a, y = b, z = c;
        x -= y, x -= z, x ^= z >> 13;
        y -= z, y -= x, y ^= x << 8;
        z -= x, z -= y, z ^= y >> 13;
        x -= y, x -= z, x ^= z >> 12;
        y -= z, y -= x, y ^= x << 16;
        z -= x, z -= y, z ^= y >> 5;
        x -= y, x -= z, x ^= z >> 3;
        y -= z, y -= x, y ^= x << 10;
        z -= x, z -= y, z ^= y >> 15;
        a = x, b = y, c = z;
      }
      at += BLOCK_BYTES;
    }
}

static guint32
hash_bitstring (guint32 hash, Term t)
{
  TermBits bits = term_bits (t);
  gsize    n = bits.n_bits / 8, odd = bits.n_bits % 8;
  guint32  start = CONST_BINARY + hash;

  if (bits.n_bits == 0)
    return start;
  n = (guint32) n; /* as in ERTS: bytes beyond 4 GiB do not count */
  hash = hash_bytes (&bits, n, start);
  if (odd > 0)
    hash = hash_two (hash, (guint32) odd, term_bits_byte (&bits, n) >> (8 - odd), CONST_ODD_BITS);
  return hash;
}

static guint32
hash_float (guint32 hash, Term t, bool high_first)
{
  double  d = float_value (t);
  guint64 bits;

  if (d == 0.0)
    d = 0.0; /* -0.0 equals 0.0 */
  memcpy (&bits, &d, sizeof bits);
  if (d == 0.0)
    bits = 0;
  return high_first ? hash_two (hash, (guint32) (bits >> 32), (guint32) bits, CONST_FLOAT)
                    : hash_two (hash, (guint32) bits, (guint32) (bits >> 32), CONST_FLOAT);
}

static guint32
hash_big (guint32 hash, Term t)
{
  const guint64 *digit = boxed_ptr (t) + 1;
  guint          n = thing_arity (boxed_header (t));
  guint32        constant = big_is_negative (t) ? CONST_NEGATIVE : CONST_POSITIVE;

  for (guint i = 0; i < n; i++)
    hash = hash_word (hash, digit[i], constant);
  return hash;
}

static inline bool
is_byte (Term t)
{
  return (t & ~(Term) 0xff0) == IMM1_SMALL;
}

/* --- a stack of words ----------------------------------------------------- */

#define INLINE_WORDS 64

typedef struct
{
  guint64 *words;
  gsize    n, size;
  guint64  first[INLINE_WORDS];
} WordStack;

/* Marks on the stack: headers, which no term on it can be. */
#define MARK_TAIL      MAKE_HEADER (1, SUB_REF)
#define MARK_PAIR      MAKE_HEADER (2, SUB_REF)
#define MARK_MAP_END   MAKE_HEADER (3, SUB_REF)
#define MARK_LIST_END  MAKE_HEADER (5, SUB_REF)
#define MARK_TUPLE_END MAKE_HEADER (6, SUB_REF)

static inline void
push (WordStack *stack, guint64 word)
{
  if (stack->n == stack->size)
    {
      stack->size *= 2;
      if (stack->words == stack->first)
        {
          stack->words = g_new (guint64, stack->size);
          memcpy (stack->words, stack->first, sizeof stack->first);
        }
      else
        stack->words = g_renew (guint64, stack->words, stack->size);
    }
  stack->words[stack->n++] = word;
}

static inline void
stack_init (WordStack *stack)
{
  stack->words = stack->first;
  stack->n = 0;
  stack->size = INLINE_WORDS;
}

static inline void
stack_clear (WordStack *stack)
{
  if (stack->words != stack->first)
    g_free (stack->words);
}

/* @n terms so that the first is popped first. */
static void
push_terms (WordStack *stack, const Term *terms, gsize n)
{
  while (n > 0)
    push (stack, terms[--n]);
}

/* Children of a hash map's node, in the order in which ERTS pushes them. */
static void
push_node (WordStack *stack, Term node, bool with_marks)
{
  const Term *p = boxed_ptr (node);
  gsize       n = boxed_words (p);

  for (gsize i = map_kind (p[0]) == MAP_KIND_NODE ? 1 : 2; i < n; i++)
    {
      if (!term_is_list (p[i]))
        {
          push (stack, p[i]);
          continue;
        }
      if (with_marks)
        push (stack, MARK_PAIR);
      push (stack, list_tail (p[i]));
      push (stack, list_head (p[i]));
    }
}

static void
push_flat_map (WordStack *stack, Term map, bool with_marks)
{
  const FlatMap *flat = (const FlatMap *) boxed_ptr (map);
  const Term    *keys = tuple_elements (flat->keys);

  for (gsize i = flat->size; i-- > 0;)
    {
      if (with_marks)
        push (stack, MARK_PAIR);
      push (stack, flat->values[i]);
      push (stack, keys[i]);
    }
}

/* Bytes at the front of a list, four at a time. Returns the rest: the cell that
 * has no byte, or what ends the list; *@last_n of the bytes in *@last are not
 * hashed yet. */
static Term
hash_list_bytes (guint32 *hash, Term t, guint32 *last, guint *last_n)
{
  guint32 sh = 0;
  guint   n = 0;

  while (term_is_list (t) && is_byte (list_head (t)))
    {
      sh = (sh << 8) + (guint32) small_value (list_head (t));
      t = list_tail (t);
      if (++n == 4)
        {
          *hash = hash_two (*hash, sh, 0, CONST_BYTES);
          sh = 0;
          n = 0;
        }
    }
  *last = sh;
  *last_n = n;
  return t;
}

/* --- internal ------------------------------------------------------------- */

static guint32
rotate_in (guint32 hash, guint32 constant)
{
  hash ^= constant;
  return hash << 17 | hash >> 15;
}

/* A thing without terms to go into, or whose terms are pushed. */
static guint32
internal_boxed (WordStack *stack, guint32 hash, Term t)
{
  const Term        *p = boxed_ptr (t);
  const FunIdentity *fun;
  guint32            number[3];

  switch (header_subtag (p[0]))
    {
    case SUB_TUPLE:
      push_terms (stack, p + 1, tuple_arity (t));
      return hash_two (hash, (guint32) tuple_arity (t), 0, CONST_TUPLE);
    case SUB_MAP:
      if (map_kind (p[0]) != MAP_KIND_NODE)
        hash = hash_two (hash, (guint32) p[1], 0, CONST_MAP);
      if (map_kind (p[0]) == MAP_KIND_FLAT)
        push_flat_map (stack, t, false);
      else
        push_node (stack, t, false);
      return hash;
    case SUB_FUN:
      if (fun_is_external (t))
        return hash_word (hash, (guint64) fun_thing (t)->entry, CONST_EXPORT);
      fun = fun_identity (t);
      hash = hash_two (hash, fun_n_free (t), (guint32) *fun->module, CONST_FUN);
      push_terms (stack, fun_thing (t)->env, fun_n_free (t));
      return hash_two (hash, fun->index, fun->old_uniq, CONST_FUN_REST);
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
      return hash_big (hash, t);
    case SUB_FLOAT:
      return hash_float (hash, t, false);
    case SUB_EXT_REF:
      hash = hash_word (hash, external_thing (t)->node, CONST_REF);
      G_GNUC_FALLTHROUGH;
    case SUB_REF:
      ref_numbers (t, number);
      hash = hash_two (hash, number[0], 0, CONST_REF);
      return hash_two (hash, number[1], number[2], CONST_REF_REST);
    case SUB_EXT_PID:
      hash = hash_word (hash, external_thing (t)->node, CONST_PID);
      return hash_word (hash, any_pid_value (t), CONST_PID);
    case SUB_EXT_PORT:
      hash = hash_word (hash, external_thing (t)->node, CONST_PORT);
      return hash_word (hash, any_port_value (t), CONST_PORT);
    case SUB_PROC_BIN:
    case SUB_HEAP_BIN:
    case SUB_SUB_BIN:
      return hash_bitstring (hash, t);
    case SUB_MATCH_CONTEXT:
    default:
      return hash;
    }
}

guint32
term_hash_internal_salted (guint32 salt, Term t)
{
  guint32   hash = salt ^ INTERNAL_SALT;
  WordStack stack;

  if (term_is_immediate (t))
    return hash_word (hash, t, GOLDEN);

  stack_init (&stack);
  push (&stack, t);
  while (stack.n > 0)
    {
      t = stack.words[--stack.n];
      if (t == MARK_TAIL)
        hash = rotate_in (hash, CONST_TAIL);
      else if (term_is_immediate (t))
        hash = hash_word (hash, t, GOLDEN);
      else if (term_is_boxed (t))
        hash = internal_boxed (&stack, hash, t);
      else
        {
          guint32 last;
          guint   n;

          t = hash_list_bytes (&hash, t, &last, &n);
          if (n > 0)
            hash = hash_two (hash, last, n, CONST_SALT);
          if (!term_is_list (t))
            {
              push (&stack, t);
              continue;
            }
          hash = rotate_in (hash, CONST_HEAD);
          push (&stack, list_tail (t));
          if (!term_is_list (list_tail (t)))
            push (&stack, MARK_TAIL);
          push (&stack, list_head (t));
        }
    }
  stack_clear (&stack);
  return hash;
}

guint32
term_hash_internal (Term t)
{
  return term_hash_internal_salted (0, t);
}

guint32
term_hash_map (Term key, guint depth)
{
  return term_hash_internal_salted (depth > 0 ? hash_two (0, depth, 1, CONST_SALT) : 0, key);
}

/* --- phash2 --------------------------------------------------------------- */

static guint32
phash2_small (guint32 hash, gint64 v)
{
  guint64 magnitude = v < 0 ? -(guint64) v : (guint64) v;

  if (v >= -(1 << 27) && v < 1 << 27)
    {
      if (v < 0)
        hash = hash_two (hash, (guint32) magnitude, 0, GOLDEN);
      return hash_two (hash, (guint32) v, 0, GOLDEN);
    }
  return hash_word (hash, magnitude, v < 0 ? CONST_NEGATIVE : CONST_POSITIVE);
}

static guint32
phash2_immediate (const AtomTable *atoms, guint32 hash, Term t)
{
  if (term_is_small (t))
    return phash2_small (hash, small_value (t));
  if (term_is_atom (t))
    return hash == 0 ? atom_name_hash (atoms, t)
                     : hash_two (hash, atom_name_hash (atoms, t), 0, CONST_ATOM);
  if (term_is_pid (t))
    return hash_two (hash, pid_number (t), 0, CONST_PID);
  if (term_is_port (t))
    return hash_word (hash, port_number (t), CONST_PORT);
  return hash == 0 ? PHASH2_NIL : hash_two (hash, NIL_TYPE, 0, CONST_NIL);
}

/* Maps hash pairs by themselves and xor them, so their order does not matter:
 * the stack keeps what was before. */
static guint32
phash2_map (WordStack *stack, guint32 hash, Term t, guint32 *pairs)
{
  const Term *p = boxed_ptr (t);

  if (map_kind (p[0]) == MAP_KIND_NODE)
    {
      push_node (stack, t, true);
      return hash;
    }
  hash = hash_two (hash, (guint32) p[1], 0, CONST_MAP);
  if (p[1] == 0)
    return hash;
  push (stack, *pairs);
  push (stack, hash);
  push (stack, MARK_MAP_END);
  *pairs = 0;
  if (map_kind (p[0]) == MAP_KIND_FLAT)
    push_flat_map (stack, t, true);
  else
    push_node (stack, t, true);
  return 0;
}

static guint32
phash2_fun (const AtomTable *atoms, WordStack *stack, guint32 hash, Term t)
{
  const FunIdentity    *fun;
  const ExportIdentity *export_;

  if (fun_is_external (t))
    {
      export_ = fun_export_identity (t);
      hash = hash_two (hash, export_->arity, atom_name_hash (atoms, export_->module), GOLDEN);
      return hash_two (hash, atom_name_hash (atoms, export_->function), 0, CONST_EXPORT);
    }
  fun = fun_identity (t);
  hash = hash_two (hash, fun_n_free (t), atom_name_hash (atoms, *fun->module), GOLDEN);
  push_terms (stack, fun_thing (t)->env, fun_n_free (t));
  return hash_two (hash, fun->index, fun->old_uniq, GOLDEN);
}

static guint32
phash2_boxed (const AtomTable *atoms, WordStack *stack, guint32 hash, Term t, guint32 *pairs)
{
  const Term *p = boxed_ptr (t);
  guint32     number[3];

  switch (header_subtag (p[0]))
    {
    case SUB_TUPLE:
      push_terms (stack, p + 1, tuple_arity (t));
      return hash_two (hash, (guint32) tuple_arity (t), 0, CONST_TUPLE);
    case SUB_MAP:
      return phash2_map (stack, hash, t, pairs);
    case SUB_FUN:
      return phash2_fun (atoms, stack, hash, t);
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
      return hash_big (hash, t);
    case SUB_FLOAT:
      return hash_float (hash, t, true);
    case SUB_REF:
    case SUB_EXT_REF:
      ref_numbers (t, number);
      return hash_two (hash, number[0], 0, CONST_REF);
    case SUB_EXT_PID:
      return hash_two (hash, (guint32) any_pid_value (t), 0, CONST_PID);
    case SUB_EXT_PORT:
      return hash_word (hash, any_port_value (t), CONST_PORT);
    case SUB_PROC_BIN:
    case SUB_HEAP_BIN:
    case SUB_SUB_BIN:
      return hash_bitstring (hash, t);
    case SUB_MATCH_CONTEXT:
    default:
      return hash;
    }
}

guint32
term_phash2 (const AtomTable *atoms, Term t)
{
  guint32   hash = 0, pairs = 0;
  WordStack stack;

  stack_init (&stack);
  push (&stack, t);
  while (stack.n > 0)
    {
      t = stack.words[--stack.n];
      if (t == MARK_PAIR)
        {
          pairs ^= hash;
          hash = 0;
        }
      else if (t == MARK_MAP_END)
        {
          hash = (guint32) stack.words[--stack.n];
          hash = hash_two (hash, pairs, 0, CONST_PAIRS);
          pairs = (guint32) stack.words[--stack.n];
        }
      else if (term_is_immediate (t))
        hash = phash2_immediate (atoms, hash, t);
      else if (term_is_boxed (t))
        hash = phash2_boxed (atoms, &stack, hash, t, &pairs);
      else
        {
          guint32 last;
          guint   n;

          t = hash_list_bytes (&hash, t, &last, &n);
          if (n > 0)
            hash = hash_two (hash, last, 0, CONST_BYTES);
          if (term_is_list (t))
            {
              push (&stack, list_tail (t));
              push (&stack, list_head (t));
            }
          else
            push (&stack, t);
        }
    }
  stack_clear (&stack);
  return hash;
}

/* --- phash ---------------------------------------------------------------- */

#define PRIME_1  268440163u
#define PRIME_2  268439161u
#define PRIME_3  268435459u
#define PRIME_4  268436141u
#define PRIME_5  268438633u
#define PRIME_6  268437017u
#define PRIME_8  268437511u
#define PRIME_9  268439627u
#define PRIME_10 268440479u
#define PRIME_11 268440577u
#define PRIME_12 268440581u
#define PRIME_13 268440593u
#define PRIME_14 268440611u

static guint32
phash_word (guint32 hash, guint32 x, guint32 prime)
{
  for (int i = 0; i < 4; i++, x >>= 8)
    hash = hash * prime + (x & 0xff);
  return hash;
}

static guint32
phash_integer (guint32 hash, const guint64 *digits, gsize n, bool negative)
{
  for (gsize i = 0; i < n; i++)
    {
      hash = phash_word (hash, (guint32) digits[i], PRIME_2);
      if (i + 1 < n || digits[i] >> 32 != 0)
        hash = phash_word (hash, (guint32) (digits[i] >> 32), PRIME_2);
    }
  return hash * (negative ? PRIME_4 : PRIME_3);
}

static guint32
phash_bitstring (guint32 hash, Term t)
{
  TermBits bits = term_bits (t);
  gsize    n = bits.n_bits / 8;
  guint    odd = bits.n_bits % 8;

  for (gsize i = 0; i < n; i++)
    hash = hash * PRIME_1 + term_bits_byte (&bits, i);
  if (odd > 0)
    hash = (hash * PRIME_1 + (guint32) (term_bits_byte (&bits, n) >> (8 - odd))) * PRIME_12 + odd;
  return hash * PRIME_4 + (guint32) n;
}

static guint32
phash_immediate (const AtomTable *atoms, guint32 hash, Term t)
{
  guint64 v;

  if (term_is_small (t))
    {
      bool negative = small_value (t) < 0;

      v = negative ? -(guint64) small_value (t) : (guint64) small_value (t);
      return phash_integer (hash, &v, 1, negative);
    }
  if (term_is_atom (t))
    return hash * PRIME_1 + atom_name_hash (atoms, t);
  if (term_is_pid (t))
    return phash_word (hash, pid_number (t), PRIME_5) * PRIME_6;
  if (term_is_port (t))
    {
      v = port_number (t);
      if (v >> 32 != 0)
        hash = phash_word (hash, (guint32) (v >> 32), PRIME_11);
      return phash_word (hash, (guint32) v, PRIME_9) * PRIME_10;
    }
  return hash * PRIME_3 + 1;
}

static guint32
phash_fun (const AtomTable *atoms, WordStack *stack, guint32 hash, Term t)
{
  const FunIdentity    *fun;
  const ExportIdentity *export_;

  if (fun_is_external (t))
    {
      export_ = fun_export_identity (t);
      hash = hash * PRIME_11 + export_->arity;
      hash = hash * PRIME_1 + atom_name_hash (atoms, export_->module);
      return hash * PRIME_1 + atom_name_hash (atoms, export_->function);
    }
  fun = fun_identity (t);
  push_terms (stack, fun_thing (t)->env, fun_n_free (t));
  hash = hash * PRIME_10 + fun_n_free (t);
  hash = hash * PRIME_1 + atom_name_hash (atoms, *fun->module);
  hash = hash * PRIME_2 + fun->index;
  return hash * PRIME_2 + fun->old_uniq;
}

static guint32
phash_boxed (const AtomTable *atoms, WordStack *stack, guint32 hash, Term t)
{
  const Term *p = boxed_ptr (t);
  guint32     number[3];
  guint64     bits;
  double      d;

  switch (header_subtag (p[0]))
    {
    case SUB_TUPLE:
      push (stack, tuple_arity (t));
      push (stack, MARK_TUPLE_END);
      push_terms (stack, p + 1, tuple_arity (t));
      return hash;
    case SUB_MAP:
      return hash * PRIME_13 + PRIME_14 + term_phash2 (atoms, t);
    case SUB_FUN:
      return phash_fun (atoms, stack, hash, t);
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
      return phash_integer (hash, p + 1, thing_arity (p[0]), big_is_negative (t));
    case SUB_FLOAT:
      d = float_value (t);
      memcpy (&bits, &d, sizeof bits);
      if (d == 0.0)
        bits = 0;
      return hash * PRIME_6 + ((guint32) bits ^ (guint32) (bits >> 32));
    case SUB_REF:
    case SUB_EXT_REF:
      ref_numbers (t, number);
      return phash_word (hash, number[0], PRIME_9) * PRIME_10;
    case SUB_EXT_PID:
      return phash_word (hash, (guint32) any_pid_value (t), PRIME_5) * PRIME_6;
    case SUB_EXT_PORT:
      return phash_word (hash, (guint32) any_port_value (t), PRIME_9) * PRIME_10;
    case SUB_PROC_BIN:
    case SUB_HEAP_BIN:
    case SUB_SUB_BIN:
      return phash_bitstring (hash, t);
    case SUB_MATCH_CONTEXT:
    default:
      return hash;
    }
}

guint32
term_phash (const AtomTable *atoms, Term t)
{
  guint32   hash = 0;
  WordStack stack;

  stack_init (&stack);
  push (&stack, t);
  while (stack.n > 0)
    {
      t = stack.words[--stack.n];
      if (t == MARK_LIST_END)
        hash *= PRIME_8;
      else if (t == MARK_TUPLE_END)
        hash = hash * PRIME_9 + (guint32) stack.words[--stack.n];
      else if (term_is_immediate (t))
        hash = phash_immediate (atoms, hash, t);
      else if (term_is_boxed (t))
        hash = phash_boxed (atoms, &stack, hash, t);
      else
        {
          while (term_is_list (t) && is_byte (list_head (t)))
            {
              hash = hash * PRIME_2 + (guint32) small_value (list_head (t));
              t = list_tail (t);
            }
          if (term_is_list (t))
            {
              push (&stack, list_tail (t));
              if (!term_is_list (list_tail (t)))
                {
                  stack.words[stack.n - 1] = MARK_LIST_END;
                  push (&stack, list_tail (t));
                }
              push (&stack, list_head (t));
            }
          else
            {
              push (&stack, MARK_LIST_END);
              push (&stack, t);
            }
        }
    }
  stack_clear (&stack);
  return hash;
}
