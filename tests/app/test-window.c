/* SPDX-License-Identifier: Apache-2.0 */

/* The window's widgets and actions, on the cardboard engine of fake-machine.c. */

#include "config.h"

#include "app/app-application.h"
#include "app/app-lab-page.h"
#include "app/app-resources.h"
#include "app/app-step-card.h"
#include "app/app-window.h"
#include "ui/widgets/ui-console.h"
#include "ui/widgets/ui-export.h"
#include "ui/widgets/ui-memory-view.h"
#include "ui/widgets/ui-inspector.h"
#include "ui/widgets/ui-schedulers-view.h"
#include "ui/widgets/ui-value-list.h"
#include "ui/widgets/ui-village-view.h"
#include "ui/widgets/ui-widgets.h"
#include <glib/gstdio.h>

#define LAB "surviving-twice"

typedef struct
{
  AppState  *state;
  AppWindow *window;
  char      *folder;
} Fixture;

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the main loop run until @holds, at most ten seconds. */
static void
wait_until (gboolean (*holds) (Fixture *), Fixture *fixture)
{
  gboolean is_late = FALSE;
  guint    id = g_timeout_add_seconds (10, timeout_cb, &is_late);

  while (!holds (fixture) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (id);
  g_assert_false (is_late);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static AppLabPage *
get_page (Fixture *f)
{
  return APP_LAB_PAGE (find (GTK_WIDGET (f->window), APP_TYPE_LAB_PAGE));
}

static AppSession *
get_session (Fixture *f)
{
  return app_lab_page_get_session (get_page (f));
}

static gboolean
is_settled (Fixture *f)
{
  return app_session_is_settled (get_session (f));
}

static gboolean
is_running (Fixture *f)
{
  return app_session_is_running (get_session (f));
}

static gboolean
is_enabled (Fixture *f, const char *action)
{
  GActionGroup *actions = app_lab_page_get_actions (get_page (f));

  g_assert_true (g_action_group_has_action (actions, action));
  return g_action_group_get_action_enabled (actions, action);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;

  f->folder = g_dir_make_tmp ("beamlab-test-XXXXXX", NULL);
  path = g_build_filename (f->folder, "state.ini", NULL);
  f->state = app_state_new (path);
  f->window = app_window_new (ADW_APPLICATION (g_application_get_default ()), f->state);
  gtk_window_present (GTK_WINDOW (f->window));
  if (data == NULL)
    return;
  app_window_open_lab (f->window, data);
  if (get_page (f) != NULL)
    wait_until (is_settled, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "state.ini", NULL);

  gtk_window_destroy (GTK_WINDOW (f->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  app_state_free (f->state);
  g_remove (path);
  g_rmdir (f->folder);
  g_free (f->folder);
}

static void
test_gallery (Fixture *f, gconstpointer data)
{
  GtkWidget *flow = find (GTK_WIDGET (f->window), GTK_TYPE_FLOW_BOX);
  GtkWidget *card;

  g_assert_nonnull (flow);
  g_assert_null (get_page (f));
  card = find (flow, GTK_TYPE_BUTTON);
  g_assert_nonnull (card);
  g_signal_emit_by_name (card, "clicked");
  g_assert_nonnull (get_page (f));
  wait_until (is_settled, f);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show-gallery", NULL));
  g_assert_null (get_page (f));
}

static void
test_unknown_lab (Fixture *f, gconstpointer data)
{
  GtkWidget *page = find (GTK_WIDGET (f->window), GTK_TYPE_STACK);

  g_assert_null (get_page (f));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (page)), ==, "broken");
  page = gtk_stack_get_visible_child (GTK_STACK (page));
  g_assert_nonnull (
    strstr (adw_status_page_get_description (ADW_STATUS_PAGE (find (page, ADW_TYPE_STATUS_PAGE))),
            "no-such-lab"));
}

static void
test_actions (Fixture *f, gconstpointer data)
{
  static const char *const steps[] = { "step", "step-instruction", "step-line",
                                       "step-reduction", "step-slice", "step-collection",
                                       "step-message" };
  GActionGroup            *actions = app_lab_page_get_actions (get_page (f));

  g_assert_true (is_enabled (f, "run-pause"));
  g_assert_false (is_enabled (f, "pause"));
  g_assert_true (is_enabled (f, "save-picture"));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_true (is_enabled (f, steps[i]));
  g_action_group_activate_action (actions, "run-pause", NULL);
  wait_until (is_running, f);
  g_assert_true (is_enabled (f, "pause"));
  g_assert_true (is_enabled (f, "run-pause"));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_false (is_enabled (f, steps[i]));
  g_action_group_activate_action (actions, "pause", NULL);
  wait_until (is_settled, f);
  g_assert_false (is_enabled (f, "pause"));
  g_assert_true (is_enabled (f, "step"));
}

static void
test_step_and_restart (Fixture *f, gconstpointer data)
{
  GActionGroup *actions = app_lab_page_get_actions (get_page (f));
  VmStatus      before, after;

  app_session_get_status (get_session (f), &before);
  g_action_group_activate_action (actions, "step-instruction", NULL);
  wait_until (is_settled, f);
  while (app_session_get_status (get_session (f), &after), after.serial == before.serial)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (after.stop_reason, ==, VM_STOP_STEP);
  g_assert_cmpint (after.time_ns, >, before.time_ns);
  g_action_group_activate_action (actions, "restart", NULL);
  g_assert_cmpint (app_session_get_state (get_session (f)), ==, APP_SESSION_LOADING);
  g_assert_false (is_enabled (f, "run-pause"));
  g_assert_false (is_enabled (f, "restart"));
  wait_until (is_settled, f);
  app_session_get_status (get_session (f), &after);
  g_assert_cmpint (after.time_ns, ==, 0);
}

static void
test_views (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "village", "heap", "schedulers" };
  GtkWidget               *page = GTK_WIDGET (get_page (f));
  AdwViewStack            *views = ADW_VIEW_STACK (find (page, ADW_TYPE_VIEW_STACK));
  GActionGroup            *actions = app_lab_page_get_actions (get_page (f));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) state = NULL;

      g_action_group_activate_action (actions, "view", g_variant_new_string (names[i]));
      g_assert_cmpstr (adw_view_stack_get_visible_child_name (views), ==, names[i]);
      state = g_action_group_get_action_state (actions, "view");
      g_assert_cmpstr (g_variant_get_string (state, NULL), ==, names[i]);
    }
  g_action_group_activate_action (actions, "view", g_variant_new_string ("nonsense"));
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (views), ==, "schedulers");
}

