/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/proc-fixture.h"

#define LITERAL_WORDS 1024

static void
count_limit (VmMachine *vm, const char *message)
{
  MemFixture *fixture = (MemFixture *) vm;

  g_assert_nonnull (strstr (message, "memory"));
  fixture->n_limits++;
}

void
mem_fixture_init (MemFixture *fixture)
{
  memset (fixture, 0, sizeof *fixture);
  fixture->hooks.limit = count_limit;
  fixture->literals.base = g_new0 (Term, LITERAL_WORDS);
  fixture->literals.end = fixture->literals.base + LITERAL_WORDS;
  fixture->literals.top = fixture->literals.base;
  fixture->machine.literals = &fixture->literals;
  fixture->machine.hooks = &fixture->hooks;
}

void
mem_fixture_clear (MemFixture *fixture)
{
  g_assert_cmpint (fixture->machine.memory_bytes, ==, 0);
  g_free (fixture->literals.base);
}

void
fixture_heap_init (Heap *heap, VmMachine *vm, gsize words)
{
  static const guint64 exit_word[1];

  memset (heap, 0, sizeof *heap);
  heap->fullsweep_after = FULLSWEEP_DEFAULT;
  heap_init (heap, vm, words);
  *--heap->stop = (Term) exit_word;
}

Term *
fixture_push (Heap *heap, Term term)
{
  g_assert_true (heap->stop > heap->htop);
  *--heap->stop = term;
  return heap->stop;
}

/* --- random terms ---------------------------------------------------------- */

static Term
random_heap_bin (Heap *heap, GRand *rand)
{
  gsize    size = (gsize) g_rand_int_range (rand, 0, 65);
  Term    *hp = heap_alloc (heap, HEAP_BIN_WORDS (size));
  HeapBin *bin = (HeapBin *) hp;

  memset (hp, 0, HEAP_BIN_WORDS (size) * sizeof (Term));
  bin->header = HEAP_BIN_HEADER (size);
  bin->size = size;
  for (gsize i = 0; i < size; i++)
    bin->data[i] = (guint8) g_rand_int (rand);
  return make_boxed (hp);
}

static Term
random_proc_bin (Heap *heap, GRand *rand)
{
  gsize          size = (gsize) g_rand_int_range (rand, 65, 400);
  OffHeapBinary *binary = binary_new (heap->vm, size);

  for (gsize i = 0; i < size; i++)
    binary->data[i] = (guint8) g_rand_int (rand);
  return proc_bin_write (heap_alloc (heap, PROC_BIN_WORDS), binary, binary->data, size,
                         &heap->off_heap);
}

static Term
random_sub_bin (Heap *heap, GRand *rand)
{
  Term    orig = g_rand_boolean (rand) ? random_heap_bin (heap, rand)
                                       : random_proc_bin (heap, rand);
  gsize   whole = term_has_subtag (orig, SUB_PROC_BIN) ? ((ProcBin *) boxed_ptr (orig))->size
                                                       : ((HeapBin *) boxed_ptr (orig))->size;
  SubBin *sub = (SubBin *) heap_alloc (heap, SUB_BIN_WORDS);

  memset (sub, 0, sizeof *sub);
  sub->header = SUB_BIN_HEADER;
  sub->orig = orig;
  if (whole > 4)
    {
      sub->offset = (gsize) g_rand_int_range (rand, 0, 3);
      sub->size = (gsize) g_rand_int_range (rand, 0, (gint) (whole - sub->offset));
      if (sub->offset + sub->size + 2 <= whole && g_rand_boolean (rand))
        {
          sub->bit_offset = (guint8) g_rand_int_range (rand, 0, 8);
          sub->bit_size = (guint8) g_rand_int_range (rand, 0, 8);
        }
    }
  return make_boxed ((Term *) sub);
}

