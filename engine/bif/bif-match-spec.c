/* SPDX-License-Identifier: Apache-2.0 */

/* Match specifications by themselves. */

#include "config.h"

#include "engine/bif/bif-ets.h"
#include "engine/bif/bif-table.h"
#include "engine/bif/magic.h"

static void
destroy_match_spec (gpointer block)
{
  match_spec_free (*(MatchSpec **) magic_data (block));
}

MatchSpec *
bif_match_spec_compile (Process *p, Term spec, MatchKind kind, GPtrArray *errors)
{
  return match_spec_compile (p->vm, spec, kind, bif_index_find, p->vm->bifs, errors);
}

Term
bif_match_spec_ref (Process *p, MatchSpec *spec)
{
  OffHeapBinary *magic = magic_new (p->vm, sizeof (MatchSpec *), destroy_match_spec);

  *(MatchSpec **) magic_data (magic) = spec;
  return magic_ref (p, magic);
}

MatchSpec *
bif_match_spec_of_ref (Term ref)
{
  MatchSpec **spec = magic_ref_data (ref, destroy_match_spec);

  return spec != NULL ? *spec : NULL;
}

Term
bif_ets_is_compiled_ms_1 (Process *p, Term *args)
{
  return bool_term (bif_match_spec_of_ref (args[0]) != NULL);
}

Term
bif_ets_match_spec_compile_1 (Process *p, Term *args)
{
  MatchSpec *spec = NULL;

  if (term_is_list (args[0]))
    spec = bif_match_spec_compile (p, args[0], MATCH_TABLE, NULL);
  return spec != NULL ? bif_match_spec_ref (p, spec) : bif_badarg (p);
}

/* match_spec_run_r (List, Compiled, Results): the results, last first, before @Results. */
Term
bif_ets_match_spec_run_r_3 (Process *p, Term *args)
{
  MatchSpec *spec = bif_match_spec_of_ref (args[1]);
  MatchRun   run = { .process = p, .must_copy = true };
  Term       list = args[0], results = args[2];
  gint32     n = 0;

  if (spec == NULL)
    return bif_badarg (p);
  for (; term_is_list (list); list = list_tail (list), n++)
    {
      Term value = match_spec_run (spec, &run, list_head (list));

      if (value != NONE)
        results = cons_new (p, value, results);
    }
  if (!term_is_nil (list))
    return bif_badarg (p);
  bump_reductions (p, n);
  return results;
}

/* --- match_spec_test/3 ---------------------------------------------------------------- */

typedef struct
{
  bool return_trace, exception_trace;
} TestFlags;

/* Outside a trace most actions have nothing to act on. */
static Term
test_action (Process *p, Term action, const Term *args, guint n, gpointer data)
{
  TestFlags *flags = data;

  switch (action)
    {
    case A (return_trace):
      flags->return_trace = true;
      return A (true);
    case A (exception_trace):
      flags->exception_trace = true;
      return A (true);
    case A (caller):
    case A (caller_line):
      return A (undefined);
    case A (is_seq_trace):
      return A (false);
    case A (get_seq_token):
      return NIL;
    case A (get_tcw):
    case A (set_tcw):
      return make_small (0);
    default:
      return A (true);
    }
}

static Term
error_list (Process *p, const GPtrArray *errors)
{
  Term list = NIL;

  for (guint i = 0; i < errors->len; i++)
    list = cons_new (p, pair_new (p, A (error), string_new (&p->heap, errors->pdata[i], -1)), list);
  return list;
}

Term
bif_match_spec_test_3 (Process *p, Term *args)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  bool      is_trace = args[2] == A (trace);
  TestFlags test_flags = { false, false };
  MatchRun  run = {
     .process = p, .must_copy = true, .action = test_action, .action_data = &test_flags
  };
  MatchSpec *spec = NULL;
  Term       value, flags = NIL;

  if (!is_trace && args[2] != A (table))
    return bif_badarg (p);
  if (is_trace ? list_length (args[0]) < 0 : !term_is_tuple (args[0]))
    return bif_badarg (p);
  if (term_is_nil (args[1]))
    g_ptr_array_add (errors, g_strdup ("Match programs are not in a list."));
  else
    spec = bif_match_spec_compile (p, args[1], is_trace ? MATCH_TRACE : MATCH_TABLE, errors);
  if (spec == NULL)
    return pair_new (p, A (error), error_list (p, errors));
  value = match_spec_run (spec, &run, args[0]);
  match_spec_free (spec);
  if (test_flags.exception_trace)
    flags = cons_new (p, A (exception_trace), flags);
  if (test_flags.return_trace)
    flags = cons_new (p, A (return_trace), flags);
  return tuple_new (&p->heap, 4, A (ok), value != NONE ? value : A (false), flags, NIL);
}
