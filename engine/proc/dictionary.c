/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/proc/dictionary.h"

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

static void
grow (Process *p)
{
  guint       steps = (p->dictionary->n_slots / 4) & 0xf;
  Dictionary *dict;
  guint       home;

  steps = MAX (steps, 1);
  dict = with_room (p, p->dictionary->n_slots + steps);
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

static void
shrink (Process *p)
{
  Dictionary *dict = p->dictionary;
  guint       steps = dict->n_slots * 3 / 10;

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
      dict->n_slots--;
      dict->slots[dict->split] =
        merge_slots (p, dict->slots[dict->split], dict->slots[dict->n_slots]);
      dict->slots[dict->n_slots] = NIL;
    }
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
  Term *slot, *hp;

  if (pair != NONE && term_is_immediate (value))
    {
      *pair_value (pair) = value;
      return old;
    }
  if (p->dictionary == NULL)
    create (p);
  slot = &p->dictionary->slots[slot_of (p->dictionary, key)];
  hp = halloc (p, 3);
  hp[0] = TUPLE_HEADER (2);
  hp[1] = key;
  hp[2] = value;
  if (pair != NONE && term_is_boxed (*slot))
    {
      *slot = make_boxed (hp);
      return old;
    }
  if (pair != NONE)
    unlink_pair (slot, key);
  if (*slot == NIL && pair == NONE)
    *slot = make_boxed (hp);
  else if (term_is_boxed (*slot))
    *slot = cons (p, make_boxed (hp), cons (p, *slot, NIL));
  else
    *slot = cons (p, make_boxed (hp), *slot);
  if (pair == NONE)
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
    shrink (p);
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
  LIST_PAIRS,
  LIST_KEYS,
  LIST_KEYS_OF,
} Listing;

static Term
list_pair (Heap *to, Listing listing, Term pair, Term value, Term list)
{
  Term *hp;

  if (listing == LIST_KEYS_OF && !term_equal (*pair_value (pair), value))
    return list;
  hp = heap_alloc (to, 2);
  hp[0] = listing == LIST_PAIRS ? pair : pair_key (pair);
  hp[1] = list;
  return make_list (hp);
}

static Term
list_all (Process *p, Heap *to, Listing listing, Term value)
{
  Dictionary *dict = p->dictionary;
  Term        list = NIL;

  for (guint i = 0; dict != NULL && i < dict->n_slots; i++)
    {
      Term slot = dict->slots[i];

      if (term_is_boxed (slot))
        list = list_pair (to, listing, slot, value, list);
      for (; term_is_list (slot); slot = list_tail (slot))
        list = list_pair (to, listing, list_head (slot), value, list);
    }
  return list;
}

Term
dictionary_get_all (Process *p, Heap *to)
{
  return list_all (p, to, LIST_PAIRS, NONE);
}

Term
dictionary_get_keys (Process *p)
{
  return list_all (p, &p->heap, LIST_KEYS, NONE);
}

Term
dictionary_get_keys_of (Process *p, Term value)
{
  return list_all (p, &p->heap, LIST_KEYS_OF, value);
}
