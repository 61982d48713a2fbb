/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What only hashing and comparing need to know of an atom. */

#include "engine/term/atom-table.h"

/* The hash of the atom's name as ERTS keeps it in its atom table: the base of
 * phash2 and phash. Source: erts/emulator/beam/atom.c. */
guint32 atom_name_hash (const AtomTable *table, Term atom);

/* Order of names by code point: < 0, 0, > 0. */
int atom_name_compare (const AtomTable *table, Term a, Term b);
