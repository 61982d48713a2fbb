/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "+", "[1,2]", "3" },
  { "erlang", "+", "[1,2.5]", "3.5" },
  { "erlang", "+", "[576460752303423487,1]", "576460752303423488" },
  { "erlang", "+", "[1,a]", "error:badarith" },
  { "erlang", "-", "[1,2]", "-1" },
  { "erlang", "-", "[5]", "-5" },
  { "erlang", "*", "[1000000000000000000000,1000000000000000000000]",
    "1000000000000000000000000000000000000000000" },
  { "erlang", "*", "[1.0e200,1.0e200]", "error:badarith" },
  { "erlang", "/", "[1,3]", "0.3333333333333333" },
  { "erlang", "/", "[1,0]", "error:badarith" },
  { "erlang", "/", "[4,2.0]", "2.0" },
  { "erlang", "div", "[7,-2]", "-3" },
  { "erlang", "div", "[7,0]", "error:badarith" },
  { "erlang", "div", "[7,2.0]", "error:badarith" },
  { "erlang", "rem", "[-7,2]", "-1" },
  { "erlang", "rem", "[7,0]", "error:badarith" },
  { "erlang", "band", "[255,-16]", "240" },
  { "erlang", "bor", "[1,1.0]", "error:badarith" },
  { "erlang", "bxor", "[6,3]", "5" },
  { "erlang", "bsl", "[1,100]", "1267650600228229401496703205376" },
  { "erlang", "bsl", "[1,-1]", "0" },
  { "erlang", "bsr", "[-5,1]", "-3" },
  { "erlang", "bsr", "[1267650600228229401496703205376,99]", "2" },
  { "erlang", "bnot", "[0]", "-1" },
  { "erlang", "bnot", "[a]", "error:badarith" },
  { "erlang", "+", "[a]", "error:badarith" },
  { "erlang", "abs", "[-5]", "5" },
  { "erlang", "abs", "[-5.5]", "5.5" },
  { "erlang", "abs", "[x]", "error:badarg" },
  { "erlang", "trunc", "[-1.9]", "-1" },
  { "erlang", "round", "[2.5]", "3" },
  { "erlang", "round", "[-2.5]", "-3" },
  { "erlang", "floor", "[-1.1]", "-2" },
  { "erlang", "ceil", "[-1.1]", "-1" },
  { "erlang", "floor", "[x]", "error:badarg" },
  { "erlang", "float", "[3]", "3.0" },
  { "erlang", "float", "[a]", "error:badarg" },
  { "erlang", "trunc", "[1.0e20]", "100000000000000000000" },
  { "erlang", "<", "[1,1.0]", "false" },
  { "erlang", "=<", "[1,1.0]", "true" },
  { "erlang", "==", "[1,1.0]", "true" },
  { "erlang", "=:=", "[1,1.0]", "false" },
  { "erlang", "=/=", "[{1,2},{1,2}]", "false" },
  { "erlang", "/=", "[[1],[1.0]]", "false" },
  { "erlang", ">", "[[a],{a}]", "true" },
  { "erlang", ">=", "[#{a=>1},{a,b,c}]", "true" },
  { "erlang", "<", "[9007199254740993,9007199254740992.0]", "false" },
  { "erlang", "and", "[true,false]", "false" },
  { "erlang", "and", "[true,1]", "error:badarg" },
  { "erlang", "or", "[true,false]", "true" },
  { "erlang", "or", "[0,true]", "error:badarg" },
  { "erlang", "xor", "[true,true]", "false" },
  { "erlang", "not", "[true]", "false" },
  { "erlang", "not", "[0]", "error:badarg" },
  { "erlang", "bsl", "[1,1180591620717411303424]", "error:system_limit" },
  { "erlang", "bsl", "[0,1180591620717411303424]", "0" },
  { "erlang", "bsr", "[-1,1180591620717411303424]", "-1" },
  { "erlang", "bsl", "[1.0,2]", "error:badarith" },
  { "erlang", "*", "[1.0e308,10]", "error:badarith" },
  { "erlang", "+", "[1.0e308,1.0e308]", "error:badarith" },
  { "erlang", "/", "[100000000000000000000,3]", "3.333333333333333e19" },
  { "erlang", "div", "[-100000000000000000000,7]", "-14285714285714285714" },
  { "erlang", "rem", "[-100000000000000000000,7]", "-2" },
  { "erlang", "-", "[a]", "error:badarith" },
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
  g_test_add_func ("/bif-arith/as-erl", test_cases);
  return g_test_run ();
}
