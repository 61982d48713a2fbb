/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli-options.h"
#include "app/cli/app-cli-play.h"
#include "app/cli/app-cli-words.h"
#include "app/cli/app-cli.h"
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
  const char *at;      /* the moment looked at */
  const char *compare; /* with another moment, or with a run in which a knob was turned */
  guint       form;
  guint       theme;
  gboolean    is_transparent;
  const char *output;
  AppCliWords words;
  gint64      collection; /* of the process, from 1; 0: the last */
  gint64      step;       /* of the walk; -1: its end */

  AppCliPlay       play;
  AppCliPlay       other_play; /* the run compared with */
  UiPictureOther   other;
  UiPictureRequest request; /* its snapshot and recording are the play's, or loaded */
  VmRecording     *loaded;
} Render;

static void
render_clear (Render *render)
{
  g_clear_pointer (&render->request.words, vm_words_unref);
  g_clear_pointer (&render->request.binaries, vm_binaries_unref);
  g_clear_pointer (&render->request.walk, vm_gc_walk_unref);
  g_clear_pointer (&render->loaded, vm_recording_unref);
  app_cli_play_clear (&render->play);
  app_cli_play_clear (&render->other_play);
}

static int
fail (const GError *error)
{
  g_printerr ("beamlab render: %s\n", error->message);
  return APP_CLI_USAGE;
}

/* Nobody was asked for: the first that the lab names, dead or alive. */
static void
find_first_named (Render *render)
{
  const GPtrArray *names = render->play.lab != NULL ? render->play.lab->names : NULL;

  for (guint i = 0; names != NULL && i < names->len && render->request.pid == VM_PID_NONE; i++)
    render->request.pid = app_cli_play_find (render->request.recording,
                                             ((AppLabName *) g_ptr_array_index (names, i))->name);
}

static gboolean
fail_to_find (VmRecording *recording, const char *process, GError **error)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  g_autoptr (GString) names = g_string_new (NULL);
  char buffer[256];

  vm_recording_get_pids (recording, pids);
  for (guint i = 0; i < pids->len && names->len < 400; i++)
    g_string_append_printf (
      names, "%s%s", names->len > 0 ? ", " : "",
      vm_recording_format_process (recording, g_array_index (pids, VmPid, i), buffer,
                                   sizeof buffer));
  g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "there is no process '%s'; there are %s",
               process, names->str);
  return FALSE;
}

/* By its name or pid in the recording, which also knows those that have ended. */
static gboolean
find_process (Render *render, GError **error)
{
  if (render->process == NULL)
    {
      find_first_named (render);
      return TRUE;
    }
  render->request.pid = app_cli_play_find (render->request.recording, render->process);
  return render->request.pid != VM_PID_NONE ||
         fail_to_find (render->request.recording, render->process, error);
}

static const char *
get_watched (const Render *render)
{
  const GPtrArray *names = render->play.lab->names;

  if (render->process != NULL)
    return render->process;
  return names != NULL && names->len > 0 ? ((AppLabName *) g_ptr_array_index (names, 0))->name
                                         : "main";
}

