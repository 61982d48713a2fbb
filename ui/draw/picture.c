/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/picture.h"

#include "engine/vm-error.h"
#include "ui/draw/frame.h"
#include "ui/draw/picture-words.h"
#include "ui/draw/recording-arrays.h"
#include "ui/layout/number.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_SENDS 60 /* letters on their way: more hide what they fly over */

#define MAX_SIZE      32767.0 /* cairo's image surfaces end there */
#define FLIGHT_SHARE  40      /* a letter is on its way for 1/40 of what was recorded … */
#define FLIGHT_MIN_NS 20000

typedef struct
{
  UiDraw                 *dc;
  const UiPictureRequest *request;
  const UiMeasure        *measure;
  const VmProcessInfo    *process; /* (nullable) */
  VmPid                   pid;     /* or VM_PID_NONE */
  gint64                  from_ns, to_ns, end_ns;
} Picture;

gboolean
ui_picture_view_parse (const char *text, UiPictureView *view)
{
  static const char *const names[] = { "village", "heap", "schedulers", "mailbox", "words" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], text) == 0)
      {
        *view = (UiPictureView) i;
        return TRUE;
      }
  return FALSE;
}

static const char *
get_name (VmPid pid, char *buffer, gsize size, gpointer data)
{
  const UiPictureRequest *request = data;
  const VmProcessInfo    *info =
    request->snapshot != NULL ? vm_snapshot_find (request->snapshot, pid) : NULL;
  char text[32];

  if (info != NULL && info->name != NULL)
    g_strlcpy (buffer, info->name, size);
  else if (request->recording != NULL)
    return vm_recording_format_process (request->recording, pid, buffer, size);
  else
    g_strlcpy (buffer, vm_pid_format (pid, text), size);
  return buffer;
}

/* Lanes are for the program's processes. */
static void
remove_system (const VmSnapshot *snapshot, GArray *pids)
{
  for (guint i = pids->len; snapshot != NULL && i > 0; i--)
    {
      const VmProcessInfo *info = vm_snapshot_find (snapshot, g_array_index (pids, VmPid, i - 1));

      if (info != NULL && info->is_system)
        g_array_remove_index (pids, i - 1);
    }
}

/* The process meant: the one asked for, the focus, or the program's first. */
static void
choose_process (Picture *picture)
{
  const VmSnapshot *s = picture->request->snapshot;

  picture->pid = picture->request->pid;
  if (s != NULL && picture->pid == VM_PID_NONE && s->focus != NULL)
    picture->pid = s->focus->pid;
  for (guint i = 0; s != NULL && i < s->n_processes && picture->pid == VM_PID_NONE; i++)
    if (!s->processes[i].is_system)
      picture->pid = s->processes[i].pid;
  if (s == NULL && picture->pid == VM_PID_NONE && picture->request->recording != NULL)
    {
      g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));

      vm_recording_get_pids (picture->request->recording, pids);
      if (pids->len > 0)
        picture->pid = g_array_index (pids, VmPid, pids->len - 1);
    }
  if (s != NULL && picture->pid != VM_PID_NONE)
    picture->process = vm_snapshot_find (s, picture->pid);
}

/* The whole time of a process that has ended is that of its life. */
static void
choose_life (Picture *picture)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));

  if (picture->request->recording == NULL || picture->request->snapshot == NULL ||
      picture->process != NULL || picture->pid == VM_PID_NONE)
    return;
  vm_recording_get_heap_samples (picture->request->recording, picture->pid, G_MAXINT64, G_MAXINT64,
                                 samples);
  if (samples->len > 0)
    picture->end_ns =
      MIN (picture->end_ns, g_array_index (samples, VmHeapSample, 0).t_ns * 21 / 20);
}

