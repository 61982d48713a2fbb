/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/vm-event.h"
#include "tests/engine/proc-fixture.h"

/* --- the worked trace of a list built by l(N, A) -> l(N - 1, [N | A]) --------
 * Measured with erlang:trace of garbage_collection on erl 25.2.3: spawned with
 * four arguments (10 words), a stack of 4 words, instruction-level collections. */

typedef struct
{
  guint   kind;
  guint64 reclaimed, block, used, old_block, old_used;
} Row;

#define FAIL  VM_EVENT_GC_MINOR_END
#define MINOR VM_EVENT_GC_MINOR_END
#define MAJOR VM_EVENT_GC_MAJOR_END

static const Row expected_rows[] = {
  { FAIL, 0, 233, 224, 0, 0 },
  { MAJOR, 10, 233, 214, 0, 0 },
  { MINOR, 0, 233, 10, 376, 214 },
  { MINOR, 0, 233, 214, 376, 224 },
  { FAIL, 0, 233, 224, 376, 224 },
  { MAJOR, 0, 610, 448, 0, 0 },
  { MINOR, 0, 610, 154, 987, 448 },
  { MINOR, 0, 610, 448, 987, 602 },
  { FAIL, 0, 610, 602, 987, 602 },
  { MAJOR, 0, 1598, 1204, 0, 0 },
  { MINOR, 0, 1598, 386, 2586, 1204 },
  { MINOR, 0, 1598, 1204, 2586, 1590 },
  { FAIL, 0, 1598, 1590, 2586, 1590 },
  { MAJOR, 0, 4185, 3180, 0, 0 },
  { MINOR, 0, 4185, 996, 6772, 3180 },
  { MINOR, 0, 4185, 3180, 6772, 4176 },
  { FAIL, 0, 4185, 4176, 6772, 4176 },
  { MAJOR, 0, 10958, 8352, 0, 0 },
};

typedef struct
{
  guint n_ends;
  guint n_starts;
} Trace;

static void
check_row (gpointer data, guint kind, const guint64 *keys)
{
  Trace     *trace = data;
  const Row *row;

  if (kind == VM_EVENT_GC_MINOR_START || kind == VM_EVENT_GC_MAJOR_START)
    {
      g_assert_cmpuint (keys[VM_GC_WORDSIZE], ==, 2);
      g_assert_cmpuint (keys[VM_GC_STACK_SIZE], ==, 5);
      trace->n_starts++;
      return;
    }
  g_assert_cmpuint (trace->n_ends, <, G_N_ELEMENTS (expected_rows));
  row = &expected_rows[trace->n_ends++];
  g_assert_cmpuint (kind, ==, row->kind);
  g_assert_cmpuint (keys[VM_GC_WORDSIZE], ==, row->reclaimed);
  g_assert_cmpuint (keys[VM_GC_HEAP_BLOCK_SIZE], ==, row->block);
  g_assert_cmpuint (keys[VM_GC_HEAP_SIZE], ==, row->used);
  g_assert_cmpuint (keys[VM_GC_OLD_HEAP_BLOCK_SIZE], ==, row->old_block);
  g_assert_cmpuint (keys[VM_GC_OLD_HEAP_SIZE], ==, row->old_used);
}

static void
test_worked_trace (void)
{
  MemFixture fixture;
  Heap       heap;
  Trace      trace = { 0, 0 };
  Term       regs[2] = { NONE, NIL };
  RootRange  range = { regs, 2 };
  GcRoots    roots = { &range, 1, 0 };
  GcRequest  request = { .need = 2, .extra_stack = 1 };
  gint64     n = 5000;
  int        reds = 0;

  mem_fixture_init (&fixture);
  fixture_heap_init (&heap, &fixture.machine, 10);
  for (guint i = 0; i < 3; i++)
    fixture_push (&heap, NIL);
  memset (heap_alloc (&heap, 10), 0, 10 * sizeof (Term));
  for (; n > 0; n--)
    {
      regs[0] = make_small (n);
      if (heap.stop - heap.htop < 2 + HEAP_RESERVED)
        {
          reds += gc_collect (&heap, &request, &roots, check_row, &trace);
          heap_check (&heap, &roots);
        }
      heap.htop[0] = regs[0];
      heap.htop[1] = regs[1];
      regs[1] = make_list (heap.htop);
      heap.htop += 2;
    }
  g_assert_cmpuint (trace.n_ends, ==, G_N_ELEMENTS (expected_rows));
  g_assert_cmpuint (trace.n_starts, ==, G_N_ELEMENTS (expected_rows));
  /* 7654 reductions in all, less 5000 calls and the loop's own few. */
  g_assert_cmpint (reds, >=, 2640);
  g_assert_cmpint (reds, <=, 2654);
  heap_clear (&heap);
  mem_fixture_clear (&fixture);
}

/* --- random graphs --------------------------------------------------------- */

/* Collects @heap with @term on the stack, as often as told; it must stay equal
 * to its copy in a fragment. */
static void
collect_and_compare (Heap *heap, GRand *rand)
{
  Term          copy;
  Term         *slot = fixture_push (heap, fixture_random_term (heap, rand, 5));
  gsize         depth = (gsize) (heap->hend - slot);
  HeapFragment *fragment = term_copy_to_fragment (heap->vm, *slot, &copy);
  GcRoots       roots = { NULL, 0, 0 };

  for (guint i = 0; i < 6; i++)
    {
      GcRequest request = {
        .need = (gsize) g_rand_int_range (rand, 0, 50),
        .want_major = g_rand_int_range (rand, 0, 4) == 0,
        .extra_stack = (gsize) g_rand_int_range (rand, 0, 2),
      };

      g_assert_cmpint (gc_collect (heap, &request, &roots, NULL, NULL), >=, 1);
      g_assert_cmpuint ((gsize) (heap->stop - heap->htop), >=, request.need + HEAP_RESERVED);
      heap_check (heap, &roots);
      slot = heap->hend - depth;
      g_assert_true (fixture_same (*slot, copy));
      fixture_random_term (heap, rand, 3); /* garbage */
    }
  if (fragment != NULL)
    heap_fragment_free (heap->vm, fragment);
}

