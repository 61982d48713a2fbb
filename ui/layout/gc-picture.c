/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/gc-picture.h"

#include "engine/vm-words.h"
#include "ui/layout/gc-panel.h"
#include "ui/layout/gc-walk-text.h"
#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define TEXT_W    66.0 /* a word's value, */
#define TEXT_MAX  96.0 /* wider where there is room */
#define TEXT_H    20.0
#define ROOT_W    132.0 /* a root's name and value, */
#define ROOT_MAX  220.0 /* wider where there is room */
#define ROOT_ROWS 3     /* of them at most; more are squares */
#define BAND_GAP  9.0
#define PANEL_GAP 20.0
#define PANEL_MAX 300.0
#define N_LEGEND  7
#define MAX_FOLD  (G_GUINT64_CONSTANT (1) << 32)

static const VmSpace band_order[] = { VM_SPACE_STACK, VM_SPACE_ROOT, VM_SPACE_YOUNG,
                                      VM_SPACE_FRAGMENT,
                                      VM_SPACE_MESSAGE, VM_SPACE_NEW, VM_SPACE_OLD };

typedef struct
{
  const UiGcReplay *replay;
  const UiMeasure  *measure;
  UiGcPicture      *picture;
  UiRect            memory;
  double            header_h;
  guint64           places[VM_N_SPACES]; /* words that get a place, free ones too */
  guint64           used[VM_N_SPACES];   /* words used at most in the whole walk */
  guint64           new_block;           /* words */
  gboolean          has_roots;
} Build;

/* --- how much there will be ------------------------------------------------------ */

static guint64
find_new_block (const VmGcWalk *walk)
{
  guint64 block = walk->spaces[VM_SPACE_NEW].block_after;

  for (guint i = 0; i < walk->n_actions; i++)
    if (walk->actions[i].kind == VM_GC_ACTION_MAKE_NEW)
      return MAX (block, walk->actions[i].words);
  return block;
}

static void
count_places (Build *build)
{
  const VmGcWalk *walk = build->replay->walk;

  build->new_block = walk->is_killed ? 0 : find_new_block (walk);
  for (guint i = 0; i < VM_N_SPACES; i++)
    {
      build->used[i] = walk->spaces[i].used_before;
      build->places[i] = MAX (walk->spaces[i].block_before, build->used[i]);
    }
  build->used[VM_SPACE_ROOT] = build->places[VM_SPACE_ROOT] = walk->n_roots;
  build->used[VM_SPACE_NEW] = walk->is_killed ? 0 : walk->spaces[VM_SPACE_NEW].used_after;
  build->places[VM_SPACE_NEW] = build->new_block;
  build->used[VM_SPACE_OLD] = MAX (build->used[VM_SPACE_OLD],
                                   walk->spaces[VM_SPACE_OLD].used_after);
  build->places[VM_SPACE_OLD] =
    MAX (build->places[VM_SPACE_OLD], walk->spaces[VM_SPACE_OLD].block_after);
  build->places[VM_SPACE_FRAGMENT] = build->used[VM_SPACE_FRAGMENT];
  build->places[VM_SPACE_MESSAGE] = build->used[VM_SPACE_MESSAGE];
}

/* --- one size of cells for all ------------------------------------------------------ */

typedef struct
{
  double   w, h;
  guint64  fold;
  gboolean has_text;
  gboolean collapses; /* free words are one cell */
} Grid;

static gboolean
is_roots (VmSpace space)
{
  return space == VM_SPACE_ROOT || space == VM_SPACE_STACK;
}

/* Few roots are always told by name. */
static Grid
get_grid (const Build *build, const Grid *grid, VmSpace space)
{
  Grid    roots = { ROOT_W, TEXT_H, 1, TRUE, FALSE };
  guint64 columns = (guint64) MAX (1, floor (build->memory.w / ROOT_W));
  guint64 n = build->places[space];

  if (!is_roots (space) || n > ROOT_ROWS * columns)
    return *grid;
  if (n > 0)
    roots.w = CLAMP (floor (build->memory.w / (double) n), ROOT_W, ROOT_MAX);
  return roots;
}

