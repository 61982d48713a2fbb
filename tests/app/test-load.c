/* SPDX-License-Identifier: Apache-2.0 */

/* The window on programs that run flat out: it goes on, views change, pausing and
 * stepping work. How long a click waits is said, and judged only where
 * BEAMLAB_JUDGE_TIME is set (`dev bench window`): a test never depends on time. */

#include "config.h"

#include "app/app-application.h"
#include "app/app-lab-page.h"
#include "app/app-window.h"
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_BLOCKED_US (100 * 1000) /* between a click and its effect */
#define TICK_MS        4
#define WATCH_US       (1500 * 1000)
#define NO_LIMIT       G_MAXINT64

static const char loop_program[] = "-module(load).\n-export([start/0]).\n"
                                   "start() -> spawn(fun() -> loop(0, []) end), loop(0, []).\n"
                                   "loop(N, L) when N rem 100 =:= 0 -> loop(N + 1, [N]);\n"
                                   "loop(N, L) -> loop(N + 1, [N | L]).\n";
static const char mail_program[] =
  "-module(load).\n-export([start/0]).\n"
  "start() -> P = spawn(fun() -> receive stop -> ok end end), register(box, P),\n"
  "  send(P, 1000000), more(P, 0).\n"
  "send(_, 0) -> ok;\n"
  "send(P, N) -> P ! {message, N, [a, b, c]}, send(P, N - 1).\n"
  "more(P, N) -> more(P, N + 1).\n";
static const char many_program[] =
  "-module(load).\n-export([start/0]).\n"
  "start() -> All = [spawn(fun work/0) || _ <- lists:seq(1, 100000)], ask(All, All).\n"
  "work() -> receive From -> From ! done, work() after 50 -> work() end.\n"
  "ask([], All) -> ask(All, All);\n"
  "ask([P | T], All) -> P ! self(), receive done -> ok end, ask(T, All).\n";

typedef struct
{
  const char *program;
  const char *clock;
  guint       n_processes; /* to wait for */
  guint       n_messages;  /* of the process named box */
} Load;

typedef struct
{
  AppState   *state;
  AppWindow  *window;
  char       *root;
  char       *folder;
  const Load *load;
} Fixture;

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
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gint64
get_cpu_us (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * G_USEC_PER_SEC + t.tv_nsec / 1000;
}

/* How long this thread was ready and other threads or programs had the processors. */
static gint64
get_unserved_us (void)
{
  g_autofree char *text = NULL;
  guint64          ran_ns, waited_ns = 0;

  if (g_file_get_contents ("/proc/thread-self/schedstat", &text, NULL, NULL))
    sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &ran_ns, &waited_ns);
  return (gint64) (waited_ns / 1000);
}

/* @us passed, or were worked, where they should not be more than that. */
static void
judge (const char *what, gint64 us)
{
  g_test_message ("%s: %.1f ms%s", what, us / 1e3, us > MAX_BLOCKED_US ? " (more than 100)" : "");
  if (g_getenv ("BEAMLAB_JUDGE_TIME") != NULL)
    g_assert_cmpint (us, <=, MAX_BLOCKED_US);
}

/* Lets the main loop run until @holds or for @span_us; how long one turn of it
 * took at the most. */
static gint64
watch (Fixture *f, gboolean (*holds) (Fixture *), gint64 span_us)
{
  gint64 begin = g_get_monotonic_time (), most = 0, now = begin;
  guint  id = g_timeout_add (TICK_MS, tick_cb, NULL);

  while (now - begin < span_us && (holds == NULL || !holds (f)))
    {
      gint64 before = now, cpu_before = get_cpu_us (), own;
      gint64 unserved = get_unserved_us ();

      g_main_context_iteration (NULL, TRUE);
      now = g_get_monotonic_time ();
      own = get_cpu_us () - cpu_before;
      most = MAX (most, now - before);
      if (now - before > MAX_BLOCKED_US / 2)
        g_test_message ("a turn of %.1f ms: %.1f ms its own, %.1f ms without a processor",
                        (now - before) / 1e3, own / 1e3, (get_unserved_us () - unserved) / 1e3);
    }
  g_source_remove (id);
  return most;
}

static gboolean
is_ready (Fixture *f)
{
  return app_session_is_settled (get_session (f));
}

static gboolean
is_paused (Fixture *f)
{
  return !app_session_is_running (get_session (f));
}

static gboolean
is_loaded (Fixture *f)
{
  VmSnapshot          *snapshot = app_session_get_snapshot (get_session (f));
  const VmProcessInfo *box;

  if (snapshot == NULL || snapshot->status.n_processes < f->load->n_processes)
    return FALSE;
  box = vm_snapshot_find_name (snapshot, "box");
  return f->load->n_messages == 0 || (box != NULL && box->n_messages >= f->load->n_messages);
}

