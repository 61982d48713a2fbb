/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/axis.h"
#include "ui/layout/number.h"
#include "ui/widgets/ui-time-axis.h"
#include <glib/gi18n-lib.h>
#include <math.h>

/* A long run has millions of collections: they are counted into this many
 * buckets over the recording, whose width doubles as it grows. */
#define N_BUCKETS     2048
#define MAX_FOLLOWED  300000
#define FIRST_SPAN_NS (1 << 20)
#define MARGIN_PX     12.0
#define LABEL_PX      90.0

typedef struct
{
  guint32 n_minor;
  guint32 n_major;
} Bucket;

struct _UiTimeAxis
{
  UiCanvas     parent_instance;
  UiTimeRange *range;
  VmRecording *recording;
  VmPid        focus;
  gint64       now_ns;
  gint64       read_to_ns; /* collections that began before were counted */
  guint64      last_index; /* of the last one counted */
  gint64       span_ns;    /* of all buckets */
  Bucket       all[N_BUCKETS];
  Bucket       focused[N_BUCKETS];
  GArray      *scratch;
};

G_DEFINE_FINAL_TYPE (UiTimeAxis, ui_time_axis, UI_TYPE_CANVAS)

static void
fold (Bucket *buckets)
{
  for (guint i = 0; i < N_BUCKETS; i++)
    {
      Bucket sum = { 0, 0 };

      for (guint k = 2 * i; k < MIN (2 * i + 2, N_BUCKETS); k++)
        {
          sum.n_minor += buckets[k].n_minor;
          sum.n_major += buckets[k].n_major;
        }
      buckets[i] = sum;
    }
}

static void
count (UiTimeAxis *self, Bucket *buckets, const VmCollection *collection)
{
  Bucket *bucket;

  while (collection->begin_ns >= self->span_ns)
    {
      fold (self->all);
      fold (self->focused);
      self->span_ns *= 2;
    }
  bucket = &buckets[collection->begin_ns * N_BUCKETS / self->span_ns];
  if (collection->is_major)
    bucket->n_major++;
  else
    bucket->n_minor++;
}

static void
read_new (UiTimeAxis *self)
{
  gint64  end = vm_recording_get_end_ns (self->recording);
  guint64 last = self->last_index;

  g_array_set_size (self->scratch, 0);
  vm_recording_get_collections (self->recording, VM_PID_NONE, self->read_to_ns, end + 1,
                                self->scratch);
  for (guint i = 0; i < self->scratch->len; i++)
    {
      const VmCollection *collection = &g_array_index (self->scratch, VmCollection, i);

      if (collection->end_ns > end || collection->index <= self->last_index)
        continue; /* not over yet, or counted before */
      count (self, self->all, collection);
      if (collection->pid == self->focus)
        count (self, self->focused, collection);
      last = MAX (last, collection->index);
    }
  self->last_index = last;
  self->read_to_ns = end;
}

static void
read_focus (UiTimeAxis *self)
{
  memset (self->focused, 0, sizeof self->focused);
  if (self->recording == NULL || self->focus == VM_PID_NONE)
    return;
  g_array_set_size (self->scratch, 0);
  vm_recording_get_collections (self->recording, self->focus, 0, self->read_to_ns, self->scratch);
  for (guint i = 0; i < self->scratch->len; i++)
    {
      const VmCollection *collection = &g_array_index (self->scratch, VmCollection, i);

      if (collection->index <= self->last_index)
        count (self, self->focused, collection);
    }
}

static void
reset (UiTimeAxis *self)
{
  memset (self->all, 0, sizeof self->all);
  memset (self->focused, 0, sizeof self->focused);
  self->read_to_ns = 0;
  self->last_index = 0;
  self->span_ns = FIRST_SPAN_NS;
}

/* While it follows the machine, a timeline shows no more events than a frame can
 * draw: the last ones. Zooming out shows all, at its price. */
