/* SPDX-License-Identifier: Apache-2.0 */

/* Pictures and tables of one process's memory over time. */

#include "config.h"

#include "ui/draw/picture-private.h"

#include "ui/draw/figures-text.h"
#include "ui/draw/recording-arrays.h"
#include "ui/draw/recording-many.h"

#define MAX_COLUMNS 300 /* of many processes: more would be a curtain */

/* FALSE: the machine stands there, and its snapshot tells more than the recording. */
static gboolean
is_past (const Picture *picture)
{
  const UiPictureRequest *request = picture->request;

  return request->recording != NULL && request->moment_ns != G_MININT64 &&
         (request->snapshot == NULL || request->moment_ns < request->snapshot->status.time_ns);
}

static guint64
get_known_block (const Picture *picture)
{
  return picture->process != NULL ? picture->process->heap.young_block : 0;
}

static gboolean
get_sizes (const Picture *picture, VmHeapSizes *sizes)
{
  VmRecording *recording = picture->request->recording;
  gint64       measured_ns;

  *sizes = (VmHeapSizes){ 0 };
  if (picture->process != NULL && !is_past (picture))
    {
      *sizes = picture->process->heap;
      return TRUE;
    }
  return recording != NULL && picture->pid != VM_PID_NONE &&
         ui_recording_get_sizes_at (recording, picture->pid, picture->moment_ns, sizes,
                                    &measured_ns);
}

static UiHeapHistory *
make_history (const Picture *picture, UiRect area, gboolean is_under_strip)
{
  const UiPictureRequest *request = picture->request;
  UiHeapHistoryInput      input = UI_HEAP_HISTORY_INPUT_INIT;
  UiHistoryArrays         arrays;
  UiHeapHistory          *history;

  ui_history_arrays_init (&arrays);
  ui_history_arrays_read (&arrays, request->recording, picture->pid, picture->from_ns,
                          picture->to_ns, get_known_block (picture));
  ui_history_arrays_fill (&arrays, picture->from_ns, picture->to_ns, &input);
  input.form = request->form;
  input.cursor_ns = request->moment_ns;
  input.now_ns = request->moment_ns != G_MININT64 ? picture->end_ns : G_MININT64;
  input.pins = request->pins;
  input.n_pins = request->n_pins;
  input.is_under_strip = is_under_strip;
  history = ui_heap_history_new (&input, area, picture->measure);
  ui_history_arrays_clear (&arrays);
  return history;
}

void
ui_picture_draw_heap (const Picture *picture, UiRect area)
{
  VmHeapSizes sizes;
  UiRect      strip_area, history_area;

  get_sizes (picture, &sizes);
  ui_heap_split (&sizes, area, picture->measure, &strip_area, &history_area);

  g_autoptr (UiHeapStrip) strip = ui_heap_strip_new (&sizes, strip_area, picture->measure);

  ui_draw_heap_strip (picture->dc, strip);
  if (history_area.h > 0)
    {
      g_autoptr (UiHeapHistory) history = make_history (picture, history_area, TRUE);

      ui_draw_heap_history (picture->dc, history);
    }
}

static void
draw_many (const Picture *picture, UiRect area)
{
  const UiPictureRequest *request = picture->request;
  UiManyArrays            arrays;

  ui_many_arrays_init (&arrays);
  ui_many_arrays_read (&arrays, request->recording, request->snapshot, picture->from_ns,
                       picture->to_ns, (guint) CLAMP (area.w, 1, MAX_COLUMNS),
                       ui_heap_many_count_rows (area.h));
  arrays.input.cursor_ns = request->moment_ns;
  arrays.input.selected = request->pid;

  g_autoptr (UiHeapMany) many = ui_heap_many_new (&arrays.input, area, picture->measure);

  ui_draw_heap_many (picture->dc, many);
  ui_many_arrays_clear (&arrays);
}

void
ui_picture_draw_history (const Picture *picture, UiRect area)
{
  if (picture->request->form == UI_HISTORY_PROCESSES)
    {
      draw_many (picture, area);
      return;
    }

  g_autoptr (UiHeapHistory) history = make_history (picture, area, FALSE);

  ui_draw_heap_history (picture->dc, history);
}

/* --- comparing ---------------------------------------------------------------- */

static void
read_moment (const Picture *picture, char *name, gsize size, UiMoment *moment)
{
  const UiPictureRequest *request = picture->request;
  VmHeapSample            sample = { 0 };

  *moment = (UiMoment){
    .program = request->program,
    .process = ui_picture_format_process (picture, name, size),
    .otp_version = request->otp_version != NULL ? request->otp_version
                   : request->snapshot != NULL  ? request->snapshot->otp_version
                                                : NULL,
    .t_ns = picture->moment_ns,
  };
  if (request->recording == NULL)
    return;
  ui_moment_read (request->recording, picture->pid, moment);
  if (picture->process == NULL || is_past (picture))
    return;
  moment->is_known = TRUE;
  moment->sizes = picture->process->heap;
  moment->measured_ns = moment->t_ns;
  moment->totals.n_reductions = picture->process->n_reductions;
  moment->n_messages = picture->process->n_messages;
  if (vm_recording_get_heap_at (request->recording, picture->pid, picture->moment_ns, &sample))
    moment->message_words = sample.message_words;
}

