/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/picture-private.h"

#include "engine/vm-error.h"
#include "ui/draw/frame.h"
#include "ui/draw/picture-collection.h"
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

gboolean
ui_picture_view_parse (const char *text, UiPictureView *view)
{
  static const char *const names[] = { "village", "heap", "schedulers", "mailbox",
                                       "words", "history", "compare",
                                       "collection", "binaries" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], text) == 0)
      {
        *view = (UiPictureView) i;
        return TRUE;
      }
  return FALSE;
}

const char *
ui_picture_get_name (VmPid pid, char *buffer, gsize size, gpointer data)
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

static gboolean
is_memory (UiPictureView view)
{
  return view == UI_PICTURE_HEAP || view == UI_PICTURE_HISTORY || view == UI_PICTURE_COMPARE;
}

static void
choose_range (Picture *picture)
{
  const UiPictureRequest *request = picture->request;
  gboolean                is_given = request->to_ns > request->from_ns;

  picture->end_ns = request->recording != NULL  ? vm_recording_get_end_ns (request->recording)
                    : request->snapshot != NULL ? request->snapshot->status.time_ns
                                                : 0;
  if (request->snapshot != NULL)
    picture->end_ns = MAX (picture->end_ns, request->snapshot->status.time_ns);
  picture->moment_ns = request->moment_ns != G_MININT64 ? request->moment_ns
                       : request->snapshot != NULL      ? request->snapshot->status.time_ns
                                                        : picture->end_ns;
  picture->from_ns = request->from_ns;
  picture->to_ns = is_given ? request->to_ns : MAX (picture->end_ns, request->from_ns + 1);
  if (!is_given && is_memory (request->view) && request->recording != NULL &&
      request->form != UI_HISTORY_PROCESSES)
    ui_recording_get_life (request->recording, picture->pid, picture->end_ns, &picture->from_ns,
                           &picture->to_ns);
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
    .get_name = ui_picture_get_name,
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
       .get_name = ui_picture_get_name,
       .name_data = (gpointer) picture->request,
  };
  g_autoptr (UiMailbox) mailbox = ui_mailbox_new (&input, area, picture->measure);

  ui_draw_mailbox (picture->dc, mailbox);
}

static char *
make_caption (const Picture *picture)
{
  const UiPictureRequest *request = picture->request;
  const char             *otp_version = request->otp_version;
  g_autoptr (GString) text = g_string_new (request->program);
  char name[128], moment[UI_NUMBER_SIZE];

  if (otp_version == NULL && request->snapshot != NULL)
    otp_version = request->snapshot->otp_version;
  if (request->view == UI_PICTURE_COLLECTION && request->walk != NULL)
    return ui_picture_caption_collection (request, otp_version);
  if (picture->pid != VM_PID_NONE && request->form != UI_HISTORY_PROCESSES &&
      (is_memory (request->view) || request->view == UI_PICTURE_MAILBOX ||
       request->view == UI_PICTURE_WORDS))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                            ui_picture_format_process (picture, name, sizeof name));
  if (request->view != UI_PICTURE_COMPARE &&
      (request->snapshot != NULL || request->recording != NULL))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                            ui_number_moment (picture->moment_ns, moment));
  if (otp_version != NULL)
    g_string_append_printf (text, "%sOTP %s", text->len > 0 ? " · " : "", otp_version);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
ui_picture_format_process (const Picture *picture, char *buffer, gsize size)
{
  char name[96], pid[32];

  ui_picture_get_name (picture->pid, name, sizeof name, (gpointer) picture->request);
  if (strstr (name, vm_pid_format (picture->pid, pid)) == NULL)
    g_snprintf (buffer, size, "%s %s", name, pid);
  else
    g_strlcpy (buffer, name, size);
  return buffer;
}

void
ui_picture_init (Picture *picture, const UiPictureRequest *request)
{
  *picture = (Picture){ .request = request, .pid = VM_PID_NONE };
  choose_process (picture);
  choose_range (picture);
}

void
ui_picture_draw (UiDraw *dc, const UiPictureRequest *request)
{
  static const char *const titles[] = { N_ ("Village"), N_ ("Heap"), N_ ("Schedulers"),
                                        N_ ("Mailbox"), N_ ("Memory"), N_ ("Heap history"),
                                        N_ ("Comparison"), N_ ("Collection"),
                                        N_ ("Binaries") };
  Picture                  picture;
  g_autofree char         *caption = NULL;

  ui_picture_init (&picture, request);
  picture.dc = dc;
  picture.measure = ui_text_get_measure (dc->text);
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
      ui_picture_draw_heap (&picture, area);
      break;
    case UI_PICTURE_HISTORY:
      ui_picture_draw_history (&picture, area);
      break;
    case UI_PICTURE_COMPARE:
      ui_picture_draw_compare (&picture, area);
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
    case UI_PICTURE_BINARIES:
      ui_picture_draw_binaries (dc, request, area);
      break;
    case UI_PICTURE_COLLECTION:
      ui_picture_draw_collection (dc, request, area);
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
  UiDraw           dc = { cr, ui_theme_get (request->is_dark), text, request->is_transparent };

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
