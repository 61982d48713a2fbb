/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The colours of all pictures. Hues are chosen so that people with a colour
 * vision deficiency can tell neighbours apart, and no meaning rests on a hue
 * alone: shapes, hatching or labels say the same. */

#include "ui/layout/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  double r, g, b, a;
} UiRgba;

#define UI_N_PROCESS_COLOURS 10

typedef struct
{
  gboolean is_dark;
  UiRgba   background;
  UiRgba   plot; /* the ground of plots and lanes */
  UiRgba   text;
  UiRgba   dim;
  UiRgba   line; /* grids and frames */
  UiRgba   accent;
  UiRgba   roles[UI_N_ROLES];
  UiRgba   processes[UI_N_PROCESS_COLOURS];
} UiTheme;

/* (transfer none): immutable, for ever. */
const UiTheme *ui_theme_get (gboolean is_dark);

/* The colour of a process: the same in every picture. */
UiRgba ui_theme_get_process (const UiTheme *theme, VmPid pid);

/* Black or white, whichever reads better on @fill. */
UiRgba ui_rgba_get_ink (UiRgba fill);
UiRgba ui_rgba_mix (UiRgba a, UiRgba b, double share_of_b);
UiRgba ui_rgba_fade (UiRgba colour, double alpha);

G_END_DECLS
