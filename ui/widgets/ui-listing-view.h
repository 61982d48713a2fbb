/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The instructions of the function a process is in, with the one marked that
 * runs next. */

#include "engine/vm-snapshot.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define UI_TYPE_LISTING_VIEW (ui_listing_view_get_type ())
G_DECLARE_FINAL_TYPE (UiListingView, ui_listing_view, UI, LISTING_VIEW, AdwBin)

/* @info, @detail: (nullable): no process, or nothing known of its code. Copied. */
void ui_listing_view_set_process (UiListingView         *self,
                                  const VmProcessInfo   *info,
                                  const VmProcessDetail *detail);

G_END_DECLS
