/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Numbers read off a machine: the operand side of the language of conditions,
 * with + - * / and parentheses. The answers of a lab's questions are written in
 * it, so that the engine and not the author knows them.
 *
 *   heap(sorter).old   size(sorter, x0)   time … : what conditions compare, all of it
 *   NUMBER [ns us ms s words bytes]  */

#include "engine/vm-control.h"

G_BEGIN_DECLS

typedef struct _AppLabValue AppLabValue;

/* Errors: `VM_ERROR_SYNTAX`: column, what was found, what would be understood.
 * Returns: (transfer full) (nullable) */
AppLabValue *app_lab_value_parse (const char *text, GError **error);
void         app_lab_value_free (AppLabValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppLabValue, app_lab_value_free)

/* @vm must not be running. Errors: those of vm_machine_measure(), and
 * `VM_ERROR_USAGE` (a division by zero, an overflow). */
gboolean
app_lab_value_evaluate (const AppLabValue *value, VmMachine *vm, gint64 *result, GError **error);

/* The first process that @value asks about. (transfer none) (nullable) */
const char *app_lab_value_get_process (const AppLabValue *value);

G_END_DECLS
