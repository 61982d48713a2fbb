/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/ets/match-private.h"

#include "engine/term/map-iterator.h"
#include "engine/term/term-order.h"

#define MAX_DEPTH   5000
#define PRINT_CHARS 512

typedef struct
{
  MatchSpec  *spec;
  FindBifFunc find;
  gpointer    find_data;
  GPtrArray  *errors;    /* (nullable) */
  GArray     *variables; /* gint64: numbers, in the order of binding */
  bool        is_guard;
  bool        has_failed;
  guint       depth;
} Compile;

/* The functions that guards and bodies may call; any of the `erlang` module. */
static const struct
{
  const char *name;
  guint       arity;
} functions[] = {
  { "is_atom", 1 },
  { "is_float", 1 },
  { "is_integer", 1 },
  { "is_list", 1 },
  { "is_number", 1 },
  { "is_pid", 1 },
  { "is_port", 1 },
  { "is_reference", 1 },
  { "is_tuple", 1 },
  { "is_map", 1 },
  { "is_binary", 1 },
  { "is_function", 1 },
  { "is_record", 3 },
  { "abs", 1 },
  { "element", 2 },
  { "hd", 1 },
  { "length", 1 },
  { "node", 1 },
  { "node", 0 },
  { "round", 1 },
  { "size", 1 },
  { "map_size", 1 },
  { "map_get", 2 },
  { "is_map_key", 2 },
  { "bit_size", 1 },
  { "byte_size", 1 },
  { "binary_part", 2 },
  { "binary_part", 3 },
  { "tl", 1 },
  { "trunc", 1 },
  { "float", 1 },
  { "+", 1 },
  { "-", 1 },
  { "+", 2 },
  { "-", 2 },
  { "*", 2 },
  { "/", 2 },
  { "div", 2 },
  { "rem", 2 },
  { "band", 2 },
  { "bor", 2 },
  { "bxor", 2 },
  { "bnot", 1 },
  { "bsl", 2 },
  { "bsr", 2 },
  { ">", 2 },
  { ">=", 2 },
  { "<", 2 },
  { "=<", 2 },
  { "=:=", 2 },
  { "==", 2 },
  { "=/=", 2 },
  { "/=", 2 },
  { "not", 1 },
  { "xor", 2 },
};

/* What only bodies of traces may do (the last three also guards of traces). */
static const struct
{
  Term  name;
  guint min_args, max_args;
  bool  in_guards;
} actions[] = {
  { A (message), 1, 1, false },
  { A (return_trace), 0, 0, false },
  { A (exception_trace), 0, 0, false },
  { A (display), 1, 1, false },
  { A (process_dump), 0, 0, false },
  { A (set_seq_token), 2, 2, false },
  { A (enable_trace), 1, 2, false },
  { A (disable_trace), 1, 2, false },
  { A (trace), 2, 3, false },
  { A (silent), 1, 1, false },
  { A (set_tcw), 1, 1, false },
  { A (caller), 0, 0, false },
  { A (caller_line), 0, 0, false },
  { A (get_seq_token), 0, 0, true },
  { A (is_seq_trace), 0, 0, true },
  { A (get_tcw), 0, 0, true },
};

static G_GNUC_PRINTF (2, 3) MatchNode *fail (Compile *compile, const char *format, ...)
{
  va_list args;

  compile->has_failed = true;
  if (compile->errors != NULL)
    {
      va_start (args, format);
      g_ptr_array_add (compile->errors, g_strdup_vprintf (format, args));
      va_end (args);
    }
  return NULL;
}

/* @format has one %s for @t. */
static MatchNode *
fail_term (Compile *compile, const char *before, Term t, const char *after)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (compile->errors != NULL)
    term_print (compile->spec->vm, text, t, PRINT_CHARS);
  return fail (compile, "%s%s%s", before, text->str, after);
}

static gpointer
node_memory (Compile *compile, gsize bytes)
{
  gpointer memory = g_malloc0 (bytes);

  g_ptr_array_add (compile->spec->memory, memory);
  return memory;
}

static MatchNode *
node_new (Compile *compile, MatchOp op, guint n)
{
  MatchNode *node = node_memory (compile, sizeof (MatchNode) + n * sizeof (MatchNode *));

  node->op = op;
  node->n = n;
  node->parts = (MatchNode **) (node + 1);
  return node;
}