static void
choose_range (Picture *picture)
{
  const UiPictureRequest *request = picture->request;

  picture->end_ns = request->recording != NULL  ? vm_recording_get_end_ns (request->recording)
                    : request->snapshot != NULL ? request->snapshot->status.time_ns
                                                : 0;
  if (request->view == UI_PICTURE_HEAP && request->to_ns <= request->from_ns)
    choose_life (picture);
  picture->from_ns = request->from_ns;
  picture->to_ns = request->to_ns > request->from_ns ? request->to_ns
                                                     : MAX (picture->end_ns, request->from_ns + 1);
}

/* Without a snapshot the last sample tells what is known of the heap. */
static VmHeapSizes
get_sizes (const Picture *picture, const GArray *samples)
{
  VmHeapSizes sizes = { 0 };

  if (picture->process != NULL)
    return picture->process->heap;
  ui_recording_get_last_sizes (samples, &sizes);
  return sizes;
}

static void
draw_heap (const Picture *picture, UiRect area)
{
  VmRecording *recording = picture->request->recording;
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (VmHeapSample));
  g_autoptr (GArray) collections = g_array_new (FALSE, FALSE, sizeof (VmCollection));
  g_autoptr (GArray) slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));
  UiRect strip_area, history_area;

  if (recording != NULL && picture->pid != VM_PID_NONE)
    {
      vm_recording_get_heap_samples (recording, picture->pid, picture->from_ns, picture->to_ns,
                                     samples);
      vm_recording_get_collections (recording, picture->pid, picture->from_ns, picture->to_ns,
                                    collections);
      vm_recording_get_slices (recording, 0, picture->pid, picture->from_ns, picture->to_ns,
                               slices);
    }

  ui_recording_complete_heap_samples (
    samples, picture->process != NULL ? picture->process->heap.young_block : 0);

  VmHeapSizes        sizes = get_sizes (picture, samples);
  UiHeapHistoryInput input = {
    .samples = (const VmHeapSample *) (void *) samples->data,
    .n_samples = samples->len,
    .collections = (const VmCollection *) (void *) collections->data,
    .n_collections = collections->len,
    .slices = (const VmSlice *) (void *) slices->data,
    .n_slices = slices->len,
    .from_ns = picture->from_ns,
    .to_ns = picture->to_ns,
    .cursor_ns = picture->request->moment_ns,
    .is_under_strip = TRUE,
  };

  ui_heap_split (&sizes, area, picture->measure, &strip_area, &history_area);

  g_autoptr (UiHeapStrip) strip = ui_heap_strip_new (&sizes, strip_area, picture->measure);
  g_autoptr (UiHeapHistory) history = ui_heap_history_new (&input, history_area, picture->measure);

  ui_draw_heap_strip (picture->dc, strip);
  if (history_area.h > 0)
    ui_draw_heap_history (picture->dc, history);
}

static void
draw_schedulers (const Picture *picture, UiRect area)
{
  VmRecording *recording = picture->request->recording;
  g_autoptr (GArray) slices = g_array_new (FALSE, FALSE, sizeof (VmSlice));
  g_autoptr (GArray) collections = g_array_new (FALSE, FALSE, sizeof (VmCollection));
  g_autoptr (GArray) queues = g_array_new (FALSE, FALSE, sizeof (UiQueuePoint));
  g_autoptr (GArray) wakes = g_array_new (FALSE, FALSE, sizeof (UiWake));
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  guint n_schedulers =
    picture->request->snapshot != NULL ? picture->request->snapshot->n_schedulers : 1;

  if (recording != NULL)
    {
      vm_recording_get_slices (recording, 0, VM_PID_NONE, picture->from_ns, picture->to_ns, slices);
      vm_recording_get_collections (recording, VM_PID_NONE, picture->from_ns, picture->to_ns,
                                    collections);
      ui_recording_get_queues (recording, picture->from_ns, picture->to_ns, queues, wakes);
      ui_recording_get_active_pids (slices, wakes, pids);
      remove_system (picture->request->snapshot, pids);
      n_schedulers = vm_recording_get_n_schedulers (recording);
    }

  UiLanesInput input = {
    .n_schedulers = n_schedulers,
    .slices = (const VmSlice *) (void *) slices->data,
    .n_slices = slices->len,
    .collections = (const VmCollection *) (void *) collections->data,
    .n_collections = collections->len,
    .queues = (const UiQueuePoint *) (void *) queues->data,
    .n_queues = queues->len,
    .wakes = (const UiWake *) (void *) wakes->data,
    .n_wakes = wakes->len,
    .pids = (const VmPid *) (void *) pids->data,
    .n_pids = pids->len,
    .get_name = get_name,
    .name_data = (gpointer) picture->request,
    .from_ns = picture->from_ns,
    .to_ns = picture->to_ns,
    .end_ns = picture->end_ns,
    .selected = picture->request->pid,
    .cursor_ns = picture->request->moment_ns,
  };
  g_autoptr (UiLanes) lanes = ui_lanes_new (&input, area, picture->measure);

  ui_draw_lanes (picture->dc, lanes);
}

