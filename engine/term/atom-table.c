/* SPDX-License-Identifier: Apache-2.0 */

/* Entries lie in chunks that never move, so a reader with an index needs no
 * lock: it can only have got the index after the entry was filled. Names lie in
 * blocks that are freed with the table. The hash index (names to indices) is
 * used under the lock only. */

#include "config.h"

#include "engine/term/atom-name.h"

#include "engine/base/debug.h"
#include "engine/base/lock.h"

#include <stdatomic.h>

#define CHUNK_BITS       12
#define CHUNK_SIZE       (1u << CHUNK_BITS)
#define N_CHUNKS         (ATOM_LIMIT / CHUNK_SIZE)
#define NAME_BLOCK_BYTES 65536
#define NAME_MAX_CHARS   255
#define NAME_MAX_BYTES   (4 * NAME_MAX_CHARS)
#define FIRST_SLOTS      8192

typedef struct
{
  const char *name;
  guint32     len;
  guint32     hash;
} AtomEntry;

struct _AtomTable
{
  /* atomic */
  _Atomic (AtomEntry *) chunks[N_CHUNKS];
  _Atomic guint32       n_atoms;

  /* lock: `lock` */
  Lock       lock;
  guint32   *slots; /* index + 1; 0: empty. Open addressing */
  guint32    n_slots;
  GPtrArray *name_blocks;
  gsize      name_block_used;
};

/* PJW's hash over characters; of characters above 127 only those of Latin-1
 * count as one, as in releases that had no others. */
static guint32
hash_name (const char *name, gsize len)
{
  const guint8 *p = (const guint8 *) name;
  const guint8 *end = p + len;
  guint32       h = 0;

  while (p < end)
    {
      guint32 c = *p++;
      guint32 high;

      if (p < end && (c & 0xfe) == 0xc2 && (*p & 0xc0) == 0x80)
        c = ((c << 6) | (*p++ & 0x3f)) & 0xff;
      h = (h << 4) + c;
      high = h & 0xf0000000u;
      if (high != 0)
        {
          h ^= high >> 24;
          h ^= high;
        }
    }
  return h;
}

static inline AtomEntry *
entry_at (const AtomTable *table, guint32 index)
{
  AtomEntry *chunk =
    atomic_load_explicit (&table->chunks[index >> CHUNK_BITS], memory_order_acquire);
  return &chunk[index & (CHUNK_SIZE - 1)];
}

/* The slot that holds the name, or the empty one where it would go. */
static guint32 *
find_slot_locked (const AtomTable *table, const char *name, gsize len, guint32 hash)
{
  guint32 mask = table->n_slots - 1;
  guint32 i = (hash * 0x9e3779b1u) & mask;

  for (;; i = (i + 1) & mask)
    {
      guint32   *slot = &table->slots[i];
      AtomEntry *entry;

      if (*slot == 0)
        return slot;
      entry = entry_at (table, *slot - 1);
      if (entry->hash == hash && entry->len == len && memcmp (entry->name, name, len) == 0)
        return slot;
    }
}

static void
grow_slots_locked (AtomTable *table)
{
  guint32 *old = table->slots;
  guint32  n_old = table->n_slots;

  table->n_slots = n_old * 2;
  table->slots = g_new0 (guint32, table->n_slots);
  for (guint32 i = 0; i < n_old; i++)
    {
      if (old[i] != 0)
        {
          AtomEntry *entry = entry_at (table, old[i] - 1);
          *find_slot_locked (table, entry->name, entry->len, entry->hash) = old[i];
        }
    }
  g_free (old);
}

static const char *
store_name_locked (AtomTable *table, const char *name, gsize len)
{
  char *to;

  if (table->name_blocks->len == 0 || table->name_block_used + len + 1 > NAME_BLOCK_BYTES)
    {
      g_ptr_array_add (table->name_blocks, g_malloc (NAME_BLOCK_BYTES));
      table->name_block_used = 0;
    }
  to = (char *) table->name_blocks->pdata[table->name_blocks->len - 1] + table->name_block_used;
  memcpy (to, name, len);
  to[len] = '\0';
  table->name_block_used += len + 1;
  return to;
}