/* The collection asked for, which was captured when it happened. */
static gboolean
take_walk (Render *render, GError **error)
{
  VmGcWalk *walk = vm_machine_take_gc_walk (render->play.vm);

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

static void
watch_collections (VmMachine *vm, const AppLab *lab, gpointer data)
{
  const Render *render = data;
  const char   *process = render->process;

  if (process == NULL)
    process = lab->names != NULL && lab->names->len > 0
                ? ((AppLabName *) g_ptr_array_index (lab->names, 0))->name
                : "main";
  vm_machine_watch_collections (vm, process, (guint64) render->collection);
}

static gboolean
play_program (Render *render, const char *name, const VmCondition *until, GError **error)
{
  AppCliPlayRequest request = {
    .process = render->process,
    .until = until,
    .until_text = render->until,
    .tell = render->request.view == UI_PICTURE_VILLAGE   ? APP_CLI_TELL_VILLAGE
            : render->request.view == UI_PICTURE_MAILBOX ? APP_CLI_TELL_MAILBOX
                                                         : APP_CLI_TELL_END,
    .prepare = render->request.view == UI_PICTURE_COLLECTION ? watch_collections : NULL,
    .prepare_data = render,
  };

  if (!app_cli_play_lab (&render->play, name, &request, error))
    return FALSE;
  render->request.snapshot = render->play.snapshot;
  render->request.recording = render->play.recording;
  render->request.title = render->play.lab->title;
  render->request.program = render->play.lab->module;
  if (render->request.view == UI_PICTURE_BINARIES)
    render->request.binaries = vm_machine_wait_binaries (render->play.vm);
  return render->request.view != UI_PICTURE_COLLECTION || take_walk (render, error);
}

/* The other side of a comparison: an earlier moment, or another run of the lab. */
static gboolean
take_other (Render *render, const char *name, const VmCondition *until, GError **error)
{
  AppCliPlayRequest request = {
    .process = render->process,
    .until = until,
    .until_text = render->until,
    .knob = render->compare,
  };
  char buffer[256];

  render->request.other = &render->other;
  render->other = (UiPictureOther){ .pid = render->request.pid };
  if (app_cli_parse_time (render->compare, &render->other.moment_ns))
    return TRUE;
  if (name == NULL)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_USAGE,
                   "--compare of a recording wants a moment, such as 1.2ms, not '%s'",
                   render->compare);
      return FALSE;
    }
  if (!app_cli_play_lab (&render->other_play, name, &request, error))
    return FALSE;
  /* before: as the lab has it; after: with the knob turned */
  render->other.recording = render->play.recording;
  render->other.run = "as the lab has it";
  render->other.other_run = render->compare;
  render->other.moment_ns =
    render->at != NULL ? render->request.moment_ns : (gint64) G_MAXINT64;
  render->request.recording = render->other_play.recording;
  render->request.snapshot = render->other_play.snapshot;
  vm_recording_format_process (render->other.recording, render->other.pid, buffer, sizeof buffer);
  render->request.pid = app_cli_play_find (render->request.recording, buffer);
  return render->request.pid != VM_PID_NONE ||
         fail_to_find (render->request.recording, buffer, error);
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

static gboolean
is_table (const char *path)
{
  return g_str_has_suffix (path, ".csv") || g_str_has_suffix (path, ".tsv");
}

static gboolean
is_memory (UiPictureView view)
{
  return view == UI_PICTURE_HEAP || view == UI_PICTURE_HISTORY || view == UI_PICTURE_COMPARE;
}

static int
check_output (const Render *render)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf" };

  if (render->output == NULL)
    return app_cli_usage ("render", "-o FILE is needed");
  if (is_table (render->output) && !is_memory (render->request.view))
    return app_cli_usage ("render",
                          "a table, '%s', can be made of heap, history and compare",
                          render->output);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (render->output, endings[i]))
      return -1;
  if (is_table (render->output))
    return -1;
  return app_cli_usage ("render",
                        "-o wants a name that ends in .png, .svg or .pdf, or for a table .csv or "
                        ".tsv, not '%s'",
                        render->output);
}

/* What belongs to some views only. */
static int
check_view (Render *render)
{
  UiPictureView view = render->request.view;

  if (view == UI_PICTURE_WORDS && render->recording_path != NULL)
    return app_cli_usage ("render", "a recording holds no words: --view words is for a LAB");
  if (view != UI_PICTURE_WORDS &&
      (render->words.choose != NULL || render->words.area != 0 || render->words.from != 0 ||
       render->words.n_words != 0))
    return app_cli_usage ("render", "--area, --from, --words and --choose are for --view words");
  if (view == UI_PICTURE_BINARIES && render->recording_path != NULL)
    return app_cli_usage ("render", "--view binaries is for a LAB: a recording does not know who "
                                    "holds them");
  if (view == UI_PICTURE_COLLECTION && render->recording_path != NULL)
    return app_cli_usage ("render", "--view collection is for a LAB: a recording knows when a "
                                    "collection was, not what it moved");
  if (view != UI_PICTURE_COLLECTION && (render->collection != 0 || render->step >= 0))
    return app_cli_usage ("render", "--collection and --step are for --view collection");
  if (!is_memory (view) && (render->at != NULL || render->form != 0))
    return app_cli_usage ("render", "--at and --form are for --view heap, history and compare");
  if ((view == UI_PICTURE_COMPARE) != (render->compare != NULL))
    return app_cli_usage ("render", "--view compare and --compare belong together");
  if (render->at != NULL && !app_cli_parse_time (render->at, &render->request.moment_ns))
    return app_cli_usage ("render", "--at wants a moment, such as 1.2ms, not '%s'", render->at);
  return -1;
}

