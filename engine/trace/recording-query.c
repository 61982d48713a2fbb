/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/trace/recording.h"

#include <stdlib.h>
#include <string.h>

static gboolean
is_plain_atom (const char *name)
{
  if (!g_ascii_islower (name[0]))
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_' && *c != '@')
      return FALSE;
  return TRUE;
}

static void
append_atom (VmRecording *recording, GString *out, guint64 index)
{
  const char *name = recording_get_atom (recording, index);

  if (name == NULL)
    g_string_append_c (out, '?');
  else if (is_plain_atom (name))
    g_string_append (out, name);
  else
    {
      g_string_append_c (out, '\'');
      for (const char *c = name; *c != '\0'; c++)
        {
          if (*c == '\'' || *c == '\\')
            g_string_append_c (out, '\\');
          g_string_append_c (out, *c);
        }
      g_string_append_c (out, '\'');
    }
}

const char *
vm_recording_format_mfa (VmRecording *recording, guint64 mfa, char *buffer, gsize size)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_atom (recording, out, MFA_MODULE (mfa));
  g_string_append_c (out, ':');
  append_atom (recording, out, MFA_FUNCTION (mfa));
  g_string_append_printf (out, "/%u", MFA_ARITY (mfa));
  g_strlcpy (buffer, out->str, size);
  return buffer;
}

const char *
vm_recording_format_process (VmRecording *recording, VmPid pid, char *buffer, gsize size)
{
  ProcessRecord *process = recording_find_process (recording, pid);
  const char    *name =
    process != NULL ? atomic_load_explicit (&process->name, memory_order_acquire) : NULL;
  guint64 mfa = process != NULL ? atomic_load_explicit (&process->mfa, memory_order_relaxed) : 0;
  char    pid_text[32];

  if (name != NULL)
    {
      g_strlcpy (buffer, name, size);
      return buffer;
    }
  g_strlcpy (buffer, vm_pid_format (pid, pid_text), size);
  if (mfa != 0 && strlen (buffer) + 2 < size)
    {
      gsize n = strlen (buffer);
      buffer[n++] = ' ';
      vm_recording_format_mfa (recording, mfa, buffer + n, size - n);
    }
  return buffer;
}

