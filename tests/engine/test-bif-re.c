/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "re", "run", "[\"abcd\",\"b(c)\"]", "{match,[{1,2},{2,1}]}" },
  { "re", "run", "[\"abcd\",\"x\"]", "nomatch" },
  { "re", "run", "[\"abcd\",\"(x)\?b(c)\",[{capture,all,index}]]", "{match,[{1,2},{-1,0},{2,1}]}" },
  { "re", "run", "[\"abcd\",\"b(c)(x)\?d\",[{capture,all,list}]]", "{match,[[98,99,100],[99]]}" },
  { "re", "run", "[\"abcd\",\"b(c)\",[{capture,all_but_first,binary}]]", "{match,[<<99>>]}" },
  { "re", "run", "[\"abcd\",\"b(c)\",[{capture,none}]]", "match" },
  { "re", "run", "[\"abcd\",\"b(c)\",[{capture,first,list}]]", "{match,[[98,99]]}" },
  { "re", "run",
    "[\"abcd\",\"(\?<n>b)(\?<m>c)\",[{capture,[m,\"n\",x],list}]]",
    "{match,[[99],[98],[]]}" },
  { "re", "run",
    "[\"abcd\",\"(\?<n>b)(\?<m>c)\",[{capture,all_names,binary}]]",
    "{match,[<<99>>,<<98>>]}" },
  { "re", "run", "[\"ABCD\",\"b\",[caseless]]", "{match,[{1,1}]}" },
  { "re", "run", "[\"abcd\",\"b\",[{offset,2}]]", "nomatch" },
  { "re", "run", "[\"ab\\ncd\",\"^c\",[multiline]]", "{match,[{3,1}]}" },
  { "re", "run", "[\"abcd\",\"(\"]", "error:badarg" },
  { "re", "run",
    "[\"abcd\",\"(\",[report_errors]]",
    "{error,{compile,{[109,105,115,115,105,110,103,32,41],1}}}" },
  { "re", "run", "[\"abcd\",\"b\",[nonsense]]", "error:badarg" },
  { "re", "run", "[a,\"b\"]", "error:badarg" },
  { "re", "run", "[\"aaaa\",\"a+\?\",[ungreedy]]", "{match,[{0,4}]}" },
  { "re", "run", "[\"abc\",\"b\",[{capture,[0,7,-1],index}]]", "error:badarg" },
  { "re", "run", "[<<\"abc\">>,<<\"\">>,[notempty]]", "nomatch" },
  { "re", "compile", "[\"(a\"]", "{error,{[109,105,115,115,105,110,103,32,41],2}}" },
  { "re", "compile",
    "[\"a**\"]",
    "{error,{[110,111,116,104,105,110,103,32,116,111,32,114,101,112,101,97,116],2}}" },
  { "re", "compile",
    "[\"[a\"]",
    "{error,{[109,105,115,115,105,110,103,32,116,101,114,109,105,110,97,116,105,1"
    "10,103,32,93,32,102,111,114,32,99,104,97,114,97,99,116,101,114,32,99,108,97,"
    "115,115],2}}" },
  { "re", "compile", "[\"a\",[global]]", "error:badarg" },
  { "re", "compile", "[\"a\",[foo]]", "error:badarg" },
  { "re", "compile", "[a]", "error:badarg" },
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
  g_test_add_func ("/bif-re/as-erl", test_cases);
  return g_test_run ();
}
