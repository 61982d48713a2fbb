/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/sample.h"

#include <math.h>

static double
get_width (gpointer data, UiFont font, const char *text, gsize len)
{
  return g_utf8_strlen (text, (gssize) len) * (font == UI_FONT_TITLE ? 10.0 : 7.0);
}

const UiMeasure *
sample_get_measure (void)
{
  static const UiMeasure measure = {
    .get_width = get_width,
    .heights = {
      [UI_FONT_LABEL] = 16,
      [UI_FONT_BOLD] = 16,
      [UI_FONT_SMALL] = 14,
      [UI_FONT_TITLE] = 22,
      [UI_FONT_MONO] = 15,
    },
  };

  return &measure;
}

static void
init_village (SampleVillage *v)
{
  *v = (SampleVillage){ .processes = g_array_new (FALSE, TRUE, sizeof (VmProcessInfo)),
                        .edges = g_array_new (FALSE, TRUE, sizeof (VmEdge)),
                        .sends = g_array_new (FALSE, TRUE, sizeof (VmSend)),
                        .strings = g_ptr_array_new_with_free_func (g_free) };
  v->snapshot.otp_version = "25.2.3";
  v->snapshot.status.time_ns = 1240000;
}

static VmProcessInfo *
add_process (SampleVillage *v,
             VmPid          pid,
             VmPid          parent,
             const char    *name,
             const char    *initial,
             VmProcessState state)
{
  VmProcessInfo info = {
    .pid = pid,
    .parent = parent,
    .name = name,
    .initial = initial,
    .current = initial,
    .state = state,
    .priority = 2,
    .heap = {
      .young_block = 233,
      .young_used = 60 + pid * 13 % 120,
      .stack_used = 9,
      .memory_bytes = 2688,
    },
  };

  g_array_append_val (v->processes, info);
  return &g_array_index (v->processes, VmProcessInfo, v->processes->len - 1);
}

static void
add_edge (SampleVillage *v, VmEdgeKind kind, VmPid from, VmPid to)
{
  VmEdge edge = { kind, from, to };

  g_array_append_val (v->edges, edge);
}

static void
finish_village (SampleVillage *v)
{
  v->snapshot.processes = (const VmProcessInfo *) (void *) v->processes->data;
  v->snapshot.n_processes = v->processes->len;
  v->snapshot.status.n_processes = MAX (v->snapshot.status.n_processes, v->processes->len);
  v->snapshot.edges = (const VmEdge *) (void *) v->edges->data;
  v->snapshot.n_edges = v->edges->len;
}

void
sample_village_init_bank (SampleVillage *v)
{
  VmProcessInfo *info;

  init_village (v);
  add_process (v, 1, VM_PID_NONE, "init", "init:boot/1", VM_PROCESS_WAITING)->is_system = TRUE;
  add_process (v, 80, 1, "bank", "bank:start/0", VM_PROCESS_WAITING);
  add_process (v, 81, 80, "bank_sup", "proc_lib:init_p/5", VM_PROCESS_WAITING)->is_supervisor =
    TRUE;
  add_process (v, 82, 81, "teller_sup", "proc_lib:init_p/5", VM_PROCESS_WAITING)->is_supervisor =
    TRUE;
  info = add_process (v, 83, 81, "ledger", "proc_lib:init_p/5", VM_PROCESS_RUNNING);
  info->n_messages = 128;
  info->heap.memory_bytes = 1 << 20;
  add_process (v, 84, 81, "audit", "proc_lib:init_p/5", VM_PROCESS_COLLECTING)->heap.memory_bytes =
    60000;
  for (VmPid pid = 85; pid < 90; pid++)
    add_process (v, pid, 82, NULL, "bank:teller/1",
                 pid == 86   ? VM_PROCESS_RUNNING
                 : pid == 88 ? VM_PROCESS_RUNNABLE
                             : VM_PROCESS_WAITING);
  add_process (v, 90, 80, "client", "bank:client/2", VM_PROCESS_RUNNABLE)->n_messages = 3;
  add_process (v, 91, 80, NULL, "bank:crash/0", VM_PROCESS_EXITING);
  add_edge (v, VM_EDGE_LINK, 80, 81);
  for (VmPid pid = 82; pid < 85; pid++)
    add_edge (v, VM_EDGE_LINK, 81, pid);
  for (VmPid pid = 85; pid < 90; pid++)
    add_edge (v, VM_EDGE_LINK, 82, pid);
  add_edge (v, VM_EDGE_MONITOR, 90, 83);
  add_edge (v, VM_EDGE_LINK, 83, 84);
  for (guint i = 0; i < 6; i++)
    {
      VmSend send = { 1100000 + i * 22000, i % 2 ? 90 : 86, i % 2 ? 85 : 83, 12 };

      g_array_append_val (v->sends, send);
    }
  finish_village (v);
}

