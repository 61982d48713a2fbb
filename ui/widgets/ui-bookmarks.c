/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/number.h"
#include "ui/widgets/ui-bookmarks.h"
#include <glib/gi18n-lib.h>

struct _UiBookmarks
{
  GtkWidget   parent_instance;
  GtkWidget  *scrolled;
  GtkListBox *list;
};

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiBookmarks, ui_bookmarks, GTK_TYPE_WIDGET)

static UiBookmark *
get_bookmark (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "bookmark");
}

static void
row_activated_cb (UiBookmarks *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0,
                 get_bookmark (GTK_WIDGET (row)));
}

static void
remove_cb (GtkButton *button, gpointer data)
{
  UiBookmarks *self = data;
  GtkWidget   *row =
    gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  if (row != NULL)
    {
      g_autoptr (UiBookmark) bookmark = g_object_ref (get_bookmark (row));

      g_signal_emit (self, signals[SIGNAL_REMOVED], 0, bookmark);
    }
}

static GtkWidget *
make_label (const char *text, gboolean is_dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }
  return label;
}

static GtkWidget *
make_note (UiBookmark *bookmark)
{
  GtkWidget *note = gtk_editable_label_new (ui_bookmark_get_note (bookmark));

  gtk_editable_set_width_chars (GTK_EDITABLE (note), 18);
  gtk_widget_set_tooltip_text (note, _ ("Click to rewrite the note"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (note),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Note"), -1);
  g_object_bind_property (bookmark, "note", note, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return note;
}

static char *
describe (UiBookmark *bookmark)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char moment[UI_NUMBER_SIZE];

  g_string_append (text,
                   ui_number_moment (ui_bookmark_get_moment (bookmark), moment));
  if (ui_bookmark_get_process (bookmark) != NULL)
    g_string_append_printf (text, " · %s", ui_bookmark_get_process (bookmark));
  if (ui_bookmark_get_run (bookmark) != NULL)
    g_string_append_printf (text, " · %s", ui_bookmark_get_run (bookmark));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  UiBookmark      *bookmark = item;
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *text = describe (bookmark);

  gtk_box_append (GTK_BOX (texts), make_note (bookmark));
  gtk_box_append (GTK_BOX (texts), make_label (text, TRUE));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_top (box, 3);
  gtk_widget_set_margin_bottom (box, 3);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove bookmark"));
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), data);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (row), "bookmark", g_object_ref (bookmark),
                          g_object_unref);
  return row;
}

void
ui_bookmarks_set_model (UiBookmarks *self, GListModel *model)
{
  g_return_if_fail (UI_IS_BOOKMARKS (self));

  gtk_list_box_bind_model (self->list, model, make_row, self, NULL);
}

static void
ui_bookmarks_dispose (GObject *object)
{
  g_clear_pointer (&UI_BOOKMARKS (object)->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (ui_bookmarks_parent_class)->dispose (object);
}

static void
ui_bookmarks_class_init (UiBookmarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_bookmarks_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_ACTIVATED] =
    g_signal_new ("activated", UI_TYPE_BOOKMARKS, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, UI_TYPE_BOOKMARK);
  signals[SIGNAL_REMOVED] =
    g_signal_new ("removed", UI_TYPE_BOOKMARKS, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, UI_TYPE_BOOKMARK);
}

static void
ui_bookmarks_init (UiBookmarks *self)
{
  GtkWidget *empty = gtk_label_new (
    _ ("No bookmarks yet. Ctrl+D marks the moment\nthat is looked at."));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_widget_set_margin_top (empty, 18);
  gtk_widget_set_margin_bottom (empty, 18);
  gtk_widget_set_margin_start (empty, 18);
  gtk_widget_set_margin_end (empty, 18);
  gtk_label_set_justify (GTK_LABEL (empty), GTK_JUSTIFY_CENTER);
  gtk_list_box_set_placeholder (self->list, empty);
  g_signal_connect_swapped (self->list, "row-activated",
                            G_CALLBACK (row_activated_cb), self);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (
    GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (
    GTK_SCROLLED_WINDOW (self->scrolled), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled),
                                 GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 320, -1);
}
