/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/interp/ops.h"

extern const OpFunc interp_fast_table[N_INSTRUCTIONS]; /* chained by tail calls */
extern const OpFunc interp_step_table[N_INSTRUCTIONS]; /* one instruction, unfused */
