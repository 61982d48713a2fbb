/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/draw.h"
#include "ui/draw/recording-arrays.h"
#include "ui/layout/number.h"
#include "ui/models/ui-process.h"
#include "ui/widgets/ui-memory-view.h"
#include <glib/gi18n-lib.h>

#define MARGIN_PX 12.0
/* What a running process holds is read, not watched. */
#define RUNNING_INTERVAL_US (G_USEC_PER_SEC / 8)

struct _UiMemoryView
{
  UiCanvas       parent_instance;
  VmSnapshot    *snapshot;
  VmRecording   *recording;
  UiTimeRange   *range;
  VmPid          focus;
  UiText        *text;
  VmHeapSizes    sizes;
  gboolean       has_sizes;
  gboolean       is_past; /* sizes are of a moment before: nothing else is known of it */
  VmWords       *words;   /* (nullable): as told last */
  UiWordsView    view;
  guint64        n_collections; /* places are good until the next one */
  VmArea         chosen_area;
  guint64        chosen_offset;
  VmArea         hover_area;
  guint64        hover_offset;
  double         width;    /* of the lanes, as drawn last */
  UiHeapWords   *layout;   /* as drawn last, for the pointer */
  VmWordsRequest asked;    /* what was asked for last */
  gboolean       is_stale; /* the machine moved since */
  gint64         asked_us;
  VmRootKind     wanted_kind;
  char          *wanted_name; /* (nullable): a root to be shown when words are known */
};

enum
{
  SIGNAL_WORDS_WANTED,
  SIGNAL_CHOICE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiMemoryView, ui_memory_view, UI_TYPE_CANVAS)

void
ui_memory_view_format_name (UiMemoryView *self, char *buffer, gsize size)
{
  const VmProcessInfo *info =
    self->snapshot != NULL ? vm_snapshot_find (self->snapshot, self->focus) : NULL;
  char pid[32];

  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  vm_pid_format (self->focus, pid);
  if (info != NULL && info->name != NULL)
    g_snprintf (buffer, size, "%s %s", info->name, pid);
  else if (info != NULL)
    g_snprintf (buffer, size, "%s %s", pid, info->initial);
  else if (self->recording != NULL)
    {
      char name[128];

      /* Translators: a process that is gone; %s is its name or id */
      g_snprintf (buffer, size, _ ("%s (exited)"),
                  vm_recording_format_process (self->recording, self->focus, name, sizeof name));
    }
  else
    g_strlcpy (buffer, pid, size);
}

/* --- what is to be seen ------------------------------------------------------------ */

static const VmWords *
get_words (UiMemoryView *self)
{
  return self->words != NULL && self->words->pid == self->focus && self->words->is_alive &&
             !self->is_past
           ? self->words
           : NULL;
}

static UiHeapWordsInput
get_input (UiMemoryView *self)
{
  return (UiHeapWordsInput){
    .view = &self->view,
    .sizes = &self->sizes,
    .words = get_words (self),
    .chosen_area = self->chosen_area,
    .chosen_offset = self->chosen_offset,
    .hover_area = self->hover_area,
    .hover_offset = self->hover_offset,
  };
}

static gboolean
is_running (UiMemoryView *self)
{
  return self->snapshot != NULL && self->snapshot->status.state == VM_STATE_RUNNING;
}

void
ui_memory_view_fill_words_request (UiMemoryView *self, VmWordsRequest *request)
{
  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  *request = (VmWordsRequest){ .pid = self->focus };
  ui_words_view_fill_request (&self->view, MAX (self->width, 1), request);
  request->chosen_area = self->chosen_area;
  request->chosen_offset = self->chosen_offset;
}

static gboolean
is_same (const VmWordsRequest *a, const VmWordsRequest *b)
{
  if (a->pid != b->pid || a->n_stretches != b->n_stretches || a->chosen_area != b->chosen_area ||
      a->chosen_offset != b->chosen_offset)
    return FALSE;
  for (guint i = 0; i < a->n_stretches; i++)
    if (a->stretches[i].area != b->stretches[i].area ||
        a->stretches[i].offset != b->stretches[i].offset ||
        a->stretches[i].n_words != b->stretches[i].n_words ||
        a->stretches[i].n_buckets != b->stretches[i].n_buckets)
      return FALSE;
  return TRUE;
}

