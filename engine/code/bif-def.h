/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A row of bif/bifs.def, as the loader needs to know it: calls of BIFs become
 * instructions of their own. What the kinds mean is in bif/bif.h. */

#include "engine/term/term.h"

struct _Process;

typedef Term (*BifFunc) (struct _Process *p, Term *args);

typedef enum
{
  BIF_GUARD,
  BIF_LIGHT,
  BIF_HEAVY,
} BifKind;

typedef struct _BifDef
{
  const char *module;
  const char *name;
  guint       arity;
  BifKind     kind;
  BifFunc     func;
} BifDef;
