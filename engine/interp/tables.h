/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/interp/ops.h"

extern const OpFunc interp_fast_table[N_INSTRUCTIONS]; /* chained by tail calls */
extern const OpFunc interp_step_table[N_INSTRUCTIONS]; /* one instruction, unfused */

/* Runs @p from its pc on by @table's bodies, until one of them returns. */
#ifdef INTERP_KEEPS_NO_REGISTERS
__attribute__ ((no_caller_saved_registers))
#endif
int
interp_call_fast (const OpFunc *table, Process *p);
