/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli-options.h"
#include "app/cli/app-cli.h"
#include "engine/vm-error.h"
#include "engine/vm-recording.h"
#include "engine/vm.h"
#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long the machine runs between two looks at signals and standard input.
 * Its end is noticed at once. */
#define LOOK_US     10000
#define STOP_US     (3 * G_USEC_PER_SEC) /* so long an operation may take to come to its end */
#define INPUT_CHUNK 65536
#define INPUT_AHEAD 1048576 /* read ahead of the program */

typedef struct
{
  /* options */
  GPtrArray  *paths;
  const char *otp;
  gint64      schedulers;
  guint       clock;
  gint64      seed;
  gboolean    prints;
  const char *events;
  const char *until_text;
  gint64      max_memory;
  gint64      max_processes;
  gint64      timeout;
  gboolean    shows_stats;

  /* the run */
  VmMachine     *vm;
  VmCondition   *until;
  GOutputStream *events_stream;
  gint64         begun_us;
  gboolean       is_interrupted;
  gboolean       is_late;
  gboolean       has_lost_reader; /* standard output is a pipe that nobody reads */
  gboolean       is_unheard;
  gsize          n_heard;      /* bytes of output when that was seen */
  gboolean       has_input;    /* standard input has not ended */
  guint          input_source; /* 0 = it has, or the program must catch up */
  guint          signal_source;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->vm, vm_machine_free);
  g_clear_pointer (&run->until, vm_condition_free);
  g_clear_object (&run->events_stream);
  g_clear_pointer (&run->paths, g_ptr_array_unref);
  g_clear_handle_id (&run->input_source, g_source_remove);
  g_clear_handle_id (&run->signal_source, g_source_remove);
}

static int
fail (const GError *error)
{
  g_printerr ("beamlab run: %s\n", error->message);
  return APP_CLI_USAGE;
}

/* Once: a second interrupt ends the program the hard way. */
static gboolean
interrupt_cb (gpointer data)
{
  Run *run = data;

  run->is_interrupted = TRUE;
  run->signal_source = 0;
  vm_machine_pause (run->vm);
  return G_SOURCE_REMOVE;
}

/* Takes what is there; FALSE at the end of the input. */
static gboolean
feed (Run *run)
{
  char   buffer[INPUT_CHUNK];
  gssize n = read (STDIN_FILENO, buffer, sizeof buffer);

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return TRUE;
  vm_machine_feed_input (run->vm, n > 0 ? buffer : "", MAX (n, 0)); /* no bytes: the end */
  return n > 0;
}

static gboolean
input_cb (int fd, GIOCondition condition, gpointer data)
{
  Run     *run = data;
  VmStatus status;

  run->has_input = feed (run);
  vm_machine_get_status (run->vm, &status);
  if (status.state == VM_STATE_PAUSED && status.stop_reason == VM_STOP_IDLE)
    {
      if (run->until != NULL)
        vm_machine_run_until (run->vm, run->until);
      else
        vm_machine_resume (run->vm);
    }
  if (run->has_input && vm_machine_get_n_input (run->vm) < INPUT_AHEAD)
    return G_SOURCE_CONTINUE;
  run->input_source = 0;
  return G_SOURCE_REMOVE;
}

/* Whoever writes without end must not fill the memory with what nobody reads. */
static void
watch_input (Run *run, gboolean is_wanted)
{
  if (run->has_input && run->input_source == 0 &&
      (is_wanted || vm_machine_get_n_input (run->vm) < INPUT_AHEAD))
    run->input_source = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, input_cb, run);
}

/* A file is read at once, so that a repeatable run meets its input at a
 * repeatable moment; what may make one wait is read as it comes. A program in
 * the background must not take the terminal's input: that would stop it. */
