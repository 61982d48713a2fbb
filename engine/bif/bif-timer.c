/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/process-util.h"

#define MAX_TIMEOUT_MS G_GINT64_CONSTANT (0xffffffffffff)

static bool
parse_flag (Term list, Term name, bool *value, Term other_name, bool *other)
{
  for (; term_is_list (list); list = list_tail (list))
    {
      Term  option = list_head (list);
      Term *e = term_is_tuple_of (option, 2) ? tuple_elements (option) : NULL;

      if (e == NULL || (e[1] != A (true) && e[1] != A (false)))
        return false;
      if (e[0] == name)
        *value = e[1] == A (true);
      else if (e[0] == other_name && other != NULL)
        *other = e[1] == A (true);
      else
        return false;
    }
  return term_is_nil (list);
}

static Term
start (Process *p, const Term *args, Term options, bool wrap)
{
  guint32 numbers[3];
  gint64  ms, at_ns;
  bool    absolute = false;
  VmPid   to = VM_PID_NONE;
  Term    name = NONE, ref, message = args[2];
  Term    tuple[4]; /* copied before this returns */

  if (!parse_flag (options, A (abs), &absolute, NONE, NULL))
    return bif_badarg_cause (p, A (badopt));
  if (!integer_to_i64 (args[0], &ms) || (!absolute && ms < 0) || ms > MAX_TIMEOUT_MS ||
      ms < -MAX_TIMEOUT_MS)
    return bif_badarg_cause (p, atom_named (p, "time"));
  if (term_is_pid (args[1]))
    to = pid_number (args[1]);
  else if (term_is_atom (args[1]))
    name = args[1];
  else
    return bif_badarg (p);
  at_ns =
    absolute ? ms * 1000000 - ERLANG_MONOTONIC_START_NS : process_now_ns (p->vm, p) + ms * 1000000;
  ref = fresh_ref (p, numbers, false);
  if (wrap)
    message = triple_write (tuple, A (timeout), ref, message);
  machine_timer_start (p->vm, p, numbers, at_ns, to, name, message);
  return ref;
}

Term
bif_send_after_3 (Process *p, Term *args)
{
  return start (p, args, NIL, false);
}

Term
bif_send_after_4 (Process *p, Term *args)
{
  return start (p, args, args[3], false);
}

Term
bif_start_timer_3 (Process *p, Term *args)
{
  return start (p, args, NIL, true);
}

Term
bif_start_timer_4 (Process *p, Term *args)
{
  return start (p, args, args[3], true);
}

/* Milliseconds left, or false. */
static Term
find (Process *p, Term ref, bool cancel)
{
  guint32 numbers[3];
  gint64  left;

  ref_get_numbers (ref, numbers);
  left = machine_timer_find (p->vm, p, numbers, cancel);
  return left < 0 ? A (false) : integer_from_i64 (&p->heap, (left + 999999) / 1000000);
}

static Term
find_with_options (Process *p, const Term *args, Term tag)
{
  bool async = false, info = true;
  Term result;

  if (!term_is_ref (args[0]) ||
      !parse_flag (args[1], A (async), &async, tag == A (cancel_timer) ? A (info) : NONE, &info))
    return bif_badarg (p);
  result = find (p, args[0], tag == A (cancel_timer));
  if (async)
    {
      bool found;

      if (info)
        process_send (p->vm, p, p->id, triple_write (halloc (p, 4), tag, args[0], result), &found);
      return A (ok);
    }
  return info ? result : A (ok);
}

Term
bif_cancel_timer_1 (Process *p, Term *args)
{
  return term_is_ref (args[0]) ? find (p, args[0], true) : bif_badarg (p);
}

Term
bif_cancel_timer_2 (Process *p, Term *args)
{
  return find_with_options (p, args, A (cancel_timer));
}

Term
bif_read_timer_1 (Process *p, Term *args)
{
  return term_is_ref (args[0]) ? find (p, args[0], false) : bif_badarg (p);
}

Term
bif_read_timer_2 (Process *p, Term *args)
{
  return find_with_options (p, args, A (read_timer));
}
