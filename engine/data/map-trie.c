/* SPDX-License-Identifier: Apache-2.0 */

/* Hash maps: tries of 16-way nodes over the key's hash, 4 bits a level, lowest
 * first. The same pairs always make the same trie, whatever was done to get
 * there: single-child chains exist exactly where hashes agree.
 * Layout and heap use: OTP 25, erts/emulator/beam/erl_map.c. */

#include "config.h"

#include "engine/data/map.h"

#include "engine/base/debug.h"
#include "engine/term/map-hash.h"
#include "engine/term/map-iterator.h"
#include "engine/term/term-order.h"

#include <stdlib.h>

#define LEVELS_PER_HASH  8
#define HEAD_ARRAY_WORDS 18
#define FULL_BITMAP      0xffffu

static inline gsize
head_words (gsize n)
{
  return 2 + n;
}
static inline gsize
node_words (gsize n)
{
  return 1 + n;
}

static inline Term
head_header (guint bitmap)
{
  return bitmap == FULL_BITMAP ? MAP_HEADER (MAP_KIND_HEAD_ARRAY, 1, FULL_BITMAP)
                               : MAP_HEADER (MAP_KIND_HEAD_BITMAP, 1, bitmap);
}

static inline guint
node_bitmap (const Term *node)
{
  return map_kind (node[0]) == MAP_KIND_HEAD_ARRAY ? FULL_BITMAP : map_bitmap (node[0]);
}

/* Where children begin. */
static inline guint
first_child (const Term *node)
{
  return map_kind (node[0]) == MAP_KIND_NODE ? 1 : 2;
}

static inline guint
count_bits (guint bitmap)
{
  return (guint) __builtin_popcount (bitmap);
}

/* --- a key's way down ----------------------------------------------------- */

typedef struct
{
  Term    key;
  guint32 hash; /* the bits that are not used up */
  guint   level;
} KeyPath;

static inline KeyPath
key_path (Term key)
{
  return (KeyPath){ key, term_hash_map (key, 0), 0 };
}

static inline KeyPath
key_path_at (Term key, guint level)
{
  return (KeyPath){ key,
                    term_hash_map (key, level / LEVELS_PER_HASH) >> 4 * (level % LEVELS_PER_HASH),
                    level };
}

static inline guint
key_index (const KeyPath *path)
{
  return path->hash & 15;
}

static inline void
key_descend (KeyPath *path)
{
  path->level++;
  if (path->level >= MAP_MAX_LEVELS)
    g_error ("two different keys agree in %d bits of hash", 4 * MAP_MAX_LEVELS);
  path->hash = path->level % LEVELS_PER_HASH != 0
                 ? path->hash >> 4
                 : term_hash_map (path->key, path->level / LEVELS_PER_HASH);
}

Term
map_trie_get (Term map, Term key)
{
  KeyPath path = key_path (key);
  Term    node = map;

  for (;;)
    {
      const Term *p = boxed_ptr (node);
      guint       bitmap = node_bitmap (p), bit = 1u << key_index (&path);

      if ((bitmap & bit) == 0)
        return NONE;
      node = p[first_child (p) + count_bits (bitmap & (bit - 1))];
      if (term_is_list (node))
        return term_equal (list_head (node), key) ? list_tail (node) : NONE;
      key_descend (&path);
    }
}

/* --- put ------------------------------------------------------------------ */

typedef struct
{
  const Term *node;
  guint       slot; /* of the child that the key's way goes through */
  guint       bit;
} Step;

typedef struct
{
  Step  steps[MAP_MAX_LEVELS];
  guint n;
  gsize words;
} Trail;

/* A copy of @node with @child at the step's slot: put in when the bit is new. */
static Term
copy_node_with (const Step *step, Term child, guint64 growth, Term **hp)
{
  const Term *from = step->node;
  guint       bitmap = node_bitmap (from), first = first_child (from), n = count_bits (bitmap);
  bool        is_new = (bitmap & step->bit) == 0;
  Term       *to = *hp;

  bitmap |= step->bit;
  if (first == 2)
    {
      to[0] = head_header (bitmap);
      to[1] = from[1] + growth;
    }
  else
    to[0] = MAP_HEADER (MAP_KIND_NODE, 0, bitmap);
  memcpy (to + first, from + first, step->slot * sizeof (Term));
  to[first + step->slot] = child;
  memcpy (to + first + step->slot + 1, from + first + step->slot + (is_new ? 0 : 1),
          (n - step->slot - (is_new ? 0 : 1)) * sizeof (Term));
  *hp += first + n + (is_new ? 1 : 0);
  return make_boxed (to);
}

