/* SPDX-License-Identifier: Apache-2.0 */

/* Funs. */

#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/bif/text.h"

#include "engine/code/code-table.h"

static Term
environment (Process *p, Term fun)
{
  return list_new (&p->heap, fun_thing (fun)->env, fun_n_free (fun), NIL);
}

static Term
local_info (Process *p, Term fun, Term what)
{
  const FunEntry *entry = fun_thing (fun)->entry;

  if (what == A (module))
    return entry->module != NULL ? entry->module->name : A (undefined);
  if (what == A (name))
    return entry->function;
  if (what == A (arity))
    return make_small (fun_arity (fun));
  if (what == A (env))
    return environment (p, fun);
  if (what == A (type))
    return A (local);
  if (what == A (pid))
    return fun_thing (fun)->creator;
  if (what == A (index) || what == A (new_index))
    return make_small (entry->index);
  if (what == A (uniq))
    return make_small ((gint32) entry->old_uniq);
  if (what == A (new_uniq))
    return binary_new_copy (&p->heap, entry->uniq, sizeof entry->uniq);
  if (what == A (refc))
    return make_small (1); /* entries live as long as their module: it is their one reference */
  return NONE;
}

static Term
external_info (Term fun, Term what)
{
  const Export *export_ = fun_thing (fun)->entry;

  if (what == A (module))
    return export_->module;
  if (what == A (name))
    return export_->function;
  if (what == A (arity))
    return make_small (export_->arity);
  if (what == A (env))
    return NIL;
  if (what == A (type))
    return A (external);
  if (what == A (pid) || what == A (index) || what == A (new_index) || what == A (uniq) ||
      what == A (new_uniq) || what == A (refc))
    return A (undefined);
  return NONE;
}

Term
bif_fun_info_2 (Process *p, Term *args)
{
  Term value;

  if (!term_is_fun (args[0]))
    return bif_badarg (p);
  if (fun_is_external (args[0]))
    value = external_info (args[0], args[1]);
  else
    value = local_info (p, args[0], args[1]);
  return value != NONE ? pair_new (p, args[1], value) : bif_badarg (p);
}

Term
bif_fun_info_mfa_1 (Process *p, Term *args)
{
  Term module, function;

  if (!term_is_fun (args[0]))
    return bif_badarg (p);
  if (fun_is_external (args[0]))
    {
      const Export *export_ = fun_thing (args[0])->entry;

      module = export_->module;
      function = export_->function;
    }
  else
    {
      const FunEntry *entry = fun_thing (args[0])->entry;

      if (entry->module == NULL)
        return A (undefined);
      module = entry->module->name;
      function = entry->function;
    }
  return triple_write (halloc (p, 4), module, function, make_small (fun_arity (args[0])));
}

Term
bif_fun_to_list_1 (Process *p, Term *args)
{
  g_autoptr (GString) text = NULL;

  if (!term_is_fun (args[0]))
    return bif_badarg (p);
  text = g_string_new (NULL);
  term_print (p->vm, text, args[0], 0);
  return text_to_list (p, text->str, text->len);
}

static bool
is_arity (Term t)
{
  return term_is_small (t) && small_value (t) >= 0 && small_value (t) <= 255;
}

Term
bif_make_fun_3 (Process *p, Term *args)
{
  Term fun;

  if (!term_is_atom (args[0]) || !term_is_atom (args[1]) || !is_arity (args[2]))
    return bif_badarg (p);
  fun =
    code_table_get_export_fun (p->vm->code, code_table_get_export (p->vm->code, args[0], args[1],
                                                                   (guint) small_value (args[2])));
  return fun != NONE ? fun : bif_system_limit (p);
}

Term
bif_is_builtin_3 (Process *p, Term *args)
{
  AtomTable *atoms = p->vm->atoms;
  gint64     arity;

  if (!term_is_atom (args[0]) || !term_is_atom (args[1]) || !term_is_small (args[2]) ||
      small_value (args[2]) < 0)
    return bif_badarg (p);
  arity = small_value (args[2]);
  /* instructions that look like functions */
  if (args[0] == A (erlang) && args[1] == A (apply))
    return bool_term (arity == 2 || arity == 3);
  if (args[0] == A (erlang) && args[1] == A (yield))
    return bool_term (arity == 0);
  for (guint i = 0; i < n_bifs; i++)
    if (bif_table[i].arity == (guint64) arity &&
        args[1] == atom_table_lookup (atoms, bif_table[i].name, strlen (bif_table[i].name)) &&
        args[0] == atom_table_lookup (atoms, bif_table[i].module, strlen (bif_table[i].module)))
      return A (true);
  return A (false);
}