static MatchNode *
term_node (Compile *compile, MatchOp op, Term term)
{
  MatchNode *node = node_new (compile, op, 0);

  node->term = term;
  return node;
}

static MatchNode *
index_node (Compile *compile, MatchOp op, guint index)
{
  MatchNode *node = node_new (compile, op, 0);

  node->index = index;
  return node;
}

/* --- heads ------------------------------------------------------------------------ */

gint64
match_variable_number (const AtomTable *atoms, Term t)
{
  const char *name;
  gsize       len;
  gint64      number = 0;

  if (!term_is_atom (t))
    return -1;
  name = atom_name (atoms, t, &len);
  if (len < 2 || name[0] != '$' || len > 10)
    return -1;
  for (gsize i = 1; i < len; i++)
    {
      if (!g_ascii_isdigit (name[i]) || (i == 1 && name[i] == '0' && len > 2))
        return -1;
      number = number * 10 + (name[i] - '0');
    }
  return number <= 100000000 ? number : -1;
}

bool
match_is_ground (const AtomTable *atoms, Term t)
{
  while (term_is_list (t))
    {
      if (!match_is_ground (atoms, list_head (t)))
        return false;
      t = list_tail (t);
    }
  if (term_is_tuple (t))
    {
      for (guint64 i = 0; i < tuple_arity (t); i++)
        if (!match_is_ground (atoms, tuple_elements (t)[i]))
          return false;
      return true;
    }
  return !term_is_map (t) && t != A (any_value) && match_variable_number (atoms, t) < 0;
}

static gint
find_variable (const Compile *compile, gint64 number)
{
  for (guint i = 0; i < compile->variables->len; i++)
    if (g_array_index (compile->variables, gint64, i) == number)
      return (gint) i;
  return -1;
}

static MatchNode *compile_head (Compile *compile, Term t);

static MatchNode *
compile_map_head (Compile *compile, Term map)
{
  const AtomTable *atoms = compile->spec->vm->atoms;
  MatchNode       *node = node_new (compile, MATCH_MAP, (guint) map_size (map) * 2);
  MapIterator      it;
  Term             key, value;
  guint            i = 0;

  map_iterator_init (&it, map);
  while (map_iterator_next (&it, &key, &value))
    {
      if (match_variable_number (atoms, key) >= 0)
        return fail (compile, "Variable found in map key.");
      if (key == A (any_value))
        return fail (compile, "Underscore found in map key.");
      node->parts[i++] = term_node (compile, MATCH_TERM, key);
      node->parts[i++] = compile_head (compile, value);
    }
  return node;
}

static MatchNode *
compile_head (Compile *compile, Term t)
{
  const AtomTable *atoms = compile->spec->vm->atoms;
  gint64           number = match_variable_number (atoms, t);
  MatchNode       *node;

  if (compile->has_failed || compile->depth > MAX_DEPTH)
    return fail_term (compile, "Excessive nesting; system limit reached near: ", t, "");
  if (number >= 0)
    {
      gint index = find_variable (compile, number);

      if (index >= 0)
        return index_node (compile, MATCH_SAME, (guint) index);
      g_array_append_val (compile->variables, number);
      return index_node (compile, MATCH_BIND, compile->variables->len - 1);
    }
  if (t == A (any_value))
    return node_new (compile, MATCH_ANY, 0);
  if (term_is_immediate (t))
    return term_node (compile, MATCH_WORD, t);
  if (match_is_ground (atoms, t) || !(term_is_list (t) || term_is_tuple (t) || term_is_map (t)))
    return term_node (compile, MATCH_TERM, t);
  compile->depth++;
  if (term_is_map (t))
    node = compile_map_head (compile, t);
  else if (term_is_list (t))
    {
      node = node_new (compile, MATCH_CONS, 2);
      node->parts[0] = compile_head (compile, list_head (t));
      node->parts[1] = compile_head (compile, list_tail (t));
    }
  else
    {
      node = node_new (compile, MATCH_TUPLE, (guint) tuple_arity (t));
      for (guint i = 0; i < node->n; i++)
        node->parts[i] = compile_head (compile, tuple_elements (t)[i]);
    }
  compile->depth--;
  return node;
}

