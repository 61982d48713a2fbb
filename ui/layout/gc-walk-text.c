/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/gc-walk-text.h"

#include "engine/vm-words.h"
#include "ui/layout/number.h"

#include <glib/gi18n.h>

const char *
ui_gc_space_get_name (VmSpace space)
{
  static const char *const names[] = {
    [VM_SPACE_NONE] = N_ ("elsewhere"),
    [VM_SPACE_ROOT] = N_ ("root"),
    [VM_SPACE_STACK] = N_ ("stack"),
    [VM_SPACE_YOUNG] = N_ ("young heap"),
    [VM_SPACE_OLD] = N_ ("old heap"),
    [VM_SPACE_FRAGMENT] = N_ ("fragments"),
    [VM_SPACE_MESSAGE] = N_ ("queued messages"),
    [VM_SPACE_NEW] = N_ ("new block"),
    [VM_SPACE_LITERAL] = N_ ("constants"),
  };

  g_return_val_if_fail (space < VM_N_SPACES, NULL);
  return _ (names[space]);
}

char *
ui_gc_walk_name_place (const VmGcWalk *walk, guint space, guint64 offset)
{
  if (space == VM_SPACE_ROOT)
    return g_strdup (offset < walk->n_roots ? walk->roots[offset].name : _ ("a root"));
  if (space == VM_SPACE_STACK)
    return g_strdup (offset < walk->spaces[VM_SPACE_STACK].n_words ? walk->stack_names[offset]
                                                                   : _ ("a stack slot"));
  /* Translators: "young heap word 12" */
  return g_strdup_printf (_ ("%s word %" G_GUINT64_FORMAT), ui_gc_space_get_name ((VmSpace) space),
                          offset);
}

/* What was at @offset of @space at first. (transfer none) */
static const char *
name_thing (const UiGcReplay *replay, guint space, guint64 offset)
{
  const UiGcReplaySpace *info = &replay->spaces[space];
  const VmGcWord        *word = offset < info->n_words ? &info->words[offset].word : NULL;

  if (word == NULL || word->text == NULL)
    return _ ("object");
  return word->tag == VM_WORD_HEADER ? word->text : _ ("list cell");
}

static char *
describe_move (const UiGcReplay *replay, const VmGcAction *action, const char *slot)
{
  const char      *thing = name_thing (replay, action->from_space, action->from);
  g_autofree char *from = ui_gc_walk_name_place (replay->walk, action->from_space, action->from);
  g_autofree char *to = ui_gc_walk_name_place (replay->walk, action->to_space, action->to);

  if (action->kind == VM_GC_ACTION_UNPACK)
    return g_strdup_printf (
      _ ("%s: the slice at %s is small: its bytes become a binary of their own (%u words) at %s"),
      slot, from, action->words, to);
  if (action->kind == VM_GC_ACTION_PROMOTE)
    return g_strdup_printf (
      _ ("%s: the %s at %s has survived once: promoted to %s (%u words), a mark stays behind"),
      slot, thing, from, to, action->words);
  if (action->slot_space == VM_SPACE_NONE)
    return g_strdup_printf (
      _ ("A fragment of the running function moves whole: the %s at %s is copied to %s (%u words)"),
      thing, from, to, action->words);
  return g_strdup_printf (
    _ ("%s: the %s at %s is copied to %s (%u words), a forwarding mark stays behind"), slot, thing,
    from, to, action->words);
}

static char *
describe_look (const UiGcReplay *replay, const VmGcAction *action, const char *slot)
{
  const UiGcReplaySpace *info = &replay->spaces[action->slot_space];
  const VmGcWord        *word = action->slot < info->n_words ? &info->words[action->slot].word
                                                             : NULL;

  if (word == NULL || word->text == NULL || *word->text == '\0')
    return g_strdup_printf (_ ("%s: nothing to follow"), slot);
  return g_strdup_printf (_ ("%s: %s, nothing to follow"), slot, word->text);
}

