/* SPDX-License-Identifier: Apache-2.0 */

/* Sets and bags. Sizes, growth and the order of objects in a bucket are those of
 * ERTS (erl_db_hash.c), because iterations show them. */

#include "config.h"

#include "engine/ets/table.h"

#include "engine/term/atom-name.h"

#define FIRST_SEGMENT       256u
#define SEGMENT             2048u
#define SECOND_CAPACITY     256u /* of the table of segments, once one is not enough */
#define CAPACITY_STEP       128u
#define SEGMENTS_HEAD_WORDS 6u /* ERTS's words before a table of segments */
#define MAX_STEPS           5  /* buckets that one operation adds or removes */

static inline HashNode **
bucket (const HashTable *hash, guint slot)
{
  return &hash->segments[(slot + (SEGMENT - FIRST_SEGMENT)) / SEGMENT][slot & (SEGMENT - 1)];
}

guint32
hash_of_key (const EtsTable *table, Term key)
{
  return term_is_atom (key) ? atom_name_hash (table->vm->atoms, key) : term_hash_internal (key);
}

guint
hash_slot_of (const EtsTable *table, guint32 hash)
{
  guint slot = hash & table->hash.mask;

  return slot >= table->hash.n_active ? slot & (table->hash.mask >> 1) : slot;
}

static inline bool
has_key (const EtsTable *table, const HashNode *node, Term key, guint32 hash)
{
  return node->hash == hash && term_equal (key, ets_key (table, node->object.tuple));
}

static void
node_free (EtsTable *table, HashNode *node)
{
  ets_block_free (table, node, &node->object);
}

/* --- buckets ---------------------------------------------------------------------- */

static void
calculate_shrink_limit (HashTable *hash)
{
  guint least = MAX (hash->stride + SEGMENT, FIRST_SEGMENT + 2 * SEGMENT);

  hash->shrink_limit = hash->n_slots >= least ? (hash->n_slots - SEGMENT) / 2 : 0;
}

static gint64
segment_bytes (guint index)
{
  return (gint64) ((index == 0 ? FIRST_SEGMENT : SEGMENT) * sizeof (HashNode *));
}

static void
add_segment (EtsTable *table)
{
  HashTable *hash = &table->hash;
  guint      size = hash->n_segments == 0 ? FIRST_SEGMENT : SEGMENT;

  if (hash->n_segments == hash->segments_capacity)
    {
      hash->segments_capacity = hash->n_segments == 0   ? 1
                                : hash->n_segments == 1 ? SECOND_CAPACITY
                                                        : hash->segments_capacity + CAPACITY_STEP;
      hash->segments = g_renew (HashNode **, hash->segments, hash->segments_capacity);
    }
  machine_account_memory (table->vm, segment_bytes (hash->n_segments));
  hash->segments[hash->n_segments++] = g_new0 (HashNode *, size);
  hash->n_slots += size;
  calculate_shrink_limit (hash);
}

static void
remove_segment (EtsTable *table)
{
  HashTable *hash = &table->hash;

  hash->n_segments--;
  g_free (hash->segments[hash->n_segments]);
  machine_account_memory (table->vm, -segment_bytes (hash->n_segments));
  hash->n_slots -= SEGMENT;
  calculate_shrink_limit (hash);
}

gsize
hash_words (const EtsTable *table)
{
  gsize words = table->hash.n_slots;
  guint capacity = 1;

  while (capacity < table->hash.n_segments)
    {
      capacity = capacity == 1 ? SECOND_CAPACITY : capacity + CAPACITY_STEP;
      words += capacity + SEGMENTS_HEAD_WORDS;
    }
  return words;
}

void
hash_init (EtsTable *table, guint n_locks)
{
  table->hash.n_active = FIRST_SEGMENT;
  table->hash.mask = FIRST_SEGMENT - 1;
  table->hash.stride = n_locks;
  add_segment (table);
}

/* Splits one bucket in two; both keep the order of their objects. */
static void
grow_once (EtsTable *table)
{
  HashTable *hash = &table->hash;
  guint      to = hash->n_active;
  guint      from;
  HashNode **stay, **go, *node;

  if (to == hash->n_slots)
    add_segment (table);
  if (to > hash->mask)
    hash->mask = hash->mask << 1 | 1;
  from = to & (hash->mask >> 1);
  hash->n_active++;
  stay = bucket (hash, from);
  go = bucket (hash, to);
  for (node = *stay; node != NULL; node = node->next)
    {
      HashNode ***end = (node->hash & hash->mask) == from ? &stay : &go;

      **end = node;
      *end = &node->next;
    }
  *stay = NULL;
  *go = NULL;
}

