/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* All labs as cards, by topic. Emits ::lab-activated (id). */

#include "app/app-state.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define APP_TYPE_GALLERY (app_gallery_get_type ())
G_DECLARE_FINAL_TYPE (AppGallery, app_gallery, APP, GALLERY, AdwBin)

/* Reads the labs (again) and shows them with the progress in @state. */
void app_gallery_load (AppGallery *self, AppState *state);

G_END_DECLS
