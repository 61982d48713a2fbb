/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/number.h"
#include "ui/widgets/ui-compare-view.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  VmRecording *recording;
  VmPid        pid;
  gint64       moment_ns;
  char        *run;
} Side;

struct _UiCompareView
{
  UiCanvas       parent_instance;
  UiText        *text;
  Side           sides[2];
  char          *program;
  char          *otp_version;
  UiPictureOther other; /* points into sides[0] */
};

G_DEFINE_FINAL_TYPE (UiCompareView, ui_compare_view, UI_TYPE_CANVAS)

static void
side_clear (Side *side)
{
  g_clear_pointer (&side->recording, vm_recording_unref);
  g_clear_pointer (&side->run, g_free);
}

static void
side_set (Side *side, const UiCompareSide *from)
{
  VmRecording *recording = vm_recording_ref (from->recording);
  char        *run = g_strdup (from->run);

  side_clear (side);
  *side = (Side){ recording, from->pid, from->moment_ns, run };
}

void
ui_compare_view_set_sides (UiCompareView       *self,
                           const UiCompareSide *before,
                           const UiCompareSide *after,
                           const char          *program,
                           const char          *otp_version)
{
  g_autofree char *text = NULL;
  char             a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE];

  g_return_if_fail (UI_IS_COMPARE_VIEW (self));

  side_set (&self->sides[0], before);
  side_set (&self->sides[1], after);
  g_free (self->program);
  self->program = g_strdup (program);
  g_free (self->otp_version);
  self->otp_version = g_strdup (otp_version);
  text = g_strdup_printf (
    _ ("The memory at %s beside that at %s, and a table of differences."),
    ui_number_moment (before->moment_ns, a),
    ui_number_moment (after->moment_ns, b));
  ui_canvas_set_description (UI_CANVAS (self), _ ("Comparison"), text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ui_compare_view_fill_request (UiCanvas         *canvas,
                              UiPictureRequest *request)
{
  UiCompareView *self = UI_COMPARE_VIEW (canvas);
  const Side    *before = &self->sides[0], *after = &self->sides[1];

  request->view = UI_PICTURE_COMPARE;
  request->recording = after->recording;
  request->pid = after->pid;
  request->moment_ns = after->moment_ns;
  request->program = self->program;
  request->otp_version = self->otp_version;
  self->other = (UiPictureOther){
    .recording =
      before->recording != after->recording ? before->recording : NULL,
    .pid = before->pid,
    .moment_ns = before->moment_ns,
    .run = before->run,
    .other_run = after->run
  };
  request->other = &self->other;
}

static void
ui_compare_view_draw (UiCanvas *canvas, cairo_t *cr, double width, double height)
{
  UiCompareView   *self = UI_COMPARE_VIEW (canvas);
  UiPictureRequest request = UI_PICTURE_REQUEST_INIT;
  UiDraw           dc = { cr, ui_theme_get (ui_canvas_is_dark (canvas)), self->text, FALSE };

  if (self->sides[1].recording == NULL)
    {
      ui_draw_background (&dc, width, height);
      return;
    }
  request.width = width;
  request.height = height;
  ui_compare_view_fill_request (canvas, &request);
  ui_picture_draw (&dc, &request);
}

char *
ui_compare_view_dup_table (UiCompareView *self, char separator)
{
  UiPictureRequest request = UI_PICTURE_REQUEST_INIT;

  g_return_val_if_fail (UI_IS_COMPARE_VIEW (self), NULL);

  if (self->sides[1].recording == NULL)
    return NULL;
  ui_compare_view_fill_request (UI_CANVAS (self), &request);
  return ui_picture_dup_table (&request, separator);
}

static void
ui_compare_view_finalize (GObject *object)
{
  UiCompareView *self = UI_COMPARE_VIEW (object);

  side_clear (&self->sides[0]);
  side_clear (&self->sides[1]);
  g_free (self->program);
  g_free (self->otp_version);
  ui_text_free (self->text);
  G_OBJECT_CLASS (ui_compare_view_parent_class)->finalize (object);
}

static void
ui_compare_view_class_init (UiCompareViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_compare_view_finalize;
  UI_CANVAS_CLASS (klass)->draw = ui_compare_view_draw;
  UI_CANVAS_CLASS (klass)->fill_request = ui_compare_view_fill_request;
}

static void
ui_compare_view_init (UiCompareView *self)
{
  self->text = ui_text_new (NULL, NULL);
}
