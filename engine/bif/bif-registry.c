/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/process-util.h"

Term
bif_register_2 (Process *p, Term *args)
{
  Process *target;

  if (!term_is_atom (args[0]) || args[0] == A (undefined) || !term_is_pid (args[1]))
    return bif_badarg_cause (p, A (none));
  if (registry_add (p->vm, p, args[0], pid_number (args[1])))
    return A (true);
  target = process_table_lookup (p->vm, pid_number (args[1]));
  if (target == NULL)
    return bif_badarg_cause (p, atom_named (p, "notalive"));
  if (__atomic_load_n (&target->registered_name, __ATOMIC_RELAXED) != NONE)
    return bif_badarg_cause (p, A (registered_name));
  return bif_badarg_cause (p, A (none));
}

Term
bif_unregister_1 (Process *p, Term *args)
{
  if (!term_is_atom (args[0]) || !registry_remove (p->vm, p, args[0]))
    return bif_badarg (p);
  return A (true);
}

Term
bif_whereis_1 (Process *p, Term *args)
{
  VmPid pid;

  if (!term_is_atom (args[0]))
    return bif_badarg (p);
  pid = registry_lookup (p->vm, args[0]);
  return pid == VM_PID_NONE ? A (undefined) : make_pid (pid);
}

Term
bif_registered_0 (Process *p, Term *args)
{
  g_autoptr (GArray) names = registry_list (p->vm);

  return list_new (&p->heap, (const Term *) names->data, names->len, NIL);
}
