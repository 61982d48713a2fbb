/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "element", "[1,{a,b}]", "a" },
  { "erlang", "element", "[3,{a,b}]", "error:badarg" },
  { "erlang", "element", "[0,{a,b}]", "error:badarg" },
  { "erlang", "element", "[1,a]", "error:badarg" },
  { "erlang", "setelement", "[2,{a,b},c]", "{a,c}" },
  { "erlang", "setelement", "[3,{a,b},c]", "error:badarg" },
  { "erlang", "make_tuple", "[3,x]", "{x,x,x}" },
  { "erlang", "make_tuple", "[0,x]", "{}" },
  { "erlang", "make_tuple", "[-1,x]", "error:badarg" },
  { "erlang", "make_tuple", "[3,x,[{2,y},{3,z},{2,w}]]", "{x,w,z}" },
  { "erlang", "make_tuple", "[3,x,[{4,y}]]", "error:badarg" },
  { "erlang", "make_tuple", "[3,x,[{2,y}|z]]", "error:badarg" },
  { "erlang", "append_element", "[{a},b]", "{a,b}" },
  { "erlang", "append_element", "[{},b]", "{b}" },
  { "erlang", "append_element", "[a,b]", "error:badarg" },
  { "erlang", "insert_element", "[1,{a,b},x]", "{x,a,b}" },
  { "erlang", "insert_element", "[3,{a,b},x]", "{a,b,x}" },
  { "erlang", "insert_element", "[4,{a,b},x]", "error:badarg" },
  { "erlang", "delete_element", "[1,{a}]", "{}" },
  { "erlang", "delete_element", "[2,{a,b,c}]", "{a,c}" },
  { "erlang", "delete_element", "[4,{a,b,c}]", "error:badarg" },
  { "erlang", "tuple_to_list", "[{a,b,c}]", "[a,b,c]" },
  { "erlang", "tuple_to_list", "[{}]", "[]" },
  { "erlang", "list_to_tuple", "[[a,b]]", "{a,b}" },
  { "erlang", "list_to_tuple", "[[]]", "{}" },
  { "erlang", "list_to_tuple", "[[a|b]]", "error:badarg" },
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
  g_test_add_func ("/bif-tuple/as-erl", test_cases);
  return g_test_run ();
}
