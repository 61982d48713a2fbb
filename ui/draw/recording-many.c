/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/recording-many.h"

#include "ui/draw/recording-arrays.h"

typedef struct
{
  VmPid   pid;
  guint64 peak_words;
} Candidate;

void
ui_many_arrays_init (UiManyArrays *arrays)
{
  arrays->input =
    (UiHeapManyInput){ .cursor_ns = G_MININT64, .selected = VM_PID_NONE };
  arrays->rows = g_array_new (FALSE, FALSE, sizeof (UiManyRow));
  arrays->strings = g_string_chunk_new (256);
}

static void
clear_rows (UiManyArrays *arrays)
{
  for (guint i = 0; i < arrays->rows->len; i++)
    g_free (g_array_index (arrays->rows, UiManyRow, i).columns);
  g_array_set_size (arrays->rows, 0);
  g_string_chunk_clear (arrays->strings);
}

void
ui_many_arrays_clear (UiManyArrays *arrays)
{
  if (arrays->rows == NULL)
    return;
  clear_rows (arrays);
  g_clear_pointer (&arrays->rows, g_array_unref);
  g_clear_pointer (&arrays->strings, g_string_chunk_free);
}

/* --- columns
 * ------------------------------------------------------------------ */

static void
fill_parts (const VmHeapSample *s, double parts[UI_MANY_N])
{
  double survived = MIN (s->high_water, s->young_used);
  double used = (double) s->young_used + s->stack_used + s->old_used;
  double committed = (double) s->young_block + s->old_block;

  parts[UI_MANY_OLD] = s->old_used;
  parts[UI_MANY_SURVIVED] = survived;
  parts[UI_MANY_FRESH] = s->young_used - survived;
  parts[UI_MANY_STACK] = s->stack_used;
  parts[UI_MANY_FRAGMENTS] = s->fragments;
  parts[UI_MANY_MESSAGES] = s->message_words;
  parts[UI_MANY_FREE] = MAX (committed - used, 0);
  parts[UI_MANY_BINARIES] = (double) vm_heap_sample_get_binary_bytes (s) / 8;
}

static guint
get_column (const UiHeapManyInput *input, gint64 t_ns)
{
  double share =
    (double) (t_ns - input->from_ns) / (double) (input->to_ns - input->from_ns);

  return (guint) CLAMP (share * input->n_columns, 0, input->n_columns - 1);
}

/* Of two that hold as much, the one that uses more of it is fuller. */
static double
get_fullness (const VmHeapSample *s)
{
  double used = (double) s->young_used + s->stack_used + s->old_used;

  return (double) vm_heap_sample_get_words (s) +
         (double) vm_heap_sample_get_binary_bytes (s) / 8 + used / 1e9;
}

static gboolean
is_growth (const VmHeapSample *a, const VmHeapSample *b)
{
  return a->kind != VM_EVENT_OUT && a->young_block == b->young_block &&
         a->old_block == b->old_block && a->high_water == b->high_water &&
         a->old_used == b->old_used && b->young_used >= a->young_used;
}

/* Between @a and @b, where the process ran and filled its heap. */
static void
fill_between (const UiHeapManyInput *input,
              const VmHeapSample    *a,
              const VmHeapSample    *b,
              guint                  column,
              double                 parts[UI_MANY_N])
{
  double       width = (double) (input->to_ns - input->from_ns) / input->n_columns;
  double       t = (double) input->from_ns + (column + 1) * width;
  double       share = (t - (double) a->t_ns) / MAX ((double) (b->t_ns - a->t_ns), 1);
  VmHeapSample between = *a;

  between.young_used =
    (guint32) (a->young_used + CLAMP (share, 0, 1) * ((double) b->young_used - a->young_used));
  fill_parts (&between, parts);
}

/* Each column takes the fullest of its samples; where there is none, what lies
 * between those before and after. */
