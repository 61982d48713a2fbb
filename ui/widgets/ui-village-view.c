/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/layout/number.h"
#include "ui/models/ui-process.h"
#include "ui/widgets/ui-village-view.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MARGIN_PX 12.0
#define MAX_SENDS 60 /* letters on their way: more hide what they fly over */
/* A letter is shown on its way for this share of what the recording holds, within limits. */
#define FLIGHT_SHARE  50
#define MIN_FLIGHT_NS 2000
#define MAX_FLIGHT_NS (20 * 1000 * 1000)

struct _UiVillageView
{
  UiCanvas       parent_instance;
  VmSnapshot    *snapshot;
  VmRecording   *recording;
  UiText        *text;
  GArray        *sends;
  UiVillage     *village; /* as drawn last; borrows the snapshot */
  UiVillageInput input;
};

G_DEFINE_FINAL_TYPE (UiVillageView, ui_village_view, UI_TYPE_CANVAS)

static void
read_sends (UiVillageView *self)
{
  gint64 now = self->snapshot->status.time_ns;

  self->input.now_ns = now;
  self->input.flight_ns = CLAMP (now / FLIGHT_SHARE, MIN_FLIGHT_NS, MAX_FLIGHT_NS);
  g_array_set_size (self->sends, 0);
  if (self->recording != NULL)
    vm_recording_get_sends (self->recording, MAX (now - self->input.flight_ns, 0), now + 1,
                            MAX_SENDS, self->sends);
  self->input.sends = (const VmSend *) (gpointer) self->sends->data;
  self->input.n_sends = self->sends->len;
}

static void
ui_village_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiVillageView *self = UI_VILLAGE_VIEW (canvas);
  UiDraw         dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text };

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->village, ui_village_free);
  if (self->snapshot == NULL)
    return;
  self->input.snapshot = self->snapshot;
  self->village = ui_village_new (&self->input,
                                  (UiRect){ MARGIN_PX, MARGIN_PX, MAX (width - 2 * MARGIN_PX, 1),
                                            MAX (height - 2 * MARGIN_PX, 1) },
                                  ui_text_get_measure (self->text));
  ui_draw_village (&dc, self->village);
}

static void
ui_village_view_zoom (UiCanvas *canvas, double factor, double x, double y)
{
  UiVillageView *self = UI_VILLAGE_VIEW (canvas);

  if (self->village != NULL)
    ui_village_zoom (self->village, &self->input, x, y, factor);
}

static void
ui_village_view_pan (UiCanvas *canvas, double dx, double dy)
{
  UiVillageView *self = UI_VILLAGE_VIEW (canvas);

  self->input.pan_x += dx;
  self->input.pan_y += dy;
}

static void
ui_village_view_fit (UiCanvas *canvas)
{
  UiVillageView *self = UI_VILLAGE_VIEW (canvas);

  self->input.zoom = 1;
  self->input.pan_x = self->input.pan_y = 0;
}

static void
choose (UiVillageView *self, VmPid pid)
{
  self->input.selected = pid;
  ui_canvas_emit_process_activated (UI_CANVAS (self), pid);
}

static gboolean
ui_village_view_pick (UiCanvas *canvas, double x, double y)
{
  UiVillageView       *self = UI_VILLAGE_VIEW (canvas);
  const UiVillageNode *node = self->village != NULL ? ui_village_hit (self->village, x, y) : NULL;

  if (node == NULL || node->pid == VM_PID_NONE)
    return FALSE;
  choose (self, node->pid);
  return TRUE;
}

/* How far @node lies in @direction of (x, y): sideways counts double. Negative:
 * it does not lie there. */
static double
distance (const UiVillageNode *node, double x, double y, GtkDirectionType direction)
{
  double dx = node->x - x, dy = node->y - y;
  double along = 0, aside = 0;

  switch (direction)
    {
    case GTK_DIR_LEFT:
      along = -dx;
      aside = fabs (dy);
      break;
    case GTK_DIR_RIGHT:
      along = dx;
      aside = fabs (dy);
      break;
    case GTK_DIR_UP:
      along = -dy;
      aside = fabs (dx);
      break;
    case GTK_DIR_DOWN:
    default:
      along = dy;
      aside = fabs (dx);
    }
  return along > 1 ? along + 2 * aside : -1;
}

