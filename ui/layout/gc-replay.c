/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/gc-replay.h"

#include "engine/vm-words.h"

#include <string.h>

static void
reset_space (UiGcReplaySpace *space, const VmGcSpace *info)
{
  space->n_words = info->n_words;
  space->capacity = MAX (info->n_words, 1);
  space->words = g_renew (UiGcReplayWord, space->words, space->capacity);
  memset (space->words, 0, MAX (info->n_words, 1) * sizeof (UiGcReplayWord));
  for (guint i = 0; i < info->n_words; i++)
    space->words[i].word = info->words[i];
  space->used = info->used_before;
  space->block = info->block_before;
  space->is_gone = space->has_scan = FALSE;
  space->scan = 0;
}

static void
reset (UiGcReplay *replay)
{
  UiGcReplaySpace *roots = &replay->spaces[VM_SPACE_ROOT];

  for (guint i = 0; i < VM_N_SPACES; i++)
    reset_space (&replay->spaces[i], &replay->walk->spaces[i]);
  roots->n_words = replay->walk->n_roots;
  roots->used = roots->block = roots->n_words;
  roots->capacity = MAX (roots->n_words, 1);
  roots->words = g_renew (UiGcReplayWord, roots->words, roots->capacity);
  memset (roots->words, 0, MAX (roots->n_words, 1) * sizeof (UiGcReplayWord));
  for (guint i = 0; i < roots->n_words; i++)
    roots->words[i].word = replay->walk->roots[i].word;
  replay->step = 0;
  replay->is_swept = FALSE;
}

UiGcReplay *
ui_gc_replay_new (VmGcWalk *walk)
{
  UiGcReplay *replay = g_new0 (UiGcReplay, 1);

  replay->walk = vm_gc_walk_ref (walk);
  reset (replay);
  return replay;
}

void
ui_gc_replay_free (UiGcReplay *replay)
{
  if (replay == NULL)
    return;
  for (guint i = 0; i < VM_N_SPACES; i++)
    g_free (replay->spaces[i].words);
  vm_gc_walk_unref (replay->walk);
  g_free (replay);
}

/* --- one action ----------------------------------------------------------------- */

/* The word at @offset; NULL: it is not listed. */
static UiGcReplayWord *
get_word (UiGcReplay *replay, guint space, guint64 offset)
{
  UiGcReplaySpace *info = &replay->spaces[space];

  return offset < info->n_words ? &info->words[offset] : NULL;
}

/* Makes @n words from @offset on known, as far as anything is listed of a walk. */
static void
extend (UiGcReplaySpace *space, guint64 offset, guint64 n)
{
  guint64 wanted = MIN (offset + n, VM_GC_WALK_MAX_WORDS);

  space->used = MAX (space->used, offset + n);
  if (wanted <= space->n_words)
    return;
  if (wanted > space->capacity)
    {
      space->capacity = (guint) MAX (wanted, 2 * (guint64) space->capacity);
      space->words = g_renew (UiGcReplayWord, space->words, space->capacity);
    }
  memset (space->words + space->n_words, 0, (wanted - space->n_words) * sizeof (UiGcReplayWord));
  space->n_words = (guint) wanted;
}

static void
copy_words (UiGcReplay *replay, const VmGcAction *action)
{
  extend (&replay->spaces[action->to_space], action->to, action->words);
  for (guint i = 0; i < action->words; i++)
    {
      UiGcReplayWord *to = get_word (replay, action->to_space, (guint64) action->to + i);
      UiGcReplayWord *from = get_word (replay, action->from_space, (guint64) action->from + i);

      if (to == NULL)
        return;
      memset (to, 0, sizeof *to);
      if (from != NULL)
        to->word = from->word;
      to->state = UI_GC_WORD_COPIED;
    }
}

/* A message's fragment moves as it is: what it says of itself moves with it. */
static void
move_in (UiGcReplay *replay, const VmGcAction *action)
{
  copy_words (replay, action);
  for (guint i = 0; i < action->words; i++)
    {
      UiGcReplayWord *to = get_word (replay, action->to_space, (guint64) action->to + i);

      if (to == NULL)
        return;
      to->state = UI_GC_WORD_SCANNED;
      if (to->word.space != VM_SPACE_MESSAGE || to->word.target < action->from ||
          to->word.target >= action->from + action->words)
        continue;
      to->word.space = action->to_space;
      to->word.target += action->to - action->from;
    }
}

/* The words of a slice become those of a binary with its bytes. */
static void
unpack_words (UiGcReplay *replay, const VmGcAction *action)
{
  extend (&replay->spaces[action->to_space], action->to, action->words);
  for (guint i = 0; i < action->words; i++)
    {
      UiGcReplayWord *to = get_word (replay, action->to_space, (guint64) action->to + i);

      if (to == NULL)
        return;
      memset (to, 0, sizeof *to);
      to->word.tag = i == 0 ? VM_WORD_HEADER : VM_WORD_RAW;
      to->word.target = i == 0 ? action->words : 0;
      to->word.text = i == 0 ? "binary" : NULL;
      to->state = UI_GC_WORD_COPIED;
    }
}

/* How many words the thing that was at @word took. */
static guint
thing_words (const VmGcAction *action, const UiGcReplayWord *word)
{
  if (action->kind == VM_GC_ACTION_MOVE_IN)
    return action->words;
  if (word != NULL && word->word.tag == VM_WORD_HEADER && word->word.target > 0)
    return word->word.target;
  return action->kind == VM_GC_ACTION_UNPACK ? 5 : action->words;
}

