/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The memory of a process in the middle of a captured collection: what it holds
 * after the first so many actions, forwards and backwards. */

#include "engine/vm-gc-walk.h"

G_BEGIN_DECLS

typedef enum
{
  UI_GC_WORD_THERE,   /* as it was before */
  UI_GC_WORD_MARK,    /* moved: its first word is the forwarding mark */
  UI_GC_WORD_MOVED,   /* moved: what is left of the rest */
  UI_GC_WORD_COPIED,  /* copied or promoted, not scanned yet */
  UI_GC_WORD_SCANNED, /* and scanned */
} UiGcWordState;

typedef struct
{
  VmGcWord word;
  guint8   state;    /* UiGcWordState */
  guint8   to_space; /* of a mark: where it went */
  guint32  to;
} UiGcReplayWord;

typedef struct
{
  UiGcReplayWord *words; /* what is known of the space, by offset */
  guint           n_words;
  guint           capacity;
  guint64         used;    /* words */
  guint64         block;   /* words; 0: there is none */
  gboolean        is_gone; /* given up */
  gboolean        has_scan;
  guint64         scan; /* offset of the scan pointer */
} UiGcReplaySpace;

typedef struct
{
  VmGcWalk       *walk;
  guint           step;                /* actions done, 0 … walk->n_actions */
  UiGcReplaySpace spaces[VM_N_SPACES]; /* VM_SPACE_ROOT, too */
  gboolean        is_swept;            /* all is copied that will be: the rest is garbage */
} UiGcReplay;

/* What a step of the walk goes to. */
typedef enum
{
  UI_GC_STEP_ACTION, /* the next action */
  UI_GC_STEP_ROOT,   /* the next root */
  UI_GC_STEP_WORD,   /* the next word that the scan looks at */
  UI_GC_STEP_OBJECT, /* the next object moved */
  UI_GC_STEP_ALL,    /* the begin or the end */
} UiGcStepUnit;

/* (transfer none): takes a reference to @walk. */
UiGcReplay *ui_gc_replay_new (VmGcWalk *walk);
void        ui_gc_replay_free (UiGcReplay *replay);

/* After @step actions. Cost: the actions between; backwards all from the begin. */
void ui_gc_replay_seek (UiGcReplay *replay, guint step);

/* The step that follows (or comes before) the present one in units of @unit. */
guint ui_gc_replay_find (const UiGcReplay *replay, UiGcStepUnit unit, gboolean backward);

/* (nullable): the action that was done last. */
const VmGcAction *ui_gc_replay_get_action (const UiGcReplay *replay);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiGcReplay, ui_gc_replay_free)

G_END_DECLS