static void
open_input (Run *run)
{
  struct stat about;

  if (fstat (STDIN_FILENO, &about) != 0)
    {
      vm_machine_feed_input (run->vm, "", 0);
      return;
    }
  if (S_ISREG (about.st_mode))
    {
      while (feed (run))
        continue;
      return;
    }
  if (isatty (STDIN_FILENO) && tcgetpgrp (STDIN_FILENO) != getpgrp ())
    return;
  run->has_input = TRUE;
  watch_input (run, TRUE);
}

/* The reader of our output went away, and the program went on to write. */
static gboolean
is_unheard (Run *run)
{
  struct pollfd out = { STDOUT_FILENO, 0, 0 };
  g_autoptr (GBytes) more = NULL;

  if (poll (&out, 1, 0) <= 0 || (out.revents & POLLERR) == 0)
    return FALSE;
  more = vm_machine_dup_output (run->vm, run->n_heard);
  if (run->has_lost_reader)
    return g_bytes_get_size (more) > 0;
  run->has_lost_reader = TRUE;
  run->n_heard = g_bytes_get_size (more);
  return FALSE;
}

static gboolean
is_over (Run *run)
{
  VmStatus status;

  if (run->is_interrupted || run->is_late)
    return TRUE;
  vm_machine_get_status (run->vm, &status);
  return !(status.state == VM_STATE_PAUSED && status.stop_reason == VM_STOP_IDLE && run->has_input);
}

/* A process is in the middle of something that does not look up (a comparison of
 * huge shared terms, say), so the machine cannot be closed either. */
static void
give_up (Run *run)
{
  if (run->is_late)
    g_printerr ("beamlab run: the limit --timeout %" G_GINT64_FORMAT
                " was reached, inside an operation that could not be stopped\n",
                run->timeout);
  fflush (NULL);
  _exit (run->is_late ? APP_CLI_LIMIT : APP_CLI_UNHEARD);
}

static void
pump (Run *run)
{
  gint64 deadline = run->timeout > 0 ? run->begun_us + run->timeout * G_USEC_PER_SEC : G_MAXINT64;

  for (;;)
    {
      gboolean has_stopped = vm_machine_wait_stopped (run->vm, LOOK_US);

      if (has_stopped && is_over (run))
        return;
      run->is_late = g_get_monotonic_time () >= deadline;
      run->is_unheard = !run->is_late && is_unheard (run);
      if (run->is_late || run->is_unheard)
        {
          vm_machine_pause (run->vm);
          if (!vm_machine_wait_stopped (run->vm, STOP_US))
            give_up (run);
          return;
        }
      watch_input (run, has_stopped);
      /* Idle with input still open: sleep until some comes. */
      if (has_stopped && deadline == G_MAXINT64)
        g_main_context_iteration (NULL, TRUE);
      else if (has_stopped)
        g_usleep (LOOK_US);
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }
}

static void
say_where (Run *run)
{
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;
  g_autoptr (VmSnapshot) snapshot = vm_machine_wait_snapshot (run->vm, &request);
  VmPid                pid = vm_machine_get_main_pid (run->vm);
  const VmProcessInfo *info = vm_snapshot_find (snapshot, pid);
  char                 text[32];

  g_printerr ("  at %" G_GINT64_FORMAT " ns, %u processes", snapshot->status.time_ns,
              snapshot->status.n_processes);
  if (info != NULL)
    g_printerr ("; the main process %s in %s", vm_pid_format (pid, text), info->current);
  if (info != NULL && info->file != NULL)
    g_printerr (" (%s:%u)", info->file, info->line);
  g_printerr ("\n");
}

static gboolean
write_events (Run *run, GError **error)
{
  g_autoptr (VmRecording) recording = NULL;
  guint64 n_dropped;

  if (run->events_stream == NULL)
    return TRUE;
  recording = vm_machine_ref_recording (run->vm);
  n_dropped = vm_recording_get_n_dropped (recording);
  if (n_dropped > 0)
    g_printerr ("beamlab run: %" G_GUINT64_FORMAT " events were lost: the live clock does not wait"
                " for the recording\n",
                n_dropped);
  if (vm_recording_write_json (recording, run->events_stream, error) &&
      g_output_stream_close (run->events_stream, NULL, error))
    return TRUE;
  g_prefix_error (error, "--events %s: ", run->events);
  return FALSE;
}

