/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-yaml.h"
#include <string.h>
#include <yaml.h>

/* A lab's YAML is small; more than this is a mistake or a bomb of aliases. */
#define MAX_NODES 10000
#define MAX_DEPTH 16

typedef struct
{
  yaml_document_t *document;
  AppLabProblems  *problems;
  guint            first_line;
  guint            n_nodes;
  gboolean         is_over; /* too deep or too large: said once, built no further */
} Builder;

void
app_yaml_free (AppYaml *yaml)
{
  g_free (yaml->text);
  g_clear_pointer (&yaml->keys, g_ptr_array_unref);
  g_clear_pointer (&yaml->items, g_ptr_array_unref);
  g_free (yaml);
}

static void
free_node (gpointer data)
{
  if (data != NULL)
    app_yaml_free (data);
}

static AppYaml *build (Builder *builder, int index, guint depth);

static void
build_pairs (Builder *builder, AppYaml *yaml, const yaml_node_t *node, guint depth)
{
  for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top;
       pair++)
    {
      AppYaml *key = build (builder, pair->key, depth + 1);
      AppYaml *value = build (builder, pair->value, depth + 1);

      if (key == NULL || value == NULL || key->kind != APP_YAML_SCALAR)
        {
          if (key != NULL && key->kind != APP_YAML_SCALAR)
            app_lab_problems_add (builder->problems, key->line, "a plain word before the colon",
                                  "a key must be a plain word");
          free_node (key);
          free_node (value);
          continue;
        }
      if (app_yaml_get (yaml, key->text) != NULL)
        app_lab_problems_add (builder->problems, key->line, "each key once",
                              "the key '%s' stands here a second time", key->text);
      g_ptr_array_add (yaml->keys, key);
      g_ptr_array_add (yaml->items, value);
    }
}

static AppYaml *
build (Builder *builder, int index, guint depth)
{
  yaml_node_t *node = yaml_document_get_node (builder->document, index);
  AppYaml     *yaml;

  if (node == NULL || builder->is_over)
    return NULL;
  if (depth > MAX_DEPTH || ++builder->n_nodes > MAX_NODES)
    {
      app_lab_problems_add (builder->problems, builder->first_line + node->start_mark.line, NULL,
                            "this YAML is nested too deeply or too large");
      builder->is_over = TRUE;
      return NULL;
    }
  yaml = g_new0 (AppYaml, 1);
  yaml->line = builder->first_line + node->start_mark.line;
  switch (node->type)
    {
    case YAML_SCALAR_NODE:
      yaml->kind = APP_YAML_SCALAR;
      yaml->text = g_strndup ((const char *) node->data.scalar.value, node->data.scalar.length);
      break;
    case YAML_SEQUENCE_NODE:
      yaml->kind = APP_YAML_LIST;
      yaml->items = g_ptr_array_new_with_free_func (free_node);
      for (yaml_node_item_t *item = node->data.sequence.items.start;
           item < node->data.sequence.items.top; item++)
        {
          AppYaml *child = build (builder, *item, depth + 1);

          if (child != NULL)
            g_ptr_array_add (yaml->items, child);
        }
      break;
    case YAML_MAPPING_NODE:
      yaml->kind = APP_YAML_MAP;
      yaml->keys = g_ptr_array_new_with_free_func (free_node);
      yaml->items = g_ptr_array_new_with_free_func (free_node);
      build_pairs (builder, yaml, node, depth);
      break;
    case YAML_NO_NODE:
    default:
      g_free (yaml);
      return NULL;
    }
  return yaml;
}

AppYaml *
app_yaml_parse (const char *text, gssize len, guint first_line, AppLabProblems *problems)
{
  yaml_parser_t   parser;
  yaml_document_t document;
  AppYaml        *yaml = NULL;

  if (!yaml_parser_initialize (&parser))
    g_error ("out of memory");
  yaml_parser_set_input_string (&parser, (const guchar *) text,
                                len < 0 ? strlen (text) : (gsize) len);
  if (yaml_parser_load (&parser, &document))
    {
      Builder      builder = { &document, problems, first_line, 0, FALSE };
      yaml_node_t *root = yaml_document_get_root_node (&document);

      if (root != NULL)
        yaml = build (&builder, root - document.nodes.start + 1, 0);
      yaml_document_delete (&document);
    }
  else
    {
      gsize       line = parser.problem_mark.line;
      const char *right = NULL;

      if (strstr (parser.problem, "cannot start any token") != NULL)
        right = "spaces instead of tabs, and quotes around what begins with @, ` or %";
      else if (strstr (parser.problem, "mapping values are not allowed") != NULL)
        right = "quotes around a text that holds a colon";
      app_lab_problems_add (
        problems, first_line + line, right, "this is no YAML: %s%s%s (column %u)", parser.problem,
        parser.context != NULL ? " " : "", parser.context != NULL ? parser.context : "",
        (guint) parser.problem_mark.column + 1);
    }
  yaml_parser_delete (&parser);
  return yaml;
}

const AppYaml *
app_yaml_get (const AppYaml *map, const char *key)
{
  if (map->kind != APP_YAML_MAP)
    return NULL;
  for (guint i = 0; i < map->keys->len; i++)
    if (strcmp (((const AppYaml *) map->keys->pdata[i])->text, key) == 0)
      return map->items->pdata[i];
  return NULL;
}

gboolean
app_yaml_parse_number (const char *text, gint64 *number)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '_' && c > text && g_ascii_isdigit (c[-1]) && g_ascii_isdigit (c[1]))
        continue;
      g_string_append_c (digits, *c);
    }
  return g_ascii_string_to_signed (digits->str, 10, G_MININT64, G_MAXINT64, number, NULL);
}

