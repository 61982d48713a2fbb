/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* The bit syntax. How many bits a binary being built still takes, and how many a
 * context still has, bodies look at themselves. */

/* --- matching ------------------------------------------------------------------- */

static void
check_start_match (Checker *c, const Operand *live)
{
  const Operand *fail = &c->o[0], *source = c->op->op == OP_bs_start_match3 ? &c->o[1] : &c->o[2];
  const Operand *to = &c->o[3];
  CheckType      type = check_use_word (c, source);

  check_branch_with (c, fail, source, KIND_TERM & ~(guint) KIND_BITS, 0);
  if (!check_operand_is_constant (source))
    check_narrow (c, source, KIND_BITS | KIND_CONTEXT, 0);
  check_collect (c, live->value);
  check_define (c, to, check_type (KIND_CONTEXT | (type.kinds & KIND_FRAGILE)));
}

static guint
fragile (Checker *c, guint context)
{
  return c->alive ? check_use_word (c, &c->o[context]).kinds & KIND_FRAGILE : 0;
}

/* f context live … destination */
static void
check_get (Checker *c, const Operand *size, const Operand *to, guint kinds)
{
  check_require (c, 1, CODE_GUARD_CONTEXT, 0);
  check_use (c, size);
  kinds |= fragile (c, 1);
  check_survives (c, &c->o[1], c->o[2].value);
  check_collect (c, c->o[2].value);
  check_branch (c, &c->o[0]);
  check_define (c, to, check_type (kinds));
}

static void
check_get_tail (Checker *c)
{
  guint kinds;

  check_require (c, 0, CODE_GUARD_CONTEXT, 0);
  kinds = KIND_BITS | fragile (c, 0);
  check_survives (c, &c->o[0], c->o[2].value);
  check_collect (c, c->o[2].value);
  check_define (c, &c->o[1], check_type (kinds));
}

static bool
check_matching (Checker *c)
{
  switch (c->op->op)
    {
    case OP_bs_start_match3:
      check_start_match (c, &c->o[2]);
      return true;
    case OP_bs_start_match4:
      check_start_match (c, &c->o[1]);
      return true;
    case OP_bs_get_integer2:
      check_get (c, &c->o[3], &c->o[6], KIND_INTEGER);
      return true;
    case OP_bs_get_float2:
      check_get (c, &c->o[3], &c->o[6], KIND_FLOAT);
      return true;
    case OP_bs_get_binary2:
      check_get (c, &c->o[3], &c->o[6], KIND_BITS);
      return true;
    case OP_bs_skip_bits2:
      check_use (c, &c->o[2]);
      G_GNUC_FALLTHROUGH;
    case OP_bs_test_tail2:
    case OP_bs_test_unit:
    case OP_bs_match_string:
    case OP_bs_skip_utf8:
    case OP_bs_skip_utf16:
    case OP_bs_skip_utf32:
      check_require (c, 1, CODE_GUARD_CONTEXT, 0);
      check_branch (c, &c->o[0]);
      return true;
    case OP_bs_get_utf8:
    case OP_bs_get_utf16:
    case OP_bs_get_utf32:
      check_require (c, 1, CODE_GUARD_CONTEXT, 0);
      check_branch (c, &c->o[0]);
      check_define (c, &c->o[4], check_type (KIND_INTEGER));
      return true;
    case OP_bs_get_tail:
      check_get_tail (c);
      return true;
    case OP_bs_get_position:
      check_require (c, 0, CODE_GUARD_CONTEXT, 0);
      check_define (c, &c->o[1], check_type (KIND_INTEGER));
      return true;
    case OP_bs_set_position:
      check_require (c, 0, CODE_GUARD_CONTEXT, 0);
      check_use (c, &c->o[1]);
      check_raise (c);
      return true;
    default:
      return false;
    }
}

/* One command of bs_match; its shape was looked at. Returns how many operands it has. */
static guint
check_command (Checker *c, const Operand *command, guint from)
{
  const char *name = atom_name (c->vm->atoms, command[0].term, NULL);
  guint       kinds = from;

  if (g_str_equal (name, "ensure_at_least"))
    return 3;
  if (g_str_equal (name, "ensure_exactly") || g_str_equal (name, "skip"))
    return 2;
  if (g_str_equal (name, "=:="))
    return 4;
  check_survives (c, &c->o[1], command[1].value);
  if (g_str_equal (name, "get_tail"))
    {
      check_collect (c, command[1].value);
      check_define (c, &command[3], check_type (KIND_BITS | kinds));
      return 4;
    }
  check_use (c, &command[3]);
  check_collect (c, command[1].value);
  check_branch (c, &c->o[0]);
  check_define (c, &command[5],
                check_type ((g_str_equal (name, "integer") ? KIND_INTEGER : KIND_BITS) | kinds));
  return 6;
}

