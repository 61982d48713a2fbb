/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-build.h"
#include "app/lab/app-lab-catalog.h"
#include "app/lab/app-lab-player.h"
#include "app/lab/app-lab-yaml.h"
#include "engine/vm-error.h"
#include "engine/vm-snapshot.h"
#include <glib/gstdio.h>
#include <string.h>

/* The lab reader: the first lab's model, each mistake in tests/labs/broken, and
 * the language of values. */

static AppLab *
load_good (const char *path)
{
  g_autoptr (AppLabProblems) problems = app_lab_problems_new (path);
  AppLab          *lab = app_lab_load (path, problems);
  g_autofree char *text = app_lab_problems_format (problems);

  g_assert_cmpstr (text, ==, "");
  g_assert_nonnull (lab);
  return lab;
}

static void
test_first_lab (void)
{
  g_autofree char *path = g_build_filename (SOURCE_DIR, "labs", "surviving-twice", NULL);
  g_autoptr (AppLab) lab = load_good (path);
  const AppLabStep    *step = app_lab_find_step (lab, "larger-block");
  const AppLabControl *tune;
  const AppLabControl *predict;

  g_assert_cmpstr (lab->id, ==, "surviving-twice");
  g_assert_cmpstr (lab->title, ==, "Surviving twice");
  g_assert_cmpint (lab->topic, ==, APP_LAB_TOPIC_MEMORY);
  g_assert_cmpstr (lab->module, ==, "twice");
  g_assert_cmpstr (lab->function, ==, "start");
  g_assert_cmpstr (lab->args[0], ==, "500");
  g_assert_cmpuint (lab->options.n_schedulers, ==, 1);
  g_assert_cmpint (lab->options.clock, ==, VM_CLOCK_VIRTUAL);
  g_assert_cmpuint (lab->names->len, ==, 3);
  g_assert_cmpuint (lab->steps->len, >=, 6);
  g_assert_cmpuint (lab->sections->len, >=, 6);
  g_assert_nonnull (step);
  tune = step->controls->pdata[0];
  predict = step->controls->pdata[1];
  g_assert_cmpint (tune->kind, ==, APP_LAB_TUNE);
  g_assert_cmpint (tune->knob, ==, APP_LAB_KNOB_MIN_HEAP_WORDS);
  g_assert_cmpint (tune->low, ==, 12);
  g_assert_cmpint (tune->high, ==, 6772);
  g_assert_cmpint (tune->initial, ==, 233);
  g_assert_cmpint (tune->proposed, ==, 1598);
  g_assert_cmpint (predict->kind, ==, APP_LAB_PREDICT);
  g_assert_nonnull (predict->answer);
  g_assert_cmpstr (predict->unit_name, ==, "collections");
}

/* Inline Markdown comes out as markup that Pango can read. */
static void
test_markup (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "labs", "good", "markup", NULL);
  g_autoptr (AppLab) lab = load_good (path);
  const AppLabSection         *section = lab->sections->pdata[0];
  static const AppLabBlockKind kinds[] = {
    APP_LAB_BLOCK_HEADING,
    APP_LAB_BLOCK_PARAGRAPH,
    APP_LAB_BLOCK_LIST,
    APP_LAB_BLOCK_CODE,
    APP_LAB_BLOCK_QUOTE,
    APP_LAB_BLOCK_RULE,
    APP_LAB_BLOCK_IMAGE,
    APP_LAB_BLOCK_STEP,
  };
  const AppLabBlock *block;

  g_assert_cmpuint (lab->sections->len, ==, 2);
  g_assert_cmpuint (section->blocks->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < section->blocks->len; i++)
    g_assert_cmpint (((AppLabBlock *) section->blocks->pdata[i])->kind, ==, kinds[i]);
  block = section->blocks->pdata[1];
  g_assert_cmpstr (block->markup, ==,
                   "A &lt;b&gt; is <b>strong &amp; <i>both</i></b>, <tt>X &lt; Y</tt> code, "
                   "<a href=\"https://example.org/?a=1&amp;b=2\">a link</a>.");
  g_assert_cmpuint (block->line, ==, 19);
  block = section->blocks->pdata[2];
  g_assert_true (block->is_ordered);
  g_assert_cmpuint (block->start, ==, 3);
  g_assert_cmpuint (block->children->len, ==, 2);
  block = section->blocks->pdata[3];
  g_assert_cmpstr (block->info, ==, "erlang");
  g_assert_cmpstr (block->text, ==, "ok.\n");
  block = section->blocks->pdata[6];
  g_assert_cmpstr (block->info, ==, "A dot");
  g_assert_true (g_file_test (block->text, G_FILE_TEST_EXISTS));
}

/* Each folder in broken/ has a file .expected: for every mistake one line, the
 * file's line number and the beginning of the message. */
