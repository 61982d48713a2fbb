/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-lab-page-private.h"
#include "app/lab/app-lab-build.h"
#include "engine/vm-error.h"
#include <glib/gi18n.h>

/* The inspector is read, not watched: ten times a second is enough while running. */
#define INSPECT_INTERVAL_US (G_USEC_PER_SEC / 10)
/* A lower page than this has no room for pictures and console. */
#define MIN_BOTTOM_HEIGHT 680
/* Of a program that has ended, among how many processes the lab's are looked for. */
#define MAX_ENDED 1000

G_DEFINE_FINAL_TYPE (AppLabPage, app_lab_page, ADW_TYPE_BIN)

typedef struct
{
  SharedLab      *shared;
  AppLabSettings *settings;
} BuildData;

static void
shared_lab_clear (SharedLab *shared)
{
  app_lab_free (shared->lab);
}

SharedLab *
shared_lab_ref (SharedLab *shared)
{
  return g_atomic_rc_box_acquire (shared);
}

void
shared_lab_unref (SharedLab *shared)
{
  g_atomic_rc_box_release_full (shared, (GDestroyNotify) shared_lab_clear);
}

static void
build_data_free (gpointer data)
{
  BuildData *build = data;

  app_lab_settings_free (build->settings);
  shared_lab_unref (build->shared);
  g_free (build);
}

/* In a worker thread. */
static VmMachine *
build_machine (gpointer data, GError **error)
{
  BuildData       *build = data;
  g_autofree char *beams = app_lab_build (build->shared->lab, APP_LAB_START, NULL, error);

  if (beams == NULL)
    return NULL;
  return app_lab_machine_new (build->shared->lab, build->settings, beams, -1, error);
}

void
app_lab_page_restart (AppLabPage *self)
{
  BuildData *build = g_new0 (BuildData, 1);

  build->shared = shared_lab_ref (self->shared);
  build->settings = app_lab_settings_new (self->shared->lab);
  build->settings->options = self->settings->options;
  g_strfreev (build->settings->args);
  build->settings->args = g_strdupv (self->settings->args);
  app_lab_page_keep_run (self);
  app_session_open (self->session, build_machine, build, build_data_free);
}

void
app_lab_page_toast (AppLabPage *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, 3);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

UiCanvas *
app_lab_page_get_canvas (AppLabPage *self)
{
  GtkWidget *visible = adw_view_stack_get_visible_child (self->views);

  return UI_IS_HEAP_VIEW (visible) ? ui_heap_view_get_canvas (UI_HEAP_VIEW (visible))
                                   : UI_CANVAS (visible);
}

static void
show_inspector (AppLabPage *self)
{
  VmSnapshot          *snapshot = app_session_get_snapshot (self->session);
  VmPid                focus = app_session_get_focus (self->session);
  const VmProcessInfo *info = snapshot != NULL ? vm_snapshot_find (snapshot, focus) : NULL;

  self->inspected_us = g_get_monotonic_time ();
  if (adw_flap_get_reveal_flap (self->inspector_flap))
    ui_inspector_set_snapshot (self->inspector, snapshot, focus);
  if (gtk_widget_get_visible (self->bottom))
    {
      const VmProcessDetail *detail = snapshot != NULL ? snapshot->focus : NULL;

      ui_source_view_set_line (self->source, info != NULL ? info->file : NULL,
                               info != NULL ? info->line : 0);
      ui_listing_view_set_process (self->listing, info,
                                   detail != NULL && detail->pid == focus ? detail : NULL);
    }
}

static gboolean
inspect_cb (gpointer data)
{
  AppLabPage *self = data;

  self->inspect_id = 0;
  show_inspector (self);
  return G_SOURCE_REMOVE;
}

static void
show_inspector_soon (AppLabPage *self)
{
  gint64 wait_us = self->inspected_us + INSPECT_INTERVAL_US - g_get_monotonic_time ();

  if (!app_session_is_running (self->session) || wait_us <= 0)
    show_inspector (self);
  else if (self->inspect_id == 0)
    self->inspect_id = g_timeout_add ((guint) (wait_us / 1000) + 1, inspect_cb, self);
}

