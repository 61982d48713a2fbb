/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/theme.h"

#include <math.h>

#define RGB(hex)                                                                          \
  {                                                                                       \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) &0xff) / 255.0, 1.0 \
  }

static const UiTheme light = {
  .is_dark = FALSE,
  .background = RGB (0xffffff),
  .plot = RGB (0xf6f5f4),
  .text = RGB (0x241f31),
  .dim = RGB (0x5e5c64),
  .line = RGB (0xd5d3cf),
  .accent = RGB (0x1a5fb4),
  .roles = {
    [UI_ROLE_NONE] = RGB (0x77767b),
    [UI_ROLE_FRESH] = RGB (0x9bcbf2),
    [UI_ROLE_SURVIVED] = RGB (0x2f7fc8),
    [UI_ROLE_FREE] = RGB (0xe9e7e4),
    [UI_ROLE_STACK] = RGB (0xe8972a),
    [UI_ROLE_OLD] = RGB (0x37377f),
    [UI_ROLE_FRAGMENT] = RGB (0xcc79a7),
    [UI_ROLE_BINARY] = RGB (0x0b8a6a),
    [UI_ROLE_MINOR] = RGB (0x0b7a5e),
    [UI_ROLE_MAJOR] = RGB (0xc23b12),
    [UI_ROLE_RUNNING] = RGB (0x1b8a5a),
    [UI_ROLE_RUNNABLE] = RGB (0xe6a100),
    [UI_ROLE_WAITING] = RGB (0xa9a7a3),
    [UI_ROLE_COLLECTING] = RGB (0x813d9c),
    [UI_ROLE_SUSPENDED] = RGB (0x5b7083),
    [UI_ROLE_EXITING] = RGB (0xc23b12),
    [UI_ROLE_LINK] = RGB (0x5e5c64),
    [UI_ROLE_MONITOR] = RGB (0x5e5c64),
    [UI_ROLE_PARENT] = RGB (0xa09e9a),
    [UI_ROLE_LETTER] = RGB (0x1a5fb4),
    [UI_ROLE_QUEUE] = RGB (0x8b8983),
    [UI_ROLE_STOLEN] = RGB (0x241f31),
    [UI_ROLE_FOLDED] = RGB (0x77767b),
    [UI_ROLE_IDLE] = RGB (0xf0eeec),
    [UI_ROLE_GROUP] = RGB (0xdddbd7),
    [UI_ROLE_HIGH_WATER] = RGB (0x241f31),
    [UI_ROLE_MAILBOX] = RGB (0xd6bc10),
  },
  .processes = {
    RGB (0x4477aa),
    RGB (0xee8866),
    RGB (0x228833),
    RGB (0xaa4488),
    RGB (0x77c8ea),
    RGB (0xccbb44),
    RGB (0x994455),
    RGB (0x44aa99),
    RGB (0x7a6fc4),
    RGB (0xa8763e),
  },
};

static const UiTheme dark = {
  .is_dark = TRUE,
  .background = RGB (0x242424),
  .plot = RGB (0x2e2e2e),
  .text = RGB (0xf4f4f4),
  .dim = RGB (0xb0afad),
  .line = RGB (0x4a4a4a),
  .accent = RGB (0x78aeed),
  .roles = {
    [UI_ROLE_NONE] = RGB (0x9a9996),
    [UI_ROLE_FRESH] = RGB (0xa9d4f7),
    [UI_ROLE_SURVIVED] = RGB (0x3f8fd8),
    [UI_ROLE_FREE] = RGB (0x3c3c3c),
    [UI_ROLE_STACK] = RGB (0xf0a840),
    [UI_ROLE_OLD] = RGB (0x8179d8),
    [UI_ROLE_FRAGMENT] = RGB (0xe29bc4),
    [UI_ROLE_BINARY] = RGB (0x3fc49c),
    [UI_ROLE_MINOR] = RGB (0x4fcfa8),
    [UI_ROLE_MAJOR] = RGB (0xff7b54),
    [UI_ROLE_RUNNING] = RGB (0x41bf86),
    [UI_ROLE_RUNNABLE] = RGB (0xf2bf3a),
    [UI_ROLE_WAITING] = RGB (0x7d7c79),
    [UI_ROLE_COLLECTING] = RGB (0xc061cb),
    [UI_ROLE_SUSPENDED] = RGB (0x93a7b8),
    [UI_ROLE_EXITING] = RGB (0xff7b54),
    [UI_ROLE_LINK] = RGB (0xb0afad),
    [UI_ROLE_MONITOR] = RGB (0xb0afad),
    [UI_ROLE_PARENT] = RGB (0x73726f),
    [UI_ROLE_LETTER] = RGB (0x78aeed),
    [UI_ROLE_QUEUE] = RGB (0x8b8a87),
    [UI_ROLE_STOLEN] = RGB (0xf4f4f4),
    [UI_ROLE_FOLDED] = RGB (0x9a9996),
    [UI_ROLE_IDLE] = RGB (0x333333),
    [UI_ROLE_GROUP] = RGB (0x4e4e4e),
    [UI_ROLE_HIGH_WATER] = RGB (0xf4f4f4),
    [UI_ROLE_MAILBOX] = RGB (0xe9db57),
  },
  .processes = {
    RGB (0x6699cc),
    RGB (0xf29b7d),
    RGB (0x4caf5f),
    RGB (0xcf74b4),
    RGB (0x8fd6f4),
    RGB (0xd9c95c),
    RGB (0xc9737f),
    RGB (0x5cc2b1),
    RGB (0x9b91e0),
    RGB (0xc4935c),
  },
};

const UiTheme *
ui_theme_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

UiRgba
ui_theme_get_process (const UiTheme *theme, VmPid pid)
{
  if (pid == VM_PID_NONE)
    return theme->roles[UI_ROLE_FOLDED];
  /* neighbours by number stand beside each other in pictures: they differ most */
  return theme->processes[pid % UI_N_PROCESS_COLOURS];
}

static double
linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

UiRgba
ui_rgba_get_ink (UiRgba fill)
{
  double luminance = 0.2126 * linear (fill.r) + 0.7152 * linear (fill.g) + 0.0722 * linear (fill.b);

  /* where WCAG's contrast to black and to white is the same */
  if (luminance > 0.179)
    return (UiRgba){ 0.08, 0.07, 0.1, 1 };
  return (UiRgba){ 1, 1, 1, 1 };
}

UiRgba
ui_rgba_mix (UiRgba a, UiRgba b, double share_of_b)
{
  double s = share_of_b;

  return (UiRgba){ a.r + (b.r - a.r) * s, a.g + (b.g - a.g) * s, a.b + (b.b - a.b) * s,
                   a.a + (b.a - a.a) * s };
}

UiRgba
ui_rgba_fade (UiRgba colour, double alpha)
{
  colour.a *= alpha;
  return colour;
}
