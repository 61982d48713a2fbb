/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The machine's state of running: commands, stops, results, lab names. */

#include "engine/machine/condition.h"
#include "engine/sched/scheduler.h"
#include "engine/vm-snapshot.h"

typedef struct _Control Control;

Control *control_new (VmMachine *vm);
void     control_free (Control *control);

/* The callbacks the schedulers are given. */
void control_fill_ops (VmMachine *vm, SchedulerOps *ops);
/* The entries of MachineHooks that end or stop the machine. */
void control_hook_halt (VmMachine *vm, int status, const char *message);
void control_hook_main_exited (VmMachine *vm, Process *process, gboolean normal);
void control_hook_limit (VmMachine *vm, const char *message);

/* Typed text for the virtual clock, NULL: its end; the driver hands it on. Thread: any. */
void     control_feed (Control *control, GBytes *text);
gsize    control_get_n_typed (Control *control);
gboolean control_is_finished (VmMachine *vm);
void     control_set_main (VmMachine *vm, VmPid pid);
VmPid    control_get_main (VmMachine *vm);

static inline guint64
control_process_reductions (Process *p)
{
  gint64 used = p->run != NULL ? p->run->slice_begin_reds - p->fcalls - p->virtual_reds : 0;
  return p->reductions + (guint64) MAX (used, 0);
}

/* --- names.c ------------------------------------------------------------------ */

typedef struct
{
  char *name;
  char *module, *function; /* NULL: the main process */
  guint arity, nth, seen;
  VmPid pid;
} NameRule;

/* Gives @p its lab name if it is the one a rule means. Thread: any scheduler. */
void names_spawned (VmMachine *vm, Process *p);
/* The process of a lab name, or VM_PID_NONE. Thread: any. */
VmPid names_lookup (VmMachine *vm, const char *name);
/* (nullable) (transfer full) */
char *names_of (VmMachine *vm, VmPid pid);
void  names_set_main (VmMachine *vm, VmPid pid);
void  name_rule_clear (gpointer rule);

/* --- failure.c ---------------------------------------------------------------- */

/* (transfer full): what a shell would say of the exit reason @reason. */
char *failure_format (VmMachine *vm, Term reason);

/* --- otp.c -------------------------------------------------------------------- */

/* (transfer full) (nullable): the OTP installation's root. */
char *otp_find (const char *wanted, GError **error);
char *otp_get_version (const char *root, GError **error);
/* Puts its libraries' ebin folders behind what is on the code path. */
void otp_add_paths (VmMachine *vm, const char *root);

/* MachineHooks.booted, and what waits for it. Errors: `VM_ERROR_NOT_FOUND`. */
void     control_hook_booted (VmMachine *vm);
gboolean control_run_boot (VmMachine *vm, GError **error);
