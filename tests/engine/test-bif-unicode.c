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
  { "unicode", "characters_to_list",
    "[[97,[98,1114112,99],100],utf8]",
    "{error,[97,98],[[1114112,99],100]}" },
  { "unicode", "characters_to_list", "[[97,[98,300],100],latin1]", "{error,[97,98],[[300],100]}" },
  { "unicode", "characters_to_list", "[[97,a],utf8]", "error:badarg" },
  { "unicode", "characters_to_list", "[[97|98],utf8]", "error:badarg" },
  { "unicode", "characters_to_list", "[[97,<<206>>,98],utf8]", "{error,[97],[<<206>>,[98]]}" },
  { "unicode", "characters_to_binary", "[[97,955,65536],utf8]", "<<97,206,187,240,144,128,128>>" },
  { "unicode", "characters_to_binary",
    "[[97,[98,55296],99],utf8]",
    "{error,<<97,98>>,[[55296],99]}" },
  { "unicode", "characters_to_binary", "[<<229>>,latin1]", "<<195,165>>" },
  { "unicode", "characters_to_binary", "[<<\"abc\">>,latin1]", "<<97,98,99>>" },
  { "unicode", "characters_to_binary", "[[<<97,206>>],utf8]", "{incomplete,<<97>>,<<206>>}" },
  { "unicode", "characters_to_binary", "[[<<97,206,187>>|<<98>>],utf8]", "<<97,206,187,98>>" },
  { "unicode", "characters_to_binary",
    "[[<<97,255,187>>|<<98>>],utf8]",
    "{error,<<97>>,[<<255,187>>|<<98>>]}" },
  { "unicode", "characters_to_binary", "[a,utf8]", "error:badarg" },
  { "unicode", "bin_is_7bit", "[<<\"abc\">>]", "true" },
  { "unicode", "bin_is_7bit", "[<<200>>]", "false" },
  { "unicode", "bin_is_7bit", "[a]", "false" },
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
