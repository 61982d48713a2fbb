/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A made-up process's words: cells, tuples, a map, a ProcBin, a stack of two frames,
 * an old heap and a message, the same in every run. */

#include "ui/layout/heap-words.h"

G_BEGIN_DECLS

typedef struct
{
  VmWords     words;
  UiWordsView view;
  GArray     *told[UI_N_WORDS_LANES]; /* VmWord */
  GArray     *objects[UI_N_WORDS_LANES];
  GArray     *buckets[UI_N_WORDS_LANES];
  GArray     *roots;
  GPtrArray  *strings;
} SampleWords;

void sample_words_init (SampleWords *sample);
void sample_words_clear (SampleWords *sample);
/* All words of each lane, or @n_buckets columns of them. */
void             sample_words_tell (SampleWords *sample, guint n_buckets);
UiHeapWordsInput sample_words_input (const SampleWords *sample, const UiWordsView *view);

G_END_DECLS
