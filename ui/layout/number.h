/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Numbers as people read them. All write into @buffer and return it. */

#include <glib.h>

G_BEGIN_DECLS

#define UI_NUMBER_SIZE 40

/* "12 345 678" (thin spaces). */
const char *ui_number_count (guint64 count, char buffer[UI_NUMBER_SIZE]);
const char *ui_number_signed (gint64 number, char buffer[UI_NUMBER_SIZE]);

/* "233 words". */
const char *ui_number_words (guint64 words, char buffer[UI_NUMBER_SIZE]);

/* "512 B", "1.8 KiB", "24 MiB": three digits at most before the unit changes. */
const char *ui_number_bytes (guint64 bytes, char buffer[UI_NUMBER_SIZE]);

/* A time of the machine's clock, as exact as @step_ns needs it: with steps of
 * 10000 ns, 1230000 is "1.23 ms". The unit follows @span_ns, the largest time
 * that stands beside it, so that all marks of one ruler share it. */
const char *
ui_number_time (double t_ns, double step_ns, double span_ns, char buffer[UI_NUMBER_SIZE]);

/* One moment alone, four significant digits. */
const char *ui_number_moment (gint64 t_ns, char buffer[UI_NUMBER_SIZE]);

/* How long something took, three digits or so: "3.4 µs". */
const char *ui_number_duration (gint64 span_ns, char buffer[UI_NUMBER_SIZE]);

G_END_DECLS