static gboolean
ui_village_view_move (UiCanvas *canvas, GtkDirectionType direction)
{
  UiVillageView       *self = UI_VILLAGE_VIEW (canvas);
  const UiVillageNode *from, *best = NULL;
  double               best_distance = G_MAXDOUBLE;

  if (self->village == NULL || self->village->nodes->len == 0)
    return FALSE;
  from = ui_village_find (self->village, self->input.selected);
  for (guint i = 0; i < self->village->nodes->len; i++)
    {
      const UiVillageNode *node = &g_array_index (self->village->nodes, UiVillageNode, i);
      double               d = from != NULL ? distance (node, from->x, from->y, direction) : i;

      if (node->pid == VM_PID_NONE || d < 0 || d >= best_distance)
        continue;
      best = node;
      best_distance = d;
    }
  if (best != NULL)
    choose (self, best->pid);
  return best != NULL;
}

static char *
ui_village_view_hover (UiCanvas *canvas, double x, double y)
{
  UiVillageView       *self = UI_VILLAGE_VIEW (canvas);
  const UiVillageNode *node = self->village != NULL ? ui_village_hit (self->village, x, y) : NULL;
  const VmProcessInfo *info = node != NULL ? node->info : NULL;
  char                 pid[32], words[UI_NUMBER_SIZE], messages[UI_NUMBER_SIZE];

  if (info == NULL)
    return NULL;
  vm_pid_format (info->pid, pid);
  if (node->n_members > 1)
    return g_strdup_printf (_ ("%u processes %s, first %s\n%s messages waiting"), node->n_members,
                            info->initial, pid, ui_number_count (node->n_messages, messages));
  return g_strdup_printf (
    _ ("%s %s\n%s, %s\nheap and stack %s\n%s messages waiting"),
    info->name != NULL ? info->name : "", pid, info->current,
    ui_process_state_to_string (info->state),
    ui_number_words (info->heap.young_used + info->heap.stack_used + info->heap.old_used, words),
    ui_number_count (info->n_messages, messages));
}

static void
describe (UiVillageView *self)
{
  const VmProcessInfo *info;
  g_autofree char     *text = NULL;
  char                 number[UI_NUMBER_SIZE], pid[32];

  if (self->snapshot == NULL)
    return;
  info = vm_snapshot_find (self->snapshot, self->input.selected);
  ui_number_count (self->snapshot->status.n_processes, number);
  if (info != NULL)
    text = g_strdup_printf (_ ("%s processes. Chosen: %s, %s."), number,
                            info->name != NULL ? info->name : vm_pid_format (info->pid, pid),
                            ui_process_state_to_string (info->state));
  else
    text = g_strdup_printf (_ ("%s processes."), number);
  ui_canvas_set_description (UI_CANVAS (self), _ ("Village"), text);
}

void
ui_village_view_set_snapshot (UiVillageView *self,
                              VmSnapshot    *snapshot,
                              VmRecording   *recording,
                              VmPid          focus)
{
  g_return_if_fail (UI_IS_VILLAGE_VIEW (self));

  g_clear_pointer (&self->village, ui_village_free); /* it borrows the old snapshot */
  if (snapshot != NULL)
    vm_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  self->snapshot = snapshot;
  if (recording != NULL)
    vm_recording_ref (recording);
  g_clear_pointer (&self->recording, vm_recording_unref);
  self->recording = recording;
  self->input.selected = focus;
  if (snapshot != NULL)
    read_sends (self);
  describe (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

static void
ui_village_view_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiVillageView *self = UI_VILLAGE_VIEW (canvas);

  request->view = UI_PICTURE_VILLAGE;
  request->snapshot = self->snapshot;
  request->recording = self->recording;
  request->pid = self->input.selected;
  if (self->snapshot != NULL)
    request->moment_ns = self->snapshot->status.time_ns;
}

static void
ui_village_view_finalize (GObject *object)
{
  UiVillageView *self = UI_VILLAGE_VIEW (object);

  g_clear_pointer (&self->village, ui_village_free);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_array_unref (self->sends);
  ui_text_free (self->text);
  G_OBJECT_CLASS (ui_village_view_parent_class)->finalize (object);
}

static void
ui_village_view_class_init (UiVillageViewClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_village_view_finalize;
  canvas_class->draw = ui_village_view_draw;
  canvas_class->zoom = ui_village_view_zoom;
  canvas_class->pan = ui_village_view_pan;
  canvas_class->fit = ui_village_view_fit;
  canvas_class->pick = ui_village_view_pick;
  canvas_class->move = ui_village_view_move;
  canvas_class->hover = ui_village_view_hover;
  canvas_class->fill_request = ui_village_view_fill_request;
}

static void
ui_village_view_init (UiVillageView *self)
{
  self->text = ui_text_new (NULL, NULL);
  self->sends = g_array_new (FALSE, FALSE, sizeof (VmSend));
  self->input.selected = VM_PID_NONE;
  self->input.zoom = 1;
  self->input.flight_ns = MIN_FLIGHT_NS;
}
