/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-lab-page-private.h"
#include "app/lab/app-lab-build.h"
#include "engine/vm-error.h"
#include <glib/gi18n.h>

/* In a worker thread: machines of its own, so the one in the pictures goes on. */
static void
try_goal (GTask *task, gpointer card, gpointer data, GCancellable *cancellable)
{
  SharedLab *shared = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  g_autofree char *beams = app_lab_build (shared->lab, APP_LAB_START, NULL, &error);

  if (beams == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (app_lab_meets_goal (shared->lab, beams, &why))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, VM_ERROR, VM_ERROR_USAGE, "%s", why);
}

static void
tried_cb (GObject *card, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_met = g_task_propagate_boolean (G_TASK (result), &error);

  app_step_card_show_goal (APP_STEP_CARD (card), is_met,
                           is_met ? _ ("The goal is met. Well done!") : error->message);
}

void
app_lab_page_try_goal (AppLabPage *self, AppStepCard *card)
{
  g_autoptr (GTask) task = g_task_new (card, NULL, tried_cb, NULL);

  g_task_set_task_data (task, shared_lab_ref (self->shared), (GDestroyNotify) shared_lab_unref);
  g_task_run_in_thread (task, try_goal);
}
