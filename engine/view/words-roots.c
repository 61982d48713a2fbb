/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/view/words-private.h"

#include "engine/interp/interp.h"
#include "engine/proc/dictionary.h"
#include "engine/proc/signals.h"

/* Of each kind: so many from which the chosen term is reached, and so many others. */
#define MAX_LISTED 200

typedef struct
{
  WordsBuilder *words;
  GArray       *roots;
  guint         n_leading, n_others; /* listed of the kind in progress */
  const Module *module;              /* whose slots come next on the stack */
  const Cell   *pc;
  guint         frame;
} RootList;

static void
begin_kind (RootList *list)
{
  list->n_leading = list->n_others = 0;
}

static gboolean
is_leading (const WordsIndex *index, Term term)
{
  guint64      at = 0;
  const Space *space = words_locate (index, term, &at);

  return space != NULL && words_marked (space->leads, at);
}

/* Counts the root; the caller names it when there is room. NULL: no room. */
static VmRoot *
add_root (RootList *list, VmRootKind kind, guint index, Term term)
{
  WordsBuilder *words = list->words;
  VmRoot        root = { .kind = kind, .index = index, .slot = G_MAXUINT64 };

  words->words->n_roots_of[kind]++;
  if (!term_is_immediate (term) && !term_is_header (term))
    {
      root.area = words_target (words->builder.vm, words->index, term, &root.offset);
      root.is_leading = is_leading (words->index, term);
    }
  if (root.is_leading)
    words->words->chosen.n_roots++;
  if ((root.is_leading ? list->n_leading : list->n_others) >= MAX_LISTED)
    return NULL;
  list->n_leading += root.is_leading;
  list->n_others += !root.is_leading;
  root.text = term_is_catch (term) ? "catch" : snapshot_term (&words->builder, term);
  g_array_append_val (list->roots, root);
  return &g_array_index (list->roots, VmRoot, list->roots->len - 1);
}

static void
name_root (RootList *list, VmRoot *root, const char *format, guint number)
{
  char name[32];

  g_snprintf (name, sizeof name, "%s%u", format, number);
  root->name = snapshot_text (&list->words->builder, name);
}

static void
add_register (guint index, Term term, gpointer data)
{
  VmRoot *root = term != NONE ? add_root (data, VM_ROOT_REGISTER, index, term) : NULL;

  if (root != NULL)
    name_root (data, root, "x", index);
}

static const char *
frame_place (RootList *list)
{
  const FunctionInfo *function =
    list->module != NULL ? module_find_function (list->module, list->pc) : NULL;

  return function != NULL ? snapshot_mfa (&list->words->builder, list->module->name, function->name,
                                          function->arity)
                          : NULL;
}

static bool
add_frame (const Module *module, const Cell *address, Term *slots, guint n_slots, gpointer data)
{
  RootList   *list = data;
  const Term *start = list->words->process->heap.start;

  for (guint i = 0; i < n_slots; i++)
    {
      VmRoot *root = slots[i] != NONE ? add_root (list, VM_ROOT_STACK, i, slots[i]) : NULL;

      if (root == NULL)
        continue;
      name_root (list, root, "y", i);
      root->frame = list->frame;
      root->place = frame_place (list);
      root->slot = (guint64) (slots + i - start);
    }
  list->module = module;
  list->pc = address - 1;
  list->frame++;
  return true;
}

static void
add_pair (RootList *list, guint *number, Term pair)
{
  VmRoot *root;

  if (!term_is_tuple (pair) || tuple_arity (pair) != 2)
    return;
  root = add_root (list, VM_ROOT_DICTIONARY, (*number)++, pair);
  if (root == NULL)
    return;
  root->name = snapshot_term (&list->words->builder, tuple_elements (pair)[0]);
  root->text = snapshot_term (&list->words->builder, tuple_elements (pair)[1]);
}

static void
add_dictionary (RootList *list, const Dictionary *dictionary)
{
  guint number = 0;

  for (guint i = 0; dictionary != NULL && i < dictionary->n_slots; i++)
    {
      Term slot = dictionary->slots[i];

      add_pair (list, &number, slot);
      for (; term_is_list (slot); slot = list_tail (slot))
        add_pair (list, &number, list_head (slot));
    }
}

static void
add_queue (RootList *list, const Message *m, guint *number)
{
  for (; m != NULL; m = m->next)
    {
      VmRoot *root;

      if ((m->kind != SIGNAL_MESSAGE && m->kind != SIGNAL_ALIAS_MESSAGE) || m->term == NONE)
        continue;
      root = add_root (list, VM_ROOT_MESSAGE, ++*number, m->term);
      if (root != NULL)
        name_root (list, root, "message ", *number);
    }
}

void
words_add_roots (WordsBuilder *words)
{
  Process *p = words->process;
  RootList list = { .words = words, .pc = p->pc };
  Module  *module = NULL;
  guint    number = 0;

  list.roots = g_array_new (FALSE, FALSE, sizeof (VmRoot));
  interp_current_function (p, &module);
  list.module = module;
  snapshot_foreach_register (&words->builder, p, add_register, &list);
  begin_kind (&list);
  interp_walk_stack (p, add_frame, &list);
  begin_kind (&list);
  add_dictionary (&list, p->dictionary);
  begin_kind (&list);
  add_queue (&list, p->messages, &number);
  add_queue (&list, (const Message *) p->middle, &number);
  lock_take (&p->signal_lock);
  add_queue (&list, (const Message *) p->outer, &number);
  lock_drop (&p->signal_lock);
  words->words->roots = snapshot_array (list.roots, &words->words->n_roots);
}
