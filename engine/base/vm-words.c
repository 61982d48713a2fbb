/* SPDX-License-Identifier: Apache-2.0 */

/* What vm-words.h hands out, as data: names, life and finding. */
#include "config.h"

#include "engine/vm-words.h"

const char *
vm_object_kind_to_string (VmObjectKind kind)
{
  static const char *const names[] = {
#define KIND(name, text) text,
    VM_OBJECT_KINDS (KIND)
#undef KIND
  };

  return (guint) kind < G_N_ELEMENTS (names) ? names[kind] : "unknown";
}

VmWords *
vm_words_ref (VmWords *words)
{
  g_atomic_ref_count_inc (&words->ref_count);
  return words;
}

void
vm_words_unref (VmWords *words)
{
  if (words == NULL || !g_atomic_ref_count_dec (&words->ref_count))
    return;
  for (guint i = 0; i < words->n_pages; i++)
    {
      g_free ((gpointer) words->pages[i].words);
      g_free ((gpointer) words->pages[i].objects);
      g_free ((gpointer) words->pages[i].buckets);
    }
  g_free ((gpointer) words->fragments);
  g_free ((gpointer) words->roots);
  g_free ((gpointer) words->chosen.referrers);
  g_string_chunk_free (words->strings);
  g_free (words);
}

const VmWordPage *
vm_words_find_page (const VmWords *words, VmArea area)
{
  for (guint i = 0; i < words->n_pages; i++)
    if (words->pages[i].stretch.area == area)
      return &words->pages[i];
  return NULL;
}
