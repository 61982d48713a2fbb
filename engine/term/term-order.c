/* SPDX-License-Identifier: Apache-2.0 */

/* Comparison walks with a stack of its own (arrays of terms still to be
 * compared), so terms nested a million deep cost memory and not C stack. Only
 * the keys of hash maps are compared by recursion.
 * Source: OTP 25, erts/emulator/beam/utils.c (erts_cmp_compound). */

#include "config.h"

#include "engine/term/term-order.h"

#include "engine/term/atom-name.h"
#include "engine/term/bits.h"
#include "engine/term/external.h"
#include "engine/term/fun-identity.h"
#include "engine/term/map-iterator.h"

#include <gmp.h>

typedef struct
{
  const Term *a, *b;
  gsize       n;
  guint8      exact;  /* numbers of different type differ */
  guint8      leaves; /* children of hash map nodes: keys are exact in any case */
} Frame;

#define INLINE_FRAMES 32

typedef struct
{
  Frame *frames;
  gsize  n, size;
  Frame  first[INLINE_FRAMES];
} Stack;

static inline void
stack_init (Stack *stack)
{
  stack->frames = stack->first;
  stack->n = 0;
  stack->size = INLINE_FRAMES;
}

static inline void
stack_clear (Stack *stack)
{
  if (stack->frames != stack->first)
    g_free (stack->frames);
}

static inline void
stack_push (Stack *stack, const Term *a, const Term *b, gsize n, bool exact, bool leaves)
{
  Frame *frame;

  if (n == 0)
    return;
  if (stack->n == stack->size)
    {
      stack->size *= 2;
      if (stack->frames == stack->first)
        {
          stack->frames = g_new (Frame, stack->size);
          memcpy (stack->frames, stack->first, sizeof stack->first);
        }
      else
        stack->frames = g_renew (Frame, stack->frames, stack->size);
    }
  frame = &stack->frames[stack->n++];
  frame->a = a;
  frame->b = b;
  frame->n = n;
  frame->exact = exact;
  frame->leaves = leaves;
}

/* --- numbers -------------------------------------------------------------- */

static inline const mp_limb_t *
big_digits (Term t)
{
  return (const mp_limb_t *) (boxed_ptr (t) + 1);
}

static int
compare_bigs (Term a, Term b)
{
  bool  negative = big_is_negative (a);
  gsize n = thing_arity (boxed_header (a)), m = thing_arity (boxed_header (b));
  int   order;

  if (negative != big_is_negative (b))
    return negative ? -1 : 1;
  order = n != m ? (n < m ? -1 : 1) : mpn_cmp (big_digits (a), big_digits (b), (mp_size_t) n);
  return negative ? -order : order;
}

static int
compare_doubles (double x, double y)
{
  return x < y ? -1 : x > y;
}

/* An integer with a float, without rounding. */
static int
compare_integer_float (Term a, double d)
{
  mpz_t     z;
  mp_limb_t digit;

  if (term_is_small (a))
    {
      gint64 v = small_value (a);

      if (v >= -(G_GINT64_CONSTANT (1) << 53) && v <= G_GINT64_CONSTANT (1) << 53)
        return compare_doubles ((double) v, d);
      digit = v < 0 ? -(guint64) v : (guint64) v;
      mpz_roinit_n (z, &digit, v < 0 ? -1 : 1);
    }
  else
    {
      mp_size_t n = (mp_size_t) thing_arity (boxed_header (a));
      mpz_roinit_n (z, big_digits (a), big_is_negative (a) ? -n : n);
    }
  return mpz_cmp_d (z, d);
}

static int
compare_numbers (Term a, Term b, bool exact)
{
  bool a_float = term_is_float (a), b_float = term_is_float (b);

  if (a_float && b_float)
    return compare_doubles (float_value (a), float_value (b));
  if (a_float || b_float)
    {
      if (exact)
        return a_float ? 1 : -1;
      return a_float ? -compare_integer_float (b, float_value (a))
                     : compare_integer_float (a, float_value (b));
    }
  if (term_both_small (a, b))
    return small_value (a) < small_value (b) ? -1 : small_value (a) > small_value (b);
  if (term_is_small (a))
    return big_is_negative (b) ? 1 : -1;
  if (term_is_small (b))
    return big_is_negative (a) ? -1 : 1;
  return compare_bigs (a, b);
}