static void
write_file (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  const Load      *load = data;
  g_autofree char *path = NULL;
  g_autofree char *lab = NULL;

  f->load = load;
  f->root = g_dir_make_tmp ("beamlab-load-XXXXXX", NULL);
  f->folder = g_build_filename (f->root, "load", NULL);
  g_mkdir (f->folder, 0700);
  lab = g_strdup_printf ("---\nid: load\ntitle: Load\nsummary: Load.\ntopic: processes\n"
                         "level: first\nminutes: 1\norder: 1\nfiles: [load.erl]\n"
                         "entry: {module: load, function: start, args: []}\n"
                         "machine: {clock: %s, schedulers: 2, seed: 1}\n"
                         "processes: {main: \"load:start/0\"}\n"
                         "goal: {reach: reductions(main) > 100}\n---\n\n# Load\n\n## Run\n\n"
                         "```step\nid: run\nrun_until: reductions(main) > 100\n```\n",
                         load->clock);
  write_file (f, "lab.md", lab);
  write_file (f, "load.erl", load->program);
  path = g_build_filename (f->folder, "state.ini", NULL);
  f->state = app_state_new (path);
  f->window = app_window_new (ADW_APPLICATION (g_application_get_default ()), f->state);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (f->window));
  app_window_open_lab (f->window, f->folder);
  g_assert_nonnull (get_page (f));
  watch (f, is_ready, NO_LIMIT);
  g_assert_true (is_ready (f));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "lab.md", "load.erl", "state.ini" };

  gtk_window_destroy (GTK_WINDOW (f->window));
  watch (f, NULL, 300 * 1000);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (f->folder);
  g_rmdir (f->root);
  g_free (f->folder);
  g_free (f->root);
  app_state_free (f->state);
}

/* As a click: the action, then its effect. */
static void
click (Fixture *f, const char *action, const char *target, gint64 *begin)
{
  *begin = g_get_monotonic_time ();
  g_action_group_activate_action (app_lab_page_get_actions (get_page (f)), action,
                                  target != NULL ? g_variant_new_string (target) : NULL);
}

static void
pause_at_once (Fixture *f)
{
  gint64 begin, took = G_MAXINT64;

  for (guint attempt = 0; attempt < 3 && took > MAX_BLOCKED_US; attempt++)
    {
      app_session_run (get_session (f));
      watch (f, NULL, WATCH_US / 3);
      click (f, "pause", NULL, &begin);
      watch (f, is_paused, NO_LIMIT);
      took = g_get_monotonic_time () - begin;
    }
  judge ("paused after", took);
}

static void
test_load (Fixture *f, gconstpointer data)
{
  static const char *const views[] = { "village", "heap", "schedulers" };
  gint64                   begin, blocked;

  app_session_run (get_session (f));
  watch (f, is_loaded, NO_LIMIT);
  g_assert_true (is_loaded (f));
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      blocked = G_MAXINT64;
      /* Other programs may have the processors for a while: what counts is one of three. */
      for (guint attempt = 0; attempt < 3 && blocked > MAX_BLOCKED_US; attempt++)
        {
          click (f, "view", views[i], &begin);
          blocked = watch (f, NULL, WATCH_US);
        }
      judge (views[i], blocked);
    }
  pause_at_once (f);
  watch (f, is_ready, NO_LIMIT);
  app_session_step (get_session (f), VM_STEP_SLICE, FALSE, 1);
  watch (f, is_ready, NO_LIMIT);
  pause_at_once (f);
}

#define ADD(path, load) g_test_add (path, Fixture, load, set_up, test_load, tear_down)

int
main (int argc, char **argv)
{
  static const Load loads[] = {
    { loop_program, "live", 2, 0 },
    { loop_program, "virtual", 2, 0 },
    { mail_program, "live", 2, 1000000 },
    { mail_program, "virtual", 2, 1000000 },
    { many_program, "live", 100000, 0 },
    { many_program, "virtual", 100000, 0 },
  };
  g_autoptr (AppApplication) app = NULL;

  gtk_test_init (&argc, &argv, NULL);
  app = app_application_new ();
  g_application_set_default (G_APPLICATION (app));
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));
  ADD ("/load/loop/live", &loads[0]);
  ADD ("/load/loop/virtual", &loads[1]);
  ADD ("/load/mailbox/live", &loads[2]);
  ADD ("/load/mailbox/virtual", &loads[3]);
  ADD ("/load/processes/live", &loads[4]);
  ADD ("/load/processes/virtual", &loads[5]);
  return g_test_run ();
}
#undef ADD
