/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A mutex that thread sanitizers understand (GMutex's futex is invisible to
 * them). Order of taking: see lock-ranks.def; checked by ranks in debug builds. */
#include <pthread.h>
#include <stdbool.h>

typedef struct
{
  pthread_mutex_t mutex;
} Lock;

static inline void
lock_init (Lock *lock)
{
  pthread_mutex_init (&lock->mutex, NULL);
}
static inline void
lock_clear (Lock *lock)
{
  pthread_mutex_destroy (&lock->mutex);
}
static inline void
lock_take (Lock *lock)
{
  pthread_mutex_lock (&lock->mutex);
}
static inline bool
lock_try (Lock *lock)
{
  return pthread_mutex_trylock (&lock->mutex) == 0;
}
static inline void
lock_drop (Lock *lock)
{
  pthread_mutex_unlock (&lock->mutex);
}
