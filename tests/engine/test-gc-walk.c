/* SPDX-License-Identifier: Apache-2.0 */

/* What is captured of a collection, followed action by action over a copy of the
 * words that were there, must give the words that are there afterwards. */
#include "config.h"

#include "engine/mem/gc-private.h"
#include "engine/vm-words.h"
#include "tests/engine/proc-fixture.h"

typedef struct
{
  MemFixture fixture;
  Term      *places[VM_N_SPACES]; /* the model of each space */
  gsize      sizes[VM_N_SPACES];
} World;

static void
world_init (World *world)
{
  memset (world, 0, sizeof *world);
  mem_fixture_init (&world->fixture);
  world->fixture.machine.atoms = atom_table_new ();
}

static void
world_clear (World *world)
{
  for (guint i = 0; i < VM_N_SPACES; i++)
    g_free (world->places[i]);
  atom_table_free (world->fixture.machine.atoms);
  mem_fixture_clear (&world->fixture);
}

static void
set_space (World *world, VmSpace space, const Term *words, gsize used, gsize size)
{
  g_free (world->places[space]);
  world->places[space] = g_new0 (Term, MAX (size, 1));
  if (used > 0)
    memcpy (world->places[space], words, used * sizeof (Term));
  world->sizes[space] = size;
}

static void
take_before (World *world, const Heap *heap)
{
  set_space (world, VM_SPACE_YOUNG, heap->start, (gsize) (heap->htop - heap->start), heap->size);
  set_space (world, VM_SPACE_OLD, heap->old_start, (gsize) (heap->old_top - heap->old_start),
             (gsize) (heap->old_end - heap->old_start));
  set_space (world, VM_SPACE_FRAGMENT, NULL, 0, heap->mbuf_size);
  world->sizes[VM_SPACE_FRAGMENT] = 0;
  for (const HeapFragment *f = heap->fragments; f != NULL; f = f->next)
    {
      memcpy (world->places[VM_SPACE_FRAGMENT] + world->sizes[VM_SPACE_FRAGMENT], f->mem,
              f->used * sizeof (Term));
      world->sizes[VM_SPACE_FRAGMENT] += f->used;
    }
}

static bool
is_slot_in_heap (const VmGcAction *action)
{
  return action->slot_space == VM_SPACE_NEW || action->slot_space == VM_SPACE_OLD;
}

/* A pointer of the model: space and offset in place of an address. */
static Term
model_pointer (guint space, guint32 offset, Term old)
{
  return ((Term) space << 40 | (Term) offset << 2) | (old & TAG_MASK);
}

static void
follow (World *world, const VmGcAction *action)
{
  Term *to = action->to_space != VM_SPACE_NONE ? world->places[action->to_space] : NULL;

  switch (action->kind)
    {
    case VM_GC_ACTION_MAKE_NEW:
      set_space (world, VM_SPACE_NEW, NULL, 0, action->words);
      return;
    case VM_GC_ACTION_MAKE_OLD:
      set_space (world, VM_SPACE_OLD, NULL, 0, action->words);
      return;
    case VM_GC_ACTION_COPY:
    case VM_GC_ACTION_PROMOTE:
      g_assert_cmpuint (action->to_space, ==,
                        action->kind == VM_GC_ACTION_COPY ? VM_SPACE_NEW : VM_SPACE_OLD);
      g_assert_cmpuint (action->to + action->words, <=, world->sizes[action->to_space]);
      g_assert_cmpuint (action->from + action->words, <=, world->sizes[action->from_space]);
      memcpy (to + action->to, world->places[action->from_space] + action->from,
              action->words * sizeof (Term));
      break;
    case VM_GC_ACTION_UNPACK: /* the bytes come from elsewhere */
      for (guint i = 0; i < action->words; i++)
        to[action->to + i] = 0;
      break;
    default:
      break;
    }
  if (action->to_space != VM_SPACE_NONE && is_slot_in_heap (action))
    {
      Term *slot = world->places[action->slot_space] + action->slot;

      *slot = model_pointer (action->to_space, action->to,
                             action->kind == VM_GC_ACTION_UNPACK ? TAG_BOXED : *slot);
    }
}

