/* SPDX-License-Identifier: Apache-2.0 */

/* The runtime system as a whole: statistics, halt, the environment, and what is
 * not there (distribution, dynamic tracing). */
#include "config.h"

#include "engine/bif/bif-util.h"
#include "engine/bif/environment.h"
#include "engine/code/code.h"
#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/sched/scheduler.h"
#include "engine/trace/console.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define HALT_TEXT_BYTES 1023

/* --- statistics/1 ------------------------------------------------------------------ */

static Term
number (Process *p, guint64 value)
{
  return integer_from_u64 (&p->heap, value);
}

/* {Total, SinceLastCall} */
static Term
total_and_since (Process *p, guint kind, guint64 now)
{
  guint64 last = scheduler_set_swap_statistics (p->vm->schedulers, kind, now);
  Term    total = number (p, now), since = number (p, now - MIN (last, now));

  return pair_new (p, total, since);
}

static guint64
all_reductions (Process *p, gboolean exact)
{
  guint64 n = scheduler_set_get_reductions (p->vm->schedulers);

  if (exact && p->run != NULL)
    n += (guint64) MAX (p->run->slice_begin_reds - p->fcalls - p->virtual_reds, 0);
  return n;
}

static Term
queue_lengths (Process *p)
{
  guint            n = scheduler_set_get_n (p->vm->schedulers);
  g_autofree Term *lengths = g_new (Term, n + 1);

  for (guint i = 0; i < n; i++)
    lengths[i] = make_small (scheduler_set_get_queue_length (p->vm->schedulers, i + 1));
  lengths[n] = make_small (0); /* the dirty CPU schedulers' queue */
  return list_new (&p->heap, lengths, n + 1, NIL);
}

static Term
scheduler_wall_time (Process *p)
{
  guint            n = scheduler_set_get_n (p->vm->schedulers);
  g_autofree Term *rows = g_new (Term, n);
  gint64           now = p->vm->hooks->now_ns (p->vm, p);

  for (guint i = 0; i < n; i++)
    {
      gint64 busy = MIN (scheduler_set_get_busy_ns (p->vm->schedulers, i + 1), now);
      rows[i] = tuple_new (&p->heap, 3, make_small (i + 1), number (p, (guint64) busy),
                           number (p, (guint64) now));
    }
  return list_new (&p->heap, rows, n, NIL);
}

/* CPU time in ms: the schedulers' under the virtual clock. */
static guint64
runtime_ms (Process *p)
{
  gint64          ns = 0;
  struct timespec now;

  if (p->vm->options.clock == VM_CLOCK_LIVE)
    {
      clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
      return (guint64) now.tv_sec * 1000 + (guint64) now.tv_nsec / 1000000;
    }
  for (guint i = 1; i <= scheduler_set_get_n (p->vm->schedulers); i++)
    ns += scheduler_set_get_busy_ns (p->vm->schedulers, i);
  return (guint64) ns / 1000000;
}

static Term
io (Process *p)
{
  Term in = pair_new (p, atom_named (p, "input"), make_small (0));
  Term out =
    pair_new (p, atom_named (p, "output"), number (p, console_get_n_output (p->vm->console)));

  return pair_new (p, in, out);
}

/* {Collections, Words, 0} of all schedulers. */
static Term
collections (Process *p)
{
  guint64 n = 0, words = 0;

  for (guint i = 1; i <= scheduler_set_get_n (p->vm->schedulers); i++)
    {
      RunContext *context = scheduler_set_get_context (p->vm->schedulers, i);

      n += atomic_load_explicit (&context->n_collections, memory_order_relaxed);
      words += atomic_load_explicit (&context->n_reclaimed, memory_order_relaxed);
    }
  return tuple_new (&p->heap, 3, number (p, n), number (p, words), make_small (0));
}

