/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A titled list of "name  value  size" rows that is refilled many times a second:
 * rows are kept and only texts that changed are set. Activating a row copies its
 * value. Hidden while it has no rows.
 *
 * Use: ui_value_list_begin(), ui_value_list_add() for each row, ui_value_list_end(). */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_VALUE_LIST (ui_value_list_get_type ())
G_DECLARE_FINAL_TYPE (UiValueList, ui_value_list, UI, VALUE_LIST, GtkWidget)

void ui_value_list_begin (UiValueList *self);
/* @name, @note: (nullable) */
void ui_value_list_add (UiValueList *self, const char *name, const char *value, const char *note);
/* @total: how many there are when not all were added; 0 = all were. */
void ui_value_list_end (UiValueList *self, guint64 total);

/* The name of a row, (nullable): there is none. */
const char *ui_value_list_get_name (UiValueList *self, guint index);

/* Appends the section as plain text. */
void ui_value_list_print (UiValueList *self, GString *out);

G_END_DECLS