static void
print_stats (Run *run)
{
  VmStatus status;

  vm_machine_get_status (run->vm, &status);
  g_printerr ("time        %.6f s (%s clock)\n", status.time_ns / 1e9,
              run->clock == VM_CLOCK_LIVE ? "live" : "virtual");
  g_printerr ("wall        %.6f s\n", (g_get_monotonic_time () - run->begun_us) / 1e6);
  g_printerr ("reductions  %" G_GUINT64_FORMAT "\n", status.n_reductions);
  g_printerr ("processes   %u alive\n", status.n_processes);
  g_printerr ("dropped     %" G_GUINT64_FORMAT " events\n", status.n_dropped);
}

/* The result stands on a line of its own, also behind output without an end. */
static void
print_result (Run *run)
{
  g_autofree char *result = vm_machine_dup_result (run->vm);
  g_autofree char *latin1 = NULL;
  g_autoptr (GBytes) output = vm_machine_dup_output (run->vm, 0);
  gsize       size;
  const char *bytes = g_bytes_get_data (output, &size);

  if (result == NULL)
    return;
  /* ~w writes no character above 255 as it stands, and standard output is latin1. */
  latin1 = g_convert (result, -1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL);
  if (size > 0 && bytes[size - 1] != '\n')
    putchar ('\n');
  puts (latin1 != NULL ? latin1 : result);
  fflush (stdout);
}

static int
end_failed (Run *run, int status)
{
  g_autofree char *failure = vm_machine_dup_failure (run->vm);
  gsize            len = failure != NULL ? strlen (failure) : 0;

  if (len > 0)
    g_printerr ("%s%s", failure, failure[len - 1] == '\n' ? "" : "\n");
  return status;
}

static int
conclude (Run *run)
{
  VmStatus status;

  if (run->is_interrupted)
    {
      g_printerr ("beamlab run: interrupted\n");
      say_where (run);
      return APP_CLI_INTERRUPTED;
    }
  if (run->is_unheard)
    return APP_CLI_UNHEARD;
  if (run->is_late)
    {
      g_printerr ("beamlab run: the limit --timeout %" G_GINT64_FORMAT " was reached\n",
                  run->timeout);
      say_where (run);
      return APP_CLI_LIMIT;
    }
  vm_machine_get_status (run->vm, &status);
  switch (status.state)
    {
    case VM_STATE_FINISHED:
      if (run->until != NULL)
        g_printerr ("beamlab run: it ended before '%s' became true\n", run->until_text);
      if (run->prints)
        print_result (run);
      return vm_machine_get_exit_status (run->vm);
    case VM_STATE_FAILED:
      return end_failed (run, MAX (vm_machine_get_exit_status (run->vm), APP_CLI_EXCEPTION));
    case VM_STATE_LIMIT:
      end_failed (run, APP_CLI_LIMIT);
      say_where (run);
      return APP_CLI_LIMIT;
    case VM_STATE_RUNNING:
    case VM_STATE_PAUSED:
    default:
      if (status.stop_reason == VM_STOP_CONDITION)
        {
          g_printerr ("beamlab run: '%s' is true\n", run->until_text);
          say_where (run);
          return APP_CLI_OK;
        }
      g_printerr (
        "beamlab run: nothing can run any more: all processes wait, and no timer is set\n");
      say_where (run);
      return APP_CLI_LIMIT;
    }
}

