/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/widgets/ui-canvas.h"
#include <adwaita.h>
#include <math.h>

#define ZOOM_STEP   1.25
#define PAN_STEP_PX 40.0
/* A frame that takes less may be drawn every time. */
#define CHEAP_US 6000

typedef struct
{
  double   pointer_x;
  double   pointer_y;
  double   pinch_scale;
  double   drag_x; /* how much of the drag was already handed on */
  double   drag_y;
  gboolean is_scrubbing;
  char    *description;
  gint64   drawn_us;  /* when the last frame was done */
  gint64   cost_us;   /* what it took */
  guint    update_id; /* a frame put off */
} UiCanvasPrivate;

enum
{
  SIGNAL_PROCESS_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (UiCanvas, ui_canvas, GTK_TYPE_WIDGET)

static UiCanvasPrivate *private(UiCanvas *self)
{
  return ui_canvas_get_instance_private (self);
}

static void
zoom_at (UiCanvas *self, double factor, double x, double y)
{
  UiCanvasClass *klass = UI_CANVAS_GET_CLASS (self);

  if (klass->zoom != NULL && isfinite (factor) && factor > 0)
    klass->zoom (self, factor, x, y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pan_by (UiCanvas *self, double dx, double dy)
{
  UiCanvasClass *klass = UI_CANVAS_GET_CLASS (self);

  if (klass->pan != NULL)
    klass->pan (self, dx, dy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_canvas_zoom (UiCanvas *self, double factor)
{
  g_return_if_fail (UI_IS_CANVAS (self));

  zoom_at (self, factor, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
           gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

void
ui_canvas_fit (UiCanvas *self)
{
  UiCanvasClass *klass;

  g_return_if_fail (UI_IS_CANVAS (self));

  klass = UI_CANVAS_GET_CLASS (self);
  if (klass->fit != NULL)
    klass->fit (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_canvas_draw (UiCanvas *self, cairo_t *cr, double width, double height)
{
  UiCanvasClass *klass;

  g_return_if_fail (UI_IS_CANVAS (self));

  klass = UI_CANVAS_GET_CLASS (self);
  cairo_save (cr);
  klass->draw (self, cr, width, height);
  cairo_restore (cr);
}

static gboolean
update_cb (gpointer data)
{
  private (data)->update_id = 0;
  gtk_widget_queue_draw (GTK_WIDGET (data));
  return G_SOURCE_REMOVE;
}

void
ui_canvas_queue_update (UiCanvas *self)
{
  UiCanvasPrivate *priv;
  gint64           wait_us;

  g_return_if_fail (UI_IS_CANVAS (self));

  priv = private(self);
  wait_us = priv->drawn_us + 3 * priv->cost_us - g_get_monotonic_time ();
  if (wait_us <= 0 || priv->cost_us < CHEAP_US)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else if (priv->update_id == 0)
    priv->update_id = g_timeout_add ((guint) (wait_us / 1000) + 1, update_cb, self);
}

void
ui_canvas_set_description (UiCanvas *self, const char *label, const char *description)
{
  UiCanvasPrivate *priv;

  g_return_if_fail (UI_IS_CANVAS (self));

  priv = private(self);
  if (g_strcmp0 (priv->description, description) == 0)
    return;
  g_free (priv->description);
  priv->description = g_strdup (description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

void
ui_canvas_emit_process_activated (UiCanvas *self, VmPid pid)
{
  g_signal_emit (self, signals[SIGNAL_PROCESS_ACTIVATED], 0, pid);
}

void
ui_canvas_get_pointer (UiCanvas *self, double *x, double *y)
{
  *x = private(self)->pointer_x;
  *y = private(self)->pointer_y;
}

gboolean
ui_canvas_is_dark (UiCanvas *self)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, UiCanvas *self)
{
  private (self)->pointer_x = x;
  private (self)->pointer_y = y;
  if (UI_CANVAS_GET_CLASS (self)->point != NULL)
    UI_CANVAS_GET_CLASS (self)->point (self, x, y);
}

static void
leave_cb (GtkEventControllerMotion *motion, UiCanvas *self)
{
  if (UI_CANVAS_GET_CLASS (self)->point != NULL)
    UI_CANVAS_GET_CLASS (self)->point (self, -1, -1);
}

/* A wheel zooms, as on a map; fingers on a touchpad move the paper. Control and
 * Shift say it explicitly. */
static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, UiCanvas *self)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  GdkModifierType     state = gtk_event_controller_get_current_event_state (controller);
  GdkScrollUnit       unit = gtk_event_controller_scroll_get_unit (scroll);
  gboolean            is_wheel = unit == GDK_SCROLL_UNIT_WHEEL;
  double              scale = is_wheel ? PAN_STEP_PX : 1.0;

  if (state & GDK_SHIFT_MASK)
    pan_by (self, -(dx + dy) * scale, 0);
  else if ((state & GDK_CONTROL_MASK) || (is_wheel && dy != 0))
    zoom_at (self, pow (ZOOM_STEP, is_wheel ? -dy : -dy / PAN_STEP_PX), private(self)->pointer_x,
             private(self)->pointer_y);
  else
    pan_by (self, -dx * scale, -dy * scale);
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, UiCanvas *self)
{
  private (self)->pinch_scale = 1.0;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, UiCanvas *self)
{
  double x = private(self)->pointer_x, y = private(self)->pointer_y;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  zoom_at (self, scale / private(self)->pinch_scale, x, y);
  private (self)->pinch_scale = scale;
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, UiCanvas *self)
{
  UiCanvasClass  *klass = UI_CANVAS_GET_CLASS (self);
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));

  private (self)->drag_x = private(self)->drag_y = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  private (self)->is_scrubbing =
    (state & GDK_SHIFT_MASK) == 0 && klass->scrub != NULL && klass->scrub (self, x, y);
}

static void
drag_update_cb (GtkGestureDrag *drag, double x, double y, UiCanvas *self)
{
  UiCanvasPrivate *priv = private(self);
  double           from_x, from_y;

  if (priv->is_scrubbing && gtk_gesture_drag_get_start_point (drag, &from_x, &from_y))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
      UI_CANVAS_GET_CLASS (self)->scrub (self, from_x + x, from_y + y);
      return;
    }
  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) x, (int) y) && priv->drag_x == 0 &&
      priv->drag_y == 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  pan_by (self, x - priv->drag_x, y - priv->drag_y);
  priv->drag_x = x;
  priv->drag_y = y;
}

static void
open_at (UiCanvas *self, double x, double y)
{
  UiCanvasClass *klass = UI_CANVAS_GET_CLASS (self);

  if (klass->open == NULL || !klass->open (self, x, y))
    ui_canvas_fit (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
click_cb (GtkGestureClick *click, int n_press, double x, double y, UiCanvas *self)
{
  UiCanvasClass *klass = UI_CANVAS_GET_CLASS (self);

  if (n_press == 2)
    open_at (self, x, y);
  else if (klass->pick != NULL && klass->pick (self, x, y))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
move_key (UiCanvas *self, GtkDirectionType direction, double dx, double dy, gboolean pans)
{
  UiCanvasClass *klass = UI_CANVAS_GET_CLASS (self);

  if (pans)
    pan_by (self, dx * PAN_STEP_PX, dy * PAN_STEP_PX);
  else if (klass->move == NULL || !klass->move (self, direction))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, UiCanvas *self)
{
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      ui_canvas_zoom (self, ZOOM_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      ui_canvas_zoom (self, 1 / ZOOM_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      ui_canvas_fit (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (UI_CANVAS_GET_CLASS (self)->open == NULL)
        return GDK_EVENT_PROPAGATE;
      open_at (self, -1, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (UI_CANVAS_GET_CLASS (self)->leave == NULL || !UI_CANVAS_GET_CLASS (self)->leave (self))
        return GDK_EVENT_PROPAGATE;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_End:
      return UI_CANVAS_GET_CLASS (self)->jump != NULL &&
             UI_CANVAS_GET_CLASS (self)->jump (self, key == GDK_KEY_End);
    case GDK_KEY_Left:
      return move_key (self, GTK_DIR_LEFT, 1, 0, shift);
    case GDK_KEY_Right:
      return move_key (self, GTK_DIR_RIGHT, -1, 0, shift);
    case GDK_KEY_Up:
      return move_key (self, GTK_DIR_UP, 0, 1, shift);
    case GDK_KEY_Down:
      return move_key (self, GTK_DIR_DOWN, 0, -1, shift);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
query_tooltip_cb (UiCanvas *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  UiCanvasClass   *klass = UI_CANVAS_GET_CLASS (self);
  g_autofree char *text = NULL;

  if (keyboard || klass->hover == NULL)
    return FALSE;
  text = klass->hover (self, x, y);
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ x - 4, y - 4, 8, 8 });
  return TRUE;
}

static gboolean
animate_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

static void
ui_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  UiCanvas      *self = UI_CANVAS (widget);
  UiCanvasClass *klass = UI_CANVAS_GET_CLASS (self);
  int            width = gtk_widget_get_width (widget);
  int            height = gtk_widget_get_height (widget);
  cairo_t       *cr;
  gint64         begin_us;

  if (width <= 0 || height <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  begin_us = g_get_monotonic_time ();
  ui_canvas_draw (self, cr, width, height);
  cairo_destroy (cr);
  private (self)->drawn_us = g_get_monotonic_time ();
  private (self)->cost_us = private(self)->drawn_us - begin_us;
  if (klass->is_animating != NULL && klass->is_animating (self))
    gtk_widget_add_tick_callback (widget, animate_cb, NULL, NULL);
  if (gtk_widget_has_visible_focus (widget))
    gtk_snapshot_render_focus (snapshot, gtk_widget_get_style_context (widget), 0, 0, width,
                               height);
}

static void
style_changed_cb (UiCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ui_canvas_finalize (GObject *object)
{
  g_clear_handle_id (&private(UI_CANVAS (object))->update_id, g_source_remove);
  g_free (private(UI_CANVAS (object))->description);
  G_OBJECT_CLASS (ui_canvas_parent_class)->finalize (object);
}

static void
ui_canvas_class_init (UiCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_canvas_finalize;
  widget_class->snapshot = ui_canvas_snapshot;
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  /**
   * UiCanvas::process-activated:
   * @pid: the process
   *
   * The user chose a process in the picture.
   */
  signals[SIGNAL_PROCESS_ACTIVATED] =
    g_signal_new ("process-activated", UI_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
add_controllers (UiCanvas *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture         *pinch = gtk_gesture_zoom_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (click_cb), self);
  gtk_gesture_group (drag, click);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
ui_canvas_init (UiCanvas *self)
{
  private (self)->pinch_scale = 1.0;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  add_controllers (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
}
