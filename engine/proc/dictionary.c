/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/proc/dictionary.h"

#include "engine/data/data.h"

#include "engine/term/term-order.h"

#define INITIAL_SLOTS 8

static guint32
hash_of (Term key)
{
  if (term_is_small (key))
    return (guint32) small_value (key);
  if (term_is_atom (key))
    return atom_index (key);
  return term_hash_internal (key);
}

static guint
slot_of (const Dictionary *dict, Term key)
{
  guint32 hash = hash_of (key);
  guint   slot = hash & dict->size_mask;

  return slot >= dict->n_slots ? hash & (dict->size_mask >> 1) : slot;
}

static Term
cons (Process *p, Term head, Term tail)
{
  Term *hp = halloc (p, 2);

  hp[0] = head;
  hp[1] = tail;
  return make_list (hp);
}

static Term
pair_key (Term pair)
{
  return tuple_elements (pair)[0];
}
static Term *
pair_value (Term pair)
{
  return tuple_elements (pair) + 1;
}

static Dictionary *
with_room (Process *p, guint n)
{
  Dictionary *dict = p->dictionary;
  guint       size = dict != NULL ? dict->n_allocated : 0;
  guint       used = size;

  if (size >= n)
    return dict;
  /* ERTS's steps: 10, 20, 40 … */
  size = size == 0 ? INITIAL_SLOTS : 10;
  while (size < n)
    size *= 2;
  dict = g_realloc (dict, sizeof (Dictionary) + size * sizeof (Term));
  for (guint i = used; i < size; i++)
    dict->slots[i] = NIL;
  dict->n_allocated = size;
  p->dictionary = dict;
  return dict;
}

static void
give_back_room (Process *p)
{
  Dictionary *dict = p->dictionary;
  guint       size = 10;

  while (size < dict->n_slots * 3 / 2)
    size *= 2;
  if (size >= dict->n_allocated)
    return;
  dict = g_realloc (dict, sizeof (Dictionary) + size * sizeof (Term));
  dict->n_allocated = size;
  p->dictionary = dict;
}

static Term
find (Process *p, Term key)
{
  Term slot;

  if (p->dictionary == NULL)
    return NONE;
  slot = p->dictionary->slots[slot_of (p->dictionary, key)];
  if (term_is_boxed (slot))
    return term_equal (pair_key (slot), key) ? slot : NONE;
  for (; term_is_list (slot); slot = list_tail (slot))
    if (term_equal (pair_key (list_head (slot)), key))
      return list_head (slot);
  return NONE;
}

Term
dictionary_get (Process *p, Term key)
{
  Term pair = find (p, key);

  return pair != NONE ? *pair_value (pair) : A (undefined);
}

/* Room for @words above the red zone, as ERTS sees to it before it changes anything;
 * what must stay of the caller's is in @roots. */
static void
ensure_room (Process *p, gsize words, Term *roots, guint n_roots)
{
  Heap *heap = &p->heap;
  int   reds;

  if (heap->stop - HEAP_REDZONE - heap->htop >= (gssize) words || p->run == NULL)
    return;
  reds = process_collect (p, words, roots, n_roots, 0);
  bump_reductions (p, MAX (reds, 0));
}

/* --- growing and shrinking -------------------------------------------------- */

static void
split_slot (Process *p, Dictionary *dict, guint from, guint to)
{
  Term slot = dict->slots[from];
  Term stay = NIL, go = NIL;

  if (term_is_boxed (slot))
    {
      if (slot_of (dict, pair_key (slot)) != from)
        {
          dict->slots[to] = slot;
          dict->slots[from] = NIL;
        }
      return;
    }
  for (; term_is_list (slot); slot = list_tail (slot))
    {
      if (slot_of (dict, pair_key (list_head (slot))) == from)
        stay = cons (p, list_head (slot), stay);
      else
        go = cons (p, list_head (slot), go);
    }
  if (term_is_list (stay) && list_tail (stay) == NIL)
    stay = list_head (stay);
  if (term_is_list (go) && list_tail (go) == NIL)
    go = list_head (go);
  dict->slots[from] = stay;
  dict->slots[to] = go;
}

