/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-problems.h"

static void
problem_free (gpointer data)
{
  AppLabProblem *problem = data;

  g_free (problem->file);
  g_free (problem->what);
  g_free (problem->right);
  g_free (problem);
}

AppLabProblems *
app_lab_problems_new (const char *file)
{
  AppLabProblems *problems = g_new0 (AppLabProblems, 1);

  problems->list = g_ptr_array_new_with_free_func (problem_free);
  problems->file = g_strdup (file);
  return problems;
}

void
app_lab_problems_free (AppLabProblems *problems)
{
  g_ptr_array_unref (problems->list);
  g_free (problems->file);
  g_free (problems);
}

void
app_lab_problems_add (
  AppLabProblems *problems, guint line, const char *right, const char *what_format, ...)
{
  AppLabProblem *problem = g_new0 (AppLabProblem, 1);
  va_list        args;

  problem->file = g_strdup (problems->file);
  problem->line = line;
  problem->right = g_strdup (right);
  va_start (args, what_format);
  problem->what = g_strdup_vprintf (what_format, args);
  va_end (args);
  g_ptr_array_add (problems->list, problem);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const AppLabProblem *one = *(const AppLabProblem *const *) a;
  const AppLabProblem *other = *(const AppLabProblem *const *) b;
  int                  by_file = g_strcmp0 (one->file, other->file);

  if (by_file != 0)
    return by_file;
  return one->line < other->line ? -1 : one->line > other->line;
}

void
app_lab_problems_sort (AppLabProblems *problems)
{
  g_ptr_array_sort (problems->list, compare);
}

char *
app_lab_problem_format (const AppLabProblem *problem)
{
  GString *text = g_string_new (problem->file);

  if (problem->line > 0)
    g_string_append_printf (text, ":%u", problem->line);
  g_string_append_printf (text, ": %s", problem->what);
  if (problem->right != NULL)
    g_string_append_printf (text, "; right would be: %s", problem->right);
  return g_string_free (text, FALSE);
}

char *
app_lab_problems_format (const AppLabProblems *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->list->len; i++)
    {
      g_autofree char *line = app_lab_problem_format (problems->list->pdata[i]);

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (text, FALSE);
}
