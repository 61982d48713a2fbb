/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Compiles a lab's program with the installed erlc, once per content. */

#include "app/lab/app-lab.h"

G_BEGIN_DECLS

typedef enum
{
  APP_LAB_START,    /* as the lab's reader finds it */
  APP_LAB_SOLUTION, /* with the solution's files in place of those of the same name */
} AppLabVariant;

/**
 * app_lab_build:
 * @folder: (nullable): where the sources are instead of the lab's own folder
 *   (an edited copy of it)
 *
 * Compiles the lab's program into the user's cache, in a folder named by the
 * content of all its files; a second call for the same content finds it there.
 *
 * Thread: any.   Blocks: while erlc runs, a second or two.
 * Errors: `VM_ERROR_NOT_FOUND` (erlc), `VM_ERROR_FORMAT`: what erlc says, each
 * message with file and line.
 *
 * Returns: (transfer full) (nullable): the folder with the .beam files
 */
char *app_lab_build (const AppLab *lab, AppLabVariant variant, const char *folder, GError **error);

/* The sources that @variant compiles, as absolute paths. (transfer full) */
GStrv app_lab_build_list_sources (const AppLab *lab, AppLabVariant variant, const char *folder);

G_END_DECLS
