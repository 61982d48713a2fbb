/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/ets/persistent.h"

#include <pthread.h>

#include "engine/code/code.h"
#include "engine/mem/heap.h"
#include "engine/term/term-order.h"

typedef struct
{
  Term  key, value;
  gsize words;
} Entry;

struct _PersistentTerms
{
  VmMachine       *vm;      /* immutable */
  pthread_rwlock_t lock;    /* protects entries, words */
  GHashTable      *entries; /* Entry, a set by key */
  gsize            words;
};

static guint
entry_hash (gconstpointer entry)
{
  return term_hash_internal (((const Entry *) entry)->key);
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  return term_equal (((const Entry *) a)->key, ((const Entry *) b)->key);
}

PersistentTerms *
persistent_terms_new (VmMachine *vm)
{
  PersistentTerms *terms = g_new0 (PersistentTerms, 1);

  terms->vm = vm;
  pthread_rwlock_init (&terms->lock, NULL);
  terms->entries = g_hash_table_new_full (entry_hash, entry_equal, g_free, NULL);
  return terms;
}

void
persistent_terms_free (PersistentTerms *terms)
{
  g_hash_table_unref (terms->entries);
  pthread_rwlock_destroy (&terms->lock);
  g_free (terms);
}

Term
persistent_terms_get (PersistentTerms *terms, Term key)
{
  Entry  wanted = { .key = key };
  Entry *entry;
  Term   value;

  pthread_rwlock_rdlock (&terms->lock);
  entry = g_hash_table_lookup (terms->entries, &wanted);
  value = entry != NULL ? entry->value : NONE;
  pthread_rwlock_unlock (&terms->lock);
  return value;
}

bool
persistent_terms_put (PersistentTerms *terms, Term key, Term value)
{
  Entry  wanted = { .key = key };
  Entry *entry;
  Term   literal_key = NONE, literal;
  bool   ok = true;

  pthread_rwlock_wrlock (&terms->lock);
  entry = g_hash_table_lookup (terms->entries, &wanted);
  if (entry == NULL || !term_equal (entry->value, value))
    {
      literal = literals_add (terms->vm, value);
      if (entry == NULL)
        literal_key = literals_add (terms->vm, key);
      ok = literal != NONE && (entry != NULL || literal_key != NONE);
      if (ok && entry == NULL)
        {
          entry = g_new0 (Entry, 1);
          entry->key = literal_key;
          g_hash_table_add (terms->entries, entry);
        }
      if (ok)
        {
          terms->words -= entry->words;
          entry->value = literal;
          entry->words = term_flat_words (key) + term_flat_words (literal);
          terms->words += entry->words;
        }
    }
  pthread_rwlock_unlock (&terms->lock);
  return ok;
}

bool
persistent_terms_erase (PersistentTerms *terms, Term key)
{
  Entry  wanted = { .key = key };
  Entry *entry;
  bool   found;

  pthread_rwlock_wrlock (&terms->lock);
  entry = g_hash_table_lookup (terms->entries, &wanted);
  found = entry != NULL;
  if (found)
    {
      terms->words -= entry->words;
      g_hash_table_remove (terms->entries, entry);
    }
  pthread_rwlock_unlock (&terms->lock);
  return found;
}

void
persistent_terms_erase_all (PersistentTerms *terms)
{
  pthread_rwlock_wrlock (&terms->lock);
  g_hash_table_remove_all (terms->entries);
  terms->words = 0;
  pthread_rwlock_unlock (&terms->lock);
}

void
persistent_terms_foreach (PersistentTerms *terms, PersistentFunc func, gpointer data)
{
  GHashTableIter iter;
  gpointer       key;

  pthread_rwlock_rdlock (&terms->lock);
  g_hash_table_iter_init (&iter, terms->entries);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    func (((Entry *) key)->key, ((Entry *) key)->value, data);
  pthread_rwlock_unlock (&terms->lock);
}

guint
persistent_terms_get_count (PersistentTerms *terms)
{
  guint n;

  pthread_rwlock_rdlock (&terms->lock);
  n = g_hash_table_size (terms->entries);
  pthread_rwlock_unlock (&terms->lock);
  return n;
}

gsize
persistent_terms_get_words (PersistentTerms *terms)
{
  gsize words;

  pthread_rwlock_rdlock (&terms->lock);
  words = terms->words;
  pthread_rwlock_unlock (&terms->lock);
  return words;
}
