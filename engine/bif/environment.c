/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/environment.h"

#include "engine/base/lock.h"

#include <stdlib.h>
#include <string.h>

struct _Environment
{
  Lock   lock;
  char **variables; /* lock: environment */
};

Environment *
environment_new (void)
{
  Environment *environment = g_new0 (Environment, 1);

  lock_init (&environment->lock);
  environment->variables = g_get_environ ();
  return environment;
}

void
environment_free (Environment *environment)
{
  if (environment == NULL)
    return;
  g_strfreev (environment->variables);
  lock_clear (&environment->lock);
  g_free (environment);
}

char *
environment_get (Environment *environment, const char *name)
{
  char *value;

  lock_take (&environment->lock);
  value = g_strdup (g_environ_getenv (environment->variables, name));
  lock_drop (&environment->lock);
  return value;
}

void
environment_set (Environment *environment, const char *name, const char *value)
{
  lock_take (&environment->lock);
  if (value != NULL)
    environment->variables = g_environ_setenv (environment->variables, name, value, TRUE);
  else
    environment->variables = g_environ_unsetenv (environment->variables, name);
  lock_drop (&environment->lock);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
environment_dup (Environment *environment)
{
  char **copy;
  guint  n = 0;

  lock_take (&environment->lock);
  copy = g_new0 (char *, g_strv_length (environment->variables) + 1);
  for (guint i = 0; environment->variables[i] != NULL; i++)
    if (strchr (environment->variables[i], '=') != NULL)
      copy[n++] = g_strdup (environment->variables[i]);
  lock_drop (&environment->lock);
  qsort (copy, n, sizeof *copy, compare);
  return copy;
}
