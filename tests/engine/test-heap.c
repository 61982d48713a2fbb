/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/proc-fixture.h"

/* system_info(heap_sizes) of erl 25.2.3 */
static void
test_sizes (void)
{
  const gsize sizes[] = {
    12,
    38,
    51,
    90,
    142,
    233,
    376,
    610,
    987,
    1598,
    2586,
    4185,
    6772,
    10958,
    17731,
    28690,
    46422,
    75113,
    121536,
    196650,
    318187,
    514838,
    833026,
    999631,
    1199557,
    1439468,
    1727361,
    2072833,
    2487399,
    2984878,
    3581853,
    4298223,
    5157867,
    6189440,
    7427328,
    8912793,
    10695351,
    12834421,
    15401305,
    18481566,
    22177879,
    26613454,
    31936144,
    38323372,
    45988046,
    55185655,
    66222786,
    79467343,
    95360811,
    114432973,
  };

  g_assert_cmpuint (heap_next_size (0, 0), ==, 12);
  g_assert_cmpuint (heap_next_size (0, 1), ==, 12);
  for (guint i = 0; i + 2 < G_N_ELEMENTS (sizes); i++)
    {
      g_assert_cmpuint (heap_next_size (sizes[i], 0), ==, sizes[i]);
      g_assert_cmpuint (heap_next_size (sizes[i], 1), ==, sizes[i + 1]);
      g_assert_cmpuint (heap_next_size (sizes[i] + 1, 0), ==, sizes[i + 1]);
      g_assert_cmpuint (heap_next_size (sizes[i] + 1, 1), ==, sizes[i + 2]);
    }
}

static void
test_alloc (void)
{
  MemFixture f;
  Heap       heap;
  Term      *hp;

  mem_fixture_init (&f);
  fixture_heap_init (&heap, &f.machine, 0);
  /* 233 words, one on the stack, three in the red zone */
  hp = heap_alloc (&heap, 229);
  g_assert_true (hp == heap.start);
  hp = heap_alloc (&heap, 1);
  g_assert_false (hp >= heap.start && hp < heap.hend);
  g_assert_cmpuint (heap.mbuf_size, ==, 1);
  g_assert_true (heap_wants_collection (&heap) == false);
  hp = heap_alloc (&heap, 10);
  heap_give_back (&heap, hp, 10, 4);
  g_assert_cmpuint (heap.mbuf_size, ==, 5);
  g_assert_true (heap_wants_collection (&heap));
  /* Arithmetic: 512 spare words a fragment. */
  heap_alloc_fragment (&heap, 3);
  g_assert_cmpuint (heap.fragments->size, >=, 3);
  for (guint i = 0; i < 100; i++)
    g_assert_true (heap_alloc_fragment (&heap, 3) != NULL);
  g_assert_cmpuint (heap.mbuf_size, ==, 5 + 303);
  heap_clear (&heap);
  mem_fixture_clear (&f);
}

static void
test_limit (void)
{
  MemFixture f;
  Term      *one, *two;

  mem_fixture_init (&f);
  f.machine.options.max_memory_bytes = 10000;
  one = heap_block_new (&f.machine, 1000);
  g_assert_cmpuint (f.n_limits, ==, 0);
  two = heap_block_new (&f.machine, 1000);
  g_assert_cmpuint (f.n_limits, ==, 1);
  heap_block_free (&f.machine, two, 1000);
  heap_block_free (&f.machine, one, 1000);
  mem_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/sizes", test_sizes);
  g_test_add_func ("/heap/alloc", test_alloc);
  g_test_add_func ("/heap/limit", test_limit);
  return g_test_run ();
}
