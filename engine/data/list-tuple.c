/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/data/map.h"

#include <stdarg.h>

Term
list_new (Heap *heap, const Term *elements, gsize n, Term tail)
{
  Term *hp;

  if (n == 0)
    return tail;
  hp = heap_alloc (heap, 2 * n);
  for (gsize i = 0; i < n; i++)
    {
      hp[2 * i] = elements[i];
      hp[2 * i + 1] = i + 1 < n ? make_list (hp + 2 * i + 2) : tail;
    }
  return make_list (hp);
}

Term
string_new (Heap *heap, const char *bytes, gssize len)
{
  gsize n = len < 0 ? strlen (bytes) : (gsize) len;
  Term *hp;

  if (n == 0)
    return NIL;
  hp = heap_alloc (heap, 2 * n);
  for (gsize i = 0; i < n; i++)
    {
      hp[2 * i] = make_small ((guint8) bytes[i]);
      hp[2 * i + 1] = i + 1 < n ? make_list (hp + 2 * i + 2) : NIL;
    }
  return make_list (hp);
}

gssize
list_length (Term list)
{
  gssize n = 0;

  for (; term_is_list (list); list = list_tail (list))
    n++;
  return list == NIL ? n : -1;
}

Term
tuple_new_array (Heap *heap, const Term *elements, gsize n)
{
  Term *hp;

  if (n == 0)
    return empty_tuple (heap->vm);
  hp = heap_alloc (heap, 1 + n);
  hp[0] = TUPLE_HEADER (n);
  memcpy (hp + 1, elements, n * sizeof (Term));
  return make_boxed (hp);
}

Term
tuple_new (Heap *heap, guint n, ...)
{
  va_list args;
  Term   *hp;

  if (n == 0)
    return empty_tuple (heap->vm);
  hp = heap_alloc (heap, 1 + n);
  hp[0] = TUPLE_HEADER (n);
  va_start (args, n);
  for (guint i = 1; i <= n; i++)
    hp[i] = va_arg (args, Term);
  va_end (args);
  return make_boxed (hp);
}
