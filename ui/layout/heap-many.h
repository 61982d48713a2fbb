/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The memory of many processes over time: the largest ones, each in a row of
 * its own, and all others together in the last row. All rows have one scale, so
 * heights can be compared from row to row.
 *
 *     sorter <0.80.0>   ____/|___/|__     old, survived, fresh, stack,
 * fragments, ‾‾‾‾‾‾‾‾‾‾‾‾‾     messages, free and binaries, stacked 12 others
 * _____________ 0 ms      1 ms
 *
 * Time goes in columns. Of one process a column shows the sample with the most
 * in it, so no peak is lost; of the others what they held together when it
 * ended. */

#include "ui/layout/axis.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

enum
{
  UI_MANY_OLD,
  UI_MANY_SURVIVED,
  UI_MANY_FRESH,
  UI_MANY_STACK,
  UI_MANY_FRAGMENTS,
  UI_MANY_MESSAGES,
  UI_MANY_FREE, /* committed, not used */
  UI_MANY_BINARIES,
  UI_MANY_N
};

typedef struct
{
  double parts[UI_MANY_N]; /* words */
  guint  n_minor;          /* collections that ended in it */
  guint  n_major;
} UiManyColumn;

typedef struct
{
  VmPid         pid; /* VM_PID_NONE: the others */
  const char   *name;
  guint         n_processes;
  guint64       peak_words; /* the most held, up to the window's end */
  UiManyColumn *columns;    /* (array length=n_columns of the input) */
} UiManyRow;

typedef struct
{
  const UiManyRow *rows;
  guint            n_rows;
  guint            n_columns;
  gint64           from_ns;
  gint64           to_ns;
  gint64           cursor_ns; /* G_MININT64: none */
  VmPid            selected;  /* or VM_PID_NONE */
} UiHeapManyInput;

typedef struct
{
  UiRect   rect;
  UiRect   plot;
  guint    index; /* in the input */
  VmPid    pid;
  gboolean is_selected;
} UiHeapManyRow;

typedef struct
{
  UiRect                 area;
  const UiHeapManyInput *input; /* the caller's */
  UiAxis                 time;
  double                 words;     /* what a row's height stands for */
  GArray                *rows;      /* UiHeapManyRow */
  guint                  n_dropped; /* rows that found no room */
  UiRect                 plot;      /* of all rows */
  gboolean               has_cursor;
  double                 cursor_x;
  UiRect                 cursor_flag;
  UiRuler                time_ruler;
  UiLegend               legend;
  UiLabels               labels;
} UiHeapMany;

/* How many rows, the others' among them, a picture of that height wants. */
guint ui_heap_many_count_rows (double height);

/* @input must stay as it is while the layout is used. */
UiHeapMany *ui_heap_many_new (const UiHeapManyInput *input, UiRect area, const UiMeasure *measure);
void        ui_heap_many_free (UiHeapMany *many);

/* (nullable): the row under the point. */
const UiHeapManyRow *ui_heap_many_hit (const UiHeapMany *many, double x, double y);

UiRole ui_heap_many_get_role (guint part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiHeapMany, ui_heap_many_free)

G_END_DECLS
