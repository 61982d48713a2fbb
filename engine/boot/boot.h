/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The system's own processes: made once, before the main process. */

#include "engine/base/machine.h"
#include "engine/term/term.h"

/* Makes the boot processes of @vm (paused; nothing runs yet). */
gboolean boot_start (VmMachine *vm, GError **error);

/* The group leader of processes that the machine makes, or NONE: each is its own. */
Term boot_get_group_leader (VmMachine *vm);
