/* SPDX-License-Identifier: Apache-2.0 */

/* erlang:trace/3 and what asks about it. There are no ports and no tracer modules:
 * naming one is badarg. */

#include "config.h"

#include "engine/bif/process-util.h"
#include "engine/code/code-table.h"
#include "engine/proc/tracing.h"

typedef struct
{
  guint32 flags;
  VmPid   tracer; /* VM_PID_NONE: none given */
  bool    cpu_timestamp;
} TraceOptions;

static guint32
flag_named (Term atom)
{
  for (guint i = 0; i < n_trace_flag_rows; i++)
    if (trace_flag_rows[i].atom == atom)
      return trace_flag_rows[i].flag;
  return atom == A (all) ? TRACE_ALL : 0;
}

/* Flags that concern @scope and are no modifiers of both. */
static guint32
flags_of (guint scope)
{
  guint32 flags = 0;

  for (guint i = 0; i < n_trace_flag_rows; i++)
    if (trace_flag_rows[i].scope == scope)
      flags |= trace_flag_rows[i].flag;
  return flags;
}

static bool
parse_options (Term list, TraceOptions *options)
{
  *options = (TraceOptions){ .tracer = VM_PID_NONE };
  for (; term_is_list (list); list = list_tail (list))
    {
      Term    item = list_head (list);
      guint32 flag = flag_named (item);

      options->flags |= flag;
      if (item == A (cpu_timestamp))
        options->cpu_timestamp = true;
      else if (flag == 0)
        {
          if (!term_is_tuple_of (item, 2) || tuple_elements (item)[0] != A (tracer) ||
              !term_is_pid (tuple_elements (item)[1]))
            return false;
          options->tracer = pid_number (tuple_elements (item)[1]);
        }
    }
  return term_is_nil (list);
}

/* Which processes a target other than a pid stands for. */
typedef struct
{
  Term  target;
  bool  existing, new;
  guint scope;
} TraceTarget;