static void
leave_mark (UiGcReplay *replay, const VmGcAction *action)
{
  UiGcReplayWord *mark = get_word (replay, action->from_space, action->from);
  guint           n = thing_words (action, mark);

  for (guint i = 0; i < n; i++)
    {
      UiGcReplayWord *word = get_word (replay, action->from_space, (guint64) action->from + i);

      if (word == NULL)
        return;
      word->state = i == 0 ? UI_GC_WORD_MARK : UI_GC_WORD_MOVED;
      word->to_space = action->to_space;
      word->to = action->to + i;
    }
}

static void
scan_words (UiGcReplay *replay, const VmGcAction *action, guint n)
{
  UiGcReplaySpace *space = &replay->spaces[action->slot_space];

  if (action->slot_space != VM_SPACE_NEW && action->slot_space != VM_SPACE_OLD)
    return;
  for (guint i = 0; i < n; i++)
    {
      UiGcReplayWord *word = get_word (replay, action->slot_space, (guint64) action->slot + i);

      if (word != NULL)
        word->state = UI_GC_WORD_SCANNED;
    }
  space->has_scan = TRUE;
  space->scan = (guint64) action->slot + n;
}

/* The slot refers to the new place from now on. */
static void
point_slot (UiGcReplay *replay, const VmGcAction *action)
{
  UiGcReplayWord *slot = get_word (replay, action->slot_space, action->slot);

  if (action->slot_space == VM_SPACE_NONE || slot == NULL)
    return;
  slot->word.space = action->to_space;
  slot->word.target = action->to;
}

static void
do_space (UiGcReplay *replay, const VmGcAction *action)
{
  UiGcReplaySpace *spaces = replay->spaces;

  switch (action->kind)
    {
    case VM_GC_ACTION_MAKE_NEW:
    case VM_GC_ACTION_RESIZE:
      spaces[VM_SPACE_NEW].block = action->words;
      break;
    case VM_GC_ACTION_MAKE_OLD:
      spaces[VM_SPACE_OLD].block = action->words;
      break;
    case VM_GC_ACTION_SCAN:
      spaces[action->slot_space].has_scan = TRUE;
      spaces[action->slot_space].scan = action->slot;
      break;
    case VM_GC_ACTION_KEEP_OFF_HEAP:
    case VM_GC_ACTION_FREE_OFF_HEAP:
      replay->is_swept = TRUE;
      break;
    case VM_GC_ACTION_FREE_OLD:
      replay->is_swept = spaces[VM_SPACE_OLD].is_gone = TRUE;
      break;
    case VM_GC_ACTION_FREE_YOUNG:
      replay->is_swept = spaces[VM_SPACE_YOUNG].is_gone = spaces[VM_SPACE_FRAGMENT].is_gone = TRUE;
      break;
    default:
      break;
    }
}

static void
do_action (UiGcReplay *replay, const VmGcAction *action)
{
  switch (action->kind)
    {
    case VM_GC_ACTION_COPY:
    case VM_GC_ACTION_PROMOTE:
    case VM_GC_ACTION_UNPACK:
      if (action->kind == VM_GC_ACTION_UNPACK)
        unpack_words (replay, action);
      else
        copy_words (replay, action);
      leave_mark (replay, action);
      point_slot (replay, action);
      scan_words (replay, action, 1);
      break;
    case VM_GC_ACTION_FORWARD:
      point_slot (replay, action);
      scan_words (replay, action, 1);
      break;
    case VM_GC_ACTION_LOOK:
    case VM_GC_ACTION_STAY:
    case VM_GC_ACTION_LITERAL:
      scan_words (replay, action, 1);
      break;
    case VM_GC_ACTION_PASS:
      scan_words (replay, action, action->words);
      break;
    case VM_GC_ACTION_MOVE_IN:
      move_in (replay, action);
      leave_mark (replay, action);
      break;
    default:
      do_space (replay, action);
      break;
    }
}

void
ui_gc_replay_seek (UiGcReplay *replay, guint step)
{
  step = MIN (step, replay->walk->n_actions);
  if (step < replay->step)
    reset (replay);
  while (replay->step < step)
    do_action (replay, &replay->walk->actions[replay->step++]);
}

const VmGcAction *
ui_gc_replay_get_action (const UiGcReplay *replay)
{
  return replay->step > 0 ? &replay->walk->actions[replay->step - 1] : NULL;
}

static gboolean
is_of_unit (const VmGcAction *action, UiGcStepUnit unit)
{
  switch (unit)
    {
    case UI_GC_STEP_ROOT:
      return action->slot_space == VM_SPACE_ROOT || action->slot_space == VM_SPACE_STACK;
    case UI_GC_STEP_WORD:
      return (action->slot_space == VM_SPACE_NEW || action->slot_space == VM_SPACE_OLD) &&
             action->kind != VM_GC_ACTION_SCAN;
    case UI_GC_STEP_OBJECT:
      return action->kind == VM_GC_ACTION_COPY || action->kind == VM_GC_ACTION_PROMOTE ||
             action->kind == VM_GC_ACTION_UNPACK || action->kind == VM_GC_ACTION_MOVE_IN;
    case UI_GC_STEP_ACTION:
      return TRUE;
    default:
      return FALSE;
    }
}

guint
ui_gc_replay_find (const UiGcReplay *replay, UiGcStepUnit unit, gboolean backward)
{
  const VmGcWalk *walk = replay->walk;

  if (backward)
    {
      for (guint i = replay->step; i > 1; i--)
        if (is_of_unit (&walk->actions[i - 2], unit))
          return i - 1;
      return 0;
    }
  for (guint i = replay->step; i < walk->n_actions; i++)
    if (is_of_unit (&walk->actions[i], unit))
      return i + 1;
  return walk->n_actions;
}
