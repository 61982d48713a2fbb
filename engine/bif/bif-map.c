/* SPDX-License-Identifier: Apache-2.0 */

/* Maps. */

#include "config.h"

#include "engine/bif/bif-util.h"

static Term
bad_map (Process *p, Term map)
{
  return bif_error_pair (p, A (badmap), map);
}

static Term
bad_key (Process *p, Term key)
{
  return bif_error_pair (p, A (badkey), key);
}

Term
bif_map_get_2 (Process *p, Term *args)
{
  Term value;

  if (!term_is_map (args[1]))
    return bad_map (p, args[1]);
  value = map_get (args[1], args[0]);
  return value != NONE ? value : bad_key (p, args[0]);
}

Term
bif_is_map_key_2 (Process *p, Term *args)
{
  if (!term_is_map (args[1]))
    return bad_map (p, args[1]);
  return bool_term (map_get (args[1], args[0]) != NONE);
}

Term
bif_maps_find_2 (Process *p, Term *args)
{
  Term value;

  if (!term_is_map (args[1]))
    return bad_map (p, args[1]);
  value = map_get (args[1], args[0]);
  return value != NONE ? pair_new (p, A (ok), value) : A (error);
}

Term
bif_maps_put_3 (Process *p, Term *args)
{
  if (!term_is_map (args[2]))
    return bad_map (p, args[2]);
  return map_put (&p->heap, args[2], args[0], args[1]);
}

Term
bif_maps_update_3 (Process *p, Term *args)
{
  Term map;

  if (!term_is_map (args[2]))
    return bad_map (p, args[2]);
  map = map_update (&p->heap, args[2], args[0], args[1]);
  return map != NONE ? map : bad_key (p, args[0]);
}

Term
bif_maps_remove_2 (Process *p, Term *args)
{
  if (!term_is_map (args[1]))
    return bad_map (p, args[1]);
  return map_remove (&p->heap, args[1], args[0], NULL);
}

Term
bif_maps_take_2 (Process *p, Term *args)
{
  Term map, value;

  if (!term_is_map (args[1]))
    return bad_map (p, args[1]);
  map = map_remove (&p->heap, args[1], args[0], &value);
  return value != NONE ? pair_new (p, value, map) : A (error);
}

/* 8 nodes gone through cost a reduction; two flat maps are free. How many nodes
 * two tries have in common is not known here: measured, it is about as many as the
 * smaller map has pairs, and three for each pair of a flat map. */
static void
charge_merge (Process *p, Term a, Term b)
{
  guint64 n = MIN (map_size (a), map_size (b));

  if (map_is_flat (a) && map_is_flat (b))
    return;
  if (map_is_flat (a) || map_is_flat (b))
    n = 3 * (map_is_flat (a) ? map_size (a) : map_size (b));
  bump_reductions (p, (gint32) MIN (n / 8, G_MAXINT32));
}

Term
bif_maps_merge_2 (Process *p, Term *args)
{
  if (!term_is_map (args[0]))
    return bad_map (p, args[0]);
  if (!term_is_map (args[1]))
    return bad_map (p, args[1]);
  if (args[0] == args[1])
    return args[0];
  charge_merge (p, args[0], args[1]);
  return map_merge (&p->heap, args[0], args[1]);
}

/* --- lists of a map --------------------------------------------------------- */

typedef struct
{
  Term *hp;
  Term  list;
  bool  values;
} Listing;

static bool
list_one (Term key, Term value, gpointer data)
{
  Listing *listing = data;

  listing->list = cons_write (listing->hp, listing->values ? value : key, listing->list);
  listing->hp += 2;
  return true;
}

