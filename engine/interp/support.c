/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/bif.h"
#include "engine/code/code-table.h"
#include "engine/data/data.h"
#include "engine/interp/interp.h"
#include "engine/interp/support.h"

bool
ops_collect (Process *p, const Cell *pc, Term *x, gsize need, guint live, gsize extra_stack)
{
  int cost;

  p->pc = pc;
  cost = process_collect (p, need, x, live, extra_stack);
  if (cost < 0 || (atomic_load_explicit (&p->state, memory_order_relaxed) & PS_EXITING))
    return false;
  bump_reductions (p, cost);
  return true;
}

bool
ops_collect_after_bif (
  Process *p, Term *x, Term *result, HeapFragment *before, guint arity)
{
  guint32 state = atomic_load_explicit (&p->state, memory_order_relaxed);
  int     cost;

  /* asleep by hibernate/3, or already to end: nothing that counts is left */
  if (*result == NONE &&
      ((p->exception == EXC_TRAP && p->trap == NULL) || (state & PS_EXITING) != 0))
    return true;
  if (*result != NONE)
    cost = process_collect_after_bif (p, result, 1, before);
  else
    cost = process_collect_after_bif (p, x, p->exception == EXC_TRAP ? p->trap->arity : arity,
                                      before);
  if (cost < 0 || (atomic_load_explicit (&p->state, memory_order_relaxed) & PS_EXITING) != 0)
    return false;
  bump_reductions (p, cost);
  return true;
}

void
ops_keep_reductions (Process *p, gint32 n)
{
  if (p->fcalls > n)
    {
      p->virtual_reds += p->fcalls - n;
      p->fcalls = n;
    }
}

Term
ops_tuple2 (Process *p, Term a, Term b)
{
  Term *hp = halloc (p, 3);

  hp[0] = TUPLE_HEADER (2);
  hp[1] = a;
  hp[2] = b;
  return make_boxed (hp);
}

Term
ops_number_failure (const char *op_name, Term a, Term b)
{
  /* a shift of integers only fails when the result would be too large */
  if (strcmp (op_name, "bsl") == 0 && term_is_integer (a) && term_is_integer (b))
    return A (system_limit);
  if (strcmp (op_name, "bsr") == 0 && term_is_integer (a) && term_is_integer (b))
    return A (system_limit);
  if (strcmp (op_name, "*") == 0 && term_is_integer (a) && term_is_integer (b))
    return A (system_limit);
  return A (badarith);
}

/* --- applying ----------------------------------------------------------------- */

int
ops_spread_arguments (Term *x, Term list)
{
  guint n = 0;

  while (term_is_list (list))
    {
      if (n == 255)
        return -1;
      x[n++] = list_head (list);
      list = list_tail (list);
    }
  return list == NIL ? (int) n : -1;
}

const Cell *
ops_apply_target (Process *p, Term module, Term function, guint arity)
{
  Export *export;

  if (!term_is_atom (module) || !term_is_atom (function))
    {
      bif_raise (p, EXC_ERROR, A (badarg));
      return NULL;
    }
  export = code_table_get_export ((CodeTable *) p->vm->code, module, function, arity);
  return atomic_load_explicit (&export->address, memory_order_acquire);
}

static Term
list_from (Process *p, const Term *elements, guint n)
{
  Term *hp = n > 0 ? halloc (p, 2 * n) : NULL;
  Term  list = NIL;
  guint i;

  for (i = n; i > 0; i--, hp += 2)
    {
      hp[0] = elements[i - 1];
      hp[1] = list;
      list = make_list (hp);
    }
  return list;
}

const Cell *
ops_fun_target (Process *p, Term fun, guint arity, Term *x)
{
  FunThing *thing;
  guint     i;

  if (!term_is_fun (fun))
    {
      bif_raise (p, EXC_ERROR, ops_tuple2 (p, A (badfun), fun));
      return NULL;
    }
  if (fun_arity (fun) != arity)
    {
      Term args = list_from (p, x, arity);
      bif_raise (p, EXC_ERROR, ops_tuple2 (p, A (badarity), ops_tuple2 (p, fun, args)));
      return NULL;
    }
  thing = fun_thing (fun);
  if (fun_is_external (fun))
    return atomic_load_explicit (&((Export *) thing->entry)->address, memory_order_acquire);
  for (i = 0; i < fun_n_free (fun); i++)
    x[arity + i] = thing->env[i];
  return ((FunEntry *) thing->entry)->address;
}

/* The stub was reached, so there was no code; another scheduler may have loaded it since. */
const Cell *
ops_load_target (Process *p, Export *export, Term *x)
{
  CodeTable *table = (CodeTable *) p->vm->code;
  g_autoptr (GError) error = NULL;
  Module *module;

  if (!export_has_code (export))
    {
      module = code_table_load (table, export->module, &error);
      if (module == NULL && error != NULL && p->vm->hooks->load_failed != NULL)
        p->vm->hooks->load_failed (p->vm, error->message);
    }
  if (export_has_code (export))
    return atomic_load_explicit (&export->address, memory_order_acquire);
  p->exception = EXC_ERROR;
  p->exception_flags = EXCF_UNDEFINED;
  p->fvalue = A (undef);
  p->ftrace = NIL;
  p->undefined = export;
  return NULL;
}

/* --- maps ------------------------------------------------------------------------ */

Term
ops_put_map (Process *p, const Cell *pc, Term *x, bool exact)
{
  guint n = (guint) (pc[1] >> 32), i;
  guint live = (guint16) (*pc >> 48);
  Cell  map_cell = (Cell) (guint16) (*pc >> 16) << 6;
  Term  map = cell_source (p, x, map_cell);
  Term  inline_pairs[32], *pairs = inline_pairs;
  Term  result;
  gsize need;

  if (!term_is_map (map))
    return bif_raise (p, EXC_ERROR, ops_tuple2 (p, A (badmap), map));
  need = exact ? map_exact_words (map) : map_put_words (map, n);
  if ((gssize) ((char *) p->heap.stop - (char *) p->heap.htop) <
        (gssize) ((need + HEAP_RESERVED) * sizeof (Term)) ||
      VM_STRESS_DUE (p->heap.htop - p->heap.start))
    {
      x[live] = map;
      if (!ops_collect (p, pc, x, need, live + 1, 1))
        return NONE;
      map = x[live];
    }
  if (2 * n > G_N_ELEMENTS (inline_pairs))
    pairs = g_new (Term, 2 * n);
  for (i = 0; i < 2 * n; i++)
    pairs[i] = cell_source (p, x, pc[2 + i]);
  if (exact)
    {
      for (i = 0; i < n; i++)
        if (map_get (map, pairs[2 * i]) == NONE)
          break;
      result = i == n ? map_put_exact (&p->heap, map, pairs, n) : NONE;
      if (result == NONE)
        bif_raise (p, EXC_ERROR, ops_tuple2 (p, A (badkey), pairs[2 * MIN (i, n - 1)]));
    }
  else
    result = map_put_assoc (&p->heap, map, pairs, n);
  if (pairs != inline_pairs)
    g_free (pairs);
  return result;
}
