/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-compare-window.h"

#include "ui/widgets/ui-compare-view.h"
#include "ui/widgets/ui-export.h"
#include <glib/gi18n.h>

typedef struct
{
  VmRecording *recording;
  VmPid        pid;
  gint64       moment_ns;
  char        *run;
} Choice;

struct _AppCompareWindow
{
  AdwWindow        parent_instance;
  GPtrArray       *choices;
  GtkStringList   *labels;
  GtkDropDown     *lists[2];
  UiCompareView   *view;
  AdwToastOverlay *toasts;
  char            *title;
  char            *program;
  char            *otp_version;
};

G_DEFINE_FINAL_TYPE (AppCompareWindow, app_compare_window, ADW_TYPE_WINDOW)

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  vm_recording_unref (choice->recording);
  g_free (choice->run);
  g_free (choice);
}

static void
chosen_cb (AppCompareWindow *self)
{
  UiCompareSide sides[2];
  const Choice *chosen[2];

  for (guint i = 0; i < 2; i++)
    {
      guint at = gtk_drop_down_get_selected (self->lists[i]);

      if (at >= self->choices->len)
        return;
      chosen[i] = g_ptr_array_index (self->choices, at);
    }
  for (guint i = 0; i < 2; i++)
    sides[i] = (UiCompareSide){
      .recording = chosen[i]->recording,
      .pid = chosen[i]->pid,
      .moment_ns = chosen[i]->moment_ns,
      /* one run needs no name */
      .run = chosen[0]->recording != chosen[1]->recording ? chosen[i]->run
                                                          : NULL,
    };
  ui_compare_view_set_sides (self->view, &sides[0], &sides[1], self->program,
                             self->otp_version);
}

void
app_compare_window_add (AppCompareWindow *self,
                        const char       *label,
                        VmRecording      *recording,
                        VmPid             pid,
                        gint64            moment_ns,
                        const char       *run)
{
  Choice *choice = g_new0 (Choice, 1);

  g_return_if_fail (APP_IS_COMPARE_WINDOW (self));

  *choice =
    (Choice){ vm_recording_ref (recording), pid, moment_ns, g_strdup (run) };
  g_ptr_array_add (self->choices, choice);
  gtk_string_list_append (self->labels, label);
}

void
app_compare_window_choose (AppCompareWindow *self, guint before, guint after)
{
  g_return_if_fail (APP_IS_COMPARE_WINDOW (self));

  gtk_drop_down_set_selected (self->lists[0], before);
  gtk_drop_down_set_selected (self->lists[1], after);
  chosen_cb (self);
}

static void
toast (const char *text, gpointer data)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (APP_COMPARE_WINDOW (data)->toasts,
                               adw_toast_new (markup));
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AppCompareWindow *self = APP_COMPARE_WINDOW (widget);

  ui_export_save (UI_CANVAS (self->view), self->title, "comparison.png", toast,
                  self);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AppCompareWindow *self = APP_COMPARE_WINDOW (widget);

  ui_export_copy (UI_CANVAS (self->view), self->title);
  toast (_ ("Picture copied"), self);
}

static void
copy_table_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AppCompareWindow *self = APP_COMPARE_WINDOW (widget);
  g_autofree char  *table = ui_compare_view_dup_table (self->view, '\t');

  if (table == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), table);
  toast (_ ("Table copied"), self);
}

static GtkWidget *
make_list (AppCompareWindow *self, guint side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *list =
    gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->labels)), NULL);

  gtk_box_append (GTK_BOX (box), gtk_label_new (side == 0 ? "A" : "B"));
  gtk_box_append (GTK_BOX (box), list);
  gtk_widget_set_hexpand (list, TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
    side == 0 ? _ ("The moment before") : _ ("The moment after"), -1);
  self->lists[side] = GTK_DROP_DOWN (list);
  g_signal_connect_swapped (list, "notify::selected", G_CALLBACK (chosen_cb),
                            self);
  return box;
}

static GtkWidget *
make_menu (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  GMenu     *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Save Picture…"), "compare.save");
  g_menu_append (menu, _ ("_Copy Picture"), "compare.copy");
  g_menu_append (menu, _ ("Copy _Table"), "compare.copy-table");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("Menu"));
  g_object_unref (menu);
  return button;
}

static void
app_compare_window_finalize (GObject *object)
{
  AppCompareWindow *self = APP_COMPARE_WINDOW (object);

  g_ptr_array_unref (self->choices);
  g_object_unref (self->labels);
  g_free (self->title);
  g_free (self->program);
  g_free (self->otp_version);
  G_OBJECT_CLASS (app_compare_window_parent_class)->finalize (object);
}

static void
app_compare_window_class_init (AppCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = app_compare_window_finalize;
  gtk_widget_class_install_action (widget_class, "compare.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "compare.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "compare.copy-table", NULL,
                                   copy_table_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK,
                                       "compare.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "compare.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0,
                                       "window.close", NULL);
}

static void
app_compare_window_init (AppCompareWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *lists = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  self->choices = g_ptr_array_new_with_free_func (choice_free);
  self->labels = gtk_string_list_new (NULL);
  self->view = g_object_new (UI_TYPE_COMPARE_VIEW, "vexpand", TRUE, NULL);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Comparison"), NULL));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_menu ());
  gtk_widget_set_margin_start (lists, 12);
  gtk_widget_set_margin_end (lists, 12);
  gtk_widget_set_margin_top (lists, 6);
  gtk_widget_set_margin_bottom (lists, 6);
  gtk_box_set_homogeneous (GTK_BOX (lists), TRUE);
  gtk_box_append (GTK_BOX (lists), make_list (self, 0));
  gtk_box_append (GTK_BOX (lists), make_list (self, 1));
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), lists);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 1120, 760);
}

AppCompareWindow *
app_compare_window_new (GtkWindow  *parent,
                        const char *title,
                        const char *program,
                        const char *otp_version)
{
  AppCompareWindow *self =
    g_object_new (APP_TYPE_COMPARE_WINDOW, "transient-for", parent,
                  "destroy-with-parent", TRUE, "title", _ ("Comparison"), NULL);

  self->title = g_strdup (title);
  self->program = g_strdup (program);
  self->otp_version = g_strdup (otp_version);
  return self;
}