/* Words of the lists in the next @steps slots that are split. */
static gsize
split_words (const Dictionary *dict, guint steps)
{
  guint home = dict->n_slots - dict->split, from = dict->split;
  gsize words = 0;

  for (guint i = 0; i < steps; i++, from++)
    {
      if (from == home)
        {
          home *= 2;
          from = 0;
        }
      for (Term slot = dict->slots[from]; term_is_list (slot); slot = list_tail (slot))
        words += 2;
    }
  return words;
}

static void
grow (Process *p)
{
  guint       steps = (p->dictionary->n_slots / 4) & 0xf;
  Dictionary *dict;
  guint       home;

  steps = MAX (steps, 1);
  dict = with_room (p, p->dictionary->n_slots + steps);
  ensure_room (p, split_words (dict, steps), NULL, 0);
  home = dict->n_slots - dict->split;
  for (guint i = 0; i < steps; i++)
    {
      guint from;

      if (dict->split == home)
        {
          home *= 2;
          dict->size_mask = home * 2 - 1;
          dict->split = 0;
        }
      from = dict->split++;
      dict->n_slots++;
      split_slot (p, dict, from, from + home);
    }
}

/* What stood in two slots in one. */
static Term
merge_slots (Process *p, Term low, Term high)
{
  if (low == NIL || high == NIL)
    return low == NIL ? high : low;
  if (term_is_boxed (low))
    return cons (p, low, term_is_boxed (high) ? cons (p, high, NIL) : high);
  if (term_is_boxed (high))
    return cons (p, high, low);
  for (; term_is_list (high); high = list_tail (high))
    low = cons (p, list_head (high), low);
  return low;
}

/* @kept: the erased pair. */
static void
shrink (Process *p, Term *kept)
{
  Dictionary *dict = p->dictionary;
  guint       steps = dict->n_slots * 3 / 10;
  Term       *low, *high;

  if (dict->n_slots - steps < INITIAL_SLOTS)
    steps = dict->n_slots - INITIAL_SLOTS;
  for (guint i = 0; i < steps; i++)
    {
      if (dict->split == 0)
        {
          dict->size_mask = dict->n_slots - 1;
          dict->split = dict->n_slots / 2;
        }
      dict->split--;
      low = &dict->slots[dict->split];
      high = &dict->slots[dict->n_slots - 1];
      if (*low != NIL && *high != NIL)
        ensure_room (p,
                     term_is_list (*low) && term_is_list (*high)
                       ? 2 * (gsize) list_length (*high)
                       : 4,
                     kept, 1);
      *low = merge_slots (p, *low, *high);
      dict->n_slots--;
      dict->slots[dict->n_slots] = NIL;
    }
  if (dict->n_slots <= dict->n_allocated / 4)
    give_back_room (p);
}

/* --- changing ---------------------------------------------------------------- */

/* Takes the pair with @key out of the list in *@link. The cells before it are
 * younger than those behind, so no old cell comes to point to a young one. */
static Term
unlink_pair (Term *link, Term key)
{
  for (; term_is_list (*link); link = &list_ptr (*link)[1])
    {
      Term pair = list_head (*link);

      if (term_equal (pair_key (pair), key))
        {
          *link = list_tail (*link);
          return pair;
        }
    }
  return NONE;
}

static void
create (Process *p)
{
  Dictionary *dict = with_room (p, INITIAL_SLOTS);

  dict->n_slots = INITIAL_SLOTS;
  dict->size_mask = INITIAL_SLOTS * 2 - 1;
  dict->split = 0;
  dict->n_pairs = 0;
}

