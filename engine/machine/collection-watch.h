/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Whose collections are captured: vm-gc-walk.h's commands, and the hooks by
 * which a collection asks. */

#include "engine/mem/gc-capture.h"
#include "engine/proc/process.h"

typedef struct _CollectionWatch CollectionWatch;

CollectionWatch *collection_watch_new (void);
void             collection_watch_free (CollectionWatch *watch);

/* MachineHooks.watch_collection and .collection_watched. Thread: who collects. */
GcCapture *collection_hook_watch (VmMachine *vm, Process *p, gboolean exact);
void       collection_hook_watched (
        VmMachine *vm, Process *p, GcCapture *capture, gint64 begin_ns, int reductions);