static void
test_random (void)
{
  MemFixture fixture;
  GRand     *rand = g_rand_new_with_seed (4711);

  mem_fixture_init (&fixture);
  for (guint round = 0; round < 60; round++)
    {
      Heap heap;

      fixture_heap_init (&heap, &fixture.machine, 0);
      heap.fullsweep_after = (guint32) g_rand_int_range (rand, 0, 5);
      for (guint i = 0; i < 8; i++)
        collect_and_compare (&heap, rand);
      heap_clear (&heap);
    }
  g_rand_free (rand);
  mem_fixture_clear (&fixture);
}

/* The words a collection keeps of a sharing-free term are those of its copy, but
 * for small sub-binaries that become heap binaries in either. */
static void
test_live_words (void)
{
  MemFixture fixture;
  GRand     *rand = g_rand_new_with_seed (11);

  mem_fixture_init (&fixture);
  for (guint round = 0; round < 100; round++)
    {
      Heap      heap;
      GcRoots   roots = { NULL, 0, 0 };
      GcRequest request = { .want_major = true };
      Term     *slot;

      fixture_heap_init (&heap, &fixture.machine, 0);
      slot = fixture_push (&heap, fixture_random_term (&heap, rand, 4));
      gc_collect (&heap, &request, &roots, NULL, NULL);
      gc_collect (&heap, &request, &roots, NULL, NULL);
      slot = heap.stop;
      g_assert_cmpuint ((gsize) (heap.htop - heap.start), >=,
                        term_shared_words (&fixture.machine, *slot) > 0 ? 1 : 0);
      heap_check (&heap, &roots);
      heap_clear (&heap);
    }
  g_rand_free (rand);
  mem_fixture_clear (&fixture);
}

static void
test_hibernate (void)
{
  MemFixture fixture;
  Heap       heap;
  Term       regs[1] = { NIL };
  RootRange  range = { regs, 1 };
  GcRoots    roots = { &range, 1, 0 };
  GcRequest  request = { .need = 0 };

  mem_fixture_init (&fixture);
  fixture_heap_init (&heap, &fixture.machine, 0);
  for (guint i = 0; i < 101; i++)
    {
      Term *hp = heap_alloc (&heap, 2);

      hp[0] = make_small (i);
      hp[1] = regs[0];
      regs[0] = make_list (hp);
    }
  g_assert_cmpint (gc_hibernate (&heap, &roots, NULL, NULL, NULL), ==, 202 / 10 + 202 / 100);
  g_assert_cmpuint (heap.size, ==, 206);
  g_assert_cmpuint ((gsize) (heap.htop - heap.start), ==, 202);
  heap_check (&heap, &roots);
  /* Waking needs a word: the block is back to 233, the old one 376. */
  request.need = 4;
  gc_collect (&heap, &request, &roots, NULL, NULL);
  g_assert_cmpuint (heap.size, ==, 233);
  g_assert_cmpuint ((gsize) (heap.old_end - heap.old_start), ==, 376);
  heap_check (&heap, &roots);
  heap_clear (&heap);
  mem_fixture_clear (&fixture);
}

static void
test_max_heap_size (void)
{
  MemFixture fixture;
  Heap       heap;
  GcRoots    roots = { NULL, 0, 0 };
  GcRequest  request = { .need = 300 };

  mem_fixture_init (&fixture);
  fixture_heap_init (&heap, &fixture.machine, 0);
  heap.max_size = 300;
  heap.flags |= HEAP_MAX_KILL;
  memset (heap_alloc (&heap, 200), 0, 200 * sizeof (Term));
  g_assert_cmpint (gc_collect (&heap, &request, &roots, NULL, NULL), ==, -1);
  g_assert_cmpint (heap.stop - heap.htop, >=, 300 + HEAP_RESERVED);
  heap_clear (&heap);
  mem_fixture_clear (&fixture);
}

static void
test_fragments_of_a_bif_survive (void)
{
  MemFixture fixture;
  Heap       heap;
  GcRoots    roots = { NULL, 0, 0 };
  GcRequest  request = { .move_all_fragments = true };
  Term      *hp;

  mem_fixture_init (&fixture);
  fixture_heap_init (&heap, &fixture.machine, 0);
  hp = heap_alloc_fragment (&heap, 5);
  hp[0] = TUPLE_HEADER (2);
  hp[1] = make_small (1);
  hp[2] = make_list (hp + 3);
  hp[3] = make_small (2);
  hp[4] = NIL;
  g_assert_cmpuint (heap.mbuf_size, ==, 5);
  gc_collect (&heap, &request, &roots, NULL, NULL);
  g_assert_cmpuint ((gsize) (heap.htop - heap.start), ==, 5);
  g_assert_cmpuint (heap.mbuf_size, ==, 0);
  heap_clear (&heap);
  mem_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc/worked-trace", test_worked_trace);
  g_test_add_func ("/gc/random-graphs", test_random);
  g_test_add_func ("/gc/live-words", test_live_words);
  g_test_add_func ("/gc/hibernate", test_hibernate);
  g_test_add_func ("/gc/max-heap-size", test_max_heap_size);
  g_test_add_func ("/gc/fragments-of-a-bif-survive", test_fragments_of_a_bif_survive);
  return g_test_run ();
}
