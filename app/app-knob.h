/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The knob of a lab's `tune`: a slider to play with, and beside it a field for the
 * exact number. Both turn the same adjustment. */

#include "app/lab/app-lab.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget for @control, a tune; it stands at the default. (transfer floating) */
GtkWidget *app_knob_new (const AppLabControl *control);

/* Whole numbers only. (transfer none) */
GtkAdjustment *app_knob_get_value (GtkWidget *knob);

G_END_DECLS
