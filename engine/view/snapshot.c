/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/view/snapshot-private.h"

#include "engine/proc/links.h"
#include "engine/proc/registry.h"
#include "engine/sched/scheduler.h"
#include "engine/term/term-order.h"

#include <string.h>

#define DEFAULT_PROCESSES   2000
#define MAX_EDGES_A_PROCESS 200
#define MAX_QUEUE           200
#define MAX_GAPS            4 /* numbers looked up for each process that is wanted */

/* --- building blocks ---------------------------------------------------------- */

const char *
snapshot_text (SnapshotBuilder *builder, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (builder->strings, text) : NULL;
}

const char *
snapshot_term (SnapshotBuilder *builder, Term term)
{
  g_autoptr (GString) out = g_string_new (NULL);

  term_print (builder->vm, out, term, TEXT_CHARS);
  if (g_utf8_strlen (out->str, -1) > TEXT_CHARS)
    {
      g_string_truncate (out,
                         (gsize) (g_utf8_offset_to_pointer (out->str, TEXT_CHARS - 1) - out->str));
      g_string_append (out, "…");
    }
  return g_string_chunk_insert (builder->strings, out->str);
}

const char *
snapshot_mfa (SnapshotBuilder *builder, Term module, Term function, guint arity)
{
  g_autoptr (GString) out = g_string_new (NULL);

  term_print (builder->vm, out, module, 0);
  g_string_append_c (out, ':');
  term_print (builder->vm, out, function, 0);
  g_string_append_printf (out, "/%u", arity);
  return snapshot_text (builder, out->str);
}

gconstpointer
snapshot_array (GArray *array, guint *n)
{
  *n = array->len;
  return g_array_free (array, array->len == 0);
}

/* --- which processes ------------------------------------------------------------ */

static int
compare_pids (gconstpointer a, gconstpointer b)
{
  VmPid x = *(const VmPid *) a, y = *(const VmPid *) b;

  return x < y ? -1 : x > y;
}

static void
take_pid (GHashTable *taken, GArray *chosen, VmPid pid, guint max)
{
  if (pid != VM_PID_NONE && chosen->len < max && g_hash_table_add (taken, GUINT_TO_POINTER (pid)))
    g_array_append_val (chosen, pid);
}

/* The lowest numbers, one by one: among very many processes that finds enough of
 * the oldest without a look at all. FALSE: they lie too far apart. */
static gboolean
take_lowest (SnapshotBuilder *builder, GHashTable *taken, GArray *chosen, guint max)
{
  for (VmPid pid = 0; pid < max * MAX_GAPS && chosen->len < max; pid++)
    if (process_table_lookup (builder->vm, pid) != NULL)
      take_pid (taken, chosen, pid, max);
  return chosen->len >= max;
}

/* The focus and the registered first, then the oldest. */
static GArray *
choose_processes (SnapshotBuilder *builder)
{
  guint max =
    builder->request->max_processes != 0 ? builder->request->max_processes : DEFAULT_PROCESSES;
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) names = NULL;
  GArray *chosen;

  if (process_table_get_count (builder->vm) <= max)
    return process_table_list (builder->vm);
  chosen = g_array_new (FALSE, FALSE, sizeof (VmPid));
  take_pid (taken, chosen, builder->request->focus, max);
  names = registry_list (builder->vm);
  for (guint i = 0; i < names->len; i++)
    take_pid (taken, chosen, registry_lookup (builder->vm, g_array_index (names, Term, i)), max);
  if (!take_lowest (builder, taken, chosen, max))
    all = process_table_list (builder->vm);
  for (guint i = 0; all != NULL && i < all->len; i++)
    take_pid (taken, chosen, g_array_index (all, VmPid, i), max);
  g_array_sort (chosen, compare_pids);
  return chosen;
}

static void
add_edge (GArray *edges, VmEdgeKind kind, VmPid from, VmPid to)
{
  VmEdge edge = { kind, from, to };

  g_array_append_val (edges, edge);
}

static void
add_edges (SnapshotBuilder *builder, Process *p, GArray *edges)
{
  guint n = 0;

  if (p->parent != VM_PID_NONE && process_table_lookup (builder->vm, p->parent) != NULL)
    add_edge (edges, VM_EDGE_PARENT, p->parent, p->id);
  for (LinkEntry *e = p->links != NULL ? p->links->first : NULL;
       e != NULL && n < MAX_EDGES_A_PROCESS; e = e->next, n++)
    {
      if (e->kind == LINK_LINK && e->unlink_id == 0 && p->id < e->other)
        add_edge (edges, VM_EDGE_LINK, p->id, e->other);
      else if (e->kind == LINK_MONITOR && e->other != VM_PID_NONE)
        add_edge (edges, VM_EDGE_MONITOR, p->id, e->other);
    }
}

