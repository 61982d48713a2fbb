/* SPDX-License-Identifier: Apache-2.0 */

/* References and unique integers; pids, ports and references as text. */

#include "config.h"

#include "engine/bif/process-util.h"

#include <stdio.h>

Term
bif_make_ref_0 (Process *p, Term *args)
{
  guint32 numbers[3];

  return fresh_ref (p, numbers, false);
}

static Term
unique (Process *p, bool monotonic, bool positive)
{
  gint64 n = monotonic ? ref_source_monotonic (p->vm) : ref_source_unique (p->vm, p);

  if (positive)
    n += G_GINT64_CONSTANT (576460752303423488) + (monotonic ? 0 : 1);
  return integer_from_i64 (&p->heap, n);
}

Term
bif_unique_integer_0 (Process *p, Term *args)
{
  return unique (p, false, false);
}

Term
bif_unique_integer_1 (Process *p, Term *args)
{
  bool monotonic = false, positive = false;
  Term option = args[0];

  for (; term_is_list (option); option = list_tail (option))
    {
      if (list_head (option) == A (monotonic))
        monotonic = true;
      else if (list_head (option) == A (positive))
        positive = true;
      else
        return bif_badarg (p);
    }
  return term_is_nil (option) ? unique (p, monotonic, positive) : bif_badarg (p);
}

/* Of another node: as it is printed. */
static Term
external_to_list (Process *p, Term t)
{
  g_autoptr (GString) text = g_string_new (NULL);

  term_print (p->vm, text, t, 0);
  return string_new (&p->heap, text->str, (gssize) text->len);
}

Term
bif_pid_to_list_1 (Process *p, Term *args)
{
  char text[32];

  if (term_has_subtag (args[0], SUB_EXT_PID))
    return external_to_list (p, args[0]);
  if (!term_is_pid (args[0]))
    return bif_badarg (p);
  return string_new (&p->heap, vm_pid_format (pid_number (args[0]), text), -1);
}

Term
bif_port_to_list_1 (Process *p, Term *args)
{
  g_autofree char *text = NULL;

  if (term_has_subtag (args[0], SUB_EXT_PORT))
    return external_to_list (p, args[0]);
  if (!term_is_port (args[0]))
    return bif_badarg (p);
  text = g_strdup_printf ("#Port<0.%" G_GUINT64_FORMAT ">", port_number (args[0]));
  return string_new (&p->heap, text, -1);
}

Term
bif_ref_to_list_1 (Process *p, Term *args)
{
  guint32 n[3];
  char    text[64];

  if (term_has_subtag (args[0], SUB_EXT_REF))
    return external_to_list (p, args[0]);
  if (!term_is_ref (args[0]))
    return bif_badarg (p);
  ref_get_numbers (args[0], n);
  g_snprintf (text, sizeof text, "#Ref<0.%u.%u.%u>", n[2], n[1], n[0]);
  return string_new (&p->heap, text, -1);
}

/* The characters of a list of bytes; FALSE: none, or too long to be one of these. */
static bool
list_text (Term list, char *text, gsize size)
{
  gsize n = 0;

  for (; term_is_list (list) && n + 1 < size; list = list_tail (list))
    {
      if (!term_is_byte (list_head (list)) || list_head (list) == make_small (0))
        return false;
      text[n++] = (char) small_value (list_head (list));
    }
  text[n] = '\0';
  return term_is_nil (list);
}

Term
bif_list_to_pid_1 (Process *p, Term *args)
{
  char  text[64];
  VmPid pid;

  if (!list_text (args[0], text, sizeof text) || !vm_pid_parse (text, &pid))
    return bif_badarg (p);
  return make_pid (pid);
}

Term
bif_list_to_ref_1 (Process *p, Term *args)
{
  char    text[64];
  guint32 n[3];
  int     end = 0;

  if (!list_text (args[0], text, sizeof text) ||
      sscanf (text, "#Ref<0.%u.%u.%u>%n", &n[2], &n[1], &n[0], &end) != 3 || end == 0 ||
      text[end] != '\0')
    return bif_badarg (p);
  return ref_write (halloc (p, REF_WORDS), n, VM_PID_NONE);
}

Term
bif_list_to_port_1 (Process *p, Term *args)
{
  char               text[64];
  unsigned long long n;
  int                end = 0;

  if (!list_text (args[0], text, sizeof text) || sscanf (text, "#Port<0.%llu>%n", &n, &end) != 1 ||
      end == 0 || text[end] != '\0')
    return bif_badarg (p);
  return make_port (n);
}
