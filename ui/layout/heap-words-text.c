/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/heap-words.h"

#include "ui/layout/number.h"

#include <glib/gi18n.h>

#define MAX_ROOTS_NAMED 4

const VmWord *
ui_heap_words_find (const VmWords *words, VmArea area, guint64 offset, const VmObject **object)
{
  const VmWordPage *page = words != NULL ? vm_words_find_page (words, area) : NULL;
  const VmWord     *word;
  guint64           i;

  if (object != NULL)
    *object = NULL;
  if (page == NULL || page->n_words == 0 || offset < page->words[0].offset)
    return NULL;
  i = offset - page->words[0].offset;
  if (i >= page->n_words)
    return NULL;
  word = &page->words[i];
  if (word->offset != offset)
    return NULL;
  if (object != NULL && word->object < page->n_objects)
    *object = &page->objects[word->object];
  return word;
}

static const char *
area_to_string (VmArea area)
{
  switch (area)
    {
    case VM_AREA_YOUNG:
      return _ ("young");
    case VM_AREA_OLD:
      return _ ("old");
    case VM_AREA_FRAGMENT:
      return _ ("fragment");
    case VM_AREA_LITERAL:
      return _ ("literal");
    case VM_AREA_OFFHEAP:
      return _ ("off heap");
    case VM_AREA_NONE:
    default:
      return "";
    }
}

static const char *
tag_to_name (VmWordTag tag)
{
  switch (tag)
    {
    case VM_WORD_HEADER:
      return _ ("header");
    case VM_WORD_CONS:
      return _ ("pointer to a list cell");
    case VM_WORD_BOXED:
      return _ ("pointer to a boxed term");
    case VM_WORD_SMALL:
      return _ ("small integer");
    case VM_WORD_ATOM:
      return _ ("atom");
    case VM_WORD_PID:
      return _ ("pid");
    case VM_WORD_PORT:
      return _ ("port");
    case VM_WORD_NIL:
      return _ ("the empty list");
    case VM_WORD_CATCH:
      return _ ("catch");
    case VM_WORD_RETURN:
      return _ ("return address");
    case VM_WORD_RAW:
      return _ ("no term");
    case VM_WORD_FREE:
    default:
      return _ ("free");
    }
}

static void
add_place (GString *text, VmArea area, guint64 offset)
{
  char count[UI_NUMBER_SIZE];

  g_string_append (text, area_to_string (area));
  if (offset != G_MAXUINT64 && area != VM_AREA_LITERAL && area != VM_AREA_OFFHEAP)
    g_string_append_printf (text, " %s", ui_number_count (offset, count));
}

static char *
describe_bucket (const VmWordPage *page, guint64 offset)
{
  for (guint b = 0; b < page->n_buckets; b++)
    {
      const VmWordBucket *bucket = &page->buckets[b];
      g_autoptr (GString) text = NULL;
      char from[UI_NUMBER_SIZE], to[UI_NUMBER_SIZE], count[UI_NUMBER_SIZE];

      if (offset < bucket->offset || offset >= bucket->offset + bucket->n_words)
        continue;
      text = g_string_new (NULL);
      g_string_append_printf (text, _ ("words %s to %s"), ui_number_count (bucket->offset, from),
                              ui_number_count (bucket->offset + bucket->n_words - 1, to));
      for (guint k = 0; k < VM_N_OBJECT_KINDS; k++)
        if (bucket->words[k] > 0)
          g_string_append_printf (text, "\n%s: %s", vm_object_kind_to_string ((VmObjectKind) k),
                                  ui_number_words (bucket->words[k], count));
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  return NULL;
}

char *
ui_heap_words_describe (const VmWords *words, VmArea area, guint64 offset)
{
  const VmWordPage *page = words != NULL ? vm_words_find_page (words, area) : NULL;
  const VmObject   *object;
  const VmWord     *word = ui_heap_words_find (words, area, offset, &object);
  g_autoptr (GString) text = NULL;

  if (page != NULL && page->n_buckets > 0)
    return describe_bucket (page, offset);
  if (word == NULL)
    return NULL;
  text = g_string_new (NULL);
  add_place (text, area, offset);
  if (word->field != NULL)
    g_string_append_printf (text, " · %s", word->field);
  if (word->tag != VM_WORD_HEADER || word->field == NULL)
    g_string_append_printf (text, " · %s", tag_to_name (word->tag));
  if (word->text != NULL)
    g_string_append_printf (text, "\n%s", word->text);
  if (word->tag != VM_WORD_FREE && word->word != 0)
    g_string_append_printf (text, "\n0x%016" G_GINT64_MODIFIER "x", word->word);
  if (word->points_into != VM_AREA_NONE)
    {
      g_string_append (text, "\n→ ");
      add_place (text, word->points_into, word->points_to);
    }
  if (object != NULL && object->kind != VM_OBJECT_FREE)
    {
      char count[UI_NUMBER_SIZE];

      g_string_append_printf (text, _ ("\nin: %s, %s"), object->name,
                              ui_number_words (object->n_words, count));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ui_heap_words_describe_line (const VmWords *words, VmArea area, guint64 offset)
{
  char *text = ui_heap_words_describe (words, area, offset);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  g_free (text);
  return lines != NULL ? g_strjoinv (" · ", lines) : NULL;
}

static void
add_root_name (GString *text, const VmRoot *root)
{
  if (root->kind == VM_ROOT_STACK && root->place != NULL)
    /* Translators: a stack slot and its function */
    g_string_append_printf (text, _ ("%s of %s"), root->name, root->place);
  else if (root->kind == VM_ROOT_DICTIONARY)
    g_string_append_printf (text, _ ("dictionary %s"), root->name);
  else
    g_string_append (text, root->name);
}

static void
add_roots (GString *text, const VmWords *words)
{
  guint n = 0;

  if (words->chosen.n_roots == 0)
    {
      g_string_append (text, words->chosen.is_complete ? _ (" · no root that is known leads to it")
                                                       : _ (" · too tangled to be followed"));
      return;
    }
  g_string_append (text, _ (" · reached from "));
  for (guint i = 0; i < words->n_roots && n < MAX_ROOTS_NAMED; i++)
    {
      if (!words->roots[i].is_leading)
        continue;
      if (n++ > 0)
        g_string_append (text, ", ");
      add_root_name (text, &words->roots[i]);
    }
  if (words->chosen.n_roots > n)
    g_string_append_printf (text, _ (" and %u more"), (guint) (words->chosen.n_roots - n));
}

char *
ui_heap_words_describe_chosen (const VmWords *words)
{
  const VmChosen *chosen = words != NULL ? &words->chosen : NULL;
  g_autoptr (GString) text = NULL;
  char count[UI_NUMBER_SIZE];

  if (chosen == NULL || !chosen->is_known)
    return NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s · ", chosen->object.name);
  add_place (text, chosen->object.area, chosen->object.offset);
  g_string_append_printf (text, " · %s", ui_number_words (chosen->n_words, count));
  if (chosen->n_referrers > 0)
    g_string_append_printf (text,
                            g_dngettext (NULL, " · %s word of the heap refers to it",
                                         " · %s words of the heap refer to it",
                                         (gulong) chosen->n_referrers),
                            ui_number_count (chosen->n_referrers, count));
  add_roots (text, words);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