static void
test_broken (gconstpointer data)
{
  const char      *path = data;
  g_autofree char *expected_path = g_build_filename (path, ".expected", NULL);
  g_autoptr (AppLabProblems) problems = app_lab_problems_new (path);
  g_autoptr (AppLab) lab = app_lab_load (path, problems);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) expected = NULL;
  g_autofree char *found = app_lab_problems_format (problems);

  g_file_get_contents (expected_path, &text, NULL, &error);
  g_assert_no_error (error);
  expected = g_strsplit (g_strchomp (text), "\n", -1);
  g_test_message ("%s", found);
  g_assert_null (lab);
  g_assert_cmpuint (problems->list->len, ==, g_strv_length (expected));
  for (guint i = 0; i < problems->list->len; i++)
    {
      const AppLabProblem *problem = problems->list->pdata[i];
      g_autofree char     *line = g_strdup_printf ("%u %s", problem->line, problem->what);

      if (!g_str_has_prefix (line, expected[i]))
        g_error ("expected: %s\nfound: %s", expected[i], line);
      g_assert_true (g_str_has_suffix (problem->file, "lab.md"));
    }
}

/* Whatever is cut off anywhere, the reader says something and does not crash. */
static void
test_cut_off (void)
{
  g_autofree char *path = g_build_filename (SOURCE_DIR, "labs", "surviving-twice", "lab.md", NULL);
  g_autofree char *folder = g_dir_make_tmp ("lab-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "lab.md", NULL);
  g_autofree char *text = NULL;
  gsize            len;

  g_assert_true (g_file_get_contents (path, &text, &len, NULL));
  for (gsize cut = 0; cut < len; cut += 97)
    {
      g_autoptr (AppLabProblems) problems = app_lab_problems_new (folder);
      g_autoptr (AppLab) lab = NULL;

      g_assert_true (g_file_set_contents (copy, text, cut, NULL));
      lab = app_lab_load (folder, problems);
      g_assert_null (lab); /* the program's files are not there */
      g_assert_cmpuint (problems->list->len, >, 0);
    }
  g_unlink (copy);
  g_rmdir (folder);
}

/* Broken bytes in the middle: each is either read or reported. */
static void
test_garbled (void)
{
  g_autofree char *path = g_build_filename (SOURCE_DIR, "labs", "surviving-twice", "lab.md", NULL);
  g_autofree char *folder = g_dir_make_tmp ("lab-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "lab.md", NULL);
  g_autofree char *text = NULL;
  gsize            len;

  g_assert_true (g_file_get_contents (path, &text, &len, NULL));
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (AppLabProblems) problems = app_lab_problems_new (folder);
      g_autoptr (AppLab) lab = NULL;
      g_autofree char *garbled = g_memdup2 (text, len);

      for (guint i = 0; i < 5; i++)
        garbled[g_test_rand_int_range (0, len)] =
          "`-:{}[]&*!|>'\"%@\t\n# \xff"[g_test_rand_int_range (0, 22)];
      g_assert_true (g_file_set_contents (copy, garbled, len, NULL));
      lab = app_lab_load (folder, problems);
      g_assert_null (lab);
    }
  g_unlink (copy);
  g_rmdir (folder);
}

static void
test_value_syntax (void)
{
  static const char *const good[] = {
    "0",
    "1_000",
    "2ms",
    "time",
    "count(processes)",
    "heap(a).old + 2 * (heap(a).young - 1)",
    "mailbox( server )",
    "mailbox('my server')",
    "heap(a).total",
    "major(<0.80.0>)",
    "233 words",
    "size(server, x0) + copy_size(server, m1)",
    "frames(server)-1",
    "copied(a) + reclaimed(a) - binaries(a)",
    "memory(binary) / 1000",
  };
  static const struct
  {
    const char *text;
    const char *message;
  } bad[] = {
    { "", "column 1: found the end" },
    { "heap(a)", "column 8: it ends here; expected a dot" },
    { "heap(a).odl", "column 9: found \"odl\"; expected young" },
    { "heap(a.old", "column 7: found \".\"; expected )" },
    { "heap().old", "column 6" },
    { "heep(a).old", "column 1: found \"heep\"; expected heap, size" },
    { "1 + ", "column 5: found the end" },
    { "1 2", "column 3: found '2'" },
    { "(1", "column 3: found the end, expected ')'" },
    { "5 parsecs", "column 2" },
    { "99999999999999999999", "column 19" },
    { "count(atoms)", "column 7" },
    { "size(a)", "column 7: found \")\"; expected a comma and a place" },
    { "size(a, z1)", "column 9: found \"z1\"; expected a place" },
    { "size(a, m0)", "column 9" },
    { "1 + running(a)", "column 5" },
    { "heap(a).old >= 1", "column 13" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AppLabValue) value = app_lab_value_parse (good[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (value);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AppLabValue) value = app_lab_value_parse (bad[i].text, &error);

      g_assert_null (value);
      g_assert_error (error, VM_ERROR, VM_ERROR_SYNTAX);
      if (!g_str_has_prefix (error->message, bad[i].message))
        g_error ("'%s': %s", bad[i].text, error->message);
    }
}

/* Deep nesting is refused, not followed until the stack is gone. */
static void
test_value_deep (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '(');
  g_assert_null (app_lab_value_parse (text->str, &error));
  g_assert_error (error, VM_ERROR, VM_ERROR_SYNTAX);
}

/* A machine of the lab in tests/labs/good/sizes, about to run. */
static VmMachine *
sizes_machine (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "labs", "good", "sizes", NULL);
  g_autoptr (AppLab) lab = load_good (path);
  g_autoptr (AppLabSettings) settings = app_lab_settings_new (lab);
  g_autoptr (GError) error = NULL;
  g_autofree char *beams = app_lab_build (lab, APP_LAB_START, NULL, &error);
  VmMachine       *vm;

  g_assert_no_error (error);
  vm = app_lab_machine_new (lab, settings, beams, -1, &error);
  g_assert_no_error (error);
  return vm;
}

