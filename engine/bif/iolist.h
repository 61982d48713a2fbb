/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Iolists: lists, of any depth, of bytes, binaries and such lists; a tail may be
 * a binary. First measured, then written. */

#include "engine/bif/bif-util.h"

/* FALSE: no iolist. @n_bits gets its size; @steps the cells and tails looked at,
 * which is what the work costs. @odd_bits: bitstrings are allowed too. */
bool iolist_measure (Term iolist, bool odd_bits, gsize *n_bits, guint64 *steps);
/* Writes a measured iolist's bits to @to. */
void iolist_write (Term iolist, guint8 *to);

/* Called for each item, in order: a byte (a small) or a bitstring. FALSE stops. */
typedef bool (*IolistFunc) (Term item, gpointer data);
/* FALSE: no iolist, or stopped. */
bool iolist_foreach (Term iolist, IolistFunc func, gpointer data, guint64 *steps);
