/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the families of ETS functions share. */

#include "engine/bif/bif-util.h"
#include "engine/ets/ets.h"

/* badarg, with the cause that erl_stdlib_errors puts in words. */
static inline Term
ets_badarg (Process *p, Term cause)
{
  bif_badarg (p);
  p->cause = cause;
  p->exception_flags |= EXCF_CAUSE;
  return NONE;
}

/* Copies of all objects of @key, oldest first. The table is locked. */
Term ets_objects_of_key (Process *p, EtsTable *table, Term key);
