/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/draw/recording-arrays.h"
#include "ui/layout/number.h"
#include "ui/models/ui-process.h"
#include "ui/widgets/ui-memory-view.h"
#include <glib/gi18n-lib.h>

#define MARGIN_PX 12.0

struct _UiMemoryView
{
  UiCanvas     parent_instance;
  VmSnapshot  *snapshot;
  VmRecording *recording;
  UiTimeRange *range;
  VmPid        focus;
  UiText      *text;
  VmHeapSizes  sizes;
  gboolean     has_sizes;
  UiHeapStrip *strip; /* as drawn last, for the pointer */
};

G_DEFINE_FINAL_TYPE (UiMemoryView, ui_memory_view, UI_TYPE_CANVAS)

void
ui_memory_view_format_name (UiMemoryView *self, char *buffer, gsize size)
{
  const VmProcessInfo *info =
    self->snapshot != NULL ? vm_snapshot_find (self->snapshot, self->focus) : NULL;
  char pid[32];

  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  vm_pid_format (self->focus, pid);
  if (info != NULL && info->name != NULL)
    g_snprintf (buffer, size, "%s %s", info->name, pid);
  else if (info != NULL)
    g_snprintf (buffer, size, "%s %s", pid, info->initial);
  else if (self->recording != NULL)
    {
      char name[128];

      /* Translators: a process that is gone; %s is its name or id */
      g_snprintf (buffer, size, _ ("%s (exited)"),
                  vm_recording_format_process (self->recording, self->focus, name, sizeof name));
    }
  else
    g_strlcpy (buffer, pid, size);
}

static void
ui_memory_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiMemoryView    *self = UI_MEMORY_VIEW (canvas);
  UiDraw           dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text };
  const UiMeasure *measure = ui_text_get_measure (self->text);
  double           inner = MAX (width - 2 * MARGIN_PX, 1);

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->strip, ui_heap_strip_free);
  if (self->focus == VM_PID_NONE || !self->has_sizes || height < 2 * MARGIN_PX)
    return;
  self->strip = ui_heap_strip_new (
    &self->sizes, (UiRect){ MARGIN_PX, MARGIN_PX / 2, inner, height - MARGIN_PX }, measure);
  ui_draw_heap_strip (&dc, self->strip);
}

static const char *
part_to_string (UiRole role)
{
  switch (role)
    {
    case UI_ROLE_FRESH:
      return _ ("young heap, not collected yet");
    case UI_ROLE_SURVIVED:
      return _ ("young heap, survived one collection");
    case UI_ROLE_FREE:
      return _ ("free");
    case UI_ROLE_STACK:
      return _ ("stack");
    case UI_ROLE_OLD:
      return _ ("old heap");
    case UI_ROLE_FRAGMENT:
      return _ ("heap fragments");
    case UI_ROLE_BINARY:
    default:
      return _ ("binaries off the heap");
    }
}

static char *
ui_memory_view_hover (UiCanvas *canvas, double x, double y)
{
  UiMemoryView     *self = UI_MEMORY_VIEW (canvas);
  const UiHeapPart *part = self->strip != NULL ? ui_heap_strip_hit (self->strip, x, y) : NULL;
  char              a[UI_NUMBER_SIZE];

  return part != NULL ? g_strdup_printf ("%s: %s", part_to_string (part->role),
                                         ui_number_words (part->words, a))
                      : NULL;
}

static void
describe (UiMemoryView *self)
{
  g_autofree char *text = NULL;
  char             name[256], a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE];

  if (self->focus == VM_PID_NONE || !self->has_sizes)
    {
      ui_canvas_set_description (UI_CANVAS (self), _ ("Heap"), _ ("No process is chosen."));
      return;
    }
  ui_memory_view_format_name (self, name, sizeof name);
  text = g_strdup_printf (
    _ ("%s: young heap %s of %s, old heap %s."), name, ui_number_words (self->sizes.young_used, a),
    ui_number_words (self->sizes.young_block, b), ui_number_words (self->sizes.old_used, c));
  ui_canvas_set_description (UI_CANVAS (self), _ ("Heap"), text);
}

static gboolean
is_gone (const VmSnapshot *snapshot, VmPid focus)
{
  return snapshot != NULL && snapshot->focus != NULL && snapshot->focus->pid == focus &&
         !snapshot->focus->is_alive;
}

/* Of an earlier moment, or of a process that is gone, what the recording tells. */
static void
read_sizes (UiMemoryView *self)
{
  const VmProcessInfo *info =
    self->snapshot != NULL ? vm_snapshot_find (self->snapshot, self->focus) : NULL;
  gboolean is_past = self->range != NULL && ui_time_range_is_past (self->range);
  gint64   measured_ns;

  self->has_sizes = info != NULL;
  if (info != NULL)
    self->sizes = info->heap;
  if (self->recording == NULL || (!is_past && !is_gone (self->snapshot, self->focus)))
    return;
  self->has_sizes = ui_recording_get_sizes_at (
    self->recording, self->focus,
    is_past ? ui_time_range_get_moment (self->range) : vm_recording_get_end_ns (self->recording),
    &self->sizes, &measured_ns);
}

static void
moment_changed_cb (UiMemoryView *self)
{
  read_sizes (self);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_memory_view_set_snapshot (UiMemoryView *self,
                             VmSnapshot   *snapshot,
                             VmRecording  *recording,
                             VmPid         focus)
{
  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  if (snapshot != NULL)
    vm_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  self->snapshot = snapshot;
  if (recording != NULL)
    vm_recording_ref (recording);
  g_clear_pointer (&self->recording, vm_recording_unref);
  self->recording = recording;
  self->focus = focus;
  read_sizes (self);
  describe (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

void
ui_memory_view_set_range (UiMemoryView *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  if (g_set_object (&self->range, range) && range != NULL)
    g_signal_connect_object (range, "moment-changed", G_CALLBACK (moment_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
ui_memory_view_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);

  request->view = UI_PICTURE_HEAP;
  request->snapshot = self->snapshot;
  request->recording = self->recording;
  request->pid = self->focus;
  if (self->range != NULL && !ui_time_range_get_follows (self->range))
    {
      request->from_ns = ui_time_range_get_from (self->range);
      request->to_ns = ui_time_range_get_to (self->range);
    }
  if (self->range != NULL)
    request->moment_ns = ui_time_range_get_moment (self->range);
}

static void
ui_memory_view_finalize (GObject *object)
{
  UiMemoryView *self = UI_MEMORY_VIEW (object);

  g_clear_pointer (&self->strip, ui_heap_strip_free);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_clear_object (&self->range);
  ui_text_free (self->text);
  G_OBJECT_CLASS (ui_memory_view_parent_class)->finalize (object);
}

static void
ui_memory_view_class_init (UiMemoryViewClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_memory_view_finalize;
  canvas_class->draw = ui_memory_view_draw;
  canvas_class->hover = ui_memory_view_hover;
  canvas_class->fill_request = ui_memory_view_fill_request;
}

static void
ui_memory_view_init (UiMemoryView *self)
{
  self->focus = VM_PID_NONE;
  self->text = ui_text_new (NULL, NULL);
}
