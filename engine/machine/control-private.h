/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/interp/interp.h"
#include "engine/machine/control.h"
#include "engine/trace/recorder.h"
#include "engine/view/words.h"

typedef enum
{
  COMMAND_NONE,
  COMMAND_RESUME,
  COMMAND_PAUSE,
  COMMAND_STEP,
  COMMAND_UNTIL,
} CommandKind;

typedef struct
{
  CommandKind  kind;
  VmStepUnit   unit;
  VmPid        pid;
  guint        count;
  VmCondition *condition;
} Command;

typedef enum
{
  MODE_RUN,
  MODE_STEP,
  MODE_UNTIL,
} Mode;

/* Counts towards a step. Under the live clock lock:step, else the driver's. */
typedef struct
{
  VmStepUnit unit;
  VmPid      pid; /* VM_PID_NONE: any */
  guint      left;
  VmPid      base_pid; /* line, reduction: whose is compared; VM_PID_NONE: not begun */
  guint64    base;     /* line, or reductions */
  guint      base_file;
  gboolean   begun;
} StepState;

struct _Control
{
  VmMachine  *vm;
  StepControl step_control; /* immutable: the hook */

  Lock           lock;
  pthread_cond_t cond; /* status.serial or snapshot changed */
  /* lock: control */
  VmStatus          status;
  Command           command;
  gboolean          ended; /* a scheduler says so; the driver makes it the state */
  VmState           end_state;
  char             *result;
  char             *failure;
  int               exit_status;
  VmPid             main_pid;
  GArray           *names; /* NameRule */
  gboolean          has_request;
  VmSnapshotRequest request;
  guint64           request_serial, snapshot_serial;
  VmSnapshot       *snapshot;
  gboolean          wants_words;
  VmWordsRequest    words_request;
  guint64           words_request_serial, words_serial;
  VmWords          *words;

  /* driver */
  WordsIndex    *words_index; /* (nullable): what is known of the process looked into */
  Mode           mode;
  VmCondition   *condition;
  ConditionState watch;
  guint          watch_flags;
  guint64       *ring_seen; /* [n_schedulers + 1] */
  /* lock: step (live), driver (virtual) */
  Lock      step_lock;
  StepState step;
  VmPid     stop_pid;
  /* virtual clock: it stands before this instruction, which has been counted */
  VmPid       counted_pid;
  const Cell *counted_pc;
  /* atomic */
  _Atomic gboolean reached; /* the step is done or the condition true */
  _Atomic guint64  n_instructions;
};

/* words-request.c */
void control_serve_words (Control *control);
void control_clear_words (Control *control);

/* step.c */
bool control_hook (Process *p, const Cell *pc, gpointer data);
void control_begin_step (Control *control, const Command *command);
/* Looks at the events that scheduler @scheduler wrote since the last look. TRUE: there were some.
 */
gboolean control_observe (Control *control, guint scheduler);
void     control_skip_events (Control *control);
gboolean control_needs_hook (Control *control);
