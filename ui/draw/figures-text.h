/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What a picture shows as a table of text, for notes and spreadsheets. */

#include "ui/layout/figures.h"

G_BEGIN_DECLS

/* A table with a column for each of the @n_moments (1 or 2) moments, and for two the
 * difference. @separator: ',' makes CSV (RFC 4180), '\t' what spreadsheets paste.
 * (transfer full) */
char *ui_figures_to_text (const UiMoment *moments, guint n_moments, char separator);

/* The whole history as a table: a row for each sample, with what the collections
 * before it did. (transfer full) */
char *ui_history_to_text (const VmHeapSample     *samples,
                          guint                   n_samples,
                          const VmCollectionFold *folds,
                          guint                   n_folds,
                          char                    separator);

G_END_DECLS