/* Asks for what is in sight, if that is not what was told last. */
static void
ask (UiMemoryView *self)
{
  VmWordsRequest request;
  gint64         now_us = g_get_monotonic_time ();

  if (self->focus == VM_PID_NONE || !self->has_sizes || self->is_past || self->width <= 1 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  ui_memory_view_fill_words_request (self, &request);
  if (is_same (&request, &self->asked) && !self->is_stale)
    return;
  if (is_running (self) && now_us - self->asked_us < RUNNING_INTERVAL_US)
    return;
  self->asked = request;
  self->asked_us = now_us;
  self->is_stale = FALSE;
  g_signal_emit (self, signals[SIGNAL_WORDS_WANTED], 0);
}

static void
ui_memory_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiMemoryView    *self = UI_MEMORY_VIEW (canvas);
  UiDraw           dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text };
  double           inner = MAX (width - 2 * MARGIN_PX, 3);
  UiHeapWordsInput input;

  ui_draw_background (&dc, width, height);
  g_clear_pointer (&self->layout, ui_heap_words_free);
  if (self->focus == VM_PID_NONE || !self->has_sizes || height < 2 * MARGIN_PX)
    return;
  self->width = inner - 2;
  input = get_input (self);
  self->layout = ui_heap_words_new (
    &input, (UiRect){ MARGIN_PX, MARGIN_PX / 2, inner, height - MARGIN_PX },
    ui_text_get_measure (self->text));
  ui_draw_heap_words (&dc, self->layout);
  ask (self);
}

/* --- moving about ------------------------------------------------------------------ */

static double
lane_px (UiMemoryView *self, double x)
{
  return x - MARGIN_PX - 1;
}

static gboolean
hit_at (UiMemoryView *self, double x, double y, UiWordsHit *hit)
{
  UiHeapWordsInput input = get_input (self);

  return self->layout != NULL && ui_heap_words_hit (self->layout, &input, x, y, hit);
}

static void
ui_memory_view_zoom (UiCanvas *canvas, double factor, double x, double y)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);

  ui_words_view_zoom (&self->view, CLAMP (lane_px (self, x), 0, self->width), factor, self->width);
}

/* The lane under the pointer moves alone, so that two places can be seen together. */
static void
ui_memory_view_pan (UiCanvas *canvas, double dx, double dy)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);
  UiWordsLane   lane = UI_N_WORDS_LANES;
  double        x, y;

  ui_canvas_get_pointer (canvas, &x, &y);
  for (guint i = 0; self->layout != NULL && i < UI_N_WORDS_LANES; i++)
    if (self->layout->lanes[i].is_shown && y >= self->layout->lanes[i].band.y &&
        y < self->layout->lanes[i].body.y + self->layout->lanes[i].body.h)
      lane = (UiWordsLane) i;
  ui_words_view_pan (&self->view, lane, dx, self->width);
}

static void
ui_memory_view_fit (UiCanvas *canvas)
{
  ui_words_view_fit (&UI_MEMORY_VIEW (canvas)->view);
}

/* --- choosing ---------------------------------------------------------------------- */

void
ui_memory_view_choose (UiMemoryView *self, VmArea area, guint64 offset)
{
  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  if (self->chosen_area == area && self->chosen_offset == offset)
    return;
  self->chosen_area = area;
  self->chosen_offset = offset;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHOICE_CHANGED], 0);
}

gboolean
ui_memory_view_get_choice (UiMemoryView *self, VmArea *area, guint64 *offset)
{
  g_return_val_if_fail (UI_IS_MEMORY_VIEW (self), FALSE);

  *area = self->chosen_area;
  *offset = self->chosen_offset;
  return self->chosen_area != VM_AREA_NONE;
}

