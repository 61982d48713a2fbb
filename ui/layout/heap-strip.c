/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/heap-strip.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define BAR_MAX    46.0
#define BAR_MIN    10.0
#define HEADER_GAP 3.0
#define ROW_GAP    8.0
#define RULER_H    20.0
#define N_LEGEND   7

typedef struct
{
  UiHeapStrip       *strip;
  const VmHeapSizes *sizes;
  const UiMeasure   *measure;
  double             bar_h;
  double             flag_h; /* of the high-water mark's line */
  double             header_h;
  double             y;
  gboolean           has_fragments;
  gboolean           has_binaries;
  gboolean           has_ruler;
  double             legend_h;
} Build;

static guint
count_rows (const VmHeapSizes *sizes)
{
  return 2 + (sizes->fragments > 0) + (sizes->vheap_block > 0);
}

static guint64
get_fresh (const VmHeapSizes *sizes)
{
  return sizes->young_used - MIN (sizes->high_water, sizes->young_used);
}

static guint64
get_free (const VmHeapSizes *sizes)
{
  guint64 used = sizes->young_used + sizes->stack_used;

  return sizes->young_block > used ? sizes->young_block - used : 0;
}

static guint
make_legend (const VmHeapSizes *sizes, UiLegendEntry entries[N_LEGEND], char texts[N_LEGEND][96])
{
  const struct
  {
    UiRole      role;
    const char *name;
    guint64     words;
    gboolean    is_always;
  } rows[N_LEGEND] = {
    { UI_ROLE_SURVIVED, _ ("survived a collection"), MIN (sizes->high_water, sizes->young_used),
      TRUE },
    { UI_ROLE_FRESH, _ ("fresh"), get_fresh (sizes), TRUE },
    { UI_ROLE_FREE, _ ("free"), get_free (sizes), TRUE },
    { UI_ROLE_STACK, _ ("stack"), sizes->stack_used, TRUE },
    { UI_ROLE_OLD, _ ("old"), sizes->old_used, TRUE },
    { UI_ROLE_FRAGMENT, _ ("fragments"), sizes->fragments, FALSE },
    { UI_ROLE_BINARY, _ ("binaries"), sizes->vheap_used + sizes->old_vheap_used, FALSE },
  };
  guint n = 0;

  for (guint i = 0; i < N_LEGEND; i++)
    {
      char count[UI_NUMBER_SIZE];

      if (!rows[i].is_always && rows[i].words == 0)
        continue;
      g_snprintf (texts[n], 96, "%s %s", rows[i].name, ui_number_count (rows[i].words, count));
      entries[n].role = rows[i].role;
      entries[n].text = texts[n];
      n++;
    }
  return n;
}

double
ui_heap_strip_get_height (const VmHeapSizes *sizes, double width, const UiMeasure *measure)
{
  UiLegendEntry entries[N_LEGEND];
  char          texts[N_LEGEND][96];
  guint         n = make_legend (sizes, entries, texts);
  double        header = ui_measure_height (measure, UI_FONT_BOLD) + HEADER_GAP;

  return count_rows (sizes) * (header + 28 + ROW_GAP) + ui_measure_height (measure, UI_FONT_SMALL) +
         RULER_H + 8 + ui_legend_get_height (entries, n, width, measure);
}

void
ui_heap_split (
  const VmHeapSizes *sizes, UiRect area, const UiMeasure *measure, UiRect *strip, UiRect *history)
{
  double wanted = ui_heap_strip_get_height (sizes, area.w, measure);
  double gap = area.h > 400 ? 20 : 12;
  double h = MIN (wanted, (area.h - gap) * (area.h > 480 ? 0.5 : area.h > 320 ? 0.54
                                                                              : 0.48));

  if (area.h < 220)
    h = area.h - gap;
  *strip = (UiRect){ area.x, area.y, area.w, h };
  *history = (UiRect){ area.x, area.y + h + gap, area.w, area.h - h - gap };
}

