/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/draw/recording-arrays.h"
#include "ui/draw/recording-many.h"
#include "ui/layout/number.h"
#include "ui/models/ui-bookmark.h"
#include "ui/widgets/ui-history-view.h"
#include <glib/gi18n-lib.h>

#define MARGIN_PX   12.0
#define MAX_COLUMNS 300

/* What the arrays were read for: read again only when that changes, so that moving
 * the playhead costs a picture and nothing else. */
typedef struct
{
  VmRecording *recording;
  guint64      n_records;
  VmPid        pid;
  gint64       from_ns;
  gint64       to_ns;
} ReadKey;

struct _UiHistoryView
{
  UiCanvas        parent_instance;
  VmSnapshot     *snapshot;
  VmRecording    *recording;
  UiTimeRange    *range;
  GListModel     *bookmarks;
  GArray         *pins; /* UiHistoryPin: texts are the bookmarks' */
  VmPid           focus;
  UiHistoryForm   form;
  UiText         *text;
  guint64         young_block; /* of the process now, 0 when it is gone */
  ReadKey         key;
  UiHistoryArrays arrays;
  UiHeapHistory  *history; /* as drawn last, for the pointer */
  UiManyArrays    many_arrays;
  guint           many_rows; /* they were read for */
  UiHeapMany     *many;      /* as drawn last; NULL unless many are shown */
};

G_DEFINE_FINAL_TYPE (UiHistoryView, ui_history_view, UI_TYPE_CANVAS)

/* The whole life of the process, until the user zooms. */
static void
get_window (UiHistoryView *self, gint64 *from_ns, gint64 *to_ns)
{
  *from_ns = 0;
  *to_ns = 1000;
  if (self->range == NULL)
    return;
  *from_ns = ui_time_range_get_from (self->range);
  *to_ns = ui_time_range_get_to (self->range);
  if (ui_time_range_get_follows (self->range) && self->recording != NULL &&
      self->form != UI_HISTORY_PROCESSES)
    ui_recording_get_life (self->recording, self->focus, ui_time_range_get_end (self->range),
                           from_ns, to_ns);
}

static UiHeapHistoryInput
get_input (UiHistoryView *self)
{
  UiHeapHistoryInput input = UI_HEAP_HISTORY_INPUT_INIT;
  gint64             from_ns, to_ns;

  get_window (self, &from_ns, &to_ns);
  ui_history_arrays_fill (&self->arrays, from_ns, to_ns, &input);
  input.form = self->form;
  input.pins = (const UiHistoryPin *) (gpointer) self->pins->data;
  input.n_pins = self->pins->len;
  if (self->snapshot != NULL && self->range != NULL)
    {
      input.cursor_ns = ui_time_range_get_moment (self->range);
      input.now_ns = ui_time_range_get_end (self->range);
    }
  return input;
}

static void
read_history (UiHistoryView *self)
{
  ReadKey key = { .recording = self->recording, .pid = self->focus };

  get_window (self, &key.from_ns, &key.to_ns);
  if (self->recording != NULL)
    key.n_records = vm_recording_get_n_records (self->recording);
  if (key.recording == self->key.recording && key.n_records == self->key.n_records &&
      key.pid == self->key.pid && key.from_ns == self->key.from_ns &&
      key.to_ns == self->key.to_ns)
    return;
  self->key = key;
  ui_history_arrays_read (&self->arrays, self->recording, self->focus, key.from_ns, key.to_ns,
                          self->young_block);
}

