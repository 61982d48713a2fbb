/* SPDX-License-Identifier: Apache-2.0 */

/* erlang:system_info/1. What describes the machine is computed from it; what
 * describes ERTS's build (and has no meaning here) has the value that says
 * "there is none". Items are those of OTP 25's erl_bif_info.c. */
#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/code/code.h"
#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/sched/scheduler.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define MONOTONIC_START_S G_GINT64_CONSTANT (-576460752)
#define NS_PER_SECOND     G_GINT64_CONSTANT (1000000000)
#define PORT_LIMIT        65536
#define ETS_LIMIT         8192
#define BACKTRACE_DEPTH   8

static Term
text (Process *p, const char *string)
{
  return string_new (&p->heap, string, (gssize) strlen (string));
}

static Term
number (Process *p, guint64 value)
{
  return integer_from_u64 (&p->heap, value);
}

static guint
read_number (guint *place)
{
  return __atomic_load_n (place, __ATOMIC_RELAXED);
}

/* --- items that are a number -------------------------------------------------- */

typedef guint64 (*NumberFunc) (Process *p);

static guint64
n_schedulers (Process *p)
{
  return scheduler_set_get_n (p->vm->schedulers);
}
static guint64
n_processors (Process *p)
{
  return g_get_num_processors ();
}
static guint64
n_processes (Process *p)
{
  return process_table_get_count (p->vm);
}
static guint64
process_limit (Process *p)
{
  return process_table_get_limit (p->vm);
}
static guint64
n_atoms (Process *p)
{
  return atom_table_get_size (p->vm->atoms);
}
static guint64
own_scheduler (Process *p)
{
  return p->run != NULL ? p->run->scheduler : 1;
}
static guint64
compat (Process *p)
{
  return g_ascii_strtoull (p->vm->otp_version, NULL, 10);
}

static const struct
{
  const char *name;
  NumberFunc  func; /* NULL: `value` */
  guint64     value;
} numbers[] = {
  { "schedulers", n_schedulers, 0 },
  { "schedulers_online", n_schedulers, 0 },
  { "logical_processors", n_processors, 0 },
  { "logical_processors_online", n_processors, 0 },
  { "logical_processors_available", n_processors, 0 },
  { "process_count", n_processes, 0 },
  { "process_limit", process_limit, 0 },
  { "atom_count", n_atoms, 0 },
  { "atom_limit", NULL, ATOM_LIMIT },
  { "port_count", NULL, 0 },
  { "port_limit", NULL, PORT_LIMIT },
  { "ets_limit", NULL, ETS_LIMIT },
  { "scheduler_id", own_scheduler, 0 },
  { "compat_rel", compat, 0 },
  { "context_reductions", NULL, SLICE_REDUCTIONS },
  { "wordsize", NULL, sizeof (Term) },
  { "dirty_cpu_schedulers", NULL, 0 },
  { "dirty_cpu_schedulers_online", NULL, 0 },
  { "dirty_io_schedulers", NULL, 0 },
  { "thread_pool_size", NULL, 0 },
  { "creation", NULL, 0 },
  { "dist_buf_busy_limit", NULL, 1048576 },
  { "trace_control_word", NULL, 0 },
  { "outstanding_system_requests_limit", NULL, 4 },
};

/* --- items that are an atom --------------------------------------------------- */

static const struct
{
  const char *name, *value;
} atoms[] = {
  { "machine", NULL }, /* "BEAM", a string: see below */
  { "heap_type", "private" },
  { "smp_support", "true" },
  { "threads", "true" },
  { "kernel_poll", "false" },
  { "debug_compiled", "false" },
  { "lock_checking", "false" },
  { "port_parallelism", "false" },
  { "multi_scheduling", "enabled" },
  { "scheduler_bind_type", "unbound" },
  { "emu_type", "opt" },
  { "emu_flavor", "emu" },
  { "build_type", "opt" },
  { "time_correction", "true" },
  { "time_offset", "final" },
  { "time_warp_mode", "no_time_warp" },
  { "tolerant_timeofday", "enabled" },
  { "message_queue_data", "on_heap" },
  { "sequential_tracer", "false" },
  { "system_logger", "logger" },
  { "dynamic_trace", "none" },
  { "dynamic_trace_probes", "false" },
  { "delayed_node_table_gc", "infinity" },
  { "modified_timing_level", "undefined" },
  { "cpu_topology", "undefined" },
  { "cpu_quota", "undefined" },
  { "endian", G_BYTE_ORDER == G_LITTLE_ENDIAN ? "little" : "big" },
  { "eager_check_io", "true" },
  { "break_ignored", "false" },
  { "update_cpu_info", "unchanged" },
  { "hipe_architecture", "undefined" },
  { "constant_pool_support", "true" },
  { "beam_jump_table", "true" },
  { "ets_realloc_moves", "false" },
  { "snifs", NULL },
};

