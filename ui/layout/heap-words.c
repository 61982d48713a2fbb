/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/heap-words-private.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define BODY_MIN   10.0
#define BODY_MAX   100.0
#define EMPTY_H    9.0
#define BAND_H     17.0
#define HEAD_GAP   2.0
#define LANE_GAP   8.0
#define OVERVIEW_H 5.0
#define RULER_H    16.0
#define CHIP_H     20.0
#define CHIP_GAP   4.0
#define CHIP_MAX   190.0
#define CHIP_MIN   46.0
#define GAUGE_H    9.0

double
words_layout_px (const WordsLayout *build, UiWordsLane lane, double offset)
{
  return build->layout->x +
         ui_words_view_to_px (build->input->view, lane, offset, build->layout->w);
}

static UiLabel *
add_label (
  WordsLayout *build, UiRect place, UiFont font, UiTone tone, double align, const char *text)
{
  UiLabel *label =
    ui_labels_add (&build->layout->labels, build->measure, place, font, align, text);

  if (label != NULL)
    label->tone = tone;
  return label;
}

/* --- which rows there is room for -------------------------------------------------- */

/* The young heap is looked at most. */
static double
get_weight (const WordsLayout *build, UiWordsLane lane)
{
  return build->input->view->blocks[lane] == 0 ? 0 : lane == UI_WORDS_YOUNG ? 1.5
                                                                            : 1;
}

/* Of a lane that is as high as its weight says, for each weight of 1. A heap that
 * is not there has but a place. */
static double
body_room (const WordsLayout *build)
{
  double room = build->layout->area.h - build->chips_h - build->key_h - build->gauge_h;
  double lane = build->head_h + HEAD_GAP + build->band_h + LANE_GAP +
                (build->has_overview ? OVERVIEW_H + 2 : 0) + (build->has_ruler ? RULER_H : 0);
  double weights = 0;

  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    {
      double weight = get_weight (build, (UiWordsLane) i);

      weights += weight;
      if (weight > 0)
        room -= lane;
      else if (i != UI_WORDS_FRAGMENT)
        room -= build->head_h + HEAD_GAP + EMPTY_H + LANE_GAP;
    }
  return room / MAX (weights, 1);
}

/* In a low place the least important leave first, until the words have room. */
static void
choose_rows (WordsLayout *build)
{
  double scale = ui_words_view_get_scale (build->input->view, build->layout->w);
  double least = scale >= UI_WORDS_MIN_TEXT ? 36 : 24; /* a tag and a value, or columns */
  double small = ui_measure_height (build->measure, UI_FONT_SMALL);

  if (body_room (build) < least)
    build->gauge_h = 0;
  if (body_room (build) < 24)
    build->has_ruler = FALSE;
  if (body_room (build) < 22)
    build->key_h = 0;
  if (body_room (build) < 14 && build->chips_h > CHIP_H + CHIP_GAP)
    build->chips_h = CHIP_H + CHIP_GAP;
  if (body_room (build) < BODY_MIN)
    build->chips_h = 0;
  if (body_room (build) < BODY_MIN)
    build->band_h = 6;
  if (body_room (build) < BODY_MIN)
    build->head_h = small;
  if (body_room (build) < BODY_MIN)
    build->has_overview = FALSE;
  build->body_h = floor (CLAMP (body_room (build), BODY_MIN, BODY_MAX));
}

/* --- lanes ------------------------------------------------------------------------- */