static void
add_part (Build *build, UiRole role, double x, double w, guint64 words)
{
  UiHeapPart       part = { role, { x, build->y, w, build->bar_h }, words };
  char             count[UI_NUMBER_SIZE];
  g_autofree char *text = NULL;

  if (words == 0)
    return;
  g_array_append_val (build->strip->parts, part);

  const char *name = role == UI_ROLE_SURVIVED ? _ ("survived")
                     : role == UI_ROLE_FRESH  ? _ ("fresh")
                     : role == UI_ROLE_FREE   ? _ ("free")
                     : role == UI_ROLE_STACK  ? _ ("stack")
                     : role == UI_ROLE_OLD    ? _ ("old")
                                              : NULL;

  if (build->bar_h < ui_measure_height (build->measure, UI_FONT_SMALL) + 4)
    return;

  UiRect   place = ui_rect_inset (part.rect, 5, 0, 5, 0);
  UiLabel *label = NULL;

  ui_number_count (words, count);
  if (name != NULL)
    {
      text = g_strdup_printf ("%s %s", name, count);
      label = ui_labels_add_whole (&build->strip->labels, build->measure, place, UI_FONT_SMALL, 0.5,
                                   text);
    }
  if (label == NULL)
    label =
      ui_labels_add_whole (&build->strip->labels, build->measure, place, UI_FONT_SMALL, 0.5, count);
  if (label != NULL)
    {
      label->tone = UI_TONE_ON_ROLE;
      label->on = role;
    }
}

static void
add_header (Build *build, const char *name, const char *value)
{
  UiLabels *labels = &build->strip->labels;
  UiRect    line = { build->strip->area.x, build->y, build->strip->area.w, build->header_h };
  UiLabel  *label = ui_labels_add (labels, build->measure, line, UI_FONT_BOLD, 0, name);

  if (label != NULL)
    line = ui_rect_inset (line, label->rect.w + 16, 0, 0, 0);
  label = ui_labels_add (labels, build->measure, line, UI_FONT_SMALL, 1, value);
  if (label != NULL)
    label->tone = UI_TONE_DIM;
  build->y += build->header_h + HEADER_GAP;
}

static char *
format_used (guint64 used, guint64 block)
{
  char a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE];

  /* Translators: used words, words of the block, and the block in bytes */
  return g_strdup_printf (_ ("%s of %s words used · %s"), ui_number_count (used, a),
                          ui_number_count (block, b), ui_number_bytes (block * 8, c));
}

static void
add_high_water (Build *build)
{
  UiHeapStrip     *strip = build->strip;
  UiRect           area = strip->area;
  char             count[UI_NUMBER_SIZE];
  g_autofree char *text = NULL;

  if (build->sizes->high_water == 0 || build->sizes->young_block == 0)
    return;
  strip->has_high_water = TRUE;
  strip->high_water_x = ui_axis_to_px (&strip->scale, build->sizes->high_water);
  if (build->flag_h <= 0)
    return;
  text = g_strdup_printf (_ ("high-water mark at %s"),
                          ui_number_count (build->sizes->high_water, count));

  double w = ui_measure_width (build->measure, UI_FONT_SMALL, text);
  double x = strip->high_water_x + 8;

  if (x + w > area.x + area.w)
    x = MAX (area.x, strip->high_water_x - 8 - w);
  w = MIN (w, area.x + area.w - x);
  ui_labels_add (&strip->labels, build->measure, (UiRect){ x, build->y, w + 0.01, build->flag_h },
                 UI_FONT_SMALL, 0, text);
}

