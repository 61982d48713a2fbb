/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Magic references: terms that keep a thing of the machine alive. */

#include "engine/bif/bif.h"

/* A block for @size bytes of data (zeroed, aligned to 8), count 1. @destroy (a
 * function of its own for each kind: it is how the kind is known) is called with
 * the block when the last reference is gone. */
OffHeapBinary *magic_new (VmMachine *vm, gsize size, GDestroyNotify destroy);
gpointer       magic_data (OffHeapBinary *magic);

/* A reference to @magic, of which it takes over the count. */
Term magic_ref (Process *p, OffHeapBinary *magic);
/* The data of the thing that @t refers to; NULL: no magic reference of this kind. */
gpointer magic_ref_data (Term t, GDestroyNotify destroy);
