/* SPDX-License-Identifier: Apache-2.0 */

/* A machine's life: vm.h. */
#include "config.h"

#include "engine/bif/bif-table.h"
#include "engine/bif/environment.h"
#include "engine/boot/boot.h"
#include "engine/code/code-table.h"
#include "engine/data/data.h"
#include "engine/ets/ets.h"
#include "engine/ets/persistent.h"
#include "engine/interp/interp.h"
#include "engine/machine/collection-watch.h"
#include "engine/machine/control.h"
#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/sched/scheduler.h"
#include "engine/trace/console.h"
#include "engine/trace/recorder.h"
#include "engine/vm-error.h"

#include <string.h>
#include <unistd.h>

#define MAX_SCHEDULERS    1024u
#define DEFAULT_PROCESSES 262144u
#define MAX_PROCESSES     (1u << 27)

static const MachineHooks machine_hooks = {
  .enqueue = scheduler_hook_enqueue,
  .now_ns = scheduler_hook_now,
  .unique_us = scheduler_hook_unique_us,
  .timer_set = scheduler_hook_timer_set,
  .timer_cancel = scheduler_hook_timer_cancel,
  .retire = scheduler_hook_retire,
  .halt = control_hook_halt,
  .main_exited = control_hook_main_exited,
  .booted = control_hook_booted,
  .limit = control_hook_limit,
  .watch_collection = collection_hook_watch,
  .collection_watched = collection_hook_watched,
  .ets_process_exit = ets_process_exit,
  .external_fun = code_table_hook_external_fun,
  .fun_entry = code_table_hook_fun_entry,
};

static gboolean
check_options (const VmOptions *options, GError **error)
{
  if (options->n_schedulers > MAX_SCHEDULERS)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_USAGE, "%u schedulers: 1 to %u are possible",
                   options->n_schedulers, MAX_SCHEDULERS);
      return FALSE;
    }
  if (options->max_processes > MAX_PROCESSES)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_USAGE, "%u processes: the limit may be up to %u",
                   options->max_processes, MAX_PROCESSES);
      return FALSE;
    }
  return TRUE;
}

static void
set_options (VmMachine *vm, const VmOptions *options)
{
  vm->options = *options;
  vm->options.otp_root = NULL;
  vm->options.code_path = (const char *const *) g_strdupv ((char **) options->code_path);
  if (vm->options.n_schedulers == 0)
    vm->options.n_schedulers = MIN (g_get_num_processors (), MAX_SCHEDULERS);
  if (vm->options.max_processes == 0)
    vm->options.max_processes = DEFAULT_PROCESSES;
  if (vm->options.max_memory_bytes == 0)
    vm->options.max_memory_bytes =
      (guint64) sysconf (_SC_PHYS_PAGES) / 4 * 3 * (guint64) sysconf (_SC_PAGESIZE);
  vm->options.max_memory_bytes = MIN (vm->options.max_memory_bytes, (guint64) G_MAXINT64);
  vm->options.min_heap_words = (guint) heap_next_size (
    options->min_heap_words != 0 ? options->min_heap_words : HEAP_DEFAULT_MIN, 0);
  vm->options.min_bin_vheap_words = (guint) heap_next_size (
    options->min_bin_vheap_words != 0 ? options->min_bin_vheap_words : VHEAP_DEFAULT_MIN, 0);
  if (vm->options.fullsweep_after == G_MAXUINT)
    vm->options.fullsweep_after = FULLSWEEP_DEFAULT;
}

static const char *
atom_name_of_index (VmMachine *vm, guint64 index)
{
  return index < atom_table_get_size (vm->atoms)
           ? atom_name (vm->atoms, make_atom ((guint32) index), NULL)
           : NULL;
}

static void
input_arrived (gpointer data)
{
  VmMachine *vm = data;

  scheduler_set_request (vm->schedulers);
}

