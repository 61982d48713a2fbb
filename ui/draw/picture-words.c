/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/picture-words.h"

#include <glib/gi18n.h>

/* A line at the foot tells what is chosen. */
static UiRect
draw_foot (UiDraw *dc, const VmWords *words, UiRect area)
{
  const UiMeasure *measure = ui_text_get_measure (dc->text);
  double           h = ui_measure_height (measure, UI_FONT_LABEL);
  g_autofree char *text = ui_heap_words_describe_chosen (words);
  UiLabels         labels;

  if (text == NULL)
    return area;
  ui_labels_init (&labels);
  ui_labels_add (&labels, measure, (UiRect){ area.x, area.y + area.h - h, area.w, h },
                 UI_FONT_LABEL, 0, text);
  ui_draw_labels (dc, &labels);
  ui_labels_clear (&labels);
  return ui_rect_inset (area, 0, 0, 0, h + 8);
}

static void
draw_nothing (UiDraw *dc, UiRect area)
{
  const UiMeasure *measure = ui_text_get_measure (dc->text);
  UiLabels         labels;

  ui_labels_init (&labels);
  ui_labels_add (&labels, measure, area, UI_FONT_LABEL, 0.5,
                 _ ("The words of a process are known while it lives"));
  ui_draw_labels (dc, &labels);
  ui_labels_clear (&labels);
}

void
ui_picture_draw_words (UiDraw *dc, const UiPictureRequest *request, UiRect area)
{
  const VmWords   *words = request->words;
  UiWordsView      view = UI_WORDS_VIEW_INIT;
  UiHeapWordsInput input = { .view = &view, .words = words };
  UiHeapWords     *layout;

  if (words == NULL || !words->is_alive)
    {
      draw_nothing (dc, area);
      return;
    }
  input.sizes = &words->sizes;
  input.chosen_area = request->chosen_area;
  input.chosen_offset = request->chosen_offset;
  view = request->words_view;
  ui_words_view_set_sizes (&view, &words->sizes, words->n_fragment_words);
  area = draw_foot (dc, words, area);
  if (request->words_width > 0) /* the view is of another picture's width */
    view.scale *= area.w / request->words_width;
  layout = ui_heap_words_new (&input, area, ui_text_get_measure (dc->text));
  ui_draw_heap_words (dc, layout);
  ui_heap_words_free (layout);
}
