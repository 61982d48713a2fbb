/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/view/snapshot.h"
#include "engine/vm-binaries.h"

/* Thread: the driver, all stand still. (transfer full) */
VmBinaries *binaries_make (VmMachine *vm, const VmStatus *status, SnapshotNameFunc name_of);
