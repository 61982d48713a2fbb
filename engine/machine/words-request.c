/* SPDX-License-Identifier: Apache-2.0 */

/* vm-words.h: asked for by anybody, made by the driver while all stand still. */
#include "config.h"

#include "engine/machine/control-private.h"

void
control_serve_words (Control *control)
{
  VmWordsRequest request;
  VmWords       *words, *old;
  guint64        serial;
  VmStatus       status;

  lock_take (&control->lock);
  if (!control->wants_words)
    {
      lock_drop (&control->lock);
      return;
    }
  control->wants_words = FALSE;
  request = control->words_request;
  serial = control->words_request_serial;
  lock_drop (&control->lock);

  vm_machine_get_status (control->vm, &status);
  words = words_make (control->vm, &request, &status, &control->words_index);

  lock_take (&control->lock);
  old = control->words;
  control->words = words;
  control->words_serial = serial;
  pthread_cond_broadcast (&control->cond);
  lock_drop (&control->lock);
  vm_words_unref (old);
}

void
control_clear_words (Control *control)
{
  g_clear_pointer (&control->words, vm_words_unref);
  g_clear_pointer (&control->words_index, words_index_free);
}

static guint64
request (VmMachine *vm, const VmWordsRequest *words_request)
{
  Control *control = vm->control;
  guint64  serial;

  lock_take (&control->lock);
  control->words_request = *words_request;
  control->wants_words = TRUE;
  serial = ++control->words_request_serial;
  lock_drop (&control->lock);
  scheduler_set_request (vm->schedulers);
  return serial;
}

void
vm_machine_request_words (VmMachine *vm, const VmWordsRequest *words_request)
{
  g_return_if_fail (vm != NULL && words_request != NULL);

  request (vm, words_request);
}

VmWords *
vm_machine_take_words (VmMachine *vm)
{
  VmWords *words;

  g_return_val_if_fail (vm != NULL, NULL);

  lock_take (&vm->control->lock);
  words = g_steal_pointer (&vm->control->words);
  lock_drop (&vm->control->lock);
  return words;
}

VmWords *
vm_machine_wait_words (VmMachine *vm, const VmWordsRequest *words_request)
{
  Control *control;
  guint64  serial;
  VmWords *words;

  g_return_val_if_fail (vm != NULL && words_request != NULL, NULL);

  control = vm->control;
  serial = request (vm, words_request);
  lock_take (&control->lock);
  while (control->words == NULL || control->words_serial < serial)
    pthread_cond_wait (&control->cond, &control->lock.mutex);
  words = g_steal_pointer (&control->words);
  lock_drop (&control->lock);
  return words;
}