static gint64
find_floor (UiTimeAxis *self)
{
  guint64 n = self->recording != NULL ? vm_recording_get_n_records (self->recording) : 0;
  guint64 index = n > MAX_FOLLOWED ? n - MAX_FOLLOWED : 0;

  while (index > 0 && index < n &&
         vm_recording_peek (self->recording, index)->kind == VM_EVENT_MORE)
    index++;
  return index > 0 && index < n ? vm_recording_peek (self->recording, index)->t_ns : 0;
}

void
ui_time_axis_set_recording (UiTimeAxis *self, VmRecording *recording, gint64 now_ns, VmPid focus)
{
  g_autofree char *text = NULL;
  char             number[UI_NUMBER_SIZE];

  g_return_if_fail (UI_IS_TIME_AXIS (self));

  if (recording != self->recording)
    {
      reset (self);
      g_clear_pointer (&self->recording, vm_recording_unref);
      self->recording = recording != NULL ? vm_recording_ref (recording) : NULL;
    }
  if (self->recording != NULL)
    read_new (self);
  if (focus != self->focus)
    {
      self->focus = focus;
      read_focus (self);
    }
  self->now_ns = now_ns;
  if (self->range != NULL)
    ui_time_range_set_end (self->range, now_ns, find_floor (self));
  text = g_strdup_printf (_ ("The recording ends at %s."), ui_number_moment (now_ns, number));
  ui_canvas_set_description (UI_CANVAS (self), _ ("Time axis"), text);
  ui_canvas_queue_update (UI_CANVAS (self));
}

static UiAxis
get_axis (UiTimeAxis *self, double width)
{
  return (UiAxis){ 0, (double) MAX (self->now_ns, 1000), MARGIN_PX,
                   MAX (width - MARGIN_PX, MARGIN_PX + 1) };
}

static void
draw_ticks (UiTimeAxis *self, cairo_t *cr, const UiAxis *axis, double height, const GdkRGBA *ink)
{
  double                room = MAX (1.0, (axis->px_to - axis->px_from) / LABEL_PX);
  double                step = ui_nice_step ((axis->to - axis->from) / room);
  PangoLayout          *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, sans 8");

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  for (double t = 0; t <= axis->to; t += step)
    {
      char   text[UI_NUMBER_SIZE];
      double x = floor (ui_axis_to_px (axis, t)) + 0.5;
      int    text_width;

      cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.25);
      cairo_move_to (cr, x, height - 18);
      cairo_line_to (cr, x, height - 13);
      cairo_stroke (cr);
      ui_number_time (t, step, axis->to, text);
      pango_layout_set_text (layout, text, -1);
      pango_layout_get_pixel_size (layout, &text_width, NULL);
      cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.6);
      cairo_move_to (cr, CLAMP (x - text_width / 2.0, 2, axis->px_to + MARGIN_PX - text_width - 2),
                     height - 14);
      pango_cairo_show_layout (cr, layout);
    }
  g_object_unref (layout);
}

static void
draw_marks (UiTimeAxis *self, cairo_t *cr, const UiAxis *axis, double height)
{
  const UiTheme *theme = ui_theme_get (ui_canvas_is_dark (UI_CANVAS (self)));

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      const Bucket *all = &self->all[i], *mine = &self->focused[i];
      double        t = ((double) i + 0.5) * (double) self->span_ns / N_BUCKETS;
      double        x = floor (ui_axis_to_px (axis, t)) + 0.5;
      gboolean      is_plain = self->focus == VM_PID_NONE || mine->n_minor + mine->n_major > 0;
      double        alpha = is_plain ? 1.0 : 0.35;
      gboolean      major =
        alpha == 1.0 && self->focus != VM_PID_NONE ? mine->n_major > 0 : all->n_major > 0;
      UiRgba colour;

      if (all->n_minor + all->n_major == 0 || x > axis->px_to + 1)
        continue;
      colour = theme->roles[major ? UI_ROLE_MAJOR : UI_ROLE_MINOR];
      cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, alpha);
      cairo_move_to (cr, x, major ? 4 : 10);
      cairo_line_to (cr, x, height - 20);
      cairo_stroke (cr);
    }
}