static char *
describe_slot (const UiGcReplay *replay, const VmGcAction *action)
{
  g_autofree char *place = ui_gc_walk_name_place (replay->walk, action->slot_space, action->slot);
  g_autofree char *slot =
    g_strdup_printf (action->slot_space == VM_SPACE_ROOT || action->slot_space == VM_SPACE_STACK
                       ? _ ("Root %s")
                       : _ ("Scan of %s"),
                     place);
  g_autofree char *from = ui_gc_walk_name_place (replay->walk, action->from_space, action->from);
  g_autofree char *to = ui_gc_walk_name_place (replay->walk, action->to_space, action->to);

  switch (action->kind)
    {
    case VM_GC_ACTION_LOOK:
      return describe_look (replay, action, slot);
    case VM_GC_ACTION_FORWARD:
      return g_strdup_printf (
        _ ("%s: at %s there is a forwarding mark: the pointer becomes %s, nothing is copied twice"),
        slot, from, to);
    case VM_GC_ACTION_STAY:
      return g_strdup_printf (_ ("%s: %s is in the old heap, where a minor collection moves "
                                 "nothing"),
                              slot, from);
    case VM_GC_ACTION_LITERAL:
      return g_strdup_printf (_ ("%s: a constant of the code, which stays where it is"), slot);
    case VM_GC_ACTION_PASS:
      return action->words == 1
               ? g_strdup_printf (_ ("%s: a header, the scan passes over it"), slot)
               : g_strdup_printf (_ ("%s: a header and raw words: the scan passes over %u words"),
                                  slot, action->words);
    default:
      return describe_move (replay, action, slot);
    }
}

static char *
describe_off_heap (const UiGcReplay *replay, const VmGcAction *action)
{
  char             bytes[UI_NUMBER_SIZE];
  g_autofree char *from = ui_gc_walk_name_place (replay->walk, action->from_space, action->from);
  g_autofree char *to = ui_gc_walk_name_place (replay->walk, action->to_space, action->to);

  ui_number_bytes (action->words, bytes);
  if (action->kind == VM_GC_ACTION_KEEP_OFF_HEAP)
    return g_strdup_printf (_ ("Off-heap list: the reference at %s (%s) was moved to %s and stays"),
                            from, bytes, to);
  return g_strdup_printf (
    _ ("Off-heap list: the reference at %s was not moved: it gives up its share of %s"), from,
    bytes);
}

char *
ui_gc_walk_describe_step (const UiGcReplay *replay)
{
  const VmGcAction *action = ui_gc_replay_get_action (replay);
  char              words[UI_NUMBER_SIZE];

  if (action == NULL)
    return g_strdup (replay->walk->is_killed ? _ ("Nothing is collected: the process is killed")
                                             : _ ("Before the collection"));
  ui_number_words (action->words, words);
  switch (action->kind)
    {
    case VM_GC_ACTION_MAKE_NEW:
      return g_strdup_printf (_ ("A new block of %s is made to copy to"), words);
    case VM_GC_ACTION_MAKE_OLD:
      return g_strdup_printf (_ ("An old block of %s is made for what has survived once"), words);
    case VM_GC_ACTION_SCAN:
      return g_strdup_printf (
        _ ("The roots are done: the scan of the %s begins, and goes on until it meets the free "
           "pointer"),
        ui_gc_space_get_name ((VmSpace) action->slot_space));
    case VM_GC_ACTION_KEEP_OFF_HEAP:
    case VM_GC_ACTION_FREE_OFF_HEAP:
      return describe_off_heap (replay, action);
    case VM_GC_ACTION_FREE_YOUNG:
      return g_strdup_printf (_ ("The stack moves over; the block that was (%s) is given up, and "
                                 "with it all that was not moved"),
                              words);
    case VM_GC_ACTION_FREE_OLD:
      return g_strdup_printf (_ ("The old block (%s) is given up"), words);
    case VM_GC_ACTION_MOVE_IN:
      return g_strdup_printf (_ ("A queued message moves in from its fragment: %s"), words);
    case VM_GC_ACTION_RESIZE:
      return g_strdup_printf (_ ("The block becomes one of %s; everything keeps its place in it"),
                              words);
    default:
      return describe_slot (replay, action);
    }
}

/* --- why ----------------------------------------------------------------------------- */

const char *
ui_gc_decision_get_topic (VmGcDecisionKind kind)
{
  if (kind <= VM_GC_DECISION_NOW_FORCED)
    return _ ("Why now");
  if (kind == VM_GC_DECISION_MINOR)
    return _ ("Why minor");
  if (kind <= VM_GC_DECISION_MAJOR_HIBERNATE)
    return _ ("Why major");
  return kind == VM_GC_DECISION_OVER_LIMIT ? _ ("The limit") : _ ("Why this size");
}

