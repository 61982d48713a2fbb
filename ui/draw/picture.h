/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Pictures as files: PNG, SVG or PDF. The same drawing code as the window's. */

#include "engine/vm-binaries.h"
#include "engine/vm-gc-walk.h"
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
  UI_PICTURE_HISTORY,
  UI_PICTURE_COMPARE,
  UI_PICTURE_COLLECTION,
  UI_PICTURE_BINARIES,
} UiPictureView;

/* What a comparison compares with: an earlier moment, of this run or another. */
typedef struct
{
  VmRecording *recording; /* (nullable): NULL = the same run */
  VmPid        pid;       /* there */
  gint64       moment_ns; /* G_MAXINT64: the end */
  const char  *run;       /* (nullable): what tells it from the other … */
  const char  *other_run; /* … and the other from it */
} UiPictureOther;

typedef struct
{
  UiPictureView view;
  VmSnapshot   *snapshot;     /* (nullable): a recording loaded from a file has none */
  VmRecording  *recording;    /* (nullable) */
  VmGcWalk     *walk;         /* (nullable): of the collection view */
  guint         walk_step;    /* how many of its actions are done */
  VmBinaries   *binaries;     /* (nullable): of the binaries view */
  guint         first_binary; /* the first shown, from 0 */
  VmPid         pid;          /* the process chosen, or VM_PID_NONE: heap and mailbox take the
                               * first one of the program */
  double   width, height;     /* px; of a PDF points */
  double   scale;             /* pixels of a PNG a px; 0 = 1 */
  gboolean is_dark;
  gboolean is_transparent; /* no ground */
  gboolean show_system;
  gint64   from_ns, to_ns; /* 0, 0: all that was recorded */
  gint64   moment_ns;      /* the moment looked at; G_MININT64: that of the snapshot, or the
                            * end. Of an earlier one only sizes are known */
  UiHistoryForm         form;
  const UiHistoryPin   *pins; /* (nullable) (array length=n_pins): bookmarks */
  guint                 n_pins;
  const UiPictureOther *other;       /* (nullable): for UI_PICTURE_COMPARE */
  const char           *program;     /* (nullable): for the caption */
  const char           *otp_version; /* (nullable): NULL = the snapshot's */
  VmWords              *words;       /* (nullable): for the view of words */
  UiWordsView           words_view;
  double                words_width; /* px that the view was made for; 0: this picture's */
  VmArea                chosen_area; /* VM_AREA_NONE: no word is chosen */
  guint64               chosen_offset;
  const char           *title;   /* (nullable): the program or lab; NULL = the view's name */
  const char           *caption; /* (nullable): NULL = program, process, moment, OTP */
  const char           *family;  /* (nullable): of the font */
  const char           *path;    /* ends in .png, .svg or .pdf */
} UiPictureRequest;

#define UI_PICTURE_REQUEST_INIT                                              \
  {                                                                          \
    .pid = VM_PID_NONE, .width = 960, .height = 600, .moment_ns = G_MININT64 \
  }

/* "village", "heap", "schedulers", "mailbox", "words", "history", "compare",
 * "collection", "binaries"; FALSE when
 * @text is none of them. */
gboolean ui_picture_view_parse (const char *text, UiPictureView *view);

/* The same figures as the picture's, as a table: see figures-text.h. Of a history all
 * its samples, else those of the moment, or of both that are compared. NULL: the
 * view has no such figures. (transfer full) (nullable) */
char *ui_picture_dup_table (const UiPictureRequest *request, char separator);

/* Paints the picture into @dc, background, title and caption included. */
void ui_picture_draw (UiDraw *dc, const UiPictureRequest *request);

/* Writes the picture to the request's path.
 *
 * Thread: any, but not two with the same recording's last reference.
 * Errors: `VM_ERROR_USAGE`: a size or an ending that is not known; `G_FILE_ERROR`. */
gboolean ui_picture_render (const UiPictureRequest *request, GError **error);

G_END_DECLS
