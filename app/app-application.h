/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define APP_ID "io.github.beamlab.BeamLab"

#define APP_TYPE_APPLICATION (app_application_get_type ())
G_DECLARE_FINAL_TYPE (AppApplication, app_application, APP, APPLICATION, AdwApplication)

AppApplication *app_application_new (void);

/* Shows the gallery, or @lab (nullable: an id, or a path to a lab's folder), and
 * runs until the last window is closed. @argc and @argv are for GTK's own options.
 * Needs a display; says on stderr when there is none. Returns the exit status. */
int app_application_run (int argc, char **argv, const char *lab);

G_END_DECLS
