/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-knob.h"

#include "ui/layout/number.h"
#include <glib/gi18n.h>
#include <math.h>

/* Whoever scrolls the text must not turn the knob that comes by under the pointer. */
static void
ignore_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

/* The slider's pixels are too coarse for whole numbers: it gives what lies between two. */
static void
round_cb (GtkAdjustment *value)
{
  gtk_adjustment_set_value (value, round (gtk_adjustment_get_value (value)));
}

GtkWidget *
app_knob_new (const AppLabControl *control)
{
  const char *label =
    control->label != NULL ? control->label : app_lab_knob_get_name (control->knob);
  double         step = MAX (1.0, round ((double) (control->high - control->low) / 100));
  GtkAdjustment *value = gtk_adjustment_new ((double) control->initial, (double) control->low,
                                             (double) control->high, step, 10 * step, 0);
  GtkWidget     *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget     *scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, value);
  GtkWidget     *field = gtk_spin_button_new (value, 0, 0);

  gtk_scale_set_draw_value (GTK_SCALE (scale), FALSE);
  gtk_widget_set_hexpand (scale, TRUE);
  if (control->proposed >= control->low && control->proposed <= control->high)
    {
      char             buffer[UI_NUMBER_SIZE];
      g_autofree char *mark =
        g_strdup_printf (_ ("Try %s"), ui_number_signed (control->proposed, buffer));

      gtk_scale_add_mark (GTK_SCALE (scale), (double) control->proposed, GTK_POS_BOTTOM, mark);
    }
  gtk_editable_set_width_chars (GTK_EDITABLE (field), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (field), 7);
  gtk_widget_set_valign (field, GTK_ALIGN_START);
  ignore_wheel (scale);
  ignore_wheel (field);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (row), scale);
  gtk_box_append (GTK_BOX (row), field);
  g_signal_connect (value, "value-changed", G_CALLBACK (round_cb), NULL);
  g_object_set_data (G_OBJECT (row), "value", value);
  return row;
}

GtkAdjustment *
app_knob_get_value (GtkWidget *knob)
{
  return g_object_get_data (G_OBJECT (knob), "value");
}
