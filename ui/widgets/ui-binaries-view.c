/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/widgets/ui-binaries-view.h"
#include <glib/gi18n-lib.h>

#define MARGIN_PX 14.0
#define PAN_PX    40.0 /* a row of the list */

struct _UiBinariesView
{
  UiCanvas      parent_instance;
  UiText       *text;
  VmBinaries   *binaries; /* (nullable) */
  VmPid         focus;
  guint         first;
  double        panned; /* px, not a whole row yet */
  UiBinaryList *list;   /* as drawn last, for the pointer */
};

G_DEFINE_FINAL_TYPE (UiBinariesView, ui_binaries_view, UI_TYPE_CANVAS)

static void
ui_binaries_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiBinariesView *self = UI_BINARIES_VIEW (canvas);
  UiDraw          dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text };
  UiBinariesInput input = { self->binaries, self->first, self->focus };

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->list, ui_binary_list_free);
  if (self->binaries == NULL || width < 3 * MARGIN_PX || height < 3 * MARGIN_PX)
    return;
  self->list = ui_binary_list_new (
    &input, (UiRect){ MARGIN_PX, MARGIN_PX / 2, width - 2 * MARGIN_PX, height - MARGIN_PX },
    ui_text_get_measure (self->text));
  ui_draw_binary_list (&dc, self->list);
}

static gboolean
scroll (UiBinariesView *self, int rows)
{
  gint64 last = self->binaries != NULL ? (gint64) self->binaries->n_listed - 1 : 0;
  gint64 first = CLAMP ((gint64) self->first + rows, 0, MAX (last, 0));

  if ((guint) first == self->first)
    return FALSE;
  self->first = (guint) first;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static void
ui_binaries_view_pan (UiCanvas *canvas, double dx, double dy)
{
  UiBinariesView *self = UI_BINARIES_VIEW (canvas);
  int             rows;

  self->panned -= dy;
  rows = (int) (self->panned / PAN_PX);
  self->panned -= rows * PAN_PX;
  scroll (self, rows);
}

/* The wheel: nothing here is drawn larger, so that it goes through the list. */
static void
ui_binaries_view_zoom (UiCanvas *canvas, double factor, double x, double y)
{
  scroll (UI_BINARIES_VIEW (canvas), factor > 1 ? -1 : 1);
}

static void
ui_binaries_view_fit (UiCanvas *canvas)
{
  scroll (UI_BINARIES_VIEW (canvas), -VM_BINARIES_MAX_LISTED);
}

static gboolean
ui_binaries_view_move (UiCanvas *canvas, GtkDirectionType direction)
{
  return scroll (UI_BINARIES_VIEW (canvas),
                 direction == GTK_DIR_UP || direction == GTK_DIR_LEFT ? -1 : 1);
}

/* All holders of the block under the pointer. */
static char *
ui_binaries_view_hover (UiCanvas *canvas, double x, double y)
{
  UiBinariesView    *self = UI_BINARIES_VIEW (canvas);
  const UiBinaryRow *row = self->list != NULL ? ui_binary_list_hit (self->list, x, y) : NULL;
  const VmBinary    *binary = row != NULL ? &self->binaries->binaries[row->index] : NULL;
  g_autoptr (GString) text = NULL;

  if (binary == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (binary->n_listed, 20); i++)
    {
      g_autofree char *holder = ui_binary_describe_holder (binary, &binary->holders[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", holder);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
ui_binaries_view_pick (UiCanvas *canvas, double x, double y)
{
  UiBinariesView    *self = UI_BINARIES_VIEW (canvas);
  const UiBinaryRow *row = self->list != NULL ? ui_binary_list_hit (self->list, x, y) : NULL;
  const VmBinary    *binary = row != NULL ? &self->binaries->binaries[row->index] : NULL;

  for (guint i = 0; binary != NULL && i < binary->n_listed; i++)
    if (binary->holders[i].pid != VM_PID_NONE)
      {
        ui_canvas_emit_process_activated (canvas, binary->holders[i].pid);
        return TRUE;
      }
  return FALSE;
}

static void
ui_binaries_view_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiBinariesView *self = UI_BINARIES_VIEW (canvas);

  request->view = UI_PICTURE_BINARIES;
  request->binaries = self->binaries;
  request->first_binary = self->first;
  request->pid = self->focus;
}

void
ui_binaries_view_set_binaries (UiBinariesView *self, VmBinaries *binaries, VmPid focus)
{
  g_autofree char *text = NULL;

  g_return_if_fail (UI_IS_BINARIES_VIEW (self));

  if (binaries != NULL)
    vm_binaries_ref (binaries);
  g_clear_pointer (&self->list, ui_binary_list_free);
  g_clear_pointer (&self->binaries, vm_binaries_unref);
  self->binaries = binaries;
  self->focus = focus;
  scroll (self, 0);
  text = binaries != NULL ? ui_binaries_describe (binaries) : g_strdup (_ ("Nothing is known "
                                                                           "yet."));
  ui_canvas_set_description (UI_CANVAS (self), _ ("Binaries"), text);
  ui_canvas_queue_update (UI_CANVAS (self));
}

static void
ui_binaries_view_finalize (GObject *object)
{
  UiBinariesView *self = UI_BINARIES_VIEW (object);

  g_clear_pointer (&self->list, ui_binary_list_free);
  g_clear_pointer (&self->binaries, vm_binaries_unref);
  ui_text_free (self->text);
  G_OBJECT_CLASS (ui_binaries_view_parent_class)->finalize (object);
}

static void
ui_binaries_view_class_init (UiBinariesViewClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_binaries_view_finalize;
  canvas_class->draw = ui_binaries_view_draw;
  canvas_class->zoom = ui_binaries_view_zoom;
  canvas_class->pan = ui_binaries_view_pan;
  canvas_class->fit = ui_binaries_view_fit;
  canvas_class->pick = ui_binaries_view_pick;
  canvas_class->hover = ui_binaries_view_hover;
  canvas_class->move = ui_binaries_view_move;
  canvas_class->fill_request = ui_binaries_view_fill_request;
}

static void
ui_binaries_view_init (UiBinariesView *self)
{
  self->text = ui_text_new (NULL, NULL);
  self->focus = VM_PID_NONE;
}
