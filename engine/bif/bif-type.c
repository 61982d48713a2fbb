/* SPDX-License-Identifier: Apache-2.0 */

/* Type tests and sizes. */

#include "config.h"

#include "engine/bif/bif-util.h"

#include "engine/term/external.h"

static inline bool
is_pid (Term t)
{
  return term_is_pid (t) || term_has_subtag (t, SUB_EXT_PID);
}

static inline bool
is_port (Term t)
{
  return term_is_port (t) || term_has_subtag (t, SUB_EXT_PORT);
}

static inline bool
is_reference (Term t)
{
  return term_is_ref (t) || term_has_subtag (t, SUB_EXT_REF);
}

Term
bif_is_atom_1 (Process *p, Term *args)
{
  return bool_term (term_is_atom (args[0]));
}
Term
bif_is_binary_1 (Process *p, Term *args)
{
  return bool_term (term_is_binary (args[0]));
}
Term
bif_is_bitstring_1 (Process *p, Term *args)
{
  return bool_term (term_is_bitstring (args[0]));
}
Term
bif_is_boolean_1 (Process *p, Term *args)
{
  return bool_term (args[0] == A (true) || args[0] == A (false));
}
Term
bif_is_float_1 (Process *p, Term *args)
{
  return bool_term (term_is_float (args[0]));
}
Term
bif_is_function_1 (Process *p, Term *args)
{
  return bool_term (term_is_fun (args[0]));
}
Term
bif_is_integer_1 (Process *p, Term *args)
{
  return bool_term (term_is_integer (args[0]));
}
Term
bif_is_list_1 (Process *p, Term *args)
{
  return bool_term (term_is_list (args[0]) || term_is_nil (args[0]));
}
Term
bif_is_map_1 (Process *p, Term *args)
{
  return bool_term (term_is_map (args[0]));
}
Term
bif_is_number_1 (Process *p, Term *args)
{
  return bool_term (term_is_number (args[0]));
}
Term
bif_is_pid_1 (Process *p, Term *args)
{
  return bool_term (is_pid (args[0]));
}
Term
bif_is_port_1 (Process *p, Term *args)
{
  return bool_term (is_port (args[0]));
}
Term
bif_is_reference_1 (Process *p, Term *args)
{
  return bool_term (is_reference (args[0]));
}
Term
bif_is_tuple_1 (Process *p, Term *args)
{
  return bool_term (term_is_tuple (args[0]));
}

Term
bif_is_function_2 (Process *p, Term *args)
{
  if (!term_is_small (args[1]))
    return term_is_big (args[1]) && !big_is_negative (args[1]) ? A (false) : bif_badarg (p);
  if (small_value (args[1]) < 0)
    return bif_badarg (p);
  return bool_term (term_is_fun (args[0]) &&
                    fun_arity (args[0]) == (guint64) small_value (args[1]));
}

Term
bif_is_record_2 (Process *p, Term *args)
{
  if (!term_is_atom (args[1]))
    return bif_badarg (p);
  return bool_term (term_is_tuple (args[0]) && tuple_arity (args[0]) >= 1 &&
                    tuple_elements (args[0])[0] == args[1]);
}

Term
bif_is_record_3 (Process *p, Term *args)
{
  if (!term_is_atom (args[1]) || !term_is_small (args[2]))
    return bif_badarg (p);
  return bool_term (term_is_tuple (args[0]) && tuple_arity (args[0]) >= 1 &&
                    tuple_arity (args[0]) == (guint64) small_value (args[2]) &&
                    tuple_elements (args[0])[0] == args[1]);
}

/* --- sizes ------------------------------------------------------------------ */

Term
bif_size_1 (Process *p, Term *args)
{
  BitView view;

  if (term_is_tuple (args[0]))
    return make_small ((gint64) tuple_arity (args[0]));
  if (bitstring_view (args[0], &view))
    return make_small ((gint64) (view.n_bits / 8));
  return bif_badarg (p);
}

Term
bif_tuple_size_1 (Process *p, Term *args)
{
  if (!term_is_tuple (args[0]))
    return bif_badarg (p);
  return make_small ((gint64) tuple_arity (args[0]));
}

Term
bif_byte_size_1 (Process *p, Term *args)
{
  BitView view;

  if (!bitstring_view (args[0], &view))
    return bif_badarg (p);
  return make_small ((gint64) ((view.n_bits + 7) / 8));
}

Term
bif_bit_size_1 (Process *p, Term *args)
{
  BitView view;

  if (!bitstring_view (args[0], &view))
    return bif_badarg (p);
  return make_small ((gint64) view.n_bits);
}

Term
bif_map_size_1 (Process *p, Term *args)
{
  if (!term_is_map (args[0]))
    return bif_error_pair (p, A (badmap), args[0]);
  return make_small ((gint64) map_size (args[0]));
}

/* --- who and where ---------------------------------------------------------- */

Term
bif_self_0 (Process *p, Term *args)
{
  return process_pid (p);
}

Term
bif_node_0 (Process *p, Term *args)
{
  return A (nonode_nohost);
}

Term
bif_node_1 (Process *p, Term *args)
{
  if (term_is_pid (args[0]) || term_is_port (args[0]) || term_is_ref (args[0]))
    return A (nonode_nohost);
  if (term_has_subtag (args[0], SUB_EXT_PID) || term_has_subtag (args[0], SUB_EXT_PORT) ||
      term_has_subtag (args[0], SUB_EXT_REF))
    return external_thing (args[0])->node;
  return bif_badarg (p);
}

/* --- erts_internal:term_type/1 ---------------------------------------------- */

static Term
boxed_type (Process *p, Term t)
{
  switch (header_subtag (boxed_header (t)))
    {
    case SUB_TUPLE:
      return A (tuple);
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
      return A (bignum);
    case SUB_REF:
      return A (reference);
    case SUB_FUN:
      return fun_is_external (t) ? A (export) : A (fun);
    case SUB_FLOAT:
      return A (hfloat);
    case SUB_PROC_BIN:
      return A (refc_binary);
    case SUB_HEAP_BIN:
      return A (heap_binary);
    case SUB_SUB_BIN:
      return A (sub_binary);
    case SUB_EXT_PID:
      return A (external_pid);
    case SUB_EXT_PORT:
      return A (external_port);
    case SUB_EXT_REF:
      return A (external_reference);
    case SUB_MAP:
      switch (map_kind (boxed_header (t)))
        {
        case MAP_KIND_FLAT:
          return A (flatmap);
        case MAP_KIND_NODE:
          return A (hashmap_node);
        default:
          return A (hashmap);
        }
    case SUB_MATCH_CONTEXT:
    default:
      return bif_badarg (p);
    }
}

Term
bif_erts_internal_term_type_1 (Process *p, Term *args)
{
  Term t = args[0];

  if (term_is_list (t))
    return A (list);
  if (term_is_small (t))
    return A (fixnum);
  if (term_is_pid (t))
    return A (pid);
  if (term_is_port (t))
    return A (port);
  if (term_is_atom (t))
    return A (atom);
  if (term_is_nil (t))
    return A (nil);
  return term_is_boxed (t) ? boxed_type (p, t) : bif_badarg (p);
}
