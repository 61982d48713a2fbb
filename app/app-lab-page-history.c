/* SPDX-License-Identifier: Apache-2.0 */

/* What a page remembers of the past: bookmarks, and the recordings of earlier runs to
 * compare with. */
#include "config.h"

#include "app/app-bookmarks.h"
#include "app/app-compare-window.h"
#include "app/app-lab-page-private.h"
#include "ui/layout/number.h"
#include "ui/widgets/ui-history-pane.h"
#include <glib/gi18n.h>

/* Earlier runs that are kept: recordings are large. */
#define MAX_RUNS 3

typedef struct
{
  VmRecording *recording;
  char        *label; /* its knobs */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  vm_recording_unref (run->recording);
  g_free (run->label);
  g_free (run);
}

/* --- runs --------------------------------------------------------------------- */

static void
append_knob (GString *text, const char *name, guint64 value, guint64 usual)
{
  if (value != usual)
    g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, text->len > 0 ? ", " : "", name,
                            value);
}

/* NULL: all as the lab has it. */
static char *
describe_knobs (AppLabPage *self)
{
  g_autoptr (AppLabSettings) usual = app_lab_settings_new (self->shared->lab);
  g_autoptr (GString) text = g_string_new (NULL);
  const VmOptions *now = &self->settings->options, *then = &usual->options;

  append_knob (text, "min_heap_words", now->min_heap_words, then->min_heap_words);
  append_knob (text, "fullsweep_after", now->fullsweep_after, then->fullsweep_after);
  append_knob (text, "min_bin_vheap_words", now->min_bin_vheap_words, then->min_bin_vheap_words);
  append_knob (text, "schedulers", now->n_schedulers, then->n_schedulers);
  for (guint i = 0; self->settings->args != NULL && self->settings->args[i] != NULL; i++)
    if (g_strcmp0 (self->settings->args[i], usual->args[i]) != 0)
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", _ ("argument"),
                              self->settings->args[i]);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

void
app_lab_page_keep_run (AppLabPage *self)
{
  VmRecording     *recording = app_session_get_recording (self->session);
  g_autofree char *label = describe_knobs (self);

  if (recording != NULL && vm_recording_get_end_ns (recording) > 0 &&
      g_strcmp0 (label, self->run) != 0)
    {
      Run *run = g_new0 (Run, 1);

      for (guint i = self->runs->len; i > 0; i--)
        if (g_strcmp0 (((Run *) self->runs->pdata[i - 1])->label, self->run) == 0)
          g_ptr_array_remove_index (self->runs, i - 1);
      run->recording = vm_recording_ref (recording);
      run->label = g_strdup (self->run);
      g_ptr_array_add (self->runs, run);
      if (self->runs->len > MAX_RUNS)
        g_ptr_array_remove_index (self->runs, 0);
    }
  g_free (self->run);
  self->run = g_steal_pointer (&label);
}

static const char *
get_label (const char *run)
{
  return run != NULL ? run : _ ("as the lab has it");
}

/* The process of another run that is called as @pid is in this one; or has its number. */
static VmPid
find_in (VmRecording *other, VmRecording *recording, VmPid pid)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  char  wanted[128], name[128];
  VmPid found = VM_PID_NONE;

  vm_recording_format_process (recording, pid, wanted, sizeof wanted);
  vm_recording_get_pids (other, pids);
  for (guint i = 0; i < pids->len; i++)
    {
      VmPid one = g_array_index (pids, VmPid, i);

      if (g_str_equal (vm_recording_format_process (other, one, name, sizeof name), wanted))
        return one;
      if (one == pid)
        found = one;
    }
  return found;
}

/* --- comparing ---------------------------------------------------------------- */

static void
add_moment (AppLabPage *self, AppCompareWindow *window, const char *what, gint64 t_ns)
{
  char             moment[UI_NUMBER_SIZE];
  g_autofree char *label = g_strdup_printf ("%s · %s", what, ui_number_moment (t_ns, moment));

  app_compare_window_add (window, label, app_session_get_recording (self->session),
                          app_session_get_focus (self->session), t_ns, get_label (self->run));
}

