/* SPDX-License-Identifier: Apache-2.0 */

/* Lists. What work costs is that of OTP 25's erl_bif_lists.c. Those whose
 * arguments are their whole state (member, reverse, keyfind) give up when the
 * slice is spent and go on as a call of themselves, as there; the others finish
 * in one go and are charged for it. */

#include "config.h"

#include "engine/bif/bif-util.h"

#include "engine/code/code.h"

/* The slice is spent: go on later as module:function of @n arguments. */
static Term
call_again (Process *p, const char *function, guint n, const Term *args)
{
  bump_reductions (p, G_MAXINT32);
  return bif_trap (p, code_table_get_export (p->vm->code, A (lists), atom_named (p, function), n),
                   n, args);
}

Term
bif_hd_1 (Process *p, Term *args)
{
  return term_is_list (args[0]) ? list_head (args[0]) : bif_badarg (p);
}

Term
bif_tl_1 (Process *p, Term *args)
{
  return term_is_list (args[0]) ? list_tail (args[0]) : bif_badarg (p);
}

Term
bif_length_1 (Process *p, Term *args)
{
  gint64 n = 0;
  Term   list = args[0];

  for (; term_is_list (list); list = list_tail (list))
    n++;
  bump_reductions (p, (gint32) MIN (n / 16, G_MAXINT32));
  return term_is_nil (list) ? make_small (n) : bif_badarg (p);
}

/* --- ++ and reverse ----------------------------------------------------------- */

/* Words of the block that a BIF may use. */
static gsize
words_left (Process *p)
{
  Heap *heap = &p->heap;

  if ((heap->flags & HEAP_DISABLE_GC) != 0 || heap->htop > heap->stop - HEAP_REDZONE)
    return 0;
  return (gsize) (heap->stop - HEAP_REDZONE - heap->htop);
}

/* Cells that are built on the unused part of the heap before the rest is
 * counted: as many as fit, but no more than the slice pays for. */
static gsize
cells_on_heap (Process *p)
{
  gsize left = words_left (p);

  return left > 8 ? MIN ((left - 1) / 2, 60 * (gsize) reductions_left (p)) : 0;
}

static Term
append (Process *p, Term lhs, Term rhs)
{
  Term  result = NIL;
  Term *cdr = &result;
  Term  list = lhs;
  gsize on_heap = cells_on_heap (p);
  gsize n = 0, rest = 0;
  Term *hp;

  if (term_is_nil (lhs))
    return rhs;
  if (!term_is_list (lhs))
    return bif_badarg (p);

  for (hp = p->heap.htop; n < on_heap && term_is_list (list); n++, hp += 2, list = list_tail (list))
    {
      *cdr = make_list (hp);
      hp[0] = list_head (list);
      cdr = hp + 1;
    }
  if (n > 0)
    p->heap.htop = hp;
  *cdr = NIL;
  bump_reductions (p, (gint32) (n / 60));

  for (Term l = list;; l = list_tail (l), rest++)
    if (!term_is_list (l))
      {
        if (!term_is_nil (l))
          return bif_badarg (p);
        break;
      }
  bump_reductions (p, (gint32) MIN (rest / 40, G_MAXINT32));
  hp = rest > 0 ? halloc (p, 2 * rest) : NULL;
  for (; rest > 0; rest--, hp += 2, list = list_tail (list))
    {
      *cdr = make_list (hp);
      hp[0] = list_head (list);
      cdr = hp + 1;
    }
  *cdr = rhs;
  /* Nothing was added: the copy is garbage and the original the result. */
  return term_is_nil (rhs) ? lhs : result;
}

Term
bif_append_2 (Process *p, Term *args)
{
  return append (p, args[0], args[1]);
}

static Term
reverse_rest (Process *p, Term list, Term tail)
{
  gsize max = 40 * (gsize) reductions_left (p);
  gsize n = 0;
  Term  ahead = list;
  Term *hp;

  for (; n < max && term_is_list (ahead); ahead = list_tail (ahead))
    n++;
  bump_reductions (p, (gint32) (n / 40));
  if (!term_is_list (ahead) && !term_is_nil (ahead))
    return bif_badarg (p);
  for (hp = n > 0 ? halloc (p, 2 * n) : NULL; n > 0; n--, hp += 2, list = list_tail (list))
    tail = cons_write (hp, list_head (list), tail);
  if (term_is_nil (list))
    return tail;
  return call_again (p, "reverse", 2, (Term[]){ list, tail });
}

