/* SPDX-License-Identifier: Apache-2.0 */

/* vm-gc-walk.h: captured collections as data. */
#include "config.h"

#include "engine/vm-gc-walk.h"

VmGcWalk *
vm_gc_walk_ref (VmGcWalk *collection)
{
  g_atomic_ref_count_inc (&collection->ref_count);
  return collection;
}

void
vm_gc_walk_unref (VmGcWalk *collection)
{
  if (collection == NULL || !g_atomic_ref_count_dec (&collection->ref_count))
    return;
  for (guint i = 0; i < VM_N_SPACES; i++)
    g_free ((gpointer) collection->spaces[i].words);
  g_free ((gpointer) collection->roots);
  g_free ((gpointer) collection->stack_names);
  g_free ((gpointer) collection->actions);
  g_free ((gpointer) collection->decisions);
  g_string_chunk_free (collection->strings);
  g_free (collection);
}

static const char *const space_names[] = {
#define X(name, text) [VM_SPACE_##name] = text,
  VM_SPACES (X)
#undef X
};
static const char *const action_names[] = {
#define X(name, text) [VM_GC_ACTION_##name] = text,
  VM_GC_ACTIONS (X)
#undef X
};
static const char *const decision_names[] = {
#define X(name, text) [VM_GC_DECISION_##name] = text,
  VM_GC_DECISIONS (X)
#undef X
};

const char *
vm_space_get_name (VmSpace space)
{
  g_return_val_if_fail (space < VM_N_SPACES, NULL);
  return space_names[space];
}

const char *
vm_gc_action_get_name (VmGcActionKind kind)
{
  g_return_val_if_fail (kind < VM_N_GC_ACTIONS, NULL);
  return action_names[kind];
}

const char *
vm_gc_decision_get_name (VmGcDecisionKind kind)
{
  g_return_val_if_fail (kind < VM_N_GC_DECISIONS, NULL);
  return decision_names[kind];
}