static void
show_pictures (AppLabPage *self)
{
  VmSnapshot  *snapshot = app_session_get_snapshot (self->session);
  VmRecording *recording = app_session_get_recording (self->session);
  VmPid        focus = app_session_get_focus (self->session);
  GtkWidget   *visible = adw_view_stack_get_visible_child (self->views);
  VmStatus     status;
  gint64       now_ns;

  app_session_get_status (self->session, &status);
  /* A scheduler's own clock may be ahead of the machine's inside a slice. */
  now_ns = MAX (status.time_ns, recording != NULL ? vm_recording_get_end_ns (recording) : 0);
  ui_time_axis_set_recording (ui_transport_get_axis (self->transport), recording, now_ns, focus);
  if (visible == GTK_WIDGET (self->village))
    ui_village_view_set_snapshot (self->village, snapshot, recording, focus);
  else if (visible == GTK_WIDGET (self->heap))
    ui_heap_view_set_snapshot (self->heap, snapshot, recording, focus);
  else if (visible == GTK_WIDGET (self->schedulers))
    ui_schedulers_view_set_snapshot (self->schedulers, snapshot, recording, focus);
}

static void
words_wanted_cb (AppLabPage *self)
{
  VmWordsRequest request;

  ui_heap_view_fill_words_request (self->heap, &request);
  app_session_request_words (self->session, &request);
}

static void
session_words_cb (AppLabPage *self)
{
  ui_heap_view_set_words (self->heap, app_session_get_words (self->session));
}

/* A register, a slot, a message: to be seen where the picture shows words. */
static void
root_activated_cb (AppLabPage *self, guint kind, guint frame, const char *name)
{
  if (adw_view_stack_get_visible_child (self->views) == GTK_WIDGET (self->heap))
    ui_heap_view_choose_root (self->heap, (VmRootKind) kind, frame, name);
}

/* Captures what the page in sight shows, and nothing else. */
static void
page_changed_cb (AppLabPage *self)
{
  const char      *page = adw_view_stack_get_visible_child (self->views) == GTK_WIDGET (self->heap)
                            ? ui_heap_view_get_page (self->heap)
                            : NULL;
  const GPtrArray *names = self->shared->lab->names;

  app_session_set_watches_collections (
    self->session, g_strcmp0 (page, "collection") == 0,
    !self->has_chosen && names != NULL && names->len > 0
      ? ((const AppLabName *) g_ptr_array_index (names, 0))->name
      : NULL);
  app_session_set_wants_binaries (self->session, g_strcmp0 (page, "binaries") == 0);
}

static void
binaries_changed_cb (AppLabPage *self)
{
  ui_heap_view_set_binaries (self->heap, app_session_get_binaries (self->session),
                             app_session_get_focus (self->session));
}

static void
walk_changed_cb (AppLabPage *self)
{
  ui_heap_view_set_walk (self->heap, app_session_get_walk (self->session));
}

/* Until the user chooses, the process to look into is the first of those the lab
 * names that lives; when all are gone, the last one looked into. */
static void
choose_first (AppLabPage *self)
{
  const GPtrArray *names = self->shared->lab->names;
  VmSnapshot      *snapshot = app_session_get_snapshot (self->session);

  for (guint i = 0; !self->has_chosen && names != NULL && i < names->len; i++)
    {
      const AppLabName    *name = g_ptr_array_index (names, i);
      const VmProcessInfo *info = vm_snapshot_find_name (snapshot, name->name);

      if (info == NULL || info->state == VM_PROCESS_EXITING)
        continue;
      app_session_set_focus (self->session, info->pid);
      return;
    }
}

/* A program that ran through before anybody could look: its first process that
 * the lab names is still in the recording. */
static void
choose_ended (AppLabPage *self)
{
  const GPtrArray *names = self->shared->lab->names;
  VmRecording     *recording = app_session_get_recording (self->session);
  g_autoptr (GArray) pids = NULL;

  if (self->has_chosen || names == NULL || names->len == 0 ||
      app_session_get_focus (self->session) !=
        vm_machine_get_main_pid (app_session_get_machine (self->session)))
    return;
  pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  vm_recording_get_pids (recording, pids);
  for (guint i = 0; i < MIN (pids->len, MAX_ENDED); i++)
    {
      VmPid             pid = g_array_index (pids, VmPid, i);
      const AppLabName *first = g_ptr_array_index (names, 0);
      char              name[128];

      vm_recording_format_process (recording, pid, name, sizeof name);
      if (g_str_equal (name, first->name))
        {
          app_session_set_focus (self->session, pid);
          return;
        }
    }
}

