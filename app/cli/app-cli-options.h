/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Options of a verb, by table. GOption is not used because it knows neither
 * `-pa DIR` nor arguments such as `-1` that are no options. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  APP_OPTION_FLAG,   /* gboolean */
  APP_OPTION_TEXT,   /* const char *: into argv */
  APP_OPTION_TEXTS,  /* GPtrArray *: of const char *, repeatable */
  APP_OPTION_NUMBER, /* gint64, from low to high */
  APP_OPTION_BYTES,  /* gint64: a number with an optional K, M or G */
  APP_OPTION_CHOICE, /* guint: index into choices */
} AppOptionKind;

typedef struct
{
  const char        *name; /* "--print" */
  AppOptionKind      kind;
  gpointer           target;
  gint64             low;
  gint64             high;
  const char *const *choices;
} AppOption;

/**
 * app_options_parse:
 * @options: ended by a NULL name
 * @rest: (element-type utf8): gets the arguments that are no options
 *
 * Sorts @argv (from 1) into options and arguments. An option begins with `--`
 * or with `-` and a letter, which no Erlang term does; so options may stand
 * before and after the arguments, and `-1` is an argument. `--` ends them.
 *
 * Returns: -1 to go on, else the exit status: help was asked for and given, or
 * there was a mistake and it was said
 */
int app_options_parse (
  const char *verb, const AppOption *options, int argc, char **argv, GPtrArray *rest);

G_END_DECLS
