/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A process of its own, on which the tests call built-in functions by name. */

#include "engine/base/hooks.h"
#include "engine/bif/bif-table.h"

typedef struct
{
  VmMachine    machine;
  MachineHooks hooks;
  Process      process;
  RunContext   run;
  BifIndex    *index;
} BifFixture;

void bif_fixture_init (BifFixture *fixture);
void bif_fixture_clear (BifFixture *fixture);

/* A row is what `erl` of OTP 25 prints (~w) for apply (module, function, args);
 * "class:reason" when it raises. */
typedef struct
{
  const char *module, *function, *args, *expected;
} BifCase;

/* Calls module:function with the terms of @args, a list in Erlang's syntax. What
 * it answered, as text: free it. */
char *
bif_fixture_call (BifFixture *fixture, const char *module, const char *function, const char *args);

/* Checks @n rows, each on a fresh process, and reports all that differ. */
void bif_fixture_check (const BifCase *cases, guint n);

/* The same with terms. NONE: the exception is in the process. */
Term bif_fixture_apply (
  BifFixture *fixture, const char *module, const char *function, guint n, Term *args);
