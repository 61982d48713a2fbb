/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-session.h"
#include "ui/models/ui-process.h"
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* How long the status is still looked at after a command that seems to change nothing. */
#define SETTLE_US (G_USEC_PER_SEC / 2)
/* Of one frame's output, more than this is cut in the middle: nobody reads it. */
#define BINARIES_INTERVAL_US (G_USEC_PER_SEC / 2)
#define MAX_OUTPUT_BYTES     (64 * 1024)
#define ENGINE_NICENESS      5

typedef struct
{
  AppSessionBuild build;
  gpointer        data;
  GDestroyNotify  destroy;
  gatomicrefcount ref_count;
} Recipe;

struct _AppSession
{
  GObject         parent_instance;
  AppSessionState state;
  GError         *error;
  Recipe         *recipe;
  GCancellable   *building;
  VmMachine      *machine;
  VmRecording    *recording;
  VmSnapshot     *snapshot;
  VmBinaries     *binaries;       /* (nullable): the newest */
  gboolean        wants_binaries; /* whenever the machine has moved */
  gboolean        awaits_binaries;
  gint64          binaries_us; /* when they were asked for last */
  VmGcWalk       *walk;        /* (nullable): the newest captured of the focus */
  gboolean        watches;     /* they are captured … */
  char           *watched;     /* … of this one; NULL: of the focus */
  VmStatus        status;
  VmPid           focus;
  double          speed;
  gsize           n_output;
  GtkWidget      *widget; /* weak */
  guint           tick_id;
  gint64          settle_until; /* monotonic µs */
  gboolean        has_fed;      /* input, since it last stood idle */
  gboolean        awaits_snapshot;
  gboolean        wants_snapshot;
  VmWords        *words; /* (nullable) */
  VmWordsRequest  words_request;
  gboolean        awaits_words;
  gboolean        wants_words;
};

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_STATUS_CHANGED,
  SIGNAL_SNAPSHOT_CHANGED,
  SIGNAL_WORDS_CHANGED,
  SIGNAL_WALK_CHANGED,
  SIGNAL_BINARIES_CHANGED,
  SIGNAL_OUTPUT_APPENDED,
  SIGNAL_STOPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppSession, app_session, G_TYPE_OBJECT)

static void
recipe_unref (Recipe *recipe)
{
  if (!g_atomic_ref_count_dec (&recipe->ref_count))
    return;
  if (recipe->destroy != NULL)
    recipe->destroy (recipe->data);
  g_free (recipe);
}

static Recipe *
recipe_ref (Recipe *recipe)
{
  g_atomic_ref_count_inc (&recipe->ref_count);
  return recipe;
}

