/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* erlang:system_monitor/2: who is told of long collections and large heaps. */

#include "engine/proc/process.h"

#define LARGE_HEAP_LEAST 16384 /* words; ERTS takes no less */

typedef struct
{
  VmPid   pid;        /* VM_PID_NONE: nobody */
  gint64  long_gc_ms; /* 0: not told; so are the others */
  gint64  long_schedule_ms;
  guint64 large_heap;                /* words */
  bool    busy_port, busy_dist_port; /* kept, never told: there are no ports */
} SystemMonitor;

/* Thread: any. */
void system_monitor_get (VmMachine *vm, SystemMonitor *monitor);
/* Takes @monitor's place; *@old (nullable) gets what was. Thread: any. */
void system_monitor_swap (VmMachine *vm, const SystemMonitor *monitor, SystemMonitor *old);
void system_monitor_free (VmMachine *vm);

/* After a collection of the running process @p that took @took_ns. */
void system_monitor_collected (Process *p, gint64 took_ns);
