/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli-options.h"
#include "app/cli/app-cli-words.h"
#include "app/cli/app-cli.h"
#include "app/lab/app-lab-build.h"
#include "app/lab/app-lab-catalog.h"
#include "app/lab/app-lab-player.h"
#include "engine/vm-error.h"
#include "engine/vm-recording.h"
#include "ui/draw/picture.h"
#include <stdio.h>
#include <string.h>

#define MAX_SIDE 16384

typedef struct
{
  const char *recording_path;
  const char *until;
  const char *view;
  const char *process;
  const char *size;
  guint       theme;
  const char *output;
  AppCliWords words;
  gint64      collection; /* of the process, from 1; 0: the last */
  gint64      step;       /* of the walk; -1: its end */

  AppLab          *lab;
  VmMachine       *vm;
  UiPictureRequest request; /* its snapshot and recording are owned */
} Render;

static void
render_clear (Render *render)
{
  g_clear_pointer (&render->request.words, vm_words_unref);
  g_clear_pointer (&render->request.walk, vm_gc_walk_unref);
  g_clear_pointer (&render->request.snapshot, vm_snapshot_unref);
  g_clear_pointer (&render->request.recording, vm_recording_unref);
  g_clear_pointer (&render->vm, vm_machine_free);
  g_clear_pointer (&render->lab, app_lab_free);
}

static int
fail (const GError *error)
{
  g_printerr ("beamlab render: %s\n", error->message);
  return APP_CLI_USAGE;
}

static gboolean
find_by_name (Render *render, const char *wanted)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  char buffer[256];

  vm_recording_get_pids (render->request.recording, pids);
  for (guint i = 0; i < pids->len; i++)
    {
      VmPid pid = g_array_index (pids, VmPid, i);

      if (strcmp (
            vm_recording_format_process (render->request.recording, pid, buffer, sizeof buffer),
            wanted) != 0)
        continue;
      render->request.pid = pid;
      return TRUE;
    }
  return FALSE;
}

/* Nobody was asked for: the first that the lab names, dead or alive. */
static void
find_first_named (Render *render)
{
  const GPtrArray *names = render->lab != NULL ? render->lab->names : NULL;

  for (guint i = 0; names != NULL && i < names->len; i++)
    if (find_by_name (render, ((AppLabName *) g_ptr_array_index (names, i))->name))
      return;
}

/* By its name or pid in the recording, which also knows those that have ended. */
static gboolean
find_process (Render *render, GError **error)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  g_autoptr (GString) names = g_string_new (NULL);
  char buffer[256];
  char text[32];

  if (render->process == NULL)
    {
      find_first_named (render);
      return TRUE;
    }
  vm_recording_get_pids (render->request.recording, pids);
  for (guint i = 0; i < pids->len; i++)
    {
      VmPid       pid = g_array_index (pids, VmPid, i);
      const char *name =
        vm_recording_format_process (render->request.recording, pid, buffer, sizeof buffer);

      if (strcmp (name, render->process) == 0 ||
          strcmp (vm_pid_format (pid, text), render->process) == 0)
        {
          render->request.pid = pid;
          return TRUE;
        }
      if (names->len < 400)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "there is no process '%s'; there are %s",
               render->process, names->str);
  return FALSE;
}

/* The process to look at must be known before the snapshot that shows its
 * inside is taken; a named one is looked up in a first, small one. */
static void
take_snapshot (Render *render)
{
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;
  g_autoptr (VmSnapshot) first = vm_machine_wait_snapshot (render->vm, &request);
  const VmProcessInfo *info = NULL;

  if (render->process != NULL)
    info = vm_snapshot_find_name (first, render->process);
  else if (render->lab != NULL && render->lab->names != NULL && render->lab->names->len > 0)
    info = vm_snapshot_find_name (first,
                                  ((AppLabName *) g_ptr_array_index (render->lab->names, 0))->name);
  for (guint i = 0; info == NULL && render->process == NULL && i < first->n_processes; i++)
    if (!first->processes[i].is_system)
      info = &first->processes[i];
  request.focus = info != NULL ? info->pid : VM_PID_NONE;
  render->request.snapshot = vm_machine_wait_snapshot (render->vm, &request);
}

static const char *
get_watched (const Render *render)
{
  const GPtrArray *names = render->lab->names;

  if (render->process != NULL)
    return render->process;
  return names != NULL && names->len > 0 ? ((AppLabName *) g_ptr_array_index (names, 0))->name
                                         : "main";
}