static Term
os_version (Process *p)
{
  struct utsname name;
  unsigned       a = 0, b = 0, c = 0;

  /* the machine of the virtual clock gives the same answers everywhere */
  if (p->vm->options.clock == VM_CLOCK_LIVE && uname (&name) == 0)
    sscanf (name.release, "%u.%u.%u", &a, &b, &c);
  return tuple_new (&p->heap, 3, make_small (a), make_small (b), make_small (c));
}

static Term
erts_version (Process *p)
{
  g_autofree char *path = g_build_filename (p->vm->otp_root, "releases", "start_erl.data", NULL);
  g_autofree char *data = NULL;

  if (g_file_get_contents (path, &data, NULL, NULL))
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (data), " ", 2);
      return text (p, words[0]);
    }
  return text (p, "");
}

static Term
system_version (Process *p)
{
  g_autofree char *line = g_strdup_printf (
    "BEAM Lab " PACKAGE_VERSION " (Erlang/OTP %u libraries) [64-bit] [smp:%u:%u]\n",
    (guint) compat (p), (guint) n_schedulers (p), (guint) n_schedulers (p));
  return text (p, line);
}

static Term
option_pair (Process *p, const char *name, guint64 value)
{
  return tuple_new (&p->heap, 2, atom_named (p, name), number (p, value));
}

static Term
max_heap_size (Process *p)
{
  Term pairs[6] = { atom_named (p, "size"), make_small (0),
                    atom_named (p, "kill"), A (true),
                    atom_named (p, "error_logger"), A (true) };

  return map_new (&p->heap, pairs, 3);
}

static Term
garbage_collection (Process *p)
{
  VmOptions *options = &p->vm->options;
  Term       items[5] = {
          tuple_new (&p->heap, 2, atom_named (p, "max_heap_size"), make_small (0)),
          option_pair (p, "min_bin_vheap_size", read_number (&options->min_bin_vheap_words)),
          option_pair (p, "min_heap_size", read_number (&options->min_heap_words)),
          option_pair (p, "fullsweep_after", read_number (&options->fullsweep_after)),
  };

  return list_new (&p->heap, items, 4, NIL);
}

static Term
heap_sizes (Process *p)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (Term));

  for (gsize size = heap_next_size (0, 0); sizes->len < 137; size = heap_next_size (size, 1))
    {
      Term term = make_small ((gint64) size);
      g_array_append_val (sizes, term);
    }
  return list_new (&p->heap, (Term *) sizes->data, sizes->len, NIL);
}

static Term
loaded_text (Process *p)
{
  g_autoptr (GPtrArray) modules = code_table_list (p->vm->code);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < modules->len; i++)
    {
      Module *module = g_ptr_array_index (modules, i);
      g_string_append_printf (out, "=mod:%s\nCurrent size: %" G_GSIZE_FORMAT "\n",
                              atom_name (p->vm->atoms, module->name, NULL),
                              module->n_cells * sizeof (Cell));
    }
  return binary_new_copy (&p->heap, (const guint8 *) out->str, out->len);
}

/* What memory/0 adds to the allocators' figures: {Area, Bytes} or {Area, Allocated, Used}. */
static Term
allocated_areas (Process *p)
{
  g_autoptr (GPtrArray) modules = code_table_list (p->vm->code);
  guint64 code_bytes = 0, atom_bytes = 0;
  guint   n = atom_table_get_size (p->vm->atoms);
  Term    items[3];

  for (guint i = 0; i < modules->len; i++)
    code_bytes += ((Module *) g_ptr_array_index (modules, i))->n_cells * sizeof (Cell);
  for (guint i = 0; i < n; i++)
    {
      gsize len;
      atom_name (p->vm->atoms, make_atom (i), &len);
      atom_bytes += len;
    }
  items[0] = tuple_new (&p->heap, 3, atom_named (p, "atom_space"), number (p, atom_bytes),
                        number (p, atom_bytes));
  items[1] = option_pair (p, "loaded_code", code_bytes);
  items[2] = option_pair (p, "external_alloc", code_bytes + atom_bytes);
  return list_new (&p->heap, items, 3, NIL);
}

