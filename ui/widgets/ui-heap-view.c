/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/draw/recording-arrays.h"
#include "ui/layout/number.h"
#include "ui/models/ui-process.h"
#include "ui/widgets/ui-heap-view.h"
#include <glib/gi18n-lib.h>

#define MARGIN_PX 12.0
#define TITLE_PX  24.0
/* Less than this shows nothing; where there is not room for both, the present wins. */
#define MIN_STRIP_PX   170.0
#define MIN_HISTORY_PX 190.0
/* More than can be told apart: a few for every pixel of a wide screen. */
#define MAX_SPANS 8000

struct _UiHeapView
{
  UiCanvas       parent_instance;
  VmSnapshot    *snapshot;
  VmRecording   *recording;
  UiTimeRange   *range;
  VmPid          focus;
  UiText        *text;
  VmHeapSizes    sizes;
  gboolean       has_sizes;
  GArray        *samples;
  GArray        *collections;
  GArray        *slices;
  UiHeapStrip   *strip; /* as drawn last, for the pointer */
  UiHeapHistory *history;
};

G_DEFINE_FINAL_TYPE (UiHeapView, ui_heap_view, UI_TYPE_CANVAS)

static UiHeapHistoryInput
get_input (UiHeapView *self)
{
  UiHeapHistoryInput input = { .from_ns = 0, .to_ns = 1000, .cursor_ns = G_MININT64 };

  if (self->range != NULL)
    {
      input.from_ns = ui_time_range_get_from (self->range);
      input.to_ns = ui_time_range_get_to (self->range);
    }
  input.samples = (const VmHeapSample *) (gpointer) self->samples->data;
  input.n_samples = self->samples->len;
  input.collections = (const VmCollection *) (gpointer) self->collections->data;
  input.n_collections = self->collections->len;
  input.slices = (const VmSlice *) (gpointer) self->slices->data;
  input.n_slices = self->slices->len;
  if (self->snapshot != NULL && self->range != NULL)
    input.cursor_ns = ui_time_range_get_end (self->range);
  return input;
}

static void
read_history (UiHeapView *self)
{
  gint64 from = self->range != NULL ? ui_time_range_get_from (self->range) : 0;
  gint64 to = self->range != NULL ? ui_time_range_get_to (self->range) : 1000;
  gint64 step = (to - from) / MAX_SPANS;

  g_array_set_size (self->samples, 0);
  g_array_set_size (self->collections, 0);
  g_array_set_size (self->slices, 0);
  if (self->recording == NULL || self->focus == VM_PID_NONE)
    return;
  vm_recording_sample_heap (self->recording, self->focus, from, to + 1, step, self->samples);
  ui_recording_complete_heap_samples (self->samples, self->sizes.young_block);
  vm_recording_sample_collections (self->recording, self->focus, from, to + 1, step,
                                   self->collections);
  vm_recording_sample_slices (self->recording, 0, self->focus, from, to + 1, step, self->slices);
}

