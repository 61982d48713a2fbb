/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "integer_to_list", "[0]", "[48]" },
  { "erlang", "integer_to_list", "[-576460752303423488]",
    "[45,53,55,54,52,54,48,55,53,50,51,48,51,52,50,51,52,56,56]" },
  { "erlang", "integer_to_list", "[123456789012345678901234567890]",
    "[49,50,51,52,53,54,55,56,57,48,49,50,51,52,53,54,55,56,57,48,49,50,51,52,53,"
    "54,55,56,57,48]" },
  { "erlang", "integer_to_list", "[255,16]", "[70,70]" },
  { "erlang", "integer_to_list", "[-255,2]", "[45,49,49,49,49,49,49,49,49]" },
  { "erlang", "integer_to_list", "[123456789012345678901234567890,36]",
    "[66,89,87,57,55,85,77,57,83,57,49,68,76,90,54,56,84,83,73]" },
  { "erlang", "integer_to_list", "[1,37]", "error:badarg" },
  { "erlang", "integer_to_list", "[a]", "error:badarg" },
  { "erlang", "integer_to_binary", "[-42]", "<<45,52,50>>" },
  { "erlang", "integer_to_binary", "[35,36]", "<<90>>" },
  { "erlang", "list_to_integer", "[\"123\"]", "123" },
  { "erlang", "list_to_integer", "[\"+123\"]", "123" },
  { "erlang", "list_to_integer", "[\"-123\"]", "-123" },
  { "erlang", "list_to_integer", "[\"12x\"]", "error:badarg" },
  { "erlang", "list_to_integer", "[\"-\"]", "error:badarg" },
  { "erlang", "list_to_integer", "[[]]", "error:badarg" },
  { "erlang", "list_to_integer", "[\"123456789012345678901234567890\"]",
    "123456789012345678901234567890" },
  { "erlang", "list_to_integer", "[\"-fF\",16]", "-255" },
  { "erlang", "list_to_integer", "[\"zz\",36]", "1295" },
  { "erlang", "list_to_integer", "[\"2\",2]", "error:badarg" },
  { "erlang", "list_to_integer", "[\"2\",1]", "error:badarg" },
  { "erlang", "binary_to_integer", "[<<\"42\">>]", "42" },
  { "erlang", "binary_to_integer", "[<<\"+42\">>]", "42" },
  { "erlang", "binary_to_integer", "[<<\"-\">>]", "error:badarg" },
  { "erlang", "binary_to_integer", "[<<>>]", "error:badarg" },
  { "erlang", "binary_to_integer", "[<<\"3FF\">>,16]", "1023" },
  { "erlang", "binary_to_integer", "[\"42\"]", "error:badarg" },
  { "string", "list_to_integer", "[\"33abc\"]", "{33,[97,98,99]}" },
  { "string", "list_to_integer", "[\"-33\"]", "{-33,[]}" },
  { "string", "list_to_integer", "[\"abc\"]", "{error,no_integer}" },
  { "string", "list_to_integer", "[[]]", "{error,no_integer}" },
  { "string", "list_to_integer", "[abc]", "{error,not_a_list}" },
  { "string", "list_to_float", "[\"1.5e3x\"]", "{1.5e3,[120]}" },
  { "string", "list_to_float", "[\"1.5ex\"]", "{1.5,[101,120]}" },
  { "string", "list_to_float", "[\"-2,25\"]", "{-2.25,[]}" },
  { "string", "list_to_float", "[\"12\"]", "{error,no_float}" },
  { "string", "list_to_float", "[[]]", "{error,no_float}" },
  { "string", "list_to_float", "[a]", "{error,not_a_list}" },
  { "erlang", "list_to_float", "[\"1.5\"]", "1.5" },
  { "erlang", "list_to_float", "[\"-1.5e-10\"]", "-1.5e-10" },
  { "erlang", "list_to_float", "[\"1e5\"]", "error:badarg" },
  { "erlang", "list_to_float", "[\"1.0e400\"]", "error:badarg" },
  { "erlang", "list_to_float", "[\"1.5 \"]", "error:badarg" },
  { "erlang", "binary_to_float", "[<<\"2.0\">>]", "2.0" },
  { "erlang", "binary_to_float", "[<<\"2\">>]", "error:badarg" },
  { "erlang", "float_to_list", "[1.5]",
    "[49,46,53,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,101,43,48"
    ",48]" },
  { "erlang", "float_to_list", "[0.1,[short]]", "[48,46,49]" },
  { "erlang", "float_to_list", "[1.0e22,[short]]", "[49,46,48,101,50,50]" },
  { "erlang", "float_to_list", "[123456.789,[{decimals,2}]]", "[49,50,51,52,53,54,46,55,57]" },
  { "erlang", "float_to_list", "[0.125,[{decimals,2}]]", "[48,46,49,51]" },
  { "erlang", "float_to_list", "[-0.0,[{decimals,2}]]", "[45,48,46,48,48]" },
  { "erlang", "float_to_list", "[7.0,[{decimals,4},compact]]", "[55,46,48]" },
  { "erlang", "float_to_list", "[7.12,[{decimals,4},compact]]", "[55,46,49,50]" },
  { "erlang", "float_to_list", "[7.5,[{decimals,0}]]", "[56]" },
  { "erlang", "float_to_list", "[1.0e20,[{decimals,3}]]",
    "[49,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,46,48,48,48]" },
  { "erlang", "float_to_list", "[1.0e300,[{decimals,3}]]", "error:badarg" },
  { "erlang", "float_to_list", "[0.1,[{decimals,30}]]",
    "[48,46,49,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,53,53,53,49,49,49,"
    "53,49,50,51,49,50,54]" },
  { "erlang", "float_to_list", "[3.14159,[{scientific,3}]]", "[51,46,49,52,50,101,43,48,48]" },
  { "erlang", "float_to_list", "[3.14159,[{scientific,-3}]]",
    "[51,46,49,52,49,53,57,48,101,43,48,48]" },
  { "erlang", "float_to_list", "[3.14159,[compact]]",
    "[51,46,49,52,49,53,56,57,57,57,57,57,57,57,57,57,57,56,56,50,54,50,101,43,48"
    ",48]" },
  { "erlang", "float_to_list", "[3,[]]", "error:badarg" },
  { "erlang", "float_to_list", "[3.0,[x]]", "error:badarg" },
  { "erlang", "float_to_list", "[999.9999,[{decimals,2}]]", "[49,48,48,48,46,48,48]" },
  { "erlang", "float_to_binary", "[1.25]",
    "<<49,46,50,53,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,101,43,4"
    "8,48>>" },
  { "erlang", "float_to_binary", "[1.25,[{decimals,1}]]", "<<49,46,51>>" },
  { "erlang", "float_to_list", "[1.0e-10,[{decimals,12},compact]]",
    "[48,46,48,48,48,48,48,48,48,48,48,49]" },
  { "erlang", "float_to_list", "[0.5,[{decimals,0}]]", "[49]" },
  { "erlang", "float_to_list", "[123456789012.125,[{decimals,5}]]",
    "[49,50,51,52,53,54,55,56,57,48,49,50,46,49,50,53,48,48]" },
  { "erlang", "float_to_list", "[9007199254740993.0,[{decimals,1}]]",
    "[57,48,48,55,49,57,57,50,53,52,55,52,48,57,57,50,46,48]" },
  { "erlang", "float_to_list", "[1.0e16,[{decimals,2},compact]]",
    "[49,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,46,48]" },
  { "erlang", "float_to_list", "[12.34,[short,compact]]", "[49,50,46,51,52]" },
  { "erlang", "float_to_list", "[5.0e-324]",
    "[52,46,57,52,48,54,53,54,52,53,56,52,49,50,52,54,53,52,52,49,55,55,101,45,51"
    ",50,52]" },
  { "erlang", "float_to_list", "[1.7976931348623157e308,[short]]",
    "[49,46,55,57,55,54,57,51,49,51,52,56,54,50,51,49,53,55,101,51,48,56]" },
  { "erlang", "float_to_list", "[2.5,[{decimals,254}]]", "error:badarg" },
  { "erlang", "float_to_list", "[2.5,[{scientific,249}]]",
    "[50,46,53,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,"
    "48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,4"
    "8,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48"
    ",48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,"
    "48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,4"
    "8,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48"
    ",48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,"
    "48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,4"
    "8,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48"
    ",48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,101,43"
    ",48,48]" },
  { "erlang", "float_to_list", "[2.5,[{decimals,-1}]]", "error:badarg" },
  { "erlang", "float_to_list", "[2.5,[{decimals,a}]]", "error:badarg" },
  { "string", "list_to_float", "[\"1.5e+3.2\"]", "{1.5e3,[46,50]}" },
  { "string", "list_to_float", "[\"+1.5\"]", "{1.5,[]}" },
  { "string", "list_to_float", "[\"1.5e\"]", "{1.5,[101]}" },
  { "string", "list_to_float", "[\"1.e5\"]", "{error,no_float}" },
  { "string", "list_to_float", "[\".5\"]", "{error,no_float}" },
  { "string", "list_to_float", "[[49,46,53|x]]", "{1.5,x}" },
  { "string", "list_to_integer", "[[49,50|x]]", "{12,x}" },
  { "string", "list_to_integer", "[\"+5\"]", "{5,[]}" },
  { "string", "list_to_integer", "[\"- 5\"]", "{error,no_integer}" },
  { "erlang", "list_to_float", "[\"1,5\"]", "1.5" },
  { "erlang", "list_to_float", "[[49,46,53|x]]", "error:badarg" },
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
  g_test_add_func ("/bif-number/as-erl", test_cases);
  return g_test_run ();
}
