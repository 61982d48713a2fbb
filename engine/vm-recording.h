/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The event log of a machine. It only grows; what was read stays valid and
 * unchanged. Reading takes no lock that a scheduler waits on.
 *
 * Thread: any. A reader sees all events up to the count it asked for. */

#include "engine/vm-event.h"
#include "engine/vm-snapshot.h"
#include <gio/gio.h>

G_BEGIN_DECLS

VmRecording *vm_recording_ref (VmRecording *recording);
void         vm_recording_unref (VmRecording *recording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmRecording, vm_recording_unref)

/* Records (MORE ones included), merged over all schedulers by time. Under the
 * live clock the last few milliseconds may still be on their way. */
guint64 vm_recording_get_n_records (VmRecording *recording);

/* (transfer none): record @index, valid as long as the recording. */
const VmEvent *vm_recording_peek (VmRecording *recording, guint64 index);

/* Index of the first event (never a MORE record) at or after @t_ns. */
guint64 vm_recording_find_time (VmRecording *recording, gint64 t_ns);

gint64  vm_recording_get_end_ns (VmRecording *recording);
guint   vm_recording_get_n_schedulers (VmRecording *recording);
guint64 vm_recording_get_n_dropped (VmRecording *recording);

/* (nullable): string @index of an event's payload; 0 is no string. */
const char *vm_recording_get_string (VmRecording *recording, guint64 index);

/* "m:f/a" of a packed mfa payload, in @buffer of @size bytes. */
const char *vm_recording_format_mfa (VmRecording *recording, guint64 mfa, char *buffer, gsize size);

/* "sorter" or "<0.80.0>", or "<0.80.0> m:f/a" for processes without a name: what a lane is called.
 */
const char *
vm_recording_format_process (VmRecording *recording, VmPid pid, char *buffer, gsize size);

/* The value of @key of the collection event at @index. */
guint64 vm_recording_get_gc_value (VmRecording *recording, guint64 index, VmGcKey key);

/* One slice of a process on a scheduler. */
typedef struct
{
  gint64   begin_ns;
  gint64   end_ns; /* G_MAXINT64: not over yet */
  VmPid    pid;
  guint16  scheduler;  /* from 1 */
  guint8   end_reason; /* as OUT's extra; 255 = not over */
  gboolean is_stolen;  /* came from another scheduler's queue since its last slice */
} VmSlice;

/* A span of a process inside the collector. A minor collection that gave up for a
 * major one, which follows at once, is none. */
typedef struct
{
  gint64   begin_ns;
  gint64   end_ns;
  VmPid    pid;
  guint16  scheduler;
  gboolean is_major;
  guint64  reclaimed_words;
  guint64  index; /* of the end event in the recording */
} VmCollection;

/* One process's memory at one moment, words. Taken at slices' ends and around
 * collections. */
typedef struct
{
  gint64  t_ns;
  guint32 young_used;
  guint32 young_block;
  guint32 stack_used;
  guint32 old_used;
  guint32 old_block;
  guint32 high_water;
  guint32 fragments;     /* of the process: results and messages it has taken */
  guint32 message_words; /* of waiting messages, in fragments of their own: not in the heap */
  guint32 n_messages;    /* waiting: in the mailbox, or on their last way to it */
  guint32 vheap_used;    /* virtual binary heaps: off-heap binaries, counted once a reference */
  guint32 vheap_block;   /* 0: not known before the first collection */
  guint32 old_vheap_used;
  guint32 old_vheap_block;
  guint64 n_reductions; /* at the end of the last slice or collection before */
  guint64 peak_words;   /* the most held so far: vm_heap_sample_get_words() */
  guint8  kind;         /* VmEventKind that gave it */
} VmHeapSample;

/* All words that @sample's process holds itself: blocks, fragments, messages. */
static inline guint64
vm_heap_sample_get_words (const VmHeapSample *sample)
{
  return (guint64) sample->young_block + sample->old_block + sample->fragments +
         sample->message_words;
}

/* Of the off-heap binaries it refers to, each counted once a reference, in whole words. */
static inline guint64
vm_heap_sample_get_binary_bytes (const VmHeapSample *sample)
{
  return 8 * ((guint64) sample->vheap_used + sample->old_vheap_used);
}

