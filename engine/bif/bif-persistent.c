/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/ets/persistent.h"

static PersistentTerms *
terms_of (Process *p)
{
  return (PersistentTerms *) p->vm->persistent;
}

Term
bif_persistent_term_get_1 (Process *p, Term *args)
{
  Term value = persistent_terms_get (terms_of (p), args[0]);

  return value != NONE ? value : bif_badarg (p);
}

Term
bif_persistent_term_get_2 (Process *p, Term *args)
{
  Term value = persistent_terms_get (terms_of (p), args[0]);

  return value != NONE ? value : args[1];
}

typedef struct
{
  Process *process;
  Term     list;
} Collect;

static void
collect_pair (Term key, Term value, gpointer data)
{
  Collect *collect = data;

  collect->list =
    cons_new (collect->process, pair_new (collect->process, key, value), collect->list);
}

Term
bif_persistent_term_get_0 (Process *p, Term *args)
{
  Collect collect = { p, NIL };

  persistent_terms_foreach (terms_of (p), collect_pair, &collect);
  return collect.list;
}

Term
bif_persistent_term_put_2 (Process *p, Term *args)
{
  return persistent_terms_put (terms_of (p), args[0], args[1]) ? A (ok) : bif_system_limit (p);
}

Term
bif_persistent_term_erase_1 (Process *p, Term *args)
{
  return bool_term (persistent_terms_erase (terms_of (p), args[0]));
}

Term
bif_erts_internal_erase_persistent_terms_0 (Process *p, Term *args)
{
  persistent_terms_erase_all (terms_of (p));
  return A (ok);
}

/* info (): #{count, memory} (bytes) */
Term
bif_persistent_term_info_0 (Process *p, Term *args)
{
  Term pairs[4] = {
    atom_named (p, "count"),
    make_small (persistent_terms_get_count (terms_of (p))),
    atom_named (p, "memory"),
    make_small ((gint64) (persistent_terms_get_words (terms_of (p)) * sizeof (Term))),
  };

  return map_new (&p->heap, pairs, 2);
}