static guint
add_bookmarks (AppLabPage *self, AppCompareWindow *window)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->bookmarks)), n_added = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UiBookmark) bookmark =
        g_list_model_get_item (G_LIST_MODEL (self->bookmarks), i);
      const char *note = ui_bookmark_get_note (bookmark);

      if (ui_bookmark_get_moment (bookmark) > ui_time_range_get_end (self->range))
        continue;
      add_moment (self, window, *note != '\0' ? note : _ ("Bookmark"),
                  ui_bookmark_get_moment (bookmark));
      n_added++;
    }
  return n_added;
}

static guint
add_runs (AppLabPage *self, AppCompareWindow *window)
{
  VmRecording *recording = app_session_get_recording (self->session);
  VmPid        focus = app_session_get_focus (self->session);
  guint        n_added = 0;

  for (guint i = self->runs->len; i > 0; i--)
    {
      const Run       *run = g_ptr_array_index (self->runs, i - 1);
      VmPid            pid = find_in (run->recording, recording, focus);
      g_autofree char *label = NULL;

      if (pid == VM_PID_NONE)
        continue;
      /* Translators: %s are the knobs of a run */
      label = g_strdup_printf (_ ("End of the run %s"), get_label (run->label));
      app_compare_window_add (window, label, run->recording, pid,
                              vm_recording_get_end_ns (run->recording), get_label (run->label));
      n_added++;
    }
  return n_added;
}