static void
test_sections (Fixture *f, gconstpointer data)
{
  GActionGroup *actions = app_lab_page_get_actions (get_page (f));
  guint         n = app_lab_page_get_lab (get_page (f))->sections->len;

  g_assert_false (is_enabled (f, "previous-section"));
  for (guint i = 1; i < n; i++)
    {
      g_assert_true (is_enabled (f, "next-section"));
      g_action_group_activate_action (actions, "next-section", NULL);
    }
  g_assert_false (is_enabled (f, "next-section"));
  g_assert_true (is_enabled (f, "previous-section"));
}

static guint
count_children (GtkWidget *widget, GType type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_children (child, type);
  return n;
}

static void
test_step_cards (Fixture *f, gconstpointer data)
{
  const AppLab *lab = app_lab_page_get_lab (get_page (f));

  g_assert_cmpuint (lab->steps->len, >=, 6);
  g_assert_cmpuint (count_children (GTK_WIDGET (get_page (f)), APP_TYPE_STEP_CARD), ==,
                    lab->steps->len);
}

static void
test_focus (Fixture *f, gconstpointer data)
{
  GtkWidget *village = find (GTK_WIDGET (get_page (f)), UI_TYPE_VILLAGE_VIEW);

  g_assert_cmpuint (app_session_get_focus (get_session (f)), ==, 80);
  ui_canvas_emit_process_activated (UI_CANVAS (village), 83);
  g_assert_cmpuint (app_session_get_focus (get_session (f)), ==, 83);
  while (app_session_get_snapshot (get_session (f))->focus->pid != 83)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (app_session_get_snapshot (get_session (f))->focus->n_messages, ==, 5);
}

static void
check_file (const char *path, const char *magic)
{
  g_autofree char *contents = NULL;
  gsize            len = 0;

  g_assert_true (g_file_get_contents (path, &contents, &len, NULL));
  g_assert_cmpuint (len, >, 1000);
  g_assert_true (memmem (contents, MIN (len, 128), magic, strlen (magic)) != NULL);
  g_remove (path);
}

static void
test_pictures (Fixture *f, gconstpointer data)
{
  static const char *const views[] = { "village", "heap", "schedulers" };
  const GType              types[] = { UI_TYPE_VILLAGE_VIEW, UI_TYPE_MEMORY_VIEW,
                                       UI_TYPE_SCHEDULERS_VIEW };
  const struct
  {
    const char *name, *magic;
  } forms[] = { { "a.png", "PNG" }, { "a.svg", "<svg" }, { "a.pdf", "%PDF" } };

  for (guint v = 0; v < G_N_ELEMENTS (views); v++)
    {
      UiCanvas *canvas = UI_CANVAS (find (GTK_WIDGET (get_page (f)), types[v]));

      g_action_group_activate_action (app_lab_page_get_actions (get_page (f)), "view",
                                      g_variant_new_string (views[v]));
      for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
        {
          g_autofree char *path = g_build_filename (f->folder, forms[i].name, NULL);
          g_autoptr (GError) error = NULL;

          ui_export_write (canvas, "A picture", path, &error);
          g_assert_no_error (error);
          check_file (path, forms[i].magic);
        }
    }
}