/* The first slice whose end is after @t_ns: of one scheduler, so sorted. */
static guint64
find_slice (Chunked *slices, guint64 n, gint64 t_ns)
{
  guint64 lo = 0, hi = n;

  while (lo < hi)
    {
      guint64      mid = lo + (hi - lo) / 2;
      SliceRecord *slice = chunked_at (slices, mid);

      if (atomic_load_explicit (&slice->end_ns, memory_order_acquire) < t_ns)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo;
}

static int
compare_slices (gconstpointer a, gconstpointer b)
{
  const VmSlice *x = a, *y = b;

  if (x->begin_ns != y->begin_ns)
    return x->begin_ns < y->begin_ns ? -1 : 1;
  return (int) x->scheduler - (int) y->scheduler;
}

/* Where a walk that stands at @i goes on: at the first record behind it whose time
 * is at least @t_ns. Most often that is the next one. */
typedef gint64 (*TimeFunc) (gpointer record);

static guint64
skip_to (Chunked *array, guint64 i, guint64 n, gint64 t_ns, TimeFunc time_of)
{
  guint64 lo = i + 1, hi, stride = 1;

  if (lo >= n || time_of (chunked_at (array, lo)) >= t_ns)
    return lo;
  while (lo + stride < n && time_of (chunked_at (array, lo + stride)) < t_ns)
    {
      lo += stride;
      stride *= 2;
    }
  hi = MIN (lo + stride, n);
  while (lo < hi)
    {
      guint64 mid = lo + (hi - lo) / 2;
      if (time_of (chunked_at (array, mid)) < t_ns)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo;
}

/* So few records before @to_ns that all of them are given: no step. */
static gint64
choose_step (
  Chunked *array, guint64 from, guint64 n, gint64 to_ns, gint64 step_ns, TimeFunc time_of)
{
  guint64 at = from + RECORDING_MAX_UNSAMPLED;

  return at >= n || time_of (chunked_at (array, at)) >= to_ns ? 0 : step_ns;
}

static gint64
slice_begin (gpointer record)
{
  return ((SliceRecord *) record)->begin_ns;
}

static gint64
collection_end (gpointer record)
{
  return ((CollectionRecord *) record)->collection.end_ns;
}

void
vm_recording_get_slices (
  VmRecording *recording, guint scheduler, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *slices)
{
  vm_recording_sample_slices (recording, scheduler, pid, from_ns, to_ns, 0, slices);
}

void
vm_recording_sample_slices (VmRecording *recording,
                            guint        scheduler,
                            VmPid        pid,
                            gint64       from_ns,
                            gint64       to_ns,
                            gint64       step_ns,
                            GArray      *slices)
{
  guint first = scheduler == 0 ? 1 : scheduler;
  guint last = scheduler == 0 ? recording->n_schedulers : scheduler;
  guint n_before = slices->len;

  g_return_if_fail (scheduler <= recording->n_schedulers);
  for (guint s = first; s <= last; s++)
    {
      Chunked *array = &recording->slices[s];
      guint64  n = chunked_n (array), i = find_slice (array, n, from_ns);
      gint64   step = choose_step (array, i, n, to_ns, step_ns, slice_begin);

      while (i < n)
        {
          SliceRecord *record = chunked_at (array, i);
          VmSlice      slice = {
                 .begin_ns = record->begin_ns,
                 .end_ns = atomic_load_explicit (&record->end_ns, memory_order_acquire),
                 .pid = record->pid,
                 .scheduler = (guint16) s,
                 .end_reason = atomic_load_explicit (&record->end_reason, memory_order_relaxed),
                 .is_stolen = record->is_stolen,
          };
          if (slice.begin_ns >= to_ns)
            break;
          if (pid == VM_PID_NONE || pid == slice.pid)
            g_array_append_val (slices, slice);
          i = step > 0 ? skip_to (array, i, n, slice.begin_ns + step, slice_begin) : i + 1;
        }
    }
  if (first != last && slices->len - n_before > 1)
    qsort (slices->data + (gsize) n_before * sizeof (VmSlice), slices->len - n_before,
           sizeof (VmSlice), compare_slices);
}

static int
compare_collections (gconstpointer a, gconstpointer b)
{
  const VmCollection *x = a, *y = b;

  if (x->begin_ns != y->begin_ns)
    return x->begin_ns < y->begin_ns ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

void
vm_recording_get_collections (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *collections)
{
  vm_recording_sample_collections (recording, pid, from_ns, to_ns, 0, collections);
}

void
vm_recording_sample_collections (VmRecording *recording,
                                 VmPid        pid,
                                 gint64       from_ns,
                                 gint64       to_ns,
                                 gint64       step_ns,
                                 GArray      *collections)
{
  Chunked *array = &recording->collections;
  guint64  n = chunked_n (array), lo = 0, hi = n;
  guint    n_before = collections->len;
  gint64   longest;

  if (pid != VM_PID_NONE)
    recording_sample_own_collections (recording, pid, from_ns, to_ns, step_ns, collections);
  if (n == 0 || pid != VM_PID_NONE)
    return;
  longest = ((CollectionRecord *) chunked_at (array, n - 1))->longest_ns;
  while (lo < hi)
    {
      guint64 mid = lo + (hi - lo) / 2;
      if (((CollectionRecord *) chunked_at (array, mid))->collection.end_ns < from_ns)
        lo = mid + 1;
      else
        hi = mid;
    }
  step_ns = choose_step (array, lo, n, to_ns, step_ns, collection_end);
  while (lo < n)
    {
      const VmCollection *collection = &((CollectionRecord *) chunked_at (array, lo))->collection;

      if (collection->end_ns - longest >= to_ns)
        break;
      if (collection->begin_ns < to_ns)
        g_array_append_vals (collections, collection, 1);
      lo =
        step_ns > 0 ? skip_to (array, lo, n, collection->end_ns + step_ns, collection_end) : lo + 1;
    }
  if (collections->len - n_before > 1)
    qsort (collections->data + (gsize) n_before * sizeof (VmCollection),
           collections->len - n_before, sizeof (VmCollection), compare_collections);
}

void
vm_recording_get_sends (
  VmRecording *recording, gint64 from_ns, gint64 to_ns, guint max, GArray *sends)
{
  guint64 n = chunked_n (&recording->sends), bounds[2];
  gint64  times[2] = { from_ns, to_ns };

  for (guint k = 0; k < 2; k++)
    {
      guint64 lo = 0, hi = n;

      while (lo < hi)
        {
          guint64 mid = lo + (hi - lo) / 2;
          guint64 index = *(guint64 *) chunked_at (&recording->sends, mid);

          if (((VmEvent *) chunked_at (&recording->records, index))->t_ns < times[k])
            lo = mid + 1;
          else
            hi = mid;
        }
      bounds[k] = lo;
    }
  if (bounds[1] > bounds[0] + max)
    bounds[0] = bounds[1] - max;
  for (guint64 i = bounds[0]; i < bounds[1]; i++)
    {
      const VmEvent *event =
        chunked_at (&recording->records, *(guint64 *) chunked_at (&recording->sends, i));
      VmSend send = { event->t_ns, event->pid, (VmPid) event->a, (guint32) (event->a >> 32) };

      g_array_append_val (sends, send);
    }
}

void
vm_recording_get_pids (VmRecording *recording, GArray *pids)
{
  guint64 n = chunked_n (&recording->pids);

  for (guint64 i = 0; i < n; i++)
    g_array_append_vals (pids, chunked_at (&recording->pids, i), 1);
}