static guint
get_columns (const Build *build, const Grid *grid)
{
  return (guint) MAX (1, floor (build->memory.w / grid->w));
}

static guint64
get_cells (const Build *build, const Grid *grid, VmSpace space)
{
  guint64 n = build->places[space];

  if (is_roots (space) && !build->has_roots)
    return 0;
  if (grid->collapses && !is_roots (space))
    return MIN (n, build->used[space] + (build->places[space] > build->used[space]));
  return (n + grid->fold - 1) / grid->fold;
}

static double
get_height (const Build *build, const Grid *grid)
{
  double h = 0;

  for (guint i = 0; i < G_N_ELEMENTS (band_order); i++)
    {
      Grid    own = get_grid (build, grid, band_order[i]);
      guint64 columns = get_columns (build, &own), n = get_cells (build, &own, band_order[i]);

      if (n > 0)
        h += build->header_h + BAND_GAP + (double) ((n + columns - 1) / columns) * own.h;
    }
  return h;
}

static Grid
choose_grid (const Build *build)
{
  static const double sides[] = { 24, 20, 16, 13, 11, 9, 7, 6, 5 };
  Grid                grid = { TEXT_W, TEXT_H, 1, TRUE, FALSE };

  for (guint i = 0; i < 4; i++)
    {
      grid.w = i % 2 == 0 ? TEXT_MAX : TEXT_W;
      grid.collapses = i >= 2;
      if (get_height (build, &grid) <= build->memory.h)
        return grid;
    }
  grid.has_text = grid.collapses = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      grid.w = grid.h = sides[i];
      if (get_height (build, &grid) <= build->memory.h)
        return grid;
    }
  while (get_height (build, &grid) > build->memory.h && grid.fold < MAX_FOLD)
    grid.fold *= 2;
  return grid;
}

/* --- bands ---------------------------------------------------------------------------- */

static char *
format_band (const Build *build, VmSpace space)
{
  const UiGcReplaySpace *info = &build->replay->spaces[space];
  char                   a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE];

  ui_number_count (info->used, a);
  ui_number_count (info->block, b);
  switch (space)
    {
    case VM_SPACE_STACK:
      return g_strdup_printf (_ ("Roots on the stack: %s"), ui_number_words (info->used, b));
    case VM_SPACE_ROOT:
      return g_strdup_printf (_ ("Other roots: %s"), a);
    case VM_SPACE_YOUNG:
      return g_strdup_printf (info->is_gone ? _ ("Y  Young block, given up: %s of %s words used")
                                            : _ ("Y  Young block: %s of %s words used"),
                              a, b);
    case VM_SPACE_FRAGMENT:
      return g_strdup_printf (_ ("F  Heap fragments: %s"), ui_number_words (info->used, b));
    case VM_SPACE_MESSAGE:
      return g_strdup_printf (_ ("M  Queued messages in fragments: %s"),
                              ui_number_words (info->used, b));
    case VM_SPACE_NEW:
      return info->block == 0
               ? g_strdup (_ ("N  New block: not made yet"))
               : g_strdup_printf (_ ("N  New block: %s of %s words used"), a, b);
    default:
      return info->block == 0 ? g_strdup (_ ("O  Old block: none"))
             : info->is_gone
               ? g_strdup_printf (_ ("O  Old block, given up: %s of %s words used"), a, b)
               : g_strdup_printf (_ ("O  Old block: %s of %s words used"), a, b);
    }
}

