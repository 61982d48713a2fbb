/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/process-util.h"
#include "engine/proc/dictionary.h"

Term
bif_put_2 (Process *p, Term *args)
{
  return dictionary_put (p, args[0], args[1]);
}

Term
bif_get_0 (Process *p, Term *args)
{
  return dictionary_get_all (p, &p->heap);
}

Term
bif_get_1 (Process *p, Term *args)
{
  return dictionary_get (p, args[0]);
}

Term
bif_get_keys_0 (Process *p, Term *args)
{
  return dictionary_get_keys (p);
}

Term
bif_get_keys_1 (Process *p, Term *args)
{
  return dictionary_get_keys_of (p, args[0]);
}

Term
bif_erase_0 (Process *p, Term *args)
{
  return dictionary_erase_all (p);
}

Term
bif_erase_1 (Process *p, Term *args)
{
  return dictionary_erase (p, args[0]);
}