static char *
describe_time (const VmGcDecision *d, const char *a, const char *b, const char *c)
{
  switch (d->kind)
    {
    case VM_GC_DECISION_NOW_NEED:
      return g_strdup_printf (_ ("%s words are wanted; %s are free, and %s of these stay in "
                                 "reserve."),
                              a, b, c);
    case VM_GC_DECISION_NOW_BINARIES:
      return d->numbers[0] > d->numbers[1]
               ? g_strdup_printf (_ ("The virtual binary heap is over its size: %s words of %s."),
                                  a,
                                  b)
               : g_strdup_printf (_ ("The virtual binary heap has %s words of %s used, and the "
                                     "next "
                                     "binary would fill it."),
                                  a, b);
    case VM_GC_DECISION_NOW_FRAGMENTS:
      return g_strdup_printf (_ ("Fragments hold %s words, more than the %s that are free."), a, b);
    case VM_GC_DECISION_NOW_ASKED:
      return g_strdup (_ ("The program asked for it."));
    case VM_GC_DECISION_NOW_HIBERNATE:
      return g_strdup (_ ("The process hibernates: all that lives goes into one block without "
                          "room."));
    default:
      return g_strdup (_ ("The runtime system wants one."));
    }
}

static char *
describe_kind (const VmGcDecision *d, const char *a, const char *b)
{
  switch (d->kind)
    {
    case VM_GC_DECISION_MINOR:
      return g_strdup_printf (_ ("What has survived once (%s words) has room in the old block (%s "
                                 "free)."),
                              a, b);
    case VM_GC_DECISION_MAJOR_ASKED:
      return g_strdup (_ ("A full sweep was asked for."));
    case VM_GC_DECISION_MAJOR_COUNT:
      return g_strdup_printf (_ ("%s minor ones since the last full sweep; fullsweep_after is %s."),
                              a, b);
    case VM_GC_DECISION_MAJOR_NO_OLD:
      return g_strdup (_ ("Nothing has survived a collection yet, so there is nothing to promote "
                          "and no old block."));
    case VM_GC_DECISION_MAJOR_NO_ROOM:
      return g_strdup_printf (_ ("What has survived once (%s words) may not fit into the old block "
                                 "(%s free)."),
                              a, b);
    case VM_GC_DECISION_MAJOR_BINARIES:
      return g_strdup_printf (_ ("The old generation's binaries count %s words of %s."), a, b);
    default:
      return g_strdup (_ ("Hibernation always is a full sweep."));
    }
}

static char *
describe_adjustment (
  const VmGcDecision *d, const char *a, const char *b, const char *c, const char *e)
{
  switch (d->kind)
    {
    case VM_GC_DECISION_SIZE_KEEP:
      return g_strdup_printf (_ ("%s words are needed afterwards: the block of %s stays."), a, b);
    case VM_GC_DECISION_SIZE_GROW:
      return g_strdup_printf (_ ("%s words are needed afterwards, more than %s: the next size is "
                                 "%s."),
                              a, b, c);
    case VM_GC_DECISION_SIZE_SHRINK:
      return g_strdup_printf (_ ("%s words are needed afterwards, less than a quarter of %s: %s "
                                 "times "
                                 "as many are enough, size %s."),
                              a, c, b, e);
    case VM_GC_DECISION_SIZE_SHRINK_OLD:
      return g_strdup_printf (_ ("%s words are needed afterwards, less than a quarter of %s, but "
                                 "it may not fall below an eighth of the old block's %s: size %s."),
                              a, c, b, e);
    case VM_GC_DECISION_SIZE_SHRINK_MIN:
      return g_strdup_printf (_ ("%s words are needed afterwards, less than a quarter of %s: "
                                 "min_heap_size, %s, is enough."),
                              a, c, b);
    case VM_GC_DECISION_SIZE_NO_SHRINK:
      return g_strdup_printf (_ ("%s words are needed afterwards, but no smaller size than %s is "
                                 "allowed."),
                              a, b);
    case VM_GC_DECISION_SIZE_MARK:
      return g_strdup_printf (_ ("%s words are needed afterwards, over three quarters of %s: the "
                                 "next "
                                 "full sweep will take a size more."),
                              a, b);
    case VM_GC_DECISION_SIZE_EXACT:
      return g_strdup_printf (_ ("%s words live, and %s in reserve: exactly %s."), a, b, c);
    default:
      return g_strdup_printf (_ ("Binaries of the young generation count %s words: the virtual "
                                 "binary heap goes from %s to %s."),
                              a, b, c);
    }
}

