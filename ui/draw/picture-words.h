/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process's memory, word by word, as a picture of its own. */

#include "ui/draw/picture.h"

G_BEGIN_DECLS

/* Paints the request's words into @area; says so where they are not known. */
void ui_picture_draw_words (UiDraw *dc, const UiPictureRequest *request, UiRect area);

G_END_DECLS
