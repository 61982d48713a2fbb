/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "phash2", "[a]", "97" },
  { "erlang", "phash2", "[1]", "2614250" },
  { "erlang", "phash2", "[-1]", "44071773" },
  { "erlang", "phash2", "[1.0]", "77147068" },
  { "erlang", "phash2", "[<<\"abc\">>]", "98228475" },
  { "erlang", "phash2", "[\"abc\"]", "117343302" },
  { "erlang", "phash2", "[{a,b}]", "101277806" },
  { "erlang", "phash2", "[#{a=>1}]", "59617982" },
  { "erlang", "phash2", "[[]]", "113427502" },
  { "erlang", "phash2", "[1180591620717411303424]", "131422029" },
  { "erlang", "phash2", "[{a,[1,2,{x}]},100]", "77" },
  { "erlang", "phash2", "[a,4294967296]", "97" },
  { "erlang", "phash2", "[a,4294967297]", "error:badarg" },
  { "erlang", "phash2", "[a,0]", "error:badarg" },
  { "erlang", "phash", "[a,100]", "98" },
  { "erlang", "phash", "[1,4294967296]", "2788898428" },
  { "erlang", "phash", "[{a,\"x\"},1000]", "167" },
  { "erlang", "crc32", "[\"abc\"]", "891568578" },
  { "erlang", "crc32", "[a]", "error:badarg" },
  { "erlang", "crc32", "[100,<<\"abc\">>]", "2063213118" },
  { "erlang", "crc32_combine", "[1,2,3]", "29518389" },
  { "erlang", "adler32", "[\"abc\"]", "38600999" },
  { "erlang", "adler32", "[1,[\"a\",<<\"bc\">>]]", "38600999" },
  { "erlang", "adler32_combine", "[1,2,3]", "2" },
  { "erlang", "md5", "[\"abc\"]", "<<144,1,80,152,60,210,79,176,214,150,63,125,40,225,127,114>>" },
  { "erlang", "md5", "[[]]", "<<212,29,140,217,143,0,178,4,233,128,9,152,236,248,66,126>>" },
  { "erlang", "md5",
    "[\"12345678901234567890123456789012345678901234567890123456789012345678901234"
    "567890\"]",
    "<<87,237,244,162,43,227,201,85,172,73,218,46,33,7,182,122>>" },
  { "erlang", "md5", "[\"1234567890123456789012345678901234567890123456789012345\"]",
    "<<201,204,241,104,145,74,27,207,195,34,159,25,72,230,125,160>>" },
  { "erlang", "md5", "[\"12345678901234567890123456789012345678901234567890123456\"]",
    "<<73,241,147,173,206,23,132,144,227,77,27,58,78,192,6,76>>" },
  { "erlang", "md5", "[\"1234567890123456789012345678901234567890123456789012345678901234\"]",
    "<<235,108,65,121,192,167,200,44,194,130,140,30,99,56,225,101>>" },
  { "erlang", "md5", "[a]", "error:badarg" },
  { "erts_internal", "cmp_term", "[1,1.0]", "-1" },
  { "erts_internal", "cmp_term", "[1.0,1]", "1" },
  { "erts_internal", "cmp_term", "[a,a]", "0" },
  { "erts_debug", "same", "[a,a]", "true" },
  { "erts_debug", "same", "[[a],[a]]", "false" },
  { "erts_debug", "flat_size", "[[a,{b,1.0}]]", "9" },
  { "erlang", "term_to_binary", "[[a,1,2.5,<<\"x\">>,\"str\",{t},#{k=>v}]]",
    "<<131,108,0,0,0,7,100,0,1,97,97,1,70,64,4,0,0,0,0,0,0,109,0,0,0,1,120,107,0,"
    "3,115,116,114,104,1,100,0,1,116,116,0,0,0,1,100,0,1,107,100,0,1,118,106>>" },
  { "erlang", "term_to_binary", "[[a],[foo]]", "error:badarg" },
  { "erlang", "term_to_binary",
    "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aaaaaaaaaaaaaaaaaaaaa\",[compressed]]",
    "<<131,80,0,0,0,98,120,156,203,102,136,79,164,45,0,0,13,49,36,202>>" },
  { "erlang", "term_to_binary", "[1.5,[{minor_version,0}]]",
    "<<131,99,49,46,53,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,1"
    "01,43,48,48,0,0,0,0,0>>" },
  { "erlang", "binary_to_term", "[<<131,97,5>>]", "5" },
  { "erlang", "binary_to_term", "[<<131,97>>]", "error:badarg" },
  { "erlang", "binary_to_term", "[<<131,97,5,9>>,[used]]", "{5,3}" },
  { "erlang", "binary_to_term", "[<<131,97,5>>,[foo]]", "error:badarg" },
  { "erlang", "external_size", "[[a,1]]", "13" },
  { "erlang", "term_to_iovec", "[a]", "[<<131,100,0,1,97>>]" },
  { "erlang", "term_to_binary", "[#{1=>a,2=>[]},[{minor_version,2}]]",
    "<<131,116,0,0,0,2,97,1,119,1,97,97,2,106>>" },
  { "erlang", "term_to_binary", "[{a,[b|c],-1,300,1180591620717411303424,-1180591620717411303424}]",
    "<<131,104,6,100,0,1,97,108,0,0,0,1,100,0,1,98,100,0,1,99,98,255,255,255,255,"
    "98,0,0,1,44,110,9,0,0,0,0,0,0,0,0,0,64,110,9,1,0,0,0,0,0,0,0,0,64>>" },
  { "erlang", "binary_to_term", "[<<131,104,2,97,1,106>>]", "{1,[]}" },
  { "erlang", "binary_to_term",
    "[<<131,100,0,24,110,111,32,115,117,99,104,32,97,116,111,109,32,116,104,97,11"
    "6,32,105,32,107,110,111,119>>,[safe]]",
    "error:badarg" },
  { "erlang", "binary_to_term", "[<<130,97,5>>]", "error:badarg" },
  { "erlang", "binary_to_term", "[a]", "error:badarg" },
  { "erts_debug", "flat_size", "[{1,[2],#{a=>b},1.0}]", "15" },
  { "erts_debug", "size_shared", "[[1,2,3]]", "6" },
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
  g_test_add_func ("/bif-term/as-erl", test_cases);
  return g_test_run ();
}
