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

#define VM_LIKELY(expr) __builtin_expect (!!(expr), 1)
#define VM_UNLIKELY(expr) __builtin_expect (!!(expr), 0)
#define VM_NOINLINE __attribute__ ((noinline))
