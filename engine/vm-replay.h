/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Going back: a machine of the virtual clock that stands at an earlier moment of
 * another one's run. All a machine does follows from how it was built and from
 * what came in from outside; so a second one is built, given the same inputs at
 * the same moments, and run to where one wants to be.
 *
 * Thread: all functions that replay block; call them in a worker thread. */

#include "engine/vm-control.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What came into a machine from outside (typed text), each at its moment.
 * Immutable once taken from a machine. */
typedef struct _VmInputs VmInputs;

VmInputs *vm_inputs_ref (VmInputs *inputs);
void      vm_inputs_unref (VmInputs *inputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmInputs, vm_inputs_unref)

/* All that came in so far. (transfer full) */
VmInputs *vm_machine_dup_inputs (VmMachine *vm);

/* Lets @inputs come in by themselves at their moments: to be called once, before the
 * first command. */
void vm_machine_set_inputs (VmMachine *vm, VmInputs *inputs);

/* Builds the machine anew: paused at its beginning, with its main process, names and
 * options as the first time. Called in any thread, perhaps in two at once.
 * (transfer full) (nullable), NULL with @error set. */
typedef VmMachine *(*VmReplayBuild) (gpointer data, GError **error);

typedef struct
{
  VmReplayBuild build;
  gpointer      data;
  VmInputs     *inputs; /* (nullable) */
} VmReplay;

/* (transfer full) (nullable): the machine as it was at @moment, paused.
 * Errors: of @build; `G_IO_ERROR_CANCELLED`. */
VmMachine *vm_replay_to (const VmReplay *replay,
                         const VmMoment *moment,
                         GCancellable   *cancellable,
                         GError        **error);

/* The backward twin of a step: where was the last stop before @from that
 * vm_machine_step() with @unit and @pid would have made, or the @count-th last one? Its
 * beginning, when there were fewer. (transfer full) (nullable): as above. */
VmMachine *vm_replay_back (const VmReplay *replay,
                           const VmMoment *from,
                           VmStepUnit      unit,
                           VmPid           pid,
                           guint           count,
                           GCancellable   *cancellable,
                           GError        **error);

G_END_DECLS