static void
add_band (Build *build, const Grid *common, VmSpace space, double *y)
{
  const UiGcReplaySpace *info = &build->replay->spaces[space];
  Grid                   grid = get_grid (build, common, space);
  guint64                n = get_cells (build, &grid, space);
  guint                  columns = get_columns (build, &grid);
  UiGcBand               band = { .space = space, .columns = columns, .fold = grid.fold };
  g_autofree char       *header = NULL;
  UiRect                 line = { build->memory.x, *y, build->memory.w, build->header_h };

  if (n == 0)
    return;
  header = format_band (build, space);
  if (build->header_h > 0)
    ui_labels_add (&build->picture->labels, build->measure, line, UI_FONT_BOLD, 0, header);
  *y += build->header_h;
  band.has_text = grid.has_text;
  band.cell_w = grid.w;
  band.cell_h = grid.h;
  band.n_words = build->places[space];
  band.exists = info->block > 0;
  if (grid.collapses && band.n_words > build->used[space])
    {
      band.collapsed = band.n_words - build->used[space];
      band.n_words = build->used[space];
    }
  band.rect = (UiRect){ build->memory.x, *y, MIN (columns, n) * grid.w,
                        (double) ((n + columns - 1) / columns) * grid.h };
  g_array_append_val (build->picture->bands, band);
  *y += band.rect.h + BAND_GAP;
}

static UiRect
get_place (const UiGcBand *band, guint64 cell)
{
  return (UiRect){ band->rect.x + (double) (cell % band->columns) * band->cell_w,
                   band->rect.y + (double) (cell / band->columns) * band->cell_h, band->cell_w,
                   band->cell_h };
}

static const UiGcBand *
find_band (const UiGcPicture *picture, guint space)
{
  for (guint i = 0; i < picture->bands->len; i++)
    {
      const UiGcBand *band = &g_array_index (picture->bands, UiGcBand, i);

      if (band->space == (VmSpace) space)
        return band;
    }
  return NULL;
}

/* FALSE: it has no place in the picture. */
static gboolean
find_place (const UiGcPicture *picture, guint space, guint64 offset, UiRect *rect)
{
  const UiGcBand *band = find_band (picture, space);

  if (band == NULL || offset >= band->n_words)
    return FALSE;
  *rect = get_place (band, offset / band->fold);
  return TRUE;
}

/* --- cells ------------------------------------------------------------------------------ */

static UiGcCellState
get_state (const UiGcReplay *replay, VmSpace space, guint64 offset)
{
  static const guint8 states[] = {
    [UI_GC_WORD_THERE] = UI_GC_CELL_THERE,
    [UI_GC_WORD_MARK] = UI_GC_CELL_MARK,
    [UI_GC_WORD_MOVED] = UI_GC_CELL_MOVED,
    [UI_GC_WORD_COPIED] = UI_GC_CELL_COPIED,
    [UI_GC_WORD_SCANNED] = UI_GC_CELL_SCANNED,
  };
  const UiGcReplaySpace *info = &replay->spaces[space];
  guint8                 state;

  if (offset >= info->used)
    return UI_GC_CELL_FREE;
  if (offset >= info->n_words)
    return UI_GC_CELL_UNKNOWN;
  state = info->words[offset].state;
  if (space == VM_SPACE_STACK || space == VM_SPACE_ROOT)
    return UI_GC_CELL_THERE;
  if (state == UI_GC_WORD_THERE && replay->is_swept &&
      (space == VM_SPACE_YOUNG || space == VM_SPACE_FRAGMENT ||
       (space == VM_SPACE_OLD && replay->walk->is_major)))
    return UI_GC_CELL_GARBAGE;
  return (UiGcCellState) states[state];
}

static UiRole
get_role (const UiGcReplay *replay, VmSpace space, guint64 offset)
{
  switch (space)
    {
    case VM_SPACE_STACK:
    case VM_SPACE_ROOT:
      return UI_ROLE_STACK;
    case VM_SPACE_YOUNG:
      return offset < replay->walk->high_water_before ? UI_ROLE_SURVIVED : UI_ROLE_FRESH;
    case VM_SPACE_OLD:
      return UI_ROLE_OLD;
    case VM_SPACE_NEW:
      return UI_ROLE_SURVIVED; /* all in it has survived this one */
    default:
      return UI_ROLE_FRAGMENT;
    }
}

