/* SPDX-License-Identifier: Apache-2.0 */

/* From the roots of one process to the references to bytes off its heap. Each
 * word is gone through once; what is reached from several roots is told of the first,
 * in the collector's order. */
#include "config.h"

#include "engine/view/binaries-private.h"

#include "engine/interp/interp.h"
#include "engine/mem/gc-private.h"
#include "engine/proc/dictionary.h"
#include "engine/proc/signals.h"

typedef struct
{
  const Term *start, *end;
  guint64    *seen; /* a bit a word */
} Block;

typedef struct
{
  BinariesBuilder *b;
  Process         *p;
  Block            blocks[2]; /* young, old */
  GHashTable      *seen;      /* things in fragments */
  GArray          *todo;      /* Term */
  /* the root in hand; its name is made when it leads to something */
  const char   *kind;
  guint         index;
  const Module *module; /* of a stack slot's function */
  const Cell   *pc;
  Term          key; /* of a dictionary's entry */
  const char   *name;
} Reach;

static const char *
root_name (Reach *r)
{
  g_autoptr (GString) text = NULL;
  const FunctionInfo *function = NULL;

  if (r->name != NULL)
    return r->name;
  text = g_string_new (r->kind);
  if (r->key != NONE)
    g_string_append_printf (text, " %s", snapshot_term (&r->b->builder, r->key));
  else if (r->index != G_MAXUINT)
    g_string_append_printf (text, "%u", r->index);
  if (r->module != NULL)
    function = module_find_function (r->module, r->pc);
  if (function != NULL)
    g_string_append_printf (
      text, " of %s",
      snapshot_mfa (&r->b->builder, r->module->name, function->name, function->arity));
  return r->name = snapshot_text (&r->b->builder, text->str);
}

static bool
see (Reach *r, const Term *p)
{
  for (guint i = 0; i < G_N_ELEMENTS (r->blocks); i++)
    {
      Block *block = &r->blocks[i];
      gsize  at = (gsize) (p - block->start);

      if (p < block->start || p >= block->end)
        continue;
      if ((block->seen[at / 64] >> (at % 64) & 1) != 0)
        return false;
      block->seen[at / 64] |= G_GUINT64_CONSTANT (1) << (at % 64);
      return true;
    }
  return g_hash_table_add (r->seen, (gpointer) p);
}

/* The holder of @term, which is a reference; NULL: a constant's. */
static HolderBuild *
reach_holder (Reach *r, Term term)
{
  guint at =
    GPOINTER_TO_UINT (g_hash_table_lookup (r->b->holder_of, (gpointer) boxed_ptr (term)));
  HolderBuild *build;

  if (at == 0)
    return NULL;
  build = &g_array_index (r->b->holders, HolderBuild, at - 1);
  if (build->holder.reach != VM_REACH_LIVE)
    {
      build->holder.reach = VM_REACH_LIVE;
      build->holder.root = root_name (r);
    }
  return build;
}

static void
reach_slice (Reach *r, const SubBin *sub)
{
  HolderBuild *build;
  guint        odd = sub->bit_size + sub->bit_offset;
  guint64      from;

  if (!term_has_subtag (sub->orig, SUB_PROC_BIN) || (build = reach_holder (r, sub->orig)) == NULL)
    return;
  from = (guint64) (build->pb->bytes - build->pb->binary->data) + sub->offset;
  build->holder.n_slices++;
  binaries_show (r->b, build, from, from + sub->size + (odd > 8 ? 2 : odd > 0));
}

static void
reach_match (Reach *r, const MatchContext *context)
{
  HolderBuild *build;
  guint64      base;

  if (!term_has_subtag (context->orig, SUB_PROC_BIN) ||
      (build = reach_holder (r, context->orig)) == NULL)
    return;
  base = (guint64) (context->base - build->pb->binary->data);
  build->holder.n_matches++;
  binaries_show (r->b, build, base + context->offset / 8, base + (context->size + 7) / 8);
}

static void
reach_thing (Reach *r, Term term)
{
  Term        *p = boxed_ptr (term), *slots;
  HolderBuild *build;
  gsize        n;

  switch (header_subtag (*p))
    {
    case SUB_PROC_BIN:
      build = reach_holder (r, term);
      if (build == NULL)
        return;
      build->holder.is_whole = TRUE;
      binaries_show (r->b, build, (guint64) (build->pb->bytes - build->pb->binary->data),
                     (guint64) (build->pb->bytes - build->pb->binary->data) + build->pb->size);
      return;
    case SUB_SUB_BIN:
      reach_slice (r, (const SubBin *) p);
      return;
    case SUB_MATCH_CONTEXT:
      reach_match (r, (const MatchContext *) p);
      return;
    default:
      break;
    }
  n = thing_slots (p, &slots);
  r->b->n_words_left -= MIN (r->b->n_words_left, n + 1);
  for (gsize i = 0; i < n; i++)
    if (term_is_list (slots[i]) || term_is_boxed (slots[i]))
      g_array_append_val (r->todo, slots[i]);
}

