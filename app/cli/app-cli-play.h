/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A lab's program played for a picture, without a window. */

#include "app/lab/app-lab-player.h"
#include "engine/vm-recording.h"
#include "engine/vm-snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  AppLab      *lab;
  VmMachine   *vm;
  VmSnapshot  *snapshot;
  VmRecording *recording;
} AppCliPlay;

void app_cli_play_clear (AppCliPlay *play);

/* Of a program that has ended with all its processes, what a picture of the moment
 * shows unless told otherwise. */
typedef enum
{
  APP_CLI_TELL_END,     /* the end */
  APP_CLI_TELL_VILLAGE, /* the last moment when the most of them lived */
  APP_CLI_TELL_MAILBOX, /* the last moment when the mailbox looked at was fullest */
} AppCliTell;

typedef struct
{
  const char        *process;    /* (nullable): the one that is looked into */
  const VmCondition *until;      /* (nullable): NULL = the end, or what `tell` says */
  const char        *until_text; /* for messages */
  const char        *knob;       /* (nullable): "fullsweep_after=0" */
  AppCliTell         tell;
  /* (nullable): called with each machine before it runs */
  void (*prepare) (VmMachine *vm, const AppLab *lab, gpointer data);
  gpointer prepare_data;
} AppCliPlayRequest;

/* Loads, compiles and plays the lab called @name, to where @request says. What kept it
 * from getting there is said on stderr.
 *
 * Blocks: at most the lab's timeout, twice.
 * Errors: of the lab and of the machine; `VM_ERROR_USAGE`: the knob. */
gboolean app_cli_play_lab (AppCliPlay              *play,
                           const char              *name,
                           const AppCliPlayRequest *request,
                           GError                 **error);

/* The first process that @recording calls @name, by its name or as a pid, dead or
 * alive; VM_PID_NONE: none. */
VmPid app_cli_play_find (VmRecording *recording, const char *name);

/* A moment as in conditions: "1.2ms"; us, µs, ms, s and ns are understood. */
gboolean app_cli_parse_time (const char *text, gint64 *t_ns);

G_END_DECLS
