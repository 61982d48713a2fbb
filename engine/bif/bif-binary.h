/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the two families of functions on binaries share. */

#include "engine/bif/bif-util.h"

/* The list of @n bytes from byte @start of @view, followed by @tail; charged. */
Term binary_view_to_list (Process *p, const BitView *view, gsize start, gsize n, Term tail);

/* A part as users give it: {Start, Length}, where a negative length counts
 * backwards. FALSE: not within @size bytes. */
bool binary_range (Term start, Term length, gsize size, gsize *first, gsize *n);
