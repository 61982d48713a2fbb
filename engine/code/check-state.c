/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/code/check.h"

/* States of the walk: registers, joining, branching. */

#define BLOCK_BYTES 65536
#define STALE       1 /* `n` of a slot without kinds: it was not just never written */

/* --- types ------------------------------------------------------------------- */

bool
check_operand_is_constant (const Operand *o)
{
  return o->kind == OPERAND_INTEGER || o->kind == OPERAND_ATOM || o->kind == OPERAND_LITERAL ||
         o->kind == OPERAND_U;
}

static guint
kind_of_term (Term t)
{
  if (term_is_list (t))
    return KIND_CONS;
  if (t == NIL)
    return KIND_NIL;
  if (term_is_tuple (t))
    return KIND_TUPLE;
  if (term_is_atom (t))
    return KIND_ATOM;
  if (term_is_integer (t))
    return KIND_INTEGER;
  if (term_is_float (t))
    return KIND_FLOAT;
  if (term_is_map (t))
    return KIND_MAP;
  if (term_is_fun (t))
    return KIND_FUN;
  return term_is_bitstring (t) ? KIND_BITS : KIND_OTHER;
}

CheckType
check_type_of_constant (const Operand *o)
{
  CheckType type = { KIND_INTEGER, 0, 0 };

  if (o->kind == OPERAND_U)
    return type;
  type.kinds = (guint16) kind_of_term (o->term);
  if (type.kinds == KIND_TUPLE)
    {
      type.n = (guint16) MIN (tuple_arity (o->term), G_MAXUINT16);
      if (type.n == G_MAXUINT16)
        type.kinds |= KIND_LONGER;
    }
  return type;
}

/* --- registers ----------------------------------------------------------------- */

static CheckType *
slot_of (Checker *c, const Operand *o)
{
  if (o->kind == OPERAND_X && o->value < c->s.n_x)
    return &c->s.x[o->value];
  if (o->kind == OPERAND_Y && (gint64) o->value < c->s.n_slots)
    return &c->s.y[o->value];
  return NULL;
}

static const char *
register_name (const Operand *o)
{
  return o->kind == OPERAND_X ? "x" : "y";
}

CheckType
check_use_word (Checker *c, const Operand *o)
{
  CheckType *slot;

  if (check_operand_is_constant (o))
    return check_type_of_constant (o);
  slot = slot_of (c, o);
  if (slot == NULL || slot->kinds == 0)
    check_fail (c, "register %s%u is used, but not every way here defines it", register_name (o),
                (guint) o->value);
  else if ((slot->kinds & (KIND_THROWN | KIND_CATCH)) != 0)
    check_fail (c, "register %s%u is used as a term, but holds the mark of a catch",
                register_name (o), (guint) o->value);
  else
    return *slot;
  return check_type (KIND_TERM);
}

CheckType
check_use (Checker *c, const Operand *o)
{
  CheckType type = check_use_word (c, o);

  if ((type.kinds & KIND_CONTEXT) != 0)
    check_fail (c, "register %s%u is used as a term, but may hold a match context",
                register_name (o), (guint) o->value);
  return type;
}

static void
set_x (Checker *c, guint n, CheckType type)
{
  for (; c->s.n_x <= n; c->s.n_x++)
    c->s.x[c->s.n_x] = check_type (0);
  c->s.x[n] = type;
}

static void
put (Checker *c, const Operand *o, CheckType type)
{
  if (o->kind == OPERAND_X)
    {
      set_x (c, (guint) o->value, type);
      return;
    }
  if ((gint64) o->value >= c->s.n_slots)
    check_fail (c, "slot y%u is written, but the frame has %d", (guint) o->value,
                MAX (c->s.n_slots, 0));
  else if (c->s.y[o->value].kinds & KIND_CATCH)
    check_fail (c, "slot y%u is written, but it holds an open catch", (guint) o->value);
  else
    {
      c->s.y[o->value] = type;
      c->s.changed |= c->s.armed;
      c->catch_is_new = true;
    }
}

void
check_define (Checker *c, const Operand *o, CheckType type)
{
  type.id = 0;
  put (c, o, type);
}

static void
forget_id (Checker *c, guint32 id)
{
  for (guint i = 0; i < c->s.n_x; i++)
    if (c->s.x[i].id == id)
      c->s.x[i].id = 0;
  for (gint i = 0; i < c->s.n_slots; i++)
    if (c->s.y[i].id == id && (c->s.y[i].kinds & KIND_CATCH) == 0)
      c->s.y[i].id = 0;
}

void
check_copy (Checker *c, const Operand *from, const Operand *to)
{
  CheckType  type = check_use_word (c, from);
  CheckType *slot = slot_of (c, from);

  if (slot != NULL && slot->id == 0)
    {
      forget_id (c, c->op_index + 1);
      slot->id = type.id = c->op_index + 1;
    }
  put (c, to, type);
}

