/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/text.h"

#include <pango/pangocairo.h>
#include <string.h>

#define MAX_CACHED 20000

struct _UiText
{
  UiMeasure     measure;
  PangoContext *context;
  PangoLayout  *layouts[UI_N_FONTS];
  double        baselines[UI_N_FONTS];
  GHashTable   *widths[UI_N_FONTS]; /* text to a double on the heap */
};

static const struct
{
  double      px;
  PangoWeight weight;
  gboolean    is_mono;
} styles[UI_N_FONTS] = {
  [UI_FONT_LABEL] = { 13, PANGO_WEIGHT_NORMAL, FALSE },
  [UI_FONT_BOLD] = { 13, PANGO_WEIGHT_BOLD, FALSE },
  [UI_FONT_SMALL] = { 12, PANGO_WEIGHT_NORMAL, FALSE },
  [UI_FONT_TITLE] = { 18, PANGO_WEIGHT_BOLD, FALSE },
  [UI_FONT_MONO] = { 12, PANGO_WEIGHT_NORMAL, TRUE },
};

static double
get_width (gpointer data, UiFont font, const char *string, gsize len)
{
  UiText        *text = data;
  double        *cached = g_hash_table_lookup (text->widths[font], string);
  PangoRectangle logical;

  if (cached != NULL)
    return *cached;
  pango_layout_set_text (text->layouts[font], string, (int) len);
  pango_layout_get_extents (text->layouts[font], NULL, &logical);
  if (g_hash_table_size (text->widths[font]) >= MAX_CACHED)
    g_hash_table_remove_all (text->widths[font]);
  cached = g_new (double, 1);
  *cached = (double) logical.width / PANGO_SCALE;
  g_hash_table_insert (text->widths[font], g_strndup (string, len), cached);
  return *cached;
}

static PangoLayout *
make_layout (PangoContext *context, UiFont font, const char *family, const char *mono)
{
  PangoLayout          *layout = pango_layout_new (context);
  PangoFontDescription *description = pango_font_description_new ();
  PangoAttrList        *attributes = pango_attr_list_new ();

  pango_font_description_set_family (description, styles[font].is_mono ? mono : family);
  pango_font_description_set_weight (description, styles[font].weight);
  pango_font_description_set_absolute_size (description, styles[font].px * PANGO_SCALE);
  pango_layout_set_font_description (layout, description);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_attr_list_unref (attributes);
  pango_font_description_free (description);
  return layout;
}

UiText *
ui_text_new (const char *family, const char *mono)
{
  UiText               *text = g_new0 (UiText, 1);
  PangoFontMap         *map = pango_cairo_font_map_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  text->context = pango_font_map_create_context (map);
  g_object_unref (map);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options (text->context, options);
  pango_cairo_context_set_resolution (text->context, 96);
  cairo_font_options_destroy (options);
  /* cairo puts glyphs on whole pixels: advances must be whole too, or gaps vary */
  pango_context_set_round_glyph_positions (text->context, TRUE);

  text->measure.get_width = get_width;
  text->measure.data = text;
  for (UiFont font = 0; font < UI_N_FONTS; font++)
    {
      PangoRectangle logical;

      text->layouts[font] =
        make_layout (text->context, font, family != NULL ? family : "Cantarell, sans",
                     mono != NULL ? mono : "monospace");
      pango_layout_set_text (text->layouts[font], "Ag", -1);
      pango_layout_get_extents (text->layouts[font], NULL, &logical);
      text->measure.heights[font] = (double) logical.height / PANGO_SCALE;
      int baseline = pango_layout_get_baseline (text->layouts[font]);

      text->baselines[font] = pango_units_to_double (baseline);
      text->widths[font] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }
  return text;
}

void
ui_text_free (UiText *text)
{
  if (text == NULL)
    return;
  for (UiFont font = 0; font < UI_N_FONTS; font++)
    {
      g_object_unref (text->layouts[font]);
      g_hash_table_unref (text->widths[font]);
    }
  g_object_unref (text->context);
  g_free (text);
}

const UiMeasure *
ui_text_get_measure (UiText *text)
{
  return &text->measure;
}

/* A glyph from another font may be taller; the baseline keeps its place. */
static PangoLayoutLine *
prepare (UiText *text, cairo_t *cr, UiFont font, const char *string, double x, double y)
{
  pango_layout_set_text (text->layouts[font], string, -1);
  cairo_move_to (cr, x, y + text->baselines[font]);
  return pango_layout_get_line_readonly (text->layouts[font], 0);
}

void
ui_text_show (UiText *text, cairo_t *cr, UiFont font, const char *string, double x, double y)
{
  pango_cairo_show_layout_line (cr, prepare (text, cr, font, string, x, y));
  cairo_new_path (cr);
}

void
ui_text_path (UiText *text, cairo_t *cr, UiFont font, const char *string, double x, double y)
{
  pango_cairo_layout_line_path (cr, prepare (text, cr, font, string, x, y));
}
