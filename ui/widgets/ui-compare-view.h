/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process at two moments, or in two runs, side by side on the same scales.
 */

#include "engine/vm-recording.h"
#include "ui/widgets/ui-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_COMPARE_VIEW (ui_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (UiCompareView, ui_compare_view, UI, COMPARE_VIEW, UiCanvas)

typedef struct
{
  VmRecording *recording;
  VmPid        pid;
  gint64       moment_ns;
  const char  *run; /* (nullable): what tells this run from the other */
} UiCompareSide;

/* @before, @after: (transfer none); @program, @otp_version: (nullable). */
void ui_compare_view_set_sides (UiCompareView       *self,
                                const UiCompareSide *before,
                                const UiCompareSide *after,
                                const char          *program,
                                const char          *otp_version);

/* The figures as a table: see figures-text.h. (transfer full) (nullable) */
char *ui_compare_view_dup_table (UiCompareView *self, char separator);

G_END_DECLS
