/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/proc-fixture.h"

static Term
new_binary (Heap *heap, gsize size)
{
  OffHeapBinary *binary = binary_new (heap->vm, size);

  memset (binary->data, 7, size);
  return proc_bin_write (heap_alloc (heap, PROC_BIN_WORDS), binary, binary->data, size,
                         &heap->off_heap);
}

/* The virtual heap counts a young binary's words, then the old one's. */
static void
test_virtual_heap (void)
{
  MemFixture f;
  Heap       heap;
  GcRoots    roots = { NULL, 0, 0 };
  GcRequest  request = { 0 };

  mem_fixture_init (&f);
  fixture_heap_init (&heap, &f.machine, 0);
  fixture_push (&heap, new_binary (&heap, 1000));
  new_binary (&heap, 8000);
  g_assert_cmpuint (heap.off_heap.overhead, ==, 1125);
  gc_collect (&heap, &request, &roots, NULL, NULL);
  g_assert_cmpuint (heap.off_heap.overhead, ==, 125);
  g_assert_cmpuint (heap.vheap_size, ==, 46422);
  gc_collect (&heap, &request, &roots, NULL, NULL);
  g_assert_cmpuint (heap.off_heap.overhead, ==, 0);
  g_assert_cmpuint (heap.old_vheap, ==, 125);
  new_binary (&heap, 8 * 46423);
  g_assert_true (heap_wants_collection (&heap));
  request.want_major = true;
  gc_collect (&heap, &request, &roots, NULL, NULL);
  g_assert_cmpuint (heap.off_heap.overhead, ==, 125);
  g_assert_cmpuint (heap.old_vheap, ==, 0);
  heap_check (&heap, &roots);
  heap_clear (&heap);
  mem_fixture_clear (&f);
}

static void
count (gpointer data)
{
  OffHeapBinary *binary = data;
  MagicHead     *head = (MagicHead *) binary->data;

  (**(guint **) (head + 1))++;
}

/* A magic thing lives as long as a reference to it does, in any heap. */
static void
test_magic (void)
{
  MemFixture     f;
  Heap           heap;
  GcRoots        roots = { NULL, 0, 0 };
  GcRequest      request = { .want_major = true };
  guint          n_destroyed = 0;
  guint         *counter = &n_destroyed;
  OffHeapBinary *binary;
  HeapFragment  *fragment;
  Term          *hp, copy;

  mem_fixture_init (&f);
  fixture_heap_init (&heap, &f.machine, 0);
  binary = binary_new (&f.machine, sizeof (MagicHead) + sizeof counter);
  binary->flags = BINARY_MAGIC;
  ((MagicHead *) binary->data)->destroy = count;
  memcpy (binary->data + sizeof (MagicHead), &counter, sizeof counter);
  hp = heap_alloc (&heap, REF_WORDS);
  hp[0] = MAGIC_REF_HEADER;
  hp[1] = (Term) binary;
  hp[2] = (Term) heap.off_heap.first;
  heap.off_heap.first = hp;
  fragment = term_copy_to_fragment (&f.machine, make_boxed (hp), &copy);
  gc_collect (&heap, &request, &roots, NULL, NULL);
  g_assert_cmpuint (n_destroyed, ==, 0);
  heap_fragment_free (&f.machine, fragment);
  g_assert_cmpuint (n_destroyed, ==, 1);
  heap_clear (&heap);
  mem_fixture_clear (&f);
}

/* Small slices become heap binaries when collected, others keep their binary. */
static void
test_slices (void)
{
  const gsize sizes[] = { 24, 25 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      MemFixture f;
      Heap       heap;
      GcRoots    roots = { NULL, 0, 0 };
      GcRequest  request = { .want_major = true };
      SubBin    *sub;

      mem_fixture_init (&f);
      fixture_heap_init (&heap, &f.machine, 0);
      sub = (SubBin *) heap_alloc (&heap, SUB_BIN_WORDS);
      *sub = (SubBin){ .header = SUB_BIN_HEADER, .size = sizes[i], .offset = 3 };
      sub->orig = new_binary (&heap, 100);
      fixture_push (&heap, make_boxed ((Term *) sub));
      gc_collect (&heap, &request, &roots, NULL, NULL);
      g_assert_cmpint (term_has_subtag (*heap.stop, SUB_HEAP_BIN), ==, sizes[i] <= 24);
      g_assert_cmpint (heap.off_heap.first == NULL, ==, sizes[i] <= 24);
      g_assert_cmpuint ((gsize) (heap.htop - heap.start), ==, sizes[i] <= 24 ? 5 : 11);
      heap_clear (&heap);
      mem_fixture_clear (&f);
    }
}

/* erl_gc.c: one idle writable binary keeps five times its size at most. */
static void
test_writable (void)
{
  MemFixture f;
  Heap       heap;
  GcRoots    roots = { NULL, 0, 0 };
  GcRequest  request = { .want_major = true };
  ProcBin   *pb;

  mem_fixture_init (&f);
  fixture_heap_init (&heap, &f.machine, 0);
  pb = (ProcBin *) boxed_ptr (new_binary (&heap, 10000));
  heap.off_heap.first = NULL;
  heap.off_heap.overhead = 0;
  pb->size = 100;
  pb->flags = PROC_BIN_WRITABLE | PROC_BIN_ACTIVE_WRITER;
  pb->next = NULL;
  heap.writable_bins = (Term *) pb;
  fixture_push (&heap, make_boxed ((Term *) pb));
  gc_collect (&heap, &request, &roots, NULL, NULL);
  pb = (ProcBin *) boxed_ptr (*heap.stop);
  g_assert_cmpuint (pb->binary->size, ==, 10000);
  g_assert_cmpuint (pb->flags, ==, PROC_BIN_WRITABLE);
  gc_collect (&heap, &request, &roots, NULL, NULL);
  pb = (ProcBin *) boxed_ptr (*heap.stop);
  g_assert_cmpuint (pb->binary->size, ==, 600);
  pb->flags = 0; /* nobody can append any more */
  gc_collect (&heap, &request, &roots, NULL, NULL);
  g_assert_null (heap.writable_bins);
  g_assert_true (heap.off_heap.first == boxed_ptr (*heap.stop));
  heap_clear (&heap);
  mem_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/offheap/virtual-heap", test_virtual_heap);
  g_test_add_func ("/offheap/magic", test_magic);
  g_test_add_func ("/offheap/slices", test_slices);
  g_test_add_func ("/offheap/writable", test_writable);
  return g_test_run ();
}
