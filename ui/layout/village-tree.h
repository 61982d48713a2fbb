/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Where the houses stand, in units of the full-size picture.
 *
 * Every node has a box: its own cell on top and, under it, its yard, in which the
 * boxes of its children stand in rows. Trees deeper than MAX_DEPTH (a ring of
 * processes that each spawned the next) go on in the yard of the ancestor at that
 * depth: a village is wide, not endless. */

#include "ui/layout/village.h"

G_BEGIN_DECLS

#define UI_VILLAGE_CELL_W  120.0
#define UI_VILLAGE_CELL_H  106.0
#define UI_VILLAGE_HOUSE_Y 38.0 /* centre of the house in its cell */
#define UI_VILLAGE_ROW_GAP 26.0 /* room for the lines over a row */
#define UI_VILLAGE_MARGIN  12.0 /* around a yard */

typedef struct
{
  const VmProcessInfo *info; /* (nullable) */
  VmPid                pid;
  int                  parent; /* whose yard; -1: stands in the open */
  guint                n_members;
  guint                n_children;
  guint                n_messages;
  guint64              memory_bytes;
  guint                row;   /* in the yard */
  double               row_y; /* top of that row, absolute */
  double               x, y;  /* top left of the box, absolute */
  double               w, h;
  UiRect               yard; /* w = 0: no children */
} UiVillageHouse;

typedef struct
{
  GArray     *houses; /* UiVillageHouse; parents before children */
  GHashTable *by_pid; /* pid + 1 to 1 + index of house */
  double      w, h;
  guint       n_hidden_system;
} UiVillageTree;

void ui_village_tree_init (UiVillageTree *tree, const UiVillageInput *input, double aspect);
void ui_village_tree_clear (UiVillageTree *tree);

/* Index of the house that tells of @pid, or -1. */
int ui_village_tree_find (const UiVillageTree *tree, VmPid pid);

G_END_DECLS