/* --- types ---------------------------------------------------------------- */

typedef enum
{
  RANK_NUMBER,
  RANK_ATOM,
  RANK_REF,
  RANK_FUN,
  RANK_PORT,
  RANK_PID,
  RANK_TUPLE,
  RANK_MAP,
  RANK_NIL,
  RANK_LIST,
  RANK_BITS,
} Rank;

static Rank
boxed_rank (Term t)
{
  switch (header_subtag (boxed_header (t)))
    {
    case SUB_TUPLE:
      return RANK_TUPLE;
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
    case SUB_FLOAT:
      return RANK_NUMBER;
    case SUB_REF:
    case SUB_EXT_REF:
      return RANK_REF;
    case SUB_FUN:
      return RANK_FUN;
    case SUB_EXT_PORT:
      return RANK_PORT;
    case SUB_EXT_PID:
      return RANK_PID;
    case SUB_MAP:
      return RANK_MAP;
    case SUB_MATCH_CONTEXT:
    case SUB_PROC_BIN:
    case SUB_HEAP_BIN:
    case SUB_SUB_BIN:
    default:
      return RANK_BITS;
    }
}

static Rank
term_rank (Term t)
{
  if (term_is_list (t))
    return RANK_LIST;
  if (term_is_boxed (t))
    return boxed_rank (t);
  if (term_is_small (t))
    return RANK_NUMBER;
  if (term_is_atom (t))
    return RANK_ATOM;
  if (term_is_pid (t))
    return RANK_PID;
  if (term_is_port (t))
    return RANK_PORT;
  return RANK_NIL;
}

static int
compare_u64 (guint64 x, guint64 y)
{
  return x < y ? -1 : x > y;
}

/* Nodes of pids, ports and references: by name, then creation. */
static int
compare_nodes (const AtomTable *atoms, Term a, Term b)
{
  bool a_local = term_is_immediate (a) || header_subtag (boxed_header (a)) == SUB_REF;
  bool b_local = term_is_immediate (b) || header_subtag (boxed_header (b)) == SUB_REF;
  Term a_node = a_local ? A (nonode_nohost) : external_thing (a)->node;
  Term b_node = b_local ? A (nonode_nohost) : external_thing (b)->node;

  if (a_node != b_node)
    return atom_name_compare (atoms, a_node, b_node);
  return compare_u64 (a_local ? 0 : external_thing (a)->creation,
                      b_local ? 0 : external_thing (b)->creation);
}

static int
compare_refs (const AtomTable *atoms, Term a, Term b)
{
  guint32 x[3], y[3];
  int     order = compare_nodes (atoms, a, b);

  if (order != 0)
    return order;
  ref_numbers (a, x);
  ref_numbers (b, y);
  for (int i = 2; i >= 0; i--)
    {
      if (x[i] != y[i])
        return x[i] < y[i] ? -1 : 1;
    }
  return 0;
}

/* Without the environments. */
static int
compare_fun_entries (const AtomTable *atoms, Term a, Term b)
{
  const FunIdentity *x, *y;

  if (fun_is_external (a) != fun_is_external (b))
    return fun_is_external (a) ? 1 : -1;
  if (fun_is_external (a))
    {
      const ExportIdentity *e = fun_export_identity (a), *f = fun_export_identity (b);

      if (e->module != f->module)
        return atom_name_compare (atoms, e->module, f->module);
      if (e->function != f->function)
        return atom_name_compare (atoms, e->function, f->function);
      return compare_u64 (e->arity, f->arity);
    }
  x = fun_identity (a);
  y = fun_identity (b);
  if (*x->module != *y->module)
    return atom_name_compare (atoms, *x->module, *y->module);
  if (x->index != y->index)
    return compare_u64 (x->index, y->index);
  if (x->old_uniq != y->old_uniq)
    return compare_u64 (x->old_uniq, y->old_uniq);
  return compare_u64 (fun_n_free (a), fun_n_free (b));
}

