/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "ui/layout/heap-words.h"

/* What is being laid out. */
typedef struct
{
  UiHeapWords            *layout;
  const UiHeapWordsInput *input;
  const UiMeasure        *measure;
  double                  y;
  /* of the rows */
  double   head_h, band_h, body_h, chips_h, key_h, gauge_h;
  gboolean has_ruler, has_overview, has_fragments;
} WordsLayout;

/* heap-words-cells.c: what lies in @lane's body, by what is known. */
void words_layout_add_contents (WordsLayout *build, UiWordsLane lane);
/* Frames around the chosen and the pointed at, and their arrows; last. */
void words_layout_add_marks (WordsLayout *build);

/* Pixels of @offset in @lane. */
double words_layout_px (const WordsLayout *build, UiWordsLane lane, double offset);

static inline UiWordsLaneBox *
words_layout_box (WordsLayout *build, UiWordsLane lane)
{
  return &build->layout->lanes[lane];
}
