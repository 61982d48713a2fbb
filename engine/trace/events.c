/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/trace/events.h"

static const EventInfo event_infos[] = {
#define EVENT(number, NAME, json, CLASS, a, b, doc) \
  [number] = { json, a, b, doc, VM_EVENT_CLASS_##CLASS },
#include "engine/trace/events.def"
#undef EVENT
};

static const char *const gc_key_names[VM_N_GC_KEYS] = {
  "wordsize",
  "old_heap_block_size",
  "heap_block_size",
  "mbuf_size",
  "recent_size",
  "stack_size",
  "old_heap_size",
  "heap_size",
  "bin_vheap_size",
  "bin_vheap_block_size",
  "bin_old_vheap_size",
  "bin_old_vheap_block_size",
};

const EventInfo *
event_info (guint kind)
{
  return &event_infos[kind < G_N_ELEMENTS (event_infos) ? kind : 0];
}

const char *
vm_gc_key_get_name (VmGcKey key)
{
  g_return_val_if_fail ((guint) key < VM_N_GC_KEYS, NULL);
  return gc_key_names[key];
}

const char *
vm_event_kind_get_name (VmEventKind kind)
{
  return event_info (kind)->json;
}

const char *
vm_event_kind_get_doc (VmEventKind kind)
{
  return event_info (kind)->doc;
}

VmEventClass
vm_event_kind_get_class (VmEventKind kind)
{
  return event_info (kind)->event_class;
}
