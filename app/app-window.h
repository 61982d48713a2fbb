/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "app/app-state.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define APP_TYPE_WINDOW (app_window_get_type ())
G_DECLARE_FINAL_TYPE (AppWindow, app_window, APP, WINDOW, AdwApplicationWindow)

/* @state: (transfer none): outlives the window */
AppWindow *app_window_new (AdwApplication *app, AppState *state);

/* Opens @lab (an id, or a path to a lab's folder); says in the window when it
 * cannot be read, and why. */
void app_window_open_lab (AppWindow *self, const char *lab);

G_END_DECLS
