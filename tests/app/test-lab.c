/* SPDX-License-Identifier: Apache-2.0 */

/* Each lab in the window, on the real engine: every control of every step is used in
 * its order, and each step comes to its end. What a check says is not told before the
 * question is over. */

#include "config.h"

#include "app/app-application.h"
#include "app/app-lab-page.h"
#include "app/app-step-card.h"
#include "app/app-window.h"
#include "app/lab/app-lab-catalog.h"
#include "ui/widgets/ui-memory-view.h"
#include <glib/gstdio.h>
#include <string.h>

#define MAX_WAIT_US (30 * G_USEC_PER_SEC)

typedef struct
{
  AppWindow *window;
  guint      n_cards;
} Walk;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static AppSession *
get_session (Walk *walk)
{
  return app_lab_page_get_session (
    APP_LAB_PAGE (find (GTK_WIDGET (walk->window), APP_TYPE_LAB_PAGE)));
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Until the machine rests and its picture is here. */
static void
settle (Walk *walk)
{
  gint64 begin = g_get_monotonic_time ();
  guint  id = g_timeout_add (5, tick_cb, NULL);

  do
    g_main_context_iteration (NULL, TRUE);
  while (
    (g_get_monotonic_time () - begin < 60 * 1000 || !app_session_is_settled (get_session (walk))) &&
    g_get_monotonic_time () - begin < MAX_WAIT_US);
  g_source_remove (id);
  g_assert_true (app_session_is_settled (get_session (walk)));
}

/* Guesses are guesses: the first choice, or some number. */
static void
use_control (Walk *walk, const AppLabStep *step, GtkWidget *widget)
{
  if (GTK_IS_RANGE (widget))
    for (guint i = 0; i < step->controls->len; i++)
      {
        const AppLabControl *control = g_ptr_array_index (step->controls, i);

        if (control->kind == APP_LAB_TUNE)
          gtk_range_set_value (GTK_RANGE (widget), (double) control->proposed);
      }
  if (GTK_IS_SPIN_BUTTON (widget))
    return; /* turns the same as the slider */
  if (GTK_IS_CHECK_BUTTON (widget))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), TRUE);
  else if (GTK_IS_ENTRY (widget))
    gtk_editable_set_text (GTK_EDITABLE (widget), "7");
  else if (GTK_IS_BUTTON (widget))
    {
      GtkWidget *card = gtk_widget_get_ancestor (widget, APP_TYPE_STEP_CARD);

      g_signal_emit_by_name (widget, "clicked");
      do
        settle (walk);
      while (app_step_card_get_waiting (APP_STEP_CARD (card)));
    }
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      use_control (walk, step, child);
}

static gboolean
is_told (GtkWidget *widget, const char *markup)
{
  gboolean told = FALSE;

  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), markup) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !told;
       child = gtk_widget_get_next_sibling (child))
    told = is_told (child, markup);
  return told;
}

static void
judge_claims (GtkWidget *card, const AppLabStep *step, gboolean told)
{
  gboolean asks = FALSE;

  for (guint i = 0; i < step->controls->len; i++)
    {
      const AppLabControl *control = g_ptr_array_index (step->controls, i);

      asks = asks || control->kind == APP_LAB_PREDICT;
    }
  for (guint i = 0; i < step->controls->len; i++)
    {
      const AppLabControl *control = g_ptr_array_index (step->controls, i);

      if (control->kind == APP_LAB_CHECK && control->markup != NULL)
        g_assert_true (is_told (card, control->markup) == (told || !asks));
    }
}

/* A term that is looked at and lies in the process is chosen in the picture, as soon
 * as that is drawn. */
static void
judge_term (Walk *walk, const AppLabStep *step)
{
  UiMemoryView *memory =
    UI_MEMORY_VIEW (find (GTK_WIDGET (walk->window), UI_TYPE_MEMORY_VIEW));

  for (guint i = 0; i < step->controls->len; i++)
    {
      const AppLabControl *control = g_ptr_array_index (step->controls, i);
      gint64               words;
      guint64              offset;
      VmArea               area;

      if (control->term == NULL)
        continue;
      g_assert_true (app_lab_value_evaluate (
        control->answer, app_session_get_machine (get_session (walk)), &words, NULL));
      for (guint n = 0; n < 50 && ui_memory_view_get_choice (memory, &area, &offset) != (words > 0);
           n++)
        settle (walk);
      g_assert_true (ui_memory_view_get_choice (memory, &area, &offset) == (words > 0));
    }
}

