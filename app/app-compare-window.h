/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Two moments side by side, each chosen from a list: where the machine stands,
 * what is looked at, bookmarks, and the ends of earlier runs. */

#include "engine/vm-recording.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define APP_TYPE_COMPARE_WINDOW (app_compare_window_get_type ())
G_DECLARE_FINAL_TYPE (AppCompareWindow, app_compare_window, APP, COMPARE_WINDOW, AdwWindow)

AppCompareWindow *app_compare_window_new (GtkWindow  *parent,
                                          const char *title,
                                          const char *program,
                                          const char *otp_version);

/* Adds a moment to both lists. @run: (nullable): what tells its run from
 * others. */
void app_compare_window_add (AppCompareWindow *self,
                             const char       *label,
                             VmRecording      *recording,
                             VmPid             pid,
                             gint64            moment_ns,
                             const char       *run);

/* Chooses by the order in which they were added. */
void app_compare_window_choose (AppCompareWindow *self, guint before, guint after);

G_END_DECLS
