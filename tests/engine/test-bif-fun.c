/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include "tests/engine/bif-fixture.h"

static const BifCase cases[] = {
  { "erlang", "make_fun", "[lists,map,2]", "fun lists:map/2" },
  { "erlang", "make_fun", "[lists,map,a]", "error:badarg" },
  { "erlang", "make_fun", "[lists,map,256]", "error:badarg" },
  { "erlang", "fun_info", "[a,module]", "error:badarg" },
  { "erlang", "is_builtin", "[lists,member,2]", "true" },
  { "erlang", "is_builtin", "[lists,map,2]", "false" },
  { "erlang", "is_builtin", "[erlang,apply,3]", "true" },
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
  g_test_add_func ("/bif-fun/as-erl", test_cases);
  return g_test_run ();
}
