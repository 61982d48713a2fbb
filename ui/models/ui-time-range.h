/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The stretch of a recording that the timelines show. One is shared by the time
 * axis, the heap's history and the schedulers' lanes, so that they always agree.
 *
 * It also holds the moment that is looked at: where the machine stands, or an earlier
 * one, of which only the recording tells.
 *
 * It follows the recording's end until the user zooms or pans; fitting the whole
 * recording again makes it follow again. */

#include <glib-object.h>

G_BEGIN_DECLS

#define UI_TYPE_TIME_RANGE (ui_time_range_get_type ())
G_DECLARE_FINAL_TYPE (UiTimeRange, ui_time_range, UI, TIME_RANGE, GObject)

UiTimeRange *ui_time_range_new (void);

/* Nanoseconds of the machine's clock; to > from always. */
gint64 ui_time_range_get_from (UiTimeRange *self);
gint64 ui_time_range_get_to (UiTimeRange *self);

/* Where the recording ends; moves the range when it follows, then it begins at
 * @floor_ns. */
void   ui_time_range_set_end (UiTimeRange *self, gint64 end_ns, gint64 floor_ns);
gint64 ui_time_range_get_end (UiTimeRange *self);

/* Makes the range @factor times shorter around @at_ns (factor < 1: longer). */
void ui_time_range_zoom (UiTimeRange *self, double factor, gint64 at_ns);
void ui_time_range_pan (UiTimeRange *self, gint64 delta_ns);
void ui_time_range_set (UiTimeRange *self, gint64 from_ns, gint64 to_ns);

/* Shows the recording (from the floor on), and follows it again. */
void     ui_time_range_fit (UiTimeRange *self);
gboolean ui_time_range_get_follows (UiTimeRange *self);

/* The moment looked at; the end unless one in the past was chosen. */
gint64   ui_time_range_get_moment (UiTimeRange *self);
gboolean ui_time_range_is_past (UiTimeRange *self);
/* @t_ns at or after the end goes back to the present. Moves the range along when the
 * moment would be out of sight. */
void ui_time_range_set_moment (UiTimeRange *self, gint64 t_ns);
void ui_time_range_clear_moment (UiTimeRange *self);

G_END_DECLS