static void
draw_village (const Picture *picture, UiRect area)
{
  static const VmSnapshot none = { 0 };
  const UiPictureRequest *request = picture->request;
  g_autoptr (GArray) sends = g_array_new (FALSE, FALSE, sizeof (VmSend));
  gint64 now_ns = request->snapshot != NULL ? request->snapshot->status.time_ns : 0;
  gint64 flight_ns = MAX (FLIGHT_MIN_NS, picture->end_ns / FLIGHT_SHARE);

  if (request->recording != NULL)
    vm_recording_get_sends (request->recording, now_ns - flight_ns, now_ns + 1, MAX_SENDS, sends);

  UiVillageInput input = {
    .snapshot = request->snapshot != NULL ? request->snapshot : &none,
    .sends = (const VmSend *) (void *) sends->data,
    .n_sends = sends->len,
    .now_ns = now_ns,
    .flight_ns = flight_ns,
    .selected = request->pid,
    .show_system = request->show_system,
    .zoom = 1,
  };
  g_autoptr (UiVillage) village = ui_village_new (&input, area, picture->measure);

  ui_draw_village (picture->dc, village);
}

static void
draw_mailbox (const Picture *picture, UiRect area)
{
  const VmSnapshot *s = picture->request->snapshot;
  gboolean          has_detail = s != NULL && s->focus != NULL && s->focus->pid == picture->pid;
  UiMailboxInput    input = {
       .detail = has_detail ? s->focus : NULL,
       .n_messages = picture->process != NULL ? picture->process->n_messages : 0,
       .get_name = get_name,
       .name_data = (gpointer) picture->request,
  };
  g_autoptr (UiMailbox) mailbox = ui_mailbox_new (&input, area, picture->measure);

  ui_draw_mailbox (picture->dc, mailbox);
}

