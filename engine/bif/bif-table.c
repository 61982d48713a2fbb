/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "engine/bif/bif-table.h"

const BifDef bif_table[] = {
#define BIF(module, name, arity, kind, func) { #module, name, arity, BIF_##kind, func },
#include "engine/bif/bifs.def"
#undef BIF
};

const guint n_bifs = G_N_ELEMENTS (bif_table);

/* --- index ---------------------------------------------------------------------- */

typedef struct
{
  Term          module, function;
  guint         arity;
  const BifDef *def;
} Key;

struct _BifIndex
{
  GHashTable *table; /* set of Key */
};

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return (atom_index (key->module) * 31 + atom_index (key->function)) * 31 + key->arity;
}

static gboolean
equal_key (gconstpointer a_, gconstpointer b_)
{
  const Key *a = a_, *b = b_;

  return a->module == b->module && a->function == b->function && a->arity == b->arity;
}

BifIndex *
bif_index_new (AtomTable *atoms)
{
  BifIndex *index = g_new (BifIndex, 1);

  index->table = g_hash_table_new_full (hash_key, equal_key, g_free, NULL);
  for (guint i = 0; i < n_bifs; i++)
    {
      Key *key = g_new (Key, 1);

      key->module = atom_from_string (atoms, bif_table[i].module);
      key->function = atom_from_string (atoms, bif_table[i].name);
      key->arity = bif_table[i].arity;
      key->def = &bif_table[i];
      g_hash_table_add (index->table, key);
    }
  return index;
}

void
bif_index_free (BifIndex *index)
{
  g_hash_table_unref (index->table);
  g_free (index);
}

const BifDef *
bif_index_find (Term module, Term function, guint arity, gpointer index)
{
  Key        wanted = { module, function, arity, NULL };
  const Key *key = g_hash_table_lookup (((BifIndex *) index)->table, &wanted);

  return key != NULL ? key->def : NULL;
}