/* The state most words of a folded cell have. */
static UiGcCellState
get_fold_state (const UiGcReplay *replay, VmSpace space, guint64 first, guint64 n, guint64 *at)
{
  guint64       counts[UI_N_GC_CELLS] = { 0 };
  UiGcCellState best = UI_GC_CELL_FREE;

  *at = first;
  if (n == 1)
    return get_state (replay, space, first);
  for (guint64 i = 0; i < n; i++)
    {
      UiGcCellState state = get_state (replay, space, first + i);

      if (++counts[state] > counts[best])
        {
          best = state;
          *at = first + i;
        }
    }
  return best;
}

static char *
format_pointer (const char *arrow, guint space, guint32 target)
{
  static const char letters[] = "..SYOFMN."; /* in the order of VM_SPACES */

  if (letters[space] == '.')
    return NULL;
  return g_strdup_printf ("%s %c%u", arrow, letters[space], target);
}

static char *
format_word (const UiGcReplay *replay, VmSpace space, guint64 offset)
{
  const UiGcReplayWord *word = &replay->spaces[space].words[offset];
  char                 *text = NULL;

  if (word->state == UI_GC_WORD_MARK)
    return format_pointer ("⇒", word->to_space, word->to);
  if (word->word.space != VM_SPACE_NONE)
    text = format_pointer ("→", word->word.space, word->word.target);
  if (text == NULL)
    text = g_strdup (word->word.text != NULL ? word->word.text : "·");
  return text;
}

static void
add_cell_text (Build *build, const UiGcCell *cell)
{
  UiRect           place = ui_rect_inset (cell->rect, 4, 1, 3, 1);
  g_autofree char *text = NULL;
  UiLabel         *label;

  if (cell->state == UI_GC_CELL_FREE || cell->state == UI_GC_CELL_UNKNOWN)
    {
      if (cell->n <= 1)
        return;
      text = g_strdup_printf (_ ("%" G_GUINT64_FORMAT " free"), cell->n);
    }
  else
    text = format_word (build->replay, cell->space, cell->first);
  if (is_roots (cell->space))
    {
      g_autofree char *name =
        ui_gc_walk_name_place (build->replay->walk, cell->space, cell->first);
      g_autofree char *value = g_steal_pointer (&text);

      text = build->replay->spaces[cell->space].words[cell->first].word.tag == VM_WORD_RETURN
               ? g_strdup (name)
               : g_strdup_printf ("%s  %s", name, value);
    }
  label =
    ui_labels_add (&build->picture->labels, build->measure, place, UI_FONT_SMALL, 0, text);
  if (label == NULL)
    return;
  label->tone = UI_TONE_NORMAL;
  if (cell->state == UI_GC_CELL_MOVED || cell->state == UI_GC_CELL_GARBAGE || cell->is_gone ||
      cell->state == UI_GC_CELL_FREE)
    label->tone = UI_TONE_DIM;
  else if (cell->state != UI_GC_CELL_MARK && cell->state != UI_GC_CELL_COPIED)
    {
      label->tone = UI_TONE_ON_ROLE;
      label->on = cell->role;
    }
}

static void
add_cells (Build *build, const UiGcBand *band)
{
  const UiGcReplay *replay = build->replay;
  guint64           n = (band->n_words + band->fold - 1) / band->fold;
  UiGcCell          cell = { .space = band->space };

  cell.is_gone = replay->spaces[band->space].is_gone;
  for (guint64 i = 0; i < n; i++)
    {
      guint64 at;

      cell.first = i * band->fold;
      cell.n = MIN (band->fold, band->n_words - cell.first);
      cell.rect = get_place (band, i);
      cell.state = get_fold_state (replay, band->space, cell.first, cell.n, &at);
      cell.role = get_role (replay, band->space, at);
      g_array_append_val (build->picture->cells, cell);
      if (band->has_text)
        add_cell_text (build, &cell);
    }
  if (band->collapsed == 0)
    return;
  cell.first = band->n_words;
  cell.n = band->collapsed;
  cell.rect = get_place (band, n);
  cell.state = UI_GC_CELL_FREE;
  g_array_append_val (build->picture->cells, cell);
  if (band->has_text)
    add_cell_text (build, &cell);
}

