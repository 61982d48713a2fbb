/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/vm-types.h"

#define PID_NUMBER_BITS 15
#define PID_SERIAL_BITS 13
#define PID_NUMBER_MASK ((1u << PID_NUMBER_BITS) - 1)
#define PID_SERIAL_MASK ((1u << PID_SERIAL_BITS) - 1)
#define PID_TEXT_BYTES  32

char *
vm_pid_format (VmPid pid, char *buffer)
{
  g_snprintf (buffer, PID_TEXT_BYTES, "<0.%u.%u>", pid & PID_NUMBER_MASK,
              (pid >> PID_NUMBER_BITS) & PID_SERIAL_MASK);
  return buffer;
}

/* A decimal number of at most @max; moves *@text past it. */
static gboolean
read_number (const char **text, guint max, guint *value)
{
  const char *p = *text;
  guint       v = 0;

  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    {
      v = v * 10 + (guint) (*p - '0');
      if (v > max)
        return FALSE;
    }
  *text = p;
  *value = v;
  return TRUE;
}

gboolean
vm_pid_parse (const char *text, VmPid *pid)
{
  const char *p = text;
  guint       node, number, serial;

  while (g_ascii_isspace (*p))
    p++;
  if (*p++ != '<' || !read_number (&p, 0, &node) || *p++ != '.' ||
      !read_number (&p, PID_NUMBER_MASK, &number) || *p++ != '.' ||
      !read_number (&p, PID_SERIAL_MASK, &serial) || *p++ != '>')
    return FALSE;
  while (g_ascii_isspace (*p))
    p++;
  if (*p != '\0')
    return FALSE;
  *pid = number | serial << PID_NUMBER_BITS;
  return TRUE;
}

int
vm_moment_compare (const VmMoment *a, const VmMoment *b)
{
  if (a->turn != b->turn)
    return a->turn < b->turn ? -1 : 1;
  if (a->instruction != b->instruction)
    return a->instruction < b->instruction ? -1 : 1;
  return a->t_ns != b->t_ns ? (a->t_ns < b->t_ns ? -1 : 1) : 0;
}
