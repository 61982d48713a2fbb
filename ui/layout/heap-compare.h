/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process at two moments, or in two runs: side by side, on the same scales, and
 * a table of what differs.
 *
 *     A  before: 1.20 ms                     B  after: 2.60 ms
 *     [ strip                ]               [ strip                ]
 *     [ history              ]               [ history              ]    one, when it is one run
 *     young heap, used    226   144   −82    minor collections  3  12  +9
 *     …                                      …
 */

#include "ui/layout/figures.h"
#include "ui/layout/heap-history.h"
#include "ui/layout/heap-strip.h"

G_BEGIN_DECLS

typedef struct
{
  UiMoment           moments[2];
  UiHeapHistoryInput histories[2];
  gboolean           is_one_run; /* of the histories only the second is shown */
} UiHeapCompareInput;

/* A line of the table. */
typedef struct
{
  UiRect   rect;
  gboolean is_other; /* every second one has another ground */
  gboolean differs;
} UiCompareRow;

typedef struct
{
  UiRect         area;
  UiRect         heads[2];
  UiHeapStrip   *strips[2];
  UiHeapHistory *histories[2]; /* (nullable) */
  GArray        *rows;         /* UiCompareRow */
  UiLabels       labels;
} UiHeapCompare;

UiHeapCompare      *
ui_heap_compare_new (const UiHeapCompareInput *input, UiRect area, const UiMeasure *measure);
void ui_heap_compare_free (UiHeapCompare *compare);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiHeapCompare, ui_heap_compare_free)

G_END_DECLS
