/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-value.h"
#include "engine/vm-error.h"
#include <string.h>

#define MAX_DEPTH 50

typedef enum
{
  NODE_NUMBER,
  NODE_TIME,
  NODE_PROCESSES,
  NODE_SCHEDULERS,
  NODE_PROCESS, /* a field of a process */
  NODE_BINARY,
} NodeKind;

typedef struct
{
  const char *name;
  gsize       offset; /* of a guint64 in VmHeapSizes */
} HeapField;

struct _AppLabValue
{
  NodeKind     kind;
  char         op; /* binary */
  gint64       number;
  char        *process;
  const char  *function; /* "heap", "mailbox" … */
  const char  *field;    /* of "heap" */
  AppLabValue *left;
  AppLabValue *right;
};

static const HeapField heap_fields[] = {
  { "young", G_STRUCT_OFFSET (VmHeapSizes, young_used) },
  { "young_block", G_STRUCT_OFFSET (VmHeapSizes, young_block) },
  { "old", G_STRUCT_OFFSET (VmHeapSizes, old_used) },
  { "old_block", G_STRUCT_OFFSET (VmHeapSizes, old_block) },
  { "stack", G_STRUCT_OFFSET (VmHeapSizes, stack_used) },
  { "high_water", G_STRUCT_OFFSET (VmHeapSizes, high_water) },
  { "fragments", G_STRUCT_OFFSET (VmHeapSizes, fragments) },
  { "offheap", G_STRUCT_OFFSET (VmHeapSizes, offheap_bytes) },
  { "memory", G_STRUCT_OFFSET (VmHeapSizes, memory_bytes) },
  { "free", G_MAXSIZE },
  { "total", G_MAXSIZE },
};

static const char *const functions[] = { "heap", "mailbox", "reductions", "collections",
                                         "minor", "major", NULL };

#define OPERANDS                                                                        \
  "a number, time, count(processes), heap(NAME).old, mailbox(NAME), reductions(NAME), " \
  "collections(NAME), minor(NAME) or major(NAME)"
#define FIELDS                                                                                 \
  "young, young_block, old, old_block, stack, free, high_water, fragments, total, offheap or " \
  "memory"

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
  g_free (value->process);
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

