/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-application.h"
#include "app/cli/app-cli.h"
#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C"); /* numbers in files and on the console are not the reader's */
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return app_cli_main (argc, argv, app_application_run);
}
