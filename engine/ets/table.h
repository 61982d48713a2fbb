/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A table and its objects.
 *
 * An object is one block: links, then a copy of the tuple and all it refers to,
 * literals included; only bytes of large binaries and what magic references name
 * are shared. So reading may use the terms in place while the lock is held, and
 * must copy what outlives it. Sets and bags are hash tables that grow and shrink
 * by one bucket at a time (linear hashing), in the order and with the hash of
 * ERTS, so that programs see objects in the same order. Ordered sets are balanced
 * trees by term order. */

#include <pthread.h>

#include "engine/proc/process.h"
#include "engine/term/term-order.h"

typedef enum
{
  ETS_SET,
  ETS_BAG,
  ETS_DUPLICATE_BAG,
  ETS_ORDERED_SET
} EtsType;
typedef enum
{
  ETS_PUBLIC,
  ETS_PROTECTED,
  ETS_PRIVATE
} EtsProtection;
typedef enum
{
  ETS_CONCURRENCY_OFF,
  ETS_CONCURRENCY_ON,
  ETS_CONCURRENCY_AUTO
} EtsConcurrency;

typedef struct
{
  Term *off_heap; /* chain of things with parts elsewhere */
  gsize words;    /* from tuple[0] on */
  Term  tuple[];
} EtsObject;

typedef struct _HashNode HashNode;
struct _HashNode
{
  HashNode *next;
  guint32   hash;
  guint32   is_deleted; /* deleted while the table was fixed */
  EtsObject object;
};

typedef struct _TreeNode TreeNode;
struct _TreeNode
{
  TreeNode *left, *right;
  gint64    height;
  EtsObject object;
};

/* Words that ERTS counts for an object beyond its tuple. */
#define HASH_NODE_WORDS 4
#define TREE_NODE_WORDS 5

typedef struct
{
  VmPid   pid;
  guint32 count;
} EtsFixation;

typedef struct
{
  HashNode ***segments; /* the first of HASH_FIRST_SEGMENT buckets, the others of HASH_SEGMENT */
  guint       n_segments, segments_capacity;
  guint       n_slots, n_active, mask, shrink_limit;
  guint       stride;  /* how many buckets a step of an iteration goes on */
  GArray     *deleted; /* (nullable) guint: slots with objects that were deleted while fixed */
} HashTable;

typedef struct _EtsTable
{
  /* immutable */
  OffHeapBinary *self; /* the block this is the data of */
  VmMachine     *vm;
  EtsType        type;
  gsize          keypos;
  bool           is_named, is_compressed, read_concurrency, decentralized;
  EtsConcurrency write_concurrency;
  gsize          base_words; /* ERTS's size of an empty table */

  pthread_rwlock_t lock; /* protects what follows */
  bool             is_deleted;
  Term             name;
  EtsProtection    protection;
  VmPid            owner;
  VmPid            heir;
  Term             heir_data;
  HeapFragment    *heir_fragment; /* (nullable) where heir_data lies */
  gint64           n_objects;
  gsize            object_words; /* of all objects, as ERTS counts them */
  GArray          *fixations;    /* (nullable) EtsFixation */
  gint64           fixed_since_ns;
  union
  {
    HashTable hash;
    TreeNode *root;
  };

  /* lock: of the store */
  struct _EtsTable *previous, *next;
} EtsTable;

static inline Term
ets_key (const EtsTable *table, const Term *tuple)
{
  return tuple[table->keypos];
}
static inline bool
ets_is_fixed (const EtsTable *table)
{
  return table->fixations != NULL && table->fixations->len > 0;
}
static inline bool
ets_is_hash (const EtsTable *table)
{
  return table->type != ETS_ORDERED_SET;
}
static inline bool
ets_is_bag (const EtsTable *table)
{
  return table->type == ETS_BAG || table->type == ETS_DUPLICATE_BAG;
}
static inline Term
ets_object_term (const EtsObject *object)
{
  return make_boxed (object->tuple);
}
static inline HashNode *
hash_node_of (EtsObject *object)
{
  return (HashNode *) ((char *) object - offsetof (HashNode, object));
}
static inline TreeNode *
tree_node_of (EtsObject *object)
{
  return (TreeNode *) ((char *) object - offsetof (TreeNode, object));
}

