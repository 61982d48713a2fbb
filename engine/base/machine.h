/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The one object that all of a machine's state hangs off: a hub of pointers to
 * the subsystems, each defined by its own folder. No part of the engine has
 * globals or thread-locals; everything reaches its machine through the process
 * or scheduler it was handed. */

#include "engine/vm.h"
#include "engine/vm-control.h"

struct _VmMachine
{
  /* immutable after vm_machine_new() */
  VmOptions                options;     /* strings owned */
  struct _AtomTable       *atoms;       /* term */
  struct _Literals        *literals;    /* code */
  struct _CodeTable       *code;        /* code */
  struct _ProcessTable    *processes;   /* proc */
  struct _Registry        *registry;    /* proc: registered names */
  struct _RefSource       *refs;        /* proc: make_ref, unique_integer */
  struct _EtsStore        *ets;         /* ets */
  struct _PersistentTerms *persistent;  /* ets */
  struct _SchedulerSet    *schedulers;  /* sched: run queues, timers, clock, safepoint */
  struct _Recorder        *recorder;    /* trace */
  struct _Console         *console;     /* trace: output bytes and typed input */
  struct _Control         *control;     /* machine: commands and status */
  struct _Traces          *traces;      /* proc: system_monitor */
  struct _BifIndex        *bifs;        /* bif: rows by name */
  struct _Environment     *environment; /* bif: os:getenv and friends */
  char                    *otp_version;
  char                    *otp_root;
  VmPid                    user_pid; /* the group leader, registered as user */

  /* machine: whose collections are captured */
  struct _CollectionWatch *collection_watch;

  /* called by the parts below the ones that define them; set once by machine/ */
  const struct _MachineHooks *hooks;

  /* atomic */
  guint64 system_logger; /* who gets the emulator's own reports: a pid, the atom logger, or
                            undefined; 0: logger */
  guint64 trace_new[2];  /* proc: what is traced of processes [0] and ports [1] still to be made,
                          * as Process.trace */
  gint   is_booted;      /* the boot's processes are ready */
  gint   watches_collections;
  gint64 memory_bytes; /* held by heaps, fragments, binaries, tables */
  gint64 binary_bytes; /* of these, off-heap binaries */
  gint64 heap_bytes;   /* of these, processes' heaps, fragments and messages */
};
