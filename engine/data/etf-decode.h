/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Decoding the external term format to any place. */

#include "engine/data/data.h"

typedef struct
{
  Term *(*alloc) (gpointer data, gsize words); /* NULL: no room */
  void (*give_back) (gpointer data,
                     Term    *block,
                     gsize    words,
                     gsize    used); /* (nullable): as heap_give_back() */
  gpointer data;
  OffHeap *off_heap; /* (nullable): NULL puts bytes of any number into heap binaries */
} EtfTarget;

/* Decodes the term at @data (version byte 131 first). @safe refuses atoms and
 * funs that do not exist yet. *@used gets its bytes; more may follow. NONE:
 * malformed; then nothing refers to what was allocated.
 * Hostile data costs memory and time linear in @len (32 words a byte), or in
 * what it unpacks to, which is at most 1032 times as much. */
Term etf_decode_into (
  VmMachine *vm, const EtfTarget *target, const guint8 *data, gsize len, bool safe, gsize *used);
