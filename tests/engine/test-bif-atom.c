/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "atom_to_list", "[abc]", "[97,98,99]" },
  { "erlang", "atom_to_list", "['']", "[]" },
  { "erlang", "atom_to_list", "['åäö']", "[229,228,246]" },
  { "erlang", "atom_to_list", "[\"a\"]", "error:badarg" },
  { "erlang", "atom_to_binary", "[abc,utf8]", "<<97,98,99>>" },
  { "erlang", "atom_to_binary", "['åäö',utf8]", "<<195,165,195,164,195,182>>" },
  { "erlang", "atom_to_binary", "['åäö',latin1]", "<<229,228,246>>" },
  { "erlang", "atom_to_binary", "['åäö',unicode]", "<<195,165,195,164,195,182>>" },
  { "erlang", "atom_to_binary", "['λ',latin1]", "error:badarg" },
  { "erlang", "atom_to_binary", "[abc,ascii]", "error:badarg" },
  { "erlang", "list_to_atom", "[\"abc def\"]", "'abc def'" },
  { "erlang", "list_to_atom", "[[]]", "''" },
  { "erlang", "list_to_atom", "[[955]]", "'\\x{3BB}'" },
  { "erlang", "list_to_atom", "[[55296]]", "error:badarg" },
  { "erlang", "list_to_atom", "[[-1]]", "error:badarg" },
  { "erlang", "list_to_atom", "[abc]", "error:badarg" },
  { "erlang", "list_to_atom", "[[97|98]]", "error:badarg" },
  { "erlang", "list_to_existing_atom", "[\"true\"]", "true" },
  { "erlang", "list_to_existing_atom", "[\"there is no such atom here\"]", "error:badarg" },
  { "erlang", "binary_to_atom", "[<<\"abc\">>,utf8]", "abc" },
  { "erlang", "binary_to_atom", "[<<228>>,latin1]", "ä" },
  { "erlang", "binary_to_atom", "[<<228>>,utf8]", "error:badarg" },
  { "erlang", "binary_to_atom", "[<<\"a\">>,other]", "error:badarg" },
  { "erlang", "binary_to_atom", "[\"a\",utf8]", "error:badarg" },
  { "erlang", "binary_to_existing_atom", "[<<\"false\">>,utf8]", "false" },
  { "erlang", "binary_to_existing_atom", "[<<\"no such atom here either\">>,utf8]",
    "error:badarg" },
  { "erlang", "list_to_atom", "[[0,97]]", "'\\000a'" },
  { "erlang", "atom_to_list", "[nil]", "[110,105,108]" },
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
  g_test_add_func ("/bif-atom/as-erl", test_cases);
  return g_test_run ();
}
