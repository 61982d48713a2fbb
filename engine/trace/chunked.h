/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* An array that grows and never moves, so readers need no lock.
 *
 * Chunk k holds first << k elements. One writer appends; `n` is published with
 * release after the element is filled, so a reader that saw n may read all
 * elements below it. */

#include <glib.h>
#include <stdatomic.h>

#define CHUNKED_MAX_CHUNKS 32

typedef struct
{
  _Atomic guint64  n;
  guint32          element_size;
  guint32          first_bits; /* log2 of the first chunk's length */
  _Atomic (char *) chunks[CHUNKED_MAX_CHUNKS];
} Chunked;

void chunked_init (Chunked *chunked, gsize element_size, guint first_bits);
void chunked_clear (Chunked *chunked);

/* Where element @index (at or after n, without gaps) will be; readers see it after
 * chunked_publish. Thread: the writer. */
gpointer chunked_slot (Chunked *chunked, guint64 index);

static inline gpointer
chunked_reserve (Chunked *chunked)
{
  return chunked_slot (chunked, atomic_load_explicit (&chunked->n, memory_order_relaxed));
}

static inline void
chunked_publish (Chunked *chunked, guint64 n)
{
  atomic_store_explicit (&chunked->n, n, memory_order_release);
}

static inline guint64
chunked_n (Chunked *chunked)
{
  return atomic_load_explicit (&chunked->n, memory_order_acquire);
}

static inline void
chunked_push (Chunked *chunked)
{
  chunked_publish (chunked, atomic_load_explicit (&chunked->n, memory_order_relaxed) + 1);
}

static inline gpointer
chunked_at (Chunked *chunked, guint64 index)
{
  guint64 q = (index >> chunked->first_bits) + 1;
  guint   k = 63u - (guint) __builtin_clzll (q);
  guint64 offset = index - (((G_GUINT64_CONSTANT (1) << k) - 1) << chunked->first_bits);
  char   *chunk = atomic_load_explicit (&chunked->chunks[k], memory_order_acquire);
  return chunk + offset * chunked->element_size;
}
