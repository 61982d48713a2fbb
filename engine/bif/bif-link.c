/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/process-util.h"

Term
bif_link_1 (Process *p, Term *args)
{
  VmPid    other;
  Process *target;

  if (!term_is_pid (args[0]))
    return bif_badarg (p);
  other = pid_number (args[0]);
  target = process_table_lookup (p->vm, other);
  /* Who traps exits gets the news as a message instead. */
  if (other != p->id && (p->flags & PF_TRAP_EXIT) == 0 &&
      (target == NULL || (atomic_load (&target->state) & (PS_EXITING | PS_FREE)) != 0))
    return bif_error (p, A (noproc));
  process_link (p, other);
  return A (true);
}

Term
bif_unlink_1 (Process *p, Term *args)
{
  if (!term_is_pid (args[0]))
    return bif_badarg (p);
  process_unlink (p, pid_number (args[0]));
  return A (true);
}

/* exit(Pid, Reason) */
Term
bif_exit_2 (Process *p, Term *args)
{
  VmPid to;

  if (!term_is_pid (args[0]))
    return bif_badarg (p);
  to = pid_number (args[0]);
  process_send_exit (p->vm, p->id, to, args[1], false);
  if (to == p->id)
    bump_reductions (p, process_handle_signals_at_start (p, SLICE_REDUCTIONS));
  return unless_exiting (p, A (true));
}

/* --- monitors --------------------------------------------------------------- */

typedef struct
{
  bool      has_alias;
  AliasMode alias_mode;
  Term      tag; /* or NONE */
} MonitorOptions;

static bool
parse_alias_mode (Term mode, AliasMode *result)
{
  if (mode == A (explicit_unalias))
    *result = ALIAS_EXPLICIT;
  else if (mode == A (demonitor))
    *result = ALIAS_DEMONITOR;
  else if (mode == A (reply_demonitor))
    *result = ALIAS_REPLY_DEMONITOR;
  else
    return false;
  return true;
}

static bool
parse_monitor_options (Term list, MonitorOptions *options)
{
  *options = (MonitorOptions){ .tag = NONE };
  for (; term_is_list (list); list = list_tail (list))
    {
      Term option = list_head (list);

      if (!term_is_tuple_of (option, 2))
        return false;
      if (tuple_elements (option)[0] == A (tag))
        options->tag = tuple_elements (option)[1];
      else if (tuple_elements (option)[0] == A (alias) &&
               parse_alias_mode (tuple_elements (option)[1], &options->alias_mode))
        options->has_alias = true;
      else
        return false;
    }
  return term_is_nil (list);
}

static void
add_alias (Process *p, const guint32 *numbers, AliasMode mode)
{
  links_add_ref (p, LINK_ALIAS, p->id, numbers)->alias_mode = mode;
}

static Term
monitor_process (Process *p, Term item, const MonitorOptions *options)
{
  Term          name = NONE;
  VmPid         other;
  guint32       numbers[3];
  LinkEntry    *entry;
  Term          ref, tag = NONE;
  HeapFragment *tag_fragment = NULL;

  if (term_is_tuple_of (item, 2) && term_is_atom (tuple_elements (item)[0]) &&
      tuple_elements (item)[1] == A (nonode_nohost))
    item = tuple_elements (item)[0];
  if (term_is_atom (item))
    {
      name = item;
      other = registry_lookup (p->vm, name);
    }
  else if (term_is_pid (item))
    other = pid_number (item);
  else
    return bif_badarg (p);
  ref = fresh_ref (p, numbers, options->has_alias);
  if (options->has_alias)
    add_alias (p, numbers, options->alias_mode);
  if (term_is_pid (item) && other == p->id)
    return ref; /* oneself: nothing to watch */
  if (options->tag != NONE)
    tag_fragment = term_copy_to_fragment (p->vm, options->tag, &tag);
  entry = process_monitor (p, other, name, numbers, options->has_alias);
  entry->tag_fragment = tag_fragment;
  entry->tag = tag;
  return ref;
}

Term
bif_monitor_3 (Process *p, Term *args)
{
  MonitorOptions options;
  guint32        numbers[3];

  if (!parse_monitor_options (args[2], &options))
    return bif_badarg_cause (p, A (badopt));
  if (args[0] == A (process))
    return monitor_process (p, args[1], &options);
  /* Time never jumps here, and there are no ports: nothing will be said. */
  if (args[0] == A (time_offset) && args[1] == A (clock_service))
    return fresh_ref (p, numbers, options.has_alias);
  if (args[0] == A (time_offset) || args[0] == A (port))
    return bif_badarg (p);
  return bif_badarg_cause (p, A (badtype));
}

Term
bif_monitor_2 (Process *p, Term *args)
{
  Term all[3] = { args[0], args[1], NIL };

  return bif_monitor_3 (p, all);
}

Term
bif_demonitor_2 (Process *p, Term *args)
{
  bool    flush = false, info = false, had;
  guint32 numbers[3];
  Term    option = args[1];
  Term    result;

  for (; term_is_list (option); option = list_tail (option))
    {
      if (list_head (option) == A (flush))
        flush = true;
      else if (list_head (option) == A (info))
        info = true;
      else
        return bif_badarg (p);
    }
  if (!term_is_nil (option) || !term_is_ref (args[0]))
    return bif_badarg (p);
  ref_get_numbers (args[0], numbers);
  had = process_demonitor (p, numbers);
  result = bool_term (had || !info);
  if (flush && !had)
    {
      Term trap_args[3] = { args[0], A (false), result };

      return trap_to (p, A (erts_internal), A (flush_monitor_messages), 3, trap_args);
    }
  return result;
}

Term
bif_demonitor_1 (Process *p, Term *args)
{
  Term all[2] = { args[0], NIL };

  return bif_demonitor_2 (p, all);
}

Term
bif_alias_1 (Process *p, Term *args)
{
  AliasMode mode = ALIAS_EXPLICIT;
  guint32   numbers[3];
  Term      option = args[0];
  Term      ref;

  for (; term_is_list (option); option = list_tail (option))
    {
      if (list_head (option) == A (explicit_unalias))
        mode = ALIAS_EXPLICIT;
      else if (list_head (option) == A (reply))
        mode = ALIAS_REPLY_DEMONITOR;
      else
        return bif_badarg (p);
    }
  if (!term_is_nil (option))
    return bif_badarg (p);
  ref = fresh_ref (p, numbers, true);
  add_alias (p, numbers, mode);
  return ref;
}

Term
bif_unalias_1 (Process *p, Term *args)
{
  guint32    numbers[3];
  LinkEntry *alias;

  if (!term_is_ref (args[0]))
    return bif_badarg (p);
  ref_get_numbers (args[0], numbers);
  alias = links_find_ref (p, LINK_ALIAS, numbers);
  if (alias == NULL)
    return A (false);
  links_remove (p, alias);
  return A (true);
}
