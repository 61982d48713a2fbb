/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Built-in functions.
 *
 *   Term bif_NAME_ARITY (Process *p, Term *args)
 *
 * args[0…] are the arguments; the array is scratch the BIF may overwrite. It
 * returns the result, or NONE after bif_error()/bif_raise()/bif_trap(). A BIF
 * never collects: it allocates with halloc() (heap, or a fragment when the heap
 * is full), so plain local Terms stay valid; the interpreter collects after it
 * when that is due. p->fcalls is current: charge work with bump_reductions().
 *
 * Kinds, as in erts/emulator/beam/bif.tab:
 *   GUARD  `ubif`: 0 reductions, may stand in guards; in a guard its exception is swallowed
 *   LIGHT  `bif`:  1 reduction, yields before the call when none is left
 *   HEAVY  `hbif`: 0 reductions by itself; may look at the whole process state (stack, queues)
 *
 * bifs.def is the one list. Each family file implements its rows. */

#include "engine/code/bif-def.h"
#include "engine/proc/process.h"

#define BIF(module, name, arity, kind, func) Term func (Process *p, Term *args);
#include "engine/bif/bifs.def"
#undef BIF

/* All rows of bifs.def. */
extern const BifDef bif_table[];
extern const guint  n_bifs;