/* Chooses a place and brings it in sight. */
static gboolean
go_to (UiMemoryView *self, VmArea area, guint64 offset, gboolean closer)
{
  UiWordsLane     lane;
  const VmObject *object = NULL;

  if (!ui_words_area_get_lane (area, &lane) || offset == G_MAXUINT64)
    return FALSE;
  ui_memory_view_choose (self, area, offset);
  ui_heap_words_find (get_words (self), area, offset, &object);
  if (object != NULL)
    ui_words_view_show (&self->view, lane, object->offset, object->n_words, closer, self->width);
  else
    ui_words_view_show (&self->view, lane, offset, 8, closer, self->width);
  return TRUE;
}

gboolean
ui_memory_view_choose_root (UiMemoryView *self, VmRootKind kind, guint frame, const char *name)
{
  const VmWords *words;

  g_return_val_if_fail (UI_IS_MEMORY_VIEW (self), FALSE);

  words = get_words (self);
  for (guint i = 0; words != NULL && i < words->n_roots; i++)
    {
      const VmRoot *root = &words->roots[i];

      if (root->kind != kind || root->frame != frame || strcmp (root->name, name) != 0)
        continue;
      if (kind == VM_ROOT_STACK && root->area == VM_AREA_NONE)
        return go_to (self, VM_AREA_YOUNG, root->slot, FALSE);
      return go_to (self, root->area, root->offset, FALSE);
    }
  return FALSE;
}

/* What a term is made of was mostly made just before it. */
#define WORDS_BEFORE 14
#define WORDS_SHOWN  18

static void
show_wanted (UiMemoryView *self)
{
  const VmWords   *words = get_words (self);
  g_autofree char *name = NULL;

  if (self->wanted_name == NULL || words == NULL || self->snapshot == NULL ||
      words->serial != self->snapshot->status.serial)
    return;
  name = g_steal_pointer (&self->wanted_name);
  ui_memory_view_choose (self, VM_AREA_NONE, 0);
  for (guint i = 0; i < words->n_roots; i++)
    {
      const VmRoot *root = &words->roots[i];
      UiWordsLane   lane;

      if (root->kind != self->wanted_kind || strcmp (root->name, name) != 0)
        continue;
      if (go_to (self, root->area, root->offset, FALSE) &&
          ui_words_area_get_lane (root->area, &lane))
        ui_words_view_show (&self->view, lane,
                            root->offset > WORDS_BEFORE ? root->offset - WORDS_BEFORE : 0,
                            WORDS_SHOWN, TRUE, self->width);
      return;
    }
}

void
ui_memory_view_show_root (UiMemoryView *self, VmRootKind kind, const char *name)
{
  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  g_free (self->wanted_name);
  self->wanted_name = g_strdup (name);
  self->wanted_kind = kind;
  show_wanted (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

static gboolean
ui_memory_view_pick (UiCanvas *canvas, double x, double y)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);
  UiWordsHit    hit;

  if (!hit_at (self, x, y, &hit))
    ui_memory_view_choose (self, VM_AREA_NONE, 0);
  else if (hit.root != NULL)
    go_to (self, hit.root->area, hit.root->offset, FALSE);
  else if (hit.is_overview)
    {
      double shown = self->width / ui_words_view_get_scale (&self->view, self->width);

      ui_words_view_pan (&self->view, hit.lane,
                         (self->view.from[hit.lane] - hit.overview_word + shown / 2) * self->width /
                           shown,
                         self->width);
    }
  else
    ui_memory_view_choose (self, ui_words_lane_get_area (hit.lane), hit.offset);
  return TRUE;
}

/* Closer to what is there; from a pointer in sight, on to what it points to. */
static gboolean
ui_memory_view_open (UiCanvas *canvas, double x, double y)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);
  VmArea        area = self->chosen_area;
  guint64       offset = self->chosen_offset;
  double        scale = ui_words_view_get_scale (&self->view, self->width);
  const VmWord *word;
  UiWordsHit    hit;
  UiWordsLane   lane;

  if (x >= 0 && hit_at (self, x, y, &hit) && hit.root == NULL && !hit.is_overview)
    {
      area = ui_words_lane_get_area (hit.lane);
      offset = hit.offset;
    }
  else if (x >= 0)
    return self->layout != NULL && hit_at (self, x, y, &hit) && hit.root != NULL &&
           go_to (self, hit.root->area, hit.root->offset, TRUE);
  word = ui_heap_words_find (get_words (self), area, offset, NULL);
  if (scale >= UI_WORDS_MIN_TEXT && word != NULL && word->points_into != VM_AREA_NONE)
    return go_to (self, word->points_into, word->points_to, FALSE);
  if (word != NULL)
    return go_to (self, area, offset, TRUE);
  if (!ui_words_area_get_lane (area, &lane))
    return FALSE;
  ui_words_view_show (&self->view, lane, offset > 5 ? offset - 5 : 0, 10, TRUE, self->width);
  return TRUE;
}