/* --- object.c ---------------------------------------------------------------- */

/* Copies @tuple into a block with @head bytes before the object. Accounted. */
gpointer ets_block_new (EtsTable *table, gsize head, Term tuple);
void     ets_block_free (EtsTable *table, gpointer block, EtsObject *object);
/* Replaces the tuple of @object by @tuple; it stays in its block if that has the
 * right size. Returns the block. Nothing of @tuple may lie in the object. */
gpointer ets_block_replace (EtsTable *table, gpointer block, EtsObject *object, Term tuple);
/* A copy at *@hp of @object's tuple, of object->words words. */
Term ets_object_copy (EtsTable *table, const EtsObject *object, Term **hp, OffHeap *off_heap);
/* A copy of any term within a table on @p's heap. */
Term  ets_term_copy (Process *p, Term term);
gsize ets_table_words (const EtsTable *table);

/* --- hash.c, tree.c ------------------------------------------------------------ */

typedef enum
{
  ETS_PUT_DONE,
  ETS_PUT_EXISTS
} EtsPut;

void    hash_init (EtsTable *table, guint n_locks);
void    hash_clear (EtsTable *table); /* frees objects and buckets */
void    hash_empty (EtsTable *table); /* frees objects */
guint32 hash_of_key (const EtsTable *table, Term key);
/* @only_new: does nothing where there is an object of the key. *@n_compared
 * (counted up): objects of the key that were looked at. */
EtsPut hash_put (EtsTable *table, Term tuple, bool only_new, gint64 *n_compared);
/* The first live object of @key; for bags, the others follow it (hash_next_of_key). */
HashNode *hash_find (const EtsTable *table, Term key);
HashNode *hash_next_of_key (const EtsTable *table, HashNode *node, Term key);
/* Deletes all objects of @key; returns how many. */
gint64 hash_delete_key (EtsTable *table, Term key);
/* Deletes all objects that match @tuple exactly. */
gint64 hash_delete_object (EtsTable *table, Term tuple);
/* Deletes @node, which is in the table. */
void      hash_delete_node (EtsTable *table, HashNode *node);
HashNode *hash_replace (EtsTable *table, HashNode *node, Term tuple);
/* Iteration: live nodes, in ERTS's order. *@slot starts at 0. NULL: the end. */
HashNode *hash_first (const EtsTable *table, guint *slot);
HashNode *hash_next (const EtsTable *table, HashNode *node, guint *slot);
guint     hash_next_slot (const EtsTable *table, guint slot); /* 0: the end */
guint     hash_slot_of (const EtsTable *table, guint32 hash);
HashNode *hash_slot_head (const EtsTable *table, guint slot); /* first live node of it */
/* The node of @key, even a deleted one that keeps its place. */
HashNode *hash_find_place (const EtsTable *table, Term key, guint *slot);
void      hash_purge (EtsTable *table); /* the last fixation ended */
gsize     hash_words (const EtsTable *table);

void      tree_clear (EtsTable *table);
EtsPut    tree_put (EtsTable *table, Term tuple, bool only_new);
TreeNode *tree_find (const EtsTable *table, Term key);
TreeNode *tree_first (const EtsTable *table);
TreeNode *tree_last (const EtsTable *table);
TreeNode *tree_after (const EtsTable *table, Term key);  /* smallest greater */
TreeNode *tree_before (const EtsTable *table, Term key); /* greatest smaller */
bool      tree_delete_key (EtsTable *table, Term key);
TreeNode *tree_replace (EtsTable *table, TreeNode *node, Term tuple); /* the key stays equal */

/* --- any table ------------------------------------------------------------------ */

static inline EtsPut
ets_put (EtsTable *table, Term tuple, bool only_new, gint64 *n_compared)
{
  return ets_is_hash (table) ? hash_put (table, tuple, only_new, n_compared)
                             : tree_put (table, tuple, only_new);
}
static inline EtsObject *
ets_find (const EtsTable *table, Term key)
{
  if (ets_is_hash (table))
    {
      HashNode *node = hash_find (table, key);
      return node != NULL ? &node->object : NULL;
    }
  else
    {
      TreeNode *node = tree_find (table, key);
      return node != NULL ? &node->object : NULL;
    }
}