/* --- hash maps ------------------------------------------------------------ */

static int
compare_keys_cb (gconstpointer a, gconstpointer b, gpointer atoms)
{
  return term_compare_exact (atoms, *(const Term *) a, *(const Term *) b);
}

static Term *
sorted_keys (const AtomTable *atoms, Term map)
{
  gsize       n = map_size (map), i = 0;
  Term       *keys = g_new (Term, n);
  MapIterator it;
  Term        value;

  map_iterator_init (&it, map);
  while (i < n && map_iterator_next (&it, &keys[i], &value))
    i++;
  g_qsort_with_data (keys, (int) n, sizeof *keys, compare_keys_cb, (gpointer) atoms);
  return keys;
}

/* Maps of the same size whose keys differ: the one that has the smallest key
 * which the other lacks is the smaller. */
static int
compare_key_sets (const AtomTable *atoms, Term a, Term b)
{
  gsize n = map_size (a);
  Term *x = sorted_keys (atoms, a);
  Term *y = sorted_keys (atoms, b);
  int   order = 0;

  for (gsize i = 0; i < n && order == 0; i++)
    order = term_compare_exact (atoms, x[i], y[i]);
  g_free (x);
  g_free (y);
  return order;
}

/* Hash maps of the same size. Equal key sets lie in the same order in both; then
 * the values of the smallest key whose values differ decide: *@va and *@vb are
 * those (NONE: the maps are equal) and the result is 0. */
static int
compare_hash_maps (
  const AtomTable *atoms, const Term pair[2], bool exact, const Term **va, const Term **vb)
{
  MapIterator x, y;
  Term        ka, kb, a, b, smallest = NONE;

  *va = *vb = NULL;
  map_iterator_init (&x, pair[0]);
  map_iterator_init (&y, pair[1]);
  while (map_iterator_next (&x, &ka, &a) && map_iterator_next (&y, &kb, &b))
    {
      if (!term_equal (ka, kb))
        return compare_key_sets (atoms, pair[0], pair[1]);
      if (a == b || (exact ? term_equal (a, b) : term_equal_arith_slow (atoms, a, b)))
        continue;
      if (smallest == NONE || term_compare_exact (atoms, ka, smallest) < 0)
        {
          smallest = ka;
          /* leaves are conses that no iterator moves: their tails stay where they are */
          *va = list_ptr (x.level[x.n_levels - 1].next[-1]) + 1;
          *vb = list_ptr (y.level[y.n_levels - 1].next[-1]) + 1;
        }
    }
  return 0;
}

/* --- order ---------------------------------------------------------------- */

static int
compare_maps (const AtomTable *atoms, Stack *stack, Term a, Term b, bool exact)
{
  const FlatMap *x, *y;
  const Term    *va, *vb;
  Term           pair[2] = { a, b };
  int            order = compare_u64 (map_size (a), map_size (b));

  if (order != 0)
    return order;
  if (map_is_flat (a) != map_is_flat (b)) /* only maps that we did not build */
    return map_is_flat (a) ? -1 : 1;
  if (!map_is_flat (a))
    {
      order = compare_hash_maps (atoms, pair, exact, &va, &vb);
      if (order == 0 && va != NULL)
        stack_push (stack, va, vb, 1, exact, false);
      return order;
    }
  x = (const FlatMap *) boxed_ptr (a);
  y = (const FlatMap *) boxed_ptr (b);
  stack_push (stack, x->values, y->values, x->size, exact, false);
  if (x->keys != y->keys)
    stack_push (stack, tuple_elements (x->keys), tuple_elements (y->keys), x->size, true, false);
  return 0;
}

