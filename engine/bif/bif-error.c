/* SPDX-License-Identifier: Apache-2.0 */

/* Raising exceptions: see bif-error.h for what is left in the process. */

#include "config.h"

#include "engine/bif/bif-error.h"
#include "engine/bif/bif-util.h"

#define DEFAULT_MAX_STACKTRACE 8

Term
bif_error_1 (Process *p, Term *args)
{
  return bif_raise (p, EXC_ERROR, args[0]);
}

Term
bif_error_2 (Process *p, Term *args)
{
  bif_raise (p, EXC_ERROR, pair_new (p, args[0], args[1]));
  p->exception_flags = EXCF_ARG_LIST;
  return NONE;
}

/* The map of the last {error_info, Map} of @options; NONE: none, or @options is
 * not a proper list of such. */
static Term
error_info_of (Term options)
{
  Term info = NONE;

  for (; term_is_list (options); options = list_tail (options))
    {
      Term option = list_head (options);

      if (!term_is_tuple_of (option, 2) || tuple_elements (option)[0] != A (error_info) ||
          !term_is_map (tuple_elements (option)[1]))
        return NONE;
      info = tuple_elements (option)[1];
    }
  return term_is_nil (options) ? info : NONE;
}

Term
bif_error_3 (Process *p, Term *args)
{
  Term info = error_info_of (args[2]);

  if (info == NONE)
    return bif_error_2 (p, args);
  bif_raise (p, EXC_ERROR, triple_write (halloc (p, 4), args[0], args[1], info));
  p->exception_flags = EXCF_ERROR_INFO;
  return NONE;
}

/* These have an entry of their own in the stack trace. */
Term
bif_nif_error_1 (Process *p, Term *args)
{
  return bif_error (p, args[0]);
}

Term
bif_nif_error_2 (Process *p, Term *args)
{
  return bif_error (p, args[0]);
}

Term
bif_exit_1 (Process *p, Term *args)
{
  return bif_raise (p, EXC_EXIT, args[0]);
}

Term
bif_throw_1 (Process *p, Term *args)
{
  return bif_raise (p, EXC_THROW, args[0]);
}

/* --- raise/3 ------------------------------------------------------------------ */

static bool
is_location (Term t)
{
  return term_is_list (t) || term_is_nil (t);
}

/* Entries may be as catches give them, {M, F, A, Location} and {Fun, Args,
 * Location}, and as older code wrote them, without the location. */
static bool
is_trace_entry (Term entry, bool *short_form)
{
  const Term *e;
  bool        is_fun;

  *short_form = false;
  if (!term_is_tuple (entry) || tuple_arity (entry) < 2)
    return false;
  e = tuple_elements (entry);
  is_fun = term_is_fun (e[0]);
  switch (tuple_arity (entry))
    {
    case 2:
      *short_form = true;
      return is_fun;
    case 3:
      if (is_fun)
        return is_location (e[2]);
      *short_form = true;
      return term_is_atom (e[0]) && term_is_atom (e[1]);
    case 4:
      return term_is_atom (e[0]) && term_is_atom (e[1]) && is_location (e[3]);
    default:
      return false;
    }
}

/* The first @n entries of @trace, each with a location. */
static Term
copy_trace (Process *p, Term trace, guint n)
{
  Term  result = NIL;
  Term *end = &result;

  for (; n > 0; n--, trace = list_tail (trace))
    {
      Term  entry = list_head (trace);
      bool  short_form;
      Term *cell;

      is_trace_entry (entry, &short_form);
      if (short_form)
        {
          gsize arity = tuple_arity (entry);
          Term *hp = halloc (p, arity + 2);

          hp[0] = TUPLE_HEADER (arity + 1);
          memcpy (hp + 1, tuple_elements (entry), arity * sizeof (Term));
          hp[arity + 1] = NIL;
          entry = make_boxed (hp);
        }
      cell = halloc (p, 2);
      *end = cons_write (cell, entry, NIL);
      end = cell + 1;
    }
  return result;
}

Term
bif_raise_3 (Process *p, Term *args)
{
  guint limit = p->max_stacktrace > 0 ? p->max_stacktrace : DEFAULT_MAX_STACKTRACE;
  ExceptionClass class;
  bool  must_copy = false;
  guint depth = 0;
  Term  list = args[2];

  if (args[0] == A (error))
    class = EXC_ERROR;
  else if (args[0] == A (exit))
    class = EXC_EXIT;
  else if (args[0] == A (throw))
    class = EXC_THROW;
  else
    return A (badarg); /* raise/3 returns what is wrong */

  for (; term_is_list (list); list = list_tail (list), depth++)
    {
      bool short_form;

      if (!is_trace_entry (list_head (list), &short_form))
        return A (badarg);
      must_copy |= short_form;
    }
  if (!term_is_nil (list))
    return A (badarg);

  bif_raise (p, class, args[1]);
  p->exception_flags = EXCF_SAVED_TRACE;
  p->ftrace = must_copy || depth > limit ? copy_trace (p, args[2], MIN (depth, limit)) : args[2];
  return NONE;
}