/* Nodes that part two leaves whose ways agree up to @level. */
typedef struct
{
  guint indices[MAP_MAX_LEVELS]; /* of the single-child nodes on the way */
  guint n_single;
  guint index, other_index;
} Parting;

static void
part_keys (Parting *parting, KeyPath path, Term other_key)
{
  KeyPath other = key_path_at (other_key, path.level);

  parting->n_single = 0;
  while (key_index (&path) == key_index (&other))
    {
      parting->indices[parting->n_single++] = key_index (&path);
      key_descend (&path);
      key_descend (&other);
    }
  parting->index = key_index (&path);
  parting->other_index = key_index (&other);
}

static gsize
parting_words (const Parting *parting)
{
  return node_words (2) + parting->n_single * node_words (1);
}

static Term
build_parting (const Parting *parting, Term leaf, Term other_leaf, Term **hp)
{
  bool  first = parting->index < parting->other_index;
  Term *p = *hp;
  Term  node;

  p[0] = MAP_HEADER (MAP_KIND_NODE, 0, 1u << parting->index | 1u << parting->other_index);
  p[1] = first ? leaf : other_leaf;
  p[2] = first ? other_leaf : leaf;
  node = make_boxed (p);
  p += 3;
  for (guint i = parting->n_single; i-- > 0; p += 2)
    {
      p[0] = MAP_HEADER (MAP_KIND_NODE, 0, 1u << parting->indices[i]);
      p[1] = node;
      node = make_boxed (p);
    }
  *hp = p;
  return node;
}

/* Goes down to where @path's key is or would be. Returns the leaf there, or NONE. */
static Term
walk_trail (Trail *trail, Term map, KeyPath *path)
{
  Term node = map;

  trail->n = 0;
  trail->words = 0;
  for (;;)
    {
      const Term *p = boxed_ptr (node);
      guint       bitmap = node_bitmap (p), bit = 1u << key_index (path);
      guint       slot = count_bits (bitmap & (bit - 1));

      trail->steps[trail->n++] = (Step){ p, slot, bit };
      trail->words += first_child (p) + count_bits (bitmap | bit);
      if ((bitmap & bit) == 0)
        return NONE;
      node = p[first_child (p) + slot];
      key_descend (path);
      if (term_is_list (node))
        return node;
    }
}

Term
map_trie_put (Heap *heap, Term map, Term key, Term value, bool only_update)
{
  Trail   trail;
  Parting parting;
  KeyPath path = key_path (key);
  Term    leaf = walk_trail (&trail, map, &path);
  bool    found = leaf != NONE && term_equal (list_head (leaf), key);
  Term   *hp, child;

  if (found && list_tail (leaf) == value)
    return map;
  if (!found && only_update)
    return NONE;
  if (!found && leaf != NONE)
    {
      part_keys (&parting, path, list_head (leaf));
      trail.words += parting_words (&parting);
    }

  hp = heap_alloc (heap, trail.words + 2);
  hp[0] = found ? list_head (leaf) : key;
  hp[1] = value;
  child = make_list (hp);
  hp += 2;
  if (!found && leaf != NONE)
    child = build_parting (&parting, child, leaf, &hp);
  while (trail.n > 0)
    child = copy_node_with (&trail.steps[--trail.n], child, found ? 0 : 1, &hp);
  return child;
}

/* --- remove --------------------------------------------------------------- */

/* A copy of @node without the step's child. */
static Term
copy_node_without (const Step *step, Term **hp)
{
  const Term *from = step->node;
  guint       bitmap = node_bitmap (from), first = first_child (from), n = count_bits (bitmap);
  Term       *to = *hp;

  bitmap &= ~step->bit;
  if (first == 2)
    {
      to[0] = head_header (bitmap);
      to[1] = from[1] - 1;
    }
  else
    to[0] = MAP_HEADER (MAP_KIND_NODE, 0, bitmap);
  memcpy (to + first, from + first, step->slot * sizeof (Term));
  memcpy (to + first + step->slot, from + first + step->slot + 1,
          (n - step->slot - 1) * sizeof (Term));
  *hp += first + n - 1;
  return make_boxed (to);
}

