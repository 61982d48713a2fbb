/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-reader.h"
#include <glib/gi18n.h>

/* A comfortable line in a side pane; the pane asks for no more width than that. */
#define READER_CHARS 42

typedef struct
{
  AppReaderStepFunc make_step;
  AppReaderLinkFunc follow_link;
  gpointer          data;
} Reader;

static void append_blocks (GtkWidget *box, const GPtrArray *blocks, const Reader *reader);

static gboolean
activate_link_cb (GtkWidget *label, const char *uri, gpointer data)
{
  AppReaderLinkFunc follow =
    (AppReaderLinkFunc) g_object_get_data (G_OBJECT (label), "follow-link");

  return follow != NULL && follow (uri, data);
}

static GtkWidget *
new_label (const Reader *reader, const char *markup, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), READER_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  g_object_set_data (G_OBJECT (label), "follow-link", reader->follow_link);
  g_signal_connect (label, "activate-link", G_CALLBACK (activate_link_cb), reader->data);
  return label;
}

static GtkWidget *
new_code (const AppLabBlock *block)
{
  g_autofree char *text = g_strchomp (g_strdup (block->text));
  GtkWidget       *label = gtk_label_new (text);
  GtkWidget       *scrolled = gtk_scrolled_window_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_widget_add_css_class (scrolled, "code-block");
  return scrolled;
}

static GtkWidget *
new_list (const AppLabBlock *block, const Reader *reader)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < block->children->len; i++)
    {
      const AppLabBlock *item = g_ptr_array_index (block->children, i);
      GtkWidget         *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      GtkWidget         *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      g_autofree char   *bullet =
        block->is_ordered ? g_strdup_printf ("%u.", block->start + i) : g_strdup ("•");
      GtkWidget *mark = gtk_label_new (bullet);

      gtk_widget_set_valign (mark, GTK_ALIGN_START);
      gtk_widget_add_css_class (mark, "dim-label");
      gtk_widget_set_hexpand (content, TRUE);
      append_blocks (content, item->children, reader);
      gtk_box_append (GTK_BOX (row), mark);
      gtk_box_append (GTK_BOX (row), content);
      gtk_box_append (GTK_BOX (list), row);
    }
  return list;
}

static GtkWidget *
new_quote (const AppLabBlock *block, const Reader *reader)
{
  GtkWidget *quote = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (quote, "quote");
  append_blocks (quote, block->children, reader);
  return quote;
}

static GtkWidget *
new_image (const AppLabBlock *block)
{
  GtkWidget *picture = gtk_picture_new_for_filename (block->text);

  gtk_picture_set_alternative_text (GTK_PICTURE (picture), block->info);
  gtk_widget_set_tooltip_text (picture, block->info);
  return picture;
}

static GtkWidget *
new_block (const AppLabBlock *block, const Reader *reader)
{
  switch (block->kind)
    {
    case APP_LAB_BLOCK_HEADING:
      return new_label (reader, block->markup, block->level <= 2 ? "title-2" : "title-4");
    case APP_LAB_BLOCK_PARAGRAPH:
      return new_label (reader, block->markup, NULL);
    case APP_LAB_BLOCK_CODE:
      return new_code (block);
    case APP_LAB_BLOCK_LIST:
      return new_list (block, reader);
    case APP_LAB_BLOCK_QUOTE:
      return new_quote (block, reader);
    case APP_LAB_BLOCK_IMAGE:
      return new_image (block);
    case APP_LAB_BLOCK_RULE:
      return gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
    case APP_LAB_BLOCK_STEP:
      return reader->make_step (block->step, reader->data);
    case APP_LAB_BLOCK_ITEM:
    default:
      return NULL;
    }
}

static void
append_blocks (GtkWidget *box, const GPtrArray *blocks, const Reader *reader)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      GtkWidget *widget = new_block (g_ptr_array_index (blocks, i), reader);

      if (widget != NULL)
        gtk_box_append (GTK_BOX (box), widget);
    }
}

GtkWidget *
app_reader_new_section (const AppLabSection *section,
                        AppReaderStepFunc    make_step,
                        AppReaderLinkFunc    follow_link,
                        gpointer             data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  Reader     reader = { make_step, follow_link, data };

  gtk_widget_add_css_class (box, "reader");
  /* Sections made by a heading begin with it; the text before the first does not. */
  if (section->title != NULL &&
      (section->blocks->len == 0 ||
       ((AppLabBlock *) g_ptr_array_index (section->blocks, 0))->kind != APP_LAB_BLOCK_HEADING))
    {
      g_autofree char *title = g_markup_escape_text (section->title, -1);

      gtk_box_append (GTK_BOX (box), new_label (&reader, title, "title-2"));
    }
  append_blocks (box, section->blocks, &reader);
  return box;
}
