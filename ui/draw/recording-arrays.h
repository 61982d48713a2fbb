/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the schedulers' layout wants of a recording and vm-recording.h does not
 * hand out as spans. */

#include "engine/vm-recording.h"
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

/* Processes that ran or were woken in the window (element type VmPid), by pid. */
void ui_recording_get_active_pids (const GArray *slices, const GArray *wakes, GArray *pids);

G_END_DECLS
