/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/golden.h"

#include <string.h>

#define CHANNEL_TOLERANCE 12    /* of 255: antialiasing differs a little between versions */
#define CHANGED_SHARE     0.002 /* of the pixels may differ by more */

static char *
make_path (gboolean is_built, const char *name, const char *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);

  return is_built ? g_test_build_filename (G_TEST_BUILT, file, NULL)
                  : g_test_build_filename (G_TEST_DIST, "golden", file, NULL);
}

static gboolean
is_updating (void)
{
  return g_strcmp0 (g_getenv ("UPDATE_GOLDENS"), "1") == 0;
}

void
golden_check_text (const char *name, const char *text)
{
  g_autofree char *path = make_path (FALSE, name, ".geom");
  g_autofree char *out = make_path (TRUE, name, ".out.geom");
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (is_updating ())
    {
      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (path, &expected, NULL, &error);
  if (error == NULL && strcmp (expected, text) == 0)
    return;
  g_file_set_contents (out, text, -1, NULL);
  g_test_message ("%s differs; what came out is in %s", path, out);
  g_test_fail ();
}

static guint
count_changes (cairo_surface_t *a, cairo_surface_t *b, cairo_surface_t *diff)
{
  int   w = cairo_image_surface_get_width (a);
  int   h = cairo_image_surface_get_height (a);
  guint n = 0;

  for (int y = 0; y < h; y++)
    {
      const guint8 *pa = cairo_image_surface_get_data (a) + y * cairo_image_surface_get_stride (a);
      const guint8 *pb = cairo_image_surface_get_data (b) + y * cairo_image_surface_get_stride (b);
      guint8       *pd = cairo_image_surface_get_data (diff);

      pd += y * cairo_image_surface_get_stride (diff);

      for (int x = 0; x < w; x++)
        {
          gboolean is_changed = FALSE;

          for (int c = 0; c < 3; c++)
            {
              is_changed |= ABS (pa[x * 4 + c] - pb[x * 4 + c]) > CHANNEL_TOLERANCE;
              pd[x * 4 + c] = 255 - (255 - pa[x * 4 + c]) / 4;
            }
          pd[x * 4 + 3] = 255;
          if (is_changed)
            {
              pd[x * 4] = pd[x * 4 + 1] = 0;
              pd[x * 4 + 2] = 255;
              n++;
            }
        }
    }
  cairo_surface_mark_dirty (diff);
  return n;
}

static cairo_surface_t *
load (const char *path)
{
  cairo_surface_t *file = cairo_image_surface_create_from_png (path);
  cairo_surface_t *copy;
  cairo_t         *cr;

  if (cairo_surface_status (file) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (file);
      return NULL;
    }
  copy = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, cairo_image_surface_get_width (file),
                                     cairo_image_surface_get_height (file));
  cr = cairo_create (copy);
  cairo_set_source_surface (cr, file, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (file);
  cairo_surface_flush (copy);
  return copy;
}

void
golden_check_picture (const char *name, cairo_surface_t *surface)
{
  g_autofree char *path = make_path (FALSE, name, ".png");
  g_autofree char *out = make_path (TRUE, name, ".out.png");
  g_autofree char *diff_path = make_path (TRUE, name, ".diff.png");
  int              w = cairo_image_surface_get_width (surface);
  int              h = cairo_image_surface_get_height (surface);
  cairo_surface_t *expected, *diff;
  guint            n;

  cairo_surface_flush (surface);
  if (is_updating ())
    {
      g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
      return;
    }
  expected = load (path);
  if (expected == NULL || cairo_image_surface_get_width (expected) != w ||
      cairo_image_surface_get_height (expected) != h)
    {
      cairo_surface_write_to_png (surface, out);
      g_test_message ("%s is missing or of another size; what came out is in %s", path, out);
      g_test_fail ();
      g_clear_pointer (&expected, cairo_surface_destroy);
      return;
    }
  diff = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, w, h);
  n = count_changes (surface, expected, diff);
  if (n > w * h * CHANGED_SHARE)
    {
      cairo_surface_write_to_png (surface, out);
      cairo_surface_write_to_png (diff, diff_path);
      g_test_message ("%s: %u pixels differ; see %s and %s", path, n, out, diff_path);
      g_test_fail ();
    }
  cairo_surface_destroy (diff);
  cairo_surface_destroy (expected);
}

void
golden_add_rect (GString *text, const char *what, const UiRect *rect)
{
  g_string_append_printf (text, "%s  x %.1f y %.1f w %.1f h %.1f\n", what, rect->x, rect->y,
                          rect->w, rect->h);
}

void
golden_add_labels (GString *text, const char *what, const UiLabels *labels)
{
  for (guint i = 0; i < labels->items->len; i++)
    {
      const UiLabel *label = &g_array_index (labels->items, UiLabel, i);

      g_string_append_printf (text, "%s \"%s\"  x %.0f y %.0f w %.0f\n", what, label->text,
                              label->rect.x, label->rect.y, label->rect.w);
    }
}

void
golden_add_spans (GString *text, const char *what, const GArray *spans)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const UiSpan *span = &g_array_index (spans, UiSpan, i);

      g_string_append_printf (text, "%s  role %d pid %d x %.1f w %.1f y %.0f h %.0f folded %u\n",
                              what, (int) span->role, (int) span->pid, span->rect.x, span->rect.w,
                              span->rect.y, span->rect.h, span->n_folded);
    }
}