Term
bif_lists_reverse_2 (Process *p, Term *args)
{
  Term   list = args[0], tail = args[1];
  gsize  on_heap = cells_on_heap (p);
  gint32 reds = reductions_left (p);
  gsize  n = 0;
  Term  *hp;

  if (term_is_nil (list))
    return tail;
  if (!term_is_list (list))
    return bif_badarg (p);
  if (words_left (p) <= 8)
    return reverse_rest (p, list, tail);

  for (hp = p->heap.htop; n < on_heap && term_is_list (list); n++, hp += 2, list = list_tail (list))
    tail = cons_write (hp, list_head (list), tail);
  p->heap.htop = hp;
  bump_reductions (p, (gint32) (n / 60));
  if (term_is_nil (list))
    return tail;
  if (!term_is_list (list))
    return bif_badarg (p);
  if (60 * (gsize) reds - n > 60)
    return reverse_rest (p, list, tail);
  return call_again (p, "reverse", 2, (Term[]){ list, tail });
}

/* --- -- ----------------------------------------------------------------------- */

#define SUBTRACT_SMALL 16

/* A short left side: it is held in an array, from which each element of the
 * right side takes its first occurrence. */
static Term
subtract_from_few (Process *p, Term lhs, gsize n, Term rhs)
{
  Term    left[SUBTRACT_SMALL];
  guint64 checks = 0;
  Term    result = NIL;
  Term   *hp;

  for (gsize i = 0; i < n; i++, lhs = list_tail (lhs))
    left[i] = list_head (lhs);
  for (; term_is_list (rhs); rhs = list_tail (rhs))
    {
      Term value = list_head (rhs);

      for (gsize i = 0; i < n; i++)
        if (term_equal (value, left[i]))
          {
            n--;
            memmove (left + i, left + i + 1, (n - i) * sizeof (Term));
            break;
          }
      checks += MAX (1, n);
    }
  bump_reductions (p, (gint32) MIN (checks / 16, G_MAXINT32));
  if (!term_is_nil (rhs))
    return bif_badarg (p);
  for (hp = n > 0 ? halloc (p, 2 * n) : NULL; n > 0; n--, hp += 2)
    result = cons_write (hp, left[n - 1], result);
  return result;
}

/* Builds @list without what @take says to take; when @take has nothing left
 * (*remaining 0) the rest of @list is the result's tail. */
typedef bool (*TakeFunc) (gpointer data, Term value);

static Term
subtract_by (Process *p, Term list, gsize *remaining, TakeFunc take, gpointer data)
{
  Term  result = NIL;
  Term *cdr = &result;

  for (; term_is_list (list); list = list_tail (list))
    {
      Term  value = list_head (list);
      Term *hp;

      if (take (data, value))
        {
          if (--*remaining == 0)
            {
              *cdr = list_tail (list);
              return result;
            }
          continue;
        }
      hp = halloc (p, 2);
      *cdr = make_list (hp);
      hp[0] = value;
      hp[1] = NIL;
      cdr = hp + 1;
    }
  *cdr = NIL;
  return result;
}

typedef struct
{
  Term    right[SUBTRACT_SMALL];
  gsize   remaining;
  guint64 checks;
} FewRight;

static bool
take_from_few (gpointer data, Term value)
{
  FewRight *few = data;

  for (gsize i = few->remaining; i-- > 0;)
    if (term_equal (value, few->right[i]))
      {
        few->right[i] = few->right[few->remaining - 1];
        few->checks += few->remaining - 1;
        return true;
      }
  few->checks += few->remaining;
  return false;
}

/* A long right side: sorted, with how many of each are left. */
typedef struct
{
  Term  key;
  gsize count;
} Counted;

typedef struct
{
  AtomTable *atoms;
  Counted   *right;
  gsize      n;
  guint64    checks;
} ManyRight;

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer atoms)
{
  return term_compare_exact (atoms, ((const Counted *) a)->key, ((const Counted *) b)->key);
}

static bool
take_from_many (gpointer data, Term value)
{
  ManyRight *many = data;
  gsize      low = 0, high = many->n;

  many->checks++;
  while (low < high)
    {
      gsize mid = (low + high) / 2;
      int   c = term_compare_exact (many->atoms, value, many->right[mid].key);

      if (c == 0)
        {
          if (many->right[mid].count == 0)
            return false;
          many->right[mid].count--;
          return true;
        }
      if (c < 0)
        high = mid;
      else
        low = mid + 1;
    }
  return false;
}

