/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

/* The bodies that chain. Where tail calls are not to be had (VM_TRAMPOLINE), they
 * return to the loop after each instruction, like the stepping ones, but fused. */
#ifdef VM_TRAMPOLINE
#define OPS_STEPPING
#endif

#define TABLE_NAME            interp_fast_table
#define TABLE_ROW(name, step) op_##name

#include "engine/interp/ops.h"
#include "engine/interp/tables.h"

#include "engine/interp/interp-bodies.h"

/* On x86-64 this file is compiled so that its functions keep no registers for
 * their callers (meson.build): a body that calls something only in a rare case
 * would else push and pop registers in every case. Whoever enters the bodies
 * counts on those registers, so the way in keeps them all. */
#ifdef INTERP_KEEPS_NO_REGISTERS
__attribute__ ((no_caller_saved_registers, target ("general-regs-only")))
#endif
int
interp_call_fast (const OpFunc *table, Process *p)
{
  RunContext *ctx = p->run;

#ifdef INTERP_KEEPS_NO_REGISTERS
  __asm__ volatile(""
                   :
                   :
                   : "rbx", "r12", "r13", "r14", "r15"); /* they are in use: keep them */
#endif
  return table[*(const guint16 *) p->pc](p, p->pc, ctx->x, p->heap.htop, p->heap.stop,
                                         p->fcalls - ctx->reserve);
}
