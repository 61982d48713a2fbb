/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A machine's environment variables: a copy of the program's, made with the
 * machine, so that putenv in one machine is not seen by another or by the program.
 * Thread: any. */

#include <glib.h>

typedef struct _Environment Environment;

Environment *environment_new (void);
void         environment_free (Environment *environment);
/* (transfer full) (nullable) */
char *environment_get (Environment *environment, const char *name);
/* @value NULL: unset. */
void environment_set (Environment *environment, const char *name, const char *value);
/* "NAME=VALUE" strings, sorted. (transfer full) */
char **environment_dup (Environment *environment);
