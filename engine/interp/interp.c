/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/bif.h"
#include "engine/code/code-table.h"
#include "engine/interp/tables.h"

/* Entering and leaving the bodies.
 *
 * A running process is stopped by pointing its context's dispatch at the break
 * table: whatever instruction comes next, its "body" only puts the registers back
 * and returns here, where the stepping control is asked. */

static int
op_break (OP_ARGS)
{
  SAVE ();
  p->pc = pc;
  return OP_CONTINUE;
}

static const OpFunc break_table[N_INSTRUCTIONS] = { [0 ... N_INSTRUCTIONS - 1] = op_break };

/* --- code that is in no module --------------------------------------------- */

/* [arity of the start code][start][func_info-like end] */
static const Cell start_cells[] = { 3, I_start, 0, I_normal_exit };

const Cell *
interp_start_code (void)
{
  return &start_cells[1];
}

const Cell *
interp_exit_code (void)
{
  return &start_cells[3];
}

static bool
export_is (VmMachine *vm, const Export *export, const char *name, guint arity)
{
  return export->module == A (erlang) && export->arity == arity &&
         g_str_equal (atom_name (vm->atoms, export->function, NULL), name);
}

void
interp_fill_stub (VmMachine *vm, Export *export)
{
  Cell *stub = export->stub + 1;

  stub[1] = (Cell) export;
  stub[2] = 0;
  if (export_is (vm, export, "apply", 3))
    stub[0] = I_apply_mfa_stub;
  else if (export_is (vm, export, "apply", 2))
    stub[0] = I_apply_fun_stub;
  else if (export_is (vm, export, "yield", 0))
    stub[0] = I_yield_stub;
  else if (export->bif != NULL)
    {
      stub[0] = I_bif_stub;
      stub[2] = (Cell) export->bif->func;
    }
  else
    stub[0] = I_undefined_stub;
}

/* --- stepping ---------------------------------------------------------------- */

void
interp_set_stepping (RunContext *context, StepControl *control)
{
  __atomic_store_n (&context->stepping, control, __ATOMIC_RELEASE);
  __atomic_store_n (&context->dispatch,
                    control != NULL ? (const void *) break_table : (const void *) interp_fast_table,
                    __ATOMIC_RELEASE);
}

static inline int
call_stepping (Process *p)
{
  RunContext *ctx = p->run;
  OpFunc      body = interp_step_table[*(const guint16 *) p->pc];

  return body (p, p->pc, ctx->x, p->heap.htop, p->heap.stop, p->fcalls - ctx->reserve);
}

static inline bool
is_part (const Cell *pc)
{
  return (guint16) *pc >= I_part_cx;
}

/* One instruction of the file, with its parts. */
static int
step_one (Process *p)
{
  int result;

  p->run->n_stepped++;
  do
    {
      bool part = is_part (p->pc);

      result = call_stepping (p);
      if (!part)
        break;
    }
  while (result == OP_CONTINUE);
  return result;
}

/* --- running --------------------------------------------------------------------- */

void
interp_enter (Process *p)
{
  const void *none = NULL;

  if (p->timeout_pc != NULL && p->timed_out)
    {
      p->pc = p->timeout_pc;
      p->timeout_pc = NULL;
    }
  process_restore_registers (p, p->run->x);
  if ((p->flags & PF_TRAPPED) != 0)
    {
      p->flags &= ~(guint32) PF_TRAPPED;
      p->fcalls--;
    }
  /* the first process of a context; who stops it just now comes first */
  __atomic_compare_exchange_n (&p->run->dispatch, &none, interp_fast_table, false, __ATOMIC_ACQ_REL,
                               __ATOMIC_RELAXED);
}

LeaveReason
interp_run (Process *p, gint32 quantum)
{
  RunContext *ctx = p->run;
  int         result;

  ctx->reserve = p->fcalls > quantum ? p->fcalls - quantum : 0;
  do
    {
      StepControl *control = (StepControl *) __atomic_load_n (&ctx->stepping, __ATOMIC_ACQUIRE);

      if (VM_LIKELY (control == NULL))
        {
          const OpFunc *table = __atomic_load_n (&ctx->dispatch, __ATOMIC_ACQUIRE);

          result = interp_call_fast (table, p);
        }
      else
        {
          if (!is_part (p->pc) && control->hook (p, p->pc, control->data))
            return LEAVE_BREAK;
          result = step_one (p);
        }
    }
  while (result == OP_CONTINUE);
  return (LeaveReason) result;
}

/* --- looking ------------------------------------------------------------------------ */

const FunctionInfo *
interp_current_function (Process *p, Module **module)
{
  Module *found = code_table_find_pc ((CodeTable *) p->vm->code, p->pc);

  if (module != NULL)
    *module = found;
  return found != NULL ? module_find_function (found, p->pc) : NULL;
}

void
interp_walk_stack (Process *p, FrameFunc func, gpointer data)
{
  Term *slots = p->heap.stop, *slot;

  for (slot = slots; slot < p->heap.hend; slot++)
    if (term_is_header (*slot) && *slot != NONE)
      {
        const Cell *address = (const Cell *) *slot;
        Module     *module = code_table_find_pc ((CodeTable *) p->vm->code, address - 1);

        /* the slots below an address are those of the frame that goes on when it is
         * popped by the function above; they belong to the function that runs now */
        if (!func (module, address, slots, (guint) (slot - slots), data))
          return;
        slots = slot + 1;
      }
}
