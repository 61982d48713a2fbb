/* SPDX-License-Identifier: Apache-2.0 */
/* Floats that the compiler proved to be floats: unboxed in float registers.
 * fadd and friends raise badarith when the result is not finite. */

#define FLOAT_OP(name, op_text, expression)                        \
  OPCODE (name) /* a, b: operands; c: destination */               \
  {                                                                \
    double l = CTX->f[ARG_A], r = CTX->f[ARG_B], v = (expression); \
    if (VM_UNLIKELY (!__builtin_isfinite (v)))                     \
      RAISE_ERROR (A (badarith));                                  \
    CTX->f[ARG_C] = v;                                             \
    NEXT (1);                                                      \
  }

FLOAT_OP (fadd, "+", l + r)
FLOAT_OP (fsub, "-", l - r)
FLOAT_OP (fmul, "*", l *r)
FLOAT_OP (fdiv, "/", l / r)

#undef FLOAT_OP

OPCODE (fnegate)
{
  CTX->f[ARG_C] = -CTX->f[ARG_A];
  NEXT (1);
}

OPCODE (fload) /* a: register with a float term, b: float register */
{
  guint16 r = ARG_A;
  Term    v = REG (r);

  if (VM_UNLIKELY (!term_is_float (v))) /* the code check leaves it to us (CODE_GUARD_FLOAT) */
    RAISE_ERROR (A (badarg));
  CTX->f[ARG_B] = float_value (v);
  NEXT (1);
}

OPCODE (fload_c) /* cell 1: the float term */
{
  CTX->f[ARG_B] = float_value (pc[1]);
  NEXT (2);
}

OPCODE (fstore) /* a: float register, b: destination; room was reserved */
{
  guint16 d = ARG_B;

  REG (d) = float_write (htop, CTX->f[ARG_A]);
  htop += FLOAT_WORDS;
  NEXT (1);
}

OPCODE (fmove) /* between float registers */
{
  CTX->f[ARG_B] = CTX->f[ARG_A];
  NEXT (1);
}

OPCODE (fconv) /* cell 1: source; b: float register */
{
  Cell   cell = pc[1];
  Term   v = SOURCE (cell);
  double d;

  if (term_is_small (v))
    d = (double) small_value (v);
  else if (term_is_float (v))
    d = float_value (v);
  else if (!term_is_big (v) || !__builtin_isfinite (d = integer_to_double (v)))
    RAISE_ERROR (A (badarith));
  CTX->f[ARG_B] = d;
  NEXT (2);
}
