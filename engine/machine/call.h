/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Computing with the machine's own modules, aside from its schedules. */

#include "engine/base/machine.h"
#include "engine/term/term.h"

/* Applies @module:@function to @args (copied) on a process of its own that no
 * picture, recording or clock sees, and returns the binary that it returns.
 * NULL: it raised, waited, gave something else or took more than a second's work.
 * The function must not send or receive. Thread: any that may run code of @vm.
 * (transfer full) (nullable) (array length=len), NUL-terminated */
char *machine_call_binary (VmMachine  *vm,
                           const char *module,
                           const char *function,
                           const Term *args,
                           guint       n_args,
                           gsize      *len);
