/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/ui/sample-walk.h"

#include "engine/mem/gc-capture.h"
#include "tests/engine/proc-fixture.h"

static Term
add_pair (Heap *heap, Term head, Term tail)
{
  Term *hp = heap_alloc (heap, 2);

  hp[0] = head;
  hp[1] = tail;
  return make_list (hp);
}

static Term
add_tuple (Heap *heap, Term a, Term b)
{
  Term *hp = heap_alloc (heap, 3);

  hp[0] = TUPLE_HEADER (2);
  hp[1] = a;
  hp[2] = b;
  return make_boxed (hp);
}

static Term
add_binary (Heap *heap, gsize bytes)
{
  OffHeapBinary *binary = binary_new (heap->vm, bytes);

  memset (binary->data, 'x', bytes);
  return proc_bin_write (heap_alloc (heap, PROC_BIN_WORDS), binary, binary->data, bytes,
                         &heap->off_heap);
}

/* A list whose middle is also reached from a tuple, a binary, and garbage. */
static void
fill (Heap *heap, Term *regs, guint n)
{
  Term list = NIL, middle = NIL;

  for (guint i = 0; i < n; i++)
    {
      list = add_pair (heap, make_small (i), list);
      if (i % 3 == 2) /* left behind */
        add_tuple (heap, make_small (-(gint64) i), list);
      if (i == n / 2)
        middle = list;
    }
  add_binary (heap, 500); /* garbage, too */
  regs[0] = add_tuple (heap, middle, float_write (heap_alloc (heap, FLOAT_WORDS), 1.5));
  regs[1] = list;
  regs[2] = add_binary (heap, 1000);
}

VmGcWalk *
sample_walk_new (SampleWalk kind)
{
  static const guint sizes[] = { 6, 6, 1500, 200000, 6 };
  MemFixture         fixture;
  Heap               heap;
  Term               regs[3] = { NIL, NIL, NIL };
  RootRange          range = { regs, 3, VM_GC_ROOT_REGISTER };
  GcRoots            roots = { &range, 1, 0 };
  GcRequest          request = { .need = 300, .extra_stack = 1 };
  VmGcWalk          *walk;
  int                reds;

  mem_fixture_init (&fixture);
  fixture.machine.atoms = atom_table_new ();
  fixture_heap_init (&heap, &fixture.machine, 10 * sizes[kind]);
  fill (&heap, regs, sizes[kind]);
  fixture_push (&heap, regs[1]);
  fixture_push (&heap, make_small (42));
  if (kind == SAMPLE_WALK_MINOR)
    {
      gc_collect (&heap, &(GcRequest){ .need = 1 }, &roots, NULL, NULL);
      regs[1] = add_pair (&heap, regs[0], add_pair (&heap, make_small (7), regs[1]));
      add_tuple (&heap, NIL, NIL);
    }
  if (kind == SAMPLE_WALK_KILLED)
    {
      heap.max_size = 300;
      heap.flags |= HEAP_MAX_KILL;
    }
  request.need = MAX (request.need, (gsize) (heap.stop - heap.htop));
  request.capture =
    gc_capture_new (&fixture.machine, 81, "keeper", kind == SAMPLE_WALK_MINOR ? 2 : 1);
  gc_capture_set_place (request.capture, "twice:keep/2", "src/twice.erl", 22);
  gc_capture_name_slot (request.capture, "y0 of twice:keep/2");
  gc_capture_name_slot (request.capture, "y1 of twice:keep/2");
  gc_capture_name_slot (request.capture, "end of the stack");
  reds = gc_collect (&heap, &request, &roots, NULL, NULL);
  walk = gc_capture_end (request.capture, &heap, 21500, 22000, reds);
  heap_clear (&heap);
  atom_table_free (fixture.machine.atoms);
  mem_fixture_clear (&fixture);
  return walk;
}
