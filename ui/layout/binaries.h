/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Blocks of bytes off the heaps, largest first: each a bar to scale that shows what
 * somebody sees of it and what is only held, and under it who holds it, through what
 * and from where. What does not fit is counted. */

#include "engine/vm-binaries.h"
#include "ui/layout/legend.h"

G_BEGIN_DECLS

typedef struct
{
  const VmBinaries *binaries;
  guint             first; /* the first block to show, from 0 */
  VmPid             pid;   /* whose holdings are marked, or VM_PID_NONE */
} UiBinariesInput;

typedef struct
{
  UiRect   rect;
  UiRole   role;      /* UI_ROLE_BINARY: seen by somebody; FREE: spare */
  gboolean is_pinned; /* held, and seen by nobody */
  gboolean is_garbage;
} UiBinaryPart;

typedef struct
{
  UiRect rect;
  guint  index; /* of the block in the list */
  UiRect mark;  /* w = 0: the chosen process holds nothing of it */
} UiBinaryRow;

typedef struct
{
  UiRect   area;
  GArray  *parts; /* UiBinaryPart */
  GArray  *rows;  /* UiBinaryRow */
  guint    n_shown;
  UiLegend legend;
  UiLabels labels;
} UiBinaryList;

UiBinaryList      *
ui_binary_list_new (const UiBinariesInput *input, UiRect area, const UiMeasure *measure);
void ui_binary_list_free (UiBinaryList *list);

/* (nullable): the row under the point. */
const UiBinaryRow *ui_binary_list_hit (const UiBinaryList *list, double x, double y);

/* "keeper: old heap, 2 slices, from y1 of m:f/2, shows 20 B". (transfer full) */
char *ui_binary_describe_holder (const VmBinary *binary, const VmHolder *holder);
/* What would free it. (transfer full) */
char *ui_binary_describe_end (const VmBinary *binary);
/* The whole list in a sentence. (transfer full) */
char *ui_binaries_describe (const VmBinaries *binaries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiBinaryList, ui_binary_list_free)

G_END_DECLS
