/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "unicode", "characters_to_list", "[<<\"abc\">>,utf8]", "[97,98,99]" },
  { "unicode", "characters_to_list", "[<<229,228>>,latin1]", "[229,228]" },
  { "unicode", "characters_to_list", "[<<195,165,206,187>>,utf8]", "[229,955]" },
  { "unicode", "characters_to_list", "[<<97,195>>,utf8]", "{incomplete,[97],<<195>>}" },
  { "unicode", "characters_to_list", "[<<97,195,40,98>>,utf8]", "{error,[97],<<195,40,98>>}" },
  { "unicode", "characters_to_list", "[[97,<<206>>,<<187,98>>],utf8]", "[97,955,98]" },
  { "unicode", "characters_to_list", "[[97,[98,1114112,99],100],utf8]",
    "{error,[97,98],[[1114112,99],100]}" },
  { "unicode", "characters_to_list", "[[97,[98,300],100],latin1]", "{error,[97,98],[[300],100]}" },
  { "unicode", "characters_to_list", "[[97,a],utf8]", "error:badarg" },
  { "unicode", "characters_to_list", "[[97|98],utf8]", "error:badarg" },
  { "unicode", "characters_to_list", "[[97,<<206>>,98],utf8]", "{error,[97],[<<206>>,[98]]}" },
  { "unicode", "characters_to_binary", "[[97,955,65536],utf8]", "<<97,206,187,240,144,128,128>>" },
  { "unicode", "characters_to_binary", "[[97,[98,55296],99],utf8]",
    "{error,<<97,98>>,[[55296],99]}" },
  { "unicode", "characters_to_binary", "[<<229>>,latin1]", "<<195,165>>" },
  { "unicode", "characters_to_binary", "[<<\"abc\">>,latin1]", "<<97,98,99>>" },
  { "unicode", "characters_to_binary", "[[<<97,206>>],utf8]", "{incomplete,<<97>>,<<206>>}" },
  { "unicode", "characters_to_binary", "[[<<97,206,187>>|<<98>>],utf8]", "<<97,206,187,98>>" },
  { "unicode", "characters_to_binary", "[[<<97,255,187>>|<<98>>],utf8]",
    "{error,<<97>>,[<<255,187>>|<<98>>]}" },
  { "unicode", "characters_to_binary", "[a,utf8]", "error:badarg" },
  { "unicode", "bin_is_7bit", "[<<\"abc\">>]", "true" },
  { "unicode", "bin_is_7bit", "[<<200>>]", "false" },
  { "unicode", "bin_is_7bit", "[a]", "false" },
  { "unicode", "characters_to_list", "[[<<206>>,<<40>>],utf8]", "{error,[],[<<206>>,[<<40>>]]}" },
  { "unicode", "characters_to_list", "[[<<226>>,<<130>>,<<172>>],utf8]", "[8364]" },
  { "unicode", "characters_to_list", "[<<226,40>>,utf8]", "{error,[],<<226,40>>}" },
  { "unicode", "characters_to_list", "[[<<226,40>>],utf8]", "{error,[],<<226,40>>}" },
  { "unicode", "characters_to_list", "[<<240,144>>,unicode]", "{incomplete,[],<<240,144>>}" },
  { "unicode", "characters_to_list", "[<<244,144,128,128>>,utf8]",
    "{error,[],<<244,144,128,128>>}" },
  { "unicode", "characters_to_list", "[<<237,160,128>>,utf8]", "{error,[],<<237,160,128>>}" },
  { "unicode", "characters_to_list", "[[[[[97],98],99],<<\"d\">>,[[<<\"e\">>]]],utf8]",
    "[97,98,99,100,101]" },
  { "unicode", "characters_to_list", "[[[[97,-1],98],99],utf8]", "{error,[97],[[[-1],98],99]}" },
  { "unicode", "characters_to_list", "[[97,1180591620717411303424],utf8]",
    "{error,[97],[1180591620717411303424]}" },
  { "unicode", "characters_to_list", "[[97,1.5],utf8]", "error:badarg" },
  { "unicode", "characters_to_list", "[[],utf8]", "[]" },
  { "unicode", "characters_to_binary", "[[],utf8]", "<<>>" },
  { "unicode", "characters_to_binary", "[[97,[<<206>>]],utf8]", "{incomplete,<<97>>,<<206>>}" },
  { "unicode", "characters_to_binary", "[[97,[<<206>>|<<206>>]],utf8]",
    "{error,<<97>>,[<<206>>,[<<206>>]]}" },
  { "unicode", "characters_to_binary", "[<<\"åäö\">>,utf8]", "{error,<<>>,<<229,228,246>>}" },
  { "unicode", "characters_to_binary",
    "[\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxx\",utf8]",
    "<<120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,12"
    "0,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,12"
    "0,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,12"
    "0,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,120,12"
    "0,120,120,120,120,120,120,120,120,120,120,120,120>>" },
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
  g_test_add_func ("/bif-unicode/as-erl", test_cases);
  return g_test_run ();
}