/* FALSE: it cannot be so. */
static bool
narrow_type (CheckType *type, guint kinds, guint n)
{
  bool  was_exact = (type->kinds & KIND_LONGER) == 0;
  guint size = MIN (n, G_MAXUINT16);

  type->kinds &= (guint16) (kinds | KIND_FRAGILE);
  if ((kinds & KIND_TUPLE) != 0 && (type->kinds & KIND_TUPLE) != 0)
    {
      /* sizes that do not fit n are never known */
      if ((kinds & KIND_LONGER) == 0 && size == G_MAXUINT16)
        type->kinds |= KIND_LONGER;
      if ((was_exact && size > type->n) ||
          ((kinds & KIND_LONGER) == 0 && (size < type->n || (was_exact && size != type->n))))
        type->kinds &= (guint16) ~KIND_TUPLE;
      type->n = (guint16) MAX (type->n, size);
    }
  if ((type->kinds & KIND_TUPLE) == 0)
    type->kinds &= (guint16) ~KIND_LONGER;
  return (type->kinds & ~KIND_FRAGILE) != 0;
}

static void
narrow_slot (Checker *c, CheckType *slot, guint kinds, guint n)
{
  if (!narrow_type (slot, kinds, n))
    c->alive = false; /* nothing gets here */
}

void
check_narrow (Checker *c, const Operand *o, guint kinds, guint n)
{
  CheckType *slot = slot_of (c, o);
  guint32    id;

  if (slot == NULL || slot->kinds == 0)
    return;
  id = slot->id;
  narrow_slot (c, slot, kinds, n);
  if (id == 0)
    return;
  for (guint i = 0; i < c->s.n_x; i++)
    if (c->s.x[i].id == id && c->s.x[i].kinds != 0)
      narrow_slot (c, &c->s.x[i], kinds, n);
  for (gint i = 0; i < c->s.n_slots; i++)
    if (c->s.y[i].id == id && c->s.y[i].kinds != 0 && (c->s.y[i].kinds & KIND_CATCH) == 0)
      narrow_slot (c, &c->s.y[i], kinds, n);
}

void
check_require (Checker *c, guint index, CodeGuardKind guard, guint n)
{
  static const guint16 kinds[] = {
    [CODE_GUARD_CONS] = KIND_CONS,
    [CODE_GUARD_TUPLE] = KIND_TUPLE | KIND_LONGER,
    [CODE_GUARD_TUPLE_EXACT] = KIND_TUPLE,
    [CODE_GUARD_MAP] = KIND_MAP,
    [CODE_GUARD_FLOAT] = KIND_FLOAT,
    [CODE_GUARD_CONTEXT] = KIND_CONTEXT,
  };
  const Operand *o = &c->o[index];
  CheckType      type = guard == CODE_GUARD_CONTEXT ? check_use_word (c, o) : check_use (c, o);

  if ((type.kinds & ~(kinds[guard] | KIND_FRAGILE)) == 0 && type.n >= n &&
      (guard != CODE_GUARD_TUPLE_EXACT || type.n == n))
    return;
  if (check_operand_is_constant (o))
    {
      check_fail (c, "a constant of the wrong type stands here");
      return;
    }
  c->guards[c->op_index] = (CodeGuard){ (guint8) guard, (guint8) index, (guint16) n };
  check_slots_written (c);
  check_handler (c);
  check_narrow (c, o, kinds[guard], n);
}

/* --- what must hold at collections and calls --------------------------------------- */

void
check_forget_x (Checker *c, guint from)
{
  c->s.n_x = MIN (c->s.n_x, from);
}

void
check_live (Checker *c, guint64 live)
{
  if (live > CHECK_MAX_LIVE || live > c->s.n_x)
    {
      check_fail (c,
                  "%" G_GUINT64_FORMAT
                  " registers are said to be live, but not every way here defines them",
                  live);
      return;
    }
  for (guint i = 0; i < live; i++)
    if (c->s.x[i].kinds == 0 || (c->s.x[i].kinds & KIND_THROWN) != 0)
      {
        check_fail (c, "x%u is said to be live, but not every way here defines it", i);
        return;
      }
  check_forget_x (c, (guint) live);
}

static void
check_slot_written (Checker *c, const CheckType *slot)
{
  if (slot->kinds != 0)
    return;
  c->functions[c->function].clears_slots = true;
  if (slot->n == STALE)
    check_fail (
      c, "a slot still refers to a message that was not taken, and the stack may be looked at");
}

void
check_slots_written (Checker *c)
{
  for (gint i = 0; i < c->s.n_slots; i++)
    check_slot_written (c, &c->s.y[i]);
}

