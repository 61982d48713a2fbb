/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One process's memory at one moment as numbers, the figures of what a picture
 * shows, in words. As text: ui/draw/figures-text.h. */

#include "engine/vm-recording.h"

G_BEGIN_DECLS

/* All strings are the caller's. */
typedef struct
{
  const char     *run;         /* (nullable): what tells this run from another */
  const char     *program;     /* (nullable) */
  const char     *process;     /* (nullable) */
  const char     *otp_version; /* (nullable) */
  gint64          t_ns;        /* the moment asked for … */
  gint64          measured_ns; /* … and when the sizes were measured: at or before it */
  gboolean        is_known;    /* something was measured */
  VmHeapSizes     sizes;
  guint64         n_messages;
  guint64         message_words; /* outside the heap */
  VmProcessTotals totals;
} UiMoment;

typedef struct
{
  const char *key;  /* for machines: never translated */
  const char *unit; /* "words", "bytes", "ns" or "" */
  const char *label;
} UiFigure;

guint    ui_figures_get_n (void);
UiFigure ui_figures_get (guint index);
guint64  ui_figures_get_value (guint index, const UiMoment *moment);

/* "12 345" or "1.2 MiB": @index's value as people read it. (transfer full) */
char *ui_figures_format (guint index, guint64 value);
/* The same of what it takes from @a to @b, with its sign; "–" when nothing. (transfer full) */
char *ui_figures_format_change (guint index, guint64 a, guint64 b);

G_END_DECLS
