/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/mailbox.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>
#include <math.h>

#define GAP        12.0
#define LETTER_MIN 132.0
#define LETTER_MAX 240.0
#define PADDING    10.0

typedef struct
{
  UiMailbox            *m;
  const UiMailboxInput *input;
  const UiMeasure      *measure;
  double                letter_w, letter_h;
  guint                 columns, rows;
} Build;

static UiRect
get_place (const Build *build, guint i, double top)
{
  return (UiRect){ build->m->area.x + (i % build->columns) * (build->letter_w + GAP),
                   top + (i / build->columns) * (build->letter_h + GAP), build->letter_w,
                   build->letter_h };
}

static void
add_text (Build *build, UiRect place, UiFont font, UiTone tone, double align, const char *text)
{
  UiLabel *label = ui_labels_add (&build->m->labels, build->measure, place, font, align, text);

  if (label != NULL)
    label->tone = tone;
}

static void
add_letter (Build *build, guint i, UiRect rect)
{
  const VmMessage *message = &build->input->detail->messages[i];
  UiLetter         letter = { rect, i, message };
  double           small = ui_measure_height (build->measure, UI_FONT_SMALL);
  double           mono = ui_measure_height (build->measure, UI_FONT_MONO);
  UiRect           inner = ui_rect_inset (rect, PADDING, 8, PADDING, 8);
  char             name[96], words[UI_NUMBER_SIZE], number[UI_NUMBER_SIZE];
  g_autofree char *from = NULL;
  g_autofree char *size = NULL;
  double           number_w;

  g_array_append_val (build->m->letters, letter);
  ui_number_count (i + 1, number);
  number_w = ui_measure_width (build->measure, UI_FONT_SMALL, number);
  add_text (build, (UiRect){ inner.x, inner.y, inner.w, small }, UI_FONT_SMALL, UI_TONE_DIM, 1,
            number);
  if (message->from != VM_PID_NONE)
    {
      build->input->get_name (message->from, name, sizeof name, build->input->name_data);
      from = g_strdup_printf (_ ("from %s"), name);
      add_text (build, (UiRect){ inner.x, inner.y, inner.w - number_w - 8, small }, UI_FONT_SMALL,
                UI_TONE_DIM, 0, from);
    }
  add_text (build, (UiRect){ inner.x, inner.y + small + 6, inner.w, mono }, UI_FONT_MONO,
            UI_TONE_NORMAL, 0, message->text);
  size = g_strdup_printf (message->is_in_heap ? _ ("%s · in the heap") : _ ("%s · fragment"),
                          ui_number_words (message->words, words));
  add_text (build, (UiRect){ inner.x, inner.y + small + 6 + mono + 6, inner.w, small },
            UI_FONT_SMALL, UI_TONE_DIM, 0, size);
}

static void
add_more (Build *build, UiRect rect)
{
  UiLetter         letter = { rect, G_MAXUINT, NULL };
  char             count[UI_NUMBER_SIZE];
  g_autofree char *text =
    g_strdup_printf (_ ("… %s more"), ui_number_count (build->m->n_more, count));

  g_array_append_val (build->m->letters, letter);
  add_text (build, ui_rect_inset (rect, PADDING, 0, PADDING, 0), UI_FONT_BOLD, UI_TONE_NORMAL, 0.5,
            text);
}

static void
add_heading (Build *build, UiRect place)
{
  guint            n = build->input->n_messages;
  char             count[UI_NUMBER_SIZE];
  g_autofree char *text = g_strdup_printf (
    g_dngettext (NULL, "%s message, the oldest first", "%s messages, the oldest first", n),
    ui_number_count (n, count));

  add_text (build, place, UI_FONT_BOLD, UI_TONE_NORMAL, 0, text);
}

static void
add_empty (Build *build)
{
  UiRect   area = build->m->area;
  double   big = ui_measure_height (build->measure, UI_FONT_TITLE);
  double   middle = area.y + area.h / 2;
  gboolean is_known = build->input->detail != NULL;

  add_text (build, (UiRect){ area.x, middle - big, area.w, big }, UI_FONT_TITLE, UI_TONE_DIM, 0.5,
            is_known ? _ ("The mailbox is empty") : _ ("No process chosen"));
  add_text (build, (UiRect){ area.x, middle + 4, area.w, big }, UI_FONT_LABEL, UI_TONE_DIM, 0.5,
            is_known ? _ ("Messages sent to the process appear here")
                     : _ ("Choose a process to see its mailbox"));
}

UiMailbox *
ui_mailbox_new (const UiMailboxInput *input, UiRect area, const UiMeasure *measure)
{
  UiMailbox *m = g_new0 (UiMailbox, 1);
  Build      build = { .m = m, .input = input, .measure = measure };
  double     head = ui_measure_height (measure, UI_FONT_BOLD) + 10;

  m->area = area;
  m->letters = g_array_new (FALSE, FALSE, sizeof (UiLetter));
  ui_labels_init (&m->labels);
  if (input->detail == NULL || MAX (input->n_messages, input->detail->n_messages) == 0)
    {
      add_empty (&build);
      return m;
    }

  guint total = MAX (input->n_messages, input->detail->n_messages);
  guint listed = input->detail->n_messages;

  build.letter_h =
    2 * ui_measure_height (measure, UI_FONT_SMALL) + ui_measure_height (measure, UI_FONT_MONO) + 28;
  build.columns = (guint) MAX (1, floor ((area.w + GAP) / (LETTER_MIN * 1.3 + GAP)));
  build.columns = MIN (build.columns, MAX (2, total));
  build.letter_w = MIN (LETTER_MAX, (area.w - (build.columns - 1) * GAP) / build.columns);
  build.rows = (guint) MAX (1, floor ((area.h - head + GAP) / (build.letter_h + GAP)));

  guint places = build.columns * build.rows;
  guint shown = MIN (listed, places);

  if (shown < total && shown == places)
    shown--;
  m->n_more = total - shown;
  add_heading (&build, (UiRect){ area.x, area.y, area.w, head - 10 });
  for (guint i = 0; i < shown; i++)
    add_letter (&build, i, get_place (&build, i, area.y + head));
  if (m->n_more > 0)
    add_more (&build, get_place (&build, shown, area.y + head));
  return m;
}

void
ui_mailbox_free (UiMailbox *mailbox)
{
  if (mailbox == NULL)
    return;
  g_array_unref (mailbox->letters);
  ui_labels_clear (&mailbox->labels);
  g_free (mailbox);
}

const UiLetter *
ui_mailbox_hit (const UiMailbox *mailbox, double x, double y)
{
  for (guint i = 0; i < mailbox->letters->len; i++)
    {
      const UiLetter *letter = &g_array_index (mailbox->letters, UiLetter, i);

      if (ui_rect_contains (&letter->rect, x, y))
        return letter;
    }
  return NULL;
}