static void
draw_many (UiHistoryView *self, UiDraw *dc, UiRect area)
{
  ReadKey key = { .recording = self->recording, .pid = VM_PID_NONE };
  guint   n_rows = ui_heap_many_count_rows (area.h);

  get_window (self, &key.from_ns, &key.to_ns);
  if (self->recording != NULL)
    key.n_records = vm_recording_get_n_records (self->recording);
  if (memcmp (&key, &self->key, sizeof key) != 0 || n_rows != self->many_rows)
    {
      self->key = key;
      self->many_rows = n_rows;
      ui_many_arrays_read (&self->many_arrays, self->recording, self->snapshot, key.from_ns,
                           key.to_ns, MAX_COLUMNS, n_rows);
    }
  self->many_arrays.input.selected = self->focus;
  self->many_arrays.input.cursor_ns =
    self->range != NULL ? ui_time_range_get_moment (self->range) : G_MININT64;
  self->many =
    ui_heap_many_new (&self->many_arrays.input, area, ui_text_get_measure (self->text));
  ui_draw_heap_many (dc, self->many);
}

static void
ui_history_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiHistoryView     *self = UI_HISTORY_VIEW (canvas);
  UiDraw             dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text, FALSE };
  double             inner = MAX (width - 2 * MARGIN_PX, 1);
  UiHeapHistoryInput input;

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->history, ui_heap_history_free);
  g_clear_pointer (&self->many, ui_heap_many_free);
  if (height < 2 * MARGIN_PX)
    return;
  if (self->form == UI_HISTORY_PROCESSES)
    {
      draw_many (self, &dc, (UiRect){ MARGIN_PX, MARGIN_PX / 2, inner, height - MARGIN_PX });
      return;
    }
  if (self->focus == VM_PID_NONE)
    return;
  read_history (self);
  input = get_input (self);
  self->history = ui_heap_history_new (
    &input, (UiRect){ MARGIN_PX, MARGIN_PX / 2, inner, height - MARGIN_PX },
    ui_text_get_measure (self->text));
  ui_draw_heap_history (&dc, self->history);
}

/* (nullable): of what was drawn last */
static const UiAxis *
get_axis (UiHistoryView *self)
{
  if (self->many != NULL)
    return &self->many->time;
  return self->history != NULL ? &self->history->time : NULL;
}

static void
ui_history_view_zoom (UiCanvas *canvas, double factor, double x, double y)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);
  gint64         from_ns, to_ns, at_ns;

  if (self->range == NULL || get_axis (self) == NULL)
    return;
  at_ns = (gint64) ui_axis_to_value (get_axis (self), x);
  if (ui_time_range_get_follows (self->range) && factor > 1)
    {
      /* what is zoomed is what is seen */
      get_window (self, &from_ns, &to_ns);
      ui_time_range_set (self->range, from_ns, to_ns);
    }
  ui_time_range_zoom (self->range, factor, CLAMP (at_ns, 0, ui_time_range_get_end (self->range)));
}

static void
ui_history_view_pan (UiCanvas *canvas, double dx, double dy)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);
  const UiAxis  *axis = get_axis (self);

  if (self->range != NULL && axis != NULL)
    ui_time_range_pan (self->range,
                       (gint64) (ui_axis_to_value (axis, 0) - ui_axis_to_value (axis, dx)));
}

static void
ui_history_view_fit (UiCanvas *canvas)
{
  if (UI_HISTORY_VIEW (canvas)->range != NULL)
    ui_time_range_fit (UI_HISTORY_VIEW (canvas)->range);
}

static gboolean
ui_history_view_scrub (UiCanvas *canvas, double x, double y)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);
  const UiAxis  *axis = get_axis (self);

  if (self->range == NULL || axis == NULL)
    return FALSE;
  ui_time_range_set_moment (
    self->range,
    (gint64) MAX (ui_axis_to_value (axis, CLAMP (x, axis->px_from, axis->px_to)), 0));
  return TRUE;
}

