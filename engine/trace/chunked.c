/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/trace/chunked.h"

void
chunked_init (Chunked *chunked, gsize element_size, guint first_bits)
{
  atomic_init (&chunked->n, 0);
  chunked->element_size = (guint32) element_size;
  chunked->first_bits = first_bits;
  for (guint i = 0; i < CHUNKED_MAX_CHUNKS; i++)
    atomic_init (&chunked->chunks[i], NULL);
}

void
chunked_clear (Chunked *chunked)
{
  for (guint i = 0; i < CHUNKED_MAX_CHUNKS; i++)
    g_free (atomic_exchange (&chunked->chunks[i], NULL));
  atomic_store (&chunked->n, 0);
}

gpointer
chunked_slot (Chunked *chunked, guint64 index)
{
  guint k = 63u - (guint) __builtin_clzll ((index >> chunked->first_bits) + 1);

  if (atomic_load_explicit (&chunked->chunks[k], memory_order_relaxed) == NULL)
    {
      gsize length = (gsize) 1 << (chunked->first_bits + k);
      atomic_store_explicit (&chunked->chunks[k], g_malloc_n (length, chunked->element_size),
                             memory_order_release);
    }
  return chunked_at (chunked, index);
}
