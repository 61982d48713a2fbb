/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What lower folders need from higher ones. sched/ and machine/ fill the table
 * once, before the machine runs; it is immutable from then on. */

#include "engine/base/machine.h"

struct _GcCapture;
struct _Process;

/* Called on the scheduler that owns the timer; @data belongs to the timer. */
typedef void (*TimerFunc) (VmMachine *vm, gpointer data);
typedef struct _Timer Timer;

typedef struct _MachineHooks
{
  /* @process became runnable (its state says so already): put it at the tail of
   * a run queue. @by woke it (VM_PID_NONE: a timer or the user). Thread: any. */
  void (*enqueue) (VmMachine *vm, struct _Process *process, VmPid by);

  /* Machine time: virtual, or wall since start. @process (nullable) is the one
   * running on the calling scheduler. Thread: any. */
  gint64 (*now_ns) (VmMachine *vm, struct _Process *process);

  /* Microseconds of system time, never the same twice (erlang:now/0). Thread: any. */
  gint64 (*unique_us) (VmMachine *vm, struct _Process *process);

  /* Calls @func once at or after @at_ns, on a scheduler. Ties fire in the order
   * they were set. The returned timer belongs to the caller until it fires or
   * is cancelled. Thread: any. */
  Timer *(*timer_set) (VmMachine *vm, gint64 at_ns, TimerFunc func, gpointer data);
  /* TRUE when @func will not be called any more (and was not). */
  gboolean (*timer_cancel) (VmMachine *vm, Timer *timer);

  /* Frees @data with @destroy once no scheduler can still hold a pointer that it
   * read before now (each passed a point between two slices since). Thread: any. */
  void (*retire) (VmMachine *vm, gpointer data, GDestroyNotify destroy);

  /* The program called halt, or the main process ended: stop the machine. */
  void (*halt) (VmMachine *vm, int status, const char *message);
  /* @process is the main process and ends now: its result or exception is in it. */
  void (*main_exited) (VmMachine *vm, struct _Process *process, gboolean normal);
  /* (nullable) @process exits: its tables go or change hands. Before links and monitors fire. */
  void (*ets_process_exit) (VmMachine *vm, struct _Process *process);
  /* (nullable) The boot's processes are ready. Thread: a scheduler. */
  void (*booted) (VmMachine *vm);
  /* (nullable) A module is damaged: @message says file, chunk, offset and why.
   * What called it gets undef. Thread: any scheduler. */
  void (*load_failed) (VmMachine *vm, const char *message);
  /* While vm->watches_collections: @process begins a collection; who watches it, or
   * NULL. @exact: its pc says where it is. And what came of it (@capture is given).
   * Thread: who collects. */
  struct _GcCapture *(*watch_collection) (VmMachine *vm, struct _Process *process, gboolean exact);
  void (*collection_watched) (VmMachine         *vm,
                              struct _Process   *process,
                              struct _GcCapture *capture,
                              gint64             begin_ns,
                              int                reductions);
  /* A limit was reached: pause, say which and where. Thread: any scheduler. */
  void (*limit) (VmMachine *vm, const char *message);

  /* For code below code/. The literal `fun M:F/A` (0: no room), and the entry of
   * the module's local fun with this index and uniqs (NULL: not loaded).
   * Thread: any. */
  guint64 (*external_fun) (VmMachine *vm, guint64 module, guint64 function, guint arity);
  gpointer (*fun_entry) (
    VmMachine *vm, guint64 module, guint32 index, guint32 old_uniq, const guint8 *uniq);
} MachineHooks;