static void
add_marker (Build *build, const UiGcBand *band, guint64 offset, gboolean is_scan)
{
  guint64    words = band->n_words + band->collapsed;
  UiRect     rect = get_place (band, MIN (offset, words) / band->fold);
  UiGcMarker marker = { rect.x, rect.y, rect.h, is_scan };

  g_array_append_val (build->picture->markers, marker);
}

static void
add_markers (Build *build)
{
  static const VmSpace spaces[] = { VM_SPACE_NEW, VM_SPACE_OLD };

  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    {
      const UiGcReplaySpace *info = &build->replay->spaces[spaces[i]];
      const UiGcBand        *band = find_band (build->picture, spaces[i]);

      if (band == NULL || info->block == 0 || info->is_gone)
        continue;
      add_marker (build, band, info->used, FALSE);
      if (info->has_scan)
        add_marker (build, band, info->scan, TRUE);
    }
}

/* --- the last action ------------------------------------------------------------------------ */

static void
add_arrow (Build *build, const UiRect *from, const UiRect *to, gboolean is_move)
{
  UiGcArrow arrow = { from->x + from->w / 2, from->y + from->h / 2, to->x + to->w / 2,
                      to->y + to->h / 2, is_move };

  g_array_append_val (build->picture->arrows, arrow);
}

static void
add_action (Build *build)
{
  const VmGcAction *action = ui_gc_replay_get_action (build->replay);
  UiRect            slot, from, to;
  gboolean          has_slot, has_from, has_to;

  if (action == NULL)
    return;
  has_slot = action->slot_space != VM_SPACE_NONE &&
             find_place (build->picture, action->slot_space, action->slot, &slot);
  has_from = action->from_space != VM_SPACE_NONE &&
             find_place (build->picture, action->from_space, action->from, &from);
  has_to = action->to_space != VM_SPACE_NONE &&
           find_place (build->picture, action->to_space, action->to, &to);
  if (has_slot && action->kind != VM_GC_ACTION_SCAN)
    g_array_append_val (build->picture->chosen, slot);
  if (has_from && action->kind != VM_GC_ACTION_FREE_YOUNG && action->kind != VM_GC_ACTION_FREE_OLD)
    g_array_append_val (build->picture->chosen, from);
  if (has_to && action->kind != VM_GC_ACTION_MAKE_NEW)
    g_array_append_val (build->picture->chosen, to);
  if (has_slot && has_from)
    add_arrow (build, &slot, &from, FALSE);
  if (has_from && has_to)
    add_arrow (build, &from, &to, TRUE);
}

/* --- words above it -------------------------------------------------------------------------- */

static void
add_step_line (Build *build, UiRect *area)
{
  const UiGcReplay *replay = build->replay;
  g_autofree char  *what = ui_gc_walk_describe_step (replay);
  g_autofree char  *step = NULL;
  char              a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE];
  double            h = ui_measure_height (build->measure, UI_FONT_LABEL);
  double            w;
  UiLabel          *label;

  step = g_strdup_printf (_ ("Step %s of %s"), ui_number_count (replay->step, a),
                          ui_number_count (replay->walk->n_actions, b));
  label = ui_labels_add (&build->picture->labels, build->measure,
                         (UiRect){ area->x, area->y, area->w, h }, UI_FONT_LABEL, 0, step);
  if (label != NULL)
    label->tone = UI_TONE_DIM;
  w = label != NULL ? label->rect.w + 14 : 0;
  ui_labels_add_wrapped (&build->picture->labels, build->measure,
                         (UiRect){ area->x + w, area->y, MAX (1, area->w - w), 2 * h },
                         UI_FONT_LABEL, UI_TONE_NORMAL, what);
  *area = ui_rect_inset (*area, 0, 2 * h + 6, 0, 0);
}

