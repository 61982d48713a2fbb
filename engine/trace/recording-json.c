/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/trace/events.h"
#include "engine/trace/recording.h"

#include <string.h>

#define FLUSH_BYTES 65536

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++)
    switch (*c)
      {
      case '"':
        g_string_append (out, "\\\"");
        break;
      case '\\':
        g_string_append (out, "\\\\");
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      default:
        if ((guchar) *c < 0x20)
          g_string_append_printf (out, "\\u%04x", *c);
        else
          g_string_append_c (out, *c);
      }
  g_string_append_c (out, '"');
}

static void
append_key (GString *out, const char *key, gsize len)
{
  g_string_append (out, ",\"");
  g_string_append_len (out, key, (gssize) len);
  g_string_append (out, "\":");
}

static void
append_pid (GString *out, guint64 pid)
{
  char buffer[32];

  if ((VmPid) pid == VM_PID_NONE)
    g_string_append (out, "null");
  else
    g_string_append_printf (out, "\"%s\"", vm_pid_format ((VmPid) pid, buffer));
}

static gboolean
names_pid (const char *key, gsize len, guint kind)
{
  static const char *const keys[] = { "to", "from", "child", "parent", "other", "by" };

  if (kind == VM_EVENT_MIGRATE)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strlen (keys[i]) == len && strncmp (keys[i], key, len) == 0)
      return TRUE;
  return FALSE;
}

static void
append_half (GString *out, const char *key, gsize len, guint kind, guint64 value)
{
  append_key (out, key, len);
  if (names_pid (key, len, kind))
    append_pid (out, value);
  else
    g_string_append_printf (out, "%" G_GUINT64_FORMAT, value);
}

/* One payload word, as the row of events.def describes it. */
static void
append_payload (VmRecording *recording, GString *out, const char *what, guint kind, guint64 value)
{
  const char *colon = strchr (what, ':'), *string = strstr (what, " string");
  char        buffer[1024];

  if (*what == '\0')
    return;
  if (strcmp (what, "mfa") == 0)
    {
      append_key (out, what, 3);
      if (value == 0)
        g_string_append (out, "null");
      else
        append_string (out, vm_recording_format_mfa (recording, value, buffer, sizeof buffer));
    }
  else if (string != NULL)
    {
      const char *text = vm_recording_get_string (recording, value);
      if (text == NULL)
        return;
      append_key (out, what, (gsize) (string - what));
      append_string (out, text);
    }
  else if (colon != NULL)
    {
      append_half (out, what, (gsize) (colon - what), kind, value & 0xffffffffu);
      append_half (out, colon + 1, strlen (colon + 1), kind, value >> 32);
    }
  else
    append_half (out, what, strlen (what), kind, value);
}

static void
append_outside (GString *out, const VmEvent *more)
{
  const struct
  {
    const char *key;
    guint64     value;
  } values[] = {
    { "reductions", (guint64) more->t_ns },
    { "fragments", more->a & 0xffffffffu },
    { "message_words", more->a >> 32 },
    { "bin_vheap_size", more->b & 0xffffffffu },
    { "bin_old_vheap_size", more->b >> 32 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      append_key (out, values[i].key, strlen (values[i].key));
      g_string_append_printf (out, "%" G_GUINT64_FORMAT, values[i].value);
    }
}

static void
append_event (VmRecording *recording, GString *out, guint64 index, const VmEvent *event)
{
  static const char *const out_reasons[] = { "budget", "wait", "exit", "suspended" };
  const EventInfo         *info = event_info (event->kind);

  g_string_append_printf (out, "{\"t\":%" G_GINT64_FORMAT ",\"scheduler\":%u", event->t_ns,
                          recording_get_scheduler (recording, index));
  if (event->pid != VM_PID_NONE)
    {
      append_key (out, "pid", 3);
      append_pid (out, event->pid);
    }
  append_key (out, "event", 5);
  append_string (out, info->json);
  if (event_is_gc (event->kind))
    for (guint key = event->kind == VM_EVENT_GC_MAX_HEAP_SIZE; key < VM_N_GC_KEYS; key++)
      {
        const char *name = vm_gc_key_get_name (key);
        append_half (out, name, strlen (name), event->kind,
                     vm_recording_get_gc_value (recording, index, key));
      }
  else
    {
      append_payload (recording, out, info->a, event->kind, event->a);
      append_payload (recording, out, info->b, event->kind, event->b);
    }
  if (event->kind == VM_EVENT_OUT && event->n_more > 0)
    append_outside (out, vm_recording_peek (recording, index + 1));
  if (event->kind == VM_EVENT_OUT && event->extra < G_N_ELEMENTS (out_reasons))
    g_string_append_printf (out, ",\"reason\":\"%s\"", out_reasons[event->extra]);
  else if (event->kind == VM_EVENT_MIGRATE)
    g_string_append_printf (out, ",\"reason\":\"%s\"", event->extra == 0 ? "stolen" : "balanced");
  g_string_append (out, "}\n");
}

gboolean
vm_recording_write_json (VmRecording *recording, GOutputStream *stream, GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (FLUSH_BYTES + 1024);
  guint64        n = vm_recording_get_n_records (recording);
  const VmEvent *event;

  for (guint64 i = 0; i < n; i += 1 + (guint64) event->n_more)
    {
      event = vm_recording_peek (recording, i);
      append_event (recording, out, i, event);
      if (out->len >= FLUSH_BYTES)
        {
          if (!g_output_stream_write_all (stream, out->str, out->len, NULL, NULL, error))
            return FALSE;
          g_string_truncate (out, 0);
        }
    }
  return g_output_stream_write_all (stream, out->str, out->len, NULL, NULL, error) &&
         g_output_stream_flush (stream, NULL, error);
}