static void
run_until (VmMachine *vm, const char *text)
{
  g_autoptr (VmCondition) condition = vm_condition_parse (text, NULL);
  VmStatus status;

  g_assert_nonnull (condition);
  vm_machine_run_until (vm, condition);
  g_assert_true (vm_machine_wait_stopped (vm, -1));
  vm_machine_get_status (vm, &status);
  if (status.stop_reason != VM_STOP_CONDITION)
    g_error ("'%s' did not become true", text);
}

/* One row: where to run to (NULL: stay), a value, what it is there; -1: it has none.
 * tests/labs/good/sizes/claims.escript has the same sizes from erl. */
static void
test_value_evaluate (void)
{
  static const struct
  {
    const char *until;
    const char *text;
    gint64      value;
  } rows[] = {
    { NULL, "1 + 2 * 3 - 4 / 2", 5 },
    { NULL, "(1 + 2) * 3", 9 },
    { NULL, "10 - 3 - 2", 5 },
    { NULL, "1 / (mailbox(main) - mailbox(main))", -1 },
    { NULL, "heap(nobody).old", -1 },
    { NULL, "count(schedulers)", 1 },
    { "calls(sizes:look/2)", "size(main, x0)", 5 },
    { NULL, "copy_size(main, x0)", 7 },
    { NULL, "size(main, x1)", 10 },
    { NULL, "copy_size( main , x1 ) - size(main, x1)", 52 },
    { NULL, "size(main, x2)", -1 },
    { NULL, "size(main, m1)", -1 },
    { NULL, "frames(main)", 2 },
    { NULL, "heap(main).young_block - heap(main).young - heap(main).stack - heap(main).free", 0 },
    { NULL, "heap(main).total - heap(main).young_block - heap(main).old_block", 0 },
    { NULL, "heap(main).offheap", 0 },
    { NULL, "collections(main) - minor(main) - major(main)", 0 },
    { "calls(sizes:take/1)", "frames(main)", 3 },
    { NULL, "size(main, y0) + size(main, y1)", 15 },
    { NULL, "size(main, y2)", -1 },
    { NULL, "frames(main) + size(main, x0)", 8 },
    { "calls(sizes:take/1)", "size(main, x0)", 10 }, /* not the one it stands at */
    { "calls(sizes:look/2)", "size(main, x0)", 2 },
    { NULL, "heap(main).offheap", 500 },
    { NULL, "binaries(main)", 1 },
    { NULL, "heap(main).vheap", 500 / 8 },
    { NULL, "heap(main).vheap_block", 46422 },
    { NULL, "heap(main).old_vheap + copied(main) + reclaimed(main)", 0 },
    { NULL, "heap(main).old_vheap_block", 46422 },
    { "calls(sizes:look/2)", "size(main, x0)", 0 },
    { NULL, "copy_size(main, x1)", 4 },
    { "running(reader) and mailbox(reader) == 5", "copy_size(reader, m1)", 7 },
    { NULL, "size(reader, m1)", 7 },
    { NULL, "size(reader, m2) + size(reader, m3) + size(reader, m4)", 62 },
    { NULL, "size(reader, m6)", -1 },
  };
  g_autoptr (VmMachine) vm = sizes_machine ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AppLabValue) value = app_lab_value_parse (rows[i].text, NULL);
      g_autoptr (GError) error = NULL;
      gint64 result = -1;

      g_assert_nonnull (value);
      if (rows[i].until != NULL)
        run_until (vm, rows[i].until);
      if (app_lab_value_evaluate (value, vm, &result, &error) != (rows[i].value >= 0) ||
          result != rows[i].value)
        g_error ("%s: %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT " (%s)", rows[i].text, result,
                 rows[i].value, error != NULL ? error->message : "no error");
      if (rows[i].value < 0)
        g_assert_true (g_error_matches (error, VM_ERROR, VM_ERROR_NOT_FOUND) ||
                       g_error_matches (error, VM_ERROR, VM_ERROR_USAGE));
    }
}

