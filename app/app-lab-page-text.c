/* SPDX-License-Identifier: Apache-2.0 */

/* The lab's text: its sections, and what their steps set going. */
#include "config.h"

#include "app/app-lab-page-private.h"
#include "app/app-reader.h"
#include "app/app-step-card.h"
#include <glib/gi18n.h>

/* @term: (nullable) "x0", "y1" or "m2". */
static void
show_term (AppLabPage *self, const char *term)
{
  g_autofree char *message = NULL;

  if (term == NULL)
    ui_heap_view_show_page (self->heap, "memory");
  else if (term[0] == 'm')
    {
      message = g_strdup_printf ("message %s", term + 1);
      ui_heap_view_show_root (self->heap, VM_ROOT_MESSAGE, message);
    }
  else
    ui_heap_view_show_root (self->heap, term[0] == 'x' ? VM_ROOT_REGISTER : VM_ROOT_STACK, term);
}

static void
observe_cb (AppLabPage *self, AppLabControl *control)
{
  VmSnapshot          *snapshot = app_session_get_snapshot (self->session);
  const VmProcessInfo *info = NULL;
  GActionGroup        *actions = G_ACTION_GROUP (self->actions);

  if (control->process != NULL)
    {
      info = snapshot != NULL ? vm_snapshot_find_name (snapshot, control->process) : NULL;
      if (info != NULL)
        app_lab_page_choose (self, info->pid);
      else
        {
          g_autofree char *text =
            g_strdup_printf (_ ("There is no process %s yet. Run on first."), control->process);

          app_lab_page_toast (self, text);
        }
    }
  switch (control->view)
    {
    case APP_LAB_VIEW_HEAP:
      adw_view_stack_set_visible_child_name (self->views, app_lab_view_get_name (control->view));
      show_term (self, control->term);
      break;
    case APP_LAB_VIEW_VILLAGE:
    case APP_LAB_VIEW_SCHEDULERS:
      adw_view_stack_set_visible_child_name (self->views, app_lab_view_get_name (control->view));
      break;
    case APP_LAB_VIEW_COLLECTION:
    case APP_LAB_VIEW_BINARIES:
      adw_view_stack_set_visible_child_name (self->views, "heap");
      ui_heap_view_show_page (self->heap, app_lab_view_get_name (control->view));
      break;
    case APP_LAB_VIEW_MAILBOX:
      g_action_group_change_action_state (actions, "show-inspector", g_variant_new_boolean (TRUE));
      break;
    case APP_LAB_VIEW_SOURCE:
    case APP_LAB_VIEW_CONSOLE:
    default:
      g_action_group_change_action_state (actions, "show-bottom", g_variant_new_boolean (TRUE));
      g_action_group_activate_action (actions, "bottom",
                                      g_variant_new_string (app_lab_view_get_name (control->view)));
    }
}

static void
tune_cb (AppLabPage *self, AppLabControl *control, gint64 value)
{
  app_lab_settings_tune (self->settings, control, value);
  app_lab_page_restart (self);
}

/* A step that begins anew begins as the lab does: no knob stays turned. */
static void
restart_cb (AppLabPage *self)
{
  app_lab_settings_free (self->settings);
  self->settings = app_lab_settings_new (self->shared->lab);
  app_lab_page_restart (self);
}

static void
done_cb (AppLabPage *self, AppStepCard *card)
{
  const AppLabStep *step = app_step_card_get_step (card);

  if (app_state_set_step_done (self->state, self->shared->lab->id, step->id))
    app_state_save (self->state);
}

static GtkWidget *
make_step (const AppLabStep *step, gpointer data)
{
  AppLabPage *self = data;
  GtkWidget  *card = app_step_card_new (
     step, self->session, app_state_is_step_done (self->state, self->shared->lab->id, step->id));

  g_signal_connect_object (card, "observe", G_CALLBACK (observe_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "tune", G_CALLBACK (tune_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "restart", G_CALLBACK (restart_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "goal", G_CALLBACK (app_lab_page_try_goal), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  return card;
}

/* Links to the lab's programs show them here; other files of the lab are opened
 * with what the user has for them; the rest is the web's. */
static gboolean
follow_link (const char *uri, gpointer data)
{
  AppLabPage      *self = data;
  g_autofree char *scheme = g_uri_parse_scheme (uri);
  g_autofree char *path = NULL;
  g_autofree char *file_uri = NULL;

  if (scheme != NULL && !g_str_equal (scheme, "file"))
    return FALSE;
  if (ui_source_view_show_file (self->source, uri))
    {
      gtk_widget_set_visible (self->bottom, TRUE);
      g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "bottom",
                                          g_variant_new_string ("source"));
      return TRUE;
    }
  path = scheme != NULL ? g_filename_from_uri (uri, NULL, NULL)
                        : g_build_filename (self->shared->lab->path, uri, NULL);
  file_uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;
  if (file_uri == NULL)
    return FALSE;
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), file_uri, GDK_CURRENT_TIME);
  return TRUE;
}

void
app_lab_page_show_section (AppLabPage *self, guint index)
{
  const GPtrArray     *all = self->shared->lab->sections;
  g_autofree char     *name = g_strdup_printf ("%u", index);
  g_autofree char     *label = NULL;
  const AppLabSection *section;

  if (index >= all->len)
    return;
  section = g_ptr_array_index (all, index);
  self->section = index;
  gtk_stack_set_visible_child_name (self->sections, name);
  label = g_strdup_printf (_ ("%u of %u"), index + 1, all->len);
  gtk_label_set_text (self->section_label, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->section_label), section->title);
  app_lab_page_update_actions (self);
}

/* At the end of a section: on to the next. */
static GtkWidget *
new_next_button (AppLabPage *self, guint index)
{
  const GPtrArray     *all = self->shared->lab->sections;
  const AppLabSection *next = g_ptr_array_index (all, index + 1);
  GtkWidget           *button = gtk_button_new ();
  GtkWidget           *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget           *label = gtk_label_new (next->title);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "lab.next-section");
  if (index == 0)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_tooltip_text (button, _ ("Next section (Alt+Page Down)"));
  return button;
}

/* Makes all sections anew. */
void
app_lab_page_build_sections (AppLabPage *self)
{
  const GPtrArray *all = self->shared->lab->sections;
  GtkWidget       *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_stack_remove (self->sections, child);
  for (guint i = 0; i < all->len; i++)
    {
      GtkWidget *scrolled = gtk_scrolled_window_new ();
      GtkWidget *text =
        app_reader_new_section (g_ptr_array_index (all, i), make_step, follow_link, self);
      g_autofree char *name = g_strdup_printf ("%u", i);

      if (i + 1 < all->len)
        gtk_box_append (GTK_BOX (text), new_next_button (self, i));
      gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                      GTK_POLICY_AUTOMATIC);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), text);
      gtk_stack_add_named (self->sections, scrolled, name);
    }
  app_lab_page_show_section (self, MIN (self->section, all->len > 0 ? all->len - 1 : 0));
}
