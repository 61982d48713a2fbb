/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Finding built-in functions by name. */

#include "engine/bif/bif.h"

/* One per machine; immutable once made. */
typedef struct _BifIndex BifIndex;

BifIndex *bif_index_new (AtomTable *atoms);
void      bif_index_free (BifIndex *index);

/* The row for module:function/arity, or NULL. @index is the BifIndex (this is a
 * FindBifFunc of code/code-table.h). Thread: any. */
const BifDef *bif_index_find (Term module, Term function, guint arity, gpointer index);