void
sample_village_init_crowd (SampleVillage *v, guint n, guint listed)
{
  init_village (v);
  for (guint i = 0; i < MIN (n, listed); i++)
    {
      VmProcessInfo *info =
        add_process (v, 100 + i, i == 0 ? VM_PID_NONE : 100, i == 0 ? "main" : NULL,
                     i == 0 ? "crowd:start/1" : "crowd:worker/1",
                     i % 7 == 3    ? VM_PROCESS_RUNNABLE
                     : i % 31 == 5 ? VM_PROCESS_RUNNING
                                   : VM_PROCESS_WAITING);
      info->n_messages = i % 13 == 6 ? i % 5 + 1 : 0;
      info->heap.memory_bytes = 2688u << (i % 5);
      if (i > 0)
        add_edge (v, VM_EDGE_LINK, 100, 100 + i);
    }
  v->snapshot.status.n_processes = n;
  finish_village (v);
}

void
sample_village_clear (SampleVillage *v)
{
  g_array_unref (v->processes);
  g_array_unref (v->edges);
  g_array_unref (v->sends);
  g_ptr_array_unref (v->strings);
}

UiVillageInput
sample_village_input (const SampleVillage *v)
{
  return (UiVillageInput){
    .snapshot = &v->snapshot,
    .sends = (const VmSend *) (void *) v->sends->data,
    .n_sends = v->sends->len,
    .now_ns = v->snapshot.status.time_ns,
    .flight_ns = 160000,
    .selected = VM_PID_NONE,
    .zoom = 1,
  };
}

void
sample_heap_sizes (VmHeapSizes *sizes)
{
  *sizes = (VmHeapSizes){
    .young_block = 610,
    .young_used = 377,
    .high_water = 152,
    .stack_used = 41,
    .old_block = 987,
    .old_used = 430,
    .fragments = 64,
    .offheap_bytes = 262144,
    .vheap_used = 12000,
    .vheap_block = 46422,
    .memory_bytes = 15000,
  };
}

static void
add_sample (SampleHistory *h, gint64 t_ns, const VmHeapSizes *s, guint8 kind)
{
  VmHeapSample sample = {
    .t_ns = t_ns,
    .young_used = s->young_used,
    .young_block = s->young_block,
    .stack_used = s->stack_used,
    .old_used = s->old_used,
    .old_block = s->old_block,
    .high_water = s->high_water,
    .fragments = s->fragments,
    .kind = kind,
  };

  g_array_append_val (h->samples, sample);
}

static void
collect (SampleHistory *h, gint64 t_ns, VmHeapSizes *s, gboolean is_major)
{
  guint64          before = s->young_used + s->old_used;
  VmCollectionFold c = {
    .begin_ns = t_ns,
    .end_ns = t_ns + 3000 + (gint64) before,
    .n_minor = !is_major,
    .n_major = is_major,
    .gc_ns = 3000 + (gint64) before,
  };

  add_sample (h, t_ns, s, is_major ? VM_EVENT_GC_MAJOR_START : VM_EVENT_GC_MINOR_START);
  if (is_major)
    {
      s->young_used = (s->young_used + s->old_used) / 2;
      s->old_used = s->old_block = 0;
      if (s->young_used > 700)
        s->young_used = s->young_block = 233;
    }
  else
    {
      s->old_used += s->high_water;
      s->old_block = s->old_used > s->old_block ? s->old_used + 233 : s->old_block;
      s->young_used = (s->young_used - s->high_water) / 3;
    }
  s->high_water = s->young_used;
  s->fragments = 0;
  while (s->young_used + s->stack_used > s->young_block / 2)
    s->young_block = s->young_block * 8 / 5;
  c.reclaimed_words = before - s->young_used - s->old_used;
  add_sample (h, c.end_ns, s, is_major ? VM_EVENT_GC_MAJOR_END : VM_EVENT_GC_MINOR_END);
  g_array_append_val (h->folds, c);
}

