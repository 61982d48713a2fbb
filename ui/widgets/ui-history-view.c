/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/draw/recording-arrays.h"
#include "ui/layout/number.h"
#include "ui/models/ui-process.h"
#include "ui/widgets/ui-history-view.h"
#include <glib/gi18n-lib.h>

#define MARGIN_PX 12.0
/* More than can be told apart: a few for every pixel of a wide screen. */
#define MAX_SPANS 8000

struct _UiHistoryView
{
  UiCanvas       parent_instance;
  VmSnapshot    *snapshot;
  VmRecording   *recording;
  UiTimeRange   *range;
  VmPid          focus;
  UiText        *text;
  guint64        young_block; /* of the process now, 0 when it is gone */
  GArray        *samples;
  GArray        *collections;
  GArray        *slices;
  UiHeapHistory *history; /* as drawn last, for the pointer */
};

G_DEFINE_FINAL_TYPE (UiHistoryView, ui_history_view, UI_TYPE_CANVAS)

static UiHeapHistoryInput
get_input (UiHistoryView *self)
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
read_history (UiHistoryView *self)
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
  ui_recording_complete_heap_samples (self->samples, self->young_block);
  vm_recording_sample_collections (self->recording, self->focus, from, to + 1, step,
                                   self->collections);
  vm_recording_sample_slices (self->recording, 0, self->focus, from, to + 1, step, self->slices);
}

static void
ui_history_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiHistoryView     *self = UI_HISTORY_VIEW (canvas);
  UiDraw             dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text };
  double             inner = MAX (width - 2 * MARGIN_PX, 1);
  UiHeapHistoryInput input;

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->history, ui_heap_history_free);
  if (self->focus == VM_PID_NONE || height < 2 * MARGIN_PX)
    return;
  read_history (self);
  input = get_input (self);
  self->history = ui_heap_history_new (
    &input, (UiRect){ MARGIN_PX, MARGIN_PX / 2, inner, height - MARGIN_PX },
    ui_text_get_measure (self->text));
  ui_draw_heap_history (&dc, self->history);
}

static void
ui_history_view_zoom (UiCanvas *canvas, double factor, double x, double y)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);

  if (self->range != NULL && self->history != NULL)
    ui_time_range_zoom (self->range, factor, (gint64) ui_axis_to_value (&self->history->time, x));
}

static void
ui_history_view_pan (UiCanvas *canvas, double dx, double dy)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);

  if (self->range != NULL && self->history != NULL)
    ui_time_range_pan (self->range, (gint64) (ui_axis_to_value (&self->history->time, 0) -
                                              ui_axis_to_value (&self->history->time, dx)));
}

static void
ui_history_view_fit (UiCanvas *canvas)
{
  if (UI_HISTORY_VIEW (canvas)->range != NULL)
    ui_time_range_fit (UI_HISTORY_VIEW (canvas)->range);
}

static gboolean
ui_history_view_move (UiCanvas *canvas, GtkDirectionType direction)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);

  if (self->range == NULL || (direction != GTK_DIR_LEFT && direction != GTK_DIR_RIGHT))
    return FALSE;
  ui_history_view_pan (canvas, direction == GTK_DIR_LEFT ? 40 : -40, 0);
  return TRUE;
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
ui_history_view_hover (UiCanvas *canvas, double x, double y)
{
  UiHistoryView      *self = UI_HISTORY_VIEW (canvas);
  UiHeapHistoryInput  input = get_input (self);
  UiHeapHistoryHit    hit;
  const VmHeapSample *sample;
  char                a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE], d[UI_NUMBER_SIZE];

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
describe (UiHistoryView *self)
{
  g_autofree char *text = NULL;
  char             end[UI_NUMBER_SIZE];

  if (self->focus == VM_PID_NONE || self->recording == NULL)
    {
      ui_canvas_set_description (UI_CANVAS (self), _ ("Heap history"),
                                 _ ("No process is chosen."));
      return;
    }
  text = g_strdup_printf (
    _ ("The sizes of the process's memory over time, recorded up to %s."),
    ui_number_moment (vm_recording_get_end_ns (self->recording), end));
  ui_canvas_set_description (UI_CANVAS (self), _ ("Heap history"), text);
}

void
ui_history_view_set_snapshot (UiHistoryView *self,
                              VmSnapshot    *snapshot,
                              VmRecording   *recording,
                              VmPid          focus)
{
  const VmProcessInfo *info = snapshot != NULL ? vm_snapshot_find (snapshot, focus) : NULL;

  g_return_if_fail (UI_IS_HISTORY_VIEW (self));

  if (snapshot != NULL)
    vm_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  self->snapshot = snapshot;
  if (recording != NULL)
    vm_recording_ref (recording);
  g_clear_pointer (&self->recording, vm_recording_unref);
  self->recording = recording;
  self->focus = focus;
  self->young_block = info != NULL ? info->heap.young_block : 0;
  describe (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

void
ui_history_view_set_range (UiHistoryView *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_HISTORY_VIEW (self));

  if (g_set_object (&self->range, range) && range != NULL)
    g_signal_connect_object (range, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
}

static void
ui_history_view_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);

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
ui_history_view_finalize (GObject *object)
{
  UiHistoryView *self = UI_HISTORY_VIEW (object);

  g_clear_pointer (&self->history, ui_heap_history_free);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_clear_object (&self->range);
  g_array_unref (self->samples);
  g_array_unref (self->collections);
  g_array_unref (self->slices);
  ui_text_free (self->text);
  G_OBJECT_CLASS (ui_history_view_parent_class)->finalize (object);
}

static void
ui_history_view_class_init (UiHistoryViewClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_history_view_finalize;
  canvas_class->draw = ui_history_view_draw;
  canvas_class->zoom = ui_history_view_zoom;
  canvas_class->pan = ui_history_view_pan;
  canvas_class->fit = ui_history_view_fit;
  canvas_class->move = ui_history_view_move;
  canvas_class->hover = ui_history_view_hover;
  canvas_class->fill_request = ui_history_view_fill_request;
}

static void
ui_history_view_init (UiHistoryView *self)
{
  self->focus = VM_PID_NONE;
  self->text = ui_text_new (NULL, NULL);
  self->samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  self->collections = g_array_new (FALSE, FALSE, sizeof (VmCollection));
  self->slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));
}
