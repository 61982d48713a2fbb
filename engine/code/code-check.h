/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Is a file's code safe to run? Bodies of instructions trust what compilers
 * promise: registers that are defined, a list where a list is taken apart, room
 * that was reserved. This walks through each function once for all paths and
 * refuses code that breaks such a promise. */

#include "engine/code/code.h"

/* What the walk could not prove and the instruction's body does not look at
 * itself: it is tested as the code runs, and fails with badarg. */
typedef enum
{
  CODE_GUARD_NONE,
  CODE_GUARD_CONS,
  CODE_GUARD_TUPLE,       /* of at least n elements */
  CODE_GUARD_TUPLE_EXACT, /* of n elements */
  CODE_GUARD_MAP,
  CODE_GUARD_FLOAT,
  CODE_GUARD_CONTEXT,
  CODE_GUARD_ADOPT, /* of call_fun in a receive: the message is to be the process's own */
  CODE_GUARD_CLEAR, /* of allocate: the slots are to be cleared */
  N_CODE_GUARDS
} CodeGuardKind;

typedef struct
{
  guint8  kind;    /* CodeGuardKind */
  guint8  operand; /* which of the instruction's */
  guint16 n;
} CodeGuard;

/* @guards (zeroed; one for each of the file's instructions) is filled.
 * Thread: any. Errors: `VM_ERROR_FORMAT` (file, chunk, offset, reason). */
bool code_check (VmMachine *vm, const BeamFile *file, CodeGuard *guards, GError **error);