/* Flat maps: in key order; hash maps: the reverse of the iterator's order. */
static Term
list_map (Process *p, Term map, bool values)
{
  Listing listing = { NULL, NIL, values };
  guint64 n;

  if (!term_is_map (map))
    return bad_map (p, map);
  n = map_size (map);
  listing.hp = halloc (p, 2 * n);
  if (!map_is_flat (map))
    bump_reductions (p, (gint32) MIN (n / 15, G_MAXINT32));
  if (!map_is_flat (map))
    map_foreach (map, list_one, &listing);
  else
    {
      FlatMap *flat = (FlatMap *) boxed_ptr (map);

      while (n-- > 0)
        list_one (values ? NIL : tuple_elements (flat->keys)[n], flat->values[n], &listing);
    }
  return listing.list;
}

Term
bif_maps_keys_1 (Process *p, Term *args)
{
  return list_map (p, args[0], false);
}

Term
bif_maps_values_1 (Process *p, Term *args)
{
  return list_map (p, args[0], true);
}

/* 40 rounds of a loop cost a reduction, most of them in sorting what becomes a
 * hash map; the factor is measured. */
static void
charge_build (Process *p, gssize n)
{
  guint64 rounds;

  if (n <= MAP_FLAT_LIMIT)
    return;
  rounds = (guint64) n * (64 - (guint) __builtin_clzll ((guint64) n - 1)) * 265 / 100 + (guint64) n;
  bump_reductions (p, (gint32) MIN (rounds / 40, G_MAXINT32));
}

Term
bif_maps_from_list_1 (Process *p, Term *args)
{
  gssize           n = list_length (args[0]);
  g_autofree Term *pairs = NULL;
  Term             list = args[0];

  if (n < 0)
    return bif_badarg (p);
  pairs = g_new (Term, 2 * (gsize) n + 1);
  for (gssize i = 0; i < n; i++, list = list_tail (list))
    {
      if (!term_is_tuple_of (list_head (list), 2))
        return bif_badarg (p);
      memcpy (pairs + 2 * i, tuple_elements (list_head (list)), 2 * sizeof (Term));
    }
  charge_build (p, n);
  return map_new (&p->heap, pairs, (gsize) n);
}

Term
bif_maps_from_keys_2 (Process *p, Term *args)
{
  gssize           n = list_length (args[0]);
  g_autofree Term *pairs = NULL;
  Term             list = args[0];

  if (n < 0)
    return bif_badarg (p);
  pairs = g_new (Term, 2 * (gsize) n + 1);
  for (gssize i = 0; i < n; i++, list = list_tail (list))
    {
      pairs[2 * i] = list_head (list);
      pairs[2 * i + 1] = args[1];
    }
  charge_build (p, n);
  return map_new (&p->heap, pairs, (gsize) n);
}

/* --- iteration --------------------------------------------------------------- */

/* A path to a leaf of a hash map: four bits a level, the root's in the lowest.
 * Sixteen levels fit the path's 64 bits; a map that is deeper (needs keys whose
 * 32-bit hashes collide twice over) is returned whole from there on. */
#define PATH_LEVELS 16
#define MAX_LEVELS  64

typedef struct
{
  const Term *children;
  guint       n, next;
} Level;

typedef struct
{
  Level levels[MAX_LEVELS];
  guint n;
} Walk;

static void
walk_enter (Walk *walk, Term node, guint first)
{
  const Term *thing = boxed_ptr (node);
  Level      *level = &walk->levels[walk->n++];

  g_assert (walk->n <= MAX_LEVELS);
  level->next = first;
  switch (map_kind (*thing))
    {
    case MAP_KIND_NODE:
      level->children = thing + 1;
      level->n = (guint) __builtin_popcount (map_bitmap (*thing));
      break;
    case MAP_KIND_HEAD_ARRAY:
      level->children = thing + 2;
      level->n = 16;
      break;
    default:
      level->children = thing + 2;
      level->n = (guint) __builtin_popcount (map_bitmap (*thing));
      break;
    }
}

