/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli.h"
#include "app/lab/app-lab-catalog.h"
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

int
app_cli_usage (const char *verb, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("beamlab%s%s: %s\n", verb != NULL ? " " : "", verb != NULL ? verb : "", message);
  g_printerr ("'beamlab%s%s --help' says how it is used.\n", verb != NULL ? " " : "",
              verb != NULL ? verb : "");
  return APP_CLI_USAGE;
}

static int
help (int argc, char **argv)
{
  const char *text = app_cli_help_get_text (argc > 1 ? argv[1] : NULL);

  if (argc > 2)
    return app_cli_usage (NULL, "help takes one word");
  if (text == NULL)
    return app_cli_usage (
      NULL, "there is no help on '%s'; there is on run, render, check and conditions", argv[1]);
  g_print ("%s", text);
  return APP_CLI_OK;
}

static int
open_window (int argc, char **argv, AppCliWindow window)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (window == NULL)
    return app_cli_usage (NULL, "this program was built without its window");
  if (argc > 1)
    {
      if (argc > 2)
        return app_cli_usage (NULL, "one lab at a time: what is '%s'?", argv[2]);
      path = app_lab_catalog_find (argv[1], &error);
      if (path == NULL)
        return app_cli_usage (NULL, "%s; nor is it one of the verbs run, render, check and help",
                              error->message);
    }
  return window (1, argv, path);
}

/* A closed standard stream's number must not go to the next file that is opened. */
static void
open_closed_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", O_RDWR) < 0)
      return;
}

int
app_cli_main (int argc, char **argv, AppCliWindow window)
{
  static const struct
  {
    const char *verb;
    int (*run) (int, char **);
  } verbs[] = {
    { "run", app_cli_run },
    { "render", app_cli_render },
    { "check", app_cli_check },
    { "help", help },
  };

  open_closed_streams ();
  if (argc < 2)
    return open_window (argc, argv, window);
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (argv[1], verbs[i].verb) == 0)
      return verbs[i].run (argc - 1, argv + 1);
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      g_print ("%s", app_cli_help_get_text (NULL));
      return APP_CLI_OK;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("beamlab %s\n", PACKAGE_VERSION);
      return APP_CLI_OK;
    }
  /* How D-Bus starts an application; GApplication reads it. */
  if (strcmp (argv[1], "--gapplication-service") == 0 && window != NULL)
    return window (argc, argv, NULL);
  if (argv[1][0] == '-')
    return app_cli_usage (NULL, "there is no option %s", argv[1]);
  return open_window (argc, argv, window);
}