static Term
special_item (Process *p, const char *name)
{
  struct utsname uts;

  if (strcmp (name, "otp_release") == 0)
    {
      g_autofree char *release = g_strdup_printf ("%u", (guint) compat (p));
      return text (p, release);
    }
  if (strcmp (name, "version") == 0)
    return erts_version (p);
  if (strcmp (name, "system_version") == 0)
    return system_version (p);
  if (strcmp (name, "machine") == 0)
    return text (p, "BEAM");
  if (strcmp (name, "system_architecture") == 0)
    {
      g_autofree char *arch =
        g_strdup_printf ("%s-pc-linux-gnu", uname (&uts) == 0 ? uts.machine : "unknown");
      return text (p, arch);
    }
  if (strcmp (name, "os_type") == 0)
    return tuple_new (&p->heap, 2, atom_named (p, "unix"), atom_named (p, "linux"));
  if (strcmp (name, "os_version") == 0)
    return os_version (p);
  if (strcmp (name, "nif_version") == 0)
    return text (p, "2.16");
  if (strcmp (name, "driver_version") == 0)
    return text (p, "3.3");
  if (strcmp (name, "c_compiler_used") == 0)
    return tuple_new (
      &p->heap, 2, atom_named (p, "gnuc"),
      tuple_new (&p->heap, 3, make_small (__GNUC__), make_small (__GNUC_MINOR__), make_small (0)));
  if (strcmp (name, "start_time") == 0)
    return integer_from_i64 (&p->heap, MONOTONIC_START_S * NS_PER_SECOND);
  if (strcmp (name, "end_time") == 0)
    return integer_from_i64 (&p->heap, G_GINT64_CONSTANT (8646911283) * NS_PER_SECOND);
  if (strcmp (name, "min_heap_size") == 0)
    return option_pair (p, name, read_number (&p->vm->options.min_heap_words));
  if (strcmp (name, "min_bin_vheap_size") == 0)
    return option_pair (p, name, read_number (&p->vm->options.min_bin_vheap_words));
  if (strcmp (name, "fullsweep_after") == 0)
    return option_pair (p, name, read_number (&p->vm->options.fullsweep_after));
  if (strcmp (name, "max_heap_size") == 0)
    return tuple_new (&p->heap, 2, atom_named (p, name), max_heap_size (p));
  if (strcmp (name, "garbage_collection") == 0)
    return garbage_collection (p);
  if (strcmp (name, "heap_sizes") == 0)
    return heap_sizes (p);
  if (strcmp (name, "loaded") == 0)
    return loaded_text (p);
  if (strcmp (name, "allocated_areas") == 0)
    return allocated_areas (p);
  if (strcmp (name, "dist") == 0 || strcmp (name, "dist_ctrl") == 0)
    return strcmp (name, "dist") == 0 ? text (p, "=node:'nonode@nohost'\n=no_distribution\n") : NIL;
  if (strcmp (name, "emu_args") == 0 || strcmp (name, "taints") == 0 ||
      strcmp (name, "check_io") == 0 || strcmp (name, "alloc_util_allocators") == 0 ||
      strcmp (name, "reader_groups_map") == 0 || strcmp (name, "multi_scheduling_blockers") == 0 ||
      strcmp (name, "normal_multi_scheduling_blockers") == 0)
    return NIL;
  return NONE;
}

static Term
atom_item (Process *p, const char *name)
{
  Term item;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (numbers[i].name, name) == 0)
      return number (p, numbers[i].func != NULL ? numbers[i].func (p) : numbers[i].value);
  for (guint i = 0; i < G_N_ELEMENTS (atoms); i++)
    if (atoms[i].value != NULL && strcmp (atoms[i].name, name) == 0)
      return atom_named (p, atoms[i].value);
  if (strcmp (name, "procs") == 0 || strcmp (name, "info") == 0)
    return bif_badarg (p); /* crash dump texts */
  item = special_item (p, name);
  if (item == NONE && strcmp (name, "scheduler_bindings") == 0)
    {
      Term             unbound = atom_named (p, "unbound");
      g_autofree Term *elements = g_new (Term, n_schedulers (p));

      for (guint i = 0; i < n_schedulers (p); i++)
        elements[i] = unbound;
      return tuple_new_array (&p->heap, elements, (guint) n_schedulers (p));
    }
  return item != NONE ? item : bif_badarg (p);
}

/* {Allocator, 1, [{mbcs, [{blocks, [{Allocator, [{size, Bytes}]}]}]}]} */
static Term
allocator_instance (Process *p, const char *allocator, guint64 bytes)
{
  Heap *heap = &p->heap;
  Term  name = atom_named (p, allocator), t;

  t = tuple_new (heap, 2, atom_named (p, "size"), number (p, bytes));
  t = tuple_new (heap, 2, name, cons_new (p, t, NIL));
  t = tuple_new (heap, 2, atom_named (p, "blocks"), cons_new (p, t, NIL));
  t = tuple_new (heap, 2, atom_named (p, "mbcs"), cons_new (p, t, NIL));
  return tuple_new (heap, 3, name, make_small (1), cons_new (p, t, NIL));
}

/* memory/0 asks this way and awaits {Ref, Instance, Data} messages: one comes. Heaps
 * and fragments are what the processes hold; binaries and tables are counted apart. */
