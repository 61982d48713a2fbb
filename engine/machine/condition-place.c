/* SPDX-License-Identifier: Apache-2.0 */

/* Where conditions find the terms they measure.
 *
 * A register holds a good term only while the code ahead still reads it; what else
 * is in it may point into a heap that is gone. So arguments are found where all of
 * them are good: at a function's first instruction, and while the process does not
 * run. Stack slots are good at any time. */
#include "config.h"

#include "engine/machine/condition.h"

#include "engine/interp/interp.h"
#include "engine/proc/signals.h"

#define START_REGISTERS 3 /* of apply */

static Term
argument (Process *p, guint number)
{
  Module             *module = NULL;
  const FunctionInfo *function;

  if (p->run == NULL)
    return p->saved != NULL && number < p->n_live ? p->saved[number] : NONE;
  if (p->pc == interp_start_code ())
    return number < START_REGISTERS ? p->run->x[number] : NONE;
  function = interp_current_function (p, &module);
  if (function == NULL || p->pc != module->cells + function->entry || number >= function->arity)
    return NONE;
  return p->run->x[number];
}

typedef struct
{
  guint number;
  Term  term;
} SlotSearch;

static bool
take_slot (
  const Module *module, const Cell *return_address, Term *slots, guint n_slots, gpointer data)
{
  SlotSearch *search = data;

  if (n_slots == 0) /* a function that has just begun */
    return true;
  if (search->number < n_slots)
    search->term = slots[search->number];
  return false;
}

static Term
slot (Process *p, guint number)
{
  SlotSearch search = { number, NONE };

  interp_walk_stack (p, take_slot, &search);
  if (search.term == NONE || term_is_catch (search.term) ||
      (search.term & TAG_MASK) == TAG_HEADER)
    return NONE;
  return search.term;
}

static Term
take_message (const Message *m, guint *left)
{
  for (; m != NULL; m = m->next)
    if (m->term != NONE && (m->kind == SIGNAL_MESSAGE || m->kind == SIGNAL_ALIAS_MESSAGE) &&
        --*left == 0)
      return m->term;
  return NONE;
}

/* What a receive looks at, then what was fetched, then what has just arrived. */
static Term
message (Process *p, guint number)
{
  guint left = number;
  Term  term = take_message (p->messages, &left);

  if (left > 0)
    term = take_message ((const Message *) p->middle, &left);
  if (left > 0)
    {
      lock_take (&p->signal_lock);
      term = take_message ((const Message *) p->outer, &left);
      lock_drop (&p->signal_lock);
    }
  return term;
}

Term
place_get (Process *p, PlaceKind place, guint number)
{
  switch (place)
    {
    case PLACE_ARGUMENT:
      return argument (p, number);
    case PLACE_SLOT:
      return slot (p, number);
    default:
      return message (p, number);
    }
}

static bool
count_frame (
  const Module *module, const Cell *return_address, Term *slots, guint n_slots, gpointer data)
{
  ++*(guint *) data;
  return true;
}

guint
place_count_frames (Process *p)
{
  guint n = 0;

  interp_walk_stack (p, count_frame, &n);
  return n;
}
