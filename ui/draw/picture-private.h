/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Inside picture.c and its parts: a request with what was chosen for it. */

#include "ui/draw/picture.h"

typedef struct
{
  UiDraw                 *dc;
  const UiPictureRequest *request;
  const UiMeasure        *measure;
  const VmProcessInfo    *process; /* (nullable) */
  VmPid                   pid;     /* or VM_PID_NONE */
  gint64                  from_ns, to_ns, end_ns;
  gint64                  moment_ns; /* the one looked at */
} Picture;

/* Chooses process, window and moment. */
void ui_picture_init (Picture *picture, const UiPictureRequest *request);

/* A UiNameFunc; @data is the request. */
const char *ui_picture_get_name (VmPid pid, char *buffer, gsize size, gpointer data);
/* "sorter <0.80.0>" */
const char *ui_picture_format_process (const Picture *picture, char *buffer, gsize size);

/* picture-history.c */
void ui_picture_draw_heap (const Picture *picture, UiRect area);
void ui_picture_draw_history (const Picture *picture, UiRect area);
void ui_picture_draw_compare (const Picture *picture, UiRect area);
