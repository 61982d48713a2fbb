/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-value.h"
#include "engine/vm-error.h"
#include <string.h>

#define MAX_DEPTH 50
#define OPERANDS  "a number or a quantity such as heap(NAME).old"

typedef enum
{
  NODE_NUMBER,
  NODE_QUANTITY,
  NODE_BINARY,
} NodeKind;

struct _AppLabValue
{
  NodeKind     kind;
  char         op; /* binary */
  gint64       number;
  VmQuantity  *quantity;
  AppLabValue *left;
  AppLabValue *right;
};

typedef struct
{
  const char *text;
  const char *at;
  guint       depth;
  GError    **error;
} Parser;

static AppLabValue *parse_sum (Parser *parser);

void
app_lab_value_free (AppLabValue *value)
{
  g_clear_pointer (&value->quantity, vm_quantity_free);
  g_clear_pointer (&value->left, app_lab_value_free);
  g_clear_pointer (&value->right, app_lab_value_free);
  g_free (value);
}

static void
skip_space (Parser *parser)
{
  while (g_ascii_isspace (*parser->at))
    parser->at++;
}

static AppLabValue *
fail (Parser *parser, const char *right)
{
  g_autofree char *found = NULL;
  gsize            n = 0;

  if (parser->error != NULL && *parser->error != NULL)
    return NULL;
  while (parser->at[n] != '\0' && n < 20 && !g_ascii_isspace (parser->at[n]))
    n++;
  found = n == 0 ? g_strdup ("the end") : g_strdup_printf ("'%.*s'", (int) n, parser->at);
  g_set_error (parser->error, VM_ERROR, VM_ERROR_SYNTAX, "column %u: found %s, expected %s",
               (guint) (parser->at - parser->text) + 1, found, right);
  return NULL;
}

static AppLabValue *
node_new (NodeKind kind)
{
  AppLabValue *value = g_new0 (AppLabValue, 1);

  value->kind = kind;
  return value;
}

static gboolean
parse_word (Parser *parser, char *buffer, gsize size)
{
  gsize n = 0;

  skip_space (parser);
  while ((g_ascii_isalpha (parser->at[n]) || parser->at[n] == '_') && n + 1 < size)
    {
      buffer[n] = parser->at[n];
      n++;
    }
  buffer[n] = '\0';
  parser->at += n;
  return n > 0;
}

static AppLabValue *
parse_number (Parser *parser)
{
  static const struct
  {
    const char *unit;
    gint64      factor;
  } units[] = {
    { "ns", 1 },
    { "us", 1000 },
    { "ms", 1000000 },
    { "s", 1000000000 },
    { "words", 1 },
    { "bytes", 1 },
  };
  AppLabValue *value;
  char         unit[16];
  const char  *unit_at;
  gint64       number = 0;

  while (g_ascii_isdigit (*parser->at) || (*parser->at == '_' && g_ascii_isdigit (parser->at[1])))
    {
      if (*parser->at != '_' && (__builtin_mul_overflow (number, 10, &number) ||
                                 __builtin_add_overflow (number, *parser->at - '0', &number)))
        return fail (parser, "a smaller number");
      parser->at++;
    }
  unit_at = parser->at;
  if (parse_word (parser, unit, sizeof unit))
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (units) && strcmp (units[i].unit, unit) != 0)
        i++;
      if (i == G_N_ELEMENTS (units) || __builtin_mul_overflow (number, units[i].factor, &number))
        {
          parser->at = unit_at;
          return fail (parser, "a unit: ns, us, ms, s, words or bytes");
        }
    }
  value = node_new (NODE_NUMBER);
  value->number = number;
  return value;
}

/* What a condition compares; the engine knows its names. */
static AppLabValue *
parse_quantity (Parser *parser)
{
  gsize        at = (gsize) (parser->at - parser->text);
  VmQuantity  *quantity = vm_quantity_parse (parser->text, &at, parser->error);
  AppLabValue *value;

  if (quantity == NULL)
    return NULL;
  parser->at = parser->text + at;
  value = node_new (NODE_QUANTITY);
  value->quantity = quantity;
  return value;
}

