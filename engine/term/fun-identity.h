/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What ordering, hashing and printing need of a fun's entry. The entries
 * themselves belong to code/ (FunEntry, Export), which lies above; these structs
 * are their first fields, and code/literals.c asserts that they agree. */

#include "engine/term/term.h"

typedef struct
{
  const Term *module; /* a Module, whose first word is its name */
  Term        function;
  guint       arity;
  guint       n_free;
  guint32     index;
  guint32     old_uniq;
  guint8      uniq[16];
} FunIdentity;

typedef struct
{
  Term  module, function;
  guint arity;
} ExportIdentity;

static inline const FunIdentity *
fun_identity (Term fun)
{
  return (const FunIdentity *) fun_thing (fun)->entry;
}
static inline const ExportIdentity *
fun_export_identity (Term fun)
{
  return (const ExportIdentity *) fun_thing (fun)->entry;
}