static void
set_state (AppSession *self, AppSessionState state)
{
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

static void
request_snapshot (AppSession *self)
{
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;

  request.focus = self->focus;
  vm_machine_request_snapshot (self->machine, &request);
  self->awaits_snapshot = TRUE;
  self->wants_snapshot = FALSE;
}

static void
poll_output (AppSession *self)
{
  g_autoptr (GBytes) bytes = vm_machine_dup_output (self->machine, self->n_output);
  gsize            len = 0;
  const char      *data = g_bytes_get_data (bytes, &len);
  g_autofree char *text = NULL;
  gsize            skip = len > MAX_OUTPUT_BYTES ? len - MAX_OUTPUT_BYTES : 0;

  if (len == 0)
    return;
  self->n_output += len;
  text = g_utf8_make_valid (data + skip, (gssize) (len - skip));
  g_signal_emit (self, signals[SIGNAL_OUTPUT_APPENDED], 0, text, (guint64) skip);
}

static void
poll_snapshot (AppSession *self)
{
  VmSnapshot *snapshot = vm_machine_take_snapshot (self->machine);

  if (snapshot == NULL)
    return;
  self->awaits_snapshot = FALSE;
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  self->snapshot = snapshot;
  g_signal_emit (self, signals[SIGNAL_SNAPSHOT_CHANGED], 0);
}

static void
poll_words (AppSession *self)
{
  VmWords *words = vm_machine_take_words (self->machine);

  if (words != NULL)
    {
      self->awaits_words = FALSE;
      g_clear_pointer (&self->words, vm_words_unref);
      self->words = words;
      g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
    }
  if (self->machine == NULL || !self->wants_words || self->awaits_words)
    return;
  vm_machine_request_words (self->machine, &self->words_request);
  self->awaits_words = TRUE;
  self->wants_words = FALSE;
}

static void
poll_walk (AppSession *self)
{
  VmGcWalk *walk = self->watches ? vm_machine_take_gc_walk (self->machine) : NULL;

  if (walk == NULL)
    return;
  g_clear_pointer (&self->walk, vm_gc_walk_unref);
  self->walk = walk;
  g_signal_emit (self, signals[SIGNAL_WALK_CHANGED], 0);
}

/* Is what is known of binaries what the machine holds now? */
static gboolean
has_fresh_binaries (AppSession *self)
{
  return !self->wants_binaries || (self->binaries != NULL && !self->awaits_binaries &&
                                   self->status.state != VM_STATE_RUNNING &&
                                   self->binaries->serial == self->status.serial);
}

static void
poll_binaries (AppSession *self)
{
  VmBinaries *binaries = self->awaits_binaries ? vm_machine_take_binaries (self->machine) : NULL;

  if (binaries != NULL)
    {
      self->awaits_binaries = FALSE;
      g_clear_pointer (&self->binaries, vm_binaries_unref);
      self->binaries = binaries;
      g_signal_emit (self, signals[SIGNAL_BINARIES_CHANGED], 0);
    }
  if (self->machine == NULL || self->awaits_binaries || has_fresh_binaries (self) ||
      (self->status.state == VM_STATE_RUNNING &&
       g_get_monotonic_time () - self->binaries_us < BINARIES_INTERVAL_US))
    return;
  self->awaits_binaries = TRUE;
  self->binaries_us = g_get_monotonic_time ();
  vm_machine_request_binaries (self->machine);
}

/* Whose collections are captured from now on: whom the lab names first need not be
 * there yet, so that not even the first one is missed. */
static void
watch_focus (AppSession *self)
{
  char        pid[32];
  const char *who = self->watched;

  if (self->machine == NULL)
    return;
  if (who == NULL && self->focus != VM_PID_NONE)
    who = vm_pid_format (self->focus, pid);
  vm_machine_watch_collections (self->machine, self->watches ? who : NULL, 0);
}

static void
poll_status (AppSession *self)
{
  VmStatus before = self->status;

  vm_machine_get_status (self->machine, &self->status);
  if (self->status.serial == before.serial && self->status.state == before.state &&
      self->status.time_ns == before.time_ns && self->status.n_reductions == before.n_reductions)
    return;
  self->wants_snapshot = TRUE;
  g_signal_emit (self, signals[SIGNAL_STATUS_CHANGED], 0);
  if (self->status.state != VM_STATE_RUNNING && self->status.serial != before.serial &&
      self->status.stop_reason != VM_STOP_NONE)
    g_signal_emit (self, signals[SIGNAL_STOPPED], 0);
}

/* It stood still because nobody had anything to do: with new input somebody may. */
static void
resume_idle (AppSession *self)
{
  if (!self->has_fed || self->status.state != VM_STATE_PAUSED ||
      self->status.stop_reason != VM_STOP_IDLE)
    return;
  self->has_fed = FALSE;
  vm_machine_resume (self->machine);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  AppSession *self = data;
  g_autoptr (AppSession) guard = g_object_ref (self); /* a handler may close us */

  if (self->machine != NULL)
    {
      poll_status (self);
      if (self->machine != NULL)
        resume_idle (self);
      if (self->machine != NULL)
        poll_snapshot (self);
      if (self->machine != NULL)
        poll_words (self);
      if (self->machine != NULL)
        poll_walk (self);
      if (self->machine != NULL)
        poll_binaries (self);
      if (self->machine != NULL)
        poll_output (self);
      if (self->machine != NULL && self->wants_snapshot && !self->awaits_snapshot)
        request_snapshot (self);
    }
  if (self->machine != NULL &&
      (self->status.state ==
         VM_STATE_RUNNING ||
       self->awaits_snapshot || self->wants_snapshot || !has_fresh_binaries (self) ||
       self->awaits_words || self->wants_words ||
       g_get_monotonic_time () < self->settle_until))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

void
app_session_wake (AppSession *self)
{
  g_return_if_fail (APP_IS_SESSION (self));

  self->settle_until = g_get_monotonic_time () + SETTLE_US;
  if (self->tick_id == 0 && self->widget != NULL && self->machine != NULL)
    self->tick_id = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
}

void
app_session_attach (AppSession *self, GtkWidget *widget)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->tick_id != 0 && self->widget != NULL)
    gtk_widget_remove_tick_callback (self->widget, self->tick_id);
  self->tick_id = 0;
  g_set_weak_pointer (&self->widget, widget);
  app_session_wake (self);
}

