/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One moment of a captured collection as a picture of its own. */

#include "ui/draw/picture.h"

G_BEGIN_DECLS

/* Paints the request's walk after its step. */
void ui_picture_draw_collection (UiDraw *dc, const UiPictureRequest *request, UiRect area);

/* Which collection, when, where the process was. @otp_version: (nullable).
 * (transfer full) */
char *ui_picture_caption_collection (const UiPictureRequest *request, const char *otp_version);

G_END_DECLS
