/* SPDX-License-Identifier: Apache-2.0 */

/* The language of conditions, by recursive descent:
 *
 *   or      = and { "or" and }
 *   and     = not { "and" not }
 *   not     = "not" not | "(" or ")" | atom
 *   atom    = NAME [ "(" arguments ")" ] [ "." field ] [ "on" N ] [ comparison number ]
 *   process = name | 'quoted name' | <0.N.S>
 *   place   = xN | yN | mN
 *
 * Evaluation is in condition.c. */
#include "config.h"

#include "engine/machine/condition.h"

#include "engine/vm-error.h"

#include <string.h>

#define ATOMS                                                                           \
  "gc, heap, size, copy_size, frames, binaries, mailbox, exited, running, reductions, " \
  "collections, minor, major, copied, reclaimed, line, calls, sent, received, time, "   \
  "count, memory, finished, not or ("
#define QUANTITIES                                                                     \
  "heap, size, copy_size, frames, binaries, mailbox, reductions, collections, minor, " \
  "major, copied, reclaimed, time, count or memory"
#define COMPARISONS "a comparison (==, /=, <, =<, >, >=)"
#define PROCESS     "a process: a name, 'a quoted name' or <0.N.S>"
#define MAX_DEPTH   200

typedef enum
{
  TOKEN_END,
  TOKEN_WORD, /* name */
  TOKEN_QUOTED,
  TOKEN_PID,
  TOKEN_NUMBER, /* digits with a unit right behind */
  TOKEN_SIGN,   /* punctuation, comparison */
  TOKEN_BAD,
} TokenKind;

typedef struct
{
  const char *text;
  const char *at; /* of the current token */
  gsize       len;
  TokenKind   kind;
  GError    **error;
  gboolean    failed;
  guint       depth;
  guint       n_atoms;
  gboolean    is_quantity; /* nothing is compared */
} Parser;

static const char *const heap_fields[N_HEAP_FIELDS] = {
  "young",
  "young_block",
  "old",
  "old_block",
  "stack",
  "high_water",
  "fragments",
  "total",
  "free",
  "offheap",
  "memory",
  "vheap",
  "vheap_block",
  "old_vheap",
  "old_vheap_block",
};

static gsize
word_length (const char *c)
{
  gsize n = 0;

  while (g_ascii_isalnum (c[n]) || c[n] == '_' || c[n] == '@')
    n++;
  return n;
}

static void
next_token (Parser *parser)
{
  const char *c = parser->at + parser->len;

  while (g_ascii_isspace (*c))
    c++;
  parser->at = c;
  parser->len = 1;
  if (*c == '\0')
    {
      parser->kind = TOKEN_END;
      parser->len = 0;
    }
  else if (g_ascii_isdigit (*c))
    {
      parser->kind = TOKEN_NUMBER;
      parser->len = word_length (c);
    }
  else if (word_length (c) > 0)
    {
      parser->kind = TOKEN_WORD;
      parser->len = word_length (c);
    }
  else if (*c == '\'' && strchr (c + 1, '\'') != NULL)
    {
      parser->kind = TOKEN_QUOTED;
      parser->len = (gsize) (strchr (c + 1, '\'') - c) + 1;
    }
  else if (*c == '<' && g_ascii_isdigit (c[1]) && strchr (c, '>') != NULL && c[2] == '.')
    {
      parser->kind = TOKEN_PID;
      parser->len = (gsize) (strchr (c, '>') - c) + 1;
    }
  else
    {
      parser->kind = strchr ("().,:/<>=-", *c) != NULL ? TOKEN_SIGN : TOKEN_BAD;
      if (strchr ("<>=/", *c) != NULL && (c[1] == '=' || (*c == '=' && c[1] == '<')))
        parser->len = 2;
    }
}

