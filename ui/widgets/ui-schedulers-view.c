/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/draw/recording-arrays.h"
#include "ui/layout/number.h"
#include "ui/widgets/ui-schedulers-view.h"
#include <glib/gi18n-lib.h>

/* Events scanned for queue lengths and wake-ups: what one frame can afford. When
 * the window holds more, these two are left out until it is zoomed in. */
#define MAX_SCAN  100000
#define MAX_LANES 200
/* More than can be told apart: a few for every pixel of a wide screen. */
#define MAX_SPANS 8000

struct _UiSchedulersView
{
  UiCanvas     parent_instance;
  VmSnapshot  *snapshot;
  VmRecording *recording;
  UiTimeRange *range;
  UiText      *text;
  GArray      *slices;
  GArray      *collections;
  GArray      *queues;
  GArray      *wakes;
  GArray      *pids;
  double       scroll_y;
  VmPid        focus;
  UiLanes     *lanes; /* as drawn last */
};

G_DEFINE_FINAL_TYPE (UiSchedulersView, ui_schedulers_view, UI_TYPE_CANVAS)

static const char *
name_process (VmPid pid, char *buffer, gsize size, gpointer data)
{
  UiSchedulersView    *self = data;
  const VmProcessInfo *info =
    self->snapshot != NULL ? vm_snapshot_find (self->snapshot, pid) : NULL;

  if (info != NULL && info->name != NULL)
    {
      g_strlcpy (buffer, info->name, size);
      return buffer;
    }
  return vm_recording_format_process (self->recording, pid, buffer, size);
}

static void
scan_events (UiSchedulersView *self, gint64 from, gint64 to)
{
  guint64 first = vm_recording_find_time (self->recording, from);
  guint64 last = vm_recording_find_time (self->recording, to + 1);

  if (last >= first && last - first <= MAX_SCAN)
    ui_recording_get_queues (self->recording, from, to + 1, self->queues, self->wakes);
}

static gboolean
is_shown (UiSchedulersView *self, VmPid pid)
{
  const VmProcessInfo *info =
    self->snapshot != NULL ? vm_snapshot_find (self->snapshot, pid) : NULL;

  return info == NULL || !info->is_system;
}

/* The program's own processes that ran in the window; the chosen one always. */
static void
list_pids (UiSchedulersView *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_array_set_size (self->pids, 0);
  if (self->focus != VM_PID_NONE)
    {
      g_array_append_val (self->pids, self->focus);
      g_hash_table_add (seen, GUINT_TO_POINTER (self->focus + 1));
    }
  for (guint i = 0; i < self->slices->len && self->pids->len < MAX_LANES; i++)
    {
      VmPid pid = g_array_index (self->slices, VmSlice, i).pid;

      if (g_hash_table_add (seen, GUINT_TO_POINTER (pid + 1)) && is_shown (self, pid))
        g_array_append_val (self->pids, pid);
    }
}

static int
compare_pids (gconstpointer a, gconstpointer b)
{
  VmPid x = *(const VmPid *) a, y = *(const VmPid *) b;

  return x < y ? -1 : x > y;
}

static void
read_window (UiSchedulersView *self, gint64 from, gint64 to)
{
  g_array_set_size (self->slices, 0);
  g_array_set_size (self->collections, 0);
  g_array_set_size (self->queues, 0);
  g_array_set_size (self->wakes, 0);
  vm_recording_sample_slices (self->recording, 0, VM_PID_NONE, from, to + 1,
                              (to - from) / MAX_SPANS, self->slices);
  vm_recording_sample_collections (self->recording, VM_PID_NONE, from, to + 1,
                                   (to - from) / MAX_SPANS, self->collections);
  scan_events (self, from, to);
  list_pids (self);
  g_array_sort (self->pids, compare_pids);
}

static void
fill_input (UiSchedulersView *self, UiLanesInput *input)
{
  input->n_schedulers = vm_recording_get_n_schedulers (self->recording);
  input->slices = (const VmSlice *) (gpointer) self->slices->data;
  input->n_slices = self->slices->len;
  input->collections = (const VmCollection *) (gpointer) self->collections->data;
  input->n_collections = self->collections->len;
  input->queues = (const UiQueuePoint *) (gpointer) self->queues->data;
  input->n_queues = self->queues->len;
  input->wakes = (const UiWake *) (gpointer) self->wakes->data;
  input->n_wakes = self->wakes->len;
  input->pids = (const VmPid *) (gpointer) self->pids->data;
  input->n_pids = self->pids->len;
  input->get_name = name_process;
  input->name_data = self;
  input->scroll_y = self->scroll_y;
  input->selected = self->focus;
  input->cursor_ns = ui_time_range_get_end (self->range);
}