Term
dictionary_put (Process *p, Term key, Term value)
{
  Term  pair = find (p, key);
  Term  old = pair != NONE ? *pair_value (pair) : A (undefined);
  Term *slot, *hp, roots[3];
  gsize words = 3;
  bool  had_pair;

  if (pair != NONE && term_is_immediate (value))
    {
      *pair_value (pair) = value;
      return old;
    }
  if (p->dictionary == NULL)
    create (p);
  slot = &p->dictionary->slots[slot_of (p->dictionary, key)];
  if (term_is_list (*slot))
    words += 2;
  else if (term_is_boxed (*slot) && pair == NONE)
    words += 4;
  had_pair = pair != NONE;
  if (had_pair && term_is_list (*slot))
    unlink_pair (slot, key);
  roots[0] = key;
  roots[1] = value;
  roots[2] = old;
  ensure_room (p, words, roots, G_N_ELEMENTS (roots));
  key = roots[0];
  value = roots[1];
  old = roots[2];
  hp = halloc (p, 3);
  hp[0] = TUPLE_HEADER (2);
  hp[1] = key;
  hp[2] = value;
  if (had_pair && term_is_boxed (*slot))
    {
      *slot = make_boxed (hp);
      return old;
    }
  if (*slot == NIL && !had_pair)
    *slot = make_boxed (hp);
  else if (term_is_boxed (*slot))
    *slot = cons (p, make_boxed (hp), cons (p, *slot, NIL));
  else
    *slot = cons (p, make_boxed (hp), *slot);
  if (!had_pair)
    p->dictionary->n_pairs++;
  if (p->dictionary->n_slots <= p->dictionary->n_pairs)
    grow (p);
  return old;
}

Term
dictionary_erase (Process *p, Term key)
{
  Dictionary *dict = p->dictionary;
  Term        pair = find (p, key);
  Term       *slot;

  if (pair == NONE)
    return A (undefined);
  slot = &dict->slots[slot_of (dict, key)];
  if (term_is_boxed (*slot))
    *slot = NIL;
  else
    {
      unlink_pair (slot, key);
      if (term_is_list (*slot) && list_tail (*slot) == NIL)
        *slot = list_head (*slot);
    }
  dict->n_pairs--;
  if (dict->n_slots > INITIAL_SLOTS && dict->n_slots / 2 > dict->n_pairs)
    shrink (p, &pair);
  return *pair_value (pair);
}

void
dictionary_free (Process *p)
{
  g_clear_pointer (&p->dictionary, g_free);
}

/* --- listing ----------------------------------------------------------------- */

typedef enum
{
  LIST_PAIRS,  /* copies: put/2 may change a pair in place */
  LIST_ERASED, /* the pairs themselves: nobody else has them any more */
  LIST_KEYS,
} Listing;

static Term *
list_pair (Listing listing, Term pair, Term *hp, Term *list)
{
  Term head = listing == LIST_KEYS ? pair_key (pair) : pair;

  if (listing == LIST_PAIRS)
    {
      hp[0] = TUPLE_HEADER (2);
      hp[1] = pair_key (pair);
      hp[2] = *pair_value (pair);
      head = make_boxed (hp);
      hp += 3;
    }
  hp[0] = head;
  hp[1] = *list;
  *list = make_list (hp);
  return hp + 2;
}

static Term
list_all (Process *p, Heap *to, Listing listing)
{
  Dictionary *dict = p->dictionary;
  Term        list = NIL, *hp;

  if (dict == NULL || dict->n_pairs == 0)
    return NIL;
  hp = heap_alloc (to, dict->n_pairs * (listing == LIST_PAIRS ? 5 : 2));
  for (guint i = 0; i < dict->n_slots; i++)
    {
      Term slot = dict->slots[i];

      if (term_is_boxed (slot))
        hp = list_pair (listing, slot, hp, &list);
      for (; term_is_list (slot); slot = list_tail (slot))
        hp = list_pair (listing, list_head (slot), hp, &list);
    }
  return list;
}

Term
dictionary_get_all (Process *p, Heap *to)
{
  return list_all (p, to, LIST_PAIRS);
}

Term
dictionary_erase_all (Process *p)
{
  Term list = list_all (p, &p->heap, LIST_ERASED);

  dictionary_free (p);
  return list;
}

Term
dictionary_get_keys (Process *p)
{
  return list_all (p, &p->heap, LIST_KEYS);
}

static Term
key_if (Process *p, Term pair, Term value, Term list)
{
  return term_equal (*pair_value (pair), value) ? cons (p, pair_key (pair), list) : list;
}

Term
dictionary_get_keys_of (Process *p, Term value)
{
  Dictionary *dict = p->dictionary;
  Term        list = NIL;

  for (guint i = 0; dict != NULL && i < dict->n_slots; i++)
    {
      Term slot = dict->slots[i];

      if (term_is_boxed (slot))
        list = key_if (p, slot, value, list);
      for (; term_is_list (slot); slot = list_tail (slot))
        list = key_if (p, list_head (slot), value, list);
    }
  return list;
}
