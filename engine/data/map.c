/* SPDX-License-Identifier: Apache-2.0 */

/* Maps: flat ones here, hash tries in map-trie.c. What each operation takes from
 * the heap, garbage included, is what it takes in OTP 25 (erl_map.c,
 * beam_common.c), because labs show it. */

#include "config.h"

#include "engine/data/map.h"

#include "engine/term/map-iterator.h"
#include "engine/term/term-order.h"

#define FLAT_WORDS 3

static inline FlatMap *
flat (Term map)
{
  return (FlatMap *) boxed_ptr (map);
}
static inline Term *
flat_keys (Term map)
{
  return tuple_elements (flat (map)->keys);
}

static Term
flat_write (Term *hp, gsize n, Term keys)
{
  hp[0] = MAP_FLAT_HEADER;
  hp[1] = n;
  hp[2] = keys;
  return make_boxed (hp);
}

/* A dead bignum over words that are not used but are not at the end either. */
static void
plug (Term *hp, gsize n)
{
  if (n > 0)
    hp[0] = MAKE_HEADER (n - 1, SUB_POS_BIG);
}

/* Where @key is in a flat map, or -1. */
static gssize
flat_find (Term map, Term key)
{
  const Term *keys = flat_keys (map);
  gsize       n = flat (map)->size;

  if (term_is_immediate (key))
    {
      for (gsize i = 0; i < n; i++)
        {
          if (keys[i] == key)
            return (gssize) i;
        }
      return -1;
    }
  for (gsize i = 0; i < n; i++)
    {
      if (term_equal (keys[i], key))
        return (gssize) i;
    }
  return -1;
}

/* --- making --------------------------------------------------------------- */

static Term *
alloc_node (gpointer heap, gsize words)
{
  return heap_alloc (heap, words);
}

/* A hash map (even a small one) of pairs that lie apart. */
static Term
trie_from_pairs (
  Heap *heap, const Term *keys, gsize key_stride, const Term *values, gsize value_stride, gsize n)
{
  MapItem *items = g_new (MapItem, n);
  Term    *hp = heap_alloc (heap, 2 * n);
  Term     map;

  for (gsize i = 0; i < n; i++, hp += 2)
    {
      hp[0] = keys[i * key_stride];
      hp[1] = values[i * value_stride];
      items[i].leaf = make_list (hp);
    }
  n = map_items_sort (items, n);
  map = map_items_build (items, n, alloc_node, heap);
  g_free (items);
  return map;
}

/* Sorts pairs by key and drops all but the last of those with the same key. */
static gsize
sort_pairs (const AtomTable *atoms, Term *pairs, gsize n)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      Term  key = pairs[2 * i], value = pairs[2 * i + 1];
      gsize k = kept;
      int   order = 1;

      while (k > 0 && (order = term_compare_exact (atoms, key, pairs[2 * k - 2])) < 0)
        k--;
      if (k > 0 && order == 0)
        {
          pairs[2 * k - 1] = value;
          continue;
        }
      memmove (pairs + 2 * k + 2, pairs + 2 * k, 2 * (kept - k) * sizeof (Term));
      pairs[2 * k] = key;
      pairs[2 * k + 1] = value;
      kept++;
    }
  return kept;
}

static Term
flat_from_sorted (Heap *heap, const Term *pairs, gsize n)
{
  Term *keys, *map;

  if (n == 0)
    return flat_write (heap_alloc (heap, FLAT_WORDS), 0, empty_tuple (heap->vm));
  keys = heap_alloc (heap, 1 + n + FLAT_WORDS + n);
  map = keys + 1 + n;
  keys[0] = TUPLE_HEADER (n);
  for (gsize i = 0; i < n; i++)
    {
      keys[1 + i] = pairs[2 * i];
      map[FLAT_WORDS + i] = pairs[2 * i + 1];
    }
  return flat_write (map, n, make_boxed (keys));
}

