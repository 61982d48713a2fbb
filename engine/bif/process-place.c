/* SPDX-License-Identifier: Apache-2.0 */

/* process_info: where a process is in its code. */

#include "config.h"

#include "engine/bif/process-look.h"

#define MAX_TRACE 8

static Term
mfa_term (Look *look, const Module *module, const FunctionInfo *function)
{
  return triple_write (heap_alloc (look->to, 4), module->name, function->name,
                       make_small (function->arity));
}

/* Does it go on with the call that process_spawn() or hibernate/3 left for it? */
static bool
is_at_start (const Process *p)
{
  const Cell *start_code, *exit_code;

  process_table_get_start_code (p->vm, &start_code, &exit_code);
  return p->pc == start_code;
}

/* What such a one is said to be in: {M, F, Arity}. */
static Term
start_mfa (Look *look)
{
  const Process *p = look->p;

  if ((p->flags & PF_HIBERNATING) != 0)
    return triple_write (heap_alloc (look->to, 4), A (erlang), A (hibernate), make_small (3));
  return triple_write (heap_alloc (look->to, 4), p->initial_module, p->initial_function,
                       make_small (p->initial_arity));
}

Term
look_current_function (Look *look)
{
  Module *module =
    look->p->pc != NULL ? code_table_find_pc ((CodeTable *) look->p->vm->code, look->p->pc) : NULL;
  const FunctionInfo *function = module != NULL ? module_find_function (module, look->p->pc) : NULL;

  if (is_at_start (look->p))
    return start_mfa (look);
  return function != NULL ? mfa_term (look, module, function) : A (undefined);
}

static Term
location (Look *look, const Module *module, const Cell *pc)
{
  const LineEntry *line = module_find_line (module, pc);
  Term             file, position;

  if (line == NULL || line->line == 0)
    return NIL;
  file = pair (look, A (file), module->file_terms[MIN (line->file, module->n_files - 1)]);
  position = pair (look, A (line), make_small (line->line));
  return cons (look, file, cons (look, position, NIL));
}

/* {M, F, Arity, Location} of @pc, or NONE. */
static Term
frame (Look *look, const Cell *pc)
{
  Module             *module = code_table_find_pc ((CodeTable *) look->p->vm->code, pc);
  const FunctionInfo *function = module != NULL ? module_find_function (module, pc) : NULL;

  if (function == NULL)
    return NONE;
  return tuple_new (look->to, 4, module->name, function->name, make_small (function->arity),
                    location (look, module, pc));
}

Term
look_current_location (Look *look)
{
  Term at = look->p->pc != NULL ? frame (look, look->p->pc) : NONE;

  if (is_at_start (look->p))
    {
      const Term *mfa = tuple_elements (start_mfa (look));

      return tuple_new (look->to, 4, mfa[0], mfa[1], mfa[2], NIL);
    }
  return at != NONE ? at : A (undefined);
}

Term
look_current_stacktrace (Look *look)
{
  Heap *heap = &look->p->heap;
  Term  frames[MAX_TRACE];
  guint n = 0;

  if (look->p->pc != NULL && (frames[n] = frame (look, look->p->pc)) != NONE)
    n++;
  for (Term *slot = heap->stop; slot < heap->hend && n < MAX_TRACE; slot++)
    if (term_is_header (*slot) && *slot != NONE &&
        (frames[n] = frame (look, (const Cell *) *slot - 1)) != NONE)
      n++;
  return list_new (look->to, frames, n, NIL);
}

/* The frames as text, a binary. */
Term
look_backtrace (Look *look)
{
  Heap    *heap = &look->p->heap;
  GString *text = g_string_new (NULL);
  Term     result;

  g_string_append_printf (text, "Program counter: %p\n", (const void *) look->p->pc);
  for (Term *slot = heap->stop; slot < heap->hend; slot++)
    {
      Module *module =
        term_is_header (*slot) && *slot != NONE
          ? code_table_find_pc ((CodeTable *) look->p->vm->code, (const Cell *) *slot - 1)
          : NULL;
      const FunctionInfo *f =
        module != NULL ? module_find_function (module, (const Cell *) *slot - 1) : NULL;

      if (f != NULL)
        g_string_append_printf (text, "0x%016" G_GINT64_MODIFIER "x Return addr (%s:%s/%u)\n",
                                *slot, atom_name (look->p->vm->atoms, module->name, NULL),
                                atom_name (look->p->vm->atoms, f->name, NULL), f->arity);
      else if (!term_is_header (*slot))
        {
          g_string_append_printf (text, "y(%u)     ", (guint) (slot - heap->stop));
          term_print (look->p->vm, text, *slot, 120);
          g_string_append_c (text, '\n');
        }
    }
  result = binary_new_copy (look->to, (const guint8 *) text->str, text->len);
  g_string_free (text, TRUE);
  return result;
}
