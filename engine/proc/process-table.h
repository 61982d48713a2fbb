/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/proc/process.h"
#include "engine/trace/recorder.h"

typedef struct _ProcessTable ProcessTable;

/* @limit: processes that may live at once. */
ProcessTable *process_table_new (guint limit);
/* All processes must be gone or are freed with it. */
void process_table_free (VmMachine *vm, ProcessTable *table);
/* Gives @p a number and makes it findable. FALSE: the limit is reached. */
bool process_table_add (ProcessTable *table, Process *p);
void process_table_remove (ProcessTable *table, Process *p);
/* Puts the sizes of all heaps into the recording, which begins now. All stand still. */
void  process_table_tell_heaps (VmMachine *vm);
guint process_table_get_limit (VmMachine *vm);
void  process_table_get_start_code (VmMachine *vm, const Cell **start_code, const Cell **exit_code);
/* Frees a process that is PS_FREE (or never ran). */
void process_free (Process *p);

/* Machine time for events. */
static inline gint64
process_now_ns (VmMachine *vm, Process *p)
{
  return vm->hooks != NULL && vm->hooks->now_ns != NULL ? vm->hooks->now_ns (vm, p) : 0;
}

/* Writes an event of @pid on the ring of who runs here (@by, NULL: outside schedulers). */
void process_emit (VmMachine *vm, Process *by, VmPid pid, VmEventKind kind, guint64 a, guint64 b);
/* The text of @term in the recording, 0 when terms are not kept. */
guint64 process_intern_term (VmMachine *vm, Term term);