/* Everything that can be refused is refused before the program begins. */
static gboolean
prepare (Run *run, const GPtrArray *words, GError **error)
{
  VmOptions options = VM_OPTIONS_INIT;
  g_autoptr (GPtrArray) folders = NULL; /* the last -pa is searched first, as by erl */

  if (run->until_text != NULL)
    {
      run->until = vm_condition_parse (run->until_text, error);
      if (run->until == NULL)
        {
          g_prefix_error (error, "--until '%s': ", run->until_text);
          return FALSE;
        }
    }
  if (run->events != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (run->events);
      struct stat about;

      /* A file is replaced when all is there; a pipe or /dev/null is written to. */
      if (stat (run->events, &about) == 0 && !S_ISREG (about.st_mode) && !S_ISDIR (about.st_mode))
        run->events_stream = G_OUTPUT_STREAM (g_file_append_to (file, 0, NULL, error));
      else
        run->events_stream =
          G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error));
      if (run->events_stream == NULL)
        {
          g_prefix_error (error, "--events %s: ", run->events);
          return FALSE;
        }
    }
  folders = g_ptr_array_new ();
  for (guint i = run->paths->len; i-- > 0;)
    g_ptr_array_add (folders, run->paths->pdata[i]);
  g_ptr_array_add (folders, NULL);
  options.clock = (VmClock) run->clock;
  options.n_schedulers = run->schedulers;
  options.seed = run->seed;
  options.otp_root = run->otp;
  options.code_path = (const char *const *) folders->pdata;
  options.max_memory_bytes = run->max_memory;
  options.max_processes = run->max_processes;
  options.output_fd = STDOUT_FILENO;
  options.keep_recording = run->events != NULL;
  run->vm = vm_machine_new (&options, error);
  return run->vm != NULL && vm_machine_spawn_main (
                              run->vm, words->pdata[0], words->len > 2 ? words->pdata[1] : "start",
                              (const char *const *) words->pdata + MIN (words->len - 1, 2), error);
}

static int
run_program (Run *run, GPtrArray *words)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_ptr_array_add (words, NULL);
  if (!prepare (run, words, &error))
    return fail (error);
  run->begun_us = g_get_monotonic_time ();
  run->signal_source = g_unix_signal_add (SIGINT, interrupt_cb, run);
  open_input (run);
  if (run->until != NULL)
    vm_machine_run_until (run->vm, run->until);
  else
    vm_machine_resume (run->vm);
  pump (run);
  status = conclude (run);
  if (run->shows_stats)
    print_stats (run);
  if (!write_events (run, &error))
    return fail (error);
  return status;
}

int
app_cli_run (int argc, char **argv)
{
  static const char *const clocks[] = { "live", "virtual", NULL };
  Run                      run = { .paths = g_ptr_array_new (), .clock = VM_CLOCK_LIVE, .seed = 1 };
  const AppOption          options[] = {
             { "-pa", APP_OPTION_TEXTS, run.paths },
             { "--otp", APP_OPTION_TEXT, &run.otp },
             { "--schedulers", APP_OPTION_NUMBER, &run.schedulers, 1, 1024 },
             { "--clock", APP_OPTION_CHOICE, &run.clock, .choices = clocks },
             { "--seed", APP_OPTION_NUMBER, &run.seed, 0, G_MAXINT64 },
             { "--print", APP_OPTION_FLAG, &run.prints },
             { "--events", APP_OPTION_TEXT, &run.events },
             { "--until", APP_OPTION_TEXT, &run.until_text },
             { "--max-memory", APP_OPTION_BYTES, &run.max_memory, 1 << 20, G_MAXINT64 },
             { "--max-processes", APP_OPTION_NUMBER, &run.max_processes, 16, 134217727 },
             { "--timeout", APP_OPTION_NUMBER, &run.timeout, 1, 1000000000 },
             { "--stats", APP_OPTION_FLAG, &run.shows_stats },
             { NULL },
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  int status = app_options_parse ("run", options, argc, argv, words);

  if (status < 0 && words->len == 0)
    status = app_cli_usage ("run", "which module?");
  if (status < 0)
    status = run_program (&run, words);
  run_clear (&run);
  return status;
}
