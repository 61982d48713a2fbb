/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Pictures as files: PNG, SVG or PDF. The same drawing code as the window's. */

#include "engine/vm-recording.h"
#include "engine/vm-snapshot.h"
#include "engine/vm-words.h"
#include "ui/draw/draw.h"

G_BEGIN_DECLS

typedef enum
{
  UI_PICTURE_VILLAGE,
  UI_PICTURE_HEAP,
  UI_PICTURE_SCHEDULERS,
  UI_PICTURE_MAILBOX,
  UI_PICTURE_WORDS,
} UiPictureView;

typedef struct
{
  UiPictureView view;
  VmSnapshot   *snapshot;    /* (nullable): a recording loaded from a file has none */
  VmRecording  *recording;   /* (nullable) */
  VmPid         pid;         /* the process chosen, or VM_PID_NONE: heap and mailbox take the
                              * first one of the program */
  double      width, height; /* px; of a PDF points */
  double      scale;         /* pixels of a PNG a px; 0 = 1 */
  gboolean    is_dark;
  gboolean    show_system;
  gint64      from_ns, to_ns; /* 0, 0: all that was recorded */
  gint64      moment_ns;      /* where the cursor stands; G_MININT64: none */
  VmWords    *words;          /* (nullable): for the view of words */
  UiWordsView words_view;
  double      words_width; /* px that the view was made for; 0: this picture's */
  VmArea      chosen_area; /* VM_AREA_NONE: no word is chosen */
  guint64     chosen_offset;
  const char *title;   /* (nullable): the program or lab; NULL = the view's name */
  const char *caption; /* (nullable): NULL = process, moment and OTP version */
  const char *family;  /* (nullable): of the font */
  const char *path;    /* ends in .png, .svg or .pdf */
} UiPictureRequest;

#define UI_PICTURE_REQUEST_INIT                                              \
  {                                                                          \
    .pid = VM_PID_NONE, .width = 960, .height = 600, .moment_ns = G_MININT64 \
  }

/* "village", "heap", "schedulers", "mailbox", "words"; FALSE when @text is none of them. */
gboolean ui_picture_view_parse (const char *text, UiPictureView *view);

/* Paints the picture into @dc, background, title and caption included. */
void ui_picture_draw (UiDraw *dc, const UiPictureRequest *request);

/* Writes the picture to the request's path.
 *
 * Thread: any, but not two with the same recording's last reference.
 * Errors: `VM_ERROR_USAGE`: a size or an ending that is not known; `G_FILE_ERROR`. */
gboolean ui_picture_render (const UiPictureRequest *request, GError **error);

G_END_DECLS