/* Goes to the node of the leaf that @path says; FALSE: there is none. */
static bool
walk_to (Walk *walk, Term map, guint64 path)
{
  Term node = map;

  walk->n = 0;
  for (;; path >>= 4)
    {
      guint at = path & 15;

      walk_enter (walk, node, at);
      if (at >= walk->levels[walk->n - 1].n)
        return false;
      if (term_is_list (walk->levels[walk->n - 1].children[at]))
        return true;
      walk->levels[walk->n - 1].next = at + 1;
      node = walk->levels[walk->n - 1].children[at];
    }
}

/* The next leaf, or NONE. */
static Term
walk_next (Walk *walk)
{
  while (walk->n > 0)
    {
      Level *level = &walk->levels[walk->n - 1];
      Term   child;

      if (level->next == level->n)
        {
          walk->n--;
          continue;
        }
      child = level->children[level->next];
      level->next++;
      if (term_is_list (child))
        return child;
      walk_enter (walk, child, 0);
    }
  return NONE;
}

/* Stands the walk on something unvisited and gives the path to it; FALSE: all done. */
static bool
walk_path (Walk *walk, guint64 *path)
{
  while (walk->n > 0 && walk->levels[walk->n - 1].next == walk->levels[walk->n - 1].n)
    walk->n--;
  if (walk->n == 0)
    return false;
  *path = walk->levels[walk->n - 1].next;
  for (guint i = walk->n - 1; i-- > 0;)
    *path = *path << 4 | (walk->levels[i].next - 1);
  return true;
}

static Term
next_of_flat (Process *p, Term map, Term rest, bool iterator)
{
  FlatMap    *flat = (FlatMap *) boxed_ptr (map);
  const Term *keys = tuple_elements (flat->keys);
  guint64     n = flat->size;
  Term       *hp = halloc (p, (iterator ? 4 : 5) * n);
  Term        result = iterator ? A (none) : rest;

  while (n-- > 0)
    if (iterator)
      {
        result = triple_write (hp, keys[n], flat->values[n], result);
        hp += 4;
      }
    else
      {
        result = cons_write (hp + 3, pair_write (hp, keys[n], flat->values[n]), result);
        hp += 5;
      }
  return result;
}

/* How many associations one call returns. */
static guint64
n_to_return (Process *p, Term map, guint64 path)
{
  guint64 n = MIN ((guint64) MAX (p->fcalls / 4, 1), map_size (map));

  return path == 0 ? MIN (n, MAP_FLAT_LIMIT) : n;
}

static Term
next_of_hash (Process *p, Term map, guint64 path, Term rest, bool iterator)
{
  Walk    walk;
  guint64 n = n_to_return (p, map, path), done = 0;
  gsize   words = iterator ? 4 : 5;
  Term    result = rest;
  Term   *end = &result;
  Term   *hp;
  guint64 next_path = 0;
  Term    leaf;

  if (!walk_to (&walk, map, path))
    return bif_badarg (p);
  hp = halloc (p, words * n);
  for (; done < n || walk.n > PATH_LEVELS; done++)
    {
      leaf = walk_next (&walk);
      if (leaf == NONE)
        break;
      if (done >= n)
        hp = halloc (p, words);
      if (iterator)
        {
          *end = triple_write (hp, list_head (leaf), list_tail (leaf), NIL);
          end = hp + 3;
        }
      else
        result = cons_write (hp + 3, pair_write (hp, list_head (leaf), list_tail (leaf)), result);
      hp += words;
    }
  if (done < n)
    heap_give_back (&p->heap, hp - words * done, words * n, words * done);
  bump_reductions (p, (gint32) MIN (4 * done, G_MAXINT32));
  if (!walk_path (&walk, &next_path))
    {
      if (iterator)
        *end = A (none);
      return result;
    }
  if (iterator)
    *end = cons_new (p, integer_from_u64 (&p->heap, next_path), map);
  else
    result = cons_new (p, integer_from_u64 (&p->heap, next_path), cons_new (p, map, result));
  return result;
}

