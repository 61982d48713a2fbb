/* SPDX-License-Identifier: Apache-2.0 */

/* Names that a lab gives to processes: by the function they are spawned with. */
#include "config.h"

#include "engine/machine/control-private.h"

#include "engine/vm-error.h"

#include <string.h>

void
name_rule_clear (gpointer data)
{
  NameRule *rule = data;

  g_free (rule->name);
  g_free (rule->module);
  g_free (rule->function);
}

static gboolean
refuse (const char *rule, GError **error)
{
  g_set_error (error, VM_ERROR, VM_ERROR_SYNTAX,
               "\"%s\" is no rule for a process: expected main, M:F/A or M:F/A#N", rule);
  return FALSE;
}

/* "M:F/A" or "M:F/A#N"; M and F may hold anything but the separators that follow. */
static gboolean
parse_rule (const char *text, NameRule *rule, GError **error)
{
  const char *colon = strchr (text, ':'), *slash = strrchr (text, '/'), *hash;
  char       *end;
  guint64     number;

  rule->pid = VM_PID_NONE;
  rule->nth = 1;
  if (strcmp (text, "main") == 0)
    return TRUE;
  if (colon == NULL || slash == NULL || colon == text || slash < colon + 2 ||
      !g_ascii_isdigit (slash[1]))
    return refuse (text, error);
  number = g_ascii_strtoull (slash + 1, &end, 10);
  if (number > 255 || (*end != '\0' && *end != '#'))
    return refuse (text, error);
  rule->arity = (guint) number;
  hash = *end == '#' ? end + 1 : NULL;
  if (hash != NULL)
    {
      number = g_ascii_strtoull (hash, &end, 10);
      if (!g_ascii_isdigit (*hash) || *end != '\0' || number == 0 || number > G_MAXUINT)
        return refuse (text, error);
      rule->nth = (guint) number;
    }
  rule->module = g_strndup (text, (gsize) (colon - text));
  rule->function = g_strndup (colon + 1, (gsize) (slash - colon - 1));
  return TRUE;
}

gboolean
vm_machine_name_process (VmMachine *vm, const char *name, const char *rule_text, GError **error)
{
  Control *control = vm->control;
  NameRule rule = { 0 };

  if (!parse_rule (rule_text, &rule, error))
    return FALSE;
  rule.name = g_strdup (name);
  lock_take (&control->lock);
  if (rule.module == NULL)
    rule.pid = control->main_pid;
  g_array_append_val (control->names, rule);
  lock_drop (&control->lock);
  if (rule.pid != VM_PID_NONE)
    recorder_name_process (vm->recorder, rule.pid, name, 0);
  return TRUE;
}

/* proc_lib starts its processes as init_p: what they are for stands in the arguments. */
static gboolean
behind_proc_lib (VmMachine *vm, Process *p, Term *module, Term *function, guint *arity)
{
  Term  list, elements[5];
  guint n = 0;

  if (strcmp (atom_name (vm->atoms, p->initial_module, NULL), "proc_lib") != 0 ||
      strcmp (atom_name (vm->atoms, p->initial_function, NULL), "init_p") != 0 ||
      p->initial_arity != 5 || p->saved == NULL || p->n_live < 3)
    return FALSE;
  for (list = p->saved[2]; term_is_list (list) && n < 5; list = list_tail (list))
    elements[n++] = list_head (list);
  if (n < 5 || !term_is_atom (elements[2]) || !term_is_atom (elements[3]))
    return FALSE;
  *module = elements[2];
  *function = elements[3];
  *arity = 0;
  for (list = elements[4]; term_is_list (list); list = list_tail (list))
    ++*arity;
  return TRUE;
}

static gboolean
matches (VmMachine *vm, const NameRule *rule, Term module, Term function, guint arity)
{
  return rule->arity == arity && strcmp (atom_name (vm->atoms, module, NULL), rule->module) == 0 &&
         strcmp (atom_name (vm->atoms, function, NULL), rule->function) == 0;
}

void
names_spawned (VmMachine *vm, Process *p)
{
  Control *control = vm->control;
  Term     module = NONE, function = NONE;
  guint    arity = 0;
  gboolean has_inner;

  lock_take (&control->lock);
  has_inner = control->names->len > 0 && behind_proc_lib (vm, p, &module, &function, &arity);
  for (guint i = 0; i < control->names->len; i++)
    {
      NameRule *rule = &g_array_index (control->names, NameRule, i);

      if (rule->module == NULL || rule->seen >= rule->nth ||
          (!matches (vm, rule, p->initial_module, p->initial_function, p->initial_arity) &&
           !(has_inner && matches (vm, rule, module, function, arity))))
        continue;
      if (++rule->seen == rule->nth)
        {
          __atomic_store_n (&rule->pid, p->id, __ATOMIC_RELAXED);
          recorder_name_process (vm->recorder, p->id, rule->name, 0);
        }
    }
  lock_drop (&control->lock);
}

void
names_set_main (VmMachine *vm, VmPid pid)
{
  Control *control = vm->control;

  lock_take (&control->lock);
  for (guint i = 0; i < control->names->len; i++)
    {
      NameRule *rule = &g_array_index (control->names, NameRule, i);

      if (rule->module != NULL)
        continue;
      rule->pid = pid;
      recorder_name_process (vm->recorder, pid, rule->name, 0);
    }
  lock_drop (&control->lock);
}

/* Takes no lock: rules are made before the machine runs, only `pid` changes later. */
VmPid
names_lookup (VmMachine *vm, const char *name)
{
  Control *control = vm->control;

  for (guint i = 0; i < control->names->len; i++)
    {
      const NameRule *rule = &g_array_index (control->names, NameRule, i);
      if (strcmp (rule->name, name) == 0)
        return __atomic_load_n (&rule->pid, __ATOMIC_RELAXED);
    }
  return strcmp (name, "main") == 0 ? control->main_pid : VM_PID_NONE;
}

char *
names_of (VmMachine *vm, VmPid pid)
{
  Control *control = vm->control;
  char    *name = NULL;

  lock_take (&control->lock);
  for (guint i = 0; i < control->names->len && name == NULL; i++)
    if (g_array_index (control->names, NameRule, i).pid == pid)
      name = g_strdup (g_array_index (control->names, NameRule, i).name);
  lock_drop (&control->lock);
  return name;
}