/* @name: NULL = the role's. */
static void
add_named_band (
  WordsLayout *build, UiWordsLane lane, UiWordsBand part, guint64 from, const char *name)
{
  UiRole       role = part.role;
  guint64      n_words = part.n_words;
  UiHeapWords *layout = build->layout;
  UiRect       band = words_layout_box (build, lane)->band;
  double       x0 = MAX (words_layout_px (build, lane, (double) from), layout->x);
  double       x1 =
    MIN (words_layout_px (build, lane, (double) from + (double) n_words), layout->x + layout->w);
  UiLabel *label = NULL;
  char     count[UI_NUMBER_SIZE];

  if (n_words == 0 || x1 <= x0)
    return;
  part.rect = (UiRect){ x0, band.y, x1 - x0, band.h };
  if (build->input->words == NULL) /* nothing is told of what lies there: its use is all */
    part.rect.h += words_layout_box (build, lane)->body.h;
  g_array_append_val (layout->bands, part);
  if (band.h < ui_measure_height (build->measure, UI_FONT_SMALL))
    return;

  UiRect           place = ui_rect_inset ((UiRect){ x0, band.y, x1 - x0, band.h }, 4, 0, 4, 0);
  g_autofree char *text = g_strdup_printf ("%s %s", name, ui_number_count (n_words, count));

  label = ui_labels_add_whole (&layout->labels, build->measure, place, UI_FONT_SMALL, 0.5, text);
  if (label == NULL)
    label = ui_labels_add_whole (&layout->labels, build->measure, place, UI_FONT_SMALL, 0.5, count);
  if (label != NULL)
    {
      label->tone = UI_TONE_ON_ROLE;
      label->on = role;
    }
}

static void
add_band (WordsLayout *build, UiWordsLane lane, UiRole role, guint64 from, guint64 n_words)
{
  const char *name = role == UI_ROLE_SURVIVED ? _ ("survived")
                     : role == UI_ROLE_FRESH  ? _ ("fresh")
                     : role == UI_ROLE_FREE   ? _ ("free")
                     : role == UI_ROLE_STACK  ? _ ("stack")
                     : role == UI_ROLE_OLD    ? _ ("old")
                                              : _ ("fragments and messages");

  add_named_band (build, lane, (UiWordsBand){ .role = role, .n_words = n_words }, from, name);
}

static guint64
lane_used (const VmHeapSizes *sizes, UiWordsLane lane, guint64 block)
{
  return lane == UI_WORDS_YOUNG ? sizes->young_used + sizes->stack_used
         : lane == UI_WORDS_OLD ? sizes->old_used
                                : block;
}

static char *
format_value (const WordsLayout *build, UiWordsLane lane)
{
  const UiWordsView *view = build->input->view;
  guint64            block = view->blocks[lane];
  double             width = build->layout->w;
  char               a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE], d[UI_NUMBER_SIZE];
  double             from = MAX (0, floor (view->from[lane]));
  double             last = ceil (ui_words_view_to_word (view, lane, width, width));
  double             to = MIN (last, (double) block);

  if (block == 0)
    return g_strdup (_ ("none yet"));
  ui_number_count (lane_used (build->input->sizes, lane, block), a);
  ui_number_count (block, b);
  if (!ui_words_view_is_whole (view, width) && to > from && to - from < (double) block)
    /* Translators: which words are in sight; then used of all */
    return g_strdup_printf (_ ("words %s to %s in sight · %s of %s used"),
                            ui_number_count ((guint64) from, c),
                            ui_number_count ((guint64) to - 1, d), a, b);
  if (lane == UI_WORDS_FRAGMENT)
    return g_strdup_printf (_ ("%s words · %s"), b, ui_number_bytes (block * 8, c));
  return g_strdup_printf (_ ("%s of %s words used · %s"), a, b, ui_number_bytes (block * 8, c));
}

static void
add_head (WordsLayout *build, UiWordsLane lane)
{
  static const char *const names[] = { N_ ("Young heap and stack"), N_ ("Old heap"),
                                       N_ ("Fragments and messages") };
  UiRect                   area = build->layout->area;
  UiRect                   place = { area.x, build->y, area.w, build->head_h };
  g_autofree char         *value = format_value (build, lane);
  UiLabel                 *label =
    add_label (build, place, UI_FONT_BOLD, UI_TONE_NORMAL, 0, _ (names[lane]));

  words_layout_box (build, lane)->head = place;
  if (label != NULL)
    place = ui_rect_inset (place, label->rect.w + 16, 0, 0, 0);
  add_label (build, place, UI_FONT_SMALL, UI_TONE_DIM, 1, value);
  build->y += build->head_h + HEAD_GAP;
}

