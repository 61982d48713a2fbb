/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/number.h"
#include "ui/widgets/ui-transport.h"
#include <glib/gi18n-lib.h>

struct _UiTransport
{
  AdwBin            parent_instance;
  GtkWidget        *run_button;
  AdwButtonContent *run_content;
  AdwSplitButton   *step_button;
  GtkLabel         *state;
  GtkLabel         *figures;
  GtkMenuButton    *speed_button;
  UiTimeAxis       *axis;
};

G_DEFINE_FINAL_TYPE (UiTransport, ui_transport, ADW_TYPE_BIN)

static const char *
state_to_string (const VmStatus *status)
{
  switch (status->state)
    {
    case VM_STATE_RUNNING:
      return _ ("Running");
    case VM_STATE_FINISHED:
      return _ ("Finished");
    case VM_STATE_FAILED:
      return _ ("Failed");
    case VM_STATE_LIMIT:
      return _ ("At a limit");
    default:
      if (status->stop_reason == VM_STOP_NONE)
        return _ ("Ready");
      return status->stop_reason == VM_STOP_IDLE ? _ ("Idle") : _ ("Paused");
    }
}

char *
ui_transport_describe (const VmStatus *status)
{
  switch (status->state)
    {
    case VM_STATE_FAILED:
      return g_strdup (_ ("The program failed: see the console"));
    case VM_STATE_LIMIT:
      return g_strdup (_ ("The machine reached a limit and is paused"));
    case VM_STATE_PAUSED:
      return NULL;
    default:
      return NULL;
    }
}

static void
set_run_button (UiTransport *self, gboolean is_running)
{
  adw_button_content_set_icon_name (self->run_content, is_running
                                                         ? "media-playback-pause-symbolic"
                                                         : "media-playback-start-symbolic");
  adw_button_content_set_label (self->run_content, is_running ? _ ("Pause") : _ ("Run"));
  gtk_widget_set_tooltip_text (self->run_button, is_running ? _ ("Pause (F8)") : _ ("Run (F5)"));
}

static char *
describe_figures (const VmStatus *status)
{
  char     number[UI_NUMBER_SIZE];
  GString *text = g_string_new (ui_number_moment (status->time_ns, number));

  g_string_append_printf (text, "  ·  ");
  g_string_append_printf (
    text,
    g_dngettext (GETTEXT_PACKAGE, "%s reduction", "%s reductions", (gulong) status->n_reductions),
    ui_number_count (status->n_reductions, number));
  g_string_append_printf (text, "  ·  ");
  g_string_append_printf (
    text, g_dngettext (GETTEXT_PACKAGE, "%s process", "%s processes", status->n_processes),
    ui_number_count (status->n_processes, number));
  if (status->n_dropped > 0)
    {
      g_string_append_printf (text, "  ·  ");
      g_string_append_printf (text, _ ("%s events lost"),
                              ui_number_count (status->n_dropped, number));
    }
  return g_string_free (text, FALSE);
}

void
ui_transport_set_status (UiTransport *self, const VmStatus *status)
{
  g_autofree char *figures = NULL;

  g_return_if_fail (UI_IS_TRANSPORT (self));

  set_run_button (self, status != NULL && status->state == VM_STATE_RUNNING);
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  if (status == NULL)
    {
      gtk_label_set_text (self->state, "");
      gtk_label_set_text (self->figures, "");
      return;
    }
  if (status->state == VM_STATE_LIMIT)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "warning");
  if (status->state == VM_STATE_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  gtk_label_set_text (self->state, state_to_string (status));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state),
                               status->state == VM_STATE_PAUSED &&
                                   status->stop_reason == VM_STOP_IDLE
                                 ? _ ("All processes wait, and no timer is set")
                                 : NULL);
  figures = describe_figures (status);
  gtk_label_set_text (self->figures, figures);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->figures), figures);
}

void
ui_transport_set_step_unit (UiTransport *self, VmStepUnit unit)
{
  const char *label = NULL;
  const char *tooltip = NULL;

  g_return_if_fail (UI_IS_TRANSPORT (self));

  switch (unit)
    {
    case VM_STEP_INSTRUCTION:
      label = _ ("Step Instruction");
      tooltip = _ ("Run one instruction (F11)");
      break;
    case VM_STEP_LINE:
      label = _ ("Step Line");
      tooltip = _ ("Run to the next source line (F10)");
      break;
    case VM_STEP_REDUCTION:
      label = _ ("Step Reduction");
      tooltip = _ ("Run to the next call (Shift+F10)");
      break;
    case VM_STEP_SLICE:
      label = _ ("Step Slice");
      tooltip = _ ("Run to the next time a process is scheduled in (Ctrl+F11)");
      break;
    case VM_STEP_COLLECTION:
      label = _ ("Next Collection");
      tooltip = _ ("Run to the end of the next garbage collection (Ctrl+G)");
      break;
    case VM_STEP_MESSAGE:
      label = _ ("Next Message");
      tooltip = _ ("Run to the next message sent or received (Ctrl+M)");
      break;
    default:
      g_return_if_reached ();
    }
  adw_split_button_set_label (self->step_button, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->step_button), tooltip);
}

void
ui_transport_set_speed (UiTransport *self, const char *speed)
{
  const struct
  {
    const char *target;
    const char *label;
  } labels[] = {
    { "full", _ ("Full speed") },
    { "10ms", _ ("10 ms/s") },
    { "1ms", _ ("1 ms/s") },
    { "100us", _ ("100 µs/s") },
    { "10us", _ ("10 µs/s") },
    { "1us", _ ("1 µs/s") },
  };

  g_return_if_fail (UI_IS_TRANSPORT (self));

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i].target, speed) == 0)
      gtk_menu_button_set_label (self->speed_button, labels[i].label);
}

UiTimeAxis *
ui_transport_get_axis (UiTransport *self)
{
  return self->axis;
}

static void
ui_transport_class_init (UiTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UI_TYPE_TIME_AXIS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/beamlab/ui/ui-transport.ui");
  gtk_widget_class_bind_template_child (widget_class, UiTransport, run_button);
  gtk_widget_class_bind_template_child (widget_class, UiTransport, run_content);
  gtk_widget_class_bind_template_child (widget_class, UiTransport, step_button);
  gtk_widget_class_bind_template_child (widget_class, UiTransport, state);
  gtk_widget_class_bind_template_child (widget_class, UiTransport, figures);
  gtk_widget_class_bind_template_child (widget_class, UiTransport, speed_button);
  gtk_widget_class_bind_template_child (widget_class, UiTransport, axis);
}

static void
ui_transport_init (UiTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ui_transport_set_status (self, NULL);
  ui_transport_set_step_unit (self, VM_STEP_LINE);
  ui_transport_set_speed (self, "full");
}
