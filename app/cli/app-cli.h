/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The command line: beamlab [LAB], run, render, check, help. GTK is not known
 * here; the window comes in as a function. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  APP_CLI_OK = 0,
  APP_CLI_EXCEPTION = 1, /* an uncaught exception; a failed check */
  APP_CLI_USAGE = 2,     /* usage, or something could not be loaded */
  APP_CLI_LIMIT = 3,     /* a limit was reached */
  APP_CLI_INTERRUPTED = 130,
  APP_CLI_UNHEARD = 141, /* as of a program that SIGPIPE ended */
} AppCliStatus;

/* Shows the window, on @lab (nullable: the gallery). Returns the exit status. */
typedef int (*AppCliWindow) (int argc, char **argv, const char *lab);

/**
 * app_cli_main:
 * @window: (nullable): NULL in a program that has no window
 *
 * Does what the command line says. Returns: the exit status
 */
int app_cli_main (int argc, char **argv, AppCliWindow window);

/* The verbs: @argv[0] is the verb itself. Each returns the exit status. */
int app_cli_run (int argc, char **argv);
int app_cli_render (int argc, char **argv);
int app_cli_check (int argc, char **argv);

/* @topic: "run", "render", "check", "conditions"; NULL = the overview. NULL when
 * there is no such topic. (transfer none) */
const char *app_cli_help_get_text (const char *topic);

/* "beamlab: …" and where to read more, on stderr; returns APP_CLI_USAGE.
 * @verb: (nullable). */
int app_cli_usage (const char *verb, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
