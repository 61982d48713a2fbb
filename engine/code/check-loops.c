/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* Ways in a circle that cost no reduction: a process in one would never leave its
 * scheduler. Compilers write loops as calls and as receives, both of which cost.
 *
 * A label's edges are the labels that are reached from it before anything costs.
 * Taking away labels that no edge leads to, again and again, leaves the circles. */

typedef struct
{
  Checker *c;
  guint32 *n_in;  /* edges to a label */
  GArray  *ready; /* labels without any (guint32) */
} Loops;

typedef void (*EdgeFunc) (Loops *loops, guint32 label);

static bool
costs (guint op)
{
  switch (op)
    {
    case OP_call:
    case OP_call_ext:
    case OP_call_fun:
    case OP_call_fun2:
    case OP_apply:
    case OP_send:
      return true;
    default:
      return false;
    }
}

static bool
goes_on (guint op)
{
  switch (op)
    {
    case OP_func_info:
    case OP_call_only:
    case OP_call_last:
    case OP_call_ext_only:
    case OP_call_ext_last:
    case OP_apply_last:
    case OP_return:
    case OP_jump:
    case OP_wait:
    case OP_loop_rec_end:
    case OP_select_val:
    case OP_select_tuple_arity:
    case OP_if_end:
    case OP_badmatch:
    case OP_case_end:
    case OP_try_case_end:
    case OP_badrecord:
    case OP_raise:
      return false;
    default:
      return true;
    }
}

/* The process leaves here, or at the loop_rec that comes next. */
static bool
rests (const Checker *c, const GenericOp *op)
{
  guint32 to;

  if (op->op == OP_wait || op->op == OP_wait_timeout)
    return true;
  if (op->op != OP_loop_rec_end)
    return false;
  to = c->label_ops[op->operands[0].value];
  while (c->file->ops[to].op == OP_label || c->file->ops[to].op == OP_line)
    to++;
  return c->file->ops[to].op == OP_loop_rec;
}

static bool
has_edges (const Checker *c, const GenericOp *op)
{
  return op->op != OP_call_only && op->op != OP_call_last && op->op != OP_recv_mark &&
         op->op != OP_recv_set && !rests (c, op);
}

static void
edge (Loops *loops, const Operand *o, EdgeFunc func)
{
  if (o->kind == OPERAND_LABEL && o->value != 0)
    func (loops, (guint32) o->value);
}

static void
for_each_edge (Loops *loops, guint32 label, EdgeFunc func)
{
  const Checker *c = loops->c;

  for (guint32 i = c->label_ops[label] + 1; i < c->functions[c->function].end; i++)
    {
      const GenericOp *op = &c->file->ops[i];

      if (op->op == OP_label)
        {
          func (loops, (guint32) op->operands[0].value);
          return;
        }
      if (costs (op->op))
        return;
      for (guint k = 0; k < op->n_operands && has_edges (c, op); k++)
        {
          edge (loops, &op->operands[k], func);
          for (guint64 n = 0; op->operands[k].kind == OPERAND_LIST && n < op->operands[k].value;
               n++)
            edge (loops, &op->operands[k].list[n], func);
        }
      if (!goes_on (op->op))
        return;
    }
}

static void
count_edge (Loops *loops, guint32 label)
{
  loops->n_in[label]++;
}

static void
drop_edge (Loops *loops, guint32 label)
{
  if (--loops->n_in[label] == 0)
    g_array_append_val (loops->ready, label);
}

void
check_loops (Checker *c)
{
  const CheckFunction *function = &c->functions[c->function];
  Loops                loops = { .c = c };
  guint                n = 0;

  loops.n_in = c->n_in;
  loops.ready = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = function->first; i < function->end; i++)
    if (c->file->ops[i].op == OP_label)
      c->n_in[c->file->ops[i].operands[0].value] = 0;
  for (guint32 i = function->first; i < function->end; i++)
    if (c->file->ops[i].op == OP_label)
      {
        for_each_edge (&loops, (guint32) c->file->ops[i].operands[0].value, count_edge);
        n++;
      }
  for (guint32 i = function->first; i < function->end; i++)
    if (c->file->ops[i].op == OP_label)
      {
        guint32 label = (guint32) c->file->ops[i].operands[0].value;

        if (loops.n_in[label] == 0)
          g_array_append_val (loops.ready, label);
      }
  for (guint i = 0; i < loops.ready->len; i++)
    for_each_edge (&loops, g_array_index (loops.ready, guint32, i), drop_edge);
  if (loops.ready->len < n)
    {
      c->op = &c->file->ops[function->first];
      check_fail (c, "the function behind it has a loop that costs nothing, and might never end");
    }
  g_array_unref (loops.ready);
}
