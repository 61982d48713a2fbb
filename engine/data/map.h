/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Between the files that build maps: flat maps (map.c), hash tries (map-trie.c)
 * and decoding (etf-decode.c). */

#include "engine/data/data.h"

/* `{}`, which is nowhere on a heap: the last word of the literal area is it. */
static inline Term
empty_tuple (const VmMachine *vm)
{
  return make_boxed (((const Literals *) vm->literals)->end - 1);
}

/* --- building a trie from leaves (cons cells [key | value]) --- */

typedef struct
{
  guint64 order; /* the hash with its lowest 4 bits first, and then the item's index */
  Term    leaf;
} MapItem;

/* Sorts @n items, with leaves set, for the trie and drops all but the last of
 * those with the same key. Returns how many are left. */
gsize map_items_sort (MapItem *items, gsize n);
/* Builds the nodes (not the leaves) of a map of @n > 0 sorted items, each with room of
 * its own from @alloc, lower ones first. NONE: @alloc gave NULL. */
typedef Term *(*MapAlloc) (gpointer data, gsize words);
Term map_items_build (const MapItem *items, gsize n, MapAlloc alloc, gpointer data);

/* --- hash maps --- */

Term map_trie_get (Term map, Term key);
/* @only_update: NONE when absent. The same map when the value is the same word. */
Term map_trie_put (Heap *heap, Term map, Term key, Term value, bool only_update);
/* For maps that stay larger than MAP_FLAT_LIMIT; the key must be there. */
Term map_trie_remove (Heap *heap, Term map, Term key);
/* @b's pairs win. */
Term map_trie_merge (Heap *heap, Term a, Term b);

/* Words that put_map_exact reserves. */
static inline gsize
map_put_exact_words (Term map)
{
  return map_is_flat (map) ? 3 + map_size (map) : 0;
}
