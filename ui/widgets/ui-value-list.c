/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/widgets/ui-value-list.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *row;
  GtkWidget *name;
  GtkWidget *value;
  GtkWidget *note;
} Row;

struct _UiValueList
{
  GtkWidget  parent_instance;
  GtkWidget *heading;
  GtkWidget *count;
  GtkWidget *list;
  char      *title;
  gboolean   is_monospace;
  GArray    *rows; /* Row; the first n_used are shown */
  guint      n_used;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_MONOSPACE,
  N_PROPS
};

enum
{
  SIGNAL_COPIED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiValueList, ui_value_list, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget *label, const char *text)
{
  if (text == NULL)
    text = "";
  if (strcmp (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

static GtkWidget *
new_label (const char *css_class, gboolean expands)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, expands);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static Row
new_row (UiValueList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  Row        row = { gtk_list_box_row_new (), new_label ("dim-label", FALSE),
                     new_label (self->is_monospace ? "monospace" : NULL, TRUE),
                     new_label ("dim-label", FALSE) };

  gtk_label_set_wrap (GTK_LABEL (row.value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (row.value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (row.value), 4);
  gtk_label_set_ellipsize (GTK_LABEL (row.value), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (row.value), 8);
  gtk_label_set_xalign (GTK_LABEL (row.value), self->is_monospace ? 0 : 1);
  gtk_widget_add_css_class (row.note, "numeric");
  gtk_widget_add_css_class (row.value, "numeric");
  gtk_box_append (GTK_BOX (box), row.name);
  gtk_box_append (GTK_BOX (box), row.value);
  gtk_box_append (GTK_BOX (box), row.note);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row.row), box);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row.row);
  gtk_widget_set_tooltip_text (row.row, _ ("Activate to copy"));
  return row;
}

void
ui_value_list_begin (UiValueList *self)
{
  self->n_used = 0;
}

void
ui_value_list_add (UiValueList *self, const char *name, const char *value, const char *note)
{
  const Row *row;

  if (self->n_used == self->rows->len)
    {
      Row made = new_row (self);

      g_array_append_val (self->rows, made);
    }
  row = &g_array_index (self->rows, Row, self->n_used++);
  set_text (row->name, name);
  set_text (row->value, value);
  set_text (row->note, note);
  gtk_widget_set_visible (row->row, TRUE);
}

void
ui_value_list_end (UiValueList *self, guint64 total)
{
  g_autofree char *count = NULL;

  for (guint i = self->n_used; i < self->rows->len; i++)
    gtk_widget_set_visible (g_array_index (self->rows, Row, i).row, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_used > 0);
  if (total > self->n_used)
    /* Translators: "100 of 1000000", how many messages of a mailbox are listed */
    count = g_strdup_printf (_ ("%u of %" G_GUINT64_FORMAT), self->n_used, total);
  else if (self->is_monospace)
    count = g_strdup_printf ("%u", self->n_used);
  set_text (self->count, count);
}

const char *
ui_value_list_get_name (UiValueList *self, guint index)
{
  g_return_val_if_fail (UI_IS_VALUE_LIST (self), NULL);

  return index < self->n_used
           ? gtk_label_get_text (GTK_LABEL (g_array_index (self->rows, Row, index).name))
           : NULL;
}

void
ui_value_list_print (UiValueList *self, GString *out)
{
  if (self->n_used == 0)
    return;
  g_string_append_printf (out, "\n%s\n", self->title);
  for (guint i = 0; i < self->n_used; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      g_string_append_printf (out, "  %s\t%s\t%s\n", gtk_label_get_text (GTK_LABEL (row->name)),
                              gtk_label_get_text (GTK_LABEL (row->value)),
                              gtk_label_get_text (GTK_LABEL (row->note)));
    }
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *activated, UiValueList *self)
{
  const Row  *row = &g_array_index (self->rows, Row, gtk_list_box_row_get_index (activated));
  const char *text = gtk_label_get_text (GTK_LABEL (row->value));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0,
                 (guint) gtk_list_box_row_get_index (activated));
}

static void
ui_value_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  UiValueList *self = UI_VALUE_LIST (object);

  switch (id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      set_text (self->heading, self->title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      self->title != NULL ? self->title : "", -1);
      break;
    case PROP_MONOSPACE:
      self->is_monospace = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ui_value_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ui_value_list_parent_class)->dispose (object);
}

static void
ui_value_list_finalize (GObject *object)
{
  g_array_unref (UI_VALUE_LIST (object)->rows);
  g_free (UI_VALUE_LIST (object)->title);
  G_OBJECT_CLASS (ui_value_list_parent_class)->finalize (object);
}

static void
ui_value_list_class_init (UiValueListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  object_class->set_property = ui_value_list_set_property;
  object_class->dispose = ui_value_list_dispose;
  object_class->finalize = ui_value_list_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /* Values are code: monospaced, at the left, and counted. */
  properties[PROP_MONOSPACE] = g_param_spec_boolean ("monospace", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_COPIED] = g_signal_new ("copied", UI_TYPE_VALUE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  /* (index): a row was activated; after ::copied. */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", UI_TYPE_VALUE_LIST, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "valuelist");
}

static void
ui_value_list_init (UiValueList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget        *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->heading = new_label ("heading", TRUE);
  self->count = new_label ("dim-label", FALSE);
  gtk_box_append (GTK_BOX (header), self->heading);
  gtk_box_append (GTK_BOX (header), self->count);
  gtk_widget_set_parent (header, GTK_WIDGET (self));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
