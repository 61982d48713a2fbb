/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A machine: one embedded BEAM. Any number of machines live in one program.
 *
 * Life: vm_machine_new() builds it, paused, with its boot processes made but
 * not run; vm_machine_spawn_main() gives it its program; the commands of
 * vm-control.h run it; vm_machine_free() ends its threads and frees everything.
 *
 * Thread: all functions here may be called from any one thread that is not a
 * scheduler of the machine; calls for one machine must not overlap. */

#include "engine/vm-types.h"

G_BEGIN_DECLS

typedef enum
{
  VM_CLOCK_LIVE,    /* one thread per scheduler, wall time */
  VM_CLOCK_VIRTUAL, /* one driver interleaves the schedulers; the seed decides ties */
} VmClock;

typedef struct
{
  VmClock            clock;
  guint              n_schedulers;        /* 1..1024; 0 = one per processor */
  guint64            seed;                /* virtual clock only */
  const char        *otp_root;            /* NULL = find the installed OTP */
  const char *const *code_path;           /* (nullable) (array zero-terminated): searched first */
  guint64            max_memory_bytes;    /* 0 = 3/4 of the host's memory */
  guint              max_processes;       /* 0 = ERTS's default, 262144 */
  guint              min_heap_words;      /* 0 = 233 */
  guint              min_bin_vheap_words; /* the virtual binary heap; 0 = 46422 */
  guint              fullsweep_after;     /* G_MAXUINT = 65535, ERTS's default */
  int                output_fd;           /* console output goes here too; -1 = nowhere else */
  gboolean           record_terms;        /* keep the text of sent messages and exit reasons */
  gboolean
    keep_recording; /* FALSE: events are counted and dropped (beamlab run without --events) */
} VmOptions;

#define VM_OPTIONS_INIT                                                                    \
  {                                                                                        \
    .clock = VM_CLOCK_VIRTUAL, .n_schedulers = 2, .seed = 1, .fullsweep_after = G_MAXUINT, \
    .output_fd = -1, .keep_recording = TRUE                                                \
  }

/**
 * vm_machine_new:
 * Builds a machine, paused.
 *
 * Errors: `VM_ERROR_NOT_FOUND` (no OTP, what was looked for), `VM_ERROR_USAGE`.
 * Returns: (transfer full) (nullable)
 */
VmMachine *vm_machine_new (const VmOptions *options, GError **error);

/* Stops all threads of @vm (waits for them) and frees it. Snapshots and
 * recordings taken from it stay valid. */
void vm_machine_free (VmMachine *vm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmMachine, vm_machine_free)

/**
 * vm_machine_spawn_main:
 * @args: (array zero-terminated=1): each an Erlang term in Erlang's syntax
 *
 * Makes the main process: it applies @module:@function to @args. When it
 * returns the machine is finished. To be called once, before the first command.
 *
 * Errors: `VM_ERROR_NOT_FOUND` (module or function), `VM_ERROR_FORMAT` (a
 * damaged module), `VM_ERROR_SYNTAX` (an argument).
 */
gboolean vm_machine_spawn_main (
  VmMachine *vm, const char *module, const char *function, const char *const *args, GError **error);

VmPid vm_machine_get_main_pid (VmMachine *vm);

/**
 * vm_machine_name_process:
 * @rule: "main", "M:F/A" (the first process spawned with that entry) or
 *   "M:F/A#N" (the Nth, from 1)
 *
 * Gives a process a name that snapshots, conditions and pictures use. Call
 * before the first command. Errors: `VM_ERROR_SYNTAX`.
 */
gboolean
vm_machine_name_process (VmMachine *vm, const char *name, const char *rule, GError **error);

/* Console output so far, from byte @from on; of a very long one the newest 128 MiB
 * at least. (transfer full) */
GBytes *vm_machine_dup_output (VmMachine *vm, gsize from);

/* Text typed into the console; read by io:get_line/1 and friends. A @len of 0
 * ends the input: what reads on then gets eof. */
void vm_machine_feed_input (VmMachine *vm, const char *text, gssize len);

/* How many bytes of it nobody has read yet: whoever feeds a lot waits for less. */
gsize vm_machine_get_n_input (VmMachine *vm);

/* The main process's result as ~w prints it, (transfer full) (nullable): NULL
 * unless the machine finished. */
char *vm_machine_dup_result (VmMachine *vm);

/* Class, reason and stack trace of the main process's uncaught exception as
 * the shell formats them, or which limit was reached and where.
 * (transfer full) (nullable) */
char *vm_machine_dup_failure (VmMachine *vm);

/* The exit status of halt/1 if the program called it, else 0 or 1. */
int vm_machine_get_exit_status (VmMachine *vm);

/* The recording, growing while the machine runs. (transfer full) */
VmRecording *vm_machine_ref_recording (VmMachine *vm);

/* "25.2.3": the OTP release whose libraries the machine uses. (transfer none) */
const char *vm_machine_get_otp_version (VmMachine *vm);

G_END_DECLS
