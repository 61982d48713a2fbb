/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-lab-page-private.h"
#include "ui/widgets/ui-export.h"
#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  double      ns_per_second; /* 0 = as fast as it goes */
} Speed;

static const Speed speeds[] = {
  { "1us", 1e3 },
  { "10us", 1e4 },
  { "100us", 1e5 },
  { "1ms", 1e6 },
  { "10ms", 1e7 },
  { "full", 0 },
};

static void
set_enabled (AppLabPage *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static GAction *
lookup (AppLabPage *self, const char *name)
{
  return g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
}

void
app_lab_page_update_actions (AppLabPage *self)
{
  static const char *const steps[] = { "step", "step-instruction", "step-line",
                                       "step-reduction", "step-slice", "step-collection",
                                       "step-message" };
  gboolean                 is_running = app_session_is_running (self->session);
  gboolean                 can_run = app_session_can_run (self->session);
  gboolean                 has_picture = app_session_get_machine (self->session) != NULL;
  guint                    n_sections = self->shared != NULL ? self->shared->lab->sections->len : 0;

  set_enabled (self, "run-pause", is_running || can_run);
  set_enabled (self, "pause", is_running);
  set_enabled (self, "restart", app_session_get_state (self->session) != APP_SESSION_LOADING);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    set_enabled (self, steps[i], can_run);
  set_enabled (self, "save-picture", has_picture);
  set_enabled (self, "copy-picture", has_picture);
  set_enabled (self, "copy-table", has_picture);
  set_enabled (self, "add-bookmark", has_picture);
  set_enabled (self, "compare", has_picture);
  set_enabled (self, "next-section", self->section + 1 < n_sections);
  set_enabled (self, "previous-section", self->section > 0);
}

static void
run_pause_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppLabPage *self = data;

  if (app_session_is_running (self->session))
    app_session_pause (self->session);
  else
    app_session_run (self->session);
}

static void
pause_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  app_session_pause (((AppLabPage *) data)->session);
}

static void
restart_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  app_lab_page_restart (data);
}

static void
step_by (AppLabPage *self, VmStepUnit unit)
{
  g_autoptr (GVariant) focused = g_action_get_state (lookup (self, "step-focused"));

  self->step_unit = unit;
  ui_transport_set_step_unit (self->transport, unit);
  app_session_step (self->session, unit, g_variant_get_boolean (focused), 1);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const struct
  {
    const char *name;
    VmStepUnit  unit;
  } units[] = {
    { "step-instruction", VM_STEP_INSTRUCTION },
    { "step-line", VM_STEP_LINE },
    { "step-reduction", VM_STEP_REDUCTION },
    { "step-slice", VM_STEP_SLICE },
    { "step-collection", VM_STEP_COLLECTION },
    { "step-message", VM_STEP_MESSAGE },
  };
  AppLabPage *self = data;
  VmStepUnit  unit = self->step_unit;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].name, g_action_get_name (G_ACTION (action))))
      unit = units[i].unit;
  step_by (self, unit);
}

static void
toggle_state_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
}

static void
set_speed (AppLabPage *self, const Speed *speed)
{
  app_session_set_speed (self->session, speed->ns_per_second);
  ui_transport_set_speed (self->transport, speed->name);
  g_simple_action_set_state (G_SIMPLE_ACTION (lookup (self, "speed")),
                             g_variant_new_string (speed->name));
}

static void
speed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (g_str_equal (speeds[i].name, g_variant_get_string (value, NULL)))
      set_speed (data, &speeds[i]);
}

static void
faster_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppLabPage *self = data;
  g_autoptr (GVariant) now = g_action_get_state (lookup (self, "speed"));
  int step = g_str_equal (g_action_get_name (G_ACTION (action)), "faster") ? 1 : -1;

  for (int i = 0; i < (int) G_N_ELEMENTS (speeds); i++)
    if (g_str_equal (speeds[i].name, g_variant_get_string (now, NULL)))
      {
        set_speed (self, &speeds[CLAMP (i + step, 0, (int) G_N_ELEMENTS (speeds) - 1)]);
        return;
      }
}

static void
view_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  const char *name = g_variant_get_string (value, NULL);

  if (adw_view_stack_get_child_by_name (((AppLabPage *) data)->views, name) != NULL)
    adw_view_stack_set_visible_child_name (((AppLabPage *) data)->views, name);
}