static guint
make_legend (const Build *build, UiLegendEntry entries[N_LEGEND])
{
  const UiGcPicture *picture = build->picture;
  guint              n = 0;

  entries[n++] = (UiLegendEntry){ UI_ROLE_STACK, _ ("root") };
  entries[n++] = (UiLegendEntry){ UI_ROLE_FRESH, _ ("fresh") };
  entries[n++] = (UiLegendEntry){ UI_ROLE_SURVIVED, _ ("survived a collection") };
  if (find_band (picture, VM_SPACE_OLD) != NULL)
    entries[n++] = (UiLegendEntry){ UI_ROLE_OLD, _ ("old") };
  if (find_band (picture, VM_SPACE_FRAGMENT) != NULL ||
      find_band (picture, VM_SPACE_MESSAGE) != NULL)
    entries[n++] = (UiLegendEntry){ UI_ROLE_FRAGMENT, _ ("fragment") };
  entries[n++] = (UiLegendEntry){ UI_ROLE_FREE, _ ("free") };
  return n;
}

/* What squares and their looks mean, under the legend. */
static void
add_key (Build *build, UiRect place)
{
  const UiGcPicture *picture = build->picture;
  char               text[200], number[UI_NUMBER_SIZE];
  UiLabel           *label;

  if (picture->has_text)
    g_strlcpy (text, _ ("▼ scan, ■ free pointer · outlined: not scanned · ⇒ forwarding mark · "
                        "faint: moved · hatched: "
                        "garbage"),
               sizeof text);
  else if (picture->fold == 1)
    g_strlcpy (text, _ ("▼ scan, ■ free pointer · a square is a word · outlined: mark or not "
                        "scanned · faint: moved · "
                        "hatched: garbage"),
               sizeof text);
  else
    g_snprintf (text, sizeof text, _ ("▼ scan, ■ free pointer · a square is %s and looks like "
                                      "most of them"),
                ui_number_words (picture->fold, number));
  label = ui_labels_add (&build->picture->labels, build->measure, place, UI_FONT_SMALL, 0, text);
  if (label != NULL)
    label->tone = UI_TONE_DIM;
}

/* Is there room for at least a row of squares of each space and @other px? Where
 * there is not, the legend leaves first, then the roots, then the names. */
static gboolean
fits (Build *build, double other)
{
  const Grid least = { 5, 5, MAX_FOLD, FALSE, FALSE };

  if (get_height (build, &least) + other <= build->memory.h)
    return TRUE;
  if (get_height (build, &least) > build->memory.h)
    build->has_roots = FALSE;
  if (get_height (build, &least) > build->memory.h)
    build->header_h = 0;
  return FALSE;
}

static void
add_memory (Build *build)
{
  UiGcPicture  *picture = build->picture;
  UiLegendEntry entries[N_LEGEND];
  double        small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double        legend_h, y;
  Grid          grid;
  guint         n;

  legend_h = fits (build, 3 * (small + 6)) ? 3 * (small + 6) - 2 : 0;
  build->memory.h -= legend_h;
  grid = choose_grid (build);
  if (build->has_roots && grid.w < 9 && build->memory.h < 260)
    {
      build->has_roots = FALSE; /* what is copied matters more */
      grid = choose_grid (build);
    }
  picture->has_text = grid.has_text;
  picture->fold = grid.fold;
  y = build->memory.y;
  for (guint i = 0; i < G_N_ELEMENTS (band_order); i++)
    add_band (build, &grid, band_order[i], &y);
  for (guint i = 0; i < picture->bands->len; i++)
    add_cells (build, &g_array_index (picture->bands, UiGcBand, i));
  add_markers (build);
  add_action (build);
  if (legend_h == 0)
    {
      ui_legend_init (&picture->legend, (UiRect){ 0 }, entries, 0, build->measure);
      return;
    }
  n = make_legend (build, entries);
  y = MIN (y + 2, build->memory.y + build->memory.h);
  ui_legend_init (&picture->legend,
                  (UiRect){ build->memory.x, y, build->memory.w, legend_h - small - 4 }, entries, n,
                  build->measure);
  y += ui_legend_get_height (entries, n, build->memory.w, build->measure);
  add_key (build, (UiRect){ build->memory.x, y, build->memory.w, small });
}