/* A hash map of few pairs as the flat map it should be. */
static Term
flat_from_trie (Heap *heap, Term trie, Term without)
{
  Term        pairs[2 * (MAP_FLAT_LIMIT + 1)], key, value;
  gsize       n = 0;
  MapIterator it;

  map_iterator_init (&it, trie);
  while (n <= MAP_FLAT_LIMIT && map_iterator_next (&it, &key, &value))
    {
      if (without != NONE && term_equal (key, without))
        continue;
      pairs[2 * n] = key;
      pairs[2 * n + 1] = value;
      n++;
    }
  return flat_from_sorted (heap, pairs, sort_pairs (heap->vm->atoms, pairs, n));
}

Term
map_new (Heap *heap, const Term *keys_values, gsize n_pairs)
{
  Term pairs[2 * MAP_FLAT_LIMIT], map;

  if (n_pairs <= MAP_FLAT_LIMIT)
    {
      if (n_pairs > 0)
        memcpy (pairs, keys_values, 2 * n_pairs * sizeof (Term));
      return flat_from_sorted (heap, pairs, sort_pairs (heap->vm->atoms, pairs, n_pairs));
    }
  map = trie_from_pairs (heap, keys_values, 2, keys_values + 1, 2, n_pairs);
  return map_size (map) > MAP_FLAT_LIMIT ? map : flat_from_trie (heap, map, NONE);
}

/* --- reading -------------------------------------------------------------- */

Term
map_get (Term map, Term key)
{
  gssize i;

  if (!map_is_flat (map))
    return map_trie_get (map, key);
  i = flat_find (map, key);
  return i < 0 ? NONE : flat (map)->values[i];
}

void
map_foreach (Term map, MapFunc func, gpointer data)
{
  MapIterator it;
  Term        key, value;

  map_iterator_init (&it, map);
  while (map_iterator_next (&it, &key, &value) && func (key, value, data))
    ;
}

/* --- one key -------------------------------------------------------------- */

/* The same keys, one other value. */
static Term
flat_replace (Heap *heap, Term map, gsize i, Term value)
{
  gsize n = flat (map)->size;
  Term *hp;

  if (flat (map)->values[i] == value)
    return map;
  hp = heap_alloc (heap, FLAT_WORDS + n);
  memcpy (hp, boxed_ptr (map), (FLAT_WORDS + n) * sizeof (Term));
  hp[FLAT_WORDS + i] = value;
  return make_boxed (hp);
}

/* As ERTS does: it hopes that the key is there and allocates for that, then uses
 * these words for the new key tuple. One is left over, and plugged. */
static Term
flat_insert (Heap *heap, Term map, Term key, Term value)
{
  const Term *old_keys = flat_keys (map), *old_values = flat (map)->values;
  gsize       n = flat (map)->size, at = 0;
  Term       *keys, *hp;

  if (n == 0)
    {
      Term pair[2] = { key, value };
      return flat_from_sorted (heap, pair, 1);
    }
  keys = heap_alloc (heap, FLAT_WORDS + n);
  hp = heap_alloc (heap, FLAT_WORDS + n + 1);
  while (at < n && term_compare_exact (heap->vm->atoms, old_keys[at], key) < 0)
    at++;
  keys[0] = TUPLE_HEADER (n + 1);
  memcpy (keys + 1, old_keys, at * sizeof (Term));
  keys[1 + at] = key;
  memcpy (keys + 2 + at, old_keys + at, (n - at) * sizeof (Term));
  plug (keys + n + 2, 1);
  flat_write (hp, n + 1, make_boxed (keys));
  memcpy (hp + FLAT_WORDS, old_values, at * sizeof (Term));
  hp[FLAT_WORDS + at] = value;
  memcpy (hp + FLAT_WORDS + at + 1, old_values + at, (n - at) * sizeof (Term));
  return make_boxed (hp);
}

