/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/number.h"
#include "ui/widgets/ui-term-panel.h"
#include "ui/widgets/ui-value-list.h"
#include <glib/gi18n-lib.h>

#define MAX_HOLDERS 12

struct _UiTermPanel
{
  GtkWidget    parent_instance;
  GtkWidget   *scroll;
  GtkLabel    *name;
  GtkLabel    *text;
  UiValueList *held;
  UiValueList *send;
};

G_DEFINE_FINAL_TYPE (UiTermPanel, ui_term_panel, GTK_TYPE_WIDGET)

static void
show_holders (UiTermPanel *self, const VmWords *words)
{
  guint n = 0;

  ui_value_list_begin (self->held);
  for (guint i = 0; i < words->n_roots && n < MAX_HOLDERS; i++)
    {
      const VmRoot *root = &words->roots[i];

      if (!root->is_leading)
        continue;
      ui_value_list_add (self->held, root->name, root->text, root->place);
      n++;
    }
  if (n == 0)
    ui_value_list_add (self->held, _ ("nothing"), _ ("garbage: the next collection leaves it"),
                       NULL);
  ui_value_list_end (self->held, words->chosen.n_roots > n ? words->chosen.n_roots : 0);
}

static void
add_row (UiTermPanel *self, const char *name, const char *value, const char *note)
{
  ui_value_list_add (self->send, name, value, note);
}

static void
show_send (UiTermPanel *self, const VmSendCost *cost)
{
  char a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE];

  ui_value_list_begin (self->send);
  if (cost->is_known)
    {
      g_autofree char *where = NULL;

      add_row (self, _ ("copied"), ui_number_words (cost->copied_words, a), NULL);
      add_row (self, _ ("takes now"), ui_number_words (cost->shared_words, a), NULL);
      if (cost->lost_words > 0)
        add_row (self, _ ("sharing lost"), ui_number_words (cost->lost_words, a), NULL);
      if (cost->literal_words > 0)
        add_row (self, _ ("constants, free"), ui_number_words (cost->literal_words, a), NULL);
      if (cost->n_references > 0)
        {
          g_autofree char *references =
            g_strdup_printf (ngettext ("%s reference", "%s references",
                                       (gulong) cost->n_references),
                             ui_number_count (cost->n_references, a));

          add_row (self, _ ("bytes not copied"), ui_number_bytes (cost->binary_bytes, b),
                   references);
        }
      ui_number_count (cost->reductions, a);
      ui_number_count (cost->virtual_reductions, b);
      where = g_strdup_printf (_ ("and %s that only shorten the slice"), b);
      add_row (self, _ ("reductions"), a, where);
      g_clear_pointer (&where, g_free);
      where = g_strdup_printf (_ ("%u on the heap, %u in a fragment"), cost->n_on_heap,
                               cost->n_in_fragment);
      add_row (self, _ ("with the others now"), where, NULL);
    }
  ui_value_list_end (self->send, 0);
}

void
ui_term_panel_set_words (UiTermPanel *self, const VmWords *words)
{
  gboolean is_known = words != NULL && words->chosen.is_known;

  g_return_if_fail (UI_IS_TERM_PANEL (self));

  gtk_widget_set_visible (GTK_WIDGET (self), is_known);
  if (!is_known)
    return;
  gtk_label_set_text (self->name, words->chosen.object.name);
  gtk_label_set_text (self->text,
                      words->chosen.object.text != NULL ? words->chosen.object.text : "");
  show_holders (self, words);
  show_send (self, &words->chosen.send);
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static UiValueList *
add_list (GtkWidget *box, const char *title)
{
  GtkWidget *list = g_object_new (UI_TYPE_VALUE_LIST, "title", title, NULL);

  gtk_box_append (GTK_BOX (box), list);
  return UI_VALUE_LIST (list);
}

static void
ui_term_panel_dispose (GObject *object)
{
  UiTermPanel *self = UI_TERM_PANEL (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  G_OBJECT_CLASS (ui_term_panel_parent_class)->dispose (object);
}

static void
ui_term_panel_class_init (UiTermPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_term_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "termpanel");
}

static void
ui_term_panel_init (UiTermPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 12);
  self->name = add_label (box, "heading");
  self->text = add_label (box, "dim-label");
  self->held = add_list (box, _ ("Held by"));
  self->send = add_list (box, _ ("If it were sent"));
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), box);
  gtk_widget_set_size_request (self->scroll, 270, -1);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