static void
draw_range (UiTimeAxis *self, cairo_t *cr, const UiAxis *axis, double height, const GdkRGBA *ink)
{
  double x1 = axis->px_from, x2 = axis->px_to;

  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.07);
  cairo_rectangle (cr, axis->px_from, 2, axis->px_to - axis->px_from, height - 20);
  cairo_fill (cr);
  if (self->range == NULL ||
      (ui_time_range_get_follows (self->range) && ui_time_range_get_from (self->range) == 0))
    return;
  x1 = ui_axis_to_px (axis, (double) ui_time_range_get_from (self->range));
  x2 = MAX (ui_axis_to_px (axis, (double) ui_time_range_get_to (self->range)), x1 + 3);
  cairo_set_source_rgba (cr, 0.21, 0.52, 0.89, 0.22);
  cairo_rectangle (cr, x1, 2, x2 - x1, height - 20);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, 0.21, 0.52, 0.89, 0.9);
  cairo_stroke (cr);
}

static void
draw_playhead (UiTimeAxis *self, cairo_t *cr, const UiAxis *axis, double height)
{
  const UiTheme *theme = ui_theme_get (ui_canvas_is_dark (UI_CANVAS (self)));
  double         x = floor (ui_axis_to_px (axis, (double) ui_time_range_get_moment (self->range)));

  cairo_set_source_rgba (cr, theme->accent.r, theme->accent.g, theme->accent.b, 1);
  cairo_rectangle (cr, x, 1, 2, height - 18);
  cairo_fill (cr);
  cairo_move_to (cr, x - 5, 0);
  cairo_line_to (cr, x + 7, 0);
  cairo_line_to (cr, x + 1, 8);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
ui_time_axis_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiTimeAxis *self = UI_TIME_AXIS (canvas);
  UiAxis      axis = get_axis (self, width);
  GdkRGBA     ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &ink);
  cairo_set_line_width (cr, 1);
  draw_range (self, cr, &axis, height, &ink);
  if (self->recording == NULL)
    return;
  draw_marks (self, cr, &axis, height);
  draw_ticks (self, cr, &axis, height, &ink);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.9);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, axis.px_to, 1);
  cairo_line_to (cr, axis.px_to, height - 17);
  cairo_stroke (cr);
  if (self->range != NULL && ui_time_range_is_past (self->range))
    draw_playhead (self, cr, &axis, height);
}

static void
ui_time_axis_zoom (UiCanvas *canvas, double factor, double x, double y)
{
  UiTimeAxis *self = UI_TIME_AXIS (canvas);
  UiAxis      axis = get_axis (self, gtk_widget_get_width (GTK_WIDGET (self)));

  if (self->range != NULL)
    ui_time_range_zoom (self->range, factor,
                        (gint64) CLAMP (ui_axis_to_value (&axis, x), 0, axis.to));
}

static void
ui_time_axis_pan (UiCanvas *canvas, double dx, double dy)
{
  UiTimeAxis *self = UI_TIME_AXIS (canvas);
  UiAxis      axis = get_axis (self, gtk_widget_get_width (GTK_WIDGET (self)));

  if (self->range != NULL)
    ui_time_range_pan (self->range, (gint64) (dx * axis.to / (axis.px_to - axis.px_from)));
}

static void
ui_time_axis_fit (UiCanvas *canvas)
{
  if (UI_TIME_AXIS (canvas)->range != NULL)
    ui_time_range_fit (UI_TIME_AXIS (canvas)->range);
}

