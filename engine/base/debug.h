/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* VM_ASSERT: an invariant of ours; compiled out with -DNDEBUG (release builds). */
#include <glib.h>

#include "config.h"

#ifdef NDEBUG
#define VM_ASSERT(expr) ((void) 0)
#else
#define VM_ASSERT(expr) g_assert (expr)
#endif

/* Of the hostile build: where collecting is allowed, is it time to? Always on small heaps,
 * often enough on large ones that programs still end. */
#ifdef VM_STRESS
#define VM_IS_STRESS              1
#define VM_STRESS_DUE(used_words) ((used_words) < 1024 || (used_words) % 257 == 0)
#else
#define VM_IS_STRESS              0
#define VM_STRESS_DUE(used_words) 0
#endif

#define VM_LIKELY(expr)   __builtin_expect (!!(expr), 1)
#define VM_UNLIKELY(expr) __builtin_expect (!!(expr), 0)
#define VM_NOINLINE       __attribute__ ((noinline))
