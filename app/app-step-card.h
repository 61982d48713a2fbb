/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The controls of one step of a lab, as a card in its text.
 *
 * Run, step and check act on the session at once. What concerns the page is
 * told by signals: ::observe (AppLabControl *), ::tune (AppLabControl *, gint64
 * value), ::restart, ::goal (try it, and call app_step_card_show_goal()), ::done (the
 * step's last control that can be right was). */

#include "app/app-session.h"
#include "app/lab/app-lab.h"

G_BEGIN_DECLS

#define APP_TYPE_STEP_CARD (app_step_card_get_type ())
G_DECLARE_FINAL_TYPE (AppStepCard, app_step_card, APP, STEP_CARD, GtkWidget)

/* @step outlives the card. */
GtkWidget *app_step_card_new (const AppLabStep *step, AppSession *session, gboolean is_done);

const AppLabStep *app_step_card_get_step (AppStepCard *self);
gboolean          app_step_card_get_done (AppStepCard *self);
/* Has one of its controls set the machine going, which has not stopped yet? */
gboolean app_step_card_get_waiting (AppStepCard *self);
/* Is the lab's goal met, and @text: why not, or a word of praise. */
void app_step_card_show_goal (AppStepCard *self, gboolean is_met, const char *text);

G_END_DECLS