static Term
random_fun (Heap *heap, GRand *rand, guint depth)
{
  guint     n = (guint) g_rand_int_range (rand, 0, 3);
  Term      env[3];
  FunThing *fun;

  for (guint i = 0; i < n; i++)
    env[i] = fixture_random_term (heap, rand, depth - 1);
  fun = (FunThing *) heap_alloc (heap, FUN_WORDS + n);
  fun->header = FUN_HEADER (1, n);
  fun->next = heap->off_heap.first;
  fun->entry = NULL;
  fun->creator = make_pid (7);
  fun->spare = 0;
  memcpy (fun->env, env, n * sizeof (Term));
  heap->off_heap.first = (Term *) fun;
  return make_boxed ((Term *) fun);
}

static Term
random_tuple (Heap *heap, GRand *rand, guint depth)
{
  guint n = (guint) g_rand_int_range (rand, 1, 6);
  Term  elements[6];
  Term *hp;

  for (guint i = 0; i < n; i++)
    elements[i] = fixture_random_term (heap, rand, depth - 1);
  hp = heap_alloc (heap, n + 1);
  hp[0] = TUPLE_HEADER (n);
  memcpy (hp + 1, elements, n * sizeof (Term));
  return make_boxed (hp);
}

/* A flat map of small keys, or a made-up trie node in a head. */
static Term
random_map (Heap *heap, GRand *rand, guint depth)
{
  guint n = (guint) g_rand_int_range (rand, 0, 5);
  Term  values[5], keys[6];
  Term *hp, *kp;

  for (guint i = 0; i < n; i++)
    {
      keys[i + 1] = make_small (i);
      values[i] = fixture_random_term (heap, rand, depth - 1);
    }
  if (n > 0 && g_rand_boolean (rand))
    {
      hp = heap_alloc (heap, n + 2);
      hp[0] = MAP_HEADER (MAP_KIND_HEAD_BITMAP, 1, (1u << n) - 1);
      hp[1] = 40;
      memcpy (hp + 2, values, n * sizeof (Term));
      return make_boxed (hp);
    }
  if (n == 0)
    {
      hp = heap_alloc (heap, 3);
      hp[0] = MAP_FLAT_HEADER;
      hp[1] = 0;
      hp[2] = NIL;
      return make_boxed (hp);
    }
  kp = heap_alloc (heap, n + 1);
  keys[0] = TUPLE_HEADER (n);
  memcpy (kp, keys, (n + 1) * sizeof (Term));
  hp = heap_alloc (heap, n + 3);
  hp[0] = MAP_FLAT_HEADER;
  hp[1] = n;
  hp[2] = make_boxed (kp);
  memcpy (hp + 3, values, n * sizeof (Term));
  return make_boxed (hp);
}

static Term
random_list (Heap *heap, GRand *rand, guint depth)
{
  guint n = (guint) g_rand_int_range (rand, 0, 6);
  Term  list = NIL;

  for (guint i = 0; i < n; i++)
    {
      Term  head = fixture_random_term (heap, rand, depth - 1);
      Term *hp = heap_alloc (heap, 2);

      hp[0] = head;
      hp[1] = list;
      list = make_list (hp);
    }
  return list;
}

Term
fixture_random_term (Heap *heap, GRand *rand, guint depth)
{
  Term *hp;

  switch (g_rand_int_range (rand, 0, depth == 0 ? 6 : 12))
    {
    case 0:
      return make_small (g_rand_int_range (rand, -1000, 1000));
    case 1:
      return make_atom ((guint32) g_rand_int_range (rand, 0, 100));
    case 2:
      return float_write (heap_alloc (heap, FLOAT_WORDS), g_rand_double (rand));
    case 3:
      hp = heap_alloc (heap, 3);
      hp[0] = MAKE_HEADER (2, SUB_NEG_BIG);
      hp[1] = g_rand_int (rand);
      hp[2] = 1 + (Term) g_rand_int_range (rand, 0, 9);
      return make_boxed (hp);
    case 4:
      return random_heap_bin (heap, rand);
    case 5:
      return make_pid ((guint32) g_rand_int_range (rand, 0, 1000));
    case 6:
      return random_proc_bin (heap, rand);
    case 7:
      return random_sub_bin (heap, rand);
    case 8:
      return random_fun (heap, rand, depth);
    case 9:
      return random_map (heap, rand, depth);
    case 10:
      return random_tuple (heap, rand, depth);
    default:
      return random_list (heap, rand, depth);
    }
}