static gboolean
refuse (Parser *parser, const char *expected)
{
  if (parser->failed)
    return FALSE;
  parser->failed = TRUE;
  if (parser->kind == TOKEN_END)
    g_set_error (parser->error, VM_ERROR, VM_ERROR_SYNTAX,
                 "column %d: %s here; expected %s",
                 (int) g_utf8_strlen (parser->text, parser->at - parser->text) + 1,
                 parser->is_quantity ? "it ends" : "the condition ends", expected);
  else
    g_set_error (parser->error, VM_ERROR, VM_ERROR_SYNTAX, "column %d: found \"%.*s\"; expected %s",
                 (int) g_utf8_strlen (parser->text, parser->at - parser->text) + 1,
                 (int) parser->len, parser->at, expected);
  return FALSE;
}

static gboolean
is_token (Parser *parser, const char *text)
{
  return (parser->kind == TOKEN_WORD || parser->kind == TOKEN_SIGN) &&
         strlen (text) == parser->len && strncmp (parser->at, text, parser->len) == 0;
}

static gboolean
accept (Parser *parser, const char *text)
{
  if (!is_token (parser, text))
    return FALSE;
  next_token (parser);
  return TRUE;
}

static gboolean
expect (Parser *parser, const char *text, const char *what)
{
  return accept (parser, text) || refuse (parser, what);
}

static gboolean
parse_name (Parser *parser, char **name, const char *what)
{
  if (parser->kind == TOKEN_WORD)
    *name = g_strndup (parser->at, parser->len);
  else if (parser->kind == TOKEN_QUOTED)
    *name = g_strndup (parser->at + 1, parser->len - 2);
  else
    return refuse (parser, what);
  next_token (parser);
  return TRUE;
}

static gboolean
parse_process (Parser *parser, char **who)
{
  VmPid pid;

  if (parser->kind != TOKEN_PID)
    return parse_name (parser, who, PROCESS);
  *who = g_strndup (parser->at, parser->len);
  if (!vm_pid_parse (*who, &pid))
    return refuse (parser, PROCESS);
  next_token (parser);
  return TRUE;
}

static gboolean
parse_integer (Parser *parser, gint64 *number, gboolean is_time)
{
  static const struct
  {
    const char *name;
    gint64      ns;
  } units[] = {
    { "ns", 1 },
    { "us", 1000 },
    { "ms", 1000000 },
    { "s", 1000000000 },
  };
  const char *expected =
    is_time ? "a time: a number with ns, us, ms or s right behind it" : "a whole number";
  const char *c = parser->at, *end = parser->at + parser->len;
  gint64      value = 0, unit = is_time ? 0 : 1;

  if (parser->kind != TOKEN_NUMBER)
    return refuse (parser, expected);
  for (; c < end && (g_ascii_isdigit (*c) || *c == '_'); c++)
    if (*c != '_' && (__builtin_mul_overflow (value, 10, &value) ||
                      __builtin_add_overflow (value, *c - '0', &value)))
      return refuse (parser, "a smaller number");
  for (guint i = 0; is_time && i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i].name) == (gsize) (end - c) &&
        strncmp (c, units[i].name, (gsize) (end - c)) == 0)
      unit = units[i].ns;
  if ((!is_time && c < end) || unit == 0)
    return refuse (parser, expected);
  if (__builtin_mul_overflow (value, unit, number))
    return refuse (parser, "a smaller number");
  next_token (parser);
  return TRUE;
}

static gboolean
parse_comparison (Parser *parser, ConditionNode *node, gboolean optional)
{
  static const struct
  {
    const char *sign;
    Comparison  comparison;
  } signs[] = {
    { "==", COMPARE_EQ },
    { "/=", COMPARE_NE },
    { "<", COMPARE_LT },
    { "=<", COMPARE_LE },
    { ">", COMPARE_GT },
    { ">=", COMPARE_GE },
  };

  if (parser->is_quantity)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (accept (parser, signs[i].sign))
      {
        node->comparison = signs[i].comparison;
        return parse_integer (parser, &node->number, node->kind == CONDITION_TIME);
      }
  if (!optional)
    return refuse (parser, COMPARISONS);
  node->comparison = COMPARE_GE;
  node->number = 1;
  return TRUE;
}