/* --- guards and bodies --------------------------------------------------------------- */

static MatchNode *compile_expression (Compile *compile, Term t);

static void
compile_parts (Compile *compile, MatchNode *node, const Term *terms)
{
  for (guint i = 0; i < node->n && !compile->has_failed; i++)
    node->parts[i] = compile_expression (compile, terms[i]);
}

static MatchNode *
compile_action (Compile *compile, Term t, guint i)
{
  const Term *e = tuple_elements (t);
  guint       n = (guint) tuple_arity (t) - 1;
  const char *name = atom_name (compile->spec->vm->atoms, e[0], NULL);
  MatchNode  *node;

  if (compile->spec->kind != MATCH_TRACE)
    return fail (compile, "Special form '%s' used in wrong dialect.", name);
  if (compile->is_guard && !actions[i].in_guards)
    return fail (compile, "Special form '%s' called in guard context.", name);
  if (n < actions[i].min_args || n > actions[i].max_args)
    {
      g_autofree char *before =
        g_strdup_printf ("Special form '%s' called with %sarguments in ", name,
                         actions[i].max_args == 0 ? "" : "wrong number of ");
      return fail_term (compile, before, t, ".");
    }
  node = node_new (compile, MATCH_ACTION, n);
  node->term = e[0];
  compile_parts (compile, node, e + 1);
  return node;
}

static MatchNode *
compile_call (Compile *compile, Term t)
{
  const Term      *e = tuple_elements (t);
  guint            n = (guint) tuple_arity (t) - 1;
  const char      *name = atom_name (compile->spec->vm->atoms, e[0], NULL);
  g_autofree char *after = NULL;
  const BifDef    *def;
  MatchNode       *node;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].name == e[0])
      return compile_action (compile, t, i);
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      if (functions[i].arity != n || strcmp (functions[i].name, name) != 0)
        continue;
      def = compile->find (A (erlang), e[0], n, compile->find_data);
      if (def == NULL)
        break;
      node = node_new (compile, MATCH_CALL, n);
      node->func = def->func;
      compile_parts (compile, node, e + 1);
      return node;
    }
  after = g_strdup_printf ("/%u does_not_exist.", n);
  return fail_term (compile, "Function ", e[0], after);
}