static void
free_machine_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  vm_machine_free (data);
}

/* Freeing joins the scheduler threads: not on the window's thread. */
static void
free_machine_later (VmMachine *machine)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, machine, NULL);
  g_task_run_in_thread (task, free_machine_thread);
}

void
app_session_close (AppSession *self)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->building != NULL)
    g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  if (self->tick_id != 0 && self->widget != NULL)
    gtk_widget_remove_tick_callback (self->widget, self->tick_id);
  self->tick_id = 0;
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_clear_pointer (&self->words, vm_words_unref);
  g_clear_pointer (&self->recording, vm_recording_unref);
  g_clear_pointer (&self->binaries, vm_binaries_unref);
  self->awaits_binaries = FALSE;
  g_clear_pointer (&self->walk, vm_gc_walk_unref);
  g_clear_pointer (&self->machine, free_machine_later);
  g_clear_error (&self->error);
  memset (&self->status, 0, sizeof self->status);
  self->focus = VM_PID_NONE;
  self->n_output = 0;
  self->has_fed = FALSE;
  self->awaits_snapshot = self->wants_snapshot = FALSE;
  self->awaits_words = self->wants_words = FALSE;
}

typedef struct
{
  const Recipe *recipe;
  GError       *error;
} Building;

/* Threads take over the niceness of the one that makes them: a program that runs
 * flat out on every processor leaves the window its share at once. */
static gpointer
build_nicely (gpointer data)
{
  Building *building = data;

  setpriority (PRIO_PROCESS, (id_t) syscall (SYS_gettid), ENGINE_NICENESS);
  return building->recipe->build (building->recipe->data, &building->error);
}

static void
build_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Building   building = { data, NULL };
  GError    *error = NULL;
  VmMachine *machine = g_thread_join (g_thread_new ("build", build_nicely, &building));

  error = building.error;
  if (machine == NULL)
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, machine, (GDestroyNotify) free_machine_later);
  else
    vm_machine_free (machine);
}

static void
built_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  AppSession *self = APP_SESSION (source);
  GError     *error = NULL;
  VmMachine  *machine = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another machine was asked for meanwhile: its own callback speaks. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      g_clear_pointer (&machine, free_machine_later);
      g_clear_error (&error);
      return;
    }
  g_clear_object (&self->building);
  if (machine == NULL)
    {
      self->error = error;
      set_state (self, APP_SESSION_ERROR);
      return;
    }
  self->machine = machine;
  self->recording = vm_machine_ref_recording (machine);
  self->focus = vm_machine_get_main_pid (machine);
  watch_focus (self);
  vm_machine_set_speed (machine, self->speed);
  vm_machine_get_status (machine, &self->status);
  self->wants_snapshot = TRUE;
  set_state (self, APP_SESSION_READY);
  g_signal_emit (self, signals[SIGNAL_STATUS_CHANGED], 0);
  app_session_wake (self);
}

