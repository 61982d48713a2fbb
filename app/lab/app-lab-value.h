/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Numbers read off a machine: the operand side of the language of conditions,
 * with + - * / and parentheses. The answers of a lab's questions are written in
 * it, so that the engine and not the author knows them.
 *
 *   heap(NAME).FIELD   young young_block old old_block stack free high_water
 *                      fragments offheap memory
 *   mailbox(NAME)  reductions(NAME)  collections(NAME)  minor(NAME)  major(NAME)
 *   count(processes)  count(schedulers)  time   NUMBER [ns us ms s]  */

#include "engine/vm-snapshot.h"

G_BEGIN_DECLS

typedef struct _AppLabValue AppLabValue;

/* Errors: `VM_ERROR_SYNTAX`: column, what was found, what would be understood.
 * Returns: (transfer full) (nullable) */
AppLabValue *app_lab_value_parse (const char *text, GError **error);
void         app_lab_value_free (AppLabValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppLabValue, app_lab_value_free)

/* Errors: `VM_ERROR_NOT_FOUND` (no such process at that moment),
 * `VM_ERROR_USAGE` (a division by zero, an overflow). */
gboolean app_lab_value_evaluate (const AppLabValue *value,
                                 const VmSnapshot  *snapshot,
                                 gint64            *result,
                                 GError           **error);

/* The first process that @value asks about. (transfer none) (nullable) */
const char *app_lab_value_get_process (const AppLabValue *value);

G_END_DECLS