/* --- equality -------------------------------------------------------------- */

static const guint8 *
bits_of (Term t, gsize *n_bits, gsize *offset)
{
  Term         *p = boxed_ptr (t);
  const SubBin *sub = (const SubBin *) p;
  gsize         skip;
  const guint8 *base;

  *offset = 0;
  switch (header_subtag (*p))
    {
    case SUB_HEAP_BIN:
      *n_bits = 8 * ((HeapBin *) p)->size;
      return ((HeapBin *) p)->data;
    case SUB_PROC_BIN:
      *n_bits = 8 * ((ProcBin *) p)->size;
      return ((ProcBin *) p)->bytes;
    default:
      base = bits_of (sub->orig, &skip, &skip);
      *n_bits = 8 * sub->size + sub->bit_size;
      *offset = sub->bit_offset;
      return base + sub->offset;
    }
}

static bool
same_bits (Term a, Term b)
{
  gsize         n_a, n_b, o_a, o_b;
  const guint8 *p_a = bits_of (a, &n_a, &o_a), *p_b = bits_of (b, &n_b, &o_b);

  if (n_a != n_b)
    return false;
  for (gsize i = 0; i < n_a; i++)
    if (((p_a[(o_a + i) / 8] >> (7 - (o_a + i) % 8)) & 1) !=
        ((p_b[(o_b + i) / 8] >> (7 - (o_b + i) % 8)) & 1))
      return false;
  return true;
}

bool
fixture_same (Term a, Term b)
{
  Term *p, *q;
  gsize n, first = 1;

  if (term_is_immediate (a) || term_is_immediate (b))
    return a == b;
  if ((a & TAG_MASK) != (b & TAG_MASK))
    return false;
  if (term_is_list (a))
    return fixture_same (list_head (a), list_head (b)) &&
           fixture_same (list_tail (a), list_tail (b));
  if (term_is_bitstring (a))
    return term_is_bitstring (b) && same_bits (a, b);
  p = boxed_ptr (a);
  q = boxed_ptr (b);
  if (*p != *q)
    return false;
  n = boxed_words (p);
  switch (header_subtag (*p))
    {
    case SUB_FUN:
      first = 5;
      break;
    case SUB_MAP:
      if (map_kind (*p) != MAP_KIND_NODE)
        {
          first = 2;
          if (p[1] != q[1])
            return false;
        }
      break;
    case SUB_TUPLE:
      break;
    default:
      return memcmp (p, q, n * sizeof (Term)) == 0;
    }
  for (gsize i = first; i < n; i++)
    if (!fixture_same (p[i], q[i]))
      return false;
  return true;
}

/* --- processes --------------------------------------------------------------- */

struct _Timer
{
  gint64    at_ns;
  TimerFunc func;
  gpointer  data;
};

static ProcFixture *
fixture_of (VmMachine *vm)
{
  return (ProcFixture *) vm;
}

static void
enqueue (VmMachine *vm, Process *p, VmPid by)
{
  g_assert_true ((atomic_load (&p->state) & PS_IN_RUNQ) != 0);
  g_array_append_val (fixture_of (vm)->queued, p->id);
}

static gint64
now_ns (VmMachine *vm, Process *p)
{
  return fixture_of (vm)->now_ns;
}

static Timer *
timer_set (VmMachine *vm, gint64 at_ns, TimerFunc func, gpointer data)
{
  Timer *timer = g_new (Timer, 1);

  *timer = (Timer){ at_ns, func, data };
  g_ptr_array_add (fixture_of (vm)->timers, timer);
  return timer;
}

