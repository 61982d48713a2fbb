/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Between the parts of the lab reader: front matter, text, steps. */

#include "app/lab/app-lab.h"
#include "app/lab/app-lab-yaml.h"

G_BEGIN_DECLS

typedef struct
{
  AppLab         *lab;
  AppLabProblems *problems;
  GHashTable     *step_ids;  /* set of strings in lab->steps */
  GHashTable     *mentioned; /* set of owned strings: files of the folder that lab.md speaks of */
} AppLabReader;

/* app-lab-front.c: fills the lab from the front matter. */
void app_lab_read_front (AppLabReader *reader, const AppYaml *front);

/* app-lab-text.c: reads the CommonMark of @text; line numbers are @text's. */
void app_lab_read_text (AppLabReader *reader, const char *text);

/* One or more short paragraphs as markup. (transfer full) */
char *app_lab_markup_from_text (AppLabReader *reader, const char *text, guint line);

void app_lab_block_free (gpointer block);

/* app-lab-step.c: reads a step block that begins at @line (its fence).
 * (transfer full) (nullable) */
AppLabStep *app_lab_read_step (AppLabReader *reader, const char *yaml, guint line);
void        app_lab_step_free (gpointer step);

/* Parses a condition; NULL and put down when it cannot be read. */
VmCondition *app_lab_read_condition (AppLabReader *reader, const char *text, guint line);

G_END_DECLS
