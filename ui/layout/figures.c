/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/figures.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <string.h>

typedef guint64 (*GetFunc) (const UiMoment *moment);

#define GETTER(name, expression)   \
  static guint64                   \
    get_##name (const UiMoment *m) \
  {                                \
    return (guint64) (expression); \
  }

GETTER (young_used, m->sizes.young_used)
GETTER (young_block, m->sizes.young_block)
GETTER (high_water, m->sizes.high_water)
GETTER (stack, m->sizes.stack_used)
GETTER (old_used, m->sizes.old_used)
GETTER (old_block, m->sizes.old_block)
GETTER (fragments, m->sizes.fragments)
GETTER (messages, m->n_messages)
GETTER (message_words, m->message_words)
GETTER (held,
        m->sizes.young_block + m->sizes.old_block + m->sizes.fragments + m->message_words)
GETTER (binaries, m->sizes.offheap_bytes)
GETTER (minor, m->totals.n_minor)
GETTER (major, m->totals.n_major)
GETTER (reclaimed, m->totals.reclaimed_words)
GETTER (gc_time, MAX (m->totals.gc_ns, 0))
GETTER (reductions, m->totals.n_reductions)
GETTER (peak, m->totals.peak_words)

static const struct
{
  const char *key;
  const char *unit;
  const char *label;
  GetFunc     get;
} rows[] = {
  { "young_used", "words", N_ ("young heap, used"), get_young_used },
  { "young_block", "words", N_ ("young block"), get_young_block },
  { "high_water", "words", N_ ("high-water mark"), get_high_water },
  { "stack", "words", N_ ("stack"), get_stack },
  { "old_used", "words", N_ ("old heap, used"), get_old_used },
  { "old_block", "words", N_ ("old block"), get_old_block },
  { "fragments", "words", N_ ("heap fragments"), get_fragments },
  { "message_words", "words", N_ ("waiting messages, words"), get_message_words },
  { "held", "words", N_ ("held in all"), get_held },
  { "messages", "", N_ ("waiting messages"), get_messages },
  { "binaries", "bytes", N_ ("binaries off the heap"), get_binaries },
  { "minor", "", N_ ("minor collections"), get_minor },
  { "major", "", N_ ("major collections"), get_major },
  { "reclaimed", "words", N_ ("reclaimed so far"), get_reclaimed },
  { "gc_time", "ns", N_ ("time in the collector"), get_gc_time },
  { "reductions", "", N_ ("reductions"), get_reductions },
  { "peak", "words", N_ ("most held so far"), get_peak },
};

guint
ui_figures_get_n (void)
{
  return G_N_ELEMENTS (rows);
}

UiFigure
ui_figures_get (guint index)
{
  static const UiFigure none = { "", "", "" };

  g_return_val_if_fail (index < G_N_ELEMENTS (rows), none);
  return (UiFigure){ rows[index].key, rows[index].unit, _ (rows[index].label) };
}

guint64
ui_figures_get_value (guint index, const UiMoment *moment)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (rows), 0);
  return rows[index].get (moment);
}

char *
ui_figures_format (guint index, guint64 value)
{
  char buffer[UI_NUMBER_SIZE];

  g_return_val_if_fail (index < G_N_ELEMENTS (rows), NULL);
  if (strcmp (rows[index].unit, "ns") == 0)
    ui_number_duration ((gint64) MIN (value, G_MAXINT64), buffer);
  else if (strcmp (rows[index].unit, "bytes") == 0)
    ui_number_bytes (value, buffer);
  else
    ui_number_count (value, buffer);
  return g_strdup (buffer);
}

char *
ui_figures_format_change (guint index, guint64 a, guint64 b)
{
  g_autofree char *size = ui_figures_format (index, a > b ? a - b : b - a);

  return a == b ? g_strdup ("–") : g_strconcat (a > b ? "−" : "+", size, NULL);
}
