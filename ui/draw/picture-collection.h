/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One moment of a captured collection, and who holds which binaries, as pictures of
 * their own. */

#include "ui/draw/picture.h"

G_BEGIN_DECLS

/* Paints the request's walk after its step. */
void ui_picture_draw_collection (UiDraw *dc, const UiPictureRequest *request, UiRect area);

/* Paints the request's list of binaries. */
void ui_picture_draw_binaries (UiDraw *dc, const UiPictureRequest *request, UiRect area);

/* Which collection, when, where the process was. @otp_version: (nullable).
 * (transfer full) */
char *ui_picture_caption_collection (const UiPictureRequest *request, const char *otp_version);

G_END_DECLS