static gboolean
parse_small (Parser *parser, guint *value)
{
  gint64 number;

  if (!parse_integer (parser, &number, FALSE))
    return FALSE;
  *value = (guint) CLAMP (number, 0, (gint64) G_MAXUINT);
  return TRUE;
}

static gboolean
parse_gc (Parser *parser, ConditionNode *node)
{
  if (accept (parser, "major"))
    node->detail = GC_MAJOR;
  else if (accept (parser, "minor"))
    node->detail = GC_MINOR;
  else if (accept (parser, "any"))
    node->detail = GC_ANY;
  else
    return refuse (parser, "major, minor or any");
  return expect (parser, ",", "a comma and a process") && parse_process (parser, &node->who) &&
         expect (parser, ")", ")");
}

static gboolean
parse_heap (Parser *parser, ConditionNode *node)
{
  if (!parse_process (parser, &node->who) || !expect (parser, ")", ")") ||
      !expect (parser, ".", "a dot and a part of the heap, as in heap(p).old"))
    return FALSE;
  for (guint i = 0; i < N_HEAP_FIELDS; i++)
    if (accept (parser, heap_fields[i]))
      {
        node->detail = i;
        return parse_comparison (parser, node, FALSE);
      }
  return refuse (parser, "young, young_block, old, old_block, stack, high_water, fragments, total, "
                         "free, offheap, memory, vheap, vheap_block, old_vheap or old_vheap_block");
}

/* "x0", "y12", "m1" */
static gboolean
parse_place (Parser *parser, ConditionNode *node)
{
  static const struct
  {
    char      letter;
    PlaceKind place;
    guint     lowest;
  } kinds[] = {
    { 'x', PLACE_ARGUMENT, 0 },
    { 'y', PLACE_SLOT, 0 },
    { 'm', PLACE_MESSAGE, 1 },
  };
  const char *end = parser->at + parser->len;

  if (parser->kind == TOKEN_WORD && parser->len >= 2 && parser->len <= 8)
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      {
        const char *c = parser->at + 1;

        node->detail = 0;
        while (c < end && g_ascii_isdigit (*c))
          node->detail = node->detail * 10 + (guint) (*c++ - '0');
        node->place = kinds[i].place;
        if (*parser->at == kinds[i].letter && c == end && node->detail >= kinds[i].lowest)
          {
            next_token (parser);
            return TRUE;
          }
      }
  return refuse (parser, "a place: x0 (an argument), y0 (a stack slot) or m1 (a message)");
}

static gboolean
parse_size (Parser *parser, ConditionNode *node)
{
  return parse_process (parser, &node->who) &&
         expect (parser, ",", "a comma and a place, as in size(p, x0)") &&
         parse_place (parser, node) && expect (parser, ")", ")") &&
         parse_comparison (parser, node, FALSE);
}

static gboolean
parse_count (Parser *parser, ConditionNode *node)
{
  if (accept (parser, "schedulers"))
    node->kind = CONDITION_SCHEDULERS;
  else if (!accept (parser, "processes"))
    return refuse (parser, "processes or schedulers");
  return expect (parser, ")", ")") && parse_comparison (parser, node, FALSE);
}

/* A file's name may have dots and slashes: it goes up to the last colon before ")". */
static gboolean
parse_line (Parser *parser, ConditionNode *node)
{
  const char *start = parser->at, *colon = NULL;

  for (const char *c = start; *c != '\0' && *c != ')'; c++)
    if (*c == ':')
      colon = c;
  if (colon == NULL || colon == start)
    return refuse (parser, "a file and a line, as in line(bank.erl:42)");
  node->other = g_strstrip (g_strndup (start, (gsize) (colon - start)));
  parser->at = colon;
  parser->len = 1;
  next_token (parser);
  return parse_small (parser, &node->detail) && expect (parser, ")", ")");
}