static void
add_young (Build *build)
{
  const VmHeapSizes *sizes = build->sizes;
  const UiAxis      *scale = &build->strip->scale;
  guint64            survived = MIN (sizes->high_water, sizes->young_used);
  double             x0 = scale->px_from;
  double             x_survived = ui_axis_to_px (scale, survived);
  double             x_used = ui_axis_to_px (scale, sizes->young_used);
  double             x_end = ui_axis_to_px (scale, sizes->young_block);
  double             stack_from = MAX (0, (double) sizes->young_block - sizes->stack_used);
  double             x_stack = ui_axis_to_px (scale, stack_from);
  g_autofree char   *value = format_used (sizes->young_used + sizes->stack_used,
                                          sizes->young_block);

  add_header (build, _ ("Young heap and stack"), value);
  build->strip->blocks[UI_HEAP_YOUNG] = (UiRect){ x0, build->y, x_end - x0, build->bar_h };
  add_part (build, UI_ROLE_SURVIVED, x0, x_survived - x0, survived);
  add_part (build, UI_ROLE_FRESH, x_survived, x_used - x_survived, get_fresh (sizes));
  add_part (build, UI_ROLE_FREE, x_used, MAX (0, x_stack - x_used), get_free (sizes));
  add_part (build, UI_ROLE_STACK, x_stack, x_end - x_stack, sizes->stack_used);
  build->y += build->bar_h;
  add_high_water (build);
  build->y += build->flag_h + ROW_GAP;
}

static void
add_old (Build *build)
{
  const VmHeapSizes *sizes = build->sizes;
  const UiAxis      *scale = &build->strip->scale;
  double             x0 = scale->px_from;
  double             x_used = ui_axis_to_px (scale, sizes->old_used);
  double             x_end = ui_axis_to_px (scale, sizes->old_block);
  g_autofree char   *value = NULL;

  value = sizes->old_block == 0 ? g_strdup (_ ("none yet"))
                                : format_used (sizes->old_used, sizes->old_block);
  add_header (build, _ ("Old heap"), value);
  build->strip->blocks[UI_HEAP_OLD] = (UiRect){ x0, build->y, x_end - x0, build->bar_h };
  add_part (build, UI_ROLE_OLD, x0, x_used - x0, sizes->old_used);
  add_part (build, UI_ROLE_FREE, x_used, x_end - x_used,
            sizes->old_block > sizes->old_used ? sizes->old_block - sizes->old_used : 0);
  build->y += build->bar_h + ROW_GAP;
}

static void
add_fragments (Build *build)
{
  const UiAxis *scale = &build->strip->scale;
  double        x0 = scale->px_from;
  double        w = ui_axis_to_px (scale, build->sizes->fragments) - x0;
  char          text[UI_NUMBER_SIZE];

  if (!build->has_fragments)
    return;
  add_header (build, _ ("Fragments"), ui_number_words (build->sizes->fragments, text));
  build->strip->blocks[UI_HEAP_FRAGMENTS] = (UiRect){ x0, build->y, w, build->bar_h };
  add_part (build, UI_ROLE_FRAGMENT, x0, w, build->sizes->fragments);
  build->y += build->bar_h + ROW_GAP;
}

static void
add_binaries (Build *build, double width)
{
  const VmHeapSizes *sizes = build->sizes;
  double             x0 = build->strip->scale.px_from;
  double             full = MAX (sizes->vheap_block, sizes->vheap_used);
  double             w = full > 0 ? width * sizes->vheap_used / full : 0;
  char               a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE];
  g_autofree char   *value = NULL;

  if (!build->has_binaries)
    return;
  value = g_strdup_printf (
    _ ("own scale · %s of %s virtual words · %s off heap"), ui_number_count (sizes->vheap_used, a),
    ui_number_count (sizes->vheap_block, b), ui_number_bytes (sizes->offheap_bytes, c));
  add_header (build, _ ("Binaries"), value);
  build->bar_h = MIN (build->bar_h, 12);
  build->strip->blocks[UI_HEAP_BINARIES] = (UiRect){ x0, build->y, width, build->bar_h };
  add_part (build, UI_ROLE_BINARY, x0, w, sizes->vheap_used);
  build->y += build->bar_h + ROW_GAP;
}

static double
get_bar_room (const Build *build, double height)
{
  guint  rows = 2 + build->has_fragments;
  double row = build->header_h + HEADER_GAP + ROW_GAP;
  double left = height - build->legend_h - build->flag_h - (build->has_ruler ? RULER_H : 4) -
                rows * row - (build->has_binaries ? row + 12 : 0);

  return left / rows;
}

