/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Which words of a process's memory are in sight, and how large: a scale that all
 * lanes share, so that lengths can be compared, and for each lane the word at its
 * left edge. Plain numbers; a picture's left edge is 0 px here.
 *
 * Seen whole, the scale does not follow each change: it stays until a block no
 * longer fits, and then leaves room for the next growth, so that growth is to be
 * seen as growth. */

#include "engine/vm-words.h"

G_BEGIN_DECLS

typedef enum
{
  UI_WORDS_YOUNG,
  UI_WORDS_OLD,
  UI_WORDS_FRAGMENT,
  UI_N_WORDS_LANES
} UiWordsLane;

/* From here on single words are told, below it columns of many. */
#define UI_WORDS_MIN_CELL 3.0
/* From here on a word has room for its value. */
#define UI_WORDS_MIN_TEXT 26.0
#define UI_WORDS_MAX_CELL 150.0

typedef struct
{
  guint64 blocks[UI_N_WORDS_LANES]; /* words of each lane */
  double  capacity;                 /* words across the picture when seen whole */
  double  scale;                    /* px a word; 0: seen whole */
  double  from[UI_N_WORDS_LANES];   /* words, may be negative where a lane is short */
} UiWordsView;

#define UI_WORDS_VIEW_INIT \
  {                        \
    .capacity = 0          \
  }

VmArea ui_words_lane_get_area (UiWordsLane lane);
/* FALSE: @area has no lane. */
gboolean ui_words_area_get_lane (VmArea area, UiWordsLane *lane);

/* What there is now. @n_fragment_words: of fragments and messages. */
void ui_words_view_set_sizes (UiWordsView       *view,
                              const VmHeapSizes *sizes,
                              guint64            n_fragment_words);

/* Of another process: nothing is kept. */
void ui_words_view_reset (UiWordsView *view);

double   ui_words_view_get_scale (const UiWordsView *view, double width);
gboolean ui_words_view_is_whole (const UiWordsView *view, double width);
double   ui_words_view_to_word (const UiWordsView *view, UiWordsLane lane, double px, double width);
double   ui_words_view_to_px (const UiWordsView *view, UiWordsLane lane, double word, double width);

/* What is under @px stays there, in each lane. @factor > 1: closer. */
void ui_words_view_zoom (UiWordsView *view, double px, double factor, double width);
/* Moves @lane's content by @dx px; UI_N_WORDS_LANES: of all. */
void ui_words_view_pan (UiWordsView *view, UiWordsLane lane, double dx, double width);
void ui_words_view_fit (UiWordsView *view);
/* Brings [@offset, @offset + @n_words) of @lane to the middle; @closer: zooms in
 * until it can be read, else only as far as needed to see it. */
void ui_words_view_show (UiWordsView *view,
                         UiWordsLane  lane,
                         guint64      offset,
                         guint64      n_words,
                         gboolean     closer,
                         double       width);

/* Fills in the stretches that are in sight. */
void
ui_words_view_fill_request (const UiWordsView *view, double width, VmWordsRequest *request);

G_END_DECLS