static void
add_young_bands (WordsLayout *build)
{
  const VmHeapSizes *sizes = build->input->sizes;
  guint64            survived = MIN (sizes->high_water, sizes->young_used);
  guint64            stack = sizes->young_block - MIN (sizes->stack_used, sizes->young_block);
  UiWordsLaneBox    *box = words_layout_box (build, UI_WORDS_YOUNG);
  double             x = words_layout_px (build, UI_WORDS_YOUNG, (double) survived);

  add_band (build, UI_WORDS_YOUNG, UI_ROLE_SURVIVED, 0, survived);
  add_band (build, UI_WORDS_YOUNG, UI_ROLE_FRESH, survived, sizes->young_used - survived);
  add_band (build, UI_WORDS_YOUNG, UI_ROLE_FREE, sizes->young_used,
            stack - MIN (stack, sizes->young_used));
  add_band (build, UI_WORDS_YOUNG, UI_ROLE_STACK, stack, sizes->stack_used);
  box->high_water_x =
    survived > 0 && x >= build->layout->x && x <= build->layout->x + build->layout->w ? x : -1;
}

static void
add_fragment_bands (WordsLayout *build)
{
  const VmWords *words = build->input->words;
  guint64        told = 0;

  for (guint i = 0; words != NULL && i < words->n_fragments; i++)
    {
      const VmFragment *fragment = &words->fragments[i];
      g_autofree char  *name = !fragment->is_message    ? g_strdup (_ ("fragment"))
                               : fragment->message == 0 ? g_strdup (_ ("received"))
                                                        : g_strdup_printf (_ ("message %u:"),
                                                                           fragment->message);

      if (fragment->offset > told)
        add_band (build, UI_WORDS_FRAGMENT, UI_ROLE_FRAGMENT, told, fragment->offset - told);
      add_named_band (build, UI_WORDS_FRAGMENT,
                      (UiWordsBand){ .role = UI_ROLE_FRAGMENT, .n_words = fragment->n_words },
                      fragment->offset, name);
      told = fragment->offset + fragment->n_words;
    }
  if (told < build->input->view->blocks[UI_WORDS_FRAGMENT])
    add_band (build, UI_WORDS_FRAGMENT, UI_ROLE_FRAGMENT, told,
              build->input->view->blocks[UI_WORDS_FRAGMENT] - told);
}

static void
add_bands (WordsLayout *build, UiWordsLane lane)
{
  const VmHeapSizes *sizes = build->input->sizes;

  if (lane == UI_WORDS_YOUNG)
    add_young_bands (build);
  else if (lane == UI_WORDS_FRAGMENT)
    add_fragment_bands (build);
  else
    {
      add_band (build, lane, UI_ROLE_OLD, 0, sizes->old_used);
      add_band (build, lane, UI_ROLE_FREE, sizes->old_used,
                sizes->old_block - MIN (sizes->old_block, sizes->old_used));
    }
}

