/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/draw/picture-collection.h"

#include "ui/layout/gc-walk-text.h"
#include "ui/layout/number.h"

void
ui_picture_draw_collection (UiDraw *dc, const UiPictureRequest *request, UiRect area)
{
  if (request->walk == NULL)
    return;

  g_autoptr (UiGcReplay) replay = ui_gc_replay_new (request->walk);
  g_autoptr (UiGcPicture) gc = NULL;

  ui_gc_replay_seek (replay, request->walk_step);
  gc = ui_gc_picture_new (replay, area, ui_text_get_measure (dc->text));
  ui_draw_gc_picture (dc, gc);
}

void
ui_picture_draw_binaries (UiDraw *dc, const UiPictureRequest *request, UiRect area)
{
  UiBinariesInput input = { request->binaries, request->first_binary, request->pid };

  if (request->binaries == NULL)
    return;

  g_autoptr (UiBinaryList) list = ui_binary_list_new (&input, area, ui_text_get_measure (dc->text));

  ui_draw_binary_list (dc, list);
}

char *
ui_picture_caption_collection (const UiPictureRequest *request, const char *otp_version)
{
  const VmGcWalk  *walk = request->walk;
  g_autofree char *title = ui_gc_walk_get_title (walk);
  g_autoptr (GString) text = g_string_new (request->program);
  char moment[UI_NUMBER_SIZE];

  g_string_append_printf (text, "%s%s · %s", text->len > 0 ? " · " : "", title,
                          ui_number_moment (walk->begin_ns, moment));
  if (walk->current != NULL)
    g_string_append_printf (text, " · %s", walk->current);
  if (walk->file != NULL)
    {
      g_autofree char *file = g_path_get_basename (walk->file);

      g_string_append_printf (text, ", %s:%u", file, walk->line);
    }
  if (otp_version != NULL)
    g_string_append_printf (text, " · OTP %s", otp_version);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
