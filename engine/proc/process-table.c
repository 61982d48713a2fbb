/* SPDX-License-Identifier: Apache-2.0 */

/* All live processes, by number. Slots are found by the low bits of the number
 * and read without a lock; numbers come from a counter and skip taken slots, so
 * none is used again before the counter wraps at 28 bits. */

#include "config.h"

#include "engine/proc/process-table.h"

#include "engine/proc/registry.h"
#include "engine/proc/system-monitor.h"
#include "engine/term/term-order.h"

#define DEFAULT_LIMIT 262144
#define PID_BITS      28

struct _ProcessTable
{
  /* immutable */
  guint       limit;
  guint32     mask;
  const Cell *start_code;
  const Cell *exit_code;
  /* atomic */
  _Atomic (Process *) *slots;
  _Atomic guint        n_processes;
  /* lock: table */
  Lock    lock;
  guint32 next_pid;
};

static ProcessTable *
table_of (VmMachine *vm)
{
  return (ProcessTable *) vm->processes;
}

ProcessTable *
process_table_new (guint limit)
{
  ProcessTable *table = g_new0 (ProcessTable, 1);
  gsize         n_slots = 1024;

  table->limit = limit != 0 ? limit : DEFAULT_LIMIT;
  while (n_slots < table->limit)
    n_slots *= 2;
  table->mask = (guint32) n_slots - 1;
  table->slots = calloc (n_slots, sizeof *table->slots); /* pages come when touched */
  g_assert (table->slots != NULL);
  lock_init (&table->lock);
  return table;
}

void
process_table_free (VmMachine *vm, ProcessTable *table)
{
  for (gsize i = 0; i <= table->mask; i++)
    {
      Process *p = atomic_load (&table->slots[i]);

      if (p != NULL)
        process_free (p);
    }
  system_monitor_free (vm);
  lock_clear (&table->lock);
  free (table->slots);
  g_free (table);
}

bool
process_table_add (ProcessTable *table, Process *p)
{
  bool added = false;

  lock_take (&table->lock);
  if (atomic_load_explicit (&table->n_processes, memory_order_relaxed) < table->limit)
    {
      while (atomic_load_explicit (&table->slots[table->next_pid & table->mask],
                                   memory_order_relaxed) != NULL)
        table->next_pid = (table->next_pid + 1) & ((1u << PID_BITS) - 1);
      p->id = table->next_pid;
      table->next_pid = (table->next_pid + 1) & ((1u << PID_BITS) - 1);
      atomic_fetch_add_explicit (&table->n_processes, 1, memory_order_relaxed);
      atomic_store_explicit (&table->slots[p->id & table->mask], p, memory_order_release);
      added = true;
    }
  lock_drop (&table->lock);
  return added;
}

void
process_table_remove (ProcessTable *table, Process *p)
{
  lock_take (&table->lock);
  atomic_store_explicit (&table->slots[p->id & table->mask], NULL, memory_order_release);
  atomic_fetch_sub_explicit (&table->n_processes, 1, memory_order_relaxed);
  lock_drop (&table->lock);
}

Process *
process_table_lookup (VmMachine *vm, VmPid pid)
{
  ProcessTable *table = table_of (vm);
  Process      *p;

  if (pid == VM_PID_NONE)
    return NULL;
  p = atomic_load_explicit (&table->slots[pid & table->mask], memory_order_acquire);
  return p != NULL && p->id == pid ? p : NULL;
}

static int
compare_pids (gconstpointer a, gconstpointer b)
{
  VmPid x = *(const VmPid *) a, y = *(const VmPid *) b;

  return x < y ? -1 : x > y;
}

GArray *
process_table_list (VmMachine *vm)
{
  ProcessTable *table = table_of (vm);
  GArray       *pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  guint         n = process_table_get_count (vm);

  for (gsize i = 0; i <= table->mask && pids->len < n; i++)
    {
      Process *p = atomic_load_explicit (&table->slots[i], memory_order_acquire);

      if (p != NULL)
        g_array_append_val (pids, p->id);
    }
  g_array_sort (pids, compare_pids);
  return pids;
}

void
process_table_tell_heaps (VmMachine *vm)
{
  g_autoptr (GArray) pids = process_table_list (vm);

  for (guint i = 0; i < pids->len; i++)
    {
      Process *p = process_table_lookup (vm, g_array_index (pids, VmPid, i));

      if (p != NULL)
        process_emit (vm, NULL, p->id, VM_EVENT_HEAP, p->heap.size, 0);
    }
}

guint
process_table_get_count (VmMachine *vm)
{
  return atomic_load_explicit (&table_of (vm)->n_processes, memory_order_relaxed);
}

guint
process_table_get_limit (VmMachine *vm)
{
  return table_of (vm)->limit;
}

void
process_table_set_start_code (VmMachine *vm, const Cell *start_code, const Cell *exit_code)
{
  table_of (vm)->start_code = start_code;
  table_of (vm)->exit_code = exit_code;
}

void
process_table_get_start_code (VmMachine *vm, const Cell **start_code, const Cell **exit_code)
{
  *start_code = table_of (vm)->start_code;
  *exit_code = table_of (vm)->exit_code;
}

void
process_emit (VmMachine *vm, Process *by, VmPid pid, VmEventKind kind, guint64 a, guint64 b)
{
  if (by != NULL && by->run != NULL)
    {
      if (by->run->ring != NULL)
        event_ring_emit (by->run->ring, process_now_ns (vm, by), pid, kind, 0, a, b);
    }
  else if (vm->recorder != NULL)
    recorder_emit_outside (
      vm->recorder,
      &(VmEvent){
        .t_ns = process_now_ns (vm, NULL), .pid = pid, .kind = (guint8) kind, .a = a, .b = b });
}

guint64
process_intern_term (VmMachine *vm, Term term)
{
  GString *text;
  guint64  index;

  if (!vm->options.record_terms || vm->recorder == NULL)
    return 0;
  text = g_string_new (NULL);
  term_print (vm, text, term, 200);
  index = recorder_intern (vm->recorder, text->str);
  g_string_free (text, TRUE);
  return index;
}