/* A click beside a mark means the mark: the moment when the collection was over. */
static gboolean
ui_history_view_pick (UiCanvas *canvas, double x, double y)
{
  UiHistoryView     *self = UI_HISTORY_VIEW (canvas);
  UiHeapHistoryInput input = get_input (self);
  UiHeapHistoryHit   hit;

  if (self->many != NULL)
    {
      const UiHeapManyRow *row = ui_heap_many_hit (self->many, x, y);

      if (row == NULL || row->pid == VM_PID_NONE)
        return FALSE;
      ui_canvas_emit_process_activated (canvas, row->pid);
      return TRUE;
    }
  if (self->range == NULL || self->history == NULL ||
      !ui_heap_history_hit (self->history, &input, x, y, &hit))
    return FALSE;
  if (hit.pin >= 0)
    ui_time_range_set_moment (self->range, input.pins[hit.pin].t_ns);
  else if (hit.mark != NULL && y < self->history->plot.y)
    ui_time_range_set_moment (self->range, hit.mark->end_ns);
  return TRUE;
}

gboolean
ui_history_view_step_collection (UiHistoryView *self, gboolean forward)
{
  g_autoptr (GArray) all = NULL;
  gint64 now_ns;

  g_return_val_if_fail (UI_IS_HISTORY_VIEW (self), FALSE);

  if (self->range == NULL || self->recording == NULL)
    return FALSE;
  all = g_array_new (FALSE, FALSE, sizeof (VmCollection));
  now_ns = ui_time_range_get_moment (self->range);
  vm_recording_get_collections (self->recording, self->focus, 0, G_MAXINT64, all);
  for (guint i = 0; i < all->len; i++)
    {
      guint  at = forward ? i : all->len - 1 - i;
      gint64 end_ns = g_array_index (all, VmCollection, at).end_ns;

      if (forward ? end_ns > now_ns : end_ns < now_ns)
        {
          ui_time_range_set_moment (self->range, end_ns);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
step_sample (UiHistoryView *self, gboolean forward)
{
  gint64       now_ns = ui_time_range_get_moment (self->range);
  VmHeapSample sample;

  if (!forward)
    {
      if (!vm_recording_get_heap_at (self->recording, self->focus, now_ns - 1, &sample))
        return FALSE;
      ui_time_range_set_moment (self->range, sample.t_ns);
      return TRUE;
    }
  for (guint i = 0; i < self->arrays.samples->len; i++)
    if (g_array_index (self->arrays.samples, VmHeapSample, i).t_ns > now_ns)
      {
        ui_time_range_set_moment (self->range,
                                  g_array_index (self->arrays.samples, VmHeapSample, i).t_ns);
        return TRUE;
      }
  ui_time_range_clear_moment (self->range);
  return TRUE;
}

static gboolean
ui_history_view_move (UiCanvas *canvas, GtkDirectionType direction)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);

  if (self->range == NULL || self->recording == NULL || self->focus == VM_PID_NONE)
    return FALSE;
  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    return ui_history_view_step_collection (self, direction == GTK_DIR_DOWN);
  return step_sample (self, direction == GTK_DIR_RIGHT);
}

static gboolean
ui_history_view_jump (UiCanvas *canvas, gboolean to_end)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);
  gint64         born_ns = 0, ended_ns;

  if (self->range == NULL || self->recording == NULL)
    return FALSE;
  vm_recording_get_life (self->recording, self->focus, &born_ns, &ended_ns);
  ui_time_range_set_moment (self->range, to_end ? G_MAXINT64 : born_ns);
  return TRUE;
}

static char *
hover_mark (const UiHeapMark *mark)
{
  char moment[UI_NUMBER_SIZE], words[UI_NUMBER_SIZE], time[UI_NUMBER_SIZE];

  ui_number_moment (mark->begin_ns, moment);
  ui_number_words (mark->reclaimed_words, words);
  ui_number_duration (mark->gc_ns, time);
  if (mark->n_minor + mark->n_major > 1)
    return g_strdup_printf (
      _ ("From %s: %u minor and %u major collections\n%s reclaimed in %s"), moment, mark->n_minor,
      mark->n_major, words, time);
  return g_strdup_printf (mark->n_major > 0 ? _ ("%s: major collection\n%s reclaimed in %s")
                                            : _ ("%s: minor collection\n%s reclaimed in %s"),
                          moment, words, time);
}

