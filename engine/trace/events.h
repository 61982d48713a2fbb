/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/vm-event.h"

/* A row of events.def. */
typedef struct
{
  const char  *json;
  const char  *a; /* what the payload words hold; see events.def */
  const char  *b;
  const char  *doc;
  VmEventClass event_class;
} EventInfo;

/* The row of @kind; row 0 for unknown numbers. */
const EventInfo *event_info (guint kind);

static inline gboolean
event_is_gc (guint kind)
{
  return kind >= VM_EVENT_GC_MINOR_START && kind <= VM_EVENT_GC_MAX_HEAP_SIZE;
}