static void
format_name (UiHeapView *self, char *buffer, gsize size)
{
  const VmProcessInfo *info =
    self->snapshot != NULL ? vm_snapshot_find (self->snapshot, self->focus) : NULL;
  char pid[32];

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
draw_title (UiHeapView *self, UiDraw *dc, double width)
{
  UiLabels labels;
  char     name[256];

  if (self->focus == VM_PID_NONE)
    g_strlcpy (name, _ ("Choose a process to see its memory"), sizeof name);
  else
    format_name (self, name, sizeof name);
  ui_labels_init (&labels);
  ui_labels_add (&labels, ui_text_get_measure (self->text),
                 (UiRect){ MARGIN_PX, MARGIN_PX / 2, MAX (width - 2 * MARGIN_PX, 1), TITLE_PX },
                 UI_FONT_TITLE, 0, name);
  ui_draw_labels (dc, &labels);
  ui_labels_clear (&labels);
}

static void
ui_heap_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiHeapView        *self = UI_HEAP_VIEW (canvas);
  UiDraw             dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text };
  const UiMeasure   *measure = ui_text_get_measure (self->text);
  double             inner = MAX (width - 2 * MARGIN_PX, 1);
  double             y = MARGIN_PX / 2 + TITLE_PX + 6;
  UiHeapHistoryInput input;

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->strip, ui_heap_strip_free);
  g_clear_pointer (&self->history, ui_heap_history_free);
  draw_title (self, &dc, width);
  if (self->focus == VM_PID_NONE)
    return;
  if (self->has_sizes)
    {
      double natural = ui_heap_strip_get_height (&self->sizes, inner, measure);
      double beside = height - y - MIN_HISTORY_PX; /* room when the history stands below */
      double strip_height =
        beside >= MIN_STRIP_PX ? MIN (natural, beside) : MIN (natural, height - y);

      self->strip =
        ui_heap_strip_new (&self->sizes, (UiRect){ MARGIN_PX, y, inner, strip_height }, measure);
      ui_draw_heap_strip (&dc, self->strip);
      y += strip_height + MARGIN_PX;
    }
  if (height - y < MIN_HISTORY_PX - 2 * MARGIN_PX)
    return;
  read_history (self);
  input = get_input (self);
  self->history = ui_heap_history_new (
    &input, (UiRect){ MARGIN_PX, y, inner, height - y - MARGIN_PX / 2 }, measure);
  ui_draw_heap_history (&dc, self->history);
}

static void
ui_heap_view_zoom (UiCanvas *canvas, double factor, double x, double y)
{
  UiHeapView *self = UI_HEAP_VIEW (canvas);

  if (self->range != NULL && self->history != NULL)
    ui_time_range_zoom (self->range, factor, (gint64) ui_axis_to_value (&self->history->time, x));
}

static void
ui_heap_view_pan (UiCanvas *canvas, double dx, double dy)
{
  UiHeapView *self = UI_HEAP_VIEW (canvas);

  if (self->range != NULL && self->history != NULL)
    ui_time_range_pan (self->range, (gint64) (ui_axis_to_value (&self->history->time, 0) -
                                              ui_axis_to_value (&self->history->time, dx)));
}

static void
ui_heap_view_fit (UiCanvas *canvas)
{
  if (UI_HEAP_VIEW (canvas)->range != NULL)
    ui_time_range_fit (UI_HEAP_VIEW (canvas)->range);
}

static gboolean
ui_heap_view_move (UiCanvas *canvas, GtkDirectionType direction)
{
  UiHeapView *self = UI_HEAP_VIEW (canvas);

  if (self->range == NULL || (direction != GTK_DIR_LEFT && direction != GTK_DIR_RIGHT))
    return FALSE;
  ui_heap_view_pan (canvas, direction == GTK_DIR_LEFT ? 40 : -40, 0);
  return TRUE;
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
hover_mark (const UiHeapMark *mark, const char *moment)
{
  char words[UI_NUMBER_SIZE];

  ui_number_words (mark->reclaimed_words, words);
  if (mark->n_minor + mark->n_major > 1)
    return g_strdup_printf (_ ("%s: %u minor and %u major collections, %s reclaimed"), moment,
                            mark->n_minor, mark->n_major, words);
  return g_strdup_printf (mark->n_major > 0 ? _ ("%s: major collection, %s reclaimed")
                                            : _ ("%s: minor collection, %s reclaimed"),
                          moment, words);
}

static char *
ui_heap_view_hover (UiCanvas *canvas, double x, double y)
{
  UiHeapView         *self = UI_HEAP_VIEW (canvas);
  const UiHeapPart   *part = self->strip != NULL ? ui_heap_strip_hit (self->strip, x, y) : NULL;
  UiHeapHistoryInput  input = get_input (self);
  UiHeapHistoryHit    hit;
  const VmHeapSample *sample;
  char                a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE], d[UI_NUMBER_SIZE];

  if (part != NULL)
    return g_strdup_printf ("%s: %s", part_to_string (part->role),
                            ui_number_words (part->words, a));
  if (self->history == NULL || !ui_heap_history_hit (self->history, &input, x, y, &hit))
    return NULL;
  ui_number_moment (hit.t_ns, a);
  if (hit.mark != NULL)
    return hover_mark (hit.mark, a);
  if (hit.sample < 0 || hit.sample >= (int) self->samples->len)
    return g_strdup (a);
  sample = &g_array_index (self->samples, VmHeapSample, hit.sample);
  return g_strdup_printf (
    _ ("%s\nyoung heap %s, stack %s\nold heap %s"), a, ui_number_words (sample->young_used, b),
    ui_number_words (sample->stack_used, c), ui_number_words (sample->old_used, d));
}

