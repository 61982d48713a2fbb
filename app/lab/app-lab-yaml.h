/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* YAML as a tree that knows its lines, and a table-driven reader of mappings
 * that says what is wrong with each key. */

#include "app/lab/app-lab-problems.h"

G_BEGIN_DECLS

typedef enum
{
  APP_YAML_SCALAR,
  APP_YAML_LIST,
  APP_YAML_MAP,
} AppYamlKind;

typedef struct
{
  AppYamlKind kind;
  guint       line;  /* in the file */
  char       *text;  /* scalars */
  GPtrArray  *keys;  /* maps: AppYaml scalars, in file order */
  GPtrArray  *items; /* maps: the values, beside the keys; lists: the items */
} AppYaml;

/**
 * app_yaml_parse:
 * @first_line: the file's line that @text starts at
 *
 * Reads one YAML document. Returns: (transfer full) (nullable): NULL when @text
 * is no YAML (put down in @problems) or empty (not put down)
 */
AppYaml *app_yaml_parse (const char *text, gssize len, guint first_line, AppLabProblems *problems);
void     app_yaml_free (AppYaml *yaml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppYaml, app_yaml_free)

typedef enum
{
  APP_FIELD_TEXT,   /* char *: a scalar that is not empty */
  APP_FIELD_NUMBER, /* gint64: a whole number from `low` to `high` */
  APP_FIELD_CHOICE, /* guint: index of the scalar in `choices` */
  APP_FIELD_TEXTS,  /* GStrv: a list of scalars (or one scalar) */
  APP_FIELD_NODE,   /* const AppYaml *: for the caller to read */
} AppFieldKind;

typedef struct
{
  const char        *key;
  AppFieldKind       kind;
  gboolean           is_required;
  gsize              offset; /* in the struct that is filled */
  gint64             low;
  gint64             high;
  const char *const *choices; /* (nullable) (array zero-terminated) */
} AppField;

/* Fills @target from the mapping @map by @fields (ended by a NULL key). Wrong
 * or missing ones are put down in @problems and leave @target's bytes as they
 * are. @what names the mapping in messages ("the front matter"). */
void app_yaml_read (const AppYaml  *map,
                    const AppField *fields,
                    const char     *what,
                    gpointer        target,
                    AppLabProblems *problems);

/* The value of @key in @map, or NULL. (transfer none) */
const AppYaml *app_yaml_get (const AppYaml *map, const char *key);

/* A whole number in decimal, with optional "_" between digits. */
gboolean app_yaml_parse_number (const char *text, gint64 *number);

/* The one of @words (NULL-terminated) nearest to @word, if near enough to be a
 * slip of the fingers; else NULL. */
const char *app_nearest_word (const char *word, const char *const *words);

G_END_DECLS
