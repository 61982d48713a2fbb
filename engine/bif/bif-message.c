/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/bif/process-util.h"

typedef enum
{
  SENT,
  NO_RECEIVER, /* silently gone */
  BAD_RECEIVER,
} SendResult;

static bool
is_own_node (Process *p, Term node)
{
  return node == A (nonode_nohost);
}

static SendResult
send_to_name (Process *p, Term name, VmPid *to)
{
  *to = registry_lookup (p->vm, name);
  return *to == VM_PID_NONE ? NO_RECEIVER : SENT;
}

static void
charge (Process *p, gsize words)
{
  bump_virtual (p, SEND_VIRTUAL_REDS);
  if (words > SEND_WORDS_A_RED)
    bump_reductions (p, (gint32) MIN (words / SEND_WORDS_A_RED, SLICE_REDUCTIONS));
}

static SendResult
send (Process *p, Term to, Term message)
{
  VmPid pid = VM_PID_NONE;
  gsize words = 0;
  bool  found;

  if (term_is_pid (to))
    pid = pid_number (to);
  else if (term_is_atom (to))
    {
      if (send_to_name (p, to, &pid) != SENT)
        return BAD_RECEIVER;
    }
  else if (term_is_tuple_of (to, 2) && term_is_atom (tuple_elements (to)[0]) &&
           term_is_atom (tuple_elements (to)[1]))
    {
      if (is_own_node (p, tuple_elements (to)[1]))
        send_to_name (p, tuple_elements (to)[0], &pid);
    }
  else if (term_is_ref (to))
    {
      words = process_send_alias (p->vm, p, to, message, &found);
      charge (p, words);
      return SENT;
    }
  else
    return BAD_RECEIVER;
  if (pid != VM_PID_NONE)
    words = process_send (p->vm, p, pid, message, &found);
  charge (p, words);
  return SENT;
}

/* Pid ! Message */
Term
bif_send_op_2 (Process *p, Term *args)
{
  return send (p, args[0], args[1]) == BAD_RECEIVER ? bif_badarg (p) : args[1];
}

/* send(Dest, Message) */
Term
bif_send_2 (Process *p, Term *args)
{
  return bif_send_op_2 (p, args);
}

/* send(Dest, Message, [nosuspend | noconnect]) */
Term
bif_send_3 (Process *p, Term *args)
{
  Term option = args[2];

  for (; term_is_list (option); option = list_tail (option))
    if (list_head (option) != A (noconnect) && list_head (option) != A (nosuspend))
      return bif_badarg_cause (p, A (badopt));
  if (!term_is_nil (option))
    return bif_badarg_cause (p, A (badopt));
  if (send (p, args[0], args[1]) == BAD_RECEIVER)
    return bif_badarg (p);
  return A (ok);
}