static const TraceTarget *
find_target (Term atom)
{
  static const TraceTarget targets[] = {
    { A (all), true, true, TRACE_SCOPE_BOTH },
    { A (existing), true, false, TRACE_SCOPE_BOTH },
    { A (new), false, true, TRACE_SCOPE_BOTH },
    { A (processes), true, true, TRACE_SCOPE_PROCESS },
    { A (existing_processes), true, false, TRACE_SCOPE_PROCESS },
    { A (new_processes), false, true, TRACE_SCOPE_PROCESS },
    { A (ports), true, true, TRACE_SCOPE_PORT },
    { A (existing_ports), true, false, TRACE_SCOPE_PORT },
    { A (new_ports), false, true, TRACE_SCOPE_PORT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (targets[i].target == atom)
      return &targets[i];
  return NULL;
}

static guint
trace_existing (Process *p, bool on, const TraceOptions *options)
{
  g_autoptr (GArray) pids = process_table_list (p->vm);
  guint n = 0;

  for (guint i = 0; i < pids->len; i++)
    {
      Process *tracee = process_table_lookup (p->vm, g_array_index (pids, VmPid, i));

      if (tracee != NULL && tracing_set (tracee, on, options->flags, options->tracer))
        n++;
    }
  return n;
}

static Term
trace_many (Process *p, const TraceTarget *target, bool on, const TraceOptions *options)
{
  guint32 of_processes = options->flags & ~flags_of (TRACE_SCOPE_PORT);
  guint32 of_ports = options->flags & ~flags_of (TRACE_SCOPE_PROCESS);
  guint   n = 0;

  if (target->existing && (target->scope & TRACE_SCOPE_PROCESS) != 0 && of_processes != 0)
    n = trace_existing (p, on, options);
  if (target->new && (target->scope & TRACE_SCOPE_PROCESS) != 0 && of_processes != 0)
    tracing_set_new (p->vm, TRACE_SCOPE_PROCESS, on, of_processes, options->tracer);
  if (target->new && (target->scope & TRACE_SCOPE_PORT) != 0 && of_ports != 0)
    tracing_set_new (p->vm, TRACE_SCOPE_PORT, on, of_ports, options->tracer);
  return make_small (n);
}

/* erts_internal:trace(Target, On, Flags) */
Term
bif_erts_internal_trace_3 (Process *p, Term *args)
{
  const TraceTarget *target = find_target (args[0]);
  TraceOptions       options;
  Process           *tracee;
  bool               on = args[1] == A (true);

  if (!parse_options (args[2], &options))
    return bif_badarg_cause (p, A (badopt));
  /* the processor time of a process is not kept */
  if ((!on && args[1] != A (false)) || options.cpu_timestamp)
    return bif_badarg (p);
  if (on && options.tracer == VM_PID_NONE)
    options.tracer = p->id;
  if (target != NULL)
    return trace_many (p, target, on, &options);
  tracee = term_is_pid (args[0]) ? process_table_lookup (p->vm, pid_number (args[0])) : NULL;
  if (tracee == NULL || (atomic_load (&tracee->state) & (PS_FREE | PS_EXITING)) != 0)
    return bif_badarg (p);
  if (!tracing_set (tracee, on, options.flags, options.tracer))
    {
      process_log_text (p, "** can only have one tracer per process\n");
      return bif_badarg (p);
    }
  return make_small (1);
}

/* --- trace_info ------------------------------------------------------------------ */

static Term
flags_term (Heap *heap, guint32 flags)
{
  Term list = NIL;

  for (guint i = 0; i < n_trace_flag_rows; i++)
    if ((flags & trace_flag_rows[i].flag) != 0)
      {
        Term *hp = heap_alloc (heap, 2);

        list = cons_write (hp, trace_flag_rows[i].atom, list);
      }
  return list;
}

/* {flags, Flags} or {tracer, Tracer}; NONE: asked for something else. */
static Term
word_info (Process *p, guint64 word, Term key)
{
  VmPid tracer = trace_word_tracer (word);

  if (key == A (flags))
    return pair_new (p, key, flags_term (&p->heap, trace_word_flags (word)));
  if (key == A (tracer))
    return pair_new (p, key, word != 0 && tracer != VM_PID_NONE ? make_pid (tracer) : NIL);
  return NONE;
}

static void
answer_info (VmMachine *vm, Process *target, Signal *signal)
{
  Term answer = A (undefined);

  if (target != NULL)
    answer = word_info (target, tracing_check (target), signal->base.term);
  signal_reply (vm, target, signal, answer);
}

static Term
info_of_process (Process *p, Term pid, Term key)
{
  Signal *signal;
  Term    ref;

  if (key != A (flags) && key != A (tracer))
    return bif_badarg (p);
  if (process_table_lookup (p->vm, pid_number (pid)) == NULL)
    return A (undefined);
  signal = call_new (p, answer_info, &ref);
  signal->base.term = key;
  signal_send (p->vm, pid_number (pid), signal);
  return trap_await (p, ref);
}

/* Is there a function of this name, exported or not? */
static bool
function_exists (Process *p, const Term *mfa)
{
  CodeTable *code = (CodeTable *) p->vm->code;
  gint64     arity = small_value (mfa[2]);
  Export *export;
  Module *module;

  if (arity < 0 || arity > 255)
    return false;
  export = code_table_find_export (code, mfa[0], mfa[1], (guint) arity);
  if (export != NULL && (export_has_code (export) || export->bif != NULL))
    return true;
  module = code_table_find_module (code, mfa[0]);
  for (guint i = 0; module != NULL && i < module->n_functions; i++)
    if (module->functions[i].name == mfa[1] && module->functions[i].arity == (guint) arity)
      return true;
  return false;
}

/* Calls are not traced yet, so no function is. */
static Term
info_of_function (Process *p, Term what, Term key)
{
  const Term *mfa = term_is_tuple_of (what, 3) ? tuple_elements (what) : NULL;

  if (mfa == NULL || !term_is_atom (mfa[0]) || !term_is_atom (mfa[1]) || !term_is_small (mfa[2]))
    return bif_badarg (p);
  return pair_new (p, key, function_exists (p, mfa) ? A (false) : A (undefined));
}

/* trace_info(Pid | new | …, Item) */
Term
bif_trace_info_2 (Process *p, Term *args)
{
  Term what = args[0], key = args[1], info;

  if (term_is_pid (what))
    return info_of_process (p, what, key);
  if (what == A (on_load))
    return pair_new (p, key, A (false));
  if (what == A (send) || what == A (receive))
    return key == A (match_spec) ? pair_new (p, key, A (true)) : bif_badarg (p);
  if (term_is_tuple (what))
    return info_of_function (p, what, key);
  if (what == A (new) || what == A (new_processes))
    info = word_info (p, tracing_get_new (p->vm, TRACE_SCOPE_PROCESS), key);
  else if (what == A (new_ports))
    info = word_info (p, tracing_get_new (p->vm, TRACE_SCOPE_PORT), key);
  else
    return bif_badarg_cause (p, A (badopt));
  return info != NONE ? info : bif_badarg (p);
}

/* trace_delivered(Pid | all): all trace messages until now were delivered when they
 * were made, so the answer only comes when ERTS's would: after the caller's slice. */
Term
bif_trace_delivered_1 (Process *p, Term *args)
{
  guint32 numbers[3];
  Term    ref, tuple[4];

  if (!term_is_pid (args[0]) && args[0] != A (all))
    return bif_badarg (p);
  ref = fresh_ref (p, numbers, false);
  machine_timer_start (p->vm, p, numbers, process_now_ns (p->vm, p), p->id, NONE,
                       triple_write (tuple, A (trace_delivered), args[0], ref));
  return ref;
}
