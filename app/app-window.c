/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-window.h"
#include "app/app-gallery.h"
#include "app/app-lab-page.h"
#include "app/lab/app-lab-catalog.h"
#include <glib/gi18n.h>

#define DEFAULT_WIDTH  1280
#define DEFAULT_HEIGHT 800

struct _AppWindow
{
  AdwApplicationWindow parent_instance;
  AppState            *state;
  AdwToastOverlay     *toasts;
  GtkStack            *pages;
  AppGallery          *gallery;
  AdwStatusPage       *broken_page;
  AppLabPage          *page; /* (nullable): in @pages */
};

G_DEFINE_FINAL_TYPE (AppWindow, app_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_page (AppWindow *self, AppLabPage *page)
{
  if (self->page != NULL)
    {
      app_lab_page_close (self->page);
      gtk_stack_remove (self->pages, GTK_WIDGET (self->page));
    }
  self->page = page;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "lab",
                                  page != NULL ? app_lab_page_get_actions (page) : NULL);
  if (page == NULL)
    return;
  gtk_stack_add_named (self->pages, GTK_WIDGET (page), "lab");
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
}

static void
show_gallery_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  app_gallery_load (self->gallery, self->state);
  gtk_stack_set_visible_child_name (self->pages, "gallery");
  set_page (self, NULL);
  gtk_window_set_title (GTK_WINDOW (self), _ ("BEAM Lab"));
}

static void
show_broken (AppWindow *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->broken_page, markup);
  gtk_stack_set_visible_child_name (self->pages, "broken");
  set_page (self, NULL);
}

void
app_window_open_lab (AppWindow *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = app_lab_catalog_find (name, &error);
  g_autoptr (AppLabProblems) problems = NULL;
  g_autofree char *title = NULL;
  AppLab          *lab;

  g_return_if_fail (APP_IS_WINDOW (self));

  if (path == NULL)
    {
      show_broken (self, error->message);
      return;
    }
  problems = app_lab_problems_new (path);
  lab = app_lab_load (path, problems);
  if (lab == NULL)
    {
      g_autofree char *text = app_lab_problems_format (problems);

      show_broken (self, text);
      return;
    }
  title = g_strdup_printf (_ ("%s – BEAM Lab"), lab->title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  set_page (self, app_lab_page_new (lab, self->state));
}

static gboolean
app_window_close_request (GtkWindow *window)
{
  AppWindow *self = APP_WINDOW (window);
  int        width, height;

  gtk_window_get_default_size (window, &width, &height);
  app_state_set_int (self->state, "width", width);
  app_state_set_int (self->state, "height", height);
  app_state_set_int (self->state, "maximized", gtk_window_is_maximized (window));
  app_state_save (self->state);
  if (self->page != NULL)
    app_lab_page_close (self->page);
  return GTK_WINDOW_CLASS (app_window_parent_class)->close_request (window);
}

static void
app_window_dispose (GObject *object)
{
  APP_WINDOW (object)->page = NULL;
  G_OBJECT_CLASS (app_window_parent_class)->dispose (object);
}

static void
app_window_class_init (AppWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = app_window_close_request;
  g_type_ensure (APP_TYPE_GALLERY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/beamlab/BeamLab/app-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AppWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, gallery);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, broken_page);
  gtk_widget_class_bind_template_callback (widget_class, app_window_open_lab);
  gtk_widget_class_install_action (widget_class, "win.show-gallery", NULL, show_gallery_cb);
}

static void
app_window_init (AppWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AppWindow *
app_window_new (AdwApplication *app, AppState *state)
{
  AppWindow *self = g_object_new (APP_TYPE_WINDOW, "application", app, NULL);

  self->state = state;
  gtk_window_set_default_size (GTK_WINDOW (self), app_state_get_int (state, "width", DEFAULT_WIDTH),
                               app_state_get_int (state, "height", DEFAULT_HEIGHT));
  if (app_state_get_int (state, "maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
  app_gallery_load (self->gallery, state);
  return self;
}
