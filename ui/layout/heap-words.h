/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process's memory to scale, from the whole of it down to single words.
 *
 *     Registers  [x0 {a,…}] [x1 7]   Stack  [y0 …]            where terms begin
 *     Young heap and stack                  157 of 233 words used · 1.8 KiB
 *     [ survived  | fresh |          free             | stack ]   what it is for
 *     [ words: one cell each, or columns of many, by kind of object           ]
 *     ▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬   where one is (zoomed in)
 *     Old heap …
 *     Fragments and messages …
 *
 * All lanes share one scale. What is drawn comes from a UiWordsView (which words
 * are in sight) and from VmWords (what they are); the latter may be older than the
 * view: its words stand at their places all the same. */

#include "ui/layout/axis.h"
#include "ui/layout/words-view.h"

G_BEGIN_DECLS

typedef struct
{
  const UiWordsView *view;
  const VmHeapSizes *sizes;
  const VmWords     *words;       /* (nullable): not known yet */
  VmArea             chosen_area; /* VM_AREA_NONE: no word is chosen */
  guint64            chosen_offset;
  VmArea             hover_area; /* the word under the pointer */
  guint64            hover_offset;
} UiHeapWordsInput;

/* A stretch of one use: survived, fresh, free, stack, old, fragment. */
typedef struct
{
  UiRole  role;
  UiRect  rect; /* cut to the picture */
  guint64 n_words;
} UiWordsBand;

typedef struct
{
  VmObjectKind kind;
  UiRect       rect;
  gboolean     is_dim; /* something is chosen, and this has nothing to do with it */
} UiWordsColumn;

typedef struct
{
  UiRect        rect;
  const VmWord *word;
  VmObjectKind  kind;
  gboolean      is_first; /* of its object */
  gboolean      is_last;
} UiWordsCell;

/* An object's words, and its name above them where there is room. */
typedef struct
{
  UiRect       rect;
  VmObjectKind kind;
  gboolean     is_cut_left;
  gboolean     is_cut_right;
} UiWordsBracket;

typedef struct
{
  gboolean is_shown;
  UiRect   head, block; /* block: what is committed, band and cells together */
  UiRect   band, body;
  UiRect   overview; /* w = 0: all is in sight */
  UiRect   overview_used, overview_window;
  UiRole   overview_role;
  gboolean is_told; /* FALSE: what it holds is not known now */
  gboolean has_cells;
  double   high_water_x; /* < 0: not in sight */
  UiRuler  ruler;
} UiWordsLaneBox;

typedef struct
{
  UiRect        rect;
  const VmRoot *root;
} UiWordsChip;

typedef struct
{
  double   x0, y0, x1, y1;
  gboolean is_cut;  /* the target is out of sight, in that direction */
  gboolean is_main; /* from the chosen word or the one under the pointer */
} UiWordsArrow;

typedef struct
{
  VmObjectKind kind;
  UiRect       swatch;
} UiWordsKey;

typedef struct
{
  UiRect         area;
  double         x, w;       /* of the lanes */
  gboolean       has_chosen; /* a term is lit up, all else is dim */
  UiWordsLaneBox lanes[UI_N_WORDS_LANES];
  UiRect         gauge; /* the virtual binary heap; w = 0: not shown */
  UiRect         gauge_used;
  GArray        *bands;    /* UiWordsBand */
  GArray        *columns;  /* UiWordsColumn */
  GArray        *cells;    /* UiWordsCell */
  GArray        *brackets; /* UiWordsBracket */
  GArray        *chips;    /* UiWordsChip */
  GArray        *arrows;   /* UiWordsArrow */
  GArray        *keys;     /* UiWordsKey: the legend */
  UiRect         chosen;   /* w = 0: not in sight */
  UiRect         hover;
  UiLabels       labels;
  UiLabels       cell_labels; /* `on`: which cell they stand on */
} UiHeapWords;

typedef struct
{
  UiWordsLane   lane;
  guint64       offset; /* the word there */
  gboolean      is_overview;
  double        overview_word; /* what the overview shows there */
  const VmRoot *root;          /* a chip was hit: lane and offset are not set */
} UiWordsHit;

/* @words must live as long as the layout. */
UiHeapWords      *
ui_heap_words_new (const UiHeapWordsInput *input, UiRect area, const UiMeasure *measure);
void ui_heap_words_free (UiHeapWords *layout);

/* FALSE: there is nothing at (@x, @y). */
gboolean ui_heap_words_hit (const UiHeapWords      *layout,
                            const UiHeapWordsInput *input,
                            double                  x,
                            double                  y,
                            UiWordsHit             *hit);

/* What is known of a word: its object, its value, what it points to.
 * (transfer full) (nullable) */
char *ui_heap_words_describe (const VmWords *words, VmArea area, guint64 offset);

/* The same in one line. (transfer full) (nullable) */
char *ui_heap_words_describe_line (const VmWords *words, VmArea area, guint64 offset);

/* In one line, of the chosen term: its size and from where it is reached.
 * (transfer full) (nullable) */
char *ui_heap_words_describe_chosen (const VmWords *words);

/* (nullable): the word, when it was handed out. */
const VmWord *
ui_heap_words_find (const VmWords *words, VmArea area, guint64 offset, const VmObject **object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiHeapWords, ui_heap_words_free)

G_END_DECLS