/* What became of one process up to a moment. */
typedef struct
{
  guint64 n_reductions; /* at the end of its last slice before */
  guint64 n_minor;      /* collections that have ended */
  guint64 n_major;
  guint64 reclaimed_words;
  gint64  gc_ns;      /* spent in the collector */
  guint64 peak_words; /* the most that it held itself */
} VmProcessTotals;

/* Spans that touch [@from_ns, @to_ns), sorted by begin, appended to @slices
 * (element type VmSlice). @scheduler 0 = all; @pid VM_PID_NONE = all. */
void vm_recording_get_slices (
  VmRecording *recording, guint scheduler, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *slices);
/* The same, but of each scheduler one slice in every @step_ns (0: all) at the most:
 * what a picture of so many pixels can show, at a cost that does not grow with
 * the recording. Where there are few, all are given; this holds for the next two, too. */
void vm_recording_sample_slices (VmRecording *recording,
                                 guint        scheduler,
                                 VmPid        pid,
                                 gint64       from_ns,
                                 gint64       to_ns,
                                 gint64       step_ns,
                                 GArray      *slices);
/* The same for collections (element type VmCollection). */
void vm_recording_get_collections (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *collections);
/* One collection in every @step_ns (0: all) at the most. */
void vm_recording_sample_collections (VmRecording *recording,
                                      VmPid        pid,
                                      gint64       from_ns,
                                      gint64       to_ns,
                                      gint64       step_ns,
                                      GArray      *collections);
/* Collections of one process that lie close together, as one; most often it is one. */
typedef struct
{
  gint64  begin_ns; /* of the first */
  gint64  end_ns;   /* of the last */
  guint32 n_minor;
  guint32 n_major;
  guint64 reclaimed_words; /* of all */
  gint64  gc_ns;           /* spent in the collector */
} VmCollectionFold;

/* @pid's collections that touch [@from_ns, @to_ns) (element type VmCollectionFold),
 * sorted, appended: each one alone, or where there are many, all of @step_ns in
 * one. None is left out. Takes time in proportion to what is appended. */
void vm_recording_fold_collections (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, gint64 step_ns, GArray *folds);

/* The memory history of @pid (element type VmHeapSample), sorted by time; the
 * last sample before @from_ns is included. */
void vm_recording_get_heap_samples (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, GArray *samples);

/* The same, but where there are many, of about every @step_ns (0: all) the first, the
 * last, and those with the least or the most of anything: no peak is lost. */
void vm_recording_sample_heap (
  VmRecording *recording, VmPid pid, gint64 from_ns, gint64 to_ns, gint64 step_ns, GArray *samples);

/* The last sample at or before @t_ns; FALSE: there is none. Takes no longer for long
 * recordings; the same holds for the next two. */
gboolean
vm_recording_get_heap_at (VmRecording *recording, VmPid pid, gint64 t_ns, VmHeapSample *sample);

/* FALSE: the process is not in the recording. */
gboolean
vm_recording_get_totals (VmRecording *recording, VmPid pid, gint64 t_ns, VmProcessTotals *totals);

/* When the process is first told of, and when it ended (G_MAXINT64: it lives).
 * FALSE: it is not in the recording. */
gboolean
vm_recording_get_life (VmRecording *recording, VmPid pid, gint64 *born_ns, gint64 *ended_ns);

/* A message on its way or just arrived. */
typedef struct
{
  gint64  sent_ns;
  VmPid   from;
  VmPid   to;
  guint32 words;
} VmSend;

/* Sends in [@from_ns, @to_ns) (element type VmSend), at most @max, newest kept. */
void vm_recording_get_sends (
  VmRecording *recording, gint64 from_ns, gint64 to_ns, guint max, GArray *sends);

/* Processes that appear, sorted by first appearance (element type VmPid). */
void vm_recording_get_pids (VmRecording *recording, GArray *pids);

/* Writes one JSON object a line, design.md's form. */
gboolean vm_recording_write_json (VmRecording *recording, GOutputStream *stream, GError **error);

/* A file of our own format: magic, version, strings, records. */
gboolean vm_recording_save (VmRecording *recording, const char *path, GError **error);
/* Errors: `VM_ERROR_FORMAT` with file, offset and why. (transfer full) (nullable) */
VmRecording *vm_recording_load (const char *path, GError **error);

G_END_DECLS
