/* SPDX-License-Identifier: Apache-2.0 */

/* Watching the system: system_monitor, system_profile, and nodes (there is but
 * this one). */
#include "config.h"

#include "engine/bif/process-util.h"
#include "engine/proc/system-monitor.h"

#include <string.h>

static Term
option_pair (Process *p, const char *name, guint64 value)
{
  return pair_new (p, atom_named (p, name), integer_from_u64 (&p->heap, value));
}

/* undefined, or {Pid, Options} as ERTS orders them. */
static Term
monitor_term (Process *p, const SystemMonitor *monitor)
{
  Term list = NIL;

  if (monitor->pid == VM_PID_NONE)
    return A (undefined);
  if (monitor->long_gc_ms > 0)
    list = cons_new (p, option_pair (p, "long_gc", (guint64) monitor->long_gc_ms), list);
  if (monitor->long_schedule_ms > 0)
    list =
      cons_new (p, option_pair (p, "long_schedule", (guint64) monitor->long_schedule_ms), list);
  if (monitor->large_heap > 0)
    list = cons_new (p, option_pair (p, "large_heap", monitor->large_heap), list);
  if (monitor->busy_port)
    list = cons_new (p, atom_named (p, "busy_port"), list);
  if (monitor->busy_dist_port)
    list = cons_new (p, atom_named (p, "busy_dist_port"), list);
  return pair_new (p, make_pid (monitor->pid), list);
}

static bool
parse_pair (Process *p, Term option, SystemMonitor *monitor)
{
  const char *name;
  guint64     value;

  if (!term_is_tuple_of (option, 2) || !term_is_atom (tuple_elements (option)[0]) ||
      !integer_to_u64 (tuple_elements (option)[1], &value) || value > G_MAXINT64)
    return false;
  name = atom_name (p->vm->atoms, tuple_elements (option)[0], NULL);
  if (strcmp (name, "long_gc") == 0)
    monitor->long_gc_ms = (gint64) MAX (value, 1);
  else if (strcmp (name, "long_schedule") == 0)
    monitor->long_schedule_ms = (gint64) MAX (value, 1);
  else if (strcmp (name, "large_heap") == 0)
    monitor->large_heap = MAX (value, LARGE_HEAP_LEAST);
  else
    return false;
  return true;
}

static bool
parse_options (Process *p, Term options, SystemMonitor *monitor)
{
  for (; term_is_list (options); options = list_tail (options))
    {
      Term        option = list_head (options);
      const char *name = term_is_atom (option) ? atom_name (p->vm->atoms, option, NULL) : "";

      if (strcmp (name, "busy_port") == 0)
        monitor->busy_port = true;
      else if (strcmp (name, "busy_dist_port") == 0)
        monitor->busy_dist_port = true;
      else if (!parse_pair (p, option, monitor))
        return false;
    }
  return term_is_nil (options);
}

static Term
set_monitor (Process *p, Term who, Term options)
{
  SystemMonitor monitor = { .pid = VM_PID_NONE }, old;
  bool          is_none = who == A (undefined) || term_is_nil (options);

  if (!is_none)
    {
      if (!term_is_pid (who) || process_table_lookup (p->vm, pid_number (who)) == NULL ||
          !parse_options (p, options, &monitor))
        return bif_badarg (p);
      monitor.pid = pid_number (who);
    }
  system_monitor_swap (p->vm, &monitor, &old);
  return monitor_term (p, &old);
}

Term
bif_system_monitor_0 (Process *p, Term *args)
{
  SystemMonitor monitor;

  system_monitor_get (p->vm, &monitor);
  return monitor_term (p, &monitor);
}

Term
bif_system_monitor_1 (Process *p, Term *args)
{
  if (args[0] == A (undefined))
    return set_monitor (p, args[0], NIL);
  if (!term_is_tuple_of (args[0], 2))
    return bif_badarg (p);
  return set_monitor (p, tuple_elements (args[0])[0], tuple_elements (args[0])[1]);
}

Term
bif_system_monitor_2 (Process *p, Term *args)
{
  return set_monitor (p, args[0], args[1]);
}

/* --- system_profile: nobody is ever told; the recording is there for that ------------ */

Term
bif_system_profile_0 (Process *p, Term *args)
{
  return A (undefined);
}

Term
bif_system_profile_2 (Process *p, Term *args)
{
  static const char *const options[] = {
    "runnable_procs",
    "runnable_ports",
    "exclusive",
    "scheduler",
    "timestamp",
    "monotonic_timestamp",
    "strict_monotonic_timestamp",
  };
  Term t = args[1];

  if (args[0] != A (undefined) && !term_is_pid (args[0]))
    return bif_badarg (p);
  for (; term_is_list (t); t = list_tail (t))
    {
      bool known = false;

      for (guint i = 0; i < G_N_ELEMENTS (options); i++)
        known |= list_head (t) == atom_named (p, options[i]);
      if (!known)
        return bif_badarg (p);
    }
  return term_is_nil (t) || args[0] == A (undefined) ? A (undefined) : bif_badarg (p);
}

/* --- nodes ----------------------------------------------------------------------------- */

/* monitor_node(Node, Bool): others cannot be reached from a node without a name. */
Term
bif_monitor_node_2 (Process *p, Term *args)
{
  if (!term_is_atom (args[0]) || (args[1] != A (true) && args[1] != A (false)))
    return bif_badarg (p);
  if (args[0] == A (nonode_nohost))
    return A (true);
  return bif_error (p, atom_named (p, "notalive"));
}

Term
bif_monitor_node_3 (Process *p, Term *args)
{
  for (Term t = args[2]; !term_is_nil (t); t = list_tail (t))
    if (!term_is_list (t) || list_head (t) != atom_named (p, "allow_passive_connect"))
      return bif_badarg (p);
  return bif_monitor_node_2 (p, args);
}