Term
bif_erlang_statistics_1 (Process *p, Term *args)
{
  SchedulerSet *set = p->vm->schedulers;
  const char   *name = term_is_atom (args[0]) ? atom_name (p->vm->atoms, args[0], NULL) : "";
  guint         queued = scheduler_set_get_queue_length (set, 0);

  if (strcmp (name, "reductions") == 0)
    return total_and_since (p, STATISTICS_REDUCTIONS, all_reductions (p, FALSE));
  if (strcmp (name, "exact_reductions") == 0)
    return total_and_since (p, STATISTICS_EXACT_REDUCTIONS, all_reductions (p, TRUE));
  if (strcmp (name, "runtime") == 0)
    return total_and_since (p, STATISTICS_RUNTIME, runtime_ms (p));
  if (strcmp (name, "wall_clock") == 0)
    return total_and_since (p, STATISTICS_WALL_CLOCK,
                            (guint64) p->vm->hooks->now_ns (p->vm, p) / 1000000);
  if (strcmp (name, "context_switches") == 0)
    return pair_new (p, number (p, scheduler_set_get_switches (set)), make_small (0));
  if (strcmp (name, "run_queue") == 0 || strcmp (name, "total_run_queue_lengths") == 0 ||
      strcmp (name, "total_run_queue_lengths_all") == 0)
    return make_small (queued);
  if (strcmp (name, "run_queue_lengths") == 0 || strcmp (name, "run_queue_lengths_all") == 0)
    return queue_lengths (p);
  if (strcmp (name, "scheduler_wall_time") == 0 || strcmp (name, "scheduler_wall_time_all") == 0)
    return scheduler_wall_time (p);
  if (strcmp (name, "io") == 0)
    return io (p);
  if (strcmp (name, "garbage_collection") == 0)
    return collections (p);
  return bif_badarg (p);
}

/* It is always counted, so turning it on or off changes nothing. */
Term
bif_erts_internal_scheduler_wall_time_1 (Process *p, Term *args)
{
  return args[0] == A (true) || args[0] == A (false) ? A (true) : bif_badarg (p);
}

/* --- halt ---------------------------------------------------------------------------- */

/* The process sleeps from here on; the machine is about to stop. */
static Term
sleep_for_good (Process *p)
{
  const Cell *start, *end;

  process_table_get_start_code (p->vm, &start, &end);
  p->exception = EXC_TRAP;
  p->trap = NULL;
  p->trap_pc = end;
  p->n_live = 0;
  return NONE;
}

Term
bif_erlang_halt_2 (Process *p, Term *args)
{
  char  slogan[HALT_TEXT_BYTES + 1];
  gsize n = 0;
  Term  t;

  for (t = args[1]; term_is_list (t); t = list_tail (t))
    if (!term_is_tuple_of (list_head (t), 2) ||
        tuple_elements (list_head (t))[0] != atom_named (p, "flush"))
      return bif_badarg (p);
  if (!term_is_nil (t))
    return bif_badarg (p);
  if (term_is_small (args[0]) && small_value (args[0]) >= 0)
    {
      p->vm->hooks->halt (p->vm, (int) (small_value (args[0]) & 0xff), NULL);
      return sleep_for_good (p);
    }
  if (args[0] == atom_named (p, "abort"))
    {
      p->vm->hooks->halt (p->vm, 134, "the program called halt(abort)");
      return sleep_for_good (p);
    }
  for (t = args[0]; term_is_list (t) && term_is_byte (list_head (t)); t = list_tail (t))
    if (n < HALT_TEXT_BYTES)
      slogan[n++] = (char) small_value (list_head (t));
  if (!term_is_nil (t))
    return bif_badarg (p);
  slogan[n] = '\0';
  p->vm->hooks->halt (p->vm, 1, slogan);
  return sleep_for_good (p);
}

/* --- display ------------------------------------------------------------------------- */

static void
put (Process *p, const char *bytes, gsize len)
{
  console_write (p->vm->console, p->run != NULL ? p->run->ring : NULL,
                 p->vm->hooks->now_ns (p->vm, p), p->id, (const guint8 *) bytes, len);
}

Term
bif_erlang_display_1 (Process *p, Term *args)
{
  g_autoptr (GString) out = g_string_new (NULL);

  term_print (p->vm, out, args[0], 0);
  g_string_append_c (out, '\n');
  put (p, out->str, out->len);
  return A (true);
}