/* Joins the last bucket to the one that it was split from, in front of it. */
static void
shrink_once (EtsTable *table)
{
  HashTable *hash = &table->hash;
  guint      from = hash->n_active - 1;
  guint      to = from & (hash->mask >> 1);
  HashNode **end = bucket (hash, from);
  HashNode  *moved = *end;

  *end = NULL;
  hash->n_active = from;
  if (to == 0)
    hash->mask >>= 1;
  if (moved != NULL)
    {
      HashNode **head = bucket (hash, to), *last = moved;

      while (last->next != NULL)
        last = last->next;
      last->next = *head;
      *head = moved;
    }
  if (hash->n_slots - from >= SEGMENT)
    remove_segment (table);
}

static inline void
maybe_grow (EtsTable *table)
{
  if (table->n_objects > table->hash.n_active && !ets_is_fixed (table))
    for (guint i = 0; i < MAX_STEPS && table->n_objects > table->hash.n_active; i++)
      grow_once (table);
}

static inline void
maybe_shrink (EtsTable *table)
{
  if (table->n_objects < table->hash.shrink_limit && !ets_is_fixed (table))
    for (guint i = 0; i < MAX_STEPS && table->n_objects < table->hash.shrink_limit; i++)
      shrink_once (table);
}

/* --- changing --------------------------------------------------------------------- */

static void
insert_at (EtsTable *table, HashNode **at, Term tuple, guint32 hash)
{
  HashNode *node = ets_block_new (table, offsetof (HashNode, object), tuple);

  node->hash = hash;
  node->is_deleted = 0;
  node->next = *at;
  *at = node;
  table->n_objects++;
  maybe_grow (table);
}

static void
set_replace (EtsTable *table, HashNode **at, Term tuple)
{
  HashNode *node = *at;

  if (node->is_deleted)
    {
      node->is_deleted = 0;
      table->n_objects++;
    }
  *at = ets_block_replace (table, node, &node->object, tuple);
}

/* TRUE: the object is in the bag (a deleted one is back, before the others). */
static bool
bag_has (EtsTable *table, HashNode **at, Term tuple, Term key, guint32 hash, gint64 *n_compared)
{
  HashNode **link = at, *node;

  for (; (node = *link) != NULL && has_key (table, node, key, hash); link = &node->next)
    {
      if (term_equal (tuple, ets_object_term (&node->object)))
        {
          if (node->is_deleted)
            {
              node->is_deleted = 0;
              table->n_objects++;
              *link = node->next;
              node->next = *at;
              *at = node;
            }
          return true;
        }
      ++*n_compared;
    }
  return false;
}

EtsPut
hash_put (EtsTable *table, Term tuple, bool only_new, gint64 *n_compared)
{
  Term       key = ets_key (table, boxed_ptr (tuple));
  guint32    hash = hash_of_key (table, key);
  HashNode **at = bucket (&table->hash, hash_slot_of (table, hash));

  while (*at != NULL && !has_key (table, *at, key, hash))
    at = &(*at)->next;
  if (*at != NULL)
    {
      if (only_new)
        for (HashNode *node = *at; node != NULL && has_key (table, node, key, hash);
             node = node->next)
          if (!node->is_deleted)
            return ETS_PUT_EXISTS;
      if (table->type == ETS_SET)
        {
          set_replace (table, at, tuple);
          return ETS_PUT_DONE;
        }
      if (table->type == ETS_BAG && !only_new && bag_has (table, at, tuple, key, hash, n_compared))
        return ETS_PUT_DONE;
    }
  insert_at (table, at, tuple, hash);
  return ETS_PUT_DONE;
}

HashNode *
hash_replace (EtsTable *table, HashNode *node, Term tuple)
{
  HashNode **at = bucket (&table->hash, hash_slot_of (table, node->hash));

  while (*at != node)
    at = &(*at)->next;
  return *at = ets_block_replace (table, node, &node->object, tuple);
}

/* Takes the object at @at out, or marks it. TRUE: it is out (*at is the next). */
static bool
delete_at (EtsTable *table, HashNode **at)
{
  HashNode *node = *at;

  table->n_objects--;
  if (ets_is_fixed (table))
    {
      guint slot = hash_slot_of (table, node->hash);

      if (table->hash.deleted == NULL)
        table->hash.deleted = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (table->hash.deleted, slot);
      node->is_deleted = 1;
      return false;
    }
  *at = node->next;
  node_free (table, node);
  return true;
}

static gint64
delete_matching (EtsTable *table, Term key, Term tuple)
{
  guint32    hash = hash_of_key (table, key);
  HashNode **at = bucket (&table->hash, hash_slot_of (table, hash));
  bool       is_found = false;
  gint64     n = 0;

  while (*at != NULL)
    {
      HashNode *node = *at;
      bool      has = has_key (table, node, key, hash);

      if (has)
        is_found = true;
      else if (is_found)
        break;
      if (has && !node->is_deleted &&
          (tuple == NONE || term_equal (tuple, ets_object_term (&node->object))))
        {
          n++;
          if (delete_at (table, at))
            continue;
        }
      at = &node->next;
    }
  if (n > 0)
    maybe_shrink (table);
  return n;
}

