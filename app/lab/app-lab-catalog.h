/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Where labs are, and which there are. */

#include "app/lab/app-lab.h"

G_BEGIN_DECLS

/* The folder that holds the labs: $BEAMLAB_LABS, else the source tree's when
 * the program runs uninstalled, else the installed one. (transfer full) */
char *app_lab_catalog_dup_folder (void);

/* The labs' folders, sorted by name. (transfer full) (element-type filename) */
GStrv app_lab_catalog_list (void);

/* All labs that can be read, sorted by order; the mistakes of the others, and
 * ids or orders given twice, are put down in @problems.
 * (transfer full): of AppLab */
GPtrArray *app_lab_catalog_load (AppLabProblems *problems);

/**
 * app_lab_catalog_find:
 * @name: an id, or the path of a lab's folder or of its lab.md
 *
 * Errors: `VM_ERROR_NOT_FOUND`, with the ids there are.
 * Returns: (transfer full) (nullable): the folder's path
 */
char *app_lab_catalog_find (const char *name, GError **error);

G_END_DECLS
