/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/widgets/ui-source-view.h"
#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#define MARK_CATEGORY "current-line"

struct _UiSourceView
{
  AdwBin         parent_instance;
  GtkDropDown   *chooser;
  GtkStringList *names;
  GtkSourceView *view;
  GPtrArray     *buffers; /* GtkSourceBuffer, as in @names */
  int            marked;  /* index of the buffer with the mark, -1 = none */
  guint          line;
};

G_DEFINE_FINAL_TYPE (UiSourceView, ui_source_view, ADW_TYPE_BIN)

static void
apply_scheme (UiSourceView *self)
{
  gboolean              dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleScheme *scheme = gtk_source_style_scheme_manager_get_scheme (
    gtk_source_style_scheme_manager_get_default (), dark ? "Adwaita-dark" : "Adwaita");
  GtkSourceMarkAttributes *attributes = gtk_source_mark_attributes_new ();

  for (guint i = 0; i < self->buffers->len; i++)
    gtk_source_buffer_set_style_scheme (g_ptr_array_index (self->buffers, i), scheme);
  gtk_source_mark_attributes_set_background (attributes,
                                             dark ? &(GdkRGBA){ 0.96f, 0.83f, 0.18f, 0.22f }
                                                  : &(GdkRGBA){ 0.98f, 0.94f, 0.42f, 0.45f });
  gtk_source_mark_attributes_set_icon_name (attributes, "media-playback-start-symbolic");
  gtk_source_view_set_mark_attributes (self->view, MARK_CATEGORY, attributes, 1);
  g_object_unref (attributes);
}

static void
show_buffer (UiSourceView *self, guint index)
{
  GtkTextBuffer *buffer = g_ptr_array_index (self->buffers, index);

  if (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)) != buffer)
    gtk_text_view_set_buffer (GTK_TEXT_VIEW (self->view), buffer);
  if (gtk_drop_down_get_selected (self->chooser) != index)
    gtk_drop_down_set_selected (self->chooser, index);
}

static void
chosen_cb (UiSourceView *self)
{
  guint index = gtk_drop_down_get_selected (self->chooser);

  if (index < self->buffers->len)
    show_buffer (self, index);
}

void
ui_source_view_clear (UiSourceView *self)
{
  g_autoptr (GtkSourceBuffer) empty = gtk_source_buffer_new (NULL);

  g_return_if_fail (UI_IS_SOURCE_VIEW (self));

  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self->view), GTK_TEXT_BUFFER (empty));
  g_ptr_array_set_size (self->buffers, 0);
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)),
                          NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), FALSE);
  self->marked = -1;
  self->line = 0;
}

gboolean
ui_source_view_add_file (UiSourceView *self, const char *path, GError **error)
{
  g_autofree char   *text = NULL;
  g_autofree char   *valid = NULL;
  g_autofree char   *name = g_path_get_basename (path);
  gsize              len = 0;
  GtkSourceLanguage *language;
  g_autoptr (GtkSourceBuffer) buffer = NULL;

  g_return_val_if_fail (UI_IS_SOURCE_VIEW (self), FALSE);

  if (!g_file_get_contents (path, &text, &len, error))
    return FALSE;
  valid = g_utf8_make_valid (text, (gssize) len);
  language = gtk_source_language_manager_guess_language (gtk_source_language_manager_get_default (),
                                                         name, NULL);
  buffer = gtk_source_buffer_new (NULL);
  gtk_source_buffer_set_language (buffer, language);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), valid, -1);
  g_ptr_array_add (self->buffers, g_object_ref (buffer));
  gtk_string_list_append (self->names, name);
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), self->buffers->len > 1);
  if (self->buffers->len == 1)
    show_buffer (self, 0);
  apply_scheme (self);
  return TRUE;
}

static void
scroll_to_line (UiSourceView *self)
{
  if (self->marked >= 0)
    gtk_text_view_scroll_to_mark (
      GTK_TEXT_VIEW (self->view),
      gtk_text_buffer_get_insert (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view))), 0.1, TRUE,
      0, 0.4);
}

static gboolean
mapped_idle_cb (gpointer data)
{
  scroll_to_line (data);
  return G_SOURCE_REMOVE;
}

/* What was to be scrolled to while the view had no size yet. */
static void
mapped_cb (UiSourceView *self)
{
  g_idle_add_full (G_PRIORITY_LOW, mapped_idle_cb, g_object_ref (self), g_object_unref);
}

static int
find_file (UiSourceView *self, const char *file)
{
  g_autofree char *name = file != NULL ? g_path_get_basename (file) : NULL;

  for (guint i = 0; name != NULL && i < self->buffers->len; i++)
    if (strcmp (gtk_string_list_get_string (self->names, i), name) == 0)
      return (int) i;
  return -1;
}

gboolean
ui_source_view_show_file (UiSourceView *self, const char *file)
{
  int index = find_file (self, file);

  g_return_val_if_fail (UI_IS_SOURCE_VIEW (self), FALSE);

  if (index >= 0)
    show_buffer (self, (guint) index);
  return index >= 0;
}

void
ui_source_view_set_line (UiSourceView *self, const char *file, guint line)
{
  int         index = line > 0 ? find_file (self, file) : -1;
  GtkTextIter iter, end;

  g_return_if_fail (UI_IS_SOURCE_VIEW (self));

  if (index == self->marked && (index < 0 || line == self->line))
    return;
  if (self->marked >= 0)
    {
      GtkTextBuffer *old = g_ptr_array_index (self->buffers, self->marked);

      gtk_text_buffer_get_bounds (old, &iter, &end);
      gtk_source_buffer_remove_source_marks (GTK_SOURCE_BUFFER (old), &iter, &end, MARK_CATEGORY);
    }
  self->marked = index;
  self->line = line;
  if (index < 0)
    return;
  show_buffer (self, index);
  gtk_text_buffer_get_iter_at_line (g_ptr_array_index (self->buffers, index), &iter,
                                    (int) line - 1);
  gtk_source_buffer_create_source_mark (g_ptr_array_index (self->buffers, index), NULL,
                                        MARK_CATEGORY, &iter);
  gtk_text_buffer_place_cursor (g_ptr_array_index (self->buffers, index), &iter);
  scroll_to_line (self);
}

static void
ui_source_view_finalize (GObject *object)
{
  g_ptr_array_unref (UI_SOURCE_VIEW (object)->buffers);
  G_OBJECT_CLASS (ui_source_view_parent_class)->finalize (object);
}

static void
ui_source_view_class_init (UiSourceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_source_view_finalize;
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/beamlab/ui/ui-source-view.ui");
  gtk_widget_class_bind_template_child (widget_class, UiSourceView, chooser);
  gtk_widget_class_bind_template_child (widget_class, UiSourceView, names);
  gtk_widget_class_bind_template_child (widget_class, UiSourceView, view);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
ui_source_view_init (UiSourceView *self)
{
  self->buffers = g_ptr_array_new_with_free_func (g_object_unref);
  self->marked = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  apply_scheme (self);
  g_signal_connect_object (self->view, "map", G_CALLBACK (mapped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (apply_scheme), self, G_CONNECT_SWAPPED);
}