void
app_session_restart (AppSession *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (APP_IS_SESSION (self));

  if (self->recipe == NULL)
    return;
  app_session_close (self);
  self->building = g_cancellable_new ();
  task = g_task_new (self, self->building, built_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, recipe_ref (self->recipe), (GDestroyNotify) recipe_unref);
  set_state (self, APP_SESSION_LOADING);
  g_task_run_in_thread (task, build_thread);
}

void
app_session_open (AppSession *self, AppSessionBuild build, gpointer data, GDestroyNotify destroy)
{
  g_return_if_fail (APP_IS_SESSION (self));
  g_return_if_fail (build != NULL);

  g_clear_pointer (&self->recipe, recipe_unref);
  self->recipe = g_new0 (Recipe, 1);
  self->recipe->build = build;
  self->recipe->data = data;
  self->recipe->destroy = destroy;
  g_atomic_ref_count_init (&self->recipe->ref_count);
  app_session_restart (self);
}

AppSessionState
app_session_get_state (AppSession *self)
{
  return self->state;
}

const GError *
app_session_get_error (AppSession *self)
{
  return self->error;
}

VmMachine *
app_session_get_machine (AppSession *self)
{
  return self->machine;
}

VmSnapshot *
app_session_get_snapshot (AppSession *self)
{
  return self->snapshot;
}

VmRecording *
app_session_get_recording (AppSession *self)
{
  return self->recording;
}

void
app_session_get_status (AppSession *self, VmStatus *status)
{
  *status = self->status;
}

gboolean
app_session_is_running (AppSession *self)
{
  return self->machine != NULL && self->status.state == VM_STATE_RUNNING;
}

gboolean
app_session_can_run (AppSession *self)
{
  return self->machine != NULL && self->status.state == VM_STATE_PAUSED &&
         self->status.stop_reason != VM_STOP_IDLE;
}

gboolean
app_session_is_settled (AppSession *self)
{
  return self->machine != NULL && self->status.state != VM_STATE_RUNNING &&
         self->snapshot != NULL && self->snapshot->status.serial == self->status.serial;
}

gboolean
app_session_has_stopped_since (AppSession *self, guint64 serial)
{
  return self->machine != NULL && self->status.state != VM_STATE_RUNNING &&
         self->status.serial > serial;
}

void
app_session_run (AppSession *self)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->machine == NULL)
    return;
  vm_machine_resume (self->machine);
  app_session_wake (self);
}

void
app_session_pause (AppSession *self)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->machine == NULL)
    return;
  vm_machine_pause (self->machine);
  app_session_wake (self);
}

void
app_session_step (AppSession *self, VmStepUnit unit, gboolean focused, guint count)
{
  VmPid pid = VM_PID_NONE;

  g_return_if_fail (APP_IS_SESSION (self));

  if (self->machine == NULL)
    return;
  if (focused && self->snapshot != NULL && vm_snapshot_find (self->snapshot, self->focus) != NULL)
    pid = self->focus;
  vm_machine_step (self->machine, unit, pid, MAX (count, 1));
  app_session_wake (self);
}

void
app_session_run_until (AppSession *self, const VmCondition *condition)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->machine == NULL)
    return;
  vm_machine_run_until (self->machine, condition);
  app_session_wake (self);
}

void
app_session_set_speed (AppSession *self, double ns_per_second)
{
  g_return_if_fail (APP_IS_SESSION (self));

  self->speed = ns_per_second;
  if (self->machine != NULL)
    vm_machine_set_speed (self->machine, ns_per_second);
}

double
app_session_get_speed (AppSession *self)
{
  return self->speed;
}