/* The pair too many: the map becomes a hash map. */
static Term
flat_overflow (Heap *heap, Term map, Term key, Term value)
{
  Term  keys[MAP_FLAT_LIMIT + 1], values[MAP_FLAT_LIMIT + 1];
  gsize n = flat (map)->size;

  memcpy (keys, flat_keys (map), n * sizeof (Term));
  memcpy (values, flat (map)->values, n * sizeof (Term));
  keys[n] = key;
  values[n] = value;
  return trie_from_pairs (heap, keys, 1, values, 1, n + 1);
}

Term
map_put (Heap *heap, Term map, Term key, Term value)
{
  gssize i;

  if (!map_is_flat (map))
    return map_trie_put (heap, map, key, value, false);
  i = flat_find (map, key);
  if (i >= 0)
    return flat_replace (heap, map, (gsize) i, value);
  if (flat (map)->size >= MAP_FLAT_LIMIT)
    return flat_overflow (heap, map, key, value);
  return flat_insert (heap, map, key, value);
}

Term
map_update (Heap *heap, Term map, Term key, Term value)
{
  gssize i;

  if (!map_is_flat (map))
    return map_trie_put (heap, map, key, value, true);
  i = flat_find (map, key);
  return i < 0 ? NONE : flat_replace (heap, map, (gsize) i, value);
}

static Term
flat_remove (Heap *heap, Term map, gsize i)
{
  const Term *old_keys = flat_keys (map), *old_values = flat (map)->values;
  gsize       n = flat (map)->size - 1;
  Term       *keys, *hp;

  if (n == 0)
    return flat_from_sorted (heap, NULL, 0);
  keys = heap_alloc (heap, 1 + n + FLAT_WORDS + n);
  hp = keys + 1 + n;
  keys[0] = TUPLE_HEADER (n);
  memcpy (keys + 1, old_keys, i * sizeof (Term));
  memcpy (keys + 1 + i, old_keys + i + 1, (n - i) * sizeof (Term));
  flat_write (hp, n, make_boxed (keys));
  memcpy (hp + FLAT_WORDS, old_values, i * sizeof (Term));
  memcpy (hp + FLAT_WORDS + i, old_values + i + 1, (n - i) * sizeof (Term));
  return make_boxed (hp);
}

Term
map_remove (Heap *heap, Term map, Term key, Term *value)
{
  Term found = map_get (map, key);

  if (value != NULL)
    *value = found;
  if (found == NONE)
    return map;
  if (map_is_flat (map))
    return flat_remove (heap, map, (gsize) flat_find (map, key));
  if (map_size (map) - 1 <= MAP_FLAT_LIMIT)
    return flat_from_trie (heap, map, key);
  return map_trie_remove (heap, map, key);
}

/* --- many keys ------------------------------------------------------------ */

/* Merges two sorted rows of pairs; @b's win. Writes keys and values and returns
 * how many. */
static gsize
merge_rows (const AtomTable *atoms,
            const Term      *rows[4],
            gsize            n_a,
            gsize            n_b,
            gsize            stride_b,
            Term            *keys,
            Term            *values)
{
  const Term *keys_a = rows[0], *values_a = rows[1], *keys_b = rows[2], *values_b = rows[3];
  gsize       n = 0, i = 0, k = 0;

  while (i < n_a || k < n_b)
    {
      int order = i == n_a   ? 1
                  : k == n_b ? -1
                             : term_compare_exact (atoms, keys_a[i], keys_b[k * stride_b]);

      keys[n] = order < 0 ? keys_a[i] : keys_b[k * stride_b];
      values[n++] = order < 0 ? values_a[i] : values_b[k * stride_b];
      if (order <= 0)
        i++;
      if (order >= 0)
        k++;
    }
  return n;
}

/* A flat map and @n_b sorted pairs, in words for the worst case. The key tuple's
 * unused end is plugged; the values' is given back. */
