/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Fonts: measures texts for layouts and paints them, with the same metrics at
 * every scale and on every kind of surface.
 *
 * Thread: one. Make one UiText for a widget or an export; it remembers widths. */

#include "ui/draw/theme.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct _UiText UiText;

/* @family (nullable): Pango's way, "Cantarell, sans" if NULL; @mono (nullable). */
UiText *ui_text_new (const char *family, const char *mono);
void    ui_text_free (UiText *text);

/* (transfer none): for layouts; valid as long as @text. */
const UiMeasure *ui_text_get_measure (UiText *text);

/* Paints one line whose top left is (@x, @y), in the current source. */
void ui_text_show (UiText *text, cairo_t *cr, UiFont font, const char *string, double x, double y);

/* The same line's outline into the current path, for halos. */
void ui_text_path (UiText *text, cairo_t *cr, UiFont font, const char *string, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiText, ui_text_free)

G_END_DECLS