static void
check_bs_match (Checker *c)
{
  const Operand *list = &c->o[2];
  guint          kinds;

  check_require (c, 1, CODE_GUARD_CONTEXT, 0);
  kinds = fragile (c, 1);
  check_branch (c, &c->o[0]);
  for (guint64 i = 0; i < list->value && c->error == NULL;)
    {
      CheckType context = check_use_word (c, &c->o[1]);

      /* a command may have overwritten it */
      if (c->alive && (context.kinds & ~KIND_FRAGILE) != KIND_CONTEXT)
        check_fail (c, "the match context is overwritten before the last command");
      i += check_command (c, &list->list[i], kinds);
    }
}

/* --- building --------------------------------------------------------------------- */

static void
check_create_bin (Checker *c)
{
  const Operand *list = &c->o[5];
  guint64        live = c->o[2].value;

  for (guint64 i = 0; i < list->value; i += 6)
    {
      const Operand *segment = &list->list[i];

      if (g_str_equal (atom_name (c->vm->atoms, segment[0].term, NULL), "string"))
        continue;
      check_use (c, &segment[4]);
      check_use (c, &segment[5]);
      check_survives (c, &segment[4], live);
      check_survives (c, &segment[5], live);
    }
  check_collect (c, live);
  check_branch (c, &c->o[0]);
  c->s.reserved = (guint32) c->o[1].value;
  check_define (c, &c->o[4], check_type (KIND_BITS));
}

static void
check_begin (Checker *c, const Operand *to, guint64 extra)
{
  check_branch (c, &c->o[0]);
  c->s.reserved = (guint32) extra;
  check_define (c, to, check_type (KIND_BITS));
  c->s.building = true;
}

static void
check_put (Checker *c, const Operand *size, const Operand *value)
{
  if (!c->s.building)
    check_fail (c, "no binary is being built here");
  if (size != NULL)
    check_use (c, size);
  check_use (c, value);
  check_branch (c, &c->o[0]);
}

static bool
check_beginning (Checker *c)
{
  Operand x0 = { .kind = OPERAND_X };

  switch (c->op->op)
    {
    case OP_bs_init2:
    case OP_bs_init_bits:
      check_use (c, &c->o[1]);
      check_collect (c, c->o[3].value);
      check_begin (c, &c->o[5], c->o[2].value);
      return true;
    case OP_bs_append:
      check_use (c, &c->o[1]);
      check_use (c, &c->o[5]);
      check_collect (c, c->o[3].value);
      check_begin (c, &c->o[7], c->o[2].value);
      return true;
    case OP_bs_private_append:
      check_use (c, &c->o[1]);
      check_use (c, &c->o[3]);
      check_begin (c, &c->o[5], c->s.reserved);
      return true;
    case OP_bs_init_writable:
      check_use (c, &x0);
      check_collect (c, 1);
      check_define (c, &x0, check_type (KIND_BITS));
      return true;
    case OP_bs_create_bin:
      check_create_bin (c);
      return true;
    default:
      return false;
    }
}

static bool
check_building (Checker *c)
{
  switch (c->op->op)
    {
    case OP_bs_add:
      check_use (c, &c->o[1]);
      check_use (c, &c->o[2]);
      check_branch (c, &c->o[0]);
      check_define (c, &c->o[4], check_type (KIND_INTEGER));
      return true;
    case OP_bs_put_integer:
    case OP_bs_put_float:
    case OP_bs_put_binary:
      check_put (c, &c->o[1], &c->o[4]);
      return true;
    case OP_bs_put_utf8:
    case OP_bs_put_utf16:
    case OP_bs_put_utf32:
      check_put (c, NULL, &c->o[2]);
      return true;
    case OP_bs_put_string:
      if (!c->s.building)
        check_fail (c, "no binary is being built here");
      check_raise (c);
      return true;
    case OP_bs_utf8_size:
    case OP_bs_utf16_size:
      check_use (c, &c->o[1]);
      check_define (c, &c->o[2], check_type (KIND_INTEGER));
      return true;
    default:
      return check_beginning (c);
    }
}

bool
check_bits (Checker *c)
{
  if (c->op->op != OP_bs_match)
    return check_matching (c) || check_building (c);
  check_bs_match (c);
  return true;
}