/* Where one is: the whole block, what is used of it, and what is in sight. */
static void
add_overview (WordsLayout *build, UiWordsLane lane)
{
  const UiWordsView *view = build->input->view;
  UiHeapWords       *layout = build->layout;
  UiWordsLaneBox    *box = words_layout_box (build, lane);
  double             block = (double) view->blocks[lane];
  double             scale = layout->w / MAX (block, 1);
  double             shown = layout->w / ui_words_view_get_scale (view, layout->w);
  double             used = (double) (lane == UI_WORDS_YOUNG ? build->input->sizes->young_used
                                      : lane == UI_WORDS_OLD ? build->input->sizes->old_used
                                                             : view->blocks[lane]);
  double             x0 = layout->x + MAX (view->from[lane], 0) * scale;
  double             x1 = layout->x + MIN (view->from[lane] + shown, block) * scale;

  if (!build->has_overview)
    return;
  build->y += 2;
  if (!ui_words_view_is_whole (view, layout->w) && block > 0 && shown < block)
    {
      box->overview = (UiRect){ layout->x, build->y, layout->w, OVERVIEW_H };
      box->overview_used = (UiRect){ layout->x, build->y, used * scale, OVERVIEW_H };
      box->overview_window = (UiRect){ x0, build->y, MAX (x1 - x0, 3), OVERVIEW_H };
      box->overview_role = lane == UI_WORDS_YOUNG ? UI_ROLE_FRESH
                           : lane == UI_WORDS_OLD ? UI_ROLE_OLD
                                                  : UI_ROLE_FRAGMENT;
    }
  build->y += OVERVIEW_H;
}

static void
add_lane (WordsLayout *build, UiWordsLane lane)
{
  UiHeapWords       *layout = build->layout;
  UiWordsLaneBox    *box = words_layout_box (build, lane);
  const UiWordsView *view = build->input->view;
  double             x0 = MAX (words_layout_px (build, lane, 0), layout->x);
  double             x1 = MIN (words_layout_px (build, lane, (double) view->blocks[lane]),
                               layout->x + layout->w);
  double             to = MIN (ui_words_view_to_word (view, lane, layout->w, layout->w),
                               (double) view->blocks[lane]);
  double             body_h;
  UiAxis             axis = { view->from[lane], to, layout->x, words_layout_px (build, lane, to) };

  box->is_shown = TRUE;
  box->high_water_x = -1;
  add_head (build, lane);
  if (view->blocks[lane] == 0)
    {
      box->body = (UiRect){ layout->x, build->y, layout->w, EMPTY_H };
      ui_ruler_init_count (&box->ruler, box->body, &(UiAxis){ 0 }, FALSE, build->measure);
      build->y += EMPTY_H + LANE_GAP;
      return;
    }
  body_h = floor (build->body_h * get_weight (build, lane));
  box->band = (UiRect){ layout->x, build->y, layout->w, build->band_h };
  box->body = (UiRect){ layout->x, build->y + build->band_h, layout->w, body_h };
  if (x1 > x0)
    box->block = (UiRect){ x0, build->y, x1 - x0, build->band_h + body_h };
  add_bands (build, lane);
  words_layout_add_contents (build, lane);
  build->y += build->band_h + body_h;
  ui_ruler_init_count (&box->ruler, (UiRect){ layout->x, build->y, layout->w, RULER_H },
                       build->has_ruler && to > view->from[lane] ? &axis : &(UiAxis){ 0 }, FALSE,
                       build->measure);
  build->y += build->has_ruler ? RULER_H : 0;
  add_overview (build, lane);
  build->y += LANE_GAP;
}

/* --- the roots --------------------------------------------------------------------- */

static const char *
root_group (VmRootKind kind)
{
  switch (kind)
    {
    case VM_ROOT_REGISTER:
      return _ ("Registers");
    case VM_ROOT_STACK:
      return _ ("Stack");
    case VM_ROOT_DICTIONARY:
      return _ ("Dictionary");
    case VM_ROOT_MESSAGE:
    case VM_N_ROOT_KINDS:
    default:
      return _ ("Mailbox");
    }
}

static const char *
root_short_name (const VmRoot *root, char buffer[UI_NUMBER_SIZE])
{
  if (root->kind != VM_ROOT_MESSAGE)
    return root->name;
  g_snprintf (buffer, UI_NUMBER_SIZE, "%u", root->index);
  return buffer;
}

/* Immediates begin nothing: they have no place to show. */
static gboolean
is_worth_a_chip (const VmRoot *root)
{
  return root->area != VM_AREA_NONE;
}

