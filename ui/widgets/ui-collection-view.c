/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/gc-walk-text.h"
#include "ui/widgets/ui-collection-view.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _UiCollectionView
{
  GtkWidget      parent_instance;
  GtkStack      *stack;
  UiGcCanvas    *canvas;
  GtkWidget     *first, *back, *forward, *last;
  GtkDropDown   *unit;
  GtkAdjustment *adjustment;
  GtkLabel      *title;
  VmGcWalk      *walk; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (UiCollectionView, ui_collection_view, GTK_TYPE_WIDGET)

static UiGcStepUnit
get_unit (UiCollectionView *self)
{
  /* in the order of the drop-down */
  static const UiGcStepUnit units[] = { UI_GC_STEP_OBJECT, UI_GC_STEP_ROOT, UI_GC_STEP_WORD,
                                        UI_GC_STEP_ACTION };
  guint                     selected = gtk_drop_down_get_selected (self->unit);

  return selected < G_N_ELEMENTS (units) ? units[selected] : UI_GC_STEP_OBJECT;
}

static void
step (UiCollectionView *self, UiGcStepUnit unit, gboolean backward)
{
  const UiGcReplay *replay = ui_gc_canvas_get_replay (self->canvas);

  if (replay != NULL)
    ui_gc_canvas_set_step (self->canvas, ui_gc_replay_find (replay, unit, backward));
}

static void
first_cb (UiCollectionView *self)
{
  step (self, UI_GC_STEP_ALL, TRUE);
}

static void
back_cb (UiCollectionView *self)
{
  step (self, get_unit (self), TRUE);
}

static void
forward_cb (UiCollectionView *self)
{
  step (self, get_unit (self), FALSE);
}

static void
last_cb (UiCollectionView *self)
{
  step (self, UI_GC_STEP_ALL, FALSE);
}

static void
unit_cb (UiCollectionView *self)
{
  ui_gc_canvas_set_unit (self->canvas, get_unit (self));
}

static void
value_cb (UiCollectionView *self)
{
  ui_gc_canvas_set_step (self->canvas, (guint) gtk_adjustment_get_value (self->adjustment));
}

static void
step_changed_cb (UiCollectionView *self)
{
  const UiGcReplay *replay = ui_gc_canvas_get_replay (self->canvas);
  guint             n = replay != NULL ? replay->walk->n_actions : 0;
  guint             now = replay != NULL ? replay->step : 0;

  gtk_widget_set_sensitive (self->first, now > 0);
  gtk_widget_set_sensitive (self->back, now > 0);
  gtk_widget_set_sensitive (self->forward, now < n);
  gtk_widget_set_sensitive (self->last, now < n);
  gtk_adjustment_set_upper (self->adjustment, n);
  gtk_adjustment_set_value (self->adjustment, now);
}

void
ui_collection_view_set_walk (UiCollectionView *self, VmGcWalk *walk)
{
  g_autofree char *title = NULL;

  g_return_if_fail (UI_IS_COLLECTION_VIEW (self));

  if (walk == self->walk)
    return;
  g_clear_pointer (&self->walk, vm_gc_walk_unref);
  self->walk = walk != NULL ? vm_gc_walk_ref (walk) : NULL;
  ui_gc_canvas_set_walk (self->canvas, walk);
  title = walk != NULL ? ui_gc_walk_get_title (walk) : g_strdup ("");
  gtk_label_set_text (self->title, title);
  gtk_stack_set_visible_child_name (self->stack, walk != NULL ? "walk" : "empty");
}

UiCanvas *
ui_collection_view_get_canvas (UiCollectionView *self)
{
  g_return_val_if_fail (UI_IS_COLLECTION_VIEW (self), NULL);
  return UI_CANVAS (self->canvas);
}

static gboolean
home_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  first_cb (UI_COLLECTION_VIEW (widget));
  return TRUE;
}

static gboolean
end_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  last_cb (UI_COLLECTION_VIEW (widget));
  return TRUE;
}

static gboolean
ui_collection_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (UI_COLLECTION_VIEW (widget)->canvas));
}

static void
ui_collection_view_dispose (GObject *object)
{
  UiCollectionView *self = UI_COLLECTION_VIEW (object);
  GtkWidget        *child;

  g_clear_pointer (&self->walk, vm_gc_walk_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ui_collection_view_parent_class)->dispose (object);
}

static void
ui_collection_view_class_init (UiCollectionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_collection_view_dispose;
  widget_class->grab_focus = ui_collection_view_grab_focus;
  g_type_ensure (UI_TYPE_GC_CANVAS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "collectionview");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/beamlab/ui/ui-collection-view.ui");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, home_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, end_cb, NULL);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, stack);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, canvas);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, first);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, back);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, forward);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, last);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, unit);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, adjustment);
  gtk_widget_class_bind_template_child (widget_class, UiCollectionView, title);
  gtk_widget_class_bind_template_callback (widget_class, first_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, forward_cb);
  gtk_widget_class_bind_template_callback (widget_class, last_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_changed_cb);
}

static void
ui_collection_view_init (UiCollectionView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