void
check_collect (Checker *c, guint64 live)
{
  check_live (c, live);
  check_slots_written (c);
  c->s.reserved = 0;
  c->s.building = false;
}

void
check_survives (Checker *c, const Operand *o, guint64 live)
{
  if (o->kind == OPERAND_X && o->value >= live)
    check_fail (c, "x%u is used, but only %" G_GUINT64_FORMAT " registers are live",
                (guint) o->value, live);
}

void
check_build (Checker *c, guint64 words)
{
  if (words > c->s.reserved)
    check_fail (c, "%" G_GUINT64_FORMAT " words are built, but %u are reserved", words,
                c->s.reserved);
  else
    c->s.reserved -= (guint32) words;
}

/* --- labels ------------------------------------------------------------------------ */

static LabelState *
new_label_state (Checker *c, gsize n_types)
{
  gsize       bytes = (sizeof (LabelState) + n_types * sizeof (CheckType) + 15) & ~(gsize) 15;
  LabelState *label;

  if (bytes > c->block_left)
    {
      c->block_left = MAX (bytes, BLOCK_BYTES);
      c->block = g_malloc (c->block_left);
      g_ptr_array_add (c->blocks, c->block);
    }
  label = (LabelState *) c->block;
  c->block += bytes;
  c->block_left -= bytes;
  return label;
}

static LabelState *
save_state (Checker *c)
{
  guint       n_y = (guint) MAX (c->s.n_slots, 0);
  LabelState *to = new_label_state (c, c->s.n_x + n_y);

  to->n_slots = c->s.n_slots;
  to->any_frame = c->s.any_frame;
  to->n_x = to->y_at = c->s.n_x;
  to->reserved = c->s.reserved;
  to->building = c->s.building;
  to->receiving = c->s.receiving;
  to->armed = c->s.armed;
  to->changed = c->s.changed;
  to->fresh = c->s.fresh;
  to->is_new = true;
  memcpy (to->types, c->s.x, c->s.n_x * sizeof (CheckType));
  memcpy (to->types + to->y_at, c->s.y, n_y * sizeof (CheckType));
  return to;
}

void
check_load (Checker *c, const LabelState *from)
{
  c->s.n_slots = from->n_slots;
  c->s.any_frame = from->any_frame;
  c->s.n_x = from->n_x;
  c->s.reserved = from->reserved;
  c->s.building = from->building;
  c->s.receiving = from->receiving;
  c->s.armed = from->armed;
  c->s.changed = from->changed;
  c->s.fresh = from->fresh;
  memcpy (c->s.x, from->types, from->n_x * sizeof (CheckType));
  memcpy (c->s.y, from->types + from->y_at, (gsize) MAX (from->n_slots, 0) * sizeof (CheckType));
}

/* FALSE: nothing new. */
static bool
join_type (Checker *c, CheckType *to, const CheckType *from)
{
  CheckType old = *to;

  if (((to->kinds | from->kinds) & KIND_CATCH) != 0)
    {
      if (to->kinds != from->kinds || to->id != from->id)
        check_fail (c, "a catch is open on one way to a label and not on another");
      return false;
    }
  if (to->kinds == 0 || from->kinds == 0)
    {
      *to = check_type (0);
      to->n =
        (old.kinds == 0 && old.n == STALE) || (from->kinds == 0 && from->n == STALE) ? STALE : 0;
      return old.kinds != 0 || old.n != to->n;
    }
  to->kinds |= from->kinds;
  if ((old.kinds & from->kinds & KIND_TUPLE) != 0 && old.n != from->n)
    to->kinds |= KIND_LONGER;
  if ((from->kinds & KIND_TUPLE) != 0)
    to->n = (old.kinds & KIND_TUPLE) != 0 ? MIN (old.n, from->n) : from->n;
  if (to->id != from->id)
    to->id = 0;
  return old.kinds != to->kinds || old.n != to->n || old.id != to->id;
}

static void
check_leave_slot (Checker *c, const CheckType *slot)
{
  check_slot_written (c, slot);
  if ((slot->kinds & KIND_CATCH) != 0)
    check_fail (c, "ways with different frames, one with an open catch, meet at a label");
}

/* How deep the stack is differs; the slots that are in both frames can still be read. */
static void
join_frames (Checker *c, LabelState *to)
{
  gint both = MAX (MIN (to->n_slots, c->s.n_slots), 0);

  for (gint i = 0; i < to->n_slots; i++)
    check_leave_slot (c, &to->types[to->y_at + (guint) i]);
  for (gint i = 0; i < c->s.n_slots; i++)
    check_leave_slot (c, &c->s.y[i]);
  to->any_frame = true;
  to->n_slots = both;
}

