/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/proc/tracing.h"

#include "engine/data/data.h"
#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/proc/signals.h"

/* What erlang:monotonic_time/0 says at machine time 0, as in ERTS. */
#define MONOTONIC_START_NS (G_GINT64_CONSTANT (-576460752) * 1000000000)

const TraceFlagRow trace_flag_rows[] = {
#define TRACE_FLAG(bit, NAME, atom, scope) { TRACE_##NAME, A (atom), TRACE_SCOPE_##scope },
#include "engine/proc/trace-flags.def"
#undef TRACE_FLAG
};
const guint n_trace_flag_rows = G_N_ELEMENTS (trace_flag_rows);

/* --- flags and tracers -------------------------------------------------------- */

static guint64
word_new (guint32 flags, VmPid tracer)
{
  return flags == 0 ? 0 : (guint64) flags | (guint64) tracer << 32;
}

static bool
is_alive (VmMachine *vm, VmPid pid)
{
  Process *p = process_table_lookup (vm, pid);

  return p != NULL && (atomic_load (&p->state) & (PS_FREE | PS_EXITING)) == 0;
}

static guint64 *
new_word (VmMachine *vm, guint scope)
{
  return &vm->trace_new[scope == TRACE_SCOPE_PORT ? 1 : 0];
}

guint64
tracing_get_new (VmMachine *vm, guint scope)
{
  guint64 word = __atomic_load_n (new_word (vm, scope), __ATOMIC_ACQUIRE);

  return word != 0 && is_alive (vm, trace_word_tracer (word)) ? word : 0;
}