/* Is the real word @real what the model has as @model? */
static void
compare_word (const Heap *heap, Term real, Term model)
{
  const Term *p = (const Term *) (real & ~(Term) TAG_MASK);

  if (real == model)
    return;
  g_assert_true (term_is_list (real) || term_is_boxed (real));
  if (p >= heap->start && p < heap->htop)
    g_assert_cmpuint (model, ==, model_pointer (VM_SPACE_NEW, (guint32) (p - heap->start), real));
  else
    {
      g_assert_true (p >= heap->old_start && p < heap->old_top);
      g_assert_cmpuint (model, ==,
                        model_pointer (VM_SPACE_OLD, (guint32) (p - heap->old_start), real));
    }
}

static void
compare_block (const Heap *heap, Term *hp, const Term *end, const Term *model)
{
  const Term *start = hp;

  while (hp < end)
    {
      Term *slots;
      gsize n_slots, size;

      if (!term_is_header (*hp))
        {
          compare_word (heap, *hp, model[hp - start]);
          hp++;
          continue;
        }
      size = boxed_words (hp);
      n_slots = thing_slots (hp, &slots);
      if (header_subtag (*hp) != SUB_HEAP_BIN) /* perhaps unpacked */
        g_assert_cmpuint (*hp, ==, model[hp - start]);
      for (gsize i = 0; i < n_slots; i++)
        compare_word (heap, slots[i], model[slots + i - start]);
      hp += size;
    }
}

/* Every copied word is scanned once, in order. */
static void
check_scan (const VmGcWalk *walk, VmSpace space, guint32 from, guint32 to)
{
  guint32 at = from;

  for (guint i = 0; i < walk->n_actions; i++)
    {
      const VmGcAction *action = &walk->actions[i];

      if (action->slot_space != space || action->kind == VM_GC_ACTION_SCAN)
        continue;
      g_assert_cmpuint (action->slot, ==, at);
      at += action->kind == VM_GC_ACTION_PASS ? action->words : 1;
    }
  g_assert_cmpuint (at, ==, to);
}

static void
check_words (const VmGcWalk *walk, VmSpace space)
{
  const VmGcSpace *info = &walk->spaces[space];
  guint            object = 0; /* where the next thing begins */

  g_assert_cmpuint (info->n_words, ==, info->used_before);
  for (guint i = 0; i < info->n_words; i++)
    {
      const VmGcWord *word = &info->words[i];

      if (word->tag == VM_WORD_HEADER)
        {
          g_assert_cmpuint (i, >=, object);
          object = i + word->target;
        }
      if (word->space != VM_SPACE_NONE && word->space != VM_SPACE_LITERAL)
        g_assert_cmpuint (word->target, <, walk->spaces[word->space].used_before);
    }
}

static VmGcWalk *
collect (World *world, Heap *heap, GcRequest *request, const GcRoots *roots)
{
  guint32   old_used;
  VmGcWalk *walk;

  request->capture = gc_capture_new (&world->fixture.machine, 7, "p", 1);
  take_before (world, heap);
  old_used = (guint32) (heap->old_top - heap->old_start);
  g_assert_cmpint (gc_collect (heap, request, roots, NULL, NULL), >=, 1);
  heap_check (heap, roots);
  walk = gc_capture_end (request->capture, heap, 5, 6, 1);
  g_assert_nonnull (walk);
  g_assert_true (walk->is_whole);
  check_words (walk, VM_SPACE_YOUNG);
  check_words (walk, VM_SPACE_OLD);
  check_words (walk, VM_SPACE_FRAGMENT);
  for (guint i = 0; i < walk->n_actions; i++)
    follow (world, &walk->actions[i]);
  compare_block (heap, heap->start, heap->htop, world->places[VM_SPACE_NEW]);
  check_scan (walk, VM_SPACE_NEW, 0, (guint32) (heap->htop - heap->start));
  if (walk->counts[VM_GC_ACTION_FREE_OLD].n == 0 && heap->old_start != NULL)
    {
      compare_block (heap, heap->old_start + old_used, heap->old_top,
                     world->places[VM_SPACE_OLD] + old_used);
      check_scan (walk, VM_SPACE_OLD, old_used, (guint32) (heap->old_top - heap->old_start));
    }
  g_assert_cmpuint (walk->spaces[VM_SPACE_NEW].block_after, ==, heap->size);
  g_assert_cmpuint (walk->n_decisions, >=, 3);
  return walk;
}

