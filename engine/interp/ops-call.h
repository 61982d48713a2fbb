/* SPDX-License-Identifier: Apache-2.0 */
/* Funs, apply, and the start of a process: calls whose target is found when they run. */

/* Subtag, arity and FUN_EXTERNAL_BIT of a fun's header. */
#define FUN_KIND_MASK \
  (G_GUINT64_CONSTANT (0x3f) | G_GUINT64_CONSTANT (0xff) << 32 | FUN_EXTERNAL_BIT)

/* ERTS fails after it has pushed the return address: a call that is no tail call
 * stands twice in the stack trace. @push is that push. */
#define FUN_TARGET(push)                                                                         \
  guint16     r = ARG_B;                                                                         \
  Term        fun = REG (r);                                                                     \
  const Cell *target;                                                                            \
  if (VM_LIKELY (term_is_boxed (fun) &&                                                          \
                 (boxed_header (fun) & FUN_KIND_MASK) == ((SUB_FUN << 2) | (Term) ARG_A << 32))) \
    {                                                                                            \
      guint     i, n = fun_n_free (fun);                                                         \
      FunThing *thing = fun_thing (fun);                                                         \
      Term     *to = x + ARG_A;                                                                  \
      for (i = 0; i < n; i++)                                                                    \
        to[i] = thing->env[i];                                                                   \
      target = ((FunEntry *) thing->entry)->address;                                             \
    }                                                                                            \
  else                                                                                           \
    {                                                                                            \
      SAVE ();                                                                                   \
      target = ops_fun_target (p, fun, ARG_A, x);                                                \
      LOAD ();                                                                                   \
      if (target == NULL)                                                                        \
        {                                                                                        \
          push;                                                                                  \
          RAISE ();                                                                              \
        }                                                                                        \
    }

OPCODE (call_fun) /* a: arity; b: where the fun is */
{
  FUN_TARGET (*--stop = (Term) (pc + 1));
  *--stop = (Term) (pc + 1);
  ENTER (target);
}

/* In tail position: compilers write call_fun, deallocate, return. c: slots. */
OPCODE (call_fun_last)
{
  FUN_TARGET ((void) 0);
  stop += ARG_C;
  ENTER (target);
}

OPCODE (apply) /* a: arity: x[a] module, x[a+1] function */
{
  guint       arity = ARG_A;
  const Cell *target;

  SAVE ();
  target = ops_apply_target (p, x[arity], x[arity + 1], arity);
  LOAD ();
  if (target == NULL)
    return ops_apply_failed (OP_PASS);
  *--stop = (Term) (pc + 1);
  ENTER (target);
}

OPCODE (apply_last) /* b: slots to give up */
{
  guint       arity = ARG_A;
  const Cell *target;

  SAVE ();
  target = ops_apply_target (p, x[arity], x[arity + 1], arity);
  LOAD ();
  if (target == NULL)
    return ops_apply_failed (OP_PASS);
  stop += ARG_B;
  ENTER (target);
}

/* erlang:apply/3 and apply/2 as calls: c is 0 call, 1 only, 2 last (b slots). */
OPCODE (apply_mfa)
{
  const Cell *target;
  int         arity;
  Term        module = x[0], function = x[1], list = x[2];

  SAVE ();
  arity = ops_spread_arguments (x, list);
  if (arity < 0)
    {
      x[0] = module;
      x[1] = function;
      x[2] = list;
      return ops_apply_badarg (OP_PASS);
    }
  target = ops_apply_target (p, module, function, (guint) arity);
  if (target == NULL)
    {
      x[0] = module;
      x[1] = function;
      x[2] = list;
      return ops_apply_badarg (OP_PASS);
    }
  if (ARG_C == 0)
    *--stop = (Term) (pc + 2);
  else
    stop += ARG_B;
  ENTER (target);
}

OPCODE (apply_fun)
{
  const Cell *target;
  int         arity;
  Term        fun = x[0], list = x[1];

  SAVE ();
  x[2] = list;
  arity = ops_spread_arguments (x, list);
  if (arity < 0)
    {
      x[0] = fun;
      x[1] = list;
      return ops_apply_badarg (OP_PASS);
    }
  target = ops_fun_target (p, fun, (guint) arity, x);
  LOAD ();
  if (target == NULL)
    {
      if (ARG_C == 0)
        *--stop = (Term) (pc + 2);
      RAISE ();
    }
  if (ARG_C == 0)
    *--stop = (Term) (pc + 2);
  else
    stop += ARG_B;
  ENTER (target);
}

/* The stubs of erlang:apply/2,3, reached by apply and by funs: tail calls. */
OPCODE (apply_mfa_stub)
{
  const Cell *target;
  int         arity;
  Term        module = x[0], function = x[1], list = x[2];

  SAVE ();
  arity = ops_spread_arguments (x, list);
  if (arity < 0)
    {
      x[0] = module;
      x[1] = function;
      x[2] = list;
      return ops_apply_badarg (OP_PASS);
    }
  target = ops_apply_target (p, module, function, (guint) arity);
  if (target == NULL)
    {
      x[0] = module;
      x[1] = function;
      x[2] = list;
      return ops_apply_badarg (OP_PASS);
    }
  ENTER (target);
}

OPCODE (apply_fun_stub)
{
  const Cell *target;
  int         arity;
  Term        fun = x[0], list = x[1];

  SAVE ();
  arity = ops_spread_arguments (x, list);
  if (arity < 0)
    {
      x[0] = fun;
      x[1] = list;
      return ops_apply_badarg (OP_PASS);
    }
  target = ops_fun_target (p, fun, (guint) arity, x);
  LOAD ();
  if (target == NULL)
    RAISE ();
  ENTER (target);
}

/* The code that every process starts with: x0:x1 applied to the list x2. */
OPCODE (start)
{
  const Cell *target;
  int         arity;
  Term        module = x[0], function = x[1], list = x[2];

  SAVE ();
  arity = ops_spread_arguments (x, list);
  if (arity < 0)
    RAISE_ERROR (A (badarg));
  target = ops_apply_target (p, module, function, (guint) arity);
  if (target == NULL)
    RAISE ();
  ENTER (target);
}