/* Those of the boot are not counted before the reader: no picture shows them. */
static guint
count_system (const VmSnapshot *snapshot)
{
  guint n = 0;

  for (guint i = 0; snapshot != NULL && i < snapshot->n_processes; i++)
    n += snapshot->processes[i].is_system;
  return n;
}

static void
session_status_cb (AppLabPage *self)
{
  VmStatus status;

  app_session_get_status (self->session, &status);
  status.n_processes -=
    MIN (status.n_processes, count_system (app_session_get_snapshot (self->session)));
  ui_transport_set_status (self->transport,
                           app_session_get_machine (self->session) != NULL ? &status : NULL);
  app_lab_page_update_actions (self);
}

static void
session_snapshot_cb (AppLabPage *self)
{
  choose_first (self);
  if (!app_session_is_running (self->session))
    session_status_cb (self);
  show_pictures (self);
  show_inspector_soon (self);
}

static void
show_limit (AppLabPage *self)
{
  g_autofree char *failure = vm_machine_dup_failure (app_session_get_machine (self->session));
  g_autofree char *text = g_strdup_printf (_ ("The machine reached a limit and is paused: %s"),
                                           failure != NULL ? failure : "");

  gtk_label_set_text (self->limit_label, text);
  gtk_info_bar_set_revealed (self->limit_bar, TRUE);
}

static void
show_end (AppLabPage *self, const VmStatus *status)
{
  VmMachine *machine = app_session_get_machine (self->session);

  if (status->state == VM_STATE_FINISHED)
    {
      g_autofree char *result = vm_machine_dup_result (machine);
      g_autofree char *text =
        g_strdup_printf (_ ("The program returned %s"), result != NULL ? result : "");

      ui_console_append_note (self->console, text, FALSE);
    }
  else if (status->state == VM_STATE_FAILED)
    {
      g_autofree char *failure = vm_machine_dup_failure (machine);

      ui_console_append_note (self->console, failure != NULL ? failure : _ ("The program failed."),
                              TRUE);
      gtk_stack_set_visible_child_name (self->bottom_stack, "console");
    }
  else if (status->state == VM_STATE_LIMIT)
    show_limit (self);
}

static void
session_stopped_cb (AppLabPage *self)
{
  VmStatus         status;
  g_autofree char *text = NULL;

  app_session_get_status (self->session, &status);
  if (status.stop_pid != VM_PID_NONE && status.stop_reason == VM_STOP_STEP)
    {
      self->has_chosen = TRUE;
      page_changed_cb (self);
      app_session_set_focus (self->session, status.stop_pid);
    }
  if (status.state == VM_STATE_FINISHED || status.state == VM_STATE_FAILED)
    choose_ended (self);
  show_end (self, &status);
  text = ui_transport_describe (&status);
  if (text != NULL && status.state != VM_STATE_LIMIT)
    app_lab_page_toast (self, text);
}

/* Output that is not in sight is told by a dot, not by taking the source away. */
static void
note_output (AppLabPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->bottom_stack);

  gtk_stack_page_set_needs_attention (self->console_page, g_strcmp0 (name, "console") != 0);
}

static void
session_output_cb (AppLabPage *self, const char *text, guint64 n_skipped)
{
  ui_console_append (self->console, text, n_skipped);
  note_output (self);
}

/* What the user can do about it, where that is known. */
static char *
describe_error (const GError *error)
{
  const char *advice = NULL;

  if (g_error_matches (error, VM_ERROR, VM_ERROR_NOT_FOUND))
    advice =
      _ ("If Erlang/OTP is missing, install it (on Debian: the package erlang-base and erlang-dev) "
         "and try again.");
  else if (g_error_matches (error, VM_ERROR, VM_ERROR_FORMAT))
    advice = _ ("Look at the file that is named, then try again.");
  return advice != NULL ? g_strdup_printf ("%s\n\n%s", error->message, advice)
                        : g_strdup (error->message);
}

/* So that Space and the arrows work at once; but who works in the text stays there. */
static void
grab_picture_focus (AppLabPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->text_flap)))
    gtk_widget_grab_focus (GTK_WIDGET (app_lab_page_get_canvas (self)));
}

