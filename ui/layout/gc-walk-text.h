/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What is said of a captured collection, in sentences. */

#include "ui/layout/gc-replay.h"

G_BEGIN_DECLS

/* "young", "new block" … (transfer none) */
const char *ui_gc_space_get_name (VmSpace space);

/* "y1 of lists:map/2", "word 12 of the new block". (transfer full) */
char *ui_gc_walk_name_place (const VmGcWalk *walk, guint space, guint64 offset);

/* One sentence on the action that @replay did last, or on what is about to begin.
 * (transfer full) */
char *ui_gc_walk_describe_step (const UiGcReplay *replay);

/* "Why now", "Why minor", "Why this size" … (transfer none) */
const char *ui_gc_decision_get_topic (VmGcDecisionKind kind);
/* One sentence. (transfer full) */
char *ui_gc_decision_describe (const VmGcDecision *decision);

/* "loop <0.80.0>, collection 7: minor". (transfer full) */
char *ui_gc_walk_get_title (const VmGcWalk *walk);
/* What it came to: words moved, left behind, its cost. (transfer full) */
char *ui_gc_walk_describe_end (const VmGcWalk *walk);

G_END_DECLS
