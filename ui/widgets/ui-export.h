/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Takes the picture of a view out of the window: to a file or to the clipboard. */

#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

/* (transfer none): what to tell the user: where the picture is, or why it is not. */
typedef void (*UiExportFunc) (const char *message, gpointer data);

/* Asks where to save @canvas's picture and writes it: the file's suffix says
 * which form. @title stands above it; @name is proposed. Calls @done, unless the
 * user changed their mind or @canvas is gone. */
void ui_export_save (
  UiCanvas *canvas, const char *title, const char *name, UiExportFunc done, gpointer data);

/* The same without asking. Errors: as ui_picture_render(). */
gboolean ui_export_write (UiCanvas *canvas, const char *title, const char *path, GError **error);

/* Puts the picture on the clipboard, at twice its size in the window. */
void ui_export_copy (UiCanvas *canvas, const char *title);

G_END_DECLS