void
app_lab_page_compare (AppLabPage *self)
{
  VmRecording      *recording = app_session_get_recording (self->session);
  VmPid             focus = app_session_get_focus (self->session);
  GtkRoot          *root = gtk_widget_get_root (GTK_WIDGET (self));
  VmMachine        *machine = app_session_get_machine (self->session);
  gint64            born_ns, ended_ns;
  guint             n = 1;
  AppCompareWindow *window;

  if (recording == NULL || machine == NULL ||
      !vm_recording_get_life (recording, focus, &born_ns, &ended_ns))
    {
      app_lab_page_toast (self, _ ("Nothing is recorded of this process yet. Run first."));
      return;
    }
  window = app_compare_window_new (GTK_WINDOW (root), self->shared->lab->title,
                                   self->shared->lab->module,
                                   vm_machine_get_otp_version (machine));
  add_moment (self, window, _ ("Now"), ui_time_range_get_end (self->range));
  if (ui_time_range_is_past (self->range))
    {
      add_moment (self, window, _ ("Looked at"), ui_time_range_get_moment (self->range));
      n++;
    }
  n += add_runs (self, window);
  n += add_bookmarks (self, window);
  add_moment (self, window, _ ("Its beginning"), born_ns);
  /* the first after "now" is what somebody most likely wants to compare with */
  app_compare_window_choose (window, n > 1 ? 1 : n, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/* --- bookmarks ---------------------------------------------------------------- */

static void
save (AppLabPage *self)
{
  g_autoptr (GError) error = NULL;

  if (!app_bookmarks_save (G_LIST_MODEL (self->bookmarks), app_state_get_data_folder (self->state),
                           self->shared->lab->id, &error))
    {
      g_autofree char *text = g_strdup_printf (_ ("Bookmarks are not kept: %s"), error->message);

      app_lab_page_toast (self, text);
    }
}

static void
note_changed_cb (AppLabPage *self)
{
  save (self);
}

static void
items_changed_cb (AppLabPage *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (UiBookmark) bookmark =
        g_list_model_get_item (G_LIST_MODEL (self->bookmarks), i);

      g_signal_handlers_disconnect_by_func (bookmark, note_changed_cb, self);
      g_signal_connect_object (bookmark, "notify::note", G_CALLBACK (note_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
insert (AppLabPage *self, UiBookmark *bookmark)
{
  g_list_store_insert_sorted (self->bookmarks, bookmark, ui_bookmark_compare, NULL);
  save (self);
}

void
app_lab_page_add_bookmark (AppLabPage *self)
{
  VmRecording     *recording = app_session_get_recording (self->session);
  VmPid            focus = app_session_get_focus (self->session);
  gint64           t_ns = ui_time_range_get_moment (self->range);
  char             name[128], moment[UI_NUMBER_SIZE];
  g_autofree char *note = NULL;
  g_autofree char *text = NULL;

  if (recording == NULL)
    return;
  vm_recording_format_process (recording, focus, name, sizeof name);
  /* Translators: a bookmark's note until the user writes another; %s is a process */
  note = g_strdup_printf (_ ("%s here"), name);

  g_autoptr (UiBookmark) bookmark = ui_bookmark_new (t_ns, name, self->run, note);

  insert (self, bookmark);
  text = g_strdup_printf (_ ("Bookmarked %s"), ui_number_moment (t_ns, moment));
  app_lab_page_toast (self, text);
}

static void
undo_cb (AdwToast *toast, gpointer data)
{
  insert (data, g_object_get_data (G_OBJECT (toast), "bookmark"));
}

static void
removed_cb (AppLabPage *self, UiBookmark *bookmark)
{
  AdwToast *toast = adw_toast_new (_ ("Bookmark removed"));
  guint     position;

  if (!g_list_store_find (self->bookmarks, bookmark, &position))
    {
      g_object_unref (toast);
      return;
    }
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "bookmark", g_object_ref (bookmark), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  g_list_store_remove (self->bookmarks, position);
  save (self);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
activated_cb (AppLabPage *self, UiBookmark *bookmark)
{
  VmRecording *recording = app_session_get_recording (self->session);
  gint64       t_ns = ui_bookmark_get_moment (bookmark);
  const char  *process = ui_bookmark_get_process (bookmark);
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  char name[128];

  if (recording == NULL || t_ns > ui_time_range_get_end (self->range))
    {
      app_lab_page_toast (self, _ ("The program has not come that far yet."));
      return;
    }
  vm_recording_get_pids (recording, pids);
  for (guint i = 0; i < pids->len && process != NULL; i++)
    {
      VmPid pid = g_array_index (pids, VmPid, i);

      if (g_str_equal (vm_recording_format_process (recording, pid, name, sizeof name), process))
        {
          app_lab_page_choose (self, pid);
          break;
        }
    }
  ui_time_range_set_moment (self->range, t_ns);
}

/* --- the table ---------------------------------------------------------------- */

void
app_lab_page_copy_table (AppLabPage *self)
{
  UiPictureRequest request = UI_PICTURE_REQUEST_INIT;
  UiCanvas        *canvas = app_lab_page_get_canvas (self);
  UiCanvasClass   *klass = UI_CANVAS_GET_CLASS (canvas);
  g_autofree char *table = NULL;

  request.program = self->shared->lab->module;
  if (klass->fill_request != NULL)
    klass->fill_request (canvas, &request);
  table = ui_picture_dup_table (&request, '\t');
  if (table == NULL)
    {
      app_lab_page_toast (self, _ ("This picture has no figures. The memory's have."));
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), table);
  app_lab_page_toast (self, _ ("Table copied"));
}

/* --- all of it ---------------------------------------------------------------- */

void
app_lab_page_init_history (AppLabPage *self)
{
  UiHistoryPane   *pane = ui_heap_view_get_history (self->heap);
  g_autofree char *damaged = NULL;

  self->runs = g_ptr_array_new_with_free_func (run_free);
  self->bookmarks = app_bookmarks_load (app_state_get_data_folder (self->state),
                                        self->shared->lab->id, &damaged);
  g_signal_connect_object (self->bookmarks, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->bookmarks)));
  ui_history_pane_set_bookmarks (pane, G_LIST_MODEL (self->bookmarks));
  g_signal_connect_object (pane, "bookmark-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "bookmark-removed", G_CALLBACK (removed_cb), self,
                           G_CONNECT_SWAPPED);
  if (damaged != NULL)
    {
      g_autofree char *text =
        g_strdup_printf (_ ("The bookmarks could not be read. They are kept in %s"), damaged);

      app_lab_page_toast (self, text);
    }
}

void
app_lab_page_clear_history (AppLabPage *self)
{
  g_clear_object (&self->bookmarks);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->run, g_free);
}
