/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Persistent terms: a machine-wide table whose values lie in the literal area,
 * so that reading one copies nothing. The words of a replaced or erased value
 * stay in the area until the machine goes: processes may still refer to them. */

#include "engine/base/machine.h"
#include "engine/term/term.h"

typedef struct _PersistentTerms PersistentTerms;

PersistentTerms *persistent_terms_new (VmMachine *vm);
void             persistent_terms_free (PersistentTerms *terms);

/* NONE: absent. Thread: any. */
Term persistent_terms_get (PersistentTerms *terms, Term key);
/* Copies both. FALSE: the literal area is full. Thread: any. */
bool persistent_terms_put (PersistentTerms *terms, Term key, Term value);
bool persistent_terms_erase (PersistentTerms *terms, Term key);
void persistent_terms_erase_all (PersistentTerms *terms);

typedef void (*PersistentFunc) (Term key, Term value, gpointer data);
/* Calls @func for each, under the table's lock. */
void  persistent_terms_foreach (PersistentTerms *terms, PersistentFunc func, gpointer data);
guint persistent_terms_get_count (PersistentTerms *terms);
gsize persistent_terms_get_words (PersistentTerms *terms);
