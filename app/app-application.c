/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-application.h"
#include "app/app-resources.h"
#include "app/app-window.h"
#include "ui/widgets/ui-widgets.h"
#include <glib/gi18n.h>

struct _AppApplication
{
  AdwApplication parent_instance;
  AppState      *state;
  char          *lab; /* (nullable): to open first */
};

G_DEFINE_FINAL_TYPE (AppApplication, app_application, ADW_TYPE_APPLICATION)

static void
set_scheme (const char *name)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (name, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (name, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
scheme_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  AppApplication *self = data;

  set_scheme (g_variant_get_string (value, NULL));
  app_state_set_string (self->state, "color-scheme", g_variant_get_string (value, NULL));
  g_simple_action_set_state (action, value);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const developers[] = { "The BEAM Lab authors", NULL };
  static const char *const models[] = { "Erik Stenman", NULL };
  GtkWindow               *parent = gtk_application_get_active_window (GTK_APPLICATION (data));
  AdwAboutWindow          *about = ADW_ABOUT_WINDOW (adw_about_window_new ());

  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  adw_about_window_set_application_name (about, _ ("BEAM Lab"));
  adw_about_window_set_application_icon (about, APP_ID);
  adw_about_window_set_version (about, PACKAGE_VERSION);
  adw_about_window_set_developer_name (about, _ ("The BEAM Lab authors"));
  adw_about_window_set_developers (about, (const char **) developers);
  adw_about_window_set_license_type (about, GTK_LICENSE_APACHE_2_0);
  adw_about_window_set_comments (about,
                                 _ ("Look inside the Erlang runtime: run real bytecode, stop it "
                                    "anywhere, and see processes, heaps and schedulers."));
  adw_about_window_add_credit_section (about, _ ("The Gnome Village model is by"),
                                       (const char **) models);
  gtk_window_present (GTK_WINDOW (about));
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/beamlab/BeamLab/app-help.ui");
  GtkWindow *help = GTK_WINDOW (gtk_builder_get_object (builder, "help"));

  gtk_window_set_transient_for (help, gtk_application_get_active_window (GTK_APPLICATION (data)));
  gtk_window_present (help);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (data)), *next; l != NULL; l = next)
    {
      next = l->next;
      gtk_window_close (l->data);
    }
}

static void
add_actions (AppApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = about_cb },
    { .name = "help", .activate = help_cb },
    { .name = "quit", .activate = quit_cb },
  };
  g_autofree char *scheme = app_state_dup_string (self->state, "color-scheme");
  g_autoptr (GSimpleAction) action = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (scheme == NULL || (!g_str_equal (scheme, "light") && !g_str_equal (scheme, "dark")))
    {
      g_free (scheme);
      scheme = g_strdup ("system");
    }
  action = g_simple_action_new_stateful ("color-scheme", G_VARIANT_TYPE_STRING,
                                         g_variant_new_string (scheme));
  g_signal_connect (action, "change-state", G_CALLBACK (scheme_cb), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
  if (!g_str_equal (scheme, "system"))
    set_scheme (scheme);
}

static void
add_accels (GtkApplication *app)
{
  const struct
  {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.help", { "F1" } },
    { "window.close", { "<Control>w" } },
    { "win.show-gallery", { "<Alt>Left" } },
    { "lab.run-pause", { "F5" } },
    { "lab.pause", { "F8" } },
    { "lab.restart", { "<Control>r" } },
    { "lab.step", { "F6" } },
    { "lab.step-instruction", { "F11" } },
    { "lab.step-line", { "F10" } },
    { "lab.step-reduction", { "<Shift>F10" } },
    { "lab.step-slice", { "<Control>F11" } },
    { "lab.step-collection", { "<Control>g" } },
    { "lab.step-message", { "<Control>m" } },
    { "lab.slower", { "<Control>comma" } },
    { "lab.faster", { "<Control>period" } },
    { "lab.view::village", { "<Control>1" } },
    { "lab.view::heap", { "<Control>2" } },
    { "lab.view::schedulers", { "<Control>3" } },
    { "lab.zoom-in", { "<Control>plus", "<Control>equal" } },
    { "lab.zoom-out", { "<Control>minus" } },
    { "lab.zoom-fit", { "<Control>0" } },
    { "lab.save-picture", { "<Control>s" } },
    { "lab.copy-picture", { "<Control><Shift>c" } },
    { "lab.copy-table", { "<Control><Shift>t" } },
    { "lab.add-bookmark", { "<Control>d" } },
    { "lab.compare", { "<Control>e" } },
    { "lab.show-text", { "F7" } },
    { "lab.show-inspector", { "<Control>i" } },
    { "lab.show-bottom", { "F9" } },
    { "lab.bottom::source", { "<Control>4" } },
    { "lab.bottom::instructions", { "<Control>5" } },
    { "lab.bottom::console", { "<Control>6" } },
    { "lab.next-section", { "<Alt>Page_Down" } },
    { "lab.previous-section", { "<Alt>Page_Up" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (app, accels[i].action, accels[i].accels);
}

static void
app_application_startup (GApplication *app)
{
  AppApplication *self = APP_APPLICATION (app);

  g_resources_register (app_get_resource ());
  G_APPLICATION_CLASS (app_application_parent_class)->startup (app);
  ui_widgets_init ();
  gtk_window_set_default_icon_name (APP_ID);
  self->state = app_state_new (NULL);
  add_actions (self);
  add_accels (GTK_APPLICATION (app));
}

static void
app_application_activate (GApplication *app)
{
  AppApplication *self = APP_APPLICATION (app);
  GtkWindow      *window = gtk_application_get_active_window (GTK_APPLICATION (app));

  if (window == NULL)
    window = GTK_WINDOW (app_window_new (ADW_APPLICATION (app), self->state));
  gtk_window_present (window);
  if (self->lab != NULL)
    app_window_open_lab (APP_WINDOW (window), self->lab);
  g_clear_pointer (&self->lab, g_free);
}

static void
app_application_shutdown (GApplication *app)
{
  g_clear_pointer (&APP_APPLICATION (app)->state, app_state_free);
  G_APPLICATION_CLASS (app_application_parent_class)->shutdown (app);
}

static void
app_application_finalize (GObject *object)
{
  g_free (APP_APPLICATION (object)->lab);
  G_OBJECT_CLASS (app_application_parent_class)->finalize (object);
}

static void
app_application_class_init (AppApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_application_finalize;
  G_APPLICATION_CLASS (klass)->startup = app_application_startup;
  G_APPLICATION_CLASS (klass)->activate = app_application_activate;
  G_APPLICATION_CLASS (klass)->shutdown = app_application_shutdown;
}

static void
app_application_init (AppApplication *self)
{
}

/* Every start is a window of its own: two labs side by side are two programs. */
AppApplication *
app_application_new (void)
{
  return g_object_new (APP_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path",
                       "/io/github/beamlab/BeamLab", "flags", G_APPLICATION_NON_UNIQUE, NULL);
}

int
app_application_run (int argc, char **argv, const char *lab)
{
  g_autoptr (AppApplication) app = NULL;

  if (!gtk_init_check ())
    {
      g_printerr ("%s\n", _ ("beamlab: no display. Without one, use: beamlab run, beamlab render, "
                             "beamlab check (see beamlab --help)."));
      return 1;
    }
  g_set_application_name (_ ("BEAM Lab"));
  app = app_application_new ();
  app->lab = g_strdup (lab);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
