/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/layout/gc-walk-text.h"
#include "ui/widgets/ui-gc-canvas.h"
#include <glib/gi18n-lib.h>

#define MARGIN_PX 12.0

struct _UiGcCanvas
{
  UiCanvas     parent_instance;
  UiText      *text;
  UiGcReplay  *replay;  /* (nullable) */
  UiGcPicture *picture; /* as drawn last, for the pointer */
  UiGcStepUnit unit;
};

enum
{
  SIGNAL_STEP_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiGcCanvas, ui_gc_canvas, UI_TYPE_CANVAS)

static void
ui_gc_canvas_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiGcCanvas *self = UI_GC_CANVAS (canvas);
  UiDraw      dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text };

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->picture, ui_gc_picture_free);
  if (self->replay == NULL || width < 2 * MARGIN_PX || height < 2 * MARGIN_PX)
    return;
  self->picture = ui_gc_picture_new (
    self->replay,
    (UiRect){ MARGIN_PX, MARGIN_PX / 2, width - 2 * MARGIN_PX, height - MARGIN_PX },
    ui_text_get_measure (self->text));
  ui_draw_gc_picture (&dc, self->picture);
}

static char *
ui_gc_canvas_hover (UiCanvas *canvas, double x, double y)
{
  UiGcCanvas     *self = UI_GC_CANVAS (canvas);
  const UiGcCell *cell = self->picture != NULL ? ui_gc_picture_hit (self->picture, x, y) : NULL;

  return cell != NULL && self->replay != NULL ? ui_gc_picture_describe_cell (self->replay, cell)
                                              : NULL;
}

static gboolean
ui_gc_canvas_move (UiCanvas *canvas, GtkDirectionType direction)
{
  UiGcCanvas *self = UI_GC_CANVAS (canvas);
  gboolean    is_back = direction == GTK_DIR_LEFT || direction == GTK_DIR_UP;
  guint       step;

  if (self->replay == NULL)
    return FALSE;
  /* up and down go by objects, whatever left and right go by */
  step = ui_gc_replay_find (
    self->replay,
    direction == GTK_DIR_UP || direction == GTK_DIR_DOWN ? UI_GC_STEP_OBJECT : self->unit, is_back);
  if (step == self->replay->step)
    return FALSE;
  ui_gc_canvas_set_step (self, step);
  return TRUE;
}

static void
ui_gc_canvas_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiGcCanvas *self = UI_GC_CANVAS (canvas);

  request->view = UI_PICTURE_COLLECTION;
  request->walk = self->replay != NULL ? self->replay->walk : NULL;
  request->walk_step = self->replay != NULL ? self->replay->step : 0;
}

static void
describe (UiGcCanvas *self)
{
  g_autofree char *title = NULL;
  g_autofree char *what = NULL;

  if (self->replay == NULL)
    {
      ui_canvas_set_description (UI_CANVAS (self), _ ("Collection"), _ ("No collection yet."));
      return;
    }
  title = ui_gc_walk_get_title (self->replay->walk);
  what = ui_gc_walk_describe_step (self->replay);
  ui_canvas_set_description (UI_CANVAS (self), title, what);
}

void
ui_gc_canvas_set_walk (UiGcCanvas *self, VmGcWalk *walk)
{
  g_return_if_fail (UI_IS_GC_CANVAS (self));

  g_clear_pointer (&self->picture, ui_gc_picture_free);
  g_clear_pointer (&self->replay, ui_gc_replay_free);
  if (walk != NULL)
    self->replay = ui_gc_replay_new (walk);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_STEP_CHANGED], 0);
}

const UiGcReplay *
ui_gc_canvas_get_replay (UiGcCanvas *self)
{
  g_return_val_if_fail (UI_IS_GC_CANVAS (self), NULL);
  return self->replay;
}

void
ui_gc_canvas_set_step (UiGcCanvas *self, guint step)
{
  g_return_if_fail (UI_IS_GC_CANVAS (self));

  if (self->replay == NULL || self->replay->step == MIN (step, self->replay->walk->n_actions))
    return;
  ui_gc_replay_seek (self->replay, step);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_STEP_CHANGED], 0);
}

void
ui_gc_canvas_set_unit (UiGcCanvas *self, UiGcStepUnit unit)
{
  g_return_if_fail (UI_IS_GC_CANVAS (self));
  self->unit = unit;
}

static void
ui_gc_canvas_finalize (GObject *object)
{
  UiGcCanvas *self = UI_GC_CANVAS (object);

  g_clear_pointer (&self->picture, ui_gc_picture_free);
  g_clear_pointer (&self->replay, ui_gc_replay_free);
  ui_text_free (self->text);
  G_OBJECT_CLASS (ui_gc_canvas_parent_class)->finalize (object);
}

static void
ui_gc_canvas_class_init (UiGcCanvasClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_gc_canvas_finalize;
  canvas_class->draw = ui_gc_canvas_draw;
  canvas_class->hover = ui_gc_canvas_hover;
  canvas_class->move = ui_gc_canvas_move;
  canvas_class->fill_request = ui_gc_canvas_fill_request;

  /**
   * UiGcCanvas::step-changed:
   *
   * It stands elsewhere in the walk, or has another one.
   */
  signals[SIGNAL_STEP_CHANGED] = g_signal_new (
    "step-changed", UI_TYPE_GC_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ui_gc_canvas_init (UiGcCanvas *self)
{
  self->text = ui_text_new (NULL, NULL);
  self->unit = UI_GC_STEP_OBJECT;
  describe (self);
}