static Term
flat_merge (
  Heap *heap, Term map, const Term *keys_b, const Term *values_b, gsize n_b, gsize stride_b)
{
  gsize       n_a = flat (map)->size;
  gsize       words = 1 + FLAT_WORDS + 2 * (n_a + n_b);
  Term       *keys = heap_alloc (heap, words), *hp = keys + 1 + n_a + n_b;
  const Term *rows[4] = { flat_keys (map), flat (map)->values, keys_b, values_b };
  gsize       n = merge_rows (heap->vm->atoms, rows, n_a, n_b, stride_b, keys + 1, hp + FLAT_WORDS);

  keys[0] = TUPLE_HEADER (n);
  plug (keys + 1 + n, n_a + n_b - n);
  flat_write (hp, n, make_boxed (keys));
  heap_give_back (heap, keys, words, words - (n_a + n_b - n));
  if (n > MAP_FLAT_LIMIT)
    return trie_from_pairs (heap, keys + 1, 1, hp + FLAT_WORDS, 1, n);
  return make_boxed (hp);
}

Term
map_merge (Heap *heap, Term a, Term b)
{
  if (map_size (a) == 0)
    return b;
  if (map_size (b) == 0)
    return a;
  if (map_is_flat (a) && map_is_flat (b))
    return flat_merge (heap, a, flat_keys (b), flat (b)->values, flat (b)->size, 1);
  if (map_is_flat (a))
    a = trie_from_pairs (heap, flat_keys (a), 1, flat (a)->values, 1, flat (a)->size);
  else if (map_is_flat (b))
    b = trie_from_pairs (heap, flat_keys (b), 1, flat (b)->values, 1, flat (b)->size);
  return map_trie_merge (heap, a, b);
}

/* --- the instructions ----------------------------------------------------- */

static bool
are_keys_ascending (const AtomTable *atoms, const Term *keys_values, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      if (term_compare_exact (atoms, keys_values[2 * i - 2], keys_values[2 * i]) >= 0)
        return false;
    }
  return true;
}

gsize
map_put_words (Term map, gsize n)
{
  if (!map_is_flat (map))
    return 0; /* what a hash map needs is not reserved: it may go to a fragment */
  return 2 * (flat (map)->size + n) + 1 + FLAT_WORDS;
}

gsize
map_exact_words (Term map)
{
  return map_is_flat (map) ? flat (map)->size + FLAT_WORDS : 0;
}

Term
map_put_assoc (Heap *heap, Term map, const Term *keys_values, gsize n)
{
  if (map_is_flat (map) && flat (map)->size == 0)
    return map_new (heap, keys_values, n);
  if (map_is_flat (map) && are_keys_ascending (heap->vm->atoms, keys_values, n))
    return flat_merge (heap, map, keys_values, keys_values + 1, n, 2);
  for (gsize i = 0; i < n; i++)
    map = map_put (heap, map, keys_values[2 * i], keys_values[2 * i + 1]);
  return map;
}

Term
map_put_exact (Heap *heap, Term map, const Term *keys_values, gsize n)
{
  gsize  size, i;
  Term  *hp;
  bool   changed = false;
  gssize at;

  if (!map_is_flat (map))
    {
      for (i = 0; i < n && map != NONE; i++)
        map = map_trie_put (heap, map, keys_values[2 * i], keys_values[2 * i + 1], true);
      return map;
    }
  for (i = 0; i < n; i++)
    {
      at = flat_find (map, keys_values[2 * i]);
      if (at < 0)
        return NONE;
      changed = changed || flat (map)->values[at] != keys_values[2 * i + 1];
    }
  if (!changed)
    return map;
  size = flat (map)->size;
  hp = heap_alloc (heap, FLAT_WORDS + size);
  memcpy (hp, boxed_ptr (map), (FLAT_WORDS + size) * sizeof (Term));
  for (i = 0; i < n; i++)
    hp[FLAT_WORDS + flat_find (map, keys_values[2 * i])] = keys_values[2 * i + 1];
  return make_boxed (hp);
}
