/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define THIN_SPACE "\u2009"

const char *
ui_number_count (guint64 count, char buffer[UI_NUMBER_SIZE])
{
  char  digits[24];
  int   n = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, count);
  char *out = buffer;

  for (int i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        out = g_stpcpy (out, THIN_SPACE);
      *out++ = digits[i];
    }
  *out = '\0';
  return buffer;
}

const char *
ui_number_signed (gint64 number, char buffer[UI_NUMBER_SIZE])
{
  char count[UI_NUMBER_SIZE];

  ui_number_count (number < 0 ? -(guint64) number : (guint64) number, count);
  g_snprintf (buffer, UI_NUMBER_SIZE, "%s%s", number < 0 ? "\u2212" : "", count);
  return buffer;
}

const char *
ui_number_words (guint64 words, char buffer[UI_NUMBER_SIZE])
{
  char count[UI_NUMBER_SIZE];

  ui_number_count (words, count);
  g_snprintf (buffer, UI_NUMBER_SIZE, g_dngettext (NULL, "%s word", "%s words", (gulong) words),
              count);
  return buffer;
}

const char *
ui_number_bytes (guint64 bytes, char buffer[UI_NUMBER_SIZE])
{
  static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
  double                   value = (double) bytes;
  guint                    unit = 0;

  while (value >= 1000 && unit + 1 < G_N_ELEMENTS (units))
    {
      value /= 1024;
      unit++;
    }
  g_snprintf (buffer, UI_NUMBER_SIZE, "%.*f %s", unit == 0 || value >= 99.95 ? 0 : 1, value,
              units[unit]);
  return buffer;
}

static double
choose_unit (double span_ns, const char **name)
{
  span_ns = fabs (span_ns);
  if (span_ns < 1e3)
    {
      *name = "ns";
      return 1;
    }
  if (span_ns < 1e6)
    {
      *name = "µs";
      return 1e3;
    }
  if (span_ns < 1e9)
    {
      *name = "ms";
      return 1e6;
    }
  *name = "s";
  return 1e9;
}

const char *
ui_number_time (double t_ns, double step_ns, double span_ns, char buffer[UI_NUMBER_SIZE])
{
  const char *name;
  double      unit = choose_unit (span_ns, &name);
  double      step = step_ns / unit;
  int         decimals = step >= 1 || step <= 0 ? 0 : (int) ceil (-log10 (step) - 1e-9);
  double      value = t_ns / unit;

  if (value == 0)
    value = 0; /* no "-0" */
  g_snprintf (buffer, UI_NUMBER_SIZE, "%.*f %s", CLAMP (decimals, 0, 9), value, name);
  return buffer;
}

const char *
ui_number_moment (gint64 t_ns, char buffer[UI_NUMBER_SIZE])
{
  const char *name;
  double      unit = choose_unit ((double) t_ns, &name);
  double      value = (double) t_ns / unit;
  int         before = value >= 100 ? 3 : value >= 10 ? 2
                                                      : 1;

  g_snprintf (buffer, UI_NUMBER_SIZE, "%.*f %s", unit == 1 ? 0 : 4 - before, value, name);
  return buffer;
}

const char *
ui_number_duration (gint64 span_ns, char buffer[UI_NUMBER_SIZE])
{
  const char *name;
  double      unit = choose_unit ((double) span_ns, &name);
  double      value = (double) span_ns / unit;

  g_snprintf (buffer, UI_NUMBER_SIZE, "%.*f %s", unit == 1 || value >= 99.95 ? 0 : 1, value, name);
  return buffer;
}