static void
use_cards (Walk *walk, GtkWidget *widget)
{
  if (APP_IS_STEP_CARD (widget))
    {
      const AppLabStep *step = app_step_card_get_step (APP_STEP_CARD (widget));

      g_test_message ("step %s", step->id);
      judge_claims (widget, step, FALSE);
      use_control (walk, step, widget);
      judge_claims (widget, step, TRUE);
      judge_term (walk, step);
      g_assert_true (app_step_card_get_done (APP_STEP_CARD (widget)));
      walk->n_cards++;
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    use_cards (walk, child);
}

static void
test_steps (gconstpointer data)
{
  const AppLab    *lab = data;
  Walk             walk = { 0 };
  g_autofree char *folder = g_dir_make_tmp ("beamlab-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "state.ini", NULL);
  g_autoptr (AppState) state = app_state_new (path);

  walk.window = app_window_new (ADW_APPLICATION (g_application_get_default ()), state);
  gtk_window_present (GTK_WINDOW (walk.window));
  app_window_open_lab (walk.window, lab->id);
  settle (&walk);
  use_cards (&walk, GTK_WIDGET (walk.window));
  g_assert_cmpuint (walk.n_cards, ==, lab->steps->len);
  gtk_window_destroy (GTK_WINDOW (walk.window));
  g_remove (path);
  g_rmdir (folder);
}

/* A button or a label that reads so. */
static GtkWidget *
find_text (GtkWidget *widget, GType type, const char *text)
{
  GtkWidget *found = NULL;

  if (type == GTK_TYPE_LABEL && GTK_IS_LABEL (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  if (type == GTK_TYPE_BUTTON && GTK_IS_BUTTON (widget))
    return find_text (widget, GTK_TYPE_LABEL, text) != NULL ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_text (child, type, text);
  return found;
}

static void
wait_for_text (GtkWidget *widget, const char *text)
{
  gint64 begin = g_get_monotonic_time ();
  guint  id = g_timeout_add (5, tick_cb, NULL);

  while (find_text (widget, GTK_TYPE_LABEL, text) == NULL &&
         g_get_monotonic_time () - begin < MAX_WAIT_US)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_nonnull (find_text (widget, GTK_TYPE_LABEL, text));
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *text = NULL;
  gsize            n;

  g_assert_true (g_file_get_contents (from, &text, &n, NULL));
  g_assert_true (g_file_set_contents (to, text, (gssize) n, NULL));
}

/* An exercise: its goal is missed; the file is changed under the open window, and met. */
static void
test_goal (void)
{
  const char *const files[] = { "lab.md", "start/m.erl", "solution/m.erl" };
  Walk              walk = { 0 };
  g_autofree char  *good = g_test_build_filename (G_TEST_DIST, "labs/good/exercise", NULL);
  g_autofree char  *folder = g_dir_make_tmp ("beamlab-test-XXXXXX", NULL);
  g_autofree char  *lab = g_build_filename (folder, "exercise", NULL);
  g_autofree char  *start = g_build_filename (lab, "start", NULL);
  g_autofree char  *solution = g_build_filename (lab, "solution", NULL);
  g_autofree char  *path = g_build_filename (folder, "state.ini", NULL);
  g_autoptr (AppState) state = app_state_new (path);
  GtkWidget *card;

  g_mkdir (lab, 0700);
  g_mkdir (start, 0700);
  g_mkdir (solution, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *from = g_build_filename (good, files[i], NULL);
      g_autofree char *to = g_build_filename (lab, files[i], NULL);

      copy_file (from, to);
    }
  walk.window = app_window_new (ADW_APPLICATION (g_application_get_default ()), state);
  gtk_window_present (GTK_WINDOW (walk.window));
  app_window_open_lab (walk.window, lab);
  settle (&walk);
  card = find (GTK_WIDGET (walk.window), APP_TYPE_STEP_CARD);
  g_signal_emit_by_name (find_text (card, GTK_TYPE_BUTTON, "Try the goal"), "clicked");
  wait_for_text (card, "never becomes true");
  {
    g_autofree char *from = g_build_filename (solution, "m.erl", NULL);
    g_autofree char *to = g_build_filename (start, "m.erl", NULL);

    copy_file (from, to);
  }
  g_signal_emit_by_name (find_text (card, GTK_TYPE_BUTTON, "Try the goal"), "clicked");
  wait_for_text (card, "The goal is met");
  {
    g_autofree char *to = g_build_filename (start, "m.erl", NULL);

    g_assert_true (g_file_set_contents (to, "-module(m).\nno erlang", -1, NULL));
  }
  g_signal_emit_by_name (find_text (card, GTK_TYPE_BUTTON, "Try the goal"), "clicked");
  wait_for_text (card, "does not compile");
  gtk_window_destroy (GTK_WINDOW (walk.window));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_build_filename (lab, files[i], NULL);

      g_remove (file);
    }
  g_rmdir (start);
  g_rmdir (solution);
  g_rmdir (lab);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_autoptr (AppApplication) app = NULL;
  g_autoptr (AppLabProblems) problems = app_lab_problems_new ("labs");
  g_autoptr (GPtrArray) labs = NULL;

  gtk_test_init (&argc, &argv, NULL);
  app = app_application_new ();
  g_application_set_default (G_APPLICATION (app));
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));
  labs = app_lab_catalog_load (problems);
  g_assert_cmpuint (labs->len, >=, 4);
  for (guint i = 0; i < labs->len; i++)
    {
      const AppLab    *lab = g_ptr_array_index (labs, i);
      g_autofree char *name = g_strdup_printf ("/lab/steps/%s", lab->id);

      g_test_add_data_func (name, lab, test_steps);
    }
  g_test_add_func ("/lab/goal", test_goal);
  return g_test_run ();
}
