/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* One machine of one lab, as the window sees it: the only bridge between the
 * engine's threads and GTK.
 *
 * The session never waits for the engine. Building and freeing a machine, which
 * may take long, happens in a worker thread; everything else is a command that
 * returns at once, and a look at the status on each frame of the widget that
 * drives it (app_session_attach()). While the machine rests, nothing is polled.
 *
 * Thread: the main thread. */

#include "engine/vm-binaries.h"
#include "engine/vm-gc-walk.h"
#include "engine/vm-recording.h"
#include "engine/vm-words.h"
#include "engine/vm.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  APP_SESSION_EMPTY,   /* no machine yet */
  APP_SESSION_LOADING, /* one is being built */
  APP_SESSION_READY,
  APP_SESSION_ERROR, /* it could not be built: app_session_get_error() */
} AppSessionState;

#define APP_TYPE_SESSION (app_session_get_type ())
G_DECLARE_FINAL_TYPE (AppSession, app_session, APP, SESSION, GObject)

/* Builds a paused machine with its main process and names; runs in a worker
 * thread. (transfer full) (nullable), NULL with @error set. */
typedef VmMachine *(*AppSessionBuild) (gpointer data, GError **error);

AppSession *app_session_new (void);

/* Polls on the frame clock of @widget for as long as the machine moves. */
void app_session_attach (AppSession *self, GtkWidget *widget);

/* Frees the machine, if any, and builds another. @data is freed with @destroy
 * when the next one is set. */
void
app_session_open (AppSession *self, AppSessionBuild build, gpointer data, GDestroyNotify destroy);

/* Builds the same machine anew, from its beginning. */
void app_session_restart (AppSession *self);
void app_session_close (AppSession *self);

AppSessionState app_session_get_state (AppSession *self);
const GError   *app_session_get_error (AppSession *self); /* (nullable) */

/* (nullable) (transfer none): for the lab's player; NULL unless ready. */
VmMachine   *app_session_get_machine (AppSession *self);
VmSnapshot  *app_session_get_snapshot (AppSession *self);  /* (nullable) (transfer none) */
VmRecording *app_session_get_recording (AppSession *self); /* (nullable) (transfer none) */
void         app_session_get_status (AppSession *self, VmStatus *status);
gboolean     app_session_is_running (AppSession *self);
/* TRUE while a command can move the machine on. */
gboolean app_session_can_run (AppSession *self);

/* TRUE when the machine rests and the snapshot shows it as it stands. */
gboolean app_session_is_settled (AppSession *self);
/* TRUE when the machine rests and its status' serial grew since @serial. */
gboolean app_session_has_stopped_since (AppSession *self, guint64 serial);

void app_session_run (AppSession *self);
void app_session_pause (AppSession *self);
/* Only the process in focus counts, where there is one and @focused. */
void   app_session_step (AppSession *self, VmStepUnit unit, gboolean focused, guint count);
void   app_session_run_until (AppSession *self, const VmCondition *condition);
void   app_session_set_speed (AppSession *self, double ns_per_second);
double app_session_get_speed (AppSession *self);
void   app_session_feed_input (AppSession *self, const char *text);
/* Call after a command was given to the machine by somebody else. */
void app_session_wake (AppSession *self);

/* Asks for words of a process; ::words-changed tells that they are there. While
 * one request is on its way, only the last of those that follow counts. */
void     app_session_request_words (AppSession *self, const VmWordsRequest *request);
VmWords *app_session_get_words (AppSession *self); /* (nullable) (transfer none) */

/* While TRUE, who holds binaries is asked for whenever the machine has moved:
 * ::binaries-changed. */
void app_session_set_wants_binaries (AppSession *self, gboolean wants);
/* The newest. (nullable) (transfer none) */
VmBinaries *app_session_get_binaries (AppSession *self);

/* While TRUE, collections of @who (nullable: of the process in focus), who need not be
 * there yet, are captured: ::walk-changed. */
void app_session_set_watches_collections (AppSession *self, gboolean watches, const char *who);
/* The newest. (nullable) (transfer none) */
VmGcWalk *app_session_get_walk (AppSession *self);

/* The process whose inside is copied into each snapshot. */
void  app_session_set_focus (AppSession *self, VmPid pid);
VmPid app_session_get_focus (AppSession *self);

G_END_DECLS
