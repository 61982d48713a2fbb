/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/proc/registry.h"

#include "engine/proc/process-table.h"
#include "engine/proc/signals.h"

typedef struct
{
  Term    name;
  VmPid   pid;
  guint64 serial;
} Registration;

struct _Registry
{
  /* lock: registry */
  Lock        lock;
  GHashTable *by_name; /* Term → Registration */
  GHashTable *by_pid;
  guint64     serial;
};

static Registry *
registry_of (VmMachine *vm)
{
  return (Registry *) vm->registry;
}

Registry *
registry_new (void)
{
  Registry *registry = g_new0 (Registry, 1);

  lock_init (&registry->lock);
  registry->by_name = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  registry->by_pid = g_hash_table_new (NULL, NULL);
  return registry;
}

void
registry_free (Registry *registry)
{
  g_hash_table_unref (registry->by_pid);
  g_hash_table_unref (registry->by_name);
  lock_clear (&registry->lock);
  g_free (registry);
}

static gpointer
key_of_pid (VmPid pid)
{
  return GUINT_TO_POINTER (pid + 1);
}

VmPid
registry_lookup (VmMachine *vm, Term name)
{
  Registry     *registry = registry_of (vm);
  Registration *entry;
  VmPid         pid;

  lock_take (&registry->lock);
  entry = g_hash_table_lookup (registry->by_name, (gpointer) name);
  pid = entry != NULL ? entry->pid : VM_PID_NONE;
  lock_drop (&registry->lock);
  return pid;
}

Term
registry_name_of (VmMachine *vm, VmPid pid)
{
  Registry     *registry = registry_of (vm);
  Registration *entry;
  Term          name;

  lock_take (&registry->lock);
  entry = g_hash_table_lookup (registry->by_pid, key_of_pid (pid));
  name = entry != NULL ? entry->name : NONE;
  lock_drop (&registry->lock);
  return name;
}

static guint64
intern_name (VmMachine *vm, Term name)
{
  return vm->recorder != NULL ? recorder_intern (vm->recorder, atom_name (vm->atoms, name, NULL))
                              : 0;
}

bool
registry_add (VmMachine *vm, Process *by, Term name, VmPid pid)
{
  Registry *registry = registry_of (vm);
  Process  *target;
  bool      ok;

  lock_take (&registry->lock);
  target = process_table_lookup (vm, pid);
  /* The exiting bit is set before the name is taken away, under this lock. */
  ok = target != NULL && (atomic_load (&target->state) & (PS_EXITING | PS_FREE)) == 0 &&
       g_hash_table_lookup (registry->by_name, (gpointer) name) == NULL &&
       g_hash_table_lookup (registry->by_pid, key_of_pid (pid)) == NULL;
  if (ok)
    {
      Registration *entry = g_new (Registration, 1);

      *entry = (Registration){ name, pid, ++registry->serial };
      g_hash_table_insert (registry->by_name, (gpointer) name, entry);
      g_hash_table_insert (registry->by_pid, key_of_pid (pid), entry);
      __atomic_store_n (&target->registered_name, name, __ATOMIC_RELAXED);
    }
  lock_drop (&registry->lock);
  if (ok)
    {
      process_emit (vm, by, pid, VM_EVENT_REGISTER, intern_name (vm, name), 0);
      if (vm->recorder != NULL)
        recorder_name_process (vm->recorder, pid, atom_name (vm->atoms, name, NULL),
                               EVENT_MFA (atom_index (target->initial_module),
                                          atom_index (target->initial_function),
                                          target->initial_arity));
    }
  return ok;
}

bool
registry_remove (VmMachine *vm, Process *by, Term name)
{
  Registry     *registry = registry_of (vm);
  Registration *entry;
  Process      *target;
  VmPid         pid = VM_PID_NONE;

  lock_take (&registry->lock);
  entry = g_hash_table_lookup (registry->by_name, (gpointer) name);
  if (entry != NULL)
    {
      pid = entry->pid;
      target = process_table_lookup (vm, pid);
      if (target != NULL)
        __atomic_store_n (&target->registered_name, NONE, __ATOMIC_RELAXED);
      g_hash_table_remove (registry->by_pid, key_of_pid (pid));
      g_hash_table_remove (registry->by_name, (gpointer) name);
    }
  lock_drop (&registry->lock);
  if (entry == NULL)
    return false;
  process_emit (vm, by, pid, VM_EVENT_UNREGISTER, intern_name (vm, name), 0);
  return true;
}

static int
compare_serials (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const Registration *) a)->serial, y = ((const Registration *) b)->serial;

  return x < y ? -1 : x > y;
}

GArray *
registry_list (VmMachine *vm)
{
  Registry      *registry = registry_of (vm);
  GArray        *entries = g_array_new (FALSE, FALSE, sizeof (Registration));
  GArray        *names = g_array_new (FALSE, FALSE, sizeof (Term));
  GHashTableIter iter;
  gpointer       value;

  lock_take (&registry->lock);
  g_hash_table_iter_init (&iter, registry->by_name);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_vals (entries, value, 1);
  lock_drop (&registry->lock);
  g_array_sort (entries, compare_serials);
  for (guint i = 0; i < entries->len; i++)
    g_array_append_val (names, g_array_index (entries, Registration, i).name);
  g_array_unref (entries);
  return names;
}