static gboolean
parse_calls (Parser *parser, ConditionNode *node)
{
  const char *what = "a function, as in calls(lists:map/2)";

  return parse_name (parser, &node->other, what) && expect (parser, ":", what) &&
         parse_name (parser, &node->function, what) && expect (parser, "/", what) &&
         parse_small (parser, &node->detail) && expect (parser, ")", ")");
}

static gboolean
parse_one_process (Parser *parser, ConditionNode *node)
{
  return parse_process (parser, &node->who) && expect (parser, ")", ")");
}

static gboolean
parse_arguments (Parser *parser, ConditionNode *node)
{
  switch (node->kind)
    {
    case CONDITION_GC:
      return parse_gc (parser, node);
    case CONDITION_HEAP:
      return parse_heap (parser, node);
    case CONDITION_LINE:
      return parse_line (parser, node);
    case CONDITION_CALLS:
      return parse_calls (parser, node);
    case CONDITION_SENT:
      return parse_process (parser, &node->who) &&
             expect (parser, ",", "a comma and the receiver") &&
             parse_process (parser, &node->other) && expect (parser, ")", ")");
    case CONDITION_COUNT:
      return parse_count (parser, node);
    case CONDITION_MEMORY:
      return expect (parser, "binary", "binary") && expect (parser, ")", ")") &&
             parse_comparison (parser, node, FALSE);
    case CONDITION_SIZE:
    case CONDITION_COPY_SIZE:
      return parse_size (parser, node);
    case CONDITION_RUNNING:
      return parse_one_process (parser, node) &&
             (!accept (parser, "on") || parse_small (parser, &node->detail));
    case CONDITION_MAILBOX:
    case CONDITION_REDUCTIONS:
    case CONDITION_FRAMES:
    case CONDITION_BINARIES:
    case CONDITION_COPIED:
    case CONDITION_RECLAIMED:
      return parse_one_process (parser, node) && parse_comparison (parser, node, FALSE);
    case CONDITION_COLLECTIONS:
    case CONDITION_MINOR:
    case CONDITION_MAJOR:
      return parse_one_process (parser, node) && parse_comparison (parser, node, TRUE);
    default: /* exited, received */
      return parse_one_process (parser, node);
    }
}

static gboolean
parse_atom (Parser *parser, ConditionNode *node)
{
  static const struct
  {
    const char   *name;
    ConditionKind kind;
    gboolean      is_quantity; /* what it says is a number */
  } atoms[] = {
    { "gc", CONDITION_GC, FALSE },
    { "heap", CONDITION_HEAP, TRUE },
    { "size", CONDITION_SIZE, TRUE },
    { "copy_size", CONDITION_COPY_SIZE, TRUE },
    { "frames", CONDITION_FRAMES, TRUE },
    { "binaries", CONDITION_BINARIES, TRUE },
    { "mailbox", CONDITION_MAILBOX, TRUE },
    { "exited", CONDITION_EXITED, FALSE },
    { "running", CONDITION_RUNNING, FALSE },
    { "reductions", CONDITION_REDUCTIONS, TRUE },
    { "collections", CONDITION_COLLECTIONS, TRUE },
    { "minor", CONDITION_MINOR, TRUE },
    { "major", CONDITION_MAJOR, TRUE },
    { "copied", CONDITION_COPIED, TRUE },
    { "reclaimed", CONDITION_RECLAIMED, TRUE },
    { "line", CONDITION_LINE, FALSE },
    { "calls", CONDITION_CALLS, FALSE },
    { "sent", CONDITION_SENT, FALSE },
    { "received", CONDITION_RECEIVED, FALSE },
    { "time", CONDITION_TIME, TRUE },
    { "count", CONDITION_COUNT, TRUE },
    { "memory", CONDITION_MEMORY, TRUE },
    { "finished", CONDITION_FINISHED, FALSE },
  };

  node->index = parser->n_atoms++;
  for (guint i = 0; i < G_N_ELEMENTS (atoms); i++)
    if (is_token (parser, atoms[i].name) && (atoms[i].is_quantity || !parser->is_quantity))
      {
        node->kind = atoms[i].kind;
        next_token (parser);
        if (node->kind == CONDITION_FINISHED)
          return TRUE;
        if (node->kind == CONDITION_TIME)
          return parse_comparison (parser, node, FALSE);
        return expect (parser, "(", "(") && parse_arguments (parser, node);
      }
  return refuse (parser, parser->is_quantity ? QUANTITIES : ATOMS);
}