static void
add_rest (WordsLayout *build, double x, double line_y, guint n_left, guint n_leading)
{
  UiRect           area = build->layout->area;
  g_autofree char *text = n_leading > 0 ? g_strdup_printf (_ ("+%u, %u lit"), n_left, n_leading)
                                        : g_strdup_printf ("+%u", n_left);

  add_label (build, (UiRect){ x, line_y, area.x + area.w - x, CHIP_H }, UI_FONT_SMALL,
             n_leading > 0 ? UI_TONE_ACCENT : UI_TONE_DIM, 0, text);
}

static void
add_chip (WordsLayout *build, UiRect rect, const VmRoot *root, const char *text)
{
  UiWordsChip chip = { rect, root };
  UiLabel    *label = add_label (build, ui_rect_inset (rect, 6, 0, 6, 0), UI_FONT_SMALL,
                                 UI_TONE_NORMAL, 0, text);

  if (label != NULL && root->is_leading)
    {
      label->tone = UI_TONE_ON_ROLE;
      label->on = UI_ROLE_NONE; /* the accent */
    }
  g_array_append_val (build->layout->chips, chip);
}

/* Chips in lines, like words; in the last line room is kept to say how many more. */
static void
add_chips (WordsLayout *build)
{
  const VmWords *words = build->input->words;
  UiRect         area = build->layout->area;
  guint          lines = (guint) (build->chips_h / (CHIP_H + CHIP_GAP)), line = 0;
  double         x = area.x;
  int            group = -1;

  if (lines == 0)
    return;
  for (guint i = 0; words != NULL && i < words->n_roots; i++)
    {
      const VmRoot    *root = &words->roots[i];
      char             number[UI_NUMBER_SIZE];
      const char      *heading = (int) root->kind != group ? root_group (root->kind) : NULL;
      g_autofree char *text =
        g_strdup_printf ("%s  %s", root_short_name (root, number), root->text);
      double heading_w =
        heading != NULL ? ui_measure_width (build->measure, UI_FONT_SMALL, heading) + 14 : 0;
      double w =
        CLAMP (ui_measure_width (build->measure, UI_FONT_SMALL, text) + 12.5, CHIP_MIN, CHIP_MAX);
      double keep = line + 1 == lines ? 70 : 0;

      if (!is_worth_a_chip (root))
        continue;
      if (x > area.x && x + heading_w + w > area.x + area.w - keep)
        {
          if (line + 1 == lines)
            {
              guint n_left = 0, n_leading = 0;

              for (; i < words->n_roots; i++)
                {
                  n_left += is_worth_a_chip (&words->roots[i]);
                  n_leading += is_worth_a_chip (&words->roots[i]) && words->roots[i].is_leading;
                }
              add_rest (build, x + 4, build->y + line * (CHIP_H + CHIP_GAP), n_left, n_leading);
              break;
            }
          line++;
          x = area.x;
        }
      if (heading != NULL)
        {
          x += x > area.x ? 8 : 0;
          add_label (build, (UiRect){ x, build->y + line * (CHIP_H + CHIP_GAP), heading_w, CHIP_H },
                     UI_FONT_SMALL, UI_TONE_DIM, 0, heading);
          x += heading_w - 6;
          group = (int) root->kind;
        }
      w = MIN (w, area.x + area.w - x);
      add_chip (build, (UiRect){ x, build->y + line * (CHIP_H + CHIP_GAP), w, CHIP_H }, root, text);
      x += w + CHIP_GAP;
    }
  build->y += build->chips_h;
}

/* --- the rest ---------------------------------------------------------------------- */