/* The playhead goes on by one pixel. */
static gboolean
ui_time_axis_move (UiCanvas *canvas, GtkDirectionType direction)
{
  UiTimeAxis *self = UI_TIME_AXIS (canvas);
  UiAxis      axis = get_axis (self, gtk_widget_get_width (GTK_WIDGET (self)));
  gint64      step = (gint64) MAX (axis.to / (axis.px_to - axis.px_from), 1);

  if (self->range == NULL || (direction != GTK_DIR_LEFT && direction != GTK_DIR_RIGHT))
    return FALSE;
  ui_time_range_set_moment (self->range, ui_time_range_get_moment (self->range) +
                                           (direction == GTK_DIR_LEFT ? -step : step));
  return TRUE;
}

/* The playhead follows the pointer. */
static gboolean
ui_time_axis_scrub (UiCanvas *canvas, double x, double y)
{
  UiTimeAxis *self = UI_TIME_AXIS (canvas);
  UiAxis      axis = get_axis (self, gtk_widget_get_width (GTK_WIDGET (self)));

  if (self->range == NULL || self->recording == NULL)
    return FALSE;
  ui_time_range_set_moment (self->range,
                            (gint64) CLAMP (ui_axis_to_value (&axis, x), 0, axis.to));
  return TRUE;
}

static gboolean
ui_time_axis_jump (UiCanvas *canvas, gboolean to_end)
{
  UiTimeAxis *self = UI_TIME_AXIS (canvas);

  if (self->range == NULL || self->recording == NULL)
    return FALSE;
  ui_time_range_set_moment (self->range, to_end ? G_MAXINT64 : 0);
  return TRUE;
}

static char *
ui_time_axis_hover (UiCanvas *canvas, double x, double y)
{
  UiTimeAxis *self = UI_TIME_AXIS (canvas);
  UiAxis      axis = get_axis (self, gtk_widget_get_width (GTK_WIDGET (self)));
  double      per_px = axis.to / (axis.px_to - axis.px_from);
  double      t = ui_axis_to_value (&axis, x);
  guint       n_minor = 0, n_major = 0;
  char        number[UI_NUMBER_SIZE];

  if (self->recording == NULL || t < 0 || t > axis.to)
    return NULL;
  for (guint i = 0; i < N_BUCKETS; i++)
    {
      double from = (double) i * (double) self->span_ns / N_BUCKETS;

      if (from + (double) self->span_ns / N_BUCKETS < t - 3 * per_px || from > t + 3 * per_px)
        continue;
      n_minor += self->all[i].n_minor;
      n_major += self->all[i].n_major;
    }
  ui_number_moment ((gint64) t, number);
  if (n_minor + n_major == 0)
    return g_strdup (number);
  return g_strdup_printf (_ ("About %s: %u minor and %u major collections"), number, n_minor,
                          n_major);
}

void
ui_time_axis_set_range (UiTimeAxis *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_TIME_AXIS (self));

  if (g_set_object (&self->range, range) && range != NULL)
    {
      g_signal_connect_object (range, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (range, "moment-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
ui_time_axis_finalize (GObject *object)
{
  UiTimeAxis *self = UI_TIME_AXIS (object);

  g_clear_object (&self->range);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_array_unref (self->scratch);
  G_OBJECT_CLASS (ui_time_axis_parent_class)->finalize (object);
}

static void
ui_time_axis_class_init (UiTimeAxisClass *klass)
{
  UiCanvasClass *canvas_class = UI_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_time_axis_finalize;
  canvas_class->draw = ui_time_axis_draw;
  canvas_class->zoom = ui_time_axis_zoom;
  canvas_class->pan = ui_time_axis_pan;
  canvas_class->fit = ui_time_axis_fit;
  canvas_class->scrub = ui_time_axis_scrub;
  canvas_class->jump = ui_time_axis_jump;
  canvas_class->hover = ui_time_axis_hover;
  canvas_class->move = ui_time_axis_move;
}

static void
ui_time_axis_init (UiTimeAxis *self)
{
  self->focus = VM_PID_NONE;
  self->scratch = g_array_new (FALSE, FALSE, sizeof (VmCollection));
  reset (self);
}
