/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A section of a lab's text as widgets. */

#include "app/lab/app-lab.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes the widget of a step met in the text. (transfer floating) */
typedef GtkWidget *(*AppReaderStepFunc) (const AppLabStep *step, gpointer data);

/* A link was followed; TRUE when that was dealt with. */
typedef gboolean (*AppReaderLinkFunc) (const char *uri, gpointer data);

/* (transfer floating): @section and @data outlive the widget. */
GtkWidget *app_reader_new_section (const AppLabSection *section,
                                   AppReaderStepFunc    make_step,
                                   AppReaderLinkFunc    follow_link,
                                   gpointer             data);

G_END_DECLS