static void
test_picture_errors (Fixture *f, gconstpointer data)
{
  UiCanvas        *canvas = UI_CANVAS (find (GTK_WIDGET (get_page (f)), UI_TYPE_MEMORY_VIEW));
  g_autofree char *path = g_build_filename (f->folder, "a.bmp", NULL);
  g_autofree char *nowhere = g_build_filename (f->folder, "no", "such", "a.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ui_export_write (canvas, "A picture", path, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (ui_export_write (canvas, "A picture", nowhere, &error));
  g_assert_nonnull (error);
  ui_export_copy (canvas, "A picture");
  g_assert_true (gdk_content_formats_contain_gtype (
    gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (canvas))), GDK_TYPE_TEXTURE));
}

/* Frames go on while the machine runs, and nothing is polled when it rests. */
static void
test_fluent (Fixture *f, gconstpointer data)
{
  VmSnapshot *last = NULL;
  guint       n_frames = 0;

  app_session_run (get_session (f));
  wait_until (is_running, f);
  while (n_frames < 5)
    {
      g_main_context_iteration (NULL, TRUE);
      n_frames += app_session_get_snapshot (get_session (f)) != last;
      last = app_session_get_snapshot (get_session (f));
    }
  app_session_pause (get_session (f));
  wait_until (is_settled, f);
}

static char *
dup_console (Fixture *f)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (
    GTK_TEXT_VIEW (find (find (GTK_WIDGET (get_page (f)), UI_TYPE_CONSOLE), GTK_TYPE_TEXT_VIEW)));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
has_ended (Fixture *f)
{
  VmStatus status;

  app_session_get_status (get_session (f), &status);
  return status.stop_reason == VM_STOP_END && app_session_is_settled (get_session (f));
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  GtkInfoBar *bar = GTK_INFO_BAR (find (GTK_WIDGET (get_page (f)), GTK_TYPE_INFO_BAR));

  g_assert_false (gtk_info_bar_get_revealed (bar));
  app_session_feed_input (get_session (f), "limit\n");
  wait_until (has_ended, f);
  g_assert_true (gtk_info_bar_get_revealed (bar));
  g_assert_nonnull (
    strstr (gtk_label_get_text (GTK_LABEL (find (GTK_WIDGET (bar), GTK_TYPE_LABEL))), "262144"));
  g_assert_false (is_enabled (f, "run-pause"));
  g_assert_false (is_enabled (f, "step"));
  g_assert_true (is_enabled (f, "restart"));
  g_assert_true (is_enabled (f, "save-picture")); /* it can be looked into */
  g_action_group_activate_action (app_lab_page_get_actions (get_page (f)), "restart", NULL);
  wait_until (is_settled, f);
  g_assert_false (gtk_info_bar_get_revealed (bar));
}

static void
test_ends (Fixture *f, gconstpointer data)
{
  g_autofree char *failed = NULL;
  g_autofree char *finished = NULL;

  app_session_feed_input (get_session (f), "fail\n");
  wait_until (has_ended, f);
  failed = dup_console (f);
  g_assert_nonnull (strstr (failed, "exception error: badarg"));
  g_assert_false (is_enabled (f, "run-pause"));
  g_action_group_activate_action (app_lab_page_get_actions (get_page (f)), "restart", NULL);
  wait_until (is_settled, f);
  app_session_feed_input (get_session (f), "finish\n");
  wait_until (has_ended, f);
  finished = dup_console (f);
  g_assert_null (strstr (finished, "badarg")); /* another machine, another console */
  g_assert_nonnull (strstr (finished, "[normal,done]"));
}

static void
test_shortcuts_unique (Fixture *f, gconstpointer data)
{
  GtkApplication *app = GTK_APPLICATION (g_application_get_default ());
  g_auto (GStrv) names = gtk_application_list_action_descriptions (app);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (g_strv_length (names), >, 25);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (app, names[i]);

      for (guint k = 0; accels[k] != NULL; k++)
        g_assert_true (g_hash_table_add (seen, g_strdup (accels[k])));
    }
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (app), "help"));
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (app), "about"));
  g_assert_nonnull (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (f->window)));
}

#define ADD(path, lab, func) g_test_add (path, Fixture, lab, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (AppApplication) app = NULL;

  gtk_test_init (&argc, &argv, NULL);
  app = app_application_new ();
  g_application_set_default (G_APPLICATION (app));
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));

  ADD ("/window/gallery", NULL, test_gallery);
  ADD ("/window/unknown-lab", "no-such-lab", test_unknown_lab);
  ADD ("/window/actions", LAB, test_actions);
  ADD ("/window/step-and-restart", LAB, test_step_and_restart);
  ADD ("/window/views", LAB, test_views);
  ADD ("/window/sections", LAB, test_sections);
  ADD ("/window/step-cards", LAB, test_step_cards);
  ADD ("/window/focus", LAB, test_focus);
  ADD ("/window/pictures", LAB, test_pictures);
  ADD ("/window/picture-errors", LAB, test_picture_errors);
  ADD ("/window/fluent", LAB, test_fluent);
  ADD ("/window/limit", LAB, test_limit);
  ADD ("/window/ends", LAB, test_ends);
  ADD ("/window/shortcuts", LAB, test_shortcuts_unique);
  return g_test_run ();
}
#undef ADD
