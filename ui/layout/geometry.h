/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What all layouts are made of: rectangles in pixels (y grows downwards), roles
 * that the theme gives a colour to, and labels that already fit their place.
 *
 * A layout never draws and never meets a font: it asks a UiMeasure how wide a
 * text would be, so that tests can use a ruler of their own. */

#include "engine/vm-types.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y, w, h;
} UiRect;

typedef enum
{
  UI_FONT_LABEL,
  UI_FONT_BOLD,
  UI_FONT_SMALL,
  UI_FONT_TITLE,
  UI_FONT_MONO,
  UI_N_FONTS
} UiFont;

/* Everything that has a meaning in a picture, and therefore one look. */
typedef enum
{
  UI_ROLE_NONE,
  UI_ROLE_FRESH,    /* young heap that has met no collection */
  UI_ROLE_SURVIVED, /* young heap below the high-water mark */
  UI_ROLE_FREE,     /* committed, not used */
  UI_ROLE_STACK,
  UI_ROLE_OLD,
  UI_ROLE_FRAGMENT,
  UI_ROLE_BINARY,
  UI_ROLE_MINOR, /* a minor collection */
  UI_ROLE_MAJOR,
  UI_ROLE_RUNNING,
  UI_ROLE_RUNNABLE,
  UI_ROLE_WAITING,
  UI_ROLE_COLLECTING,
  UI_ROLE_SUSPENDED,
  UI_ROLE_EXITING,
  UI_ROLE_LINK,
  UI_ROLE_MONITOR,
  UI_ROLE_PARENT,
  UI_ROLE_LETTER,
  UI_ROLE_QUEUE,
  UI_ROLE_STOLEN,
  UI_ROLE_FOLDED,
  UI_ROLE_IDLE,
  UI_ROLE_GROUP,
  UI_ROLE_HIGH_WATER,
  UI_ROLE_PROCESS, /* a process, in its own colour */
  UI_ROLE_MAILBOX, /* messages that wait */
  UI_N_ROLES
} UiRole;

typedef enum
{
  UI_TONE_NORMAL,
  UI_TONE_DIM,
  UI_TONE_ACCENT,
  UI_TONE_ON_ROLE, /* stands on the fill of role `on` */
  UI_TONE_ON_PID,  /* stands on the fill of process `on` */
} UiTone;

typedef struct
{
  double (*get_width) (gpointer data, UiFont font, const char *text, gsize len);
  gpointer data;
  double   heights[UI_N_FONTS]; /* of a line */
} UiMeasure;

typedef struct
{
  UiRect      rect; /* of the ink's line, not of the place it was given */
  const char *text;
  UiFont      font;
  UiTone      tone;
  guint32     on;
} UiLabel;

typedef struct
{
  GArray       *items; /* UiLabel */
  GStringChunk *strings;
} UiLabels;

/* "sorter" or "<0.80.0>": what a process is called in a picture. */
typedef const char *(*UiNameFunc) (VmPid pid, char *buffer, gsize size, gpointer data);

gboolean ui_rect_contains (const UiRect *rect, double x, double y);
gboolean ui_rect_overlaps (const UiRect *a, const UiRect *b);
/* @rect without @left, @top, @right, @bottom; never negative in size. */
UiRect ui_rect_inset (UiRect rect, double left, double top, double right, double bottom);

double ui_measure_width (const UiMeasure *measure, UiFont font, const char *text);
double ui_measure_height (const UiMeasure *measure, UiFont font);

/* Cuts @text with "…" until it is at most @width wide. NULL when not even one
 * character and the ellipsis are. (transfer full) (nullable) */
char *ui_fit_text (const UiMeasure *measure, UiFont font, const char *text, double width);

void ui_labels_init (UiLabels *labels);
void ui_labels_clear (UiLabels *labels);

/* Puts @text into @place, vertically centred, at @align (0 left .. 1 right), cut
 * to fit. Returns the label, valid until the next one is added, or NULL when
 * nothing readable fits: then nothing was added. */
UiLabel *ui_labels_add (UiLabels        *labels,
                        const UiMeasure *measure,
                        UiRect           place,
                        UiFont           font,
                        double           align,
                        const char      *text);

/* The same, but only when the whole text fits. */
UiLabel *ui_labels_add_whole (UiLabels        *labels,
                              const UiMeasure *measure,
                              UiRect           place,
                              UiFont           font,
                              double           align,
                              const char      *text);

/* Breaks @text at its spaces into as many lines of @place as fit; returns the height
 * that they take. */
double ui_labels_add_wrapped (UiLabels        *labels,
                              const UiMeasure *measure,
                              UiRect           place,
                              UiFont           font,
                              UiTone           tone,
                              const char      *text);

G_END_DECLS