static void
test_follow (void)
{
  World  world;
  GRand *rand = g_rand_new_with_seed (12);
  guint  n_minor = 0, n_major = 0, n_promoted = 0, n_forwarded = 0, n_unpacked = 0, n_freed = 0;

  world_init (&world);
  for (guint round = 0; round < 60; round++)
    {
      Heap      heap;
      Term      regs[3] = { NIL, NIL, NIL };
      RootRange range = { regs, 3, VM_GC_ROOT_REGISTER };
      GcRoots   roots = { &range, 1, 0 };

      fixture_heap_init (&heap, &world.fixture.machine, 0);
      heap.fullsweep_after = (guint32) g_rand_int_range (rand, 0, 6);
      for (guint i = 0; i < 12; i++)
        {
          GcRequest request = { .need = (gsize) g_rand_int_range (rand, 0, 400),
                                .extra_stack = (gsize) g_rand_int_range (rand, 0, 2),
                                .want_major = g_rand_int_range (rand, 0, 6) == 0 };
          g_autoptr (VmGcWalk) walk = NULL;

          regs[i % 3] = fixture_random_term (&heap, rand, 4);
          regs[(i + 1) % 3] = regs[i % 3]; /* shared: forwarding marks are met */
          fixture_random_term (&heap, rand, 4);
          walk = collect (&world, &heap, &request, &roots);
          n_major += walk->is_major;
          n_minor += !walk->is_major;
          n_promoted += (guint) walk->counts[VM_GC_ACTION_PROMOTE].n;
          n_forwarded += (guint) walk->counts[VM_GC_ACTION_FORWARD].n;
          n_unpacked += (guint) walk->counts[VM_GC_ACTION_UNPACK].n;
          n_freed += (guint) walk->counts[VM_GC_ACTION_FREE_OFF_HEAP].n;
        }
      heap_clear (&heap);
    }
  /* all of it happened, or this test said nothing */
  g_assert_cmpuint (n_minor, >, 50);
  g_assert_cmpuint (n_major, >, 50);
  g_assert_cmpuint (n_promoted, >, 100);
  g_assert_cmpuint (n_forwarded, >, 100);
  g_assert_cmpuint (n_unpacked, >, 10);
  g_assert_cmpuint (n_freed, >, 10);
  g_rand_free (rand);
  world_clear (&world);
}

static const VmGcDecision *
find_decision (const VmGcWalk *walk, VmGcDecisionKind kind)
{
  for (guint i = 0; i < walk->n_decisions; i++)
    if (walk->decisions[i].kind == kind)
      return &walk->decisions[i];
  return NULL;
}

/* A young block that is nearly empty shrinks to three times what is needed, but not below
 * min_heap_size, and not below an eighth of the old block: each has its own reason. */
static void
test_why_shrunk (void)
{
  static const struct
  {
    gsize            min_size, old_block;
    VmGcDecisionKind why;
    guint64          bound, size;
  } rows[] = {
    { 233, 600, VM_GC_DECISION_SIZE_SHRINK, 3, 610 },
    { 4185, 600, VM_GC_DECISION_SIZE_SHRINK_MIN, 4185, 4185 },
    { 233, 28690, VM_GC_DECISION_SIZE_SHRINK_OLD, 28690, 4185 },
  };
  World world;

  world_init (&world);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Heap      heap;
      GcRoots   roots = { NULL, 0, 0 };
      GcRequest request = { .need = 180 };
      g_autoptr (VmGcWalk) walk = NULL;
      const VmGcDecision *decision;
      Term               *garbage;

      fixture_heap_init (&heap, &world.fixture.machine, 0);
      heap_resize (&heap, 17731, &roots);
      garbage = heap_alloc (&heap, 15000);
      garbage[0] = TUPLE_HEADER (14999);
      for (guint k = 1; k < 15000; k++)
        garbage[k] = NIL;
      heap.min_size = rows[i].min_size;
      heap.old_start = heap.old_top = heap_block_new (heap.vm, rows[i].old_block);
      heap.old_end = heap.old_start + rows[i].old_block;
      walk = collect (&world, &heap, &request, &roots);
      g_assert_false (walk->is_major);
      decision = find_decision (walk, rows[i].why);
      g_assert_nonnull (decision);
      g_assert_cmpuint (decision->numbers[1], ==, rows[i].bound);
      g_assert_cmpuint (decision->numbers[2], ==, 17731);
      g_assert_cmpuint (decision->numbers[3], ==, rows[i].size);
      g_assert_cmpuint (heap.size, ==, rows[i].size);
      heap_clear (&heap);
    }
  world_clear (&world);
}