static void
reach (Reach *r, Term term)
{
  if (!term_is_list (term) && !term_is_boxed (term))
    return;
  g_array_append_val (r->todo, term);
  while (r->todo->len > 0 && r->b->n_words_left > 0)
    {
      Term t = g_array_index (r->todo, Term, r->todo->len - 1);

      g_array_set_size (r->todo, r->todo->len - 1);
      if (term_is_literal (r->b->vm, t))
        continue;
      if (term_is_boxed (t))
        {
          if (see (r, boxed_ptr (t)))
            reach_thing (r, t);
          continue;
        }
      while (term_is_list (t) && !term_is_literal (r->b->vm, t) && see (r, list_ptr (t)))
        {
          Term head = list_head (t);

          if (term_is_list (head) || term_is_boxed (head))
            g_array_append_val (r->todo, head);
          r->b->n_words_left -= MIN (r->b->n_words_left, 2);
          t = list_tail (t);
        }
      if (term_is_boxed (t))
        g_array_append_val (r->todo, t);
    }
}

static void
begin_root (Reach *r, const char *kind, guint index)
{
  r->kind = kind;
  r->index = index;
  r->key = NONE;
  r->name = NULL;
}

static bool
reach_frame (const Module *module, const Cell *address, Term *slots, guint n_slots, gpointer data)
{
  Reach *r = data;

  for (guint i = 0; i < n_slots; i++)
    {
      begin_root (r, "y", i);
      if (slots[i] != NONE)
        reach (r, slots[i]);
    }
  r->module = module;
  r->pc = address - 1;
  return r->b->n_words_left > 0;
}

static void
reach_register (guint index, Term term, gpointer data)
{
  begin_root (data, "x", index);
  if (term != NONE)
    reach (data, term);
}

static void
reach_dictionary (Reach *r)
{
  const Dictionary *dictionary = r->p->dictionary;

  for (guint i = 0; dictionary != NULL && i < dictionary->n_slots; i++)
    for (Term slot = dictionary->slots[i]; !term_is_immediate (slot);)
      {
        Term pair = term_is_list (slot) ? list_head (slot) : slot;

        begin_root (r, "dictionary", G_MAXUINT);
        if (term_is_tuple (pair))
          r->key = tuple_elements (pair)[0];
        /* by the pair alone: the chain's cells are no term of the program */
        reach (r, pair);
        slot = term_is_list (slot) ? list_tail (slot) : NIL;
      }
}

static void
reach_queue (Reach *r, const Message *m, guint *number)
{
  for (; m != NULL; m = m->next)
    {
      if ((m->kind != SIGNAL_MESSAGE && m->kind != SIGNAL_ALIAS_MESSAGE) || m->term == NONE)
        continue;
      begin_root (r, "message ", ++*number);
      reach (r, m->term);
    }
}

static void
reach_fields (Reach *r)
{
  const struct
  {
    const char *name;
    Term        term;
  } fields[] = { { "exception", r->p->fvalue },
                 { "stack trace", r->p->ftrace },
                 { "exit reason", r->p->exit_reason },
                 { "result", r->p->result },
                 { "exception", r->p->uncaught_reason },
                 { "stack trace", r->p->uncaught_trace },
                 { "trace token", r->p->seq_trace_token } };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      begin_root (r, fields[i].name, G_MAXUINT);
      reach (r, fields[i].term);
    }
}

static void
block_init (Block *block, const Term *start, const Term *end)
{
  *block = (Block){ start, end, g_new0 (guint64, (gsize) (end - start) / 64 + 1) };
}

void
binaries_reach (BinariesBuilder *b, Process *p, guint first)
{
  Reach   r = { .b = b, .p = p, .pc = p->pc, .key = NONE };
  Module *module = NULL;
  guint   number = 0;

  if (first == b->holders->len)
    return;
  block_init (&r.blocks[0], p->heap.start, p->heap.htop);
  block_init (&r.blocks[1], p->heap.old_start, p->heap.old_top);
  r.seen = g_hash_table_new (NULL, NULL);
  r.todo = g_array_new (FALSE, FALSE, sizeof (Term));
  interp_current_function (p, &module);
  r.module = module;
  interp_walk_stack (p, reach_frame, &r);
  r.module = NULL;
  reach_dictionary (&r);
  snapshot_foreach_register (&b->builder, p, reach_register, &r);
  reach_fields (&r);
  reach_queue (&r, p->messages, &number);
  reach_queue (&r, (const Message *) p->middle, &number);
  lock_take (&p->signal_lock);
  reach_queue (&r, (const Message *) p->outer, &number);
  lock_drop (&p->signal_lock);
  if (b->n_words_left == 0)
    b->result->is_complete = FALSE;
  for (guint i = first; i < b->holders->len; i++)
    {
      VmHolder *holder = &g_array_index (b->holders, HolderBuild, i).holder;

      if (holder->reach == VM_REACH_UNKNOWN && b->n_words_left > 0)
        holder->reach = VM_REACH_GARBAGE;
    }
  g_free (r.blocks[0].seen);
  g_free (r.blocks[1].seen);
  g_hash_table_unref (r.seen);
  g_array_unref (r.todo);
}