static char *
make_caption (const Picture *picture)
{
  const UiPictureRequest *request = picture->request;
  g_autoptr (GString) text = g_string_new (NULL);
  char name[96], pid[32], moment[UI_NUMBER_SIZE];

  if (picture->pid != VM_PID_NONE &&
      (request->view == UI_PICTURE_HEAP || request->view == UI_PICTURE_MAILBOX ||
       request->view == UI_PICTURE_WORDS))
    {
      get_name (picture->pid, name, sizeof name, (gpointer) request);
      g_string_append (text, name);
      if (strstr (name, vm_pid_format (picture->pid, pid)) == NULL)
        g_string_append_printf (text, " %s", pid);
    }
  if (request->snapshot != NULL)
    {
      ui_number_moment (request->snapshot->status.time_ns, moment);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", moment);
      if (request->snapshot->otp_version != NULL)
        g_string_append_printf (text, " · OTP %s", request->snapshot->otp_version);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
ui_picture_draw (UiDraw *dc, const UiPictureRequest *request)
{
  static const char *const titles[] = { N_ ("Village"), N_ ("Heap"), N_ ("Schedulers"),
                                        N_ ("Mailbox"), N_ ("Memory") };
  Picture                  picture = {
                     .dc = dc,
                     .request = request,
                     .pid = VM_PID_NONE,
                     .measure = ui_text_get_measure (dc->text),
  };
  g_autofree char *caption = NULL;

  choose_process (&picture);
  choose_range (&picture);
  caption = request->caption != NULL ? g_strdup (request->caption) : make_caption (&picture);

  UiRect area =
    ui_draw_frame (dc, request->width, request->height,
                   request->title != NULL ? request->title : _ (titles[request->view]), caption);

  switch (request->view)
    {
    case UI_PICTURE_VILLAGE:
      draw_village (&picture, area);
      break;
    case UI_PICTURE_HEAP:
      draw_heap (&picture, area);
      break;
    case UI_PICTURE_SCHEDULERS:
      draw_schedulers (&picture, area);
      break;
    case UI_PICTURE_MAILBOX:
      draw_mailbox (&picture, area);
      break;
    case UI_PICTURE_WORDS:
      ui_picture_draw_words (dc, request, area);
      break;
    default:
      g_return_if_reached ();
    }
}

typedef enum
{
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF
} Format;

static gboolean
check_request (const UiPictureRequest *request, Format *format, GError **error)
{
  double scale = request->scale > 0 ? request->scale : 1;

  if (!(request->width >= 64 && request->height >= 64) || request->width * scale > MAX_SIZE ||
      request->height * scale > MAX_SIZE)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_USAGE,
                   _ ("A picture of %.0f × %.0f px cannot be made: from 64 to %.0f px a side can"),
                   request->width * scale, request->height * scale, MAX_SIZE);
      return FALSE;
    }
  if (g_str_has_suffix (request->path, ".png"))
    *format = FORMAT_PNG;
  else if (g_str_has_suffix (request->path, ".svg"))
    *format = FORMAT_SVG;
  else if (g_str_has_suffix (request->path, ".pdf"))
    *format = FORMAT_PDF;
  else
    {
      g_set_error (error, VM_ERROR, VM_ERROR_USAGE,
                   _ ("%s: a picture's name ends in .png, .svg or .pdf"), request->path);
      return FALSE;
    }
  return TRUE;
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_surface (const UiPictureRequest *request, Format format, GByteArray *bytes)
{
  double           scale = request->scale > 0 ? request->scale : 1;
  cairo_surface_t *surface;

  switch (format)
    {
    case FORMAT_SVG:
      surface =
        cairo_svg_surface_create_for_stream (append_cb, bytes, request->width, request->height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
      return surface;
    case FORMAT_PDF:
      surface =
        cairo_pdf_surface_create_for_stream (append_cb, bytes, request->width, request->height);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "BEAM Lab");
      if (request->title != NULL)
        cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, request->title);
      return surface;
    case FORMAT_PNG:
    default:
      surface =
        cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (request->width * scale),

                                    (int) ceil (request->height * scale));
      cairo_surface_set_device_scale (surface, scale, scale);
      return surface;
    }
}

gboolean
ui_picture_render (const UiPictureRequest *request, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status;
  Format         format;

  g_return_val_if_fail (request->path != NULL, FALSE);
  if (!check_request (request, &format, error))
    return FALSE;

  g_autoptr (UiText) text = ui_text_new (request->family, NULL);
  cairo_surface_t *surface = make_surface (request, format, bytes);
  cairo_t         *cr = cairo_create (surface);
  UiDraw           dc = { cr, ui_theme_get (request->is_dark), text };

  ui_picture_draw (&dc, request);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == FORMAT_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", request->path,
                   cairo_status_to_string (status));
      return FALSE;
    }
  return g_file_set_contents (request->path, (const char *) bytes->data, bytes->len, error);
}