static void
session_state_cb (AppLabPage *self)
{
  AppSessionState state = app_session_get_state (self->session);

  gtk_spinner_set_spinning (self->spinner, state == APP_SESSION_LOADING);
  if (state == APP_SESSION_LOADING)
    {
      gtk_stack_set_visible_child_name (self->machine_stack, "loading");
      self->has_chosen = FALSE;
      page_changed_cb (self);
      gtk_info_bar_set_revealed (self->limit_bar, FALSE);
      ui_console_clear (self->console);
      ui_time_range_fit (self->range);
      ui_source_view_set_line (self->source, NULL, 0);
      ui_inspector_set_snapshot (self->inspector, NULL, VM_PID_NONE);
    }
  else if (state == APP_SESSION_ERROR)
    {
      g_autofree char *text = describe_error (app_session_get_error (self->session));
      g_autofree char *markup = g_markup_escape_text (text, -1);

      adw_status_page_set_description (self->error_page, markup);
      gtk_stack_set_visible_child_name (self->machine_stack, "error");
    }
  else if (state == APP_SESSION_READY)
    {
      gtk_stack_set_visible_child_name (self->machine_stack, "picture");
      grab_picture_focus (self);
    }
  session_status_cb (self);
}

void
app_lab_page_choose (AppLabPage *self, VmPid pid)
{
  self->has_chosen = TRUE;
  page_changed_cb (self);
  app_session_set_focus (self->session, pid);
  show_pictures (self);
  show_inspector (self);
}

static void
copied_cb (AppLabPage *self)
{
  app_lab_page_toast (self, _ ("Copied"));
}

static void
input_cb (AppLabPage *self, const char *line)
{
  app_session_feed_input (self->session, line);
}

static void
view_changed_cb (AppLabPage *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->views);

  if (self->actions == NULL || name == NULL)
    return;
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "view")),
    g_variant_new_string (name));
  show_pictures (self);
}

static void
bottom_changed_cb (AppLabPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->bottom_stack);

  if (self->actions == NULL || name == NULL)
    return;
  if (g_str_equal (name, "console"))
    gtk_stack_page_set_needs_attention (self->console_page, FALSE);
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "bottom")),
    g_variant_new_string (name));
}

static void
add_sources (AppLabPage *self)
{
  g_auto (GStrv) sources = app_lab_build_list_sources (self->shared->lab, APP_LAB_START, NULL);

  for (guint i = 0; sources[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!ui_source_view_add_file (self->source, sources[i], &error))
        app_lab_page_toast (self, error->message);
    }
}

static gboolean
space_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  g_action_group_activate_action (G_ACTION_GROUP (APP_LAB_PAGE (widget)->actions), "run-pause",
                                  NULL);
  return TRUE;
}

/* Space runs and pauses, but only where nothing else wants it: buttons and
 * entries keep theirs. */
