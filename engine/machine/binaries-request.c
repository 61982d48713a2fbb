/* SPDX-License-Identifier: Apache-2.0 */

/* vm-binaries.h: asked for by anybody, made by the driver while all stand still. */
#include "config.h"

#include "engine/machine/control-private.h"
#include "engine/view/binaries.h"

void
control_serve_binaries (Control *control)
{
  VmBinaries *binaries, *old;
  gboolean    wanted;
  guint64     serial;
  VmStatus    status;

  lock_take (&control->lock);
  wanted = control->wants_binaries;
  control->wants_binaries = FALSE;
  serial = control->binaries_request_serial;
  lock_drop (&control->lock);
  if (!wanted)
    return;

  vm_machine_get_status (control->vm, &status);
  binaries = binaries_make (control->vm, &status, names_of);

  lock_take (&control->lock);
  old = control->binaries;
  control->binaries = binaries;
  control->binaries_serial = serial;
  pthread_cond_broadcast (&control->cond);
  lock_drop (&control->lock);
  vm_binaries_unref (old);
}

static guint64
request (VmMachine *vm)
{
  Control *control = vm->control;
  guint64  serial;

  lock_take (&control->lock);
  control->wants_binaries = TRUE;
  serial = ++control->binaries_request_serial;
  lock_drop (&control->lock);
  scheduler_set_request (vm->schedulers);
  return serial;
}

void
vm_machine_request_binaries (VmMachine *vm)
{
  g_return_if_fail (vm != NULL);

  request (vm);
}

VmBinaries *
vm_machine_take_binaries (VmMachine *vm)
{
  VmBinaries *binaries;

  g_return_val_if_fail (vm != NULL, NULL);

  lock_take (&vm->control->lock);
  binaries = g_steal_pointer (&vm->control->binaries);
  lock_drop (&vm->control->lock);
  return binaries;
}

VmBinaries *
vm_machine_wait_binaries (VmMachine *vm)
{
  Control    *control;
  guint64     serial;
  VmBinaries *binaries;

  g_return_val_if_fail (vm != NULL, NULL);

  control = vm->control;
  serial = request (vm);
  lock_take (&control->lock);
  while (control->binaries == NULL || control->binaries_serial < serial)
    pthread_cond_wait (&control->cond, &control->lock.mutex);
  binaries = g_steal_pointer (&control->binaries);
  lock_drop (&control->lock);
  return binaries;
}
