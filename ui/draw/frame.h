/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What stands around a picture that leaves the program: background, title and a
 * line that says what is to be seen, so that it explains itself on a slide. */

#include "ui/draw/draw.h"

G_BEGIN_DECLS

/* Paints them and returns the room left for the view. @title and @caption:
 * (nullable). */
UiRect
ui_draw_frame (UiDraw *dc, double width, double height, const char *title, const char *caption);

G_END_DECLS
