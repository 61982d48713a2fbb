/* SPDX-License-Identifier: Apache-2.0 */

/* The session with the real engine: a program that erlc compiled is run, paused,
 * stepped and restarted through the window's bridge, which never blocks. */

#include "config.h"

#include "app/app-session.h"
#include "ui/widgets/ui-memory-view.h"
#include <glib/gstdio.h>

static const char program[] = "-module(session_test).\n"
                              "-export([count/1, loop/0]).\n"
                              "count(0) -> io:format(\"counted~n\"), done;\n"
                              "count(N) -> count(N - 1).\n"
                              "loop() -> loop().\n";

typedef struct
{
  char       *folder;
  AppSession *session;
  GtkWidget  *window;
  GString    *output;
} Fixture;

typedef struct
{
  const char *folder;
  const char *function;
  const char *args[2];
} Program;

static VmMachine *
build (gpointer data, GError **error)
{
  const Program    *p = data;
  const char *const path[] = { p->folder, NULL };
  VmOptions         options = VM_OPTIONS_INIT;
  g_autoptr (VmMachine) vm = NULL;

  options.code_path = path;
  vm = vm_machine_new (&options, error);
  if (vm == NULL || !vm_machine_spawn_main (vm, "session_test", p->function, p->args, error))
    return NULL;
  return g_steal_pointer (&vm);
}