Term
map_trie_remove (Heap *heap, Term map, Term key)
{
  Trail   trail;
  KeyPath path = key_path (key);
  Term    child = NONE, *start, *hp;
  gsize   words;

  if (walk_trail (&trail, map, &path) == NONE)
    return map;
  words = trail.words;
  start = hp = heap_alloc (heap, words);
  while (trail.n > 0)
    {
      const Step *step = &trail.steps[--trail.n];
      bool        is_root = trail.n == 0;
      guint       n = count_bits (node_bitmap (step->node));

      if (child == NONE && n == 2 && !is_root && term_is_list (step->node[step->slot == 0 ? 2 : 1]))
        child = step->node[step->slot == 0 ? 2 : 1]; /* a leaf that is alone moves up */
      else if (child == NONE && (n > 1 || is_root))
        child = copy_node_without (step, &hp);
      else if (child != NONE && (!term_is_list (child) || n > 1 || is_root))
        child = copy_node_with (step, child, (guint64) -1, &hp);
    }
  heap_give_back (heap, start, words, (gsize) (hp - start));
  return child;
}

/* --- building from leaves ------------------------------------------------- */

static guint32
reverse_nibbles (guint32 h)
{
  h = GUINT32_SWAP_LE_BE (h);
  return (h & 0x0f0f0f0fu) << 4 | (h >> 4 & 0x0f0f0f0fu);
}

static int
compare_items (const void *a, const void *b)
{
  guint64 x = ((const MapItem *) a)->order, y = ((const MapItem *) b)->order;
  return x < y ? -1 : x > y;
}

static void
order_items (MapItem *items, gsize n, guint depth)
{
  for (gsize i = 0; i < n; i++)
    items[i].order = (guint64) reverse_nibbles (term_hash_map (list_head (items[i].leaf), depth))
                       << 32 |
                     (guint32) i;
  qsort (items, n, sizeof *items, compare_items);
}

static inline guint32
item_hash (const MapItem *item)
{
  return (guint32) (item->order >> 32);
}

gsize
map_items_sort (MapItem *items, gsize n)
{
  gsize kept = 0;

  order_items (items, n, 0);
  for (gsize i = 0; i < n; i++)
    {
      gsize k = kept;

      /* Among those of the same hash, is there the same key? */
      while (k > 0 && item_hash (&items[k - 1]) == item_hash (&items[i]) &&
             !term_equal (list_head (items[k - 1].leaf), list_head (items[i].leaf)))
        k--;
      if (k > 0 && item_hash (&items[k - 1]) == item_hash (&items[i]))
        items[k - 1].leaf = items[i].leaf;
      else
        items[kept++] = items[i];
    }
  return kept;
}

static inline guint
item_index (const MapItem *item, guint level)
{
  return (guint) (item->order >> (60 - 4 * (level % LEVELS_PER_HASH))) & 15;
}

/* Items of one child: those from @i on that have its index. */
static gsize
group_end (const MapItem *items, gsize n, gsize i, guint level)
{
  gsize end = i + 1;

  while (end < n && item_index (&items[end], level) == item_index (&items[i], level))
    end++;
  return end;
}

/* Items that agree in a whole hash, in the order of the next one. */
static MapItem *
dup_for_level (const MapItem *items, gsize n, guint level)
{
  MapItem *copy;

  if (level == 0 || level % LEVELS_PER_HASH != 0)
    return NULL;
  if (level >= MAP_MAX_LEVELS)
    g_error ("two different keys agree in %d bits of hash", 4 * MAP_MAX_LEVELS);
  copy = g_memdup2 (items, n * sizeof *items);
  order_items (copy, n, level / LEVELS_PER_HASH);
  return copy;
}

