/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/data/data.h"
#include "engine/ets/match-private.h"
#include "engine/ets/table.h"
#include "engine/term/term-order.h"

#define INLINE_VARIABLES 16
#define MAX_ARGS         4

typedef struct
{
  const MatchRun    *run;
  const MatchClause *clause;
  Term               object;
  Term              *variables;
  bool               is_body;
  Term               message; /* of a trace: its value */
} State;

/* --- heads ---------------------------------------------------------------------- */

static bool match_map (const State *s, const MatchNode *node, Term t);

static bool
match (const State *s, const MatchNode *node, Term t)
{
  for (;;)
    switch (node->op)
      {
      case MATCH_ANY:
        return true;
      case MATCH_BIND:
        s->variables[node->index] = t;
        return true;
      case MATCH_SAME:
        return term_equal (s->variables[node->index], t);
      case MATCH_WORD:
        return t == node->term;
      case MATCH_TERM:
        return !term_is_immediate (t) && term_equal (t, node->term);
      case MATCH_TUPLE:
        if (!term_is_boxed (t) || boxed_header (t) != TUPLE_HEADER (node->n))
          return false;
        for (guint i = 0; i < node->n; i++)
          if (!match (s, node->parts[i], tuple_elements (t)[i]))
            return false;
        return true;
      case MATCH_CONS:
        if (!term_is_list (t) || !match (s, node->parts[0], list_head (t)))
          return false;
        t = list_tail (t);
        node = node->parts[1];
        break;
      default:
        return match_map (s, node, t);
      }
}

static bool
match_map (const State *s, const MatchNode *node, Term t)
{
  if (!term_is_map (t) || map_size (t) < node->n / 2)
    return false;
  for (guint i = 0; i < node->n; i += 2)
    {
      Term value = map_get (t, node->parts[i]->term);

      if (value == NONE || !match (s, node->parts[i + 1], value))
        return false;
    }
  return true;
}

/* --- guards and bodies ------------------------------------------------------------- */

static Term evaluate (State *s, const MatchNode *node);

static inline Term
failure (const State *s)
{
  return s->is_body ? A (EXIT) : NONE;
}

static inline bool
copies (const State *s)
{
  return s->is_body && s->run->must_copy;
}

static Term
variable (State *s, guint index)
{
  if (copies (s))
    return s->variables[index] = ets_term_copy (s->run->process, s->variables[index]);
  return s->variables[index];
}

static Term
variables_list (State *s)
{
  Heap *heap = &s->run->process->heap;
  Term  list = NIL;

  for (guint i = s->clause->n_variables; i > 0; i--)
    {
      Term value = variable (s, s->clause->variable_order[i - 1]);

      list = list_new (heap, &value, 1, list);
    }
  return list;
}

static Term
call (State *s, const MatchNode *node)
{
  Process *p = s->run->process;
  Term     args[MAX_ARGS], value;

  for (guint i = 0; i < node->n; i++)
    if ((args[i] = evaluate (s, node->parts[i])) == NONE)
      return NONE;
  value = node->func (p, args);
  if (value != NONE)
    return value;
  p->exception = EXC_NONE;
  p->exception_flags = 0;
  return failure (s);
}

static Term
act (State *s, const MatchNode *node)
{
  Term args[MAX_ARGS];

  for (guint i = 0; i < node->n; i++)
    if ((args[i] = evaluate (s, node->parts[i])) == NONE)
      return NONE;
  if (node->term == A (message))
    {
      s->message = args[0];
      return A (true);
    }
  if (s->run->action == NULL)
    return A (true);
  return s->run->action (s->run->process, node->term, args, node->n, s->run->action_data);
}

static Term
make_tuple (State *s, const MatchNode *node)
{
  Term *hp = halloc (s->run->process, node->n + 1);

  hp[0] = TUPLE_HEADER (node->n);
  for (guint i = 0; i < node->n; i++)
    hp[i + 1] = NIL;
  for (guint i = 0; i < node->n; i++)
    if ((hp[i + 1] = evaluate (s, node->parts[i])) == NONE)
      {
        hp[i + 1] = NIL;
        return NONE;
      }
  return make_boxed (hp);
}

static Term
make_cons (State *s, const MatchNode *node)
{
  Term  head = evaluate (s, node->parts[0]), tail;
  Term *hp;

  if (head == NONE || (tail = evaluate (s, node->parts[1])) == NONE)
    return NONE;
  hp = halloc (s->run->process, 2);
  hp[0] = head;
  hp[1] = tail;
  return make_list (hp);
}

static Term
make_map (State *s, const MatchNode *node)
{
  g_autofree Term *pairs = g_new (Term, node->n);

  for (guint i = 0; i < node->n; i++)
    if ((pairs[i] = evaluate (s, node->parts[i])) == NONE)
      return NONE;
  return map_new (&s->run->process->heap, pairs, node->n / 2);
}