static gboolean
ui_memory_view_leave (UiCanvas *canvas)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);

  if (self->chosen_area == VM_AREA_NONE)
    return FALSE;
  ui_memory_view_choose (self, VM_AREA_NONE, 0);
  return TRUE;
}

/* The next word to the left or right, the same place of the lane above or below. */
static gboolean
ui_memory_view_move (UiCanvas *canvas, GtkDirectionType direction)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);
  UiWordsLane   lane;
  guint64       offset = self->chosen_offset;
  int           step = direction == GTK_DIR_DOWN ? 1 : direction == GTK_DIR_UP ? -1
                                                                               : 0;

  if (!self->has_sizes)
    return FALSE;
  if (!ui_words_area_get_lane (self->chosen_area, &lane))
    return go_to (self, VM_AREA_YOUNG, (guint64) MAX (0, self->view.from[UI_WORDS_YOUNG] + 0.5),
                  FALSE);
  if (direction == GTK_DIR_LEFT && offset > 0)
    offset--;
  else if (direction == GTK_DIR_RIGHT && offset + 1 < self->view.blocks[lane])
    offset++;
  for (int i = (int) lane + step; step != 0 && i >= 0 && i < UI_N_WORDS_LANES; i += step)
    if (self->view.blocks[i] > 0)
      {
        double px = ui_words_view_to_px (&self->view, lane, (double) offset, self->width);
        double word = ui_words_view_to_word (&self->view, (UiWordsLane) i, px, self->width);

        offset = (guint64) CLAMP (word + 0.5, 0, (double) self->view.blocks[i] - 1);
        lane = (UiWordsLane) i;
        break;
      }
  ui_memory_view_choose (self, ui_words_lane_get_area (lane), offset);
  ui_words_view_show (&self->view, lane, offset, 1, FALSE, self->width);
  return TRUE;
}

static void
ui_memory_view_point (UiCanvas *canvas, double x, double y)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);
  VmArea        area = VM_AREA_NONE;
  guint64       offset = 0;
  UiWordsHit    hit;

  if (x >= 0 && hit_at (self, x, y, &hit) && hit.root == NULL && !hit.is_overview)
    {
      area = ui_words_lane_get_area (hit.lane);
      offset = hit.offset;
    }
  /* among many words the pointer's place means nothing */
  if (ui_words_view_get_scale (&self->view, MAX (self->width, 1)) < UI_WORDS_MIN_CELL)
    area = VM_AREA_NONE;
  if (area == self->hover_area && (offset == self->hover_offset || area == VM_AREA_NONE))
    return;
  self->hover_area = area;
  self->hover_offset = offset;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static char *
ui_memory_view_hover (UiCanvas *canvas, double x, double y)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);
  UiWordsHit    hit;

  if (!hit_at (self, x, y, &hit) || hit.is_overview)
    return NULL;
  if (hit.root != NULL)
    return hit.root->place != NULL
             ? g_strdup_printf (_ ("%s of %s\n%s"), hit.root->name, hit.root->place, hit.root->text)
             : g_strdup_printf ("%s\n%s", hit.root->name, hit.root->text);
  return ui_heap_words_describe (get_words (self), ui_words_lane_get_area (hit.lane), hit.offset);
}

/* --- news -------------------------------------------------------------------------- */

static gboolean
is_gone (const VmSnapshot *snapshot, VmPid focus)
{
  return snapshot != NULL && snapshot->focus != NULL && snapshot->focus->pid == focus &&
         !snapshot->focus->is_alive;
}

