/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/sample.h"
#include "ui/layout/number.h"

#include <math.h>

static void
test_numbers (void)
{
  char b[UI_NUMBER_SIZE];

  g_assert_cmpstr (ui_number_count (0, b), ==, "0");
  g_assert_cmpstr (ui_number_count (999, b), ==, "999");
  g_assert_cmpstr (ui_number_count (12345678, b), ==, "12\u2009345\u2009678");
  g_assert_cmpstr (ui_number_count (G_MAXUINT64, b), ==,
                   "18\u2009446\u2009744\u2009073\u2009709\u2009551\u2009615");
  g_assert_cmpstr (ui_number_bytes (512, b), ==, "512 B");
  g_assert_cmpstr (ui_number_bytes (233 * 8, b), ==, "1.8 KiB");
  g_assert_cmpstr (ui_number_bytes (1 << 20, b), ==, "1.0 MiB");
  g_assert_cmpstr (ui_number_time (1230000, 10000, 2e6, b), ==, "1.23 ms");
  g_assert_cmpstr (ui_number_time (0, 10000, 2e6, b), ==, "0.00 ms");
  g_assert_cmpstr (ui_number_time (40, 20, 900, b), ==, "40 ns");
  g_assert_cmpstr (ui_number_moment (1240000, b), ==, "1.240 ms");
}

static void
test_ruler (void)
{
  static const double ends[] = { 30, 999, 12345, 1e6, 7.3e8, 5e10 };
  static const double widths[] = { 60, 420, 1600 };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint k = 0; k < G_N_ELEMENTS (widths); k++)
      {
        UiAxis  axis = { ends[i] / 3, ends[i], 10, 10 + widths[k] };
        UiRect  rect = { 10, 0, widths[k], 20 };
        UiRuler ruler;

        ui_ruler_init_time (&ruler, rect, &axis, sample_get_measure ());
        sample_check_labels (&ruler.labels, rect);
        g_assert_cmpuint (ruler.ticks->len, <=, 100);
        for (guint t = 0; t < ruler.ticks->len; t++)
          {
            const UiTick *tick = &g_array_index (ruler.ticks, UiTick, t);

            g_assert_cmpfloat (tick->value, >=, axis.from - ruler.step * 1e-6);
            g_assert_cmpfloat (tick->value, <=, axis.to + ruler.step * 1e-6);
            g_assert_cmpfloat_with_epsilon (tick->value / ruler.step,
                                            round (tick->value / ruler.step), 1e-6);
          }
        if (widths[k] >= 420)
          g_assert_cmpuint (ruler.labels.items->len, >=, 1);
        ui_ruler_clear (&ruler);
      }
}

static void
test_zoom (void)
{
  UiAxis axis = { 0, 1000000, 100, 900 };
  double before = ui_axis_to_value (&axis, 300);

  ui_axis_zoom (&axis, 300, 4, 0, 1000000);
  g_assert_cmpfloat_with_epsilon (ui_axis_to_value (&axis, 300), before, 1e-6);
  g_assert_cmpfloat_with_epsilon (axis.to - axis.from, 250000, 1e-6);
  ui_axis_pan (&axis, 1e9, 0, 1000000);
  g_assert_cmpfloat_with_epsilon (axis.from, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (axis.to, 250000, 1e-6);
  ui_axis_zoom (&axis, 300, 1e-9, 0, 1000000);
  g_assert_cmpfloat_with_epsilon (axis.to, 1000000, 1e-6);
  for (int i = 0; i < 100; i++)
    ui_axis_zoom (&axis, 300, 10, 0, 1000000);
  g_assert_cmpfloat_with_epsilon (axis.to - axis.from, 10, 1e-6);
}

static void
test_fit (void)
{
  const UiMeasure *m = sample_get_measure ();
  g_autofree char *whole = ui_fit_text (m, UI_FONT_LABEL, "µs und ä", 56);
  g_autofree char *cut = ui_fit_text (m, UI_FONT_LABEL, "µs und ä", 49);
  g_autofree char *none = ui_fit_text (m, UI_FONT_LABEL, "sorter", 13);

  g_assert_cmpstr (whole, ==, "µs und ä");
  g_assert_cmpstr (cut, ==, "µs und…");
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/axis/numbers", test_numbers);
  g_test_add_func ("/ui/axis/ruler", test_ruler);
  g_test_add_func ("/ui/axis/zoom", test_zoom);
  g_test_add_func ("/ui/axis/fit", test_fit);
  return g_test_run ();
}