static void
add_gauge (WordsLayout *build)
{
  const VmHeapSizes *sizes = build->input->sizes;
  UiHeapWords       *layout = build->layout;
  UiRect             place = { layout->area.x, build->y, layout->area.w, build->head_h };
  double             full = (double) MAX (sizes->vheap_block, MAX (sizes->vheap_used, 1));
  char               a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE];
  UiLabel           *label;
  g_autofree char   *value = NULL;

  if (build->gauge_h <= 0)
    return;
  /* Translators: of the virtual binary heap, used and limit; bytes of binaries */
  value = g_strdup_printf (_ ("own scale · %s of %s virtual words · %s off heap"),
                           ui_number_count (sizes->vheap_used, a),
                           ui_number_count (sizes->vheap_block, b),
                           ui_number_bytes (sizes->offheap_bytes, c));
  label = add_label (build, place, UI_FONT_BOLD, UI_TONE_NORMAL, 0, _ ("Binaries"));
  if (label != NULL)
    place = ui_rect_inset (place, label->rect.w + 16, 0, 0, 0);
  add_label (build, place, UI_FONT_SMALL, UI_TONE_DIM, 1, value);
  build->y += build->head_h + HEAD_GAP;
  layout->gauge = (UiRect){ layout->x, build->y, layout->w, GAUGE_H };
  layout->gauge_used =
    (UiRect){ layout->x, build->y, layout->w * (double) sizes->vheap_used / full, GAUGE_H };
  build->y += GAUGE_H + LANE_GAP;
}

/* The kinds that are to be seen, in the table's order. */
static void
add_keys (WordsLayout *build)
{
  UiHeapWords *layout = build->layout;
  gboolean     seen[VM_N_OBJECT_KINDS] = { FALSE };
  double       x = layout->area.x, small = ui_measure_height (build->measure, UI_FONT_SMALL);

  for (guint i = 0; i < layout->columns->len; i++)
    seen[g_array_index (layout->columns, UiWordsColumn, i).kind] = TRUE;
  for (guint i = 0; i < layout->cells->len; i++)
    seen[g_array_index (layout->cells, UiWordsCell, i).kind] = TRUE;
  for (guint k = VM_OBJECT_HOLE; k < VM_N_OBJECT_KINDS && build->key_h > 0; k++)
    {
      const char *name = vm_object_kind_to_string ((VmObjectKind) k);
      double      w = ui_measure_width (build->measure, UI_FONT_SMALL, name);
      UiWordsKey  key = { (VmObjectKind) k, { x, build->y + (small - 10) / 2, 10, 10 } };

      if (!seen[k] || x + 15 + w > layout->area.x + layout->area.w)
        continue;
      g_array_append_val (layout->keys, key);
      add_label (build, (UiRect){ x + 15, build->y, w + 0.5, small }, UI_FONT_SMALL, UI_TONE_NORMAL,
                 0, name);
      x += 15 + w + 14;
    }
  if (build->key_h > 0 && build->input->sizes->high_water > 0)
    {
      char             count[UI_NUMBER_SIZE];
      g_autofree char *text = g_strdup_printf (
        _ ("▾ high-water mark at %s"), ui_number_count (build->input->sizes->high_water, count));

      ui_labels_add_whole (&layout->labels, build->measure,
                           (UiRect){ x, build->y, layout->area.x + layout->area.w - x, small },
                           UI_FONT_SMALL, 0, text);
    }
  build->y += build->key_h;
}

static guint
chip_lines (const WordsLayout *build)
{
  const VmWords *words = build->input->words;
  guint          n = 0;

  for (guint i = 0; words != NULL && i < words->n_roots; i++)
    n += is_worth_a_chip (&words->roots[i]);
  return n == 0 ? 0 : build->layout->area.h > 380 && n > 5 ? 2
                                                           : 1;
}

