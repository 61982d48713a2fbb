/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A widget that shows one picture of ui/draw: the only place where GTK meets
 * cairo. It turns pointer, touch and keys into a few verbs (zoom, pan, fit, pick,
 * move the selection); a view overrides those and draw().
 *
 * Keys, when it has the focus: + and - zoom, 0 shows all, arrows move the
 * selection, Home and End go to its ends, Enter opens it, Escape leaves it, Shift and
 * arrows pan. The wheel zooms at the pointer, two fingers pan; so does dragging, with
 * Shift where it scrubs. */

#include "ui/draw/picture.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_CANVAS (ui_canvas_get_type ())
G_DECLARE_DERIVABLE_TYPE (UiCanvas, ui_canvas, UI, CANVAS, GtkWidget)

/**
 * UiCanvasClass:
 * @draw: draws the whole picture at @width x @height px; also used for exports
 * @zoom: makes things @factor times larger around the point (x, y)
 * @pan: moves the content by (dx, dy) px
 * @fit: shows everything
 * @pick: (x, y) was clicked; TRUE when something was there
 * @scrub: the pointer was pressed at (x, y), or is dragged to there; FALSE when the
 *   press began where dragging moves the paper instead
 * @jump: goes to the first or the last place there is
 * @hover: (transfer full) (nullable): what to say about the point (x, y)
 * @open: (x, y) was double-clicked, or with (-1, -1) Enter pressed; FALSE shows all
 * @leave: Escape was pressed; FALSE when there is nothing to leave
 * @point: the pointer is at (x, y), or with (-1, -1) gone
 * @move: moves the selection; FALSE when there is nowhere to go
 * @is_animating: TRUE while the next frame would differ; asked after each frame
 * @fill_request: (nullable): what an export of the picture is made of
 */
struct _UiCanvasClass
{
  GtkWidgetClass parent_class;

  void (*draw) (UiCanvas *self, cairo_t *cr, double width, double height);
  void (*zoom) (UiCanvas *self, double factor, double x, double y);
  void (*pan) (UiCanvas *self, double dx, double dy);
  void (*fit) (UiCanvas *self);
  gboolean (*pick) (UiCanvas *self, double x, double y);
  gboolean (*open) (UiCanvas *self, double x, double y);
  gboolean (*leave) (UiCanvas *self);
  void (*point) (UiCanvas *self, double x, double y);
  gboolean (*scrub) (UiCanvas *self, double x, double y);
  gboolean (*jump) (UiCanvas *self, gboolean to_end);
  char *(*hover) (UiCanvas *self, double x, double y);
  gboolean (*move) (UiCanvas *self, GtkDirectionType direction);
  gboolean (*is_animating) (UiCanvas *self);
  void (*fill_request) (UiCanvas *self, UiPictureRequest *request);
};

/* Draws the picture as the widget shows it, for an export. */
void ui_canvas_draw (UiCanvas *self, cairo_t *cr, double width, double height);

void ui_canvas_zoom (UiCanvas *self, double factor);
void ui_canvas_fit (UiCanvas *self);

/* Draws again soon: at once as long as drawing is cheap, and so that drawing takes
 * at most a quarter of the time when it is not. For news of a running machine; what
 * the user did is drawn with gtk_widget_queue_draw(). */
void ui_canvas_queue_update (UiCanvas *self);

/* What a screen reader says of the picture: @label names it, @description is
 * one plain sentence of what is to be seen now. */
void ui_canvas_set_description (UiCanvas *self, const char *label, const char *description);

/* For views: the pid was chosen by the user; emits ::process-activated. */
void ui_canvas_emit_process_activated (UiCanvas *self, VmPid pid);

/* For views: where the pointer was last. */
void ui_canvas_get_pointer (UiCanvas *self, double *x, double *y);

/* For views: TRUE when the dark theme is in use. */
gboolean ui_canvas_is_dark (UiCanvas *self);

G_END_DECLS
