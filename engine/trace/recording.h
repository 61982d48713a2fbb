/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Inside a recording: the records, and what is kept beside them so that the
 * pictures' questions need no scan. One writer (the recorder's reader, or the
 * loader); readers take no lock: everything lies in arrays that never move. */

#include "engine/base/lock.h"
#include "engine/trace/chunked.h"
#include "engine/vm-recording.h"

#define ATOM_CHUNK    1024u
#define PID_CHUNK     4096u
#define N_ATOM_CHUNKS 1024u  /* 2^20 atoms */
#define N_PID_CHUNKS  65536u /* 2^28 pids */

typedef struct
{
  gint64         begin_ns;
  _Atomic gint64 end_ns; /* G_MAXINT64 while open */
  VmPid          pid;
  _Atomic guint8 end_reason;
  guint8         is_stolen;
} SliceRecord;

typedef struct
{
  VmCollection collection; /* sorted by end */
  gint64       longest_ns; /* of all up to here: how far back a begin can lie */
} CollectionRecord;

/* One of a process's collections, and the sums up to it. */
typedef struct
{
  guint64 index; /* in VmRecording.collections */
  guint64 reclaimed_words;
  gint64  gc_ns;
  guint32 n_minor;
  guint32 n_major;
} ProcessCollection;

/* Where in SAMPLE_BLOCK samples in a row the most of each lies. */
#define SAMPLE_BLOCK            128u
#define N_SAMPLE_EXTREMES       6
#define RECORDING_MAX_UNSAMPLED 16384 /* records of a window: as many are always given in full */
typedef struct
{
  guint64 values[N_SAMPLE_EXTREMES];
  guint8  at[N_SAMPLE_EXTREMES];
} SampleExtremes;

/* Of a process that was collected or has many samples; most have neither. */
typedef struct
{
  Chunked        collections; /* ProcessCollection */
  Chunked        blocks;      /* SampleExtremes, of each whole block of samples */
  SampleExtremes extremes;    /* writer only: of the block that is being filled */
} ProcessLong;

typedef struct
{
  VmPid                   pid;
  _Atomic (const char *)  name;
  _Atomic guint64         mfa;
  _Atomic gint64          born_ns;
  _Atomic gint64          ended_ns; /* G_MAXINT64: it lives */
  Chunked                 samples;  /* VmHeapSample */
  _Atomic (ProcessLong *) more;     /* (nullable) */
  /* writer only */
  gint64   gc_begin_ns;
  gboolean seen;
  gboolean gc_open;
  gboolean stolen;
  guint32  first_block; /* words of its first young block; 0: not known */
  guint32  n_inner;     /* messages in its mailbox … */
  guint32  n_outer;     /* … and sent to it, but not fetched */
  guint64  outer_words;
  guint32  message_words; /* of those in its mailbox, outside the heap */
  guint32  fragments;
  guint32  vheap_used, vheap_block, old_vheap_used, old_vheap_block;
  guint64  n_reductions; /* at the end of its last slice */
  guint64  peak_words;
} ProcessRecord;

typedef struct
{
  _Atomic (ProcessRecord *) items[PID_CHUNK];
} PidChunk;

typedef struct
{
  _Atomic (const char *) items[ATOM_CHUNK];
} AtomChunk;

struct _VmRecording
{
  gatomicrefcount ref_count;
  /* immutable */
  guint n_schedulers;
  /* atomic */
  _Atomic guint64       n_dropped;
  _Atomic gint64        end_ns;
  Chunked               records;     /* VmEvent */
  Chunked               high;        /* guint8: scheduler / 256; only with over 255 schedulers */
  Chunked               strings;     /* char *; element 0 is NULL */
  Chunked               sends;       /* guint64: index of the SEND record */
  Chunked               collections; /* CollectionRecord */
  Chunked               pids;        /* VmPid */
  Chunked              *slices;      /* SliceRecord; [n_schedulers + 1] */
  _Atomic (PidChunk *)  processes[N_PID_CHUNKS];
  _Atomic (AtomChunk *) atoms[N_ATOM_CHUNKS];
  /* lock: strings */
  Lock        lock;
  GHashTable *string_index; /* text -> index */
};

VmRecording *recording_new (guint n_schedulers);

/* Appends one event with its @n_more MORE records at @event[1…]. Thread: the writer. */
void recording_append (VmRecording *recording, const VmEvent *event, guint scheduler);

/* Index of @text, added when new. Thread: any. */
guint64 recording_intern (VmRecording *recording, const char *text);

/* recording-heap.c. Thread: the writer. */
void recording_note_sample (ProcessRecord *process, const VmHeapSample *sample);
void recording_note_collection (ProcessRecord      *process,
                                const VmCollection *collection,
                                guint64             index,
                                guint8              kind);
void recording_free_more (ProcessRecord *process);
/* Thread: any. */
void recording_sample_own_collections (VmRecording *recording,
                                       VmPid        pid,
                                       gint64       from_ns,
                                       gint64       to_ns,
                                       gint64       step_ns,
                                       GArray      *collections);

/* The record of @pid, made when new. Thread: any. */
ProcessRecord *recording_get_process (VmRecording *recording, VmPid pid);
ProcessRecord *recording_find_process (VmRecording *recording, VmPid pid); /* or NULL */

/* (nullable): the name of atom @index as far as events named it. */
const char *recording_get_atom (VmRecording *recording, guint64 index);
void        recording_set_atom (VmRecording *recording, guint64 index, const char *name);

/* Full scheduler number of record @index. */
guint recording_get_scheduler (VmRecording *recording, guint64 index);

#define MFA_MODULE(mfa)   ((mfa) >> 40)
#define MFA_FUNCTION(mfa) (((mfa) >> 16) & 0xffffff)
#define MFA_ARITY(mfa)    ((guint) ((mfa) &0xff))

static inline gboolean
event_has_mfa (guint kind, const VmEvent *event, guint64 *mfa)
{
  if (kind == VM_EVENT_IN || kind == VM_EVENT_OUT)
    *mfa = event->a;
  else if (kind == VM_EVENT_SPAWN || kind == VM_EVENT_SPAWNED)
    *mfa = event->b;
  else
    return FALSE;
  return *mfa != 0;
}
