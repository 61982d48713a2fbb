/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli-options.h"
#include "app/cli/app-cli.h"
#include "app/lab/app-lab-yaml.h"
#include <string.h>

static gboolean
is_option (const char *arg)
{
  return arg[0] == '-' && (g_ascii_isalpha (arg[1]) || (arg[1] == '-' && arg[2] != '\0'));
}

static int
report_unknown (const char *verb, const AppOption *options, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *near;

  for (const AppOption *option = options; option->name != NULL; option++)
    g_ptr_array_add (names, (gpointer) option->name);
  g_ptr_array_add (names, NULL);
  near = app_nearest_word (name, (const char *const *) names->pdata);
  if (near != NULL)
    return app_cli_usage (verb, "there is no option %s; did you mean %s?", name, near);
  return app_cli_usage (verb, "there is no option %s", name);
}

static int
take_number (const char *verb, const AppOption *option, const char *text)
{
  gint64           factor = 1;
  g_autofree char *digits = g_strdup (text);
  gsize            len = strlen (digits);
  gint64           number;

  if (option->kind == APP_OPTION_BYTES && len > 1 && strchr ("KMGkmg", digits[len - 1]) != NULL)
    {
      char suffix = g_ascii_toupper (digits[len - 1]);

      factor = suffix == 'K' ? 1 << 10 : suffix == 'M' ? 1 << 20
                                                       : 1 << 30;
      digits[len - 1] = '\0';
    }
  if (!app_yaml_parse_number (digits, &number) ||
      __builtin_mul_overflow (number, factor, &number) || number < option->low ||
      number > option->high)
    return app_cli_usage (
      verb, "%s wants a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "%s, not '%s'",
      option->name, option->low, option->high,
      option->kind == APP_OPTION_BYTES ? ", or with K, M or G" : "", text);
  *(gint64 *) option->target = number;
  return -1;
}

static int
take_choice (const char *verb, const AppOption *option, const char *text)
{
  g_autofree char *all = g_strjoinv ("|", (char **) option->choices);

  for (guint i = 0; option->choices[i] != NULL; i++)
    if (strcmp (option->choices[i], text) == 0)
      {
        *(guint *) option->target = i;
        return -1;
      }
  return app_cli_usage (verb, "%s wants %s, not '%s'", option->name, all, text);
}

static int
take_value (const char *verb, const AppOption *option, const char *value)
{
  switch (option->kind)
    {
    case APP_OPTION_TEXT:
      *(const char **) option->target = value;
      return -1;
    case APP_OPTION_TEXTS:
      g_ptr_array_add (option->target, (gpointer) value);
      return -1;
    case APP_OPTION_NUMBER:
    case APP_OPTION_BYTES:
      return take_number (verb, option, value);
    case APP_OPTION_CHOICE:
      return take_choice (verb, option, value);
    case APP_OPTION_FLAG:
    default:
      return app_cli_usage (verb, "%s takes no value", option->name);
    }
}

/* One option at @argv[*index]; moves *index to its last word. */
static int
take_option (const char *verb, const AppOption *options, int argc, char **argv, int *index)
{
  const char      *arg = argv[*index];
  const char      *equals = strchr (arg, '=');
  g_autofree char *name = equals != NULL ? g_strndup (arg, equals - arg) : g_strdup (arg);

  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0)
    {
      g_print ("%s", app_cli_help_get_text (verb));
      return APP_CLI_OK;
    }
  for (const AppOption *option = options; option->name != NULL; option++)
    {
      if (strcmp (option->name, name) != 0)
        continue;
      if (option->kind == APP_OPTION_FLAG && equals == NULL)
        {
          *(gboolean *) option->target = TRUE;
          return -1;
        }
      if (equals != NULL)
        return take_value (verb, option, equals + 1);
      if (*index + 1 >= argc)
        return app_cli_usage (verb, "%s wants a value", name);
      return take_value (verb, option, argv[++*index]);
    }
  return report_unknown (verb, options, name);
}

int
app_options_parse (
  const char *verb, const AppOption *options, int argc, char **argv, GPtrArray *rest)
{
  gboolean has_ended = FALSE;

  for (int i = 1; i < argc; i++)
    {
      if (!has_ended && strcmp (argv[i], "--") == 0)
        has_ended = TRUE;
      else if (!has_ended && is_option (argv[i]))
        {
          int status = take_option (verb, options, argc, argv, &i);

          if (status >= 0)
            return status;
        }
      else
        g_ptr_array_add (rest, argv[i]);
    }
  return -1;
}