/* The collection asked for, which was captured when it happened. */
static gboolean
take_walk (Render *render, GError **error)
{
  VmGcWalk *walk = vm_machine_take_gc_walk (render->vm);

  render->request.walk = walk;
  if (walk == NULL && render->collection != 0)
    g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                 "'%s' had no collection %" G_GINT64_FORMAT " so far", get_watched (render),
                 render->collection);
  else if (walk == NULL)
    g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "'%s' had no collection so far",
                 get_watched (render));
  else if (render->step > walk->n_actions)
    g_set_error (error, VM_ERROR, VM_ERROR_USAGE,
                 "there is no step %" G_GINT64_FORMAT ": collection %" G_GUINT64_FORMAT
                 " has steps 0 to %u",
                 render->step, walk->number, walk->n_actions);
  else
    {
      render->request.walk_step = render->step < 0 ? walk->n_actions : (guint) render->step;
      return TRUE;
    }
  return FALSE;
}

static gboolean
play_program (Render *render, const char *name, const VmCondition *until, GError **error)
{
  g_autofree char *path = app_lab_catalog_find (name, error);
  g_autoptr (AppLabProblems) problems = app_lab_problems_new (name);
  g_autoptr (AppLabSettings) settings = NULL;
  g_autofree char *beams = NULL;
  VmStatus         status;

  if (path == NULL)
    return FALSE;
  render->lab = app_lab_load (path, problems);
  if (render->lab == NULL)
    {
      g_autofree char *mistakes = app_lab_problems_format (problems);

      g_set_error (error, VM_ERROR, VM_ERROR_FORMAT, "the lab has mistakes:\n%s",
                   g_strchomp (mistakes));
      return FALSE;
    }
  beams = app_lab_build (render->lab, APP_LAB_START, NULL, error);
  if (beams == NULL)
    return FALSE;
  settings = app_lab_settings_new (render->lab);
  render->vm = app_lab_machine_new (render->lab, settings, beams, -1, error);
  if (render->vm == NULL)
    return FALSE;
  if (render->request.view == UI_PICTURE_COLLECTION)
    vm_machine_watch_collections (render->vm, get_watched (render), (guint64) render->collection);
  if (until != NULL)
    vm_machine_run_until (render->vm, until);
  else
    vm_machine_resume (render->vm);
  if (!vm_machine_wait_stopped (render->vm, (gint64) render->lab->timeout_seconds * G_USEC_PER_SEC))
    {
      vm_machine_pause (render->vm);
      vm_machine_wait_stopped (render->vm, -1);
      g_printerr ("beamlab render: stopped after %u s; the picture shows how far it came\n",
                  render->lab->timeout_seconds);
    }
  vm_machine_get_status (render->vm, &status);
  if (until != NULL && status.stop_reason != VM_STOP_CONDITION)
    g_printerr ("beamlab render: '%s' did not become true; the picture shows the end\n",
                render->until);
  take_snapshot (render);
  render->request.recording = vm_machine_ref_recording (render->vm);
  render->request.title = render->lab->title;
  return render->request.view != UI_PICTURE_COLLECTION || take_walk (render, error);
}

static gboolean
parse_size (const char *text, double *width, double *height)
{
  int  w;
  int  h;
  char end;

  if (sscanf (text, "%dx%d%c", &w, &h, &end) != 2 || w < 64 || h < 64 || w > MAX_SIDE ||
      h > MAX_SIDE)
    return FALSE;
  *width = w;
  *height = h;
  return TRUE;
}

