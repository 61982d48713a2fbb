/* SPDX-License-Identifier: Apache-2.0 */

/* The models under the widgets, and what is remembered between runs. No display. */

#include "config.h"

#include "app/app-bookmarks.h"
#include "app/app-state.h"
#include "tests/ui/sample.h"
#include "ui/models/ui-process-list.h"
#include "ui/models/ui-time-range.h"
#include <glib/gstdio.h>

static void
test_range_follows (void)
{
  g_autoptr (UiTimeRange) range = ui_time_range_new ();

  ui_time_range_set_end (range, 500000, 0);
  g_assert_cmpint (ui_time_range_get_from (range), ==, 0);
  g_assert_cmpint (ui_time_range_get_to (range), ==, 500000);
  ui_time_range_zoom (range, 2, 250000);
  g_assert_false (ui_time_range_get_follows (range));
  g_assert_cmpint (ui_time_range_get_from (range), ==, 125000);
  g_assert_cmpint (ui_time_range_get_to (range), ==, 375000);
  ui_time_range_set_end (range, 900000, 0);
  g_assert_cmpint (ui_time_range_get_to (range), ==, 375000);
  ui_time_range_pan (range, -1000000);
  g_assert_cmpint (ui_time_range_get_from (range), ==, 0);
  g_assert_cmpint (ui_time_range_get_to (range), ==, 250000);
  ui_time_range_pan (range, 10000000);
  g_assert_cmpint (ui_time_range_get_to (range), ==, 900000);
  ui_time_range_fit (range);
  g_assert_true (ui_time_range_get_follows (range));
  g_assert_cmpint (ui_time_range_get_to (range), ==, 900000);
}

static void
test_range_limits (void)
{
  g_autoptr (UiTimeRange) range = ui_time_range_new ();

  ui_time_range_set_end (range, 500000, 300000);
  g_assert_cmpint (ui_time_range_get_from (range), ==, 300000);
  ui_time_range_zoom (range, 1e12, 400000);
  g_assert_cmpint (ui_time_range_get_to (range) - ui_time_range_get_from (range), ==, 100);
  ui_time_range_zoom (range, 1e-12, 400000);
  g_assert_cmpint (ui_time_range_get_from (range), ==, 0);
  g_assert_cmpint (ui_time_range_get_to (range), ==, 500000);
}

static void
count_moments_cb (UiTimeRange *range, guint *n)
{
  (*n)++;
}

static void
test_range_moment (void)
{
  g_autoptr (UiTimeRange) range = ui_time_range_new ();
  guint n = 0;

  g_signal_connect (range, "moment-changed", G_CALLBACK (count_moments_cb), &n);
  ui_time_range_set_end (range, 500000, 0);
  g_assert_false (ui_time_range_is_past (range));
  g_assert_cmpint (ui_time_range_get_moment (range), ==, 500000);
  ui_time_range_set_moment (range, 200000);
  ui_time_range_set_moment (range, 200000);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (ui_time_range_is_past (range));
  ui_time_range_set_end (range, 600000, 0);
  g_assert_cmpint (ui_time_range_get_moment (range), ==, 200000);
  /* a range that does not show it follows */
  ui_time_range_set (range, 300000, 400000);
  ui_time_range_set_moment (range, 100000);
  g_assert_cmpint (ui_time_range_get_from (range), ==, 100000);
  g_assert_cmpint (ui_time_range_get_to (range), ==, 200000);
  ui_time_range_set_moment (range, -5);
  g_assert_cmpint (ui_time_range_get_moment (range), ==, 0);
  ui_time_range_set_moment (range, G_MAXINT64);
  g_assert_false (ui_time_range_is_past (range));
  g_assert_cmpint (ui_time_range_get_to (range), ==, 600000);
  /* another run that is shorter */
  ui_time_range_set_moment (range, 300000);
  ui_time_range_set_end (range, 0, 0);
  g_assert_false (ui_time_range_is_past (range));
}

static void
check_bookmark (GListModel *model, guint at, gint64 moment_ns, const char *note)
{
  g_autoptr (UiBookmark) bookmark = g_list_model_get_item (model, at);

  g_assert_nonnull (bookmark);
  g_assert_cmpint (ui_bookmark_get_moment (bookmark), ==, moment_ns);
  g_assert_cmpstr (ui_bookmark_get_note (bookmark), ==, note);
}