char *
ui_memory_view_describe_choice (UiMemoryView *self)
{
  const VmWords   *words;
  g_autofree char *word = NULL;
  g_autofree char *term = NULL;

  g_return_val_if_fail (UI_IS_MEMORY_VIEW (self), NULL);

  words = get_words (self);
  if (self->is_past)
    return g_strdup (_ ("The sizes are those of the moment below. What the words hold is known of "
                        "now only."));
  if (is_gone (self->snapshot, self->focus))
    return g_strdup (_ ("The process has ended: these are its last sizes."));
  if (words == NULL || self->chosen_area == VM_AREA_NONE)
    return NULL;
  word = ui_heap_words_describe_line (words, self->chosen_area, self->chosen_offset);
  term = ui_heap_words_describe_chosen (words);
  if (word != NULL && term != NULL)
    return g_strdup_printf ("%s\n%s", word, term);
  return g_strdup (word != NULL ? word : term);
}

static void
describe (UiMemoryView *self)
{
  g_autofree char *text = NULL;
  g_autofree char *choice = ui_memory_view_describe_choice (self);
  char             name[256], a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE], c[UI_NUMBER_SIZE];

  if (self->focus == VM_PID_NONE || !self->has_sizes)
    {
      ui_canvas_set_description (UI_CANVAS (self), _ ("Heap"), _ ("No process is chosen."));
      return;
    }
  ui_memory_view_format_name (self, name, sizeof name);
  text = g_strdup_printf (
    _ ("%s: young heap %s of %s, old heap %s. %s"), name,
    ui_number_words (self->sizes.young_used, a), ui_number_words (self->sizes.young_block, b),
    ui_number_words (self->sizes.old_used, c), choice != NULL ? choice : "");
  ui_canvas_set_description (UI_CANVAS (self), _ ("Heap"), text);
}

/* Of an earlier moment, or of a process that is gone, what the recording tells. */
static void
read_sizes (UiMemoryView *self)
{
  const VmProcessInfo *info =
    self->snapshot != NULL ? vm_snapshot_find (self->snapshot, self->focus) : NULL;
  gint64 measured_ns;

  self->is_past = self->range != NULL && ui_time_range_is_past (self->range);
  self->has_sizes = info != NULL;
  if (info != NULL)
    self->sizes = info->heap;
  if (self->recording == NULL || (!self->is_past && !is_gone (self->snapshot, self->focus)))
    return;
  self->has_sizes = ui_recording_get_sizes_at (
    self->recording, self->focus,
    self->is_past ? ui_time_range_get_moment (self->range)
                  : vm_recording_get_end_ns (self->recording),
    &self->sizes, &measured_ns);
}

static void
show_sizes (UiMemoryView *self)
{
  if (self->has_sizes)
    ui_words_view_set_sizes (&self->view, &self->sizes,
                             get_words (self) != NULL ? self->words->n_fragment_words : 0);
}

