/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/process-util.h"

/* garbage_collect(major | minor): roots are what the caller's frame holds. A
 * BIF's arguments are dead here, so nothing else is. */
Term
bif_erts_garbage_collect_1 (Process *p, Term *args)
{
  if (args[0] != A (major) && args[0] != A (minor))
    return bif_badarg (p);
  bump_reductions (p, process_garbage_collect (p, args[0] == A (major), NULL, 0));
  return unless_exiting (p, A (true));
}

/* --- tasks done by another process ------------------------------------------- */

static void
answer_task (VmMachine *vm, Process *by, const Signal *signal, Term result)
{
  /* term: {Kind, RequestId, Argument} */
  Term         *request = tuple_elements (signal->base.term);
  HeapFragment *fragment = heap_fragment_new (vm, 4 + term_copy_words (vm, request[1]));
  Term         *hp = fragment->mem + 4;

  fragment->mem[0] = TUPLE_HEADER (3);
  fragment->mem[1] = request[0];
  fragment->mem[2] = term_copy (vm, request[1], &hp, &fragment->off_heap);
  fragment->mem[3] = result;
  process_send_fragment (vm, by != NULL ? by->id : VM_PID_NONE, signal->base.from,
                         make_boxed (fragment->mem), fragment);
}

/* Does @p still run code of a version of @module that is not the current one? */
static bool
runs_old_code (Process *p, Term module)
{
  CodeTable *code = (CodeTable *) p->vm->code;
  Module    *current = code_table_find_module (code, module);
  Module    *at = p->pc != NULL ? code_table_find_pc (code, p->pc) : NULL;

  if (at != NULL && at->name == module && at != current)
    return true;
  for (Term *slot = p->heap.stop; slot < p->heap.hend; slot++)
    {
      if (!term_is_header (*slot) || *slot == NONE)
        continue;
      at = code_table_find_pc (code, (const Cell *) *slot);
      if (at != NULL && at->name == module && at != current)
        return true;
    }
  return false;
}

static void
run_task (VmMachine *vm, Process *target, Signal *signal)
{
  Term *request = tuple_elements (signal->base.term);
  bool  result = false;

  if (target != NULL && request[0] == A (garbage_collect))
    {
      /* what hibernate/3 left has no garbage */
      if ((target->heap.flags & HEAP_HIBERNATED) == 0)
        bump_reductions (target, process_garbage_collect (target, request[2] == A (major),
                                                          target->saved, target->n_live));
      result = true;
    }
  else if (target != NULL && request[0] == A (check_process_code))
    result = runs_old_code (target, request[2]);
  answer_task (vm, target, signal, bool_term (result));
}

static Term
request_task (Process *p, VmPid requester, Term target, Term request)
{
  Signal *signal;
  Term    kind;

  if (!term_is_pid (target) || !term_is_tuple_of (request, 3))
    return bif_badarg (p);
  kind = tuple_elements (request)[0];
  if (kind != A (garbage_collect) && kind != A (check_process_code) && kind != A (copy_literals))
    return bif_badarg (p);
  signal = signal_new (SIGNAL_TASK, requester);
  signal->call = run_task;
  signal->base.fragment = term_copy_to_fragment (p->vm, request, &signal->base.term);
  signal_send (p->vm, pid_number (target), signal);
  return A (ok);
}

/* request_system_task(Pid, Priority, {Kind, RequestId, Argument}) */
Term
bif_request_system_task_3 (Process *p, Term *args)
{
  return request_task (p, p->id, args[0], args[2]);
}

Term
bif_request_system_task_4 (Process *p, Term *args)
{
  if (!term_is_pid (args[0]))
    return bif_badarg (p);
  return request_task (p, pid_number (args[0]), args[1], args[3]);
}

Term
bif_check_process_code_1 (Process *p, Term *args)
{
  return term_is_atom (args[0]) ? bool_term (runs_old_code (p, args[0])) : bif_badarg (p);
}
