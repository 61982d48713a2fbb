/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Goldens: what a layout or a picture looked like when a person last agreed.
 *
 * With UPDATE_GOLDENS=1 in the environment they are rewritten instead of compared.
 * A failure leaves NAME.out.* and, for pictures, NAME.diff.png in the build dir. */

#include "ui/draw/draw.h"

G_BEGIN_DECLS

void golden_check_text (const char *name, const char *text);
void golden_check_picture (const char *name, cairo_surface_t *surface);

/* The forms in which goldens tell rectangles and labels. */
void golden_add_rect (GString *text, const char *what, const UiRect *rect);
void golden_add_labels (GString *text, const char *what, const UiLabels *labels);
void golden_add_spans (GString *text, const char *what, const GArray *spans);

G_END_DECLS
