/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Plays a lab on a machine. The window plays a control at a time and stays
 * responsive: app_lab_control_start() sets the machine going and returns,
 * app_lab_control_finish() judges when the machine has stopped. The headless
 * player at the end does the same for a whole lab and waits.
 *
 * The controls of a step are done in the order written. A `predict` is asked
 * where it stands; its answer is read off the machine when the last control of
 * its step has stopped. */

#include "app/lab/app-lab.h"

G_BEGIN_DECLS

/* The lab's knobs as they stand. */
typedef struct
{
  VmOptions options;
  GStrv     args;
} AppLabSettings;

AppLabSettings *app_lab_settings_new (const AppLab *lab);
void            app_lab_settings_free (AppLabSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppLabSettings, app_lab_settings_free)

/* Turns the knob of a `tune` control; the next machine has it. */
void app_lab_settings_tune (AppLabSettings *settings, const AppLabControl *control, gint64 value);

/**
 * app_lab_machine_new:
 * @beams: the folder that app_lab_build() gave
 * @output_fd: see VmOptions
 *
 * Makes a machine with the lab's program, names and settings, paused before
 * its first instruction. Errors: those of vm.h.
 *
 * Returns: (transfer full) (nullable)
 */
VmMachine *app_lab_machine_new (const AppLab         *lab,
                                const AppLabSettings *settings,
                                const char           *beams,
                                int                   output_fd,
                                GError              **error);

/* Does @control set the machine going? */
gboolean app_lab_control_moves (const AppLabControl *control);

/* Does @control ask for a new machine (restart, tune)? */
gboolean app_lab_control_restarts (const AppLabControl *control);

/**
 * app_lab_control_start:
 * @snapshot: of @vm as it stands now
 *
 * Sets @vm going as @control says, and returns at once.
 *
 * Errors: `VM_ERROR_NOT_FOUND`: the process to step is not there (yet).
 */
gboolean app_lab_control_start (const AppLabControl *control,
                                VmMachine           *vm,
                                const VmSnapshot    *snapshot,
                                GError             **error);

typedef struct
{
  gboolean is_good;    /* reached, held, or could be answered */
  char    *text;       /* plain text: what was wrong, or the answer */
  gboolean has_number; /* predict with an answer that is a number */
  gint64   number;
  int      choice; /* predict with choices: the right one; else -1 */
} AppLabOutcome;

void app_lab_outcome_clear (AppLabOutcome *outcome);

/**
 * app_lab_control_finish:
 * @vm: stopped
 * @snapshot: of @vm as it stands now
 * @outcome: (out): to be cleared by the caller
 *
 * Judges @control: was the condition reached, does the check hold, what is the
 * answer. Controls that only show something are always good.
 */
void app_lab_control_finish (const AppLabControl *control,
                             VmMachine           *vm,
                             const VmSnapshot    *snapshot,
                             AppLabOutcome       *outcome);

/* One judgement of the headless player. */
typedef struct
{
  const AppLabStep    *step;    /* (nullable): NULL for the goal and the build */
  const AppLabControl *control; /* (nullable) */
  gboolean             is_good;
  char                *name; /* "step fill: predict heap(keeper).old" */
  char                *text; /* (nullable): why not, or the answer */
} AppLabVerdict;

/**
 * app_lab_play:
 * @beams: the folder of the compiled program
 *
 * Plays all steps of @lab in order, each knob at the value the text proposes.
 *
 * Blocks: until done, at most the lab's timeout for each control.
 * Returns: (transfer full): of AppLabVerdict, never empty
 */
GPtrArray *app_lab_play (const AppLab *lab, const char *beams);

/* Is the lab's goal met by the program in @beams? If not, @why (transfer full)
 * says what was missed. Blocks as app_lab_play() does. */
gboolean app_lab_meets_goal (const AppLab *lab, const char *beams, char **why);

G_END_DECLS
