/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "hd", "[[1,2]]", "1" },
  { "erlang", "hd", "[[]]", "error:badarg" },
  { "erlang", "tl", "[[1,2]]", "[2]" },
  { "erlang", "tl", "[a]", "error:badarg" },
  { "erlang", "length", "[[1,2,3]]", "3" },
  { "erlang", "length", "[[1|2]]", "error:badarg" },
  { "erlang", "++", "[[1,2],[3]]", "[1,2,3]" },
  { "erlang", "++", "[[1,2],3]", "[1,2|3]" },
  { "erlang", "++", "[[],a]", "a" },
  { "erlang", "++", "[[1|2],[3]]", "error:badarg" },
  { "erlang", "++", "[a,[3]]", "error:badarg" },
  { "erlang", "append", "[[1],[2]]", "[1,2]" },
  { "erlang", "--", "[[1,2,3,2,1],[2,1]]", "[3,2,1]" },
  { "erlang", "--", "[[1,2,3,2,1],[2,2,2]]", "[1,3,1]" },
  { "erlang", "--", "[[1,2,3],[]]", "[1,2,3]" },
  { "erlang", "--", "[[1,2.0,3],[2]]", "[1,2.0,3]" },
  { "erlang", "--", "[[1,2|3],[1]]", "error:badarg" },
  { "erlang", "--", "[[1,2,3],[1|2]]", "error:badarg" },
  { "erlang", "--", "[a,[]]", "error:badarg" },
  { "erlang", "--", "[[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,1],[1,19,5]]",
    "[2,3,4,6,7,8,9,10,11,12,13,14,15,16,17,18,1]" },
  { "erlang", "--",
    "[[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,1],[1,19,5,2,3,2,4,4,6,7,8"
    ",9,10,11,12,13,14,15,16,1,x,y]]",
    "[17,18]" },
  { "erlang", "--",
    "[[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18],[18,17,16,15,14,13,12,11,10,"
    "9,8,7,6,5,4,3,2,1,1]]",
    "[]" },
  { "erlang", "subtract", "[[a,b,c],[b]]", "[a,c]" },
  { "lists", "member", "[2,[1,2,3]]", "true" },
  { "lists", "member", "[2.0,[1,2,3]]", "false" },
  { "lists", "member", "[{a},[b,{a}]]", "true" },
  { "lists", "member", "[x,[1|2]]", "error:badarg" },
  { "lists", "member", "[x,a]", "error:badarg" },
  { "lists", "member", "[x,[]]", "false" },
  { "lists", "reverse", "[[1,2,3],[4]]", "[3,2,1,4]" },
  { "lists", "reverse", "[[],x]", "x" },
  { "lists", "reverse", "[[1|2],[]]", "error:badarg" },
  { "lists", "reverse", "[a,[]]", "error:badarg" },
  { "lists", "keyfind", "[b,1,[{a,1},{b,2}]]", "{b,2}" },
  { "lists", "keyfind", "[2,2,[{a,1},{b,2.0}]]", "{b,2.0}" },
  { "lists", "keyfind", "[\"x\",1,[{\"y\"},{\"x\",z}]]", "{[120],z}" },
  { "lists", "keyfind", "[b,3,[{a,1},x,{b,2}]]", "false" },
  { "lists", "keyfind", "[b,0,[]]", "error:badarg" },
  { "lists", "keyfind", "[b,1,[{a}|x]]", "error:badarg" },
  { "lists", "keymember", "[b,1,[{a,1},{b,2}]]", "true" },
  { "lists", "keymember", "[c,1,[{a,1},{b,2}]]", "false" },
  { "lists", "keysearch", "[b,1,[{a,1},{b,2}]]", "{value,{b,2}}" },
  { "lists", "keysearch", "[c,1,[{a,1},{b,2}]]", "false" },
  { "lists", "keyfind", "[1.0,1,[{1,a}]]", "{1,a}" },
  { "lists", "keyfind", "[1180591620717411303424,1,[{1180591620717411303424,a}]]",
    "{1180591620717411303424,a}" },
  { "lists", "member", "[1180591620717411303424,[1,1180591620717411303424]]", "true" },
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
  g_test_add_func ("/bif-list/as-erl", test_cases);
  return g_test_run ();
}