static AppLabValue *
parse_operand (Parser *parser)
{
  skip_space (parser);
  if (++parser->depth > MAX_DEPTH)
    return fail (parser, "fewer parentheses");
  if (g_ascii_isdigit (*parser->at))
    return parse_number (parser);
  if (*parser->at == '(')
    {
      AppLabValue *value;

      parser->at++;
      value = parse_sum (parser);
      skip_space (parser);
      if (value != NULL && *parser->at != ')')
        {
          app_lab_value_free (value);
          return fail (parser, "')' or one of + - * /");
        }
      if (value != NULL)
        parser->at++;
      return value;
    }
  if (!g_ascii_isalpha (*parser->at))
    return fail (parser, OPERANDS);
  return parse_quantity (parser);
}

/* Left-associative chain of @next joined by one of @ops. */
static AppLabValue *
parse_chain (Parser *parser, const char *ops, AppLabValue *(*next) (Parser *) )
{
  AppLabValue *left = next (parser);

  while (left != NULL)
    {
      AppLabValue *node;

      skip_space (parser);
      if (*parser->at == '\0' || strchr (ops, *parser->at) == NULL)
        return left;
      node = node_new (NODE_BINARY);
      node->op = *parser->at++;
      node->left = left;
      node->right = next (parser);
      left = node;
      if (node->right == NULL)
        g_clear_pointer (&left, app_lab_value_free);
    }
  return NULL;
}

static AppLabValue *
parse_product (Parser *parser)
{
  return parse_chain (parser, "*/", parse_operand);
}

static AppLabValue *
parse_sum (Parser *parser)
{
  return parse_chain (parser, "+-", parse_product);
}

AppLabValue *
app_lab_value_parse (const char *text, GError **error)
{
  GError      *local_error = NULL;
  Parser       parser = { text, text, 0, &local_error };
  AppLabValue *value = parse_sum (&parser);

  skip_space (&parser);
  if (value != NULL && *parser.at != '\0')
    {
      g_clear_pointer (&value, app_lab_value_free);
      fail (&parser, "one of + - * / or the end");
    }
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return value;
}

const char *
app_lab_value_get_process (const AppLabValue *value)
{
  const char *found;

  if (value->kind == NODE_QUANTITY)
    return vm_quantity_get_process (value->quantity);
  if (value->kind != NODE_BINARY)
    return NULL;
  found = app_lab_value_get_process (value->left);
  return found != NULL ? found : app_lab_value_get_process (value->right);
}

static gboolean
evaluate_binary (const AppLabValue *value, VmMachine *vm, gint64 *result, GError **error)
{
  gint64   left;
  gint64   right;
  gboolean overflows = FALSE;

  if (!app_lab_value_evaluate (value->left, vm, &left, error) ||
      !app_lab_value_evaluate (value->right, vm, &right, error))
    return FALSE;
  switch (value->op)
    {
    case '+':
      overflows = __builtin_add_overflow (left, right, result);
      break;
    case '-':
      overflows = __builtin_sub_overflow (left, right, result);
      break;
    case '*':
      overflows = __builtin_mul_overflow (left, right, result);
      break;
    default:
      if (right == 0 || (left == G_MININT64 && right == -1))
        overflows = TRUE;
      else
        *result = left / right;
    }
  if (overflows)
    g_set_error (error, VM_ERROR, VM_ERROR_USAGE,
                 "%" G_GINT64_FORMAT " %c %" G_GINT64_FORMAT " has no value here", left, value->op,
                 right);
  return !overflows;
}

gboolean
app_lab_value_evaluate (const AppLabValue *value, VmMachine *vm, gint64 *result, GError **error)
{
  switch (value->kind)
    {
    case NODE_NUMBER:
      *result = value->number;
      return TRUE;
    case NODE_BINARY:
      return evaluate_binary (value, vm, result, error);
    case NODE_QUANTITY:
    default:
      return vm_machine_measure (vm, value->quantity, result, error);
    }
}
