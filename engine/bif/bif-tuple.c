/* SPDX-License-Identifier: Apache-2.0 */

/* Tuples. */

#include "config.h"

#include "engine/bif/bif-util.h"

#define MAX_TUPLE_SIZE ((1 << 24) - 1)

static inline Term
empty_tuple (Process *p)
{
  return tuple_new_array (&p->heap, NULL, 0);
}

Term
bif_element_2 (Process *p, Term *args)
{
  gint64 index;

  if (!term_is_small (args[0]) || !term_is_tuple (args[1]))
    return bif_badarg (p);
  index = small_value (args[0]);
  if (index < 1 || (guint64) index > tuple_arity (args[1]))
    return bif_badarg (p);
  return tuple_elements (args[1])[index - 1];
}

Term
bif_setelement_3 (Process *p, Term *args)
{
  gint64 index;
  gsize  arity;
  Term  *hp;

  if (!term_is_small (args[0]) || !term_is_tuple (args[1]))
    return bif_badarg (p);
  index = small_value (args[0]);
  arity = tuple_arity (args[1]);
  if (index < 1 || (guint64) index > arity)
    return bif_badarg (p);
  hp = halloc (p, arity + 1);
  memcpy (hp, boxed_ptr (args[1]), (arity + 1) * sizeof (Term));
  hp[index] = args[2];
  return make_boxed (hp);
}

/* A tuple of @n times @value; *elements gets its elements. */
static Term
filled_tuple (Process *p, gsize n, Term value, Term **elements)
{
  Term *hp;

  *elements = NULL;
  if (n == 0)
    return empty_tuple (p);
  hp = halloc (p, n + 1);
  hp[0] = TUPLE_HEADER (n);
  for (gsize i = 1; i <= n; i++)
    hp[i] = value;
  *elements = hp + 1;
  return make_boxed (hp);
}

static bool
is_tuple_size (Term t)
{
  return term_is_small (t) && small_value (t) >= 0 && small_value (t) <= MAX_TUPLE_SIZE;
}

Term
bif_make_tuple_2 (Process *p, Term *args)
{
  Term *elements;

  if (!is_tuple_size (args[0]))
    return bif_badarg (p);
  return filled_tuple (p, (gsize) small_value (args[0]), args[1], &elements);
}

Term
bif_make_tuple_3 (Process *p, Term *args)
{
  Term  *elements;
  Term   list = args[2];
  Term   tuple;
  gint64 n;

  if (!is_tuple_size (args[0]))
    return bif_badarg (p);
  n = small_value (args[0]);
  tuple = filled_tuple (p, (gsize) n, args[1], &elements);
  for (; term_is_list (list); list = list_tail (list))
    {
      Term pair = list_head (list);
      Term index;

      if (!term_is_tuple_of (pair, 2))
        return bif_badarg (p);
      index = tuple_elements (pair)[0];
      if (!term_is_small (index) || small_value (index) < 1 || small_value (index) > n)
        return bif_badarg (p);
      elements[small_value (index) - 1] = tuple_elements (pair)[1];
    }
  return term_is_nil (list) ? tuple : bif_badarg (p);
}

Term
bif_append_element_2 (Process *p, Term *args)
{
  gsize arity;
  Term *hp;

  if (!term_is_tuple (args[0]) || tuple_arity (args[0]) + 1 > MAX_TUPLE_SIZE)
    return bif_badarg (p);
  arity = tuple_arity (args[0]);
  hp = halloc (p, arity + 2);
  hp[0] = TUPLE_HEADER (arity + 1);
  memcpy (hp + 1, tuple_elements (args[0]), arity * sizeof (Term));
  hp[arity + 1] = args[1];
  return make_boxed (hp);
}

Term
bif_insert_element_3 (Process *p, Term *args)
{
  gsize  arity, before;
  gint64 index;
  Term  *hp;

  if (!term_is_tuple (args[1]) || !term_is_small (args[0]))
    return bif_badarg (p);
  arity = tuple_arity (args[1]);
  index = small_value (args[0]);
  if (index < 1 || (guint64) index > arity + 1)
    return bif_badarg (p);
  before = (gsize) index - 1;
  hp = halloc (p, arity + 2);
  hp[0] = TUPLE_HEADER (arity + 1);
  memcpy (hp + 1, tuple_elements (args[1]), before * sizeof (Term));
  hp[1 + before] = args[2];
  memcpy (hp + 2 + before, tuple_elements (args[1]) + before, (arity - before) * sizeof (Term));
  return make_boxed (hp);
}

Term
bif_delete_element_2 (Process *p, Term *args)
{
  gsize  arity, before;
  gint64 index;
  Term  *hp;

  if (!term_is_tuple (args[1]) || !term_is_small (args[0]))
    return bif_badarg (p);
  arity = tuple_arity (args[1]);
  index = small_value (args[0]);
  if (index < 1 || (guint64) index > arity)
    return bif_badarg (p);
  if (arity == 1)
    return empty_tuple (p);
  before = (gsize) index - 1;
  hp = halloc (p, arity);
  hp[0] = TUPLE_HEADER (arity - 1);
  memcpy (hp + 1, tuple_elements (args[1]), before * sizeof (Term));
  memcpy (hp + 1 + before, tuple_elements (args[1]) + before + 1,
          (arity - before - 1) * sizeof (Term));
  return make_boxed (hp);
}

Term
bif_tuple_to_list_1 (Process *p, Term *args)
{
  gsize n;
  Term *hp, *elements;
  Term  list = NIL;

  if (!term_is_tuple (args[0]))
    return bif_badarg (p);
  n = tuple_arity (args[0]);
  elements = tuple_elements (args[0]);
  hp = halloc (p, 2 * n);
  while (n-- > 0)
    {
      list = cons_write (hp, elements[n], list);
      hp += 2;
    }
  return list;
}

Term
bif_list_to_tuple_1 (Process *p, Term *args)
{
  gssize n = list_length (args[0]);
  Term   list = args[0];
  Term  *hp;

  if (n < 0 || n > MAX_TUPLE_SIZE)
    return bif_badarg (p);
  if (n == 0)
    return empty_tuple (p);
  hp = halloc (p, (gsize) n + 1);
  hp[0] = TUPLE_HEADER (n);
  for (gssize i = 1; i <= n; i++, list = list_tail (list))
    hp[i] = list_head (list);
  return make_boxed (hp);
}
