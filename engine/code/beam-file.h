/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Reading .beam files of OTP 24 to 28. */

#include "engine/code/code.h"

/**
 * beam_file_read:
 * @data: the file, plain or gzip-compressed; only used during the call
 * @path: for messages and BeamFile.path
 *
 * Parses a .beam file. What is in the result is checked: atoms, literals,
 * imports, labels and registers are in range, every label that is used is
 * defined, each func_info is followed by its entry label, exports and funs point
 * to entry labels, operands are of the kinds that opcodes.def names, and the
 * last instruction is int_code_end. Atoms are interned and literals put into the
 * machine's literal area even when the file turns out to be damaged later on.
 *
 * Thread: any.   Errors: `VM_ERROR_FORMAT` (file, chunk, offset, reason, what
 * would be accepted).
 *
 * Returns: (transfer full) (nullable)
 */
BeamFile      *
beam_file_read (VmMachine *vm, const guint8 *data, gsize len, const char *path, GError **error);
void beam_file_free (BeamFile *file);
