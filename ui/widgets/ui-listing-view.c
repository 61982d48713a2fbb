/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/widgets/ui-listing-view.h"
#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#define MARK_CATEGORY "current-instruction"

struct _UiListingView
{
  AdwBin           parent_instance;
  GtkStack        *stack;
  GtkLabel        *heading;
  GtkSourceView   *view;
  GtkSourceBuffer *buffer; /* of the view */
  char            *text;   /* what it shows */
  int              current;
};

G_DEFINE_FINAL_TYPE (UiListingView, ui_listing_view, ADW_TYPE_BIN)

static void
apply_scheme (UiListingView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();

  gtk_source_buffer_set_style_scheme (
    self->buffer,
    gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (),
                                                dark ? "Adwaita-dark" : "Adwaita"));
  gtk_source_mark_attributes_set_background (attributes,
                                             dark ? &(GdkRGBA){ 0.96f, 0.83f, 0.18f, 0.22f }
                                                  : &(GdkRGBA){ 0.98f, 0.94f, 0.42f, 0.45f });
  gtk_source_mark_attributes_set_icon_name (attributes, "media-playback-start-symbolic");
  gtk_source_view_set_mark_attributes (self->view, MARK_CATEGORY, attributes, 1);
}

/* Labels stand at the margin, instructions are indented under them; the source's
 * line is told where it changes. */
static char *
print_listing (const VmProcessDetail *detail, int *current)
{
  GString *out = g_string_new (NULL);
  guint    line = 0;

  *current = -1;
  for (guint i = 0; i < detail->n_instructions; i++)
    {
      const VmInstruction *row = &detail->instructions[i];

      if (i > 0)
        g_string_append_c (out, '\n');
      if (row->is_current)
        *current = (int) i;
      if (row->line != 0 && row->line != line)
        g_string_append_printf (out, "%5u  ", row->line);
      else
        g_string_append (out, "       ");
      if (row->line != 0)
        line = row->line;
      g_string_append (out, g_str_has_suffix (row->text, ":") ? "" : "    ");
      g_string_append (out, row->text);
    }
  return g_string_free (out, FALSE);
}

static void
mark (UiListingView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter    iter, end;

  gtk_text_buffer_get_bounds (buffer, &iter, &end);
  gtk_source_buffer_remove_source_marks (self->buffer, &iter, &end, MARK_CATEGORY);
  if (self->current < 0)
    return;
  gtk_text_buffer_get_iter_at_line (buffer, &iter, self->current);
  gtk_source_buffer_create_source_mark (self->buffer, NULL, MARK_CATEGORY, &iter);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer),
                                0.15, FALSE, 0, 0);
}

void
ui_listing_view_set_process (UiListingView         *self,
                             const VmProcessInfo   *info,
                             const VmProcessDetail *detail)
{
  gboolean         has_any = info != NULL && detail != NULL && detail->n_instructions > 0;
  g_autofree char *text = NULL;
  int              current = -1;

  g_return_if_fail (UI_IS_LISTING_VIEW (self));

  gtk_stack_set_visible_child_name (self->stack, has_any ? "listing" : "empty");
  if (!has_any)
    return;
  if (strcmp (gtk_label_get_text (self->heading), info->current) != 0)
    gtk_label_set_text (self->heading, info->current);
  text = print_listing (detail, &current);
  if (g_strcmp0 (text, self->text) == 0 && current == self->current)
    return;
  if (g_strcmp0 (text, self->text) != 0)
    {
      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, -1);
      g_free (self->text);
      self->text = g_steal_pointer (&text);
    }
  self->current = current;
  mark (self);
}

static gboolean
mapped_idle_cb (gpointer data)
{
  mark (data);
  return G_SOURCE_REMOVE;
}

/* What was to be scrolled to while the view had no size yet. */
static void
mapped_cb (UiListingView *self)
{
  g_idle_add_full (G_PRIORITY_LOW, mapped_idle_cb, g_object_ref (self), g_object_unref);
}

static void
ui_listing_view_finalize (GObject *object)
{
  g_free (UI_LISTING_VIEW (object)->text);
  G_OBJECT_CLASS (ui_listing_view_parent_class)->finalize (object);
}

static void
ui_listing_view_class_init (UiListingViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_listing_view_finalize;
}

static GtkWidget *
new_listing (UiListingView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->heading = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->heading, 0);
  gtk_label_set_ellipsize (self->heading, PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (GTK_WIDGET (self->heading), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->heading), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "caption-heading");
  self->buffer = gtk_source_buffer_new (NULL);
  self->view = GTK_SOURCE_VIEW (gtk_source_view_new_with_buffer (self->buffer));
  g_object_unref (self->buffer); /* the view's now */
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->view), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_source_view_set_show_line_marks (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Instructions"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 60);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

static void
ui_listing_view_init (UiListingView *self)
{
  GtkWidget *empty = gtk_label_new (_ ("The instructions of the chosen process appear here."));

  self->current = -1;
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (empty), GTK_JUSTIFY_CENTER);
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, new_listing (self), "listing");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  apply_scheme (self);
  g_signal_connect_object (self->view, "map", G_CALLBACK (mapped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (apply_scheme), self, G_CONNECT_SWAPPED);
}
