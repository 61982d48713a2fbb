/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Reads the memory of many processes out of a recording. */

#include "engine/vm-recording.h"
#include "ui/layout/heap-many.h"

G_BEGIN_DECLS

typedef struct
{
  UiHeapManyInput input;
  GArray         *rows;    /* UiManyRow */
  GStringChunk   *strings; /* their names */
} UiManyArrays;

void ui_many_arrays_init (UiManyArrays *arrays);
void ui_many_arrays_clear (UiManyArrays *arrays);

/* Fills @arrays->input for [@from_ns, @to_ns) in @n_columns columns: the
 * @n_rows - 1 processes that once held the most, and one row for all others, if
 * there are any. Those that @snapshot (nullable) knows as the system's are left
 * out. Takes time in proportion to processes and to what a picture of the
 * window shows. */
void ui_many_arrays_read (UiManyArrays     *arrays,
                          VmRecording      *recording,
                          const VmSnapshot *snapshot,
                          gint64            from_ns,
                          gint64            to_ns,
                          guint             n_columns,
                          guint             n_rows);

G_END_DECLS
