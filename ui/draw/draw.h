/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Paints layouts. Pure: the same layout, theme and fonts give the same picture,
 * in a window, in a file, with no display at all. Nothing is measured or decided
 * here that a layout could have.
 *
 * Thread: the one that owns the UiDraw. */

#include "ui/draw/text.h"
#include "ui/layout/axis.h"
#include "ui/layout/binaries.h"
#include "ui/layout/fold.h"
#include "ui/layout/gc-picture.h"
#include "ui/layout/heap-compare.h"
#include "ui/layout/heap-history.h"
#include "ui/layout/heap-many.h"
#include "ui/layout/heap-strip.h"
#include "ui/layout/heap-words.h"
#include "ui/layout/lanes.h"
#include "ui/layout/legend.h"
#include "ui/layout/mailbox.h"
#include "ui/layout/village.h"

G_BEGIN_DECLS

typedef struct
{
  cairo_t       *cr;
  const UiTheme *theme;
  UiText        *text;
  gboolean       is_transparent; /* no ground under the picture */
} UiDraw;

/* The views. None paints the background: that is ui_draw_background()'s. */
void ui_draw_village (UiDraw *dc, const UiVillage *village);
void ui_draw_binary_list (UiDraw *dc, const UiBinaryList *list);
void ui_draw_gc_picture (UiDraw *dc, const UiGcPicture *picture);
void ui_draw_heap_strip (UiDraw *dc, const UiHeapStrip *strip);
void ui_draw_heap_words (UiDraw *dc, const UiHeapWords *words);
void ui_draw_heap_history (UiDraw *dc, const UiHeapHistory *history);
void ui_draw_heap_compare (UiDraw *dc, const UiHeapCompare *compare);
void ui_draw_heap_many (UiDraw *dc, const UiHeapMany *many);
void ui_draw_lanes (UiDraw *dc, const UiLanes *lanes);
void ui_draw_mailbox (UiDraw *dc, const UiMailbox *mailbox);

/* Their parts, also for widgets' own use. */
void ui_draw_background (UiDraw *dc, double width, double height);
void ui_draw_labels (UiDraw *dc, const UiLabels *labels);
/* With a halo in the background's colour: readable on lines. */
void ui_draw_labels_haloed (UiDraw *dc, const UiLabels *labels);
void ui_draw_ruler (UiDraw *dc, const UiRuler *ruler);
/* Faint lines through @plot at the ruler's ticks. */
void ui_draw_grid (UiDraw *dc, const UiRuler *ruler, UiRect plot);
void ui_draw_legend (UiDraw *dc, const UiLegend *legend);
/* A moment's line through @plot with its time on @flag. */
void ui_draw_cursor (UiDraw *dc, double x, UiRect plot, UiRect flag);
/* A frame around what the pointer is on. */
void ui_draw_highlight (UiDraw *dc, UiRect rect);

/* The colour of a kind of object. */
UiRgba ui_draw_get_kind_colour (const UiTheme *theme, VmObjectKind kind);

/* Primitives. */
void ui_draw_set (UiDraw *dc, UiRgba colour);
void ui_draw_fill (UiDraw *dc, UiRect rect, UiRgba colour);
/* Edges on whole pixels, at least one wide. */
void ui_draw_fill_sharp (UiDraw *dc, UiRect rect, UiRgba colour);
void ui_draw_round_path (UiDraw *dc, UiRect rect, double radius);
/* Slanted lines in @rect, into the current path: the sign for "several, folded". */
void ui_draw_hatch_path (UiDraw *dc, UiRect rect, double gap);
/* The mark of a collection, its tip at (@x, @y): hollow and light for a minor one,
 * full and heavy for a major one. */
void ui_draw_gc_mark (UiDraw *dc, double x, double y, gboolean is_major);
void ui_draw_letter (UiDraw *dc, double x, double y, double w, guint count);

G_END_DECLS