static void
ui_schedulers_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiSchedulersView *self = UI_SCHEDULERS_VIEW (canvas);
  UiDraw            dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text };
  UiLanesInput      input = { 0 };

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->lanes, ui_lanes_free);
  if (self->recording == NULL || self->range == NULL)
    return;
  read_window (self, ui_time_range_get_from (self->range), ui_time_range_get_to (self->range));
  fill_input (self, &input);
  input.from_ns = (double) ui_time_range_get_from (self->range);
  input.to_ns = (double) ui_time_range_get_to (self->range);
  input.end_ns = (double) ui_time_range_get_end (self->range);
  self->lanes = ui_lanes_new (&input, (UiRect){ 12, 8, MAX (width - 24, 1), MAX (height - 16, 1) },
                              ui_text_get_measure (self->text));
  ui_draw_lanes (&dc, self->lanes);
}

static void
ui_schedulers_view_zoom (UiCanvas *canvas, double factor, double x, double y)
{
  UiSchedulersView *self = UI_SCHEDULERS_VIEW (canvas);

  if (self->range != NULL && self->lanes != NULL)
    ui_time_range_zoom (self->range, factor, (gint64) ui_axis_to_value (&self->lanes->time, x));
}

static void
ui_schedulers_view_pan (UiCanvas *canvas, double dx, double dy)
{
  UiSchedulersView *self = UI_SCHEDULERS_VIEW (canvas);

  if (self->range == NULL || self->lanes == NULL)
    return;
  ui_time_range_pan (self->range, (gint64) (ui_axis_to_value (&self->lanes->time, 0) -
                                            ui_axis_to_value (&self->lanes->time, dx)));
  self->scroll_y =
    CLAMP (self->scroll_y - dy, 0, MAX (self->lanes->content_h - self->lanes->plot.h, 0));
}

static void
ui_schedulers_view_fit (UiCanvas *canvas)
{
  UI_SCHEDULERS_VIEW (canvas)->scroll_y = 0;
  if (UI_SCHEDULERS_VIEW (canvas)->range != NULL)
    ui_time_range_fit (UI_SCHEDULERS_VIEW (canvas)->range);
}

static VmPid
pid_at (UiSchedulersView *self, double x, double y)
{
  UiLanesHit hit = { 0 };

  if (self->lanes == NULL || !ui_lanes_hit (self->lanes, x, y, &hit))
    return VM_PID_NONE;
  if (hit.span != NULL && hit.span->pid != VM_PID_NONE)
    return hit.span->pid;
  return hit.lane != NULL && hit.lane->scheduler == 0 ? hit.lane->pid : VM_PID_NONE;
}

static gboolean
ui_schedulers_view_pick (UiCanvas *canvas, double x, double y)
{
  VmPid pid = pid_at (UI_SCHEDULERS_VIEW (canvas), x, y);

  if (pid == VM_PID_NONE)
    return FALSE;
  ui_canvas_emit_process_activated (canvas, pid);
  return TRUE;
}

static gboolean
ui_schedulers_view_move (UiCanvas *canvas, GtkDirectionType direction)
{
  UiSchedulersView *self = UI_SCHEDULERS_VIEW (canvas);
  int               at = -1, next;

  if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    {
      ui_schedulers_view_pan (canvas, direction == GTK_DIR_LEFT ? 40 : -40, 0);
      return TRUE;
    }
  for (guint i = 0; i < self->pids->len; i++)
    if (g_array_index (self->pids, VmPid, i) == self->focus)
      at = (int) i;
  next = direction == GTK_DIR_UP ? at - 1 : at + 1;
  if (next < 0 || next >= (int) self->pids->len)
    return FALSE;
  ui_canvas_emit_process_activated (canvas, g_array_index (self->pids, VmPid, next));
  return TRUE;
}