void
sample_history_init (SampleHistory *h, guint rounds)
{
  VmHeapSizes s = { .young_block = 233, .young_used = 10, .stack_used = 8 };
  gint64      t = 20000;

  *h = (SampleHistory){ .samples = g_array_new (FALSE, TRUE, sizeof (VmHeapSample)),
                        .folds = g_array_new (FALSE, TRUE, sizeof (VmCollectionFold)),
                        .slices = g_array_new (FALSE, TRUE, sizeof (VmSlice)) };
  for (guint i = 0; i < rounds; i++)
    {
      VmSlice slice = {
        .begin_ns = t,
        .end_ns = t + 110000,
        .pid = 80,
        .scheduler = 1,
        .end_reason = 1,
      };

      add_sample (h, t, &s, VM_EVENT_IN);
      s.stack_used = 8 + i * 5 % 23;
      s.fragments = i % 4 == 2 ? 90 : 0;
      s.young_used = s.young_block - s.stack_used - 4;
      collect (h, t + 60000, &s, i % 3 == 2);
      s.young_used += (s.young_block - s.young_used - s.stack_used) / 4;
      add_sample (h, t + 110000, &s, VM_EVENT_OUT);
      g_array_append_val (h->slices, slice);
      t += 140000;
    }
  h->input = (UiHeapHistoryInput){
    .samples = (const VmHeapSample *) (void *) h->samples->data,
    .n_samples = h->samples->len,
    .folds = (const VmCollectionFold *) (void *) h->folds->data,
    .n_folds = h->folds->len,
    .slices = (const VmSlice *) (void *) h->slices->data,
    .n_slices = h->slices->len,
    .to_ns = t,
    .cursor_ns = G_MININT64,
    .now_ns = G_MININT64,
  };
}

void
sample_history_add_outside (SampleHistory *h)
{
  for (guint i = 0; i < h->samples->len; i++)
    {
      VmHeapSample *sample = &g_array_index (h->samples, VmHeapSample, i);

      sample->vheap_used = i < 4 ? 0 : 75 * (i % 7);
      sample->n_messages = i * 3 % 11;
      sample->message_words = 9 * (i * 3 % 11);
    }
}

void
sample_history_clear (SampleHistory *h)
{
  g_array_unref (h->samples);
  g_array_unref (h->folds);
  g_array_unref (h->slices);
}

const char *
sample_get_name (VmPid pid, char *buffer, gsize size, gpointer data)
{
  static const char *const names[] = { "bank", "bank_sup", "teller_sup", "ledger", "audit" };

  if (pid >= 80 && pid < 85)
    g_strlcpy (buffer, names[pid - 80], size);
  else
    g_snprintf (buffer, size, "<0.%u.0> bank:teller/1", pid);
  return buffer;
}

