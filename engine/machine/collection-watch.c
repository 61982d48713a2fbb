/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/machine/collection-watch.h"

#include "engine/base/lock.h"
#include "engine/interp/interp.h"
#include "engine/machine/control.h"
#include "engine/proc/process-table.h"
#include "engine/term/term-order.h"

#include <string.h>

struct _CollectionWatch
{
  Lock lock;
  /* lock: this one */
  char     *who; /* NULL: nobody */
  VmPid     pid; /* what `who` says as a pid, or VM_PID_NONE */
  guint64   number;
  VmGcWalk *newest;
};

CollectionWatch *
collection_watch_new (void)
{
  CollectionWatch *watch = g_new0 (CollectionWatch, 1);

  lock_init (&watch->lock);
  return watch;
}

void
collection_watch_free (CollectionWatch *watch)
{
  if (watch == NULL)
    return;
  vm_gc_walk_unref (watch->newest);
  g_free (watch->who);
  lock_clear (&watch->lock);
  g_free (watch);
}

void
vm_machine_watch_collections (VmMachine *vm, const char *who, guint64 number)
{
  CollectionWatch *watch = vm->collection_watch;

  lock_take (&watch->lock);
  g_free (watch->who);
  watch->who = g_strdup (who);
  watch->number = number;
  if (who == NULL || !vm_pid_parse (who, &watch->pid))
    watch->pid = VM_PID_NONE;
  g_clear_pointer (&watch->newest, vm_gc_walk_unref);
  __atomic_store_n (&vm->watches_collections, who != NULL, __ATOMIC_RELAXED);
  lock_drop (&watch->lock);
}

VmGcWalk *
vm_machine_take_gc_walk (VmMachine *vm)
{
  VmGcWalk *newest;

  lock_take (&vm->collection_watch->lock);
  newest = g_steal_pointer (&vm->collection_watch->newest);
  lock_drop (&vm->collection_watch->lock);
  return newest;
}

/* --- the hooks ------------------------------------------------------------------ */

static gboolean
is_meant_locked (const CollectionWatch *watch, Process *p, guint64 number)
{
  if (watch->who == NULL || (watch->number != 0 && watch->number != number))
    return FALSE;
  if (watch->pid != VM_PID_NONE)
    return watch->pid == p->id;
  return names_lookup (p->vm, watch->who) == p->id ||
         (p->registered_name != NONE &&
          strcmp (atom_name (p->vm->atoms, p->registered_name, NULL), watch->who) == 0);
}

static char *
format_mfa (VmMachine *vm, const Module *module, const FunctionInfo *function)
{
  g_autoptr (GString) out = g_string_new (NULL);

  term_print (vm, out, module->name, 0);
  g_string_append_c (out, ':');
  term_print (vm, out, function->name, 0);
  g_string_append_printf (out, "/%u", function->arity);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct
{
  VmMachine *vm;
  GcCapture *capture;
  char      *function; /* (nullable): whose the next slots are */
} NameWalk;

static bool
name_slots (
  const Module *module, const Cell *return_address, Term *slots, guint n_slots, gpointer data)
{
  NameWalk           *walk = data;
  const FunctionInfo *function =
    module != NULL ? module_find_function (module, return_address - 1) : NULL;
  g_autofree char *back = NULL;

  for (guint i = 0; i < n_slots; i++)
    {
      g_autofree char *name = walk->function != NULL
                                ? g_strdup_printf ("y%u of %s", i, walk->function)
                                : g_strdup_printf ("y%u", i);

      gc_capture_name_slot (walk->capture, name);
    }
  g_free (walk->function);
  walk->function = function != NULL ? format_mfa (walk->vm, module, function) : NULL;
  back = walk->function != NULL ? g_strdup_printf ("return to %s", walk->function)
                                : g_strdup ("end of the stack");
  gc_capture_name_slot (walk->capture, back);
  return true;
}

static void
describe (VmMachine *vm, Process *p, GcCapture *capture, gboolean exact)
{
  Module             *module = NULL;
  const FunctionInfo *function = exact ? interp_current_function (p, &module) : NULL;
  const LineEntry    *line = function != NULL ? module_find_line (module, p->pc) : NULL;
  NameWalk            walk = { vm, capture, NULL };

  if (function != NULL)
    {
      gboolean has_line = line != NULL && line->line != 0 && line->file < module->n_files;

      walk.function = format_mfa (vm, module, function);
      gc_capture_set_place (capture, walk.function, has_line ? module->files[line->file] : NULL,
                            has_line ? line->line : 0);
    }
  interp_walk_stack (p, name_slots, &walk);
  g_free (walk.function);
}

GcCapture *
collection_hook_watch (VmMachine *vm, Process *p, gboolean exact)
{
  CollectionWatch *watch = vm->collection_watch;
  guint64          number = (guint64) p->heap.n_minor + p->heap.n_major + 1;
  GcCapture       *capture = NULL;
  char             text[32];

  lock_take (&watch->lock);
  if (is_meant_locked (watch, p, number))
    capture = gc_capture_new (
      vm, p->id, watch->pid == VM_PID_NONE ? watch->who : vm_pid_format (p->id, text), number);
  lock_drop (&watch->lock);
  if (capture != NULL)
    describe (vm, p, capture, exact);
  return capture;
}

void
collection_hook_watched (
  VmMachine *vm, Process *p, GcCapture *capture, gint64 begin_ns, int reductions)
{
  CollectionWatch *watch = vm->collection_watch;
  gint64           end_ns = vm->hooks->now_ns (vm, p);
  VmGcWalk        *made, *old;

  /* virtual: its reductions, charged later, are its time */
  if (p->run != NULL && p->run->is_virtual)
    end_ns += (gint64) MAX (reductions, 0) * p->run->ns_per_reduction;
  made = gc_capture_end (capture, &p->heap, begin_ns, end_ns, reductions);
  if (made == NULL)
    return;
  lock_take (&watch->lock);
  old = watch->newest;
  watch->newest = made;
  lock_drop (&watch->lock);
  vm_gc_walk_unref (old);
}