static void
moment_changed_cb (UiMemoryView *self)
{
  read_sizes (self);
  show_sizes (self);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The layout holds pointers into the words. */
static void
drop_words (UiMemoryView *self)
{
  g_clear_pointer (&self->layout, ui_heap_words_free);
  g_clear_pointer (&self->words, vm_words_unref);
}

/* After a collection nothing is where it was; of another process nothing was there. */
static void
forget_places (UiMemoryView *self, const VmProcessInfo *info, gboolean is_other)
{
  guint64 n = info != NULL ? info->n_minor + info->n_major : 0;

  if (!is_other && n == self->n_collections)
    return;
  self->n_collections = n;
  self->hover_area = VM_AREA_NONE;
  ui_memory_view_choose (self, VM_AREA_NONE, 0);
  if (is_other)
    {
      ui_words_view_reset (&self->view);
      drop_words (self);
    }
}

void
ui_memory_view_set_snapshot (UiMemoryView *self,
                             VmSnapshot   *snapshot,
                             VmRecording  *recording,
                             VmPid         focus)
{
  const VmProcessInfo *info = snapshot != NULL ? vm_snapshot_find (snapshot, focus) : NULL;
  gboolean             is_other;

  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  is_other = focus != self->focus || recording != self->recording;
  if (snapshot != NULL)
    vm_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  self->snapshot = snapshot;
  if (recording != NULL)
    vm_recording_ref (recording);
  g_clear_pointer (&self->recording, vm_recording_unref);
  self->recording = recording;
  self->focus = focus;
  self->is_stale = TRUE;
  forget_places (self, info, is_other);
  read_sizes (self);
  if (info == NULL)
    drop_words (self);
  show_sizes (self);
  describe (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

void
ui_memory_view_set_words (UiMemoryView *self, VmWords *words)
{
  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  if (words != NULL)
    vm_words_ref (words);
  drop_words (self);
  self->words = words;
  if (words != NULL && words->pid == self->focus && words->is_alive && !self->is_past)
    {
      if (!is_running (self))
        self->sizes = words->sizes;
      ui_words_view_set_sizes (&self->view, &self->sizes, words->n_fragment_words);
    }
  show_wanted (self);
  describe (self);
  ui_canvas_queue_update (UI_CANVAS (self));
}

void
ui_memory_view_set_range (UiMemoryView *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_MEMORY_VIEW (self));

  if (g_set_object (&self->range, range) && range != NULL)
    g_signal_connect_object (range, "moment-changed", G_CALLBACK (moment_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
ui_memory_view_fill_request (UiCanvas *canvas, UiPictureRequest *request)
{
  UiMemoryView *self = UI_MEMORY_VIEW (canvas);

  request->view = get_words (self) != NULL ? UI_PICTURE_WORDS : UI_PICTURE_HEAP;
  request->snapshot = self->snapshot;
  request->recording = self->recording;
  request->pid = self->focus;
  request->words = (VmWords *) get_words (self);
  request->words_view = self->view;
  request->words_width = self->width;
  request->chosen_area = self->chosen_area;
  request->chosen_offset = self->chosen_offset;
  if (self->range != NULL && !ui_time_range_get_follows (self->range))
    {
      request->from_ns = ui_time_range_get_from (self->range);
      request->to_ns = ui_time_range_get_to (self->range);
      request->moment_ns = ui_time_range_get_end (self->range);
    }
  if (self->range != NULL)
    request->moment_ns = ui_time_range_get_moment (self->range);
}

static void
ui_memory_view_finalize (GObject *object)
{
  UiMemoryView *self = UI_MEMORY_VIEW (object);

  g_clear_pointer (&self->layout, ui_heap_words_free);
  g_clear_pointer (&self->words, vm_words_unref);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_clear_object (&self->range);
  ui_text_free (self->text);
  g_free (self->wanted_name);
  G_OBJECT_CLASS (ui_memory_view_parent_class)->finalize (object);
}

static void
ui_memory_view_class_init (UiMemoryViewClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_memory_view_finalize;
  canvas_class->draw = ui_memory_view_draw;
  canvas_class->zoom = ui_memory_view_zoom;
  canvas_class->pan = ui_memory_view_pan;
  canvas_class->fit = ui_memory_view_fit;
  canvas_class->pick = ui_memory_view_pick;
  canvas_class->open = ui_memory_view_open;
  canvas_class->leave = ui_memory_view_leave;
  canvas_class->move = ui_memory_view_move;
  canvas_class->point = ui_memory_view_point;
  canvas_class->hover = ui_memory_view_hover;
  canvas_class->fill_request = ui_memory_view_fill_request;

  /* Other words are in sight than were told: see ui_memory_view_fill_words_request(). */
  signals[SIGNAL_WORDS_WANTED] = g_signal_new ("words-wanted", UI_TYPE_MEMORY_VIEW,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 0);
  /* Another word was chosen, or none is any more. */
  signals[SIGNAL_CHOICE_CHANGED] = g_signal_new ("choice-changed", UI_TYPE_MEMORY_VIEW,
                                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 0);
}

static void
ui_memory_view_init (UiMemoryView *self)
{
  self->focus = VM_PID_NONE;
  self->text = ui_text_new (NULL, NULL);
}