/* Compares two boxed things of one rank; what is inside goes to the stack. */
static int
compare_boxed (const AtomTable *atoms, Stack *stack, Term a, Term b, Rank rank, bool exact)
{
  TermBits x, y;
  gsize    n;
  int      order;

  switch (rank)
    {
    case RANK_TUPLE:
      n = tuple_arity (a);
      if (n != tuple_arity (b))
        return n < tuple_arity (b) ? -1 : 1;
      stack_push (stack, tuple_elements (a), tuple_elements (b), n, exact, false);
      return 0;
    case RANK_MAP:
      return compare_maps (atoms, stack, a, b, exact);
    case RANK_BITS:
      x = term_bits (a);
      y = term_bits (b);
      return term_bits_compare (&x, &y);
    case RANK_REF:
      return compare_refs (atoms, a, b);
    case RANK_FUN:
      order = compare_fun_entries (atoms, a, b);
      if (order == 0 && !fun_is_external (a))
        stack_push (stack, fun_thing (a)->env, fun_thing (b)->env, fun_n_free (a), exact, false);
      return order;
    case RANK_NUMBER:
    case RANK_ATOM:
    case RANK_PORT:
    case RANK_PID:
    case RANK_NIL:
    case RANK_LIST:
    default:
      return 0;
    }
}

/* Two terms that are not the same word. Lists push their tails. */
static int
compare_step (const AtomTable *atoms, Stack *stack, Term a, Term b, bool exact)
{
  Rank rank = term_rank (a), other = term_rank (b);
  int  order;

  if (rank != other)
    return rank < other ? -1 : 1;
  switch (rank)
    {
    case RANK_NUMBER:
      return compare_numbers (a, b, exact);
    case RANK_ATOM:
      return atom_name_compare (atoms, a, b);
    case RANK_PID:
      order = compare_u64 (any_pid_value (a), any_pid_value (b));
      return order != 0 ? order : compare_nodes (atoms, a, b);
    case RANK_PORT:
      order = compare_nodes (atoms, a, b);
      return order != 0 ? order : compare_u64 (any_port_value (a), any_port_value (b));
    case RANK_LIST:
      stack_push (stack, list_ptr (a), list_ptr (b), 2, exact, false);
      return 0;
    case RANK_NIL:
      return 0;
    case RANK_REF:
    case RANK_FUN:
    case RANK_TUPLE:
    case RANK_MAP:
    case RANK_BITS:
    default:
      return compare_boxed (atoms, stack, a, b, rank, exact);
    }
}

static int
compare_terms (const AtomTable *atoms, Term a, Term b, bool exact)
{
  Stack stack;
  int   order;

  if (a == b)
    return 0;
  stack_init (&stack);
  order = compare_step (atoms, &stack, a, b, exact);
  while (order == 0 && stack.n > 0)
    {
      Frame *frame = &stack.frames[stack.n - 1];
      Term   x = *frame->a++, y = *frame->b++;
      bool   frame_exact = frame->exact;

      if (--frame->n == 0)
        stack.n--; /* a list's last word is its tail: lists need no room to grow */
      if (x != y)
        order = compare_step (atoms, &stack, x, y, frame_exact);
    }
  stack_clear (&stack);
  return order;
}

int
term_compare_slow (const AtomTable *atoms, Term a, Term b)
{
  return compare_terms (atoms, a, b, false);
}

int
term_compare_exact (const AtomTable *atoms, Term a, Term b)
{
  return compare_terms (atoms, a, b, true);
}

/* --- equality ------------------------------------------------------------- */

static bool
equal_funs (Stack *stack, Term a, Term b, bool exact)
{
  const FunIdentity *x, *y;

  if (boxed_header (a) != boxed_header (b))
    return false;
  if (fun_is_external (a))
    return fun_thing (a)->entry == fun_thing (b)->entry;
  x = fun_identity (a);
  y = fun_identity (b);
  if (x != y && (*x->module != *y->module || x->index != y->index || x->old_uniq != y->old_uniq ||
                 memcmp (x->uniq, y->uniq, sizeof x->uniq) != 0))
    return false;
  stack_push (stack, fun_thing (a)->env, fun_thing (b)->env, fun_n_free (a), exact, false);
  return true;
}