static ConditionNode *parse_or (Parser *parser);

static void
free_node (ConditionNode *node)
{
  if (node == NULL)
    return;
  free_node (node->left);
  free_node (node->right);
  g_free (node->who);
  g_free (node->other);
  g_free (node->function);
  g_free (node);
}

static ConditionNode *
join (ConditionKind kind, ConditionNode *left, ConditionNode *right)
{
  ConditionNode *node = g_new0 (ConditionNode, 1);

  node->kind = kind;
  node->left = left;
  node->right = right;
  return node;
}

static ConditionNode *
parse_not (Parser *parser)
{
  ConditionNode *node = NULL;

  if (++parser->depth > MAX_DEPTH)
    refuse (parser, "fewer nested parentheses");
  else if (accept (parser, "not"))
    node = join (CONDITION_NOT, parse_not (parser), NULL);
  else if (accept (parser, "("))
    {
      node = parse_or (parser);
      if (!parser->failed)
        expect (parser, ")", "and, or or )");
    }
  else
    {
      node = g_new0 (ConditionNode, 1);
      parse_atom (parser, node);
    }
  parser->depth--;
  return node;
}

static ConditionNode *
parse_and (Parser *parser)
{
  ConditionNode *node = parse_not (parser);

  while (!parser->failed && accept (parser, "and"))
    node = join (CONDITION_AND, node, parse_not (parser));
  return node;
}

static ConditionNode *
parse_or (Parser *parser)
{
  ConditionNode *node = parse_and (parser);

  while (!parser->failed && accept (parser, "or"))
    node = join (CONDITION_OR, node, parse_and (parser));
  return node;
}

VmCondition *
vm_condition_parse (const char *text, GError **error)
{
  Parser         parser = { .text = text, .at = text, .error = error };
  VmCondition   *condition;
  ConditionNode *root;

  g_return_val_if_fail (text != NULL, NULL);
  next_token (&parser);
  root = parse_or (&parser);
  if (!parser.failed && parser.kind != TOKEN_END)
    refuse (&parser, "and, or or the end");
  if (parser.failed)
    {
      free_node (root);
      return NULL;
    }
  condition = g_new0 (VmCondition, 1);
  condition->text = g_strdup (text);
  condition->root = root;
  condition->n_atoms = parser.n_atoms;
  return condition;
}

VmCondition *
vm_condition_copy (const VmCondition *condition)
{
  return condition != NULL ? vm_condition_parse (condition->text, NULL) : NULL;
}

void
vm_condition_free (VmCondition *condition)
{
  if (condition == NULL)
    return;
  free_node (condition->root);
  g_free (condition->text);
  g_free (condition);
}

VmQuantity *
vm_quantity_parse (const char *text, gsize *at, GError **error)
{
  Parser      parser = { .text = text, .at = text + *at, .error = error, .is_quantity = TRUE };
  VmQuantity *quantity = g_new0 (VmQuantity, 1);

  quantity->root = g_new0 (ConditionNode, 1);
  next_token (&parser);
  parse_atom (&parser, quantity->root);
  if (parser.failed)
    {
      vm_quantity_free (quantity);
      return NULL;
    }
  *at = (gsize) (parser.at - text);
  return quantity;
}

const char *
vm_quantity_get_process (const VmQuantity *quantity)
{
  return quantity->root->who;
}

void
vm_quantity_free (VmQuantity *quantity)
{
  if (quantity == NULL)
    return;
  free_node (quantity->root);
  g_free (quantity);
}
