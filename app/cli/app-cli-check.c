/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli-options.h"
#include "app/cli/app-cli.h"
#include "app/lab/app-lab-build.h"
#include "app/lab/app-lab-catalog.h"
#include "app/lab/app-lab-player.h"
#include <stdio.h>
#include <string.h>

typedef struct
{
  guint n_points;
  guint n_failed;
} Tap;

/* One TAP line; @why (nullable) follows as diagnostics. '#' begins a directive
 * in TAP, so a description may hold none. */
static void
tap (Tap *counts, gboolean is_good, const char *lab, const char *what, const char *why)
{
  g_autofree char *clean = g_strdelimit (g_strdup (what), "#\n", ' ');
  g_auto (GStrv) lines = g_strsplit (why != NULL ? why : "", "\n", -1);

  counts->n_points++;
  counts->n_failed += !is_good;
  printf ("%sok %u - %s: %s\n", is_good ? "" : "not ", counts->n_points, lab, clean);
  for (guint i = 0; !is_good && lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      printf ("# %s\n", lines[i]);
  fflush (stdout);
}

static void
play (Tap *counts, const AppLab *lab, const char *beams)
{
  g_autoptr (GPtrArray) verdicts = app_lab_play (lab, beams);

  for (guint i = 0; i < verdicts->len; i++)
    {
      const AppLabVerdict *verdict = verdicts->pdata[i];
      g_autofree char     *answer = NULL;

      if (verdict->is_good && verdict->text != NULL)
        answer = g_strdup_printf ("%s (%s)", verdict->name, verdict->text);
      tap (counts, verdict->is_good, lab->id, answer != NULL ? answer : verdict->name,
           verdict->text);
    }
}

/* A lab with a solution is an exercise: its start must not do. */
static void
check_goal (Tap *counts, const AppLab *lab, const char *beams)
{
  g_autofree char *why = NULL;
  g_autofree char *solution_why = NULL;
  g_autofree char *solution = NULL;
  g_autoptr (GError) error = NULL;
  gboolean starts_good = app_lab_meets_goal (lab, beams, &why);

  if (lab->solution == NULL)
    {
      tap (counts, starts_good, lab->id, "the program meets the goal", why);
      return;
    }
  tap (counts, !starts_good, lab->id, "the start does not meet the goal",
       "it does: nothing is left to do");
  solution = app_lab_build (lab, APP_LAB_SOLUTION, NULL, &error);
  tap (counts, solution != NULL, lab->id, "the solution compiles",
       error != NULL ? error->message : NULL);
  if (solution != NULL)
    {
      gboolean is_good = app_lab_meets_goal (lab, solution, &solution_why);

      tap (counts, is_good, lab->id, "the solution meets the goal", solution_why);
    }
}

static void
check_lab (Tap *counts, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = app_lab_catalog_find (name, &error);
  g_autoptr (AppLabProblems) problems = app_lab_problems_new (name);
  g_autoptr (AppLab) lab = NULL;
  g_autofree char *mistakes = NULL;
  g_autofree char *beams = NULL;

  if (path == NULL)
    {
      tap (counts, FALSE, name, "is there", error->message);
      return;
    }
  lab = app_lab_load (path, problems);
  mistakes = app_lab_problems_format (problems);
  tap (counts, lab != NULL, lab != NULL ? lab->id : name, "reads without a mistake", mistakes);
  if (lab == NULL)
    return;
  beams = app_lab_build (lab, APP_LAB_START, NULL, &error);
  tap (counts, beams != NULL, lab->id, "compiles", error != NULL ? error->message : NULL);
  if (beams == NULL)
    return;
  play (counts, lab, beams);
  check_goal (counts, lab, beams);
}

int
app_cli_check (int argc, char **argv)
{
  static const AppOption options[] = { { NULL } };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  Tap counts = { 0, 0 };
  int status = app_options_parse ("check", options, argc, argv, names);

  if (status >= 0)
    return status;
  if (names->len == 0)
    return app_cli_usage ("check", "which lab?");
  for (guint i = 0; i < names->len; i++)
    check_lab (&counts, names->pdata[i]);
  printf ("1..%u\n", counts.n_points);
  return counts.n_failed == 0 ? APP_CLI_OK : APP_CLI_EXCEPTION;
}