UiHeapWords *
ui_heap_words_new (const UiHeapWordsInput *input, UiRect area, const UiMeasure *measure)
{
  UiHeapWords *layout = g_new0 (UiHeapWords, 1);
  WordsLayout  build = { .layout = layout, .input = input, .measure = measure, .y = area.y };
  double       small = ui_measure_height (measure, UI_FONT_SMALL);

  layout->area = area;
  layout->has_chosen = input->words != NULL && input->words->chosen.is_known;
  layout->x = area.x + 1;
  layout->w = MAX (area.w - 2, 1);
  layout->bands = g_array_new (FALSE, FALSE, sizeof (UiWordsBand));
  layout->columns = g_array_new (FALSE, FALSE, sizeof (UiWordsColumn));
  layout->cells = g_array_new (FALSE, FALSE, sizeof (UiWordsCell));
  layout->brackets = g_array_new (FALSE, FALSE, sizeof (UiWordsBracket));
  layout->chips = g_array_new (FALSE, FALSE, sizeof (UiWordsChip));
  layout->arrows = g_array_new (FALSE, FALSE, sizeof (UiWordsArrow));
  layout->keys = g_array_new (FALSE, FALSE, sizeof (UiWordsKey));
  ui_labels_init (&layout->labels);
  ui_labels_init (&layout->cell_labels);

  build.head_h = ui_measure_height (measure, UI_FONT_BOLD);
  build.band_h = BAND_H;
  build.chips_h = chip_lines (&build) * (CHIP_H + CHIP_GAP) + (chip_lines (&build) > 0 ? 4 : 0);
  build.key_h = small + 2;
  build.gauge_h = input->sizes->vheap_block > 0 ? build.head_h + HEAD_GAP + GAUGE_H + LANE_GAP : 0;
  build.has_ruler = TRUE;
  build.has_overview = TRUE;
  build.has_fragments = input->view->blocks[UI_WORDS_FRAGMENT] > 0;
  choose_rows (&build);
  add_chips (&build);
  add_lane (&build, UI_WORDS_YOUNG);
  add_lane (&build, UI_WORDS_OLD);
  if (build.has_fragments)
    add_lane (&build, UI_WORDS_FRAGMENT);
  add_gauge (&build);
  add_keys (&build);
  words_layout_add_marks (&build);
  return layout;
}

void
ui_heap_words_free (UiHeapWords *layout)
{
  if (layout == NULL)
    return;
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    if (layout->lanes[i].is_shown)
      ui_ruler_clear (&layout->lanes[i].ruler);
  g_array_unref (layout->bands);
  g_array_unref (layout->columns);
  g_array_unref (layout->cells);
  g_array_unref (layout->brackets);
  g_array_unref (layout->chips);
  g_array_unref (layout->arrows);
  g_array_unref (layout->keys);
  ui_labels_clear (&layout->labels);
  ui_labels_clear (&layout->cell_labels);
  g_free (layout);
}

gboolean
ui_heap_words_hit (
  const UiHeapWords *layout, const UiHeapWordsInput *input, double x, double y, UiWordsHit *hit)
{
  *hit = (UiWordsHit){ .lane = UI_WORDS_YOUNG };
  for (guint i = 0; i < layout->chips->len; i++)
    {
      const UiWordsChip *chip = &g_array_index (layout->chips, UiWordsChip, i);

      if (ui_rect_contains (&chip->rect, x, y))
        {
          hit->root = chip->root;
          return TRUE;
        }
    }
  for (guint i = 0; i < UI_N_WORDS_LANES; i++)
    {
      const UiWordsLaneBox *box = &layout->lanes[i];
      UiRect                window = box->overview;
      double                word = floor (ui_words_view_to_word (
                       input->view, (UiWordsLane) i, x - layout->x, layout->w));

      hit->lane = (UiWordsLane) i;
      window.y -= 3;
      window.h += 6;
      if (box->is_shown && box->overview.w > 0 && ui_rect_contains (&window, x, y))
        {
          hit->is_overview = TRUE;
          hit->overview_word = (x - layout->x) / layout->w * (double) input->view->blocks[i];
          return TRUE;
        }
      if (!box->is_shown || !ui_rect_contains (&box->block, x, y) || word < 0 ||
          word >= (double) input->view->blocks[i])
        continue;
      hit->offset = (guint64) word;
      return TRUE;
    }
  return FALSE;
}
