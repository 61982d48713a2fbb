/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/interp/interp.h"
#include "engine/machine/control.h"
#include "engine/trace/recorder.h"
#include "engine/view/words.h"
#include "engine/vm-binaries.h"
#include "engine/vm-replay.h"

typedef enum
{
  COMMAND_NONE,
  COMMAND_RESUME,
  COMMAND_PAUSE,
  COMMAND_STEP,
  COMMAND_UNTIL,
  COMMAND_MOMENT,
  COMMAND_SCAN,
} CommandKind;

typedef enum
{
  SCAN_STEPS, /* the moments at which a step would end */
  SCAN_TURNS, /* at full speed: the turns in which one may */
} ScanGrain;

typedef struct
{
  CommandKind  kind;
  VmStepUnit   unit;
  VmPid        pid;
  guint        count;
  VmCondition *condition;
  VmMoment     moment;
  ScanGrain    grain;
} Command;

typedef enum
{
  MODE_RUN,
  MODE_STEP,
  MODE_UNTIL,
  MODE_MOMENT,
  MODE_SCAN,
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

/* The last moments of a scan, newest at (n - 1) % size. Driver, then who waited for it. */
typedef struct
{
  ScanGrain grain;
  guint     size;
  guint64   n;
  GArray   *moments; /* VmMoment */
} Scan;

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
  GPtrArray        *typed; /* GBytes, NULL: the end; the driver has not taken it yet */
  gboolean          wants_binaries;
  guint64           binaries_request_serial, binaries_serial;
  VmBinaries       *binaries;

  /* driver */
  WordsIndex    *words_index; /* (nullable): what is known of the process looked into */
  Mode           mode;
  VmCondition   *condition;
  ConditionState watch;
  guint          watch_flags;
  guint64       *ring_seen; /* [n_schedulers + 1] */
  VmMoment       target;    /* of MODE_MOMENT and MODE_SCAN */
  Scan           scan;
  guint64        turn;              /* virtual: that `turn_instructions` is of */
  guint64        turn_instructions; /* run in it, by the hook's count */
  guint          n_fed;             /* of the inputs: the console knows them */
  VmInputs      *inputs;            /* what came in, and when; others read it under the lock */
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

/* binaries-request.c */
void control_serve_binaries (Control *control);

/* words-request.c */
void control_serve_words (Control *control);
void control_clear_words (Control *control);
/* moment.c: driver, virtual clock */
void control_get_moment (Control *control, VmMoment *moment);
/* Has it come to the target? Instructions that no hook sees are not counted. */
gboolean moment_is_reached (Control *control);
/* Must the hook see the turn that comes, to stop in the midst of it? */
gboolean moment_needs_hook (Control *control);
void     scan_begin (Control *control, const Command *command);
void     scan_clear (Scan *scan);
/* Notes where it stands if steps were counted since @left were left. */
void scan_note (Control *control, guint left);
/* A turn of @scheduler's is over: notes it if a step may have ended in it. */
void      scan_note_turn (Control *control, guint scheduler);
VmInputs *inputs_new (void);
/* What was typed just now becomes an input of this moment, and is delivered. */
void inputs_take_typed (Control *control);
/* Feeds what is due to the console, for a machine that goes on: one that stops at the
 * moment of an input stops before it. */
void inputs_deliver (Control *control);
/* In this turn; before the next instruction. */
gboolean inputs_are_due (Control *control);
gboolean inputs_are_due_here (Control *control);

/* control.c: runs to @end and notes the last @count moments at which a step would have
 * ended; read control->scan when it has stopped. Virtual clock. */
void control_scan (
  VmMachine *vm, ScanGrain grain, VmStepUnit unit, VmPid pid, guint count, const VmMoment *end);

/* step.c */
bool control_hook (Process *p, const Cell *pc, gpointer data);
void control_begin_step (Control *control, const Command *command);
/* Looks at the events that scheduler @scheduler wrote since the last look. TRUE: there were some.
 */
gboolean control_observe (Control *control, guint scheduler);
void     control_skip_events (Control *control);
gboolean control_needs_hook (Control *control);
