/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A captured collection to walk through: its picture, and under it how to go
 * through it, forwards and backwards, by roots, scanned words, objects or all.
 *
 * Keys: Left and Right step, Up and Down by objects, Home and End. */

#include "ui/widgets/ui-gc-canvas.h"

G_BEGIN_DECLS

#define UI_TYPE_COLLECTION_VIEW (ui_collection_view_get_type ())
G_DECLARE_FINAL_TYPE (UiCollectionView, ui_collection_view, UI, COLLECTION_VIEW, GtkWidget)

/* @walk: (nullable) (transfer none): the newest. */
void ui_collection_view_set_walk (UiCollectionView *self, VmGcWalk *walk);

/* (transfer none) */
UiCanvas *ui_collection_view_get_canvas (UiCollectionView *self);

G_END_DECLS