static void
output_cb (Fixture *f, const char *text)
{
  g_string_append (f->output, text);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *source = NULL;
  g_autoptr (GError) error = NULL;
  int         status = 0;
  const char *argv[] = { "erlc", "-o", NULL, NULL, NULL };

  f->folder = g_dir_make_tmp ("beamlab-test-XXXXXX", NULL);
  source = g_build_filename (f->folder, "session_test.erl", NULL);
  g_file_set_contents (source, program, -1, &error);
  g_assert_no_error (error);
  argv[2] = f->folder;
  argv[3] = source;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  f->session = app_session_new ();
  f->window = gtk_window_new ();
  f->output = g_string_new (NULL);
  gtk_window_present (GTK_WINDOW (f->window));
  app_session_attach (f->session, f->window);
  g_signal_connect_swapped (f->session, "output-appended", G_CALLBACK (output_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const files[] = { "session_test.erl", "session_test.beam" };

  /* A worker thread may hold the last task, and that the session, a moment longer. */
  for (guint i = 0; i < 2000 && g_atomic_int_get ((int *) &G_OBJECT (f->session)->ref_count) > 1;
       i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
  g_assert_finalize_object (f->session);
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_string_free (f->output, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, files[i], NULL);

      g_remove (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static gboolean
late_cb (gpointer data)
{
  g_error ("the session did not get there in twenty seconds");
  return G_SOURCE_REMOVE;
}

static void
open_program (Fixture *f, const char *function, const char *arg)
{
  Program *p = g_new0 (Program, 1);

  p->folder = f->folder;
  p->function = function;
  p->args[0] = arg;
  app_session_open (f->session, build, p, g_free);
}

#define WAIT(condition)                                          \
  do                                                             \
    {                                                            \
      guint wait_id = g_timeout_add_seconds (20, late_cb, NULL); \
      while (!(condition))                                       \
        g_main_context_iteration (NULL, TRUE);                   \
      g_source_remove (wait_id);                                 \
    }                                                            \
  while (0)

static void
test_finishes (Fixture *f, gconstpointer data)
{
  VmStatus         status;
  g_autofree char *result = NULL;

  open_program (f, "count", "10000");
  g_assert_cmpint (app_session_get_state (f->session), ==, APP_SESSION_LOADING);
  WAIT (app_session_is_settled (f->session));
  g_assert_true (app_session_can_run (f->session));
  app_session_run (f->session);
  WAIT ((app_session_get_status (f->session, &status), status.state == VM_STATE_FINISHED) &&
        app_session_is_settled (f->session) && f->output->len > 0);
  g_assert_cmpstr (f->output->str, ==, "counted\n");
  g_assert_false (app_session_can_run (f->session));
  result = vm_machine_dup_result (app_session_get_machine (f->session));
  g_assert_cmpstr (result, ==, "done");
}

static void
test_steps (Fixture *f, gconstpointer data)
{
  VmStatus before, after;

  open_program (f, "count", "10000");
  WAIT (app_session_is_settled (f->session));
  for (VmStepUnit unit = VM_STEP_INSTRUCTION; unit <= VM_STEP_REDUCTION; unit++)
    {
      app_session_get_status (f->session, &before);
      app_session_step (f->session, unit, FALSE, 1);
      WAIT (app_session_has_stopped_since (f->session, before.serial) &&
            app_session_is_settled (f->session));
      app_session_get_status (f->session, &after);
      g_assert_cmpint (after.stop_reason, ==, VM_STOP_STEP);
      g_assert_cmpint (after.time_ns, >=, before.time_ns);
    }
}

/* A tight loop at full speed: frames come, and it can be paused. */
static void
test_stays_fluent (Fixture *f, gconstpointer data)
{
  gint64      begin, last;
  gint64      worst = 0;
  VmSnapshot *seen = NULL;
  guint       n_snapshots = 0;

  open_program (f, "loop", NULL);
  WAIT (app_session_is_settled (f->session));
  app_session_run (f->session);
  WAIT (app_session_is_running (f->session));
  begin = last = g_get_monotonic_time ();
  while (last - begin < 2 * G_USEC_PER_SEC)
    {
      gint64 now;

      g_main_context_iteration (NULL, FALSE);
      now = g_get_monotonic_time ();
      worst = MAX (worst, now - last);
      last = now;
      n_snapshots += app_session_get_snapshot (f->session) != seen;
      seen = app_session_get_snapshot (f->session);
      g_usleep (500);
    }
  g_test_message ("%u snapshots in two seconds, longest wait %d us", n_snapshots, (int) worst);
  g_assert_cmpuint (n_snapshots, >, 10);
  app_session_pause (f->session);
  WAIT (app_session_is_settled (f->session));
  g_assert_true (app_session_can_run (f->session));
}

static void
test_restart (Fixture *f, gconstpointer data)
{
  VmStatus status;

  open_program (f, "loop", NULL);
  WAIT (app_session_is_settled (f->session));
  app_session_run (f->session);
  WAIT (app_session_is_running (f->session));
  app_session_restart (f->session);
  g_assert_null (app_session_get_machine (f->session));
  WAIT (app_session_is_settled (f->session));
  app_session_get_status (f->session, &status);
  g_assert_cmpint (status.state, ==, VM_STATE_PAUSED);
  g_assert_cmpuint (status.n_reductions, ==, 0);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  open_program (f, "no_such_function", NULL);
  WAIT (app_session_get_state (f->session) == APP_SESSION_ERROR);
  g_assert_nonnull (strstr (app_session_get_error (f->session)->message, "no_such_function"));
  g_assert_false (app_session_can_run (f->session));
}

/* Closing while a machine is being built loses neither the machine nor the window. */
static void
test_close_while_loading (Fixture *f, gconstpointer data)
{
  open_program (f, "loop", NULL);
  open_program (f, "count", "10");
  open_program (f, "loop", NULL);
  WAIT (app_session_is_settled (f->session));
}

static void
wanted_cb (UiMemoryView *view, Fixture *f)
{
  VmWordsRequest request;

  ui_memory_view_fill_words_request (view, &request);
  app_session_request_words (f->session, &request);
}

static void
told_cb (AppSession *session, UiMemoryView *view)
{
  ui_memory_view_set_words (view, app_session_get_words (session));
}

static const VmWordPage *
get_page (Fixture *f)
{
  VmWords *words = app_session_get_words (f->session);

  return words != NULL ? vm_words_find_page (words, VM_AREA_YOUNG) : NULL;
}

/* The memory picture asks for what is in sight and is told: columns of the whole,
 * then words; what is chosen is followed. */
static void
test_words (Fixture *f, gconstpointer data)
{
  UiMemoryView  *view = g_object_new (UI_TYPE_MEMORY_VIEW, NULL);
  UiCanvasClass *klass = UI_CANVAS_GET_CLASS (view);
  VmArea         area;
  guint64        offset;

  open_program (f, "count", "100000"); /* its arguments lie on the heap */
  WAIT (app_session_get_state (f->session) == APP_SESSION_READY);
  app_session_step (f->session, VM_STEP_INSTRUCTION, FALSE, 60);
  WAIT (app_session_is_settled (f->session));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (view));
  g_signal_connect (view, "words-wanted", G_CALLBACK (wanted_cb), f);
  g_signal_connect (f->session, "words-changed", G_CALLBACK (told_cb), view);
  ui_memory_view_set_snapshot (view, app_session_get_snapshot (f->session),
                               app_session_get_recording (f->session),
                               app_session_get_focus (f->session));
  WAIT (get_page (f) != NULL);
  g_assert_true (get_page (f)->is_told);
  g_assert_cmpuint (get_page (f)->n_buckets, >, 0);
  ui_memory_view_choose (view, VM_AREA_YOUNG, 0);
  WAIT (app_session_get_words (f->session)->chosen.is_known);
  for (guint i = 0; i < 20; i++)
    ui_canvas_zoom (UI_CANVAS (view), 1.25);
  WAIT (get_page (f)->n_words > 0);
  g_assert_cmpuint (get_page (f)->n_words, <,
                    app_session_get_words (f->session)->sizes.young_block);
  g_assert_true (klass->move (UI_CANVAS (view), GTK_DIR_RIGHT));
  g_assert_true (ui_memory_view_get_choice (view, &area, &offset));
  g_assert_cmpint (area, ==, VM_AREA_YOUNG);
  g_assert_cmpuint (offset, ==, 1);
  g_assert_true (klass->open (UI_CANVAS (view), -1, -1));
  g_assert_true (klass->leave (UI_CANVAS (view)));
  g_assert_false (ui_memory_view_get_choice (view, &area, &offset));
  WAIT (!app_session_get_words (f->session)->chosen.is_known);
  ui_canvas_fit (UI_CANVAS (view));
  WAIT (get_page (f)->n_buckets > 0);
  g_signal_handlers_disconnect_by_data (f->session, view);
  gtk_window_set_child (GTK_WINDOW (f->window), NULL);
  app_session_close (f->session);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  ADD ("/session/finishes", test_finishes);
  ADD ("/session/steps", test_steps);
  ADD ("/session/stays-fluent", test_stays_fluent);
  ADD ("/session/restart", test_restart);
  ADD ("/session/words", test_words);
  ADD ("/session/missing", test_missing);
  ADD ("/session/close-while-loading", test_close_while_loading);
  return g_test_run ();
}
#undef ADD
#undef WAIT