UiGcPicture *
ui_gc_picture_new (const UiGcReplay *replay, UiRect area, const UiMeasure *measure)
{
  UiGcPicture *picture = g_new0 (UiGcPicture, 1);
  Build        build = { .replay = replay, .measure = measure, .picture = picture };
  double       panel_w = floor (MIN (PANEL_MAX, area.w * 0.32));

  picture->area = area;
  picture->bands = g_array_new (FALSE, FALSE, sizeof (UiGcBand));
  picture->cells = g_array_new (FALSE, FALSE, sizeof (UiGcCell));
  picture->arrows = g_array_new (FALSE, FALSE, sizeof (UiGcArrow));
  picture->markers = g_array_new (FALSE, FALSE, sizeof (UiGcMarker));
  picture->chosen = g_array_new (FALSE, FALSE, sizeof (UiRect));
  ui_labels_init (&picture->labels);
  build.header_h = ui_measure_height (measure, UI_FONT_BOLD) + 5;
  add_step_line (&build, &area);
  build.memory = area;
  if (area.w >= 560)
    {
      build.memory.w -= panel_w + PANEL_GAP;
      picture->panel = (UiRect){ area.x + area.w - panel_w, area.y, panel_w, area.h };
      ui_gc_panel_add (replay->walk, &picture->labels, measure, picture->panel);
    }
  build.has_roots = TRUE;
  count_places (&build);
  add_memory (&build);
  return picture;
}

void
ui_gc_picture_free (UiGcPicture *picture)
{
  if (picture == NULL)
    return;
  g_array_unref (picture->bands);
  g_array_unref (picture->cells);
  g_array_unref (picture->arrows);
  g_array_unref (picture->markers);
  g_array_unref (picture->chosen);
  ui_legend_clear (&picture->legend);
  ui_labels_clear (&picture->labels);
  g_free (picture);
}

const UiGcCell *
ui_gc_picture_hit (const UiGcPicture *picture, double x, double y)
{
  for (guint i = 0; i < picture->cells->len; i++)
    {
      const UiGcCell *cell = &g_array_index (picture->cells, UiGcCell, i);

      if (ui_rect_contains (&cell->rect, x, y))
        return cell;
    }
  return NULL;
}

char *
ui_gc_picture_describe_cell (const UiGcReplay *replay, const UiGcCell *cell)
{
  static const char *const states[] = {
    [UI_GC_CELL_FREE] = N_ ("free"),
    [UI_GC_CELL_THERE] = N_ ("not moved"),
    [UI_GC_CELL_MARK] = N_ ("forwarding mark"),
    [UI_GC_CELL_MOVED] = N_ ("moved away"),
    [UI_GC_CELL_GARBAGE] = N_ ("garbage"),
    [UI_GC_CELL_COPIED] = N_ ("copied, not scanned yet"),
    [UI_GC_CELL_SCANNED] = N_ ("copied and scanned"),
    [UI_GC_CELL_UNKNOWN] = N_ ("not listed"),
  };
  g_autofree char *place = ui_gc_walk_name_place (replay->walk, cell->space, cell->first);
  const VmGcWord  *word = cell->first < replay->spaces[cell->space].n_words
                            ? &replay->spaces[cell->space].words[cell->first].word
                            : NULL;
  char             number[UI_NUMBER_SIZE];

  if (cell->n > 1)
    return g_strdup_printf (_ ("%s and on, %s: mostly %s"), place,
                            ui_number_words (cell->n, number),
                            _ (states[cell->state]));
  if (word == NULL || word->text == NULL || *word->text == '\0')
    return g_strdup_printf ("%s: %s", place, _ (states[cell->state]));
  if (cell->space == VM_SPACE_STACK || cell->space == VM_SPACE_ROOT)
    return g_strdup_printf ("%s: %s", place, word->text);
  return g_strdup_printf ("%s: %s, %s", place, word->text, _ (states[cell->state]));
}
