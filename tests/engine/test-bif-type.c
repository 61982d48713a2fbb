/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "is_atom", "[a]", "true" },
  { "erlang", "is_atom", "[\"a\"]", "false" },
  { "erlang", "is_binary", "[<<\"a\">>]", "true" },
  { "erlang", "is_bitstring", "[<<>>]", "true" },
  { "erlang", "is_boolean", "[false]", "true" },
  { "erlang", "is_boolean", "[1]", "false" },
  { "erlang", "is_float", "[1.0]", "true" },
  { "erlang", "is_integer", "[1180591620717411303424]", "true" },
  { "erlang", "is_list", "[[]]", "true" },
  { "erlang", "is_list", "[[a|b]]", "true" },
  { "erlang", "is_list", "[{}]", "false" },
  { "erlang", "is_map", "[#{}]", "true" },
  { "erlang", "is_number", "[1.5]", "true" },
  { "erlang", "is_number", "[a]", "false" },
  { "erlang", "is_pid", "[a]", "false" },
  { "erlang", "is_port", "[a]", "false" },
  { "erlang", "is_reference", "[a]", "false" },
  { "erlang", "is_tuple", "[{}]", "true" },
  { "erlang", "is_function", "[a]", "false" },
  { "erlang", "is_function", "[a,1]", "false" },
  { "erlang", "is_function", "[a,-1]", "error:badarg" },
  { "erlang", "is_function", "[a,b]", "error:badarg" },
  { "erlang", "is_function", "[a,1180591620717411303424]", "false" },
  { "erlang", "is_record", "[{r,1},r]", "true" },
  { "erlang", "is_record", "[{r,1},1]", "error:badarg" },
  { "erlang", "is_record", "[{},r]", "false" },
  { "erlang", "is_record", "[{r,1},r,2]", "true" },
  { "erlang", "is_record", "[{r,1},r,3]", "false" },
  { "erlang", "is_record", "[{r,1},r,a]", "error:badarg" },
  { "erlang", "size", "[{a,b}]", "2" },
  { "erlang", "size", "[<<\"abc\">>]", "3" },
  { "erlang", "size", "[[]]", "error:badarg" },
  { "erlang", "tuple_size", "[{}]", "0" },
  { "erlang", "tuple_size", "[a]", "error:badarg" },
  { "erlang", "byte_size", "[<<\"abc\">>]", "3" },
  { "erlang", "byte_size", "[\"abc\"]", "error:badarg" },
  { "erlang", "bit_size", "[<<\"abc\">>]", "24" },
  { "erlang", "map_size", "[#{a=>1,b=>2}]", "2" },
  { "erlang", "map_size", "[a]", "error:{badmap,a}" },
  { "erlang", "node", "[]", "nonode@nohost" },
  { "erlang", "node", "[a]", "error:badarg" },
  { "erts_internal", "term_type", "[a]", "atom" },
  { "erts_internal", "term_type", "[1]", "fixnum" },
  { "erts_internal", "term_type", "[1180591620717411303424]", "bignum" },
  { "erts_internal", "term_type", "[1.0]", "hfloat" },
  { "erts_internal", "term_type", "[[]]", "nil" },
  { "erts_internal", "term_type", "[[1]]", "list" },
  { "erts_internal", "term_type", "[{1}]", "tuple" },
  { "erts_internal", "term_type", "[#{}]", "flatmap" },
};

static void
test_cases (void)
{
  bif_fixture_check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bif-type/as-erl", test_cases);
  return g_test_run ();
}