static void
describe (UiHeapView *self)
{
  g_autofree char *text = NULL;
  char             name[256], a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE];

  if (self->focus == VM_PID_NONE || !self->has_sizes)
    {
      ui_canvas_set_description (UI_CANVAS (self), _ ("Heap"), _ ("No process is chosen."));
      return;
    }
  format_name (self, name, sizeof name);
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

/* Of a process that is gone, its last sample. */
static void
read_sizes (UiHeapView *self, const VmProcessInfo *info)
{
  g_autoptr (GArray) samples = NULL;
  gint64 end;

  self->has_sizes = info != NULL;
  if (info != NULL)
    self->sizes = info->heap;
  if (!is_gone (self->snapshot, self->focus) || self->recording == NULL)
    return;
  end = vm_recording_get_end_ns (self->recording);
  samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  vm_recording_sample_heap (self->recording, self->focus, 0, end + 1, end / MAX_SPANS, samples);
  ui_recording_complete_heap_samples (samples, 0);
  self->has_sizes = ui_recording_get_last_sizes (samples, &self->sizes);
}

void
ui_heap_view_set_snapshot (UiHeapView  *self,
                           VmSnapshot  *snapshot,
                           VmRecording *recording,
                           VmPid        focus)
{
  const VmProcessInfo *info = snapshot != NULL ? vm_snapshot_find (snapshot, focus) : NULL;

  g_return_if_fail (UI_IS_HEAP_VIEW (self));

  if (snapshot != NULL)
    vm_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  self->snapshot = snapshot;
  if (recording != NULL)
    vm_recording_ref (recording);
  g_clear_pointer (&self->recording, vm_recording_unref);
  self->recording = recording;
  self->focus = focus;
  read_sizes (self, info);
  describe (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

void
ui_heap_view_set_range (UiHeapView *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));

  if (g_set_object (&self->range, range) && range != NULL)
    g_signal_connect_object (range, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
}

static void
ui_heap_view_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiHeapView *self = UI_HEAP_VIEW (canvas);

  request->view = UI_PICTURE_HEAP;
  request->snapshot = self->snapshot;
  request->recording = self->recording;
  request->pid = self->focus;
  if (self->range != NULL)
    {
      request->from_ns = ui_time_range_get_from (self->range);
      request->to_ns = ui_time_range_get_to (self->range);
    }
  if (self->range != NULL)
    request->moment_ns = ui_time_range_get_end (self->range);
}

static void
ui_heap_view_finalize (GObject *object)
{
  UiHeapView *self = UI_HEAP_VIEW (object);

  g_clear_pointer (&self->strip, ui_heap_strip_free);
  g_clear_pointer (&self->history, ui_heap_history_free);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_clear_object (&self->range);
  g_array_unref (self->samples);
  g_array_unref (self->collections);
  g_array_unref (self->slices);
  ui_text_free (self->text);
  G_OBJECT_CLASS (ui_heap_view_parent_class)->finalize (object);
}

static void
ui_heap_view_class_init (UiHeapViewClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_heap_view_finalize;
  canvas_class->draw = ui_heap_view_draw;
  canvas_class->zoom = ui_heap_view_zoom;
  canvas_class->pan = ui_heap_view_pan;
  canvas_class->fit = ui_heap_view_fit;
  canvas_class->move = ui_heap_view_move;
  canvas_class->hover = ui_heap_view_hover;
  canvas_class->fill_request = ui_heap_view_fill_request;
}

static void
ui_heap_view_init (UiHeapView *self)
{
  self->focus = VM_PID_NONE;
  self->text = ui_text_new (NULL, NULL);
  self->samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  self->collections = g_array_new (FALSE, FALSE, sizeof (VmCollection));
  self->slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));
}
