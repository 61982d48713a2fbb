/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/vm-types.h"

G_BEGIN_DECLS

typedef enum
{
#define EVENT(number, NAME, json, CLASS, a, b, doc) VM_EVENT_##NAME = number,
#include "engine/trace/events.def"
#undef EVENT
  VM_N_EVENTS
} VmEventKind;

typedef enum
{
  VM_EVENT_CLASS_MARK,
  VM_EVENT_CLASS_SCHED,
  VM_EVENT_CLASS_PROC,
  VM_EVENT_CLASS_MSG,
  VM_EVENT_CLASS_GC,
  VM_EVENT_CLASS_IO,
} VmEventClass;

/* One event, 32 bytes. Events of one scheduler are in time order.
 *
 * An event that needs more than `a` and `b` is followed by MORE records of the
 * same scheduler: in those `t_ns`, `a` and `b` are payload. `n_more` of the
 * first says how many follow. */
typedef struct
{
  gint64  t_ns;
  VmPid   pid; /* VM_PID_NONE for events of a scheduler */
  guint8  kind;
  guint8  scheduler; /* from 1; id modulo 256 */
  guint8  n_more;
  guint8  extra;
  guint64 a;
  guint64 b;
} VmEvent;

/* The keys of a collection event, in erlang:trace/3's order, words: `wordsize`
 * first (start: the need; end: what was reclaimed). Collection events carry them
 * as 32-bit halves in the order of this enum: a, b, then t_ns, a, b of each of two
 * MORE records; a value over 32 bits is stored as G_MAXUINT32. */
typedef enum
{
  VM_GC_WORDSIZE,
  VM_GC_OLD_HEAP_BLOCK_SIZE,
  VM_GC_HEAP_BLOCK_SIZE,
  VM_GC_MBUF_SIZE,
  VM_GC_RECENT_SIZE,
  VM_GC_STACK_SIZE,
  VM_GC_OLD_HEAP_SIZE,
  VM_GC_HEAP_SIZE,
  VM_GC_BIN_VHEAP_SIZE,
  VM_GC_BIN_VHEAP_BLOCK_SIZE,
  VM_GC_BIN_OLD_VHEAP_SIZE,
  VM_GC_BIN_OLD_VHEAP_BLOCK_SIZE,
  VM_N_GC_KEYS
} VmGcKey;

const char  *vm_gc_key_get_name (VmGcKey key);          /* "wordsize" … */
const char  *vm_event_kind_get_name (VmEventKind kind); /* the json name */
const char  *vm_event_kind_get_doc (VmEventKind kind);
VmEventClass vm_event_kind_get_class (VmEventKind kind);

G_END_DECLS
