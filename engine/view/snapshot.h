/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Making pictures of a machine: copies, while all schedulers stand still, what
 * was asked for and no more. */

#include "engine/proc/process.h"
#include "engine/vm-snapshot.h"

/* The name a lab gave to a process, (transfer full) (nullable). */
typedef char *(*SnapshotNameFunc) (VmMachine *vm, VmPid pid);

/* Thread: the driver, all stand still. Cost: bounded by the request's limits.
 * (transfer full) */
VmSnapshot *snapshot_make (VmMachine               *vm,
                           const VmSnapshotRequest *request,
                           const VmStatus          *status,
                           SnapshotNameFunc         name_of);