/* The other side, as a picture of its own. */
static void
make_other (const Picture *picture, UiPictureRequest *request, Picture *other)
{
  const UiPictureOther *what = picture->request->other;

  *request = *picture->request;
  request->moment_ns = what->moment_ns;
  if (what->recording != NULL)
    {
      if (request->otp_version == NULL && request->snapshot != NULL)
        request->otp_version = request->snapshot->otp_version;
      request->recording = what->recording;
      request->snapshot = NULL;
      request->pid = what->pid;
      request->from_ns = request->to_ns = 0;
    }
  if (request->moment_ns == G_MAXINT64)
    request->moment_ns = vm_recording_get_end_ns (request->recording);
  ui_picture_init (other, request);
}

typedef struct
{
  UiPictureRequest   request; /* of the other side */
  Picture            other;
  char               names[2][128];
  UiHistoryArrays    arrays[2];
  UiHeapCompareInput input; /* A: the other side */
} Comparison;

static void
comparison_init (Comparison *c, const Picture *picture)
{
  const UiPictureOther *what = picture->request->other;
  const Picture        *sides[2] = { &c->other, picture };

  *c = (Comparison){ 0 };
  make_other (picture, &c->request, &c->other);
  c->input.is_one_run = what->recording == NULL && c->other.pid == picture->pid;
  for (guint i = 0; i < 2; i++)
    {
      UiHeapHistoryInput *history = &c->input.histories[i];

      read_moment (sides[i], c->names[i], sizeof c->names[i], &c->input.moments[i]);
      ui_history_arrays_init (&c->arrays[i]);
      ui_history_arrays_read (&c->arrays[i], sides[i]->request->recording, sides[i]->pid,
                              sides[i]->from_ns, sides[i]->to_ns, get_known_block (sides[i]));
      *history = (UiHeapHistoryInput) UI_HEAP_HISTORY_INPUT_INIT;
      ui_history_arrays_fill (&c->arrays[i], sides[i]->from_ns, sides[i]->to_ns, history);
      history->form = picture->request->form;
      history->cursor_ns = sides[i]->moment_ns;
    }
  c->input.moments[0].run = what->run;
  c->input.moments[1].run = what->other_run;
}

static void
comparison_clear (Comparison *c)
{
  for (guint i = 0; i < 2; i++)
    ui_history_arrays_clear (&c->arrays[i]);
}

void
ui_picture_draw_compare (const Picture *picture, UiRect area)
{
  Comparison comparison;

  if (picture->request->other == NULL || picture->request->recording == NULL)
    return;
  comparison_init (&comparison, picture);

  g_autoptr (UiHeapCompare) compare =
    ui_heap_compare_new (&comparison.input, area, picture->measure);

  ui_draw_heap_compare (picture->dc, compare);
  comparison_clear (&comparison);
}

/* --- tables ------------------------------------------------------------------- */

static char *
dup_series (const Picture *picture, char separator)
{
  UiHistoryArrays arrays;
  VmRecording    *recording = picture->request->recording;
  char           *text;

  ui_history_arrays_init (&arrays);
  vm_recording_get_heap_samples (recording, picture->pid, picture->from_ns, picture->to_ns + 1,
                                 arrays.samples);
  vm_recording_fold_collections (recording, picture->pid, 0, picture->to_ns + 1, 0, arrays.folds);
  text = ui_history_to_text ((const VmHeapSample *) (void *) arrays.samples->data,
                             arrays.samples->len,
                             (const VmCollectionFold *) (void *) arrays.folds->data,
                             arrays.folds->len, separator);
  ui_history_arrays_clear (&arrays);
  return text;
}

char *
ui_picture_dup_table (const UiPictureRequest *request, char separator)
{
  Picture    picture;
  Comparison comparison;
  UiMoment   moment;
  char       name[128];
  char      *text = NULL;

  ui_picture_init (&picture, request);
  if (request->recording == NULL || picture.pid == VM_PID_NONE)
    return NULL;
  switch ((int) request->view)
    {
    case UI_PICTURE_HEAP:
      read_moment (&picture, name, sizeof name, &moment);
      return ui_figures_to_text (&moment, 1, separator);
    case UI_PICTURE_HISTORY:
      return dup_series (&picture, separator);
    case UI_PICTURE_COMPARE:
      if (request->other == NULL)
        return NULL;
      comparison_init (&comparison, &picture);
      text = ui_figures_to_text (comparison.input.moments, 2, separator);
      comparison_clear (&comparison);
      return text;
    default:
      return NULL;
    }
}