/* Edit distance with two rows; words here are short. */
static guint
distance (const char *a, const char *b)
{
  gsize             n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize j = 0; j <= n; j++)
    row[j] = j;
  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (gsize j = 0; j < n; j++)
        {
          guint change = diagonal + (a[i] != b[j]);

          diagonal = row[j + 1];
          row[j + 1] = MIN (change, MIN (row[j], diagonal) + 1);
        }
    }
  return row[n];
}

const char *
app_nearest_word (const char *word, const char *const *words)
{
  const char *best = NULL;
  guint       best_distance = 1 + strlen (word) / 5;

  if (strlen (word) > 64)
    return NULL;
  for (; *words != NULL; words++)
    {
      guint d = distance (word, *words);

      if (d <= best_distance && d < strlen (word))
        {
          best = *words;
          best_distance = d == 0 ? 0 : d - 1;
        }
    }
  return best;
}

static void
report_unknown (const AppYaml  *key,
                const AppField *fields,
                const char     *what,
                AppLabProblems *problems)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *all = NULL;
  g_autofree char *right = NULL;
  const char      *near;

  for (const AppField *field = fields; field->key != NULL; field++)
    g_ptr_array_add (words, (gpointer) field->key);
  g_ptr_array_add (words, NULL);
  near = app_nearest_word (key->text, (const char *const *) words->pdata);
  all = g_strjoinv (", ", (char **) words->pdata);
  right = near != NULL ? g_strdup_printf ("'%s'", near) : g_strdup_printf ("one of %s", all);
  app_lab_problems_add (problems, key->line, right, "%s has no key '%s'", what, key->text);
}

static void
read_number (const AppYaml *value, const AppField *field, gpointer target, AppLabProblems *problems)
{
  gint64 number;

  if (value->kind == APP_YAML_SCALAR && app_yaml_parse_number (value->text, &number) &&
      number >= field->low && number <= field->high)
    {
      *(gint64 *) target = number;
      return;
    }
  {
    g_autofree char *right = g_strdup_printf (
      "a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, field->low, field->high);

    app_lab_problems_add (problems, value->line, right, "'%s' cannot be %s", field->key,
                          value->kind == APP_YAML_SCALAR ? value->text : "a list or a mapping");
  }
}

static void
read_choice (const AppYaml *value, const AppField *field, gpointer target, AppLabProblems *problems)
{
  g_autofree char *all = g_strjoinv (", ", (char **) field->choices);
  g_autofree char *right = g_strdup_printf ("one of %s", all);

  if (value->kind == APP_YAML_SCALAR)
    for (guint i = 0; field->choices[i] != NULL; i++)
      if (strcmp (field->choices[i], value->text) == 0)
        {
          *(guint *) target = i;
          return;
        }
  app_lab_problems_add (problems, value->line, right, "'%s' cannot be %s", field->key,
                        value->kind == APP_YAML_SCALAR ? value->text : "a list or a mapping");
}

static void
read_texts (const AppYaml *value, const AppField *field, gpointer target, AppLabProblems *problems)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (value->kind == APP_YAML_SCALAR)
    g_strv_builder_add (builder, value->text);
  else if (value->kind == APP_YAML_LIST)
    for (guint i = 0; i < value->items->len; i++)
      {
        const AppYaml *item = value->items->pdata[i];

        if (item->kind == APP_YAML_SCALAR)
          g_strv_builder_add (builder, item->text);
        else
          app_lab_problems_add (problems, item->line,
                                "plain texts, quoted where they hold [ { or :",
                                "an item of '%s' is not a plain text", field->key);
      }
  else
    {
      app_lab_problems_add (problems, value->line, "a list of texts", "'%s' cannot be a mapping",
                            field->key);
      return;
    }
  *(GStrv *) target = g_strv_builder_end (builder);
}

static void
read_field (const AppYaml *value, const AppField *field, guint8 *base, AppLabProblems *problems)
{
  gpointer target = base + field->offset;

  switch (field->kind)
    {
    case APP_FIELD_TEXT:
      if (value->kind != APP_YAML_SCALAR || value->text[0] == '\0')
        app_lab_problems_add (problems, value->line,
                              "a text (in quotes when it starts with [ or { or holds a colon)",
                              "'%s' is not a text", field->key);
      else
        *(char **) target = g_strdup (value->text);
      return;
    case APP_FIELD_NUMBER:
      read_number (value, field, target, problems);
      return;
    case APP_FIELD_CHOICE:
      read_choice (value, field, target, problems);
      return;
    case APP_FIELD_TEXTS:
      read_texts (value, field, target, problems);
      return;
    case APP_FIELD_NODE:
      *(const AppYaml **) target = value;
      return;
    }
}

void
app_yaml_read (const AppYaml  *map,
               const AppField *fields,
               const char     *what,
               gpointer        target,
               AppLabProblems *problems)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (map->kind != APP_YAML_MAP)
    {
      app_lab_problems_add (problems, map->line, "lines of the form 'key: value'",
                            "%s must be a mapping", what);
      return;
    }
  for (guint i = 0; i < map->keys->len; i++)
    {
      const AppYaml  *key = map->keys->pdata[i];
      const AppField *field = fields;

      while (field->key != NULL && strcmp (field->key, key->text) != 0)
        field++;
      if (field->key == NULL)
        report_unknown (key, fields, what, problems);
      else if (g_hash_table_add (seen, (gpointer) field->key))
        read_field (map->items->pdata[i], field, target, problems);
    }
  for (const AppField *field = fields; field->key != NULL; field++)
    if (field->is_required && !g_hash_table_contains (seen, field->key))
      {
        g_autofree char *right = g_strdup_printf ("a line '%s: …'", field->key);

        app_lab_problems_add (problems, map->line, right, "%s lacks '%s'", what, field->key);
      }
}
