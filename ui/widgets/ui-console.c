/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/widgets/ui-console.h"
#include <glib/gi18n-lib.h>

#define MAX_LINES 10000

struct _UiConsole
{
  AdwBin         parent_instance;
  GtkTextView   *view;
  GtkTextBuffer *buffer;
  GtkTextMark   *end;
  GtkEntry      *entry;
  GtkWidget     *placeholder;
  GtkWidget     *scrolled;
};

enum
{
  SIGNAL_INPUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiConsole, ui_console, ADW_TYPE_BIN)

static void
trim (UiConsole *self)
{
  int         n_lines = gtk_text_buffer_get_line_count (self->buffer);
  GtkTextIter start, end;

  if (n_lines <= MAX_LINES)
    return;
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_get_iter_at_line (self->buffer, &end, n_lines - MAX_LINES);
  gtk_text_buffer_delete (self->buffer, &start, &end);
}

/* Follows the output only when the end was in sight: who scrolled up reads. */
static void
insert (UiConsole *self, const char *text, const char *tag)
{
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  gboolean at_end =
    gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >=
    gtk_adjustment_get_upper (adjustment) - 24;
  GtkTextIter iter;

  gtk_text_buffer_get_end_iter (self->buffer, &iter);
  if (tag != NULL)
    gtk_text_buffer_insert_with_tags_by_name (self->buffer, &iter, text, -1, tag, NULL);
  else
    gtk_text_buffer_insert (self->buffer, &iter, text, -1);
  trim (self);
  gtk_widget_set_visible (self->placeholder, FALSE);
  if (at_end)
    gtk_text_view_scroll_mark_onscreen (self->view, self->end);
}

void
ui_console_append (UiConsole *self, const char *text, guint64 n_skipped)
{
  g_return_if_fail (UI_IS_CONSOLE (self));

  if (n_skipped > 0)
    {
      g_autofree char *note =
        g_strdup_printf (_ ("\n… %" G_GUINT64_FORMAT " bytes not shown …\n"), n_skipped);

      insert (self, note, "note");
    }
  insert (self, text, NULL);
}

void
ui_console_append_note (UiConsole *self, const char *text, gboolean is_error)
{
  GtkTextIter      end;
  g_autofree char *line = NULL;

  g_return_if_fail (UI_IS_CONSOLE (self));

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  line = g_strdup_printf ("%s%s\n", gtk_text_iter_starts_line (&end) ? "" : "\n", text);
  insert (self, line, is_error ? "error" : "note");
}

void
ui_console_clear (UiConsole *self)
{
  g_return_if_fail (UI_IS_CONSOLE (self));

  gtk_text_buffer_set_text (self->buffer, "", 0);
  gtk_widget_set_visible (self->placeholder, TRUE);
}

static void
entered_cb (UiConsole *self)
{
  g_autofree char *line =
    g_strconcat (gtk_editable_get_text (GTK_EDITABLE (self->entry)), "\n", NULL);

  insert (self, line, "input");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_signal_emit (self, signals[SIGNAL_INPUT], 0, line);
}

static void
ui_console_class_init (UiConsoleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_INPUT] = g_signal_new ("input", UI_TYPE_CONSOLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/beamlab/ui/ui-console.ui");
  gtk_widget_class_bind_template_child (widget_class, UiConsole, view);
  gtk_widget_class_bind_template_child (widget_class, UiConsole, entry);
  gtk_widget_class_bind_template_child (widget_class, UiConsole, placeholder);
  gtk_widget_class_bind_template_child (widget_class, UiConsole, scrolled);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
}

static void
ui_console_init (UiConsole *self)
{
  GtkTextIter end;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_create_tag (self->buffer, "note", "foreground", "#777777", "style",
                              PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (self->buffer, "input", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (self->buffer, "error", "foreground", "#c01c28", NULL);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  self->end = gtk_text_buffer_create_mark (self->buffer, NULL, &end, FALSE);
}
