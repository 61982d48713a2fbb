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
  { "re", "run", "[\"abcd\",\"(\?<n>b)(\?<m>c)\",[{capture,[m,\"n\",x],list}]]",
    "{match,[[99],[98],[]]}" },
  { "re", "run", "[\"abcd\",\"(\?<n>b)(\?<m>c)\",[{capture,all_names,binary}]]",
    "{match,[<<99>>,<<98>>]}" },
  { "re", "run", "[\"ABCD\",\"b\",[caseless]]", "{match,[{1,1}]}" },
  { "re", "run", "[\"abcd\",\"b\",[{offset,2}]]", "nomatch" },
  { "re", "run", "[\"ab\\ncd\",\"^c\",[multiline]]", "{match,[{3,1}]}" },
  { "re", "run", "[\"abcd\",\"(\"]", "error:badarg" },
  { "re", "run", "[\"abcd\",\"(\",[report_errors]]",
    "{error,{compile,{[109,105,115,115,105,110,103,32,41],1}}}" },
  { "re", "run", "[\"abcd\",\"b\",[nonsense]]", "error:badarg" },
  { "re", "run", "[a,\"b\"]", "error:badarg" },
  { "re", "run", "[\"aaaa\",\"a+\?\",[ungreedy]]", "{match,[{0,4}]}" },
  { "re", "run", "[\"abc\",\"b\",[{capture,[0,7,-1],index}]]", "error:badarg" },
  { "re", "run", "[<<\"abc\">>,<<\"\">>,[notempty]]", "nomatch" },
  { "re", "compile", "[\"(a\"]", "{error,{[109,105,115,115,105,110,103,32,41],2}}" },
  { "re", "compile", "[\"a**\"]",
    "{error,{[110,111,116,104,105,110,103,32,116,111,32,114,101,112,101,97,116],2}}" },
  { "re", "compile", "[\"[a\"]",
    "{error,{[109,105,115,115,105,110,103,32,116,101,114,109,105,110,97,116,105,1"
    "10,103,32,93,32,102,111,114,32,99,104,97,114,97,99,116,101,114,32,99,108,97,"
    "115,115],2}}" },
  { "re", "compile", "[\"a\",[global]]", "error:badarg" },
  { "re", "compile", "[\"a\",[foo]]", "error:badarg" },
  { "re", "compile", "[a]", "error:badarg" },
  { "re", "run", "[\"aXbXc\",\"X\",[{capture,[0]},{offset,2}]]", "{match,[{3,1}]}" },
  { "re", "run",
    "[<<\"0123456789012345678901234567890123456789012345678901234567890123456789ab"
    "c\">>,<<\"a(b)c\">>,[{capture,all,binary}]]",
    "{match,[<<97,98,99>>,<<98>>]}" },
  { "re", "run", "[\"foo\",\"(\?<A>f)|(\?<A>o)\",[dupnames,{capture,['A'],list}]]",
    "{match,[[102]]}" },
  { "re", "run", "[\"abc\",\"(a)|(b)\",[{offset,1}]]", "{match,[{1,1},{-1,0},{1,1}]}" },
  { "re", "run", "[\"abc\",\"(a)|(b)\",[{offset,1},{capture,all,binary}]]",
    "{match,[<<98>>,<<>>,<<98>>]}" },
  { "re", "run", "[\"abc\",\"b\",[{newline,crlf}]]", "{match,[{1,1}]}" },
  { "re", "run", "[\"abc\",\"b\",[{newline,x}]]", "error:badarg" },
  { "re", "run", "[\"abc\",\"b\",[{offset,-1}]]", "error:badarg" },
  { "re", "run", "[\"abc\",\"b\",[anchored]]", "nomatch" },
  { "re", "run", "[\"abc\",\"abcd\",[{match_limit,1},report_errors]]", "nomatch" },
  { "re", "run", "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"(a+)*b\",[{match_limit,100},report_errors]]",
    "nomatch" },
  { "re", "run", "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"(a+)*b\",[{match_limit,100}]]", "nomatch" },
  { "re", "run", "[\"abc\",\"b\",[{capture,[[]],list}]]", "error:badarg" },
  { "re", "run", "[\"abc\",\"b\",[{capture,all,string}]]", "error:badarg" },
  { "re", "run", "[\"abc\",\"b\",foo]", "error:badarg" },
  { "re", "run", "[\"abc\",b]", "error:badarg" },
  { "re", "run", "[<<\"abc\">>,<<\"\\\\w+\">>,[unicode,{capture,all,binary}]]",
    "{match,[<<97,98,99>>]}" },
  { "re", "run", "[<<255>>,<<\"a\">>,[unicode]]", "error:badarg" },
  { "re", "compile", "[\"(\?<n\"]",
    "{error,{[115,121,110,116,97,120,32,101,114,114,111,114,32,105,110,32,115,117"
    ",98,112,97,116,116,101,114,110,32,110,97,109,101,32,40,109,105,115,115,105,1"
    "10,103,32,116,101,114,109,105,110,97,116,111,114,41],4}}" },
  { "re", "compile", "[\"a{2,1}\"]",
    "{error,{[110,117,109,98,101,114,115,32,111,117,116,32,111,102,32,111,114,100"
    ",101,114,32,105,110,32,123,125,32,113,117,97,110,116,105,102,105,101,114],5}}" },
  { "re", "compile", "[\"*a\"]",
    "{error,{[110,111,116,104,105,110,103,32,116,111,32,114,101,112,101,97,116],0}}" },
  { "re", "compile", "[\"a)\"]",
    "{error,{[117,110,109,97,116,99,104,101,100,32,112,97,114,101,110,116,104,101"
    ",115,101,115],1}}" },
  { "re", "compile", "[\"\\\\\"]",
    "{error,{[92,32,97,116,32,101,110,100,32,111,102,32,112,97,116,116,101,114,11"
    "0],1}}" },
  { "re", "compile", "[\"[b-a]\"]",
    "{error,{[114,97,110,103,101,32,111,117,116,32,111,102,32,111,114,100,101,114"
    ",32,105,110,32,99,104,97,114,97,99,116,101,114,32,99,108,97,115,115],3}}" },
  { "re", "compile", "[\"(\?z)\"]",
    "{error,{[117,110,114,101,99,111,103,110,105,122,101,100,32,99,104,97,114,97,"
    "99,116,101,114,32,97,102,116,101,114,32,40,63,32,111,114,32,40,63,45],2}}" },
  { "re", "compile", "[\"[[:foo:]]\"]",
    "{error,{[117,110,107,110,111,119,110,32,80,79,83,73,88,32,99,108,97,115,115,"
    "32,110,97,109,101],3}}" },
  { "re", "run", "[[196],[228],[caseless]]", "{match,[{0,1}]}" },
  { "re", "run", "[[228],\"\\\\w\"]", "{match,[{0,1}]}" },
  { "re", "run", "[[215],[247],[caseless]]", "nomatch" },
  { "re", "run", "[[223],\"[[:upper:]]\"]", "nomatch" },
  { "re", "run", "[[181],\"[[:lower:]]\"]", "{match,[{0,1}]}" },
  { "re", "run", "[[171],\"[[:punct:]]\"]", "{match,[{0,1}]}" },
  { "re", "run", "[[133],\"[[:cntrl:]]\"]", "{match,[{0,1}]}" },
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