static int
check_words (Render *render, const GPtrArray *words)
{
  int status;

  if ((words->len == 1) == (render->recording_path != NULL) || words->len > 1)
    return app_cli_usage ("render", "it draws one LAB, or a --recording FILE");
  if (render->recording_path != NULL && render->until != NULL)
    return app_cli_usage ("render", "--until is for a LAB; a recording is drawn whole");
  if (render->view == NULL || !ui_picture_view_parse (render->view, &render->request.view))
    return app_cli_usage ("render",
                          "--view wants village, heap, history, compare, words, schedulers, "
                          "mailbox, collection or binaries%s%s",
                          render->view != NULL ? ", not " : "",
                          render->view != NULL ? render->view : "");
  status = check_view (render);
  if (status >= 0)
    return status;
  if (render->size != NULL &&
      !parse_size (render->size, &render->request.width, &render->request.height))
    return app_cli_usage ("render", "--size wants WIDTHxHEIGHT, each from 64 to %d, not '%s'",
                          MAX_SIDE, render->size);
  return check_output (render);
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

static gboolean
write_table (const Render *render, GError **error)
{
  gboolean         is_csv = g_str_has_suffix (render->output, ".csv");
  g_autofree char *table = ui_picture_dup_table (&render->request, is_csv ? ',' : '\t');

  if (table != NULL)
    return g_file_set_contents (render->output, table, -1, error);
  g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "there is no process to make a table of");
  return FALSE;
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
    render->request.recording = render->loaded =
      vm_recording_load (render->recording_path, &error);
  else
    play_program (render, lab, until, &error);
  if (error != NULL)
    return fail (error);
  render->request.form = (UiHistoryForm) render->form;
  render->request.is_dark = render->theme == 1;
  render->request.is_transparent = render->is_transparent;
  render->request.path = render->output;
  if (render->request.view != UI_PICTURE_COLLECTION && !find_process (render, &error))
    return fail (error);
  if (render->compare != NULL && !take_other (render, lab, until, &error))
    return fail (error);
  if (render->request.view == UI_PICTURE_WORDS &&
      !app_cli_words_take (&render->words, render->play.vm, get_focus (render), &render->request,
                           &error))
    return fail (error);
  if (is_table (render->output) ? !write_table (render, &error)
                                : !ui_picture_render (&render->request, &error))
    return fail (error);
  return APP_CLI_OK;
}

int
app_cli_render (int argc, char **argv)
{
  static const char *const themes[] = { "light", "dark", NULL };
  static const char *const forms[] = { "blocks", "stacked", "processes", NULL };
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
             { "--at", APP_OPTION_TEXT, &render.at },
             { "--form", APP_OPTION_CHOICE, &render.form, .choices = forms },
             { "--compare", APP_OPTION_TEXT, &render.compare },
             { "--size", APP_OPTION_TEXT, &render.size },
             { "--theme", APP_OPTION_CHOICE, &render.theme, .choices = themes },
             { "--collection", APP_OPTION_NUMBER, &render.collection, 1, G_MAXINT64 },
             { "--step", APP_OPTION_NUMBER, &render.step, 0, G_MAXUINT },
             { "--transparent", APP_OPTION_FLAG, &render.is_transparent },
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