static int
check_words (Render *render, const GPtrArray *words)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf" };
  gboolean                 is_known = FALSE;

  if ((words->len == 1) == (render->recording_path != NULL) || words->len > 1)
    return app_cli_usage ("render", "it draws one LAB, or a --recording FILE");
  if (render->recording_path != NULL && render->until != NULL)
    return app_cli_usage ("render", "--until is for a LAB; a recording is drawn whole");
  if (render->view == NULL || !ui_picture_view_parse (render->view, &render->request.view))
    return app_cli_usage ("render",
                          "--view wants village, heap, history, compare, words, schedulers, "
                          "mailbox or collection%s%s",
                          render->view != NULL ? ", not " : "",
                          render->view != NULL ? render->view : "");
  if (render->request.view == UI_PICTURE_WORDS && render->recording_path != NULL)
    return app_cli_usage ("render", "a recording holds no words: --view words is for a LAB");
  if (render->request.view != UI_PICTURE_WORDS &&
      (render->words.choose != NULL || render->words.area != 0 || render->words.from != 0 ||
       render->words.n_words != 0))
    return app_cli_usage ("render", "--area, --from, --words and --choose are for --view words");
  if (render->request.view == UI_PICTURE_COLLECTION && render->recording_path != NULL)
    return app_cli_usage ("render", "--view collection is for a LAB: a recording knows when a "
                                    "collection was, not what it moved");
  if (render->request.view != UI_PICTURE_COLLECTION &&
      (render->collection != 0 || render->step >= 0))
    return app_cli_usage ("render", "--collection and --step are for --view collection");
  if (render->size != NULL &&
      !parse_size (render->size, &render->request.width, &render->request.height))
    return app_cli_usage ("render", "--size wants WIDTHxHEIGHT, each from 64 to %d, not '%s'",
                          MAX_SIDE, render->size);
  if (render->output == NULL)
    return app_cli_usage ("render", "-o FILE is needed");
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    is_known |= g_str_has_suffix (render->output, endings[i]);
  if (!is_known)
    return app_cli_usage ("render", "-o wants a name that ends in .png, .svg or .pdf, not '%s'",
                          render->output);
  return -1;
}

/* Whose words: who was asked for, else whom the snapshot looks into. */
static VmPid
get_focus (const Render *render)
{
  const VmSnapshot *snapshot = render->request.snapshot;

  if (render->request.pid != VM_PID_NONE || snapshot == NULL || snapshot->focus == NULL)
    return render->request.pid;
  return snapshot->focus->pid;
}

static int
draw (Render *render, const char *lab)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VmCondition) until = NULL;

  if (render->until != NULL)
    {
      until = vm_condition_parse (render->until, &error);
      if (until == NULL)
        {
          g_prefix_error (&error, "--until '%s': ", render->until);
          return fail (error);
        }
    }
  if (render->recording_path != NULL)
    render->request.recording = vm_recording_load (render->recording_path, &error);
  else
    play_program (render, lab, until, &error);
  if (error != NULL)
    return fail (error);
  render->request.is_dark = render->theme == 1;
  render->request.path = render->output;
  if (render->request.view != UI_PICTURE_COLLECTION && !find_process (render, &error))
    return fail (error);
  if (render->request.view == UI_PICTURE_WORDS &&
      !app_cli_words_take (&render->words, render->vm, get_focus (render), &render->request,
                           &error))
    return fail (error);
  if (!ui_picture_render (&render->request, &error))
    return fail (error);
  return APP_CLI_OK;
}

int
app_cli_render (int argc, char **argv)
{
  static const char *const themes[] = { "light", "dark", NULL };
  Render                   render = { .request = UI_PICTURE_REQUEST_INIT };
  const AppOption          options[] = {
             { "--recording", APP_OPTION_TEXT, &render.recording_path },
             { "--until", APP_OPTION_TEXT, &render.until },
             { "--view", APP_OPTION_TEXT, &render.view },
             { "--process", APP_OPTION_TEXT, &render.process },
             { "--area", APP_OPTION_CHOICE, &render.words.area, .choices = app_cli_word_areas },
             { "--from", APP_OPTION_NUMBER, &render.words.from, 0, G_MAXINT64 / 16 },
             { "--words", APP_OPTION_NUMBER, &render.words.n_words, 4, G_MAXINT64 / 16 },
             { "--choose", APP_OPTION_TEXT, &render.words.choose },
             { "--size", APP_OPTION_TEXT, &render.size },
             { "--theme", APP_OPTION_CHOICE, &render.theme, .choices = themes },
             { "--collection", APP_OPTION_NUMBER, &render.collection, 1, G_MAXINT64 },
             { "--step", APP_OPTION_NUMBER, &render.step, 0, G_MAXUINT },
             { "-o", APP_OPTION_TEXT, &render.output },
             { NULL },
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  int status;

  render.step = -1;
  render.request.width = 1280;
  render.request.height = 800;
  status = app_options_parse ("render", options, argc, argv, words);
  if (status < 0)
    status = check_words (&render, words);
  if (status < 0)
    status = draw (&render, words->len > 0 ? words->pdata[0] : NULL);
  render_clear (&render);
  return status;
}
