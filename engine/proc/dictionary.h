/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The process dictionary: a linear hash table whose slots are terms on the
 * process's heap ([], a pair, or a list of pairs), as in OTP 25
 * (erl_process_dict.c), because get/0's order follows from it. */

#include "engine/proc/process.h"

typedef struct _Dictionary
{
  guint n_slots; /* in use */
  guint n_allocated;
  guint size_mask;
  guint split;
  guint n_pairs;
  Term  slots[];
} Dictionary;

Term dictionary_get (Process *p, Term key); /* undefined when absent */
/* The old value. These may collect: only the arguments are kept. */
Term dictionary_put (Process *p, Term key, Term value);
Term dictionary_erase (Process *p, Term key);
Term dictionary_erase_all (Process *p); /* the list of pairs it had */
/* List of pairs, of keys, of keys with @value. */
Term dictionary_get_all (Process *p, Heap *to);
Term dictionary_get_keys (Process *p);
Term dictionary_get_keys_of (Process *p, Term value);
void dictionary_free (Process *p);
