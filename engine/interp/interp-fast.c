/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

/* The bodies that chain. Where tail calls are not to be had (VM_TRAMPOLINE), they
 * return to the loop after each instruction, like the stepping ones, but fused. */
#ifdef VM_TRAMPOLINE
#define OPS_STEPPING
#endif

#define TABLE_NAME interp_fast_table
#define TABLE_ROW(name, step) op_##name

#include "engine/interp/ops.h"
#include "engine/interp/tables.h"

#include "engine/interp/interp-bodies.h"
