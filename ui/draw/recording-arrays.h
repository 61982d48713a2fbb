/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What layouts want of a recording and vm-recording.h does not
 * hand out as spans. */

#include "engine/vm-recording.h"
#include "ui/layout/figures.h"
#include "ui/layout/heap-history.h"
#include "ui/layout/lanes.h"

G_BEGIN_DECLS

/* Run queue lengths (element type UiQueuePoint) and wake-ups (UiWake) in
 * [@from_ns, @to_ns) and a little before, so that the window's first pixels know
 * their state. Appended. Takes time in proportion to the events in the window. */
void ui_recording_get_queues (
  VmRecording *recording, gint64 from_ns, gint64 to_ns, GArray *queues, GArray *wakes);

/* Samples as they are recorded miss what only collections tell: the block before
 * the first one, @known_block (0: not known) when there was none. And a process's
 * last sample, of its exit, holds nothing: it becomes an end, up to which it held
 * what it held before. */
void ui_recording_complete_heap_samples (GArray *samples, guint64 known_block);
/* What the last sample before the end, if there is one, tells of a heap's sizes;
 * the rest is 0. FALSE: there is no sample. */
gboolean ui_recording_get_last_sizes (const GArray *samples, VmHeapSizes *sizes);

/* What a history is drawn from. */
typedef struct
{
  GArray *samples; /* VmHeapSample */
  GArray *folds;   /* VmCollectionFold */
  GArray *slices;  /* VmSlice */
} UiHistoryArrays;

void ui_history_arrays_init (UiHistoryArrays *arrays);
void ui_history_arrays_clear (UiHistoryArrays *arrays);
/* Reads @pid's history in [@from_ns, @to_ns], as much as a picture can show;
 * @known_block as above. */
void ui_history_arrays_read (UiHistoryArrays *arrays,
                             VmRecording     *recording,
                             VmPid            pid,
                             gint64           from_ns,
                             gint64           to_ns,
                             guint64          known_block);
/* Points @input to them and sets its window. */
void ui_history_arrays_fill (const UiHistoryArrays *arrays,
                             gint64                 from_ns,
                             gint64                 to_ns,
                             UiHeapHistoryInput    *input);

/* The sizes of @pid's heap at @t_ns as last measured, at *@measured_ns, with what a
 * recording cannot tell left 0. FALSE: nothing was measured yet. */
gboolean ui_recording_get_sizes_at (VmRecording *recording,
                                    VmPid        pid,
                                    gint64       t_ns,
                                    VmHeapSizes *sizes,
                                    gint64      *measured_ns);

/* Completes @moment, whose t_ns is set, with what the recording tells of @pid. */
void ui_moment_read (VmRecording *recording, VmPid pid, UiMoment *moment);

/* Where the life of @pid begins and ends in the recording, with a little air around
 * it: what a history shows unless told otherwise. */
void ui_recording_get_life (
  VmRecording *recording, VmPid pid, gint64 end_ns, gint64 *from_ns, gint64 *to_ns);

/* Processes that ran or were woken in the window (element type VmPid), by pid. */
void ui_recording_get_active_pids (const GArray *slices, const GArray *wakes, GArray *pids);

G_END_DECLS