void
app_session_feed_input (AppSession *self, const char *text)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->machine == NULL)
    return;
  vm_machine_feed_input (self->machine, text, -1);
  self->has_fed = TRUE;
  resume_idle (self);
  app_session_wake (self);
}

void
app_session_request_words (AppSession *self, const VmWordsRequest *request)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->machine == NULL)
    return;
  self->words_request = *request;
  self->wants_words = TRUE;
  app_session_wake (self);
}

VmWords *
app_session_get_words (AppSession *self)
{
  return self->words;
}

void
app_session_set_focus (AppSession *self, VmPid pid)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->focus == pid)
    return;
  self->focus = pid;
  self->wants_snapshot = TRUE;
  self->awaits_snapshot = FALSE; /* the one on its way has the wrong focus */
  if (self->watched == NULL)
    {
      g_clear_pointer (&self->walk, vm_gc_walk_unref);
      watch_focus (self);
      g_signal_emit (self, signals[SIGNAL_WALK_CHANGED], 0);
    }
  app_session_wake (self);
}

void
app_session_set_wants_binaries (AppSession *self, gboolean wants)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->wants_binaries == wants)
    return;
  self->wants_binaries = wants;
  if (wants)
    app_session_wake (self);
}

VmBinaries *
app_session_get_binaries (AppSession *self)
{
  g_return_val_if_fail (APP_IS_SESSION (self), NULL);
  return self->binaries;
}

void
app_session_set_watches_collections (AppSession *self, gboolean watches, const char *who)
{
  g_return_if_fail (APP_IS_SESSION (self));

  if (self->watches == watches && g_strcmp0 (self->watched, who) == 0)
    return;
  self->watches = watches;
  g_free (self->watched);
  self->watched = g_strdup (who);
  watch_focus (self);
}

VmGcWalk *
app_session_get_walk (AppSession *self)
{
  g_return_val_if_fail (APP_IS_SESSION (self), NULL);
  return self->walk;
}

VmPid
app_session_get_focus (AppSession *self)
{
  return self->focus;
}

static void
app_session_dispose (GObject *object)
{
  AppSession *self = APP_SESSION (object);

  app_session_close (self);
  g_clear_weak_pointer (&self->widget);
  g_clear_pointer (&self->watched, g_free);
  g_clear_pointer (&self->recipe, recipe_unref);
  G_OBJECT_CLASS (app_session_parent_class)->dispose (object);
}

static void
app_session_class_init (AppSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_session_dispose;

  /* The machine is there, is being built, or could not be built. */
  signals[SIGNAL_STATE_CHANGED] = g_signal_new (
    "state-changed", APP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* The machine's status moved: once a frame at most. */
  signals[SIGNAL_STATUS_CHANGED] = g_signal_new (
    "status-changed", APP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* There is a new snapshot: once a frame at most. */
  signals[SIGNAL_SNAPSHOT_CHANGED] = g_signal_new (
    "snapshot-changed", APP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* The words that were asked for are there. */
  signals[SIGNAL_WORDS_CHANGED] = g_signal_new (
    "words-changed", APP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* Who holds binaries was told anew. */
  signals[SIGNAL_BINARIES_CHANGED] = g_signal_new (
    "binaries-changed", APP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* There is a newer captured collection, or none any more. */
  signals[SIGNAL_WALK_CHANGED] = g_signal_new ("walk-changed", APP_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* (text, n_skipped): console output came; @n_skipped bytes before it were left out. */
  signals[SIGNAL_OUTPUT_APPENDED] =
    g_signal_new ("output-appended", APP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT64);
  /* The machine came to rest after a command: see the status for why. */
  signals[SIGNAL_STOPPED] = g_signal_new ("stopped", APP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
app_session_init (AppSession *self)
{
  self->focus = VM_PID_NONE;
}

AppSession *
app_session_new (void)
{
  return g_object_new (APP_TYPE_SESSION, NULL);
}