gint64
hash_delete_key (EtsTable *table, Term key)
{
  return delete_matching (table, key, NONE);
}

gint64
hash_delete_object (EtsTable *table, Term tuple)
{
  return delete_matching (table, ets_key (table, boxed_ptr (tuple)), tuple);
}

void
hash_delete_node (EtsTable *table, HashNode *node)
{
  HashNode **at = bucket (&table->hash, hash_slot_of (table, node->hash));

  while (*at != node)
    at = &(*at)->next;
  delete_at (table, at);
  maybe_shrink (table);
}

void
hash_purge (EtsTable *table)
{
  GArray *deleted = table->hash.deleted;

  table->hash.deleted = NULL;
  for (guint i = 0; deleted != NULL && i < deleted->len; i++)
    {
      HashNode **at = bucket (&table->hash, g_array_index (deleted, guint, i));

      while (*at != NULL)
        {
          HashNode *node = *at;

          if (node->is_deleted)
            {
              *at = node->next;
              node_free (table, node);
            }
          else
            at = &node->next;
        }
    }
  if (deleted != NULL)
    g_array_unref (deleted);
}

void
hash_empty (EtsTable *table)
{
  HashTable *hash = &table->hash;

  if (ets_is_fixed (table))
    {
      for (guint slot = 0; slot < hash->n_active; slot++)
        for (HashNode **at = bucket (hash, slot); *at != NULL; at = &(*at)->next)
          if (!(*at)->is_deleted)
            delete_at (table, at);
      return;
    }
  hash_clear (table);
  hash_init (table, hash->stride);
}

void
hash_clear (EtsTable *table)
{
  HashTable *hash = &table->hash;

  for (guint slot = 0; slot < hash->n_active; slot++)
    {
      HashNode *node = *bucket (hash, slot);

      while (node != NULL)
        {
          HashNode *next = node->next;

          node_free (table, node);
          node = next;
        }
    }
  for (guint i = 0; i < hash->n_segments; i++)
    {
      g_free (hash->segments[i]);
      machine_account_memory (table->vm, -segment_bytes (i));
    }
  g_clear_pointer (&hash->segments, g_free);
  g_clear_pointer (&hash->deleted, g_array_unref);
  hash->n_segments = hash->segments_capacity = hash->n_slots = hash->n_active = 0;
  table->n_objects = 0;
}

/* --- finding ---------------------------------------------------------------------- */

HashNode *
hash_find_place (const EtsTable *table, Term key, guint *slot)
{
  guint32   hash = hash_of_key (table, key);
  HashNode *node;

  *slot = hash_slot_of (table, hash);
  node = *bucket (&table->hash, *slot);
  while (node != NULL && !has_key (table, node, key, hash))
    node = node->next;
  return node;
}

HashNode *
hash_find (const EtsTable *table, Term key)
{
  guint32   hash = hash_of_key (table, key);
  HashNode *node = *bucket (&table->hash, hash_slot_of (table, hash));

  while (node != NULL && (node->is_deleted || !has_key (table, node, key, hash)))
    node = node->next;
  return node;
}

HashNode *
hash_next_of_key (const EtsTable *table, HashNode *node, Term key)
{
  guint32 hash = node->hash;

  do
    node = node->next;
  while (node != NULL && node->is_deleted);
  return node != NULL && has_key (table, node, key, hash) ? node : NULL;
}

static HashNode *
live (HashNode *node)
{
  while (node != NULL && node->is_deleted)
    node = node->next;
  return node;
}

HashNode *
hash_slot_head (const EtsTable *table, guint slot)
{
  return live (*bucket (&table->hash, slot));
}

guint
hash_next_slot (const EtsTable *table, guint slot)
{
  guint next = slot + table->hash.stride;

  return next < table->hash.n_active ? next : (next + 1) & (table->hash.stride - 1);
}

HashNode *
hash_first (const EtsTable *table, guint *slot)
{
  *slot = 0;
  do
    {
      HashNode *node = hash_slot_head (table, *slot);

      if (node != NULL)
        return node;
      *slot = hash_next_slot (table, *slot);
    }
  while (*slot != 0);
  return NULL;
}

HashNode *
hash_next (const EtsTable *table, HashNode *node, guint *slot)
{
  node = live (node->next);
  while (node == NULL)
    {
      *slot = hash_next_slot (table, *slot);
      if (*slot == 0)
        return NULL;
      node = hash_slot_head (table, *slot);
    }
  return node;
}
