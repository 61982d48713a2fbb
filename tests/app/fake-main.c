/* SPDX-License-Identifier: Apache-2.0 */

/* The window on the cardboard engine, to look at by hand: fake-window [LAB]. */

#include "config.h"

#include "app/app-application.h"

int
main (int argc, char **argv)
{
  return app_application_run (1, argv, argc > 1 ? argv[1] : NULL);
}
