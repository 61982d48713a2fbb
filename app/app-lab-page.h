/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A lab being worked on: its text and steps, its pictures, the inspector, the
 * console and the transport bar, around one session.
 *
 * All its commands are actions of the group app_lab_page_get_actions(), which the
 * window inserts as "lab" while the page is shown. */

#include "app/app-session.h"
#include "app/app-state.h"
#include "app/lab/app-lab.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define APP_TYPE_LAB_PAGE (app_lab_page_get_type ())
G_DECLARE_FINAL_TYPE (AppLabPage, app_lab_page, APP, LAB_PAGE, AdwBin)

/* @lab: (transfer full). @state: (transfer none), outlives the page. */
AppLabPage *app_lab_page_new (AppLab *lab, AppState *state);

GActionGroup *app_lab_page_get_actions (AppLabPage *self); /* (transfer none) */
AppSession   *app_lab_page_get_session (AppLabPage *self); /* (transfer none) */
const AppLab *app_lab_page_get_lab (AppLabPage *self);
/* Ends the machine; the page can only be thrown away then. */
void app_lab_page_close (AppLabPage *self);

G_END_DECLS