Term
bif_erlang_display_string_1 (Process *p, Term *args)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Term t;

  for (t = args[0]; term_is_list (t) && term_is_small (list_head (t)) &&
                    small_value (list_head (t)) >= 0 && small_value (list_head (t)) <= 0x10ffff;
       t = list_tail (t))
    g_string_append_unichar (out, (gunichar) small_value (list_head (t)));
  if (!term_is_nil (t))
    return bif_badarg (p);
  put (p, out->str, out->len);
  return A (true);
}

Term
bif_erlang_display_nl_0 (Process *p, Term *args)
{
  put (p, "\n", 1);
  return A (true);
}

/* --- os ------------------------------------------------------------------------------ */

/* A charlist or binary without NUL and (for names) "="; (transfer full) (nullable). */
static char *
read_text (Term t, gboolean is_name)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gunichar c;

  if (term_is_binary (t))
    {
      gsize              size;
      g_autofree guint8 *to_free = NULL;
      const guint8      *bytes = binary_bytes (t, &size, &to_free);
      g_string_append_len (out, (const char *) bytes, (gssize) size);
    }
  else
    {
      for (; term_is_list (t); t = list_tail (t))
        {
          if (!term_is_small (list_head (t)) || small_value (list_head (t)) <= 0 ||
              small_value (list_head (t)) > 0x10ffff)
            return NULL;
          c = (gunichar) small_value (list_head (t));
          g_string_append_unichar (out, c);
        }
      if (!term_is_nil (t))
        return NULL;
    }
  if (strlen (out->str) != out->len ||
      (is_name && (out->len == 0 || strchr (out->str, '=') != NULL)))
    return NULL;
  return g_strdup (out->str);
}

/* Codepoints of UTF-8 text; bytes where it is none. */
static Term
write_text (Process *p, const char *text)
{
  g_autoptr (GArray) chars = g_array_new (FALSE, FALSE, sizeof (Term));
  gboolean is_utf8 = g_utf8_validate (text, -1, NULL);

  for (const char *c = text; *c != '\0'; c = is_utf8 ? g_utf8_next_char (c) : c + 1)
    {
      Term t = make_small (is_utf8 ? (gint64) g_utf8_get_char (c) : (guint8) *c);
      g_array_append_val (chars, t);
    }
  return list_new (&p->heap, (Term *) chars->data, chars->len, NIL);
}

Term
bif_os_getenv_1 (Process *p, Term *args)
{
  g_autofree char *name = read_text (args[0], TRUE);
  g_autofree char *value = NULL;

  if (name == NULL)
    return bif_badarg (p);
  value = environment_get (p->vm->environment, name);
  return value != NULL ? write_text (p, value) : A (false);
}

Term
bif_os_putenv_2 (Process *p, Term *args)
{
  g_autofree char *name = read_text (args[0], TRUE);
  g_autofree char *value = read_text (args[1], FALSE);

  if (name == NULL || value == NULL)
    return bif_badarg (p);
  environment_set (p->vm->environment, name, value);
  return A (true);
}

Term
bif_os_unsetenv_1 (Process *p, Term *args)
{
  g_autofree char *name = read_text (args[0], TRUE);

  if (name == NULL)
    return bif_badarg (p);
  environment_set (p->vm->environment, name, NULL);
  return A (true);
}

Term
bif_os_env_0 (Process *p, Term *args)
{
  g_auto (GStrv) all = environment_dup (p->vm->environment);
  Term list = NIL;

  for (guint i = g_strv_length (all); i-- > 0;)
    {
      char *equals = strchr (all[i], '=');
      Term  name, value;

      *equals = '\0';
      name = write_text (p, all[i]);
      value = write_text (p, equals + 1);
      list = cons_new (p, pair_new (p, name, value), list);
    }
  return list;
}

Term
bif_os_getpid_0 (Process *p, Term *args)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());

  return string_new (&p->heap, pid, (gssize) strlen (pid));
}

/* The program's signals belong to the lab, not to the machine in it: only what
 * leaves them alone is accepted. */