static void
add_space (AppLabPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                      gtk_callback_action_new (space_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static gboolean
fold_bottom_cb (gpointer data)
{
  AppLabPage *self = data;

  self->fold_id = 0;
  gtk_widget_set_visible (self->bottom, !self->is_low);
  return G_SOURCE_REMOVE;
}

/* As the panes at the sides do by themselves: where there is no room for console
 * and source, they fold away, and come back with the room. */
static void
surface_layout_cb (AppLabPage *self, int width, int height)
{
  gboolean is_low = height < MIN_BOTTOM_HEIGHT;

  if (is_low == self->is_low)
    return;
  self->is_low = is_low;
  if (self->fold_id == 0)
    self->fold_id = g_idle_add (fold_bottom_cb, self);
}

static void
app_lab_page_map (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  GTK_WIDGET_CLASS (app_lab_page_parent_class)->map (widget);
  g_signal_connect_object (surface, "layout", G_CALLBACK (surface_layout_cb), widget,
                           G_CONNECT_SWAPPED);
  surface_layout_cb (APP_LAB_PAGE (widget), gdk_surface_get_width (surface),
                     gdk_surface_get_height (surface));
}

static void
app_lab_page_unmap (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_native_get_surface (gtk_widget_get_native (widget)),
                                        widget);
  GTK_WIDGET_CLASS (app_lab_page_parent_class)->unmap (widget);
}

static void
connect_session (AppLabPage *self)
{
  g_signal_connect_object (self->session, "state-changed", G_CALLBACK (session_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "status-changed", G_CALLBACK (session_status_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "walk-changed", G_CALLBACK (walk_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "binaries-changed", G_CALLBACK (binaries_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->heap, "page-changed", G_CALLBACK (page_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (page_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "snapshot-changed", G_CALLBACK (session_snapshot_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "words-changed", G_CALLBACK (session_words_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "stopped", G_CALLBACK (session_stopped_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "output-appended", G_CALLBACK (session_output_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
app_lab_page_dispose (GObject *object)
{
  AppLabPage *self = APP_LAB_PAGE (object);

  g_clear_handle_id (&self->inspect_id, g_source_remove);
  g_clear_handle_id (&self->fold_id, g_source_remove);
  if (self->session != NULL)
    app_lab_page_close (self);
  g_clear_object (&self->session);
  app_lab_page_clear_history (self);
  g_clear_object (&self->range);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->settings, app_lab_settings_free);
  G_OBJECT_CLASS (app_lab_page_parent_class)->dispose (object);
}

static void
app_lab_page_finalize (GObject *object)
{
  g_clear_pointer (&APP_LAB_PAGE (object)->shared, shared_lab_unref);
  G_OBJECT_CLASS (app_lab_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, text_flap);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, inspector_flap);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, sections);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, section_label);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, inspector);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, machine_stack);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, limit_bar);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, limit_label);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, views);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, village);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, heap);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, schedulers);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, bottom_stack);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, console_page);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, console);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, listing);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, source);
  gtk_widget_class_bind_template_child (widget_class, AppLabPage, transport);
}

static void
app_lab_page_class_init (AppLabPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_lab_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = app_lab_page_finalize;
  widget_class->map = app_lab_page_map;
  widget_class->unmap = app_lab_page_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/beamlab/BeamLab/app-lab-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, app_lab_page_choose);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, words_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, bottom_changed_cb);
}

static void
app_lab_page_init (AppLabPage *self)
{
  self->session = app_session_new ();
  self->range = ui_time_range_new ();
  self->step_unit = VM_STEP_LINE;
  gtk_widget_init_template (GTK_WIDGET (self));
  app_session_attach (self->session, GTK_WIDGET (self));
  ui_time_axis_set_range (ui_transport_get_axis (self->transport), self->range);
  ui_heap_view_set_range (self->heap, self->range);
  ui_schedulers_view_set_range (self->schedulers, self->range);
  g_signal_connect_object (self->inspector, "process-activated", G_CALLBACK (app_lab_page_choose),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "root-activated", G_CALLBACK (root_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "copied", G_CALLBACK (copied_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector_flap, "notify::reveal-flap", G_CALLBACK (show_inspector),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bottom, "notify::visible", G_CALLBACK (show_inspector), self,
                           G_CONNECT_SWAPPED);
  app_lab_page_add_actions (self);
  add_space (self);
  connect_session (self);
}

AppLabPage *
app_lab_page_new (AppLab *lab, AppState *state)
{
  AppLabPage *self = g_object_new (APP_TYPE_LAB_PAGE, NULL);

  self->shared = g_atomic_rc_box_new0 (SharedLab);
  self->shared->lab = lab;
  self->state = state;
  self->settings = app_lab_settings_new (lab);
  app_lab_page_init_history (self);
  adw_view_switcher_title_set_title (self->switcher_title, lab->title);
  add_sources (self);
  app_lab_page_build_sections (self);
  adw_view_stack_set_visible_child_name (self->views, lab->topic == APP_LAB_TOPIC_MEMORY ? "heap"
                                                      : lab->topic == APP_LAB_TOPIC_SCHEDULING
                                                        ? "schedulers"
                                                        : "village");
  app_lab_page_restart (self);
  return self;
}

GActionGroup *
app_lab_page_get_actions (AppLabPage *self)
{
  return G_ACTION_GROUP (self->actions);
}

AppSession *
app_lab_page_get_session (AppLabPage *self)
{
  return self->session;
}

const AppLab *
app_lab_page_get_lab (AppLabPage *self)
{
  return self->shared->lab;
}

void
app_lab_page_close (AppLabPage *self)
{
  app_session_close (self->session);
}