/* Watching changes nothing: two equal heaps, one of them watched. */
static void
test_same_heap (void)
{
  World world;

  world_init (&world);
  for (guint32 seed = 0; seed < 30; seed++)
    {
      Heap    heaps[2];
      GcRoots roots = { NULL, 0, 0 };

      for (guint h = 0; h < 2; h++)
        {
          GRand *rand = g_rand_new_with_seed (seed);

          fixture_heap_init (&heaps[h], &world.fixture.machine, 0);
          for (guint i = 0; i < 6; i++)
            {
              GcRequest request = { .need = 10 };

              fixture_push (&heaps[h], fixture_random_term (&heaps[h], rand, 4));
              request.capture =
                h == 0 ? NULL : gc_capture_new (&world.fixture.machine, 7, "p", i + 1);
              gc_collect (&heaps[h], &request, &roots, NULL, NULL);
              if (h == 1)
                vm_gc_walk_unref (gc_capture_end (request.capture, &heaps[h], 0, 0, 1));
            }
          g_rand_free (rand);
        }
      g_assert_cmpuint (heaps[0].size, ==, heaps[1].size);
      g_assert_cmpuint (heaps[0].htop - heaps[0].start, ==, heaps[1].htop - heaps[1].start);
      g_assert_cmpuint (heaps[0].old_top - heaps[0].old_start, ==,
                        heaps[1].old_top - heaps[1].old_start);
      for (const Term *a = heaps[0].stop, *b = heaps[1].stop; a < heaps[0].hend; a++, b++)
        g_assert_true (term_is_header (*a) ? term_is_header (*b) : fixture_same (*a, *b));
      heap_clear (&heaps[0]);
      heap_clear (&heaps[1]);
    }
  world_clear (&world);
}

/* More than is kept is counted, and said. */
static void
test_cap (void)
{
  World     world;
  Heap      heap;
  Term      regs[1] = { NIL };
  RootRange range = { regs, 1, VM_GC_ROOT_REGISTER };
  GcRoots   roots = { &range, 1, 0 };
  GcRequest request = { .want_major = true };
  gsize     n = VM_GC_WALK_MAX_WORDS;
  g_autoptr (VmGcWalk) walk = NULL;

  world_init (&world);
  fixture_heap_init (&heap, &world.fixture.machine, 4 * n);
  for (gsize i = 0; i < n; i++)
    {
      heap.htop[0] = make_small ((gint64) i);
      heap.htop[1] = regs[0];
      regs[0] = make_list (heap.htop);
      heap.htop += 2;
    }
  request.capture = gc_capture_new (&world.fixture.machine, 7, "p", 1);
  gc_collect (&heap, &request, &roots, NULL, NULL);
  walk = gc_capture_end (request.capture, &heap, 0, 0, 1);
  g_assert_false (walk->is_whole);
  g_assert_cmpuint (walk->counts[VM_GC_ACTION_COPY].n, ==, n);
  g_assert_cmpuint (walk->counts[VM_GC_ACTION_COPY].words, ==, 2 * n);
  g_assert_cmpuint (walk->spaces[VM_SPACE_YOUNG].used_before, ==, 2 * n);
  g_assert_cmpuint (walk->spaces[VM_SPACE_YOUNG].n_words, <, n);
  g_assert_cmpuint (walk->n_actions, <=, VM_GC_WALK_MAX_ACTIONS);
  heap_clear (&heap);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gc-walk/follow", test_follow);
  g_test_add_func ("/gc-walk/same-heap", test_same_heap);
  g_test_add_func ("/gc-walk/cap", test_cap);
  g_test_add_func ("/gc-walk/why-shrunk", test_why_shrunk);
  return g_test_run ();
}
