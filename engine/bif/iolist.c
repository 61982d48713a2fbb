/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "engine/bif/iolist.h"

/* Tails still to do, of the lists that contain the present one. */
typedef struct
{
  Term  small[32];
  Term *tails;
  guint n, size;
} TailStack;

static void
push_tail (TailStack *stack, Term tail)
{
  if (stack->n == stack->size)
    {
      Term *old = stack->tails;

      stack->size *= 2;
      stack->tails = g_new (Term, stack->size);
      memcpy (stack->tails, old, stack->n * sizeof (Term));
      if (old != stack->small)
        g_free (old);
    }
  stack->tails[stack->n++] = tail;
}

static inline bool
is_item (Term t)
{
  return term_is_byte (t) || term_is_bitstring (t);
}

bool
iolist_foreach (Term iolist, IolistFunc func, gpointer data, guint64 *steps)
{
  TailStack stack;
  bool      ok = true;
  Term      t = iolist;

  stack.n = 0;
  stack.size = G_N_ELEMENTS (stack.small);
  stack.tails = stack.small;
  *steps = 0;
  for (;;)
    {
      while (term_is_list (t))
        {
          Term head = list_head (t);

          ++*steps;
          t = list_tail (t);
          if (term_is_list (head))
            {
              push_tail (&stack, t);
              t = head;
            }
          else if (is_item (head) ? !func (head, data) : !term_is_nil (head))
            {
              ok = false;
              break;
            }
        }
      /* what is no list: the end, or a binary as tail */
      if (ok && !term_is_nil (t))
        ok = term_is_bitstring (t) && func (t, data);
      if (!ok || stack.n == 0)
        break;
      t = stack.tails[--stack.n];
      if (!term_is_list (t))
        ++*steps;
    }
  if (stack.tails != stack.small)
    g_free (stack.tails);
  return ok;
}

typedef struct
{
  gsize n_bits;
  bool  odd_bits;
} Measure;

static bool
measure_one (Term item, gpointer data)
{
  Measure *measure = data;
  BitView  view;

  if (term_is_small (item))
    {
      measure->n_bits += 8;
      return true;
    }
  bitstring_view (item, &view);
  if (view.n_bits % 8 != 0 && !measure->odd_bits)
    return false;
  measure->n_bits += view.n_bits;
  return true;
}

bool
iolist_measure (Term iolist, bool odd_bits, gsize *n_bits, guint64 *steps)
{
  Measure measure = { 0, odd_bits };
  bool    ok = iolist_foreach (iolist, measure_one, &measure, steps);

  *n_bits = measure.n_bits;
  return ok;
}

typedef struct
{
  guint8 *to;
  gsize   at; /* bits */
} Writing;

static bool
write_one (Term item, gpointer data)
{
  Writing *writing = data;
  BitView  view;

  if (term_is_small (item))
    {
      guint8 byte = (guint8) small_value (item);

      if (writing->at % 8 == 0)
        writing->to[writing->at / 8] = byte;
      else
        bits_copy (writing->to, writing->at, &byte, 0, 8);
      writing->at += 8;
      return true;
    }
  bitstring_view (item, &view);
  bits_copy (writing->to, writing->at, view.base, view.bit_offset, view.n_bits);
  writing->at += view.n_bits;
  return true;
}

void
iolist_write (Term iolist, guint8 *to)
{
  Writing writing = { to, 0 };
  guint64 steps;

  iolist_foreach (iolist, write_one, &writing, &steps);
}
