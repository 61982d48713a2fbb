/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Captured collections, done for the tests by the engine's own collector. */

#include "engine/vm-gc-walk.h"

typedef enum
{
  SAMPLE_WALK_MAJOR,  /* a small heap with sharing, garbage and a binary; no old block */
  SAMPLE_WALK_MINOR,  /* the same after it survived once: promotion */
  SAMPLE_WALK_LARGE,  /* thousands of words */
  SAMPLE_WALK_HUGE,   /* hundreds of thousands: not all is listed */
  SAMPLE_WALK_KILLED, /* over max_heap_size */
} SampleWalk;

/* (transfer full) */
VmGcWalk *sample_walk_new (SampleWalk kind);
