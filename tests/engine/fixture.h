/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the tests of the engine's lower layers share: a machine made of its
 * parts by hand, without code, schedulers or boot. */

#include "engine/base/hooks.h"
#include "engine/mem/heap.h"
#include "engine/mem/offheap.h"

typedef struct
{
  VmMachine    machine;
  Literals     literals;
  MachineHooks hooks;
  guint        n_limits; /* how often the limit hook was called */
} MemFixture;

/* A machine that heaps can live in: memory accounting and a literal area. */
void mem_fixture_init (MemFixture *fixture);
/* Checks that everything accounted was given back. */
void mem_fixture_clear (MemFixture *fixture);

/* A heap with the normal exit word on its stack. */
void fixture_heap_init (Heap *heap, VmMachine *vm, gsize words);

/* Pushes @term on the stack, so that a collection keeps it. */
Term *fixture_push (Heap *heap, Term term);

/* Random term of at most about @depth levels, on @heap (by heap_alloc). */
Term fixture_random_term (Heap *heap, GRand *rand, guint depth);

/* Deep equality of any two terms, off-heap bytes and bits included. */
bool fixture_same (Term a, Term b);
