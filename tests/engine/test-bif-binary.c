/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "list_to_binary",
    "[[1,2,\"abc\",[<<\"def\">>|<<\"x\">>]]]",
    "<<1,2,97,98,99,100,101,102,120>>" },
  { "erlang", "list_to_binary", "[[256]]", "error:badarg" },
  { "erlang", "list_to_binary", "[<<\"a\">>]", "error:badarg" },
  { "erlang", "list_to_binary", "[[]]", "<<>>" },
  { "erlang", "list_to_binary", "[[1|2]]", "error:badarg" },
  { "erlang", "iolist_to_binary", "[<<\"abc\">>]", "<<97,98,99>>" },
  { "erlang", "iolist_to_binary", "[[\"a\",[],[[[\"b\"]]]]]", "<<97,98>>" },
  { "erlang", "iolist_size", "[[\"abc\",<<\"de\">>]]", "5" },
  { "erlang", "iolist_size", "[<<\"abc\">>]", "3" },
  { "erlang", "iolist_size", "[[a]]", "error:badarg" },
  { "erlang", "iolist_to_iovec", "[[\"abc\",<<\"de\">>]]", "[<<97,98,99,100,101>>]" },
  { "erlang", "iolist_to_iovec", "[<<>>]", "[]" },
  { "erlang", "binary_to_list", "[<<\"abc\">>]", "[97,98,99]" },
  { "erlang", "binary_to_list", "[<<>>]", "[]" },
  { "erlang", "binary_to_list", "[\"abc\"]", "error:badarg" },
  { "erlang", "binary_to_list", "[<<\"abcdef\">>,2,4]", "[98,99,100]" },
  { "erlang", "binary_to_list", "[<<\"abcdef\">>,0,4]", "error:badarg" },
  { "erlang", "binary_to_list", "[<<\"abcdef\">>,3,7]", "error:badarg" },
  { "erlang", "bitstring_to_list", "[<<\"ab\">>]", "[97,98]" },
  { "erlang", "list_to_bitstring", "[[\"ab\",<<\"c\">>]]", "<<97,98,99>>" },
  { "erlang", "split_binary", "[<<\"abcdef\">>,2]", "{<<97,98>>,<<99,100,101,102>>}" },
  { "erlang", "split_binary", "[<<\"abcdef\">>,6]", "{<<97,98,99,100,101,102>>,<<>>}" },
  { "erlang", "split_binary", "[<<\"abcdef\">>,7]", "error:badarg" },
  { "erlang", "binary_part", "[<<\"abcdef\">>,{2,2}]", "<<99,100>>" },
  { "erlang", "binary_part", "[<<\"abcdef\">>,{6,-2}]", "<<101,102>>" },
  { "erlang", "binary_part", "[<<\"abcdef\">>,2,9]", "error:badarg" },
  { "erlang", "binary_part", "[<<\"abcdef\">>,1,-2]", "error:badarg" },
  { "binary", "part", "[<<\"abcdef\">>,0,3]", "<<97,98,99>>" },
  { "binary", "part", "[<<\"abcdef\">>,{1,3}]", "<<98,99,100>>" },
  { "binary", "part", "[<<\"abcdef\">>,x]", "error:badarg" },
  { "binary", "at", "[<<\"abc\">>,2]", "99" },
  { "binary", "at", "[<<\"abc\">>,3]", "error:badarg" },
  { "binary", "first", "[<<\"abc\">>]", "97" },
  { "binary", "first", "[<<>>]", "error:badarg" },
  { "binary", "last", "[<<\"abc\">>]", "99" },
  { "binary", "copy", "[<<\"ab\">>]", "<<97,98>>" },
  { "binary", "copy", "[<<\"ab\">>,3]", "<<97,98,97,98,97,98>>" },
  { "binary", "copy", "[<<\"ab\">>,0]", "<<>>" },
  { "binary", "copy", "[<<\"ab\">>,-1]", "error:badarg" },
  { "binary", "list_to_bin", "[[\"a\",<<\"b\">>]]", "<<97,98>>" },
  { "binary", "referenced_byte_size", "[<<\"abc\">>]", "256" },
  { "binary", "encode_unsigned", "[0]", "<<0>>" },
  { "binary", "encode_unsigned", "[65536]", "<<1,0,0>>" },
  { "binary", "encode_unsigned", "[65536,little]", "<<0,0,1>>" },
  { "binary", "encode_unsigned",
    "[123456789012345678901234567890]",
    "<<1,142,233,15,246,195,115,224,238,78,63,10,210>>" },
  { "binary", "encode_unsigned",
    "[123456789012345678901234567890,little]",
    "<<210,10,63,78,238,224,115,195,246,15,233,142,1>>" },
  { "binary", "encode_unsigned", "[-1]", "error:badarg" },
  { "binary", "decode_unsigned", "[<<1,0,0>>]", "65536" },
  { "binary", "decode_unsigned", "[<<1,0,2>>,little]", "131073" },
  { "binary", "decode_unsigned", "[<<>>]", "0" },
  { "binary", "decode_unsigned", "[<<0,1,2,3,4,5,6,7,8,9>>]", "18591708106338011145" },
  { "binary", "decode_unsigned", "[<<1>>,middle]", "error:badarg" },
  { "binary", "longest_common_prefix", "[[<<\"abcd\">>,<<\"abce\">>,<<\"abx\">>]]", "2" },
  { "binary", "longest_common_suffix", "[[<<\"xxcd\">>,<<\"yycd\">>]]", "2" },
  { "binary", "longest_common_prefix", "[[]]", "error:badarg" },
  { "binary", "match", "[<<\"hello world\">>,<<\"o\">>]", "{4,1}" },
  { "binary", "match", "[<<\"hello world\">>,<<\"world\">>]", "{6,5}" },
  { "binary", "match", "[<<\"hello world\">>,<<\"worlds\">>]", "nomatch" },
  { "binary", "match", "[<<\"hello world\">>,[<<\"wor\">>,<<\"lo\">>,<<\"world\">>]]", "{3,2}" },
  { "binary", "match", "[<<\"hello world\">>,[<<\"wor\">>,<<\"world\">>]]", "{6,5}" },
  { "binary", "match", "[<<\"hello world\">>,<<>>]", "error:badarg" },
  { "binary", "match", "[<<\"hello world\">>,[]]", "error:badarg" },
  { "binary", "match", "[<<\"hello world\">>,<<\"o\">>,[{scope,{5,6}}]]", "{7,1}" },
  { "binary", "match", "[<<\"hello world\">>,<<\"o\">>,[{scope,{11,-4}}]]", "{7,1}" },
  { "binary", "match", "[<<\"hello world\">>,<<\"o\">>,[{scope,{5,60}}]]", "error:badarg" },
  { "binary", "match", "[<<>>,<<\"o\">>]", "nomatch" },
  { "binary", "match", "[<<\"aabaabaabaac\">>,<<\"aabaac\">>]", "{6,6}" },
  { "binary", "matches", "[<<\"aaaa\">>,<<\"aa\">>]", "[{0,2},{2,2}]" },
  { "binary", "matches", "[<<\"abcabc\">>,[<<\"a\">>,<<\"bc\">>]]", "[{0,1},{1,2},{3,1},{4,2}]" },
  { "binary", "matches", "[<<\"abcabc\">>,<<\"x\">>]", "[]" },
  { "binary", "matches", "[<<\"abcabc\">>,<<\"c\">>,[{scope,{3,3}}]]", "[{5,1}]" },
  { "binary", "split", "[<<\"a,b,c\">>,<<\",\">>]", "[<<97>>,<<98,44,99>>]" },
  { "binary", "split", "[<<\"a,b,c\">>,<<\",\">>,[global]]", "[<<97>>,<<98>>,<<99>>]" },
  { "binary", "split", "[<<\",a,b,,\">>,<<\",\">>,[global,trim]]", "[<<>>,<<97>>,<<98>>]" },
  { "binary", "split", "[<<\",a,,b,,\">>,<<\",\">>,[global,trim_all]]", "[<<97>>,<<98>>]" },
  { "binary", "split",
    "[<<\",a,,b,,\">>,<<\",\">>,[global]]",
    "[<<>>,<<97>>,<<>>,<<98>>,<<>>,<<>>]" },
  { "binary", "split", "[<<\",\">>,<<\",\">>,[trim]]", "[]" },
  { "binary", "split", "[<<\",\">>,<<\",\">>,[global,trim_all]]", "[]" },
  { "binary", "split", "[<<\"a,\">>,<<\",\">>,[trim]]", "[<<97>>]" },
  { "binary", "split", "[<<\",a\">>,<<\",\">>,[trim_all]]", "[<<97>>]" },
  { "binary", "split", "[<<\"abc\">>,<<\",\">>,[trim]]", "[<<97,98,99>>]" },
  { "binary", "split", "[<<>>,<<\",\">>,[trim]]", "[]" },
  { "binary", "split", "[<<\"a;b,c\">>,[<<\",\">>,<<\";\">>],[global]]", "[<<97>>,<<98>>,<<99>>]" },
  { "binary", "split", "[<<\"a,b\">>,<<\",\">>,[bad]]", "error:badarg" },
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
  g_test_add_func ("/bif-binary/as-erl", test_cases);
  return g_test_run ();
}