static Term
memory_internal (Process *p, Term ref)
{
  VmMachine *vm = p->vm;
  gint64     all = __atomic_load_n (&vm->memory_bytes, __ATOMIC_RELAXED);
  gint64     binaries = __atomic_load_n (&vm->binary_bytes, __ATOMIC_RELAXED);
  gint64     held = __atomic_load_n (&vm->heap_bytes, __ATOMIC_RELAXED);
  gint64     tables = all - held - binaries; /* the three are not read at one moment */
  gint64     heaps = held + (gint64) process_table_get_count (vm) * (gint64) sizeof (Process);
  Term       list = NIL;
  bool       found;

  list = cons_new (p, allocator_instance (p, "ets_alloc", (guint64) MAX (tables, 0)), list);
  list = cons_new (p, allocator_instance (p, "binary_alloc", (guint64) MAX (binaries, 0)), list);
  list = cons_new (p, allocator_instance (p, "eheap_alloc", (guint64) heaps), list);
  process_send (vm, p, p->id, tuple_new (&p->heap, 3, ref, make_small (1), list), &found);
  return A (true);
}

Term
bif_erlang_system_info_1 (Process *p, Term *args)
{
  const char *name;
  Term       *e;

  if (term_is_atom (args[0]))
    return atom_item (p, atom_name (p->vm->atoms, args[0], NULL));
  if (!term_is_tuple (args[0]) || tuple_arity (args[0]) == 0 ||
      !term_is_atom (tuple_elements (args[0])[0]))
    return bif_badarg (p);
  e = tuple_elements (args[0]);
  name = atom_name (p->vm->atoms, e[0], NULL);
  if (strcmp (name, "wordsize") == 0 && tuple_arity (args[0]) == 2)
    return make_small (sizeof (Term));
  if (strcmp (name, "memory_internal") == 0 && tuple_arity (args[0]) == 3)
    return memory_internal (p, e[1]);
  if (strcmp (name, "allocator") == 0 || strcmp (name, "allocator_sizes") == 0)
    return A (false); /* this allocator is not used here */
  return bif_badarg (p);
}

Term
bif_erts_internal_no_aux_work_threads_0 (Process *p, Term *args)
{
  return make_small (2); /* so memory/0 awaits one answer */
}

/* --- system_flag/2 ---------------------------------------------------------------- */

static Term
swap_number (Process *p, guint *place, Term value, guint64 min, guint64 max)
{
  guint   old = read_number (place);
  guint64 number_value;

  if (!integer_to_u64 (value, &number_value) || number_value < min || number_value > max)
    return bif_badarg (p);
  __atomic_store_n (place, (guint) number_value, __ATOMIC_RELAXED);
  return make_small (old);
}

/* One of the sizes in which heaps grow. */
static Term
swap_size (Process *p, guint *place, Term value)
{
  guint64 wanted;

  if (!integer_to_u64 (value, &wanted) || wanted > G_MAXUINT32 / 2)
    return bif_badarg (p);
  return swap_number (p, place, make_small ((gint64) heap_next_size (wanted, 0)), 0, G_MAXUINT32);
}

Term
bif_erlang_system_flag_2 (Process *p, Term *args)
{
  const char *name = term_is_atom (args[0]) ? atom_name (p->vm->atoms, args[0], NULL) : "";
  guint64     wanted;

  if (strcmp (name, "fullsweep_after") == 0)
    return swap_number (p, &p->vm->options.fullsweep_after, args[1], 0, FULLSWEEP_DEFAULT);
  if (strcmp (name, "min_heap_size") == 0)
    return swap_size (p, &p->vm->options.min_heap_words, args[1]);
  if (strcmp (name, "min_bin_vheap_size") == 0)
    return swap_size (p, &p->vm->options.min_bin_vheap_words, args[1]);
  if (strcmp (name, "system_logger") == 0 &&
      (term_is_pid (args[1]) || args[1] == A (logger) || args[1] == A (undefined)))
    {
      Term old = __atomic_exchange_n (&p->vm->system_logger, args[1], __ATOMIC_RELAXED);
      return old != NONE ? old : A (logger);
    }
  if (strcmp (name, "scheduler_wall_time") == 0 && (args[1] == A (true) || args[1] == A (false)))
    return A (true); /* it is always counted */
  if (strcmp (name, "schedulers_online") == 0 && integer_to_u64 (args[1], &wanted) &&
      wanted == n_schedulers (p))
    return make_small ((gint64) wanted);
  if (strcmp (name, "backtrace_depth") == 0 && integer_to_u64 (args[1], &wanted) &&
      wanted == BACKTRACE_DEPTH)
    return make_small (BACKTRACE_DEPTH);
  return bif_badarg_cause (p, atom_named (p, "badopt"));
}
