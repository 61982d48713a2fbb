/* SPDX-License-Identifier: Apache-2.0 */

/* What the Erlang shell says of an uncaught exception. The exit reason alone is
 * known: {Reason, StackTrace} of errors, {{nocatch, V}, StackTrace} of throws. */
#include "config.h"

#include "engine/data/data.h"
#include "engine/machine/control.h"
#include "engine/term/term-order.h"

#define MAX_CHARS 4000

static gboolean
is_frame (Term t)
{
  return term_is_tuple (t) && tuple_arity (t) == 4 && term_is_atom (tuple_elements (t)[0]) &&
         term_is_atom (tuple_elements (t)[1]);
}

static gboolean
is_stacktrace (Term t)
{
  if (!term_is_list (t) && !term_is_nil (t))
    return FALSE;
  for (; term_is_list (t); t = list_tail (t))
    if (!is_frame (list_head (t)))
      return FALSE;
  return term_is_nil (t);
}

static gboolean
is_tagged (Term t, Term tag, guint arity)
{
  return term_is_tuple (t) && tuple_arity (t) == arity && tuple_elements (t)[0] == tag;
}

static Term
find_location (Term list, Term key)
{
  for (; term_is_list (list); list = list_tail (list))
    if (is_tagged (list_head (list), key, 2))
      return tuple_elements (list_head (list))[1];
  return NONE;
}

static void
append_frame (VmMachine *vm, GString *out, Term frame, gboolean is_first)
{
  Term  *e = tuple_elements (frame);
  Term   file = find_location (e[3], A (file)), line = find_location (e[3], A (line));
  gssize n_args = list_length (e[2]);

  g_string_append (out, is_first ? "\n     in function  " : "\n     in call from ");
  term_print (vm, out, e[0], 0);
  g_string_append_c (out, ':');
  term_print (vm, out, e[1], 0);
  g_string_append_c (out, '/');
  if (term_is_small (e[2]))
    term_print (vm, out, e[2], 0);
  else
    {
      g_string_append_printf (out, "%d", (int) MAX (n_args, 0));
      g_string_append (out, "\n        called as ");
      term_print (vm, out, e[1], 0);
      g_string_append_c (out, '(');
      for (Term a = e[2]; term_is_list (a); a = list_tail (a))
        {
          term_print (vm, out, list_head (a), MAX_CHARS);
          if (term_is_list (list_tail (a)))
            g_string_append_c (out, ',');
        }
      g_string_append_c (out, ')');
    }
  if (!term_is_list (file) || !term_is_small (line))
    return;
  g_string_append (out, " (");
  for (; term_is_list (file) && term_is_small (list_head (file)); file = list_tail (file))
    g_string_append_unichar (out, (gunichar) small_value (list_head (file)));
  g_string_append_printf (out, ", line %d)", (int) small_value (line));
}

static void
append_reason (VmMachine *vm, GString *out, Term reason)
{
  static const struct
  {
    guint       tag;
    const char *text;
  } with_value[] = {
    { ATOM_INDEX_badmatch, "no match of right hand side value " },
    { ATOM_INDEX_case_clause, "no case clause matching " },
    { ATOM_INDEX_try_clause, "no try clause matching " },
    { ATOM_INDEX_badfun, "bad function " },
    { ATOM_INDEX_badmap, "bad map " },
    { ATOM_INDEX_badkey, "bad key: " },
  };
  static const struct
  {
    guint       tag;
    const char *text;
  } alone[] = {
    { ATOM_INDEX_badarg, "bad argument" },
    { ATOM_INDEX_badarith, "an error occurred when evaluating an arithmetic expression" },
    { ATOM_INDEX_function_clause, "no function clause matching" },
    { ATOM_INDEX_if_clause, "no true branch found when evaluating an if expression" },
    { ATOM_INDEX_undef, "undefined function" },
    { ATOM_INDEX_system_limit, "a system limit has been reached" },
    { ATOM_INDEX_timeout_value, "a bad timeout value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alone); i++)
    if (reason == make_atom (alone[i].tag))
      {
        g_string_append (out, alone[i].text);
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (with_value); i++)
    if (is_tagged (reason, make_atom (with_value[i].tag), 2))
      {
        g_string_append (out, with_value[i].text);
        term_print (vm, out, tuple_elements (reason)[1], MAX_CHARS);
        return;
      }
  term_print (vm, out, reason, MAX_CHARS);
}

char *
failure_format (VmMachine *vm, Term reason)
{
  GString *out = g_string_new ("exception ");
  gboolean is_first = TRUE;
  Term    *e = term_is_tuple (reason) && tuple_arity (reason) == 2 ? tuple_elements (reason) : NULL;

  if (e == NULL || !is_stacktrace (e[1]))
    {
      g_string_append (out, "exit: ");
      term_print (vm, out, reason, MAX_CHARS);
      return g_string_free (out, FALSE);
    }
  if (is_tagged (e[0], A (nocatch), 2))
    {
      g_string_append (out, "throw: ");
      term_print (vm, out, tuple_elements (e[0])[1], MAX_CHARS);
    }
  else
    {
      g_string_append (out, "error: ");
      append_reason (vm, out, e[0]);
    }
  for (Term t = e[1]; term_is_list (t); t = list_tail (t), is_first = FALSE)
    append_frame (vm, out, list_head (t), is_first);
  return g_string_free (out, FALSE);
}