static char *
ui_schedulers_view_hover (UiCanvas *canvas, double x, double y)
{
  UiSchedulersView *self = UI_SCHEDULERS_VIEW (canvas);
  UiLanesHit        hit = { 0 };
  char              name[128], moment[UI_NUMBER_SIZE], length[UI_NUMBER_SIZE];
  double            from, to;

  if (self->lanes == NULL || !ui_lanes_hit (self->lanes, x, y, &hit) || hit.span == NULL)
    return NULL;
  from = ui_axis_to_value (&self->lanes->time, hit.span->rect.x);
  to = ui_axis_to_value (&self->lanes->time, hit.span->rect.x + hit.span->rect.w);
  ui_number_moment ((gint64) from, moment);
  ui_number_moment ((gint64) (to - from), length);
  if (hit.span->n_folded > 1)
    return g_strdup_printf (_ ("%u spans from %s, together %s\nZoom in to tell them apart"),
                            hit.span->n_folded, moment, length);
  if (hit.span->pid == VM_PID_NONE)
    return g_strdup_printf (_ ("From %s for %s"), moment, length);
  name_process (hit.span->pid, name, sizeof name, self);
  return g_strdup_printf (hit.kind == UI_LANES_COLLECTION
                            ? _ ("%s collects garbage\nfrom %s for %s")
                            : _ ("%s\nfrom %s for %s"),
                          name, moment, length);
}

static void
describe (UiSchedulersView *self)
{
  g_autofree char *text = NULL;
  guint            n_busy = 0;

  if (self->snapshot == NULL)
    return;
  for (guint i = 0; i < self->snapshot->n_schedulers; i++)
    n_busy += self->snapshot->schedulers[i].is_running;
  text = g_strdup_printf (_ ("%u schedulers, %u of them run a process."),
                          self->snapshot->n_schedulers, n_busy);
  ui_canvas_set_description (UI_CANVAS (self), _ ("Schedulers"), text);
}

void
ui_schedulers_view_set_snapshot (UiSchedulersView *self,
                                 VmSnapshot       *snapshot,
                                 VmRecording      *recording,
                                 VmPid             focus)
{
  g_return_if_fail (UI_IS_SCHEDULERS_VIEW (self));

  if (snapshot != NULL)
    vm_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  self->snapshot = snapshot;
  if (recording != NULL)
    vm_recording_ref (recording);
  g_clear_pointer (&self->recording, vm_recording_unref);
  self->recording = recording;
  self->focus = focus;
  describe (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

void
ui_schedulers_view_set_range (UiSchedulersView *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_SCHEDULERS_VIEW (self));

  if (g_set_object (&self->range, range) && range != NULL)
    g_signal_connect_object (range, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
}

static void
ui_schedulers_view_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiSchedulersView *self = UI_SCHEDULERS_VIEW (canvas);

  request->view = UI_PICTURE_SCHEDULERS;
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
ui_schedulers_view_finalize (GObject *object)
{
  UiSchedulersView *self = UI_SCHEDULERS_VIEW (object);
  GArray           *arrays[] = { self->slices, self->collections, self->queues, self->wakes,
                                 self->pids };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_clear_pointer (&self->lanes, ui_lanes_free);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_clear_object (&self->range);
  ui_text_free (self->text);
  G_OBJECT_CLASS (ui_schedulers_view_parent_class)->finalize (object);
}

static void
ui_schedulers_view_class_init (UiSchedulersViewClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_schedulers_view_finalize;
  canvas_class->draw = ui_schedulers_view_draw;
  canvas_class->zoom = ui_schedulers_view_zoom;
  canvas_class->pan = ui_schedulers_view_pan;
  canvas_class->fit = ui_schedulers_view_fit;
  canvas_class->pick = ui_schedulers_view_pick;
  canvas_class->move = ui_schedulers_view_move;
  canvas_class->hover = ui_schedulers_view_hover;
  canvas_class->fill_request = ui_schedulers_view_fill_request;
}

static void
ui_schedulers_view_init (UiSchedulersView *self)
{
  self->focus = VM_PID_NONE;
  self->text = ui_text_new (NULL, NULL);
  self->slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));
  self->collections = g_array_new (FALSE, FALSE, sizeof (VmCollection));
  self->queues = g_array_new (FALSE, FALSE, sizeof (UiQueuePoint));
  self->wakes = g_array_new (FALSE, FALSE, sizeof (UiWake));
  self->pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
}