static void
test_bookmarks (void)
{
  g_autofree char *folder = g_dir_make_tmp ("beamlab-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bookmarks", "a%2Flab.ini", NULL);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autofree char *damaged = NULL;
  g_autoptr (GListStore) store = app_bookmarks_load (folder, "a/lab", &damaged);
  g_autoptr (UiBookmark) later = ui_bookmark_new (900, "keeper", "fullsweep_after 0", "two\nlines");
  g_autoptr (UiBookmark) early = ui_bookmark_new (5, NULL, NULL, "");
  g_autoptr (GListStore) again = NULL, none = NULL, some = NULL;

  g_assert_null (damaged);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_list_store_insert_sorted (store, later, ui_bookmark_compare, NULL);
  g_list_store_insert_sorted (store, early, ui_bookmark_compare, NULL);
  g_assert_true (app_bookmarks_save (G_LIST_MODEL (store), folder, "a/lab", NULL));
  again = app_bookmarks_load (folder, "a/lab", &damaged);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  check_bookmark (G_LIST_MODEL (again), 0, 5, "");
  check_bookmark (G_LIST_MODEL (again), 1, 900, "two\nlines");

  /* what is damaged is put aside, and the list begins anew */
  g_assert_true (g_file_set_contents (path, "\x01 no key file [", -1, NULL));
  none = app_bookmarks_load (folder, "a/lab", &damaged);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (none)), ==, 0);
  g_assert_cmpstr (damaged, ==, aside);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  /* of one that is half right, the right half */
  g_assert_true (g_file_set_contents (path,
                                      "[bookmark 1]\nmoment=soon\n[bookmark 2]\nmoment=-4\n"
                                      "[other]\nmoment=3\n[bookmark 3]\nmoment=7\nnote=good\n",
                                      -1, NULL));
  some = app_bookmarks_load (folder, "a/lab", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (some)), ==, 1);
  check_bookmark (G_LIST_MODEL (some), 0, 7, "good");
  g_remove (path);
  g_remove (aside);
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  (*n)++;
}

static void
test_process_list (void)
{
  SampleVillage village;
  g_autoptr (UiProcessList) list = ui_process_list_new ();
  g_autoptr (UiProcess) first = NULL;
  guint n_changes = 0;

  sample_village_init_bank (&village);
  g_atomic_ref_count_init (&village.snapshot.ref_count);
  g_atomic_ref_count_inc (
    &village.snapshot.ref_count); /* the sample's own: never freed by the list */
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_changes);
  ui_process_list_set_snapshot (list, &village.snapshot);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, village.processes->len);
  g_assert_cmpuint (n_changes, ==, 1);
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (ui_process_get_title (first), ==, "bank <0.80.0>");
  /* the system's come last */
  g_assert_cmpuint (ui_process_list_find (list, 1), ==, village.processes->len - 1);
  g_assert_cmpuint (ui_process_list_find (list, 4711), ==, G_MAXUINT);
  ui_process_list_set_snapshot (list, &village.snapshot);
  g_assert_cmpuint (n_changes, ==, 1);
  ui_process_list_set_snapshot (list, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_cmpuint (n_changes, ==, 2);
  sample_village_clear (&village);
}

static void
test_state (void)
{
  g_autofree char *folder = g_dir_make_tmp ("beamlab-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "deep", "state.ini", NULL);
  g_autofree char *deep = g_path_get_dirname (path);
  AppState        *state = app_state_new (path);
  g_autofree char *scheme = NULL;

  g_assert_false (app_state_is_step_done (state, "a", "one"));
  g_assert_true (app_state_set_step_done (state, "a", "one"));
  g_assert_false (app_state_set_step_done (state, "a", "one"));
  g_assert_true (app_state_set_step_done (state, "a", "two; or three"));
  app_state_set_int (state, "width", 960);
  app_state_set_string (state, "color-scheme", "dark");
  app_state_free (state);
  state = app_state_new (path);
  g_assert_true (app_state_is_step_done (state, "a", "one"));
  g_assert_true (app_state_is_step_done (state, "a", "two; or three"));
  g_assert_false (app_state_is_step_done (state, "b", "one"));
  g_assert_cmpint (app_state_get_int (state, "width", 1), ==, 960);
  g_assert_cmpint (app_state_get_int (state, "height", 7), ==, 7);
  scheme = app_state_dup_string (state, "color-scheme");
  g_assert_cmpstr (scheme, ==, "dark");
  app_state_forget_lab (state, "a");
  g_assert_false (app_state_is_step_done (state, "a", "one"));
  app_state_free (state);
  g_remove (path);
  g_rmdir (deep);
  g_rmdir (folder);
}

static void
test_state_unwritable (void)
{
  AppState *state = app_state_new ("/proc/no/such/state.ini");

  g_assert_true (app_state_set_step_done (state, "a", "one"));
  app_state_free (state); /* says so in the log, and goes on */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/models/range-moment", test_range_moment);
  g_test_add_func ("/models/bookmarks", test_bookmarks);
  g_test_add_func ("/time-range/follows", test_range_follows);
  g_test_add_func ("/time-range/limits", test_range_limits);
  g_test_add_func ("/process-list", test_process_list);
  g_test_add_func ("/state", test_state);
  g_test_add_func ("/state/unwritable", test_state_unwritable);
  return g_test_run ();
}