/* "sorter" or "<0.80.0>", inside parentheses. (transfer full) (nullable) */
static char *
parse_argument (Parser *parser)
{
  const char *begin;
  const char *end;

  skip_space (parser);
  if (*parser->at != '(')
    return (char *) fail (parser, "'(' and a process's name");
  parser->at++;
  begin = parser->at;
  end = strchr (begin, ')');
  if (end == NULL)
    {
      parser->at += strlen (parser->at);
      return (char *) fail (parser, "')'");
    }
  while (g_ascii_isspace (*begin))
    begin++;
  parser->at = end + 1;
  while (end > begin && g_ascii_isspace (end[-1]))
    end--;
  if (end == begin)
    {
      parser->at = begin;
      return (char *) fail (parser, "a process's name");
    }
  if (end - begin > 2 && begin[0] == '\'' && end[-1] == '\'')
    return g_strndup (begin + 1, end - begin - 2);
  return g_strndup (begin, end - begin);
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

static AppLabValue *
parse_heap_field (Parser *parser, AppLabValue *value)
{
  char        word[32];
  const char *field_at;

  if (*parser->at != '.')
    {
      app_lab_value_free (value);
      return fail (parser, "'.' and a field: " FIELDS);
    }
  field_at = ++parser->at;
  parse_word (parser, word, sizeof word);
  for (gsize i = 0; i < G_N_ELEMENTS (heap_fields); i++)
    if (strcmp (heap_fields[i].name, word) == 0)
      {
        value->field = heap_fields[i].name;
        return value;
      }
  app_lab_value_free (value);
  parser->at = field_at;
  return fail (parser, FIELDS);
}

static AppLabValue *
parse_count (Parser *parser)
{
  const char      *at = parser->at;
  g_autofree char *what = parse_argument (parser);

  if (what == NULL)
    return NULL;
  if (strcmp (what, "processes") == 0)
    return node_new (NODE_PROCESSES);
  if (strcmp (what, "schedulers") == 0)
    return node_new (NODE_SCHEDULERS);
  parser->at = at;
  return fail (parser, "(processes) or (schedulers)");
}

static AppLabValue *
parse_call (Parser *parser)
{
  const char *at = parser->at;
  char        word[32];

  if (!parse_word (parser, word, sizeof word))
    return fail (parser, OPERANDS);
  if (strcmp (word, "time") == 0)
    return node_new (NODE_TIME);
  if (strcmp (word, "count") == 0)
    return parse_count (parser);
  for (gsize i = 0; functions[i] != NULL; i++)
    if (strcmp (functions[i], word) == 0)
      {
        char        *process = parse_argument (parser);
        AppLabValue *value;

        if (process == NULL)
          return NULL;
        value = node_new (NODE_PROCESS);
        value->process = process;
        value->function = functions[i];
        return i == 0 ? parse_heap_field (parser, value) : value;
      }
  parser->at = at;
  return fail (parser, OPERANDS);
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
  return parse_call (parser);
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

  if (value->kind == NODE_PROCESS)
    return value->process;
  if (value->kind != NODE_BINARY)
    return NULL;
  found = app_lab_value_get_process (value->left);
  return found != NULL ? found : app_lab_value_get_process (value->right);
}

static gint64
process_value (const AppLabValue *value, const VmProcessInfo *info)
{
  if (strcmp (value->function, "mailbox") == 0)
    return info->n_messages;
  if (strcmp (value->function, "reductions") == 0)
    return info->n_reductions;
  if (strcmp (value->function, "collections") == 0)
    return info->n_minor + info->n_major;
  if (strcmp (value->function, "minor") == 0)
    return info->n_minor;
  if (strcmp (value->function, "major") == 0)
    return info->n_major;
  if (strcmp (value->field, "free") == 0)
    return info->heap.young_block - info->heap.young_used - info->heap.stack_used;
  if (strcmp (value->field, "total") == 0)
    return info->heap.young_block + info->heap.old_block + info->heap.fragments;
  for (gsize i = 0; i < G_N_ELEMENTS (heap_fields); i++)
    if (heap_fields[i].name == value->field)
      return *(const guint64 *) ((const guint8 *) &info->heap + heap_fields[i].offset);
  g_assert_not_reached ();
}

static gboolean
evaluate_binary (const AppLabValue *value,
                 const VmSnapshot  *snapshot,
                 gint64            *result,
                 GError           **error)
{
  gint64   left;
  gint64   right;
  gboolean overflows = FALSE;

  if (!app_lab_value_evaluate (value->left, snapshot, &left, error) ||
      !app_lab_value_evaluate (value->right, snapshot, &right, error))
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
app_lab_value_evaluate (const AppLabValue *value,
                        const VmSnapshot  *snapshot,
                        gint64            *result,
                        GError           **error)
{
  const VmProcessInfo *info;

  switch (value->kind)
    {
    case NODE_NUMBER:
      *result = value->number;
      return TRUE;
    case NODE_TIME:
      *result = snapshot->status.time_ns;
      return TRUE;
    case NODE_PROCESSES:
      *result = snapshot->status.n_processes;
      return TRUE;
    case NODE_SCHEDULERS:
      *result = snapshot->n_schedulers;
      return TRUE;
    case NODE_BINARY:
      return evaluate_binary (value, snapshot, result, error);
    case NODE_PROCESS:
    default:
      info = vm_snapshot_find_name (snapshot, value->process);
      if (info == NULL)
        {
          g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                       "there is no process '%s' at this moment", value->process);
          return FALSE;
        }
      *result = process_value (value, info);
      return TRUE;
    }
}
