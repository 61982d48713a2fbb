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

/* A machine with processes, but nobody who runs them: what is made runnable is
 * only listed, time stands still until told, timers fire when told. */

#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/proc/signals.h"

typedef struct
{
  MemFixture mem;    /* first: hooks get the machine */
  GArray    *queued; /* VmPid, as told to enqueue */
  GPtrArray *timers;
  GPtrArray *retired; /* processes that ended */
  gint64     now_ns;
  RunContext context;
} ProcFixture;

void proc_fixture_init (ProcFixture *fixture);
void proc_fixture_clear (ProcFixture *fixture);
/* A waiting process of m:f/0, off the run queue; @parent nullable. */
Process *proc_fixture_spawn (ProcFixture *fixture, Process *parent, const SpawnOptions *options);
/* Lets @p begin and end a slice. */
void proc_fixture_enter (ProcFixture *fixture, Process *p);
void proc_fixture_leave (Process *p);
/* Moves time on and fires what is due. */
void proc_fixture_advance (ProcFixture *fixture, gint64 ns);
/* Lets @p run just to handle its signals; TRUE: it is to exit. */
bool proc_fixture_handle (ProcFixture *fixture, Process *p);
