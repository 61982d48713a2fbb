/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/number.h"
#include "ui/widgets/ui-bookmarks.h"
#include "ui/widgets/ui-history-pane.h"
#include <glib/gi18n-lib.h>

struct _UiHistoryPane
{
  GtkWidget      parent_instance;
  UiHistoryView *view;
  UiTimeRange   *range;
  GtkLabel      *moment;
  GtkWidget     *now;
  GtkMenuButton *bookmarks_button;
  UiBookmarks   *bookmarks;
};

enum
{
  SIGNAL_PROCESS_ACTIVATED,
  SIGNAL_BOOKMARK_ACTIVATED,
  SIGNAL_BOOKMARK_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiHistoryPane, ui_history_pane, GTK_TYPE_WIDGET)

static void
moment_changed_cb (UiHistoryPane *self)
{
  gboolean         is_past = ui_time_range_is_past (self->range);
  g_autofree char *text = NULL;
  char             moment[UI_NUMBER_SIZE];

  ui_number_moment (ui_time_range_get_moment (self->range), moment);
  /* Translators: %s is a moment, such as 1.2 ms */
  text = is_past
           ? g_strdup_printf (_ ("At %s, as recorded: sizes, no words"), moment)
           : g_strdup (_ ("Now, where the machine stands"));
  gtk_label_set_text (self->moment, text);
  gtk_widget_set_tooltip_text (
    GTK_WIDGET (self->moment),
    is_past ? _ ("Of earlier moments the recording has the sizes. The words "
                 "themselves are known "
                 "only where the machine stands.")
            : NULL);
  gtk_widget_set_visible (self->now, is_past);
}

UiHistoryView *
ui_history_pane_get_view (UiHistoryPane *self)
{
  return self->view;
}

void
ui_history_pane_set_range (UiHistoryPane *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_HISTORY_PANE (self));

  if (!g_set_object (&self->range, range) || range == NULL)
    return;
  ui_history_view_set_range (self->view, range);
  g_signal_connect_object (range, "moment-changed",
                           G_CALLBACK (moment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  moment_changed_cb (self);
}

void
ui_history_pane_set_bookmarks (UiHistoryPane *self, GListModel *bookmarks)
{
  g_return_if_fail (UI_IS_HISTORY_PANE (self));

  ui_history_view_set_bookmarks (self->view, bookmarks);
  ui_bookmarks_set_model (self->bookmarks, bookmarks);
}

static void
now_cb (UiHistoryPane *self)
{
  if (self->range != NULL)
    ui_time_range_clear_moment (self->range);
}

static void
previous_cb (UiHistoryPane *self)
{
  ui_history_view_step_collection (self->view, FALSE);
}

static void
next_cb (UiHistoryPane *self)
{
  ui_history_view_step_collection (self->view, TRUE);
}

static void
form_changed_cb (UiHistoryPane *self, GParamSpec *spec, GtkDropDown *forms)
{
  ui_history_view_set_form (self->view,
                            (UiHistoryForm) gtk_drop_down_get_selected (forms));
}

static void
bookmark_activated_cb (UiHistoryPane *self, UiBookmark *bookmark)
{
  gtk_menu_button_popdown (self->bookmarks_button);
  g_signal_emit (self, signals[SIGNAL_BOOKMARK_ACTIVATED], 0, bookmark);
}

static void
bookmark_removed_cb (UiHistoryPane *self, UiBookmark *bookmark)
{
  g_signal_emit (self, signals[SIGNAL_BOOKMARK_REMOVED], 0, bookmark);
}

static void
activated_cb (UiHistoryPane *self, VmPid pid)
{
  g_signal_emit (self, signals[SIGNAL_PROCESS_ACTIVATED], 0, pid);
}

static gboolean
ui_history_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (UI_HISTORY_PANE (widget)->view));
}

static void
ui_history_pane_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&UI_HISTORY_PANE (object)->range);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ui_history_pane_parent_class)->dispose (object);
}

static void
ui_history_pane_class_init (UiHistoryPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_history_pane_dispose;
  widget_class->grab_focus = ui_history_pane_grab_focus;
  g_type_ensure (UI_TYPE_HISTORY_VIEW);
  g_type_ensure (UI_TYPE_BOOKMARKS);
  signals[SIGNAL_PROCESS_ACTIVATED] =
    g_signal_new ("process-activated", UI_TYPE_HISTORY_PANE, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_BOOKMARK_ACTIVATED] = g_signal_new (
    "bookmark-activated", UI_TYPE_HISTORY_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
    NULL, NULL, G_TYPE_NONE, 1, UI_TYPE_BOOKMARK);
  signals[SIGNAL_BOOKMARK_REMOVED] =
    g_signal_new ("bookmark-removed", UI_TYPE_HISTORY_PANE, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, UI_TYPE_BOOKMARK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/beamlab/ui/ui-history-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UiHistoryPane, view);
  gtk_widget_class_bind_template_child (widget_class, UiHistoryPane, moment);
  gtk_widget_class_bind_template_child (widget_class, UiHistoryPane, now);
  gtk_widget_class_bind_template_child (widget_class, UiHistoryPane,
                                        bookmarks_button);
  gtk_widget_class_bind_template_child (widget_class, UiHistoryPane, bookmarks);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, bookmark_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, bookmark_removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
ui_history_pane_init (UiHistoryPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