Term
bif_erts_internal_map_next_3 (Process *p, Term *args)
{
  bool    iterator = args[2] == A (iterator);
  guint64 path;

  if (!term_is_map (args[1]) || !(iterator || term_is_nil (args[2]) || term_is_list (args[2])))
    return bif_badarg (p);
  if (!integer_to_u64 (args[0], &path))
    return bif_badarg (p);
  if (!map_is_flat (args[1]))
    return next_of_hash (p, args[1], path, args[2], iterator);
  if (path > map_size (args[1]))
    return bif_badarg (p);
  return next_of_flat (p, args[1], args[2], iterator);
}

/* --- for erts_debug:size/1 ----------------------------------------------------- */

Term
bif_erts_internal_map_to_tuple_keys_1 (Process *p, Term *args)
{
  if (!term_is_map (args[0]))
    return bad_map (p, args[0]);
  return map_is_flat (args[0]) ? ((FlatMap *) boxed_ptr (args[0]))->keys : bif_badarg (p);
}

Term
bif_erts_internal_map_hashmap_children_1 (Process *p, Term *args)
{
  Walk  walk = { .n = 0 };
  Term  result = NIL;
  Term *hp;

  if (!term_is_map (args[0]))
    return bad_map (p, args[0]);
  if (map_is_flat (args[0]))
    return bif_badarg (p);
  walk_enter (&walk, args[0], 0);
  hp = halloc (p, 2 * walk.levels[0].n);
  for (guint i = 0; i < walk.levels[0].n; i++, hp += 2)
    result = cons_write (hp, walk.levels[0].children[i], result);
  return result;
}

/* --- erts_debug:map_info/1 ------------------------------------------------------ */

typedef struct
{
  guint64 n_leaves, n_bitmaps, n_arrays, depth;
  guint64 leaves[16], bitmaps[16]; /* by depth; by number of children */
} MapInfo;

static void
count_nodes (MapInfo *info, Term node, guint depth)
{
  Walk  walk = { .n = 0 };
  guint n;

  info->depth = MAX (info->depth, depth);
  if (term_is_list (node))
    {
      info->n_leaves++;
      info->leaves[MIN (depth, 15)]++;
      return;
    }
  walk_enter (&walk, node, 0);
  n = walk.levels[0].n;
  if (map_kind (boxed_header (node)) == MAP_KIND_HEAD_ARRAY)
    info->n_arrays++;
  else
    {
      info->n_bitmaps++;
      info->bitmaps[n - 1]++;
    }
  for (guint i = 0; i < n; i++)
    count_nodes (info, walk.levels[0].children[i], depth + 1);
}

static Term
counts_tuple (Process *p, const guint64 *counts)
{
  Term *hp = halloc (p, 17);

  hp[0] = TUPLE_HEADER (16);
  for (guint i = 0; i < 16; i++)
    hp[i + 1] = make_small ((gint64) counts[i]);
  return make_boxed (hp);
}

Term
bif_erts_debug_map_info_1 (Process *p, Term *args)
{
  MapInfo info = { 0 };
  Term    list = NIL;

  if (!term_is_map (args[0]))
    return bad_map (p, args[0]);
  if (map_is_flat (args[0]))
    return bif_badarg (p);
  count_nodes (&info, args[0], 0);
  list = cons_new (p,
                   tuple_new (&p->heap, 3, A (leafs), make_small ((gint64) info.n_leaves),
                              counts_tuple (p, info.leaves)),
                   list);
  list = cons_new (p,
                   tuple_new (&p->heap, 3, A (bitmaps), make_small ((gint64) info.n_bitmaps),
                              counts_tuple (p, info.bitmaps)),
                   list);
  list = cons_new (p, tuple_new (&p->heap, 3, A (arrays), make_small ((gint64) info.n_arrays), NIL),
                   list);
  return cons_new (p, pair_new (p, A (depth), make_small ((gint64) info.depth)), list);
}