static guint32
add_locked (AtomTable *table, const char *name, gsize len, guint32 hash)
{
  guint32    index = atomic_load_explicit (&table->n_atoms, memory_order_relaxed);
  AtomEntry *entry;

  if (atomic_load_explicit (&table->chunks[index >> CHUNK_BITS], memory_order_relaxed) == NULL)
    atomic_store_explicit (&table->chunks[index >> CHUNK_BITS], g_new0 (AtomEntry, CHUNK_SIZE),
                           memory_order_release);
  entry = entry_at (table, index);
  entry->name = store_name_locked (table, name, len);
  entry->len = (guint32) len;
  entry->hash = hash;
  atomic_store_explicit (&table->n_atoms, index + 1, memory_order_release);
  return index;
}

/* UTF-8 of at most NAME_MAX_CHARS characters (g_utf8_validate refuses NUL,
 * which an atom may hold). */
static bool
is_valid_name (const char *name, gsize len)
{
  const char *p = name;
  const char *end = name + len;
  guint       n_chars = 0;

  if (len > NAME_MAX_BYTES)
    return false;
  while (p < end)
    {
      if ((guint8) *p < 0x80)
        p++;
      else
        {
          gunichar c = g_utf8_get_char_validated (p, end - p);

          if (c == (gunichar) -1 || c == (gunichar) -2)
            return false;
          p = g_utf8_next_char (p);
        }
      if (++n_chars > NAME_MAX_CHARS)
        return false;
    }
  return true;
}

AtomTable *
atom_table_new (void)
{
  static const char *const names[] = {
#define ATOM(id, text) text,
#include "engine/term/atoms.def"
#undef ATOM
  };
  AtomTable *table = g_new0 (AtomTable, 1);

  lock_init (&table->lock);
  table->n_slots = FIRST_SLOTS;
  table->slots = g_new0 (guint32, table->n_slots);
  table->name_blocks = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Term atom = atom_from_string (table, names[i]);
      VM_ASSERT (atom == make_atom (i)); /* else a row of atoms.def is there twice */
      (void) atom;
    }
  return table;
}

void
atom_table_free (AtomTable *table)
{
  if (table == NULL)
    return;
  for (guint i = 0; i < N_CHUNKS; i++)
    g_free (atomic_load_explicit (&table->chunks[i], memory_order_relaxed));
  g_ptr_array_unref (table->name_blocks);
  g_free (table->slots);
  lock_clear (&table->lock);
  g_free (table);
}

static Term
find_or_add (AtomTable *table, const char *name, gsize len, bool add)
{
  guint32  hash;
  guint32 *slot;
  Term     atom = NONE;

  if (!is_valid_name (name, len))
    return NONE;
  hash = hash_name (name, len);

  lock_take (&table->lock);
  slot = find_slot_locked (table, name, len, hash);
  if (*slot != 0)
    atom = make_atom (*slot - 1);
  else if (add)
    {
      guint32 n = atomic_load_explicit (&table->n_atoms, memory_order_relaxed);

      if (n < ATOM_LIMIT)
        {
          *slot = add_locked (table, name, len, hash) + 1;
          atom = make_atom (n);
          if ((n + 1) * 2 > table->n_slots)
            grow_slots_locked (table);
        }
    }
  lock_drop (&table->lock);
  return atom;
}

Term
atom_table_intern (AtomTable *table, const char *name, gsize len)
{
  return find_or_add (table, name, len, true);
}

Term
atom_table_lookup (AtomTable *table, const char *name, gsize len)
{
  return find_or_add (table, name, len, false);
}

const char *
atom_name (const AtomTable *table, Term atom, gsize *len)
{
  const AtomEntry *entry = entry_at (table, atom_index (atom));

  if (len != NULL)
    *len = entry->len;
  return entry->name;
}

guint
atom_table_get_size (const AtomTable *table)
{
  return atomic_load_explicit (&table->n_atoms, memory_order_acquire);
}

guint32
atom_name_hash (const AtomTable *table, Term atom)
{
  return entry_at (table, atom_index (atom))->hash;
}

int
atom_name_compare (const AtomTable *table, Term a, Term b)
{
  const AtomEntry *x = entry_at (table, atom_index (a));
  const AtomEntry *y = entry_at (table, atom_index (b));
  int              order = memcmp (x->name, y->name, MIN (x->len, y->len));

  if (order != 0)
    return order;
  return x->len < y->len ? -1 : x->len > y->len;
}