static void
fill_columns (const UiHeapManyInput *input, const GArray *samples, UiManyColumn *columns)
{
  const VmHeapSample *all = (const VmHeapSample *) (void *) samples->data;
  const VmHeapSample *last = NULL;
  guint               next = 0;

  for (guint column = 0; column < input->n_columns; column++)
    {
      const VmHeapSample *fullest = NULL;

      while (next < samples->len && (all[next].t_ns < input->from_ns ||
                                     get_column (input, all[next].t_ns) <= column))
        {
          last = &all[next++];
          if (last->t_ns >= input->from_ns &&
              (fullest == NULL || get_fullness (last) > get_fullness (fullest)))
            fullest = last;
        }
      if (fullest != NULL)
        fill_parts (fullest, columns[column].parts);
      else if (last != NULL && next < samples->len && is_growth (last, &all[next]))
        fill_between (input, last, &all[next], column, columns[column].parts);
      else if (last != NULL)
        fill_parts (last, columns[column].parts);
    }
}

/* Adds what changes, at the column where it does. */
static void
add_changes (const UiHeapManyInput *input, const GArray *samples, UiManyColumn *changes)
{
  double before[UI_MANY_N] = { 0 }, after[UI_MANY_N];

  for (guint i = 0; i < samples->len; i++)
    {
      const VmHeapSample *sample = &g_array_index (samples, VmHeapSample, i);
      guint               column =
        sample->t_ns < input->from_ns ? 0 : get_column (input, sample->t_ns);

      fill_parts (sample, after);
      for (guint k = 0; k < UI_MANY_N; k++)
        {
          changes[column].parts[k] += after[k] - before[k];
          before[k] = after[k];
        }
    }
}

static void
sum_changes (const UiHeapManyInput *input, UiManyColumn *columns)
{
  for (guint i = 1; i < input->n_columns; i++)
    for (guint k = 0; k < UI_MANY_N; k++)
      columns[i].parts[k] =
        MAX (columns[i].parts[k] + columns[i - 1].parts[k], 0);
}

static void
add_collections (const UiHeapManyInput *input,
                 VmRecording           *recording,
                 VmPid                  pid,
                 GArray                *folds,
                 UiManyColumn          *columns)
{
  g_array_set_size (folds, 0);
  vm_recording_fold_collections (
    recording, pid, input->from_ns, input->to_ns,
    (input->to_ns - input->from_ns) / input->n_columns, folds);
  for (guint i = 0; i < folds->len; i++)
    {
      const VmCollectionFold *fold = &g_array_index (folds, VmCollectionFold, i);
      UiManyColumn           *column = &columns[get_column (input, fold->end_ns)];

      column->n_minor += fold->n_minor;
      column->n_major += fold->n_major;
    }
}

/* --- rows
 * --------------------------------------------------------------------- */

static gboolean
is_shown (VmRecording      *recording,
          const VmSnapshot *snapshot,
          VmPid             pid,
          gint64            from_ns,
          gint64            to_ns)
{
  const VmProcessInfo *info =
    snapshot != NULL ? vm_snapshot_find (snapshot, pid) : NULL;
  gint64 born_ns, ended_ns;

  if (info != NULL && info->is_system)
    return FALSE;
  return vm_recording_get_life (recording, pid, &born_ns, &ended_ns) &&
         born_ns < to_ns && ended_ns > from_ns;
}

/* The largest ones, largest first; @others gets the rest. */
static GArray *
choose_largest (const GArray *pids, VmRecording *recording, gint64 to_ns, guint n, GArray *others)
{
  GArray *largest = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < pids->len; i++)
    {
      Candidate       one = { g_array_index (pids, VmPid, i), 0 };
      VmProcessTotals totals;
      guint           at = largest->len;

      if (vm_recording_get_totals (recording, one.pid, to_ns, &totals))
        one.peak_words = totals.peak_words;
      while (at > 0 && g_array_index (largest, Candidate, at - 1).peak_words <
                         one.peak_words)
        at--;
      if (at >= n)
        {
          g_array_append_val (others, one.pid);
          continue;
        }
      g_array_insert_val (largest, at, one);
      if (largest->len <= n)
        continue;
      g_array_append_val (others, g_array_index (largest, Candidate, n).pid);
      g_array_set_size (largest, n);
    }
  return largest;
}

