/* SPDX-License-Identifier: Apache-2.0 */

/* References, unique integers, and the timers that references name. */

#include "config.h"

#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/proc/signals.h"

#define UNIQUE_START G_GINT64_CONSTANT (-576460752303423488)
#define REF_LOW_BITS 18 /* as ERTS: n0 has 18 bits */

typedef struct
{
  guint64 ref;
  guint64 unique;
  guint8  apart[48]; /* each scheduler its own cache line */
} Counters;

typedef struct
{
  VmMachine    *vm;
  guint32       ref[3];
  VmPid         to;
  Term          name;
  Term          message;
  HeapFragment *fragment;
  gint64        at_ns;
  Timer        *timer;
} MachineTimer;

struct _RefSource
{
  guint          n_schedulers;
  Counters      *counters; /* [0]: outside schedulers, lock: timers */
  _Atomic gint64 monotonic;
  /* lock: timers */
  Lock        lock;
  GHashTable *timers; /* numbers → MachineTimer */
};

static guint
hash_numbers (gconstpointer key)
{
  const guint32 *n = key;

  return n[0] * 31 + n[1] * 17 + n[2];
}

static gboolean
equal_numbers (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, 3 * sizeof (guint32)) == 0;
}

RefSource *
ref_source_new (guint n_schedulers)
{
  RefSource *refs = g_new0 (RefSource, 1);

  refs->n_schedulers = n_schedulers;
  refs->counters = g_new0 (Counters, n_schedulers + 1);
  lock_init (&refs->lock);
  refs->timers = g_hash_table_new (hash_numbers, equal_numbers);
  return refs;
}

void
ref_source_free (RefSource *refs)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, refs->timers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      MachineTimer *timer = value;

      if (timer->fragment != NULL)
        heap_fragment_free (timer->vm, timer->fragment);
      g_free (timer);
    }
  g_hash_table_unref (refs->timers);
  lock_clear (&refs->lock);
  g_free (refs->counters);
  g_free (refs);
}

static guint64
next_of (RefSource *refs, Process *p, bool unique, guint *scheduler)
{
  Counters *counters;
  guint64   value;

  *scheduler =
    p != NULL && p->run != NULL && p->run->scheduler <= refs->n_schedulers ? p->run->scheduler : 0;
  counters = &refs->counters[*scheduler];
  if (*scheduler == 0)
    lock_take (&refs->lock);
  value = unique ? counters->unique++ : ++counters->ref;
  if (*scheduler == 0)
    lock_drop (&refs->lock);
  return value;
}

void
ref_source_next (VmMachine *vm, Process *p, guint32 *numbers)
{
  guint   scheduler;
  guint64 value = next_of ((RefSource *) vm->refs, p, false, &scheduler);

  numbers[0] = (guint32) (value & ((1u << REF_LOW_BITS) - 1));
  numbers[1] = (guint32) (value >> REF_LOW_BITS);
  numbers[2] = scheduler;
}

gint64
ref_source_unique (VmMachine *vm, Process *p)
{
  RefSource *refs = (RefSource *) vm->refs;
  guint      scheduler;
  guint64    value = next_of (refs, p, true, &scheduler);

  return UNIQUE_START + (gint64) (value * (refs->n_schedulers + 1) + scheduler);
}

gint64
ref_source_monotonic (VmMachine *vm)
{
  return UNIQUE_START + 1 + atomic_fetch_add (&((RefSource *) vm->refs)->monotonic, 1);
}

void
ref_get_numbers (Term ref, guint32 *numbers)
{
  const Term *thing = boxed_ptr (ref);

  if (*thing == MAGIC_REF_HEADER)
    {
      const MagicHead *head = (const MagicHead *) ((OffHeapBinary *) thing[1])->data;

      memcpy (numbers, head->number, sizeof head->number);
      return;
    }
  numbers[0] = (guint32) thing[1];
  numbers[1] = (guint32) (thing[1] >> 32);
  numbers[2] = (guint32) thing[2];
}

bool
ref_has_numbers (Term ref, const guint32 *numbers)
{
  guint32 own[3];

  ref_get_numbers (ref, own);
  return memcmp (own, numbers, sizeof own) == 0;
}

Term
ref_write (Term *hp, const guint32 *numbers, VmPid pid)
{
  hp[0] = pid == VM_PID_NONE ? REF_HEADER : PID_REF_HEADER;
  hp[1] = (Term) numbers[0] | (Term) numbers[1] << 32;
  hp[2] = numbers[2];
  if (pid != VM_PID_NONE)
    hp[3] = make_pid (pid);
  return make_boxed (hp);
}

VmPid
ref_get_pid (Term ref)
{
  const Term *thing = boxed_ptr (ref);

  return *thing == PID_REF_HEADER ? pid_number (thing[3]) : VM_PID_NONE;
}

/* --- timers ---------------------------------------------------------------- */

/* Who takes the timer out of the table under the lock owns it. The scheduler's
 * timer stays valid until this function has returned, so cancelling under the
 * lock never meets a freed one. */
static void
timer_fired (VmMachine *vm, gpointer data)
{
  MachineTimer *timer = data;
  RefSource    *refs = (RefSource *) vm->refs;
  bool          mine;
  VmPid         to;

  lock_take (&refs->lock);
  mine = g_hash_table_lookup (refs->timers, timer->ref) == timer;
  if (mine)
    g_hash_table_remove (refs->timers, timer->ref);
  lock_drop (&refs->lock);
  if (mine)
    {
      to = timer->name != NONE ? registry_lookup (vm, timer->name) : timer->to;
      process_send_fragment (vm, VM_PID_NONE, to, timer->message, timer->fragment);
    }
  else if (timer->fragment != NULL)
    heap_fragment_free (vm, timer->fragment);
  g_free (timer);
}

void
machine_timer_start (
  VmMachine *vm, Process *by, const guint32 *ref, gint64 at_ns, VmPid to, Term name, Term message)
{
  RefSource    *refs = (RefSource *) vm->refs;
  MachineTimer *timer = g_new0 (MachineTimer, 1);
  gsize         words;

  timer->vm = vm;
  memcpy (timer->ref, ref, sizeof timer->ref);
  timer->to = to;
  timer->name = name;
  timer->at_ns = at_ns;
  timer->message = message;
  words = term_flat_words (message);
  if (words > 0)
    {
      Term *hp;

      timer->fragment = heap_fragment_new (vm, words);
      hp = timer->fragment->mem;
      timer->message = term_copy_all (vm, message, &hp, &timer->fragment->off_heap);
    }
  lock_take (&refs->lock);
  g_hash_table_insert (refs->timers, timer->ref, timer);
  timer->timer = vm->hooks->timer_set (vm, at_ns, timer_fired, timer);
  lock_drop (&refs->lock);
}

gint64
machine_timer_find (VmMachine *vm, Process *by, const guint32 *ref, bool cancel)
{
  RefSource    *refs = (RefSource *) vm->refs;
  MachineTimer *timer;
  gint64        left = -1;

  lock_take (&refs->lock);
  timer = g_hash_table_lookup (refs->timers, ref);
  if (timer != NULL)
    {
      left = MAX (timer->at_ns - process_now_ns (vm, by), 0);
      if (cancel)
        {
          g_hash_table_remove (refs->timers, ref);
          /* Not cancelled: it is about to fire, and frees itself. */
          if (vm->hooks->timer_cancel (vm, timer->timer))
            {
              if (timer->fragment != NULL)
                heap_fragment_free (vm, timer->fragment);
              g_free (timer);
            }
        }
    }
  lock_drop (&refs->lock);
  return left;
}
