/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The hash that places a key in a hash map: 8 levels of 4 bits for @depth 0,
 * the next 8 levels for 1, and so on. */

#include "engine/term/term.h"

guint32 term_hash_map (Term key, guint depth);
