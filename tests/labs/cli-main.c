/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli.h"
#include <locale.h>

/* The command line without the window: what the tests run. */
int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  return app_cli_main (argc, argv, NULL);
}