static void
make_parts (VmMachine *vm)
{
  guint        n = vm->options.n_schedulers;
  gboolean     is_virtual = vm->options.clock == VM_CLOCK_VIRTUAL;
  SchedulerOps ops;

  vm->hooks = &machine_hooks;
  vm->atoms = atom_table_new ();
  vm->literals = literals_new (vm);
  vm->code = code_table_new (vm);
  vm->bifs = bif_index_new (vm->atoms);
  vm->environment = environment_new ();
  code_table_set_hooks (vm->code, interp_fill_stub, bif_index_find, vm->bifs);
  vm->recorder = recorder_new (vm, n, is_virtual, vm->options.keep_recording);
  recorder_set_atom_names (vm->recorder, atom_name_of_index);
  vm->console = console_new (vm->options.output_fd);
  vm->refs = ref_source_new (n);
  vm->registry = registry_new ();
  vm->persistent = persistent_terms_new (vm);
  vm->ets = ets_store_new (vm);
  vm->processes = process_table_new (vm->options.max_processes);
  vm->control = control_new (vm);
  vm->collection_watch = collection_watch_new ();
  control_fill_ops (vm, &ops);
  vm->schedulers = scheduler_set_new (vm, &ops);
  console_set_notify (vm->console, input_arrived, vm);
}

VmMachine *
vm_machine_new (const VmOptions *options, GError **error)
{
  g_autoptr (VmMachine) vm = NULL;
  g_autofree char *root = NULL, *version = NULL;

  g_return_val_if_fail (options != NULL, NULL);
  if (!check_options (options, error) || (root = otp_find (options->otp_root, error)) == NULL ||
      (version = otp_get_version (root, error)) == NULL)
    return NULL;
  vm = g_new0 (VmMachine, 1);
  set_options (vm, options);
  vm->otp_root = g_steal_pointer (&root);
  vm->otp_version = g_steal_pointer (&version);
  vm->options.otp_root = vm->otp_root;
  make_parts (vm);
  for (guint i = 0; vm->options.code_path != NULL && vm->options.code_path[i] != NULL; i++)
    code_table_add_path (vm->code, vm->options.code_path[i], FALSE);
  otp_add_paths (vm, vm->otp_root);
  process_table_set_start_code (vm, interp_start_code (), interp_exit_code ());
  if (!boot_start (vm, error))
    return NULL;
  scheduler_set_start (vm->schedulers);
  if (!control_run_boot (vm, error))
    return NULL;
  return g_steal_pointer (&vm);
}

void
vm_machine_free (VmMachine *vm)
{
  if (vm == NULL)
    return;
  if (vm->console != NULL)
    console_abandon (vm->console);
  if (vm->schedulers != NULL)
    scheduler_set_stop (vm->schedulers);
  if (vm->processes != NULL)
    process_table_free (vm, vm->processes);
  if (vm->ets != NULL)
    ets_store_free (vm->ets);
  scheduler_set_free (vm->schedulers);
  control_free (vm->control);
  collection_watch_free (vm->collection_watch);
  if (vm->registry != NULL)
    registry_free (vm->registry);
  if (vm->refs != NULL)
    ref_source_free (vm->refs);
  console_free (vm->console);
  recorder_free (vm->recorder);
  if (vm->code != NULL)
    code_table_free (vm->code);
  if (vm->bifs != NULL)
    bif_index_free (vm->bifs);
  environment_free (vm->environment);
  if (vm->persistent != NULL)
    persistent_terms_free (vm->persistent);
  if (vm->literals != NULL)
    literals_free (vm->literals);
  if (vm->atoms != NULL)
    atom_table_free (vm->atoms);
  g_strfreev ((char **) vm->options.code_path);
  g_free (vm->otp_root);
  g_free (vm->otp_version);
  g_free (vm);
}

/* --- the program --------------------------------------------------------------- */

