/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The mistakes found in a lab. Reading a lab never stops at the first one: all
 * of them are collected, each with its place and with what would be right. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *file;  /* as shown to people: the lab's folder and the file in it */
  guint line;  /* from 1; 0 = the file as a whole */
  char *what;  /* what is wrong */
  char *right; /* (nullable): what would be right */
} AppLabProblem;

typedef struct
{
  GPtrArray *list; /* of AppLabProblem, in the order found */
  char      *file; /* the file being read: where new problems are put */
} AppLabProblems;

AppLabProblems *app_lab_problems_new (const char *file);
void            app_lab_problems_free (AppLabProblems *problems);

/* Puts down one mistake in the file being read. @right: (nullable). */
void app_lab_problems_add (AppLabProblems *problems,
                           guint           line,
                           const char     *right,
                           const char     *what_format,
                           ...) G_GNUC_PRINTF (4, 5);

/* Sorts by file and line. */
void app_lab_problems_sort (AppLabProblems *problems);

/* "labs/x/lab.md:12: unknown key 'tilte' (did you mean 'title'?)". (transfer full) */
char *app_lab_problem_format (const AppLabProblem *problem);

/* All of them, one a line. (transfer full) */
char *app_lab_problems_format (const AppLabProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppLabProblems, app_lab_problems_free)

G_END_DECLS
