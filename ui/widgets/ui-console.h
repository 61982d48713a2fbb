/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the program printed, and a line to type for it. Emits ::input (line, with
 * its newline) when the user enters one. Keeps the last 10,000 lines. */

#include <adwaita.h>

G_BEGIN_DECLS

#define UI_TYPE_CONSOLE (ui_console_get_type ())
G_DECLARE_FINAL_TYPE (UiConsole, ui_console, UI, CONSOLE, AdwBin)

/* @n_skipped: bytes left out before @text. */
void ui_console_append (UiConsole *self, const char *text, guint64 n_skipped);
/* A message of the lab itself, set apart from the program's output. */
void ui_console_append_note (UiConsole *self, const char *text, gboolean is_error);
void ui_console_clear (UiConsole *self);

G_END_DECLS