static void
test_nearest (void)
{
  static const char *const words[] = { "title", "topic", "minutes", NULL };

  g_assert_cmpstr (app_nearest_word ("tilte", words), ==, "title");
  g_assert_cmpstr (app_nearest_word ("minute", words), ==, "minutes");
  g_assert_null (app_nearest_word ("goal", words));
}

/* A second build finds the first; an error has file and line. */
static void
test_build (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "labs", "good", "exercise", NULL);
  g_autofree char *wrong = g_dir_make_tmp ("lab-XXXXXX", NULL);
  g_autofree char *start = g_build_filename (wrong, "start", NULL);
  g_autofree char *source = g_build_filename (start, "m.erl", NULL);
  g_autoptr (AppLab) lab = load_good (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = app_lab_build (lab, APP_LAB_START, NULL, &error);
  g_autofree char *again = NULL;
  g_autofree char *solution = NULL;
  g_autofree char *beam = NULL;

  g_assert_no_error (error);
  beam = g_build_filename (first, "m.beam", NULL);
  g_assert_true (g_file_test (beam, G_FILE_TEST_EXISTS));
  again = app_lab_build (lab, APP_LAB_START, NULL, &error);
  g_assert_cmpstr (first, ==, again);
  solution = app_lab_build (lab, APP_LAB_SOLUTION, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, !=, solution);
  g_assert_cmpint (g_mkdir (start, 0700), ==, 0);
  g_assert_true (
    g_file_set_contents (source, "-module(m).\n-export([start/0]).\nstart() -> X.\n", -1, NULL));
  g_assert_null (app_lab_build (lab, APP_LAB_START, wrong, &error));
  g_assert_error (error, VM_ERROR, VM_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "m.erl:3:"));
  g_unlink (source);
  g_rmdir (start);
  g_rmdir (wrong);
}

static void
test_find (void)
{
  g_autofree char *folder = g_build_filename (SOURCE_DIR, "labs", NULL);
  g_autofree char *by_id = NULL;
  g_autofree char *by_path = NULL;
  g_autofree char *lab = g_build_filename (folder, "surviving-twice", NULL);
  g_autoptr (GError) error = NULL;

  g_setenv ("BEAMLAB_LABS", folder, TRUE);
  by_id = app_lab_catalog_find ("surviving-twice", &error);
  g_assert_cmpstr (by_id, ==, lab);
  by_path = app_lab_catalog_find (lab, &error);
  g_assert_cmpstr (by_path, ==, lab);
  g_assert_null (app_lab_catalog_find ("surviving-thrice", &error));
  g_assert_error (error, VM_ERROR, VM_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "surviving-twice"));
}

/* All labs of the tree are without a mistake, and no two share a place. */
static void
test_catalog (void)
{
  g_autofree char *folder = g_build_filename (SOURCE_DIR, "labs", NULL);
  g_autoptr (AppLabProblems) problems = app_lab_problems_new (folder);
  g_autoptr (GPtrArray) labs = NULL;
  g_autofree char *text = NULL;

  g_setenv ("BEAMLAB_LABS", folder, TRUE);
  labs = app_lab_catalog_load (problems);
  text = app_lab_problems_format (problems);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (labs->len, >=, 1);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("lab-cache-XXXXXX", NULL);
  g_autofree char *broken = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/first", test_first_lab);
  g_test_add_func ("/lab/markup", test_markup);
  g_test_add_func ("/lab/cut-off", test_cut_off);
  g_test_add_func ("/lab/garbled", test_garbled);
  g_test_add_func ("/lab/value/syntax", test_value_syntax);
  g_test_add_func ("/lab/value/deep", test_value_deep);
  g_test_add_func ("/lab/value/evaluate", test_value_evaluate);
  g_test_add_func ("/lab/nearest", test_nearest);
  g_test_add_func ("/lab/build", test_build);
  g_test_add_func ("/lab/find", test_find);
  g_test_add_func ("/lab/catalog", test_catalog);
  broken = g_test_build_filename (G_TEST_DIST, "labs", "broken", NULL);
  dir = g_dir_open (broken, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/lab/broken/%s", name);

      g_test_add_data_func_full (test, g_build_filename (broken, name, NULL), test_broken, g_free);
    }
  return g_test_run ();
}