/* All parts are looked at. */
static Term
logic (State *s, const MatchNode *node)
{
  Term decides = node->op == MATCH_AND ? A (false) : A (true);
  Term result = node->op == MATCH_AND ? A (true) : A (false);
  bool has_failed = false;

  for (guint i = 0; i < node->n; i++)
    {
      Term value = evaluate (s, node->parts[i]);

      if (value == NONE)
        return NONE;
      if (value == decides)
        result = decides;
      else if (value != A (true) && value != A (false))
        has_failed = true;
    }
  return has_failed ? failure (s) : result;
}

static Term
short_logic (State *s, const MatchNode *node)
{
  Term decides = node->op == MATCH_ANDALSO ? A (false) : A (true);
  Term value = NONE;

  for (guint i = 0; i < node->n; i++)
    {
      value = evaluate (s, node->parts[i]);
      if (value == NONE || value == decides || i + 1 == node->n)
        return value;
      if (value != A (true) && value != A (false))
        return failure (s);
    }
  return value;
}

static Term
evaluate (State *s, const MatchNode *node)
{
  switch (node->op)
    {
    case MATCH_CONSTANT:
      return s->is_body && !term_is_immediate (node->term)
               ? ets_term_copy (s->run->process, node->term)
               : node->term;
    case MATCH_VARIABLE:
      return variable (s, node->index);
    case MATCH_OBJECT:
      return copies (s) ? ets_term_copy (s->run->process, s->object) : s->object;
    case MATCH_VARIABLES:
      return variables_list (s);
    case MATCH_MAKE_TUPLE:
      return make_tuple (s, node);
    case MATCH_MAKE_CONS:
      return make_cons (s, node);
    case MATCH_MAKE_MAP:
      return make_map (s, node);
    case MATCH_CALL:
      return call (s, node);
    case MATCH_AND:
    case MATCH_OR:
      return logic (s, node);
    case MATCH_ANDALSO:
    case MATCH_ORELSE:
      return short_logic (s, node);
    case MATCH_SELF:
      return process_pid (s->run->process);
    case MATCH_ACTION:
      return act (s, node);
    default:
      g_assert_not_reached ();
    }
}

/* --- running ------------------------------------------------------------------------ */

/* What a guard leaves on the heap is garbage at once: where the heap was. */
typedef struct
{
  Term         *top;
  HeapFragment *fragments;
  gsize         used;
  gsize         mbuf_size;
  Term         *off_heap;
} Mark;

static void
mark (const Heap *heap, Mark *m)
{
  m->top = heap->htop;
  m->fragments = heap->fragments;
  m->used = heap->fragments != NULL ? heap->fragments->used : 0;
  m->mbuf_size = heap->mbuf_size;
  m->off_heap = heap->off_heap.first;
}

static void
roll_back (Heap *heap, const Mark *m)
{
  if (heap->off_heap.first != m->off_heap)
    return;
  heap->htop = m->top;
  while (heap->fragments != m->fragments)
    {
      HeapFragment *newest = heap->fragments;

      heap->fragments = newest->next;
      heap_fragment_free (heap->vm, newest);
    }
  if (heap->fragments != NULL)
    heap->fragments->used = m->used;
  heap->mbuf_size = m->mbuf_size;
}

static bool
guards_pass (State *s)
{
  Heap *heap = &s->run->process->heap;
  bool  pass = true;
  Mark  m;

  if (s->clause->n_guards == 0)
    return true;
  mark (heap, &m);
  for (guint i = 0; pass && i < s->clause->n_guards; i++)
    pass = evaluate (s, s->clause->guards[i]) == A (true);
  if (heap->htop != m.top || heap->mbuf_size != m.mbuf_size || heap->fragments != m.fragments)
    roll_back (heap, &m);
  return pass;
}

/* The value of a table's clause is that of its last expression; a trace's is true,
 * or what the action `message` makes it. */
static Term
run_clause (State *s, MatchKind kind)
{
  Term value = A (true);

  s->is_body = false;
  if (!match (s, s->clause->pattern, s->object) || !guards_pass (s))
    return NONE;
  s->is_body = true;
  s->message = A (true);
  for (guint i = 0; i < s->clause->n_body; i++)
    if (kind == MATCH_TRACE || i + 1 == s->clause->n_body)
      value = evaluate (s, s->clause->body[i]);
  return kind == MATCH_TRACE ? s->message : value;
}

Term
match_spec_run (const MatchSpec *spec, const MatchRun *run, Term term)
{
  Term  inline_variables[INLINE_VARIABLES];
  State s = { .run = run, .object = term, .variables = inline_variables };
  Term  value = NONE;

  if (spec->max_variables > INLINE_VARIABLES)
    s.variables = g_new (Term, spec->max_variables);
  for (guint i = 0; i < spec->n_clauses && value == NONE; i++)
    {
      s.clause = &spec->clauses[i];
      value = run_clause (&s, spec->kind);
    }
  if (s.variables != inline_variables)
    g_free (s.variables);
  return value;
}