/* Maps and nodes of hash maps: equal maps have the same structure. */
static bool
equal_maps (Stack *stack, Term a, Term b, bool exact)
{
  const Term *x = boxed_ptr (a), *y = boxed_ptr (b);
  gsize       first = map_kind (x[0]) == MAP_KIND_NODE ? 1 : 2;

  if (x[0] != y[0] || (first == 2 && x[1] != y[1]))
    return false;
  if (map_kind (x[0]) != MAP_KIND_FLAT)
    {
      stack_push (stack, x + first, y + first, boxed_words (x) - first, exact, true);
      return true;
    }
  stack_push (stack, x + 3, y + 3, x[1], exact, false);
  if (x[2] != y[2])
    stack_push (stack, tuple_elements (x[2]), tuple_elements (y[2]), x[1], true, false);
  return true;
}

static bool
equal_boxed (Stack *stack, Term a, Term b, bool exact)
{
  const Term *x = boxed_ptr (a), *y = boxed_ptr (b);
  TermBits    p, q;

  switch (header_subtag (x[0]))
    {
    case SUB_TUPLE:
      if (x[0] != y[0])
        return false;
      stack_push (stack, x + 1, y + 1, tuple_arity (a), exact, false);
      return true;
    case SUB_MAP:
      return term_is_map (b) && equal_maps (stack, a, b, exact);
    case SUB_PROC_BIN:
    case SUB_HEAP_BIN:
    case SUB_SUB_BIN:
      if (!term_is_bitstring (b))
        return false;
      p = term_bits (a);
      q = term_bits (b);
      return p.n_bits == q.n_bits && term_bits_compare (&p, &q) == 0;
    case SUB_FUN:
      return term_is_fun (b) && equal_funs (stack, a, b, exact);
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
    case SUB_FLOAT:
      return term_is_number (b) && compare_numbers (a, b, exact) == 0;
    case SUB_REF:
      {
        guint32 m[3], n[3];

        if (!term_is_ref (b))
          return false;
        ref_numbers (a, m);
        ref_numbers (b, n);
        return memcmp (m, n, sizeof m) == 0;
      }
    case SUB_EXT_PID:
    case SUB_EXT_PORT:
    case SUB_EXT_REF:
      return x[0] == y[0] && memcmp (x, y, boxed_words (x) * sizeof (Term)) == 0;
    case SUB_MATCH_CONTEXT:
    default:
      return false;
    }
}

/* Two terms that are not the same word. */
static bool
equal_step (Stack *stack, Term a, Term b, bool exact)
{
  if (term_is_list (a) && term_is_list (b))
    {
      stack_push (stack, list_ptr (a), list_ptr (b), 2, exact, false);
      return true;
    }
  if (term_is_boxed (a) && term_is_boxed (b))
    return equal_boxed (stack, a, b, exact);
  return !exact && term_is_number (a) && term_is_number (b) && compare_numbers (a, b, false) == 0;
}

static bool
equal_terms (Term a, Term b, bool exact)
{
  Stack stack;
  bool  equal;

  if (a == b)
    return true;
  stack_init (&stack);
  equal = equal_step (&stack, a, b, exact);
  while (equal && stack.n > 0)
    {
      Frame *frame = &stack.frames[stack.n - 1];
      Term   x = *frame->a++, y = *frame->b++;
      bool   leaves = frame->leaves, frame_exact = frame->exact;

      if (--frame->n == 0)
        stack.n--;
      if (x == y)
        continue;
      if (leaves && term_is_list (x) && term_is_list (y))
        {
          stack_push (&stack, list_ptr (x) + 1, list_ptr (y) + 1, 1, frame_exact, false);
          stack_push (&stack, list_ptr (x), list_ptr (y), 1, true, false);
        }
      else
        equal = equal_step (&stack, x, y, frame_exact);
    }
  stack_clear (&stack);
  return equal;
}

bool
term_equal_slow (Term a, Term b)
{
  return equal_terms (a, b, true);
}

bool
term_equal_arith_slow (const AtomTable *atoms, Term a, Term b)
{
  return equal_terms (a, b, false);
}
