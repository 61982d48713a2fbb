/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Walks the pairs of any map in maps:iterator's order: flat maps by key, hash
 * maps slot by slot from 0 to 15 at each level. */

#include "engine/term/term.h"

/* A hash map has 4 bits of hash a level and takes a new hash every 8 levels, so
 * two keys that share this many levels agree in 8 independent 32-bit hashes. */
#define MAP_MAX_LEVELS 64

typedef struct
{
  const Term *key, *value; /* flat: the next ones */
  gsize       n_left;      /* flat: pairs left */
  guint       n_levels;    /* hash: how many of the following are in use */
  struct
  {
    const Term *next, *end;
  } level[MAP_MAX_LEVELS];
} MapIterator;

static inline void
map_iterator_push (MapIterator *it, Term node)
{
  const Term *p = boxed_ptr (node);

  it->level[it->n_levels].next = p + (map_kind (p[0]) == MAP_KIND_NODE ? 1 : 2);
  it->level[it->n_levels].end = p + boxed_words (p);
  it->n_levels++;
}

static inline void
map_iterator_init (MapIterator *it, Term map)
{
  it->n_left = 0;
  it->n_levels = 0;
  if (map_is_flat (map))
    {
      const FlatMap *flat = (const FlatMap *) boxed_ptr (map);

      it->n_left = flat->size;
      it->key = tuple_elements (flat->keys);
      it->value = flat->values;
    }
  else
    map_iterator_push (it, map);
}

static inline bool
map_iterator_next (MapIterator *it, Term *key, Term *value)
{
  if (it->n_left > 0)
    {
      it->n_left--;
      *key = *it->key++;
      *value = *it->value++;
      return true;
    }
  while (it->n_levels > 0)
    {
      Term child;

      if (it->level[it->n_levels - 1].next == it->level[it->n_levels - 1].end)
        {
          it->n_levels--;
          continue;
        }
      child = *it->level[it->n_levels - 1].next++;
      if (term_is_list (child))
        {
          *key = list_head (child);
          *value = list_tail (child);
          return true;
        }
      map_iterator_push (it, child);
    }
  return false;
}