static void
read_row (UiManyArrays    *arrays,
          VmRecording     *recording,
          const Candidate *one,
          GArray          *samples,
          GArray          *folds)
{
  const UiHeapManyInput *input = &arrays->input;
  char                   name[128];
  UiManyRow              row = {
                 .pid = one->pid,
                 .n_processes = 1,
                 .peak_words = one->peak_words,
                 .columns = g_new0 (UiManyColumn, input->n_columns),
  };

  row.name = g_string_chunk_insert (
    arrays->strings,
    vm_recording_format_process (recording, one->pid, name, sizeof name));
  g_array_set_size (samples, 0);
  vm_recording_sample_heap (recording, one->pid, input->from_ns, input->to_ns,
                            (input->to_ns - input->from_ns) / input->n_columns,
                            samples);
  ui_recording_complete_heap_samples (samples, 0);
  fill_columns (input, samples, row.columns);
  add_collections (input, recording, one->pid, folds, row.columns);
  g_array_append_val (arrays->rows, row);
}

static void
read_others (UiManyArrays *arrays,
             VmRecording  *recording,
             const GArray *others,
             GArray       *samples,
             GArray       *folds)
{
  const UiHeapManyInput *input = &arrays->input;
  UiManyRow              row = {
                 .pid = VM_PID_NONE,
                 .name = "",
                 .n_processes = others->len,
                 .columns = g_new0 (UiManyColumn, input->n_columns),
  };

  for (guint i = 0; i < others->len; i++)
    {
      VmPid pid = g_array_index (others, VmPid, i);

      g_array_set_size (samples, 0);
      vm_recording_sample_heap (recording, pid, input->from_ns, input->to_ns,
                                (input->to_ns - input->from_ns) / input->n_columns,
                                samples);
      ui_recording_complete_heap_samples (samples, 0);
      add_changes (input, samples, row.columns);
      add_collections (input, recording, pid, folds, row.columns);
    }
  sum_changes (input, row.columns);
  g_array_append_val (arrays->rows, row);
}

void
ui_many_arrays_read (UiManyArrays     *arrays,
                     VmRecording      *recording,
                     const VmSnapshot *snapshot,
                     gint64            from_ns,
                     gint64            to_ns,
                     guint             n_columns,
                     guint             n_rows)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (VmPid));
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (VmPid));
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  g_autoptr (GArray) folds = g_array_new (FALSE, FALSE, sizeof (VmCollectionFold));
  g_autoptr (GArray) largest = NULL;

  clear_rows (arrays);
  arrays->input.from_ns = from_ns;
  arrays->input.to_ns = MAX (to_ns, from_ns + 1);
  arrays->input.n_columns = MAX (n_columns, 1);
  if (recording != NULL)
    vm_recording_get_pids (recording, pids);
  for (guint i = 0; i < pids->len; i++)
    if (is_shown (recording, snapshot, g_array_index (pids, VmPid, i), from_ns,
                  to_ns))
      g_array_append_vals (shown, &g_array_index (pids, VmPid, i), 1);
  /* a row for the others pays only when they are several */
  largest = choose_largest (shown, recording, to_ns,
                            shown->len <= n_rows ? n_rows : MAX (n_rows, 2) - 1,
                            others);
  for (guint i = 0; i < largest->len; i++)
    read_row (arrays, recording, &g_array_index (largest, Candidate, i), samples,
              folds);
  if (others->len > 0)
    read_others (arrays, recording, others, samples, folds);
  arrays->input.rows = (const UiManyRow *) (void *) arrays->rows->data;
  arrays->input.n_rows = arrays->rows->len;
}