void
tracing_set_new (VmMachine *vm, guint scope, bool on, guint32 flags, VmPid tracer)
{
  guint64 *to = new_word (vm, scope);
  guint64  old = __atomic_load_n (to, __ATOMIC_ACQUIRE), word;

  do
    /* taken away without naming a tracer, nothing is left: ERTS */
    word = tracer == VM_PID_NONE ? 0
                                 : word_new (on ? trace_word_flags (old) | flags
                                                : trace_word_flags (old) & ~flags,
                                             tracer);
  while (!__atomic_compare_exchange_n (to, &old, word, true, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
}

bool
tracing_set (Process *p, bool on, guint32 flags, VmPid tracer)
{
  guint64 old = atomic_load (&p->trace), word;

  do
    {
      VmPid now = trace_word_tracer (old);

      if (tracer != VM_PID_NONE && old != 0 && now != tracer && is_alive (p->vm, now))
        return false;
      word = word_new (on ? trace_word_flags (old) | flags : trace_word_flags (old) & ~flags,
                       tracer != VM_PID_NONE ? tracer : now);
    }
  while (!atomic_compare_exchange_weak (&p->trace, &old, word));
  return true;
}

guint64
tracing_check (Process *p)
{
  guint64 word = atomic_load (&p->trace);

  if (word == 0 || is_alive (p->vm, trace_word_tracer (word)))
    return word;
  /* who set another tracer just now is not undone */
  return atomic_compare_exchange_strong (&p->trace, &word, 0) ? 0 : word;
}

void
tracing_spawned (Process *child, Process *parent, bool linked)
{
  static const guint32 on_spawn = TRACE_SET_ON_SPAWN | TRACE_SET_ON_FIRST_SPAWN;
  static const guint32 on_link = TRACE_SET_ON_LINK | TRACE_SET_ON_FIRST_LINK;
  guint64              word = tracing_get_new (child->vm, TRACE_SCOPE_PROCESS);
  guint64              from = parent != NULL ? atomic_load (&parent->trace) : 0;
  guint32              flags = trace_word_flags (word), given = trace_word_flags (from), spent = 0;
  VmPid                tracer = trace_word_tracer (word);

  if ((word | from) == 0)
    return;
  if ((given & on_spawn) != 0)
    {
      flags |= given;
      tracer = trace_word_tracer (from);
    }
  if ((given & TRACE_SET_ON_FIRST_SPAWN) != 0)
    {
      flags &= ~on_spawn;
      spent |= on_spawn;
    }
  given &= ~spent;
  if (linked && (given & on_link) != 0)
    {
      flags |= given;
      tracer = trace_word_tracer (from);
      if ((given & TRACE_SET_ON_FIRST_LINK) != 0)
        {
          flags &= ~on_link;
          spent |= on_link;
        }
    }
  atomic_store (&child->trace, word_new (flags, tracer));
  if (spent != 0)
    tracing_set (parent, false, spent, VM_PID_NONE);
}

/* --- messages ------------------------------------------------------------------ */

/* Words that are put together on the heap of @p and given up again: what does not
 * fit goes to a fragment, and stays in the count of their words. */
typedef struct
{
  Heap *heap;
  gsize room;
  bool  is_full;
} Scratch;

static Scratch
scratch_begin (Heap *heap, gsize extra_stack)
{
  Term *limit = heap->stop - extra_stack - HEAP_REDZONE;

  return (Scratch){ heap, limit > heap->htop ? (gsize) (limit - heap->htop) : 0, false };
}

static void
scratch_take (Scratch *scratch, gsize n)
{
  if (scratch->heap == NULL)
    return;
  if (!scratch->is_full && n <= scratch->room)
    scratch->room -= n;
  else
    {
      scratch->is_full = true;
      scratch->heap->mbuf_size += n;
    }
}

/* The time stamp as the flags want it, at @words (4); NONE: none. */
static Term
time_stamp (Process *p, guint32 flags, Scratch *scratch, Term *words)
{
  gint64 now_ns;

  if ((flags & TRACE_TIMESTAMP) != 0)
    {
      gint64 us = p->vm->hooks->unique_us (p->vm, p);

      words[0] = TUPLE_HEADER (3);
      words[1] = make_small (us / G_GINT64_CONSTANT (1000000000000));
      words[2] = make_small (us / 1000000 % 1000000);
      words[3] = make_small (us % 1000000);
      scratch_take (scratch, 4);
      return make_boxed (words);
    }
  if ((flags & (TRACE_STRICT_MONOTONIC | TRACE_MONOTONIC)) == 0)
    return NONE;
  now_ns = MONOTONIC_START_NS + process_now_ns (p->vm, p);
  if ((flags & TRACE_STRICT_MONOTONIC) == 0)
    return make_small (now_ns);
  words[0] = TUPLE_HEADER (2);
  words[1] = make_small (now_ns);
  words[2] = make_small (ref_source_monotonic (p->vm));
  scratch_take (scratch, 3);
  return make_boxed (words);
}

/* The tracer that is to be told something of @p; VM_PID_NONE: nobody. */
static VmPid
enabled_tracer (Process *p, guint64 word)
{
  VmPid tracer = trace_word_tracer (word);

  return word != 0 && tracer != p->id && is_alive (p->vm, tracer) ? tracer : VM_PID_NONE;
}

/* {trace, P, Tag, What [, Extra] [, Scheduler] [, Time]} to @tracer. */
static void
tell (Process *p, guint64 word, VmPid tracer, Scratch scratch, Term tag, Term what, Term extra)
{
  guint32       flags = trace_word_flags (word);
  Term          tuple[9], stamp_words[4], stamp, message;
  guint         n = 1;
  HeapFragment *fragment;

  tuple[n++] = A (trace);
  tuple[n++] = process_pid (p);
  tuple[n++] = tag;
  tuple[n++] = what;
  if (extra != NONE)
    tuple[n++] = extra;
  if ((flags & TRACE_SCHEDULER_ID) != 0)
    tuple[n++] = make_small (p->run != NULL ? p->run->scheduler : 1);
  stamp = time_stamp (p, flags, &scratch, stamp_words);
  if (stamp != NONE)
    {
      tuple[1] = A (trace_ts);
      tuple[n++] = stamp;
    }
  tuple[0] = TUPLE_HEADER (n - 1);
  scratch_take (&scratch, n);
  fragment = term_copy_to_fragment (p->vm, make_boxed (tuple), &message);
  process_send_fragment (p->vm, p->id, tracer, message, fragment);
}

/* --- collections ---------------------------------------------------------------- */

#define GC_ITEM_WORDS 5 /* {Key, Words} in a list */

void
tracing_collection (Process *p, gsize extra_stack, VmEventKind kind, const guint64 *keys)
{
  guint64 word = atomic_load_explicit (&p->trace, memory_order_relaxed);
  VmPid   tracer = enabled_tracer (p, word);
  bool    has_wordsize = kind != VM_EVENT_GC_MAX_HEAP_SIZE;
  Term    items[VM_N_GC_KEYS * GC_ITEM_WORDS], *item = items, list = NIL;

  if (tracer == VM_PID_NONE)
    return;
  for (guint i = VM_N_GC_KEYS; i > (has_wordsize ? 0 : 1); i--, item += GC_ITEM_WORDS)
    {
      item[0] = TUPLE_HEADER (2);
      item[1] = atom_from_string (p->vm->atoms, vm_gc_key_get_name ((VmGcKey) (i - 1)));
      item[2] = make_small ((gint64) keys[i - 1]);
      item[3] = make_boxed (item);
      item[4] = list;
      list = make_list (item + 3);
    }
  tell (p, word, tracer, scratch_begin (&p->heap, extra_stack),
        atom_from_string (p->vm->atoms, vm_event_kind_get_name (kind)), list, NONE);
}
