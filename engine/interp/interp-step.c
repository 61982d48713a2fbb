/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

/* The bodies that stepping runs, one at a time: fused ones do their first half. */
#define OPS_STEPPING

#define TABLE_NAME            interp_step_table
#define TABLE_ROW(name, step) op_##step

#include "engine/interp/ops.h"
#include "engine/interp/tables.h"

#pragma GCC diagnostic ignored "-Wunused-function" /* bodies of fused instructions */
#include "engine/interp/interp-bodies.h"
