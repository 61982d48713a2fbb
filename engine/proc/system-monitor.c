/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/proc/system-monitor.h"

#include "engine/proc/process-table.h"
#include "engine/proc/signals.h"

/* Made when first set; never before anybody asks. */
struct _Traces
{
  Lock lock;
  /* lock: traces */
  SystemMonitor monitor;
  /* atomic */
  _Atomic gboolean is_on;
};

static struct _Traces *
peek_traces (VmMachine *vm)
{
  return __atomic_load_n (&vm->traces, __ATOMIC_ACQUIRE);
}

static struct _Traces *
get_traces (VmMachine *vm)
{
  struct _Traces *traces = peek_traces (vm), *fresh;

  if (traces != NULL)
    return traces;
  fresh = g_new0 (struct _Traces, 1);
  fresh->monitor.pid = VM_PID_NONE;
  lock_init (&fresh->lock);
  if (__atomic_compare_exchange_n (&vm->traces, &traces, fresh, false, __ATOMIC_ACQ_REL,
                                   __ATOMIC_ACQUIRE))
    return fresh;
  lock_clear (&fresh->lock);
  g_free (fresh);
  return traces;
}

void
system_monitor_get (VmMachine *vm, SystemMonitor *monitor)
{
  struct _Traces *traces = peek_traces (vm);

  *monitor = (SystemMonitor){ .pid = VM_PID_NONE };
  if (traces == NULL)
    return;
  lock_take (&traces->lock);
  *monitor = traces->monitor;
  lock_drop (&traces->lock);
  /* ERTS forgets a monitor that has ended */
  if (monitor->pid != VM_PID_NONE && process_table_lookup (vm, monitor->pid) == NULL)
    *monitor = (SystemMonitor){ .pid = VM_PID_NONE };
}

void
system_monitor_swap (VmMachine *vm, const SystemMonitor *monitor, SystemMonitor *old)
{
  struct _Traces *traces = get_traces (vm);

  if (old != NULL)
    system_monitor_get (vm, old);
  lock_take (&traces->lock);
  traces->monitor = *monitor;
  atomic_store (&traces->is_on, monitor->pid != VM_PID_NONE &&
                                  (monitor->long_gc_ms > 0 || monitor->large_heap > 0));
  lock_drop (&traces->lock);
}

void
system_monitor_free (VmMachine *vm)
{
  if (vm->traces == NULL)
    return;
  lock_clear (&vm->traces->lock);
  g_free (vm->traces);
  vm->traces = NULL;
}

/* {monitor, P, What, [{timeout, Ms},] {Key, Words}…]} */
static void
tell (Process *p, VmPid monitor, const char *what, gint64 ms)
{
  static const VmGcKey keys[] = {
    VM_GC_HEAP_SIZE,
    VM_GC_OLD_HEAP_SIZE,
    VM_GC_STACK_SIZE,
    VM_GC_MBUF_SIZE,
    VM_GC_HEAP_BLOCK_SIZE,
    VM_GC_OLD_HEAP_BLOCK_SIZE,
  };
  HeapFragment *fragment = heap_fragment_new (p->vm, 5 + 5 * (G_N_ELEMENTS (keys) + 1));
  guint64       values[VM_N_GC_KEYS];
  guint         n = G_N_ELEMENTS (keys) + (ms >= 0 ? 1 : 0);
  Term         *hp = fragment->mem + 5, list = NIL;

  gc_get_keys (&p->heap, 0, values);
  for (guint i = 0; i < n; i++, hp += 5)
    {
      bool is_key = i < G_N_ELEMENTS (keys);

      hp[0] = TUPLE_HEADER (2);
      hp[1] = atom_from_string (p->vm->atoms, is_key ? vm_gc_key_get_name (keys[i]) : "timeout");
      hp[2] = make_small (is_key ? (gint64) values[keys[i]] : ms);
      hp[3] = make_boxed (hp);
      hp[4] = list;
      list = make_list (hp + 3);
    }
  fragment->used = (gsize) (hp - fragment->mem);
  fragment->mem[0] = TUPLE_HEADER (4);
  fragment->mem[1] = A (monitor);
  fragment->mem[2] = process_pid (p);
  fragment->mem[3] = atom_from_string (p->vm->atoms, what);
  fragment->mem[4] = list;
  process_send_fragment (p->vm, p->id, monitor, make_boxed (fragment->mem), fragment);
}

void
system_monitor_collected (Process *p, gint64 took_ns)
{
  struct _Traces *traces = peek_traces (p->vm);
  SystemMonitor   monitor;
  const Heap     *heap = &p->heap;

  if (traces == NULL || !atomic_load_explicit (&traces->is_on, memory_order_relaxed))
    return;
  lock_take (&traces->lock);
  monitor = traces->monitor;
  lock_drop (&traces->lock);
  if (monitor.pid == p->id)
    return;
  if (monitor.long_gc_ms > 0 && took_ns / 1000000 > monitor.long_gc_ms)
    tell (p, monitor.pid, "long_gc", took_ns / 1000000);
  if (monitor.large_heap > 0 &&
      heap->size + (gsize) (heap->old_end - heap->old_start) >= monitor.large_heap)
    tell (p, monitor.pid, "large_heap", -1);
}