static char *
hover_sample (const VmHeapSample *s)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE], d[UI_NUMBER_SIZE];

  g_string_append_printf (text, _ ("%s: young heap %s of %s, stack %s"),
                          ui_number_moment (s->t_ns, a), ui_number_count (s->young_used, b),
                          ui_number_words (s->young_block, c), ui_number_count (s->stack_used, d));
  g_string_append_printf (text, _ ("\nold heap %s of %s"), ui_number_count (s->old_used, a),
                          ui_number_words (s->old_block, b));
  if (s->fragments > 0)
    g_string_append_printf (text, _ ("\nfragments %s"), ui_number_words (s->fragments, a));
  if (s->n_messages > 0)
    g_string_append_printf (text, _ ("\nmessages waiting: %s, %s outside the heap"),
                            ui_number_count (s->n_messages, a),
                            ui_number_words (s->message_words, b));
  if (vm_heap_sample_get_binary_bytes (s) > 0)
    g_string_append_printf (text, _ ("\nbinaries off the heap %s"),
                            ui_number_bytes (vm_heap_sample_get_binary_bytes (s), a));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
hover_many (UiHistoryView *self, double x, double y)
{
  const UiHeapManyRow *row = ui_heap_many_hit (self->many, x, y);
  VmHeapSample         sample;
  gint64               t_ns = (gint64) ui_axis_to_value (&self->many->time, x);

  if (row == NULL)
    return NULL;
  if (row->pid == VM_PID_NONE || !ui_rect_contains (&row->plot, x, y) ||
      !vm_recording_get_heap_at (self->recording, row->pid, t_ns, &sample))
    return row->pid == VM_PID_NONE
             ? NULL
             : g_strdup (self->many_arrays.input.rows[row->index].name);
  return hover_sample (&sample);
}

static char *
ui_history_view_hover (UiCanvas *canvas, double x, double y)
{
  UiHistoryView     *self = UI_HISTORY_VIEW (canvas);
  UiHeapHistoryInput input = get_input (self);
  UiHeapHistoryHit   hit;
  char               a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE];

  if (self->many != NULL)
    return hover_many (self, x, y);
  if (self->history == NULL || !ui_heap_history_hit (self->history, &input, x, y, &hit))
    return NULL;
  if (hit.pin >= 0)
    return g_strdup_printf ("%s: %s", ui_number_moment (input.pins[hit.pin].t_ns, a),
                            input.pins[hit.pin].text);
  if (hit.mark != NULL)
    return hover_mark (hit.mark);
  ui_number_moment (hit.t_ns, b);
  if (hit.sample < 0 || hit.sample >= (int) self->arrays.samples->len)
    return g_strdup (b);
  return hover_sample (&g_array_index (self->arrays.samples, VmHeapSample, hit.sample));
}

