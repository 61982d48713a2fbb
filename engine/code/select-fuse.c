/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/select.h"

/* Fusing only exchanges the op number of the first instruction: its cells and
 * the second instruction stay as they are, so both can still be jumped to and
 * stepped through one by one. */

static const struct
{
  guint16 first, second, fused;
} pairs[] = {
  { I_move_xx, I_call_only, I_move_xx_call_only },
  { I_move_xx, I_call, I_move_xx_call },
  { I_move_yx, I_call, I_move_yx_call },
  { I_move_yx, I_call_fun, I_move_yx_call_fun },
  { I_allocate, I_move_xy, I_allocate_move_xy },
  { I_trim, I_call, I_trim_call },
  { I_test_heap, I_get_list_xxx, I_test_heap_get_list_xxx },
  { I_put_list_xxx, I_call_only, I_put_list_xxx_call_only },
  { I_is_nonempty_list_x, I_get_list_xxx, I_is_nonempty_list_get_list_xxx },
  { I_get_tuple_element_xx, I_get_tuple_element_xx, I_get_tuple_element_xx_xx },
  { I_add_xx, I_return, I_add_xx_return },
  { I_move_yx, I_call_last, I_move_yx_call_last },
  { I_move_xx, I_return, I_move_xx_return },
  { I_move_cx, I_return, I_move_cx_return },
  { I_move_xx, I_move_xx, I_move_xx_xx },
  { I_move_xy, I_move_xy, I_move_xy_xy },
  { I_move_yx, I_move_yx, I_move_yx_yx },
  { I_deallocate, I_return, I_deallocate_return },
};

static const struct
{
  guint16 first, second, third, fused;
} triples[] = {
  { I_allocate, I_move_xy, I_move_xy, I_allocate_move_xy_xy },
  { I_move_xy, I_move_xx, I_call, I_move_xy_xx_call },
  { I_add_yx, I_deallocate, I_return, I_add_yx_deallocate_return },
};

static guint16
find_triple (const guint16 *ops)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (triples); i++)
    if (triples[i].first == ops[0] && triples[i].second == ops[1] && triples[i].third == ops[2])
      return triples[i].fused;
  return 0;
}

static guint16
find_pair (guint16 first, guint16 second)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i].first == first && pairs[i].second == second)
      return pairs[i].fused;
  return 0;
}

/* Is the register in the first instruction's field at bit @field the second's first? */
static bool
same_register (const Cell *cells, guint32 first, guint field, guint32 second)
{
  return (guint16) (cells[first] >> field) == (guint16) (cells[second] >> 16);
}

static void
set_op (Cell *cell, guint16 op)
{
  *cell = (*cell & ~(Cell) 0xffff) | op;
}

void
select_fuse (Cell *cells, const guint32 *starts, guint n)
{
  g_autofree guint16 *ops = g_new (guint16, n + 1);
  guint               i;

  for (i = 0; i < n; i++)
    ops[i] = (guint16) cells[starts[i]];
  for (i = 0; i + 1 < n; i++)
    {
      guint16 fused = find_pair (ops[i], ops[i + 1]);

      if (i + 2 < n && find_triple (&ops[i]) != 0)
        fused = find_triple (&ops[i]);
      else if (ops[i] == I_is_tuple_x && ops[i + 1] == I_select_arity_few &&
               same_register (cells, starts[i], 16, starts[i + 1]))
        fused = I_is_tuple_select_arity_few;
      else if (ops[i] == I_get_tuple_element_xx && ops[i + 1] == I_select_few &&
               same_register (cells, starts[i], 32, starts[i + 1]))
        fused = I_get_tuple_element_select_few;
      if (fused != 0)
        set_op (&cells[starts[i]], fused);
      else if (ops[i] == I_is_tuple_x && ops[i + 1] == I_test_arity_x)
        {
          const Cell *a = &cells[starts[i]], *b = &cells[starts[i + 1]];
          gint32      fail_a = (gint32) (*a >> 32), fail_b = (gint32) (*b >> 32) + 1;

          if ((guint16) (*a >> 16) == (guint16) (*b >> 16) && fail_a == fail_b)
            set_op (&cells[starts[i]], I_is_tuple_of_arity_x);
        }
    }
}