static bool
join_flags (Checker *c, LabelState *to)
{
  bool changed = false;

  if (to->reserved > c->s.reserved)
    to->reserved = c->s.reserved, changed = true;
  if (to->building && !c->s.building)
    to->building = false, changed = true;
  if (to->fresh && !c->s.fresh)
    to->fresh = false, changed = true;
  if (!to->receiving && c->s.receiving)
    to->receiving = true, changed = true;
  if (!to->changed && c->s.changed)
    to->changed = true, changed = true;
  if (!to->armed && c->s.armed)
    to->armed = true, changed = true;
  return changed;
}

void
check_join (Checker *c, guint32 label)
{
  LabelState *to = c->labels[label];
  bool        changed;

  if (!c->alive)
    return;
  if (to == NULL)
    {
      c->labels[label] = save_state (c);
      if (c->label_ops[label] <= c->op_index)
        c->again = true;
      return;
    }
  changed = join_flags (c, to);
  if (to->n_x > c->s.n_x)
    to->n_x = c->s.n_x, changed = true;
  for (guint i = 0; i < to->n_x; i++)
    changed |= join_type (c, &to->types[i], &c->s.x[i]);
  if (to->n_slots != c->s.n_slots || to->any_frame != c->s.any_frame)
    {
      gint before = to->n_slots;
      bool any_before = to->any_frame;

      join_frames (c, to);
      changed |= before != to->n_slots || !any_before;
    }
  for (gint i = 0; i < to->n_slots; i++)
    changed |= join_type (c, &to->types[to->y_at + (guint) i], &c->s.y[i]);
  if (changed)
    to->is_new = true;
  if (changed && c->label_ops[label] <= c->op_index)
    c->again = true;
}

/* --- ways on ------------------------------------------------------------------------ */

/* The catch that an exception finds: the lowest. */
static const CheckType *
innermost_catch (const Checker *c)
{
  for (gint i = 0; i < c->s.n_slots; i++)
    if ((c->s.y[i].kinds & KIND_CATCH) != 0)
      return &c->s.y[i];
  return NULL;
}

bool
check_has_catch (const Checker *c)
{
  return innermost_catch (c) != NULL;
}

/* At the handler x0 says that x1 to x3 are the exception; slots are as they are. A
 * message that was being looked at belongs to the process by then. */
void
check_handler (Checker *c)
{
  const CheckType *handler;
  CheckState      *s = &c->s;
  LabelState      *before;
  guint32          label;

  if (!c->catch_is_new || c->error != NULL || (handler = innermost_catch (c)) == NULL)
    return;
  c->catch_is_new = false;
  label = handler->id;
  before = save_state (c);
  s->n_x = 1;
  s->x[0] = check_type (KIND_THROWN);
  s->reserved = 0;
  s->building = s->armed = s->receiving = s->changed = s->fresh = false;
  check_own_message (c);
  check_join (c, label);
  check_load (c, before);
}

void
check_raise (Checker *c)
{
  check_slots_written (c);
  check_handler (c);
}

void
check_own_message (Checker *c)
{
  for (guint i = 0; i < c->s.n_x; i++)
    c->s.x[i].kinds &= (guint16) ~KIND_FRAGILE;
  for (gint i = 0; i < c->s.n_slots; i++)
    c->s.y[i].kinds &= (guint16) ~KIND_FRAGILE;
  c->s.receiving = c->s.armed = c->s.changed = false;
}

void
check_forget_fragile (Checker *c)
{
  for (guint i = 0; i < c->s.n_x; i++)
    if ((c->s.x[i].kinds & KIND_FRAGILE) != 0)
      c->s.x[i] = check_type (0);
  for (gint i = 0; i < c->s.n_slots; i++)
    if ((c->s.y[i].kinds & KIND_FRAGILE) != 0)
      {
        c->s.y[i] = check_type (0);
        c->s.y[i].n = STALE;
      }
}

void
check_branch (Checker *c, const Operand *label)
{
  if (label->kind != OPERAND_LABEL || label->value == 0)
    check_raise (c);
  else
    check_join (c, (guint32) label->value);
}

static CheckType *
find_slot (Checker *c, const Operand *o)
{
  if (o->kind == OPERAND_X)
    return &c->s.x[o->value];
  return o->kind == OPERAND_Y ? &c->s.y[o->value] : NULL;
}

void
check_branch_with (Checker *c, const Operand *label, const Operand *o, guint kinds, guint n)
{
  CheckType *slot = find_slot (c, o), old;

  if (slot == NULL || c->error != NULL)
    {
      check_branch (c, label);
      return;
    }
  old = *slot;
  if (narrow_type (slot, kinds, n))
    check_branch (c, label);
  *slot = old;
}
