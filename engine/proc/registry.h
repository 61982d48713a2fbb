/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Registered names, machine-wide. */

#include "engine/proc/process.h"

typedef struct _Registry Registry;
Registry                *registry_new (void);
void                     registry_free (Registry *registry);

VmPid registry_lookup (VmMachine *vm, Term name); /* VM_PID_NONE: nobody. Thread: any */
/* FALSE: the name is taken, the process has one, or is gone. */
bool registry_add (VmMachine *vm, Process *by, Term name, VmPid pid);
bool registry_remove (VmMachine *vm, Process *by, Term name);
/* The name of @pid, or NONE. Thread: any. */
Term    registry_name_of (VmMachine *vm, VmPid pid);
GArray *registry_list (VmMachine *vm); /* element type Term, in order of registration */

/* --- references and unique integers --------------------------------------- */

typedef struct _RefSource RefSource;
RefSource                *ref_source_new (guint n_schedulers);
void                      ref_source_free (RefSource *refs);
/* Three fresh numbers. @p: who asks (NULL: the machine). */
void   ref_source_next (VmMachine *vm, Process *p, guint32 *numbers);
gint64 ref_source_unique (VmMachine *vm, Process *p); /* unique_integer() */
gint64 ref_source_monotonic (VmMachine *vm);          /* unique_integer([monotonic]) */

/* --- timers of send_after and start_timer --------------------------------- */

/* @message is copied. @name: an atom to look up when it fires, or NONE. */
void machine_timer_start (
  VmMachine *vm, Process *by, const guint32 *ref, gint64 at_ns, VmPid to, Term name, Term message);
/* Remaining nanoseconds, or -1: no such timer. @cancel: and takes it out. */
gint64 machine_timer_find (VmMachine *vm, Process *by, const guint32 *ref, bool cancel);
