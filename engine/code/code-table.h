/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What code/ needs from interp/ and bif/, and small things about exports. */

#include "engine/code/code.h"

/* func_info's cells: the instruction with the arity, module, function. */
#define FUNC_INFO_CELLS 4

typedef void (*ExportFunc) (VmMachine *vm, Export *export_);
typedef const struct _BifDef *(*FindBifFunc) (Term     module,
                                              Term     function,
                                              guint    arity,
                                              gpointer data);

/* Once, before anything is loaded. @fill_stub writes Export.stub; @find_bif
 * tells which exports are BIFs. Both are called under the table's lock. */
void
code_table_set_hooks (CodeTable *table, ExportFunc fill_stub, FindBifFunc find_bif, gpointer data);

/* The literal fun for `fun M:F/A`. NONE: the literal area is full. */
Term code_table_get_export_fun (CodeTable *table, Export *export_);

/* Does a loaded module define it (BIFs aside)? */
bool export_has_code (const Export *export_);

/* The directories that are searched. (transfer full) (array zero-terminated) */
char **code_table_dup_path (CodeTable *table);

/* For MachineHooks: external_fun and fun_entry. */
guint64  code_table_hook_external_fun (VmMachine *vm, guint64 module, guint64 name, guint arity);
gpointer code_table_hook_fun_entry (
  VmMachine *vm, guint64 module, guint32 index, guint32 old_uniq, const guint8 *uniq);

/* OTP's preloaded modules, which the emulator holds without line numbers.
 * (array zero-terminated) */
extern const char *const code_preloaded[];
bool                     code_is_preloaded (const char *module);