static gboolean
timer_cancel (VmMachine *vm, Timer *timer)
{
  g_assert_true (g_ptr_array_remove (fixture_of (vm)->timers, timer));
  g_free (timer);
  return TRUE;
}

static void
retire (VmMachine *vm, gpointer data, GDestroyNotify destroy)
{
  g_ptr_array_add (fixture_of (vm)->retired, data);
}

void
proc_fixture_init (ProcFixture *fixture)
{
  static const Cell code[2];

  memset (fixture, 0, sizeof *fixture);
  mem_fixture_init (&fixture->mem);
  fixture->queued = g_array_new (FALSE, FALSE, sizeof (VmPid));
  fixture->timers = g_ptr_array_new ();
  fixture->retired = g_ptr_array_new_with_free_func ((GDestroyNotify) process_free);
  fixture->mem.hooks.enqueue = enqueue;
  fixture->mem.hooks.now_ns = now_ns;
  fixture->mem.hooks.timer_set = timer_set;
  fixture->mem.hooks.timer_cancel = timer_cancel;
  fixture->mem.hooks.retire = retire;
  fixture->mem.machine.options.fullsweep_after = G_MAXUINT;
  fixture->mem.machine.atoms = atom_table_new ();
  fixture->mem.machine.processes = process_table_new (1024);
  fixture->mem.machine.registry = registry_new ();
  fixture->mem.machine.refs = ref_source_new (1);
  fixture->context.scheduler = 1;
  fixture->context.vm = &fixture->mem.machine;
  process_table_set_start_code (&fixture->mem.machine, code, code + 1);
}

void
proc_fixture_clear (ProcFixture *fixture)
{
  VmMachine *vm = &fixture->mem.machine;

  g_ptr_array_unref (fixture->retired);
  process_table_free (vm, vm->processes);
  registry_free (vm->registry);
  ref_source_free (vm->refs);
  atom_table_free (vm->atoms);
  g_ptr_array_set_free_func (fixture->timers, g_free);
  g_ptr_array_unref (fixture->timers);
  g_array_unref (fixture->queued);
  mem_fixture_clear (&fixture->mem);
}

Process *
proc_fixture_spawn (ProcFixture *fixture, Process *parent, const SpawnOptions *options)
{
  SpawnOptions normal;
  Process     *p;
  Term         ref;

  spawn_options_init (&fixture->mem.machine, &normal);
  p = process_spawn (&fixture->mem.machine, parent, A (erlang), A (apply), NIL,
                     options != NULL ? options : &normal, &ref);
  g_assert_nonnull (p);
  atomic_store (&p->state, 0);
  p->n_live = 0;
  return p;
}

void
proc_fixture_enter (ProcFixture *fixture, Process *p)
{
  lock_take (&p->main_lock);
  atomic_fetch_or (&p->state, PS_RUNNING);
  atomic_fetch_and (&p->state, ~(guint32) (PS_IN_RUNQ | PS_ACTIVE));
  p->run = &fixture->context;
  p->fcalls = SLICE_REDUCTIONS;
}

void
proc_fixture_leave (Process *p)
{
  p->run = NULL;
  atomic_fetch_and (&p->state, ~(guint32) PS_RUNNING);
  lock_drop (&p->main_lock);
}

void
proc_fixture_advance (ProcFixture *fixture, gint64 ns)
{
  fixture->now_ns += ns;
  for (guint i = 0; i < fixture->timers->len;)
    {
      Timer *timer = g_ptr_array_index (fixture->timers, i);

      if (timer->at_ns > fixture->now_ns)
        {
          i++;
          continue;
        }
      g_ptr_array_remove_index (fixture->timers, i);
      timer->func (&fixture->mem.machine, timer->data);
      g_free (timer);
    }
}

bool
proc_fixture_handle (ProcFixture *fixture, Process *p)
{
  bool exits;

  proc_fixture_enter (fixture, p);
  process_handle_signals (p, SLICE_REDUCTIONS);
  exits = (atomic_load (&p->state) & PS_EXITING) != 0;
  proc_fixture_leave (p);
  return exits;
}