Term
bif_os_set_signal_2 (Process *p, Term *args)
{
  if (!term_is_atom (args[0]) || !term_is_atom (args[1]) ||
      strcmp (atom_name (p->vm->atoms, args[1], NULL), "handle") == 0)
    return bif_badarg (p);
  return A (ok);
}

/* --- nodes: there is one, and it is not distributed ------------------------------------ */

Term
bif_erlang_nodes_0 (Process *p, Term *args)
{
  return NIL;
}

/* Does @which, of what nodes/1,2 know, mean this node? FALSE in the result: bad. */
static bool
read_node_types (Process *p, Term which, bool *this_node)
{
  static const char *const types[] = { "this", "known", "visible", "hidden", "connected" };
  bool                     is_list = which == NIL || term_is_list (which);
  guint                    i;

  *this_node = false;
  for (; which != NIL; which = is_list ? list_tail (which) : NIL)
    {
      Term item = is_list && term_is_list (which) ? list_head (which) : which;

      if (!term_is_atom (item) || is_list != term_is_list (which))
        return false;
      for (i = 0; i < G_N_ELEMENTS (types); i++)
        if (strcmp (atom_name (p->vm->atoms, item, NULL), types[i]) == 0)
          break;
      if (i == G_N_ELEMENTS (types))
        return false;
      *this_node |= i < 2;
    }
  return true;
}

Term
bif_erlang_nodes_1 (Process *p, Term *args)
{
  bool here;

  if (!read_node_types (p, args[0], &here))
    return bif_badarg (p);
  return here ? cons_new (p, A (nonode_nohost), NIL) : NIL;
}

/* nodes(Which, #{connection_id => Bool, node_type => Bool}) */
Term
bif_erlang_nodes_2 (Process *p, Term *args)
{
  static const char *const keys[] = { "connection_id", "node_type" };
  const Term               values[] = { A (undefined), atom_named (p, "this") };
  Term                     info[4];
  gsize                    n_known = 0, n = 0;
  bool                     here;

  if (!term_is_map (args[1]) || !read_node_types (p, args[0], &here))
    return bif_badarg (p);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      Term key = atom_named (p, keys[i]), wanted = map_get (args[1], key);

      if (wanted == NONE)
        continue;
      if (wanted != A (true) && wanted != A (false))
        return bif_badarg (p);
      n_known++;
      if (wanted == A (true))
        {
          info[2 * n] = key;
          info[2 * n++ + 1] = values[i];
        }
    }
  if (n_known != map_size (args[1]))
    return bif_badarg (p);
  return here ? cons_new (p, pair_new (p, A (nonode_nohost), map_new (&p->heap, info, n)), NIL)
              : NIL;
}

Term
bif_erts_internal_get_creation_0 (Process *p, Term *args)
{
  return make_small (0);
}

Term
bif_erts_internal_get_dflags_0 (Process *p, Term *args)
{
  return tuple_new (&p->heap, 4, atom_named (p, "erts_dflags"), make_small (0), make_small (0),
                    make_small (0));
}

/* --- what is not built in ----------------------------------------------------------------- */

Term
bif_erlang_dt_get_tag_0 (Process *p, Term *args)
{
  return A (undefined);
}

Term
bif_erlang_dt_put_tag_1 (Process *p, Term *args)
{
  return A (undefined);
}

Term
bif_erlang_dt_spread_tag_1 (Process *p, Term *args)
{
  return A (true);
}

Term
bif_erlang_dt_restore_tag_1 (Process *p, Term *args)
{
  return A (true);
}

Term
bif_erlang_dt_prepend_vm_tag_data_1 (Process *p, Term *args)
{
  return args[0];
}

Term
bif_erts_debug_get_internal_state_1 (Process *p, Term *args)
{
  const char *name = term_is_atom (args[0]) ? atom_name (p->vm->atoms, args[0], NULL) : "";

  if (strcmp (name, "reds_left") == 0)
    return make_small (reductions_left (p));
  if (strcmp (name, "node_and_dist_references") == 0)
    return pair_new (p, NIL, NIL);
  return bif_badarg (p);
}