static void
add_processes (SnapshotBuilder *builder)
{
  g_autoptr (GArray) pids = choose_processes (builder);
  GArray     *infos = g_array_new (FALSE, TRUE, sizeof (VmProcessInfo));
  GArray     *edges = g_array_new (FALSE, FALSE, sizeof (VmEdge));
  VmSnapshot *snapshot = builder->snapshot;

  for (guint i = 0; i < pids->len; i++)
    {
      Process      *p = process_table_lookup (builder->vm, g_array_index (pids, VmPid, i));
      VmProcessInfo info = { 0 };

      if (p == NULL)
        continue;
      snapshot_fill_process (builder, p, &info);
      snapshot->total_words += info.heap.young_block + info.heap.old_block + info.heap.fragments;
      snapshot->binary_bytes += info.heap.offheap_bytes;
      g_array_append_val (infos, info);
      add_edges (builder, p, edges);
    }
  snapshot->processes = snapshot_array (infos, &snapshot->n_processes);
  snapshot->edges = snapshot_array (edges, &snapshot->n_edges);
}

static void
add_schedulers (SnapshotBuilder *builder)
{
  SchedulerSet *set = builder->vm->schedulers;
  GArray       *infos = g_array_new (FALSE, TRUE, sizeof (VmSchedulerInfo));

  for (guint id = 1; id <= scheduler_set_get_n (set); id++)
    {
      GArray         *queue = g_array_new (FALSE, FALSE, sizeof (VmPid));
      VmSchedulerInfo info = { .id = id };
      SchedulerView   view;

      scheduler_set_view (set, id, &view);
      scheduler_set_list_queue (set, id, MAX_QUEUE, queue);
      info.is_running = view.current != NULL;
      info.current = view.current != NULL ? view.current->id : VM_PID_NONE;
      info.reductions_left = view.current != NULL ? (guint) MAX (view.current->fcalls, 0) : 0;
      info.time_ns = view.time_ns;
      info.n_reductions = view.n_reductions;
      info.queue_length = view.queue_length;
      info.queue = snapshot_array (queue, &info.n_queue);
      g_array_append_val (infos, info);
    }
  builder->snapshot->schedulers = snapshot_array (infos, &builder->snapshot->n_schedulers);
}

VmSnapshot *
snapshot_make (VmMachine               *vm,
               const VmSnapshotRequest *request,
               const VmStatus          *status,
               SnapshotNameFunc         name_of)
{
  VmSnapshot     *snapshot = g_new0 (VmSnapshot, 1);
  SnapshotBuilder builder = { .vm = vm, .snapshot = snapshot, .request = request };

  g_atomic_ref_count_init (&snapshot->ref_count);
  snapshot->strings = builder.strings = g_string_chunk_new (4096);
  builder.name_of = name_of;
  builder.initial_call = atom_from_string (vm->atoms, "$initial_call");
  builder.process_label = atom_from_string (vm->atoms, "$process_label");
  snapshot->status = *status;
  snapshot->otp_version = snapshot_text (&builder, vm->otp_version);
  add_processes (&builder);
  add_schedulers (&builder);
  if (request->focus != VM_PID_NONE)
    {
      VmProcessDetail *detail = g_new0 (VmProcessDetail, 1);
      snapshot_fill_detail (&builder, request->focus, detail);
      snapshot->focus = detail;
    }
  return snapshot;
}

/* --- vm-snapshot.h ---------------------------------------------------------------- */

VmSnapshot *
vm_snapshot_ref (VmSnapshot *snapshot)
{
  g_atomic_ref_count_inc (&snapshot->ref_count);
  return snapshot;
}

static void
free_detail (const VmProcessDetail *detail)
{
  for (guint i = 0; i < detail->n_frames; i++)
    g_free ((gpointer) detail->frames[i].slots);
  g_free ((gpointer) detail->frames);
  g_free ((gpointer) detail->registers);
  g_free ((gpointer) detail->messages);
  g_free ((gpointer) detail->dictionary);
  g_free ((gpointer) detail->instructions);
  g_free ((gpointer) detail);
}

void
vm_snapshot_unref (VmSnapshot *snapshot)
{
  if (snapshot == NULL || !g_atomic_ref_count_dec (&snapshot->ref_count))
    return;
  for (guint i = 0; i < snapshot->n_schedulers; i++)
    g_free ((gpointer) snapshot->schedulers[i].queue);
  if (snapshot->focus != NULL)
    free_detail (snapshot->focus);
  g_free ((gpointer) snapshot->processes);
  g_free ((gpointer) snapshot->edges);
  g_free ((gpointer) snapshot->schedulers);
  g_string_chunk_free (snapshot->strings);
  g_free (snapshot);
}

const VmProcessInfo *
vm_snapshot_find (const VmSnapshot *snapshot, VmPid pid)
{
  guint lo = 0, hi = snapshot->n_processes;

  while (lo < hi)
    {
      guint mid = lo + (hi - lo) / 2;
      if (snapshot->processes[mid].pid < pid)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo < snapshot->n_processes && snapshot->processes[lo].pid == pid ? &snapshot->processes[lo]
                                                                          : NULL;
}

const VmProcessInfo *
vm_snapshot_find_name (const VmSnapshot *snapshot, const char *name)
{
  VmPid pid;

  if (vm_pid_parse (name, &pid))
    return vm_snapshot_find (snapshot, pid);
  for (guint i = 0; i < snapshot->n_processes; i++)
    if (g_strcmp0 (snapshot->processes[i].name, name) == 0)
      return &snapshot->processes[i];
  return NULL;
}