/* {Op, Argument…} */
static MatchNode *
compile_form (Compile *compile, Term t)
{
  static const struct
  {
    Term        name;
    MatchOp     op;
    const char *text;
  } logic[] = {
    { A (and), MATCH_AND, "and" },
    { A (or), MATCH_OR, "or" },
    { A (andalso), MATCH_ANDALSO, "andalso" },
    { A (orelse), MATCH_ORELSE, "orelse" },
  };
  const Term *e = tuple_elements (t);
  guint       n = (guint) tuple_arity (t);

  if (e[0] == A (const))
    {
      if (n != 2)
        return fail_term (compile, "Special form 'const' called with more than one argument in ", t,
                          ".");
      return term_node (compile, MATCH_CONSTANT, e[1]);
    }
  if (e[0] == atom_from_string (compile->spec->vm->atoms, "self"))
    {
      if (n != 1)
        return fail_term (compile, "Special form 'self' called with arguments in ", t, ".");
      return node_new (compile, MATCH_SELF, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (logic); i++)
    if (e[0] == logic[i].name)
      {
        g_autofree char *before = NULL;
        MatchNode       *node = node_new (compile, logic[i].op, n - 1);

        if (n == 1)
          {
            before =
              g_strdup_printf ("Special form '%s' called without arguments in ", logic[i].text);
            return fail_term (compile, before, t, ".");
          }
        compile_parts (compile, node, e + 1);
        return node;
      }
  return compile_call (compile, t);
}

static MatchNode *
compile_tuple (Compile *compile, Term t)
{
  const Term *e = tuple_elements (t);
  guint       n = (guint) tuple_arity (t);

  if (n == 1 && term_is_tuple (e[0]))
    {
      MatchNode *node = node_new (compile, MATCH_MAKE_TUPLE, (guint) tuple_arity (e[0]));

      if (node->n == 0)
        return term_node (compile, MATCH_CONSTANT, e[0]);
      compile_parts (compile, node, tuple_elements (e[0]));
      return node;
    }
  if (n >= 1 && term_is_atom (e[0]) && match_variable_number (compile->spec->vm->atoms, e[0]) < 0)
    return compile_form (compile, t);
  return fail_term (compile, "", t,
                    " is neither a function call, nor a tuple (tuples are written {{ ... }}).");
}

static MatchNode *
compile_map (Compile *compile, Term map)
{
  MatchNode  *node = node_new (compile, MATCH_MAKE_MAP, (guint) map_size (map) * 2);
  MapIterator it;
  Term        key, value;
  guint       i = 0;

  if (node->n == 0)
    return term_node (compile, MATCH_CONSTANT, map);
  map_iterator_init (&it, map);
  while (!compile->has_failed && map_iterator_next (&it, &key, &value))
    {
      node->parts[i++] = compile_expression (compile, key);
      node->parts[i++] = compile_expression (compile, value);
    }
  return node;
}

static MatchNode *
compile_atom (Compile *compile, Term t)
{
  gint64 number = match_variable_number (compile->spec->vm->atoms, t);
  gint   index;

  if (t == A (whole_object))
    return node_new (compile, MATCH_OBJECT, 0);
  if (t == A (all_variables))
    return node_new (compile, MATCH_VARIABLES, 0);
  if (number < 0)
    return term_node (compile, MATCH_CONSTANT, t);
  index = find_variable (compile, number);
  if (index < 0)
    return fail (compile, "Variable $%" G_GINT64_FORMAT " is unbound.", number);
  return index_node (compile, MATCH_VARIABLE, (guint) index);
}

static MatchNode *
compile_expression (Compile *compile, Term t)
{
  MatchNode *node;

  if (compile->has_failed)
    return NULL;
  if (compile->depth > MAX_DEPTH)
    return fail_term (compile, "Excessive nesting; system limit reached near: ", t, "");
  if (term_is_atom (t))
    return compile_atom (compile, t);
  compile->depth++;
  if (term_is_list (t))
    {
      node = node_new (compile, MATCH_MAKE_CONS, 2);
      node->parts[0] = compile_expression (compile, list_head (t));
      node->parts[1] = compile_expression (compile, list_tail (t));
    }
  else if (term_is_tuple (t))
    node = compile_tuple (compile, t);
  else if (term_is_map (t))
    node = compile_map (compile, t);
  else
    node = term_node (compile, MATCH_CONSTANT, t);
  compile->depth--;
  return node;
}

static MatchNode **
compile_list (Compile *compile, Term list, guint *n)
{
  MatchNode **nodes;
  Term        t = list;
  guint       i = 0;

  for (*n = 0; term_is_list (t); t = list_tail (t))
    ++*n;
  if (!term_is_nil (t))
    {
      fail (compile,
            *n == 0 ? "Match expression is not a list." : "Match expression is not a proper list.");
      return NULL;
    }
  nodes = node_memory (compile, (*n + 1) * sizeof (MatchNode *));
  for (t = list; term_is_list (t) && !compile->has_failed; t = list_tail (t))
    nodes[i++] = compile_expression (compile, list_head (t));
  return nodes;
}

/* --- clauses ---------------------------------------------------------------------- */

/* A list of patterns with as many arguments, given as a tuple. */
static MatchNode *
compile_arguments (Compile *compile, Term tuple)
{
  MatchNode *node = term_node (compile, MATCH_WORD, NIL), *cell;

  for (guint64 i = tuple_arity (tuple); i > 0; i--)
    {
      cell = node_new (compile, MATCH_CONS, 2);
      cell->parts[1] = node;
      node = cell;
    }
  cell = node;
  for (guint64 i = 0; i < tuple_arity (tuple); i++, cell = cell->parts[1])
    cell->parts[0] = compile_head (compile, tuple_elements (tuple)[i]);
  return node;
}

/* The head of a trace: patterns for the arguments, or one variable. */
static MatchNode *
compile_trace_head (Compile *compile, Term head)
{
  Term t = head;

  if (term_is_tuple (head))
    return compile_arguments (compile, head);
  while (term_is_list (t))
    t = list_tail (t);
  if (term_is_list (head) && !term_is_nil (t))
    return fail_term (compile, "Match expression part ", head, " is not a proper list.");
  if (!term_is_nil (t) && t != A (any_value) &&
      match_variable_number (compile->spec->vm->atoms, t) < 0)
    return fail (compile, "Match head is invalid in this context.");
  return compile_head (compile, head);
}

static void
compile_clause (Compile *compile, MatchClause *clause, Term t)
{
  const Term *e;

  if (!term_is_tuple (t) || tuple_arity (t) != 3)
    {
      fail (compile, "Match program part is not a tuple of arity 3.");
      return;
    }
  e = tuple_elements (t);
  clause->head = e[0];
  clause->body_term = e[2];
  g_array_set_size (compile->variables, 0);
  clause->pattern = compile->spec->kind == MATCH_TRACE ? compile_trace_head (compile, e[0])
                                                       : compile_head (compile, e[0]);
  clause->n_variables = compile->variables->len;
  compile->spec->max_variables = MAX (compile->spec->max_variables, clause->n_variables);
  if (compile->has_failed)
    return;
  compile->is_guard = true;
  clause->guards = compile_list (compile, e[1], &clause->n_guards);
  compile->is_guard = false;
  if (compile->has_failed)
    return;
  if (compile->spec->kind == MATCH_TABLE && !term_is_list (e[2]))
    fail (compile, "Body clause does not return anything.");
  else
    clause->body = compile_list (compile, e[2], &clause->n_body);
}

/* $$ lists variables by number: gives them their places in that order. */
static void
sort_variables (Compile *compile, MatchClause *clause)
{
  guint  n = compile->variables->len;
  guint *order = node_memory (compile, (n + 1) * sizeof (guint));

  for (guint i = 0; i < n; i++)
    {
      guint at = i;

      for (; at > 0 && g_array_index (compile->variables, gint64, order[at - 1]) >
                         g_array_index (compile->variables, gint64, i);
           at--)
        order[at] = order[at - 1];
      order[at] = i;
    }
  clause->variable_order = order;
}

static void
compile_all (Compile *compile, Term list)
{
  MatchSpec *spec = compile->spec;
  guint      i = 0;

  spec->clauses = g_new0 (MatchClause, spec->n_clauses + 1);
  for (; term_is_list (list); list = list_tail (list), i++)
    {
      compile->depth = 0;
      compile_clause (compile, &spec->clauses[i], list_head (list));
      if (compile->has_failed)
        return;
      sort_variables (compile, &spec->clauses[i]);
    }
}

MatchSpec *
match_spec_compile (
  VmMachine *vm, Term term, MatchKind kind, FindBifFunc find, gpointer find_data, GPtrArray *errors)
{
  MatchSpec *spec = g_new0 (MatchSpec, 1);
  Compile    compile = { .spec = spec, .find = find, .find_data = find_data, .errors = errors };
  gsize      words = term_flat_words (term);
  Term       list = term;

  spec->vm = vm;
  spec->kind = kind;
  spec->memory = g_ptr_array_new_with_free_func (g_free);
  compile.variables = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (words > 0)
    {
      Term *hp;

      spec->fragment = heap_fragment_new (vm, words);
      hp = spec->fragment->mem;
      term = term_copy_all (vm, term, &hp, &spec->fragment->off_heap);
    }
  for (list = term; term_is_list (list); list = list_tail (list))
    spec->n_clauses++;
  if (!term_is_nil (list))
    fail (&compile, spec->n_clauses == 0 ? "Match programs are not in a list."
                                         : "Match programs are not in a proper list.");
  else
    compile_all (&compile, term);
  g_array_unref (compile.variables);
  if (!compile.has_failed)
    return spec;
  match_spec_free (spec);
  return NULL;
}

void
match_spec_free (MatchSpec *spec)
{
  if (spec->fragment != NULL)
    heap_fragment_free (spec->vm, spec->fragment);
  g_ptr_array_unref (spec->memory);
  g_free (spec->clauses);
  g_free (spec);
}

guint
match_spec_n_clauses (const MatchSpec *spec)
{
  return spec->n_clauses;
}

Term
match_spec_head (const MatchSpec *spec, guint clause)
{
  return spec->clauses[clause].head;
}

Term
match_spec_body (const MatchSpec *spec, guint clause)
{
  return spec->clauses[clause].body_term;
}