void
sample_lanes_init (SampleLanes *l, guint n_schedulers, guint n_pids, guint n)
{
  GRand  *rand = g_rand_new_with_seed (7);
  gint64 *clock = g_new0 (gint64, n_schedulers + 1);
  guint  *last = g_new0 (guint, n_pids);
  gint64 *ready = g_new0 (gint64, n_pids);
  gint64  end = 0;

  *l = (SampleLanes){ .slices = g_array_new (FALSE, TRUE, sizeof (VmSlice)),
                      .collections = g_array_new (FALSE, TRUE, sizeof (VmCollection)),
                      .queues = g_array_new (FALSE, TRUE, sizeof (UiQueuePoint)),
                      .wakes = g_array_new (FALSE, TRUE, sizeof (UiWake)),
                      .pids = g_array_new (FALSE, TRUE, sizeof (VmPid)) };
  for (guint i = 0; i < n_pids; i++)
    {
      VmPid pid = 80 + i;

      g_array_append_val (l->pids, pid);
    }
  for (guint i = 0; i < n; i++)
    {
      guint s = 1;

      for (guint k = 2; k <= n_schedulers; k++)
        if (clock[k] < clock[s])
          s = k;

      guint p = (guint) g_rand_int_range (rand, 0, (gint32) n_pids);

      for (guint k = 0; k < n_pids && ready[p] > clock[s]; k++)
        p = (p + 1) % n_pids;

      VmSlice slice = {
        .begin_ns = MAX (clock[s], ready[p]),
        .pid = 80 + p,
        .scheduler = (guint16) s,
        .end_reason = (guint8) (i % 2),
      };
      UiQueuePoint q = { slice.begin_ns, (guint16) s, (guint32) g_rand_int_range (rand, 0, 6) };

      slice.end_ns = slice.begin_ns + g_rand_int_range (rand, i % 9 > 5 ? 40 : 1500, 9000);
      slice.is_stolen = last[p] != 0 && last[p] != s;
      last[p] = s;
      g_array_append_val (l->queues, q);
      if (i % 2 == 1)
        {
          UiWake wake = { slice.end_ns + 2500, slice.pid };

          g_array_append_val (l->wakes, wake);
        }
      if (i % 6 == 2)
        {
          gint64       at = slice.begin_ns + (slice.end_ns - slice.begin_ns) / 3;
          VmCollection c = {
            at, at + (slice.end_ns - at) / 2, slice.pid, (guint16) s, i % 12 == 2, 100, 0
          };

          g_array_append_val (l->collections, c);
        }
      ready[p] = slice.end_ns + (i % 2 == 1 ? 4000 : 0);
      clock[s] = slice.end_ns + (i % 11 == 4 ? 5000 : 100);
      end = MAX (end, slice.end_ns);
      g_array_append_val (l->slices, slice);
    }
  l->input = (UiLanesInput){
    .n_schedulers = n_schedulers,
    .slices = (const VmSlice *) (void *) l->slices->data,
    .n_slices = l->slices->len,
    .collections = (const VmCollection *) (void *) l->collections->data,
    .n_collections = l->collections->len,
    .queues = (const UiQueuePoint *) (void *) l->queues->data,
    .n_queues = l->queues->len,
    .wakes = (const UiWake *) (void *) l->wakes->data,
    .n_wakes = l->wakes->len,
    .pids = (const VmPid *) (void *) l->pids->data,
    .n_pids = n_pids,
    .get_name = sample_get_name,
    .to_ns = end,
    .end_ns = end,
    .selected = VM_PID_NONE,
    .cursor_ns = G_MININT64,
  };
  g_rand_free (rand);
  g_free (clock);
  g_free (last);
  g_free (ready);
}

void
sample_lanes_clear (SampleLanes *l)
{
  g_array_unref (l->slices);
  g_array_unref (l->collections);
  g_array_unref (l->queues);
  g_array_unref (l->wakes);
  g_array_unref (l->pids);
}

const VmProcessDetail *
sample_get_mailbox (void)
{
  static const VmMessage messages[] = {
    { 90, "{deposit,alice,100}", 4, TRUE },
    { 86, "{withdraw,bob,250}", 4, FALSE },
    { 87, "{'$gen_call',{<0.87.0>,#Ref<0.1.2.3>},{balance,carol}}", 17, FALSE },
    { VM_PID_NONE, "stop", 0, TRUE },
    { 88, "{statement,<<\"2024-01-01T00:00:00Z\">>,[a,b,c]}", 15, FALSE },
  };
  static const VmProcessDetail detail = {
    .pid = 83,
    .is_alive = TRUE,
    .n_messages = 5,
    .messages = messages,
  };

  return &detail;
}

void
sample_check_labels (const UiLabels *labels, UiRect area)
{
  for (guint i = 0; i < labels->items->len; i++)
    {
      const UiLabel *a = &g_array_index (labels->items, UiLabel, i);

      g_assert_cmpfloat (a->rect.x, >=, area.x - 0.5);
      g_assert_cmpfloat (a->rect.x + a->rect.w, <=, area.x + area.w + 0.5);
      for (guint k = i + 1; k < labels->items->len; k++)
        {
          const UiLabel *b = &g_array_index (labels->items, UiLabel, k);
          UiRect         inner = ui_rect_inset (b->rect, 0.1, 1.5, 0.1, 1.5);

          if (ui_rect_overlaps (&a->rect, &inner))
            g_error ("labels \"%s\" and \"%s\" overlap", a->text, b->text);
        }
    }
}