static gboolean
load_function (
  VmMachine *vm, const char *module_name, const char *function_name, guint arity, GError **error)
{
  Term    module = atom_from_string (vm->atoms, module_name);
  Term    function = atom_from_string (vm->atoms, function_name);
  GError *own = NULL;
  Export *export_;

  if (module == NONE || function == NONE)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "%s:%s: names have up to 255 characters",
                   module_name, function_name);
      return FALSE;
    }
  if (code_table_load (vm->code, module, &own) == NULL)
    {
      if (own != NULL)
        g_propagate_error (error, own);
      else
        g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                     "module %s: there is no %s.beam on the code path", module_name, module_name);
      return FALSE;
    }
  export_ = code_table_find_export (vm->code, module, function, arity);
  if (export_ != NULL && (export_has_code (export_) || export_->bif != NULL))
    return TRUE;
  g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "module %s exports no function %s/%u",
               module_name, function_name, arity);
  return FALSE;
}

/* NONE: @error. */
static Term
parse_arguments (VmMachine *vm, Heap *heap, const char *const *args, GError **error)
{
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (Term));

  for (guint i = 0; args != NULL && args[i] != NULL; i++)
    {
      Term term = term_parse (vm, heap, args[i], error);

      if (term == NONE)
        {
          g_prefix_error (error, "argument %u, \"%.60s%s\": ", i + 1, args[i],
                          strlen (args[i]) > 60 ? "…" : "");
          return NONE;
        }
      g_array_append_val (terms, term);
    }
  return list_new (heap, (const Term *) terms->data, terms->len, NIL);
}

gboolean
vm_machine_spawn_main (
  VmMachine *vm, const char *module, const char *function, const char *const *args, GError **error)
{
  guint        arity = args != NULL ? g_strv_length ((char **) args) : 0;
  SpawnOptions options;
  Process     *process = NULL;
  Heap         heap = { .vm = vm,
                        .min_size = HEAP_DEFAULT_MIN,
                        .min_vheap_size = VHEAP_DEFAULT_MIN };
  Term         list;

  g_return_val_if_fail (control_get_main (vm) == VM_PID_NONE, FALSE);
  if (!load_function (vm, module, function, arity, error))
    return FALSE;
  heap_init (&heap, vm, 0);
  list = parse_arguments (vm, &heap, args, error);
  if (list != NONE)
    {
      spawn_options_init (vm, &options);
      process = process_spawn (vm, NULL, atom_from_string (vm->atoms, module),
                               atom_from_string (vm->atoms, function), list, &options, NULL);
      if (process == NULL)
        g_set_error_literal (error, VM_ERROR, VM_ERROR_LIMIT,
                             "no process can be made: the limit is reached");
    }
  heap_clear (&heap);
  if (process == NULL)
    return FALSE;
  process->flags |= PF_IS_MAIN;
  if (boot_get_group_leader (vm) != NONE)
    process->group_leader = boot_get_group_leader (vm);
  control_set_main (vm, process->id);
  return TRUE;
}

VmPid
vm_machine_get_main_pid (VmMachine *vm)
{
  return control_get_main (vm);
}

/* --- small things ----------------------------------------------------------------- */

GBytes *
vm_machine_dup_output (VmMachine *vm, gsize from)
{
  return console_dup_output (vm->console, from);
}

void
vm_machine_feed_input (VmMachine *vm, const char *text, gssize len)
{
  gsize n = len < 0 ? strlen (text) : (gsize) len;

  if (vm->options.clock == VM_CLOCK_VIRTUAL)
    {
      g_autoptr (GBytes) bytes = n > 0 ? g_bytes_new (text, n) : NULL;

      control_feed (vm->control, bytes);
    }
  else if (n > 0)
    console_feed (vm->console, text, n);
  else
    {
      console_close_input (vm->console);
      input_arrived (vm);
    }
}

gsize
vm_machine_get_n_input (VmMachine *vm)
{
  return console_get_n_input (vm->console) + control_get_n_typed (vm->control);
}

VmRecording *
vm_machine_ref_recording (VmMachine *vm)
{
  return vm_recording_ref (recorder_get_recording (vm->recorder));
}

const char *
vm_machine_get_otp_version (VmMachine *vm)
{
  return vm->otp_version;
}
