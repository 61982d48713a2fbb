/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/widgets/ui-export.h"
#include <glib/gi18n-lib.h>

#define SCALE      2.0
#define MIN_WIDTH  640
#define MIN_HEIGHT 400

typedef struct
{
  UiCanvas             *canvas; /* weak */
  GtkFileChooserNative *chooser;
  char                 *title;
  UiExportFunc          done;
  gpointer              data;
} Saving;

static UiPictureRequest
make_request (UiCanvas *canvas, const char *title)
{
  UiPictureRequest request = UI_PICTURE_REQUEST_INIT;
  UiCanvasClass   *klass = UI_CANVAS_GET_CLASS (canvas);

  request.width = MAX (gtk_widget_get_width (GTK_WIDGET (canvas)), MIN_WIDTH);
  request.height = MAX (gtk_widget_get_height (GTK_WIDGET (canvas)), MIN_HEIGHT);
  request.scale = SCALE;
  request.is_dark = ui_canvas_is_dark (canvas);
  request.title = title;
  if (klass->fill_request != NULL)
    klass->fill_request (canvas, &request);
  return request;
}

gboolean
ui_export_write (UiCanvas *canvas, const char *title, const char *path, GError **error)
{
  UiPictureRequest request;

  g_return_val_if_fail (UI_IS_CANVAS (canvas), FALSE);

  request = make_request (canvas, title);
  request.path = path;
  return ui_picture_render (&request, error);
}

void
ui_export_copy (UiCanvas *canvas, const char *title)
{
  UiPictureRequest request;
  cairo_surface_t *surface;
  UiText          *text;
  GBytes          *bytes;
  GdkTexture      *texture;
  UiDraw           dc;
  int              width, height;

  g_return_if_fail (UI_IS_CANVAS (canvas));

  request = make_request (canvas, title);
  width = (int) (request.width * SCALE);
  height = (int) (request.height * SCALE);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  text = ui_text_new (NULL, NULL);
  dc = (UiDraw){ cairo_create (surface), ui_theme_get (request.is_dark), text };
  cairo_scale (dc.cr, SCALE, SCALE);
  ui_picture_draw (&dc, &request);
  cairo_destroy (dc.cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * (gsize) height);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes,
                                    (gsize) cairo_image_surface_get_stride (surface));
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (canvas)), texture);
  g_object_unref (texture);
  g_bytes_unref (bytes);
  ui_text_free (text);
  cairo_surface_destroy (surface);
}

static void
saving_free (Saving *saving)
{
  g_clear_weak_pointer (&saving->canvas);
  g_object_unref (saving->chooser);
  g_free (saving->title);
  g_free (saving);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Saving *saving = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && saving->canvas != NULL)
    {
      if (path == NULL)
        message = g_strdup (_ ("Pictures can be saved on this computer only."));
      else if (ui_export_write (saving->canvas, saving->title, path, &error))
        message = g_strdup_printf (_ ("Saved %s"), path);
      else
        message = g_strdup_printf (_ ("Not saved: %s"), error->message);
      saving->done (message, saving->data);
    }
  saving_free (saving);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *suffix)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_chooser_add_filter (chooser, filter);
  g_object_unref (filter);
}

void
ui_export_save (
  UiCanvas *canvas, const char *title, const char *name, UiExportFunc done, gpointer data)
{
  Saving        *saving;
  GtkFileFilter *all;

  g_return_if_fail (UI_IS_CANVAS (canvas));

  saving = g_new0 (Saving, 1);
  g_set_weak_pointer (&saving->canvas, canvas);
  saving->title = g_strdup (title);
  saving->done = done;
  saving->data = data;
  saving->chooser = gtk_file_chooser_native_new (
    _ ("Save Picture"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (canvas))),
    GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (saving->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (saving->chooser), name);
  all = gtk_file_filter_new ();
  gtk_file_filter_set_name (all, _ ("Pictures (.png, .svg, .pdf)"));
  gtk_file_filter_add_suffix (all, "png");
  gtk_file_filter_add_suffix (all, "svg");
  gtk_file_filter_add_suffix (all, "pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (saving->chooser), all);
  g_object_unref (all);
  add_filter (GTK_FILE_CHOOSER (saving->chooser), _ ("PNG image"), "png");
  add_filter (GTK_FILE_CHOOSER (saving->chooser), _ ("SVG drawing"), "svg");
  add_filter (GTK_FILE_CHOOSER (saving->chooser), _ ("PDF document"), "pdf");
  g_signal_connect (saving->chooser, "response", G_CALLBACK (response_cb), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (saving->chooser));
}