static void
describe (UiHistoryView *self)
{
  g_autofree char *text = NULL;
  VmHeapSample     sample;
  gint64           moment_ns;
  char             a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE], d[UI_NUMBER_SIZE];

  if (self->focus == VM_PID_NONE || self->recording == NULL)
    {
      ui_canvas_set_description (UI_CANVAS (self), _ ("Heap history"),
                                 _ ("No process is chosen."));
      return;
    }
  moment_ns = self->range != NULL ? ui_time_range_get_moment (self->range)
                                  : vm_recording_get_end_ns (self->recording);
  if (!vm_recording_get_heap_at (self->recording, self->focus, moment_ns, &sample))
    sample = (VmHeapSample){ 0 };
  text = g_strdup_printf (
    _ ("The sizes of the process's memory over time, recorded up to %s. At %s: young heap %s, "
       "old heap %s."),
    ui_number_moment (vm_recording_get_end_ns (self->recording), a),
    ui_number_moment (moment_ns, b), ui_number_words (sample.young_used, c),
    ui_number_words (sample.old_used, d));
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
  if (recording != self->key.recording)
    self->key = (ReadKey){ .pid = VM_PID_NONE };
  self->recording = recording;
  self->focus = focus;
  self->young_block = info != NULL ? info->heap.young_block : 0;
  describe (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

static void
moment_changed_cb (UiHistoryView *self)
{
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_history_view_set_range (UiHistoryView *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_HISTORY_VIEW (self));

  if (!g_set_object (&self->range, range) || range == NULL)
    return;
  g_signal_connect_object (range, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (range, "moment-changed", G_CALLBACK (moment_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
bookmarks_changed_cb (UiHistoryView *self)
{
  guint n = self->bookmarks != NULL ? g_list_model_get_n_items (self->bookmarks) : 0;

  g_array_set_size (self->pins, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UiBookmark) bookmark = g_list_model_get_item (self->bookmarks, i);
      UiHistoryPin pin = { ui_bookmark_get_moment (bookmark), ui_bookmark_get_note (bookmark) };

      g_array_append_val (self->pins, pin);
      g_signal_handlers_disconnect_by_func (bookmark, bookmarks_changed_cb, self);
      g_signal_connect_object (bookmark, "notify::note", G_CALLBACK (bookmarks_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_history_view_set_bookmarks (UiHistoryView *self, GListModel *bookmarks)
{
  g_return_if_fail (UI_IS_HISTORY_VIEW (self));

  if (!g_set_object (&self->bookmarks, bookmarks))
    return;
  if (bookmarks != NULL)
    g_signal_connect_object (bookmarks, "items-changed", G_CALLBACK (bookmarks_changed_cb), self,
                             G_CONNECT_SWAPPED);
  bookmarks_changed_cb (self);
}

void
ui_history_view_set_form (UiHistoryView *self, UiHistoryForm form)
{
  g_return_if_fail (UI_IS_HISTORY_VIEW (self));

  self->form = form;
  self->key = (ReadKey){ .pid = VM_PID_NONE };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

UiHistoryForm
ui_history_view_get_form (UiHistoryView *self)
{
  return self->form;
}

static void
ui_history_view_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiHistoryView *self = UI_HISTORY_VIEW (canvas);

  request->view = UI_PICTURE_HISTORY;
  request->snapshot = self->snapshot;
  request->recording = self->recording;
  request->pid = self->focus;
  request->form = self->form;
  request->pins = (const UiHistoryPin *) (gpointer) self->pins->data;
  request->n_pins = self->pins->len;
  get_window (self, &request->from_ns, &request->to_ns);
  if (self->range != NULL)
    request->moment_ns = ui_time_range_get_moment (self->range);
}

static void
ui_history_view_finalize (GObject *object)
{
  UiHistoryView *self = UI_HISTORY_VIEW (object);

  g_clear_pointer (&self->history, ui_heap_history_free);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_clear_object (&self->range);
  g_clear_object (&self->bookmarks);
  g_array_unref (self->pins);
  ui_history_arrays_clear (&self->arrays);
  g_clear_pointer (&self->many, ui_heap_many_free);
  ui_many_arrays_clear (&self->many_arrays);
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
  canvas_class->scrub = ui_history_view_scrub;
  canvas_class->jump = ui_history_view_jump;
  canvas_class->pick = ui_history_view_pick;
  canvas_class->move = ui_history_view_move;
  canvas_class->hover = ui_history_view_hover;
  canvas_class->fill_request = ui_history_view_fill_request;
}

static void
ui_history_view_init (UiHistoryView *self)
{
  self->focus = VM_PID_NONE;
  self->key.pid = VM_PID_NONE;
  self->text = ui_text_new (NULL, NULL);
  self->pins = g_array_new (FALSE, FALSE, sizeof (UiHistoryPin));
  ui_history_arrays_init (&self->arrays);
  ui_many_arrays_init (&self->many_arrays);
}