static char *
describe_size (const VmGcDecision *d, const char *a, const char *b, const char *c, const char *e)
{
  switch (d->kind)
    {
    case VM_GC_DECISION_SIZE_OLD:
      return g_strdup_printf (_ ("Old block: the size after the one that holds %s words: %s."), a,
                              b);
    case VM_GC_DECISION_SIZE_COPY_MINOR:
      return g_strdup_printf (_ ("To copy to: stack %s and young %s words, at least %s: the next "
                                 "size "
                                 "is %s."),
                              a, b, c, e);
    case VM_GC_DECISION_SIZE_COPY_MAJOR:
      return g_strdup_printf (_ ("To copy to: stack %s, young and old %s, reserve %s words: the "
                                 "next "
                                 "size is %s."),
                              a, b, c, e);
    case VM_GC_DECISION_SIZE_ONE_UP:
      return g_strdup_printf (_ ("The last full sweep left it over three quarters full: one size "
                                 "more "
                                 "than %s is %s."),
                              a, b);
    default:
      return describe_adjustment (d, a, b, c, e);
    }
}

char *
ui_gc_decision_describe (const VmGcDecision *decision)
{
  char n[4][UI_NUMBER_SIZE];

  for (guint i = 0; i < 4; i++)
    ui_number_count (decision->numbers[i], n[i]);
  if (decision->kind <= VM_GC_DECISION_NOW_FORCED)
    return describe_time (decision, n[0], n[1], n[2]);
  if (decision->kind <= VM_GC_DECISION_MAJOR_HIBERNATE)
    return describe_kind (decision, n[0], n[1]);
  if (decision->kind == VM_GC_DECISION_OVER_LIMIT)
    return g_strdup_printf (decision->numbers[2] != 0
                              ? _ ("It would have %s words; max_heap_size is %s: it is killed.")
                              : _ ("It would have %s words; max_heap_size is %s: this is logged."),
                            n[0], n[1]);
  return describe_size (decision, n[0], n[1], n[2], n[3]);
}

/* --- the whole ------------------------------------------------------------------------- */

char *
ui_gc_walk_get_title (const VmGcWalk *walk)
{
  char        pid[32];
  const char *kind = walk->is_killed  ? _ ("not done")
                     : walk->is_major ? _ ("major")
                                      : _ ("minor");

  vm_pid_format (walk->pid, pid);
  /* Translators: process, number of the collection, major or minor */
  return g_str_equal (pid, walk->process)
           ? g_strdup_printf (_ ("%s, collection %" G_GUINT64_FORMAT ": %s"), walk->process,
                              walk->number, kind)
           : g_strdup_printf (_ ("%s %s, collection %" G_GUINT64_FORMAT ": %s"), walk->process, pid,
                              walk->number, kind);
}

char *
ui_gc_walk_describe_end (const VmGcWalk *walk)
{
  const VmGcCount *counts = walk->counts;
  guint64          copied = counts[VM_GC_ACTION_COPY].words + counts[VM_GC_ACTION_UNPACK].words +
                   counts[VM_GC_ACTION_MOVE_IN].words;
  guint64 promoted = counts[VM_GC_ACTION_PROMOTE].words;
  guint64 before = walk->spaces[VM_SPACE_YOUNG].used_before +
                   walk->spaces[VM_SPACE_FRAGMENT].used_before +
                   walk->spaces[VM_SPACE_MESSAGE].used_before +
                   (walk->is_major ? walk->spaces[VM_SPACE_OLD].used_before : 0);
  char a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE], d[UI_NUMBER_SIZE];

  if (walk->is_killed)
    return g_strdup (_ ("The process dies of its size."));
  if (!walk->is_whole)
    return g_strdup_printf (
      _ ("%s copied, %s promoted; cost: %s reductions. It is larger than what is kept of one: the "
         "first %s actions can be walked."),
      ui_number_words (copied, a), ui_number_words (promoted, b),
      ui_number_count ((guint64) MAX (walk->reductions, 0), d),
      ui_number_count (walk->n_actions, c));
  return g_strdup_printf (
    _ ("%s copied, %s promoted, %s left behind; cost: %s reductions."), ui_number_words (copied, a),
    ui_number_words (promoted, b), ui_number_words (before - MIN (before, copied + promoted), c),
    ui_number_count ((guint64) MAX (walk->reductions, 0), d));
}