static Term
subtract_many (Process *p, Term lhs, Term rhs, gsize n_right)
{
  ManyRight many = { p->vm->atoms, g_new (Counted, n_right), 0, 0 };
  gsize     remaining = n_right;
  gsize     n = 0;
  Term      result;

  for (; n < n_right; n++, rhs = list_tail (rhs))
    many.right[n] = (Counted){ list_head (rhs), 1 };
  g_qsort_with_data (many.right, (gint) n_right, sizeof (Counted), compare_keys, many.atoms);
  for (gsize i = 0; i < n_right; i++)
    {
      if (many.n > 0 && compare_keys (&many.right[many.n - 1], &many.right[i], many.atoms) == 0)
        many.right[many.n - 1].count++;
      else
        many.right[many.n++] = many.right[i];
    }
  bump_reductions (p, (gint32) MIN (n_right / 16, G_MAXINT32));
  result = subtract_by (p, lhs, &remaining, take_from_many, &many);
  bump_reductions (p, (gint32) MIN (many.checks / 8, G_MAXINT32));
  g_free (many.right);
  return result;
}

static Term
subtract (Process *p, Term lhs, Term rhs)
{
  gssize   n_left, n_right;
  FewRight few;
  Term     result;
  Term     l = rhs;

  if ((!term_is_list (lhs) && !term_is_nil (lhs)) || (!term_is_list (rhs) && !term_is_nil (rhs)))
    return bif_badarg (p);
  n_left = list_length (lhs);
  if (n_left < 0)
    return bif_badarg (p);
  bump_reductions (p, (gint32) MIN (n_left / 32, G_MAXINT32));
  if (n_left <= SUBTRACT_SMALL)
    return subtract_from_few (p, lhs, (gsize) n_left, rhs);
  n_right = list_length (rhs);
  if (n_right < 0)
    return bif_badarg (p);
  bump_reductions (p, (gint32) MIN (n_right / 32, G_MAXINT32));
  if (n_right > SUBTRACT_SMALL)
    return subtract_many (p, lhs, rhs, (gsize) n_right);

  few.remaining = (gsize) n_right;
  few.checks = 0;
  for (gssize i = 0; i < n_right; i++, l = list_tail (l))
    few.right[i] = list_head (l);
  result = subtract_by (p, lhs, &few.remaining, take_from_few, &few);
  bump_reductions (p, (gint32) MIN (few.checks / 16, G_MAXINT32));
  return result;
}

Term
bif_subtract_2 (Process *p, Term *args)
{
  return subtract (p, args[0], args[1]);
}

/* --- searching ------------------------------------------------------------------ */

Term
bif_lists_member_2 (Process *p, Term *args)
{
  Term   term = args[0], list = args[1];
  bool   immediate = term_is_immediate (term);
  gint64 reds = reductions_left (p);
  gint64 left = 16 * reds;
  bool   found = false;

  if (term_is_nil (list))
    return A (false);
  if (!term_is_list (list))
    return bif_badarg (p);
  for (; term_is_list (list); list = list_tail (list))
    {
      Term item = list_head (list);

      if (--left < 0)
        return call_again (p, "member", 2, (Term[]){ term, list });
      if (item == term || (!immediate && term_equal (item, term)))
        {
          found = true;
          break;
        }
    }
  bump_reductions (p, (gint32) (reds - left / 16));
  if (!found && !term_is_nil (list))
    return bif_badarg (p);
  return bool_term (found);
}

/* The tuple whose element @position equals (==) @key, or false. */
static Term
keyfind (Process *p, const char *function, Term key, Term position, Term list)
{
  gint64  left = 10 * SLICE_REDUCTIONS;
  guint64 at;

  if (!term_is_small (position) || small_value (position) < 1)
    return bif_badarg (p);
  at = (guint64) small_value (position);
  for (; term_is_list (list); list = list_tail (list))
    {
      Term tuple = list_head (list);
      Term element;

      if (--left < 0)
        return call_again (p, function, 3, (Term[]){ key, position, list });
      if (!term_is_tuple (tuple) || at > tuple_arity (tuple))
        continue;
      element = tuple_elements (tuple)[at - 1];
      if (element == key || (!(term_is_immediate (key) && term_is_immediate (element)) &&
                             term_equal_arith_slow (p->vm->atoms, key, element)))
        return tuple;
    }
  return term_is_nil (list) ? A (false) : bif_badarg (p);
}

Term
bif_lists_keyfind_3 (Process *p, Term *args)
{
  return keyfind (p, "keyfind", args[0], args[1], args[2]);
}

Term
bif_lists_keymember_3 (Process *p, Term *args)
{
  Term found = keyfind (p, "keymember", args[0], args[1], args[2]);

  return found != NONE && term_is_tuple (found) ? A (true) : found;
}

Term
bif_lists_keysearch_3 (Process *p, Term *args)
{
  Term found = keyfind (p, "keysearch", args[0], args[1], args[2]);

  return found != NONE && term_is_tuple (found) ? pair_new (p, A (value), found) : found;
}