static Term
build_items (const MapItem *items, gsize n, guint level, MapAlloc alloc, gpointer data)
{
  MapItem *copy = dup_for_level (items, n, level);
  Term     children[16];
  guint    n_children = 0, bitmap = 0, first = level == 0 ? 2 : 1;
  Term    *node;

  items = copy != NULL ? copy : items;
  for (gsize i = 0, end; i < n; i = end)
    {
      end = group_end (items, n, i, level);
      bitmap |= 1u << item_index (&items[i], level);
      children[n_children++] =
        end - i > 1 ? build_items (items + i, end - i, level + 1, alloc, data) : items[i].leaf;
    }
  g_free (copy);
  for (guint i = 0; i < n_children; i++)
    if (children[i] == NONE)
      return NONE;
  node = alloc (data, level == 0 ? head_words (n_children) : node_words (n_children));
  if (node == NULL)
    return NONE;
  node[0] = level == 0 ? head_header (bitmap) : MAP_HEADER (MAP_KIND_NODE, 0, bitmap);
  if (level == 0)
    node[1] = n;
  memcpy (node + first, children, n_children * sizeof (Term));
  return make_boxed (node);
}

Term
map_items_build (const MapItem *items, gsize n, MapAlloc alloc, gpointer data)
{
  return build_items (items, n, 0, alloc, data);
}

/* --- merge ---------------------------------------------------------------- */

typedef struct
{
  Heap *heap;
  gsize n_common; /* keys in both */
} Merge;

static Term merge_nodes (Merge *merge, Term a, Term b, guint level);

static Term
merge_leaves (Merge *merge, Term a, Term b, guint level)
{
  Parting parting;
  Term   *hp;

  if (term_equal (list_head (a), list_head (b)))
    {
      merge->n_common++;
      return b;
    }
  part_keys (&parting, key_path_at (list_head (a), level), list_head (b));
  hp = heap_alloc (merge->heap, parting_words (&parting));
  return build_parting (&parting, a, b, &hp);
}

/* One of the two is a leaf: as if it were a node with one child. */
static guint
bitmap_at (Term t, guint level)
{
  KeyPath path;

  if (!term_is_list (t))
    return node_bitmap (boxed_ptr (t));
  path = key_path_at (list_head (t), level);
  return 1u << key_index (&path);
}

static Term
child_at (Term t, guint bit, guint bitmap)
{
  const Term *p;

  if (term_is_list (t))
    return t;
  p = boxed_ptr (t);
  return p[first_child (p) + count_bits (bitmap & (bit - 1))];
}

static Term
merge_nodes (Merge *merge, Term a, Term b, guint level)
{
  guint x, y, n = 0, first = level == 0 ? 2 : 1;
  Term  children[16], *hp;
  bool  same_a = true, same_b = true;

  if (a == b && level > 0)
    {
      /* The same part of the trie: all its keys are common. */
      MapIterator it = { 0 };
      Term        key, value;

      if (term_is_list (a))
        {
          merge->n_common++;
          return a;
        }
      map_iterator_push (&it, a);
      while (map_iterator_next (&it, &key, &value))
        merge->n_common++;
      return a;
    }
  if (term_is_list (a) && term_is_list (b))
    return merge_leaves (merge, a, b, level);

  x = bitmap_at (a, level);
  y = bitmap_at (b, level);
  for (guint i = 0; i < 16; i++)
    {
      guint bit = 1u << i;
      Term  from_a = (x & bit) != 0 ? child_at (a, bit, x) : NONE;
      Term  from_b = (y & bit) != 0 ? child_at (b, bit, y) : NONE;
      Term  child = from_a == NONE ? from_b : from_a;

      if (child == NONE)
        continue;
      if (from_a != NONE && from_b != NONE)
        child = merge_nodes (merge, from_a, from_b, level + 1);
      children[n++] = child;
      same_a = same_a && child == from_a;
      same_b = same_b && child == from_b;
    }
  if (level > 0 && same_b && !term_is_list (b))
    return b;
  if (level > 0 && same_a && !term_is_list (a))
    return a;
  hp = heap_alloc (merge->heap, first + n);
  hp[0] = level == 0 ? head_header (x | y) : MAP_HEADER (MAP_KIND_NODE, 0, x | y);
  memcpy (hp + first, children, n * sizeof (Term));
  return make_boxed (hp);
}

Term
map_trie_merge (Heap *heap, Term a, Term b)
{
  Merge merge = { heap, 0 };
  Term  root = merge_nodes (&merge, a, b, 0);

  boxed_ptr (root)[1] = map_size (a) + map_size (b) - merge.n_common;
  return root;
}