/* In a low place the least important leave first, until the bars have room. */
static void
choose_rows (Build *build, double height)
{
  if (get_bar_room (build, height) < 16)
    build->has_binaries = FALSE;
  if (get_bar_room (build, height) < 16)
    build->legend_h = 0; /* half a legend would mislead */
  if (get_bar_room (build, height) < BAR_MIN)
    build->has_ruler = FALSE;
  if (get_bar_room (build, height) < BAR_MIN)
    build->has_fragments = FALSE;
  build->bar_h = floor (CLAMP (get_bar_room (build, height), BAR_MIN, BAR_MAX));
}

static double
measure_legend (const VmHeapSizes *sizes, double width, const UiMeasure *measure)
{
  UiLegendEntry entries[N_LEGEND];
  char          texts[N_LEGEND][96];

  return ui_legend_get_height (entries, make_legend (sizes, entries, texts), width, measure);
}

static double
get_longest (const VmHeapSizes *sizes)
{
  return (double) MAX (MAX (sizes->young_block, sizes->old_block), MAX (sizes->fragments, 1));
}

UiHeapStrip *
ui_heap_strip_new (const VmHeapSizes *sizes, UiRect area, const UiMeasure *measure)
{
  return ui_heap_strip_new_like (sizes, sizes, area, measure);
}

UiHeapStrip *
ui_heap_strip_new_like (const VmHeapSizes *sizes,
                        const VmHeapSizes *like,
                        UiRect             area,
                        const UiMeasure   *measure)
{
  UiHeapStrip  *strip = g_new0 (UiHeapStrip, 1);
  UiLegendEntry entries[N_LEGEND];
  char          texts[N_LEGEND][96];
  guint         n_entries = make_legend (sizes, entries, texts);
  double        words = MAX (get_longest (sizes), get_longest (like));
  double        small = ui_measure_height (measure, UI_FONT_SMALL);
  double        legend_h =
    MAX (measure_legend (sizes, area.w, measure), measure_legend (like, area.w, measure));
  Build build = { .strip = strip, .sizes = sizes, .measure = measure, .y = area.y };

  strip->area = area;
  strip->scale = (UiAxis){ 0, words, area.x + 1, area.x + MAX (2, area.w - 1) };
  strip->parts = g_array_new (FALSE, FALSE, sizeof (UiHeapPart));
  ui_labels_init (&strip->labels);

  build.header_h = ui_measure_height (measure, UI_FONT_BOLD);
  build.flag_h = small + 2;
  build.has_fragments = sizes->fragments > 0 || like->fragments > 0;
  build.has_binaries = sizes->vheap_block > 0 || like->vheap_block > 0;
  build.has_ruler = TRUE;
  build.legend_h = legend_h;
  choose_rows (&build, area.h);
  add_young (&build);
  add_old (&build);
  add_fragments (&build);
  build.y -= 4;
  ui_ruler_init_count (&strip->ruler, (UiRect){ area.x, build.y, area.w, RULER_H },
                       build.has_ruler ? &strip->scale : &(UiAxis){ 0 }, FALSE, measure);
  build.y += build.has_ruler ? RULER_H + 4 : 4;
  add_binaries (&build, area.w - 2);
  ui_legend_init (&strip->legend,
                  (UiRect){ area.x, build.y, area.w, MAX (0, area.y + area.h - build.y) }, entries,
                  build.legend_h > 0 ? n_entries : 0, measure);
  return strip;
}

void
ui_heap_strip_free (UiHeapStrip *strip)
{
  if (strip == NULL)
    return;
  g_array_unref (strip->parts);
  ui_ruler_clear (&strip->ruler);
  ui_legend_clear (&strip->legend);
  ui_labels_clear (&strip->labels);
  g_free (strip);
}

const UiHeapPart *
ui_heap_strip_hit (const UiHeapStrip *strip, double x, double y)
{
  for (guint i = 0; i < strip->parts->len; i++)
    {
      const UiHeapPart *part = &g_array_index (strip->parts, UiHeapPart, i);

      if (ui_rect_contains (&part->rect, x, y))
        return part;
    }
  return NULL;
}