static void
zoom_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  UiCanvas   *canvas = app_lab_page_get_canvas (data);
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "zoom-fit"))
    ui_canvas_fit (canvas);
  else
    ui_canvas_zoom (canvas, g_str_equal (name, "zoom-in") ? 1.25 : 0.8);
}

static void
saved_cb (const char *message, gpointer data)
{
  app_lab_page_toast (data, message);
}

static void
save_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppLabPage      *self = data;
  const char      *view = adw_view_stack_get_visible_child_name (self->views);
  g_autofree char *name = g_strdup_printf ("%s-%s.png", self->shared->lab->id, view);

  ui_export_save (app_lab_page_get_canvas (self), self->shared->lab->title, name, saved_cb, self);
}

static void
copy_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ui_export_copy (app_lab_page_get_canvas (data), ((AppLabPage *) data)->shared->lab->title);
  app_lab_page_toast (data, _ ("Picture copied"));
}

static void
history_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "add-bookmark"))
    app_lab_page_add_bookmark (data);
  else if (g_str_equal (name, "compare"))
    app_lab_page_compare (data);
  else
    app_lab_page_copy_table (data);
}

static void
section_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppLabPage *self = data;
  gboolean    is_next = g_str_equal (g_action_get_name (G_ACTION (action)), "next-section");

  app_lab_page_show_section (self, is_next ? self->section + 1 : self->section - 1);
}

static void
bottom_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  AppLabPage *self = data;
  const char *name = g_variant_get_string (value, NULL);

  if (gtk_stack_get_child_by_name (self->bottom_stack, name) == NULL)
    return;
  gtk_widget_set_visible (self->bottom, TRUE);
  gtk_stack_set_visible_child_name (self->bottom_stack, name);
  g_simple_action_set_state (action, value);
}

static void
forget_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppLabPage *self = data;

  app_state_forget_lab (self->state, self->shared->lab->id);
  app_state_save (self->state);
  app_lab_page_build_sections (self);
  app_lab_page_toast (self, _ ("Progress forgotten"));
}

static void
add_pane_actions (AppLabPage *self)
{
  g_autoptr (GPropertyAction) text =
    g_property_action_new ("show-text", self->text_flap, "reveal-flap");
  g_autoptr (GPropertyAction) inspector =
    g_property_action_new ("show-inspector", self->inspector_flap, "reveal-flap");
  g_autoptr (GPropertyAction) bottom =
    g_property_action_new ("show-bottom", self->bottom, "visible");

  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (text));
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (inspector));
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (bottom));
}

void
app_lab_page_add_actions (AppLabPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "run-pause", .activate = run_pause_cb },
    { .name = "pause", .activate = pause_cb },
    { .name = "restart", .activate = restart_cb },
    { .name = "step", .activate = step_cb },
    { .name = "step-instruction", .activate = step_cb },
    { .name = "step-line", .activate = step_cb },
    { .name = "step-reduction", .activate = step_cb },
    { .name = "step-slice", .activate = step_cb },
    { .name = "step-collection", .activate = step_cb },
    { .name = "step-message", .activate = step_cb },
    { .name = "step-focused", .state = "false", .change_state = toggle_state_cb },
    { .name = "speed", .parameter_type = "s", .state = "'full'", .change_state = speed_cb },
    { .name = "faster", .activate = faster_cb },
    { .name = "slower", .activate = faster_cb },
    { .name = "view", .parameter_type = "s", .state = "'village'", .change_state = view_cb },
    { .name = "bottom", .parameter_type = "s", .state = "'source'", .change_state = bottom_cb },
    { .name = "zoom-in", .activate = zoom_cb },
    { .name = "zoom-out", .activate = zoom_cb },
    { .name = "zoom-fit", .activate = zoom_cb },
    { .name = "save-picture", .activate = save_picture_cb },
    { .name = "copy-picture", .activate = copy_picture_cb },
    { .name = "copy-table", .activate = history_cb },
    { .name = "add-bookmark", .activate = history_cb },
    { .name = "compare", .activate = history_cb },
    { .name = "next-section", .activate = section_cb },
    { .name = "previous-section", .activate = section_cb },
    { .name = "forget-progress", .activate = forget_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  add_pane_actions (self);
  app_lab_page_update_actions (self);
}
