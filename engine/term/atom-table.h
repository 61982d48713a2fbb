/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A machine's atoms: names to indices and back. Atoms of atoms.def have fixed
 * indices, so code can name them as constants (ATOM_ok).
 *
 * Thread: any. Lookup by index takes no lock (names never move and are never
 * freed); adding takes the table's lock. */

#include "engine/term/term.h"

typedef struct _AtomTable AtomTable;

#define ATOM_LIMIT 1048576

enum
{
#define ATOM(id, text) ATOM_INDEX_##id,
#include "engine/term/atoms.def"
#undef ATOM
  N_STATIC_ATOMS
};
/* Constants: ATOM_ok and so on. */
#define ATOM_CONST(id) (((Term) ATOM_INDEX_##id << 6) | IMM2_ATOM)
/* A (ok) is the atom ok as a term. It pastes by itself: true and false are macros. */
#define A(id) (((Term) ATOM_INDEX_##id << 6) | IMM2_ATOM)

AtomTable *atom_table_new (void);
void       atom_table_free (AtomTable *table);

/* The atom named by @len bytes of UTF-8, added when new. NONE when the name is
 * longer than 255 characters, is not UTF-8, or the table is full. */
Term atom_table_intern (AtomTable *table, const char *name, gsize len);
static inline Term
atom_from_string (AtomTable *table, const char *name)
{
  return atom_table_intern (table, name, strlen (name));
}
/* The same, but NONE when there is no such atom yet. */
Term atom_table_lookup (AtomTable *table, const char *name, gsize len);

/* UTF-8, NUL-terminated, owned by the table; @len (nullable) gets bytes. */
const char *atom_name (const AtomTable *table, Term atom, gsize *len);
guint       atom_table_get_size (const AtomTable *table);
