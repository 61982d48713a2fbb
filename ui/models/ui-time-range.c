/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/models/ui-time-range.h"

/* Shorter stretches than this cannot hold two events of the virtual clock. */
#define MIN_SPAN_NS 100
#define MIN_END_NS  1000

struct _UiTimeRange
{
  GObject  parent_instance;
  gint64   from_ns;
  gint64   to_ns;
  gint64   end_ns;
  gint64   floor_ns;
  gint64   moment_ns; /* G_MAXINT64: the present */
  gboolean follows;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MOMENT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiTimeRange, ui_time_range, G_TYPE_OBJECT)

static void
apply (UiTimeRange *self, gint64 from_ns, gint64 to_ns)
{
  gint64 limit = MAX (self->end_ns, MIN_END_NS);
  gint64 span = CLAMP (to_ns - from_ns, MIN_SPAN_NS, limit);

  from_ns = CLAMP (from_ns, 0, limit - span);
  to_ns = from_ns + span;
  if (from_ns == self->from_ns && to_ns == self->to_ns)
    return;
  self->from_ns = from_ns;
  self->to_ns = to_ns;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
ui_time_range_set (UiTimeRange *self, gint64 from_ns, gint64 to_ns)
{
  g_return_if_fail (UI_IS_TIME_RANGE (self));

  self->follows = FALSE;
  apply (self, from_ns, to_ns);
}

void
ui_time_range_set_end (UiTimeRange *self, gint64 end_ns, gint64 floor_ns)
{
  g_return_if_fail (UI_IS_TIME_RANGE (self));

  self->end_ns = MAX (end_ns, 0);
  if (ui_time_range_is_past (self) && self->moment_ns >= self->end_ns)
    ui_time_range_clear_moment (self); /* another run */
  self->floor_ns = CLAMP (floor_ns, 0, self->end_ns);
  if (self->follows)
    apply (self, self->floor_ns, MAX (self->end_ns, MIN_END_NS));
  else
    apply (self, self->from_ns, self->to_ns);
}

void
ui_time_range_zoom (UiTimeRange *self, double factor, gint64 at_ns)
{
  double left, right;

  g_return_if_fail (UI_IS_TIME_RANGE (self));
  g_return_if_fail (factor > 0);

  left = (double) (at_ns - self->from_ns) / factor;
  right = (double) (self->to_ns - at_ns) / factor;
  if (left + right >= (double) MAX (self->end_ns, MIN_END_NS) && self->floor_ns == 0)
    ui_time_range_fit (self);
  else
    ui_time_range_set (self, at_ns - (gint64) left, at_ns + (gint64) right);
}

void
ui_time_range_pan (UiTimeRange *self, gint64 delta_ns)
{
  g_return_if_fail (UI_IS_TIME_RANGE (self));

  if (delta_ns != 0 && !self->follows)
    apply (self, self->from_ns + delta_ns, self->to_ns + delta_ns);
}

void
ui_time_range_fit (UiTimeRange *self)
{
  g_return_if_fail (UI_IS_TIME_RANGE (self));

  self->follows = TRUE;
  apply (self, self->floor_ns, MAX (self->end_ns, MIN_END_NS));
}

gint64
ui_time_range_get_from (UiTimeRange *self)
{
  return self->from_ns;
}

gint64
ui_time_range_get_to (UiTimeRange *self)
{
  return self->to_ns;
}

gint64
ui_time_range_get_end (UiTimeRange *self)
{
  return self->end_ns;
}

gboolean
ui_time_range_get_follows (UiTimeRange *self)
{
  return self->follows;
}

gint64
ui_time_range_get_moment (UiTimeRange *self)
{
  return ui_time_range_is_past (self) ? self->moment_ns : self->end_ns;
}

gboolean
ui_time_range_is_past (UiTimeRange *self)
{
  return self->moment_ns != G_MAXINT64;
}

static void
show (UiTimeRange *self, gint64 t_ns)
{
  gint64 span = self->to_ns - self->from_ns;

  if (self->follows)
    return;
  if (t_ns < self->from_ns)
    apply (self, t_ns, t_ns + span);
  else if (t_ns > self->to_ns)
    apply (self, t_ns - span, t_ns);
}

void
ui_time_range_set_moment (UiTimeRange *self, gint64 t_ns)
{
  gint64 moment_ns;

  g_return_if_fail (UI_IS_TIME_RANGE (self));

  moment_ns = t_ns >= self->end_ns ? G_MAXINT64 : MAX (t_ns, 0);
  show (self, MIN (MAX (t_ns, 0), self->end_ns));
  if (moment_ns == self->moment_ns)
    return;
  self->moment_ns = moment_ns;
  g_signal_emit (self, signals[SIGNAL_MOMENT_CHANGED], 0);
}

void
ui_time_range_clear_moment (UiTimeRange *self)
{
  g_return_if_fail (UI_IS_TIME_RANGE (self));

  if (self->moment_ns == G_MAXINT64)
    return;
  self->moment_ns = G_MAXINT64;
  g_signal_emit (self, signals[SIGNAL_MOMENT_CHANGED], 0);
}

static void
ui_time_range_class_init (UiTimeRangeClass *klass)
{
  /**
   * UiTimeRange::changed:
   *
   * The shown stretch moved or changed its length.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", UI_TYPE_TIME_RANGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  /**
   * UiTimeRange::moment-changed:
   *
   * Another moment is looked at.
   */
  signals[SIGNAL_MOMENT_CHANGED] =
    g_signal_new ("moment-changed", UI_TYPE_TIME_RANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
ui_time_range_init (UiTimeRange *self)
{
  self->to_ns = MIN_END_NS;
  self->follows = TRUE;
  self->moment_ns = G_MAXINT64;
}

UiTimeRange *
ui_time_range_new (void)
{
  return g_object_new (UI_TYPE_TIME_RANGE, NULL);
}
